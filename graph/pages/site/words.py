"""The words of the site, read from words.toml and those that all pages share."""

from __future__ import annotations

from citypact.graph.text.messages import Messages

message = Messages("pages/words.toml", "pages/site/words.toml")
