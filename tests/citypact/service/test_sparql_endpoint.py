"""The SPARQL endpoint, as the protocol has it and as clients of others ask it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as xml
from html import unescape
from pathlib import Path

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, TURTLE, SPARQLWrapper

from citypact.ontology import ID
from tests.citypact.service.serving import Running

CITIES = "SELECT ?city WHERE { ?city a citypact:City } ORDER BY ?city"
QUERY_TYPE = "application/sparql-query"


def rows(response: httpx.Response) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["city"]["value"] for row in response.json()["results"]["bindings"]]


def test_the_three_ways_to_send_a_query_give_the_same(client: httpx.Client) -> None:
    got = rows(client.get("/sparql", params={"query": CITIES}))
    assert ID + "city/seoul" in got
    assert rows(client.post("/sparql", data={"query": CITIES})) == got
    sent = {"content": CITIES, "headers": {"Content-Type": f"{QUERY_TYPE}; charset=utf-8"}}
    assert rows(client.post("/sparql", **sent)) == got
    # Clients name a format in fields of their own, which the standard doesn't know.
    assert rows(client.get("/sparql", params={"query": CITIES, "format": "xml"})) == got


def test_rows_come_in_the_formats_of_the_w3c(client: httpx.Client) -> None:
    def ask(accept: str) -> httpx.Response:
        headers = {"Accept": accept}
        return client.get("/sparql", params={"query": CITIES}, headers=headers)

    expected = rows(ask("application/sparql-results+json"))
    assert rows(ask("*/*")) == rows(ask("application/json, text/csv;q=0.5")) == expected
    table = csv.DictReader(io.StringIO(ask("text/csv").text))
    assert [row["city"] for row in table] == expected
    lines = ask("text/tab-separated-values").text.splitlines()[1:]
    assert [line.strip("<>") for line in lines] == expected
    tree = xml.fromstring(ask("application/sparql-results+xml").text)
    assert [
        uri.text for uri in tree.iter("{http://www.w3.org/2005/sparql-results#}uri")
    ] == expected
    assert "Accept" in ask("text/csv").headers["Vary"]
    refused = ask("image/png")
    assert refused.status_code == 406
    assert "application/sparql-results+json" in refused.text


def test_triples_come_in_the_formats_of_rdf(client: httpx.Client) -> None:
    pattern = "{ ?city skos:prefLabel ?name }"
    query = f"CONSTRUCT {pattern} WHERE {{ ?city a citypact:City {pattern} }}"
    sizes = set()
    for accept, form in (
        ("*/*", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ):
        response = client.post("/sparql", data={"query": query}, headers={"Accept": accept})
        sizes.add(len(rdflib.Graph().parse(data=response.content, format=form)))
    assert len(sizes) == 1 and sizes.pop() > 10


FORM = "application/x-www-form-urlencoded"
OTHER = "http://127.0.0.1:9/"
REFUSED: tuple[tuple[int, str, dict[str, object]], ...] = (
    (403, "SERVICE", {"query": f"SELECT * {{ SERVICE <{OTHER}> {{ ?s ?p ?o }} }}"}),
    (403, "FROM", {"query": f"SELECT * FROM <{OTHER}> {{ ?s ?p ?o }}"}),
    (403, "FROM", {"query": f"ASK FROM NAMED <{OTHER}> {{ ?s ?p ?o }}"}),
    (403, "LOAD", {"query": f"LOAD <{OTHER}>"}),
    (403, "INSERT", {"query": "INSERT DATA { <x:a> <x:b> <x:c> }"}),
    (403, "only reads", {"update": "CLEAR ALL"}),
    (400, "default-graph-uri", {"query": "ASK {}", "default-graph-uri": OTHER}),
    (400, "named-graph-uri", {"query": "ASK {}", "named-graph-uri": OTHER}),
    (400, "two queries", {"query": ["ASK {}", "SELECT * {}"]}),
    (400, "no query", {"other": "x"}),
    (400, "empty", {"query": " "}),
    (400, "line 2, column 11", {"query": "SELECT *\n{ ?s ?p ?o"}),
    (400, "line 1, column 27", {"query": "SELECT * { ?s a city:x ] }"}),
    (400, "the prefix nowhere:", {"query": "SELECT * { ?s a nowhere:x }"}),
    (413, "characters", {"query": "ASK {}" + " " * 200_000}),
)
BODIES = (
    (403, "only reads", "application/sparql-update", b"CLEAR ALL"),
    (400, "UTF-8", QUERY_TYPE, b"\xff"),
    (400, "cannot be read", FORM, b"query=%ff"),
    (415, "not a query", "text/plain", b"ASK {}"),
    (413, "bytes", QUERY_TYPE, b"x" * 2_100_000),
)


def refused(response: httpx.Response, status: int, words: str) -> None:
    assert (response.status_code, words in response.text) == (status, True), response.text
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Traceback" not in response.text


@pytest.mark.parametrize(("status", "words", "fields"), REFUSED)
def test_what_is_refused_is_told(
    client: httpx.Client, status: int, words: str, fields: dict[str, object]
) -> None:
    refused(client.post("/sparql", data=fields), status, words)


@pytest.mark.parametrize(("status", "words", "kind", "body"), BODIES)
def test_bodies_that_are_no_queries_are_refused(
    client: httpx.Client, status: int, words: str, kind: str, body: bytes
) -> None:
    refused(client.post("/sparql", content=body, headers={"Content-Type": kind}), status, words)


def test_errors_speak_korean_to_whoever_does(client: httpx.Client) -> None:
    headers = {"Accept-Language": "ko-KR,ko;q=0.9,en;q=0.5"}
    response = client.get("/sparql", params={"query": "DROP ALL"}, headers=headers)
    assert response.status_code == 403
    assert any("가" <= letter <= "힣" for letter in response.text)


def test_other_methods_are_refused(client: httpx.Client) -> None:
    assert client.put("/sparql", content="x").status_code == 405
    assert client.delete("/sparql").status_code == 405


def test_without_a_query_programs_get_a_description_and_browsers_a_page(
    client: httpx.Client,
) -> None:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    description = rdflib.Graph().parse(data=response.text, format="turtle")
    service = rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#Service")
    assert list(description.subjects(rdflib.RDF.type, service))
    page = client.get("/sparql", headers={"Accept": "text/html", "Accept-Language": "ko"})
    assert 'lang="ko"' in page.text
    assert "unsafe-eval" not in page.headers["Content-Security-Policy"]
    for name in ("yasgui.min.js", "yasgui.min.css", "query_page.js", "query_page.css"):
        assert f"/sparql/{name}" in page.text
        assert len(client.get(f"/sparql/{name}").content) > 100
    assert client.get("/sparql/engine.py").status_code == 404


@pytest.mark.parametrize("language", ["ko", "en"])
def test_examples_of_the_page_give_names_in_its_language(
    client: httpx.Client, language: str
) -> None:
    headers = {"Accept": "text/html", "Accept-Language": language}
    page = client.get("/sparql", headers=headers).text
    examples = re.findall('<pre data-title="[^"]+">(.*?)</pre>', page, re.DOTALL)
    assert len(examples) == 4
    for example in examples:
        found = client.post("/sparql", data={"query": unescape(example)}).json()
        rows = found["results"]["bindings"]
        spoken = {term.get("xml:lang") for row in rows for term in row.values()}
        assert rows and spoken - {None} == {language}, example


def test_sparqlwrapper_asks_it(service: Running) -> None:
    asked = SPARQLWrapper(f"{service.address}/sparql")
    asked.setQuery("SELECT (COUNT(?city) AS ?cities) WHERE { ?city a citypact:City }")
    asked.setReturnFormat(JSON)
    found = asked.queryAndConvert()["results"]["bindings"]
    assert int(found[0]["cities"]["value"]) > 5
    asked.setMethod("POST")
    asked.setReturnFormat(TURTLE)
    asked.setQuery("DESCRIBE city:seoul")
    turtle = asked.queryAndConvert()
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) > 5


def test_rdflib_asks_it(service: Running) -> None:
    store = SPARQLStore(f"{service.address}/sparql")
    graph = rdflib.Graph(store)
    seoul = rdflib.URIRef(ID + "city/seoul")
    names = set(graph.objects(seoul, rdflib.SKOS.prefLabel))
    assert rdflib.Literal("서울", lang="ko") in names
    found = graph.query("SELECT ?p WHERE { ?city ?p ?o }", initBindings={"city": seoul})
    assert len(list(found)) > 3


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
def test_curl_asks_it(service: Running) -> None:
    done = subprocess.run(
        [
            *("curl", "--silent", "--fail", "--noproxy", "*", "-H", "Accept: text/csv"),
            *("--data-urlencode", f"query={CITIES}", f"{service.address}/sparql"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ID + "city/seoul" in done.stdout.splitlines()


MODULES = os.environ.get("CITYPACT_NODE_MODULES", "")


@pytest.mark.skipif(
    not MODULES or not shutil.which("node"),
    reason="CITYPACT_NODE_MODULES names no folder with @comunica/query-sparql, or there is no node",
)
def test_comunica_asks_it(service: Running) -> None:
    query = (
        "PREFIX citypact: <https://w3id.org/citypact/ns#> "
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        'SELECT ?name { ?city a citypact:City ; skos:prefLabel ?name FILTER(LANG(?name) = "ko") }'
    )
    program = Path(MODULES) / "@comunica" / "query-sparql" / "bin" / "query.js"
    source = f"sparql@{service.address}/sparql"
    arguments = ["node", program, source, query, "-t", "application/sparql-results+json"]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    names = [row["name"]["value"] for row in json.loads(done.stdout)["results"]["bindings"]]
    assert "서울" in names and len(names) > 5
