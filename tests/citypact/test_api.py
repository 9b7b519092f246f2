"""The Python API: what a notebook or another program can rely on."""

from __future__ import annotations

import datetime
import doctest
import importlib
import importlib.util
import json
import pkgutil
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import networkx as nx
import pandas as pd
import pyoxigraph as ox
import pytest
import rdflib

import citypact
from citypact.api import Graph
from citypact.graph.build.build import make_graph
from citypact.ontology import CODE, ID, NS
from citypact.ontology.errors import CitypactError, RecordError
from tests.running import environment
from tests.sources.small import TEXT, write_small

PACT = "agreement/seoul-hanoi-2015"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small set of sources, and beside it the text of its document."""
    return write_small(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def pair(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The small set built and opened with its document at hand."""
    out = tmp_path_factory.mktemp("pair") / "build"
    return citypact.build(out, sources=small, documents=small / "documents")


# Getting a graph


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = (
        "import sys, citypact, json; citypact.__version__; dir(citypact); "
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env=environment()
    )
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert not loaded & {"pyoxigraph", "rdflib", "networkx", "yaml", "pandas", "igraph", "pyvis"}


def test_all_that_the_package_names_is_there() -> None:
    assert {"Graph", "build", "open", "CitypactError", "RecordError"} <= set(citypact.__all__)
    assert all(getattr(citypact, name) for name in citypact.__all__)
    assert set(citypact.__all__) <= set(dir(citypact))
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        _ = citypact.opne  # type: ignore[attr-defined]


