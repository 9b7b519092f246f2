"""Our shapes on 100,000 facts with faults in them: the engine in use beside pySHACL."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox

import citypact
from benchmarks.copies import write_copies
from benchmarks.processes import seconds, verdict
from citypact.graph.build.claims import Triple
from citypact.graph.build.shacl import engine, pyshacl, results
from citypact.graph.store.base import LocalStore
from citypact.ontology import folder

TRIPLES, FAULTS, RUNS = 100_000, 97, 3


def main() -> bool:
    """Prints the times of both engines; True where they report the same."""
    triples = broken_facts()
    shapes = (folder() / "shapes.ttl").read_text(encoding="utf-8")
    in_use = engine()
    reports = {judge: results(triples, shapes, judge) for judge in (pyshacl, in_use)}
    runs = [
        [seconds(lambda: results(triples, shapes, judge)) for judge in (pyshacl, in_use)]  # noqa: B023
        for _ in range(RUNS)
    ]
    plain, fast = (statistics.median(column) for column in zip(*runs, strict=True))
    is_same = reports[pyshacl] == reports[in_use]
    print(
        f"shacl: {len(triples):,} triples, {len(reports[pyshacl]):,} results; in use: "
        f"{in_use.__name__} {fast:.1f} s, pyshacl {plain:.1f} s: {plain / fast:.1f} times as fast; "
        f"reports {'identical' if is_same else 'DIFFER'}: {verdict(is_same)}\n",
        flush=True,
    )
    return is_same


def broken_facts() -> list[Triple]:
    """Facts of the packaged graph and of copies of it; each 97th triple is left out."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "packaged"
        graph = citypact.build(out).store
        assert isinstance(graph, LocalStore)
        facts = Path(place) / "facts.nq"
        facts.write_bytes(
            b"".join(
                f"{quad.triple} .\n".encode()
                for quad in sorted(graph.quads(graph=ox.DefaultGraph()), key=str)
            )
        )
        write_copies(facts, Path(place) / "many.nq", TRIPLES * FAULTS // (FAULTS - 1) + 1)
        quads = list(ox.parse(path=Path(place) / "many.nq", format=ox.RdfFormat.N_QUADS))
    return [
        (quad.subject, quad.predicate, quad.object)  # type: ignore[misc]
        for number, quad in enumerate(quads)
        if number % FAULTS
    ]


if __name__ == "__main__":
    sys.exit(not main())
