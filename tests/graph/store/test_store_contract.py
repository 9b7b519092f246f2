"""What every store does alike: in memory, on disk, on an Oxigraph server and on Virtuoso."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from citypact.api import Graph
from citypact.graph.provenance.named_queries import in_order, named_queries, run
from citypact.graph.rdf.serialise import sorted_quads
from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.store.base import LocalStore, Store
from citypact.graph.store.remote import RemoteStore
from citypact.graph.store.upload import load
from citypact.ontology import CLAIMS_GRAPH, DERIVATIONS_GRAPH, ID, NS, RDF, SKOS, XSD
from citypact.ontology.errors import CitypactError
from tests.graph.store.servers import Running
from tests.running import citypact, environment
from tests.sources.small import write_small

OF_REGISTERS = {
    "lists-of-members",
    "terms-of-agreements",
    "totals-of-partner-cities",
    "who-reported-under",
}
"""Named queries that have no answer without the registers, or without the members of networks."""
THING, SAYS = ox.NamedNode(ID + "city/hostile"), ox.NamedNode(NS + "note")
HOSTILE = [
    "quote \" apostrophe ' backslash \\ \\n \\u0041",
    "line\nbreak\r\n\ttab",
    "<script>alert(1)</script> & &amp;",
    '"} INSERT DATA { <a:a> <a:b> <a:c> } #',
    "서울특별시 과야킬 ﻿​",
    "\U0001f3d9\ufe0f \u202eesrever",
    " white space ",
    "-",
    "x" * 20_000,
]
LITERALS = [
    *(ox.Literal(text) for text in HOSTILE),
    ox.Literal("서울", language="ko"),
    ox.Literal("Seoul", language="en"),
    ox.Literal(True),
    ox.Literal(False),
    ox.Literal(-7),
    ox.Literal("37.5665", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("2017-04-03", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("14:30:00", datatype=ox.NamedNode(XSD + "time")),
]


@pytest.fixture(scope="session")
def quads(build: Path) -> list[ox.Quad]:
    """The packaged graph, and in each of its graphs what only ill-meaning or odd sources hold."""
    graphs = [ox.DefaultGraph(), ox.NamedNode(CLAIMS_GRAPH)]
    odd = [ox.Quad(THING, SAYS, literal, graph) for literal in LITERALS for graph in graphs]
    return sorted_quads([*LocalStore.open(build).quads(), *odd])


@pytest.fixture(scope="session")
def folder(build: Path, quads: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as builds have it."""
    made = tmp_path_factory.mktemp("contract")
    shutil.copy(build / "summary.json", made)
    inner = ox.Store(str(made / "store"))
    inner.bulk_extend(quads)
    inner.flush()
    del inner
    return made


SERVERS = [pytest.param(name, marks=pytest.mark.server) for name in ("oxigraph", "virtuoso")]


@pytest.fixture(scope="session")
def filled(folder: Path, quads: list[ox.Quad]) -> Callable[[Running], Running]:
    """Loads the quads into a server, once."""

    @cache
    def fill(running: Running) -> Running:
        load(running.server(), quads, LocalStore.open(folder).summary())
        return running

    return fill


@pytest.fixture(params=SERVERS)
def running(request: pytest.FixtureRequest, filled: Callable[[Running], Running]) -> Running:
    return filled(request.getfixturevalue(f"{request.param}_server"))


@pytest.fixture(scope="session")
def opened(
    folder: Path, expected: LocalStore, filled: Callable[[Running], Running]
) -> Callable[[str, pytest.FixtureRequest], Store]:
    """Opens stores by their kind; those that answer from memory anyway only once."""

    @cache
    def once(kind: str, running: Running | None) -> Store:
        if kind == "memory":
            return LocalStore.of(expected.quads(), LocalStore.open(folder).summary)
        if running:
            return RemoteStore.at(filled(running).server())
        return LocalStore.open(folder)

    def of(kind: str, request: pytest.FixtureRequest) -> Store:
        if kind in ("memory", "embedded"):
            return once(kind, None)
        running = request.getfixturevalue(f"{kind}_server")
        if kind == "virtuoso":
            return once(kind, running)
        return RemoteStore.at(filled(running).server())  # it shall be asked, not its copy

    return of