def test_the_example_of_the_package_runs(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build.name == "build"
    monkeypatch.chdir(build.parent)
    lines = (citypact.__doc__ or "").splitlines()
    example = textwrap.dedent("\n".join(line for line in lines if line.startswith("    ")))
    assert example.count("graph.") >= 3
    exec(compile(example, "example", "exec"), {})


def test_examples_in_docstrings_are_true() -> None:
    attempted = 0
    # All packages are below this one: graph, ontology and sources are links in its folder.
    for module in pkgutil.walk_packages(citypact.__path__, "citypact."):
        found = importlib.util.find_spec(module.name)
        if found is None or ">>>" not in Path(str(found.origin)).read_text(encoding="utf-8"):
            continue
        results = doctest.testmod(importlib.import_module(module.name))
        assert results.failed == 0, module.name
        attempted += results.attempted
    assert attempted > 100


def test_open_says_where_there_is_no_build(tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(CitypactError, match="has no graph\n    -> run `citypact build"):
            citypact.open(place)
    (tmp_path / "file").write_text("no build")
    with pytest.raises(CitypactError, match="has no graph"):
        citypact.open(tmp_path / "file")


def test_open_and_build_say_where_there_are_no_documents(build: Path, tmp_path: Path) -> None:
    with pytest.raises(CitypactError, match="is not a folder"):
        citypact.open(build, documents=tmp_path / "nowhere")
    with pytest.raises(CitypactError, match="is not a folder"):
        citypact.build(tmp_path / "out", documents=tmp_path / "nowhere")
    assert not list(tmp_path.iterdir())


def test_a_build_in_memory_says_the_same_with_its_file_and_without(
    build: Path, tmp_path: Path
) -> None:
    shutil.copytree(build, tmp_path / "build")
    there = citypact.open(build)
    for _ in range(2):
        held = citypact.open(tmp_path / "build", in_memory=True)
        assert set(held.store.quads()) == set(there.store.quads())
        assert held.summary() == there.summary()
        (tmp_path / "build" / "graph.nq").write_bytes(b"")  # what was changed is not believed
    assert list(held.query("agreements")) == list(there.query("agreements"))


def test_build_gives_an_open_graph_and_tells_its_steps(small: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    graph = citypact.build(tmp_path / "build", sources=small, progress=steps.append)
    assert graph.summary()["agreements"] == 1
    assert (tmp_path / "build" / "network.html").is_file()
    assert len(steps) == len(set(steps)) > 3
    again = citypact.open(str(tmp_path / "build"))
    assert again.summary() == graph.summary()


def test_a_wrong_record_leaves_the_last_build_as_it_was(tmp_path: Path) -> None:
    sources = write_small(tmp_path / "sources")
    graph = citypact.build(tmp_path / "build", sources=sources)
    record = sources / "records/seoul-hanoi-2015.yaml"
    record.write_text(record.read_text("utf-8").replace("kind: item", "kind: itm"), "utf-8")
    with pytest.raises(RecordError) as caught:
        citypact.build(tmp_path / "build", sources=sources)
    [problem] = caught.value.problems
    assert problem.file.endswith("seoul-hanoi-2015.yaml")
    assert "item" in problem.cure
    assert citypact.open(tmp_path / "build").summary() == graph.summary()


# Asking


@pytest.mark.parametrize("city", ["Guayaquil", "과야킬", "에콰도르 과야킬시", "city/guayaquil"])
def test_a_named_query_takes_names_in_both_languages(graph: Graph, city: str) -> None:
    table = graph.query("agreements-of-city", city=city)
    [row] = table.records()
    assert row["agreement"] == "Seoul–Guayaquil Agreement on Smart City Cooperation"
    assert row["date"] == "2020-10-30"
    [row] = table.records("ko")
    assert row["agreement"] == "서울–과야킬 스마트시티 협력 업무협약"


def test_parameters_may_be_numbers_and_days(graph: Graph) -> None:
    late = graph.query("agreements", **{"from": 2017, "to": 2019})
    assert {row["date"] for row in late.records()} == {"2017-04-03", "2019-10-01"}
    assert list(late) == list(graph.query("agreements", **{"from": "2017", "to": "2019"}))


def test_sparql_text_is_answered_with_our_prefixes(graph: Graph) -> None:
    table = graph.query(
        "SELECT ?person (COUNT(?s) AS ?signed) WHERE { ?s citypact:signatory ?person } "
        "GROUP BY ?person ORDER BY DESC(?signed) ?person"
    )
    assert (len(table), table.columns) == (7, ["person", "signed"])
    assert table.records()[0] == {"person": "Park Won-soon", "signed": 2}
    assert next(iter(table))["person"] == ox.NamedNode(ID + "person/park-won-soon")
    assert "citypact:signatory" in table.sparql


def test_ask_gives_a_truth_value(graph: Graph) -> None:
    for city, answer in (("london", False), ("hanoi", True)):
        text = f"ASK {{ <{ID}government/{city}> citypact:memberOf ?network }}"
        assert graph.query(text).records() == [{"answer": answer}]


@pytest.mark.parametrize(
    ("query", "parameters", "message"),
    [
        ("agreements-of-cty", {}, "did you mean agreements-of-city"),
        ("agreements-of-city", {"cty": "Seoul"}, "has no parameter 'cty'"),
        ("agreements-of-city", {"city": "Guayaqil"}, "did you mean Guayaquil"),
        ("SELECT * WHERE { ?s ?p }", {}, "is not SPARQL"),
        ("SELECT * WHERE { ?s ?p ?o }", {"city": "Seoul"}, "takes no parameters"),
        ("SELECT * WHERE { SERVICE <https://example.org/> { ?s ?p ?o } }", {}, "not allowed"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", {}, "not allowed"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", {}, "triples, not rows"),
    ],
)
def test_wrong_questions_are_refused_with_a_cure(
    graph: Graph, query: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(CitypactError, match=message) as caught:
        graph.query(query, **parameters)
    assert "->" in str(caught.value)


def test_the_named_queries_describe_themselves(graph: Graph) -> None:
    query = graph.queries()["agreements-of-city"]
    assert set(query.title) == set(query.purpose) == {"ko", "en"}
    assert "city" in {parameter.name for parameter in query.parameters}


def test_a_table_becomes_a_data_frame(graph: Graph) -> None:
    table = graph.query("agreements-of-city", city="서울")
    frame = table.to_pandas("ko")
    assert list(frame.columns) == table.columns
    assert set(frame["partners"]) == {"샌프란시스코", "런던", "로스앤젤레스", "과야킬"}
    numbers = graph.query("SELECT ?g ?lat WHERE { ?g citypact:latitude ?lat } LIMIT 3").to_pandas()
    assert pd.api.types.is_float_dtype(numbers["lat"])


def test_an_empty_answer_has_its_columns_still(graph: Graph) -> None:
    table = graph.query('SELECT ?a ?b WHERE { ?a citypact:brokers ?b FILTER(?a = "x") }')
    assert (len(table), table.records(), table.sources(), table.facts()) == (0, [], [], [])
    assert list(table.to_pandas().columns) == ["a", "b"]


def test_plain_values_are_those_of_python(graph: Graph) -> None:
    text = (
        'SELECT (1 AS ?i) (1.5 AS ?d) (true AS ?b) ("2013-10-21"^^xsd:date AS ?day) '
        '("이름"@ko AS ?name) (citypact:party AS ?p) (?nothing AS ?n) WHERE {}'
    )
    [row] = graph.query(text).records("ko")
    day = datetime.date(2013, 10, 21)
    assert row == {
        "i": 1,
        "d": 1.5,
        "b": True,
        "day": day,
        "name": "이름",
        "p": "당사자",
        "n": None,
    }


def test_rows_lead_to_their_sources_and_facts(pair: Graph) -> None:
    table = pair.query("SELECT ?a ?date WHERE { ?a citypact:signingDate ?date }")
    [claims] = table.sources()
    [claim] = [claim for claim in claims if not claim.is_editorial]
    assert claim.document == ID + "doc/seoul-hanoi-2015"
    assert [passage.span for passage in claim.passages] == [(11, 22), (149, 161)]
    korean, english = claim.passages
    assert korean.sentence in TEXT
    assert korean.sentence[slice(*korean.highlight)] == TEXT[11:22] == "2015년 3월 2일"
    assert english.sentence[slice(*english.highlight)] == "2 March 2015"
    assert (ox.NamedNode(ID + PACT), ox.NamedNode(NS + "signingDate")) in [
        triple[:2] for triple in table.facts()
    ]


def test_without_the_document_the_place_is_known_and_no_words(small: Path) -> None:
    graph = Graph(make_graph(small))
    [claims] = graph.query("SELECT ?d WHERE { ?a citypact:signingDate ?d }").sources()
    [claim] = [claim for claim in claims if not claim.is_editorial]
    assert [(p.span, p.sentence) for p in claim.passages] == [((11, 22), ""), ((149, 161), "")]


# Why


def test_why_gives_value_document_and_words(pair: Graph) -> None:
    for predicate in ("signingDate", "signed", "signing date", "체결일"):
        [fact] = pair.why(PACT, predicate)
        assert (fact.subject, pair.label(fact.value)) == (ID + PACT, "2015-03-02")
        assert (fact.is_fact, fact.rule) == (True, "")
        assert {claim.modality for claim in fact.claims} == {"asserted"}


def test_why_explains_derived_facts_by_rule_and_premises(pair: Graph) -> None:
    [fact] = pair.why("government/hanoi", "memberOf")
    assert pair.label(fact.rule) == "Who has a membership is a member"
    premises = {claim.triple[1].value for claim in fact.claims}
    assert {NS + "member", NS + "memberOrganization"} <= premises


def test_why_goes_to_the_parts_of_a_thing_and_to_what_it_takes_part_in(pair: Graph) -> None:
    [signatory] = pair.why(PACT, "signatory")
    assert signatory.subject == f"{ID}{PACT}/signature/seoul"
    assert pair.label(signatory.value, "ko") == "박 시장"
    [date] = pair.why("Hanoi", "signing date")
    assert date.subject == ID + PACT


def test_what_no_source_states_as_fact_is_marked(graph: Graph) -> None:
    found = {graph.label(each.value): each.is_fact for each in graph.why("과야킬", "signing date")}
    assert found == {"2020-10-30": True, "XXXX-10-30": False, "XXXX-XX-30": False}


def test_inferred_and_editorial_claims_are_told_apart(pair: Graph) -> None:
    topics = {pair.label(each.value): each.claims for each in pair.why(PACT, "topic")}
    inferred = {topic: {claim.is_inferred for claim in claims} for topic, claims in topics.items()}
    assert inferred == {"Smart city": {False}, "e-Government": {True}}
    [country] = pair.why("city/seoul", "country")
    assert all(claim.is_editorial for claim in country.claims)


def test_why_refuses_what_nobody_knows(graph: Graph) -> None:
    with pytest.raises(CitypactError, match="did you mean"):
        graph.why("Guayaqil")
    with pytest.raises(CitypactError, match="there is no property called"):
        graph.why("Guayaquil", "colour")


# Names


def test_find_and_label_go_both_ways(graph: Graph) -> None:
    assert graph.find("과야킬", "City") == [ID + "city/guayaquil"]
    assert graph.find("WeGO") == [ID + "network/wego"]
    assert graph.label(ID + "city/guayaquil", "ko") == "과야킬"
    assert graph.label(ox.NamedNode(f"{CODE}modality/asserted"), "ko") == "단언"
    assert graph.label(ox.Literal(95)) == "95"
    assert graph.label("https://example.org/unknown") == "https://example.org/unknown"


# Networks, pictures, rdflib


def test_networks_are_those_of_networkx(graph: Graph) -> None:
    kinds = {
        "actors": nx.MultiGraph,
        "topics": nx.Graph,
        "overview": nx.MultiDiGraph,
        "everything": nx.MultiDiGraph,
    }
    assert {name: type(graph.network(name)) for name in kinds} == kinds
    with pytest.raises(CitypactError, match="use actors, cities, topics, overview, everything"):
        graph.network("actor")


def test_measures_make_a_data_frame(graph: Graph) -> None:
    frame = pd.DataFrame(graph.measures(kinds=["government"])).set_index("label_en")
    assert frame.loc["Seoul", "agreements"] == 6
    assert frame.loc["Seoul", "betweenness"] == 1


def test_draw_gives_the_network_and_writes_the_page(pair: Graph, tmp_path: Path) -> None:
    drawn = pair.draw()
    assert not list(tmp_path.iterdir())
    shown = {node["citypact"]["iri"] for node in drawn.nodes}
    assert {ID + PACT, ID + "government/seoul", ID + "prospect/hanoi-invited"} <= shown
    pair.draw(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "서울–하노이 스마트시티 양해각서" in page
    assert TEXT[:22] in page


def test_draw_takes_filters(pair: Graph) -> None:
    shown = {node["citypact"]["kind"] for node in pair.draw(as_of="2015-03-01").nodes}
    assert "agreement" not in shown
    with pytest.raises(CitypactError, match="is not a date"):
        pair.draw(as_of="March 2015")


def test_draw_says_where_it_cannot_write(pair: Graph, tmp_path: Path) -> None:
    with pytest.raises(CitypactError, match="is a folder"):
        pair.draw(tmp_path)


def test_the_facts_go_to_rdflib(pair: Graph) -> None:
    facts = pair.to_rdflib()
    pact = rdflib.URIRef(ID + PACT)
    assert set(facts.objects(pact, rdflib.URIRef(NS + "party"))) == {
        rdflib.URIRef(ID + "government/seoul"),
        rdflib.URIRef(ID + "government/hanoi"),
    }
    label = rdflib.Literal("서울–하노이 스마트시티 양해각서", lang="ko")
    assert (pact, rdflib.SKOS.prefLabel, label) in facts
    counted = pair.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").records()
    assert [{"n": len(facts)}] == counted


def test_what_a_notebook_shows_of_them_has_no_addresses(graph: Graph) -> None:
    table = graph.query("agreements")
    for shown in (repr(graph), repr(table)):
        assert "0x" not in shown
        assert len(shown) < 200
    assert f"{len(table)} rows" in repr(table)
