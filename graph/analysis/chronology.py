"""Order in time: how topics spread, what is renewed, what follows what, what has gone quiet.

Years and days are plain numbers and dates; `graph.analysis.tempo`, whose names stand here too,
reads them from EDTF and counts them.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from citypact.graph.analysis.permutation import Difference, difference, holm
from citypact.graph.analysis.significance import Significance, evaluate, is_decided, least_p
from citypact.graph.analysis.tempo import (
    BlockPermutation,
    Change,
    Clustering,
    Dispersion,
    RateComparison,
    Tempo,
    block_length,
    change,
    clustering,
    compare_rates,
    decade_of,
    dispersion,
    growth,
    shuffled_in_blocks,
    tempo,
    year_of,
)

Node = Any


@dataclass(frozen=True)
class Spread:
    """How a topic spread: its first year, with whom first, and the partners that had it by year.

    cumulative: by year the partners that have it by then, at the years in which one more does.
    """

    topic: Node
    first: int
    first_with: tuple[Node, ...]
    cumulative: dict[int, int]

    @property
    def partners(self) -> int:
        """How many have it in the end."""
        return max(self.cumulative.values())

    def years_to(self, partners: int) -> int | None:
        """Years from the first to when so many had it; None where they never did."""
        reached = [year for year, count in self.cumulative.items() if count >= partners]
        return min(reached) - self.first if reached else None


def spread(events: Iterable[tuple[Node, Node, int]]) -> list[Spread]:
    """The spread of topics, the earliest first; an event is a topic, a partner and a year.

    A partner counts from its first year with a topic on. The first year is that of the record, not
    of the world: what came before in agreements that nobody collected is not seen.

    >>> found = spread([("metro", "hanoi", 2005), ("metro", "lima", 2010)])[0]
    >>> found.cumulative, found.years_to(2)
    ({2005: 1, 2010: 2}, 5)
    """
    first: dict[Node, dict[Node, int]] = defaultdict(dict)
    for topic, partner, year in events:
        first[topic][partner] = min(year, first[topic].get(partner, year))
    found = []
    for topic, partners in first.items():
        begin = min(partners.values())
        cumulative = {
            year: sum(each <= year for each in partners.values())
            for year in sorted(set(partners.values()))
        }
        with_whom = tuple(sorted(node for node, year in partners.items() if year == begin))
        found.append(Spread(topic, begin, with_whom, cumulative))
    return sorted(found, key=lambda each: (each.first, -each.partners, each.topic))


@dataclass(frozen=True)
class Timing:
    """The years of the things of a field, compared with those of the other things.

    test: means in years and the permutation test. adjusted: its result, adjusted for all fields;
    None without one.
    """

    field: Node
    test: Difference
    adjusted: Significance | None

    @property
    def p(self) -> float | None:
        """The adjusted p; None without one."""
        return self.adjusted.p if self.adjusted else None


def timings(
    years: Mapping[Node, int],
    covering: Mapping[Node, Collection[Node]],
    draws: int = 1000,
    seed: int = 1,
) -> list[Timing]:
    """Fields by the mean year of their things, the earliest first.

    years: the year of each thing. covering: by field the things that it covers. Each field is
    tested against the other things by `graph.analysis.permutation.difference`, and p is adjusted
    for the number of fields by Holm's method (1979).

    >>> early, late = timings({"a": 2001, "b": 2003, "c": 2020}, {"art": "ab", "metro": "c"}, 99)
    >>> early.field, late.field, late.test.difference
    ('art', 'metro', 18.0)
    """
    tests = {
        field: difference(
            [float(year) for thing, year in years.items() if thing in covered],
            [float(year) for thing, year in years.items() if thing not in covered],
            draws,
            seed,
        )
        for field, covered in sorted(covering.items())
    }
    chances = {field: test.p for field, test in tests.items() if test.p is not None}
    least = [least_p(tests[field].draws, sides=1) for field in chances]
    adjusted = dict(zip(chances, evaluate(list(chances.values()), least, holm), strict=True))
    found = [Timing(field, test, adjusted.get(field)) for field, test in tests.items()]
    return sorted(found, key=lambda each: (each.test.first or 0.0, each.field))


def are_timings_decided(found: Sequence[Timing]) -> bool:
    """Whether more samples would hardly change the result of any of the tests."""
    tests = [each.test for each in found if each.test.p is not None]
    return is_decided([test.p or 1.0 for test in tests], tests[0].draws if tests else 0, 1, holm)


@dataclass(frozen=True)
class Renewal:
    """A partner with several agreements: their years, and the years from one to the next.

    agreements: all of them, those without a year too.
    """

    node: Node
    agreements: int
    years: tuple[int, ...]
    between: tuple[int, ...]


def renewals(years: Mapping[Node, Sequence[int | None]]) -> list[Renewal]:
    """Partners with more than one agreement, those with most first.

    years: by partner the year of each of its agreements, None where it is unknown. A later
    agreement need not renew an earlier one: it may be on another topic.

    >>> renewals({"tokyo": [2015, 2014], "lima": [2021]})[0].between
    (1,)
    """
    found = []
    for node, known in years.items():
        ordered = tuple(sorted(year for year in known if year is not None))
        if len(known) > 1:
            steps = tuple(later - earlier for earlier, later in pairwise(ordered))
            found.append(Renewal(node, len(known), ordered, steps))
    return sorted(found, key=lambda each: (-each.agreements, each.years, each.node))


def median_between(found: Sequence[Renewal]) -> float | None:
    """The median of years from one agreement with a partner to the next."""
    steps = [step for renewal in found for step in renewal.between]
    return float(statistics.median(steps)) if steps else None


def years_before(day: date, years: int) -> date:
    """The day so many years before another; of 29 February, the 28th where there is none.

    >>> years_before(date(2024, 2, 29), 10)
    datetime.date(2014, 2, 28)
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def dormant(last: Mapping[Node, date], day: date, years: int) -> list[tuple[Node, date]]:
    """Those of which the last evidence is at least so many years before a day, the oldest first.

    last: the latest day that the last dated evidence of each may be of: none is called quiet that
    may not be. No evidence is no proof: a partnership of which no source at hand speaks may be
    alive.

    >>> dormant({"cairo": date(1997, 4, 27), "kyiv": date(2024, 10, 31)}, date(2025, 7, 6), 10)
    [('cairo', datetime.date(1997, 4, 27))]
    """
    limit = years_before(day, years)
    found = [(node, latest) for node, latest in last.items() if latest <= limit]
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def chains(follows: Mapping[Node, Iterable[Node]]) -> list[tuple[Node, ...]]:
    """Chains of things that replace or build on each other, the first thing first.

    follows: for a thing those that it replaces or builds on. Of a fork every branch is a chain. A
    circle, which only an error makes, is cut so that it appears once.

    >>> chains({"mou 2013": ["declaration 1976"], "plan 2020": ["mou 2013"]})
    [('declaration 1976', 'mou 2013', 'plan 2020')]
    """
    before = {node: sorted(set(olds)) for node, olds in follows.items()}
    followed = {old for olds in before.values() for old in olds}
    found: list[tuple[Node, ...]] = []
    seen: set[Node] = set()
    for end in [*sorted(set(before) - followed), *sorted(set(before) & followed)]:
        # What is followed comes second, and only where a circle kept it from being reached.
        if end in seen:
            continue
        stack: list[tuple[Node, ...]] = [(end,)]
        while stack:
            path = stack.pop()
            seen.add(path[0])
            olds = [old for old in before.get(path[0], ()) if old not in path]
            stack += [(old, *path) for old in olds]
            if not olds and len(path) > 1:
                found.append(path)
    return sorted(found)


__all__ = [
    "BlockPermutation",
    "Change",
    "Clustering",
    "Dispersion",
    "RateComparison",
    "Renewal",
    "Spread",
    "Tempo",
    "Timing",
    "are_timings_decided",
    "block_length",
    "chains",
    "change",
    "clustering",
    "compare_rates",
    "decade_of",
    "dispersion",
    "dormant",
    "growth",
    "median_between",
    "renewals",
    "shuffled_in_blocks",
    "spread",
    "tempo",
    "timings",
    "year_of",
    "years_before",
]
