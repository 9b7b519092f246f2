"""Distances in steps between the actors of a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from citypact.graph.analysis.simple import simple, to_igraph

Counts = NDArray[np.int64]
TOGETHER = 1024
"""How many searches go on at once."""


@dataclass(frozen=True)
class PathLengths:
    """Shortest paths between different actors of the largest component, in steps.

    counts: how many pairs are at distance 1, 2, 3 … mean, median and diameter (the longest); None
    without pairs. effective_50 and effective_90: the distance within which that share of pairs
    lies, interpolated between whole steps, with each actor's distance of 0 to itself counted as
    KONECT does (Kunegis 2013, WWW Companion, 1343-1350; after Leskovec, Kleinberg and Faloutsos
    2007).
    """

    counts: tuple[int, ...]
    mean: float | None
    median: float | None
    diameter: int | None
    effective_50: float | None
    effective_90: float | None


def distances(network: nx.Graph) -> PathLengths:
    """All distances in the largest component of a network, undirected and simple.

    Exact: every pair is counted, in time proportional to actors times ties.

    >>> distances(nx.path_graph(4)).counts
    (3, 2, 1)
    """
    pair = to_igraph(simple(network))
    if not pair.nodes:
        return PathLengths((), None, None, None, None, None)
    parts = pair.graph.connected_components()
    largest = min(parts, key=lambda part: (-len(part), part[0]))
    found = at_distance(pair.graph.induced_subgraph(largest))
    return _of_counts(tuple(int(both) // 2 for both in found.sum(axis=1)), len(largest))


def at_distance(graph: Any) -> Counts:
    """How many others are 1, 2, 3 … steps (rows) from each vertex (columns) of an igraph.Graph.

    A search in breadth from many vertices at once, each a bit of the words that are handed on to
    neighbours: some four times as fast as one search a vertex.
    """
    count, neighbours = graph.vcount(), graph.get_adjlist()
    tied = np.array([vertex for vertex in range(count) if neighbours[vertex]], dtype=np.int64)
    found: list[Counts] = []
    if not tied.size:
        return np.zeros((0, count), dtype=np.int64)
    flat = np.concatenate([neighbours[vertex] for vertex in tied])
    begin = np.cumsum([0, *(len(neighbours[vertex]) for vertex in tied[:-1])])
    for start in range(0, count, TOGETHER):
        sources = np.arange(start, min(start + TOGETHER, count))
        word, bit = np.divmod(sources - start, 64)
        reached = np.zeros((count, int(word[-1]) + 1), dtype=np.uint64)
        reached[sources, word] = np.uint64(1) << bit.astype(np.uint64)
        last, step = reached, 0
        while True:
            following = np.zeros_like(reached)
            following[tied] = np.bitwise_or.reduceat(last[flat], begin, axis=0)
            following &= ~reached
            new = np.bitwise_count(following).sum(axis=1, dtype=np.int64)
            if not new.any():
                break
            if step == len(found):
                found.append(np.zeros(count, dtype=np.int64))
            # Distances are the same both ways: who is reached is who reaches.
            found[step] += new
            reached, last, step = reached | following, following, step + 1
    return np.array(found)


def _of_counts(counts: tuple[int, ...], nodes: int) -> PathLengths:
    """The same from the number of pairs at each distance, in a connected network of `nodes`."""
    pairs = sum(counts)
    if not pairs:
        return PathLengths((), None, None, None, None, None)
    return PathLengths(
        counts,
        sum(step * number for step, number in enumerate(counts, 1)) / pairs,
        _median(counts),
        len(counts),
        _effective(counts, nodes, 0.5),
        _effective(counts, nodes, 0.9),
    )


def _median(counts: tuple[int, ...]) -> float:
    """The middle distance; the mean of the two in the middle where they differ."""
    pairs, seen, middle = sum(counts), 0, []
    for step, number in enumerate(counts, 1):
        for place in ((pairs - 1) // 2, pairs // 2):
            if seen <= place < seen + number:
                middle.append(step)
        seen += number
    return sum(middle) / 2


def _effective(counts: tuple[int, ...], nodes: int, share: float) -> float:
    """The distance within which a share of ordered pairs lies, each actor with itself included."""
    within, whole = float(nodes), nodes + 2 * sum(counts)
    if within >= share * whole:
        return 0.0
    for step, number in enumerate(counts, 1):
        before, within = within, within + 2 * number
        if within >= share * whole:
            return step - 1 + (share * whole - before) / (within - before)
    return float(len(counts))


__all__ = ["Counts", "PathLengths", "at_distance", "distances"]
