"""Structure: the values of plain networkx, of Burt and Freeman, and ranks beside one another."""

from __future__ import annotations

import csv
import math
import os
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citypact.graph.analysis.structure import (
    MEASURES,
    actor_structure,
    network_structure,
    numeric_assortativity,
    ranks,
)

KONECT = Path(os.environ.get("CITYPACT_MATERIAL") or "nowhere") / "world/konect_2017/links.csv"
EXACT = 1e-9

networks = st.builds(
    lambda size, edges: nx.Graph([(a % size, b % size) for a, b in edges]),
    st.integers(1, 14),
    st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=40),
)


def plain(network: nx.Graph) -> nx.Graph:
    """The network without loops."""
    found = nx.Graph(network)
    found.remove_edges_from(list(nx.selfloop_edges(found)))
    return found


def reference(network: nx.Graph) -> dict[str, dict[int, float]]:
    """The measures as networkx works them out, slow and sure."""
    largest = max(nx.connected_components(network), key=lambda part: (len(part), -min(part)))
    leading = {}
    if len(largest) > 2:
        leading = nx.eigenvector_centrality_numpy(network.subgraph(sorted(largest)))
    elif len(largest) == 2:
        leading = dict.fromkeys(largest, math.sqrt(0.5))
    return {
        "degree": dict(network.degree()),
        "betweenness": nx.betweenness_centrality(network),
        "closeness": nx.closeness_centrality(network),
        "eigenvector": {node: abs(leading.get(node, 0.0)) for node in network},
        "pagerank": nx.pagerank(network, tol=1e-14, max_iter=2000),
        "core": nx.core_number(network),
        "constraint": nx.constraint(network),
        "effective_size": nx.effective_size(network),
        "clustering": nx.clustering(network),
    }


@given(networks)
def test_measures_are_those_of_networkx(network: nx.Graph) -> None:
    if not network:
        assert actor_structure(network) == []
        return
    known = reference(plain(network))
    sizes = sorted((len(c) for c in nx.connected_components(network)), reverse=True)
    is_one_largest = len(sizes) == 1 or sizes[0] > sizes[1]
    for actor in actor_structure(network):
        for name, values in known.items():
            if name == "eigenvector" and not is_one_largest:
                continue  # of components of one size, which is the largest is our choice
            ours, theirs = getattr(actor, name), values[actor.node]
            if actor.degree == 0 and name in ("constraint", "effective_size"):
                assert ours is None
            else:
                assert ours == pytest.approx(theirs, abs=EXACT), (name, actor.node)


@given(networks)
def test_a_network_as_a_whole_is_that_of_networkx(network: nx.Graph) -> None:
    found, known = network_structure(network), plain(network)
    assert (found.nodes, found.edges) == (known.number_of_nodes(), known.number_of_edges())
    if not known:
        assert (found.components, found.largest, found.transitivity) == (0, 0, None)
        return
    assert found.components == nx.number_connected_components(known)
    assert found.mean_clustering == pytest.approx(nx.average_clustering(known), abs=EXACT)
    if found.transitivity is not None:
        assert found.transitivity == pytest.approx(nx.transitivity(known), abs=EXACT)
    if found.degree_assortativity is not None:
        theirs = nx.degree_assortativity_coefficient(known)
        assert found.degree_assortativity == pytest.approx(theirs, abs=1e-7)
    # A network of one degree has no correlation of degrees: told as unknown, never as no number.
    for value in vars(found).values():
        assert value is None or math.isfinite(value)


def test_stars_and_cycles_are_the_ends_of_centralisation() -> None:
    star, ring = network_structure(nx.star_graph(9)), network_structure(nx.cycle_graph(10))
    assert (star.degree_centralisation, star.betweenness_centralisation) == (1, 1)
    assert (ring.degree_centralisation, ring.betweenness_centralisation) == (0, 0)
    assert (star.largest_share, ring.largest_share) == (1, 0.2)


