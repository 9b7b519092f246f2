"""Dates for readers, as precise as their sources."""

from __future__ import annotations

import calendar
import re

from citypact.graph.text.bilingual import Words, both
from citypact.sources.model import Date

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
    ends = [_plain(text) for text in date.text.rstrip("?~%").split("/")]
    words = both("–".join(e["ko"] for e in ends), "–".join(e["en"] for e in ends))
    if date.qualifier not in _QUALIFIED:
        return words
    return {
        language: _QUALIFIED[date.qualifier][language].format(text)
        for language, text in words.items()
    }


def _plain(text: str) -> Words:
    """One end of a date."""
    match = re.fullmatch(r"(\d{4}|XXXX|\d{3}X)(?:-(\d\d|XX))?(?:-(\d\d|XX))?", text)
    if not match:
        return both(text, text)
    year, month, day = match.groups()
    known_month = int(month) if month and month != "XX" and int(month) <= 12 else 0
    if year.endswith("X") and year != "XXXX":
        return both(f"{year[:3]}0년대", f"{year[:3]}0s")
    if year == "XXXX":
        return _without_year(text, known_month, day)
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


__all__ = ["written_date"]
