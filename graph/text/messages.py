"""Words of pages as messages that can be corrected without Python: Korean and English, in TOML.

A message has an id made of the name of its table and its own, and a text in each language:

    [search]
    nothing = { ko = "검색 결과가 없습니다.", en = "Nothing found" }
    hits = { ko = "결과 {n}건", en = { one = "{n} result", other = "{n} results" } }
    of = { ko = "{city:이/가} 맺은 협정", en = "Agreements of {city}" }

`{name}` is a field: a text, a number (written with thousands apart) or words in both languages.
Where English has a plural, the field `n` chooses between `one` and `other`. `{city:이/가}` is the
field with the Korean particle that its last letter takes.

>>> Messages("pages/words.toml")("search.nothing")["en"]
'Nothing found'
"""

from __future__ import annotations

import string
import tomllib
from functools import cached_property
from importlib import resources
from typing import Any

from citypact.graph.text.bilingual import Words, particle
from citypact.ontology import LANGUAGES

Message = dict[str, str | dict[str, str]]
"""A text by language, or by language and plural form."""


class Messages:
    """The messages of some files of `graph`, called by an id and the values of its fields."""

    def __init__(self, *files: str) -> None:
        self.files = files

    @cached_property
    def by_id(self) -> dict[str, Message]:
        """All messages by their ids, as scripts get them. The files are read once."""
        messages_by_id: dict[str, Message] = {}
        for file in self.files:
            text = (resources.files("citypact.graph") / file).read_text(encoding="utf-8")
            for table, messages in tomllib.loads(text).items():
                messages_by_id |= {f"{table}.{name}": message for name, message in messages.items()}
        return messages_by_id

    def __call__(self, name: str, /, **fields: str | int | Words) -> Words:
        """A message in both languages, its fields filled in.

        Raises KeyError for an unknown message and for a field that has no value.
        """
        return {
            language: _filled(self.by_id[name][language], fields, language)
            for language in LANGUAGES
        }


def _filled(text: str | dict[str, str], fields: dict[str, Any], language: str) -> str:
    if isinstance(text, dict):
        text = text["one" if fields["n"] == 1 else "other"]
    spoken = {
        name: value[language] if isinstance(value, dict) else value
        for name, value in fields.items()
    }
    return _NumberFormatter().vformat(text, (), spoken)


class _NumberFormatter(string.Formatter):
    """Writes numbers with thousands apart, and `{city:이/가}` with the particle that fits."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text = f"{value:,}" if isinstance(value, int) else str(value)
        return particle(text, *format_spec.split("/")) if format_spec else text


__all__ = ["Message", "Messages"]
