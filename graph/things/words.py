"""The words of descriptions, read from words.toml."""

from __future__ import annotations

from citypact.graph.text.messages import Messages

message = Messages("things/words.toml")
