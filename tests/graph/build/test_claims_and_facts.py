"""From claims to facts: the traps in the packaged documents, and laws that hold of any graph."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from citypact.api import Graph
from citypact.graph.build.build import make_graph
from citypact.graph.build.claims import conflicting_claims, date_triples
from citypact.graph.build.rules import rules
from citypact.graph.build.validate import claim_problems
from citypact.graph.networks.documents import documents_of_edges
from citypact.graph.networks.filter import Filter
from citypact.graph.rdf.terms import (
    CLAIMS,
    DERIVATIONS,
    TYPE,
    claim_iri,
    read_date,
    span_iri,
    statement_iri,
    term,
)
from citypact.graph.store.base import LocalStore, Store
from citypact.ontology import CODE, ID, IMPORT_GRAPH, NS, RDF, SKOS, XSD
from citypact.ontology.vocabulary import vocabulary, vocabulary_quads
from citypact.sources import PACKAGED
from citypact.sources.model import Claim, Place, Sources
from citypact.sources.reading.edtf import parse_edtf
from tests.sources.imported_list import import_list
from tests.sources.small import RECORD, write_small

DEFAULT = ox.DefaultGraph()
PACT = "agreement/seoul-hanoi-2015"
SIGNED = "    signed: {is: 2015-03-02, at: [11-22, 149-161]}\n"


@pytest.fixture(scope="module")
def store(records: LocalStore) -> LocalStore:
    """The packaged records as a graph."""
    return records


@pytest.fixture(scope="module", params=["records", "registers and a list"])
def any_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The packaged records alone, and all sources together with an imported list."""
    if request.param == "records":
        found: LocalStore = request.getfixturevalue("records")
        return found
    return make_graph(PACKAGED, imports=[import_list(tmp_path_factory.mktemp("lists"))])


def short(value: ox.NamedNode | ox.Literal) -> str:
    return value.value.removeprefix(ID).removeprefix(NS)


def ask(store: Store, names: str, facts: str = "", claims: str = "") -> set[tuple[str, ...]]:
    """The answers of patterns over facts and claims, without our own namespaces."""
    select = " ".join(f"?{name}" for name in names.split())
    graph = f"GRAPH <{CLAIMS.value}> {{ {claims} }}" if claims else ""
    rows = store.select(f"SELECT {select} WHERE {{ {facts} {graph} }}")[1]
    return {tuple(short(value) if value is not None else "" for value in row) for row in rows}


def objects(store: Store, subject: str, name: str) -> set[str]:
    """The facts about a thing's property, by local names."""
    return {value for (value,) in ask(store, "value", f"<{ID}{subject}> citypact:{name} ?value .")}


def without(folder: Path, record: str) -> Store:
    """The graph of the packaged sources without one record."""
    for part in ("entities", "records"):
        shutil.copytree(PACKAGED / part, folder / part)
    (folder / f"records/{record}.yaml").unlink()
    return make_graph(folder)


def small(folder: Path, *edits: tuple[str, str], **records: str) -> Store:
    """The graph of the small set with edits of its record, and with further records."""
    write_small(folder)
    text = RECORD
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    (folder / "records/seoul-hanoi-2015.yaml").write_text(text, encoding="utf-8")
    for name, other in records.items():
        head = (
            f"document:\n  id: {name}\n  label: {{ko: 보도, en: Report}}\n  type: press-article\n"
            "  address: https://example.org/\n"
        )
        (folder / f"records/{name}.yaml").write_text(head + other, encoding="utf-8")
    return make_graph(folder)


# Guayaquil: a text that stands twice, and a date without month


def test_a_repeated_text_is_one_set_of_facts_with_two_passages_each(store: Store) -> None:
    first, shift = 38, 1152
    spans: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for claim, start, end in ask(
        store,
        "claim start end",
        claims=f"?claim citypact:inDocument <{ID}doc/seoul-guayaquil-2020> ; citypact:evidence "
        "?span . ?span oa:start ?start ; oa:end ?end .",
    ):
        spans[claim].add((int(start), int(end)))
    assert len(spans) > 200
    for found in spans.values():
        once = {(a, b) for a, b in found if a < first}
        early = {(a, b) for a, b in found if first <= a and b <= first + shift}
        late = {(a - shift, b - shift) for a, b in found if a >= first + shift}
        assert early == late
        assert len(found) == len(once) + 2 * len(early)
    pact = "agreement/seoul-guayaquil-2020"
    assert objects(store, pact, "party") == {"government/seoul", "government/guayaquil"}
    assert len(objects(store, pact, "hasSignature")) == 2
    assert len(objects(store, pact, "hasProvision")) == 7
    assert len(ask(store, "a", "?a citypact:party id:government\\/guayaquil .")) == 1


