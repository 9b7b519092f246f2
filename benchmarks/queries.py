"""Named queries through our API against pyoxigraph alone on the same text, and against rdflib."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import rdflib

import citypact
from graph.query import named_queries
from graph.terms import rdflib_term
from ontology import PREFIXES

LIMIT = 1.5
RUNS = 7


def median(work: Callable[[], object]) -> float:
    """Median wall seconds of a piece of work, after one run to warm up."""
    work()
    found = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


def main() -> bool:
    """Prints a row a query and the ratio of the sums; True where the limit is kept."""
    with tempfile.TemporaryDirectory() as folder:
        graph = citypact.build(Path(folder) / "build")
        alone = ox.Store.read_only(str((Path(folder) / "build").resolve() / "store"))
        dataset = _dataset(graph)
        sums = [0.0, 0.0, 0.0]
        print(f"{'query':<42}{'ours ms':>9}{'oxigraph':>10}{'ratio':>7}{'rdflib':>10}")
        for name, query in named_queries().items():
            text = query.text
            ours = median(lambda name=name: list(graph.query(name)))  # type: ignore[misc]
            engine = median(
                lambda text=text: [tuple(r) for r in alone.query(text, prefixes=PREFIXES)]
            )  # type: ignore[misc]
            begin = time.perf_counter()
            list(dataset.query(text, initNs=PREFIXES))
            library = time.perf_counter() - begin
            sums = [a + b for a, b in zip(sums, (ours, engine, library), strict=True)]
            print(
                f"{name:<42}{ours * 1e3:>9.2f}{engine * 1e3:>10.2f}{ours / engine:>7.2f}"
                f"{library * 1e3:>10.0f}"
            )
    ratio = sums[0] / sums[1]
    print(
        f"queries: {ratio:.2f} times pyoxigraph alone (limit {LIMIT}); "
        f"rdflib's own store takes {sums[2] / sums[0]:.0f} times as long as we do"
    )
    return ratio <= LIMIT


def _dataset(graph: citypact.Graph) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    for quad in graph.store.inner:
        name = quad.graph_name
        place = (
            dataset.default_graph
            if isinstance(name, ox.DefaultGraph)
            else dataset.graph(rdflib.URIRef(name.value))
        )
        place.add(tuple(rdflib_term(part) for part in (quad.subject, quad.predicate, quad.object)))
    return dataset


if __name__ == "__main__":
    sys.exit(not main())
