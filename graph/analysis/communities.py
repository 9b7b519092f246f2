"""Communities: groups with more ties within than between, and how far they are the same each time.

The methods begin with chance: another seed gives another partition of nearly the same quality. So
many are drawn, their agreement is measured, and what they agree on is told with its certainty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from citypact.graph.analysis.draws import draw
from citypact.graph.analysis.leiden import (
    LARGE,
    Contracted,
    best_membership,
    membership_of_many,
)
from citypact.graph.analysis.shared_results import shareable
from citypact.graph.analysis.simple import IgraphCopy, igraph_seeded, simple, to_igraph
from citypact.ontology.errors import CitypactError

Ties = NDArray[np.int64]
"""Pairs of numbers of vertices."""
Shares = NDArray[np.float64]

AGREED = 0.5
"""The share of runs in which two tied actors must be together to stay so in the consensus."""
STABLE = 0.75
"""An agreement (adjusted Rand index) from which the division may be called stable."""
LOOSE = 0.4
"""An agreement below which there is no single division (Good, de Montjoye and Clauset 2010)."""
CERTAIN = 0.9
"""The share of runs in which members of a core are with their community."""
STARS = 0.8
"""The share of a community that is tied to one of it, from which it is described by that one."""
NAMED, LISTED = 3, 4
"""How many communities are described, and how many members are named of each."""
ROUNDS = 20
"""How often a consensus is sought again among its own runs before it is taken as it is."""


@dataclass(frozen=True)
class Partition:
    """A partition of actors: its parts, the largest first, and its modularity (Newman 2006)."""

    parts: list[list[Any]]
    modularity: float
    seed: int


@dataclass(frozen=True)
class Consensus:
    """What many runs agree on.

    parts: the communities, the largest first, members sorted. certainty: for each actor the share
    of runs in which it is with most of its community (alone, if it is one by itself), 0 to 1.
    modularity: of these parts; least, mean and greatest of the runs. agreement: mean adjusted Rand
    index of one run and the next, 1 where all are the same, 0 where they agree as chance does
    (Hubert and Arabie 1985, J. of Classification 2, 193-218). information: the same as normalised
    mutual information, 0 to 1 (Danon et al. 2005). sizes: how many parts the runs have, least and
    most.
    """

    parts: list[list[Any]]
    certainty: dict[Any, float]
    modularity: float
    least: float
    mean: float
    greatest: float
    agreement: float
    information: float
    sizes: tuple[int, int]
    algorithm: str
    runs: int
    seed: int


@shareable
def leiden(network: nx.Graph, seed: int = 1) -> Partition:
    """The partition that the Leiden algorithm finds for the greatest modularity.

    Traag, Waltman, van Eck 2019, Scientific Reports 9, 5233. The same network and seed give the
    same partition, as nodes and ties go in sorted order. Another seed may give another of nearly
    the same modularity: communities are a reading of a network, not a fact of it.
    """
    return _partition(network, best_membership, seed)


def louvain(network: nx.Graph, seed: int = 1) -> Partition:
    """The partition that the Louvain algorithm finds (Blondel et al. 2008, J. Stat. Mech. P10008).

    By igraph, on nodes in sorted order: what comes depends on the order of nodes even with one
    seed. Its communities may fall apart inside, which those of Leiden cannot.
    """
    return _partition(network, partial(_louvain, weights=None), seed)


def consensus(
    network: nx.Graph,
    algorithm: str = "leiden",
    runs: int = 100,
    seed: int = 1,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
) -> Consensus:
    """What many runs of Leiden or Louvain agree on, and how far.

    Lancichinetti and Fortunato 2012, Scientific Reports 2, 336, counting tied pairs alone so that
    large networks work (Tandon, Albeshri, Thayananthan, Alhalabi and Fortunato 2019, Phys. Rev. E
    99, 042301): each tie gets the share of runs in which its ends are together, ties below one half
    go, and the network of what is left is partitioned again, until all runs agree. In large
    networks Leiden then takes those who are together in all runs as one (`leiden.Contracted`).

    `cluster` and `progress` are those of `graph.analysis.draws.draw`. Raises CitypactError for an
    unknown algorithm, and for no runs.

    >>> two = nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(5))
    >>> [len(part) for part in consensus(two, runs=5).parts]
    [5, 5]
    """
    if algorithm not in ALGORITHMS:
        known = ", ".join(ALGORITHMS)
        raise CitypactError(
            "there is no algorithm called {algorithm!r}\n    -> use {known}",
            algorithm=algorithm,
            known=known,
        )
    if runs < 1:
        raise CitypactError("a consensus needs runs\n    -> give 1 or more")
    plain = simple(network)
    pair = to_igraph(plain)
    edges = np.array(pair.graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    function = partial(_memberships, algorithm=algorithm)

    def drawn(ties: Ties, weights: Shares | None = None) -> list[list[int]]:
        if weights is not None and algorithm == "leiden" and len(pair.nodes) > LARGE:
            contracted = Contracted.of(len(pair.nodes), ties, weights)
            return draw(_contracted, contracted, runs, seed, cluster, progress)
        argument = _graph(pair, ties), None if weights is None else weights.tolist()
        return draw(function, argument, runs, seed, cluster, progress)

    first = drawn(edges)
    ties, agreed = edges, _together(edges, first)
    for _ in range(ROUNDS):
        is_kept = agreed >= AGREED
        ties, agreed = ties[is_kept], agreed[is_kept]
        if (agreed == 1).all():
            break
        agreed = _together(ties, drawn(ties, agreed))
    joined = ties[agreed >= AGREED]
    parts = _components(pair, joined)
    qualities = [pair.graph.modularity(each) if len(edges) else 0.0 for each in first]
    similar = _similarity(first)
    return Consensus(
        parts,
        _certainty(pair, parts, first),
        _modularity(pair, parts),
        min(qualities),
        sum(qualities) / len(qualities),
        max(qualities),
        similar["adjusted_rand"],
        similar["nmi"],
        (min(len(set(each)) for each in first), max(len(set(each)) for each in first))
        if pair.nodes
        else (0, 0),
        algorithm,
        runs,
        seed,
    )


def leiden_modularity(network: nx.Graph) -> float | None:
    """The modularity that Leiden reaches; None without ties."""
    return leiden(network).modularity if network.number_of_edges() else None


def number_of_communities(network: nx.Graph) -> float:
    """How many communities of more than one actor Leiden finds."""
    return float(sum(len(part) > 1 for part in leiden(network).parts))


def best_connected(network: nx.Graph, part: Iterable[Any]) -> list[Any]:
    """The actors of a community, those with most ties in the network first."""
    return sorted(part, key=lambda node: (-network.degree(node), node))


def centre(network: nx.Graph, part: Sequence[Any]) -> tuple[Any, float]:
    """Who has most ties inside a community, and to which share of the others it is tied.

    The share is 0 where that actor has less than half of the ties inside: the community is then not
    its list of members or partners.

    >>> centre(nx.star_graph(4), range(5))
    (0, 1.0)
    """
    inside = network.subgraph(part)
    first = best_connected(inside, part)[0]
    ties = inside.degree(first)
    return first, ties / (len(part) - 1) if 2 * ties >= inside.number_of_edges() else 0.0


def cores(found: Consensus, certainty: float) -> list[list[Any]]:
    """The members of each community with such a certainty, three or more, the largest first."""
    kept = [[node for node in part if found.certainty[node] >= certainty] for part in found.parts]
    return sorted((core for core in kept if len(core) > 2), key=lambda core: (-len(core), core))


@dataclass(frozen=True)
class Community:
    """A community, or the core of one, described.

    members: the best connected, without the centre. centre: the actor whose members or partners it
    is, '' where it is nobody's; tied: how many are tied to it.
    """

    size: int
    members: Sequence[Any]
    centre: Any = ""
    tied: int = 0


@dataclass(frozen=True)
class Communities:
    """The communities of a network: how clear they are, and who is in the largest."""

    network: nx.Graph
    consensus: Consensus

    @property
    def parts(self) -> list[list[Any]]:
        """Communities of two or more."""
        return [part for part in self.consensus.parts if len(part) > 1]

    @property
    def stability(self) -> str:
        """Whether there are communities: `none`, no single division, `blurred` ones, `stable`."""
        if len(self.parts) == 1 and self.consensus.modularity <= 0:
            return "none"
        if self.consensus.agreement < LOOSE:
            return "loose"
        return "blurred" if self.consensus.agreement < STABLE else "stable"

    @property
    def largest(self) -> list[Community]:
        """The first of them, described."""
        return [self._described(part) for part in self.parts[:NAMED]]

    def _described(self, part: Sequence[Any]) -> Community:
        first, share = centre(self.network, part)
        if share < STARS:
            return self._core(part)
        rest = [node for node in part if node != first]
        members = best_connected(self.network, rest)[: LISTED - 1]
        return Community(len(part), members, first, round(share * len(rest)))

    def _core(self, part: Sequence[Any]) -> Community:
        return Community(len(part), best_connected(self.network, part)[:LISTED])

    @cached_property
    def cores(self) -> list[list[Any]]:
        """Those who are nearly always together, the largest core first."""
        return cores(self.consensus, CERTAIN)

    @property
    def largest_cores(self) -> list[Community]:
        """The first cores, described."""
        return [self._core(core) for core in self.cores[:NAMED]]


def modularity(network: nx.Graph, seed: int = 1) -> dict[str, float]:
    """The modularity that Leiden reaches, as a statistic for comparison with null models."""
    return {"modularity": leiden(network, seed).modularity}


def _leiden(graph: Any, weights: Sequence[float] | None) -> list[int]:
    if not graph.ecount():
        return _unconnected(graph)
    return membership_of_many(graph, weights)


def _louvain(graph: Any, weights: Sequence[float] | None) -> list[int]:
    found: list[int] = graph.community_multilevel(weights=weights).membership
    return found


def _unconnected(graph: Any) -> list[int]:
    return list(range(graph.vcount()))  # igraph 0.11 searches for ever without ties


ALGORITHMS = {"leiden": _leiden, "louvain": _louvain}
"""The algorithms by the names that `consensus` takes: the number of each vertex's part."""


