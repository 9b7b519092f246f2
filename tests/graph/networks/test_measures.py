"""First measures, by hand on small networks and against networkx on larger ones."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest

from citypact.api import Graph
from citypact.graph.networks.measures import ActorMeasures, actor_measures, shared_topics
from citypact.ontology import ID

SEOUL, WEGO, LONDON = (
    ID + name for name in ("government/seoul", "network/wego", "government/london")
)


def network(*edges: str) -> nx.MultiGraph:
    """Edges written as "a b agreement"; parallel ones are kept."""
    found = nx.MultiGraph()
    for edge in edges:
        one, other, relation = edge.split()
        for name in (one, other):
            found.add_node(name, kind="government", label_ko=f"{name} 시", label_en=name)
        found.add_edge(one, other, relation=relation)
    return found


def by_name(measures: list[ActorMeasures]) -> dict[str, ActorMeasures]:
    return {each.iri: each for each in measures}


def test_ties_count_parallel_edges_and_partners_do_not() -> None:
    found = by_name(
        actor_measures(network("a b agreement", "a b agreement", "a c membership", "b c agreement"))
    )
    a = found["a"]
    assert (a.ties, a.partners, a.agreements) == (3, 2, 2)
    assert (a.label_ko, a.label_en, a.kind) == ("a 시", "a", "government")
    assert (found["c"].ties, found["c"].partners, found["c"].agreements) == (2, 2, 1)


def test_betweenness_on_a_path_by_hand() -> None:
    # Of the three pairs of others, two run through b and two through c.
    found = by_name(actor_measures(network("a b agreement", "b c agreement", "c d agreement")))
    assert [found[name].betweenness for name in "abcd"] == [0, 0.666667, 0.666667, 0]


def test_betweenness_of_a_star_is_one_and_parallel_ties_change_nothing() -> None:
    edges = ("m a agreement", "m b agreement", "m c agreement")
    single, twice = (by_name(actor_measures(network(*edges * n))) for n in (1, 2))
    assert single["m"].betweenness == twice["m"].betweenness == 1
    assert (single["m"].ties, twice["m"].ties) == (3, 6)


def test_components_are_numbered_from_the_largest() -> None:
    found = by_name(
        actor_measures(network("x y agreement", "a b agreement", "b c agreement", "p q membership"))
    )
    assert [found[name].component for name in "abcpqxy"] == [1, 1, 1, 2, 2, 3, 3]


def test_the_best_connected_comes_first() -> None:
    found = actor_measures(network("a m agreement", "b m agreement", "c d agreement"))
    assert [each.iri for each in found] == ["m", "a", "b", "c", "d"]


def test_a_prospect_is_no_tie() -> None:
    edges = network("a b agreement", "b c prospect")
    found = by_name(actor_measures(edges))
    assert (found["b"].ties, found["b"].betweenness) == (1, 0)
    assert (found["c"].ties, found["c"].component) == (0, 2)


@pytest.mark.parametrize("edges", [(), ("a b agreement",)])
def test_networks_without_a_middle(edges: tuple[str, ...]) -> None:
    assert all(each.betweenness == 0 for each in actor_measures(network(*edges)))


@pytest.mark.parametrize("seed", range(5))
def test_random_networks_agree_with_networkx(seed: int) -> None:
    plain = nx.relabel_nodes(nx.gnm_random_graph(40, 45, seed=seed), str)
    expected = nx.betweenness_centrality(plain)
    for each in actor_measures(nx.MultiGraph(plain)):
        assert each.betweenness == pytest.approx(expected[each.iri], abs=1e-6)
        assert each.partners == plain.degree(each.iri)


def test_the_real_network_agrees_with_networkx(graph: Graph) -> None:
    actors = graph.network("actors")
    plain = nx.Graph(actors)
    expected = nx.betweenness_centrality(plain)
    found = by_name(graph.measures())
    assert found.keys() == set(actors)
    for iri, each in found.items():
        assert each.betweenness == pytest.approx(expected[iri], abs=1e-6)
        assert (each.ties, each.partners) == (actors.degree(iri), plain.degree(iri))
    assert (found[SEOUL].agreements, found[LONDON].agreements, found[WEGO].agreements) == (6, 2, 0)
    assert graph.measures()[0].iri == SEOUL


def test_measures_take_filters_and_count_no_prospects(graph: Graph) -> None:
    early = by_name(graph.measures(as_of="2013-10-20"))
    assert {iri.rsplit("/", 1)[1] for iri in early} == {"seoul", "san-francisco"}
    with_prospects = by_name(graph.measures(prospects=True))
    for iri, each in by_name(graph.measures()).items():
        assert with_prospects[iri].ties == each.ties


def test_shared_topics_by_hand() -> None:
    two_mode = nx.Graph()
    for actor, topics in {"a": "123", "b": "23", "c": "3", "d": "9"}.items():
        two_mode.add_node(actor, bipartite=0)
        for topic in topics:
            two_mode.add_node(topic, bipartite=1)
            two_mode.add_edge(actor, topic)
    found = [(pair.one, pair.other, pair.topics, pair.count) for pair in shared_topics(two_mode)]
    assert found == [("a", "b", ("2", "3"), 2), ("a", "c", ("3",), 1), ("b", "c", ("3",), 1)]


def test_shared_topics_of_the_real_network_are_those_that_both_cover(graph: Graph) -> None:
    covered: dict[str, set[str]] = {}
    for row in graph.query(
        "SELECT ?a ?t WHERE { ?x citypact:status code-agreement-status:signed ; "
        "citypact:party ?a ; citypact:covers ?t }"
    ):
        covered.setdefault(row["a"].value, set()).add(row["t"].value)
    expected = {
        (one, other): covered[one] & covered[other]
        for one, other in combinations(sorted(covered), 2)
    }
    found = {(pair.one, pair.other): set(pair.topics) for pair in graph.shared_topics()}
    assert found == {pair: topics for pair, topics in expected.items() if topics}
    london = found[LONDON, ID + "government/san-francisco"]
    assert {graph.label(topic) for topic in london} == {
        "Arts and culture",
        "Tourism",
        "e-Government",
    }
