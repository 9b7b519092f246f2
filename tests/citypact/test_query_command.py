"""`citypact query`: named queries, SPARQL text and files, formats, sources, hostile values."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from pathlib import Path

import pandas
import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare
import rdflib.plugins.parsers.notation3

from citypact.commands.query import command
from citypact.graph.provenance.named_queries import named_queries
from citypact.graph.provenance.vocabulary_terms import vocabulary_terms
from citypact.graph.sparql.notes import claim_terms, derivation_terms, notes_on_text
from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.store.base import LocalStore
from citypact.ontology import NS, RDF
from citypact.ontology.vocabulary import prefixes
from tests.running import citypact

ASK = ["agreements-of-city", "--city", "과야킬"]
HOSTILE = [
    '"} UNION {?s ?p ?o} #',
    "<script>alert(1)</script>",
    "\x1b[31mred",
    "\u202eesrever",
    "x" * 10_000,
    "' \" ''' \"\"\" \\",
    "line\nline",
    "<https://w3id.org/citypact/id/city/seoul>",
    "UNDEF",
    "1e3",
    "",
]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_list_names_every_query_with_title_purpose_and_parameters(language: str) -> None:
    listed = citypact("query", "--list", "--language", language).out
    assert len(named_queries()) > 20
    for query in named_queries().values():
        assert f"{query.name}  {query.title[language]}\n    {query.purpose[language]}" in listed
        for parameter in query.parameters:
            assert f"--{parameter.name} <{parameter.type}>  {parameter.meaning[language]}" in listed
            assert parameter.example in listed


def test_no_parameter_hides_behind_an_option() -> None:
    options = {name.lstrip("-") for option in command.params for name in option.opts}
    for query in named_queries().values():
        assert not options & {parameter.name for parameter in query.parameters}, query.name


@pytest.mark.parametrize(
    "name", ["과야킬", "Guayaquil", "guayaquil", "city/guayaquil", "GUAYAQUIL"]
)
def test_a_city_goes_by_every_name_it_has(build: Path, name: str) -> None:
    shown = citypact("query", "agreements-of-city", "--city", name, "--build", build).out
    assert "Seoul–Guayaquil Agreement on Smart City Cooperation" in shown
    assert shown == citypact("query", *ASK, "--build", build).out
    assert shown == citypact("query", "agreements-of-city", f"--city={name}", "--build", build).out


def test_names_come_in_the_language_asked_for(build: Path) -> None:
    shown = citypact("query", *ASK, "--build", build, "--language", "ko").out
    assert "서울" in shown
    assert "Seoul" not in shown


def test_csv_parses_back_with_names_in_both_languages(build: Path) -> None:
    done = citypact("query", *ASK, "--build", build, "--format", "csv")
    assert done.raw.startswith(codecs.BOM_UTF8), "Excel in Korea else reads it as CP949"
    text = done.out
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["partners"] == "https://w3id.org/citypact/id/city/seoul"
    assert (row["partners_ko"], row["partners_en"], row["date"]) == ("서울", "Seoul", "2020-10-30")
    frame = pandas.read_csv(io.StringIO(text))
    assert list(frame["agreement_en"]) == ["Seoul–Guayaquil Agreement on Smart City Cooperation"]
    with_sources = citypact("query", *ASK, "--build", build, "--format", "csv", "--why").out
    (row,) = csv.DictReader(io.StringIO(with_sources))
    assert "#char=" in row["sources"]


def test_several_values_of_a_cell_are_each_shown_by_name(build: Path) -> None:
    ask = ["query", "agreements-on-topic", "--topic", "digital-innovation", "--build", build]
    (row,) = csv.DictReader(io.StringIO(citypact(*ask, "--format", "csv").out))
    names = row["parties_en"].split("|")
    assert names == ["Greater London Authority", "Seoul Metropolitan Government"]
    (row,) = json.loads(citypact(*ask, "--format", "json").out)["rows"]
    assert [party["en"] for party in row["parties"]] == names
    assert f"parties: {', '.join(names)} |" in citypact(*ask, "--why", "--language", "en").out


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_cell_of_csv_is_a_formula(build: Path, text: str) -> None:
    query = f"SELECT ?text ?number {{ BIND('{text}' AS ?text) BIND(-1 AS ?number) }}"
    found = citypact("query", "--text", query, "--build", build, "--format", "csv").out
    assert list(csv.DictReader(io.StringIO(found))) == [{"text": f"'{text}", "number": "-1"}]


def test_a_carriage_return_breaks_no_row_of_csv(build: Path) -> None:
    query = r"SELECT ?text { BIND('one\r=1+1' AS ?text) }"
    found = citypact("query", "--text", query, "--build", build, "--format", "csv").raw
    assert b'"one\r=1+1"\n' in found


def test_json_parses_back_with_sources(build: Path) -> None:
    plain = json.loads(citypact("query", *ASK, "--build", build, "--format", "json").out)
    assert plain["columns"][:2] == ["city", "partners"]
    (row,) = plain["rows"]
    assert [partner["ko"] for partner in row["partners"]] == ["서울"]
    told = json.loads(citypact("query", *ASK, "--build", build, "--format", "json", "--why").out)
    (row,) = told["rows"]
    assert row["values"] == plain["rows"][0]
    signing = [claim for claim in row["sources"] if claim["predicate"].endswith("#signingDate")]
    assert signing
    assert all(claim["document"] and claim["title"]["ko"] for claim in row["sources"])


def test_turtle_of_rows_is_the_statements_behind_them(build: Path) -> None:
    text = citypact("query", *ASK, "--build", build, "--format", "ttl").out
    behind = rdflib.Graph().parse(data=text, format="turtle")
    everything = rdflib.Graph().parse(build / "facts.ttl", format="turtle")
    assert len(behind) > 3
    assert set(behind) <= set(everything)


def test_what_editors_alone_state_is_said_to_be_theirs(whole_build: Path) -> None:
    """Also along a path, where no document is behind a row."""
    text = "SELECT ?y { ?x citypact:unitOf+ ?y FILTER(CONTAINS(STR(?x), 'abu-dhabi-dmt')) }"
    shown = citypact("query", text, "--build", whole_build, "--why", "--language", "en").out
    assert "[statement of the editors]" in shown


def test_sources_name_document_address_and_span(build: Path) -> None:
    shown = citypact("query", *ASK, "--build", build, "--why").out
    for part in ("1. city: Guayaquil", "signing date", "https://www.news1.kr/articles/?4102947"):
        assert part in shown
    assert "char=48,58" in shown


def test_construct_and_describe_make_turtle(build: Path) -> None:
    for text, least in (
        ("CONSTRUCT { ?c a citypact:City } WHERE { ?c a citypact:City }", 5),
        ("CONSTRUCT WHERE { ?c a citypact:City }", 5),
        ("DESCRIBE topic:smart-city", 3),
    ):
        done = citypact("query", "--text", text, "--build", build, "--format", "ttl")
        assert len(rdflib.Graph().parse(data=done.out, format="turtle")) >= least
        assert citypact("query", "--text", text, "--build", build).out == done.out
        refused = citypact("query", "--text", text, "--build", build, "--format", "table", code=2)
        assert "--format ttl" in refused.err


STANDARD = {"sparql-json": "json", "sparql-xml": "xml", "sparql-csv": "csv", "sparql-tsv": "tsv"}


@pytest.mark.parametrize("form", STANDARD)
def test_results_come_in_the_formats_of_the_w3c(build: Path, form: str) -> None:
    """Another library reads terms of all kinds as its own engine finds them."""
    text = """
        SELECT ?unbound ?n ?day ?is ?label ?text ?thing ?node WHERE {
          ?thing citypact:numberOfAreas ?n ; citypact:signingDate/citypact:earliest ?day ;
            skos:prefLabel ?label
          BIND(true AS ?is) BIND("=1, \\"two\\"\\nlines\\t<b>" AS ?text) BIND(BNODE() AS ?node)
        } ORDER BY ?thing ?label"""
    done = citypact("query", "--text", text, "--build", build, "--format", form)
    found = rdflib.query.Result.parse(io.BytesIO(done.raw), format=STANDARD[form])
    names = ["unbound", "n", "day", "is", "label", "text", "thing", "node"]
    assert [str(name) for name in found.vars or ()] == names
    graph = rdflib.Graph().parse(build / "facts.ttl", format="turtle")
    wanted = graph.query(text, initNs=prefixes())
    rows = [row.asdict() for row in wanted]
    assert rows and len(rows) == len(found)
    for row, expected in zip(found.bindings, rows, strict=True):
        assert ("unbound" in row) is False
        assert isinstance(row[rdflib.Variable("node")], rdflib.BNode)
        for name in names[1:-1]:
            value = row[rdflib.Variable(name)]
            if form == "sparql-csv":
                assert str(value) == str(expected[name])
            else:
                assert value == expected[name]


@pytest.mark.parametrize("form", STANDARD)
@pytest.mark.parametrize("answer", ["true", "false"])
def test_ask_comes_in_the_formats_of_the_w3c(build: Path, form: str, answer: str) -> None:
    text = f"ASK {{ FILTER({answer}) }}"
    out = citypact("query", "--text", text, "--build", build, "--format", form).out
    if form in ("sparql-csv", "sparql-tsv"):
        assert out == f"{answer}\n"
        return
    found = rdflib.query.Result.parse(io.BytesIO(out.encode()), format=STANDARD[form])
    assert found.askAnswer is (answer == "true")


@pytest.mark.parametrize("form", STANDARD)
def test_named_queries_come_in_the_formats_of_the_w3c(build: Path, form: str) -> None:
    out = citypact("query", *ASK, "--build", build, "--format", form).raw
    found = rdflib.query.Result.parse(io.BytesIO(out), format=STANDARD[form])
    (row,) = found.bindings
    assert str(row[rdflib.Variable("partners")]) == "https://w3id.org/citypact/id/city/seoul"
    refused = citypact("query", *ASK, "--build", build, "--format", form, "--why", code=2)
    assert "has no place for sources" in refused.err
    making = ["--text", "DESCRIBE topic:smart-city", "--format", form, "--build", build]
    assert "--format ttl, nt or jsonld" in citypact("query", *making, code=2).err


TRIPLES = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld"}
MAKING_TRIPLES = {
    "construct": "CONSTRUCT { ?c skos:prefLabel ?n ; a citypact:City ; skos:note 1.5, 'oa:x' } "
    "WHERE { ?c a citypact:City ; skos:prefLabel ?n }",
    "describe": "DESCRIBE agreement:seoul-london-2017",
    "statements behind rows": "SELECT ?d { agreement:seoul-london-2017 citypact:signingDate ?d }",
    "blank nodes": "CONSTRUCT { ?c rdfs:seeAlso [ a skos:Concept ] } WHERE { ?c a citypact:City }",
    "nothing": "CONSTRUCT WHERE { ?c a citypact:Nothing }",
}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("text", MAKING_TRIPLES.values(), ids=MAKING_TRIPLES)
def test_triples_come_in_three_formats_with_the_prefixes_that_they_use(
    build: Path, text: str
) -> None:
    graphs = {}
    for form, name in TRIPLES.items():
        out = citypact("query", "--text", text, "--build", build, "--format", form).out
        graphs[form] = rdflib.Graph().parse(data=out, format=name)
        for prefix in re.findall(r"^@prefix ([^:]+):", out, re.MULTILINE):
            less = out.replace(f"@prefix {prefix}: ", f"@prefix other-{prefix}: ")
            with pytest.raises(rdflib.plugins.parsers.notation3.BadSyntax):
                rdflib.Graph(bind_namespaces="none").parse(data=less, format="turtle")
        if form == "jsonld" and out.startswith("{"):
            prefixes_of_context = {n for n in json.loads(out)["@context"] if n[0] != "@"}
            words = set(re.findall(r'"([a-z]+):[A-Za-z]+"', out))
            assert prefixes_of_context == words - {"oa"}  # which only a text has
    for graph in graphs.values():
        assert rdflib.compare.isomorphic(graph, graphs["nt"])
    assert bool(len(graphs["nt"])) is ("Nothing" not in text)


def test_ask_answers_yes_or_no(build: Path) -> None:
    for text, answer in (("ASK { ?c a citypact:City }", "yes"), ("ASK { FILTER(false) }", "no")):
        shown = citypact("query", "--text", text, "--build", build).out
        assert shown.split() == ["answer", answer]


def test_nothing_found_is_said_and_is_no_fault(build: Path) -> None:
    ask = ["query", "--text", "SELECT ?x { ?x citypact:party 7 }", "--build", build]
    assert citypact(*ask).out == "nothing recorded\n"
    assert citypact(*ask, "--language", "ko").out == "기록된 내용 없음\n"
    assert citypact(*ask, "--format", "csv").out == "x\n"
    assert json.loads(citypact(*ask, "--format", "json").out) == {"columns": ["x"], "rows": []}
    assert not rdflib.Graph().parse(data=citypact(*ask, "--format", "ttl").out, format="turtle")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["agreement-of-city"], "did you mean agreements-of-city"),
        (
            ["agreements-of-city", "--town", "Seoul"],
            "its parameters are: --city, --country, --status, --from, --to",
        ),
        (["agreements-of-city", "--city", "Seuol"], "did you mean Seoul"),
        (["agreements-of-city", "--city", "서울역"], "서울"),
        (["agreements-of-city", "--city", "WeGO"], "no city or territory called 'WeGO'"),
        (["agreements-of-city", "--from", "이천"], "write a year such as 2013"),
        (["agreements-of-city", "--from", "2013-02-30"], "year"),
        (["agreements", "--form", "memorandum"], "did you mean Memorandum"),
        (["--text", "ASK {}", "--city", "Seoul"], "follow the name of the query"),
    ],
)
def test_wrong_names_and_values_get_a_cure(build: Path, arguments: list[str], says: str) -> None:
    done = citypact("query", *arguments, "--build", build, code=2)
    assert says in done.err
    assert not done.out


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_values_stay_values(build: Path, value: str) -> None:
    """No text becomes SPARQL or steers the terminal: each ends as a name that nothing bears."""
    for name in ("city", "country", "from"):
        done = citypact(
            "query", "agreements-of-city", f"--{name}={value}", "--build", build, code=2
        )
        assert f"--{name}: " in done.err
        assert "\x1b" not in done.err
        assert "\u202e" not in done.err
        assert len(done.err) < 500
        assert not done.out


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "SELECT ?a ?d { ?a citypact:signingDat ?d }",
            "citypact:signingDat is not a term of the vocabulary\n    -> did you mean "
            "citypact:signingDate",
        ),
        ("SELECT ?a { ?a citypact:form ?f }", "did you mean citypact:instrumentForm"),
        ("SELECT ?a { ?a a citypact:Agreemnt }", "did you mean citypact:Agreement"),
        ("SELECT ?a { ?a citypact:establised ?d }", "did you mean citypact:established"),
        ("SELECT ?a { ?a a citypact:Ctiy }", "citypact:Ctiy is not a term of the vocabulary"),
        ('SELECT ?a { ?a skos:prefLabel "부산" }', 'write "부산"@en or "부산"@ko'),
        ("PREFIX c: <https://w3id.org/citypact/ns#> ASK { ?a a c:Citi }", "did you mean c:City"),
        ("ASK { ?a a <https://w3id.org/citypact/ns#Citi> }", "did you mean City"),
        ("ASK { ?a citypact:topic topic:smart-cty }", "did you mean topic:smart-city"),
        ("ASK { ?a ?p code-modality:assertd }", "did you mean code-modality:asserted"),
        (
            "SELECT ?c { ?c a citypact:Claim }",
            "write GRAPH <https://w3id.org/citypact/graph/claims>",
        ),
        (
            "SELECT (COUNT(?c) AS ?n) { ?c citypact:inDocument ?d }",
            "citypact:inDocument: recorded in",
        ),
        (
            "SELECT ?s { ?s citypact:derivedBy ?r }",
            "GRAPH <https://w3id.org/citypact/graph/derivations>",
        ),
        (
            "SELECT (YEAR(?d) AS ?y) { ?a citypact:signingDate ?d }",
            "?d is a date as a thing, not a literal",
        ),
        (
            "SELECT ?a { ?a citypact:status ?s ; citypact:signingDate ?d "
            'FILTER("2018-01-01"^^xsd:date > ?d) }',
            "?d citypact:earliest ?day",
        ),
        (
            'SELECT ?a { ?a citypact:signingDate ?d FILTER(?d = "2018-01-01") }',
            "?d citypact:earliest",
        ),
        ("SELECT (xsd:date(?d) AS ?y) { ?a citypact:signingDate ?d }", "?d citypact:earliest"),
        ('SELECT ?a { ?a citypact:signingDate "2019-10-01" }', "write the node (date:2017-04-03)"),
        ('SELECT ?c { ?c skos:prefLabel "Seoul" }', 'write "Seoul"@en or "Seoul"@ko'),
        ('SELECT ?a { ?a citypact:status "signed" }', "the value of citypact:status is a thing"),
        ('SELECT ?a { ?a citypact:topic "Smart city"@en }', 'skos:prefLabel "Smart city"@en'),
        (
            "SELECT ?e { ?a citypact:signingDate ?d BIND(?d AS ?e) FILTER(MONTH(?e) = 10) }",
            "?e is a date as a thing",
        ),
        ("SELECT ?p ?o { city:seuol ?p ?o }", "nothing recorded of city:seuol"),
        ("SELECT ?p ?o { city:seuol ?p ?o }", "did you mean city:seoul"),
        (
            "SELECT ?p { <https://w3id.org/citypact/id/city/seuol> ?p ?o }",
            "did you mean city:seoul",
        ),
        (
            "SELECT (GROUP_CONCAT(DISTINCT ?d; separator=', ') AS ?days) { ?a citypact:signingDate/"
            "citypact:earliest ?d }",
            "write GROUP_CONCAT(STR(?d))",
        ),
        ("SELECT (GROUP_CONCAT(?c) AS ?all) { ?c a citypact:City }", "GROUP_CONCAT(STR(?c))"),
    ],
)
def test_what_makes_an_answer_empty_is_named(build: Path, text: str, note: str) -> None:
    done = citypact("query", "--text", text, "--build", build)
    assert note in done.err
    assert done.err.count("Note: ") == 1
    korean = citypact("query", "--text", text, "--build", build, "--language", "ko").err
    assert korean.startswith("참고: ")
    assert " is " not in korean


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?c { GRAPH <https://w3id.org/citypact/graph/claims> { ?c a citypact:Claim } }",
        "SELECT ?a { ?a citypact:signingDate/citypact:earliest ?d FILTER(YEAR(?d) > 2018) }",
        "SELECT ?a { ?a citypact:signingDate ?d FILTER(?d = date:2019-10-01) } ORDER BY ?d",
        'SELECT ?a { ?a citypact:signingDate ?d FILTER(STR(?d) > "2018") }',
        "SELECT ?a { ?a citypact:signingDate ?d FILTER(?d IN (date:2019-10-01)) }",
        "SELECT ?a ?b { ?a citypact:signingDate ?d . ?b citypact:signingDate ?e FILTER(?d != ?e) }",
        'SELECT ?c { ?c skos:prefLabel "Seoul"@en ; citypact:inCountry/skos:prefLabel "한국"@ko }',
        "SELECT (GROUP_CONCAT(STR(?c)) AS ?all) { ?c a citypact:City }",
        "SELECT (GROUP_CONCAT(?n) AS ?all) { ?c a citypact:City ; skos:prefLabel ?n }",
        "SELECT ?c { ?c a schema:Nothing ; <http://example.com/signingDat> ?x }",
    ],
)
def test_a_query_that_says_what_it_means_gets_no_note(build: Path, text: str) -> None:
    assert not citypact("query", "--text", text, "--build", build).err


def test_no_named_query_gets_a_note() -> None:
    for query in named_queries().values():
        assert not notes_on_text(SparqlQuery(query.text)), query.name


def test_terms_outside_of_the_default_graph_are_those_that_notes_name(
    packaged: LocalStore,
) -> None:
    graphs: dict[str, set[str]] = {}
    for quad in packaged.quads():
        is_class = quad.predicate.value.endswith("#type")
        named = quad.object if is_class else quad.predicate
        if isinstance(named, ox.NamedNode) and named.value.startswith((NS, RDF)):
            graphs.setdefault(named.value, set()).add(str(quad.graph_name))
    elsewhere = {iri for iri, places in graphs.items() if "DEFAULT" not in places}
    assert elsewhere == claim_terms() | derivation_terms()


def test_no_value_that_is_recorded_gets_a_note(packaged: LocalStore) -> None:
    """A query for a property with any of its literals as the value is as it should be."""
    literals: dict[str, ox.Literal] = {}
    for quad in packaged.quads():
        if isinstance(quad.object, ox.Literal) and '"' not in quad.object.value:
            literals.setdefault(quad.predicate.value, quad.object)
    assert len(literals) > 30
    for predicate, value in literals.items():
        text = f"ASK {{ GRAPH ?g {{ ?s <{predicate}> {value} }} }}"
        assert not notes_on_text(SparqlQuery(text)), text


def test_columns_come_in_the_order_of_the_query(build: Path) -> None:
    for text in (
        "SELECT * { ?z a citypact:City ; citypact:inCountry ?m ; skos:prefLabel ?a }",
        "SELECT * { ?z a citypact:City ; citypact:inCountry ?m ; skos:prefLabel ?a } LIMIT 2",
        "SELECT DISTINCT * { ?z citypact:inCountry ?m . OPTIONAL { ?z skos:altLabel ?a } }",
        "SELECT * { { SELECT ?z ?m { ?z citypact:inCountry ?m } LIMIT 1 } BIND(1 AS ?a) }",
    ):
        found = citypact("query", "--text", text, "--build", build, "--format", "json").out
        assert json.loads(found)["columns"] == ["z", "m", "a"], text


def test_show_prints_the_query_that_would_run(build: Path) -> None:
    text = citypact("query", *ASK, "--build", build, "--show").out
    assert "VALUES ?city { <https://w3id.org/citypact/id/city/guayaquil> }" in text
    assert (
        citypact("query", "--text", text, "--build", build).out
        == citypact("query", *ASK, "--build", build).out
    )


@pytest.mark.parametrize(
    ("word", "name", "says"),
    [
        ("signing date", "citypact:signingDate", "domain: citypact:Agreement"),
        ("signingdate", "citypact:signingDate", "range: citypact:DateSpan"),
        ("citypact:signingDate", "citypact:signingDate", "citypact:signingDate date:"),
        ("체결일", "citypact:signingDate", "signing date · 체결일"),
        ("서명일", "citypact:signingDate", "signing date · 체결일"),
        ("founding date", "citypact:established", "설립·결연 시점"),
        ("MOU", "code-form:memorandum-of-understanding", "value of: citypact:instrumentForm"),
        ("시정부", "citypact:CityGovernment", "rdf:type citypact:CityGovernment"),
        ("smart city", "topic:smart-city", "스마트시티"),
        ("form", "citypact:instrumentForm", "values: code-form:…"),
    ],
)
def test_terms_are_found_by_a_word_in_either_language(
    build: Path, word: str, name: str, says: str
) -> None:
    shown = citypact("query", "--terms", word, "--build", build).out
    (about,) = [part for part in re.split(r"\n(?=\S)", shown) if part.startswith(f"{name}  ")]
    assert says in about
    found = json.loads(citypact("query", "--terms", word, "--build", build, "--format", "json").out)
    (term,) = [term for term in found if term["name"] == name]
    assert set(term["labels"]) == {"ko", "en"}
    korean = citypact("query", "--terms", word, "--build", build, "--language", "ko").out
    assert f"{term['labels']['ko']} · {term['labels']['en']}" in korean
    assert term["comments"]["ko"] in korean if term["comments"] else True


def test_the_name_and_the_example_of_every_term_are_sparql(build: Path) -> None:
    graph = ox.Store.read_only(str((build / "store").resolve()))
    with_examples = 0
    for kind in ("class", "property", "code", "topic"):
        terms = [term for term in vocabulary_terms() if term.kind == kind]
        assert terms
        for term in terms:
            text = f"ASK {{ VALUES ?x {{ {term.name} }} FILTER(STR(?x) = '{term.iri}') }}"
            assert graph.query(text, prefixes=prefixes()), term.name
    for word in ("agreement", "date", "city", "signature", "협력"):
        found = citypact("query", "--terms", word, "--build", build, "--format", "json").out
        for described in json.loads(found):
            if described["example"] and "…" not in described["example"]:
                ask = f"ASK {{ {described['example']} }}"
                assert graph.query(ask, prefixes=prefixes()), ask
                with_examples += 1
    assert with_examples > 20


def test_terms_need_no_build_and_name_the_nearest_where_none_fits(tmp_path: Path) -> None:
    assert "citypact:party  " in citypact("query", "--terms", "party", folder=tmp_path).out
    done = citypact("query", "--terms", "signing dat3", folder=tmp_path, code=2)
    assert "did you mean signing date" in done.err
    assert "fits ''" in citypact("query", "--terms", "", folder=tmp_path, code=2).err
    refused = citypact("query", "--terms", "party", "--format", "ttl", folder=tmp_path, code=2)
    assert "--format table or json" in refused.err
    citypact("query", "--terms", "party", "--store", tmp_path / "none", code=2)


def test_properties_and_classes_in_an_answer_have_their_prefixed_names(build: Path) -> None:
    text = "SELECT DISTINCT ?p ?t { agreement:seoul-london-2017 a ?t ; ?p ?o }"
    for options in ([], ["--why"]):
        shown = citypact("query", "--text", text, "--build", build, *options).out
        for name in ("signing date (citypact:signingDate)", "Agreement (citypact:Agreement)"):
            assert name in shown
    korean = citypact("query", "--text", text, "--build", build, "--language", "ko").out
    assert "체결일 (citypact:signingDate)" in korean
    unknown = "SELECT ?p { VALUES ?p { org:unknownTerm city:seoul } }"
    shown = citypact("query", "--text", unknown, "--build", build).out
    assert shown.split() == ["p", "org:unknownTerm", "Seoul"]
    assert "(citypact:" not in citypact("query", "statements", "--build", build).out


def test_files_are_read_as_utf_8_or_refused(build: Path, tmp_path: Path) -> None:
    query = 'SELECT ?city { ?city skos:prefLabel "서울"@ko ; a citypact:City }'
    good, bad, folder = tmp_path / "질문.rq", tmp_path / "bad.rq", tmp_path / "folder"
    good.write_text(query, encoding="utf-8")
    bad.write_bytes(query.encode("cp949"))
    folder.mkdir()
    assert "Seoul" in citypact("query", "--file", good, "--build", build).out
    for path, says in ((bad, "UTF-8"), (folder, "folder"), (tmp_path / "none.rq", "none.rq")):
        assert says in citypact("query", "--file", path, "--build", build, code=2).err


def test_a_query_that_would_not_end_is_ended(build: Path) -> None:
    """Four patterns without a common variable: more solutions than anybody could wait for."""
    patterns = " ".join(f"GRAPH ?g{n} {{ ?s{n} ?p{n} ?o{n} }}" for n in range(4))
    text = f"SELECT (COUNT(*) AS ?n) {{ {patterns} }}"
    done = citypact("query", "--build", build, "--text", text, "--timeout", "1", code=1)
    assert "the query was ended after 1 s" in done.err
    assert not done.out


@pytest.mark.parametrize("why", [[], ["--why"]])
def test_rows_are_read_up_to_a_limit_and_what_is_cut_is_said(build: Path, why: list[str]) -> None:
    text = "SELECT ?thing ?type { ?thing a ?type }"
    options = ["--build", build, "--format", "json", "--text", text, *why]
    cut = citypact("query", *options, "--max-rows", "3")
    assert len(json.loads(cut.out)["rows"]) == 3
    assert "only the first 3 rows" in cut.err
    whole = citypact("query", *options, "--max-rows", "0")
    assert len(json.loads(whole.out)["rows"]) > 3
    assert "only the first" not in whole.err


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELEC ?x { ?x ?p ?o }", "line 1, column 10"),
        ("SELECT ?x { ?x ?p }", "{ ?x ?p }\n                       ^"),
        ("SELECT ?x {\n  ?x ?p .\n  ?x ?p ?o\n}", "line 3, column 1: a pattern has a subject"),
        ("SELECT ?x { ?x nowhere:p ?o }", "the prefix nowhere: is not declared"),
        ("SELECT * { nowhere:x ?p ?o }", "the prefix nowhere: is not declared"),
        ("SELECT * { ?s ?p :x }", "the prefix : is not declared"),
        ("PREFIX x: <a b> SELECT * { x:x ?p ?o }", "IRI parsing failed"),
        ("what is this", "line 1, column"),
        ("{}", "line 1, column 3"),
        ("SELECT ?x {", "line 1, column 12"),
        (
            "SELECT ?x ?y { ?x ?p ?o } GROUP BY ?x",
            "column 38: The SELECT contains a variable that is unbound\n",
        ),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "SELECT * is not authorized with GROUP BY\n"),
        ("SELECT ?x { ?x ?p ?o } ORDER ?x", "the engine expects BY\n"),
        ("SELECT ?x WHER { ?x ?p ?o }", "the engine expects WHERE\n"),
        ("SELECT ?x { ?x citypact:topic }", "?x citypact:topic has 2 of 3 parts\n"),
        ("SELECT ?x { ?x ?p, ?o }", "?x ?p has 2 of 3 parts\n"),
        ("SELECT ?x { ?x a citypact:City ?y }", "?x a citypact:City ?y has 4 of 3 parts\n"),
        ("SELECT ?x { ?x ?p ?o LIMIT 3 }", "write LIMIT behind the bracket }"),
        ("SELECT { ?x ?p ?o }", "such as ?x, or * for all\n"),
        ("SELECT ?x { ?x ?p ?o BIND(3 ?y) }", "BIND(… AS ?name)\n"),
        ("SELECT ?x { ?x ?p ?o", "the brackets { } do not match: 1 opened, 0 closed\n"),
        ("SELECT ?x { ?x ?p ?o FILTER(FOO(?o)) }", "SPARQL has no function FOO\n"),
        ("SELECT ?x { ?x ?p ?o FILTER(?o == 1) }", "write = in place of ==\n"),
        ("SELECT ?x { ?x ?p ?o FILTER ?o > 1 }", "brackets around the condition of FILTER\n"),
        ("SELECT ?x, ?o { ?x ?p ?o }", "separated by spaces, not by commas\n"),
        ("SELECT x { ?x ?p ?o }", "begins with ?, such as ?x\n"),
        ("SELECT COUNT(?x) { ?x ?p ?o }", "with brackets and a name: (COUNT(?x) AS ?n)\n"),
        ("SELECT ?x (COUNT(?o) AS ?n) { ?x ?p ?o }", "write GROUP BY ?x at the end\n"),
        ("SELECT ?x { ?x ?p “Seoul” }", "“ is no quotation mark of SPARQL"),
        ("SELECT ?x { ?x ?p 'Seoul }", "the text that begins with ' does not end\n"),
        (
            "SELECT ?x { ?x rdfs:label Seoul }",
            'column 32: Seoul is neither a text nor a name: write "Seoul"@en',
        ),
        ("SELECT ?x { ?x rdfs:label New York . ?x ?p ?o }", 'write "New York"@en for a text'),
        ("SELECT ?x { ?x rdfs:label 서울 }", 'write "서울"@ko for a text'),
        ("SELECT ?x { ?x a Agreement }", "Agreement has no prefix: write citypact:Agreement\n"),
        (
            "SELECT ?x { ?x signingDate ?d }",
            "signingDate has no prefix: write citypact:signingDate\n",
        ),
        ("SELECT ?x { seoul citypact:twins ?x }", "seoul is no name: write one with its prefix"),
        ("SELECT ?x { ?x <http://a b> ?y }", "an IRI has no spaces: <http://a b>; write %20"),
        (
            "SELECT ?x { ?x ?p <https://a.example/New York> }",
            "no spaces: <https://a.example/New York>",
        ),
        ("SELECT ?x { <city/seoul> ?p ?x }", "<city/seoul> is no complete IRI"),
        ("SELECT ?x { ?x citypact:signingDate 2017-04-03 }", 'else as "2017-04-03"^^xsd:date\n'),
        ("SELECT ?x { ?x ?p 2017-04 }", "write a date as date:2017-04 where"),
        ('SELECT ?x { ?x ?p "Seoul"@english-x- }', "@english-x- is no language"),
        ("SELECT ?x { ?x ?p ?o FILTER(?o = ) }", "something is missing between = and )\n"),
        ("SELECT ?x { ?x ?p ?o } LIMIT ten", "write a number behind LIMIT, not ten\n"),
        ("SELECT ?x { ?x ?p ?o } ORDER BY DESC ?x", "brackets behind DESC: DESC(?x)\n"),
        ("?x ?p ?o", "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE\n"),
    ],
)
def test_what_is_no_sparql_is_refused_with_the_place(build: Path, text: str, place: str) -> None:
    for form in ("table", "ttl"):
        done = citypact("query", "--text", text, "--build", build, "--format", form, code=2)
        assert "not SPARQL" in done.err
        assert place in done.err


def test_a_description_of_an_unknown_topic_says_that_it_is_unknown(build: Path) -> None:
    done = citypact("query", "DESCRIBE topic:flying-cars", "--build", build)
    assert not done.out.strip()
    assert "topic:flying-cars is not a term of the vocabulary" in done.err
    told = citypact("query", "DESCRIBE topic:smart-city", "--build", build).out
    assert "a skos:Concept , citypact:Topic" in told


def test_a_missing_prefix_is_answered_with_those_that_need_no_declaration(build: Path) -> None:
    text = "SELECT ?x {\n  ?x dct:title ?y ; citypact:form _:b }"
    told = citypact("query", "--text", text, "--build", build, code=2).err
    assert "line 2, column" in told
    assert "the prefix dct: is not declared" in told
    listed = told.split("no declaration:\n")[1].split()
    assert set(listed) == {f"{prefix}:" for prefix in prefixes()}
    korean = citypact("query", "--text", text, "--build", build, "--language", "ko", code=2).err
    assert "접두어 dct:" in korean
    assert set(listed) <= set(korean.split())


NAMES = {
    "of its kind": "agreement:seoul-london-2017",
    "escaped": r"id:agreement\/seoul-london-2017",
    "in full": "<https://w3id.org/citypact/id/agreement/seoul-london-2017>",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("end", ["", "."])
def test_every_way_to_write_a_name_gives_rows_sources_and_turtle(
    build: Path, name: str, end: str
) -> None:
    text = f"SELECT ?day {{ ?agreement citypact:signingDate ?day FILTER(?agreement = {name}) }}"
    also = (
        f"SELECT ?day {{ {name} citypact:signingDate ?day . ?e citypact:resultedIn {name}{end} }}"
    )
    assert citypact("query", "--text", text, "--build", build).out.split() == ["day", "2017-04-03"]
    text = (
        f"SELECT ?day ?form {{ {name} citypact:signingDate ?day ; citypact:instrumentForm ?form }}"
    )
    told = citypact("query", "--text", text, "--build", build, "--why").out
    assert "https://seoulsolution.kr/ko/node/6568" in told
    turtle = citypact("query", "--text", text, "--build", build, "--format", "ttl").out
    found = rdflib.Graph().parse(data=turtle, format="turtle")
    assert {str(subject) for subject in found.subjects()} == {NAMES["in full"][1:-1]}
    citypact("query", "--text", also, "--build", build, "--why")


def test_what_show_prints_declares_the_prefixes_that_it_uses(build: Path) -> None:
    text = "SELECT ?a { ?a citypact:instrumentForm code-form:memorandum-of-understanding.}"
    shown = citypact("query", "--text", text, "--build", build, "--show").out
    assert "PREFIX code-form: <https://w3id.org/citypact/id/code/form/>\n" in shown
    assert shown.count("PREFIX") == 2
    alone = ox.Store.read_only(str((build / "store").resolve()))
    rows = list(alone.query(shown))
    assert len(rows) == len(list(alone.query(text, prefixes=prefixes()))) > 1
    own = "PREFIX agreement: <http://a.example/> SELECT ?a { ?a ?p agreement:x }"
    assert citypact("query", "--text", own, "--build", build, "--show").out == own + "\n"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "SELECT * { ?s ?p ?o } # " + "x" * 300_000,
    ],
    ids=["service", "from", "insert", "delete", "load", "300 kB"],
)
def test_what_does_more_than_read_is_refused(build: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "query.rq"
    file.write_text(text)
    before = (build / "graph.nq").read_bytes()
    for form in ("table", "csv", "json", "ttl"):
        done = citypact("query", "--file", file, "--build", build, "--format", form, code=2)
        assert "->" in done.err
        assert not done.out
    assert (build / "graph.nq").read_bytes() == before
