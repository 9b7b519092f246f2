"""When things began and whether their rate held: by hand, and beside scipy."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, chi2, poisson_means_test

from citypact.graph.analysis.tempo import (
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


@pytest.mark.parametrize(
    ("edtf", "year", "decade"),
    [
        ("1968", 1968, 1960),
        ("2015-12-04", 2015, 2010),
        ("2016~", 2016, 2010),
        ("201X", None, 2010),
        ("20XX", None, None),
        ("XXXX-XX-30", None, None),
        ("2009/2011", 2009, 2000),
        ("2010/..", 2010, 2010),
        ("../2018", None, None),
        ("", None, None),
    ],
)
def test_a_date_is_placed_as_far_as_it_is_known(
    edtf: str, year: int | None, decade: int | None
) -> None:
    assert (year_of(edtf), decade_of(edtf)) == (year, decade)


def test_what_is_no_date_is_an_error() -> None:
    with pytest.raises(ValueError, match="soon"):
        year_of("soon")


def test_tempo_worked_out_by_hand() -> None:
    found = tempo(["1971", "1968-05", "1971-06/1975", "199X", "", "XXXX-03"], until=1973)
    assert found.by_year == {1968: 1, 1969: 0, 1970: 0, 1971: 2, 1972: 0, 1973: 0}
    assert found.by_decade == {1960: 1, 1970: 2, 1980: 0, 1990: 1}
    assert (found.decade_only, found.unplaced) == (1, 2)
    # What has no date may be of any year.
    assert found.gap is None
    assert found.between == (1971 - 1968) / 2


def test_a_gap_has_no_year_of_which_something_undated_may_be() -> None:
    # The years to 2013 are no gap: they are not between two years with something.
    assert tempo(["2000", "2010"], until=2013).gap == (2001, 2009)
    assert tempo(["2000", "2010", "[2003..2004]"]).gap == (2005, 2009)
    assert tempo(["2000", "2010", "[..2004]"]).gap == (2005, 2009)
    assert tempo(["2000", "2010", "199X"]).gap == (2001, 2009)
    assert tempo(["2000", "2010", ""]).gap is None


def test_the_longest_gap_is_the_earliest_of_several() -> None:
    assert tempo(["2000", "2003", "2006", "2007"]).gap == (2001, 2002)
    assert tempo(["2000", "2002", "2010"]).gap == (2003, 2009)
    assert tempo(["2000", "2001"]).gap is None


def test_nothing_has_no_tempo() -> None:
    for dates in ([], ["", "20XX"]):
        found = tempo(dates)
        assert not found.by_year
        assert not found.by_decade
        assert found.unplaced == len(dates)
        assert found.between is None
    assert tempo(["1999"]).between is None


DATES = st.sampled_from(["", "XXXX-XX-30", "20XX", "199X", "1987", "2001-04", "2014-06-09", "2014"])


@given(st.lists(DATES, max_size=30), st.sampled_from([None, 2030]))
def test_every_thing_is_counted_once(dates: list[str], until: int | None) -> None:
    found = tempo(dates, until)
    assert sum(found.by_year.values()) + found.decade_only + found.unplaced == len(dates)
    assert sum(found.by_decade.values()) + found.unplaced == len(dates)
    years = list(found.by_year)
    assert years == list(range(years[0], years[-1] + 1)) if years else True
    if "199X" not in dates:
        by_hand = Counter(year // 10 * 10 for year, n in found.by_year.items() for _ in range(n))
        assert {k: v for k, v in found.by_decade.items() if v} == dict(by_hand)


def test_the_exact_test_of_a_change_is_the_binomial_one() -> None:
    # 2 in three years, then 9 in two: given 11, each is a later one with chance 2/5.
    found = change({2000: 1, 2001: 0, 2002: 1, 2003: 5, 2004: 4}, 2003)
    assert found is not None
    assert (found.before, found.after) == (2, 9)
    assert (found.rate_before, found.rate_after) == (2 / 3, 4.5)
    assert found.ratio == pytest.approx(6.75)
    chances = [binom.pmf(k, 11, 0.4) for k in range(12)]
    assert found.p == pytest.approx(sum(p for p in chances if p <= chances[9] * (1 + 1e-7)))
    reference = poisson_means_test(2, 3, 9, 2)
    assert reference.pvalue < 0.05
    assert found.p < 0.05
    assert found.ratio is not None
    assert found.low is not None
    assert found.high is not None
    assert 1 < found.low < found.ratio < found.high


def test_bounds_of_a_ratio_are_where_the_tails_are_small() -> None:
    found = change({2000: 4, 2001: 8}, 2001)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    for odds, tail in (
        (found.low, binom.sf(7, 12, found.low / (1 + found.low))),
        (found.high, binom.cdf(8, 12, found.high / (1 + found.high))),
    ):
        assert odds > 0
        assert tail == pytest.approx(0.025, abs=1e-6)


def test_a_rate_that_began_at_nothing_has_no_ratio() -> None:
    found = change({2000: 0, 2001: 3}, 2001)
    assert found is not None
    assert found.ratio is None
    assert found.high is None
    assert found.low is not None


@pytest.mark.parametrize("by_year", [{}, {2000: 3}, {2000: 0, 2001: 0}, {2005: 1, 2006: 2}])
def test_without_two_periods_there_is_no_change(by_year: dict[int, int]) -> None:
    assert change(by_year, 2001) is None


def test_an_even_rate_is_no_bunch_and_a_bunch_is() -> None:
    even = dispersion(dict.fromkeys(range(2000, 2020), 3), draws=500)
    assert even is not None
    assert (even.index, even.p) == (0.0, 1.0)
    bunch = dispersion({year: 60 * (year == 2014) for year in range(2000, 2020)}, draws=500)
    assert bunch is not None
    assert bunch.p == 1 / 501


def test_dispersion_agrees_with_chi_squared_where_counts_are_large() -> None:
    counts = [52, 61, 40, 55, 70, 48, 58, 44, 66, 51]
    found = dispersion(dict(enumerate(counts, 2000)), draws=20_000, seed=5)
    assert found is not None
    statistic = found.index * (len(counts) - 1)
    assert found.p == pytest.approx(chi2.sf(statistic, len(counts) - 1), abs=0.012)


def test_the_same_seed_gives_the_same_p() -> None:
    by_year = {2000: 1, 2001: 4, 2002: 0, 2003: 3}
    assert dispersion(by_year, 200, 3) == dispersion(by_year, 200, 3)
    assert dispersion({2000: 4}) is None
    assert dispersion({2000: 0, 2001: 0}) is None


BUNCHED = dict(enumerate([0, 5, 0, 0, 4, 0, 0, 7, 0, 9, 0, 0, 8, 1, 0, 9], 2000))
"""Bunches in both periods, the later of which begins in 2008."""


def test_bunches_make_the_interval_as_wide_as_statsmodels_has_it() -> None:
    statsmodels = pytest.importorskip("statsmodels.api")
    import numpy as np

    found = change(BUNCHED, 2008)
    assert found is not None
    late = np.array([year >= 2008 for year in BUNCHED], dtype=float)
    model = statsmodels.GLM(
        np.array(list(BUNCHED.values())),
        statsmodels.add_constant(late),
        family=statsmodels.families.Poisson(),
    ).fit(scale="X2", use_t=True)
    low, high = np.exp(model.conf_int()[1])
    assert found.dispersion == pytest.approx(model.scale)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
    assert found.p == pytest.approx(model.pvalues[1])
    # Poisson counts, as which no bunch is one, would give a clear change.
    once = poisson_means_test(16, 8, 27, 8).pvalue
    assert once < found.p


def test_even_years_leave_the_exact_test_as_it_is() -> None:
    found = change(
        {**dict.fromkeys(range(2000, 2005), 2), **dict.fromkeys(range(2005, 2010), 4)}, 2005
    )
    assert found is not None
    assert found.dispersion == 0
    assert found.p == pytest.approx(2 * binom.cdf(10, 30, 0.5))


def test_dispersion_in_periods_is_about_the_rate_of_each() -> None:
    steps = {**dict.fromkeys(range(2000, 2010), 1), **dict.fromkeys(range(2010, 2020), 9)}
    whole, within = dispersion(steps, 200), dispersion(steps, 200, changed=2010)
    assert whole is not None and within is not None
    assert whole.index > 3
    assert (within.index, within.p) == (0.0, 1.0)
    # As change has it, and none where nothing but one year is left.
    bunched, changed = dispersion(BUNCHED, 200, changed=2008), change(BUNCHED, 2008)
    assert bunched is not None and changed is not None
    assert bunched.index == changed.dispersion
    assert bunched.p == 1 / 201
    assert dispersion({2000: 0, 2001: 3}, 200, changed=2001) is None


def test_years_that_hang_together_are_shuffled_together() -> None:
    # One run of eight good years: of single years clear, of two blocks no more than a toss.
    run = {year: 3 * (year >= 2008) for year in range(2000, 2016)}
    single, whole = (shuffled_in_blocks(run, 2008, length, 400) for length in (1, 8))
    assert single is not None and single.p < 0.01
    assert whole is not None and whole.p == 1.0
    # Of blocks of four the two good ones are together at one side with chance 2 / 6.
    fours = shuffled_in_blocks(run, 2008, 4, 4000)
    assert fours is not None and fours.p == pytest.approx(1 / 3, abs=4 * fours.error)
    assert shuffled_in_blocks(run, 2008, 4, 50, 3) == shuffled_in_blocks(run, 2008, 4, 50, 3)
    assert shuffled_in_blocks({2000: 3}, 2000) is None


def autocorrelated(correlation: float, number: int, seed: int) -> list[int]:
    """Counts of a first-order autoregression, a hundred on average."""
    generator = np.random.default_rng(seed)
    value, found = 0.0, []
    for step in generator.normal(size=number):
        value = correlation * value + float(step)
        found.append(round(1000 + 100 * value))
    return found


def test_the_length_of_blocks_follows_from_autocorrelation() -> None:
    # For long series of an autoregression theory gives (1.5 (2 r / (1 - r²))² N)^(1/3).
    lengths = [block_length([autocorrelated(0.5, 4000, seed)]) for seed in range(15)]
    assert np.mean(lengths) == pytest.approx((1.5 * (1 / 0.75) ** 2 * 4000) ** (1 / 3), rel=0.25)
    short = {
        r: np.mean([block_length([autocorrelated(r, 60, seed)]) for seed in range(40)])
        for r in (0.0, 0.4, 0.8)
    }
    assert short[0.0] < short[0.4] < short[0.8] <= 20
    assert block_length([[3] * 30]) == block_length([[1, 2]]) == block_length([]) == 1


def test_a_step_between_periods_is_not_taken_for_dependence() -> None:
    generator = np.random.default_rng(5)
    early, late = generator.poisson(2, 30).tolist(), generator.poisson(20, 30).tolist()
    assert block_length([early, late]) < block_length([[*early, *late]])


def test_things_of_unknown_year_are_counted_where_their_dates_allow() -> None:
    dates = [*["1990"] * 3, *["2005"] * 6, "", "[1995..2003]", "[2001..2003]", "[..1992]"]
    found = compare_rates(dates, 2000, 2009, 99)
    assert found and found.if_old and found.if_new
    assert (found.change.before, found.change.after, found.undated) == (3, 6, 4)
    assert (found.if_old.before, found.if_old.after) == (6, 7)
    assert (found.if_new.before, found.if_new.after) == (4, 9)
    # The counts alone change: the dispersion is that of known years.
    assert found.if_old.dispersion == found.change.dispersion
    known = compare_rates(dates[:9], 2000, 2009, 99)
    assert known and (known.if_old, known.undated) == (None, 0)


def test_clusters_that_missing_dates_could_even_out_do_not_hold() -> None:
    dates = [*["2003"] * 12, "2001", "2002", "2004", "2005"]
    few, many = (clustering([*dates, *[""] * n], 2001, 2005, 300) for n in (1, 60))
    assert few and many and few.dispersion.p <= 0.05 and few.holds(0.05)
    assert many.dispersion == few.dispersion and many.evened and not many.holds(0.05)


def test_growth_never_falls_and_ends_with_all() -> None:
    years = {"friendship": [2011, 2010], "sister": [1968, 2016, 2016], "other": [2022]}
    found = growth(years, 2020)
    by_kind = {kind: [count for one, _, count in found if one == kind] for kind in years}
    assert all(counts == sorted(counts) for counts in by_kind.values())
    assert {kind: counts[-1] for kind, counts in by_kind.items()} == {
        "friendship": 2,
        "sister": 3,
        "other": 1,
    }
    assert {year for kind, year, _ in found if kind == "sister"} == set(range(1968, 2021))
    assert [kind for kind, year, _ in found if year == 1968] == ["sister", "friendship", "other"]
    # What begins later than the record reaches is shown all the same.
    assert max(year for _, year, _ in found) == 2022
