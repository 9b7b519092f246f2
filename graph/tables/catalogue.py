"""The one catalogue of columns and tables, `columns.toml`, and tables made of dataclasses by it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from citypact.graph.tables.table import Column, DataTable, Row, in_both, texts
from citypact.graph.text.bilingual import Words
from citypact.ontology import LANGUAGES

FILE = "tables/columns.toml"
IN_BOTH = {"words": "text", "names": "list"}
"""Kinds of columns that become two in a table, one a language, with the kind of each of these.

words: a text in both languages. names: a list of such texts.
"""


@dataclass(frozen=True)
class CatalogueColumn:
    """A column of the catalogue: its title in both languages, and its kind.

    kind: one of those of `Column`, or of `IN_BOTH`.
    """

    title: Words
    kind: str


@dataclass(frozen=True)
class TableDefinition:
    """A table of the catalogue: title, names of its columns with the entry of each, and its key."""

    title: Words
    columns: Mapping[str, CatalogueColumn]
    key: tuple[str, ...]


@cache
def _catalogue() -> dict[str, Any]:
    text = (resources.files("citypact.graph") / FILE).read_text(encoding="utf-8")
    return tomllib.loads(text)


def column(name: str) -> CatalogueColumn:
    """An entry of the catalogue by its name. Raises KeyError where there is none."""
    entry = _catalogue()["columns"][name]
    return CatalogueColumn({"ko": entry["ko"], "en": entry["en"]}, entry.get("kind", "text"))


def definition(name: str) -> TableDefinition:
    """The definition of a table by its name. Raises KeyError where there is none."""
    entry = _catalogue()["tables"][name]
    columns = {}
    for text in entry["columns"]:
        field, _, named = text.partition("=")
        columns[field] = column(named or field)
    return TableDefinition(
        {"ko": entry["ko"], "en": entry["en"]}, columns, tuple(entry.get("key", ["id"]))
    )


Namer = Callable[[str, str], Words]
"""Gives the words for the value of a field: of the field's name, and an IRI or a code."""


def table(name: str, rows: Iterable[Any], names: Namer | None = None, /, **title: str) -> DataTable:
    """A table of the catalogue with its rows.

    rows: dataclasses or mappings whose fields are named as the columns, or several of them as a
    tuple, of which the first that knows a field counts; of a column of words or names the field
    holds the text, or the list of texts, in both languages. What no column names, and values that
    are None, are left out. names: gives the words for an IRI or a code, which may then take the
    place of a text, and columns that belong together need one field: `X` for `X` and `X_id`, `id`
    for `id` and `label`. title: values for fields in braces in the title, such as `{partner}`.
    """
    known = definition(name)
    return DataTable(
        name,
        known.title["ko"].format(**title),
        known.title["en"].format(**title),
        tuple(
            each
            for field, entry in known.columns.items()
            for each in (
                in_both(field, entry.title["ko"], entry.title["en"], IN_BOTH[entry.kind])
                if entry.kind in IN_BOTH
                else (Column(field, entry.kind, entry.title["ko"], entry.title["en"]),)
            )
        ),
        known.key,
        [_row(row, known, names) for row in rows],
    )


def _row(row: Any, known: TableDefinition, names: Namer | None) -> Row:
    parts = row if isinstance(row, tuple) else (row,)

    def value_of(name: str) -> Any:
        found = (
            part.get(name) if isinstance(part, Mapping) else getattr(part, name, None)
            for part in parts
        )
        return next((value for value in found if value is not None), None)

    def words(name: str, value: Any) -> Words:
        named: Words = names(name, value) if names and isinstance(value, str) else value
        return named

    values: Row = {}
    for name, entry in known.columns.items():
        value = value_of(name)
        if value is None and names:
            value = value_of("id" if name == "label" else name.removesuffix("_id"))
        if value is None:
            continue
        if entry.kind == "names":
            texts_of = [words(name, each) for each in value]
            values |= {
                f"{name}_{spoken}": [each[spoken] for each in texts_of] for spoken in LANGUAGES
            }
        else:
            plain = str(value) if entry.kind == "text" else value  # years are texts in some tables
            values |= texts(name, words(name, value)) if entry.kind == "words" else {name: plain}
    return values


__all__ = ["CatalogueColumn", "TableDefinition", "column", "definition", "table"]
