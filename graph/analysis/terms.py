"""Terms of office from days on which they are shown, and whether things began at other rates."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from citypact.graph.analysis.significance import SampledTest

YEAR = 365.2425
"""Days of a year on average."""
MOST_BETWEEN = 5
"""Years between two holders of a post from which another one may have held it in between."""


@dataclass(frozen=True)
class Term:
    """A term of office. first, last: the days on which it is shown to have held. earliest, latest:
    how far it may have reached, up to the terms before and after."""

    holder: Any
    first: datetime.date
    last: datetime.date
    earliest: datetime.date
    latest: datetime.date

    @property
    def years(self) -> tuple[float, float]:
        """How long it lasted at least and at most, in years."""
        shown = (self.last - self.first).days + 1
        at_most = (self.latest - self.earliest).days + 1
        return shown / YEAR, at_most / YEAR


Interval = tuple[datetime.date, datetime.date]
"""The first and the last day on which something may have been."""


def terms(shown: Iterable[tuple[Any, datetime.date, datetime.date]]) -> list[Term]:
    """The latest series of terms in which one holder followed another.

    shown: holder, first and last day of each time for which a source shows that he or she held the
    post. Two times of one holder without another's in between are one term. The series begins
    after the last two holders that are more than `MOST_BETWEEN` years apart, between whom another
    may have held the post.

    >>> day = datetime.date
    >>> first, second, third = day(2001, 1, 1), day(2002, 1, 1), day(2003, 1, 1)
    >>> found = terms([("a", first, first), ("b", third, day(2004, 1, 1)), ("a", second, second)])
    >>> [(each.holder, each.first.year, each.latest.year) for each in found]
    [('a', 2001, 2002), ('b', 2003, 2004)]
    """
    merged: list[tuple[Any, datetime.date, datetime.date]] = []
    for holder, first, last in sorted(shown, key=lambda each: (each[1], each[2], str(each[0]))):
        if merged and merged[-1][0] == holder:
            merged[-1] = holder, merged[-1][1], max(last, merged[-1][2])
        else:
            merged.append((holder, first, last))
    begin = 0
    for at in range(1, len(merged)):
        if (merged[at][1] - merged[at - 1][2]).days > MOST_BETWEEN * YEAR:
            begin = at
    series = merged[begin:]
    day = datetime.timedelta(days=1)
    found = []
    for at, (holder, first, last) in enumerate(series):
        earliest = min(first, series[at - 1][2] + day) if at else first
        latest = max(last, series[at + 1][1] - day) if at + 1 < len(series) else last
        found.append(Term(holder, first, last, earliest, latest))
    return found


@dataclass(frozen=True)
class TermCount:
    """How many things began in a term, at least and at most, and how many a year."""

    term: Term
    surely: int
    possibly: int

    @property
    def rate(self) -> tuple[float, float]:
        """Things a year at least and at most."""
        shown, at_most = self.term.years
        return self.surely / at_most, self.possibly / shown


def counts(series: Sequence[Term], begun: Sequence[Interval]) -> list[TermCount]:
    """How many things surely and possibly began in each term; begun: the days of each thing."""
    return [
        TermCount(
            term,
            sum(term.first <= first and last <= term.last for first, last in begun),
            sum(term.earliest <= last and first <= term.latest for first, last in begun),
        )
        for term in series
    ]


@dataclass(frozen=True)
class Unevenness(SampledTest):
    """How unevenly things fall on terms: X² by its degrees of freedom, 1 for one rate throughout.

    p: how likely it is as uneven or more if all things are shifted together (see `unevenness`).
    """

    index: float
    p: float
    things: int
    draws: int


def unevenness(
    series: Sequence[Term], begun: Sequence[Interval], at: float, draws: int, seed: int
) -> Unevenness | None:
    """Whether the rate at which things begin differs between terms.

    at: where between two terms the one ended and the other began, 0 for as early and 1 for as late
    as can be. Things count with the middle of their days. All days between the first and the last
    term are closed to a circle and all things shifted on it by one random number of days: so things
    that come in bursts do so in the null model too (random shifts on a circle: Lotwick and
    Silverman 1982, Journal of the Royal Statistical Society B 44(3), 406-413). None for fewer than
    two terms, or no thing within them.
    """
    if len(series) < 2:
        return None
    start, end = series[0].earliest.toordinal(), series[-1].latest.toordinal() + 1
    bounds = [start]
    for one, other in pairwise(series):
        low, high = one.last.toordinal() + 1, other.first.toordinal()
        bounds.append(round(low + at * (high - low)))
    bounds.append(end)
    middles = np.array([(a.toordinal() + b.toordinal()) / 2 for a, b in begun])
    days = middles[(middles >= start) & (middles < end)]
    if not days.size:
        return None
    lengths = np.diff(bounds)
    expected = days.size * lengths / lengths.sum()

    def index(shift: float) -> float:
        moved = start + (days - start + shift) % (end - start)
        number = np.histogram(moved, bounds)[0]
        return float(((number - expected) ** 2 / expected).sum() / (len(series) - 1))

    observed = index(0)
    shifts = np.random.default_rng(seed).uniform(0, end - start, draws)
    extreme = sum(index(shift) >= observed - 1e-9 for shift in shifts)
    return Unevenness(observed, (1 + extreme) / (1 + draws), int(days.size), draws)


__all__ = [
    "MOST_BETWEEN",
    "Interval",
    "Term",
    "TermCount",
    "Unevenness",
    "counts",
    "terms",
    "unevenness",
]
