"""Each known deviation of Virtuoso: it is still there, and our way around it works.

A test that fails in its first half says that a newer Virtuoso has become better: the line of the
table can go.
"""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from citypact.graph.provenance.named_queries import run
from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.store.base import LocalStore
from citypact.graph.store.engine_quirks import VIRTUOSO, deviations
from citypact.graph.store.http_client import JSON_RESULTS
from citypact.graph.store.remote import RemoteStore
from citypact.graph.store.server import Server
from citypact.graph.store.upload import load
from citypact.ontology import CLAIMS_GRAPH, ID, NS, SKOS
from citypact.ontology.errors import CitypactError
from tests.graph.store.servers import Running

pytestmark = pytest.mark.server

FACTS = [
    ox.Quad(ox.NamedNode(ID + f"city/{name}"), ox.NamedNode(SKOS + "prefLabel"), label)
    for name, korean, english in (
        ("seoul", "서울", "Seoul"),
        ("guayaquil", "과야킬", "Guayaquil"),
        ("london", "런던", "London"),
    )
    for label in (ox.Literal(korean, language="ko"), ox.Literal(english, language="en"))
]
TWIN = ox.Quad(
    ox.NamedNode(ID + "city/seoul"),
    ox.NamedNode(NS + "twinnedWith"),
    ox.NamedNode(ID + "city/london"),
)
INFERRED = ox.Quad(
    ox.NamedNode(ID + "claim/1"),
    ox.NamedNode(NS + "isInferred"),
    ox.Literal(True),
    ox.NamedNode(CLAIMS_GRAPH),
)
MANY = 10_500
"""More triples than the server gives rows (ResultSetMaxRows in tests/graph/store/servers.py)."""
QUADS = [
    *FACTS,
    TWIN,
    ox.Quad(TWIN.subject, ox.NamedNode(NS + "note"), ox.Literal("A capital.")),
    INFERRED,
    *(
        ox.Quad(ox.NamedNode(f"{ID}doc/{number}"), ox.NamedNode(NS + "note"), ox.Literal("note"))
        for number in range(MANY)
    ),
]


@pytest.fixture(scope="module")
def server(other_virtuoso: Running) -> Iterator[Server]:
    found = other_virtuoso.server()
    load(found, QUADS, {})
    yield found


@pytest.fixture(scope="module")
def store(server: Server) -> RemoteStore:
    return RemoteStore.at(server)


@pytest.fixture(scope="module")
def local() -> LocalStore:
    return LocalStore.of(QUADS)


def asked(server: Server, text: str) -> list[tuple[object, ...]]:
    """The rows that the server itself gives."""
    version = server.versions()[0]
    found = server.select(version.inward(text), version.dataset)
    return list(found.rows)


def judge(store: RemoteStore, local: LocalStore, text: str) -> None:
    """Checks that the server is wrong about a query, and that our store is right."""
    right = run(local, SparqlQuery(text)).rows
    assert sorted(map(str, asked(store.server, text))) != sorted(map(str, right))
    assert run(store, SparqlQuery(text)).rows == right
    assert right


def test_a_server_is_known_by_what_it_calls_itself(server: Server) -> None:
    assert server.deviations == VIRTUOSO
    assert deviations("Oxigraph/0.5.13") == ()


def test_no_default_graph(server: Server, store: RemoteStore) -> None:
    update, _ = server.writing()
    with pytest.raises(CitypactError, match="default graph"):
        server.client.update(update, "INSERT DATA { <a:a> <a:b> <a:c> }")
    found = store.solutions("SELECT ?c { ?c skos:prefLabel '서울'@ko }")
    assert [row["c"].value for row in found] == [ID + "city/seoul"]


