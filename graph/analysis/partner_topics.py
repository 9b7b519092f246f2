"""The bipartite network of actors and the topics of their agreements, and parts of it.

It is `actors_and_topics` of `graph.networks`: actors have the attribute `bipartite` 0, topics 1; an
edge holds the short names of its agreements, joined by "|", as `agreements`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import combinations
from typing import Any

import networkx as nx

from citypact.graph.analysis.overlap import overlap

MOST = 0.5
"""The share of all agreements from which a party is the one that they were gathered around."""


def centre_of(network: nx.Graph) -> str:
    """The party to most agreements, if to half of all or more; else ''."""
    of = {node: agreements_of(network, node) for node in rows_of(network)}
    count = len({agreement for each in of.values() for agreement in each})
    first = min(of, key=lambda node: (-len(of[node]), node), default="")
    return first if count and len(of[first]) >= MOST * count else ""


def rows_of(network: nx.Graph) -> list[Any]:
    """The actors of the network, sorted."""
    return sorted(node for node, side in network.nodes(data="bipartite") if side == 0)


def agreements_of(network: nx.Graph, node: Any) -> set[str]:
    """The agreements (short names) behind the edges of a node."""
    named = [data.get("agreements", "") for _, _, data in network.edges(node, data=True)]
    return {agreement for each in named for agreement in each.split("|")} - {""}


def without_documents(
    network: nx.Graph, known: Mapping[tuple[str, str], frozenset[str]], removed: Collection[str]
) -> nx.Graph:
    """What is left of actors and topics when documents (IRIs) are missing.

    Of each edge the agreements go of which no document is left that says that they cover the topic,
    and the edge with the last of them. All nodes stay.
    """
    gone, remaining = frozenset(removed), network.copy()
    for one, other, data in network.edges(data=True):
        topic = other if network.nodes[other]["bipartite"] == 1 else one
        names = str(data["agreements"]).split("|")
        left = [name for name in names if not (of := known.get((name, topic))) or not of <= gone]
        if left:
            remaining.edges[one, other].update(agreements="|".join(left), weight=len(left))
        else:
            remaining.remove_edge(one, other)
    return remaining


def of_governments(network: nx.Graph, centre: str = "") -> nx.Graph:
    """City governments but one, and the topics of their agreements, in sorted order."""
    rows = [
        node
        for node in rows_of(network)
        if node != centre and network.nodes[node].get("kind") == "government" and network[node]
    ]
    topics = sorted({topic for row in rows for topic in network[row]})
    governments = nx.Graph()
    governments.add_nodes_from((node, network.nodes[node]) for node in (*rows, *topics))
    governments.add_edges_from((row, topic) for row in rows for topic in sorted(network[row]))
    return governments


def broadest(network: nx.Graph) -> nx.Graph:
    """The same with the broadest topic above each instead of it."""
    rows, by_field = rows_of(network), nx.Graph()
    by_field.add_nodes_from((row, network.nodes[row]) for row in rows)
    above = {
        node: str(data.get("top_topic", node))
        for node, data in network.nodes(data=True)
        if data["bipartite"] == 1
    }
    by_field.add_nodes_from(sorted(set(above.values())), bipartite=1)
    by_field.add_edges_from((row, above[topic]) for row in rows for topic in network[row])
    return by_field


def mean_shared(network: nx.Graph, centre: str) -> float | None:
    """The average number of topics that two partner cities share; None without two cities."""
    return overlap(of_governments(network, centre)).get("shared")


def parties_of_one_agreement(whole: nx.Graph, network: nx.Graph) -> tuple[tuple[Any, Any], ...]:
    """The pairs of rows that are parties to one agreement: they share its topics in any case."""
    parties: dict[str, list[Any]] = defaultdict(list)
    for row in rows_of(network):
        for agreement in agreements_of(whole, row):
            parties[agreement].append(row)
    return tuple(sorted({pair for rows in parties.values() for pair in combinations(rows, 2)}))


__all__ = [
    "agreements_of",
    "broadest",
    "centre_of",
    "mean_shared",
    "of_governments",
    "parties_of_one_agreement",
    "rows_of",
    "without_documents",
]
