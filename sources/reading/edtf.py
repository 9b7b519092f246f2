"""Dates as precise as their source: a subset of EDTF (ISO 8601-2) with the days that it allows."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from citypact.ontology.errors import Message
from citypact.sources.dates import Date

_DATE = re.compile(
    r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?(?P<qualifier>[?~%]?)"
)
LONGEST = 250
"""Characters of a set, whose IRI is three times as long at most."""
_OF_YEARS = ("year", "decade", "century", "millennium", "unknown")
"""The precision of a year by how many of its digits are unknown."""


@lru_cache(maxsize=65_536)
def parse_edtf(text: str) -> Date:
    """Reads a date, month, year, decade (`201X`), unknown parts (`XXXX-XX-30`), interval or set.

    A set is one day of several, not known which: `[1996,1998]`, `[2002-07..2006-06]`,
    `[..2013-05]` (on or before). Intervals are `2016/2018`, `2016/..` (open) and `../2018`; `?`,
    `~` and `%` say uncertain, approximate and both. The bounds are the first and last day that fit;
    None where the year is not known. A text is read once and then remembered.
    Raises ValueError for anything else and for days that do not exist.

    >>> date = parse_edtf("201X?")
    >>> str(date.begin), str(date.end), date.precision, date.qualifier
    ('2010-01-01', '2019-12-31', 'decade', '?')
    """
    if text.startswith("["):
        return _set(text)
    if "/" in text:
        return _interval(text)
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(
            Message(
                "{text!r} is not a date such as 2013-10-21, 2015-12, 1976 or XXXX-XX-30", text=text
            )
        )
    if "X" not in text and (known := _known(match)):
        return known
    year, month, day = match["year"], match["month"] or "XX", match["day"] or "XX"
    if month != "XX" and not any(_fits(number, month) for number in range(1, 13)):
        raise ValueError(Message("{text!r} has no such month", text=text))
    if day != "XX" and not any(_fits(number, day) for number in range(1, 32)):
        raise ValueError(Message("{text!r} has no such day", text=text))
    is_known = not year.startswith("X")
    if is_known and ("X" in year.rstrip("X") or int(year.replace("X", "9")) == 0):
        raise ValueError(Message("{text!r} has no such year", text=text))
    # Where the year is unknown any leap year tells whether month and day go together.
    first = int(year.replace("X", "0")) or 1 if is_known else 2000
    last = int(year.replace("X", "9")) if is_known else 2000
    low = _day(range(first, last + 1), month, day)
    high = _day(range(last, first - 1, -1), month, day)
    if low is None or high is None:
        raise ValueError(Message("{text!r} is a day that does not exist", text=text))
    precision = _precision(year, month, day)
    qualifier = match["qualifier"]
    if not is_known:
        return Date(text, None, None, precision, qualifier)
    return Date(text, low, high, precision, qualifier)


def _known(match: re.Match[str]) -> Date | None:
    """A day, month or year of the calendar: most dates, so read at once; None where it is none."""
    year, month, day = match["year"], match["month"], match["day"]
    try:
        low = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    last = low.month if month else 12
    high = low if day else date(low.year, last, calendar.monthrange(low.year, last)[1])
    precision = "day" if day else "month" if month else "year"
    return Date(match[0], low, high, precision, match["qualifier"])


def _precision(year: str, month: str, day: str) -> str:
    if "X" in year:
        return "unknown" if year.startswith("X") else _OF_YEARS[year.count("X")]
    return "year" if "X" in month else "month" if "X" in day else "day"


def _interval(text: str) -> Date:
    halves = text.split("/")
    if len(halves) != 2 or "[" in text or all(half in ("", "..") for half in halves):
        raise ValueError(Message("{text!r} is not an interval", text=text[:40]))
    first, last = (None if half in ("", "..") else parse_edtf(half) for half in halves)
    begin, end = first.begin if first else None, last.end if last else None
    if begin and end and begin > end:
        raise ValueError(Message("{text!r} ends before it begins", text=text))
    found = {half.qualifier for half in (first, last) if half} - {""}
    qualifier = found.pop() if len(found) == 1 else "%" if found else ""
    return Date(text, begin, end, "interval", qualifier, first)


def _set(text: str) -> Date:
    """One of a set (EDTF level 2): dates and ranges, whose first and last days count."""
    wrong = Message(
        "{text!r} is not a set of dates such as [1996,1998] or [..2013]", text=text[:40]
    )
    if not text.endswith("]"):
        raise ValueError(wrong)
    if len(text) > LONGEST:
        raise ValueError(
            Message("{text!r} has more than {most} characters", text=text[:40], most=LONGEST)
        )
    lows: list[date | None] = []
    highs: list[date | None] = []
    marks: set[str] = set()
    for part in text[1:-1].split(","):
        halves = part.split("..") if ".." in part else [part, part]
        if len(halves) != 2 or not any(halves) or any(c in part for c in "[/"):
            raise ValueError(wrong)
        first, last = (parse_edtf(half) if half else None for half in halves)
        low, high = first.begin if first else None, last.end if last else None
        if low and high and low > high:
            raise ValueError(Message("{text!r} ends before it begins", text=text[:40]))
        lows.append(low)
        highs.append(high)
        marks |= {each.qualifier for each in (first, last) if each} - {""}
    begin = None if None in lows else min(filter(None, lows))
    end = None if None in highs else max(filter(None, highs))
    return Date(text, begin, end, "set", marks.pop() if len(marks) == 1 else "%" if marks else "")


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


def is_within(one: str, other: str) -> bool:
    """Whether a date lies within another: 1988-09-03 within 1988, and any date within XXXX."""
    inner, outer = parse_edtf(one), parse_edtf(other)
    if outer.begin is None and outer.end is None:
        return True
    if inner.begin is None or inner.end is None:
        return False
    return (outer.begin is None or outer.begin <= inner.begin) and (
        outer.end is None or inner.end <= outer.end
    )


def agreed_dates(one: str, other: str) -> tuple[str, ...] | None:
    """Of two dates the more exact, then the other one if it says something; None where neither
    lies within the other. Either may be empty: not said."""
    if not one or not other or one == other:
        return (one or other,)
    if is_within(one, other):
        return (one, other)
    return (other, one) if is_within(other, one) else None


def ends_before(end: str, start: str) -> bool:
    """Whether an end surely lies before a start: its last day before the other's first."""
    if not end or not start:
        return False
    last, first = parse_edtf(end).end, parse_edtf(start).begin
    return bool(last and first and last < first)


__all__ = ["Date", "agreed_dates", "ends_before", "is_within", "parse_edtf"]
