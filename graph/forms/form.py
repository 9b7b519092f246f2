"""The form that people fill in: sheets with columns, in Korean and English, read from form.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from citypact.graph.text.bilingual import Words
from citypact.ontology import LANGUAGES

SEPARATOR = ";"
"""Between several values in one cell."""
NOTE = {"ko": "비고", "en": "Note"}
"""What messages call a column that people keep for themselves."""
NOTES = ("비고", "메모", "참고", "note", "notes", "remark", "remarks", "comment", "comments")
"""Headings of columns that people keep for themselves, which are not read."""


@dataclass(frozen=True)
class FormColumn:
    """A column: the register field it fills, what stands over it, and what it may hold.

    Attributes: field; heading and hint, by language; kind (names, code, answer, topics, date, text,
    number or address); codes (the code list of kind code) and classes (what kind names may name);
    is_many (several values in a cell); is_needed; width (in letters).
    """

    field: str
    heading: Words
    hint: Words
    kind: str
    codes: str = ""
    classes: tuple[str, ...] = ()
    is_many: bool = False
    is_needed: bool = False
    width: int = 16


@dataclass(frozen=True)
class FormSheet:
    """A sheet: the register that it fills, its title by language, and its columns."""

    register: str
    title: Words
    columns: tuple[FormColumn, ...]

    def column(self, heading: str) -> FormColumn | None:
        """The column with a heading in either language."""
        wanted = _folded(heading)
        for column in self.columns:
            if wanted in map(_folded, column.heading.values()):
                return column
        return None

    def language(self, headings: Iterable[str]) -> str:
        """The language of most of the headings."""
        texts = set(map(_folded, headings))
        return max(
            LANGUAGES, key=lambda each: sum(_folded(c.heading[each]) in texts for c in self.columns)
        )

    def has_needed(self, headings: Iterable[str]) -> bool:
        """Whether the columns that must be filled in are among those with these headings."""
        there = [self.column(heading) for heading in headings]
        return all(column in there for column in self.columns if column.is_needed)


@cache
def form() -> tuple[FormSheet, ...]:
    """The sheets of the form, in their order."""
    text = (resources.files("citypact.graph") / "forms" / "form.toml").read_text(encoding="utf-8")
    sheets = []
    for register, about in tomllib.loads(text).items():
        title = about.pop("sheet")
        columns = tuple(
            FormColumn(
                field,
                each["heading"],
                each["hint"],
                each["kind"],
                each.get("codes", ""),
                tuple(each.get("classes", ())),
                each.get("many", False),
                each.get("needed", False),
                each.get("width", 16),
            )
            for field, each in about.items()
        )
        sheets.append(FormSheet(register, title, columns))
    return tuple(sheets)


def sheet_called(title: str) -> FormSheet | None:
    """The sheet with a title in either language."""
    wanted = _folded(title)
    for sheet in form():
        if wanted in map(_folded, sheet.title.values()):
            return sheet
    return None


def sheet_with(headings: Iterable[str]) -> FormSheet | None:
    """The sheet that has all these headings, for a table without a title; None for none or two."""
    named = [each for each in headings if each.strip() and not is_note(each)]
    fitting = [sheet for sheet in form() if named and all(map(sheet.column, named))]
    if len(fitting) > 1:  # new cities and new bodies have columns in common
        fitting = [sheet for sheet in fitting if sheet.has_needed(named)]
    return fitting[0] if len(fitting) == 1 else None


def is_note(heading: str) -> bool:
    """Whether a column is for its writer alone."""
    return _folded(heading) in NOTES


def values_of(cell: str) -> list[str]:
    """The values of a cell that may hold several, one a line or separated by semicolons."""
    return [value for text in re.split(r"[;；\n]", cell) if (value := text.strip())]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


__all__ = ["NOTE", "SEPARATOR", "FormColumn", "FormSheet", "form", "is_note", "sheet_called",
           "sheet_with", "values_of"]  # fmt: skip
