"""The words behind statements: every fact and claim about a thing, with its claims or its rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from citypact.graph.provenance.trace import Evidence, ProvenanceTracer
from citypact.graph.rdf.terms import CLAIMS, DERIVATIONS, statement_iri, term
from citypact.ontology import NS, RDF, SKOS
from citypact.sources.model import Triple

PLAIN_LABELS = (NS + "labelKorean", NS + "labelEnglish", SKOS + "prefLabel", RDF + "type")
"""Left out unless asked for: everything has them."""


@dataclass(frozen=True)
class Explanation:
    """One fact or claim with what stands behind it.

    `claims` are the claims of the statement, or of its premises where `rule` derives it.
    """

    subject: str
    predicate: str
    value: ox.NamedNode | ox.Literal
    is_fact: bool
    rule: str
    claims: list[Evidence]


def explain_all(
    tracer: ProvenanceTracer, things: list[str], predicate: str = ""
) -> Iterator[Explanation]:
    """Explains several things; where none has the property itself, their parts; else what they
    take part in.

    So "seoul-london-2017, signatory" finds who signed it, and "Guayaquil, signing date" the signing
    dates of the agreements of Guayaquil.
    """
    found = [each for iri in things for each in explain(tracer, iri, predicate)]
    for near in (_parts, _around):
        if not found and predicate:
            others = sorted({other for iri in things for other in near(tracer, iri)})
            found = [each for iri in others for each in explain(tracer, iri, predicate)]
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


def explain(tracer: ProvenanceTracer, subject: str, predicate: str = "") -> Iterator[Explanation]:
    """The statements about a thing, those that are no facts included, by property and value."""
    for triple in sorted(set(_statements(tracer, subject)), key=lambda t: (t[1].value, str(t[2]))):
        if predicate and triple[1].value != predicate:
            continue
        if not predicate and triple[1].value in PLAIN_LABELS:
            continue
        node = tracer.in_lists(triple) or statement_iri(triple)
        rule = tracer.rule(node)
        claims = [claim for root in tracer.roots([node]) for claim in tracer.claims(root)]
        yield Explanation(
            subject,
            triple[1].value,
            triple[2],
            tracer.store.has(ox.Quad(*triple)),
            rule.value if rule and not _is_claimed(tracer, node) else "",
            claims,
        )


def _statements(tracer: ProvenanceTracer, subject: str) -> Iterator[Triple]:
    for graph in (CLAIMS, DERIVATIONS):
        for quad in tracer.store.quads(
            None, ox.NamedNode(RDF + "subject"), ox.NamedNode(subject), graph
        ):
            yield tracer.triple(quad.subject)  # type: ignore[arg-type]
    yield from tracer.triples_in_lists(ox.NamedNode(subject))


def _is_claimed(tracer: ProvenanceTracer, node: ox.NamedNode) -> bool:
    return any(True for _ in tracer.store.quads(None, term("claims"), node, CLAIMS))
