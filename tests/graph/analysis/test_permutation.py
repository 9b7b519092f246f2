"""The permutation test, against counting all ways in which the values could have been dealt."""

from __future__ import annotations

from itertools import combinations
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from citypact.graph.analysis.permutation import difference, holm
from citypact.ontology.errors import CitypactError
from tests.soak import times

FIRST, SECOND = [3.0, 7.0, 8.0, 6.5], [2.0, 5.0, 1.0, 4.0, 6.0]


def _exact(first: list[float], second: list[float]) -> float:
    values, seen = [*first, *second], abs(fmean(first) - fmean(second))
    ways = list(combinations(range(len(values)), len(first)))
    extreme = 0
    for way in ways:
        one = [values[i] for i in way]
        other = [values[i] for i in range(len(values)) if i not in way]
        extreme += abs(fmean(one) - fmean(other)) >= seen - 1e-12
    return extreme / len(ways)


def test_p_is_near_to_that_of_all_ways() -> None:
    exact = _exact(FIRST, SECOND)
    assert 0.02 < exact < 0.2
    found = difference(FIRST, SECOND, draws=20_000, seed=3)
    # Five standard errors of a share of 20,000.
    assert found.p == pytest.approx(exact, abs=5 * (exact * (1 - exact) / 20_000) ** 0.5)
    assert found.difference == pytest.approx(6.125 - 3.6)
    assert (found.number_of_first, found.number_of_second) == (4, 5)


def test_equal_values_do_not_differ() -> None:
    found = difference([1.0, 1.0], [1.0, 1.0, 1.0], draws=50)
    assert (found.difference, found.p) == (0, 1)


def test_p_is_never_nought() -> None:
    found = difference([100.0 + i for i in range(20)], list(map(float, range(20))), draws=99)
    assert found.p == 0.01


def test_the_order_of_groups_turns_the_sign_alone() -> None:
    one, other = difference(FIRST, SECOND, 5000), difference(SECOND, FIRST, 5000)
    assert one.difference == -(other.difference or 0)
    assert one.p == pytest.approx(other.p, abs=0.03)


def test_an_empty_group_cannot_be_compared() -> None:
    found = difference([], SECOND)
    assert (found.first, found.second, found.difference, found.p) == (None, 3.6, None, None)


def test_unknown_values_are_refused() -> None:
    with pytest.raises(CitypactError, match="leave out what is unknown"):
        difference([float("nan")], SECOND)


def test_the_seed_decides() -> None:
    assert difference(FIRST, SECOND, 200, 5) == difference(FIRST, SECOND, 200, 5)
    assert difference(FIRST, SECOND, 200, 5).p != difference(FIRST, SECOND, 200, 6).p


def test_several_tests_are_corrected_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1, 1]
    assert holm([0.02]) == [0.02]
    assert holm([]) == []


@settings(max_examples=times(10))  # statsmodels collects garbage, each time it is called
@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_several_tests_are_corrected_as_statsmodels_does(ps: list[float]) -> None:
    assert holm(ps) == pytest.approx(multipletests(ps, method="holm")[1])
