"""The simple network behind a network with parallel ties, and its twin for igraph."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import networkx as nx

from citypact.graph.analysis.shared_results import shareable


@shareable
def simple(network: nx.Graph) -> nx.Graph:
    """Who is tied to whom: an undirected network without loops, parallel ties or prospects.

    Nodes keep their attributes and come in sorted order, and so do edges: algorithms depend on the
    order. An edge's `weight` is the sum of the weights of the ties between the two (1 where a tie
    has none), `ties` their number. A prospect is no tie.
    """
    return _simple(network)


def _simple(network: nx.Graph) -> nx.Graph:
    weights: Counter[tuple[Any, Any]] = Counter()
    ties: Counter[tuple[Any, Any]] = Counter()
    for one, other, data in network.edges(data=True):
        if one == other or data.get("prospect") or data.get("relation") == "prospect":
            continue
        pair = (one, other) if _order(one) <= _order(other) else (other, one)
        weights[pair] += data.get("weight", 1)
        ties[pair] += 1
    found = nx.Graph(**network.graph)
    found.add_nodes_from(sorted(network.nodes(data=True), key=lambda node: _order(node[0])))
    for pair in sorted(ties, key=lambda pair: (_order(pair[0]), _order(pair[1]))):
        found.add_edge(*pair, weight=weights[pair], ties=ties[pair])
    return found


def simple_with_years(network: nx.Graph) -> nx.Graph:
    """The simple network; its edges have the first known `year` of the ties between the two."""
    found = _simple(network)
    for one, other, data in network.edges(data=True):
        if (year := data.get("year")) and found.has_edge(one, other):
            if data.get("prospect") or data.get("relation") == "prospect":
                continue
            edge = found.edges[one, other]
            edge["year"] = min(int(year), edge.get("year", int(year)))
    return found


def _order(node: Any) -> tuple[str, Any]:
    """Sorts nodes of one kind by their value (9 before 10), of several kinds by the kind first."""
    return type(node).__name__, node


@dataclass(frozen=True)
class IgraphCopy:
    """A simple network as igraph has it: vertex i is `nodes[i]`, `index[node]` its number."""

    nodes: list[Any]
    index: dict[Any, int]
    graph: Any


def to_igraph(network: nx.Graph, weights: bool = False) -> IgraphCopy:
    """The igraph.Graph of a simple network, in its order; with `weights` edges carry `weight`."""
    import igraph

    nodes = list(network)
    index = {node: i for i, node in enumerate(nodes)}
    edges = [(index[one], index[other]) for one, other in network.edges()]
    graph = igraph.Graph(n=len(nodes), edges=edges, directed=network.is_directed())
    if weights:
        graph.es["weight"] = [data.get("weight", 1) for *_, data in network.edges(data=True)]
    return IgraphCopy(nodes, index, graph)


@contextmanager
def igraph_seeded(seed: int) -> Iterator[None]:
    """Lets igraph draw from a generator of its own: the same seed gives the same answers.

    igraph draws its random numbers from a generator of Python's; ours is put back to what it was.
    """
    import igraph

    igraph.set_random_number_generator(random.Random(seed))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


__all__ = ["IgraphCopy", "igraph_seeded", "simple", "simple_with_years", "to_igraph"]
