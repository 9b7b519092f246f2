"""Records and entity files become documents, things and claims."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citypact.graph.rdf.terms import object_term
from citypact.ontology import CODE, EDITORS, ID, NS, RDF, SKOS, XSD
from citypact.ontology.errors import RecordError, shown, suggestion
from citypact.ontology.vocabulary import Property, vocabulary
from citypact.sources import PACKAGED
from citypact.sources.model import Claim, Document, Place, Sources
from citypact.sources.reading.edtf import parse_edtf
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.values import ValueFault, parse_span, parse_text, parse_value
from citypact.sources.reading.yaml_tree import Fields, Text, read_yaml
from tests.sources.small import ENTITIES, RECORD, write_small

PACT = "agreement/seoul-hanoi-2015"
DOCUMENT = ID + "doc/seoul-hanoi-2015"
FIELDS = sorted(p.name for p in vocabulary().properties.values() if p.field and p.kind != "part")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """What the small set says."""
    return load_sources(write_small(tmp_path_factory.mktemp("small")))


def load(folder: Path, record: str, **others: str) -> Sources:
    """The small set with another record, and further records by name."""
    write_small(folder)
    (folder / "records/seoul-hanoi-2015.yaml").write_text(record, encoding="utf-8")
    for name, text in others.items():
        (folder / f"records/{name}.yaml").write_text(text, encoding="utf-8")
    return load_sources(folder)


def claims(sources: Sources, thing: str, name: str) -> list[Claim]:
    """The claims about a thing's property, by their local names."""
    base = {"label": SKOS + "prefLabel", "alias": SKOS + "altLabel", "type": RDF + "type"}
    predicate = base.get(name, NS + name)
    return [c for c in sources.claims if (c.subject, c.predicate) == (ID + thing, predicate)]


def values(sources: Sources, thing: str, name: str) -> list[str]:
    """What is claimed, things and terms by their short names."""
    terms = [object_term(claim.object) for claim in claims(sources, thing, name)]
    return [term.value.removeprefix(ID).removeprefix(NS) for term in terms]


def edited(old: str, new: str) -> str:
    assert RECORD.count(old) == 1
    return RECORD.replace(old, new)


def test_entities_are_stated_by_the_editors(small: Sources) -> None:
    country = claims(small, "city/hanoi", "inCountry")[0]
    assert country.object == ox.NamedNode(ID + "country/vietnam")
    assert (country.document, country.spans, country.modality) == (EDITORS, (), "asserted")
    assert country.place == Place("entities/world.yaml", 10, "cities.hanoi.country")
    assert small.things[ID + "city/hanoi"].is_entity
    assert {c.document for c in claims(small, "city/hanoi", "type")} == {EDITORS}


def test_a_value_takes_the_evidence_of_the_thing_around_it(small: Sources) -> None:
    assert claims(small, PACT, "instrumentForm")[0].spans == ((0, 45), (85, 162))
    assert claims(small, PACT, "type")[0].spans == ((0, 45), (85, 162))
    assert claims(small, f"{PACT}/signature/seoul", "signatory")[0].spans == ((0, 45), (85, 162))


def test_a_value_with_evidence_of_its_own_keeps_it(small: Sources) -> None:
    signed = claims(small, PACT, "signingDate")[0]
    assert signed.spans == ((11, 22), (149, 161))
    assert object_term(signed.object) == ox.NamedNode(ID + "date/2015-03-02")
    assert signed.document == DOCUMENT


def test_labels_are_the_editors_own(small: Sources) -> None:
    labels = claims(small, PACT, "label")
    assert [str(c.object) for c in labels] == [
        '"서울–하노이 스마트시티 양해각서"@ko',
        '"Seoul–Hanoi Memorandum on Smart Cities"@en',
    ]
    assert {(c.document, c.spans) for c in labels} == {(EDITORS, ())}


def test_what_a_document_is_the_editors_say_unless_its_words_do(small: Sources) -> None:
    slug = "doc/seoul-hanoi-2015"
    assert claims(small, slug, "publishedOn")[0].document == EDITORS
    assert claims(small, slug, "textLanguage")[0].document == DOCUMENT
    assert claims(small, slug, "textLanguage")[0].spans == ((0, 45),)
    assert values(small, slug, "characterCount") == ["227"]
    assert [c.predicate for c in small.claims if c.predicate.endswith(("versions", "copies"))] == []


def test_parts_are_named_below_their_whole_and_joined_to_it(small: Sources) -> None:
    assert values(small, PACT, "hasProvision") == [f"{PACT}/provision/sharing"]
    assert values(small, f"{PACT}/provision/sharing", "type") == ["Provision"]
    assert values(small, f"{PACT}/figure/years", "value") == ["5"]
    assert small.things[ID + f"{PACT}/figure/years"].class_name == "Figure"


def test_the_modality_of_a_prospect_is_said_of_it_and_of_its_claims(small: Sources) -> None:
    prospect = "prospect/hanoi-invited"
    assert values(small, prospect, "modality") == ["code/modality/invited"]
    assert {c.modality for c in claims(small, prospect, "concerns")} == {"invited"}
    assert claims(small, prospect, "modality")[0].place.line == 49


