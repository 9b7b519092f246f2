"""Who stands between others: the roles of brokers between groups, after Gould and Fernandez."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from citypact.graph.analysis.draws import draw, until_decided
from citypact.graph.analysis.null_models import Comparison, compared
from citypact.graph.analysis.permutation import holm
from citypact.graph.analysis.places import places
from citypact.graph.analysis.significance import (
    Significance,
    evaluate,
    is_decided,
    least_p,
)

Node = Any
Triples = NDArray[np.int64]
"""Three columns: the numbers of the one end, the broker, the other end."""

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
"""What a broker is between a and c, by the groups of the three:

coordinator: all of one group. itinerant: a and c of one group, the broker of another (consultant).
representative: the broker and a of one group, c of another. gatekeeper: the broker and c of one
group, a of another. liaison: three groups.
"""

BETWEEN = ("representative", "gatekeeper", "liaison")
"""The roles in which a broker brings two groups together."""


@dataclass(frozen=True)
class Broker:
    """How often a node stands between two others that are not tied, by the role that it has."""

    node: Node
    roles: Mapping[str, int]

    @property
    def total(self) -> int:
        """In all roles."""
        return sum(self.roles.values())

    @property
    def between(self) -> float:
        """The share of the pairs of different groups among those that it stands between, 0 to 1."""
        return sum(self.roles[role] for role in BETWEEN) / self.total


@dataclass(frozen=True)
class Brokerage:
    """The brokers of a network, who stands between most first; nodes that broker nothing are left
    out.

    roles: of all brokers together. unknown: open triples of which a node has no group; they are in
    no role.
    """

    brokers: tuple[Broker, ...]
    roles: Mapping[str, int]
    unknown: int


def open_triples(network: nx.Graph, brokers: Collection[Node] | None = None) -> Triples:
    """All a, b, c with ties from a to b and from b to c and none from a to c, a and c not the same.

    brokers: only those with b among them; all where not given. Gives the numbers of nodes in the
    order of the network. An undirected tie goes in both directions, so that each open triple comes
    twice, from either end. Loops and parallel ties do not count. Takes as many steps as the sum of
    the squared degrees.
    """
    place = {node: i for i, node in enumerate(network)}

    def numbers(nodes: Iterable[Node]) -> np.ndarray:
        return np.array(sorted({place[node] for node in nodes}), dtype=np.int64)

    if network.is_directed():
        into = [numbers(network.predecessors(node)) for node in network]
        out = [numbers(network.successors(node)) for node in network]
    else:
        into = out = [numbers(network[node]) for node in network]
    found = [np.empty((0, 3), dtype=np.int64)]
    column = np.full(len(place), -1)
    for node, b in place.items():
        if brokers is not None and node not in brokers:
            continue
        before, after = into[b][into[b] != b], out[b][out[b] != b]
        column[after] = np.arange(len(after))
        is_open = before[:, None] != after
        for row, a in enumerate(before):
            tied = column[out[a]]
            is_open[row, tied[tied >= 0]] = False
        column[after] = -1
        rows, columns = np.nonzero(is_open)
        found.append(np.stack([before[rows], np.full(len(rows), b), after[columns]], axis=1))
    return np.concatenate(found)


def brokerage(
    network: nx.Graph, groups: Mapping[Node, str], nodes: Collection[Node] | None = None
) -> Brokerage:
    """How often each node stands between two others that are not tied, and in which role.

    groups: the group of each node; a node without one (or '') has no role, and none has a role with
    it. nodes: whose roles are counted; all where not given. Source: Gould and Fernandez 1989,
    Sociological Methodology 19, 89-126. In an undirected network a pair that is brokered counts in
    both directions: twice as coordinator, itinerant or liaison, once as representative and once as
    gatekeeper. That a pair is not tied in the network does not say that it is not tied.

    >>> network = nx.path_graph(["hanoi", "seoul", "lima"])
    >>> found = brokerage(network, {"hanoi": "AS", "seoul": "AS", "lima": "SA"})
    >>> found.brokers[0].node, found.roles["representative"], found.roles["gatekeeper"]
    ('seoul', 1, 1)
    """
    everyone = list(network)
    triples = open_triples(network, nodes)
    numbers = _numbered(everyone, groups)
    known = triples[(numbers[triples] >= 0).all(axis=1)]
    counts = _counts(known, numbers, len(everyone))
    brokers = [
        Broker(node, dict(zip(ROLES, map(int, row), strict=True)))
        for node, row in zip(everyone, counts, strict=True)
        if row.any()
    ]
    brokers.sort(key=lambda broker: (-broker.total, broker.node))
    totals = dict(zip(ROLES, map(int, counts.sum(axis=0)), strict=True))
    return Brokerage(tuple(brokers), totals, len(triples) - len(known))


def brokerage_by_chance(
    network: nx.Graph,
    groups: Mapping[Node, str],
    nodes: Collection[Node] = (),
    fixed: Collection[Node] = (),
    draws: int = 1000,
    seed: int = 1,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
) -> dict[Node | None, dict[str, Comparison]]:
    """The roles of brokers beside those that chance gives: groups are dealt out among the nodes.

    The ties stay, and so does how many nodes each group has; who is of which group does not (the
    model of Gould and Fernandez 1989, whose expectation it approaches; here by drawing). It asks
    whether ties go along with groups, not why anybody has many. nodes: those to compare, beside all
    together (None in the result), each with its roles by name and `between`, the open triples whose
    two ends are of different groups. fixed: nodes that keep their group, such as networks of cities
    among cities. p values are of one side and of one role each.

    Raises CitypactError for no draws.
    """
    everyone = list(network)
    numbers = _numbered(everyone, groups)
    triples = open_triples(network)
    known = triples[(numbers[triples] >= 0).all(axis=1)]
    free = np.array(
        [i for i, node in enumerate(everyone) if numbers[i] >= 0 and node not in set(fixed)],
        dtype=np.int64,
    )
    watched = [i for i, node in enumerate(everyone) if node in set(nodes)]
    drawn = draw(_dealt, (known, numbers, free, watched), draws, seed, cluster, progress)
    counts = _counts(known, numbers, len(everyone))
    observed = [counts.sum(axis=0), *counts[watched]]
    keys: list[Node | None] = [None, *(everyone[i] for i in watched)]
    return {
        key: compared(_named(observed[i]), [_named(each[i]) for each in drawn], seed)
        for i, key in enumerate(keys)
    }


def _dealt(argument: Any, seed: int) -> NDArray[np.int64]:
    """The roles of all together, and of those watched, with groups dealt out anew."""
    known, numbers, free, watched = argument
    dealt = numbers.copy()
    dealt[free] = np.random.default_rng(seed).permutation(numbers[free])
    counts = _counts(known, dealt, len(numbers))
    return np.vstack([counts.sum(axis=0), counts[watched]])


def _named(row: NDArray[np.int64]) -> dict[str, float]:
    found = dict(zip(ROLES, map(float, row), strict=True))
    return found | {"between": sum(found[role] for role in BETWEEN)}


def _numbered(nodes: Collection[Node], groups: Mapping[Node, str]) -> NDArray[np.int64]:
    """The number of each node's group; -1 for none."""
    names = sorted(Counter(groups[node] for node in nodes if groups.get(node)))
    number = {name: i for i, name in enumerate(names)}
    return np.array([number.get(groups.get(node, ""), -1) for node in nodes], dtype=np.int64)


