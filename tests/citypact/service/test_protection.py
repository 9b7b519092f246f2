"""What a service refuses, and how its answers protect those who read them."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from citypact.service import protection
from tests.citypact.service.serving import Running, serving

PATHS = ("/", "/sparql?query=ASK%7B%7D", "/sparql?query=x", "/api/summary", "/nothing", "/health")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_safe_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers


def ask_raw(running: Running, *lines: str) -> bytes:
    address = httpx.URL(running.address)
    with socket.create_connection(("127.0.0.1", address.port or 0), 20) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
        connection.settimeout(20)
        return connection.recv(4000)


def test_only_known_hosts_are_answered(service: Running) -> None:
    for host in ("localhost", "127.0.0.1:80", "[::1]:8000", "LOCALHOST"):
        assert b" 200 " in ask_raw(service, "GET /health HTTP/1.1", f"Host: {host}"), host
    for host in ("example.org", "localhost.example.org", "127.0.0.1.example.org:80", "", "[::2]"):
        assert b" 421 " in ask_raw(service, "GET /health HTTP/1.1", f"Host: {host}"), host
    two = ("Host: localhost", "Host: example.org")
    assert b" 200 " not in ask_raw(service, "GET /health HTTP/1.1", *two)
    assert b" 200 " not in ask_raw(service, "GET /health HTTP/1.0")


@pytest.mark.parametrize(
    "lines",
    [
        ("GET / HTTP/1.1", "Host: localhost", "Content-Length: 5", "Content-Length: 6"),
        ("GET /\x80 HTTP/1.1", "Host: localhost"),
        ("GET http://[::1 HTTP/1.1", "Host: localhost"),
        ("NONSENSE",),
        ("GET / HTTP/9.9", "Host: localhost"),
        ("POST /sparql HTTP/1.1", "Host: localhost", "Content-Length: -1"),
        ("GET / HTTP/1.1", "Host: localhost", "X: " + "x" * 200_000),
        ("POST /sparql HTTP/1.1", "Host: localhost", "Content-Length: 99999999999",
         "Content-Type: application/sparql-query"),
    ],
)  # fmt: skip
def test_odd_requests_are_refused(service: Running, lines: tuple[str, ...]) -> None:
    try:
        answer = ask_raw(service, *lines)
    except ConnectionError:
        answer = b""
    assert answer == b"" or b" 4" in answer.split(b"\r\n")[0], answer
    assert b"Traceback" not in answer
    assert b" 200 " in ask_raw(service, "GET /health HTTP/1.1", "Host: localhost")


def test_a_connection_is_kept_after_a_body_that_was_refused_unread(service: Running) -> None:
    """The rest of the body is taken for what it is, so that the next request can be asked."""
    address = httpx.URL(service.address)
    connection = http.client.HTTPConnection("127.0.0.1", address.port or 0, timeout=20)
    headers = {"Host": "localhost", "Content-Type": "application/sparql-query"}
    for _ in range(5):
        connection.request("POST", "/sparql", b"x" * 2_100_000, headers)
        refused = connection.getresponse()
        assert (refused.status, bool(refused.read())) == (413, True)
        connection.request("GET", "/health", headers={"Host": "localhost"})
        answer = connection.getresponse()
        assert answer.status == 200 and answer.read()
    connection.close()


def test_pages_from_elsewhere_read_only_where_that_is_allowed(build: Path) -> None:
    allowed, other = "https://openrefine.example", "https://other.example"
    with (
        serving(build, "--cors", allowed, "--parallel", "1") as running,
        running.client() as client,
    ):
        mine = client.get("/version", headers={"Origin": allowed})
        assert mine.headers["Access-Control-Allow-Origin"] == allowed
        theirs = client.get("/version", headers={"Origin": other})
        assert "Access-Control-Allow-Origin" not in theirs.headers


def test_a_public_address_is_a_known_host(build: Path) -> None:
    options = ("--public-url", "https://graph.example.org", "--parallel", "1")
    with serving(build, *options) as running, running.client() as client:
        headers = {"Host": "graph.example.org"}
        assert client.get("/health", headers=headers).status_code == 200
        told = client.get("/api/openapi.json", headers=headers).json()
        assert told["servers"] == [{"url": "https://graph.example.org"}]
        assert client.get("/health", headers={"Host": "example.org"}).status_code == 421


async def _echo(scope, receive, send):  # type: ignore[no-untyped-def]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"here"})


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server that waits a quarter of a second for the head of a request."""
    monkeypatch.setattr(protection, "HEAD_SECONDS", 0.25)
    config = uvicorn.Config(
        _echo, http=protection.PatientProtocol, lifespan="off", log_config=None, log_level=50
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HTTP/1.1\r\nHost: local", b"GET / HTTP/1.1\r\n\r\nGET"]
)
def test_a_connection_that_stands_still_is_ended(impatient: int, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", impatient), 20) as connection:
        connection.sendall(sent)
        connection.settimeout(20)
        while connection.recv(1000):  # until the server ends it
            pass
    whole = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", impatient), 20) as connection:
        connection.sendall(whole)
        assert b"200 OK" in connection.recv(1000)
