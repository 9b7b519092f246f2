"""From claims in records to RDF: statements, claims and spans as nodes of the claims graph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from ontology import CLAIMS_GRAPH, CODE, ID, IMPORT_GRAPH, NS, OA, RDF, XSD
from sources.dates import DateSpan, parse_edtf
from sources.model import Claim, Document, Sources, Span, Triple
from sources.values import DATE, date_iri, date_of

TYPE = ox.NamedNode(RDF + "type")
CLAIMS = ox.NamedNode(CLAIMS_GRAPH)


def term(name: str) -> ox.NamedNode:
    """A term of our vocabulary by its local name."""
    return ox.NamedNode(NS + name)


def code(codes: str, name: str) -> ox.NamedNode:
    """A code of one of our lists."""
    return ox.NamedNode(f"{CODE}{codes}/{name}")


def import_graph(document: str) -> ox.NamedNode:
    """The graph of an imported list: all that stands in it is what that document (IRI) claims."""
    return ox.NamedNode(IMPORT_GRAPH + document.rsplit("/", 1)[1])


def statement_iri(triple: Triple) -> ox.NamedNode:
    """The IRI of the statement node of a triple: a digest of its canonical N-Triples form."""
    return ox.NamedNode(ID + "statement/" + _digest(*(str(part) for part in triple)))


def claim_iri(statement: ox.NamedNode, document: str, modality: str) -> ox.NamedNode:
    """The IRI of a claim: a digest of statement, document and modality."""
    return ox.NamedNode(ID + "claim/" + _digest(statement.value, document, modality))


def span_iri(document: str, span: Span) -> ox.NamedNode:
    """The IRI of a text span: the document with a fragment after RFC 5147, in code points."""
    return ox.NamedNode(f"{document}#char={span[0]},{span[1]}")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


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


def statement_triples(triple: Triple) -> Iterator[Triple]:
    """The description of a statement node."""
    node = statement_iri(triple)
    yield node, TYPE, term("Statement")
    for name, part in zip(("subject", "predicate", "object"), triple, strict=True):
        yield node, ox.NamedNode(RDF + name), part


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
    "CLAIMS",
    "Assembled",
    "Triple",
    "assemble",
    "claim_iri",
    "code",
    "conflicting_claims",
    "date_triples",
    "import_graph",
    "span_iri",
    "statement_iri",
    "statement_triples",
    "term",
]
