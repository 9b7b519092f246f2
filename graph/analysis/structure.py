"""The structure of a network: who is where in it, and what it is like as a whole.

Everything is measured on the simple network (`graph.analysis.simple`): one edge a pair. What goes
over paths is worked out by igraph, which takes seconds where networkx takes minutes, in the form in
which networkx defines it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.distances import at_distance
from citypact.graph.analysis.simple import IgraphCopy, simple, to_igraph

MEASURES = (
    "degree",
    "strength",
    "betweenness",
    "closeness",
    "eigenvector",
    "pagerank",
    "core",
    "effective_size",
    "constraint",
)
"""What actors are ranked by; the least constraint ranks first, of all others the greatest."""


@dataclass(frozen=True)
class ActorStructure:
    """The place of one actor in a network; n is the number of actors.

    degree: with how many others it is tied. strength: the sum of the weights of its ties.
    betweenness: share of shortest paths between other actors that pass through it, 0 to 1 (Freeman
    1977, Sociometry 40, 35-41). closeness: reciprocal of the mean distance to those it reaches,
    times the share of others that it reaches, 0 to 1 (Wasserman and Faust 1994, p. 200).
    eigenvector: component of the leading eigenvector of the largest component, of unit length
    (Bonacich 1972); 0 in other components. pagerank: with damping 0.85 (Brin and Page 1998); all
    sum to 1. core: the greatest k of whose k-core it is part (Seidman 1983, Social Networks 5,
    269-287).
    constraint: how far its ties lead to each other, and effective_size: ties that do not, degree
    less the mean number of ties of a partner to other partners (Burt 1992, Structural Holes);
    None without ties. clustering: share of pairs of partners that are tied; 0 below two partners.
    component: number of the component, the largest first, from 1.
    """

    node: Any
    degree: int
    strength: float
    betweenness: float
    closeness: float
    eigenvector: float
    pagerank: float
    core: int
    constraint: float | None
    effective_size: float | None
    clustering: float
    component: int


@dataclass(frozen=True)
class NetworkStructure:
    """A network as a whole; None where a measure cannot be told.

    density: share of pairs that are tied. components, largest: their number, and the actors in the
    largest; isolated: actors without ties. degree_assortativity: correlation of the degrees at both
    ends of ties, -1 to 1 (Newman 2002, Phys. Rev. Lett. 89, 208701). transitivity: share of open
    paths of two ties that are closed; mean_clustering: mean of actors' clustering (Watts and
    Strogatz 1998). degree_centralisation, betweenness_centralisation: 1 for a star, 0 where all are
    alike (Freeman 1978, Social Networks 1, 215-239). largest_share: share of ties that the actor
    with most of them has a part in. reciprocity: share of directed ties that are answered; None
    where directions are not known.
    """

    nodes: int
    edges: int
    density: float | None
    components: int
    largest: int
    isolated: int
    degree_assortativity: float | None
    transitivity: float | None
    mean_clustering: float | None
    degree_centralisation: float | None
    betweenness_centralisation: float | None
    largest_share: float | None
    reciprocity: float | None


def actor_structure(network: nx.Graph) -> list[ActorStructure]:
    """The place of each actor, in the order of the simple network.

    `network` may have parallel ties, directions, weights (attribute `weight`, 1 where missing) and
    prospects, which do not count. Limits: distances are those of the simple, undirected network;
    all measures say how ties were collected as much as how they are.

    >>> star = nx.star_graph(3)
    >>> [(each.degree, each.betweenness) for each in actor_structure(star)]
    [(3, 1.0), (1, 0.0), (1, 0.0), (1, 0.0)]
    """
    plain = simple(network)
    pair = to_igraph(plain)
    graph, count = pair.graph, len(pair.nodes)
    if not count:
        return []
    degrees = graph.degree()
    strengths = dict(plain.degree(weight="weight"))
    number = _components(pair)
    triangles = _triangles(pair)
    constraints = graph.constraint() if plain.number_of_edges() else [math.nan] * count
    clustering = graph.transitivity_local_undirected(mode="zero")
    eigen = _eigenvector(pair, number)
    close = _closeness(pair)
    return [
        ActorStructure(
            node,
            degrees[i],
            float(strengths[node]),
            between,
            close[i],
            eigen[i],
            rank,
            core,
            _known(constraints[i]),
            degrees[i] - 2 * triangles[i] / degrees[i] if degrees[i] else None,
            float(clustering[i]),
            number[i],
        )
        for i, (node, between, rank, core) in enumerate(
            zip(
                pair.nodes,
                betweenness(pair),
                graph.pagerank(directed=False, damping=0.85),
                graph.coreness(),
                strict=True,
            )
        )
    ]


def network_structure(
    network: nx.Graph, actors: Sequence[ActorStructure] | None = None
) -> NetworkStructure:
    """What a network is like as a whole; `actors` are its actors where they are measured already.

    >>> round(network_structure(nx.star_graph(3)).degree_centralisation, 6)
    1.0
    """
    plain = simple(network)
    found = actor_structure(plain) if actors is None else actors
    nodes, edges = plain.number_of_nodes(), plain.number_of_edges()
    degrees = [each.degree for each in found]
    between = [each.betweenness for each in found]
    sizes = np.bincount([each.component for each in found]) if found else np.zeros(2, dtype=int)
    graph = to_igraph(plain).graph
    return NetworkStructure(
        nodes,
        edges,
        2 * edges / (nodes * (nodes - 1)) if nodes > 1 else None,
        int(np.count_nonzero(sizes)),
        int(sizes.max()),
        degrees.count(0),
        _known(graph.assortativity_degree(directed=False)) if edges else None,
        transitivity(plain),
        sum(each.clustering for each in found) / nodes if nodes else None,
        _centralisation(degrees, (nodes - 1) * (nodes - 2)),
        _centralisation(between, nodes - 1),
        max(degrees) / edges if edges else None,
        nx.overall_reciprocity(nx.DiGraph(network)) if network.is_directed() and edges else None,
    )


def ranks(actors: Sequence[ActorStructure]) -> dict[Any, dict[str, int]]:
    """The rank of each actor by each of `MEASURES`, from 1; those that are equal share the first.

    Values that differ by less than a billionth are equal. An actor without a value has no rank.

    >>> ranks(actor_structure(nx.star_graph(2)))[1]["degree"]
    2
    """
    found: dict[Any, dict[str, int]] = {each.node: {} for each in actors}
    for name in MEASURES:
        sign = 1 if name == "constraint" else -1
        known = [(sign * getattr(each, name), each.node) for each in actors if _has(each, name)]
        known.sort(key=lambda pair: pair[0])
        rank, before = 0, -math.inf
        for place, (value, node) in enumerate(known, 1):
            if not rank or value - before > 1e-9 * max(1.0, abs(value)):
                rank, before = place, value
            found[node][name] = rank
    return found


def betweenness(pair: IgraphCopy) -> list[float]:
    """The betweenness of each vertex, 0 to 1; 0 in networks of less than three."""
    count = len(pair.nodes)
    if count < 3:
        return [0.0] * count
    pairs = (count - 1) * (count - 2) / 2
    return [paths / pairs for paths in pair.graph.betweenness(directed=False)]


def assortativity(network: nx.Graph) -> float | None:
    """The correlation of the degrees at both ends of ties; None where all are equal."""
    return _known(to_igraph(simple(network)).graph.assortativity_degree(directed=False))


def transitivity(network: nx.Graph) -> float | None:
    """The share of open paths of two ties that are closed; None where there is no such path.

    >>> transitivity(nx.complete_graph(4)), transitivity(nx.star_graph(3))
    (1.0, 0.0)
    """
    graph = to_igraph(simple(network)).graph
    return _known(graph.transitivity_undirected(mode="nan")) if graph.vcount() else None


def numeric_assortativity(network: nx.Graph, values: Mapping[Any, float]) -> float | None:
    """The correlation of the values at both ends of ties, -1 to 1; unknown ends do not count.

    Newman 2003, Phys. Rev. E 67, 026126; for groups `graph.analysis.geography.mixing` has it. None
    where less than two values are known at ends of ties.

    >>> round(numeric_assortativity(nx.path_graph(4), {0: 1, 1: 1, 2: 9, 3: 9}), 3)
    0.333
    """
    plain = simple(network)
    known = [(values[a], values[b]) for a, b in plain.edges() if a in values and b in values]
    ends = np.array([*known, *((b, a) for a, b in known)], dtype=float).reshape(-1, 2)
    if len(set(ends[:, 0])) < 2:
        return None
    return float(np.corrcoef(ends[:, 0], ends[:, 1])[0, 1])


def raised_by_betweenness(order: Sequence[ActorStructure]) -> list[ActorStructure]:
    """At most three that stand five places or more higher by betweenness than by degree."""
    by_degree = {actor.node: place for place, actor in enumerate(order)}
    rest = [actor for actor in order[1:] if actor.betweenness > 0]
    rest.sort(key=lambda actor: (-actor.betweenness, actor.node))
    return [
        actor
        for place, actor in enumerate(rest[:20], 1)
        if by_degree[actor.node] >= place + 5 and actor.degree > 1
    ][:3]


def share_of_ties(network: nx.Graph, node: str) -> float | None:
    """The share of ties that an actor has a part in, each pair counted once."""
    plain = simple(network)
    return plain.degree(node) / plain.number_of_edges() if plain.number_of_edges() else None


def largest_component_without(network: nx.Graph, nodes: Iterable[str]) -> float | None:
    """The share of the other actors in the largest component when some are taken out."""
    plain = simple(network)
    rest = plain.subgraph(plain.nodes - set(nodes))
    if not rest:
        return None
    return max(map(len, nx.connected_components(rest))) / len(rest)


def _components(pair: IgraphCopy) -> list[int]:
    """The number of each vertex's component, the largest first."""
    parts = sorted(pair.graph.connected_components(), key=lambda part: (-len(part), part[0]))
    number = [0] * len(pair.nodes)
    for place, part in enumerate(parts, 1):
        for vertex in part:
            number[vertex] = place
    return number


