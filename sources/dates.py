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
    approximate and both. The bounds follow EDTF: they are None where the year is not known.
    Raises ValueError for anything else and for days that do not exist.
    """
    if "/" in text:
        first, _, second = text.partition("/")
        begin = DateSpan("", None, None) if first in ("", "..") else parse_edtf(first)
        end = DateSpan("", None, None) if second in ("", "..") else parse_edtf(second)
        if "/" in second or (not begin.edtf and not end.edtf):
            raise ValueError(f"{text!r} is not an interval")
        if begin.earliest and end.latest and begin.earliest > end.latest:
            raise ValueError(f"{text!r} ends before it begins")
        return DateSpan(text, begin.earliest, end.latest)
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date such as 2013-10-21, 2015-12, 1976 or XXXX-XX-30")
    year, month, day = match["year"], match["month"], match["day"]
    if month and "X" not in month and not 1 <= int(month) <= 12:
        raise ValueError(f"{text!r} has no such month")
    if day and "X" not in day and not 1 <= int(day) <= 31:
        raise ValueError(f"{text!r} has no such day")
    if year.startswith("X"):
        return DateSpan(text, None, None)
    if "X" in year.rstrip("X") or int(year.replace("X", "9")) == 0:
        raise ValueError(f"{text!r} has no such year")
    low_year, high_year = int(year.replace("X", "0")) or 1, int(year.replace("X", "9"))
    fixed_month = month if month and "X" not in month else None
    low = _first_day(low_year, fixed_month, day)
    high = _last_day(high_year, fixed_month, day)
    if low is None or high is None:
        raise ValueError(f"{text!r} is a day that does not exist")
    return DateSpan(text, low, high)


def _first_day(year: int, month: str | None, day: str | None) -> date | None:
    number = int(day) if day and "X" not in day else 1
    for candidate in [int(month)] if month else range(1, 13):
        if number <= calendar.monthrange(year, candidate)[1]:
            return date(year, candidate, number)
    return None


def _last_day(year: int, month: str | None, day: str | None) -> date | None:
    for candidate in [int(month)] if month else range(12, 0, -1):
        length = calendar.monthrange(year, candidate)[1]
        number = int(day) if day and "X" not in day else length
        if number <= length:
            return date(year, candidate, number)
    return None


def overlaps(span: DateSpan, day: date) -> bool:
    """Whether a day lies within the bounds; unknown bounds exclude nothing."""
    after = span.earliest is None or span.earliest <= day
    before = span.latest is None or day <= span.latest
    return after and before


__all__ = ["DateSpan", "overlaps", "parse_edtf"]
