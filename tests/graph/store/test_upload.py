"""Loading into a server: whole or not at all, gone on with after a stop, seen whole by readers."""

from __future__ import annotations

import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.store import upload
from citypact.graph.store.base import LocalStore
from citypact.graph.store.remote import RemoteStore
from citypact.graph.store.server import Server
from citypact.graph.store.upload import load, plan
from citypact.graph.store.versions import STORE, VERSIONS
from citypact.ontology import CLAIMS_GRAPH, DERIVATIONS_GRAPH, FACTS_GRAPH, ID, NS
from citypact.ontology.errors import CitypactError
from tests.graph.store.servers import Running
from tests.running import begin, citypact

MARK = ox.NamedNode(NS + "note")
GRAPHS = (ox.DefaultGraph(), ox.NamedNode(CLAIMS_GRAPH), ox.NamedNode(DERIVATIONS_GRAPH))
MANY = 300


def marked(mark: str, many: int = MANY) -> list[ox.Quad]:
    """A graph that says in each of its triples which one it is."""
    things = [ox.NamedNode(f"{ID}city/{number}") for number in range(many)]
    return [ox.Quad(thing, MARK, ox.Literal(mark), graph) for thing in things for graph in GRAPHS]


@pytest.fixture(
    params=[pytest.param(name, marks=pytest.mark.server) for name in ("oxigraph", "virtuoso")]
)
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    """A server without versions."""
    kind = {"oxigraph": "empty_oxigraph", "virtuoso": "other_virtuoso"}[request.param]
    found: Running = request.getfixturevalue(kind)
    server = found.server()
    update, _ = server.writing()
    for version in server.versions():
        for stored in version.graphs.values():
            server.client.update(update, f"DROP SILENT GRAPH <{stored}>")
    server.client.update(update, f"DROP SILENT GRAPH <{VERSIONS}>")
    if server.has_default_graph:
        server.client.update(update, "DROP ALL")
    yield found


def marks(store: RemoteStore) -> dict[str, int]:
    """The marks that a reader sees in all graphs, and how often."""
    text = (
        "SELECT ?mark (COUNT(*) AS ?n) { { ?s citypact:note ?mark } "
        "UNION { GRAPH ?g { ?s citypact:note ?mark } } } GROUP BY ?mark"
    )
    return {row["mark"].value: int(row["n"].value) for row in store.solutions(text)}


def seen_by_others(server: Server) -> dict[str, int]:
    """The marks that a client sees which knows nothing of versions, and how often."""
    plain = "".join(
        f"UNION {{ GRAPH <{name}> {{ ?s <{MARK.value}> ?mark }} }}"
        for name in (CLAIMS_GRAPH, DERIVATIONS_GRAPH)
    )
    rows = server.select(
        f"SELECT ?mark (COUNT(*) AS ?n) {{ {{ ?s <{MARK.value}> ?mark }} {plain} }} GROUP BY ?mark"
    ).rows
    return {mark.value: int(n.value) for mark, n in rows}  # type: ignore[union-attr]


def whole(mark: str) -> dict[str, int]:
    return {mark: MANY * len(GRAPHS)}


def test_readers_have_the_last_graph_and_old_ones_go(running: Running) -> None:
    server = running.server()
    with pytest.raises(CitypactError, match=r"has no graph\n.*citypact build --store"):
        RemoteStore.open(running.address)
    load(server, marked("one"), {"graph": "one"})
    first = RemoteStore.at(server)
    assert (marks(first), first.summary()) == (whole("one"), {"graph": "one"})
    load(server, marked("two"), {"graph": "two"})
    again = RemoteStore.at(server)
    assert (marks(again), again.summary()) == (whole("two"), {"graph": "two"})
    assert marks(first) == whole("one"), "who reads the graph before can read on"
    load(server, marked("three"), {})
    load(server, marked("four"), {})
    assert len(server.versions()) == 2
    late = RemoteStore(server, first.version)
    with pytest.raises(CitypactError, match="was loaded again"):
        marks(late)


def test_the_same_graph_is_not_loaded_twice(running: Running) -> None:
    server = running.server()
    said: list[str] = []
    first = load(server, marked("one"), {})
    assert load(server, reversed(marked("one")), {}, said.append).name == first.name
    assert said == []
    load(server, marked("two"), {})
    back = load(server, marked("one"), {}, said.append)
    assert not [step for step in said if step.startswith("loading")], "it was still there"
    assert back.number > first.number
    assert marks(RemoteStore.at(server)) == whole("one")