def _closeness(pair: IgraphCopy) -> list[float]:
    """Closeness as networkx has it: of r others that are reached, r / sum of steps, r / (n - 1)."""
    found = at_distance(pair.graph)
    reached = found.sum(axis=0)
    steps = (found * np.arange(1, len(found) + 1)[:, None]).sum(axis=0)
    others = len(pair.nodes) - 1
    return [
        float(near / far * near / others) if far else 0.0
        for near, far in zip(reached, steps, strict=True)
    ]


def _eigenvector(pair: IgraphCopy, number: Sequence[int]) -> list[float]:
    """The leading eigenvector of the largest component, of unit length; 0 elsewhere."""
    part = [vertex for vertex, place in enumerate(number) if place == 1]
    found = [0.0] * len(number)
    if len(part) < 2:
        return found
    vector = np.abs(_leading(pair.graph.induced_subgraph(part)))
    vector /= np.linalg.norm(vector)
    for vertex, value in zip(part, vector, strict=True):
        found[vertex] = float(value)
    return found


def _leading(graph: Any) -> np.ndarray:
    """The leading eigenvector of a connected igraph.Graph; always begun with the same vector."""
    from scipy.sparse import coo_array
    from scipy.sparse.linalg import eigsh

    size, ends = graph.vcount(), np.array(graph.get_edgelist())
    rows, columns = np.concatenate([ends, ends[:, ::-1]]).T
    matrix = coo_array((np.ones(len(rows)), (rows, columns)), shape=(size, size)).tocsr()
    if size < 10:  # too small for an iteration
        found: np.ndarray = np.linalg.eigh(matrix.toarray())[1][:, -1]
    else:
        found = eigsh(matrix, k=1, which="LA", v0=np.ones(size))[1][:, 0]
    return found


def _triangles(pair: IgraphCopy) -> list[int]:
    """The number of triangles at each vertex."""
    count = np.zeros(len(pair.nodes), dtype=int)
    for triangle in pair.graph.list_triangles():
        count[list(triangle)] += 1
    return [int(each) for each in count]


def _centralisation(values: Sequence[float], most: float) -> float | None:
    """What the greatest value exceeds the others by, as a share of the most that it can be."""
    if len(values) < 3:
        return None
    greatest = max(values)
    return float(sum(greatest - value for value in values) / most)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _has(actor: ActorStructure, name: str) -> bool:
    return getattr(actor, name) is not None


__all__ = [
    "MEASURES",
    "ActorStructure",
    "NetworkStructure",
    "actor_structure",
    "assortativity",
    "betweenness",
    "network_structure",
    "numeric_assortativity",
    "ranks",
    "transitivity",
]
