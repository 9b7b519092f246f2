"""Topics and agreements: rolled up, projected, paired; by hand and beside networkx."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx.algorithms import bipartite

from citypact.graph.analysis.topics import (
    agreements_by_actor,
    agreements_by_topic,
    grouped,
    projection,
    together,
    tops,
    without_repeats,
)

AGREEMENTS = {
    # agreement: its parties, its topics
    "one": (("seoul", "london"), ("art", "tourism")),
    "two": (("seoul", "tokyo"), ("art", "tourism", "metro")),
    "three": (("seoul", "tokyo", "kobe"), ("metro",)),
}


def two_mode(
    agreements: Mapping[str, tuple[Collection[str], Collection[str]]] = AGREEMENTS,
) -> nx.Graph:
    found = nx.Graph()
    for name, (parties, topics) in agreements.items():
        for party in parties:
            for topic in topics:
                found.add_node(party, bipartite=0)
                found.add_node(topic, bipartite=1)
                before = found.get_edge_data(party, topic, {}).get("agreements", "")
                found.add_edge(party, topic, agreements="|".join(filter(None, (before, name))))
    return found


names = st.sets(st.sampled_from("abcdefgh"), min_size=1, max_size=5)
two_modes = st.dictionaries(
    st.integers(0, 9).map(str),
    st.tuples(names, names.map(lambda found: {f"topic {name}" for name in found})),
    min_size=1,
    max_size=7,
).map(two_mode)


def test_an_agreement_of_three_counts_once_for_a_topic_and_once_for_each_party() -> None:
    network = two_mode()
    assert agreements_by_topic(network) == {
        "art": {"one", "two"},
        "metro": {"two", "three"},
        "tourism": {"one", "two"},
    }
    assert agreements_by_actor(network, without=["seoul"]) == {
        "kobe": {"three"},
        "london": {"one"},
        "tokyo": {"two", "three"},
    }
    assert agreements_by_actor(network)["seoul"] == {"one", "two", "three"}


@given(two_modes, st.data())
def test_an_agreement_goes_with_the_tie_of_either_party(
    network: nx.Graph, data: st.DataObject
) -> None:
    both = agreements_by_topic(network, actors=2)
    for topic, names in agreements_by_topic(network).items():
        named = Counter(
            name
            for actor in network[topic]
            for name in network[topic][actor]["agreements"].split("|")
        )
        assert both[topic] == {name for name in names if named[name] > 1}
    one, other = data.draw(st.sampled_from(sorted(network.edges())))
    topic, actor = (one, other) if network.nodes[one]["bipartite"] else (other, one)
    gone = network[one][other]["agreements"].split("|")
    left = network.copy()
    left.remove_edge(one, other)
    for name in gone:
        parties = [node for node in network[topic] if name in network[topic][node]["agreements"]]
        assert actor in parties
        assert (name in agreements_by_topic(left, actors=2)[topic]) == (len(parties) > 2)


def test_a_topic_of_two_fields_counts_in_both_and_an_agreement_once_in_each() -> None:
    broader = {
        "design": ["arts", "economy"],
        "arts": ["culture"],
        "film": ["arts"],
        "ring": ["rings"],
        "rings": ["ring"],
    }
    above = tops(["design", "film", "economy", "ring"], broader)
    assert above["design"] == ["culture", "economy"]
    assert (above["film"], above["economy"]) == (["culture"], ["economy"])
    assert above["ring"] == ["ring"]  # a circle has no top
    by_field = grouped(
        {"design": {"a", "b"}, "film": {"b", "c"}, "economy": {"a"}},
        {topic: above[topic] for topic in ("design", "film", "economy")},
    )
    assert by_field == {"culture": {"a", "b", "c"}, "economy": {"a", "b"}}


@given(two_modes, st.sampled_from([0, 1]))
def test_projections_are_those_of_networkx(network: nx.Graph, side: int) -> None:
    found = projection(network, side)
    mine = [node for node, of in network.nodes(data="bipartite") if of == side]
    counted = bipartite.weighted_projected_graph(network, mine)
    newman = bipartite.collaboration_weighted_projected_graph(network, mine)
    assert set(found) == set(mine)
    assert {frozenset(e) for e in found.edges()} == {frozenset(e) for e in newman.edges()}
    for one, other, data in found.edges(data=True):
        assert data["shared"] == counted[one][other]["weight"]
        assert data["weight"] == pytest.approx(newman[one][other]["weight"], abs=1e-9)


def test_a_hub_that_is_left_out_joins_nobody_and_weighs_nothing() -> None:
    network = two_mode()
    assert projection(network, 1).number_of_edges() == 3  # Seoul has all three topics
    apart = projection(network, 1, without=["seoul"])
    assert apart["art"]["tourism"] == {"shared": 2, "weight": pytest.approx(1 + 1 / 2)}
    cities = projection(network, 0, without=["seoul"])
    # Three share the metro with Seoul, two without it.
    assert cities["kobe"]["tokyo"] == {"shared": 1, "weight": 1.0}
    assert projection(network, 0)["kobe"]["tokyo"]["weight"] == pytest.approx(1 / 2)
    assert "seoul" not in cities


def test_measures_of_a_pair_by_hand() -> None:
    by_topic = {"art": {"a", "b", "c"}, "tourism": {"b", "c", "d", "e"}, "water": {"f", "g", "h"}}
    found = {(pair.one, pair.other): pair for pair in together(by_topic)}
    assert set(found) == {("art", "tourism")}
    pair = found["art", "tourism"]
    assert (pair.one_alone, pair.other_alone, pair.together) == (3, 4, 2)
    assert pair.lift == pytest.approx(2 * 8 / (3 * 4))
    assert pair.jaccard == pytest.approx(2 / 5)
    assert pair.cosine == pytest.approx(2 / math.sqrt(12))
    assert pair.relatedness == pytest.approx(min(2 / 3, 2 / 4))
    assert not pair.is_validated


def test_chance_by_hand_where_all_fitnesses_are_alike() -> None:
    # Four agreements and four topics in a ring, two ties each: every tie has the probability 1/2,
    # and two topics share an agreement with 1/4 each.
    ring = {topic: {str(topic), str((topic + 1) % 4)} for topic in range(4)}
    for pair in together(ring):
        assert pair.together == 1
        assert pair.expected == pytest.approx(1.0)
        assert pair.p == pytest.approx(1 - (3 / 4) ** 4)


def test_planted_companions_are_found_and_nothing_else() -> None:
    number = 40
    by_topic = {
        f"topic {n}": {f"{n}-{k}" for k in range(number)} | {f"alone {n}"} for n in range(20)
    }
    by_topic["art"] = by_topic["tourism"] = {f"culture {k}" for k in range(number)}
    found = [(pair.one, pair.other) for pair in together(by_topic) if pair.is_validated]
    assert found == [("art", "tourism")]


def test_nothing_gives_nothing() -> None:
    assert together({}) == together({"art": set()}) == []
    assert agreements_by_topic(nx.Graph()) == agreements_by_actor(nx.Graph()) == {}
    assert projection(nx.Graph(), 0).number_of_nodes() == 0
    alone = nx.Graph()
    alone.add_node("art", bipartite=1)
    assert agreements_by_topic(alone) == {"art": frozenset()}


def test_agreements_of_one_day_with_the_same_topics_count_once() -> None:
    by_topic = {"art": {"a", "b", "c", "x", "y"}, "law": {"b", "c"}}
    dates = {"a": "2001-01-01", "b": "2001-01-01", "c": "2001-01-01", "x": "", "y": ""}
    assert without_repeats(by_topic, dates) == {"art": {"a", "b", "x", "y"}, "law": {"b"}}
