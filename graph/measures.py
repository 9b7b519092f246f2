"""First measures of a network of actors: degree, betweenness, components and shared topics."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx


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

    `network` is what `graph.network.actors` gives. Betweenness is rounded to six digits.
    """
    simple = nx.Graph(network)
    between = nx.betweenness_centrality(simple)
    components = sorted(nx.connected_components(simple), key=lambda c: (-len(c), min(c)))
    number = {node: i for i, members in enumerate(components, 1) for node in members}
    found = [
        ActorMeasures(
            node,
            data.get("kind", ""),
            data.get("label_ko", ""),
            data.get("label_en", ""),
            network.degree(node),
            len(simple[node]),
            sum(edge.get("relation") == "agreement" for *_, edge in network.edges(node, data=True)),
            round(between[node], 6),
            number[node],
        )
        for node, data in network.nodes(data=True)
    ]
    return sorted(found, key=lambda m: (-m.ties, -m.betweenness, m.iri))


def shared_topics(two_mode: nx.Graph) -> list[tuple[str, str, int]]:
    """Pairs of actors and the number of topics that agreements of both cover, most first.

    `two_mode` is what `graph.network.actors_and_topics` gives.
    """
    actors = [node for node, data in two_mode.nodes(data=True) if data["bipartite"] == 0]
    found = []
    for i, one in enumerate(actors):
        for other in actors[i + 1 :]:
            count = len(set(two_mode[one]) & set(two_mode[other]))
            if count:
                found.append((one, other, count))
    return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))
