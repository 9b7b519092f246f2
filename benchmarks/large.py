"""Large graphs: load into the embedded store and named queries, beside pyoxigraph alone."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import rdflib

import citypact
from benchmarks.copies import write_copies
from benchmarks.processes import citypact as process
from benchmarks.processes import seconds, verdict
from citypact.graph.provenance.named_queries import NamedQuery, bind, named_queries
from citypact.graph.rdf.rdflib_terms import rdflib_term
from citypact.graph.store.base import LocalStore
from citypact.ontology import PREFIXES

SIZES = (100_000, 1_000_000)
LOAD_LIMIT, QUERY_LIMIT = 0.3, 1.5
RUNS, SLOW = 5, 1.0
"""Queries are asked so often; once, where an answer takes longer than SLOW seconds."""


def main(sizes: tuple[int, ...] = SIZES) -> bool:
    """Prints loads and queries of each size; True where the limits are kept."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        process("build", "--out", place / "all")
        process("build", "--out", place / "records", "--records-only")
        kept = []
        for size in sizes:
            # With the registers the packaged graph is larger than the smallest size.
            source = place / ("records" if size < 500_000 else "all") / "graph.nq"
            kept.append(one(size, source, place))
    return all(kept)


def one(size: int, source: Path, folder: Path) -> bool:
    """Repeats a graph up to a size, loads it both ways, asks it both ways."""
    file, ours, alone = folder / "graph.nq", folder / "ours", folder / "alone"
    write_copies(source, file, size)
    os.sync()  # else the first load would share the disk with what was written before
    print(f"{size:,} quads, {file.stat().st_size / 1e6:,.0f} MB of N-Quads")
    runs = []
    for _ in range(3 if size < 10_000_000 else 1):
        shutil.rmtree(alone, ignore_errors=True)
        runs.append(
            (
                seconds(lambda: citypact.load(file, ours)),
                seconds(lambda: engine_load(file, alone)),
            )
        )
    mine, engine = (statistics.median(column) for column in zip(*runs, strict=True))
    rate = engine / mine
    print(
        f"load: {mine:.1f} s, the engine's bulk loader alone {engine:.1f} s: "
        f"{size / mine:,.0f} quads a second, {rate:.0%} of it; "
        f"limit {LOAD_LIMIT:.0%} {verdict(rate >= LOAD_LIMIT)}",
        flush=True,
    )
    file.unlink()
    shutil.rmtree(alone)
    return (rate >= LOAD_LIMIT) & queries(size, ours)


def engine_load(file: Path, folder: Path) -> None:
    """What pyoxigraph does for itself."""
    store = ox.Store(str(folder))
    store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS)
    store.flush()


def queries(size: int, build: Path) -> bool:
    """Asks the named queries with their examples, both ways, in turns."""
    graph = citypact.open(build)
    assert isinstance(graph.store, LocalStore)
    print(f"names: read in {seconds(lambda: graph.names.find('Seoul')):.1f} s, once for a graph")
    alone = ox.Store.read_only(str(build.resolve() / "store"))
    rows = {name: measure(query, graph, alone) for name, query in named_queries().items()}
    mine, engine = (sum(column) for column in zip(*rows.values(), strict=True))
    ratio = mine / engine
    name, (slowest, _) = max(rows.items(), key=lambda row: row[1][0])
    worst = max(rows, key=lambda name: rows[name][0] / rows[name][1])
    print(
        f"queries: {len(rows)} in {mine:.2f} s, {ratio:.2f} times pyoxigraph alone; limit "
        f"{QUERY_LIMIT} {verdict(ratio <= QUERY_LIMIT)}\n"
        f"    slowest {name} {slowest:.2f} s; worst ratio {worst} "
        f"{rows[worst][0] / rows[worst][1]:.2f} ({rows[worst][0] * 1e3:.1f} ms against "
        f"{rows[worst][1] * 1e3:.1f} ms)",
        flush=True,
    )
    if size == min(SIZES):
        library = rdflib_seconds(graph)
        print(f"    rdflib's own store takes {library:.1f} s, {library / mine:.0f} times as long")
    print()
    return ratio <= QUERY_LIMIT


def measure(query: NamedQuery, graph: citypact.Graph, alone: ox.Store) -> tuple[float, float]:
    """Seconds of one query with the examples of its parameters: ours, and the engine's."""
    values = examples(query)
    text = bind(query, values, graph.names).text

    def ours() -> object:
        return list(graph.query(query.name, **values))

    def engine() -> object:
        return [tuple(row) for row in alone.query(text, prefixes=PREFIXES)]

    first = (seconds(ours), seconds(engine))
    if max(first) > SLOW:
        return first
    runs = [(seconds(ours), seconds(engine)) for _ in range(RUNS)]
    mine, other = (statistics.median(column) for column in zip(*runs, strict=True))
    return mine, other


def examples(query: NamedQuery) -> dict[str, str]:
    """The examples of the parameters that a query needs, else of its first."""
    needed = {each.name: each.example for each in query.parameters if each.required}
    return needed or {each.name: each.example for each in query.parameters[:1]}


def rdflib_seconds(graph: citypact.Graph) -> float:
    """Seconds of all named queries on rdflib's own store with the same quads, asked once."""
    dataset = rdflib_dataset(graph.store.quads())
    texts = [bind(query, examples(query), graph.names).text for query in named_queries().values()]
    return seconds(lambda: [list(dataset.query(text, initNs=PREFIXES)) for text in texts])


def rdflib_dataset(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """The quads in rdflib's own store."""
    dataset = rdflib.Dataset()
    for quad in quads:
        name = quad.graph_name
        is_default = isinstance(name, ox.DefaultGraph)
        place = dataset.default_graph if is_default else dataset.graph(rdflib.URIRef(name.value))
        place.add(tuple(rdflib_term(part) for part in (quad.subject, quad.predicate, quad.object)))
    return dataset


if __name__ == "__main__":
    sys.exit(not main())
