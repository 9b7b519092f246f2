"""Profiles and leanings of actors, by hand and beside scipy."""

from __future__ import annotations

import math

import pytest
from scipy.stats import hypergeom

from citypact.graph.analysis.profiles import advantage, leanings, profiles

BY_ACTOR = {"london": {"a", "b", "c"}, "tokyo": {"d", "e"}, "kobe": {"e"}, "lima": {"f"}}
BY_FIELD = {
    "culture": {"a", "b", "d"},
    "economy": {"a", "e"},
    "water": {"f"},
}


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


def test_where_agreements_have_one_field_each_chance_is_the_hypergeometric() -> None:
    by_field = {"art": set("abcdef"), "water": set("ghijklmn"), "law": set("opqrst")}
    mine = set("abcdgo")
    found = {each.group: each for each in leanings({"x": mine}, by_field, draws=3000, seed=5)}
    for field, agreements in by_field.items():
        law = hypergeom(20, len(agreements), len(mine))
        each = found[field]
        assert (each.agreements, each.of) == (len(mine & agreements), 6)
        assert each.mean == pytest.approx(6 * len(agreements) / 20, abs=0.1)
        deviation = sum((n - each.mean) ** 2 * law.pmf(n) for n in range(7)) ** 0.5
        assert each.deviation == pytest.approx(deviation, rel=0.06)
    # One in thirty draws has as many on art; with two more fields to be far off, more have some.
    assert 2 * hypergeom(20, 6, 6).sf(3) * 0.5 < found["art"].p < 0.3


def test_who_says_more_does_not_lean_to_everything() -> None:
    # Half of the agreements name five of the six fields, half of them one.
    by_field: dict[str, set[str]] = {f"field {n}": set() for n in range(6)}
    for agreement in range(60):
        for n in range(6):
            if (agreement % 6 != n) if agreement < 30 else (agreement % 6 == n):
                by_field[f"field {n}"].add(str(agreement))
    wordy = {"wordy": {str(n) for n in range(30)}}
    found = leanings(wordy, by_field, draws=200)
    assert {each.agreements for each in found} == {25}
    assert min(each.p for each in found) > 0.5


def test_a_planted_leaning_is_found() -> None:
    by_field = {f"field {n}": {str(k) for k in range(120) if k % 4 == n} for n in range(4)}
    # Sixty agreements of the one, but for thirty on field 1 none there; all thirty of the other's.
    mine = {str(k) for k in range(120) if k % 4 != 1 and k < 80}
    others = {str(k) for k in range(120)} - mine
    found = leanings({"one": mine, "other": others}, by_field, draws=200)
    clear = {(each.node, each.group): each.z for each in found if each.p <= 0.05}
    assert clear["one", "field 1"] < -5
    assert clear["other", "field 1"] > 5
    assert all(group == "field 1" for _, group in clear)


def test_nothing_gives_nothing() -> None:
    assert not profiles({}, {})
    assert not leanings({}, BY_FIELD)
    assert not leanings(BY_ACTOR, {})
    assert not leanings(BY_ACTOR, {"all": {"a", "b"}})  # nothing to exchange
    assert advantage({}, BY_FIELD) == advantage({"a": {"x"}}, {"art": {"y"}}) == {}
    (empty,) = profiles({"a": {"x"}}, {})
    assert (empty.diversity, empty.nearest, empty.agreements) == (0, None, 1)
