"""The documents behind the edges of a network: without which source which tie would be unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from itertools import combinations
from typing import Any

import networkx as nx
import pyoxigraph as ox

from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.rdf.terms import (
    CLAIMS,
    DERIVATIONS,
    FACTUAL,
    TYPE,
    code,
    source_of_list,
    statement_iri,
    term,
)
from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.ontology import ID, NS, RDF, is_editors
from citypact.ontology.errors import CitypactError, Message
from citypact.ontology.vocabulary import vocabulary

EdgeId = tuple[Any, ...]
"""An edge as its network lists it: (source, target), with parallel ties (source, target, key)."""
Documents = frozenset[str]
"""The IRIs of documents."""
NO_DOCUMENTS: Documents = frozenset()

TIES = {"agreement": ("Agreement", "party"), "membership": ("Membership", "member")}
TIES |= {"chair": TIES["membership"], "partnership": ("Partnership", "partner")}
TIES |= {"prospect": ("Prospect", ""), "expected": ("Partnership", "")}
"""For each relation the class of the thing that makes the tie, and the property that names ends."""
PROPOSING = (NS + "facilitator", NS + "proposedBy")
"""What makes a body a broker, among the premises of `brokers`."""
TOPICS = (NS + "topic",)
"""What makes an agreement cover a topic, among the premises of `covers`."""


def documents_of_edges(
    store: Store, network: nx.Graph, chosen: Filter | None = None
) -> dict[EdgeId, Documents]:
    """For each edge of a network of `graph.networks` the documents (IRIs) that support the tie.

    network: `actors` (edges are (source, target, key)), `cities` or `topics` (source, target);
    chosen: the filter with which it was made, since an edge of the cities gathers several ties.
    An agreement is supported by whoever claims that it exists or one of its two parties; a
    partnership or membership by whoever claims it or its members; brokering by whoever claims that
    the body facilitated or proposed; a topic by whoever claims it of the agreement or of one of its
    provisions; a link of an imported list by its list. An office is tied to its body by whoever
    says so, else (the editors alone do) by the documents behind what it does, since it stands in
    the network only because it acts. Claims count as the rule of acceptance has them: asserted or
    reported, not deprecated. The editors are no source: a tie on their word alone has no document.

    The claims are read once, whatever the number of edges. Raises CitypactError for a network
    without ties of this kind (`overview`, `everything`, a simple network of actors).

    >>> import networkx as nx
    >>> from citypact.graph.store.base import LocalStore
    >>> documents_of_edges(LocalStore.of([]), nx.Graph(name="cities"))
    {}
    """
    chosen = chosen or Filter()
    support = store.read_once(("documents", chosen), lambda: _Support(store, chosen))
    ways: dict[tuple[str, bool], Callable[..., Documents]] = {
        ("actors", True): support.of_actors,
        ("cities", False): support.of_cities,
        ("actors and topics", False): support.of_topic,
    }
    of = ways.get((network.name, network.is_multigraph()))
    if of is None:
        raise CitypactError(
            "the documents behind the edges of {name} are unknown\n"
            "    -> give the network actors, cities or topics, with all its ties",
            name=network.name or Message("this network"),
        )
    if network.is_multigraph():
        edges = network.edges(keys=True, data=True)
        found = {(one, other, key): of(one, other, key, data) for one, other, key, data in edges}
        return found | _of_offices(network, found)
    return {(one, other): of(one, other, data) for one, other, data in network.edges(data=True)}


def _of_offices(network: nx.MultiGraph, known: dict[EdgeId, Documents]) -> dict[EdgeId, Documents]:
    """The documents of edges between offices and bodies that only the editors tie."""
    acts: dict[str, set[str]] = defaultdict(set)
    above: dict[str, list[EdgeId]] = defaultdict(list)
    for edge in network.edges(keys=True):
        if network.edges[edge]["relation"] == "office":
            above[ID + edge[2].split(":")[0]].append(edge)
        else:
            for end in edge[:2]:
                acts[end] |= known[edge]
    found: dict[EdgeId, set[str]] = defaultdict(set)
    for office in above:
        # What an office does also keeps the bodies above it in the network.
        seen, queue = set(), [office]
        while queue:
            for edge in above.get(queue.pop(), ()):
                if edge not in seen:
                    seen.add(edge)
                    found[edge] |= acts[office]
                    queue.append(ID + edge[2].split(":", 1)[1])
    return {edge: frozenset(acting) for edge, acting in found.items() if not known[edge]}


class _Support:
    """The documents behind statements and the ties that they make, each table read once."""

    def __init__(self, store: Store, chosen: Filter) -> None:
        self.store, self.chosen = store, chosen

    # Edges

    def of_actors(self, one: str, other: str, key: str, data: dict[str, Any]) -> Documents:
        """Those of an edge between actors."""
        relation = data["relation"]
        if relation == "office":
            pairs = ((one, other), (other, one))
            return _union(self.stated(office, "unitOf", body) for office, body in pairs)
        if relation == "brokering":
            ends = (one, other)
            return _union(
                self.derived(end, "brokers", data["agreement"], PROPOSING) for end in ends
            )
        if relation == "prospect" and key.startswith("partnership/"):
            relation = "expected"
        kind, property_name = TIES[relation]
        return self.tie(ID + key.split(":")[0], kind, property_name, one, other)

    def of_cities(self, one: str, other: str, data: dict[str, Any]) -> Documents:
        """Those of an edge between cities: of all that ties the two."""
        return self._city_ties.get((min(one, other), max(one, other)), NO_DOCUMENTS)

    def of_topic(self, actor: str, topic: str, data: dict[str, Any]) -> Documents:
        """Those of an edge between an actor and a topic (in either order)."""
        topic = topic if self.is_topic(topic) else actor
        agreements = (ID + name for name in data["agreements"].split("|"))
        return _union(self.derived(each, "covers", topic, TOPICS) for each in agreements)

    @staticmethod
    def is_topic(iri: str) -> bool:
        """Whether a node of the two-mode network is a topic."""
        return iri.startswith(ID + "topic/")

    # Ties

    def tie(self, thing: str, kind: str, property_name: str = "", *ends: str) -> Documents:
        """Those that claim an agreement, a partnership or a membership, or one of its ends."""
        known = [
            self.stated(thing, TYPE.value, NS + name) for name in vocabulary().descendants(kind)
        ]
        if property_name:
            known += [self.stated(thing, property_name, end) for end in ends]
        return _union(known)

    def stated(self, subject: str, name: str, value: str) -> Documents:
        """Those that claim a statement; `name` is a local name of ours or an IRI."""
        return self._documents.get(_statement(subject, name, value), NO_DOCUMENTS)

    def derived(self, subject: str, name: str, value: str, counting: tuple[str, ...]) -> Documents:
        """Those that claim the premises, at any depth, that have one of the counting properties."""
        seen: set[str] = set()
        found: set[str] = set()
        queue = [_statement(subject, name, value)]
        while queue:
            node = queue.pop()
            if node in seen:
                continue
            seen.add(node)
            if self._predicates.get(node) in counting:
                found |= self._documents.get(node, NO_DOCUMENTS)
            queue += self._premises.get(node, ())
        return frozenset(found)

    @cached_property
    def _city_ties(self) -> dict[tuple[str, str], Documents]:
        """The documents behind each pair of cities: agreements, partnerships and lists of twins."""
        reader = NetworkReader.of(self.store, self.chosen)
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        governing = reader.pairs("?a citypact:governs ?b")
        for iri, agreement in reader.agreements.items():
            by_city: dict[str, list[str]] = defaultdict(list)
            for party in agreement.parties:
                for city in governing.get(party, ()):
                    by_city[city].append(party)
            for pair in combinations(sorted(by_city), 2):
                parties = (party for city in pair for party in by_city[city])
                found[pair] |= self.tie(iri, "Agreement", "party", *parties)
        if not self.chosen.topic:
            for iri, places in reader.pairs("?a citypact:partner ?b").items():
                if reader.has_begun(iri):
                    for pair in combinations(places, 2):
                        found[pair] |= self.tie(iri, "Partnership", "partner", *pair)
        if not self.chosen.topic and not self.chosen.as_of:
            for one, other, documents in self._twins():
                found[min(one, other), max(one, other)] |= documents
        return {pair: frozenset(documents) for pair, documents in found.items()}

    def _twins(self) -> Iterator[tuple[str, str, set[str]]]:
        """Pairs that are said to be twinned or to cooperate: by a list, or by a claim."""
        for name in ("twinnedWith", "cooperatesWith"):
            for quad in self.store.quads(None, term(name), None, None):
                one, other = quad.subject.value, quad.object.value  # type: ignore[union-attr]
                if source := source_of_list(quad):
                    yield one, other, {source}
                elif quad.graph_name == DEFAULT_GRAPH:
                    yield one, other, set(self.stated(one, name, other))

    # Tables of the store

    @cached_property
    def _documents(self) -> dict[str, Documents]:
        """The documents that claim each statement so that it may become a fact, by its IRI."""
        rows = partial(self._table, graph=CLAIMS)
        documents, modalities, ranks = (rows(n) for n in ("inDocument", "modality", "rank"))
        factual = {code("modality", name).value for name in FACTUAL}
        deprecated = code("rank", "deprecated").value
        found: dict[str, set[str]] = defaultdict(set)
        for claim, statement in rows("claims").items():
            if is_editors(documents[claim]) or ranks[claim] == deprecated:
                continue
            if modalities[claim] in factual or self._subjects.get(statement) in self._about_wishes:
                found[statement].add(documents[claim])
        return {statement: frozenset(sources) for statement, sources in found.items()}

    @cached_property
    def _about_wishes(self) -> set[str]:
        """Of what a claim counts though it is only expected or optional: of prospects and the like.

        That an agreement has an optional clause, or that a partnership is expected, is a fact.
        """
        kinds = (term("Prospect"), term("Provision"), term("ExpectedPartnership"))
        return {
            quad.subject.value  # type: ignore[union-attr]
            for kind in kinds
            for quad in self.store.quads(None, TYPE, kind, DEFAULT_GRAPH)
        }

    @cached_property
    def _subjects(self) -> dict[str, str]:
        return self._table(RDF + "subject", CLAIMS)

    @cached_property
    def _predicates(self) -> dict[str, str]:
        return self._table(RDF + "predicate", CLAIMS)

    @cached_property
    def _premises(self) -> dict[str, list[str]]:
        """The statements on which each derived statement rests."""
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self.store.quads(None, term("premise"), None, DERIVATIONS):
            found[quad.subject.value].append(quad.object.value)  # type: ignore[union-attr]
        return found

    def _table(self, name: str, graph: ox.NamedNode) -> dict[str, str]:
        """The value of a property by its subject, in a graph of the bookkeeping."""
        return {
            quad.subject.value: quad.object.value  # type: ignore[union-attr]
            for quad in self.store.quads(None, _property(name), None, graph)
        }


def _property(name: str) -> ox.NamedNode:
    return ox.NamedNode(name) if ":" in name else term(name)


def _statement(subject: str, name: str, value: str) -> str:
    return statement_iri((ox.NamedNode(subject), _property(name), ox.NamedNode(value))).value


def _union(sets: Iterable[Documents]) -> Documents:
    return NO_DOCUMENTS.union(*sets)


__all__ = ["Documents", "EdgeId", "documents_of_edges"]
