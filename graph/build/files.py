"""The files of a build."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from citypact.graph.rdf.serialise import to_jsonld, to_nquads, to_trig, to_turtle

AT_ONCE = 400_000
"""How many quads the store takes in at once: more take more memory and no less time."""


def rdf_files(quads: list[ox.Quad]) -> Iterator[tuple[str, bytes]]:
    """The RDF files of a build, one after the other: everything (N-Quads, whose SHA-256 names the
    graph), the facts with the vocabulary, the evidence, and everything as JSON-LD.

    quads: sorted, as `sorted_quads_of` gives them.
    """
    yield "graph.nq", to_nquads(quads)
    # With the vocabulary: who reads this file alone gets the rows that the store gives.
    # The default graph is the last, as sorted quads are.
    first = bisect_left(quads, True, key=lambda quad: isinstance(quad.graph_name, ox.DefaultGraph))
    yield "facts.ttl", to_turtle(quads[first:])
    yield "claims.trig", to_trig(quads[:first])
    yield "graph.jsonld", to_jsonld(quads)


def _write_store(quads: list[ox.Quad], folder: Path) -> None:
    inner = ox.Store(str(folder))
    for first in range(0, len(quads), AT_ONCE):
        inner.bulk_extend(quads[first : first + AT_ONCE])
    inner.flush()
    # The folder is complete only when the store is closed, which its deletion does.
    del inner
