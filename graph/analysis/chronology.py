"""Time: when ties began, how fast, in which order topics spread, and what has gone quiet.

Dates are EDTF, as precise as their sources; what is not known to the year is counted apart, never
dropped and never guessed.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import networkx as nx

from sources.dates import parse_edtf

Node = Any


def year_of(edtf: str) -> int | None:
    """The year of a date, or of the beginning of an interval; None where it is not one.

    >>> year_of("2015-12"), year_of("201X"), year_of("2016/2018"), year_of("XXXX-XX-30")
    (2015, None, 2016, None)
    """
    if not edtf:
        return None
    first = edtf.split("/")[0]
    span = parse_edtf(edtf if first in ("", "..") else first)
    if span.earliest is None or span.latest is None or span.earliest.year != span.latest.year:
        return None
    return span.earliest.year


def as_of(network: nx.Graph, day: date) -> nx.Graph:
    """The network of the ties that are known to have begun by a day; all nodes stay.

    Edges have `date` (EDTF): a tie of "2015" has begun by the last day of 2015. Ties without a
    date, or of which a bound is unknown, are left out.
    """
    found = network.copy()
    edges = network.edges(keys=True, data=True) if network.is_multigraph() else network.edges.data()
    gone = []
    for *edge, data in edges:
        edtf = str(data.get("date", ""))
        latest = parse_edtf(edtf.split("/")[0] or edtf).latest if edtf else None
        if latest is None or latest > day:
            gone.append(tuple(edge))
    found.remove_edges_from(gone)
    return found


@dataclass(frozen=True)
class Tempo:
    """How many things began in each year, from the first to the last; unplaced without a year.

    gap: the longest run of years without any. between: mean years from one to the next.
    """

    by_year: dict[int, int]
    unplaced: int
    gap: int
    between: float | None

    @property
    def by_decade(self) -> dict[int, int]:
        """The same by decade, each named by its first year."""
        found: Counter[int] = Counter()
        for year, count in self.by_year.items():
            found[year // 10 * 10] += count
        return dict(sorted(found.items()))


def tempo(dates: Iterable[str]) -> Tempo:
    """The tempo of things with these dates (EDTF; '' where unknown).

    >>> tempo(["1968", "1971-06", "1971", "201X"]).by_year
    {1968: 1, 1969: 0, 1970: 0, 1971: 2}
    """
    known = [year_of(edtf) for edtf in dates]
    years = sorted(year for year in known if year is not None)
    if not years:
        return Tempo({}, len(known), 0, None)
    counts = Counter(years)
    by_year = {year: counts[year] for year in range(years[0], years[-1] + 1)}
    gap = run = 0
    for count in by_year.values():
        run = 0 if count else run + 1
        gap = max(gap, run)
    between = (years[-1] - years[0]) / (len(years) - 1) if len(years) > 1 else None
    return Tempo(by_year, len(known) - len(years), gap, between)


@dataclass(frozen=True)
class Change:
    """Rates before and from a year on, in things a year, and how likely one rate gives this.

    p: two-sided, exact: given all of them, those after are binomial with the share of the years
    (Przyborowski and Wilenski 1940, Biometrika 31, 313-323).
    """

    year: int
    before: int
    after: int
    rate_before: float
    rate_after: float
    p: float


def change(by_year: Mapping[int, int], year: int) -> Change | None:
    """Whether the rate changed in a year that was chosen without looking at the counts.

    None where there is nothing, or no year on one side. A year that was chosen because the counts
    jump there makes p too small.
    """
    from scipy.stats import binomtest

    years = [each for each in by_year if each < year], [each for each in by_year if each >= year]
    counts = [sum(by_year[each] for each in part) for part in years]
    if not all(years) or not sum(counts):
        return None
    share = len(years[1]) / (len(years[0]) + len(years[1]))
    p = float(binomtest(counts[1], sum(counts), share).pvalue)
    before, after = (count / len(part) for count, part in zip(counts, years, strict=True))
    return Change(year, counts[0], counts[1], before, after, p)


@dataclass(frozen=True)
class Spread:
    """How a topic spread: its first year, with whom first, and the actors that had it by year.

    cumulative: by year the actors that have it by then, at the years when one more does.
    """

    topic: Node
    first: int
    first_with: tuple[Node, ...]
    cumulative: dict[int, int]

    @property
    def actors(self) -> int:
        """How many have it in the end."""
        return max(self.cumulative.values())

    def years_to(self, actors: int) -> int | None:
        """Years from the first until so many have it; None where they never do."""
        reached = [year for year, count in self.cumulative.items() if count >= actors]
        return min(reached) - self.first if reached else None


def spread(events: Iterable[tuple[Node, Node, int]]) -> list[Spread]:
    """The spread of topics, the earliest first; events are topic, actor and year.

    >>> found = spread([("metro", "hanoi", 2005), ("metro", "lima", 2010)])[0]
    >>> found.cumulative, found.years_to(2)
    ({2005: 1, 2010: 2}, 5)
    """
    first: dict[Node, dict[Node, int]] = defaultdict(dict)
    for topic, actor, year in events:
        first[topic][actor] = min(year, first[topic].get(actor, year))
    found = []
    for topic, actors in first.items():
        begin = min(actors.values())
        cumulative, count = {}, 0
        for year in sorted(set(actors.values())):
            count += sum(each == year for each in actors.values())
            cumulative[year] = count
        with_whom = tuple(sorted(actor for actor, year in actors.items() if year == begin))
        found.append(Spread(topic, begin, with_whom, cumulative))
    return sorted(found, key=lambda each: (each.first, each.topic))


@dataclass(frozen=True)
class Renewal:
    """A partner with more than one agreement: their years, and the years from one to the next."""

    node: Node
    years: tuple[int, ...]
    between: tuple[int, ...]


def renewals(years: Mapping[Node, Sequence[int]]) -> list[Renewal]:
    """Partners with several agreements of known years, those with most first."""
    found = []
    for node, known in years.items():
        ordered = tuple(sorted(known))
        if len(ordered) > 1:
            steps = tuple(b - a for a, b in pairwise(ordered))
            found.append(Renewal(node, ordered, steps))
    return sorted(found, key=lambda each: (-len(each.years), each.years, each.node))


def median_between(found: Sequence[Renewal]) -> float | None:
    """The median of years from one agreement with a partner to the next."""
    steps = [step for renewal in found for step in renewal.between]
    return float(statistics.median(steps)) if steps else None


def dormant(last: Mapping[Node, date], day: date, years: int) -> list[tuple[Node, date]]:
    """Those of which the last evidence is at least so many years before a day, the oldest first.

    No evidence is no proof: a partnership of which no source at hand speaks may be alive.
    """
    limit = date(day.year - years, day.month, min(day.day, 28))
    found = [(node, latest) for node, latest in last.items() if latest <= limit]
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def chains(follows: Mapping[Node, Sequence[Node]]) -> list[tuple[Node, ...]]:
    """Chains of things that replace or build on each other, the first thing first.

    `follows` gives for a thing those it follows. Of a fork every branch is a chain; a circle is cut
    where it closes.

    >>> chains({"mou 2013": ["declaration 1976"], "plan 2020": ["mou 2013"]})
    [('declaration 1976', 'mou 2013', 'plan 2020')]
    """
    followed = {old for olds in follows.values() for old in olds}
    ends = sorted(set(follows) - followed) or sorted(follows)[:1]
    found = []

    def walk(path: tuple[Node, ...]) -> None:
        olds = [old for old in sorted(follows.get(path[0], ())) if old not in path]
        if not olds:
            found.append(path)
        for old in olds:
            walk((old, *path))

    for end in ends:
        walk((end,))
    return sorted(chain for chain in found if len(chain) > 1)


__all__ = [
    "Change",
    "Renewal",
    "Spread",
    "Tempo",
    "as_of",
    "chains",
    "change",
    "dormant",
    "median_between",
    "renewals",
    "spread",
    "tempo",
    "year_of",
]
