"""Closed groups: actors that are all tied to each other, and groups that overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import networkx as nx

from citypact.graph.analysis.shared_results import shareable
from citypact.graph.analysis.simple import simple, to_igraph
from citypact.graph.analysis.wiring import Wiring, on_wirings
from citypact.ontology.errors import CitypactError

LEAST = 3
"""The smallest clique that says more than a tie."""
FURTHER = 2
"""How many cliques are described after the largest."""

Clique = tuple[Any, ...]


@dataclass(frozen=True)
class OverlappingGroup:
    """A group of actors that cliques of `k` chain together; an actor may be in several.

    members: in sorted order. cliques: how many maximal cliques of at least k make it.
    """

    k: int
    members: tuple[Any, ...]
    cliques: int


@shareable
def maximal_cliques(network: nx.Graph, least: int = LEAST) -> list[Clique]:
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


def separate(cliques: Sequence[Clique], number: int) -> list[Clique]:
    """The first cliques of which no two have an actor in common, at most so many.

    Large groups with a tie missing here and there are told by many cliques that are nearly alike:
    of these the first stands for all. The order is that of `cliques`, the largest first.

    >>> separate([(1, 2, 3, 4), (2, 3, 5), (5, 6, 7)], 5)
    [(1, 2, 3, 4), (5, 6, 7)]
    """
    found: list[Clique] = []
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


@on_wirings
def closed_groups(network: nx.Graph | Wiring) -> dict[str, float]:
    """How many maximal cliques there are, how large the largest is (0 where there is none), and the
    share of actors in one, as statistics for comparison with null models.

    >>> closed_groups(nx.Graph([(1, 2), (2, 3), (1, 3), (3, 4)]))
    {'groups': 1.0, 'largest': 3.0, 'inside': 0.75}
    """
    nodes: nx.Graph = network.base if isinstance(network, Wiring) else network
    cliques = (
        network.graph.maximal_cliques(min=LEAST)
        if isinstance(network, Wiring)
        else maximal_cliques(network)
    )
    inside = {node for clique in cliques for node in clique}
    return {
        "groups": float(len(cliques)),
        "largest": float(max(map(len, cliques), default=0)),
        "inside": len(inside) / len(nodes) if nodes else 0.0,
    }


@dataclass(frozen=True)
class Cliques:
    """The maximal cliques of three or more in a network, and what brings them about.

    network: simple; nodes may have a `country` and a `kind`, which is `network` for city networks.
    whole: the same with all of its ties, which may name an `agreement`.
    """

    network: nx.Graph
    whole: nx.Graph

    @cached_property
    def cliques(self) -> list[Clique]:
        """All, the largest first."""
        return maximal_cliques(self.network)

    @cached_property
    def overlapping(self) -> list[OverlappingGroup]:
        """The groups that they form, the largest first."""
        return overlapping_groups(self.network, cliques=self.cliques)

    @cached_property
    def sizes(self) -> dict[int, int]:
        """The number of cliques by size, the largest first."""
        return dict(sorted(Counter(map(len, self.cliques)).items(), reverse=True))

    @property
    def largest(self) -> list[Clique]:
        """Those that are as large as the first."""
        return [clique for clique in self.cliques if len(clique) == len(self.cliques[0])]

    @property
    def in_all_largest(self) -> list[Any]:
        """Who is in all of the largest."""
        return [node for node in self.cliques[0] if all(node in each for each in self.largest)]

    @property
    def further(self) -> list[Clique]:
        """The next largest without a common member; single triangles are not described."""
        return [each for each in separate(self.cliques, FURTHER + 1)[1:] if len(each) > LEAST]

    def countries(self, clique: Clique) -> int | None:
        """Of how many countries the members are; None where that of one is not known."""
        known = [str(self.network.nodes[node].get("country", "")) for node in clique]
        return len(set(known)) if all(known) else None

    @cached_property
    def memberships(self) -> Counter[Any]:
        """In how many cliques each actor is, if in any."""
        return Counter(node for clique in self.cliques for node in clique)

    @property
    def of_one_agreement(self) -> int:
        """How many a single agreement makes, which ties all of its parties to each other."""
        return sum(map(self._is_of_one_agreement, self.cliques))

    def _is_of_one_agreement(self, clique: Clique) -> bool:
        if not self.whole.is_multigraph():
            return False
        behind = (
            {tie["agreement"] for tie in self.whole[one][other].values() if "agreement" in tie}
            for one, other in combinations(clique, 2)
        )
        return bool(set.intersection(*behind))


def largest_clique(network: nx.Graph) -> float:
    """The size of the largest clique of at least three; 0 where there is none."""
    return closed_groups(network)["largest"]


def share_in_cliques(network: nx.Graph) -> float:
    """The share of the actors that are in some clique of at least three."""
    return closed_groups(network)["inside"]


__all__ = [
    "LEAST",
    "Cliques",
    "OverlappingGroup",
    "closed_groups",
    "largest_clique",
    "maximal_cliques",
    "overlapping_groups",
    "separate",
    "share_in_cliques",
]