def test_a_day_without_month_stays_one_and_other_sources_date_it(store: Store) -> None:
    pact = "agreement/seoul-guayaquil-2020"
    claimed = ask(
        store,
        "document date spans",
        claims=f"?claim citypact:claims/rdf:subject <{ID}{pact}> ; citypact:claims ?statement ; "
        "citypact:inDocument ?document . ?statement rdf:predicate citypact:signingDate ; "
        "rdf:object ?date . BIND(EXISTS { ?claim citypact:evidence ?span } AS ?spans)",
    )
    assert claimed == {
        ("doc/seoul-guayaquil-2020", "date/XXXX-XX-30", "true"),
        ("doc/seoul-guayaquil-2020-asiae", "date/XXXX-XX-30", "false"),
        ("doc/seoul-guayaquil-2020-kharn", "date/XXXX-10-30", "false"),
        ("doc/seoul-guayaquil-2020-news1", "date/2020-10-30", "false"),
    }
    assert objects(store, pact, "signingDate") == {"date/2020-10-30"}
    assert objects(store, "date/XXXX-XX-30", "earliest") == set()
    assert objects(store, "date/XXXX-XX-30", "edtf") == {"XXXX-XX-30"}
    for name in ("asiae", "kharn", "news1"):
        assert len(objects(store, f"doc/seoul-guayaquil-2020-{name}", "address")) == 1
        assert objects(store, f"doc/seoul-guayaquil-2020-{name}", "sha256") == set()


def test_announced_becomes_signed_by_a_report_that_speaks_afterwards(
    store: Store, tmp_path: Path
) -> None:
    pact = "agreement/seoul-guayaquil-2020"
    assert objects(store, pact, "reportedStatus") == {
        "code/agreement-status/announced",
        "code/agreement-status/signed",
    }
    assert objects(store, pact, "status") == {"code/agreement-status/signed"}
    assert objects(store, "doc/seoul-guayaquil-2020-kharn", "saidAfterSigning") == {"true"}
    other = without(tmp_path, "seoul-guayaquil-2020-kharn")
    assert objects(other, pact, "status") == {"code/agreement-status/announced"}


@pytest.mark.parametrize("country", ["peru", "el-salvador"])
def test_a_country_that_is_only_hoped_for_is_in_no_tie(country: str, store: Store) -> None:
    iri = f"<{ID}country/{country}>"
    assert {p for _, p in ask(store, "s p", f"?s ?p {iri} .")} == {"concerns", "mentions"}
    assert ask(store, "s type", f"?s citypact:concerns {iri} ; a ?type .") == {
        ("prospect/wider-latin-american-cooperation", "Prospect")
    }
    assert objects(store, f"country/{country}", "hasDemandFor") == {
        "topic/smart-city",
        "topic/transport",
        "topic/public-safety",
    }
    said = {p for (p,) in ask(store, "p", f"{iri} ?p ?o .") if "/" not in p}
    assert said == {"hasDemandFor", "labelKorean", "labelEnglish"}


# San Francisco: one partnership, two agreements


def test_two_agreements_of_san_francisco_belong_to_one_partnership(store: Store) -> None:
    agreements = ask(store, "a", "?a citypact:party id:government\\/san-francisco .")
    assert agreements == {
        ("agreement/seoul-san-francisco-1976",),
        ("agreement/seoul-san-francisco-2013",),
    }
    partnerships = ask(
        store, "p", "?a citypact:party id:government\\/san-francisco ; citypact:ofPartnership ?p ."
    )
    assert partnerships == {("partnership/seoul-san-francisco",)}
    assert ask(store, "p", "?p citypact:partner id:city\\/san-francisco .") == partnerships
    assert objects(store, "agreement/seoul-san-francisco-2013", "buildsOn") == {
        "agreement/seoul-san-francisco-1976"
    }


# WeGO: who signs, who chairs, who is only invited


def test_seoul_chairs_wego_and_is_no_party_of_its_memorandum(store: Store) -> None:
    pact = "agreement/wego-eximbank-2016"
    assert objects(store, pact, "party") == {
        "network/wego",
        "organization/export-import-bank-of-korea",
    }
    assert ask(store, "who", "?who citypact:chairs id:network\\/wego .") == {("government/seoul",)}
    assert ask(store, "p", f"<{ID}{pact}> ?p <{ID}government/seoul> .") == set()
    assert ask(store, "p", f"<{ID}government/seoul> ?p <{ID}{pact}> .") == set()
    signers = ask(store, "for", f"<{ID}{pact}> citypact:hasSignature/citypact:onBehalfOf ?for .")
    assert ("government/seoul",) not in signers


