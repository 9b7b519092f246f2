"""Cities that could have been partners of one: foreign members of the networks it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study
    from citypact.graph.store.base import Store

MEMBERSHIP = ("membership", "chair")
"""Relations of the network of actors that make a member."""


@dataclass(frozen=True)
class ComparisonGroup:
    """Nodes of the network of actors, sorted, that a government is compared by.

    networks: the networks of cities it belongs to. members: governments of other countries that
    belong to one of them, partners or not. domestic: the number of members in its own country.
    Members without a known country are in neither.
    """

    government: str
    networks: tuple[str, ...]
    members: tuple[str, ...]
    domestic: int


def comparison_group(study: Study, city: str) -> ComparisonGroup | None:
    """The group of the government of a city.

    None where no government of the city belongs to a network with members in other countries.
    """
    network = study.network("actors")
    for government, place in sorted(governing(study.store).items()):
        if place == city and government in network:
            group = group_of(network, government)
            if group.members or group.domestic:
                return group
    return None


def group_of(network: nx.Graph, government: str) -> ComparisonGroup:
    """The same of a government, from the network of actors alone."""
    if government not in network:
        return ComparisonGroup(government, (), (), 0)
    bodies = sorted(
        body
        for body in network[government]
        if network.nodes[body].get("kind") == "network" and _is_member(network, government, body)
    )
    countries = {
        member: network.nodes[member].get("country")
        for body in bodies
        for member in network[body]
        if member != government
        and network.nodes[member].get("kind") == "government"
        and _is_member(network, member, body)
    }
    own = network.nodes[government].get("country")
    return ComparisonGroup(
        government,
        tuple(bodies),
        tuple(sorted(m for m, country in countries.items() if country not in (None, own))),
        sum(country == own for country in countries.values() if country is not None),
    )


def _is_member(network: nx.Graph, member: str, body: str) -> bool:
    return any(tie.get("relation") in MEMBERSHIP for tie in network[member][body].values())


def governing(store: Store) -> dict[str, str]:
    """The city or territory that each government governs."""
    return {
        a: b[0] for a, b in NetworkReader(store, Filter()).pairs("?a citypact:governs ?b").items()
    }


__all__ = ["MEMBERSHIP", "ComparisonGroup", "comparison_group", "governing", "group_of"]
