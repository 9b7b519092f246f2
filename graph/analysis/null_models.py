"""What the degrees of a network alone would give: networks drawn by chance, and comparisons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import networkx as nx
import numpy as np

from graph.analysis.bipartite import bicm, sampled
from graph.analysis.draws import draw
from graph.analysis.simple import Twin, igraph_seeded, twin
from ontology.errors import CitypactError

Statistic = Callable[[nx.Graph], dict[str, float]]

SWAPS = 10
"""Swaps of two edges for each edge of a network, of which it is taken to be mixed."""
MOST_TRIALS = 1000
"""Trials for each edge at most, where few swaps are possible."""
SAME = 1e-9
"""Values that differ by less, relative to their size, are the same: sums differ by their order."""


# Networks by chance


def rewired(network: nx.Graph, seed: int) -> nx.Graph:
    """A network by chance in which every node has as many neighbours as in this one.

    Two edges a–b and c–d become a–d and c–b wherever that makes no loop and no parallel edge, again
    and again (double edge swaps: Maslov & Sneppen 2002, Science 296, 910–913). A trial that fails
    counts as a step, so that all simple networks with these degrees, nodes told apart, are equally
    likely in the end (Fosdick, Larremore, Nishimura & Ugander 2018, SIAM Review 60, 315–355). As
    many trials are made as give `SWAPS` swaps an edge where the network is as it is, at most
    `MOST_TRIALS` an edge. Nodes keep their attributes and their order, edges are sorted and have no
    attributes. A network that allows no swap, such as a star, comes back as it is: it is the only
    one with these degrees; `possible_swaps` tells.

    Raises CitypactError for a network that is directed, of two modes, or not simple.

    >>> ring = nx.cycle_graph(8)
    >>> sorted(degree for _, degree in rewired(ring, seed=1).degree())
    [2, 2, 2, 2, 2, 2, 2, 2]
    """
    _check(network)
    pair = twin(network)
    trials = _trials(pair.graph)
    if trials:
        with igraph_seeded(seed):
            pair.graph.rewire(n=trials)
    return _like(network, pair, pair.graph.get_edgelist())


def possible_swaps(network: nx.Graph) -> int:
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
    _check(network)
    return _possible_swaps(twin(network).graph)


def is_rewirable(network: nx.Graph) -> bool:
    """Whether another network has the same degrees, node for node; if not, there is no chance."""
    return possible_swaps(network) > 0


def _trials(graph: Any) -> int:
    edges = graph.ecount()
    possible = _possible_swaps(graph)
    if not possible:
        return 0
    # A trial draws two of the edges and one of two ways to swap them.
    succeeding = possible / (edges * (edges - 1))
    return int(min(SWAPS * edges / succeeding, MOST_TRIALS * edges))


def _possible_swaps(graph: Any) -> int:
    edges = graph.ecount()
    if edges < 2:
        return 0
    matrix = graph.get_adjacency_sparse().astype(np.int64)
    degree = np.asarray(matrix.sum(axis=1)).ravel()
    between = (matrix @ matrix).tocoo()  # neighbours in common, in the diagonal the degrees
    apart = between.row != between.col
    common = between.data[apart]
    tied = matrix.multiply(matrix @ matrix)
    disjoint = edges * (edges - 1) // 2 - int((degree * (degree - 1)).sum()) // 2
    ends = np.array(graph.get_edgelist())
    three = int(((degree[ends[:, 0]] - 1) * (degree[ends[:, 1]] - 1)).sum()) - int(tied.sum()) // 2
    squares = int((common * (common - 1)).sum()) // 8
    return int(2 * disjoint - three + 2 * squares)


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
    _check(network)
    pair = twin(network)
    stubs = np.repeat(np.arange(len(pair.nodes)), pair.graph.degree())
    np.random.default_rng(seed).shuffle(stubs)
    ends = np.sort(stubs.reshape(-1, 2), axis=1)
    ends = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)
    found = _like(network, pair, ends.tolist())
    edges = pair.graph.ecount()
    found.graph["lost"] = 1 - len(ends) / edges if edges else 0.0
    return found


def _check(network: nx.Graph) -> None:
    if network.is_directed() or network.is_multigraph() or nx.number_of_selfloops(network):
        raise CitypactError(
            "null models are of simple networks: one edge a pair, no direction, no loops\n"
            "    -> give graph.analysis.simple.simple(network)"
        )
    if any("bipartite" in data for _, data in network.nodes(data=True)):
        raise CitypactError(
            "this network has two modes, and these models would tie nodes of one mode\n"
            "    -> use graph.analysis.bipartite.bicm"
        )


def _like(network: nx.Graph, pair: Twin, edges: Sequence[Sequence[int]]) -> nx.Graph:
    """A network with the same nodes and other edges, sorted."""
    found = nx.Graph(**network.graph)
    found.add_nodes_from(network.nodes(data=True))
    ends = sorted(tuple(sorted(edge)) for edge in edges)
    found.add_edges_from((pair.nodes[one], pair.nodes[other]) for one, other in ends)
    return found


MODELS: Mapping[str, Callable[[Any, int], nx.Graph]] = {
    "rewired": rewired,
    "configuration": configuration,
    "bicm": sampled,
}
"""The models by their names; `bicm` is that of networks of two modes."""


# Comparison


@dataclass(frozen=True)
class Comparison:
    """A value of a network beside those of networks by chance.

    mean, deviation: of the draws, the deviation with n − 1. z: (observed − mean) / deviation; None
    where all draws are the same. p_above: how likely chance gives as much as observed or more,
    (1 + draws that do) / (1 + draws), so never 0 (Davison & Hinkley 1997, Bootstrap Methods,
    section 4.2.1; North, Curtis & Sham 2002, American Journal of Human Genetics 71, 439–441);
    p_below: as much or less. Both are of one side. draws: those in which the value exists.
    """

    observed: float
    mean: float
    deviation: float
    z: float | None
    p_above: float
    p_below: float
    draws: int
    seed: int


def compare(
    network: nx.Graph,
    statistic: Statistic,
    model: str = "rewired",
    draws: int = 1000,
    seed: int = 1,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
) -> dict[str, Comparison]:
    """The statistics of a network beside those of networks drawn by a model, by their names.

    statistic: takes a network, gives numbers by name; what is undefined it leaves out. A function
    of a module, such as `graph.analysis.features.standard`, or a functools.partial of one.
    model: a name of `MODELS`. draws: 1 or more. cluster and progress: see
    `graph.analysis.draws.draw`. The same seed gives the same answers. Where the network cannot be
    rewired, all draws are equal and z is None.

    Raises CitypactError for an unknown model, for no draws, and what `draw` and models raise.

    >>> from graph.analysis.features import standard
    >>> ring = nx.circulant_graph(20, [1, 2])
    >>> found = compare(ring, standard, draws=50)["transitivity"]
    >>> found.observed, found.p_above < 0.05
    (0.5, True)
    """
    if model not in MODELS:
        raise CitypactError(f"no null model is called {model}\n    -> use {', '.join(MODELS)}")
    given = bicm(network) if model == "bicm" else network
    values = draw(partial(_measured, statistic, model), given, draws, seed, cluster, progress)
    return compared(statistic(network), values, seed)


def _measured(statistic: Statistic, model: str, given: Any, seed: int) -> dict[str, float]:
    return statistic(MODELS[model](given, seed))


def compared(
    observed: Mapping[str, float], drawn: Sequence[Mapping[str, float]], seed: int
) -> dict[str, Comparison]:
    """Observed values beside those of draws with this seed, by name.

    A value that no draw has is left out. Raises CitypactError where there are no draws.

    >>> compared({"a": 2.0}, [{"a": 0.0}, {"a": 1.0}, {"a": 2.0}], seed=1)["a"].p_above
    0.5
    """
    if not drawn:
        raise CitypactError("a comparison with chance needs draws\n    -> give 1 or more")
    found = {}
    for name, value in observed.items():
        values = np.array([each[name] for each in drawn if name in each], dtype=np.float64)
        if len(values):
            found[name] = _comparison(float(value), values, seed)
    return found


def _comparison(
    value: float, values: np.ndarray[Any, np.dtype[np.float64]], seed: int
) -> Comparison:
    near = SAME * max(abs(value), float(np.abs(values).max()))
    mean = float(values.mean())
    deviation = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    if deviation <= near:
        deviation = 0.0
    return Comparison(
        observed=value,
        mean=mean,
        deviation=deviation,
        z=(value - mean) / deviation if deviation else None,
        p_above=(1 + int((values >= value - near).sum())) / (1 + len(values)),
        p_below=(1 + int((values <= value + near).sum())) / (1 + len(values)),
        draws=len(values),
        seed=seed,
    )


__all__ = [
    "MODELS",
    "Comparison",
    "Statistic",
    "compare",
    "compared",
    "configuration",
    "is_rewirable",
    "possible_swaps",
    "rewired",
]
