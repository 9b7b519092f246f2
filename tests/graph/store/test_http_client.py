"""What goes wrong on the way to a server: each fault is told, with a cure and without secrets."""

from __future__ import annotations

import threading
import time
import warnings
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from citypact.graph.store.http_client import JSON_RESULTS, Credentials, StoreClient, check_address
from citypact.graph.store.remote import RemoteStore
from citypact.graph.store.server import StoreWarning, find_server
from citypact.ontology.errors import CitypactError
from tests.graph.store.servers import Running, free_port
from tests.running import Result, citypact, environment

SECRET = "p4ssw0rd-of-nobody"
ROWS = b'{"head":{"vars":[]},"results":{"bindings":[{}]}}'


class Handler(BaseHTTPRequestHandler):
    """Answers every request as the test wants, and keeps what it was sent."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, Scripted)
        size = int(self.headers.get("Content-Length", 0))
        server.requests.append((self.path, dict(self.headers), self.rfile.read(size)))
        server.script(self)

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        pass

    def give(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        length = headers.pop("Content_Length", str(len(body)))
        for name, value in {"Content-Length": length, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True


Script = Callable[[Handler], None]


class Scripted(ThreadingHTTPServer):
    """A server on this machine that does what its script says."""

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = script
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.address = f"http://127.0.0.1:{self.server_port}/sparql"


@pytest.fixture
def scripted() -> Iterator[Callable[[Script], Scripted]]:
    running: list[Scripted] = []

    def start(script: Script) -> Scripted:
        running.append(Scripted(script))
        threading.Thread(target=running[-1].serve_forever, daemon=True).start()
        return running[-1]

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def ask(address: str, **variables: str) -> Result:
    """A command that asks the server at an address, which must fail and not tell the password."""
    env = environment(
        CITYPACT_STORE_USER="seoul", CITYPACT_STORE_PASSWORD=SECRET, CITYPACT_STORE_TIMEOUT="20"
    )
    done = citypact("query", "mayors", "--store", address, env=env | variables, code=2)
    assert SECRET not in done.err
    assert not done.out
    assert "\n    -> " in done.err
    return done


FAULTS: dict[str, tuple[Script, str]] = {
    "401": (lambda h: h.give(401, SECRET.encode()), "does not accept this user or token (401)"),
    "403": (lambda h: h.give(403), "does not allow this (403)"),
    "404": (lambda h: h.give(404), "answers no query"),
    "500": (
        lambda h: h.give(500, f"it broke for {SECRET}\nmore".encode(), Content_Type="text/plain"),
        "answers with an error (500): it broke for …",
    ),
    "500 with a page": (lambda h: h.give(500, b"<html>"), "answers with an error (500)\n"),
    "html": (lambda h: h.give(200, b"<html>", Content_Type="text/html"), "answers no query"),
    "truncated": (
        lambda h: h.give(200, ROWS[:20], Content_Type=JSON_RESULTS, Content_Length="5000"),
        "ended its answer too early",
    ),
    "half of the JSON": (
        lambda h: h.give(200, ROWS[:20], Content_Type=JSON_RESULTS),
        "cannot be read, or breaks off",
    ),
    "other JSON": (
        lambda h: h.give(200, b'{"error": 1}', Content_Type=JSON_RESULTS),
        "cannot be read, or breaks off",
    ),
    "nothing of ours": (
        lambda h: h.give(200, ROWS, Content_Type=JSON_RESULTS),
        "was not written by citypact",
    ),
    "a redirection": (
        lambda h: h.give(302, Location=f"http://elsewhere.example/?p={SECRET}"),
        "redirects to http://elsewhere.example (302), which is not followed",
    ),
    "hang up": (lambda h: h.connection.close(), "ended its answer too early"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_of_a_server_are_told(scripted: Callable[[Script], Scripted], name: str) -> None:
    script, says = FAULTS[name]
    assert says in ask(scripted(script).address).err


def test_a_server_that_is_down_is_told() -> None:
    assert "cannot be reached" in ask(f"http://127.0.0.1:{free_port()}/sparql").err
    assert "cannot be reached" in ask("http://no-such-host.invalid/sparql").err


def test_a_server_that_never_answers_is_given_up(scripted: Callable[[Script], Scripted]) -> None:
    server = scripted(lambda handler: time.sleep(5))
    done = ask(server.address, CITYPACT_STORE_TIMEOUT="0.5")
    assert "did not answer within 0.5 seconds" in done.err
    assert "CITYPACT_STORE_TIMEOUT" in ask(server.address, CITYPACT_STORE_TIMEOUT="soon").err


def dripping(handler: Handler) -> None:
    """Rows without end, one every few milliseconds."""
    try:
        handler.wfile.write(
            f"HTTP/1.1 200 OK\r\nContent-Type: {JSON_RESULTS}\r\n\r\n".encode()
            + b'{"head":{"vars":[]},"results":{"bindings":[{}'
        )
        for _ in range(6000):
            handler.wfile.write(b",{}")
            time.sleep(0.01)
    except OSError:
        pass  # nobody listens any more


def test_an_answer_that_drips_is_given_up(scripted: Callable[[Script], Scripted]) -> None:
    server = scripted(dripping)
    done = ask(server.address, CITYPACT_STORE_TIMEOUT="0.05")
    assert "had not finished its answer after 0.5 seconds" in done.err
    client = StoreClient(timeout=20)
    with pytest.raises(CitypactError, match=r"ended after 0\.3 s"), client.within(0.3):
        client.query(server.address, "SELECT * { ?s ?p ?o }", JSON_RESULTS)


@pytest.mark.parametrize("code", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again_for_a_query(
    scripted: Callable[[Script], Scripted], code: int
) -> None:
    def busy_twice(handler: Handler) -> None:
        count = len(handler.server.requests)  # type: ignore[attr-defined]
        if count <= 2:
            handler.give(code, Retry_After="0")
        else:
            handler.give(200, ROWS, Content_Type=JSON_RESULTS)

    server = scripted(busy_twice)
    assert StoreClient().query(server.address, "ASK {}", JSON_RESULTS).body == ROWS
    assert len(server.requests) == 3
    always = scripted(lambda handler: handler.give(code, Retry_After="0"))
    with pytest.raises(CitypactError, match=f"answers with an error \\({code}\\)"):
        StoreClient().query(always.address, "ASK {}", JSON_RESULTS)
    assert len(always.requests) == 3
    # What changes something is never sent twice.
    with pytest.raises(CitypactError, match=f"answers with an error \\({code}\\)"):
        StoreClient().update(always.address, "CLEAR ALL")
    assert len(always.requests) == 4


def test_an_answer_that_is_too_large_is_not_kept(
    scripted: Callable[[Script], Scripted], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("citypact.graph.store.http_client.LARGEST_ANSWER", 1000)
    server = scripted(lambda handler: handler.give(200, b" " * 5000, Content_Type=JSON_RESULTS))
    with pytest.raises(CitypactError, match="larger than 1000 bytes"):
        StoreClient().query(server.address, "ASK {}", JSON_RESULTS)


@pytest.mark.parametrize(
    "address",
    [
        f"http://seoul:{SECRET}@127.0.0.1/sparql",
        f"http://seoul:{SECRET}@[broken/sparql",
        f"http://seoul:{SECRET}",
        f"http://:{SECRET}@127.0.0.1/",
        "ftp://127.0.0.1/sparql",
        "file:///etc/passwd",
        "http:///sparql",
        "https://example.org/sparql?query=x",
        "https://example.org/spa rql",
        "https://example.org/\nsparql",
    ],
)
def test_addresses_that_are_none_are_refused(address: str) -> None:
    ask(address)
    with pytest.raises(CitypactError) as refused:
        check_address(address)
    assert SECRET not in str(refused.value)


def test_who_we_are_is_said_only_when_asked(scripted: Callable[[Script], Scripted]) -> None:
    def script(handler: Handler) -> None:
        if handler.headers.get("Authorization", "").startswith("Basic "):
            handler.give(200, ROWS, Content_Type=JSON_RESULTS)
        elif protects:
            handler.give(401, WWW_Authenticate='Basic realm="x"')
        else:
            handler.give(200, ROWS, Content_Type=JSON_RESULTS)

    protects = False
    server = scripted(script)
    client = StoreClient(Credentials("seoul", SECRET), 20)
    find_server(server.address, client)
    assert all("Authorization" not in headers for _, headers, _ in server.requests)
    protects = True
    server.requests.clear()
    find_server(server.address, client)
    assert ["Authorization" in headers for _, headers, _ in server.requests] == [False, True]
    assert all(SECRET not in path for path, _, _ in server.requests)
    assert SECRET not in repr(client.credentials)


def test_a_token_is_sent_as_such(scripted: Callable[[Script], Scripted]) -> None:
    server = scripted(lambda handler: handler.give(200, ROWS, Content_Type=JSON_RESULTS))
    find_server(server.address, StoreClient(Credentials(token="abc"), 20))
    assert server.requests[0][1]["Authorization"] == "Bearer abc"


def test_a_password_over_plain_http_is_warned_of() -> None:
    client = StoreClient(Credentials("seoul", SECRET), 2)
    with pytest.warns(StoreWarning, match="without encryption"), pytest.raises(CitypactError):
        find_server("http://no-such-host.invalid/sparql", client)
    with warnings.catch_warnings(), pytest.raises(CitypactError):
        warnings.simplefilter("error")
        find_server(f"http://127.0.0.1:{free_port()}/sparql", client)
    assert "Warning: http://no-such-host.invalid" in ask("http://no-such-host.invalid/sparql").err


@pytest.mark.server
def test_an_address_may_be_the_server_or_its_endpoint(oxigraph_server: Running) -> None:
    base = oxigraph_server.address
    for address in (base, f"{base}/", f"{base}/query"):
        server = find_server(address)
        assert server.questions == f"{base}/query"
        assert server.writing() == (f"{base}/update", f"{base}/store")


def test_where_to_write_can_be_said(
    scripted: Callable[[Script], Scripted], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = scripted(lambda handler: handler.give(200, ROWS, Content_Type=JSON_RESULTS))
    server = find_server(found.address)
    with pytest.raises(CitypactError, match="CITYPACT_STORE_UPDATE and CITYPACT_STORE_GRAPHS"):
        server.writing()
    monkeypatch.setenv("CITYPACT_STORE_UPDATE", "http://127.0.0.1/u")
    monkeypatch.setenv("CITYPACT_STORE_GRAPHS", "http://127.0.0.1/g")
    assert server.writing() == ("http://127.0.0.1/u", "http://127.0.0.1/g")


@pytest.mark.server
def test_wrong_and_missing_passwords_change_nothing(
    virtuoso_server: Running, tmp_path: Path
) -> None:
    before = virtuoso_server.server().versions()
    load = ["build", "--records-only", "--store", virtuoso_server.address]
    for variables, says in (
        ({}, "requires authentication (401)"),
        ({"CITYPACT_STORE_USER": "dba", "CITYPACT_STORE_PASSWORD": SECRET}, "does not accept"),
        ({"CITYPACT_STORE_TOKEN": SECRET}, "does not accept"),
    ):
        done = citypact(*load, env=environment(**variables), folder=tmp_path, code=2)
        assert says in done.err
        assert "CITYPACT_STORE_USER" in done.err
        assert SECRET not in done.err + done.out
    assert virtuoso_server.server().versions() == before


@pytest.mark.server
def test_a_server_without_a_graph_says_how_to_load_one(empty_oxigraph: Running) -> None:
    done = citypact("query", "mayors", "--store", empty_oxigraph.address, code=2)
    assert f"citypact build --store {empty_oxigraph.address}" in done.err
    with pytest.raises(CitypactError, match="has no graph"):
        RemoteStore.open(empty_oxigraph.address)