def test_a_memorandum_that_is_to_be_signed_is_announced(store: Store) -> None:
    pact = "agreement/wego-eximbank-2016"
    assert objects(store, pact, "status") == {"code/agreement-status/announced"}


def test_london_is_invited_to_wego_and_in_no_tie_with_it(store: Store) -> None:
    both = "VALUES ?london { id:city\\/london id:government\\/london } "
    wego = "VALUES ?wego { id:network\\/wego id:office\\/wego-secretariat } "
    assert ask(store, "p", both + wego + "{ ?london ?p ?wego } UNION { ?wego ?p ?london }") == set()
    between = ask(
        store,
        "type",
        both + wego + "?x ?p ?london ; ?q ?wego ; a ?type . "
        "FILTER NOT EXISTS { ?type rdfs:subClassOf+ ?above . ?above a owl:Class }",
    )
    assert between == {("Prospect",), ("SourceDocument",)}
    assert ask(store, "m", both + "?m citypact:member ?london .") == set()
    assert ask(
        store,
        "x modality",
        both + "?x citypact:addressedTo ?london ; citypact:modality ?modality ; "
        "citypact:concerns id:network\\/wego .",
    ) == {("prospect/london-suggested-for-wego", "code/modality/proposed")}


# Los Angeles: two offices sign a text in two languages


def test_the_memorandum_with_los_angeles_is_signed_by_posts_without_persons(store: Store) -> None:
    pact = "agreement/seoul-los-angeles-2019"
    signed = f"<{ID}{pact}> citypact:hasSignature ?s . ?s citypact:signatoryPost ?post ."
    assert {post for _, post in ask(store, "s post", signed)} == {
        "post/los-angeles-chief-information-officer",
        "post/seoul-smart-city-director-general",
    }
    persons = signed + " ?s citypact:signatory ?person ."
    assert ask(store, "person", persons) == set()


def test_what_stands_in_one_language_version_alone_can_be_listed(store: Store) -> None:
    languages: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for subject, predicate, value, language in ask(
        store,
        "s p o language",
        claims=f"?claim citypact:inDocument <{ID}doc/seoul-los-angeles-2019> ; citypact:claims ?st "
        "; citypact:evidence/citypact:spanLanguage ?language . "
        "?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .",
    ):
        languages[subject, predicate, value].add(language.removeprefix("code/language/"))
    pact = "agreement/seoul-los-angeles-2019"
    article = f"{pact}/provision/article-"
    expected = {
        (pact, "copiesPerLanguage", "1"): "ko",
        (f"{article}2/provision/inclusion", "forGroup", "code/group/socially-vulnerable"): "ko",
        (f"{article}4/provision/joint-body", "namesBody", "실무 위원회"): "ko",
        (f"{article}4/provision/practical-exchange", "force", "code/force/strives"): "ko",
        (f"{article}4/provision/joint-body", "namesBody", "twinning committee"): "en",
        (f"{article}1/provision/related-programs", "force", "code/force/commits"): "en",
        (
            f"{pact}/provision/introduction/provision/use-of-data",
            "aim",
            "topic/digital-literacy",
        ): "en",
        (pact, "legallyBinding", "false"): "both",
        (pact, "party", "government/los-angeles"): "both",
    }
    for statement, language in expected.items():
        assert languages[statement] == ({"ko", "en"} if language == "both" else {language})


def test_every_span_of_a_text_with_versions_lies_in_one(store: Store) -> None:
    for slug in ("seoul-los-angeles-2019", "seoul-london-2017", "wego-eximbank-2016"):
        spans = f"?span a citypact:TextSpan ; citypact:inDocument <{ID}doc/{slug}> . "
        lost = "FILTER NOT EXISTS { ?span citypact:spanLanguage ?language }"
        assert ask(store, "span", claims=spans)
        assert ask(store, "span", claims=spans + lost) == set()


# Laws of any graph


def test_a_city_and_its_government_are_two_things(store: Store) -> None:
    governs = ask(store, "government city", "?government citypact:governs ?city .")
    assert len(governs) >= 7
    for government, city in governs:
        assert (government.split("/")[0], city.split("/")[0]) == ("government", "city")
        assert government.split("/")[1] == city.split("/")[1]
    assert ask(store, "x", "?x a citypact:City , citypact:Organization .") == set()
    assert ask(store, "x", "?x a citypact:City . ?a citypact:party ?x .") == set()
    assert ask(store, "x", "?x a citypact:Organization ; citypact:latitude ?y .") == set()


def test_there_are_no_blank_nodes(any_store: Store) -> None:
    for quad in any_store.inner:
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        assert quad.graph_name in (DEFAULT, CLAIMS, DERIVATIONS) or listed(quad)


