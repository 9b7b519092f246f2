"""Null models: degrees are kept, all networks are as likely, comparisons are worked out by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citypact.graph.analysis import rewiring
from citypact.graph.analysis.features import share_within, standard
from citypact.graph.analysis.null_models import (
    compare,
    compared,
    configuration,
    is_rewirable,
    possible_swaps,
    rewired,
)
from citypact.graph.analysis.rewiring import MANY
from citypact.graph.analysis.switching import switched
from citypact.ontology.errors import CitypactError
from tests.running import here_and_elsewhere
from tests.soak import times

small_networks = st.builds(
    lambda size, density, seed: nx.gnp_random_graph(size, density, seed=seed),
    st.integers(0, 12),
    st.floats(0, 1),
    st.integers(0, 10_000),
)


def edges_of(network: nx.Graph) -> frozenset[tuple[int, int]]:
    return frozenset((min(edge), max(edge)) for edge in network.edges())


def networks_with_degrees(degrees: tuple[int, ...]) -> Iterator[frozenset[tuple[int, int]]]:
    """All simple networks in which node i has degrees[i] neighbours."""
    for ties in combinations(combinations(range(len(degrees)), 2), sum(degrees) // 2):
        found = Counter(node for tie in ties for node in tie)
        if all(found[node] == degree for node, degree in enumerate(degrees)):
            yield frozenset(ties)


def star(leaves: int) -> nx.Graph:
    found: nx.Graph = nx.star_graph(leaves)
    return found


# Rewiring


@given(small_networks, st.integers(0, 100))
def test_rewiring_keeps_nodes_and_degrees_and_stays_simple(network: nx.Graph, seed: int) -> None:
    nx.set_node_attributes(network, {node: f"city {node}" for node in network}, "label_en")
    found = rewired(network, seed)
    assert list(found.nodes(data=True)) == list(network.nodes(data=True))
    assert dict(found.degree()) == dict(network.degree())
    assert type(found) is nx.Graph and nx.number_of_selfloops(found) == 0
    assert edges_of(rewired(network, seed)) == edges_of(found)


@given(small_networks)
def test_possible_swaps_are_those_that_can_be_listed(network: nx.Graph) -> None:
    listed = 0
    for (a, b), (c, d) in combinations(network.edges(), 2):
        for one, other in (((a, d), (c, b)), ((a, c), (b, d))):
            apart = len({a, b, c, d}) == 4
            listed += apart and not network.has_edge(*one) and not network.has_edge(*other)
    assert possible_swaps(network) == listed


def test_a_network_can_be_rewired_where_another_has_its_degrees() -> None:
    pairs = list(combinations(range(5), 2))
    networks = [ties for size in range(11) for ties in combinations(pairs, size)]
    degrees = [tuple(sum(node in tie for tie in ties) for node in range(5)) for ties in networks]
    number = Counter(degrees)
    for ties, each in list(zip(networks, degrees, strict=True))[::7]:
        network = nx.empty_graph(5)
        network.add_edges_from(ties)
        assert is_rewirable(network) == (number[each] > 1)


@pytest.mark.parametrize("degrees", [(2, 2, 2, 1, 1), (3, 2, 2, 2, 1), (2, 1, 1, 1, 1)])
def test_every_network_with_these_degrees_is_as_likely(degrees: tuple[int, ...]) -> None:
    known = sorted(networks_with_degrees(degrees), key=sorted)
    start = nx.empty_graph(len(degrees))
    start.add_edges_from(known[0])
    each = 120
    found = Counter(edges_of(rewired(start, seed)) for seed in range(each * len(known)))
    assert set(found) == set(known)
    # Chi squared: its mean is one less than the networks, its deviation the root of twice that.
    free = len(known) - 1
    chi = sum((found[ties] - each) ** 2 / each for ties in known)
    assert chi < free + 4 * (2 * free) ** 0.5


@pytest.mark.parametrize("degrees", [(2, 2, 2, 1, 1), (3, 2, 2, 2, 1)])
def test_swaps_in_arrays_make_every_network_as_likely(degrees: tuple[int, ...]) -> None:
    known = sorted(networks_with_degrees(degrees), key=sorted)
    start = np.array(sorted(known[0]))
    each = 120
    found: Counter[frozenset[tuple[int, int]]] = Counter()
    for seed in range(each * len(known)):
        edges = np.sort(switched(start, len(degrees), 60, seed), axis=1)
        found[frozenset(map(tuple, edges.tolist()))] += 1
    assert set(found) == set(known)
    free = len(known) - 1
    chi = sum((found[ties] - each) ** 2 / each for ties in known)
    assert chi < free + 4 * (2 * free) ** 0.5


def test_a_large_network_is_rewired_in_arrays_and_keeps_its_degrees() -> None:
    network = nx.barabasi_albert_graph(2_000, 3, seed=1)
    assert network.number_of_edges() > MANY
    found = rewired(network, 1)
    assert dict(found.degree()) == dict(network.degree())
    assert found.number_of_edges() == network.number_of_edges()
    assert nx.number_of_selfloops(found) == 0
    assert edges_of(rewired(network, 1)) == edges_of(found)
    assert len(edges_of(found) & edges_of(network)) < 0.1 * network.number_of_edges()


def test_trials_give_ten_swaps_for_each_edge() -> None:
    # In a ring of n nodes nearly all trials succeed: two edges, one of two ways to swap them.
    from citypact.graph.analysis.rewiring import _trials
    from citypact.graph.analysis.simple import to_igraph

    ring = nx.cycle_graph(400)
    share = possible_swaps(ring) / (400 * 399)
    assert 0.9 < share < 1
    assert _trials(to_igraph(ring).graph) == pytest.approx(10 * 400 / share, abs=1)


@pytest.mark.parametrize(
    "network", [nx.empty_graph(0), nx.empty_graph(3), star(6), nx.complete_graph(5)]
)
def test_what_has_one_form_only_comes_back_and_nothing_is_told_of_it(network: nx.Graph) -> None:
    assert not is_rewirable(network)
    assert edges_of(rewired(network, 1)) == edges_of(network)
    for each in compare(network, standard, draws=9).values():
        assert (each.z, each.deviation, each.p_above, each.p_below) == (None, 0, 1, 1)


@pytest.mark.parametrize("model", [rewired, configuration])
@pytest.mark.parametrize(
    "network", [nx.DiGraph([(1, 2)]), nx.MultiGraph([(1, 2), (1, 2)]), nx.Graph([(1, 1)])]
)
def test_networks_that_are_not_simple_are_refused(model: object, network: nx.Graph) -> None:
    with pytest.raises(CitypactError, match="simple network"):
        model(network, 1)  # type: ignore[operator]


def test_two_modes_are_refused() -> None:
    network = nx.Graph([("seoul", "water")])
    nx.set_node_attributes(network, {"seoul": 0, "water": 1}, "bipartite")
    with pytest.raises(CitypactError, match="bicm"):
        rewired(network, 1)


@given(small_networks, st.integers(0, 100))
def test_rewiring_within_kinds_keeps_the_neighbours_of_each_kind(
    network: nx.Graph, seed: int
) -> None:
    kinds = {node: ("city", "network", "")[node % 3] for node in network}
    nx.set_node_attributes(network, {n: kind for n, kind in kinds.items() if kind}, "kind")
    found = rewired(network, seed, within="kind")
    assert type(found) is nx.Graph and nx.number_of_selfloops(found) == 0
    for node in network:
        before, after = (Counter(kinds[n] for n in each[node]) for each in (network, found))
        assert before == after


@pytest.mark.parametrize("degrees", [(2, 1, 1, 1, 2, 1), (2, 2, 1, 2, 2, 1)])
def test_every_network_with_these_neighbours_of_each_kind_is_as_likely(
    degrees: tuple[int, ...],
) -> None:
    # Nodes 0 to 2 are cities and 3 to 5 networks; all ties join a city and a network.
    known = [
        ties
        for ties in networks_with_degrees(degrees)
        if all(one < 3 <= other for one, other in ties)
    ]
    start = nx.empty_graph(6)
    nx.set_node_attributes(start, {node: "abcdef"[node] < "d" for node in range(6)}, "kind")
    start.add_edges_from(known[0])
    each = 120
    found = Counter(
        edges_of(rewired(start, seed, within="kind")) for seed in range(each * len(known))
    )
    assert set(found) == set(known)
    free = len(known) - 1
    chi = sum((found[ties] - each) ** 2 / each for ties in known)
    assert chi < free + 4 * (2 * free) ** 0.5


@given(small_networks)
def test_possible_swaps_within_kinds_are_those_that_can_be_listed(network: nx.Graph) -> None:
    nx.set_node_attributes(network, {node: "ab"[node % 2] for node in network}, "kind")
    listed = 0
    for one, other in combinations(network.edges(), 2):
        for c, d in (other, other[::-1]):
            a, b = one
            # a–b and c–d become a–d and c–b: of the same kinds only where a is of c's, b of d's.
            alike = {frozenset(pair) for pair in ((a, b), (c, d), (a, d), (c, b))}
            kinds = {tuple(sorted(n % 2 for n in pair)) for pair in alike}
            if len({a, b, c, d}) == 4 and len(kinds) == 1:
                listed += not network.has_edge(a, d) and not network.has_edge(c, b)
    assert possible_swaps(network, "kind") == listed


def test_no_more_draws_are_kept_than_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewiring, "KEPT", 120)
    ring = nx.cycle_graph(40)
    before = [edges_of(rewired(ring, seed)) for seed in range(9)]
    assert sorted(rewiring._prepared(ring, "").drawn) == [0, 1, 2]
    assert [edges_of(rewired(ring, seed)) for seed in range(9)] == before


# Configuration model


@given(small_networks, st.integers(0, 100))
def test_stubs_give_no_node_more_neighbours_than_it_has(network: nx.Graph, seed: int) -> None:
    found = configuration(network, seed)
    assert all(found.degree(node) <= network.degree(node) for node in network)
    kept = found.number_of_edges()
    assert kept == pytest.approx(network.number_of_edges() * (1 - found.graph["lost"]))


def test_stubs_are_joined_evenly() -> None:
    # Of the stubs a, b, b, c two pairings of three give the path, the third a–c and a loop.
    path = nx.Graph([("a", "b"), ("b", "c")])
    found = [configuration(path, seed) for seed in range(3000)]
    whole = sum(each.number_of_edges() == 2 for each in found)
    assert whole == pytest.approx(2000, abs=4 * (3000 * 2 / 9) ** 0.5)
    assert {each.graph["lost"] for each in found} == {0, 0.5}


def test_without_edges_none_are_lost() -> None:
    assert configuration(nx.empty_graph(3), 1).graph["lost"] == 0


# Comparison


def test_a_comparison_worked_out_by_hand() -> None:
    found = compared({"x": 5.0}, [{"x": 1.0}, {"x": 2.0}, {"x": 3.0}, {"x": 6.0}], seed=4)["x"]
    assert (found.mean, found.observed, found.draws, found.seed) == (3, 5, 4, 4)
    assert found.deviation == pytest.approx((14 / 3) ** 0.5)
    assert found.z == pytest.approx(2 / (14 / 3) ** 0.5)
    assert (found.p_above, found.p_below) == (2 / 5, 4 / 5)


def test_sums_that_differ_by_their_order_alone_are_the_same() -> None:
    found = compared({"x": 0.1 + 0.2 + 0.3}, [{"x": 0.3 + 0.2 + 0.1}, {"x": 0.6}], seed=1)["x"]
    assert (found.z, found.p_above, found.p_below) == (None, 1, 1)


@pytest.mark.parametrize(("value", "p"), [(5.0, 4 / 5), (0.0, 2 / 5), (2.5, 1)])
def test_p_is_twice_that_of_the_nearer_side(value: float, p: float) -> None:
    found = compared({"x": value}, [{"x": 1.0}, {"x": 2.0}, {"x": 3.0}, {"x": 6.0}], seed=4)["x"]
    assert found.p == pytest.approx(p)


@pytest.mark.parametrize("size", [1e6, 1, 1e-12])
def test_values_are_the_same_by_their_size(size: float) -> None:
    near = compared({"x": size}, [{"x": size * (1 + 1e-11)}, {"x": size}], seed=1)["x"]
    assert (near.z, near.deviation, near.p_above, near.p_below) == (None, 0, 1, 1)
    far = compared({"x": size}, [{"x": size * 1.001}, {"x": size * 1.002}], seed=1)["x"]
    assert far.z == pytest.approx(-1.5 * 2**0.5, rel=1e-6)
    assert (far.p_above, far.p_below) == (1, 1 / 3)


def test_one_draw_has_no_deviation() -> None:
    found = compared({"x": 3.0}, [{"x": 1.0}], seed=1)["x"]
    assert (found.mean, found.deviation, found.z, found.draws) == (1, 0, None, 1)
    assert (found.p_above, found.p_below) == (1 / 2, 1)


@pytest.mark.parametrize("model", ["bicm", "rewired-two-mode"])
def test_networks_of_two_modes_are_drawn_as_such(model: str) -> None:
    network = nx.Graph([(city, topic) for city in range(6) for topic in "abc" if city % 3 < 2])
    network.remove_edges_from([(0, "a"), (1, "b"), (3, "c")])
    nx.set_node_attributes(
        network, {node: int(isinstance(node, str)) for node in network}, "bipartite"
    )
    found = compare(network, ties_within_modes, model=model, draws=9)
    assert (found["within"].mean, found["ties"].observed) == (0, network.number_of_edges())
    if model == "rewired-two-mode":
        assert found["ties"].deviation == 0


def ties_within_modes(network: nx.Graph) -> dict[str, float]:
    within = sum(isinstance(one, str) == isinstance(other, str) for one, other in network.edges())
    return {"within": within, "ties": network.number_of_edges()}


def test_a_value_counts_in_the_draws_that_have_it() -> None:
    found = compared({"x": 1.0, "y": 1.0}, [{"x": 1.0}, {}, {"x": 0.0}], seed=1)
    assert list(found) == ["x"] and found["x"].draws == 2


def test_structure_is_told_from_chance() -> None:
    found = compare(nx.ring_of_cliques(8, 5), standard, draws=99)
    assert found["transitivity"].p_above == 1 / 100
    assert found["transitivity"].seed == 1
    assert found["transitivity"].z is not None and found["transitivity"].z > 10
    assert found["mean_distance"].p_above == 1 / 100
    assert found["modularity"].p_above == 1 / 100


def test_networks_by_chance_have_chances_spread_evenly() -> None:
    chances = [
        compare(nx.gnm_random_graph(30, 60, seed=seed), transitivity, draws=19)["x"].p_above
        for seed in range(40)
    ]
    # Even chances have the mean 1/2 and the deviation 0.29; ties between draws raise both sides.
    assert sum(chances) / 40 == pytest.approx(0.53, abs=4 * 0.29 / 40**0.5)
    assert min(chances) < 0.15 and max(chances) > 0.85


def transitivity(network: nx.Graph) -> dict[str, float]:
    return {"x": nx.transitivity(network)}


def test_what_cannot_be_compared_says_what_to_do() -> None:
    network = nx.path_graph(5)
    with pytest.raises(CitypactError, match="use rewired, "):
        compare(network, standard, model="erdos")
    with pytest.raises(CitypactError, match="1 or more"):
        compare(network, standard, draws=0)


def test_networks_by_chance_are_the_same_in_every_process() -> None:
    code = (
        "import networkx as nx; from citypact.graph.analysis.null_models import *;"
        "from citypact.graph.analysis.features import standard;"
        "n = nx.relabel_nodes(nx.gnm_random_graph(40, 90, seed=1), lambda i: f'city-{i}');"
        "print([sorted(m(n, 7).edges()) for m in (rewired, configuration)]);"
        "print(compare(n, standard, draws=5, seed=3))"
    )
    here, elsewhere = here_and_elsewhere(code)
    assert here == elsewhere != ""


# Features


@settings(max_examples=times(60))
@given(small_networks)
def test_features_are_those_of_networkx(network: nx.Graph) -> None:
    found = standard(network)
    assert found["components"] == nx.number_connected_components(network)
    assert found["triangles"] == sum(nx.triangles(network).values()) / 3
    if "transitivity" in found:
        assert found["transitivity"] == pytest.approx(nx.transitivity(network))
    else:
        assert max(dict(network.degree()).values(), default=0) < 2
    degrees = {network.degree(node) for edge in network.edges() for node in edge}
    assert ("assortativity" in found) == (len(degrees) > 1)
    if len(degrees) > 1:
        known = nx.degree_assortativity_coefficient(network)
        assert found["assortativity"] == pytest.approx(known, abs=1e-9)
    assert ("mean_distance" in found) == ("modularity" in found) == bool(network.edges())
    if network.edges():
        largest = max(map(len, nx.connected_components(network)))
        means = [
            nx.average_shortest_path_length(network.subgraph(part))
            for part in nx.connected_components(network)
            if len(part) == largest
        ]
        assert any(found["mean_distance"] == pytest.approx(mean) for mean in means)
        assert -0.5 <= found["modularity"] < 1


def test_in_large_components_distances_are_measured_from_a_sample() -> None:
    network = nx.barabasi_albert_graph(700, 2, seed=1)
    known = nx.average_shortest_path_length(network)
    assert standard(network)["mean_distance"] == pytest.approx(known, rel=0.03)


def test_the_share_of_edges_within_a_country_counts_edges_with_both_countries_known() -> None:
    network = nx.Graph([(1, 2), (2, 3), (3, 4), (4, 5)])
    nx.set_node_attributes(network, {1: "KR", 2: "KR", 3: "JP", 4: "JP"}, "country")
    assert share_within(network, "country") == pytest.approx(2 / 3)
    assert standard(network, ("country", "continent"))["within_country"] == pytest.approx(2 / 3)
    assert "within_continent" not in standard(network, ("country", "continent"))
