"""Tempo: how many things began in each year and decade, and whether their rate held.

Dates are EDTF, as precise as their sources: one that is known to a decade only counts in its
decade, one that is not even known to that counts as unplaced. None is dropped or guessed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeVar

from citypact.graph.analysis.significance import SampledTest
from citypact.sources.reading.edtf import parse_edtf

Kind = TypeVar("Kind", bound=str)

Missing = Literal["left out", "old", "new"]
"""How dates of unknown year are treated: left out, or as old or as new as they may be."""


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
    first, last = possible_years(edtf)
    if first is None or last is None or first // years != last // years:
        return None
    return first // years * years


def possible_years(edtf: str) -> tuple[int | None, int | None]:
    """The first and the last year in which a date may have begun; None where there is no bound.

    >>> possible_years("[2002-07..2006-06]"), possible_years("[..2013-05]"), possible_years("")
    ((2002, 2006), (None, 2013), (None, None))
    """
    begun = parse_edtf(edtf).beginning if edtf else None
    if begun is None:
        return None, None
    return (begun.begin.year if begun.begin else None, begun.end.year if begun.end else None)


def is_before(edtf: str, year: int, missing: Missing = "left out") -> bool | None:
    """Whether a date is before a year; None where its year is unknown and `missing` leaves it out.

    >>> is_before("1980", 1997), is_before("", 1997), is_before("", 1997, "old")
    (True, None, True)
    >>> is_before("[2002..2006]", 1997, "old")
    False
    """
    first, last = possible_years(edtf)
    if missing == "left out" and (first is None or first != last):
        return None
    if missing == "old":
        return first is None or first < year
    return last is not None and last < year


@dataclass(frozen=True)
class Tempo:
    """How many things began when.

    by_year: every year from the first to the last, 0 where none. by_decade: the same by decade (its
    first year), with things of which the decade alone is known. decade_only: how many those are.
    unplaced: things without a date, or of which not even the decade is known. gap: first and last
    year of the longest run of years between the first and the last in which certainly none began
    (the earliest where several are as long): none is dated to them, and none without a year may be
    of them. None where there is none, as wherever something has no date at all. between: mean years
    from one to the next.
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

    >>> found = tempo(["1968", "1971-06", "1971", "197X"], until=1972)
    >>> found.by_year
    {1968: 1, 1969: 0, 1970: 0, 1971: 2, 1972: 0}
    >>> found.by_decade, found.decade_only, found.unplaced, found.gap
    ({1960: 1, 1970: 3}, 1, 0, (1969, 1969))
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
        _longest_gap(years, [possible_years(date) for date in known if year_of(date) is None]),
        between,
    )


def _longest_gap(
    years: Sequence[int], unknown: Sequence[tuple[int | None, int | None]]
) -> tuple[int, int] | None:
    """The longest run of years between these without one of them, or one that is unknown."""
    if not years:
        return None
    taken = set(years)
    for first, last in unknown:
        taken |= set(range(first or years[0], (last or years[-1]) + 1))
    ordered = sorted(year for year in taken if years[0] <= year <= years[-1])
    gaps = [(b - a, -a) for a, b in pairwise(ordered) if b - a > 1]
    if not gaps:
        return None
    length, negative = max(gaps)
    return 1 - negative, length - negative - 1


