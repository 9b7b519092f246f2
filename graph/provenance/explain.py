"""The words behind statements: every fact and claim about a thing, with its claims or its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from citypact.graph.provenance.trace import Evidence, ProvenanceTracer
from citypact.graph.rdf.terms import CLAIM, CLAIMS, DERIVATIONS, STATEMENT, statement_iri, term
from citypact.ontology import NS, RDF, SKOS
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.model import Triple

PLAIN_LABELS = (NS + "labelKorean", NS + "labelEnglish", SKOS + "prefLabel", RDF + "type")
"""Left out unless asked for: everything has them."""


RESTATED = NS + "mentions"
"""Left out of what has a thing as its value: a document mentions what its claims are about."""

SPOKEN_OF = {"Person", "Topic"}
"""Classes of things of which most is recorded where others name them: signatures, agreements."""

About = Literal["itself", "value", "part", "related"]
"""What a statement has to do with the thing that was asked about: it is its subject, its value,
part of its subject, or merely related to it."""


@dataclass(frozen=True)
class Explanation:
    """One fact or claim with what stands behind it.

    `claims` are the claims of the statement, or of its premises where `rule` derives it. `about`
    says whether the subject is the thing that was asked about.
    """

    subject: str
    predicate: str
    value: ox.NamedNode | ox.Literal
    is_fact: bool
    rule: str
    claims: list[Evidence]
    about: About = "itself"


def explain_all(
    tracer: ProvenanceTracer, things: list[str], predicate: str = ""
) -> Iterator[Explanation]:
    """Explains what is recorded of several things.

    Without a property: the statements about them; of people, topics and things about which there
    are none also those that have them as their value. With a property: the statements about them
    that have it, else those that have them as their value, else those about their parts, else
    those about what is related to them. `Explanation.about` tells these apart, so that nothing is
    taken for a statement about the thing that is one about its neighbour.
    """
    found = [each for iri in things for each in explain(tracer, iri, predicate)]
    yield from found
    named = [iri for iri in things if predicate or tracer.names.kinds(iri) & SPOKEN_OF]
    if not found or (named and not predicate):
        values = [
            each
            for iri in (named if found else things)
            for each in _with_value(tracer, iri, predicate)
        ]
        found += values
        yield from values
    nearness: tuple[tuple[About, Callable[[ProvenanceTracer, str], Iterator[str]]], ...] = (
        ("part", _parts),
        ("related", _around),
    )
    for about, near in nearness:
        if predicate and not found:
            others = sorted({other for iri in things for other in near(tracer, iri)})
            found = [each for iri in others for each in explain(tracer, iri, predicate, about)]
            yield from found


def _parts(tracer: ProvenanceTracer, iri: str) -> Iterator[str]:
    """The parts of a thing at any depth: the IRI of a part begins with that of its whole."""
    for quad in tracer.store.quads(ox.NamedNode(iri), None, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(iri + "/"):
            yield quad.object.value
            yield from _parts(tracer, quad.object.value)


def _around(tracer: ProvenanceTracer, iri: str) -> Iterator[str]:
    """What speaks of a thing; of a city also what speaks of its government, which signs for it."""
    governments = tracer.store.quads(None, term("governs"), ox.NamedNode(iri), ox.DefaultGraph())
    for node in (iri, *(quad.subject.value for quad in governments)):  # type: ignore[union-attr]
        for quad in tracer.store.quads(None, None, ox.NamedNode(node), ox.DefaultGraph()):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value


def explain(
    tracer: ProvenanceTracer, subject: str, predicate: str = "", about: About = "itself"
) -> Iterator[Explanation]:
    """The statements about a thing, those that are no facts included, by property and value."""
    for triple in sorted(set(_statements(tracer, subject)), key=lambda t: (t[1].value, str(t[2]))):
        if predicate and triple[1].value != predicate:
            continue
        if not predicate and (triple[1].value in PLAIN_LABELS or _reads_date(tracer, triple[1])):
            continue
        yield _explained(tracer, triple, about)


def _reads_date(tracer: ProvenanceTracer, predicate: ox.NamedNode) -> bool:
    """Whether a property repeats a date as a literal, as the vocabulary in the store says.

    To read our own takes longer than the rest of most answers; a server is asked for no more.
    """
    if not tracer.store.is_near:
        known = vocabulary().by_iri(predicate.value)
        return known is not None and bool(known.reads)
    found = tracer.store.quads(predicate, term("readsDate"), None, ox.DefaultGraph())
    return next(found, None) is not None


def explain_statement(tracer: ProvenanceTracer, iri: str) -> Explanation | None:
    """What a statement says, given by its IRI or by that of a claim; None for any other IRI."""
    if iri.startswith(CLAIM):
        claimed = tracer.store.quads(ox.NamedNode(iri), term("claims"), None, CLAIMS)
        iri = next((quad.object.value for quad in claimed), "")  # type: ignore[union-attr]
    if iri.startswith(STATEMENT) and tracer.is_described(ox.NamedNode(iri)):
        return _explained(tracer, tracer.triple(ox.NamedNode(iri)), "itself")
    return None


def _with_value(tracer: ProvenanceTracer, iri: str, predicate: str) -> Iterator[Explanation]:
    """The statements about others that have a thing as their value, by subject and property."""
    found = {triple for triple in _statements(tracer, iri, "object") if triple[0].value != iri}
    for triple in sorted(found, key=lambda t: (t[0].value, t[1].value)):
        if triple[1].value == predicate or not (predicate or triple[1].value == RESTATED):
            yield _explained(tracer, triple, "value")


def _explained(tracer: ProvenanceTracer, triple: Triple, about: About) -> Explanation:
    node = tracer.in_lists(triple) or statement_iri(triple)
    rule = tracer.rule(node)
    return Explanation(
        triple[0].value,
        triple[1].value,
        triple[2],
        tracer.store.has(ox.Quad(*triple)),
        rule.value if rule and not _is_claimed(tracer, node) else "",
        [claim for root in tracer.roots([node]) for claim in tracer.claims(root)],
        about,
    )


def _statements(tracer: ProvenanceTracer, iri: str, place: str = "subject") -> Iterator[Triple]:
    """The statements that have a thing as their subject, or as their object."""
    node = ox.NamedNode(iri)
    for graph in (CLAIMS, DERIVATIONS):
        for quad in tracer.store.quads(None, ox.NamedNode(RDF + place), node, graph):
            yield tracer.triple(quad.subject)  # type: ignore[arg-type]
    yield from tracer.triples_in_lists(**{place: node})


def _is_claimed(tracer: ProvenanceTracer, node: ox.NamedNode) -> bool:
    return any(True for _ in tracer.store.quads(None, term("claims"), node, CLAIMS))
