"""Profiles and leanings of actors, by hand and beside scipy."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact, hypergeom

from graph.analysis.profiles import advantage, leanings, profiles

BY_ACTOR = {"london": {"a", "b", "c"}, "tokyo": {"d", "e"}, "kobe": {"e"}, "lima": {"f"}}
BY_FIELD = {
    "culture": {"a", "b", "d"},
    "economy": {"a", "e"},
    "water": {"f"},
}

some = st.sets(st.integers(0, 14).map(str))


def test_diversity_is_entropy_in_bits() -> None:
    found = {each.node: each for each in profiles(BY_ACTOR, BY_FIELD)}
    assert found["london"].counts == {"culture": 2, "economy": 1}
    thirds = -(2 / 3 * math.log2(2 / 3) + 1 / 3 * math.log2(1 / 3))
    assert found["london"].diversity == pytest.approx(thirds)
    assert found["tokyo"].diversity == pytest.approx(1)
    assert found["lima"].diversity == 0
    assert [each.agreements for each in found.values()] == [3, 2, 1, 1]


def test_likeness_leaves_out_agreements_that_are_of_both() -> None:
    found = {each.node: each for each in profiles(BY_ACTOR, BY_FIELD)}
    # Tokyo (1, 1) and London (2, 1); with Kobe it has nothing but their common agreement.
    assert (found["tokyo"].nearest, found["london"].nearest) == ("london", "tokyo")
    assert found["tokyo"].likeness == pytest.approx(3 / math.sqrt(2 * 5))
    # Kobe (0, 1) beside London (2, 1).
    assert found["kobe"].nearest == "london"
    assert found["kobe"].likeness == pytest.approx(1 / math.sqrt(5))
    assert (found["lima"].nearest, found["lima"].likeness) == (None, 0)


def test_balassas_advantage_by_hand() -> None:
    found = advantage(BY_ACTOR, BY_FIELD)
    # Culture 3, economy 3 (London, Tokyo, Kobe), water 1; London 3 of all 7, two on culture.
    assert found["london", "culture"] == pytest.approx((2 / 3) / (3 / 7))
    assert found["lima", "water"] == pytest.approx(7)
    assert ("lima", "culture") not in found


def test_a_leaning_by_hand() -> None:
    found = {(each.node, each.group): each for each in leanings(BY_ACTOR, BY_FIELD)}
    london = found["london", "culture"]
    assert (london.agreements, london.of, london.expected) == (2, 3, 1.5)
    # Of the 20 ways to draw three of six, 9 have two of the three on culture and 1 has all.
    assert london.p == pytest.approx(2 * 10 / 20)
    # Lima draws one of six, and the one on water.
    assert found["lima", "water"].p == pytest.approx(2 / 6)
    assert found["lima", "water"].adjusted == pytest.approx(min(1, 12 * 2 / 6))


@given(some, some, some)
def test_tails_are_those_of_scipy(mine: set[str], marked: set[str], others: set[str]) -> None:
    (found,) = (
        leanings({"a": mine}, {"t": marked})
        if not others
        else [
            each for each in leanings({"a": mine, "b": others}, {"t": marked}) if each.node == "a"
        ]
    )
    whole = len(mine | marked | others)
    if not whole:
        assert (found.p, found.expected) == (1, 0)
        return
    count = len(mine & marked)
    law = hypergeom(whole, len(marked), len(mine))
    least = min(law.sf(count - 1), law.cdf(count))
    assert found.p == pytest.approx(min(1.0, 2 * least), abs=1e-12)
    assert found.expected == pytest.approx(sum(n * law.pmf(n) for n in range(16)))


def test_a_planted_leaning_is_found_and_agrees_with_fisher() -> None:
    everything = {str(n) for n in range(100)}
    mine = {str(n) for n in range(20)}
    on_art = {str(n) for n in range(15)} | {"50", "60"}
    found = leanings({"a": mine, "all": everything}, {"art": on_art})
    first, second = found
    table = [[15, 5], [2, 78]]
    assert first.p == pytest.approx(2 * fisher_exact(table, alternative="greater").pvalue)
    assert first.node == "a"
    assert first.adjusted == pytest.approx(2 * first.p)
    assert (second.p, second.expected) == (1, 17)


def test_nothing_gives_nothing() -> None:
    assert not profiles({}, {})
    assert not leanings({}, BY_FIELD)
    assert advantage({}, BY_FIELD) == advantage({"a": {"x"}}, {"art": {"y"}}) == {}
    (empty,) = profiles({"a": {"x"}}, {})
    assert (empty.diversity, empty.nearest, empty.agreements) == (0, None, 1)
