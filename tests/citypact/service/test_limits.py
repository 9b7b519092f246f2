"""Limits end the work: afterwards the machine is free, and the next query is answered."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from tests.citypact.service.serving import Running, is_running, serving

LETTERS = ("?a", "?b", "?c", "?d", "?e", "?f", "?g")
PAIRS = "?a ?b ?c . ?d ?e ?f ."
ENDLESS = f"SELECT (COUNT(*) AS ?n) WHERE {{ {PAIRS} ?g ?h ?i }}"
"""Oxigraph doesn't end this one at its own time limit."""
MARKS = r"}},{\"\n<result>"
"""What could be taken for the marks of rows."""
FORMATS = (
    "application/json",
    "text/csv",
    "application/sparql-results+xml",
    "text/tab-separated-values",
)
GREEDY = f"SELECT * WHERE {{ {PAIRS} }} ORDER BY ?c ?f"
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


@pytest.fixture(scope="module")
def limited(build: Path) -> Iterator[Running]:
    options = ("--timeout", "3", "--max-rows", "50", "--max-size", "1", "--max-memory", "300")
    with serving(build, *options, "--parallel", "2", "--queue", "4") as running:
        yield running


def ask(running: Running, query: str, accept: str = "*/*") -> httpx.Response:
    with running.client() as client:
        return client.post("/sparql", data={"query": query}, headers={"Accept": accept})


def seconds_of(pids: list[int]) -> float:
    """The CPU time that processes have taken, in ticks."""
    stats = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids)
    return sum(int(each[11]) + int(each[12]) for each in stats)


def settled(running: Running) -> list[int]:
    """The engines, when all have been replaced that were ended."""
    for _ in range(200):
        engines = [pid for pid in running.engines() if is_running(pid)]
        with running.client() as client:
            busy = client.get("/health").json()["queries"]
        if len(engines) == 2 and not busy:
            return engines
        time.sleep(0.05)
    raise AssertionError((engines, busy))


def test_many_endless_queries_at_once_leave_the_machine_free(limited: Running) -> None:
    before = set(settled(limited))
    with ThreadPoolExecutor(40) as threads:
        responses = list(threads.map(lambda _: ask(limited, ENDLESS), range(40)))
    statuses = Counter(response.status_code for response in responses)
    assert set(statuses) == {503, 504}
    assert statuses[504] >= 2  # those that ran; four waited, and the others were turned away
    turned_away = next(each for each in responses if each.status_code == 503)
    assert int(turned_away.headers["Retry-After"]) > 0
    after = settled(limited)
    assert not before.intersection(after)
    assert not any(map(is_running, before))
    taken = seconds_of(after)
    time.sleep(0.3)
    assert seconds_of(after) < taken + 10  # ticks: a busy engine takes 30
    assert ask(limited, "ASK { ?city a citypact:City }").json()["boolean"] is True


def test_too_many_rows_are_refused_rather_than_cut(limited: Running) -> None:
    for accept in FORMATS:
        assert ask(limited, "SELECT * { ?s ?p ?o } LIMIT 50", accept).status_code == 200
        refused = ask(limited, "SELECT * { ?s ?p ?o } LIMIT 51", accept)
        assert (refused.status_code, "50 rows" in refused.text) == (422, True), accept


def test_line_ends_in_texts_are_no_rows(limited: Running) -> None:
    text = f'SELECT ?text {{ VALUES ?text {{ "{MARKS * 60}" }} }}'
    for accept in FORMATS:
        assert ask(limited, text, accept).status_code == 200, accept


def test_a_long_answer_is_refused(limited: Running) -> None:
    steps = " ".join(f"BIND(CONCAT({', '.join([a] * 10)}) AS {b})" for a, b in pairwise(LETTERS))
    refused = ask(limited, f'SELECT ?g {{ BIND("0123456789" AS ?a) {steps} }}')
    assert (refused.status_code, "1 MB" in refused.text) == (422, True)


def test_a_query_that_takes_much_memory_is_ended(limited: Running) -> None:
    refused = ask(limited, GREEDY)
    assert (refused.status_code, "300 MB" in refused.text) == (422, True), refused.text
    assert ask(limited, "ASK {}").status_code == 200


def test_the_query_of_a_client_that_has_gone_is_ended(build: Path) -> None:
    with serving(build, "--parallel", "1", "--timeout", "600") as running:
        (before,) = running.engines()
        with running.client() as client, pytest.raises(httpx.ReadTimeout):
            client.post("/sparql", data={"query": ENDLESS}, timeout=0.5)
        assert ask(running, "ASK {}").status_code == 200  # else it waited ten minutes
        assert not is_running(before)
