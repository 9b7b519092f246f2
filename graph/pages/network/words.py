"""The words of the network page, read from words.toml."""

from __future__ import annotations

from citypact.graph.text.messages import Messages

message = Messages("pages/words.toml", "pages/network/words.toml")
