"""Named queries through our API against pyoxigraph alone on the same text, and against rdflib."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox
import rdflib

import citypact
from benchmarks.processes import seconds, verdict
from graph.query import NamedQuery, named_queries
from graph.terms import rdflib_term
from ontology import PREFIXES

LIMIT = 1.5
RUNS = 11


def main() -> bool:
    """Prints a row a query and the ratio of the sums; True where the limit is kept."""
    sums = [0.0, 0.0, 0.0]
    with tempfile.TemporaryDirectory() as folder:
        graph = citypact.build(Path(folder) / "build")
        alone = ox.Store.read_only(str((Path(folder) / "build").resolve() / "store"))
        dataset = rdflib_dataset(graph.store.inner)
        print(f"{'query':<42}{'ours ms':>9}{'oxigraph':>10}{'ratio':>7}{'rdflib':>10}")
        for name, query in named_queries().items():
            row = measure(query, graph, alone, dataset)
            sums = [total + part for total, part in zip(sums, row, strict=True)]
            print_row(name, row)
    print_row("all", sums)
    ratio = sums[0] / sums[1]
    print(
        f"queries: {ratio:.2f} times pyoxigraph alone; limit {LIMIT} "
        f"{verdict(ratio <= LIMIT)}; "
        f"rdflib's own store takes {sums[2] / sums[0]:.0f} times as long as we do"
    )
    return ratio <= LIMIT


def measure(
    query: NamedQuery, graph: citypact.Graph, alone: ox.Store, dataset: rdflib.Dataset
) -> list[float]:
    """Seconds of one query: ours and the engine's (medians, taken in turns), rdflib's (once)."""

    def ours() -> object:
        return list(graph.query(query.name))

    def engine() -> object:
        return [tuple(row) for row in alone.query(query.text, prefixes=PREFIXES)]

    def library() -> object:
        return list(dataset.query(query.text, initNs=PREFIXES))

    ours()
    engine()
    runs = [(seconds(ours), seconds(engine)) for _ in range(RUNS)]
    return [*(statistics.median(column) for column in zip(*runs, strict=True)), seconds(library)]


def print_row(name: str, row: list[float]) -> None:
    """Prints the milliseconds of a row."""
    ours, engine, library = (part * 1e3 for part in row)
    print(f"{name:<42}{ours:>9.2f}{engine:>10.2f}{ours / engine:>7.2f}{library:>10.0f}", flush=True)


def rdflib_dataset(store: ox.Store) -> rdflib.Dataset:
    """The same quads in rdflib's own store."""
    dataset = rdflib.Dataset()
    for quad in store:
        name = quad.graph_name
        is_default = isinstance(name, ox.DefaultGraph)
        place = dataset.default_graph if is_default else dataset.graph(rdflib.URIRef(name.value))
        place.add(tuple(rdflib_term(part) for part in (quad.subject, quad.predicate, quad.object)))
    return dataset


if __name__ == "__main__":
    sys.exit(not main())
