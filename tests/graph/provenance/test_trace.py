"""The order of evidence, and how far premises are followed."""

from __future__ import annotations

import pyoxigraph as ox

from citypact.graph.provenance.trace import ProvenanceTracer
from citypact.graph.rdf.terms import CLAIMS, DERIVATIONS, TYPE, code, term
from citypact.graph.store.base import LocalStore
from citypact.graph.store.labels import Names
from citypact.ontology import EDITORS, ID, RDF

STATEMENT, PREMISE = (ox.NamedNode(f"{ID}statement/{name}") for name in ("a", "b"))
PAPER = f"{ID}doc/paper"


def claim(name: str, statement: ox.NamedNode, document: str, *spans: str) -> list[ox.Quad]:
    node = ox.NamedNode(f"{ID}claim/{name}")
    about = [
        (TYPE, term("Claim")),
        (term("claims"), statement),
        (term("inDocument"), ox.NamedNode(document)),
        (term("modality"), code("modality", "asserted")),
        (term("rank"), code("rank", "normal")),
        *((term("evidence"), ox.NamedNode(f"{document}#char={span}")) for span in spans),
    ]
    return [ox.Quad(node, *each, CLAIMS) for each in about]


def described(statement: ox.NamedNode, graph: ox.NamedNode = CLAIMS) -> list[ox.Quad]:
    parts = {name: ox.NamedNode(ID + name) for name in ("subject", "predicate", "object")}
    quads = [
        ox.Quad(statement, ox.NamedNode(RDF + name), part, graph) for name, part in parts.items()
    ]
    return [ox.Quad(statement, TYPE, term("Statement"), graph), *quads]


def tracer(*quads: list[ox.Quad]) -> ProvenanceTracer:
    store = LocalStore.of([quad for each in quads for quad in each])
    return ProvenanceTracer(store, Names.of(store))


def test_documents_come_before_the_editors() -> None:
    # By their names alone the editors would be first.
    assert f"{ID}doc/zeitung" > EDITORS
    found = tracer(
        described(STATEMENT),
        claim("1", STATEMENT, EDITORS),
        claim("2", STATEMENT, f"{ID}doc/zeitung"),
    ).claims(STATEMENT)
    assert [each.is_editorial for each in found] == [False, True]


def test_spans_stand_in_the_order_of_the_text() -> None:
    spans = ["100-120", "9-12", "40-50", "9-10", "1000-1001"]
    quads = claim("1", STATEMENT, PAPER, *(span.replace("-", ",") for span in spans))
    (found,) = tracer(described(STATEMENT), quads).claims(STATEMENT)
    starts = [passage.span for passage in found.passages]
    assert starts == sorted(starts)
    assert starts[0] == (9, 10)
    assert starts[-1] == (1000, 1001)


def test_what_is_claimed_rests_on_its_claims_and_not_on_premises() -> None:
    premise = [ox.Quad(STATEMENT, term("premise"), PREMISE, DERIVATIONS)]
    claimed = tracer(
        described(STATEMENT), described(PREMISE), claim("1", STATEMENT, PAPER), premise
    )
    assert claimed.roots([STATEMENT]) == [STATEMENT]
    derived = tracer(described(STATEMENT, DERIVATIONS), described(PREMISE), premise)
    assert derived.roots([STATEMENT]) == [PREMISE]