def _partition(network: nx.Graph, algorithm: Callable[[Any], list[int]], seed: int) -> Partition:
    pair = to_igraph(simple(network))
    with igraph_seeded(seed):
        found = algorithm(pair.graph) if pair.graph.ecount() else _unconnected(pair.graph)
    parts: dict[int, list[int]] = defaultdict(list)
    for vertex, number in enumerate(found):
        parts[number].append(vertex)
    ordered = sorted(parts.values(), key=lambda part: (-len(part), part[0]))
    quality = pair.graph.modularity(found) if pair.graph.ecount() else 0.0
    return Partition([[pair.nodes[i] for i in part] for part in ordered], float(quality), seed)


def _memberships(argument: Any, seed: int, algorithm: str) -> list[int]:
    """The number of each vertex's part in one run."""
    graph, weights = argument
    with igraph_seeded(seed):
        return ALGORITHMS[algorithm](graph, weights)


def _contracted(graph: Contracted, seed: int) -> list[int]:
    with igraph_seeded(seed):
        return graph.membership()


def _together(ties: Ties, runs: Sequence[list[int]]) -> Shares:
    """For each tie the share of runs in which its ends are in one part."""
    one, other = ties.T
    times = np.zeros(len(ties), dtype=np.int64)
    for run in np.array(runs, dtype=np.int64):
        times += run[one] == run[other]
    return times / len(runs)


