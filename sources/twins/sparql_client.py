"""A polite client for a SPARQL endpoint: one request at a time, every answer kept on disk."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from citypact.ontology.errors import CitypactError, Message
from citypact.sources.files.atomic_files import write_file
from citypact.sources.files.http import BrokenOff, NoAnswer, exchange, read, request, retry_after
from citypact.sources.twins.sparql_answers import SparqlRow, parse_json

if TYPE_CHECKING:
    import httpx

ATTEMPTS = 7
LONGEST_WAIT = 600.0
"""Seconds that we wait at most when a server asks us to."""
LONGEST_BACKOFF = 60.0
TIMEOUT = 120.0
"""Seconds without a sign of the server; Wikidata itself ends a query after 60."""
TOTAL = 600.0
"""Seconds for one answer, however steadily it drips."""
LARGEST_ANSWER = 200_000_000
AGAIN = Message(
    "run the same command again later: what was downloaded is kept and not requested again"
)

Say = Callable[[str], None]


class _Passing(Exception):
    """A failure that may pass: why, and the seconds to wait (None: the server says none)."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.reason, self.wait = reason, wait
        super().__init__(reason)


@dataclass
class SparqlClient:
    """Asks an endpoint.

    Attributes: endpoint (address, http or https), cache (folder of the answers), agent (how we
    call ourselves), pause (seconds between requests), say (takes talk for people), refreshes
    (whether answers in the cache are asked for again). `requests`
    counts what was sent, `answers` what was answered, from the cache too; `digest` is that of all
    answers one after the other.
    """

    endpoint: str
    cache: Path
    agent: str
    pause: float = 1.0
    say: Say = lambda text: None
    refreshes: bool = False
    requests: int = 0
    answers: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    _last: float = 0.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.endpoint)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise CitypactError(
                "{endpoint}: is not the address of an endpoint\n    -> begin it with https://",
                endpoint=self.endpoint,
            )

    def ask(
        self,
        query: str,
        fits: Callable[[list[SparqlRow]], bool] = lambda rows: True,
        suffix: str = ".json",
    ) -> list[SparqlRow]:
        """The rows of an answer: from the cache, else from the endpoint.

        fits: whether rows can be the answer to the query; others are asked for again, and never
        kept. suffix: of the file in the cache. Raises CitypactError where the endpoint refuses the
        query, or keeps failing.
        """
        key = hashlib.sha256(f"{self.endpoint}\n{query}".encode()).hexdigest()
        path = self.cache / f"{key}{suffix}"
        try:
            data = b"" if self.refreshes else path.read_bytes()
            rows = parse_json(data)
            if not fits(rows):
                raise ValueError
        except (OSError, ValueError):
            data, rows = self._fetch(query, fits)
            write_file(path, data, "--data")
        self.answers += 1
        self.digest.update(data)
        return rows

    def _fetch(
        self, query: str, fits: Callable[[list[SparqlRow]], bool]
    ) -> tuple[bytes, list[SparqlRow]]:
        reason: str
        for attempt in range(1, ATTEMPTS + 1):
            try:
                data = self._request(query)
                rows = parse_json(data)
                if fits(rows):
                    return data, rows
                reason, wait = Message("the answer belongs to another query"), None
            except _Passing as failure:
                reason, wait = failure.reason, failure.wait
            except ValueError:
                # Wikidata cuts its answer when time is over, with status 200.
                reason, wait = Message("the answer is cut off or not JSON"), None
            if attempt == ATTEMPTS:
                break
            if wait is None:
                wait = min(self.pause * 2**attempt, LONGEST_BACKOFF)
            if wait > LONGEST_WAIT:
                raise CitypactError(
                    "{endpoint}: {reason}; the server asks to wait {wait:.0f} seconds\n"
                    "    -> {again}",
                    endpoint=self.endpoint,
                    reason=reason,
                    wait=wait,
                    again=AGAIN,
                )
            self.say(
                Message(
                    "{reason}; trying again in {wait:.0f} s ({attempt} of {attempts})",
                    reason=reason,
                    wait=wait,
                    attempt=attempt,
                    attempts=ATTEMPTS,
                )
            )
            time.sleep(wait)
        raise CitypactError(
            "{endpoint}: {reason}, {attempts} times\n"
            "    -> {again}; if the time limit was exceeded, give a smaller --page-size",
            endpoint=self.endpoint,
            reason=reason,
            attempts=ATTEMPTS,
            again=AGAIN,
        )

    def _request(self, query: str) -> bytes:
        time.sleep(max(0.0, self._last + self.pause - time.monotonic()))
        self.requests += 1
        body = urlencode({"query": query}).encode()
        headers = {
            "Accept": "application/sparql-results+json",
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": self.agent,
        }
        try:
            asked = request("POST", self.endpoint, body, headers, TIMEOUT)
            with exchange(asked, time.monotonic() + TOTAL) as response:
                if not response.is_success:
                    raise self._refused(response)
                data = read(response, LARGEST_ANSWER + 1)
        except BrokenOff as error:
            raise _Passing(Message("the answer is cut off ({error})", error=error)) from error
        except NoAnswer as error:
            raise _Passing(Message("no connection ({error})", error=error)) from error
        finally:
            self._last = time.monotonic()
        if len(data) > LARGEST_ANSWER:
            raise CitypactError(
                "{endpoint}: an answer is larger than {largest_answer} bytes\n"
                "    -> give a smaller --page-size",
                endpoint=self.endpoint,
                largest_answer=LARGEST_ANSWER,
            )
        return data

    def _refused(self, response: httpx.Response) -> Exception:
        code = response.status_code
        if code in (429, 503):
            return _Passing(
                Message("the server is busy ({code})", code=code), retry_after(response)
            )
        if code in (408, 500, 502, 504):
            return _Passing(Message("the server failed ({code})", code=code))
        if 300 <= code < 400:
            where = response.headers.get("Location", "elsewhere")
            return CitypactError(
                "{endpoint}: redirects to {where!r}\n"
                "    -> if you trust that address, give it with --endpoint",
                endpoint=self.endpoint,
                where=where[:200],
            )
        return CitypactError(
            "{endpoint}: refuses the query ({code})\n"
            "    -> check the address; Wikidata asks for a contact: --contact ADDRESS",
            endpoint=self.endpoint,
            code=code,
        )


__all__ = ["SparqlClient"]
