"""From the graph to networks of networkx: actors, actors and topics, an overview, everything.

All attributes are plain values (text, numbers, true or false), so that every network can be written
to GraphML or tables and read back equal. Several values of one attribute are joined by "|"; one
that is not known is left out. The key of an edge is its own in the whole network, as edge ids are
in GraphML.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import networkx as nx
import pyoxigraph as ox

from citypact.graph.networks.cities import cities
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.overview import Overview
from citypact.graph.networks.reader import Edge, NetworkReader
from citypact.graph.rdf.terms import short, statement_iri
from citypact.graph.store.base import Store
from citypact.ontology import ID, LANGUAGES, NS
from citypact.ontology.errors import CitypactError


def actors(store: Store, chosen: Filter | None = None) -> nx.MultiGraph:
    """Actors joined by agreements, memberships, chairs, offices and brokering.

    Every agreement joins each pair of its parties by an edge of its own; an edge's `parties` says
    how many parties the agreement has and `weight` is 1/(parties - 1), so that an agreement of
    three counts once for each of them (Newman 2001, Phys. Rev. E 64, 016132). `date_of` says what
    `date` is the date of: a signing, a start, or a day on which the tie is known to have held.
    Offices are there where they act: departments that are only named are in `everything` alone.
    """
    reader = NetworkReader.of(store, chosen)
    return _filled(nx.MultiGraph(name="actors"), reader, reader.actor_edges())


def actors_and_topics(store: Store, chosen: Filter | None = None) -> nx.Graph:
    """The two-mode network: actors (bipartite 0) and the topics their agreements cover (1).

    An edge's `weight` counts the agreements of the actor that cover the topic; `agreements` names
    them, joined by "|".
    """
    reader = NetworkReader.of(store, chosen)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for agreement, about in reader.agreements.items():
        for party in about.parties:
            for topic in about.topics:
                if reader.is_chosen(party):
                    found[party, topic].add(agreement)
    network = nx.Graph(name="actors and topics")
    for (party, topic), agreements in found.items():
        network.add_node(party, **reader.node(party), bipartite=0)
        network.add_node(topic, **reader.node(topic), bipartite=1)
        network.add_edge(
            party,
            topic,
            relation="covers",
            weight=len(agreements),
            agreements="|".join(sorted(short(a) for a in agreements)),
        )
    return _sorted(network)


def everything(store: Store, chosen: Filter | None = None) -> nx.MultiDiGraph:
    """All facts between things: an edge has the key of its statement, `relation` is its property.

    Prospects are there as things of their own. Raises CitypactError for any other filter.
    """
    if chosen and chosen != Filter(prospects=chosen.prospects):
        raise CitypactError(
            "the network everything holds all facts, it cannot be filtered\n"
            "    -> leave the filter out, or choose the network actors, topics or overview"
        )
    reader = NetworkReader.of(store)
    return _filled(nx.MultiDiGraph(name="everything"), reader, _facts(reader))


def _facts(reader: NetworkReader) -> Iterator[Edge]:
    for quad in reader.store.quads(graph=ox.DefaultGraph()):
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        if not (isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode)):
            continue
        if _is_thing(subject) and _is_thing(value) and predicate.value.startswith(NS):
            statement = statement_iri((subject, predicate, value))
            yield (
                subject.value,
                value.value,
                short(statement.value),
                {
                    "relation": short(predicate.value),
                    **{
                        f"relation_{language}": reader.names.label(predicate.value, language)
                        for language in LANGUAGES
                    },
                },
            )


def _is_thing(node: ox.NamedNode) -> bool:
    kinds = ("code/", "date/", "statement/", "claim/", "rule/")
    return node.value.startswith(ID) and not node.value.removeprefix(ID).startswith(kinds)


def overview(store: Store, chosen: Filter | None = None) -> nx.MultiDiGraph:
    """What the page draws: actors, agreements and topics, and further layers behind them.

    Node attributes: kind, label_ko, label_en, aliases, country, date, year, status, form,
    top_topic, first_view … Edge attributes: relation, relation_ko, relation_en, prospect, date,
    first_view …
    """
    return _sorted(Overview(NetworkReader.of(store, chosen)).network)


NETWORKS = {
    "actors": actors,
    "cities": cities,
    "topics": actors_and_topics,
    "overview": overview,
    "everything": everything,
}
"""The networks by the names that commands use."""


def _filled(network: nx.MultiGraph, reader: NetworkReader, edges: Iterable[Edge]) -> nx.MultiGraph:
    for source, target, key, attributes in edges:
        for iri in (source, target):
            if iri not in network:
                network.add_node(iri, **reader.node(iri))
        network.add_edge(source, target, key=key, **attributes)
    return _sorted(network)


def _sorted(network: nx.Graph) -> nx.Graph:
    """The same network with nodes and edges in sorted order: algorithms depend on the order."""
    found = network.__class__(**network.graph)
    found.add_nodes_from(sorted(network.nodes(data=True), key=lambda node: str(node[0])))
    if network.is_multigraph():
        edges = sorted(
            network.edges(keys=True, data=True), key=lambda e: (*sorted(e[:2]), str(e[2]), e[:2])
        )
    else:
        edges = sorted(network.edges(data=True), key=lambda e: (*sorted(e[:2]), e[:2]))
    found.add_edges_from(edges)
    return found


__all__ = [
    "NETWORKS",
    "Filter",
    "actors",
    "actors_and_topics",
    "cities",
    "everything",
    "overview",
]