@pytest.fixture(params=["memory", "embedded", *SERVERS])
def store(
    request: pytest.FixtureRequest, opened: Callable[[str, pytest.FixtureRequest], Store]
) -> Store:
    return opened(request.param, request)


@pytest.fixture(scope="session")
def expected(quads: list[ox.Quad]) -> LocalStore:
    return LocalStore.of(quads)


def test_it_holds_what_was_put_in(store: Store, quads: list[ox.Quad]) -> None:
    assert len(store) == len(quads)
    assert sorted_quads(store.quads()) == quads


def test_hostile_text_comes_back_as_it_was(store: Store) -> None:
    for graph in (ox.DefaultGraph(), ox.NamedNode(CLAIMS_GRAPH)):
        found = {quad.object for quad in store.quads(THING, SAYS, None, graph)}
        assert found == set(LITERALS)
        assert all(store.has(ox.Quad(THING, SAYS, literal, graph)) for literal in LITERALS)
    assert not store.has(ox.Quad(THING, SAYS, ox.Literal("nobody")))


@pytest.mark.parametrize(
    "pattern",
    [
        (THING, None, None, None),
        (None, ox.NamedNode(SKOS + "prefLabel"), None, None),
        (None, ox.NamedNode(SKOS + "prefLabel"), None, ox.DefaultGraph()),
        (None, ox.NamedNode(RDF + "type"), ox.NamedNode(NS + "Claim"), None),
        (None, None, ox.NamedNode(ID + "city/seoul"), ox.DefaultGraph()),
        (None, None, ox.Literal("서울", language="ko"), ox.DefaultGraph()),
        (None, ox.NamedNode(NS + "derivedBy"), None, ox.NamedNode(DERIVATIONS_GRAPH)),
        (None, None, None, ox.NamedNode(CLAIMS_GRAPH)),
        (None, ox.NamedNode(NS + "nowhere"), None, None),
        (None, None, None, ox.NamedNode(ID + "no-graph")),
    ],
    ids=range(10),
)
def test_patterns_find_the_same_quads(
    store: Store, expected: LocalStore, pattern: tuple[object, ...]
) -> None:
    found = sorted_quads(store.quads(*pattern))  # type: ignore[arg-type]
    assert found == sorted_quads(expected.quads(*pattern))  # type: ignore[arg-type]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("name", named_queries())
def test_named_queries_have_the_same_answers(store: Store, expected: LocalStore, name: str) -> None:
    query = SparqlQuery(named_queries()[name].text)
    found, wanted = run(store, query), run(expected, query)
    assert found.columns == wanted.columns
    assert found.rows == wanted.rows


@pytest.mark.server
def test_other_clients_get_the_same_rows_by_what_show_prints(
    filled: Callable[[Running], Running], oxigraph_server: Running, expected: LocalStore
) -> None:
    """The texts of all named queries, sent as they are to the address alone."""
    store = RemoteStore.at(filled(oxigraph_server).server())
    for query in named_queries().values():
        shown = store.for_others(SparqlQuery(query.text))
        answer = store.server.select(shown.text)
        several = [name in shown.several for name in answer.columns]
        # Engines join the values of a cell in any order.
        found = [
            tuple(in_order(v) if many else v for v, many in zip(row, several, strict=True))
            for row in answer.rows
        ]
        assert found == run(expected, SparqlQuery(query.text)).rows, query.name
        assert found or query.name in OF_REGISTERS