def _counts(triples: Triples, groups: NDArray[np.int64], nodes: int) -> NDArray[np.int64]:
    """For each node how often it has each of the roles."""
    a, b, c = (groups[triples[:, i]] for i in range(3))
    role = np.select(
        [(a == b) & (b == c), a == c, a == b, b == c],
        [0, 1, 2, 3],
        4,
    )
    places = triples[:, 1] * len(ROLES) + role
    found = np.bincount(places, minlength=nodes * len(ROLES)).reshape(nodes, len(ROLES))
    return found.astype(np.int64)


TESTED = 8
"""How many of the actors between most pairs are compared with chance."""
LEAST = 20
"""Actors between fewer pairs (each counted twice) are not."""


@dataclass(frozen=True)
class TestedBroker:
    """A broker compared with chance by how many of its pairs are of different continents.

    test: two-sided, its p adjusted for the number of brokers tested.
    """

    broker: Broker
    by_chance: Comparison
    test: Significance

    @property
    def p(self) -> float:
        return self.test.p

    @property
    def node(self) -> str:
        return str(self.broker.node)

    @property
    def expected(self) -> float:
        """The average share of pairs of different continents by chance."""
        return self.by_chance.mean / self.broker.total


@dataclass(frozen=True)
class Roles:
    """The brokers of a network, those tested, and the number of open triples of unknown groups."""

    brokers: tuple[Broker, ...]
    tested: tuple[TestedBroker, ...]
    unknown: int


def roles_between_continents(
    network: nx.Graph,
    codes: Mapping[str, str],
    draws: int,
    seed: int,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
    most: int = 0,
) -> Roles:
    """The roles of the actors of a simple network between continents, compared with chance.

    codes: of countries, by what the nodes say. draws, seed, cluster, progress: as in
    `brokerage_by_chance`. most: so many draws at most, while a test is undecided.
    """
    groups = continents(network, codes)
    all_roles = brokerage(network, groups)
    watched = [broker for broker in all_roles.brokers if broker.total >= LEAST][:TESTED]
    fixed = [node for node, group in groups.items() if group == "network"]

    def sample(draws: int) -> list[tuple[Broker, Comparison]]:
        by_node = brokerage_by_chance(
            network,
            groups,
            [broker.node for broker in watched],
            fixed,
            draws,
            seed,
            cluster,
            progress,
        )
        # What chance cannot change, such as with one continent alone, is not tested.
        compared = [(broker, by_node[broker.node]["between"]) for broker in watched]
        return [(broker, by_chance) for broker, by_chance in compared if by_chance.z is not None]

    def is_enough(pairs: Sequence[tuple[Broker, Comparison]]) -> bool:
        draws = pairs[0][1].draws if pairs else 0
        return is_decided([by_chance.p for _, by_chance in pairs], draws, 2, holm)

    pairs = until_decided(draws, most, sample, is_enough) if watched and draws else []
    tests = evaluate([c.p for _, c in pairs], [least_p(c.draws) for _, c in pairs], holm)
    tested = tuple(
        TestedBroker(broker, by_chance, test)
        for (broker, by_chance), test in zip(pairs, tests, strict=True)
    )
    return Roles(all_roles.brokers, tested, all_roles.unknown)


def continents(network: nx.Graph, codes: Mapping[str, str]) -> dict[str, str]:
    """The continent of each node; `network` for a network of cities, '' where unknown."""
    where = places(network, codes)
    return {
        node: "network" if network.nodes[node].get("kind") == "network" else continent
        for node, continent in zip(where.nodes, where.labels("continent"), strict=True)
    }


__all__ = [
    "BETWEEN",
    "ROLES",
    "Broker",
    "Brokerage",
    "Roles",
    "TestedBroker",
    "brokerage",
    "brokerage_by_chance",
    "continents",
    "open_triples",
    "roles_between_continents",
]
