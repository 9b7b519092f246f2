"""The words of the city views, read from words.toml."""

from __future__ import annotations

from citypact.graph.text.messages import Messages

message = Messages("pages/words.toml", "pages/city_views/words.toml")
