"""Questions that are answered in a process of their own end in time, and reach no network."""

from __future__ import annotations

import os
import pty
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

import citypact
from citypact.api import Graph
from citypact.graph.store.base import Bindings, LocalStore
from citypact.graph.store.isolated import isolated
from citypact.ontology.errors import CitypactError
from tests.running import COMMAND, environment, interruptible

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

GROWING = (
    "SELECT (COUNT(DISTINCT ?text) AS ?n) "
    "{ ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), STR(?c), STR(?d), STR(?f)) AS ?text) }"
)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address on this machine, and what arrives there."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                heard.append(connection.recv(100))
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", heard
        server.shutdown(socket.SHUT_RDWR)


def answering() -> int:
    """How many processes of ours answer at this moment."""
    listed = ["ps", "-o", "args=", "--ppid", str(os.getpid())]
    return subprocess.run(listed, capture_output=True, text=True).stdout.count("answering_process")


def arguments_of(process: str) -> bytes:
    """The command of a process; nothing where it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def until(holds: Callable[[], bool]) -> None:
    """Waits until something holds, for a minute at most."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_answers_are_those_of_the_store(graph: Graph) -> None:
    for text in (
        "SELECT ?a ?name { ?a a citypact:Agreement OPTIONAL { ?a skos:prefLabel ?name } }",
        "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 2500",
        "SELECT * { VALUES (?a ?b) { (UNDEF 1) ('a\\nb'@ko UNDEF) } }",
        "SELECT * { ?a a citypact:Nothing }",
    ):
        with isolated(graph.store) as store:
            there, here = store.answer(text), graph.store.answer(text)
            assert isinstance(there, Bindings)
            assert isinstance(here, Bindings)
            assert there.columns == here.columns
            assert sorted(map(str, there.rows)) == sorted(map(str, here.rows))
    with isolated(graph.store) as store:
        assert store.answer("ASK { ?c a citypact:City }") is True
        made = store.answer("CONSTRUCT WHERE { ?c a citypact:City }")
        assert set(made) == set(graph.store.answer("CONSTRUCT WHERE { ?c a citypact:City }"))  # type: ignore[call-overload, arg-type]
        with pytest.raises(CitypactError, match="line 1, column"):
            store.answer("SELECT WHERE")
        store.answer("SELECT * { ?s ?p ?o }")
        assert store.answer("ASK { }") is True, "neither a mistake nor unread rows end it"


def test_a_graph_in_memory_is_asked_as_well() -> None:
    a = ox.NamedNode("urn:a")
    with isolated(LocalStore.of([ox.Quad(a, a, ox.Literal("가"), a)])) as store:
        (row,) = store.solutions("SELECT * { GRAPH ?g { ?s ?p ?o } }")
    assert row == {"g": a, "s": a, "p": a, "o": ox.Literal("가")}


def test_a_query_that_does_not_end_is_ended_and_the_process_is_gone(graph: Graph) -> None:
    begin = time.monotonic()
    with pytest.raises(CitypactError, match="ended after 1 s"):
        graph.query(ENDLESS, timeout=1)
    assert time.monotonic() - begin < 60, "no test of speed: it would take years"
    assert answering() == 0
    assert len(graph.query("agreements", timeout=60)) == len(graph.query("agreements"))


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is in /proc")
def test_a_query_that_takes_too_much_memory_is_ended(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("citypact.graph.store.isolated.memory_of_machine", lambda: 400_000_000)
    with pytest.raises(CitypactError, match="took more than 200 MB of memory"):
        graph.query(GROWING, timeout=600)
    assert answering() == 0
    assert len(graph.query("agreements", timeout=60)) == len(graph.query("agreements"))


@pytest.mark.skipif(sys.platform != "linux", reason="the children of a process are in /proc")
def test_a_query_ends_with_the_program_that_asks(build: Path) -> None:
    code = "import sys, citypact; citypact.open(sys.argv[1]).query(sys.argv[2], timeout=600)"
    asking = subprocess.Popen([COMMAND[0], "-c", code, str(build), ENDLESS], env=environment())
    children = Path(f"/proc/{asking.pid}/task/{asking.pid}/children")
    until(lambda: children.read_text() != "")
    (child,) = children.read_text().split()
    until(lambda: b"answering_process" in arguments_of(child))
    asking.kill()
    asking.wait()
    try:
        until(lambda: arguments_of(child) == b"")
    finally:
        with suppress(ProcessLookupError):
            os.kill(int(child), signal.SIGKILL)


def test_a_bar_shows_that_the_command_asks_and_ctrl_c_ends_it(build: Path) -> None:
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "query", "--text", ENDLESS, "--store", str(build), "--timeout", "0"],
        stderr=follower,
        env=environment(TERM="xterm", COLUMNS="100"),
        preexec_fn=interruptible,
    ) as command:
        os.close(follower)
        said = b""
        while b"asking the graph" not in said:
            said += os.read(leader, 65536)
        command.send_signal(signal.SIGINT)
    os.close(leader)
    assert command.returncode in (130, -signal.SIGINT)
    assert b"Traceback" not in said


