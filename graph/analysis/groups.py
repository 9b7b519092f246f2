"""Closed groups: actors that are all tied to each other, and groups that overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from citypact.graph.analysis.simple import simple, to_igraph
from citypact.ontology.errors import CitypactError

LEAST = 3
"""The smallest clique that says more than a tie."""


@dataclass(frozen=True)
class OverlappingGroup:
    """A group of actors that cliques of `k` chain together; an actor may be in several.

    members: in sorted order. cliques: how many maximal cliques of at least k make it.
    """

    k: int
    members: tuple[Any, ...]
    cliques: int


def maximal_cliques(network: nx.Graph, least: int = LEAST) -> list[tuple[Any, ...]]:
    """Groups in which all are tied to each other and to which nobody can be added.

    The largest first, then in the order of their members; only those of at least `least` actors.
    Eppstein, Löffler and Strash 2010 (igraph): seconds for sparse networks of tens of thousands of
    ties; the number of cliques can grow exponentially in dense ones.

    >>> maximal_cliques(nx.Graph([(1, 2), (2, 3), (1, 3), (3, 4)]))
    [(1, 2, 3)]
    """
    pair = to_igraph(simple(network))
    found = [tuple(sorted(clique)) for clique in pair.graph.maximal_cliques(min=max(least, 1))]
    found.sort(key=lambda clique: (-len(clique), clique))
    return [tuple(pair.nodes[vertex] for vertex in clique) for clique in found]


def separate(cliques: Sequence[tuple[Any, ...]], number: int) -> list[tuple[Any, ...]]:
    """The first cliques of which no two have an actor in common, at most so many.

    Large groups with a tie missing here and there are told by many cliques that are nearly alike:
    of these the first stands for all. The order is that of `cliques`, the largest first.

    >>> separate([(1, 2, 3, 4), (2, 3, 5), (5, 6, 7)], 5)
    [(1, 2, 3, 4), (5, 6, 7)]
    """
    found: list[tuple[Any, ...]] = []
    taken: set[Any] = set()
    for clique in cliques:
        if len(found) < number and taken.isdisjoint(clique):
            found.append(clique)
            taken.update(clique)
    return found


def overlapping_groups(
    network: nx.Graph, k: int = LEAST, cliques: Sequence[Sequence[Any]] | None = None
) -> list[OverlappingGroup]:
    """Groups by clique percolation: cliques of k that share k - 1 actors are of one group.

    Palla, Derényi, Farkas and Vicsek 2005, Nature 435, 814-818; found through maximal cliques,
    which share at least k - 1 actors (the same groups). The largest first. `cliques` are the
    maximal cliques of at least k actors where they are known. Raises CitypactError for k below 2.

    >>> two = nx.Graph([(1, 2), (2, 3), (1, 3), (3, 4), (4, 5), (3, 5)])
    >>> [group.members for group in overlapping_groups(two)]
    [(1, 2, 3), (3, 4, 5)]
    """
    if k < 2:
        raise CitypactError("cliques of {k} join nothing\n    -> use k of 2 or more", k=k)
    known = [set(c) for c in (maximal_cliques(network, k) if cliques is None else cliques)]
    known = [clique for clique in known if len(clique) >= k]
    of: dict[Any, list[int]] = {}
    for number, clique in enumerate(known):
        for node in clique:
            of.setdefault(node, []).append(number)
    joined = nx.Graph()
    joined.add_nodes_from(range(len(known)))
    for number, clique in enumerate(known):
        beside = sorted({other for node in clique for other in of[node] if other > number})
        joined.add_edges_from(
            (number, other) for other in beside if len(clique & known[other]) >= k - 1
        )
    place = {node: at for at, node in enumerate(simple(network))}
    found = []
    for part in nx.connected_components(joined):
        members = sorted({node for number in part for node in known[number]}, key=place.__getitem__)
        found.append(OverlappingGroup(k, tuple(members), len(part)))
    found.sort(key=lambda group: (-len(group.members), [place[node] for node in group.members]))
    return found


def closed_groups(network: nx.Graph) -> dict[str, float]:
    """How many maximal cliques there are, how large the largest is (0 where there is none), and the
    share of actors in one, as statistics for comparison with null models.

    >>> closed_groups(nx.Graph([(1, 2), (2, 3), (1, 3), (3, 4)]))
    {'groups': 1.0, 'largest': 3.0, 'inside': 0.75}
    """
    cliques = maximal_cliques(network)
    inside = {node for clique in cliques for node in clique}
    return {
        "groups": float(len(cliques)),
        "largest": float(len(cliques[0])) if cliques else 0.0,
        "inside": len(inside) / len(network) if network else 0.0,
    }


def largest_clique(network: nx.Graph) -> float:
    """The size of the largest clique of at least three; 0 where there is none."""
    return closed_groups(network)["largest"]


def share_in_cliques(network: nx.Graph) -> float:
    """The share of the actors that are in some clique of at least three."""
    return closed_groups(network)["inside"]


__all__ = [
    "LEAST",
    "OverlappingGroup",
    "closed_groups",
    "largest_clique",
    "maximal_cliques",
    "overlapping_groups",
    "separate",
    "share_in_cliques",
]
