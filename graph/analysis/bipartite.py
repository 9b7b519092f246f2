"""Two-mode networks: what the degrees of both modes alone would give, and which pairs share more.

A network of two modes has `bipartite` 0 or 1 on its nodes, as that of actors and topics has: rows
are the nodes with 0, columns those with 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from citypact.graph.analysis.shared_results import shareable
from citypact.graph.analysis.wiring import Wiring, wiring_of
from citypact.ontology.errors import CitypactError

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

EXACT = 1e-10
"""How far the sum of probabilities may be from a degree, relative to 1 or the degree."""
STEPS = 500
"""Steps of Newton's method at most."""


@dataclass(frozen=True, eq=False)
class BipartiteModel:
    """The probability of each edge between rows and columns; edges do not depend on each other.

    rows, columns: nodes, in sorted order. matrix: probabilities, 0 to 1, a row for each of `rows`.
    """

    rows: tuple[Any, ...]
    columns: tuple[Any, ...]
    matrix: Floats

    @cached_property
    def index(self) -> dict[Any, int]:
        """The number of each node among its rows or columns."""
        return {node: at for nodes in (self.rows, self.columns) for at, node in enumerate(nodes)}

    @cached_property
    def nodes(self) -> nx.Graph:
        """The rows and columns as a network without edges."""
        found = nx.Graph()
        found.add_nodes_from(self.rows, bipartite=0)
        found.add_nodes_from(self.columns, bipartite=1)
        return found

    def probability(self, row: Any, column: Any) -> float:
        """How likely a row and a column are tied."""
        return float(self.matrix[self.index[row], self.index[column]])


def bicm(network: nx.Graph) -> BipartiteModel:
    """The bipartite configuration model: as random as can be, with these degrees in the mean.

    Of all ensembles of two-mode networks whose expected degrees are those of this network, the one
    of the greatest entropy (Saracco, Di Clemente, Gabrielli & Squartini 2015, Scientific Reports 5,
    10595). Row i and column a are tied with the probability x_i y_a / (1 + x_i y_a), each pair by
    itself; fitnesses x and y depend on degrees alone and solve Σ_a p_ia = k_i, Σ_i p_ia = k_a. They
    are found by Newton's method on their logarithms, one for each degree. What the degrees force,
    such as the edges of a row that is tied to all, is found first (Gale & Ryser's conditions that
    hold with equality) and has probability 0 or 1. Degrees are met to `EXACT`. The matrix is dense:
    10,000 × 1,000 take 80 MB.

    Raises CitypactError for a network that is not simple, lacks sides, or has edges within a side.

    >>> square = nx.Graph([("a", 1), ("b", 2)])
    >>> nx.set_node_attributes(square, {"a": 0, "b": 0, 1: 1, 2: 1}, "bipartite")
    >>> round(bicm(square).probability("a", 2), 9)
    0.5
    """
    rows, columns, ties = incidence(network)
    of_rows, of_columns = ties.sum(axis=1), ties.sum(axis=0)
    return BipartiteModel(rows, columns, _probabilities(of_rows, of_columns))


def incidence(
    network: nx.Graph | Wiring,
) -> tuple[tuple[Any, ...], tuple[Any, ...], Whole]:
    """The rows and the columns of a two-mode network, sorted, and a matrix with 1 for each edge.

    Raises CitypactError for a network that is not simple, lacks sides, or has edges within a side.
    """
    wiring = wiring_of(network)
    sides = _sides(wiring.base)
    one, other = wiring.edges.T
    if within := np.flatnonzero(sides.side[one] == sides.side[other]).tolist():
        nodes = list(wiring.base)
        raise CitypactError(
            "{one} and {other} are connected, but on one side of a bipartite network\n"
            "    -> put them on different sides, or remove the edge",
            one=nodes[one[within[0]]],
            other=nodes[other[within[0]]],
        )
    row, column = np.where(sides.side[one] == 0, (one, other), (other, one))
    ties = np.zeros((len(sides.rows), len(sides.columns)), dtype=np.int64)
    ties[sides.place[row], sides.place[column]] = 1
    return sides.rows, sides.columns, ties


@dataclass(frozen=True, eq=False)
class _Sides:
    """The rows and columns of a network, and of each node its side and its place there."""

    rows: tuple[Any, ...]
    columns: tuple[Any, ...]
    side: Whole
    place: Whole


