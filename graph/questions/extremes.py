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
    dates = ((at, _date_of(answer, at)) for at in range(len(answer.rows)))
    closed = {at: (date.begin, date.end) for at, date in dates if date and date.begin and date.end}
    if not closed:
        return None
    last_begin = max(begin for begin, _ in closed.values())
    first_end = min(end for _, end in closed.values())
    kept = [
        at
        for at, (begin, end) in closed.items()
        if (begin <= first_end if which == "first" else end >= last_begin)
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