@pytest.mark.server
def test_without_a_default_graph_what_show_prints_names_the_graphs(
    filled: Callable[[Running], Running], virtuoso_server: Running, expected: LocalStore
) -> None:
    running = filled(virtuoso_server)
    text = "SELECT ?c ?n { ?c a citypact:City ; citypact:labelEnglish ?n } ORDER BY ?n"
    options = ["query", "--text", text, "--show", "--store", running.address]
    shown = citypact(*options, env=running.environment).out
    assert "FROM <https://w3id.org/citypact/graph/facts/" in shown
    found = list(running.server().select(shown).rows)
    assert found == run(expected, SparqlQuery(text)).rows


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?c { ?c skos:prefLabel ?n FILTER(STR(?n) IN ('서울', '과야킬')) } ORDER BY ?c",
        "SELECT ?c { ?c skos:prefLabel ?n FILTER(?n IN ('서울'@ko, '런던'@ko)) } ORDER BY ?c",
        "SELECT ?c ?n { ?c a citypact:City ; skos:prefLabel ?n } ORDER BY ?c ?n",
        "SELECT (1 = 1 AS ?yes) (1 = 2 AS ?no) (COUNT(*) AS ?n) { ?s a citypact:City }",
        "SELECT ?o { id:city\\/hostile citypact:note ?o } ORDER BY DATATYPE(?o) LANG(?o) STR(?o)",
        "SELECT ?x { VALUES ?x { UNDEF } OPTIONAL { ?x a citypact:City } } ORDER BY ?x",
        "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g",
        "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/citypact/graph/claims> { ?s ?p ?o } }",
        "PREFIX g: <https://w3id.org/citypact/graph/> "
        "SELECT (COUNT(*) AS ?n) { GRAPH g:derivations { ?s ?p ?o } }",
        "BASE <https://w3id.org/citypact/> "
        "SELECT (COUNT(*) AS ?n) { GRAPH <graph/claims> { ?s a citypact:Claim } }",
        "SELECT ?g { GRAPH ?g { ?c a citypact:Claim } "
        "FILTER(?g = <https://w3id.org/citypact/graph/claims>) } LIMIT 1",
        "SELECT ?d (YEAR(?d) AS ?year) { ?x citypact:earliest ?d } ORDER BY ?d",
        "SELECT (COUNT(*) AS ?n) { GRAPH graph:claims { ?s a citypact:Claim } }",
        "SELECT ?p ?o { city:seoul ?p ?o . ?a citypact:instrumentForm code-form:agreement. } "
        "ORDER BY ?p STR(?o) LIMIT 9",
        "ASK { ?c a citypact:City }",
        "ASK { ?c a citypact:Nothing }",
    ],
    ids=range(16),
)
def test_free_queries_have_the_same_answers(store: Store, expected: LocalStore, text: str) -> None:
    query = SparqlQuery(text)
    found, wanted = run(store, query), run(expected, query)
    assert (found.columns, found.rows) == (wanted.columns, wanted.rows)
    assert wanted.rows


def test_construct_and_describe_give_the_same_triples(store: Store, expected: LocalStore) -> None:
    for text in (
        "CONSTRUCT { ?s citypact:note ?o } WHERE { ?s citypact:note ?o }",
        "DESCRIBE topic:smart-city",
    ):
        found, wanted = store.answer(text), expected.answer(text)
        assert set(found) == set(wanted) != set()  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["SELECT ?x {\n ?x ?p }", "SELECT ?x { ?x nowhere:p ?o }", "{}"])
def test_what_is_no_sparql_is_shown_with_its_place(
    store: Store, expected: LocalStore, text: str
) -> None:
    with pytest.raises(CitypactError) as found:
        store.answer(text)
    with pytest.raises(CitypactError) as wanted:
        expected.answer(text)
    assert str(found.value) == str(wanted.value)
    assert "line" in str(found.value)


def test_it_counts_and_sums_up(store: Store, expected: LocalStore, folder: Path) -> None:
    for name in ("Agreement", "Claim", "City", "Nothing"):
        assert store.instances(name) == expected.instances(name)
    assert store.documents() == expected.documents() > 0
    assert store.summary() == json.loads((folder / "summary.json").read_text("utf-8"))


def test_many_small_questions_end_in_a_copy(store: Store, expected: LocalStore) -> None:
    """Evidence and dossiers look up thousands of single things: answers stay the same."""
    graph, other = Graph(store), Graph(expected)
    assert graph.why("과야킬") == other.why("과야킬")
    assert graph.names.find("과야킬") == other.names.find("과야킬")


