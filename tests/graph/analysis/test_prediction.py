"""Scores of pairs that are not tied, held against networkx and against plain counting."""

from __future__ import annotations

import math
from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citypact.graph.analysis import hidden_ties
from citypact.graph.analysis.hidden_ties import evaluate, evaluate_latest, precision_at
from citypact.graph.analysis.prediction import (
    METHODS,
    auc,
    possible_partners,
    scores,
    sharing_neighbours,
)
from citypact.ontology.errors import CitypactError
from tests.graph.analysis.world_networks import world
from tests.soak import times

Pair = tuple[str, str]


@st.composite
def networks(draw: st.DrawFn) -> nx.Graph:
    network = nx.Graph()
    network.add_nodes_from("abcdefgh")
    pairs = list(combinations("abcdefgh", 2))
    network.add_edges_from(draw(st.lists(st.sampled_from(pairs), max_size=20, unique=True)))
    return network


@given(networks())
@settings(max_examples=times(60))
def test_scores_are_those_of_networkx(network: nx.Graph) -> None:
    pairs = list(combinations(network, 2))
    found = scores(network, pairs)
    reference = {
        "adamic_adar": nx.adamic_adar_index,
        "resource_allocation": nx.resource_allocation_index,
        "preferential_attachment": nx.preferential_attachment,
    }
    for name, index in reference.items():
        assert found[name] == pytest.approx([value for *_, value in index(network, pairs)])
    counted = [len(list(nx.common_neighbors(network, *pair))) for pair in pairs]
    assert list(found["common_neighbours"]) == counted


def test_no_pairs_and_no_edges_have_no_scores() -> None:
    for values in scores(nx.Graph(), []).values():
        assert len(values) == 0
    for values in scores(nx.empty_graph(2), [(0, 1)]).values():
        assert list(values) == [0]


@given(networks())
@settings(max_examples=times(30))
def test_no_score_is_zero_by_construction(network: nx.Graph) -> None:
    # A score that only pairs with a tie can have would say nothing of those without one: each is
    # the same for a pair whether it is tied or not.
    for one, other in list(network.edges)[:3]:
        without = network.copy()
        without.remove_edge(one, other)
        if min(without.degree(one), without.degree(other)):
            tied, untied = scores(network, [(one, other)]), scores(without, [(one, other)])
            assert set(tied) == set(METHODS)
            for name in set(METHODS) - {"preferential_attachment"}:
                assert tied[name] == untied[name]
            assert untied["preferential_attachment"][0] > 0


# How good they are

VALUES = st.lists(st.integers(0, 4), min_size=1, max_size=12).map(np.array)


@given(VALUES, VALUES)
def test_auc_is_the_share_of_pairs_in_the_right_order(
    linked: np.ndarray, unlinked: np.ndarray
) -> None:
    wins = sum((a > b) + (a == b) / 2 for a, b in product(linked, unlinked))
    assert auc(linked, unlinked) == pytest.approx(wins / len(linked) / len(unlinked))


@given(VALUES, VALUES, st.integers(1, 12), st.integers(0, 99))
def test_precision_is_the_mean_over_orders_of_equal_scores(
    linked: np.ndarray, unlinked: np.ndarray, first: int, seed: int
) -> None:
    found = precision_at(linked, unlinked, first)
    both = np.concatenate([linked, unlinked])
    if first > len(both):
        assert found is None
        return
    # In an order by chance each of equal scores has the same chance of a place.
    expected = 0.0
    for score in linked:
        places = first - int((both > score).sum())
        expected += min(1.0, max(0.0, places / int((both == score).sum())))
    assert found == pytest.approx(expected / first)


def test_an_empty_side_cannot_be_evaluated() -> None:
    assert auc(np.array([]), np.array([1])) is None
    assert auc(np.array([1]), np.array([])) is None
    assert precision_at(np.array([]), np.array([]), 1) is None


def caves(number: int = 6, size: int = 6) -> nx.Graph:
    return nx.relabel_nodes(nx.caveman_graph(number, size), lambda node: f"n{node:02}")


def test_neighbours_find_planted_groups_and_degrees_do_not() -> None:
    found = {each.method: each for each in evaluate(caves(), rounds=10)}
    assert found["adamic_adar"].auc == 1
    assert found["adamic_adar"].precision == 1
    # All degrees are equal before hiding: those of hidden ties are then lower than the others.
    assert (found["preferential_attachment"].auc or 0) < 0.5
    each = found["adamic_adar"]
    assert (each.hidden, each.unlinked, each.is_drawn) == (9, 36 * 35 / 2 - 90, False)
    assert each.chance == pytest.approx(9 / (9 + 540))