def listed(quad: ox.Quad) -> bool:
    """Whether a quad stands in the graph of an imported list, which is its source's claim."""
    name = quad.graph_name
    return isinstance(name, ox.NamedNode) and name.value.startswith(IMPORT_GRAPH)


def statements(store: Store, graph: ox.NamedNode) -> dict[ox.NamedNode, ox.Triple]:
    """The triples that statement nodes of a graph describe."""
    parts: dict[ox.NamedNode, dict[str, object]] = defaultdict(dict)
    for name in ("subject", "predicate", "object"):
        for quad in store.inner.quads_for_pattern(None, ox.NamedNode(RDF + name), None, graph):
            assert name not in parts[quad.subject]
            parts[quad.subject][name] = quad.object
    return {
        node: ox.Triple(found["subject"], found["predicate"], found["object"])
        for node, found in parts.items()
    }


def accepted(store: Store) -> set[ox.Triple]:
    """What the claims make facts, worked out once more and in another way than by the rule."""
    triples = statements(store, CLAIMS)
    kinds = {ox.NamedNode(NS + name) for name in ("Prospect", "Provision")}
    spoken_of = {t.subject for t in triples.values() if t.predicate == TYPE and t.object in kinds}
    heard = {ox.NamedNode(f"{CODE}modality/{name}") for name in ("asserted", "reported")}
    ranks: dict[tuple[ox.NamedNode, ox.NamedNode], dict[str, set[ox.Triple]]] = defaultdict(
        lambda: defaultdict(set)
    )

    def one(claim: ox.NamedNode, name: str) -> ox.NamedNode:
        (quad,) = store.inner.quads_for_pattern(claim, term(name), None, CLAIMS)
        return quad.object

    for quad in store.inner.quads_for_pattern(None, term("claims"), None, CLAIMS):
        triple = triples[quad.object]
        if one(quad.subject, "modality") in heard or triple.subject in spoken_of:
            rank = short(one(quad.subject, "rank")).removeprefix("code/rank/")
            ranks[triple.subject, triple.predicate][rank].add(triple)
    return {
        triple
        for by_rank in ranks.values()
        for triple in (by_rank["preferred"] or by_rank["normal"])
    }


def test_there_is_no_fact_without_a_source(any_store: Store) -> None:
    ontology = set(vocabulary_quads())
    derived = set(statements(any_store, DERIVATIONS).values())
    facts = accepted(any_store)
    lists = {quad.triple for quad in any_store.inner if listed(quad)}
    labels = {
        ox.NamedNode(NS + name): language
        for name, language in (("labelKorean", "ko"), ("labelEnglish", "en"))
    }
    for quad in any_store.inner.quads_for_pattern(None, None, None, DEFAULT):
        triple = quad.triple
        if triple in ontology or triple in facts or triple in derived or triple in lists:
            continue
        if triple.subject.value.startswith(ID + "date/"):
            date = read_date(triple.subject.value)
            assert (triple.subject, triple.predicate, triple.object) in set(date_triples(date))
            continue
        # What is left are plain labels of terms that the ontology names.
        name = ox.Literal(triple.object.value, language=labels[triple.predicate])
        assert ox.Triple(triple.subject, ox.NamedNode(SKOS + "prefLabel"), name) in ontology


def test_every_date_is_a_literal_as_well(any_store: Store) -> None:
    datatypes = {"day": "date", "month": "gYearMonth", "year": "gYear"}
    seen = set()
    for prop in vocabulary().properties.values():
        if prop.kind != "date" or prop.name in ("when", "claimedAsOf"):
            continue
        expected = defaultdict(set)
        for quad in any_store.quads(None, ox.NamedNode(prop.iri), None, DEFAULT):
            date = read_date(quad.object.value)
            for suffix, day in (("Earliest", date.begin), ("Latest", date.end)):
                if day:
                    expected[suffix].add((quad.subject, str(day), "date"))
            if date.precision in datatypes and not date.qualifier:
                seen.add(date.precision)
                said = (quad.subject, date.text, datatypes[date.precision])
                expected["Value"].add(said)
        for suffix in ("Value", "Earliest", "Latest"):
            found = any_store.quads(None, ox.NamedNode(prop.iri + suffix), None, DEFAULT)
            literals = {
                (q.subject, q.object.value, q.object.datatype.value.removeprefix(XSD))
                for q in found
            }
            assert literals == expected[suffix], prop.name
    assert seen >= {"day", "year"}


def test_every_list_is_the_claim_of_a_document_with_an_address(any_store: Store) -> None:
    for name in {quad.graph_name.value for quad in any_store.inner if listed(quad)}:
        document = ox.NamedNode(f"{ID}doc/{name.removeprefix(IMPORT_GRAPH)}")
        address = any_store.inner.quads_for_pattern(document, term("address"), None, DEFAULT)
        assert len(list(address)) == 1


