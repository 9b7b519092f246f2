"""First measures of a network of actors: degree, betweenness, components and shared topics."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from citypact.graph.analysis.simple import simple, to_igraph
from citypact.graph.analysis.structure import betweenness


@dataclass(frozen=True)
class ActorMeasures:
    """The measures of one actor.

    ties: edges at the actor, parallel ones counted each. partners: neighbours. agreements: ties
    that are agreements. betweenness: share of shortest paths between other actors that pass
    through it, 0 to 1 (Freeman 1977, Sociometry 40(1), 35-41), each pair joined once. component:
    number of the component, the largest first, from 1.
    """

    iri: str
    kind: str
    label_ko: str
    label_en: str
    ties: int
    partners: int
    agreements: int
    betweenness: float
    component: int


def actor_measures(network: nx.MultiGraph) -> list[ActorMeasures]:
    """The measures of every actor, the best connected first.

    `network` is what `networks.actors` gives. A prospect is no tie: it does not count.
    Betweenness is rounded to six digits.
    """
    ties = nx.MultiGraph()
    ties.add_nodes_from(network)
    ties.add_edges_from(
        (source, target, key, data)
        for source, target, key, data in network.edges(keys=True, data=True)
        if not (data.get("prospect") or data.get("relation") == "prospect")
    )
    pair = to_igraph(simple(ties))
    between = dict(zip(pair.nodes, betweenness(pair), strict=True))
    components = sorted(nx.connected_components(ties), key=lambda c: (-len(c), min(c)))
    number = {node: i for i, members in enumerate(components, 1) for node in members}
    found = [
        ActorMeasures(
            node,
            data.get("kind", ""),
            data.get("label_ko", ""),
            data.get("label_en", ""),
            ties.degree(node),
            len(ties[node]),
            sum(edge.get("relation") == "agreement" for *_, edge in ties.edges(node, data=True)),
            round(between[node], 6),
            number[node],
        )
        for node, data in network.nodes(data=True)
    ]
    return sorted(found, key=lambda m: (-m.ties, -m.betweenness, m.iri))


@dataclass(frozen=True)
class SharedTopics:
    """The topics (IRIs, sorted) that agreements of both of two actors cover, exactly the same."""

    one: str
    other: str
    topics: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.topics)


def shared_topics(two_mode: nx.Graph) -> list[SharedTopics]:
    """Each pair of actors with the topics that they share, those with most first.

    `two_mode` is what `networks.actors_and_topics` gives. Parties of one agreement share its
    topics, of course; what tells more is what two partners of one city share.
    """
    actors = sorted(node for node, data in two_mode.nodes(data=True) if data["bipartite"] == 0)
    found = [
        SharedTopics(one, other, tuple(sorted(set(two_mode[one]) & set(two_mode[other]))))
        for one, other in combinations(actors, 2)
    ]
    return sorted(
        (pair for pair in found if pair.topics),
        key=lambda pair: (-pair.count, pair.one, pair.other),
    )