@shareable
def _sides(network: nx.Graph) -> _Sides:
    side = dict(network.nodes(data="bipartite"))
    if not set(side.values()) <= {0, 1}:
        raise CitypactError(
            "a bipartite network has the attribute bipartite, 0 or 1, on every node\n"
            "    -> use the network of topics, or set the attribute"
        )
    if network.is_directed() or network.is_multigraph():
        raise CitypactError(
            "null models of bipartite networks need a simple network\n    -> give a networkx.Graph"
        )
    rows, columns = (tuple(sorted(node for node in side if side[node] == s)) for s in (0, 1))
    index = {node: at for nodes in (rows, columns) for at, node in enumerate(nodes)}
    places = [index[node] for node in side]
    return _Sides(
        rows, columns, np.array([*side.values()], dtype=np.int64), np.array(places, dtype=np.int64)
    )


def sampled(model: BipartiteModel, seed: int) -> nx.Graph:
    """A network by chance from a model, with `bipartite` on its nodes; the same for a seed."""
    return sampled_edges(model, seed).network


def sampled_edges(model: BipartiteModel, seed: int) -> Wiring:
    """The same as `sampled`, as arrays."""
    drawn = np.random.default_rng(seed).random(model.matrix.shape) < model.matrix
    return Wiring(model.nodes, np.argwhere(drawn) + np.array([0, len(model.rows)]))


# Solving


def _probabilities(of_rows: Whole, of_columns: Whole) -> Floats:
    """The probabilities of all pairs from the degrees of rows and columns.

    The degrees of rows, falling, are at most Σ_a min(k_a, r) for the first r (Gale 1957, Ryser
    1957). Where that holds with equality, those rows have all ties of columns of degree r or less,
    and are tied to all others: there the problem falls apart.
    """
    found = np.zeros((len(of_rows), len(of_columns)))
    order = np.argsort(-of_rows, kind="stable")
    first = np.concatenate(([0], np.cumsum(of_rows[order])))
    most = np.array([np.minimum(of_columns, r).sum() for r in range(len(of_rows) + 1)])
    tight = np.flatnonzero(first == most)
    for low, high in pairwise(tight):
        part = order[low:high]
        full = of_columns >= high
        free = np.flatnonzero((low < of_columns) & (of_columns < high))
        found[np.ix_(part, np.flatnonzero(full))] = 1.0
        if len(free):
            inner = _solved(of_rows[part] - int(full.sum()), of_columns[free] - low)
            found[np.ix_(part, free)] = inner
    return found


def _solved(of_rows: Whole, of_columns: Whole) -> Floats:
    """The probabilities where nothing is forced: one fitness for each degree."""
    k, row, m = np.unique(of_rows, return_inverse=True, return_counts=True)
    d, column, n = np.unique(of_columns, return_inverse=True, return_counts=True)
    wanted = np.concatenate((m * k, n * d)).astype(np.float64)
    each = np.concatenate((m, n)).astype(np.float64)
    total = np.sqrt(float((m * k).sum()))
    logs = np.concatenate((np.log(k / total), np.log(d / total)))
    weight = np.outer(m, n).astype(np.float64)

    def likelihood(logs: Floats) -> float:
        both = logs[: len(k), None] + logs[None, len(k) :]
        return float(wanted @ logs - (weight * np.logaddexp(0, both)).sum())

    for _ in range(STEPS):
        p = _logistic(logs[: len(k), None] + logs[None, len(k) :])
        ties = weight * p
        missing = wanted - np.concatenate((ties.sum(axis=1), ties.sum(axis=0)))
        if (np.abs(missing) / each <= EXACT * np.maximum(1, wanted / each)).all():
            return p[np.ix_(row, column)]
        step = _newton(ties * (1 - p), missing)
        size, now = 1.0, likelihood(logs)
        # Close to the solution a step gains less than what sums are rounded by, and is right.
        while missing @ step > 1e-4 and likelihood(logs + size * step) < now:
            size /= 2
        logs = logs + size * step
    raise CitypactError(
        "the bipartite configuration model of this network was not found\n"
        "    -> leave out nodes that are tied to nearly all or nearly none"
    )


def _newton(curvature: Floats, missing: Floats) -> Floats:
    """Newton's step; of the two scales that leave all products the same, the last is held."""
    rows = len(curvature)
    matrix = np.diag(np.concatenate((curvature.sum(axis=1), curvature.sum(axis=0))))
    matrix[:rows, rows:] = curvature
    matrix[rows:, :rows] = curvature.T
    step = np.linalg.solve(matrix[:-1, :-1], missing[:-1])
    return np.append(step, 0.0)


def _logistic(values: Floats) -> Floats:
    return np.exp(-np.logaddexp(0, -values))


# Validated pairs


@dataclass(frozen=True)
class SharedNeighbours:
    """Two nodes of one side, how many neighbours they share, and how many chance would have them.

    expected: in the mean of the model. p: how likely the model gives as many or more. adjusted: p
    for the share of false ones among all pairs that are validated up to this one (Benjamini &
    Hochberg 1995). is_validated: adjusted is at most the level asked for.
    """

    one: Any
    other: Any
    shared: int
    expected: float
    p: float
    adjusted: float
    is_validated: bool