def test_every_accepted_claim_is_a_fact(any_store: Store) -> None:
    for triple in accepted(any_store):
        assert ox.Quad(triple.subject, triple.predicate, triple.object) in any_store.inner


def test_what_is_not_accepted_stands_nowhere_as_a_fact(any_store: Store) -> None:
    derived = set(statements(any_store, DERIVATIONS).values())
    ontology = set(vocabulary_quads())
    refused = set(statements(any_store, CLAIMS).values()) - accepted(any_store) - derived - ontology
    assert refused
    for triple in refused:
        assert ox.Quad(triple.subject, triple.predicate, triple.object) not in any_store.inner


def test_every_derived_statement_has_a_rule_and_leads_to_claims(any_store: Store) -> None:
    known = {rule.iri for rule in rules()}
    claimed, derived = statements(any_store, CLAIMS), statements(any_store, DERIVATIONS)
    described = {*claimed, *derived}
    premises: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for quad in any_store.inner.quads_for_pattern(None, term("premise"), None, DERIVATIONS):
        premises[quad.subject].add(quad.object)
    for node, triple in derived.items():
        quads = any_store.inner.quads_for_pattern(node, term("derivedBy"), None, DERIVATIONS)
        found = {quad.object for quad in quads}
        assert found and found <= known
        assert premises[node] <= described
        assert ox.Quad(triple.subject, triple.predicate, triple.object) in any_store.inner
    # From the claimed statements upwards: in a few steps everything is reached.
    reached = set(claimed)
    for _ in range(8):
        reached |= {node for node in derived if premises[node] and premises[node] <= reached}
    assert set(derived) <= reached


def test_statements_and_claims_are_named_after_what_they_say(any_store: Store) -> None:
    for graph in (CLAIMS, DERIVATIONS):
        for node, triple in statements(any_store, graph).items():
            text = f"{triple.subject}\n{triple.predicate}\n{triple.object}"
            assert node.value == ID + "statement/" + hashlib.sha256(text.encode()).hexdigest()[:32]
            assert node == statement_iri((triple.subject, triple.predicate, triple.object))
    claims = ask(
        any_store,
        "claim statement document modality",
        claims="?claim citypact:claims ?statement ; citypact:inDocument ?document ; "
        "citypact:modality ?modality .",
    )
    assert len(claims) > 1500
    for claim, statement, document, modality in claims:
        word = modality.removeprefix("code/modality/")
        expected = claim_iri(ox.NamedNode(ID + statement), ID + document, word)
        assert expected.value == ID + claim
        text = f"{ID}{statement}\n{ID}{document}\n{word}"
        assert claim == "claim/" + hashlib.sha256(text.encode()).hexdigest()[:32]


def test_names_of_statements_do_not_change_from_version_to_version() -> None:
    seoul = (
        ox.NamedNode(ID + "government/seoul"),
        ox.NamedNode(NS + "governs"),
        ox.NamedNode(ID + "city/seoul"),
    )
    assert short(statement_iri(seoul)) == "statement/711cd5a8bfddf3b01fbd7ec1801f8758"
    assert span_iri(ID + "doc/x", (1, 5)).value == ID + "doc/x#char=1,5"


def test_the_bookkeeping_of_claims_is_without_fault(any_store: Store) -> None:
    assert claim_problems(any_store.inner) == []


# What ranks and modalities do to facts


def test_a_deprecated_claim_makes_no_fact(tmp_path: Path) -> None:
    value = "{is: 2015-03-02, rank: deprecated, reason: {ko: 오기, en: A slip.}}"
    found = small(tmp_path, (SIGNED, f"    signed: [2015-03, {value}]\n"), ("-02\n", "-31\n"))
    assert objects(found, PACT, "signingDate") == {"date/2015-03"}
    assert len(ask(found, "s", claims="?s rdf:predicate citypact:signingDate .")) == 2


def test_a_preferred_claim_goes_before_others(tmp_path: Path) -> None:
    value = "{is: 2015-03-01, rank: preferred, reason: {ko: 원본, en: The original.}}"
    found = small(tmp_path, (SIGNED, f"    signed: [2015-03-02, 2015-03, {value}]\n"))
    assert objects(found, PACT, "signingDate") == {"date/2015-03-01"}


def test_a_preferred_claim_of_another_document_goes_before(tmp_path: Path) -> None:
    value = "{is: 2015-03-01, rank: preferred, reason: {ko: 원본, en: The original.}}"
    other = f"agreements:\n  seoul-hanoi-2015:\n    signed: {value}\n"
    found = small(tmp_path, other=other)
    assert objects(found, PACT, "signingDate") == {"date/2015-03-01"}


