"""Networks by chance with the degrees of a given one: rewired, or joined anew from its stubs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from citypact.graph.analysis.shared_results import shareable
from citypact.graph.analysis.simple import igraph_seeded, to_igraph
from citypact.graph.analysis.switching import switched
from citypact.graph.analysis.wiring import Wiring
from citypact.ontology.errors import CitypactError

Edges = tuple[tuple[int, int], ...]
SWAPS = 10
"""Swaps of two edges for each edge of a network, of which it is taken to be mixed."""
MOST_TRIALS = 1000
"""Trials for each edge at most, where few swaps are possible."""
MANY = 5000
"""Edges from which they are swapped in arrays, by `switching`; fewer are swapped by igraph."""
KEPT = 3_000_000
"""Edges in the draws of one network that are kept for whoever asks for the same draws."""


def rewired(network: nx.Graph, seed: int, within: str = "") -> nx.Graph:
    """A network by chance in which every node has as many neighbours as in this one.

    Two edges a–b and c–d become a–d and c–b wherever that makes no loop and no parallel edge, again
    and again (double edge swaps: Maslov & Sneppen 2002, Science 296, 910–913). A trial that fails
    counts as a step, so that all simple networks with these degrees, nodes told apart, are equally
    likely in the end (Fosdick, Larremore, Nishimura & Ugander 2018, SIAM Review 60, 315–355). As
    many trials are made as give `SWAPS` swaps an edge where the network is as it is, at most
    `MOST_TRIALS` an edge. Nodes keep their attributes and their order, edges are sorted and have no
    attributes. From `MANY` edges on all are paired and swapped at once in rounds, to the same end
    (`switching`). A network that allows no swap, such as a star, comes back as it is: it is the
    only one with these degrees; `possible_swaps` tells.

    within: an attribute of nodes; edges are then swapped only with those that join the same two
    values, so that every node keeps the number of its neighbours with each value. With `bipartite`
    networks of two modes stay so (in ecology: fixed rows, fixed columns; Gotelli 2000, Ecology 81,
    2606–2621).

    Raises CitypactError for a network that is directed, of two modes, or not simple.

    >>> ring = nx.cycle_graph(8)
    >>> sorted(degree for _, degree in rewired(ring, seed=1).degree())
    [2, 2, 2, 2, 2, 2, 2, 2]
    """
    return rewired_edges(network, seed, within).network


def rewired_edges(network: nx.Graph, seed: int, within: str = "") -> Wiring:
    """The same as `rewired`, as arrays."""
    return Wiring.sorted(network, _prepared(network, within).rewired(seed))


def possible_swaps(network: nx.Graph, within: str = "") -> int:
    """In how many ways two edges can be swapped (see `rewired`); 0 if nothing can be rewired.

    A swap needs two edges without a common end, and two of the pairs between their ends, one at
    each end, that are not tied. Counted without listing them: twice the pairs of disjoint edges,
    less the paths of three edges, plus twice the cycles of four. Without any, the network is a
    threshold graph, the only one with its degrees (Mahadev & Peled 1995, Threshold Graphs), and
    nothing about it can be told from them.

    Raises CitypactError for a network that is directed, of two modes, or not simple.

    >>> possible_swaps(nx.star_graph(5)), possible_swaps(nx.path_graph(4))
    (0, 1)
    """
    check(network, within)
    return sum(map(_possible_swaps, _parts(*_numbered(network, within))))


def is_rewirable(network: nx.Graph, within: str = "") -> bool:
    """Whether another network has the same degrees, node for node; if not, there is no chance."""
    return possible_swaps(network, within) > 0


def _numbered(network: nx.Graph, within: str) -> tuple[int, Edges, tuple[str, ...]]:
    """How many nodes a network has, its edges by their numbers, their values (none without)."""
    index = {node: i for i, node in enumerate(network)}
    edges = tuple((index[one], index[other]) for one, other in network.edges())
    nodes = network.nodes(data=True) if within else ()
    return len(index), edges, tuple(str(data.get(within, "")) for _, data in nodes)


@dataclass(frozen=True)
class _Rewirable:
    """The parts of a network, each with the trials it needs, and draws: several ask for the same.

    count: how many nodes the network has. A part is an igraph.Graph or, if undirected and of `MANY`
    edges, an array of them. Each draw takes eight bytes an edge; as many are kept as have `KEPT`.
    """

    count: int
    parts: list[tuple[Any, int]]
    drawn: dict[int, NDArray[np.int32]] = field(default_factory=dict)

    def rewired(self, seed: int) -> NDArray[np.int32]:
        """The edges of a draw, by the numbers of their ends."""
        if (known := self.drawn.get(seed)) is not None:
            return known
        found = np.zeros((0, 2), dtype=np.int32)
        with igraph_seeded(seed):
            drawn = [self._part(*part, seed) for part in self.parts]
        if drawn:
            found = np.concatenate(drawn, dtype=np.int32, casting="same_kind")
        if (len(self.drawn) + 1) * len(found) <= KEPT:
            self.drawn[seed] = found
        return found

    def _part(self, part: Any, trials: int, seed: int) -> NDArray[np.int64]:
        if isinstance(part, np.ndarray):
            return switched(part, self.count, trials, seed)
        drawn = part
        if trials:
            drawn = part.copy()
            drawn.rewire(n=trials)
        return np.array(drawn.get_edgelist(), dtype=np.int64).reshape(-1, 2)


@shareable
def _prepared(network: nx.Graph, within: str) -> _Rewirable:
    check(network, within)
    return _rewirable(*_numbered(network, within))


@lru_cache(maxsize=8)
def _rewirable(count: int, edges: Edges, values: tuple[str, ...]) -> _Rewirable:
    return _Rewirable(count, [_in_arrays(part) for part in _parts(count, edges, values)])


def _in_arrays(part: Any) -> tuple[Any, int]:
    """A part and its trials; as an array where it is large."""
    is_large = part.ecount() >= MANY and not part.is_directed()
    return np.array(part.get_edgelist()) if is_large else part, _trials(part)


def _parts(count: int, edges: Edges, values: tuple[str, ...]) -> list[Any]:
    """Graphs of the edges that may be swapped with each other, for igraph.

    Edges between two values are directed from the one to the other: their heads alone change.
    """
    import igraph

    whole = igraph.Graph(n=count, edges=edges)
    if not values:
        return [whole]
    found: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for one, other in whole.get_edgelist():
        if values[one] > values[other]:
            one, other = other, one
        found[values[one], values[other]].append((one, other))
    return [
        igraph.Graph(n=count, edges=part, directed=one != other)
        for (one, other), part in sorted(found.items())
    ]


def _trials(graph: Any) -> int:
    edges = graph.ecount()
    possible = _possible_swaps(graph)
    if not possible:
        return 0
    # A trial draws two of the edges and, where they are not directed, one of two ways to swap.
    ways = edges * (edges - 1) / (2 if graph.is_directed() else 1)
    return int(min(SWAPS * edges * ways / possible, MOST_TRIALS * edges))


def _possible_swaps(graph: Any) -> int:
    edges = graph.ecount()
    if edges < 2:
        return 0
    matrix = graph.get_adjacency_sparse().astype(np.int64)
    if graph.is_directed():
        matrix = matrix + matrix.T
    degree = np.asarray(matrix.sum(axis=1)).ravel()
    between = (matrix @ matrix).tocoo()  # neighbours in common, in the diagonal the degrees
    common = between.data[between.row != between.col]
    tied = matrix.multiply(matrix @ matrix)
    disjoint = edges * (edges - 1) // 2 - int((degree * (degree - 1)).sum()) // 2
    ends = np.array(graph.get_edgelist())
    three = int(((degree[ends[:, 0]] - 1) * (degree[ends[:, 1]] - 1)).sum()) - int(tied.sum()) // 2
    squares = int((common * (common - 1)).sum()) // 8
    # Of two ways to swap two directed edges, one would join heads with heads.
    ways = 1 if graph.is_directed() else 2
    return int(ways * disjoint - three + 2 * squares)


def configuration(network: nx.Graph, seed: int) -> nx.Graph:
    """A network by chance in which every node has about as many neighbours as in this one.

    Each edge is cut into two stubs and the stubs are joined in pairs by chance (configuration
    model: Newman 2003, SIAM Review 45, 167–256; 2010, Networks, chapter 13). Loops are then dropped
    and parallel edges become one (erased model: Britton, Deijfen & Martin-Löf 2006, Journal of
    Statistical Physics 124, 1377–1397), so that nodes with many neighbours lose some of them. The
    graph attribute `lost` has the share of the edges lost so, 0 to 1. `rewired` keeps degrees
    exactly; here nothing depends on the network but its degrees, however few the steps.

    Raises CitypactError for a network that is directed, of two modes, or not simple.

    >>> configuration(nx.star_graph(3), seed=1).graph["lost"] <= 1
    True
    """
    found = configured_edges(network, seed)
    edges = network.number_of_edges()
    found.network.graph["lost"] = 1 - len(found.edges) / edges if edges else 0.0
    return found.network


def configured_edges(network: nx.Graph, seed: int) -> Wiring:
    """The same as `configuration`, as arrays."""
    check(network)
    pair = to_igraph(network)
    stubs = np.repeat(np.arange(len(pair.nodes)), pair.graph.degree())
    np.random.default_rng(seed).shuffle(stubs)
    ends = np.sort(stubs.reshape(-1, 2), axis=1)
    ends = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)
    return Wiring.sorted(network, ends)


def check(network: nx.Graph, within: str = "") -> None:
    """Raises CitypactError for a network that is directed, of two modes, or not simple."""
    if network.is_directed() or network.is_multigraph() or nx.number_of_selfloops(network):
        raise CitypactError(
            "null models need a simple network: one undirected edge per pair, no loops\n"
            "    -> give graph.analysis.simple.simple(network)"
        )
    if within != "bipartite" and any("bipartite" in data for _, data in network.nodes(data=True)):
        raise CitypactError(
            "this network has two modes, and these models would tie nodes of one mode\n"
            "    -> use the model bicm or rewired-two-mode"
        )


__all__ = [
    "check",
    "configuration",
    "configured_edges",
    "is_rewirable",
    "possible_swaps",
    "rewired",
    "rewired_edges",
]
