"""The names of what sources declare, to look things up before a graph is built."""

from __future__ import annotations

import pyoxigraph as ox

from citypact.graph.store.base import RDF_TYPE, LocalStore
from citypact.graph.store.labels import Names
from citypact.ontology import NS, SKOS
from citypact.ontology.vocabulary import vocabulary, vocabulary_quads
from citypact.sources.model import Date, Sources

_NAMES = (SKOS + "prefLabel", SKOS + "altLabel", NS + "governs")


def declared_names(sources: Sources) -> Names:
    """Names, aliases and kinds of all that the sources declare, and of codes and topics."""
    quads = [
        ox.Quad(ox.NamedNode(thing.iri), RDF_TYPE, ox.NamedNode(NS + name))
        for thing in sources.things.values()
        for name in vocabulary().ancestors(thing.class_name)
    ]
    quads += [
        ox.Quad(ox.NamedNode(claim.subject), ox.NamedNode(claim.predicate), claim.object)
        for claim in sources.claims
        if claim.predicate in _NAMES and not isinstance(claim.object, Date)
    ]
    quads += [ox.Quad(*triple) for triple in vocabulary_quads()]
    return Names(LocalStore.of(quads))


__all__ = ["declared_names"]
