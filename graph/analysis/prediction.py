"""Which pairs that are not tied may come to be: scores, and the reasons behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from citypact.ontology.errors import CitypactError

Node = Any
Pair = tuple[Node, Node]

METHODS = (
    "common_neighbours",
    "adamic_adar",
    "resource_allocation",
    "preferential_attachment",
)
"""The scores."""
STEP = 20_000
"""Pairs that are scored at once, for memory."""


# Scores


def scores(network: nx.Graph, pairs: Sequence[Pair]) -> dict[str, np.ndarray]:
    """The scores of pairs of nodes of a simple network, by method, in the order of the pairs.

    With k the degree of a node and z the common neighbours of a pair:
    common_neighbours: how many z there are (Newman 2001, Phys. Rev. E 64, 025102).
    adamic_adar: Σ 1/ln k(z) (Adamic and Adar 2003, Social Networks 25(3), 211-230).
    resource_allocation: Σ 1/k(z) (Zhou, Lü and Zhang 2009, Eur. Phys. J. B 71, 623-630).
    preferential_attachment: the product of both degrees (Barabási and Albert 1999, Science 286,
    509-512): what size alone foretells, against which the others have to be held.
    There is no score by topics: what two actors agreed on is known only of those that are tied, so
    that of a pair without a tie it is zero by construction. Scores are rounded to twelve decimals,
    so that equal ones are equal however they are added.

    >>> network = nx.path_graph(["hanoi", "wego", "seoul"])
    >>> float(scores(network, [("hanoi", "seoul")])["common_neighbours"][0])
    1.0
    """
    nodes = list(network)
    place = {node: i for i, node in enumerate(nodes)}
    ends = np.array([(place[one], place[other]) for one, other in pairs], dtype=np.int64)
    ends = ends.reshape(-1, 2)
    degrees = np.array([degree for _, degree in network.degree()], dtype=float)
    tied = _matrix(
        ((place[one], place[other], 1.0) for one, other in network.edges()), len(nodes), len(nodes)
    )
    tied = tied + tied.T
    # A common neighbour has two ties at least; the others weigh nothing, whatever stands here.
    more = np.maximum(degrees, 2)
    weights = {
        "common_neighbours": np.ones(len(nodes)),
        "adamic_adar": 1 / np.log(more),
        "resource_allocation": 1 / more,
    }
    found = {name: _common(tied, weight, ends) for name, weight in weights.items()}
    found["preferential_attachment"] = degrees[ends[:, 0]] * degrees[ends[:, 1]]
    return {name: np.round(values, 12) for name, values in found.items()}


def _matrix(entries: Iterable[tuple[int, int, float]], rows: int, columns: int) -> Any:
    from scipy import sparse

    cells = list(entries)
    values = np.array([value for *_, value in cells], dtype=float)
    where = ([row for row, *_ in cells], [column for _, column, _ in cells])
    return sparse.csr_array((values, where), shape=(rows, columns))


def _common(table: Any, weight: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """For each pair of rows the weighted product of what they have in the same columns."""
    weighted = table.multiply(weight[np.newaxis, :]).tocsr()
    parts = [np.empty(0)]
    for at in range(0, len(ends), STEP):
        one, other = ends[at : at + STEP, 0], ends[at : at + STEP, 1]
        parts.append(np.asarray(table[one].multiply(weighted[other]).sum(axis=1)).ravel())
    return np.concatenate(parts)


# Possible partners


@dataclass(frozen=True)
class Candidate:
    """A node that is not tied to another, with the reasons why it might be.

    score: adamic_adar, by which candidates are ordered. shared: the common neighbours, those with
    fewest ties first, since they tell most. degree: its number of neighbours.
    """

    node: Node
    score: float
    shared: tuple[Node, ...]
    resource_allocation: float
    preferential_attachment: float
    degree: int


def possible_partners(
    network: nx.Graph,
    node: Node,
    candidates: Iterable[Node] | None = None,
) -> list[Candidate]:
    """Nodes that are not tied to a node but share neighbours with it, the highest score first.

    network: simple. candidates: the nodes that come into question; all where not given. A score is
    no probability: it orders. Raises CitypactError where the node is not in the network.
    """
    if node not in network:
        raise CitypactError(
            "{node}: is not in the network {name}\n    -> choose one of its nodes",
            node=node,
            name=network.name,
        )
    own = set(network[node])
    asked = network if candidates is None else [each for each in candidates if each in network]
    others = sorted(each for each in set(asked) - own - {node} if not own.isdisjoint(network[each]))
    found = scores(network, [(node, other) for other in others])
    listed = [
        Candidate(
            other,
            float(found["adamic_adar"][i]),
            tuple(sorted(own & set(network[other]), key=lambda z: (network.degree(z), z))),
            float(found["resource_allocation"][i]),
            float(found["preferential_attachment"][i]),
            network.degree(other),
        )
        for i, other in enumerate(others)
    ]
    return sorted(listed, key=lambda each: (-each.score, each.node))


def foreign(network: nx.Graph, node: Node) -> list[Node]:
    """The nodes that are not known to be of the same `country` as a node."""
    own = network.nodes[node].get("country", "")
    return [
        other
        for other, country in network.nodes(data="country")
        if other != node and (not own or country != own)
    ]


def sharing_neighbours(network: nx.Graph, node: Node) -> float | None:
    """How many of the `foreign` nodes without a tie to a node have a neighbour in common with it.

    None where the node is not in the network.
    """
    if node not in network:
        return None
    own = set(network[node])
    near = {far for neighbour in own for far in network[neighbour]} - own
    return float(len(near.intersection(foreign(network, node))))


# How good they are


def auc(linked: np.ndarray, unlinked: np.ndarray) -> float | None:
    """The probability that a score of the one is above one of the other, equal ones by half.

    By the ranks of Mann and Whitney (1947, Ann. Math. Stat. 18(1), 50-60), exact; None where one
    side is empty.

    >>> auc(np.array([2, 1]), np.array([1, 0]))
    0.875
    """
    from scipy.stats import rankdata

    number, others = len(linked), len(unlinked)
    if not number or not others:
        return None
    ranks = rankdata(np.concatenate([linked, unlinked]))[:number]
    return float((ranks.sum() - number * (number + 1) / 2) / (number * others))


__all__ = [
    "METHODS",
    "Candidate",
    "auc",
    "foreign",
    "possible_partners",
    "scores",
    "sharing_neighbours",
]
