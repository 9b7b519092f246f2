"""Tables of a report as CSV and as its page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from citypact.graph.tables.table import Column, DataTable
from citypact.graph.text.bilingual import Words, both, yes_or_no
from citypact.graph.text.numbers import rounded, written, written_year
from citypact.sources.files.csv_tables import write_table

SHOWN, LIMIT = 12, 30
"""The page shows tables of up to LIMIT rows in full, and the first SHOWN rows of longer ones."""

LISTED = 10
"""The number of values of a list that a cell shows."""

ShownCell = Words | str


@dataclass(frozen=True)
class Shown:
    """A table as the page shows it: heads, whether a column has numbers, the first rows, and how
    many there are in all."""

    name: str
    title: Words
    heads: list[Words]
    numeric: list[bool]
    rows: list[list[ShownCell]]
    whole: int


def rounded_table(table: DataTable) -> DataTable:
    """The table with rounded floats and without unknown values."""
    rows = [
        {name: value for name, value in rounded(row).items() if value is not None}
        for row in table.rows
    ]
    return replace(table, rows=rows)


def to_csv(table: DataTable) -> bytes:
    """A table as CSV (RFC 4180, UTF-8): lists joined by "|", days as ISO 8601, unknowns empty.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    rows = ({name: _plain(value) for name, value in row.items()} for row in table.rows)
    return write_table([column.name for column in table.columns], rows)


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "|".join(map(str, value))
    return value


def shown(table: DataTable) -> Shown:
    """The first rows of a table for readers, without IRIs and with both languages in one column."""
    columns = list(_displayed(table))
    rows = table.rows if len(table.rows) <= LIMIT else table.rows[:SHOWN]
    return Shown(
        table.name,
        both(table.ko, table.en),
        [both(ko.ko, en.en) for ko, en in columns],
        [ko.kind in ("integer", "number") for ko, _ in columns],
        [[_cell(row, ko, en) for ko, en in columns] for row in rows],
        len(table.rows),
    )


def _displayed(table: DataTable) -> Iterator[tuple[Column, Column]]:
    """The columns to show, as pairs of the Korean and the English one, which may be the same."""
    known = {column.name: column for column in table.columns}
    for name, column in known.items():
        stem = name.removesuffix("_ko")
        other = known.get(f"{stem}_en")
        if stem != name and other:
            yield column, other
        elif name.endswith("_en") and f"{name.removesuffix('_en')}_ko" in known:
            continue
        elif name != "id" and not name.endswith("_id"):
            yield column, column


def _cell(row: dict[str, Any], ko: Column, en: Column) -> ShownCell:
    if ko is not en:
        return both(_text(row.get(ko.name), ko), _text(row.get(en.name), en))
    value = row.get(ko.name)
    if isinstance(value, bool):
        return yes_or_no(value)
    if value is not None and ko.kind == "number" and row.get("unit_id") == "year":
        return written_year(value)
    return _text(value, ko)


def _text(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        if column.name.split("_")[-1] in ("year", "decade"):
            return written_year(value)
        return written(value)
    if isinstance(value, list):
        more = f", … +{len(value) - LISTED}" if len(value) > LISTED else ""
        return ", ".join(map(str, value[:LISTED])) + more
    return value.isoformat() if isinstance(value, date) else str(value)


__all__ = ["LIMIT", "SHOWN", "Shown", "rounded_table", "shown", "to_csv"]
