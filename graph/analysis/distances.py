"""Distances in steps between the actors of a network."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from graph.analysis.simple import simple, twin


@dataclass(frozen=True)
class Distances:
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


def distances(network: nx.Graph) -> Distances:
    """All distances in the largest component of a network, undirected and simple.

    Exact: every pair is counted, in time proportional to actors times ties.

    >>> distances(nx.path_graph(4)).counts
    (3, 2, 1)
    """
    pair = twin(simple(network))
    if not pair.nodes:
        return Distances((), None, None, None, None, None)
    parts = pair.graph.connected_components()
    largest = min(parts, key=lambda part: (-len(part), part[0]))
    return of_counts(_counted(pair.graph.induced_subgraph(largest)), len(largest))


def _counted(graph: object) -> tuple[int, ...]:
    """How many pairs of a connected igraph.Graph are at each distance."""
    found = graph.path_length_hist(directed=False)  # type: ignore[attr-defined]
    return tuple(int(number) for _, _, number in found.bins())


def of_counts(counts: tuple[int, ...], nodes: int) -> Distances:
    """The same from the number of pairs at each distance, in a connected network of `nodes`."""
    pairs = sum(counts)
    if not pairs:
        return Distances((), None, None, None, None, None)
    return Distances(
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


__all__ = ["Distances", "distances", "of_counts"]
