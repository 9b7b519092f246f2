"""A date as claims and the graph have it; apart from the model, as every answer shows some."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Date:
    """A date as precise as its source; make one with `sources.reading.edtf.parse_edtf`.

    text: the date in EDTF, as the source wrote it. begin, end: the first and last day that fit;
    None where the year is not known or an interval is open. precision: the shortest of day, month,
    year, decade, century and millennium within which the source leaves the date open; `interval`
    for an interval, `set` for one of several, `unknown` where the year is not known. qualifier:
    `?` uncertain, `~` approximate, `%` both, '' neither. first: of an interval its first half,
    where that is known.
    """

    text: str
    begin: datetime.date | None
    end: datetime.date | None
    precision: str
    qualifier: str = ""
    first: Date | None = None

    @property
    def beginning(self) -> Date:
        """When what lasts for this time began: the first half of an interval, else all of it."""
        return self.first or self

    @property
    def year(self) -> int | None:
        """The year in which all days that fit lie; None where there is no such year."""
        if self.begin is None or self.end is None or self.begin.year != self.end.year:
            return None
        return self.begin.year
