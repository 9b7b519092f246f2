"""From claims in records to RDF: statements, claims and spans as nodes of the claims graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from citypact.graph.rdf.terms import (
    TYPE,
    claim_iri,
    code,
    span_iri,
    statement_iri,
    statement_triples,
    term,
)
from citypact.ontology import OA, XSD
from citypact.sources.model import Claim, Document, Sources, Span, Triple
from citypact.sources.reading.edtf import DateSpan, parse_edtf
from citypact.sources.reading.values import DATE, date_iri, date_of


@dataclass(frozen=True)
class Assembled:
    """The claims graph's triples and the descriptions of dates that the default graph needs."""

    claims: set[Triple]
    dates: set[Triple]


def assemble(sources: Sources) -> Assembled:
    """Turns the claims of the sources into RDF."""
    claims: set[Triple] = set()
    edtf: set[str] = set()
    for claim in sources.claims:
        claims.update(_claim(claim, sources.documents.get(claim.document)))
        if isinstance(claim.object, ox.NamedNode) and claim.object.value.startswith(DATE):
            edtf.add(date_of(claim.object.value))
        if claim.as_of:
            edtf.add(claim.as_of)
    dates: set[Triple] = set()
    for text in edtf:
        dates.update(date_triples(parse_edtf(text)))
    return Assembled(claims, dates)


def _claim(claim: Claim, document: Document | None) -> Iterator[Triple]:
    triple = (ox.NamedNode(claim.subject), ox.NamedNode(claim.predicate), claim.object)
    statement = statement_iri(triple)
    yield from statement_triples(triple)
    node = claim_iri(statement, claim.document, claim.modality)
    yield node, TYPE, term("Claim")
    yield node, term("claims"), statement
    yield node, term("inDocument"), ox.NamedNode(claim.document)
    yield node, term("modality"), code("modality", claim.modality)
    yield node, term("rank"), code("rank", claim.rank)
    if claim.as_of:
        yield node, term("claimedAsOf"), ox.NamedNode(date_iri(claim.as_of))
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
            yield from _span(document, span)


def _span(document: Document, span: Span) -> Iterator[Triple]:
    node = span_iri(document.iri, span)
    yield node, TYPE, term("TextSpan")
    yield node, term("inDocument"), ox.NamedNode(document.iri)
    yield node, ox.NamedNode(OA + "start"), ox.Literal(span[0])
    yield node, ox.NamedNode(OA + "end"), ox.Literal(span[1])
    language = document.language_of(span)
    if language:
        yield node, term("spanLanguage"), code("language", language)


def date_triples(span: DateSpan) -> Iterator[Triple]:
    """The description of a DateSpan node; it follows from its EDTF string alone."""
    node = ox.NamedNode(date_iri(span.edtf))
    yield node, TYPE, term("DateSpan")
    yield node, term("edtf"), ox.Literal(span.edtf)
    for name, day in (("earliest", span.earliest), ("latest", span.latest)):
        if day is not None:
            yield node, term(name), _day(day)


def _day(day: date) -> ox.Literal:
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
