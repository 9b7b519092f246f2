"""The way to a SPARQL server: SPARQL 1.1 Protocol, Update and Graph Store Protocol over HTTP.

Nothing but the addresses given is asked: no redirection is followed. Names and passwords come from
the environment, are sent only when the server asks for them, and stand in no message.
"""

from __future__ import annotations

import os
import re
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit

from citypact.ontology.errors import CitypactError
from citypact.sources.files.http import NoRedirection

JSON_RESULTS = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
TIMEOUT = 120.0
"""Seconds to wait for a server, unless CITYPACT_STORE_TIMEOUT says otherwise."""
LARGE = 65_536
"""Bytes. A larger request waits until it is known how the server wants us to say who we are."""

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
                    f"CITYPACT_STORE_{name.upper()}: holds a line break or a control character\n"
                    "    -> set it without"
                )
        return found

    def __bool__(self) -> bool:
        return bool(self.user or self.token)


@dataclass(frozen=True)
class Answer:
    """What a server sent: its body, the type of the body, and the name of the server."""

    body: bytes
    type: str
    server: str


class NoEndpoint(CitypactError):
    """There is a server, but it answers no queries at this address."""


def check_address(address: str) -> None:
    """Raises CitypactError for what is no http address, or has a password in it."""
    wrong = "the address of the store is wrong\n    -> such as https://example.org/sparql"
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise CitypactError(wrong) from None  # the reason may quote a password
    if parts.username is not None or parts.password is not None:
        raise CitypactError(
            f"the address of {parts.hostname} has a user or password in it\n    -> set "
            "CITYPACT_STORE_USER and CITYPACT_STORE_PASSWORD instead"
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CitypactError(f"{address}: is no address of a store\n    -> begin it with https://")
    if parts.query or parts.fragment or not re.fullmatch(r"[\x21-\x7e]+", address):
        raise CitypactError(
            f"{address!r}: has more than a host and a path\n"
            "    -> give it without ?, # and white space"
        )


def is_loopback(address: str) -> bool:
    """Whether an address is of this machine."""
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "::1") or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None


