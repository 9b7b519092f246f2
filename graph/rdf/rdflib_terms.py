"""Where terms of pyoxigraph and rdflib meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from citypact.ontology import XSD

if TYPE_CHECKING:
    import rdflib

    from citypact.sources.model import Triple


def to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    """An rdflib graph of the triples."""
    import rdflib

    graph = rdflib.Graph()
    for subject, predicate, value in triples:
        graph.add((rdflib_term(subject), rdflib_term(predicate), rdflib_term(value)))
    return graph


def rdflib_term(term: ox.NamedNode | ox.Literal | ox.BlankNode) -> rdflib.term.Node:
    """One term for rdflib, where a plain string has no datatype, as its parsers give it."""
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    return rdflib.Literal(
        term.value, datatype=None if datatype == XSD + "string" else rdflib.URIRef(datatype)
    )


def from_rdflib(node: object) -> ox.NamedNode | ox.Literal:
    """One term from rdflib. Raises TypeError for anything but an IRI or a literal."""
    from rdflib import Literal, URIRef

    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        if node.datatype:
            return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)))
        return ox.Literal(str(node))
    raise TypeError(f"neither an IRI nor a literal: {node!r}")
