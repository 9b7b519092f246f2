"""Facts as JSON-LD with the context inside: nothing has to be fetched to read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from citypact.graph.rdf.serialise import facts_of, sorted_quads, to_jsonld
from citypact.graph.store.base import Store
from citypact.ontology import ID, NS, RDF, SKOS

if TYPE_CHECKING:
    import networkx as nx

DAYS = tuple(NS + name for name in ("edtf", "earliest", "latest", "dateValue"))
NAMING = (RDF + "type", SKOS + "prefLabel", *DAYS)
"""Properties of things that are only mentioned: classes, names, and the days of a date."""


def facts_as_jsonld(store: Store, network: nx.Graph | None = None) -> bytes:
    """The facts of a graph as JSON-LD 1.1, with the vocabulary: the triples of `facts.ttl`.

    With a network only the facts about its nodes and about what its edges stand for (agreements,
    memberships …), with classes and names of all that these mention.
    """
    quads = list(_quads(store))
    chosen = facts_of(quads) if network is None else _about(quads, _things(network))
    return to_jsonld(sorted_quads(chosen))


def _quads(store: Store) -> Iterator[ox.Quad]:
    for row in store.solutions("SELECT ?s ?p ?o WHERE { ?s ?p ?o }"):
        yield ox.Quad(row["s"], row["p"], row["o"])  # type: ignore[arg-type]


def _things(network: nx.Graph) -> set[str]:
    """The nodes of a network and the things that its edges stand for: their keys name them."""
    things = set(network)
    for *_, key, data in network.edges(keys=True, data=True) if network.is_multigraph() else ():
        things |= {ID + part for part in str(key).split(":")}
        things |= {data["agreement"]} if "agreement" in data else set()
    for *_, agreements in network.edges(data="agreements"):
        if isinstance(agreements, str):  # in the network of cities it is their number
            things |= {ID + slug for slug in agreements.split("|")}
    return things


def _about(quads: list[ox.Quad], things: set[str]) -> list[ox.Quad]:
    told = [quad for quad in quads if _iri(quad.subject) in things]
    mentioned = {_iri(quad.object) for quad in told} - things
    names = [
        quad for quad in quads if _iri(quad.subject) in mentioned and quad.predicate.value in NAMING
    ]
    return told + names


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


__all__ = ["facts_as_jsonld"]