@dataclass(frozen=True)
class Change:
    """The rates before a year and from it on, in things a year.

    ratio: the later rate by the earlier, low and high its 95 % confidence interval; None where it
    has no bound. p: two-sided; how likely one rate throughout gives a split as uneven. dispersion:
    how unevenly things fall on the years of the two periods (1 for Poisson counts, see
    `dispersion`), for which interval and p allow; None where it is not defined.
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
    dispersion: float | None


@dataclass(frozen=True)
class _Bounds:
    """The 95 % interval of a ratio, None where it has no bound, and the p of no change."""

    low: float | None
    high: float | None
    p: float


def change(by_year: Mapping[int, int], year: int, more: tuple[int, int] = (0, 0)) -> Change | None:
    """Whether a rate changed in a year, allowing for things that come in bunches.

    by_year: counts, with the years that have 0. year: the first of the later period; to be chosen
    without looking at the counts, or p is too small. more: things of unknown year that are taken to
    be of the earlier and of the later period. None where there is nothing, or no year on one side.

    Two Poisson rates are compared by the exact conditional test: given all things, those of the
    later period are binomial with its share of the years (Przyborowski and Wilenski 1940,
    Biometrika 31, 313-323; interval of Clopper and Pearson 1934). Where the counts of both periods
    vary more than Poisson counts, the quasi-Poisson interval and test stand instead, as far as they
    are wider: log ratio with variance dispersion · (1/before + 1/after), Student's t with as many
    degrees of freedom as years less two (Wedderburn 1974, Biometrika 61, 439-447; McCullagh and
    Nelder 1989, Generalized Linear Models, sec. 6.2); things of unknown year do not change the
    dispersion. Limits: years are independent of each other, for which see `shuffled_in_blocks`;
    where one period has nothing, only the exact test is left.

    >>> found = change({2000: 1, 2001: 1, 2002: 4, 2003: 4}, 2002)
    >>> found.rate_before, found.rate_after, found.ratio, round(found.p, 3)
    (1.0, 4.0, 4.0, 0.109)
    >>> change({2000: 1, 2001: 1, 2002: 4, 2003: 4}, 2002, (2, 0)).ratio
    2.0
    """
    early, late = _periods(by_year, year)
    before, after = sum(early) + more[0], sum(late) + more[1]
    if not early or not late or not before + after:
        return None
    spread = _index([early, late])
    lengths = len(early), len(late)
    bounds = _exact((before, after), lengths)
    if before and after and spread is not None and spread > 1:
        bounds = _wider(bounds, _quasi_poisson((before, after), lengths, spread))
    return Change(
        year,
        before,
        after,
        before / len(early),
        after / len(late),
        (after / len(late)) / (before / len(early)) if before else None,
        bounds.low,
        bounds.high,
        bounds.p,
        spread,
    )


def _periods(by_year: Mapping[int, int], year: int) -> tuple[list[int], list[int]]:
    """The counts of the years before a year, and of those from it on."""
    early = [count for each, count in by_year.items() if each < year]
    return early, [count for each, count in by_year.items() if each >= year]


def _exact(counts: tuple[int, int], lengths: tuple[int, int]) -> _Bounds:
    from scipy.stats import binomtest

    test = binomtest(counts[1], sum(counts), lengths[1] / sum(lengths))
    shares = test.proportion_ci(0.95)
    longer = lengths[0] / lengths[1]

    def odds(share: float) -> float | None:
        return float(share / (1 - share) * longer) if share < 1 else None

    return _Bounds(odds(shares.low), odds(shares.high), float(test.pvalue))


def _quasi_poisson(counts: tuple[int, int], lengths: tuple[int, int], spread: float) -> _Bounds:
    from scipy.stats import t

    (before, after), (earlier, later) = counts, lengths
    degrees = earlier + later - 2
    log_ratio = math.log((after / later) / (before / earlier))
    error = math.sqrt(spread * (1 / before + 1 / after))
    reach = float(t.ppf(0.975, degrees)) * error
    return _Bounds(
        math.exp(log_ratio - reach),
        math.exp(log_ratio + reach),
        float(2 * t.sf(abs(log_ratio) / error, degrees)),
    )


def _wider(one: _Bounds, other: _Bounds) -> _Bounds:
    """The wider of two intervals on either side, and the greater p."""
    unbounded = None in (one.high, other.high)
    return _Bounds(
        min(one.low or 0.0, other.low or 0.0),
        None if unbounded else max(one.high or 0.0, other.high or 0.0),
        max(one.p, other.p),
    )


def block_length(periods: Sequence[Sequence[int]]) -> int:
    """How many consecutive years depend on each other, by the automatic rule for block bootstraps.

    periods: counts by year, in order, each period with a mean of its own, so that a change of the
    mean is not taken for dependence. The length for blocks in a circle of Politis and White (2004,
    Econometric Reviews 23(1), 53-70, as corrected by Patton, Politis and White 2009, Econometric
    Reviews 28(4), 372-375), rounded up: (2 G² / D)^(1/3) N^(1/3) with D = 4/3 g(0)², g(0) = Σ λ R,
    G = Σ λ |k| R, the autocovariances R(k), and the flat-top window λ up to twice the lag from
    which the correlations are insignificant. 1 where years are independent; at most
    min(3 √N, N/3).

    >>> block_length([[0, 1] * 10])
    7
    """
    import numpy as np

    centred = np.concatenate(
        [np.empty(0), *(np.asarray(each, float) - np.mean(each) for each in periods if len(each))]
    )
    number = len(centred)
    longest = math.ceil(min(3 * math.sqrt(number), number / 3))
    if number < 3 or not centred.any():
        return 1
    in_a_row = max(5, math.ceil(math.sqrt(math.log10(number))))
    most = min(math.ceil(math.sqrt(number)) + in_a_row, number - 1)
    covariances = np.array(
        [float(centred[lag:] @ centred[: number - lag]) / number for lag in range(most + 1)]
    )
    limit = 2 * math.sqrt(math.log10(number) / number)
    is_small = [abs(each) < limit * covariances[0] for each in covariances]
    last = next(
        (lag for lag in range(most + 1) if all(is_small[lag + 1 : lag + 1 + in_a_row])), most
    )
    reach = min(2 * max(last, 1), most)
    lags = np.arange(-reach, reach + 1)
    window = np.clip(2 * (1 - np.abs(lags) / reach), 0, 1)
    weighted = window * covariances[np.abs(lags)]
    spectrum, slope = float(weighted.sum()), float((weighted * np.abs(lags)).sum())
    if spectrum <= 0:
        return longest
    cube = 1.5 * (slope / spectrum) ** 2 * number
    return max(1, min(longest, math.ceil(math.cbrt(cube))))


@dataclass(frozen=True)
class BlockPermutation(SampledTest):
    """A test in which blocks of consecutive years are put in any order.

    length: years of a block. p: two-sided, (1 + draws with a split at least as uneven) / (1 +
    draws).
    """

    length: int
    p: float
    draws: int
    seed: int


def shuffled_in_blocks(
    by_year: Mapping[int, int],
    year: int,
    length: int | None = None,
    draws: int = 1000,
    seed: int = 1,
) -> BlockPermutation | None:
    """A change of rate in a year, tested by putting blocks of consecutive years in any order.

    Neither Poisson counts nor independent years are supposed, only that what hangs together does so
    within a block of `length` years (blocks as in Davison and Hinkley 1997, Bootstrap Methods and
    their Application, sec. 8.2); where no length is given, that of `block_length`. The last block
    has what years are left. None where `change` has none.

    >>> shuffled_in_blocks({2000: 0, 2001: 0, 2002: 6, 2003: 6}, 2002, length=2).p > 0.9
    True
    """
    import numpy as np

    early, late = _periods(by_year, year)
    if not early or not late or not sum(early) + sum(late):
        return None
    length = length or block_length([early, late])
    counts = np.array([*early, *late])
    blocks = [counts[first : first + length] for first in range(0, len(counts), length)]

    def uneven(ordered: np.ndarray) -> int:
        """How far the later period is from its share of all, times all years: a whole number."""
        return abs(int(ordered[len(early) :].sum()) * len(counts) - int(counts.sum()) * len(late))

    generator = np.random.default_rng(seed)
    at_least = sum(
        uneven(np.concatenate([blocks[i] for i in generator.permutation(len(blocks))]))
        >= uneven(counts)
        for _ in range(draws)
    )
    return BlockPermutation(length, (1 + at_least) / (1 + draws), draws, seed)


@dataclass(frozen=True)
class Dispersion(SampledTest):
    """How unevenly things fall on years.

    index: variance by mean of the yearly counts (about 1 for a constant Poisson rate, more where
    they come in bunches or the rate changes). p: one-sided, (1 + draws with an index at least as
    large) / (1 + draws).
    """

    index: float
    p: float
    draws: int
    seed: int


def dispersion(
    by_year: Mapping[int, int], draws: int = 1000, seed: int = 1, changed: int | None = None
) -> Dispersion | None:
    """Whether counts by year are more uneven than one constant rate gives.

    changed: the first year of a later period with a rate of its own; the index is then Pearson's
    X² about the two rates by its degrees of freedom (McCullagh and Nelder 1989, sec. 4.5), and a
    period without anything tells nothing.

    Given their sum, counts at a constant Poisson rate are multinomial with equal shares: they are
    drawn so, in each period apart (Fisher 1950, Biometrics 6, 17-24, for the index; by draws since
    counts are small). None where there are fewer than two years or nothing.

    >>> dispersion({2000: 0, 2001: 10, 2002: 0}).p < 0.01
    True
    """
    import numpy as np

    counts = list(by_year.values())
    periods = [counts] if changed is None else _periods(by_year, changed)
    index = _index(periods)
    if index is None:
        return None
    generator = np.random.default_rng(seed)
    drawn, observed = np.zeros(draws), 0.0
    for period in filter(sum, periods):
        # The mean is the same in every draw, so the sums of squares tell as much.
        mean, shares = sum(period) / len(period), np.full(len(period), 1 / len(period))
        squares = generator.multinomial(sum(period), shares, size=draws) ** 2
        drawn += squares.sum(axis=1) / mean
        observed += sum(count**2 for count in period) / mean
    at_least = int((drawn >= observed * (1 - 1e-12)).sum())
    return Dispersion(index, (1 + at_least) / (1 + draws), draws, seed)


def _index(periods: Iterable[Sequence[int]]) -> float | None:
    """Pearson's X² of counts about the means of their periods, by its degrees of freedom."""
    known = [period for period in periods if sum(period)]
    degrees = sum(len(period) - 1 for period in known)
    if not degrees:
        return None
    means = [sum(period) / len(period) for period in known]
    return (
        sum(
            (count - mean) ** 2 / mean
            for period, mean in zip(known, means, strict=True)
            for count in period
        )
        / degrees
    )


