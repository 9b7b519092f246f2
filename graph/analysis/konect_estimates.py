"""The estimates that KONECT prints where it does not print exact values, made again.

They tell why a printed value differs from the exact one (`graph.analysis.konect`), and are of no
other use: distances from hashed counters, an inequality from a thinned curve, an exponent in steps
of 0.01, and a matching that could be larger.
"""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.simple import simple, to_igraph

COUNTERS = 64
"""Counters of a node, from which the number of nodes that it reaches is estimated."""
POINTS = 200
"""Pieces of the thinned Lorenz curve."""


def estimates(network: nx.Graph) -> dict[str, float | int]:
    """The estimated statistics by the names of `konect.statistics`.

    The hash of HyperANF takes the number of a node in the sorted largest component: the printed
    values come back only for a network whose nodes have KONECT's own numbers. The network must have
    ties.
    """
    graph = to_igraph(simple(network)).graph
    degrees = np.array(graph.degree(), dtype=np.int64)
    parts = graph.connected_components()
    largest = graph.induced_subgraph(min(parts, key=lambda part: (-len(part), part[0])))
    reached = hyperanf(largest)
    shares = np.diff(reached, prepend=0.0) / reached[-1]
    left_over = graph.vcount() - _greedy_matching(graph, degrees)
    found: dict[str, float | int | None] = {
        "50-percentile effective diameter": _effective(reached, 0.5),
        "90-percentile effective diameter": _effective(reached, 0.9),
        "median distance": int((reached <= reached[-1] / 2).sum()),
        "mean distance": float((np.arange(len(reached)) * shares).sum()),
        "balanced inequality ratio P": _thinned_inequality(degrees),
        "tail power law exponent": _stepped_exponent(degrees[degrees > 0]),
        "controllability C": left_over,
        "relative controllability": left_over / graph.vcount(),
    }
    return {name: value for name, value in found.items() if value is not None}


def hyperanf(graph: Any) -> np.ndarray:
    """About how many ordered pairs of a connected igraph.Graph lie within 0, 1, 2 … steps.

    HyperANF (Boldi, Rosa and Vigna 2011, WWW, 625-634): each node has counters (HyperLogLog) of
    the nodes that it reaches, which take the greatest of its neighbours' at each step.
    """
    count = graph.vcount()
    neighbours = [graph.neighbors(vertex) for vertex in range(count)]
    begin = np.cumsum([0, *map(len, neighbours[:-1])])
    flat = np.concatenate(neighbours).astype(np.int64)
    hashed = _hashed(np.arange(count))
    counters = np.zeros((count, COUNTERS), dtype=np.uint8)
    counters[np.arange(count), hashed % COUNTERS] = _first_bit(hashed // COUNTERS)
    found = [float(count)]
    while True:
        after = np.maximum(counters, np.maximum.reduceat(counters[flat], begin, axis=0))
        if np.array_equal(after, counters):
            return np.array(found)
        counters = after
        found.append(float(int(_counted(counters).sum())))


def _counted(counters: np.ndarray) -> np.ndarray:
    """How many different nodes each row of counters has seen (HyperLogLog; few: by empty ones)."""
    many = 0.709 * COUNTERS**2 / (2.0 ** -counters.astype(float)).sum(axis=1)
    empty = (counters == 0).sum(axis=1)
    few = COUNTERS * np.log(COUNTERS / np.maximum(empty, 1))
    found: np.ndarray = np.where((many <= 2.5 * COUNTERS) & (empty > 0), few, many)
    return found


def _hashed(numbers: np.ndarray) -> np.ndarray:
    """Wang's hash of integers, 32 bits."""
    kept = np.int64(0xFFFFFFFF)
    x = numbers.astype(np.int64)
    x = (x ^ 61) ^ (x >> 16)
    x = (x + (x << 3)) & kept
    x ^= x >> 4
    x = (x.astype(np.uint64) * np.uint64(0x27D4EB2D)).astype(np.int64) & kept
    return x ^ (x >> 15)


def _first_bit(numbers: np.ndarray) -> np.ndarray:
    """The place of the lowest bit that is set, from 1; 0 where none is."""
    lowest = np.maximum(numbers & -numbers, 1)
    return np.where(numbers > 0, np.log2(lowest).astype(np.int64) + 1, 0)


def _effective(reached: np.ndarray, share: float) -> float:
    """The number of steps within which a share of pairs lies, interpolated."""
    amount = share * reached[-1]
    step = int(np.searchsorted(reached, amount, side="right")) - 1
    if step < 0:
        return 0.0
    return float(step + (amount - reached[step]) / (reached[step + 1] - reached[step]))


def _thinned_inequality(degrees: np.ndarray) -> float:
    """The last point of a thinned Lorenz curve below the other diagonal, without interpolation."""
    shares = np.cumsum(np.sort(degrees)) / degrees.sum()
    people, ties = np.arange(len(degrees) + 1) / len(degrees), np.array([0.0, *shares])
    if len(people) > POINTS:
        kept = np.floor(np.arange(POINTS + 1) * (len(people) - 1) / POINTS).astype(np.int64)
        people, ties = people[kept], ties[kept]
    return float(ties[np.flatnonzero(people[::-1] > ties)[-1]])


def _stepped_exponent(degrees: np.ndarray) -> float | None:
    """The tail's exponent among 1.001, 1.011 … 8.991, for the beginning that fits best.

    Clauset, Shalizi and Newman 2009, SIAM Review 51, 661-703, discrete, by Kolmogorov-Smirnov; None
    where all degrees are the same.
    """
    from scipy.special import zeta

    exponents = 1.001 + 0.01 * np.arange(800)
    found = []
    for least in np.unique(degrees)[:-1]:
        tail = degrees[degrees >= least]
        likelihood = -exponents * np.log(tail).sum() - len(tail) * np.log(zeta(exponents, least))
        exponent = exponents[likelihood.argmax()]
        values = np.arange(least, tail.max() + 1)
        fitted = np.cumsum(values**-exponent / zeta(exponent, least))
        observed = np.cumsum(np.bincount(tail)[least:]) / len(tail)
        found.append((float(np.abs(fitted - observed).max()), float(exponent)))
    return min(found, key=lambda fit: fit[0])[1] if found else None


def _greedy_matching(graph: Any, degrees: np.ndarray) -> int:
    """The size of a matching of ties in both directions: those of few ties first, none undone."""
    ends = [pair for tie in graph.get_edgelist() for pair in (tie, tie[::-1])]
    ends.sort(key=lambda pair: (degrees[pair[0]], degrees[pair[1]], pair))
    given: set[int] = set()
    taken: set[int] = set()
    for one, other in ends:
        if one not in given and other not in taken:
            given.add(one)
            taken.add(other)
    return len(given)


__all__ = ["COUNTERS", "POINTS", "estimates", "hyperanf"]
