"""Dates as precise as their source: a subset of EDTF (ISO 8601-2) with the days that it allows."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?[?~%]?")


@dataclass(frozen=True)
class DateSpan:
    """An EDTF string with the earliest and latest day it allows (both None where unknown)."""

    edtf: str
    earliest: date | None
    latest: date | None


def parse_edtf(text: str) -> DateSpan:
    """Reads a date, month, year, decade (`201X`), unknown parts (`XXXX-XX-30`) or an interval.

    Intervals are `2016/2018`, `2016/..` (open) and `../2018`; `?`, `~` and `%` say uncertain,
    approximate and both. The bounds are the first and last day that fit; None where the year is
    not known.
    Raises ValueError for anything else and for days that do not exist.
    """
    if "/" in text:
        return _interval(text)
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date such as 2013-10-21, 2015-12, 1976 or XXXX-XX-30")
    year, month, day = match["year"], match["month"] or "XX", match["day"] or "XX"
    if month != "XX" and not any(_fits(number, month) for number in range(1, 13)):
        raise ValueError(f"{text!r} has no such month")
    if day != "XX" and not any(_fits(number, day) for number in range(1, 32)):
        raise ValueError(f"{text!r} has no such day")
    is_known = not year.startswith("X")
    if is_known and ("X" in year.rstrip("X") or int(year.replace("X", "9")) == 0):
        raise ValueError(f"{text!r} has no such year")
    # Where the year is unknown any leap year tells whether month and day go together.
    first = int(year.replace("X", "0")) or 1 if is_known else 2000
    last = int(year.replace("X", "9")) if is_known else 2000
    low = _day(range(first, last + 1), month, day)
    high = _day(range(last, first - 1, -1), month, day)
    if low is None or high is None:
        raise ValueError(f"{text!r} is a day that does not exist")
    return DateSpan(text, low, high) if is_known else DateSpan(text, None, None)


def _interval(text: str) -> DateSpan:
    halves = text.split("/")
    if len(halves) != 2 or all(half in ("", "..") for half in halves):
        raise ValueError(f"{text[:40]!r} is not an interval")
    unknown = DateSpan("", None, None)
    begin, end = (unknown if half in ("", "..") else parse_edtf(half) for half in halves)
    if begin.earliest and end.latest and begin.earliest > end.latest:
        raise ValueError(f"{text!r} ends before it begins")
    return DateSpan(text, begin.earliest, end.latest)


def _fits(number: int, mask: str) -> bool:
    return all(m in ("X", digit) for m, digit in zip(mask, f"{number:02}", strict=True))


def _day(years: range, month: str, day: str) -> date | None:
    """The first day that fits, in the order in which the years run."""
    for year in years:
        for number in (m for m in range(1, 13)[:: years.step] if _fits(m, month)):
            length = calendar.monthrange(year, number)[1]
            for candidate in range(1, length + 1)[:: years.step]:
                if _fits(candidate, day):
                    return date(year, number, candidate)
    return None


def beginning(text: str) -> DateSpan:
    """The bounds of the beginning of a date: those of the first half where it is an interval."""
    first = text.split("/")[0]
    return parse_edtf(text if first in ("", "..") else first)


def overlaps(span: DateSpan, day: date) -> bool:
    """Whether a day lies within the bounds; unknown bounds exclude nothing."""
    after = span.earliest is None or span.earliest <= day
    before = span.latest is None or day <= span.latest
    return after and before


__all__ = ["DateSpan", "beginning", "overlaps", "parse_edtf"]