@dataclass(frozen=True)
class RateComparison:
    """A change of rate, with what shows how far it can be trusted.

    overall: dispersion of all years around one rate. within: that of the years of each period
    around its own rate. blocks: `shuffled_in_blocks`. undated: things of unknown year, which
    `change` leaves out. if_old, if_new: the change if each of them began as early, or as late, as
    its date allows; None where there are none.
    """

    change: Change
    overall: Dispersion | None
    within: Dispersion | None
    blocks: BlockPermutation | None
    undated: int = 0
    if_old: Change | None = None
    if_new: Change | None = None

    @property
    def is_decided(self) -> bool:
        """Whether more samples would hardly change the result of any test."""
        return all(each.is_decided for each in (self.overall, self.within, self.blocks) if each)

    def holds(self, level: float) -> bool:
        """Whether the change is significant whatever the missing dates are, by blocks too."""
        return self.holds_undated(level) and (self.blocks is None or self.blocks.p <= level)

    def holds_undated(self, level: float) -> bool:
        """Whether the change is significant, the same way, whatever the missing dates are."""
        cases = [each for each in (self.change, self.if_old, self.if_new) if each]
        ways = {each.rate_after > each.rate_before for each in cases}
        return len(ways) == 1 and all(each.p <= level for each in cases)