@pytest.mark.parametrize("between", [False, True])
def test_precision_is_the_same_where_only_contenders_are_scored(
    between: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In large networks not all pairs are scored; the first k are found without."""
    network = nx.relabel_nodes(nx.barabasi_albert_graph(90, 2, seed=5), lambda n: f"n{n:02}")
    sides = ([f"n{n:02}" for n in range(40)], sorted(network)) if between else None
    whole = {each.method: each for each in evaluate(network, rounds=5, between=sides)}
    monkeypatch.setattr(hidden_ties, "MOST", 500)
    drawn = {each.method: each for each in evaluate(network, rounds=5, between=sides)}
    for method, each in whole.items():
        assert drawn[method].is_drawn
        assert drawn[method].precision == pytest.approx(each.precision)
        assert drawn[method].chance == pytest.approx(each.chance)


def test_scores_find_nothing_in_a_network_by_chance() -> None:
    network = nx.gnm_random_graph(120, 500, seed=3)
    for each in evaluate(network, rounds=20):
        assert each.auc == pytest.approx(0.5, abs=0.08)


def test_a_star_says_nothing_by_neighbours() -> None:
    """Two leaves share the hub, and a leaf whose tie is hidden has no neighbour at all."""
    star = nx.relabel_nodes(nx.star_graph(20), str)
    found = {
        each.method: each for each in evaluate(star, between=(["0"], list(map(str, range(21)))))
    }
    assert found["adamic_adar"].auc is None  # nobody is left that is not tied to the hub
    whole = {each.method: each for each in evaluate(star)}
    assert whole["adamic_adar"].auc is not None
    assert whole["adamic_adar"].auc < 0.5


def test_ties_between_two_sets_alone_are_hidden() -> None:
    network = nx.Graph([("s", "a"), ("s", "b"), ("s", "c"), ("a", "b"), ("d", "e"), ("d", "s2")])
    (each, *_) = evaluate(network, 0.5, rounds=3, between=(["s"], ["a", "b", "d", "e"]))
    assert (each.hidden, each.unlinked) == (1, 2)


def test_judging_is_the_same_for_the_same_seed() -> None:
    network = nx.gnm_random_graph(40, 80, seed=1)
    assert evaluate(network, seed=2, rounds=3) == evaluate(network, seed=2, rounds=3)
    assert evaluate(network, seed=2, rounds=3) != evaluate(network, seed=3, rounds=3)


@pytest.mark.parametrize("share", [0, 1, -0.1])
def test_a_share_that_hides_nothing_or_all_is_refused(share: float) -> None:
    with pytest.raises(CitypactError, match="-> give one between 0 and 1"):
        evaluate(caves(), share)


def test_nothing_can_be_evaluated_without_ties() -> None:
    assert evaluate(nx.empty_graph(3)) == []
    assert evaluate_latest(nx.empty_graph(3)) == (None, [])


def test_the_latest_years_are_hidden_whole() -> None:
    network = caves()
    for i, (one, other) in enumerate(sorted(network.edges)):
        network.edges[one, other]["year"] = 1990 + i // 10
    year, found = evaluate_latest(network, 0.15)
    assert year == 1997  # of 90 ties ten a year; 14 are wanted, so two years are hidden
    assert found[0].hidden == 20
    assert {each.method: each for each in found}["adamic_adar"].rounds == 1
    assert evaluate_latest(caves()) == (None, [])


def test_ties_of_one_year_cannot_be_told_apart() -> None:
    network = nx.Graph()
    network.add_edge("a", "b", year=2000)
    network.add_edge("b", "c")
    assert evaluate_latest(network) == (None, [])


# Possible partners


def two_networks() -> nx.Graph:
    """Seoul and cities as members of a small and a large network; Lima is a partner already."""
    network = nx.Graph(name="actors")
    members = {"small": ["seoul", "hanoi"], "large": ["seoul", "hanoi", "hue", "lima", "rome"]}
    for body, cities in members.items():
        network.add_edges_from((body, city) for city in cities)
    network.add_edge("seoul", "lima")
    network.add_node("oslo")
    return network


def test_candidates_come_with_their_reasons() -> None:
    hanoi, hue, rome = possible_partners(two_networks(), "seoul")
    assert [each.node for each in (hanoi, hue, rome)] == ["hanoi", "hue", "rome"]
    assert hanoi.shared == ("small", "large")
    assert hanoi.score == pytest.approx(1 / math.log(2) + 1 / math.log(5))
    assert hanoi.resource_allocation == pytest.approx(1 / 2 + 1 / 5)
    assert hanoi.preferential_attachment == 6
    assert hue.score == rome.score == pytest.approx(1 / math.log(5))
    assert hanoi.degree == 2


def test_candidates_can_be_chosen() -> None:
    found = possible_partners(two_networks(), "seoul", ["rome", "hue", "lima", "unknown"])
    assert [each.node for each in found] == ["hue", "rome"]


def test_who_is_not_there_has_no_partners_to_come() -> None:
    with pytest.raises(CitypactError, match="paris: is not in the network actors"):
        possible_partners(two_networks(), "paris")
    assert possible_partners(two_networks(), "oslo") == []


# The world's sister cities


def test_partners_of_the_world_are_scored_and_evaluated() -> None:
    network = world("wikidata_2022")
    (first, *_) = found = evaluate(network, rounds=2)
    assert first.is_drawn
    assert first.unlinked == 100_000
    # 0.0016 % of the pairs without a tie or with a hidden one are hidden ones.
    assert first.chance == pytest.approx(0.1 * network.number_of_edges() / 10_420_000, rel=0.1)
    assert (first.precision or 0) > 100 * first.chance
    assert {each.method: each.auc for each in found}["adamic_adar"] > 0.5  # type: ignore[operator]
    hub = max(sorted(network), key=network.degree)
    best = possible_partners(network, hub)[0]
    expected = sum(
        1 / math.log(network.degree(z)) for z in nx.common_neighbors(network, hub, best.node)
    )
    assert best.score == pytest.approx(expected)
    assert not network.has_edge(hub, best.node)


def test_those_abroad_that_share_a_neighbour_are_counted() -> None:
    network = nx.Graph([("seoul", "tokyo"), ("tokyo", "lima"), ("tokyo", "busan"), ("tokyo", "x")])
    countries = {"seoul": "KR", "busan": "KR", "tokyo": "JP", "lima": "PE"}
    nx.set_node_attributes(network, countries, "country")
    # Whose country is not known may be abroad.
    assert sharing_neighbours(network, "seoul") == 2
    assert sharing_neighbours(network, "oslo") is None
