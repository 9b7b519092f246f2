"""Communities: planted ones are found, agreement is measured, and nothing depends on hashes."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from citypact.graph.analysis.communities import (
    ALGORITHMS,
    Communities,
    centre,
    consensus,
    cores,
    leiden,
    leiden_modularity,
    louvain,
    modularity,
    number_of_communities,
)
from citypact.graph.analysis.leiden import LARGE, Contracted
from citypact.graph.analysis.null_models import compare
from citypact.ontology.errors import CitypactError
from tests.running import here_and_elsewhere


def planted(
    groups: int = 4, size: int = 20, within: float = 0.6, between: float = 0.02
) -> nx.Graph:
    """Groups of actors with many ties inside; actor i is of group i // size."""
    return nx.planted_partition_graph(groups, size, within, between, seed=5)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_planted_communities_are_found_with_certainty(algorithm: str) -> None:
    found = consensus(planted(), algorithm, runs=20)
    assert [set(part) for part in found.parts] == [set(range(i, i + 20)) for i in (0, 20, 40, 60)]
    assert found.agreement > 0.95 and found.information > 0.95
    assert min(found.certainty.values()) > 0.8
    assert found.least - 1e-12 <= found.mean <= found.greatest + 1e-12
    assert found.sizes[0] <= 4 <= found.sizes[1]


@pytest.mark.parametrize("partition", [leiden, louvain])
def test_modularity_is_that_of_networkx(partition: object) -> None:
    network = planted()
    found = partition(network, seed=3)  # type: ignore[operator]
    assert found.modularity == pytest.approx(nx.community.modularity(network, found.parts))


def test_a_large_network_keeps_its_groups_whole() -> None:
    groups = nx.planted_partition_graph(30, 70, 0.2, 0.0005, seed=5)
    found = consensus(groups, runs=6)
    assert groups.number_of_nodes() > LARGE
    assert sorted(found.parts) == [list(range(at, at + 70)) for at in range(0, 2100, 70)]
    assert found.modularity == pytest.approx(nx.community.modularity(groups, found.parts))


def test_what_all_runs_agree_on_stays_one() -> None:
    ties = np.array([(0, 1), (1, 2), (0, 2), (3, 4), (2, 3)])
    agreed = Contracted.of(5, ties, np.array([1, 1, 0.6, 1, 0.5]))
    zero, one, two, three, four = agreed.membership()
    assert zero == one == two and three == four
    assert len(set(Contracted.of(3, ties[:3], np.array([1, 1, 0.6])).membership())) == 1


def test_noise_has_no_stable_communities_and_no_modularity_beyond_chance() -> None:
    noise = nx.gnm_random_graph(80, 240, seed=3)
    found = consensus(noise, runs=20)
    assert found.agreement < 0.6
    assert sum(found.certainty.values()) / len(noise) < 0.9
    chance = compare(noise, modularity, draws=40)["modularity"]
    assert 0.02 < chance.p_above < 0.98
    real = compare(planted(), modularity, draws=40)["modularity"]
    assert real.p_above == pytest.approx(1 / 41)
    assert real.z is not None and real.z > 5


def test_an_actor_between_two_groups_is_the_uncertain_one() -> None:
    network = nx.disjoint_union(nx.complete_graph(6), nx.complete_graph(6))
    network.add_edges_from([("between", 0), ("between", 1), ("between", 6), ("between", 7)])
    network = nx.relabel_nodes(network, str)
    certainty = consensus(network, runs=40).certainty
    assert min(certainty, key=lambda node: (certainty[node], node)) == "between"
    assert all(certainty[str(i)] == 1 for i in range(12))


def test_small_networks_have_answers() -> None:
    assert consensus(nx.Graph(), runs=2).parts == []
    assert consensus(nx.empty_graph(2), runs=2).parts == [[0], [1]]
    pair = consensus(nx.Graph([("a", "b")]), runs=1)
    assert (pair.parts, pair.agreement) == ([["a", "b"]], 1)


def test_what_there_is_not_is_said() -> None:
    with pytest.raises(CitypactError, match="there is no algorithm called 'magic'"):
        consensus(planted(), "magic")
    with pytest.raises(CitypactError, match="needs runs"):
        consensus(planted(), runs=0)


def test_the_same_seed_gives_the_same_communities_in_every_process() -> None:
    code = (
        "import networkx as nx; from citypact.graph.analysis.communities import consensus;"
        "n = nx.relabel_nodes(nx.gnm_random_graph(60, 150, seed=1), lambda i: f'c{i}');"
        "print([consensus(n, a, runs=5, seed=7) for a in ('leiden', 'louvain')])"
    )
    here, elsewhere = here_and_elsewhere(code)
    assert here == elsewhere != ""


def test_a_centre_has_half_of_the_ties_of_its_community() -> None:
    assert centre(nx.star_graph(4), range(5)) == (0, 1)
    wheel = nx.wheel_graph(6)  # the hub has five of ten ties
    assert centre(wheel, list(wheel)) == (0, 1)
    wheel.remove_edge(0, 5)
    assert centre(wheel, list(wheel)) == (0, 0)


def test_cores_are_the_certain_members_of_communities_of_three_or_more() -> None:
    network = nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(4))
    network.add_edge(8, 9)
    found = consensus(network, runs=5)
    assert cores(found, 0.9) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    assert cores(found, 1.1) == []


def test_headlines_of_communities_are_of_one_run() -> None:
    network = nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(5))
    network.add_node("alone")
    assert number_of_communities(network) == 2
    assert leiden_modularity(network) == pytest.approx(1 / 2)
    assert leiden_modularity(nx.empty_graph(3)) is None


def test_communities_around_one_are_described_by_it() -> None:
    stars = nx.disjoint_union(nx.star_graph(6), nx.star_graph(4))
    found = Communities(stars, consensus(stars, runs=5))
    assert [(each.centre, each.tied, each.size) for each in found.largest] == [(0, 6, 7), (7, 4, 5)]
    assert found.stability == "stable"
    clique = nx.complete_graph(4)
    assert Communities(clique, consensus(clique, runs=5)).stability == "none"