COMMANDS = [
    ["query", "agreements-of-city", "--city", "과야킬", "--why"],
    ["query", "statements", "--format", "csv"],
    ["query", "chronology", "--format", "json"],
    ["query", "--text", "CONSTRUCT WHERE { ?c a citypact:City }", "--format", "ttl"],
    ["query", "--text", "ASK { ?c a citypact:City }"],
    ["why", "Guayaquil", "signing date"],
    ["draw", "--out", "page.html"],
    ["export", "--network", "everything", "--out", "all.graphml"],
    ["export", "--network", "topics", "--format", "csv", "--out", "topics"],
]


def outcome(arguments: list[str], where: str, env: dict[str, str], place: Path) -> dict[str, bytes]:
    """What a command prints and the files that it writes."""
    place.mkdir()
    done = citypact(*arguments, "--store", where, env=env, folder=place)
    files = {str(f.relative_to(place)): f.read_bytes() for f in place.rglob("*") if f.is_file()}
    return {"standard output": done.raw, **files}


@pytest.fixture(scope="session")
def wanted(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., dict[str, bytes]]:
    """The outcome of a command on the folder, once for all servers."""

    @cache
    def found(*arguments: str) -> dict[str, bytes]:
        place = tmp_path_factory.mktemp("wanted") / "place"
        return outcome([*arguments], str(folder), environment(), place)

    return found


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_whole_commands_give_the_same_bytes(
    running: Running,
    wanted: Callable[..., dict[str, bytes]],
    tmp_path: Path,
    arguments: list[str],
) -> None:
    found = outcome(arguments, running.address, running.environment, tmp_path / "found")
    assert found == wanted(*arguments)
    assert any(found.values())


def test_the_store_called_memory_is_a_build_without_a_folder(
    whole_build: Path, tmp_path: Path
) -> None:
    """Of the packaged sources and, with all that a page says of a store, of a small project."""
    wanted = outcome(COMMANDS[0], str(whole_build), environment(), tmp_path / "wanted")
    assert outcome(COMMANDS[0], "memory", environment(), tmp_path / "found") == wanted
    project = write_small(tmp_path / "project")
    (project / "citypact.toml").write_text('centre = "city/seoul"\n', encoding="utf-8")
    citypact("build", "--out", tmp_path / "build", folder=project)
    pages = []
    for where in (tmp_path / "build", "memory"):
        citypact("draw", "--store", where, "--out", "page.html", folder=project)
        pages.append((project / "page.html").read_bytes())
    assert pages[0] == pages[1]


def test_a_build_into_memory_tries_the_records_and_keeps_nothing(tmp_path: Path) -> None:
    done = citypact("build", "--records-only", "--store", "memory", folder=tmp_path)
    assert "Nothing was kept" in done.out
    assert list(tmp_path.iterdir()) == []


def test_a_folder_goes_by_both_options(build: Path) -> None:
    ask = ["query", "mayors"]
    assert citypact(*ask, "--store", build).out == citypact(*ask, "--build", build).out


NOBODY = "http://127.0.0.1:9/sparql"
"""A port on which nobody listens: asking it fails, and so can be told."""


def judge_service(where: str, env: dict[str, str]) -> None:
    """Checks that a store asks others only when told to."""

    def ask(text: str, *options: str, code: int = 0) -> str:
        done = citypact("query", "--text", text, "--store", where, *options, env=env, code=code)
        return done.err

    calling = f"SELECT * {{ SERVICE <{NOBODY}> {{ ?s ?p ?o }} }}"
    refused = "SERVICE sends a request to another server, which is not allowed here"
    assert refused in ask(calling, code=2)
    assert "not allowed here" not in ask(calling, "--allow-service", code=2)
    ask(calling.replace("SERVICE", "SERVICE SILENT"), "--allow-service")
    naming = f"SELECT * FROM <{NOBODY}> {{ ?s ?p ?o }}"
    assert "FROM names a graph" in ask(naming, "--allow-service", code=2)


def test_a_folder_asks_others_only_when_told_to(folder: Path) -> None:
    judge_service(str(folder), environment())


def test_a_server_asks_others_only_when_told_to(running: Running) -> None:
    judge_service(running.address, running.environment)
