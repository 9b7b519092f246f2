"""Topics of agreements, and the documents that state them."""

from __future__ import annotations

import networkx as nx

from citypact.graph.analysis.partner_topics import centre_of
from citypact.graph.analysis.topics import TopicData
from citypact.graph.networks.documents import Documents, documents_of_edges
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.store.base import Store


def agreement_topics(store: Store, network: nx.Graph) -> TopicData:
    """Agreements by topic, field and actor, in a network of topics and with its centre."""
    broader = NetworkReader.of(store).pairs("?a skos:broader ?b")
    return TopicData(network, broader, centre_of(network))


def documents_of_topics(
    store: Store, data: TopicData, chosen: Filter
) -> dict[tuple[str, str], Documents]:
    """The documents (IRIs) that say of an agreement (its short name) that it covers a topic."""
    # An agreement takes the place of actors: an edge of one agreement has its documents alone.
    network = nx.Graph(name=data.network.name)
    for topic, names in data.by_topic.items():
        network.add_edges_from((name, topic, {"agreements": name}) for name in sorted(names))
    found = documents_of_edges(store, network, chosen)
    return {
        (one, other) if other in data.by_topic else (other, one): known
        for (one, other), known in found.items()
    }


def read_in_full(store: Store) -> list[str]:
    """The documents of which the text itself was read in full: those with a digest."""
    rows = store.solutions("SELECT DISTINCT ?d WHERE { ?d citypact:sha256 ?digest }")
    return sorted(row["d"].value for row in rows)


__all__ = ["agreement_topics", "documents_of_topics", "read_in_full"]