def test_parallel_ties_prospects_and_loops_are_no_partners() -> None:
    network = nx.MultiGraph()
    network.add_edge("seoul", "london", weight=1.0)
    network.add_edge("seoul", "london", weight=0.5)
    network.add_edge("seoul", "hanoi")
    network.add_edge("london", "wego", relation="prospect", prospect=True)
    network.add_edge("seoul", "seoul")
    found = {actor.node: actor for actor in actor_structure(network)}
    assert {name: actor.degree for name, actor in found.items()} == {
        "hanoi": 1,
        "london": 1,
        "seoul": 2,
        "wego": 0,
    }
    assert found["seoul"].strength == 2.5
    assert found["wego"].component == 2


def test_structural_holes_are_those_of_a_hand_worked_case() -> None:
    """Burt: of four partners, two are tied to each other; the ego's ties are alike."""
    network = nx.Graph([("ego", "a"), ("ego", "b"), ("ego", "c"), ("ego", "d"), ("a", "b")])
    ego = next(actor for actor in actor_structure(network) if actor.node == "ego")
    assert ego.effective_size == 4 - 2 * 1 / 4
    # c and d: (1/4)² each; a and b: (1/4 + 1/4 · 1/2)² each.
    assert ego.constraint == pytest.approx(2 / 16 + 2 * (1 / 4 + 1 / 8) ** 2)
    assert ego.clustering == pytest.approx(1 / 6)


def test_ranks_are_shared_by_equals_and_the_least_constraint_is_first() -> None:
    network = nx.star_graph(4)
    network.add_node("alone")
    network = nx.relabel_nodes(network, str)
    found = ranks(actor_structure(network))
    assert all(found["0"][name] == 1 for name in MEASURES)
    assert {found[leaf]["betweenness"] for leaf in "1234"} == {2}
    assert found["alone"]["degree"] == 6
    assert "constraint" not in found["alone"]


def test_assortativity_by_number_counts_ties_with_known_ends() -> None:
    network = nx.Graph([(1, 2), (3, 4), (2, 3), (4, 5)])
    people = {1: 1.0, 2: 2.0, 3: 4.0, 4: 3.0}
    known = network.subgraph([1, 2, 3, 4]).copy()
    nx.set_node_attributes(known, people, "people")
    theirs = nx.numeric_assortativity_coefficient(known, "people")
    assert numeric_assortativity(network, people) == pytest.approx(theirs)
    assert numeric_assortativity(network, {}) is None
    assert numeric_assortativity(network, dict.fromkeys(range(1, 6), 7.0)) is None


def test_reciprocity_is_told_only_where_directions_are_known() -> None:
    assert network_structure(nx.Graph([(1, 2)])).reciprocity is None
    answered = nx.MultiDiGraph([(1, 2), (2, 1), (2, 3), (2, 3)])
    assert network_structure(answered).reciprocity == pytest.approx(2 / 3)


def test_the_world_of_2017_is_measured_as_networkx_measures_it() -> None:
    if not KONECT.is_file():
        pytest.skip("CITYPACT_MATERIAL has no world/konect_2017: there is no network to measure")
    with KONECT.open(encoding="utf-8") as file:
        network = nx.Graph((int(a), int(b)) for a, b in list(csv.reader(file))[1:])
    # What networkx does in seconds; the benchmark compares what takes it minutes.
    part = network.subgraph(sorted(network)[:600]).copy()
    found = {actor.node: actor for actor in actor_structure(part)}
    for name, values in (
        ("betweenness", nx.betweenness_centrality(part)),
        ("closeness", nx.closeness_centrality(part)),
        ("pagerank", nx.pagerank(part, tol=1e-14, max_iter=2000)),
        ("clustering", nx.clustering(part)),
        ("core", nx.core_number(part)),
    ):
        worst = max(abs(getattr(found[node], name) - values[node]) for node in part)
        assert worst < EXACT, name