def validated(network: nx.Graph, side: int, level: float = 0.05) -> list[SharedNeighbours]:
    """Each two nodes of a side that share neighbours, the least likely first.

    How many two nodes i, j share is, by `bicm`, a sum of independent chances p_ia p_ja over the
    other side (Poisson binomial); p is its exact tail, adding probabilities only, so that small
    ones are right too (Saracco, Straka, Di Clemente, Gabrielli, Caldarelli & Squartini 2017, New
    Journal of Physics 19, 053022). All pairs of the side are tested together, those that share
    nothing too: of the validated ones a share of `level` at most is expected to be by chance
    (Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57, 289–300; that holds
    for tests that are independent or depend on each other positively). Takes
    time with the square of the side's nodes.

    Raises CitypactError for another side than 0 and 1, a level outside 0 to 1, and what `bicm`
    raises.

    >>> pairs = nx.Graph([("a", 1), ("a", 2), ("b", 1), ("b", 2), ("c", 3), ("d", 4)])
    >>> side = {node: int(isinstance(node, int)) for node in pairs}
    >>> nx.set_node_attributes(pairs, side, "bipartite")
    >>> first = validated(pairs, side=0)[0]
    >>> first.one, first.other, first.shared, round(first.expected, 3), first.is_validated
    ('a', 'b', 2, 1.083, False)
    """
    if side not in (0, 1) or not 0 <= level <= 1:
        raise CitypactError(
            "side {side}, level {level}: a side is 0 or 1, a level is from 0 to 1\n"
            "    -> give side=0 for rows, level=0.05 for one false pair in twenty",
            side=side,
            level=level,
        )
    model = bicm(network)
    rows, columns, ties = incidence(network)
    nodes, matrix = (rows, model.matrix) if side == 0 else (columns, model.matrix.T)
    ties = ties if side == 0 else ties.T
    shared = ties @ ties.T
    _, kind = np.unique(ties.sum(axis=1), return_inverse=True)
    tails: dict[tuple[int, int], tuple[float, Floats]] = {}
    found = []
    for i, j in combinations(range(len(nodes)), 2):
        count = int(shared[i, j])
        if not count:
            continue
        # Nodes with the same degree have the same probabilities.
        key = min(kind[i], kind[j]), max(kind[i], kind[j])
        if key not in tails:
            chances = matrix[i] * matrix[j]
            tails[key] = float(chances.sum()), tail(chances)
        expected, tail_of = tails[key]
        found.append((float(tail_of[count]), -count, i, j, expected))
    found.sort()
    adjusted = benjamini_hochberg([each[0] for each in found], len(nodes) * (len(nodes) - 1) // 2)
    return [
        SharedNeighbours(nodes[i], nodes[j], -count, expected, p, q, q <= level)
        for (p, count, i, j, expected), q in zip(found, adjusted, strict=True)
    ]


def tail(chances: Floats) -> Floats:
    """How likely 0, 1, 2 … or more of independent events happen that have these chances.

    scipy.stats.poisson_binom is not used: its survival function is 1 minus the sum of the others,
    so that nothing is left of chances below 1e-16, and its probabilities of all counts at once take
    memory with the square of the events.

    >>> tail(np.array([0.5, 0.5])).tolist()
    [1.0, 0.75, 0.25]
    """
    exactly = np.zeros(len(chances) + 1)
    exactly[0] = 1.0
    for number, chance in enumerate(chances, 1):
        exactly[1 : number + 1] = exactly[1 : number + 1] * (1 - chance) + exactly[:number] * chance
        exactly[0] *= 1 - chance
    found = np.cumsum(exactly[::-1])[::-1]
    found[0] = 1.0
    return np.minimum(found, 1.0)


def benjamini_hochberg(ps: Sequence[float], tests: int) -> list[float]:
    """Adjusted p-values of some of so many tests, in the order given; the others count as 1.

    An adjusted value is the least level at which its test is among those that are held to be real,
    of which so large a share at most is expected to be false (Benjamini & Hochberg 1995).

    >>> benjamini_hochberg([0.03, 0.01], tests=4)
    [0.06, 0.04]
    """
    from scipy.stats import false_discovery_control

    if not ps:
        return []
    # What is not given lies above: it only adds to the number of tests.
    adjusted = np.minimum(false_discovery_control(ps) * (tests / len(ps)), 1.0)
    return [float(each) for each in adjusted]


__all__ = [
    "BipartiteModel",
    "SharedNeighbours",
    "benjamini_hochberg",
    "bicm",
    "incidence",
    "sampled",
    "sampled_edges",
    "tail",
    "validated",
]
