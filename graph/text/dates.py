"""Dates for readers, as precise as their sources."""

from __future__ import annotations

import calendar
import re

from citypact.graph.text.bilingual import Words, both
from citypact.sources.dates import Date
from citypact.sources.reading.edtf import parse_edtf

_QUALIFIED = {
    "?": both("{}(추정)", "{} (uncertain)"),
    "~": both("{}경", "about {}"),
    "%": both("{}경(추정)", "about {} (uncertain)"),
}


def written_date(date: Date) -> Words:
    """A date in words: 2020. 10. 30. and 30 October 2020; what is unknown of it is said.

    What EDTF says in a way that has no plain words stays as it is.

    >>> from citypact.sources.reading.edtf import parse_edtf
    >>> written_date(parse_edtf("2015-12")), written_date(parse_edtf("XXXX-XX-30"))["ko"]
    ({'ko': '2015년 12월', 'en': 'December 2015'}, '30일(연·월 미상)')
    """
    return _either(date.text) or _span(date.text)


def readable_date(text: str) -> Words:
    """A date of EDTF for tables: a year, month or day as it is, and anything else in words.

    >>> readable_date("2015-12"), readable_date("[2002..2006]")["en"]
    ({'ko': '2015-12', 'en': '2015-12'}, 'some time between 2002 and 2006')
    """
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return both(text, text)
    try:
        return written_date(parse_edtf(text))
    except ValueError:
        return both(text, text)


def _span(text: str) -> Words:
    """A date or a period; an end that is open or unknown is said."""
    first, slash, last = text.partition("/")
    if slash and first in ("", ".."):
        end = _plain(last)
        return both(f"{end['ko']}까지", f"until {end['en']}")
    if slash and last in ("", ".."):
        begin = _plain(first)
        return both(f"{begin['ko']}부터", f"since {begin['en']}")
    return _period(first, last) if slash else _plain(text)


def _period(first: str, last: str) -> Words:
    """A period: what both ends have in common is said once.

    >>> _period("2025-10-29", "2025-10-31")
    {'ko': '2025. 10. 29.~31.', 'en': '29–31 October 2025'}
    """
    begin, end = _plain(first), _plain(last)
    starts, ends = first.split("-"), last.split("-")
    has_numbers = all(part.isdecimal() for part in (*starts, *ends))
    if len(starts) != len(ends) or not has_numbers:
        return both(f"{begin['ko']}~{end['ko']}", f"{begin['en']} – {end['en']}")
    month = begin["en"].removesuffix(f" {int(starts[0])}")  # "29 October"; of a month "October"
    match starts, ends:
        case [year], [_]:
            return both(f"{int(year)}~{end['ko']}", f"{begin['en']}–{end['en']}")
        case [year, of], [other, to] if year == other:
            return both(f"{int(year)}년 {int(of)}~{int(to)}월", f"{month}–{end['en']}")
        case [year, of, day], [other, to, until] if (year, of) == (other, to):
            return both(f"{begin['ko']}~{int(until)}.", f"{int(day)}–{end['en']}")
        case [year, _, _], [other, to, until] if year == other:
            return both(f"{begin['ko']}~{int(to)}. {int(until)}.", f"{month} – {end['en']}")
    return both(f"{begin['ko']}~{end['ko']}", f"{begin['en']} – {end['en']}")


def _either(text: str) -> Words | None:
    """One of several dates, such as `[2002..2006]` or `[1996,1998]`; None for other texts."""
    match = re.fullmatch(r"\[(.*)\]", text)
    if not match:
        return None
    words = [_within(part.strip()) for part in match[1].split(",")]
    return both(" 또는 ".join(each["ko"] for each in words), " or ".join(e["en"] for e in words))


def _within(text: str) -> Words:
    """A date, or one within bounds, such as `2002..2006` or `..2013-05`."""
    first, dots, last = text.partition("..")
    begin, end = _plain(first), _plain(last)
    if not dots:
        return begin
    if not first:
        return both(f"{end['ko']} 또는 그 전", f"{end['en']} or earlier")
    if not last:
        return both(f"{begin['ko']} 또는 그 후", f"{begin['en']} or later")
    return both(
        f"{begin['ko']}에서 {end['ko']} 사이", f"some time between {begin['en']} and {end['en']}"
    )


def _plain(text: str) -> Words:
    """One end of a date, with what is uncertain of it."""
    certain = text.rstrip("?~%")
    words, qualifier = _certain(certain), text[len(certain) :]
    if qualifier not in _QUALIFIED:
        return words
    return {
        language: _QUALIFIED[qualifier][language].format(text) for language, text in words.items()
    }


def _certain(text: str) -> Words:
    match = re.fullmatch(r"(\d{4}|XXXX|\d{3}X)(?:-(\d\d|XX))?(?:-(\d\d|XX))?", text)
    if not match:
        return both(text, text)
    year, month, day = match.groups()
    known_month = int(month) if month and month != "XX" and int(month) <= 12 else 0
    if year.endswith("X") and year != "XXXX":
        return both(f"{year[:3]}0년대", f"{year[:3]}0s")
    if year == "XXXX":
        return _without_year(text, known_month, day)
    if month == "XX" and (not day or day == "XX"):
        return both(f"{int(year)}년(월 미상)", f"{int(year)} (month unknown)")
    if month and not known_month:
        return both(text, text)
    if not known_month:
        return both(f"{int(year)}년", f"{int(year)}")
    name = calendar.month_name[known_month]
    if not day or day == "XX":
        return both(f"{int(year)}년 {known_month}월", f"{name} {int(year)}")
    return both(f"{int(year)}. {known_month}. {int(day)}.", f"{int(day)} {name} {int(year)}")


def _without_year(text: str, month: int, day: str | None) -> Words:
    if not day or day == "XX":
        return both(text, text)
    if month:
        name = calendar.month_name[month]
        return both(f"{month}월 {int(day)}일(연도 미상)", f"{int(day)} {name} (year unknown)")
    return both(f"{int(day)}일(연·월 미상)", f"day {int(day)} (month and year unknown)")


__all__ = ["readable_date", "written_date"]
