"""Structural equivalence of lists, on lists that can be compared by hand."""

from __future__ import annotations

import numpy as np
import pytest

from citypact.graph.analysis.equivalence import equivalence, group_similarity

LISTS = {
    "a": frozenset({"b", "x", "y", "z"}),
    "b": frozenset({"a", "x", "y"}),
    "c": frozenset({"p", "q", "x"}),
    "d": frozenset({"p", "q"}),
}


def test_places_on_both_lists_by_those_on_either() -> None:
    found = equivalence(LISTS)
    assert found is not None
    # That a and b list each other is no place in common.
    assert found.jaccard["a", "b"] == pytest.approx(2 / 3)
    assert found.jaccard["a", "c"] == pytest.approx(1 / 6)
    assert found.jaccard["c", "d"] == pytest.approx(2 / 3)
    assert found.jaccard["a", "d"] == 0
    assert {(each.one, each.other): each.shared for each in found.shared} == {
        ("a", "b"): 2,
        ("a", "c"): 1,
        ("b", "c"): 1,
        ("c", "d"): 2,
    }
    # Two short lists share more beyond their lengths than two long ones with as many in common.
    assert found.excess["c", "d"] > found.excess["a", "b"] > found.excess["a", "c"]
    assert found.excess["a", "d"] < 0
    assert equivalence({"a": LISTS["a"], "b": LISTS["b"]}) is None


def test_what_all_lists_have_in_common_is_no_excess() -> None:
    lists = {hub: frozenset("pqrs") for hub in "abcd"}
    found = equivalence(lists)
    assert found is not None and set(found.jaccard.values()) == {1}
    assert max(map(abs, found.excess.values())) < 1e-6


def test_groups_that_choose_alike_and_groups_at_random() -> None:
    generator = np.random.default_rng(1)
    lists = {}
    for hub in range(16):
        own = range(0, 30) if hub < 6 else range(0, 300)
        lists[hub] = frozenset(f"place {at}" for at in generator.choice(own, 12, replace=False))
    found = equivalence(lists)
    assert found is not None
    alike = group_similarity(
        found.jaccard, {hub: "group" if hub < 6 else "" for hub in lists}, 199, 1
    )
    assert alike is not None and alike.p <= 2 / 200
    inside = [value for (a, b), value in found.jaccard.items() if a < 6 and b < 6]
    others = [value for (a, b), value in found.jaccard.items() if not (a < 6 and b < 6)]
    assert alike.within == pytest.approx(np.mean(inside))
    assert alike.between == pytest.approx(np.mean(others))
    without = [
        value for (a, b), value in found.jaccard.items() if a < 6 and b < 6 and 0 not in (a, b)
    ]
    rest = [
        value
        for (a, b), value in found.jaccard.items()
        if not (a < 6 and b < 6) and 0 not in (a, b)
    ]
    assert alike.without[0] == pytest.approx(np.mean(without) - np.mean(rest))
    odd = group_similarity(found.jaccard, {hub: hub % 3 or 3 for hub in lists}, 199, 1)
    assert odd is not None and odd.p > 0.05
    assert group_similarity(found.jaccard, dict.fromkeys(lists, ""), 9, 1) is None


def test_groups_that_choose_otherwise_are_as_unlikely_as_groups_that_choose_alike() -> None:
    hubs = range(12)
    pairs = [(one, other) for one in hubs for other in hubs if one < other]
    groups = {hub: "group" if hub < 6 else "" for hub in hubs}
    jaccard = {pair: 0.1 if max(pair) < 6 else 0.3 for pair in pairs}
    apart = group_similarity(jaccard, groups, 199, 1)
    alike = group_similarity({pair: 0.4 - each for pair, each in jaccard.items()}, groups, 199, 1)
    assert apart is not None and alike is not None
    assert apart.difference == pytest.approx(-alike.difference) == pytest.approx(-0.2)
    assert apart.p == alike.p <= 2 / 200