def test_what_is_only_expected_is_no_fact_and_outranks_none(tmp_path: Path) -> None:
    reason = "rank: preferred, reason: {ko: 원본, en: The original.}"
    found = small(
        tmp_path,
        ("[seoul, hanoi]", "[seoul, hanoi, {is: wego, modality: expected}]"),
        (
            SIGNED,
            SIGNED[:-2] + f"}}\n    place: {{is: city/seoul, modality: expected, {reason}}}\n",
        ),
        ("status: signed", f"status: [signed, {{is: announced, modality: expected, {reason}}}]"),
    )
    assert objects(found, PACT, "party") == {"government/seoul", "government/hanoi"}
    assert objects(found, PACT, "signingPlace") == set()
    assert objects(found, PACT, "reportedStatus") == {"code/agreement-status/signed"}
    assert ask(found, "a", "?a citypact:party id:network\\/wego .") == set()
    cooperating = ask(found, "a b", "?a citypact:cooperatesWith ?b .")
    assert cooperating == {("city/seoul", "city/hanoi"), ("city/hanoi", "city/seoul")}


def test_an_expected_value_outranks_no_asserted_one(tmp_path: Path) -> None:
    reason = "rank: preferred, reason: {ko: 원본, en: The original.}"
    value = f"{{is: 2015-03-01, modality: expected, {reason}}}"
    found = small(tmp_path, (SIGNED, f"    signed: [2015-03-02, {value}]\n"))
    assert objects(found, PACT, "signingDate") == {"date/2015-03-02"}


@pytest.mark.parametrize(
    "other", [{"as_of": parse_edtf("2020")}, {"rank": "preferred"}, {"is_inferred": True}]
)
def test_one_document_cannot_claim_one_thing_in_two_ways(other: dict[str, Any]) -> None:
    place = Place("record.yaml", 1, "field")
    value = ox.NamedNode(f"{ID}city/seoul")
    one = Claim(f"{ID}a", f"{NS}b", value, f"{ID}doc/c", place, as_of=parse_edtf("2019"))
    assert conflicting_claims(Sources(claims=[one, one])) == []
    twice = replace(one, **other)
    assert conflicting_claims(Sources(claims=[one, twice])) == [(one, twice)]


def test_what_is_claimed_and_accepted_is_not_derived_as_well(any_store: Store) -> None:
    derived = {quad.subject for quad in any_store.quads(None, term("derivedBy"), None, DERIVATIONS)}
    asserted = f"?c citypact:modality <{CODE}modality/asserted> ; citypact:rank <{CODE}rank/normal>"
    rows = any_store.solutions(
        f"SELECT ?s {{ GRAPH <{CLAIMS.value}> {{ {asserted} ; citypact:claims ?s }} }}"
    )
    assert not derived & {row["s"] for row in rows}


def test_an_expected_thing_leaves_nothing_in_the_facts_but_its_name(tmp_path: Path) -> None:
    found = small(tmp_path, ("    role: member\n", "    role: member\n    modality: expected\n"))
    assert ask(found, "p", f"<{ID}membership/hanoi-wego> ?p ?o .") == set()
    assert ask(found, "o", "?o citypact:memberOf ?p .") == set()
    expected = ask(found, "c", claims=f"?c citypact:modality <{CODE}modality/expected> .")
    assert len(expected) == 4


ANNOUNCED = """\
document:
  id: three-announced
  label: {ko: 체결 예고, en: Announcement of agreements}
  type: press-article
  address: https://example.org/announced
  published: 2015-01-01
cities:
  suva: {label: {ko: 수바, en: Suva}}
  lagos: {label: {ko: 라고스, en: Lagos}}
governments:
  suva: {label: {ko: 수바시, en: City of Suva}, governs: suva}
  lagos: {label: {ko: 라고스시, en: City of Lagos}, governs: lagos}
agreements:
  seoul-suva:
    label: {ko: 서울–수바 협정, en: Seoul–Suva Agreement}
    form: agreement
    parties: [seoul, suva]
    signed: 2015-04-10
    status: announced
    partnership: seoul-suva
  seoul-hanoi-again:
    label: {ko: 서울–하노이 협정, en: Seoul–Hanoi Agreement}
    form: agreement
    parties: [seoul, hanoi]
    status: announced
partnerships:
  seoul-suva:
    label: {ko: 서울–수바 관계, en: Partnership of Seoul and Suva}
    partners: [seoul, suva]
    relation_type: {is: friendship-city, modality: expected}
    established: {is: 2015-04-10, modality: expected}
  seoul-lagos:
    label: {ko: 서울–라고스 관계, en: Partnership of Seoul and Lagos}
    modality: expected
    partners: [seoul, lagos]
"""


