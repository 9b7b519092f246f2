"""Serves the page of `citypact review` to this machine alone.

The address has a token that nobody can guess, and names a loopback address: a page from elsewhere
can neither read nor decide anything, even where a name of its own leads here. Nothing is kept in
memory but the names of the project.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
import sys
import threading
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from citypact.drafts import KnownNames, doubt_text
from citypact.graph.pages.review.page import POLICY, page_file, page_state, page_words
from citypact.judging import DraftFiles, DraftState, OutdatedError
from citypact.ontology import LANGUAGES
from citypact.ontology.errors import CitypactError
from citypact.translation import error_text, speaking

_LARGEST = 100_000
"""Bytes of a request; a decision takes some hundred."""
_PARTIES = ("government", "organization", "network", "office", "city", "territory")
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class ReviewServer(ThreadingHTTPServer):
    """The server of one draft. port: 0 for a free one."""

    daemon_threads = True

    def __init__(self, files: DraftFiles, language: str, port: int = 0) -> None:
        self.files, self.language = files, language
        self.token = secrets.token_urlsafe(24)
        self.speaks = threading.Lock()  # the language of messages is that of the process
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A window that is closed while it waits is no fault, and nothing to read of."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"

    @cached_property
    def names(self) -> KnownNames:
        """What the project declares, read when first asked."""
        return KnownNames(self.files.project.folder)

    def state(self, state: DraftState) -> dict[str, Any]:
        """What the page shows of a state."""
        shown = page_state(state.form, state.judgement, doubt_text)
        return {"revision": state.revision, **shown}

    def error(self, error: CitypactError) -> dict[str, str]:
        """What an error says in both languages."""
        with self.speaks:
            return {each: _said(error, each) for each in LANGUAGES}


def _said(error: CitypactError, language: str) -> str:
    with speaking(language):
        return error_text(error)


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "citypact", ""
    timeout = 60

    def do_GET(self) -> None:
        name = self._allowed()
        if name is None:
            return
        if file := page_file(name):
            self._send(200, *file)
        elif name == "start":
            self._answer(self._start)
        elif name == "names":
            self._answer(self._names)
        else:
            self._refuse(404)

    def do_POST(self) -> None:
        name = self._allowed()
        if name is None:
            return
        origin = self.headers.get("Origin")
        kind = self.headers.get_content_type()
        if origin not in (None, f"http://{self.headers['Host']}") or kind != "application/json":
            self._refuse(403)
            return
        size = self.headers.get("Content-Length", "")
        if not re.fullmatch("[0-9]{1,9}", size) or int(size) > _LARGEST:
            self._refuse(413)
            return
        try:
            asked = json.loads(self.rfile.read(int(size)))
            revision, answer = str(asked["revision"]), {"decide": self._decide}.get(name)
        except (ValueError, KeyError, TypeError, RecursionError):
            self._refuse(400)
            return
        if name == "finish":
            self._answer(lambda: self._finish(revision))
        elif answer:
            self._answer(lambda: answer(revision, asked))
        else:
            self._refuse(404)

    def _start(self) -> dict[str, Any]:
        state = self.server.state(self.server.files.state())
        return {**page_words(), "language": self.server.language, "state": state}

    def _names(self) -> dict[str, Any]:
        words = parse_qs(self.path.partition("?")[2]).get("q", [""])[0]
        return {"names": self.server.names.like(words, _PARTIES) if words.strip() else []}

    def _decide(self, revision: str, asked: dict[str, Any]) -> dict[str, Any]:
        try:
            spans = [(int(start), int(end)) for start, end in asked.get("spans", [])]
            name, action, field = (str(asked.get(key, "")) for key in ("id", "action", "field"))
        except (TypeError, ValueError, OverflowError) as error:
            raise CitypactError("the request is not understood") from error
        state = self.server.files.decide(
            revision,
            name,
            action,
            field=field,
            new=asked.get("new"),
            spans=spans,
            reason=asked.get("reason", ""),
        )
        return {"state": self.server.state(state)}

    def _finish(self, revision: str) -> dict[str, Any]:
        record = self.server.files.finish(revision, self.server.language)
        return {"written": str(record)}

    def _answer(self, work: Any) -> None:
        """Sends what comes of some work, or what its error says, with the state as it is now."""
        code = 200
        try:
            body = work()
        except OutdatedError as error:
            state = self.server.state(self.server.files.state())
            code, body = 409, {"error": self.server.error(error), "state": state}
        except CitypactError as error:
            code, body = 400, {"error": self.server.error(error)}
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        self._send(code, data, "application/json; charset=utf-8")

    def _allowed(self) -> str | None:
        """The name behind the token; None where the request was refused."""
        port = self.server.server_port
        if self.headers.get_all("Host") not in ([f"127.0.0.1:{port}"], [f"localhost:{port}"]):
            self._refuse(403)
            return None
        token, slash, name = self.path.partition("?")[0][1:].partition("/")
        is_known = hmac.compare_digest(token.encode(), self.server.token.encode())
        if not is_known or not slash:
            self._refuse(404)
            return None
        return name

    def _refuse(self, code: int) -> None:
        self.close_connection = True  # what else was sent is not read
        self._send(code, b"", "text/plain")

    def _send(self, code: int, data: bytes, kind: str) -> None:
        self.send_response(code)
        for name, value in {**_HEADERS, "Content-Type": kind}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: addresses have the token."""


__all__ = ["ReviewServer"]
