"""The words of the report's frame, read from words.toml."""

from __future__ import annotations

from citypact.graph.text.messages import Messages

message = Messages("pages/words.toml", "report/words.toml")
