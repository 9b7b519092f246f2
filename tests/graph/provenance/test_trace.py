"""What is told of a claim, in which order, and how far premises and paths are followed."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from citypact.graph.provenance.named_queries import run
from citypact.graph.provenance.trace import ProvenanceTracer
from citypact.graph.rdf.terms import CLAIMS, DERIVATIONS, TYPE, code, statement_iri, term
from citypact.graph.rdf.values import OddValue
from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.store.base import LocalStore
from citypact.graph.store.labels import Names
from citypact.ontology import EDITORS, ID, IMPORT_GRAPH, RDF

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


def test_a_claim_is_given_as_its_document_puts_it() -> None:
    node, span = ox.NamedNode(f"{ID}claim/1"), f"{PAPER}#char=9,12"
    said = [
        (node, term("claims"), STATEMENT),
        (node, term("inDocument"), ox.NamedNode(PAPER)),
        (node, term("modality"), code("modality", "reported")),
        (node, term("rank"), code("rank", "preferred")),
        (node, term("isInferred"), ox.Literal(True)),
        (node, term("attributedTo"), ox.NamedNode(f"{ID}person/kim")),
        (node, term("note"), ox.Literal("a note", language="en")),
        (node, term("rankReason"), ox.Literal("이유", language="ko")),
        (node, term("evidence"), ox.NamedNode(span)),
        (ox.NamedNode(span), term("spanLanguage"), code("language", "ko")),
    ]
    quads = [ox.Quad(*each, CLAIMS) for each in said]
    (found,) = tracer(described(STATEMENT), quads).claims(STATEMENT)
    assert found.statement == STATEMENT.value
    assert found.triple == tuple(
        ox.NamedNode(ID + part) for part in ("subject", "predicate", "object")
    )
    assert (found.document, found.modality, found.rank) == (PAPER, "reported", "preferred")
    assert (found.is_inferred, found.attributed_to) == (True, f"{ID}person/kim")
    assert (found.note, found.reason) == ({"en": "a note"}, {"ko": "이유"})
    assert [(p.iri, p.span, p.language) for p in found.passages] == [(span, (9, 12), "ko")]
    assert [(p.sentence, p.highlight, p.link) for p in found.passages] == [("", (0, 0), "")]
    (plain,) = tracer(described(STATEMENT), claim("1", STATEMENT, PAPER)).claims(STATEMENT)
    assert (plain.is_inferred, plain.attributed_to, plain.note) == (False, "", {})


@pytest.mark.parametrize(
    ("links", "opens"),
    [
        ({"page": "https://x/"}, ("https://x/", "page")),
        (
            {"page": "https://x/", PAPER: "https://x/#b"},
            ("https://x/#b", "passage of the document"),
        ),
        (
            {"page": "https://x/", PAPER: "https://x/#b", f"{PAPER}#char=1,2": "https://x/#a"},
            ("https://x/#a", "words"),
        ),
        ({}, ("", "")),
    ],
)
def test_a_link_leads_as_near_to_the_words_as_is_known(
    links: dict[str, str], opens: tuple[str, str]
) -> None:
    quads = [
        ox.Quad(ox.NamedNode(node), term("passageLink"), ox.NamedNode(link), CLAIMS)
        for node, link in links.items()
        if node != "page"
    ]
    if "page" in links:
        quads.append(ox.Quad(ox.NamedNode(PAPER), term("address"), ox.NamedNode(links["page"])))
    found = tracer(described(STATEMENT), claim("1", STATEMENT, PAPER, "1,2"), quads)
    (evidence,) = found.claims(STATEMENT)
    assert (evidence.link, evidence.link_opens_at) == opens


def test_the_rule_of_a_statement_is_the_first_by_name() -> None:
    rules = [ox.NamedNode(f"{ID}rule/{name}") for name in ("30-b", "20-a")]
    derived = [ox.Quad(STATEMENT, term("derivedBy"), rule, DERIVATIONS) for rule in rules]
    found = tracer(described(STATEMENT, DERIVATIONS), derived, described(PREMISE))
    assert found.rule(STATEMENT) == rules[1]
    assert found.rule(PREMISE) is None
    assert [found.is_described(node) for node in (STATEMENT, PREMISE, rules[0])] == [
        True, True, False,
    ]  # fmt: skip
    assert found.triple(STATEMENT) == found.triple(PREMISE)


def test_a_statement_that_is_incomplete_is_told() -> None:
    for left_out in range(4):
        quads = described(STATEMENT)
        with pytest.raises(OddValue, match="statement/a"):
            tracer(quads[:left_out] + quads[left_out + 1 :] if left_out else []).triple(STATEMENT)
    text = ox.Quad(STATEMENT, ox.NamedNode(RDF + "subject"), ox.Literal("Seoul"), CLAIMS)
    with pytest.raises(OddValue, match="no complete statement"):
        tracer([described(STATEMENT)[0], text, *described(STATEMENT)[2:]]).triple(STATEMENT)


def test_premises_are_followed_through_circles_to_every_claim() -> None:
    more = [ox.NamedNode(f"{ID}statement/{name}") for name in ("c", "d", "e")]
    links = [(STATEMENT, more[0]), (STATEMENT, PREMISE), (more[0], more[1]), (more[1], more[0]),
             (more[1], more[2])]  # fmt: skip
    found = tracer(
        described(PREMISE),
        described(more[2]),
        *(described(node, DERIVATIONS) for node in (STATEMENT, *more[:2])),
        [ox.Quad(one, term("premise"), other, DERIVATIONS) for one, other in links],
    )
    assert found.roots([STATEMENT]) == [PREMISE, more[2]]


EDGES = ("a p b", "b p c", "a q c", "d p b", "c r a", "b s e", "c s e")


@pytest.mark.parametrize(
    ("path", "ways"),
    [
        ("<urn:a> <urn:p>/<urn:p> ?x", {"c": "a p b, b p c"}),
        ("<urn:a> <urn:p>|<urn:q> ?x", {"b": "a p b", "c": "a q c"}),
        ("<urn:b> ^<urn:p> ?x", {"a": "a p b", "d": "d p b"}),
        ("<urn:c> ^(<urn:p>/<urn:p>) ?x", {"a": "a p b, b p c", "d": "b p c, d p b"}),
        ("<urn:c> ^(<urn:p>|<urn:q>) ?x", {"b": "b p c", "a": "a q c"}),
        ("<urn:d> <urn:p>/^<urn:p> ?x", {"d": "d p b", "a": "d p b, a p b"}),
        ("<urn:a> <urn:p>+ ?x", {"b": "a p b", "c": "a p b, b p c"}),
        ("<urn:a> <urn:p>* ?x", {"a": "", "b": "a p b", "c": "a p b, b p c"}),
        ("<urn:a> <urn:p>? ?x", {"a": "", "b": "a p b"}),
        ("<urn:c> ^(<urn:p>+) ?x", {"b": "b p c", "a": "b p c, a p b", "d": "b p c, d p b"}),
        ("<urn:a> <urn:p>*/<urn:q> ?x", {"c": "a q c"}),
        ("<urn:a> <urn:p>?/<urn:q> ?x", {"c": "a q c"}),
        ("<urn:a> <urn:p>?/<urn:s> ?x", {"e": "a p b, b s e"}),
        ("<urn:a> !<urn:q> ?x", {"b": "a p b"}),
        ("<urn:a> !(<urn:q>|<urn:p>) ?x", {}),
        (
            "<urn:a> (<urn:p>|<urn:r>)+ ?x",
            {"b": "a p b", "c": "a p b, b p c", "a": "a p b, b p c, c r a"},
        ),
        (
            "<urn:a> (<urn:p>|<urn:r>)* ?x",
            {"a": "", "b": "a p b", "c": "a p b, b p c"},
        ),
    ],
)
def test_a_path_rests_on_the_claims_of_its_steps(path: str, ways: dict[str, str]) -> None:
    triples = {edge: tuple(ox.NamedNode(f"urn:{n}") for n in edge.split()) for edge in EDGES}
    nodes = {edge: statement_iri(triple) for edge, triple in triples.items()}  # type: ignore[arg-type]
    found = tracer(
        [ox.Quad(*triple) for triple in triples.values()],  # type: ignore[arg-type]
        *(described(node) for node in nodes.values()),
    )
    answer = run(found.store, SparqlQuery(f"SELECT DISTINCT ?x {{ {path} }}"))
    behind = dict(zip(answer.rows, found.behind_rows(answer), strict=True))
    assert {row[0].value.removeprefix("urn:"): set(of) for row, of in behind.items()} == {  # type: ignore[union-attr]
        end: {nodes[edge] for edge in way.split(", ") if edge} for end, way in ways.items()
    }


def test_a_row_rests_on_the_statements_that_it_names() -> None:
    found = tracer(described(STATEMENT), described(PREMISE), claim("1", STATEMENT, PAPER))
    text = f"SELECT ?s {{ GRAPH <{CLAIMS.value}> {{ ?c citypact:claims ?s }} }}"
    answer = run(found.store, SparqlQuery(text))
    assert found.behind_rows(answer) == [[STATEMENT]]


def test_what_a_list_states_has_the_list_as_its_claim() -> None:
    triple = (ox.NamedNode(f"{ID}city/a"), term("twinnedWith"), ox.NamedNode(f"{ID}city/b"))
    other = (triple[2], triple[1], triple[0])
    graphs = [ox.NamedNode(IMPORT_GRAPH + name) for name in ("two", "one")]
    found = tracer([ox.Quad(*triple, graph) for graph in graphs], [ox.Quad(*triple)])
    node = found.in_lists(triple)
    assert node == statement_iri(triple)
    assert found.in_lists(other) is None
    assert found.triple(node) == triple
    assert found.roots([node]) == [node]
    claims = found.claims(node)
    assert [each.document for each in claims] == [f"{ID}doc/one", f"{ID}doc/two"]
    assert {(e.modality, e.rank, e.is_inferred, e.passages) for e in claims} == {
        ("asserted", "normal", False, ())
    }
    assert list(found.triples_in_lists(triple[0])) == [triple, triple]
    assert list(found.triples_in_lists(object=triple[0])) == []
    text = f"SELECT ?x {{ <{ID}city/a> citypact:twinnedWith ?x }}"
    assert found.behind_rows(run(found.store, SparqlQuery(text))) == [[node]]
    alone = tracer([ox.Quad(*triple)])
    assert alone.in_lists(triple) is None
    assert list(alone.triples_in_lists(triple[0])) == []
