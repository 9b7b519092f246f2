"""The first or the last rows of an answer by date, where a question asks for these alone."""

from __future__ import annotations

from dataclasses import replace

from citypact.graph.provenance.named_queries import Answer
from citypact.graph.rdf.terms import is_date, read_date
from citypact.sources.reading.edtf import Date

DATED = ("date", "established")
"""The columns that say when what a row is about took place."""


def narrowed(answer: Answer, which: str) -> Answer | None:
    """The rows that may be the earliest (`first`) or the latest (`last`); None without dates.

    Dates are intervals: of 1976 and 1976-05 either may be the earlier, so both rows stay. Rows
    without a date, or with an open one, are left out.
    """
    dates = {at: date for at in range(len(answer.rows)) if (date := _date_of(answer, at))}
    begins = [date.begin for date in dates.values() if date.begin and date.end]
    ends = [date.end for date in dates.values() if date.begin and date.end]
    if not begins or not ends:
        return None
    kept = [
        at
        for at, date in dates.items()
        if date.begin
        and date.end
        and (date.begin <= min(ends) if which == "first" else date.end >= max(begins))
    ]
    return replace(
        answer,
        rows=[answer.rows[at] for at in kept],
        behind=[answer.behind[at] for at in kept] if answer.behind is not None else None,
    )


def _date_of(answer: Answer, number: int) -> Date | None:
    """The date of a row."""
    for name, cell in zip(answer.columns, answer.rows[number], strict=True):
        if name in DATED and cell is not None and is_date(cell.value):
            return read_date(cell.value)
    return None


__all__ = ["narrowed"]
