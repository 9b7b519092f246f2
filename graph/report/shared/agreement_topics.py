"""Topics of agreements, as several chapters need them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import networkx as nx

from citypact.graph.analysis.topics import TopicData
from citypact.graph.networks.documents import Documents, documents_of_edges
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.report.shared.study import Study


def read(study: Study) -> TopicData:
    """Agreements by topic, field and actor, in the network of a study and with its centre."""
    network = study.network("topics")
    broader = NetworkReader(study.store, Filter()).pairs("?a skos:broader ?b")
    return TopicData(network, broader, centre_of(network))


def documents(study: Study, data: TopicData) -> dict[tuple[str, str], Documents]:
    """The documents (IRIs) that say of an agreement (its short name) that it covers a topic."""
    # An agreement takes the place of actors: an edge of one agreement has its documents alone.
    network = nx.Graph(name=data.network.name)
    for topic, names in data.by_topic.items():
        network.add_edges_from((name, topic, {"agreements": name}) for name in sorted(names))
    found = documents_of_edges(study.store, network, study.chosen)
    return {
        (one, other) if other in data.by_topic else (other, one): known
        for (one, other), known in found.items()
    }


def without(
    network: nx.Graph, known: Mapping[tuple[str, str], Documents], removed: Collection[str]
) -> nx.Graph:
    """What is left of actors and topics when documents (IRIs) are missing.

    Of each edge the agreements go of which no document is left that says that they cover the topic,
    and the edge with the last of them. All nodes stay.
    """
    gone, found = frozenset(removed), network.copy()
    for one, other, data in network.edges(data=True):
        topic = other if network.nodes[other]["bipartite"] == 1 else one
        names = str(data["agreements"]).split("|")
        left = [name for name in names if not (of := known.get((name, topic))) or not of <= gone]
        if left:
            found.edges[one, other].update(agreements="|".join(left), weight=len(left))
        else:
            found.remove_edge(one, other)
    return found


def read_closely(study: Study) -> list[str]:
    """The documents of which the text itself was read in full: those with a digest."""
    rows = study.store.solutions("SELECT DISTINCT ?d WHERE { ?d citypact:sha256 ?digest }")
    return sorted(row["d"].value for row in rows)


MOST = 0.5
"""The share of all agreements from which a party is the one that they were gathered around."""


def centre_of(network: nx.Graph) -> str:
    """The party to most agreements, if to half of all or more; else ''."""
    of = {node: _agreements(network, node) for node in _rows(network)}
    count = len({agreement for each in of.values() for agreement in each})
    first = min(of, key=lambda node: (-len(of[node]), node), default="")
    return first if count and len(of[first]) >= MOST * count else ""


def _rows(network: nx.Graph) -> list[Any]:
    return sorted(node for node, side in network.nodes(data="bipartite") if side == 0)


def _agreements(network: nx.Graph, node: Any) -> set[str]:
    named = [data.get("agreements", "") for _, _, data in network.edges(node, data=True)]
    return {agreement for each in named for agreement in each.split("|")} - {""}