def test_an_optional_part_hangs_on_its_whole_as_a_fact(tmp_path: Path) -> None:
    record = edited("kind: item", "kind: item\n        modality: optional")
    found = load(tmp_path, record)
    assert [c.modality for c in claims(found, PACT, "hasProvision")] == ["asserted"]
    assert {c.modality for c in claims(found, f"{PACT}/provision/sharing", "action")} == {
        "optional"
    }


def test_remarks_beside_a_value_hold_for_it(tmp_path: Path) -> None:
    value = (
        "{is: e-government, inferred: true, attributed_to: park, modality: reported, "
        "as_of: 2014, rank: deprecated, note: {ko: 메모, en: Note}, reason: {ko: 까닭, en: Why}}"
    )
    found = load(tmp_path, edited("{is: e-government, inferred: true}", value))
    other, claim = claims(found, PACT, "topic")
    assert claim.is_inferred and not other.is_inferred
    assert (claim.modality, claim.rank) == ("reported", "deprecated")
    assert claim.as_of == parse_edtf("2014")
    assert claim.attributed_to == ID + "person/park"
    assert claim.notes == (("en", "Note"), ("ko", "메모"))
    assert claim.reasons == (("en", "Why"), ("ko", "까닭"))
    assert (other.modality, other.rank, other.notes) == ("asserted", "normal", ())


def test_remarks_on_a_thing_hold_below_it_but_its_note_for_itself(tmp_path: Path) -> None:
    thing = "    modality: expected\n    inferred: true\n    attributed_to: park\n"
    note = "    note: {ko: 메모, en: Note}\n"
    found = load(tmp_path, edited("    member: hanoi\n", thing + note + "    member: hanoi\n"))
    for name in ("type", "member", "membershipRole"):
        (claim,) = claims(found, "membership/hanoi-wego", name)
        assert (claim.modality, claim.is_inferred) == ("expected", True)
        assert claim.attributed_to == ID + "person/park"
        assert bool(claim.notes) == (name == "type")


def test_evidence_in_a_copied_passage_stands_in_both(tmp_path: Path) -> None:
    record = edited("  published:", "  copies: [{of: 0-62, again: 100-162}]\n  published:")
    found = load(tmp_path, record)
    assert claims(found, PACT, "signingDate")[0].spans == ((11, 22), (111, 122), (149, 161))
    # A span that reaches beyond the passage is not repeated.
    assert claims(found, "prospect/hanoi-invited", "putBy")[0].spans == ((63, 84), (190, 226))


def test_a_span_lies_in_one_language_version_or_in_none() -> None:
    document = Document(
        DOCUMENT, "x", Place("", 1, ""), "digest", 227, (("ko", (0, 84)), ("en", (85, 227)))
    )
    assert [document.language_of(span) for span in ((0, 84), (85, 90), (80, 90))] == [
        "ko",
        "en",
        "",
    ]


def test_a_record_of_an_address_alone_makes_claims_without_spans(tmp_path: Path) -> None:
    other = (
        "document:\n  id: other\n  label: {ko: 보도, en: Report}\n  type: press-article\n"
        "  address: https://example.org/a?b=c#d\n  said_after_signing: true\n"
        "agreements:\n  seoul-hanoi-2015:\n    status: signed\n"
    )
    found = load(tmp_path, RECORD, other=other)
    status = claims(found, PACT, "reportedStatus")
    assert [(c.document, c.spans) for c in status] == [
        (ID + "doc/other", ()),
        (DOCUMENT, ((0, 45), (85, 162))),
    ]
    assert values(found, "doc/other", "address") == ["https://example.org/a?b=c#d"]


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    early = (
        "document:\n  id: early\n  label: {ko: 보도, en: Report}\n  type: press-article\n"
        "  address: https://example.org/\n  about: seoul-hanoi-2015\n"
        "agreements:\n  seoul-hanoi-2015:\n    topics: tourism\n"
    )
    found = load(tmp_path, RECORD, early=early)
    assert found.things[ID + PACT].place.file == "records/seoul-hanoi-2015.yaml"
    assert values(found, "doc/early", "about") == [PACT]


