"""What every store does alike: in memory, on disk, on an Oxigraph server and on Virtuoso."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from citypact.api import Graph
from graph.files import sorted_quads
from graph.loading import load
from graph.query import named_queries, run
from graph.remote import RemoteStore
from graph.store import LocalStore, Store
from ontology import CLAIMS_GRAPH, DERIVATIONS_GRAPH, ID, NS, RDF, SKOS, XSD
from ontology.errors import CitypactError
from tests.graph.servers import Running
from tests.running import citypact, environment

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


@dataclass(frozen=True)
class Kept:
    """A store that is filled: what to open, and how it is called on the command line."""

    store: Store
    where: str
    env: dict[str, str]


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


def kept_on(running: Running, folder: Path, quads: list[ox.Quad]) -> Kept:
    server = running.server()
    load(server, quads, LocalStore.open(folder).summary())
    return Kept(RemoteStore.at(server), running.address, running.environment)


@pytest.fixture(
    scope="session",
    params=[
        "memory",
        "embedded",
        pytest.param("oxigraph", marks=pytest.mark.server),
        pytest.param("virtuoso", marks=pytest.mark.server),
    ],
)
def kept(request: pytest.FixtureRequest, folder: Path, quads: list[ox.Quad]) -> Kept:
    if request.param == "memory":
        return Kept(LocalStore.of(quads, LocalStore.open(folder).summary()), "", environment())
    if request.param == "embedded":
        return Kept(LocalStore.open(folder), str(folder), environment())
    running = request.getfixturevalue(f"{request.param}_server")
    return kept_on(running, folder, quads)


@pytest.fixture(scope="session")
def expected(quads: list[ox.Quad]) -> LocalStore:
    return LocalStore.of(quads)


def test_it_holds_what_was_put_in(kept: Kept, quads: list[ox.Quad]) -> None:
    assert len(kept.store) == len(quads)
    assert sorted_quads(kept.store.quads()) == quads


def test_hostile_text_comes_back_as_it_was(kept: Kept) -> None:
    for graph in (ox.DefaultGraph(), ox.NamedNode(CLAIMS_GRAPH)):
        found = {quad.object for quad in kept.store.quads(THING, SAYS, None, graph)}
        assert found == set(LITERALS)
        assert all(kept.store.has(ox.Quad(THING, SAYS, literal, graph)) for literal in LITERALS)
    assert not kept.store.has(ox.Quad(THING, SAYS, ox.Literal("nobody")))


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
    kept: Kept, expected: LocalStore, pattern: tuple[object, ...]
) -> None:
    found = sorted_quads(kept.store.quads(*pattern))  # type: ignore[arg-type]
    assert found == sorted_quads(expected.quads(*pattern))  # type: ignore[arg-type]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("name", named_queries())
def test_named_queries_have_the_same_answers(kept: Kept, expected: LocalStore, name: str) -> None:
    text = named_queries()[name].text
    found, wanted = run(kept.store, text), run(expected, text)
    assert found.columns == wanted.columns
    assert found.rows == wanted.rows


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
        "ASK { ?c a citypact:City }",
        "ASK { ?c a citypact:Nothing }",
    ],
    ids=range(14),
)
def test_free_queries_have_the_same_answers(kept: Kept, expected: LocalStore, text: str) -> None:
    found, wanted = run(kept.store, text), run(expected, text)
    assert (found.columns, found.rows) == (wanted.columns, wanted.rows)
    assert wanted.rows


def test_construct_and_describe_give_the_same_triples(kept: Kept, expected: LocalStore) -> None:
    for text in (
        "CONSTRUCT { ?s citypact:note ?o } WHERE { ?s citypact:note ?o }",
        "DESCRIBE topic:smart-city",
    ):
        found, wanted = kept.store.answer(text), expected.answer(text)
        assert set(found) == set(wanted) != set()  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["SELECT ?x {\n ?x ?p }", "SELECT ?x { ?x nowhere:p ?o }", "{}"])
def test_what_is_no_sparql_is_shown_with_its_place(
    kept: Kept, expected: LocalStore, text: str
) -> None:
    with pytest.raises(CitypactError) as found:
        kept.store.answer(text)
    with pytest.raises(CitypactError) as wanted:
        expected.answer(text)
    assert str(found.value) == str(wanted.value)
    assert "line" in str(found.value)


def test_it_counts_and_sums_up(kept: Kept, expected: LocalStore, folder: Path) -> None:
    for name in ("Agreement", "Claim", "City", "Nothing"):
        assert kept.store.instances(name) == expected.instances(name)
    assert kept.store.documents() == expected.documents() > 0
    assert kept.store.summary() == json.loads((folder / "summary.json").read_text("utf-8"))


def test_many_small_questions_end_in_a_copy(kept: Kept, expected: LocalStore) -> None:
    """Evidence and dossiers look up thousands of single things: answers stay the same."""
    graph, other = Graph(kept.store), Graph(expected)
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


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_whole_commands_give_the_same_bytes(
    kept: Kept, folder: Path, tmp_path: Path, arguments: list[str]
) -> None:
    if kept.where in ("", str(folder)):
        pytest.skip("is what the others are compared with")
    wanted = outcome(arguments, str(folder), environment(), tmp_path / "wanted")
    assert outcome(arguments, kept.where, kept.env, tmp_path / "found") == wanted
    assert any(wanted.values())


@pytest.mark.parametrize("arguments", [COMMANDS[0], COMMANDS[6]], ids=" ".join)
def test_the_store_called_memory_is_a_build_without_a_folder(
    build: Path, tmp_path: Path, arguments: list[str]
) -> None:
    wanted = outcome(arguments, str(build), environment(), tmp_path / "wanted")
    assert outcome(arguments, "memory", environment(), tmp_path / "found") == wanted
    kept = citypact("build", "--store", "memory", folder=tmp_path)
    assert "Nothing was kept" in kept.out
    assert {path.name for path in tmp_path.iterdir()} == {"wanted", "found"}


def test_a_folder_goes_by_both_options(build: Path) -> None:
    ask = ["query", "mayors"]
    assert citypact(*ask, "--store", build).out == citypact(*ask, "--build", build).out


@pytest.fixture
def other_service() -> Iterator[str]:
    """The address of a port where nobody listens: asking it fails, and so can be told."""
    yield "http://127.0.0.1:9/sparql"


def test_a_query_asks_others_only_when_told_to(kept: Kept, other_service: str) -> None:
    if not kept.where:
        pytest.skip("is no store that commands can open")
    text = f"SELECT * {{ SERVICE <{other_service}> {{ ?s ?p ?o }} }}"
    ask = ["query", "--text", text, "--store", kept.where]
    refused = citypact(*ask, env=kept.env, code=2)
    assert "SERVICE asks another server, which is not allowed here" in refused.err
    tried = citypact(*ask, "--allow-service", env=kept.env, code=2)
    assert "not allowed here" not in tried.err
    silent = text.replace("SERVICE", "SERVICE SILENT")
    done = citypact(
        "query", "--text", silent, "--allow-service", "--store", kept.where, env=kept.env
    )
    assert done.code == 0
    from_elsewhere = f"SELECT * FROM <{other_service}> {{ ?s ?p ?o }}"
    ask = ["query", "--text", from_elsewhere, "--allow-service", "--store", kept.where]
    assert "FROM names a graph" in citypact(*ask, env=kept.env, code=2).err
