"""The way to a SPARQL server: SPARQL 1.1 Protocol, Update and Graph Store Protocol over HTTP.

Nothing but the addresses given is asked: no redirection is followed. Names and passwords come from
the environment, are sent only when the server asks for them, and stand in no message.
"""

from __future__ import annotations

import math
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from citypact.graph.store.base import ended_after
from citypact.ontology.errors import CitypactError, Message
from citypact.sources.files.http import (
    BrokenOff,
    NoAnswer,
    TimedOut,
    TimeIsOver,
    Unreachable,
    exchange,
    is_loopback,
    read,
    request,
    retry_after,
)
from citypact.sources.files.own_process import memory_of_machine

if TYPE_CHECKING:
    import httpx

JSON_RESULTS = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
FORM = "application/x-www-form-urlencoded"
TIMEOUT = 120.0
"""Seconds to wait for a server, unless CITYPACT_STORE_TIMEOUT says otherwise."""
LARGE = 65_536
"""Bytes. A larger request waits until it is known how the server wants us to say who we are."""
LARGEST_ANSWER = min(4_000_000_000, memory_of_machine() // 4 or 1_000_000_000)
"""Bytes of an answer that are read; a graph of 650,000 quads is some 100 MB of N-Triples."""
TOTAL = 10
"""How many times the wait one request may take in all, however steadily its answer drips."""
RETRIES, LONGEST_PAUSE = 2, 10.0
"""How often a query is asked again of a busy server (429, 502, 503, 504), and after how many
seconds at most."""
BUSY = (429, 502, 503, 504)

Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Credentials:
    """Who we are to a server: a user with a password, or a token (RFC 6750)."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Credentials:
        """CITYPACT_STORE_USER with CITYPACT_STORE_PASSWORD, or CITYPACT_STORE_TOKEN."""
        found = cls(
            *(environment.get(f"CITYPACT_STORE_{n}", "") for n in ("USER", "PASSWORD", "TOKEN"))
        )
        for name in ("user", "password", "token"):
            if any(ord(character) < 0x20 for character in getattr(found, name)):
                raise CitypactError(
                    "CITYPACT_STORE_{upper}: holds a line break or a control character\n"
                    "    -> set it without them",
                    upper=name.upper(),
                )
        return found

    def __bool__(self) -> bool:
        return bool(self.user or self.token)


@dataclass(frozen=True)
class StoreResponse:
    """What a server sent: its body, the type of the body, and the name of the server."""

    body: bytes
    type: str
    server: str


class NoEndpoint(CitypactError):
    """There is a server, but it answers no queries at this address."""


def check_address(address: str) -> None:
    """Raises CitypactError for what is no http address, or has a password in it."""
    wrong = Message(
        "the address of the store is wrong\n    -> give one such as https://example.org/sparql"
    )
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise CitypactError(wrong) from None  # the reason may quote a password
    if parts.username is not None or parts.password is not None:
        raise CitypactError(
            "the address of {hostname} has a user or password in it\n"
            "    -> set CITYPACT_STORE_USER and CITYPACT_STORE_PASSWORD instead",
            hostname=parts.hostname,
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CitypactError(
            "{address}: is not the address of a store\n    -> begin it with https://",
            address=address,
        )
    if parts.query or parts.fragment or not re.fullmatch(r"[\x21-\x7e]+", address):
        raise CitypactError(
            "{address!r}: has more than a host and a path\n"
            "    -> give it without ?, # and white space",
            address=address,
        )


class StoreClient:
    """Sends requests to the addresses of one server and gives answers, or says what went wrong."""

    def __init__(self, credentials: Credentials | None = None, timeout: float | None = None):
        self.credentials = credentials or Credentials.from_environment()
        self.timeout = timeout or _timeout()
        self._end, self._seconds = math.inf, math.inf
        """When all requests together end, and how many seconds they were given."""
        self._schemes: dict[str, httpx.BasicAuth | httpx.DigestAuth] = {}
        """How each address wants us to say who we are, once it has asked."""

    @contextmanager
    def within(self, seconds: float | None) -> Iterator[None]:
        """Within the block, all requests together end after so many seconds."""
        before = self._end, self._seconds
        if seconds is not None and (end := time.monotonic() + seconds) < self._end:
            self._end, self._seconds = end, seconds
        try:
            yield
        finally:
            self._end, self._seconds = before

    def query(self, address: str, text: str, type: str, dataset: Parameters = ()) -> StoreResponse:
        """Asks a query; `type` is the media type wanted, `dataset` names the graphs to be asked.

        Raises CitypactError where the server cannot be reached, refuses, or sends another type.
        """
        # As a form: Virtuoso never answers where the body is the bare query.
        form = urlencode([("query", text), *dataset]).encode()
        answer = self._send(address, form, FORM, type, retries=RETRIES)
        if answer.type != type:
            raise NoEndpoint(
                "{address}: answers with {type}, not with the results of a query\n"
                "    -> give the address of a SPARQL endpoint",
                address=address,
                type=answer.type or Message("an unknown type"),
            )
        return answer

    def update(self, address: str, text: str) -> None:
        """Runs a SPARQL update."""
        form = urlencode({"update": text}).encode()
        self._send(address, form, FORM, "*/*")

    def add(self, address: str, graph: str, triples: bytes) -> None:
        """Adds N-Triples to a graph by the Graph Store Protocol."""
        self._send(f"{address}?graph={quote(graph, safe='')}", triples, N_TRIPLES, "*/*")

    def _send(
        self, url: str, body: bytes, kind: str, accept: str, retries: int = 0
    ) -> StoreResponse:
        end = min(self._end, time.monotonic() + TOTAL * self.timeout)
        if len(body) > LARGE and self.credentials.user and _path(url) not in self._schemes:
            with self._exchange("GET", url, None, {}, end) as (sent, response):
                self._learn(sent, response)
        headers = {"Accept": accept, "Content-Type": kind}
        has_learnt = False
        while True:
            with self._exchange("POST", url, body, headers, end) as (sent, response):
                if response.status_code == 401 and not has_learnt and self._learn(sent, response):
                    has_learnt = True
                    continue
                if response.status_code in BUSY and retries:
                    retries -= 1
                    self._pause(response)
                    continue
                if not response.is_success:
                    is_absent = response.status_code in (400, 404, 405, 415)
                    refused = NoEndpoint if is_absent else CitypactError
                    raise refused(self._refusal(url, response))
                data = read(response, LARGEST_ANSWER + 1)
                if len(data) > LARGEST_ANSWER:
                    raise CitypactError(
                        "{path}: an answer is larger than {largest_answer} bytes\n"
                        "    -> ask for fewer rows",
                        path=_path(url),
                        largest_answer=LARGEST_ANSWER,
                    )
                type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                return StoreResponse(data, type, response.headers.get("Server", ""))

    def _pause(self, response: httpx.Response) -> None:
        """Waits as long as a busy server asks for, within limits."""
        asked = retry_after(response)
        pause = min(1.0 if asked is None else asked, LONGEST_PAUSE)
        time.sleep(max(0.0, min(pause, self._end - time.monotonic())))

    @contextmanager
    def _exchange(
        self, method: str, url: str, body: bytes | None, headers: dict[str, str], end: float
    ) -> Iterator[tuple[httpx.Request, httpx.Response]]:
        """Sends a request with what the server is known to want of us; gives it and the answer.

        end: the moment at which all of it is over.
        """
        where = _path(url)
        try:
            wait = min(self.timeout, end - time.monotonic())
            if wait <= 0:
                raise TimedOut(Message("no answer in time"))
            sent = request(method, url, body, headers | {"User-Agent": "citypact"}, wait)
            if self.credentials.token:
                sent.headers["Authorization"] = f"Bearer {self.credentials.token}"
            elif where in self._schemes:
                next(self._schemes[where].auth_flow(sent))
            with exchange(sent, end) as response:
                yield sent, response
        except TimedOut as error:
            if time.monotonic() >= self._end:
                raise CitypactError(ended_after(self._seconds)) from None
            if isinstance(error, TimeIsOver):
                raise CitypactError(
                    "{where}: had not finished its answer "
                    "after {seconds:g} {seconds:second|seconds}\n"
                    "    -> try again, or set CITYPACT_STORE_TIMEOUT to more seconds",
                    where=where,
                    seconds=TOTAL * self.timeout,
                ) from None
            raise CitypactError(
                "{where}: did not answer within {timeout:g} {timeout:second|seconds}\n"
                "    -> try again, or set CITYPACT_STORE_TIMEOUT to more seconds",
                where=where,
                timeout=self.timeout,
            ) from None
        except Unreachable as error:
            raise CitypactError(
                "{where}: cannot be reached ({error})\n"
                "    -> check the address, and whether the server runs",
                where=where,
                error=error,
            ) from None
        except BrokenOff as error:
            raise CitypactError(
                "{where}: ended its answer too early ({error})\n"
                "    -> try again; look into the log of the server",
                where=where,
                error=error,
            ) from None

    def _learn(self, sent: httpx.Request, response: httpx.Response) -> bool:
        """Keeps how an address wants us to say who we are; whether there is something to try."""
        import httpx

        if not self.credentials.user or response.status_code != 401:
            return False
        user, password = self.credentials.user, self.credentials.password
        offered = [text.lower() for text in response.headers.get_list("WWW-Authenticate")]
        for name, scheme in (("digest ", httpx.DigestAuth), ("basic ", httpx.BasicAuth)):
            if not any(text.startswith(name) for text in offered):
                continue
            found = scheme(user, password)
            flow = found.auth_flow(sent)
            next(flow)
            try:
                flow.send(response)  # Digest takes its challenge from the answer
            except StopIteration:
                pass  # Basic takes nothing
            except (httpx.ProtocolError, LookupError, ValueError, NotImplementedError):
                continue  # a kind of Digest that httpx does not know
            self._schemes[_path(str(sent.url))] = found
            return True
        return False

    # What went wrong

    def _refusal(self, url: str, response: httpx.Response) -> Message:
        where, code = _path(url), response.status_code
        variables = "CITYPACT_STORE_USER and CITYPACT_STORE_PASSWORD, or CITYPACT_STORE_TOKEN"
        if code == 401 and not self.credentials:
            return Message(
                "{where}: requires authentication (401)\n    -> set {variables}",
                where=where,
                variables=variables,
            )
        if code == 401:
            return Message(
                "{where}: does not accept this user or token (401)\n    -> check {variables}",
                where=where,
                variables=variables,
            )
        if code == 403:
            return Message(
                "{where}: does not allow this (403)\n    -> set {variables}",
                where=where,
                variables=variables,
            )
        if code == 404:
            return Message(
                "{where}: there is nothing at this address (404)\n    -> check the address",
                where=where,
            )
        if code in (301, 302, 303, 307, 308):
            target = urlsplit(response.headers.get("Location", ""))
            place = f"{target.scheme}://{target.hostname}" if target.hostname else "?"
            return Message(
                "{where}: redirects to {place} ({code}), which is not followed\n"
                "    -> give the address of the store itself",
                where=where,
                place=place,
                code=code,
            )
        return Message(
            "{where}: answers with an error ({code}){said}\n    -> look into the log of the server",
            where=where,
            code=code,
            said=self._said(response),
        )

    def _said(self, response: httpx.Response) -> str:
        """The first words of what a server says of its error, without what nobody should read."""
        try:
            text = read(response, 2000).decode(errors="replace")
        except NoAnswer:
            return ""
        if text.lstrip()[:1] == "<":
            return ""
        for secret in (self.credentials.password, self.credentials.token):
            text = text.replace(secret, "…") if secret else text
        line = next((line.strip() for line in text.splitlines() if line.strip()), "")
        return f": {line[:200]}" if line else ""


def _timeout() -> float:
    text = os.environ.get("CITYPACT_STORE_TIMEOUT", "")
    if not text:
        return TIMEOUT
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", text) or not float(text):
        raise CitypactError(
            "CITYPACT_STORE_TIMEOUT: is not a number of seconds\n    -> set it to one such as 120"
        )
    return float(text)


def _path(url: str) -> str:
    """An address without its parameters: what messages show."""
    return url.partition("?")[0]


__all__ = [
    "JSON_RESULTS",
    "N_TRIPLES",
    "Credentials",
    "NoEndpoint",
    "StoreClient",
    "StoreResponse",
    "check_address",
    "is_loopback",
]