@pytest.mark.parametrize(
    ("field", "name", "value", "expected"),
    [
        ("latitude", "latitude", "21.50", '"21.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("latitude", "latitude", "-0", '"0"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("geonames", "geonames", "1581130", "<https://sws.geonames.org/1581130/>"),
        ("wikidata", "wikidata", "Q1858", "<http://www.wikidata.org/entity/Q1858>"),
        ("known_for", "knownFor", "tourism", f"<{ID}topic/tourism>"),
        ("country", "inCountry", "country/vietnam", f"<{ID}country/vietnam>"),
        ("reputation", "reputation", "{ko: '가 ', en: 'A\\'}", '"가 "@ko'),
    ],
)
def test_words_become_terms(
    field: str, name: str, value: str, expected: str, tmp_path: Path
) -> None:
    write_small(tmp_path)
    old = "    country: vietnam\n"
    new = f"    {field}: {value}\n" + (old if field != "country" else "")
    path = tmp_path / "entities/world.yaml"
    path.write_text(ENTITIES.replace(old, new), encoding="utf-8")
    assert str(claims(load_sources(tmp_path), "city/hanoi", name)[0].object) == expected


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("start_time", "08:00", '"08:00:00"^^<' + XSD + "time>"),
        ("date", "2016/2018", f"<{ID}date/2016--2018>"),
        ("date", "2016?", f"<{ID}date/2016%3F>"),
        ("audience_size", "500", '"500"^^<' + XSD + "integer>"),
        ("stage", "held", f"<{CODE}stage/held>"),
        ("part_of", "programme/opening", ""),
        ("part_of", "part/opening", f"<{ID}event/forum/part/opening>"),
        ("part_of", "event/forum/part/opening", f"<{ID}event/forum/part/opening>"),
    ],
)
def test_words_of_an_event_become_terms(
    field: str, value: str, expected: str, tmp_path: Path
) -> None:
    part = "{label: {ko: 개회, en: Opening}, type: meeting}"
    event = (
        "events:\n  forum:\n    label: {ko: 포럼, en: Forum}\n    at: 63-84\n    type: meeting\n"
        f"    programme: {{opening: {part}}}\n    {field}: {value}\n"
    )
    if not expected:
        with pytest.raises(RecordError, match="nothing among the events is called"):
            load(tmp_path, RECORD + event)
        return
    claimed = load(tmp_path, RECORD + event).claims
    assert expected in {
        str(object_term(c.object)) for c in claimed if c.subject == ID + "event/forum"
    }


@given(st.sampled_from(FIELDS), st.text())
def test_any_text_in_any_field_becomes_a_term_or_a_fault(name: str, text: str) -> None:
    prop: Property = vocabulary().properties[name]
    try:
        if prop.kind == "text":
            assert parse_text(text, "ko").value == text
        else:
            assert str(parse_value(text, prop, vocabulary(), {}, ID + PACT))
    except ValueFault as fault:
        assert fault.message and fault.cure


@given(st.integers(0, 10**9 - 1), st.integers(0, 10**9 - 1))
def test_spans_are_read_where_they_run_forwards(start: int, end: int) -> None:
    if start < end:
        assert parse_span(f"{start}-{end}") == (start, end)
    else:
        with pytest.raises(ValueFault):
            parse_span(f"{start}-{end}")


def test_numbers_have_one_text_so_that_their_statements_have_one_name() -> None:
    prop = vocabulary().properties["latitude"]
    terms = {parse_value(text, prop, vocabulary(), {}, "") for text in ("37.5", "37.50", "037.500")}
    store = ox.Store()
    node = ox.NamedNode("https://example.org/")
    for term in terms:
        store.add(ox.Quad(node, node, term))
    assert {quad.object for quad in store} == terms
    assert len(terms) == 1


@pytest.mark.parametrize(
    ("word", "known", "cure"),
    [
        ("lonodn", ["london", "seoul"], "did you mean london?"),
        ("paris", ["b", "a"], "use one of: a, b"),
        ("x" * 50, [f"{n:03}" for n in range(99)], "use one of 99 words, such as 000, 001, 002"),
    ],
)
def test_suggestions(word: str, known: list[str], cure: str) -> None:
    assert suggestion(word, known) == cure


def test_long_words_are_shortened() -> None:
    assert shown("a" * 80) == repr("a" * 80)
    assert shown("a" * 81) == repr("a" * 79 + "…")


# The sources that travel with the package.


@pytest.fixture(scope="module")
def packaged() -> Sources:
    return load_sources(PACKAGED, registers=False)


@pytest.mark.parametrize("path", sorted(PACKAGED.glob("records/*.yaml")), ids=lambda p: p.stem)
def test_a_record_is_named_after_its_document(path: Path) -> None:
    document = read_yaml(path).get("document")
    assert isinstance(document, Fields)
    slug = document.get("id")
    assert isinstance(slug, Text)
    assert slug.value == path.stem


def test_packaged_claims_of_known_texts_have_evidence(packaged: Sources) -> None:
    for claim in packaged.claims:
        document = packaged.documents.get(claim.document)
        assert bool(claim.spans) == (document is not None and document.has_text), claim.place
        assert list(claim.spans) == sorted(set(claim.spans))
        if document:
            assert all(0 <= a < b <= document.characters for a, b in claim.spans)


def test_packaged_references_lead_to_declared_things(packaged: Sources) -> None:
    topics = set(vocabulary().topics)
    for claim in packaged.claims:
        if isinstance(claim.object, ox.NamedNode) and claim.object.value.startswith(ID):
            kind, _, rest = claim.object.value.removeprefix(ID).partition("/")
            known = kind in ("code", "date") or (kind == "topic" and rest in topics)
            assert known or claim.object.value in packaged.things, claim.place
