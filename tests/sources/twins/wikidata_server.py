"""A small Wikidata: its kind of data in a real SPARQL server, behind a proxy full of trouble."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

CITIES = {
    # item: (en, ko, country, coordinates, populations with dates, GeoNames ids)
    8684: (
        "Seoul",
        "서울",
        884,
        ["Point(126.99 37.56)"],
        [("9904312", "2015"), ("9668465", "2020")],
        ["1835848"],
    ),
    990001: (
        "Tokugawa",
        "도쿠가와",
        17,
        ["Point(139.69 35.68)", "Point(139.75 35.69)"],
        [("14000000", "2021")],
        [],
    ),
    65: ("Los Angeles", "로스앤젤레스", 30, ["Point(-118.24 34.05)"], [], ["5368361"]),
    6106: ("Portland", "포틀랜드", 30, ["Point(-122.67 45.52)"], [], []),
    49201: ("Portland", "", 30, ["Point(-70.26 43.66)"], [], []),
    38733: ("Springfield", "", 30, ["Point(-89.65 39.8)"], [], []),
    49158: ("Springfield", "", 30, ["Point(-72.59 42.1)"], [], []),
    84: (
        "",
        "런던",
        145,
        ["Point(-0.13 51.5)"],
        [("8900000", "2020"), ("8900001", "2020")],
        ["2643743", "6058560"],
    ),
    999: ('=1+1 "quoted"\n<script>alert(1)</script>', "", 30, [], [], []),
}
COUNTRIES = {
    884: ("South Korea", "대한민국", "KR"),
    17: ("Japan", "일본", "JP"),
    30: ("United States", "미국", "US"),
    145: ("United Kingdom", "영국", "GB"),
}
LINKS = [
    # statement, item, other, rank, start (time, precision), end
    ("q8684-a1", 8684, 990001, "Normal", ("1988-09-03", 11), None),
    ("q8684-a2", 8684, 65, "Normal", ("1971-01-01", 9), ("2019-06-01", 10)),
    ("q8684-a3", 8684, 84, "Deprecated", None, None),
    ("q8684-a4", 8684, 6106, "Preferred", None, None),
    ("q990001-b1", 990001, 8684, "Normal", ("1988-01-01", 9), None),
    ("q990001-b2", 990001, 84, "Normal", None, None),
    ("q65-c1", 65, 8684, "Normal", None, None),
    ("q65-c2", 65, 65, "Normal", None, None),
    ("q65-c3", 65, 8684, "Normal", ("1971-05-01", 11), None),
    ("q49201-d1", 49201, 38733, "Normal", None, None),
    ("q6106-e1", 6106, 49158, "Normal", None, None),
    ("q999-f1", 999, 65, "Normal", None, None),
]
"""Twelve statements: one deprecated, one on itself, one that another repeats with a date."""


def turtle() -> str:
    """The data above in the RDF of Wikidata."""
    lines = [
        "@prefix wd: <http://www.wikidata.org/entity/> .",
        "@prefix s: <http://www.wikidata.org/entity/statement/> .",
        "@prefix v: <http://www.wikidata.org/value/> .",
        "@prefix p: <http://www.wikidata.org/prop/> .",
        "@prefix ps: <http://www.wikidata.org/prop/statement/> .",
        "@prefix pq: <http://www.wikidata.org/prop/qualifier/> .",
        "@prefix pqv: <http://www.wikidata.org/prop/qualifier/value/> .",
        "@prefix wdt: <http://www.wikidata.org/prop/direct/> .",
        "@prefix wikibase: <http://wikiba.se/ontology#> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix geo: <http://www.opengis.net/ont/geosparql#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
    ]
    for number, (english, korean, code) in COUNTRIES.items():
        lines.append(f'wd:Q{number} rdfs:label "{english}"@en, "{korean}"@ko ; wdt:P297 "{code}" .')
    for number, (english, korean, country, points, populations, geonames) in CITIES.items():
        # A name that is the same in all languages stands under "mul" alone.
        language = "mul" if number == 65 else "en"
        if english:
            text = english.replace('"', '\\"').replace("\n", "\\n")
            lines.append(f'wd:Q{number} rdfs:label "{text}"@{language}, "autre"@fr .')
        if korean:
            lines.append(f'wd:Q{number} rdfs:label "{korean}"@ko .')
        lines.append(
            f"wd:Q{number} p:P17 s:c{number} . s:c{number} a wikibase:BestRank ; "
            f"ps:P17 wd:Q{country} ."
        )
        lines += [f'wd:Q{number} wdt:P625 "{point}"^^geo:wktLiteral .' for point in points]
        for at, (count, year) in enumerate(populations):
            lines.append(
                f"wd:Q{number} p:P1082 s:n{number}-{at} . s:n{number}-{at} a wikibase:BestRank ; "
                f'ps:P1082 "+{count}"^^xsd:decimal ; '
                f'pq:P585 "{year}-01-01T00:00:00Z"^^xsd:dateTime .'
            )
        lines += [f'wd:Q{number} wdt:P1566 "{each}" .' for each in geonames]
    for statement, item, other, rank, start, end in LINKS:
        lines.append(
            f"wd:Q{item} p:P190 s:{statement} . "
            f"s:{statement} ps:P190 wd:Q{other} ; wikibase:rank wikibase:{rank}Rank ."
        )
        for qualifier, time_ in (("P580", start), ("P582", end)):
            if time_:
                lines.append(
                    f"s:{statement} pqv:{qualifier} v:{statement}-{qualifier} . "
                    f"v:{statement}-{qualifier} "
                    f'wikibase:timeValue "{time_[0]}T00:00:00Z"^^xsd:dateTime ; '
                    f"wikibase:timePrecision {time_[1]} ."
                )
    # A statement whose object is unknown.
    lines.append(
        "wd:Q84 p:P190 s:q84-g1 . s:q84-g1 ps:P190 _:unknown ; wikibase:rank wikibase:NormalRank ."
    )
    return "\n".join(lines) + "\n"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def sparql_server(folder: Path) -> Iterator[int]:
    """An Oxigraph server with our Wikidata; gives its port."""
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if program is None:
        pytest.skip("the program `oxigraph` is not installed: pip install oxigraph")
    data = folder / "wikidata.ttl"
    data.write_text(turtle(), encoding="utf-8")
    store = folder / "store"
    subprocess.run(
        [program, "load", "--location", store, "--file", data], check=True, capture_output=True
    )
    port = free_port()
    with subprocess.Popen(
        [program, "serve-read-only", "--location", store, "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the SPARQL server does not start")


Trouble = Callable[[BaseHTTPRequestHandler, bytes], bool]
"""What goes wrong with a request: takes it and the true answer, says whether it has answered."""


@dataclass
class Proxy:
    """What a proxy saw, and the trouble it makes: by the number of the request, from 1."""

    port: int
    trouble: dict[int, Trouble] = field(default_factory=dict)
    queries: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    most_at_once: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/query"


@contextmanager
def proxy(behind: int) -> Iterator[Proxy]:
    """A proxy before the SPARQL server at the port `behind`."""
    lock = threading.Lock()
    at_once = 0

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            nonlocal at_once
            with lock:
                at_once += 1
                seen.most_at_once = max(seen.most_at_once, at_once)
            self._answer()

        def _answer(self) -> None:
            nonlocal at_once
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.queries.append(urllib.parse.parse_qs(body.decode())["query"][0])
            seen.headers.append(dict(self.headers))
            seen.times.append(time.monotonic())
            trouble = seen.trouble.get(len(seen.queries))
            connection = http.client.HTTPConnection("127.0.0.1", behind)
            connection.request(
                "POST",
                "/query",
                body,
                {"Content-Type": self.headers["Content-Type"], "Accept": self.headers["Accept"]},
            )
            answer = connection.getresponse()
            data = answer.read()
            with lock:
                at_once -= 1  # before we answer: the next request may come at once
            if trouble and trouble(self, data):
                return
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        seen = Proxy(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield seen
        finally:
            server.shutdown()
            thread.join()


def status(code: int, **headers: str) -> Trouble:
    """Answers with a status instead."""

    def answer(handler: BaseHTTPRequestHandler, data: bytes) -> bool:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return True

    return answer


def cut(*, length: bool) -> Trouble:
    """Sends half of the answer: with its true length, or as if that were all of it."""

    def answer(handler: BaseHTTPRequestHandler, data: bytes) -> bool:
        handler.send_response(200)
        if length:
            handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data[: len(data) // 2])
        handler.close_connection = True
        return True

    return answer


def drop(handler: BaseHTTPRequestHandler, data: bytes) -> bool:
    """Closes the connection without a word."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)
    return True
