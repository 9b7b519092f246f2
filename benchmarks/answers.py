"""Named queries of few rows at five million quads, and all of them on disk and in memory."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

import citypact
from benchmarks.copies import write_copies
from benchmarks.large import engine_load
from benchmarks.processes import citypact as process
from benchmarks.processes import verdict
from citypact.graph.provenance.named_queries import NamedQuery, bind, named_queries
from citypact.ontology import PREFIXES

QUADS, ROWS, LIMIT = 5_000_000, 1000, 0.3
"""A query that gives fewer rows at so many quads should take at most so many seconds."""
LONG = 1.0
"""Seconds on the packaged graph from which a query is not asked again on the large one."""


def main() -> bool:
    """Prints the queries that take longer, and the sums; True where none does."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        process("build", "--out", place / "build")
        graph = citypact.open(place / "build")
        texts = list(asked(graph))
        own = ox.Store.read_only(str((place / "build").resolve() / "store"))
        memory = ox.Store()
        begin = time.process_time()
        memory.bulk_load(path=place / "build" / "graph.nq", format=ox.RdfFormat.N_QUADS)
        loaded = time.process_time() - begin
        write_copies(place / "build" / "graph.nq", place / "copies.nq", QUADS)
        engine_load(place / "copies.nq", place / "large")
        large = ox.Store.read_only(str(place / "large"))
        sums, few, slow, known = [0.0, 0.0], 0, 0, len(own)
        for name, text in texts:
            took, rows = cpu(own, text)
            sums = [sums[0] + took, sums[1] + cpu(memory, text)[0]]
            quads = known
            if rows < ROWS and took < LONG:
                took, rows = cpu(large, text)
                quads = QUADS
            if rows >= ROWS:
                continue
            few += 1
            if took > LIMIT:
                slow += 1
                print(f"  {name}: {took:.2f} s at {quads:,} quads, {rows} rows", flush=True)
        print(
            f"answers: {few} questions with fewer than {ROWS:,} rows at {QUADS:,} quads, {slow} of "
            f"them take more than {LIMIT} s of CPU {verdict(not slow)}"
        )
        print(
            f"in memory: {len(texts)} questions in {sums[1]:.1f} s, {sums[0] / sums[1]:.1f} times "
            f"as fast as on disk ({sums[0]:.1f} s); {known:,} quads are read in {loaded:.1f} s\n"
        )
    return not slow


def asked(graph: citypact.Graph) -> Iterator[tuple[str, str]]:
    """Each named query without parameters, where it needs none, and with each alone."""
    for query in named_queries().values():
        for values in choices(query):
            name = " ".join([query.name, *(f"{each}={value}" for each, value in values.items())])
            yield name, bind(query, values, graph.names).text


def choices(query: NamedQuery) -> list[dict[str, str]]:
    """The examples of the parameters that a query needs, with none or one of the others."""
    needed = {each.name: each.example for each in query.parameters if each.required}
    others = [{each.name: each.example} for each in query.parameters if not each.required]
    return [needed | other for other in ({}, *others)]


def cpu(store: ox.Store, text: str) -> tuple[float, int]:
    """Seconds of CPU of a query, to its last row, and its rows; the best of two where short."""
    times = []
    for _ in range(2):
        begin = time.process_time()
        rows = sum(1 for _ in store.query(text, prefixes=PREFIXES))
        times.append(time.process_time() - begin)
        if times[0] > LIMIT:
            break
    return min(times), rows


if __name__ == "__main__":
    sys.exit(not main())
