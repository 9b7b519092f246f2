"""Features of a network that are compared with networks by chance: plain numbers by name."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.leiden import best_membership
from citypact.graph.analysis.simple import igraph_seeded
from citypact.graph.analysis.wiring import Wiring, on_wirings, steps_between, wiring_of

SOURCES = 300
"""In larger components distances are measured from so many nodes, drawn with the seed."""


@on_wirings
def standard(
    network: nx.Graph | Wiring, attributes: Iterable[str] = (), seed: int = 1
) -> dict[str, float]:
    """The features of a simple network by name; one that is not defined is left out.

    edges, components (single nodes too), triangles: their numbers. transitivity: three times the
    triangles by the pairs of neighbours of a node (Newman, Strogatz & Watts 2001, Phys. Rev. E 64,
    026118), 0 to 1. assortativity: correlation of the degrees at both ends of an edge (Newman 2002,
    Phys. Rev. Lett. 89, 208701), −1 to 1; undefined where all are equal. mean_distance: mean number
    of steps between two nodes of the largest component, from `SOURCES` of its nodes where it has
    more. modularity: of the partition that the Leiden algorithm finds. within_NAME, for each of
    `attributes`: share of the edges whose ends have the same value of that attribute of nodes, of
    the edges where both have one. seed: of Leiden and of the nodes drawn.

    >>> found = standard(nx.complete_graph(4))
    >>> found["triangles"], found["transitivity"], found["mean_distance"]
    (4.0, 1.0, 1.0)
    """
    wiring = wiring_of(network)
    graph = wiring.graph
    found = {
        "edges": float(graph.ecount()),
        "components": float(len(graph.connected_components())),
        "triangles": float(len(graph.list_triangles())),
        "transitivity": graph.transitivity_undirected(),
        "assortativity": graph.assortativity_degree(directed=False),
        "mean_distance": _mean_distance(wiring, seed),
        "modularity": _modularity(graph, seed),
    }
    for attribute in attributes:
        found[f"within_{attribute}"] = share_within(wiring, attribute)
    return {name: value for name, value in found.items() if math.isfinite(value)}


def share_within(network: nx.Graph | Wiring, attribute: str) -> float:
    """Share of the edges, 0 to 1, whose ends have the same value of an attribute.

    Counted among the edges both of whose ends have the attribute; NaN where there are none.
    """
    same, known = wiring_of(network).same_ends(attribute)
    return same / known if known else math.nan


def _mean_distance(wiring: Wiring, seed: int) -> float:
    """The mean of steps in the largest component, of equals that with the first node; or NaN."""
    sizes = [(-len(part), part[0], part) for part in wiring.graph.connected_components()]
    if not sizes or -min(sizes)[0] < 2:
        return math.nan
    members = min(sizes)[2]
    sources = members
    if len(members) > SOURCES:
        sources = sorted(np.random.default_rng(seed).choice(members, SOURCES, replace=False))
    return steps_between(wiring, sources) / (len(sources) * (len(members) - 1))


def _modularity(graph: Any, seed: int) -> float:
    if not graph.ecount():
        return math.nan
    with igraph_seeded(seed):
        membership = best_membership(graph)
    return float(graph.modularity(membership))


__all__ = ["SOURCES", "share_within", "standard"]