def compare_rates(
    dates: Iterable[str], year: int, until: int, draws: int = 1000, seed: int = 1
) -> RateComparison | None:
    """The change of rate in a year, asked in three ways; None where `change` gives none.

    dates: as for `tempo`. Things of unknown year are bounded (Manski 2003, Partial Identification
    of Probability Distributions): all as old, and all as new, as their dates allow.

    >>> found = compare_rates(["2000", "2001", *["2002", "2003"] * 4, ""], 2002, 2003, 99)
    >>> found.change.ratio, found.if_old.ratio, found.if_new.ratio
    (4.0, 2.6666666666666665, 4.5)
    """
    known = list(dates)
    by_year = tempo(known, until).by_year
    changed = change(by_year, year)
    if changed is None:
        return None
    unknown = [each for each in known if year_of(each) is None]

    def bounded(missing: Missing) -> Change | None:
        before = sum(bool(is_before(each, year, missing)) for each in unknown)
        return change(by_year, year, (before, len(unknown) - before)) if unknown else None

    return RateComparison(
        changed,
        dispersion(by_year, draws, seed),
        dispersion(by_year, draws, seed, year),
        shuffled_in_blocks(by_year, year, None, draws, seed),
        len(unknown),
        bounded("old"),
        bounded("new"),
    )