def test_ties_that_are_only_announced_or_expected_are_shown_as_such_and_join_nobody(
    tmp_path: Path,
) -> None:
    write_small(tmp_path)
    (tmp_path / "records/announced.yaml").write_text(ANNOUNCED, encoding="utf-8")
    found = make_graph(tmp_path)
    graph = Graph(found)

    # Hanoi's other agreement is signed: that the two cooperate is known.
    cooperating = ask(found, "a b", "?a citypact:cooperatesWith ?b .")
    assert cooperating == {("city/seoul", "city/hanoi"), ("city/hanoi", "city/seoul")}
    expecting = ask(found, "b", "id:city\\/seoul citypact:expectsCooperationWith ?b .")
    assert expecting == {("city/suva",), ("city/lagos",)}
    assert ask(found, "p", "?p a citypact:Partnership .") == set()
    assert ask(found, "p", "?p citypact:partner ?c .") == set()
    expected = ask(found, "p", "?p a citypact:ExpectedPartnership ; citypact:tieStatus ?s .")
    assert expected == {("partnership/seoul-suva",), ("partnership/seoul-lagos",)}

    partners = graph.query("partners-of-city", city="Seoul")
    assert [(row["partner"], row["status"], row["agreements"]) for row in partners.records()] == [
        ("Hanoi", "Established", 1),
        ("Lagos", "Expected", 0),
        ("Suva", "Expected", 0),
    ]
    listed = graph.query("partnerships")
    assert {(row["partners"], row["relationships"], row["status"]) for row in listed.records()} == {
        ("Lagos|Seoul", None, "Expected"),
        ("Seoul|Suva", "Friendship city", "Expected"),
    }
    assert all(partners.sources()) and all(listed.sources())
    assert {
        (r["status"], r["date"]) for r in graph.query("agreements-of-city", city="Suva").records()
    } == {("Announced", "2015-04-10")}

    graph.export("sqlite", tmp_path / "graph.db")
    with closing(sqlite3.connect(tmp_path / "graph.db")) as tables:
        assert tables.execute("SELECT COUNT(*) FROM partnerships").fetchone() == (0,)
        assert tables.execute("PRAGMA foreign_key_check").fetchall() == []

    suva = ID + "government/suva"
    for name in ("actors", "cities", "topics", "overview"):
        assert not {suva, ID + "city/suva"} & set(graph.network(name)), name
    network = graph.network("actors", prospects=True)
    ties = network.get_edge_data(ID + "government/seoul", suva)
    assert {tie["relation"] for tie in ties.values()} == {"agreement", "prospect"}
    assert all(tie["prospect"] for tie in ties.values())
    behind = documents_of_edges(found, network, Filter(prospects=True))
    assert {d for edge, ds in behind.items() if suva in edge for d in ds} == {
        ID + "doc/three-announced"
    }


@pytest.mark.parametrize("modality", ["asserted", "reported"])
def test_what_is_asserted_or_reported_is_a_fact(modality: str, tmp_path: Path) -> None:
    found = small(tmp_path, ("inferred: true}", f"modality: {modality}}}"))
    assert objects(found, PACT, "topic") == {"topic/smart-city", "topic/e-government"}


@pytest.mark.parametrize("modality", ["expected", "proposed", "invited", "requested", "optional"])
def test_what_is_put_otherwise_is_none(modality: str, tmp_path: Path) -> None:
    found = small(tmp_path, ("inferred: true}", f"modality: {modality}}}"))
    assert objects(found, PACT, "topic") == {"topic/smart-city"}


def test_an_optional_provision_is_a_fact_about_the_agreement(tmp_path: Path) -> None:
    found = small(
        tmp_path,
        ("kind: item", "kind: item\n        modality: optional\n        force: may"),
        ("actions: share-policies", "actions: share-policies\n        topics: tourism"),
    )
    part = f"{PACT}/provision/sharing"
    assert objects(found, PACT, "hasProvision") == {part}
    assert objects(found, part, "force") == {"code/force/may"}
    assert objects(found, PACT, "covers") == {
        "topic/smart-city",
        "topic/e-government",
        "topic/tourism",
    }


# Announced and signed


