"""Actors whose ties were collected by a rule of their own: registers of one actor alone.

A list of one city's partners, or of one network's members, adds ties at that actor and nowhere
else. Numbers of partners and ranks are then those of how sources were gathered, and may be
compared only among actors that have such a register, or among those that have none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

Sources = Mapping[tuple[Any, ...], frozenset[str]]
"""The documents (IRIs) behind each edge, as `graph.networks.documents` gives them."""
FEWEST = 2
"""Partners from which an actor counts as collected by a rule of its own."""


def own_partners(
    sources: Sources,
    declared: Mapping[str, Collection[Any]] | None = None,
) -> dict[Any, frozenset[Any]]:
    """By actor the partners that only registers of its own report, where there are several.

    A source is a register of an actor if `declared` says so, or if it reports several pairs, all of
    which the actor is in. Sources of one pair each are together the register of an actor: each is
    that of the one of its two whom more such sources report. Pairs without a source are nobody's.

    >>> behind = {("seoul", x): frozenset({"list of seoul"}) for x in ("hanoi", "paris")}
    >>> own_partners(behind | {("hanoi", "paris"): frozenset({"daily"})}) == {
    ...     "seoul": frozenset({"hanoi", "paris"})}
    True
    """
    documents: dict[frozenset[Any], set[str]] = defaultdict(set)
    for (one, other, *_), known in sources.items():
        if one != other:
            documents[frozenset((one, other))] |= known
    pairs: dict[str, set[frozenset[Any]]] = defaultdict(set)
    for pair, reporting in documents.items():
        for document in reporting:
            pairs[document].add(pair)
    common = {document: frozenset.intersection(*found) for document, found in pairs.items()}
    single = Counter(
        node for found in pairs.values() if len(found) == 1 for pair in found for node in pair
    )

    def is_own(document: str, node: Any) -> bool:
        if node in (declared or {}).get(document, ()):
            return True
        if len(pairs[document]) > 1:
            return node in common[document]
        return all(single[node] > single[other] for other in common[document] - {node})

    found: dict[Any, set[Any]] = defaultdict(set)
    for pair, reporting in documents.items():
        for node in pair:
            if reporting and all(is_own(document, node) for document in reporting):
                found[node] |= pair - {node}
    return {node: frozenset(near) for node, near in found.items() if len(near) >= FEWEST}


def rank_elsewhere(network: nx.Graph, node: Any, own: Collection[Any]) -> tuple[int, int]:
    """Partners and rank by degree in a simple network, less the partners in `own`."""
    degrees = dict(network.degree())
    for other in own:
        degrees[node] -= 1
        degrees[other] -= 1
    return degrees[node], 1 + sum(degree > degrees[node] for degree in degrees.values())


@dataclass(frozen=True)
class OwnRegister:
    """An actor with a register of its own: partners known without it, of all; its rank by these."""

    node: Any
    elsewhere: int
    partners: int
    rank: int


def own_registers(
    network: nx.Graph, own: Mapping[Any, Collection[Any]], nodes: Iterable[Any]
) -> list[OwnRegister]:
    """Of some nodes of a simple network those with a register of their own (`own_partners`)."""
    return [
        OwnRegister(node, partners, network.degree(node), rank)
        for node in nodes
        if node in own
        for partners, rank in [rank_elsewhere(network, node, own[node])]
    ]


__all__ = ["OwnRegister", "own_partners", "own_registers", "rank_elsewhere"]