def test_bare_queries_hang(server: Server) -> None:
    request = urllib.request.Request(
        server.questions,
        b"ASK { ?s ?p ?o }",
        {"Content-Type": "application/sparql-query", "Accept": JSON_RESULTS},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with pytest.raises(OSError, match="timed out"):
        opener.open(request, timeout=3).read()
    assert list(server.select("SELECT (1 AS ?one) { }").rows)


def test_large_updates_fail(server: Server) -> None:
    update, _ = server.writing()
    triples = " ".join(f"<{ID}doc/{number}> <a:b> <a:c> ." for number in range(20_000))
    with pytest.raises(CitypactError, match=r"memory exhausted|40[03]|500"):
        server.client.update(update, f"INSERT DATA {{ GRAPH <a:large> {{ {triples} }} }}")
    assert len(RemoteStore.at(server)) == len(QUADS) > 10_000, "as batches they came"


def test_digest_authentication(server: Server) -> None:
    update, graphs = server.writing()
    assert "sparql-auth" in update
    assert "sparql-graph-crud-auth" in graphs
    request = urllib.request.Request(update, b"update=x")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with pytest.raises(urllib.error.HTTPError) as refused:
        opener.open(request, timeout=60)
    with refused.value as error:
        assert error.headers["WWW-Authenticate"].startswith("Digest")
    server.client.update(update, "DROP SILENT GRAPH <a:nothing>")


def test_answers_are_cut(server: Server, store: RemoteStore) -> None:
    text = "SELECT ?s { ?s citypact:note ?o }"
    assert len(asked(server, text)) == 10_000
    assert len(list(store.solutions(text))) == MANY + 1
    assert set(store.quads()) == set(QUADS)


def test_booleans(server: Server, store: RemoteStore, local: LocalStore) -> None:
    judge(store, local, "SELECT ?v { GRAPH ?g { ?c citypact:isInferred ?v } }")
    judge(store, local, "SELECT (1 = 1 AS ?yes) { }")
    assert store.has(INFERRED)


def test_ask_gives_rows(server: Server, store: RemoteStore) -> None:
    answer = server.client.query(server.questions, "ASK { ?s ?p ?o }", JSON_RESULTS)
    assert b'"boolean"' not in answer.body
    assert store.answer("ASK { ?c skos:prefLabel '서울'@ko }") is True


def test_hangul_inside_in(store: RemoteStore, local: LocalStore) -> None:
    judge(
        store,
        local,
        "SELECT ?c { ?c skos:prefLabel ?n FILTER(STR(?n) IN ('서울', '런던')) } ORDER BY ?c",
    )


def test_undef_forgets(store: RemoteStore, local: LocalStore) -> None:
    ways = "{ ?c skos:prefLabel ?n BIND(?c AS ?x) } UNION { ?c skos:altLabel ?n BIND(?c AS ?x) }"
    judge(store, local, f"SELECT ?c ?n {{ VALUES ?c {{ UNDEF }} {ways} }} ORDER BY ?c ?n")


def test_sorting_by_what_is_not_shown(store: RemoteStore, local: LocalStore) -> None:
    text = "SELECT DISTINCT ?c { ?c skos:prefLabel ?n } ORDER BY (!BOUND(?n)) ?n ?c"
    with pytest.raises(CitypactError, match="order by out of range"):
        asked(store.server, text)
    assert run(store, SparqlQuery(text)).rows == run(local, SparqlQuery(text)).rows


def test_escapes_in_names(store: RemoteStore, local: LocalStore) -> None:
    text = "SELECT ?p ?o { id:city\\/seoul ?p ?o } ORDER BY ?p ?o"
    with pytest.raises(CitypactError, match="Bad character"):
        asked(store.server, text)
    assert run(store, SparqlQuery(text)).rows == run(local, SparqlQuery(text)).rows


def test_order(store: RemoteStore, local: LocalStore) -> None:
    text = f"SELECT ?o {{ <{ID}city/seoul> ?p ?o }} ORDER BY ?o"
    assert asked(store.server, text) != run(local, SparqlQuery(text)).rows
    assert run(store, SparqlQuery(text)).rows == run(local, SparqlQuery(text)).rows


def test_every_line_of_the_table_has_a_test() -> None:
    tests = {name.removeprefix("test_").replace("_", " ") for name in globals()}
    assert {deviation.name.lower() for deviation in VIRTUOSO} <= tests


def test_the_documentation_has_the_same_table() -> None:
    text = (Path(__file__).parents[3] / "docs" / "stores.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    for each in VIRTUOSO:
        assert f"| {each.name} | {each.what} | {each.around} |" in rows