@pytest.mark.parametrize(
    ("published", "signed", "status"),
    [
        ("2015-03-02", "2015-03-02", "signed"),
        ("2015-03-03", "2015-03-02", "signed"),
        ("2016", "2015-03-02", "signed"),
        ("2015-04-01", "2015-03", "signed"),
        ("2015-03-31", "2015-03", "signed"),
        ("2015-03-15", "2015-03", ""),
        ("2015", "2015-03-02", ""),
        ("2015-03", "2015-03", ""),
    ],
)
def test_signed_needs_a_document_that_speaks_at_or_after_the_signing(
    published: str, signed: str, status: str, tmp_path: Path
) -> None:
    edits = [
        ("published: 2015-03-02", f"published: {published}"),
        ("signed: {is: 2015-03-02", f"signed: {{is: {signed}"),
        # Where nothing shows the signing the announcement of another source stands.
        ("status: signed", "status: [announced, signed]"),
    ]
    found = small(tmp_path, *edits)
    expected = f"code/agreement-status/{status or 'announced'}"
    assert objects(found, PACT, "status") == {expected}


def test_the_text_of_an_agreement_shows_that_it_is_signed(tmp_path: Path) -> None:
    full = "  full_text_of: {is: seoul-hanoi-2015, at: 0-45}\n"
    found = small(tmp_path, ("  published: 2015-03-02\n", full))
    assert objects(found, PACT, "status") == {"code/agreement-status/signed"}


def test_a_deprecated_claim_does_not_make_an_agreement_signed(tmp_path: Path) -> None:
    late = (
        "  published: 2020-01-01\nagreements:\n  seoul-hanoi-2015:\n    status:\n"
        "      {is: signed, rank: deprecated, reason: {ko: 오보, en: A false report.}}\n"
    )
    edits = [
        ("  published: 2015-03-02\n", ""),
        ("status: signed", "status: [announced, signed]"),
    ]
    found = small(tmp_path, *edits, late=late)
    assert objects(found, PACT, "status") == {"code/agreement-status/announced"}


# Short ways


def test_short_ways_follow_from_the_longer_ones(tmp_path: Path) -> None:
    found = small(tmp_path, ("role: member", "role: chair"))
    assert objects(found, "government/hanoi", "memberOf") == {"network/wego"}
    assert objects(found, "government/hanoi", "chairs") == {"network/wego"}
    assert objects(found, "city/seoul", "cooperatesWith") == {"city/hanoi"}
    assert objects(found, PACT, "covers") == {"topic/smart-city", "topic/e-government"}
    assert objects(found, "membership/hanoi-wego", "labelEnglish") == {"City of Hanoi – WeGO"}
    assert objects(found, f"{PACT}/signature/seoul", "labelKorean") == {"서울특별시 – 박 시장"}
    assert ("government/seoul",) in ask(found, "x", "?x a citypact:Organization .")
    mentioned = objects(found, "doc/seoul-hanoi-2015", "mentions")
    assert {"government/hanoi", PACT, "prospect/hanoi-invited"} <= mentioned
    assert "doc/seoul-hanoi-2015" not in mentioned


def test_a_name_in_a_record_goes_before_one_by_rule(tmp_path: Path) -> None:
    name = "    label: {ko: 하노이의 회원 자격, en: Membership of Hanoi}\n"
    found = small(tmp_path, ("    member: hanoi\n", f"{name}    member: hanoi\n"))
    assert objects(found, "membership/hanoi-wego", "labelEnglish") == {"Membership of Hanoi"}


def test_a_participation_is_named_after_the_person_before_the_post_before_the_body(
    tmp_path: Path,
) -> None:
    event = (
        "events:\n  forum:\n    label: {ko: 포럼, en: Forum}\n    at: 63-84\n    type: meeting\n"
    )
    people = {
        "all": "[park, seoul-mayor, government/seoul]",
        "two": "[seoul-mayor, government/seoul]",
        "one": "government/seoul",
    }
    listed = "".join(f"      {name}: {{who: {who}}}\n" for name, who in people.items())
    participants = f"    participants:\n{listed}      none: {{group: residents}}\n"
    found = small(tmp_path, ("prospects:\n", f"{event}{participants}prospects:\n"))
    part = "event/forum/participant/"
    assert [objects(found, part + name, "labelEnglish") for name in people] == [
        {"Mayor Park"},
        {"Mayor of Seoul"},
        {"Seoul Metropolitan Government"},
    ]
    assert len(objects(found, part + "none", "labelKorean")) == 1


def test_official_names_are_aliases(store: Store) -> None:
    names = ask(
        store,
        "name",
        "id:network\\/wego skos:altLabel ?name . FILTER(LANG(?name) = 'en')",
    )
    assert ("World e-Governments Organization of Cities and Local Governments",) in names


def test_rules_say_in_both_languages_what_they_do() -> None:
    found = rules()
    assert [rule.name for rule in found] == sorted(rule.name for rule in found)
    for rule in found:
        assert all(rule.title[language] and rule.purpose[language] for language in ("ko", "en"))
