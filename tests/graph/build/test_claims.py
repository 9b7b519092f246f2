"""Claims as RDF: what one claim becomes, triple by triple."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyoxigraph as ox
import pytest

from citypact.graph.build.claims import assemble, conflicting_claims, date_triples, node_of
from citypact.graph.rdf.terms import code, date_iri, span_iri, statement_iri
from citypact.ontology import ID, NS, OA, RDF, XSD
from citypact.sources.model import Claim, Document, PassageWords, Place, Sources
from citypact.sources.reading.edtf import parse_edtf

PAPER, PLACE = f"{ID}doc/paper", Place("a.yaml", 1, "")
TRIPLE = (ox.NamedNode(f"{ID}city/a"), ox.NamedNode(NS + "partner"), ox.NamedNode(f"{ID}city/b"))
CLAIM = Claim(TRIPLE[0].value, TRIPLE[1].value, TRIPLE[2], PAPER, PLACE)
DOCUMENT = Document(PAPER, "paper", PLACE, "0" * 64, 100, (("ko", (0, 50)), ("en", (51, 100))))
STATEMENT = {
    (RDF + "type", NS + "Statement"),
    *((RDF + n, t.value) for n, t in zip(("subject", "predicate", "object"), TRIPLE, strict=True)),
}


def said(sources: Sources, node: ox.NamedNode) -> set[tuple[str, str]]:
    """What the claims graph says of a node: properties and values."""
    return {
        (predicate.value, value.value if isinstance(value, ox.NamedNode) else str(value))
        for subject, predicate, value in assemble(sources).claims
        if subject == node
    }


def test_a_claim_has_its_statement_document_modality_and_rank_and_nothing_else() -> None:
    sources = Sources(claims=[CLAIM])
    statement = statement_iri(TRIPLE)
    assert said(sources, statement) == STATEMENT
    assert said(sources, node_of(CLAIM)) == {
        (RDF + "type", NS + "Claim"),
        (NS + "claims", statement.value),
        (NS + "inDocument", PAPER),
        (NS + "modality", code("modality", "asserted").value),
        (NS + "rank", code("rank", "normal").value),
    }
    assert len(assemble(sources).claims) == 9


def test_a_claim_keeps_its_day_words_reasons_and_who_is_quoted() -> None:
    day = parse_edtf("2015-03-02")
    more = replace(
        CLAIM, as_of=day, is_inferred=True, attributed_to=f"{ID}person/kim", rank="preferred",
        notes=(("en", "a note"),), reasons=(("ko", "이유"),), modality="reported",
    )  # fmt: skip
    sources = Sources(claims=[more])
    assert said(sources, node_of(more)) - said(Sources(claims=[CLAIM]), node_of(CLAIM)) == {
        (NS + "modality", code("modality", "reported").value),
        (NS + "rank", code("rank", "preferred").value),
        (NS + "claimedAsOf", date_iri(day).value),
        (NS + "isInferred", str(ox.Literal(True))),
        (NS + "attributedTo", f"{ID}person/kim"),
        (NS + "note", '"a note"@en'),
        (NS + "rankReason", '"이유"@ko'),
    }
    assert assemble(sources).dates == set(date_triples(day))


def test_a_span_has_its_ends_language_and_link() -> None:
    address = Claim(PAPER, NS + "address", ox.NamedNode("https://example.org/"), PAPER, PLACE)
    later = replace(address, object=ox.NamedNode("https://example.org/z"))
    other = replace(address, predicate=NS + "wikidata", object=ox.NamedNode("http://a.example/"))
    cited = replace(CLAIM, spans=((60, 70), (40, 60)))
    sources = Sources(
        documents={PAPER: DOCUMENT},
        claims=[cited, later, address, other, replace(other, predicate=NS + "about")],
        passages={(PAPER, (60, 70)): PassageWords("words"), (PAPER, None): PassageWords("all")},
    )
    one, two = (span_iri(PAPER, span) for span in cited.spans)
    assert {(NS + "evidence", one.value), (NS + "evidence", two.value)} <= said(
        sources, node_of(cited)
    )
    ends = {"start": (60, 40), "end": (70, 60)}
    for at, (node, rest) in enumerate(
        [
            (
                one,
                {
                    (NS + "spanLanguage", code("language", "en").value),
                    (NS + "passageLink", "https://example.org/#:~:text=words"),
                },
            ),
            (two, set()),
        ]
    ):
        assert said(sources, node) == rest | {
            (RDF + "type", NS + "TextSpan"),
            (NS + "inDocument", PAPER),
            *((OA + name, str(ox.Literal(numbers[at]))) for name, numbers in ends.items()),
        }
    assert said(sources, ox.NamedNode(PAPER)) == {
        (NS + "passageLink", "https://example.org/#:~:text=all")
    }
    without = replace(sources, documents={})
    assert not said(without, one)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "value"),
    [
        ("2015-03-02", "2015-03-02", "2015-03-02", "date"),
        ("2015-03", "2015-03-01", "2015-03-31", "gYearMonth"),
        ("2015", "2015-01-01", "2015-12-31", "gYear"),
        ("2015?", "2015-01-01", "2015-12-31", ""),
        ("201X", "2010-01-01", "2019-12-31", ""),
        ("2015/..", "2015-01-01", "", ""),
        ("XXXX-03-02", "", "", ""),
    ],
)
def test_a_date_has_its_first_and_last_day_and_a_value_where_it_is_sure(
    text: str, earliest: str, latest: str, value: str
) -> None:
    found = list(date_triples(parse_edtf(text)))
    assert {subject.value for subject, _, _ in found} == {date_iri(parse_edtf(text)).value}
    days = {"earliest": earliest, "latest": latest}
    assert {(p.value, str(o)) for _, p, o in found} == {
        (RDF + "type", str(ox.NamedNode(NS + "DateSpan"))),
        (NS + "edtf", f'"{text}"'),
        *((NS + name, f'"{day}"^^<{XSD}date>') for name, day in days.items() if day),
        *([(NS + "dateValue", f'"{text}"^^<{XSD}{value}>')] if value else []),
    }


@pytest.mark.parametrize(
    "change",
    [{"rank": "preferred"}, {"rank": "deprecated"}, {"as_of": parse_edtf("2015")},
     {"is_inferred": True}],
)  # fmt: skip
def test_claims_that_would_be_one_node_and_differ_are_found(change: dict[str, Any]) -> None:
    other = replace(CLAIM, **change)
    assert conflicting_claims(Sources(claims=[CLAIM, other])) == [(CLAIM, other)]
    assert conflicting_claims(Sources(claims=[other, CLAIM])) == [(other, CLAIM)]
    apart = [replace(other, document=f"{ID}doc/other"), replace(other, modality="reported")]
    assert conflicting_claims(Sources(claims=[CLAIM, CLAIM, *apart])) == []
