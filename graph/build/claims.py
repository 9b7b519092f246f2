"""From claims in records to RDF: statements, claims and spans as nodes of the claims graph."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from citypact.graph.rdf.terms import (
    TYPE,
    claim_iri,
    code,
    date_iri,
    object_term,
    span_iri,
    statement_iri,
    statement_triples,
    term,
)
from citypact.ontology import NS, OA, XSD
from citypact.sources.model import Claim, Date, Document, Sources, Span, Triple
from citypact.sources.reading.text_fragments import passage_link


@dataclass(frozen=True)
class Assembled:
    """The claims graph's triples and the descriptions of dates that the default graph needs."""

    claims: set[Triple]
    dates: set[Triple]


def assemble(sources: Sources) -> Assembled:
    """Turns the claims of the sources into RDF."""
    claims: set[Triple] = set()
    dates: set[Date] = set()
    links = _Links(sources)
    for claim in sources.claims:
        claims.update(_claim(claim, sources.documents.get(claim.document), links))
        dates.update(each for each in (claim.object, claim.as_of) if isinstance(each, Date))
    for document in sources.documents.values():
        claims.update(links.triples(ox.NamedNode(document.iri), document))
    return Assembled(claims, {triple for each in dates for triple in date_triples(each)})


def node_of(claim: Claim) -> ox.NamedNode:
    """The node of a claim: one for all places where a document states the same in the same way."""
    triple = (ox.NamedNode(claim.subject), ox.NamedNode(claim.predicate), object_term(claim.object))
    return claim_iri(statement_iri(triple), claim.document, claim.modality)


class _Links:
    """The addresses by which documents open at their passages."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        addresses = sorted(
            (claim.subject, claim.object.value)
            for claim in sources.claims
            if claim.predicate == NS + "address" and isinstance(claim.object, ox.NamedNode)
        )
        self.addresses = dict(reversed(addresses))  # of several the first, which others show too

    def triples(
        self, node: ox.NamedNode, document: Document, span: Span | None = None
    ) -> Iterator[Triple]:
        """The link of a span or, without one, that of its document, if there is one."""
        words = self.sources.passage(document, span)
        if link := passage_link(self.addresses.get(document.iri, ""), words):
            yield node, term("passageLink"), ox.NamedNode(link)


def _claim(claim: Claim, document: Document | None, links: _Links) -> Iterator[Triple]:
    triple = (ox.NamedNode(claim.subject), ox.NamedNode(claim.predicate), object_term(claim.object))
    statement = statement_iri(triple)
    yield from statement_triples(triple)
    node = claim_iri(statement, claim.document, claim.modality)
    yield node, TYPE, term("Claim")
    yield node, term("claims"), statement
    yield node, term("inDocument"), ox.NamedNode(claim.document)
    yield node, term("modality"), code("modality", claim.modality)
    yield node, term("rank"), code("rank", claim.rank)
    if claim.as_of:
        yield node, term("claimedAsOf"), date_iri(claim.as_of)
    if claim.is_inferred:
        yield node, term("isInferred"), ox.Literal(True)
    if claim.attributed_to:
        yield node, term("attributedTo"), ox.NamedNode(claim.attributed_to)
    for language, text in claim.notes:
        yield node, term("note"), ox.Literal(text, language=language)
    for language, text in claim.reasons:
        yield node, term("rankReason"), ox.Literal(text, language=language)
    if document:
        for span in claim.spans:
            yield node, term("evidence"), span_iri(document.iri, span)
            yield from _span(document, span, links)


def _span(document: Document, span: Span, links: _Links) -> Iterator[Triple]:
    node = span_iri(document.iri, span)
    yield node, TYPE, term("TextSpan")
    yield node, term("inDocument"), ox.NamedNode(document.iri)
    yield node, ox.NamedNode(OA + "start"), ox.Literal(span[0])
    yield node, ox.NamedNode(OA + "end"), ox.Literal(span[1])
    language = document.language_of(span)
    if language:
        yield node, term("spanLanguage"), code("language", language)
    yield from links.triples(node, document, span)


_DATATYPES = {"day": "date", "month": "gYearMonth", "year": "gYear"}
"""The datatypes of dates by their precision."""


def date_triples(date: Date) -> Iterator[Triple]:
    """The description of the node of a date (a citypact:DateSpan)."""
    node = date_iri(date)
    yield node, TYPE, term("DateSpan")
    yield node, term("edtf"), ox.Literal(date.text)
    for name, day in (("earliest", date.begin), ("latest", date.end)):
        if day is not None:
            yield node, term(name), _day(day)
    if date.begin and not date.qualifier and date.precision in _DATATYPES:
        datatype = ox.NamedNode(XSD + _DATATYPES[date.precision])
        yield node, term("dateValue"), ox.Literal(date.text, datatype=datatype)


def _day(day: datetime.date) -> ox.Literal:
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD + "date"))


def conflicting_claims(sources: Sources) -> list[tuple[Claim, Claim]]:
    """Pairs of claims that would be one claim node but disagree on rank, date or inference."""
    first: dict[tuple[object, ...], Claim] = {}
    pairs = [
        (first.setdefault((c.subject, c.predicate, c.object, c.document, c.modality), c), c)
        for c in sources.claims
    ]
    return [
        (a, b)
        for a, b in pairs
        if (a.rank, a.as_of, a.is_inferred) != (b.rank, b.as_of, b.is_inferred)
    ]


__all__ = [
    "Assembled",
    "Triple",
    "assemble",
    "conflicting_claims",
    "date_triples",
]
