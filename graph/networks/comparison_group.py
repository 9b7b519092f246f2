"""Cities that could have been partners of one: foreign members of the networks it belongs to."""

from __future__ import annotations

import networkx as nx

from citypact.graph.analysis.members import ComparisonGroup, group_of
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.store.base import Store


def comparison_group(store: Store, network: nx.Graph, city: str) -> ComparisonGroup | None:
    """The group of the government of a city, in a network of actors.

    None where no government of the city belongs to a network with members in other countries.
    """
    for government, place in sorted(governing(store).items()):
        if place == city and government in network:
            group = group_of(network, government)
            if group.members or group.domestic:
                return group
    return None


def governing(store: Store) -> dict[str, str]:
    """The city or territory that each government governs."""
    return {a: b[0] for a, b in NetworkReader.of(store).pairs("?a citypact:governs ?b").items()}


__all__ = ["comparison_group", "governing"]