@dataclass(frozen=True)
class Clustering:
    """How unevenly things are spread over the years from `since` on.

    peak: the year with most, of all years. known: things with a day; shared: those of them that
    share it with another. undated: things of unknown year. evened: the dispersion if all of these
    began in the years with fewest; None where there are none.
    """

    since: int
    peak: int
    dispersion: Dispersion
    known: int
    shared: int
    undated: int
    evened: Dispersion | None

    def holds(self, level: float) -> bool:
        """Whether the years differ significantly, whatever the missing dates are."""
        return self.dispersion.p <= level and (self.evened is None or self.evened.p <= level)


def clustering(
    dates: Sequence[str], since: int, until: int, draws: int = 1000, seed: int = 1
) -> Clustering | None:
    """Whether things with these dates (EDTF; '' where unknown) are clustered in certain years.

    The dispersion is that of the years from `since` to `until`. None where fewer than two things
    have a year, or nothing is of these years.

    >>> found = clustering(["2001-05-02", "2001-05-02", "2001-07", "2003"], 2001, 2004, 99)
    >>> found.peak, found.known, found.shared, found.undated
    (2001, 2, 2, 0)
    """
    by_year = tempo(dates, until).by_year
    recent = {year: by_year.get(year, 0) for year in range(since, until + 1)}
    uneven = dispersion(recent, draws, seed)
    if uneven is None or sum(by_year.values()) < 2:
        return None
    peak = max(by_year, key=lambda year: (by_year[year], -year))
    days = Counter(date for date in dates if len(date) == len("2000-01-01"))
    shared = sum(number for number in days.values() if number > 1)
    undated = sum(year_of(date) is None for date in dates)
    filled = dict(recent)
    for _ in range(undated):
        filled[min(filled, key=lambda year: (filled[year], year))] += 1
    evened = dispersion(filled, draws, seed) if undated else None
    return Clustering(since, peak, uneven, sum(days.values()), shared, undated, evened)


def growth(years: Mapping[Kind, Sequence[int]], until: int) -> list[tuple[Kind, int, int]]:
    """Kind, year, and how many of the kind had begun by the end of the year, largest kind first.

    years: by kind the years in which its things began. Every kind has all years from the first of
    any to `until`, or to its own last if that is later.

    >>> growth({"sister": [2000, 2002], "friend": [2001]}, 2002)[:3]
    [('sister', 2000, 1), ('sister', 2001, 1), ('sister', 2002, 2)]
    """
    first = min((min(begun) for begun in years.values()), default=until)
    return [
        (kind, year, sum(each <= year for each in begun))
        for kind, begun in sorted(years.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        for year in range(first, max(until, *begun) + 1)
    ]


__all__ = [
    "BlockPermutation",
    "Change",
    "Clustering",
    "Dispersion",
    "Missing",
    "RateComparison",
    "Tempo",
    "block_length",
    "change",
    "clustering",
    "compare_rates",
    "decade_of",
    "dispersion",
    "growth",
    "is_before",
    "possible_years",
    "shuffled_in_blocks",
    "tempo",
    "year_of",
]