def test_a_reader_who_polls_sees_one_graph_or_the_other(running: Running) -> None:
    server = running.server()
    load(server, marked("0"), {})
    seen: list[dict[str, int]] = []
    faults: list[str] = []
    done = threading.Event()

    def poll() -> None:
        mine = running.server()
        while not done.is_set():
            try:
                seen.append(marks(RemoteStore.at(mine)))
                if mine.has_default_graph:
                    seen.append(seen_by_others(mine))
            except CitypactError as error:
                faults.append(str(error))

    readers = [threading.Thread(target=poll) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for number in range(1, 7):
            before = len(seen)
            load(server, marked(str(number)), {})
            while len(seen) < before + 3 and any(reader.is_alive() for reader in readers):
                time.sleep(0.01)
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert faults == []
    assert {str(found) for found in seen} <= {str(whole(str(n))) for n in range(7)}
    assert len({str(found) for found in seen}) >= 3


def test_a_load_that_is_killed_changes_nothing_and_is_gone_on_with(
    running: Running, build: Path, tmp_path: Path
) -> None:
    server = running.server()
    load(server, marked("old"), {})
    given = ["build", "--records-only", "--store", running.address]
    process = begin(*given, folder=tmp_path, env=running.environment)
    while process.poll() is None and not any(len(v.batches) > 1 for v in unfinished(server)):
        time.sleep(0.002)
    process.kill()
    process.communicate()
    (stopped,) = unfinished(server)
    stores = LocalStore.open(build)
    parts = len(plan(stores.quads(), {})[1])
    assert 1 < len(stopped.batches) < parts, "the moment was missed"
    assert marks(RemoteStore.at(server)) == whole("old")
    said: list[str] = []
    load(server, stores.quads(), stores.summary(), said.append)
    sent = [step for step in said if step.startswith("loading part")]
    assert len(sent) == parts - len(stopped.batches)
    assert len(RemoteStore.at(server)) == len(stores)
    assert RemoteStore.at(server).summary() == stores.summary()
    again = ["build", "--records-only", "--store", running.address]
    done = citypact(*again, env=running.environment)
    assert f"Loaded into {running.address}" in done.out
    assert list(tmp_path.iterdir()) == []


def unfinished(server: Server) -> list[upload.Version]:
    return [version for version in server.versions() if not version.number]


def test_a_load_that_is_stopped_between_triples_and_note_sends_them_again(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moment that a kill hardly hits: the triples are there, the note of them is not."""
    server = running.server()
    load(server, marked("old"), {})
    monkeypatch.setattr(upload, "BATCH", 100)
    update, graphs = server.writing()
    version, batches = plan(marked("new"), {})
    server.client.update(update, upload._insert(upload._description(version)))
    server.client.add(graphs, version.graphs[batches[0].graph], batches[0].triples)
    assert marks(RemoteStore.at(server)) == whole("old")
    load(server, marked("new"), {})
    assert marks(RemoteStore.at(server)) == whole("new")


@pytest.mark.parametrize("change", ["one too many", "one too few"])
def test_a_wrong_count_switches_nothing(running: Running, change: str) -> None:
    server = running.server()
    load(server, marked("old"), {})
    update, _ = server.writing()
    version, _ = plan(marked("new"), {})
    target = version.graphs[FACTS_GRAPH]

    def disturb(step: str) -> None:
        if step != "counting":
            return
        if change == "one too many":
            text = f"INSERT DATA {{ GRAPH <{target}> {{ <a:a> <a:b> <a:c> }} }}"
        else:
            text = f"DELETE WHERE {{ GRAPH <{target}> {{ <{ID}city/7> ?p ?o }} }}"
        server.client.update(update, text)

    with pytest.raises(CitypactError, match=f"30[01] of the 300|299 of the 300.*{FACTS_GRAPH}"):
        load(server, marked("new"), {}, disturb)
    assert marks(RemoteStore.at(server)) == whole("old")
    assert not unfinished(server)
    load(server, marked("new"), {})
    assert marks(RemoteStore.at(server)) == whole("new")


def test_unfinished_loads_of_others_go_with_the_next_switch(running: Running) -> None:
    server = running.server()
    update, _ = server.writing()
    version, _ = plan(marked("given up"), {})
    server.client.update(update, upload._insert(upload._description(version)))
    assert len(unfinished(server)) == 1
    load(server, marked("new"), {})
    assert unfinished(server) == []


@pytest.mark.parametrize(
    ("quad", "says"),
    [
        (ox.Quad(ox.NamedNode("a:a"), MARK, ox.Literal("a\0b")), "NUL"),
        (ox.Quad(ox.BlankNode("b"), MARK, ox.Literal("b")), "blank node"),
    ],
)
def test_what_not_every_store_holds_is_refused_before_anything_is_sent(
    running: Running, quad: ox.Quad, says: str
) -> None:
    with pytest.raises(CitypactError, match=says):
        load(running.server(), [*marked("one"), quad], {})
    assert running.server().versions() == []


@pytest.mark.server
def test_a_store_filled_by_other_means_can_be_read(empty_oxigraph: Running, build: Path) -> None:
    """Somebody puts graph.nq into an Oxigraph server: facts are in its own default graph."""
    address = f"{empty_oxigraph.address}/store"
    kind = {"Content-Type": "application/n-quads"}
    body = (build / "graph.nq").read_bytes()
    urllib.request.urlopen(urllib.request.Request(address, body, kind)).close()
    store, local = RemoteStore.open(empty_oxigraph.address), LocalStore.open(build)
    assert len(store) == len(local)
    text = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    found = RemoteStore.open(empty_oxigraph.address)
    assert list(found.solutions(text)) == list(local.solutions(text))
    for ask in (["query", "mayors", "--why"], ["why", "Guayaquil", "signing date"]):
        there = citypact(*ask, "--store", empty_oxigraph.address).out
        assert there == citypact(*ask, "--store", build).out


@pytest.mark.server
def test_a_server_that_keeps_to_the_standard_is_asked_and_not_copied(
    empty_oxigraph: Running,
) -> None:
    server = empty_oxigraph.server()
    load(server, marked("one"), {})
    store = RemoteStore.at(server)
    assert marks(store) == whole("one")
    assert len(list(store.quads(None, MARK))) == len(marked("one"))
    # Taken away behind our back: whoever asks now, learns it.
    update, _ = server.writing()
    server.client.update(update, f"DROP GRAPH <{store.version.graphs[FACTS_GRAPH]}>")
    assert marks(store) == {"one": MANY * 2}


@pytest.mark.server
def test_other_clients_find_the_current_graph(empty_oxigraph: Running) -> None:
    server = empty_oxigraph.server()
    update, _ = server.writing()
    assert load(server, marked("one"), {}).is_published
    assert seen_by_others(server) == whole("one")
    without = [quad for quad in marked("two") if quad.graph_name != GRAPHS[2]]
    load(server, without, {})
    assert seen_by_others(server) == {"two": MANY * 2}
    # A server that an earlier version of ours has filled: the same graph is loaded for others.
    server.client.update(update, "DROP DEFAULT")
    server.client.update(update, f"DROP GRAPH <{CLAIMS_GRAPH}>")
    server.client.update(
        update, f"DELETE WHERE {{ GRAPH <{VERSIONS}> {{ <{VERSIONS}> <{STORE}published> ?v }} }}"
    )
    assert seen_by_others(server) == {}
    load(server, without, {})
    assert seen_by_others(server) == {"two": MANY * 2}


@pytest.mark.server
def test_what_others_keep_in_the_default_graph_stays(empty_oxigraph: Running) -> None:
    server = empty_oxigraph.server()
    update, _ = server.writing()
    server.client.update(update, "INSERT DATA { <a:a> <a:b> <a:c> }")
    version = load(server, marked("one"), {})
    assert not version.is_published
    assert server.count(FACTS_GRAPH) == 1
    store = RemoteStore.at(server)
    assert marks(store) == whole("one")
    query = SparqlQuery("SELECT (COUNT(*) AS ?n) { ?s ?p ?o GRAPH graph:claims { ?s ?q ?r } }")
    (row,) = server.select(store.for_others(query).text).rows
    assert row == (ox.Literal(MANY),)


@pytest.mark.server
def test_graph_names_that_look_like_versions_stay(empty_oxigraph: Running) -> None:
    """Notes in the graph of versions that are not ours are no reason to fail, nor to follow."""
    server = empty_oxigraph.server()
    update, _ = server.writing()
    junk = f'<{VERSIONS}/zz> <{STORE}summary> "x" . <a:a> <a:b> <a:c> . '
    server.client.update(update, f"INSERT DATA {{ GRAPH <{VERSIONS}> {{ {junk} }} }}")
    load(server, marked("one"), {})
    assert marks(RemoteStore.at(server)) == whole("one")