def test_a_query_ends_in_time_also_where_its_terminal_has_gone(build: Path) -> None:
    leader, follower = pty.openpty()
    command = subprocess.Popen(
        [*COMMAND, "query", "--text", ENDLESS, "--store", str(build), "--timeout", "2"],
        stderr=follower,
        env=environment(TERM="xterm", COLUMNS="100"),
        start_new_session=True,  # a window that is closed says SIGHUP to its own session alone
    )
    os.close(follower)
    said = b""
    while b"asking the graph" not in said:
        said += os.read(leader, 65536)
    os.close(leader)
    try:
        assert command.wait(60) == 1
    finally:
        command.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is in /proc")
def test_the_command_ends_where_a_query_takes_too_much_memory(build: Path) -> None:
    code = (
        "import sys, citypact.commands, citypact.commands.limits as limits; "
        "limits.memory_of_machine = lambda: 600_000_000; "
        "sys.exit(citypact.commands.run(sys.argv[1:]))"
    )
    command = [COMMAND[0], "-c", code, "query", "--text", GROWING, "--store", str(build)]
    done = subprocess.run(
        [*command, "--timeout", "0"], capture_output=True, text=True, env=environment()
    )
    assert done.returncode == 1
    assert "took more than 300 MB of memory" in done.stderr
    assert not done.stdout


def test_rows_have_their_sources_within_the_time_as_well(graph: Graph) -> None:
    text = (
        "SELECT ?form (COUNT(?a) AS ?n) { ?a a citypact:Agreement ; citypact:instrumentForm ?form }"
        " GROUP BY ?form ORDER BY ?form"
    )
    query = citypact.graph.sparql.syntax.SparqlQuery(text)
    limited, usual = graph.ask(query, explained=True, timeout=60), graph.ask(query, explained=True)
    assert limited.answer.behind is not None
    assert limited.sources() == usual.sources()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process refuse its network")
def test_what_runs_there_reaches_no_network(listener: tuple[str, list[bytes]]) -> None:
    address, heard = listener
    call = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
    store = LocalStore(ox.Store())
    with isolated(store) as apart, pytest.raises(CitypactError):
        list(apart.solutions(call))
    assert not heard
    with isolated(store, has_network=True) as apart, pytest.raises(CitypactError):
        list(apart.solutions(call))
    assert heard, "the same query calls where it may"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process refuse its network")
def test_the_command_has_no_network_where_it_only_asks(
    build: Path, listener: tuple[str, list[bytes]]
) -> None:
    """The guard is taken away here: what it might miss is cut off all the same."""
    address, heard = listener
    text = f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
    code = (
        "import citypact.api, citypact.commands, sys; "
        "citypact.api.guard = lambda query, allow_service=False: query; "
        "citypact.api.is_doubtful = lambda query: False; "
        "sys.exit(citypact.commands.run(sys.argv[1:]))"
    )
    command = [COMMAND[0], "-c", code, "query", "--text", text, "--store", str(build)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment())
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not heard
    subprocess.run([*command, "--allow-service"], capture_output=True, env=environment())
    assert heard
