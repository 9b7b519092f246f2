"""Named queries through our API against pyoxigraph alone on the same text."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox

import citypact
from benchmarks.processes import seconds, verdict
from citypact.graph.provenance.named_queries import NamedQuery, named_queries
from citypact.ontology import PREFIXES

LIMIT = 1.5
RUNS, SLOW = 11, 1.0


def main() -> bool:
    """Prints a row a query and the ratio of the sums; True where the limit is kept."""
    sums = [0.0, 0.0]
    with tempfile.TemporaryDirectory() as folder:
        graph = citypact.build(Path(folder) / "build")
        alone = ox.Store.read_only(str((Path(folder) / "build").resolve() / "store"))
        print(f"{'query':<42}{'ours ms':>9}{'oxigraph':>10}{'ratio':>7}")
        for name, query in named_queries().items():
            row = measure(query, graph, alone)
            sums = [total + part for total, part in zip(sums, row, strict=True)]
            print_row(name, row)
    print_row("all", sums)
    ratio = sums[0] / sums[1]
    print(f"queries: {ratio:.2f} times pyoxigraph alone; limit {LIMIT} {verdict(ratio <= LIMIT)}\n")
    return ratio <= LIMIT


def measure(query: NamedQuery, graph: citypact.Graph, alone: ox.Store) -> list[float]:
    """Seconds of one query: ours and the engine's, medians, taken in turns; once where slow."""

    def ours() -> object:
        return list(graph.query(query.name))

    def engine() -> object:
        return [tuple(row) for row in alone.query(query.text, prefixes=PREFIXES)]

    first = [seconds(ours), seconds(engine)]
    if max(first) > SLOW:
        return first
    runs = [(seconds(ours), seconds(engine)) for _ in range(RUNS)]
    return [statistics.median(column) for column in zip(*runs, strict=True)]


def print_row(name: str, row: list[float]) -> None:
    """Prints the milliseconds of a row."""
    ours, engine = (part * 1e3 for part in row)
    print(f"{name:<42}{ours:>9.2f}{engine:>10.2f}{ours / engine:>7.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(not main())
