"""HTTP requests go to the given address only, and the size of an answer is limited."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from citypact.sources.files.http import (
    BrokenOff,
    TimedOut,
    Unreachable,
    exchange,
    read,
    request,
    retry_after,
)

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
Answer = Callable[[BaseHTTPRequestHandler], None]


class Server(ThreadingHTTPServer):
    """A server on this machine that answers as a test says; `asked` are the first lines."""

    def __init__(self, answer: Answer) -> None:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.requestline)
                answer(self)

            def log_message(self, *_: object) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = asked
        self.address = f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Answer], Server]]:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    running: list[Server] = []

    def start(answer: Answer) -> Server:
        running.append(Server(answer))
        threading.Thread(target=running[-1].serve_forever, daemon=True).start()
        return running[-1]

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def hello(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(b"hello")


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"more" * 1000)
    except OSError:
        pass  # the reader has enough


def get(address: str, most: int = 1000) -> bytes:
    with exchange(request("GET", address, None, {}, 20)) as response:
        return read(response, most)


def test_no_more_is_read_than_asked_for(serve: Callable[[Answer], Server]) -> None:
    address = serve(endless).address
    assert get(address, 10_001) == (b"more" * 2501)[:10_001]
    assert get(serve(hello).address) == b"hello"


def dripping_head(handler: BaseHTTPRequestHandler) -> None:
    drip(handler, b"HTTP/1.1 200 OK\r\nX-Slow: ")


def dripping_body(handler: BaseHTTPRequestHandler) -> None:
    drip(handler, b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")


def dripping_until_closed(handler: BaseHTTPRequestHandler) -> None:
    drip(handler, b"HTTP/1.0 200 OK\r\n\r\n")


def drip(handler: BaseHTTPRequestHandler, begin: bytes) -> bool:
    """A byte at a time, for as long as anybody listens (a minute at most): whether it stopped."""
    try:
        handler.wfile.write(begin)
        for _ in range(6000):
            handler.wfile.write(b"x")
            time.sleep(0.01)
    except OSError:
        return True
    return False


@pytest.mark.parametrize("answer", [dripping_head, dripping_body, dripping_until_closed])
def test_an_answer_that_drips_ends_at_its_time(
    serve: Callable[[Answer], Server], answer: Answer
) -> None:
    asked = request("GET", serve(answer).address, None, {}, 20)
    with pytest.raises(TimedOut), exchange(asked, time.monotonic() + 0.3) as response:
        read(response, 10**9)


def test_a_connection_that_is_made_after_its_time_is_closed(
    serve: Callable[[Answer], Server],
) -> None:
    is_stopped: list[bool] = []
    server = serve(lambda handler: is_stopped.append(drip(handler, b"HTTP/1.0 200 OK\r\n\r\n")))
    asked = request("GET", server.address, None, {}, 20)
    with pytest.raises(TimedOut), exchange(asked, time.monotonic()) as response:
        read(response, 10**9)
    assert False not in is_stopped


def test_a_proxy_is_used_as_the_environment_says_but_not_for_this_machine(
    serve: Callable[[Answer], Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, server = serve(hello), serve(hello)
    monkeypatch.setenv("http_proxy", proxy.address.removeprefix("http://"))
    assert get("http://store.example/sparql") == b"hello"
    assert proxy.asked == ["GET http://store.example/sparql HTTP/1.1"]
    assert get(server.address) == b"hello"
    assert len(server.asked) == len(proxy.asked) == 1
    monkeypatch.setenv("no_proxy", "store.invalid")
    with pytest.raises(Unreachable):
        get("http://store.invalid/sparql")
    assert len(proxy.asked) == 1


def test_a_proxy_of_another_kind_is_refused_only_where_it_would_be_used(
    serve: Callable[[Answer], Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(hello)
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:1")
    monkeypatch.setenv("https_proxy", "socks5://user:secret@127.0.0.1:1")
    assert get(server.address) == b"hello"
    with pytest.raises(Unreachable, match="https_proxy") as refused:
        get("https://store.example/sparql")
    assert "secret" not in str(refused.value)


def test_no_redirection_is_followed(serve: Callable[[Answer], Server]) -> None:
    elsewhere = serve(hello)

    def lead_on(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(307)
        handler.send_header("Location", elsewhere.address)
        handler.end_headers()

    with exchange(request("GET", serve(lead_on).address, None, {}, 20)) as response:
        assert response.status_code == 307
    assert not elsewhere.asked


def test_an_answer_that_is_cut_off_is_no_answer(serve: Callable[[Answer], Server]) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"half")

    with pytest.raises(BrokenOff):
        get(serve(cut).address)


def test_how_long_to_wait_is_seconds_or_a_date() -> None:
    def asked(text: str) -> float | None:
        return retry_after(httpx.Response(503, headers={"Retry-After": text}))

    assert asked("7") == 7
    later = asked(format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True))
    assert later is not None and 3000 < later <= 3600
    assert asked("Sat, 01 Jan 2000 00:00:00 GMT") == 0
    assert asked("soon") is None
    assert retry_after(httpx.Response(503)) is None


@pytest.mark.parametrize("host", ["a" * 64 + ".org", "a..org", "a" * 5000])
def test_a_name_that_no_host_can_have_is_not_reached(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system refuses some with a UnicodeError, which is no error of the network."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with (
        pytest.raises(Unreachable),
        exchange(request("GET", f"https://{host}/", None, {}, timeout=5)),
    ):
        pass
