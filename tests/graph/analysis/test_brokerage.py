"""Roles of brokers, against counts by hand and against the definition, word for word."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citypact.graph.analysis.brokerage import ROLES, brokerage, brokerage_by_chance, open_triples
from citypact.ontology.errors import CitypactError
from tests.graph.analysis.world_networks import world
from tests.soak import times


def roles_of(network: nx.Graph, groups: dict[str, str], node: str) -> dict[str, int]:
    found = {each.node: each for each in brokerage(network, groups).brokers}
    return {role: count for role, count in found[node].roles.items() if count}


@pytest.mark.parametrize(
    ("groups", "role"),
    [("xxx", "coordinator"), ("xyx", "itinerant"), ("xxy", "representative"),
     ("yxx", "gatekeeper"), ("xyz", "liaison")],
)  # fmt: skip
def test_each_role_by_hand(groups: str, role: str) -> None:
    """a gives to b and b to c: what b is for them, as Gould and Fernandez name it."""
    network = nx.DiGraph([("a", "b"), ("b", "c")])
    assert roles_of(network, dict(zip("abc", groups, strict=True)), "b") == {role: 1}


def test_a_star_by_hand() -> None:
    """Seoul (Asia) with Hanoi and Tokyo (Asia), London and Paris (Europe), Lima (South America)."""
    groups = {"seoul": "AS", "hanoi": "AS", "tokyo": "AS", "london": "EU", "paris": "EU"}
    groups["lima"] = "SA"
    network = nx.star_graph(["seoul", "hanoi", "tokyo", "london", "paris", "lima"])
    # Of ten pairs one is of two Asians, one of two Europeans, six of an Asian and another, and two
    # of a European and Lima; each counts in both directions.
    assert roles_of(network, groups, "seoul") == {
        "coordinator": 2, "itinerant": 2, "representative": 6, "gatekeeper": 6, "liaison": 4,
    }  # fmt: skip
    (seoul,) = brokerage(network, groups).brokers
    assert seoul.between == 0.8
    assert brokerage(network, groups, ["hanoi"]).brokers == ()
    assert brokerage(network, groups, ["seoul"]).brokers == (seoul,)


def test_pairs_that_are_tied_need_no_broker() -> None:
    network = nx.complete_graph(["a", "b", "c"])
    assert brokerage(network, dict.fromkeys("abc", "x")).brokers == ()
    network.remove_edge("a", "c")
    assert roles_of(network, dict.fromkeys("abc", "x"), "b") == {"coordinator": 2}


def test_a_tie_back_does_not_close_a_directed_triple() -> None:
    network = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a")])
    groups = dict.fromkeys("abc", "x")
    assert {each.node: each.total for each in brokerage(network, groups).brokers} == {
        "a": 1, "b": 1, "c": 1,
    }  # fmt: skip


def test_who_has_no_group_has_no_role() -> None:
    network = nx.path_graph(["a", "b", "c", "d"])
    found = brokerage(network, {"a": "x", "b": "x", "c": "x", "d": ""})
    assert [each.node for each in found.brokers] == ["b"]
    assert found.unknown == 2  # c between b and d, from either end
    assert found.roles["coordinator"] == 2


def test_loops_and_parallel_ties_do_not_count() -> None:
    network = nx.MultiGraph([("a", "b"), ("a", "b"), ("b", "b"), ("b", "c")])
    assert roles_of(network, dict.fromkeys("abc", "x"), "b") == {"coordinator": 2}


@pytest.mark.parametrize("network", [nx.Graph(), nx.empty_graph(2), nx.path_graph(2)])
def test_without_two_ties_nobody_brokers(network: nx.Graph) -> None:
    found = brokerage(network, dict.fromkeys(network, "x"))
    assert (found.brokers, found.unknown) == ((), 0)
    assert set(found.roles.values()) == {0}
    by_chance = brokerage_by_chance(network, dict.fromkeys(network, "x"), draws=3)
    assert by_chance[None]["liaison"].z is None


@st.composite
def grouped(draw: st.DrawFn) -> tuple[nx.DiGraph, dict[str, str]]:
    pairs = list(permutations("abcdef", 2))
    network = nx.DiGraph()
    network.add_nodes_from("abcdef")
    network.add_edges_from(draw(st.lists(st.sampled_from(pairs), max_size=20, unique=True)))
    return network, {node: draw(st.sampled_from("xyz")) for node in "abcdef"}


@given(grouped())
@settings(max_examples=times(60))
def test_roles_are_those_of_the_definition(given: tuple[nx.DiGraph, dict[str, str]]) -> None:
    network, groups = given
    expected: Counter[tuple[str, str]] = Counter()
    for a, b, c in permutations(network, 3):
        if network.has_edge(a, b) and network.has_edge(b, c) and not network.has_edge(a, c):
            x, y, z = groups[a], groups[b], groups[c]
            if x == y == z:
                role = "coordinator"
            elif x == z:
                role = "itinerant"
            elif x == y:
                role = "representative"
            elif y == z:
                role = "gatekeeper"
            else:
                role = "liaison"
            expected[b, role] += 1
    found = brokerage(network, groups)
    counted = {(each.node, role): n for each in found.brokers for role, n in each.roles.items()}
    assert {key: n for key, n in counted.items() if n} == expected
    assert sum(found.roles.values()) == expected.total() == len(open_triples(network))
    assert list(found.brokers) == sorted(found.brokers, key=lambda each: (-each.total, each.node))


@given(grouped())
@settings(max_examples=times(30))
def test_an_undirected_tie_goes_both_ways(given: tuple[nx.DiGraph, dict[str, str]]) -> None:
    network, groups = given
    undirected = network.to_undirected()
    assert brokerage(undirected, groups) == brokerage(undirected.to_directed(), groups)
    for each in brokerage(undirected, groups).brokers:
        assert each.roles["representative"] == each.roles["gatekeeper"]


# By chance


def two_blocs() -> tuple[nx.Graph, dict[str, str]]:
    """Two rings of ten with one tie between them, each a group."""
    network = nx.Graph()
    for bloc in "xy":
        names = [f"{bloc}{i}" for i in range(10)]
        nx.add_cycle(network, names)
    network.add_edge("x0", "y0")
    return network, {node: node[0] for node in network}


def test_planted_groups_are_coordinated_within_more_than_by_chance() -> None:
    network, groups = two_blocs()
    found = brokerage_by_chance(network, groups, ["x0", "x5"], draws=400)[None]
    assert found["coordinator"].p_above < 0.01
    assert found["itinerant"].p_below < 0.05
    assert found["liaison"].observed == found["liaison"].mean == 0  # two groups make no three
    assert found["between"].observed == 8  # x0 and y0 with two of their own bloc each, both ways
    assert found["between"].p_below < 0.05


def test_the_mean_by_chance_is_the_expectation() -> None:
    """Groups of n₁ and n₂ of n: all three of one group with probability Σ nᵢ(nᵢ-1)(nᵢ-2)/n₃."""
    network, groups = two_blocs()
    found = brokerage_by_chance(network, groups, draws=3000)[None]
    triples = len(open_triples(network))
    same = 2 * 10 * 9 * 8 / (20 * 19 * 18)
    assert found["coordinator"].mean == pytest.approx(triples * same, rel=0.03)
    assert found["itinerant"].mean == pytest.approx(triples * (1 - same) / 3, rel=0.03)


def test_nodes_are_compared_each_and_the_same_seed_gives_the_same() -> None:
    network, groups = two_blocs()
    one, again = (brokerage_by_chance(network, groups, ["x5"], draws=50) for _ in range(2))
    assert one == again
    assert set(one) == {None, "x5"}
    assert one["x5"]["coordinator"].observed == 2
    assert one["x5"]["coordinator"].draws == 50


def test_those_that_are_fixed_keep_their_group() -> None:
    """A network of cities is of no continent: cities are dealt among continents, it is not."""
    network = nx.star_graph(["wego", "a", "b", "c", "d"])
    groups = {"wego": "network", "a": "AS", "b": "AS", "c": "EU", "d": "EU"}
    found = brokerage_by_chance(network, groups, ["wego"], fixed=["wego"], draws=30)["wego"]
    assert (found["itinerant"].observed, found["liaison"].observed) == (4, 8)
    assert (found["itinerant"].mean, found["liaison"].mean) == (4, 8)
    assert found["itinerant"].z is None
    free = brokerage_by_chance(network, groups, ["wego"], draws=30)["wego"]
    assert free["gatekeeper"].mean > 0


def test_no_draws_are_refused() -> None:
    network, groups = two_blocs()
    with pytest.raises(CitypactError, match="-> give 1 or more"):
        brokerage_by_chance(network, groups, draws=0)


def test_brokers_of_the_world() -> None:
    network = world("wikidata_2022")
    groups = {node: country for node, country in network.nodes(data="country") if country}
    found = brokerage(network, groups)
    squares = sum(degree * (degree - 1) for _, degree in network.degree())
    closed = 2 * sum(nx.triangles(network).values())
    assert sum(found.roles.values()) + found.unknown == squares - closed
    assert np.all([set(each.roles) == set(ROLES) for each in found.brokers[:50]])
