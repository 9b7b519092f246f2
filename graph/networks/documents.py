"""The documents behind the edges of a network: without which source which tie would be unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import chain, combinations
from typing import Any

import networkx as nx

from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.networks.tie_documents import (
    NO_DOCUMENTS,
    PROPOSING,
    TOPICS,
    Documents,
    TieDocuments,
)
from citypact.graph.store.base import Store
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError, Message

EdgeId = tuple[Any, ...]
"""An edge as its network lists it: (source, target), with parallel ties (source, target, key)."""

TIES = {"agreement": ("Agreement", "party"), "membership": ("Membership", "member")}
TIES |= {"chair": TIES["membership"], "partnership": ("Partnership", "partner")}
TIES |= {"prospect": ("Prospect", ""), "expected": ("Partnership", "")}
"""For each relation the class of the thing that makes the tie, and the property that names ends."""


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
    With a filter by source only the documents that it lets speak are given.

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
        self.ties = TieDocuments.of(store)
        self.reader = NetworkReader.of(store, chosen)

    # Edges

    def of_actors(self, one: str, other: str, key: str, data: dict[str, Any]) -> Documents:
        """Those of an edge between actors."""
        relation = data["relation"]
        if relation == "office":
            pairs = ((one, other), (other, one))
            return self._chosen(
                *(self.ties.stated(office, "unitOf", body) for office, body in pairs)
            )
        if relation == "brokering":
            ends = (one, other)
            return self._chosen(
                *(self.ties.derived(end, "brokers", data["agreement"], PROPOSING) for end in ends)
            )
        if relation == "prospect" and key.startswith("partnership/"):
            relation = "expected"
        kind, property_name = TIES[relation]
        known = self.ties.tie(ID + key.split(":")[0], kind, property_name, one, other)
        is_partnership = kind == "Partnership"
        return self._chosen(
            known, places=map(self.reader.place, (one, other)) if is_partnership else ()
        )

    def of_cities(self, one: str, other: str, data: dict[str, Any]) -> Documents:
        """Those of an edge between cities: of all that ties the two."""
        return self._city_ties.get((min(one, other), max(one, other)), NO_DOCUMENTS)

    def of_topic(self, actor: str, topic: str, data: dict[str, Any]) -> Documents:
        """Those of an edge between an actor and a topic (in either order)."""
        topic = topic if self.is_topic(topic) else actor
        agreements = (ID + name for name in data["agreements"].split("|"))
        return self._chosen(
            *(self.ties.derived(each, "covers", topic, TOPICS) for each in agreements)
        )

    def _chosen(self, *known: Iterable[str], places: Iterable[str] = ()) -> Documents:
        """Those of the documents that the filter by source lets speak."""
        return self.ties.chosen(chain(*known), self.chosen, tuple(places))

    @staticmethod
    def is_topic(iri: str) -> bool:
        """Whether a node of the two-mode network is a topic."""
        return iri.startswith(ID + "topic/")

    @cached_property
    def _city_ties(self) -> dict[tuple[str, str], Documents]:
        """The documents behind each pair of cities: agreements, partnerships and lists of twins."""
        reader = self.reader
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        governing = reader.pairs("?a citypact:governs ?b")
        for iri, agreement in reader.agreements.items():
            by_city: dict[str, list[str]] = defaultdict(list)
            for party in agreement.parties:
                for city in governing.get(party, ()):
                    by_city[city].append(party)
            for pair in combinations(sorted(by_city), 2):
                parties = (party for city in pair for party in by_city[city])
                found[pair] |= self._chosen(self.ties.tie(iri, "Agreement", "party", *parties))
        if not self.chosen.topic:
            for iri, places in reader.partner_pairs():
                for pair in combinations(places, 2):
                    known = self.ties.tie(iri, "Partnership", "partner", *pair)
                    found[pair] |= self._chosen(known, places=pair)
        if not self.chosen.topic and not self.chosen.as_of:
            for _, one, other, known in self.ties.twins():
                found[min(one, other), max(one, other)] |= self._chosen(known, places=(one, other))
        return {pair: frozenset(documents) for pair, documents in found.items()}


__all__ = ["Documents", "EdgeId", "documents_of_edges"]
