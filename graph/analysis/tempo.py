"""Tempo: how many things began in each year and decade, and whether their rate held.

Dates are EDTF, as precise as their sources: one that is known to a decade only counts in its
decade, one that is not even known to that counts as unplaced. None is dropped or guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sources.dates import beginning


def year_of(edtf: str) -> int | None:
    """The year of a date, or of the beginning of an interval; None where it is not one.

    Raises ValueError for what is no date.

    >>> year_of("2015-12"), year_of("201X"), year_of("2016/2018"), year_of("XXXX-XX-30")
    (2015, None, 2016, None)
    """
    return _unit(edtf, 1)


def decade_of(edtf: str) -> int | None:
    """The first year of the decade of a date or beginning; None where it is not one.

    >>> decade_of("2015-12"), decade_of("201X"), decade_of("20XX"), decade_of("")
    (2010, 2010, None, None)
    """
    return _unit(edtf, 10)


def _unit(edtf: str, years: int) -> int | None:
    """The first year of the span of so many years in which both bounds lie."""
    span = beginning(edtf) if edtf else None
    if span is None or span.earliest is None or span.latest is None:
        return None
    first, last = span.earliest.year // years * years, span.latest.year // years * years
    return first if first == last else None


@dataclass(frozen=True)
class Tempo:
    """How many things began when.

    by_year: every year from the first to the last, 0 where none. by_decade: the same by decade (its
    first year), with things of which the decade alone is known. decade_only: how many those are.
    unplaced: things without a date, or of which not even the decade is known. gap: first and last
    year of the longest run of years without any between two that have some (the earliest where
    several are as long); None where there is none. between: mean years from one to the next.
    """

    by_year: dict[int, int]
    by_decade: dict[int, int]
    decade_only: int
    unplaced: int
    gap: tuple[int, int] | None
    between: float | None


def tempo(dates: Iterable[str], until: int | None = None) -> Tempo:
    """The tempo of things with these dates (EDTF; '' where unknown).

    until: a year to which the record reaches: years after the last thing count with 0.

    >>> found = tempo(["1968", "1971-06", "1971", "197X", ""], until=1972)
    >>> found.by_year
    {1968: 1, 1969: 0, 1970: 0, 1971: 2, 1972: 0}
    >>> found.by_decade, found.decade_only, found.unplaced, found.gap
    ({1960: 1, 1970: 3}, 1, 1, (1969, 1970))
    """
    known = list(dates)
    years = sorted(year for year in map(year_of, known) if year is not None)
    decades = sorted(decade for decade in map(decade_of, known) if decade is not None)
    by_year: dict[int, int] = {}
    if years:
        counts = Counter(years)
        last = max(years[-1], until or years[-1])
        by_year = {year: counts[year] for year in range(years[0], last + 1)}
    tens = Counter(decades)
    by_decade: dict[int, int] = {}
    if decades:
        by_decade = {each: tens[each] for each in range(decades[0], decades[-1] + 1, 10)}
    between = (years[-1] - years[0]) / (len(years) - 1) if len(years) > 1 else None
    return Tempo(
        by_year,
        by_decade,
        len(decades) - len(years),
        len(known) - len(decades),
        _longest_gap(years),
        between,
    )


def _longest_gap(years: list[int]) -> tuple[int, int] | None:
    """The longest run of years between two of these, which are sorted."""
    gaps = [(b - a, -a) for a, b in pairwise(years) if b - a > 1]
    if not gaps:
        return None
    length, negative = max(gaps)
    return 1 - negative, length - negative - 1


@dataclass(frozen=True)
class Change:
    """The rates before a year and from it on, in things a year.

    p: two-sided and exact; how likely one rate throughout gives a split as uneven. ratio: the later
    rate by the earlier, low and high its 95 % confidence interval (Clopper and Pearson 1934); None
    where it has no bound.
    """

    year: int
    before: int
    after: int
    rate_before: float
    rate_after: float
    ratio: float | None
    low: float | None
    high: float | None
    p: float


def change(by_year: Mapping[int, int], year: int) -> Change | None:
    """Whether a rate changed in a year: the exact conditional test of two Poisson rates.

    by_year: counts, with the years that have 0. year: the first of the later period; to be chosen
    without looking at the counts, or p is too small. None where there is nothing, or no year on one
    side. Given all things, those of the later period are binomial with its share of the years
    (Przyborowski and Wilenski 1940, Biometrika 31, 313-323). Limit: things that come in bunches (a
    journey, a summit) are not independent, and make p too small too.

    >>> found = change({2000: 1, 2001: 1, 2002: 4, 2003: 4}, 2002)
    >>> found.rate_before, found.rate_after, found.ratio, round(found.p, 3)
    (1.0, 4.0, 4.0, 0.109)
    """
    from scipy.stats import binomtest

    early = [count for each, count in by_year.items() if each < year]
    late = [count for each, count in by_year.items() if each >= year]
    before, after = sum(early), sum(late)
    if not early or not late or not before + after:
        return None
    test = binomtest(after, before + after, len(late) / (len(early) + len(late)))
    bounds = test.proportion_ci(0.95)
    longer = len(early) / len(late)

    def odds(share: float) -> float | None:
        return float(share / (1 - share) * longer) if share < 1 else None

    return Change(
        year,
        before,
        after,
        before / len(early),
        after / len(late),
        (after / len(late)) / (before / len(early)) if before else None,
        odds(bounds.low),
        odds(bounds.high),
        float(test.pvalue),
    )


@dataclass(frozen=True)
class Dispersion:
    """How unevenly things fall on years.

    index: variance by mean of the yearly counts (about 1 for a constant Poisson rate, more where
    they come in bunches or the rate changes). p: one-sided, (1 + draws with an index at least as
    large) / (1 + draws).
    """

    index: float
    p: float
    draws: int
    seed: int


def dispersion(by_year: Mapping[int, int], draws: int = 1000, seed: int = 1) -> Dispersion | None:
    """Whether counts by year are more uneven than one constant rate gives.

    Given their sum, counts at a constant Poisson rate are multinomial with equal shares: they are
    drawn so (Fisher 1950, Biometrics 6, 17-24, for the index; by draws since counts are small).
    None where there are fewer than two years or nothing.

    >>> dispersion({2000: 0, 2001: 10, 2002: 0}).p < 0.01
    True
    """
    import numpy as np

    counts = np.array(list(by_year.values()), dtype=float)
    if counts.size < 2 or not counts.sum():
        return None
    drawn = np.random.default_rng(seed).multinomial(
        int(counts.sum()), np.full(counts.size, 1 / counts.size), size=draws
    )
    # The mean is the same in every draw, so the sums of squares tell as much: whole numbers.
    at_least = int(((drawn**2).sum(axis=1) >= (counts**2).sum()).sum())
    index = float(counts.var(ddof=1) / counts.mean())
    return Dispersion(index, (1 + at_least) / (1 + draws), draws, seed)


__all__ = [
    "Change",
    "Dispersion",
    "Tempo",
    "change",
    "decade_of",
    "dispersion",
    "tempo",
    "year_of",
]