def _graph(pair: IgraphCopy, ties: Ties) -> Any:
    import igraph

    return igraph.Graph(n=len(pair.nodes), edges=ties)


def _components(pair: IgraphCopy, ties: Ties) -> list[list[Any]]:
    found = _graph(pair, ties).connected_components()
    parts = sorted((sorted(part) for part in found), key=lambda part: (-len(part), part[0]))
    return [[pair.nodes[vertex] for vertex in part] for part in parts]


def _modularity(pair: IgraphCopy, parts: Sequence[Sequence[Any]]) -> float:
    if not pair.graph.ecount():
        return 0.0
    number = {node: place for place, part in enumerate(parts) for node in part}
    return float(pair.graph.modularity([number[node] for node in pair.nodes]))


def _similarity(runs: Sequence[list[int]]) -> dict[str, float]:
    """How alike one run and the next are, in the mean; 1 for a single run."""
    import igraph

    found = {}
    for method in ("adjusted_rand", "nmi"):
        values = [
            # Where there is one part, or one actor a part, nothing can disagree.
            1.0 if one == other else igraph.compare_communities(one, other, method=method)
            for one, other in pairwise(runs)
        ]
        found[method] = sum(values) / len(values) if values else 1.0
    return found


def _certainty(
    pair: IgraphCopy, parts: Sequence[Sequence[Any]], runs: Sequence[list[int]]
) -> dict[Any, float]:
    """For each actor the share of runs in which it is where most of its community is.

    Of an actor that is a community of its own: in which it is alone.
    """
    number = {node: place for place, part in enumerate(parts) for node in part}
    part_of = np.array([number[node] for node in pair.nodes], dtype=np.int64)
    is_alone = np.bincount(part_of)[part_of] == 1 if len(part_of) else part_of
    together = np.zeros(len(part_of), dtype=np.int64)
    for run in np.array(runs, dtype=np.int64):
        # Where members of one community are together in the run, among equals with the first of it.
        _, at, place, sizes = np.unique(
            part_of * len(part_of) + run, return_index=True, return_inverse=True, return_counts=True
        )
        order = np.lexsort((at, -sizes, part_of[at]))
        is_most = np.zeros(len(sizes), dtype=bool)
        is_most[order[np.unique(part_of[at][order], return_index=True)[1]]] = True
        together += np.where(is_alone, np.bincount(run)[run] == 1, is_most[place])
    return dict(zip(pair.nodes, (together / len(runs)).tolist(), strict=True))


__all__ = [
    "ALGORITHMS",
    "NAMED",
    "Communities",
    "Community",
    "Consensus",
    "Partition",
    "best_connected",
    "centre",
    "consensus",
    "cores",
    "leiden",
    "leiden_modularity",
    "louvain",
    "modularity",
    "number_of_communities",
]
