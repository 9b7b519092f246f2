"""The words of the page of `citypact review`."""

from __future__ import annotations

from citypact.graph.text.messages import Messages

message = Messages("pages/words.toml", "pages/review/words.toml")

__all__ = ["message"]