class Client:
    """Sends requests to the addresses of one server and gives answers, or says what went wrong."""

    def __init__(self, credentials: Credentials | None = None, timeout: float | None = None):
        self.credentials = credentials or Credentials.from_environment()
        self.timeout = timeout or _timeout()
        self._challenges: dict[str, str] = {}
        """How each address wants us to say who we are, once it has asked."""
        self._passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        self._digest = urllib.request.HTTPDigestAuthHandler(self._passwords)

    def query(self, address: str, text: str, type: str, dataset: Parameters = ()) -> Answer:
        """Asks a query; `type` is the media type wanted, `dataset` names the graphs to be asked.

        Raises CitypactError where the server cannot be reached, refuses, or sends another type.
        """
        # As a form: Virtuoso never answers where the body is the bare query.
        form = urlencode([("query", text), *dataset]).encode()
        answer = self._send(address, "POST", form, "application/x-www-form-urlencoded", type)
        if answer.type != type:
            raise NoEndpoint(
                f"{address}: answers with {answer.type or 'something unknown'}, not with the "
                "results of a query\n    -> give the address of a SPARQL endpoint"
            )
        return answer

    def update(self, address: str, text: str) -> None:
        """Runs a SPARQL update."""
        form = urlencode({"update": text}).encode()
        self._send(address, "POST", form, "application/x-www-form-urlencoded", "*/*")

    def add(self, address: str, graph: str, triples: bytes) -> None:
        """Adds N-Triples to a graph by the Graph Store Protocol."""
        self._send(f"{address}?graph={quote(graph, safe='')}", "POST", triples, N_TRIPLES, "*/*")

    def _send(self, url: str, method: str, body: bytes | None, kind: str, accept: str) -> Answer:
        if body and len(body) > LARGE and self.credentials.user and not self._asked(url):
            self._learn(url)
        headers = {"Accept": accept, "User-Agent": "citypact"}
        if body is not None:
            headers["Content-Type"] = kind
        for last in (False, True):
            request = urllib.request.Request(url, body, headers, method=method)
            self._authorize(request)
            try:
                return self._open(request)
            except HTTPError as error:
                with error:
                    fresh = error.code == 401 and self._keep_challenge(url, error)
                    if last or not fresh:
                        is_absent = error.code in (400, 404, 405, 415)
                        refused = NoEndpoint if is_absent else CitypactError
                        raise refused(self._refusal(url, error)) from None
        raise AssertionError("the second answer is final")

    def _open(self, request: urllib.request.Request) -> Answer:
        where = _path(request.full_url)
        # A proxy of the user's network knows nothing of servers on this machine.
        direct = (urllib.request.ProxyHandler({}),) if is_loopback(request.full_url) else ()
        opener = urllib.request.build_opener(NoRedirection, *direct)
        try:
            with opener.open(request, timeout=self.timeout) as answer:
                body = answer.read()
                kind = answer.headers.get_content_type() if "Content-Type" in answer.headers else ""
                return Answer(body, kind, answer.headers.get("Server", ""))
        except HTTPError:
            raise
        except TimeoutError:
            raise CitypactError(self._silence(where)) from None
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise CitypactError(self._silence(where)) from None
            reason = getattr(error.reason, "strerror", None) or error.reason
            raise CitypactError(
                f"{where}: cannot be reached ({reason})\n"
                "    -> check the address, and whether the server runs"
            ) from None
        except (HTTPException, OSError) as error:
            raise CitypactError(
                f"{where}: broke off in the midst of its answer ({type(error).__name__})\n"
                "    -> try again; look into the log of the server"
            ) from None

    def _silence(self, where: str) -> str:
        return (
            f"{where}: did not answer within {self.timeout:g} seconds\n"
            "    -> try again, or set CITYPACT_STORE_TIMEOUT to more seconds"
        )

    # Who we are

    def _asked(self, url: str) -> bool:
        return _path(url) in self._challenges

    def _learn(self, url: str) -> None:
        """Asks for nothing, only to learn how the server wants us to say who we are."""
        try:
            self._open(urllib.request.Request(url, method="GET"))
        except HTTPError as error:
            with error:
                self._keep_challenge(url, error)

    def _keep_challenge(self, url: str, error: HTTPError) -> bool:
        """Keeps what the server asks for; whether that is something new to try."""
        offered = error.headers.get_all("WWW-Authenticate") or []
        for scheme in ("Digest", "Basic"):
            for challenge in offered:
                if self.credentials.user and challenge.lower().startswith(scheme.lower() + " "):
                    is_stale = "stale=true" in challenge.lower().replace('"', "").replace(" ", "")
                    is_new = not self._asked(url) or is_stale
                    self._challenges[_path(url)] = challenge
                    return is_new
        return False

    def _authorize(self, request: urllib.request.Request) -> None:
        if self.credentials.token:
            request.add_header("Authorization", f"Bearer {self.credentials.token}")
            return
        scheme, _, rest = self._challenges.get(_path(request.full_url), "").partition(" ")
        user, password = self.credentials.user, self.credentials.password
        if scheme.lower() == "digest":
            self._passwords.add_password(None, _path(request.full_url), user, password)
            items = urllib.request.parse_keqv_list(urllib.request.parse_http_list(rest))
            try:
                value = self._digest.get_authorization(request, items)
            except (KeyError, ValueError):
                value = None
            if value:
                request.add_header("Authorization", f"Digest {value}")
        elif scheme.lower() == "basic":
            from base64 import b64encode

            pair = b64encode(f"{user}:{password}".encode()).decode()
            request.add_header("Authorization", f"Basic {pair}")

    # What went wrong

    def _refusal(self, url: str, error: HTTPError) -> str:
        where, code = _path(url), error.code
        variables = "CITYPACT_STORE_USER and CITYPACT_STORE_PASSWORD, or CITYPACT_STORE_TOKEN"
        if code == 401 and not self.credentials:
            return f"{where}: wants to know who asks (401)\n    -> set {variables}"
        if code == 401:
            return f"{where}: does not accept this user or token (401)\n    -> check {variables}"
        if code == 403:
            return f"{where}: does not allow this (403)\n    -> set {variables}"
        if code == 404:
            return f"{where}: there is nothing at this address (404)\n    -> check the address"
        if code in (301, 302, 303, 307, 308):
            target = urlsplit(error.headers.get("Location", ""))
            place = f" to {target.scheme}://{target.hostname}" if target.hostname else ""
            return (
                f"{where}: leads on{place} ({code}), where we do not follow\n"
                "    -> give the address of the store itself"
            )
        return (
            f"{where}: answers with an error ({code}){self._said(error)}\n"
            "    -> look into the log of the server"
        )

    def _said(self, error: HTTPError) -> str:
        """The first words of what a server says of its error, without what nobody should read."""
        try:
            text = error.read(2000).decode(errors="replace")
        except (HTTPException, OSError):
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
        raise CitypactError("CITYPACT_STORE_TIMEOUT: is no number of seconds\n    -> such as 120")
    return float(text)


def _path(url: str) -> str:
    """An address without its parameters: what messages show."""
    return url.partition("?")[0]


__all__ = [
    "JSON_RESULTS",
    "N_TRIPLES",
    "Answer",
    "Client",
    "Credentials",
    "NoEndpoint",
    "check_address",
    "is_loopback",
]
