"""Which partners may come next, by the networks of cities that others share with a government."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import networkx as nx

from citypact.graph.analysis.hidden_ties import Evaluation, evaluate, evaluate_latest
from citypact.graph.analysis.prediction import Candidate, possible_partners
from citypact.graph.analysis.simple import simple_with_years

MEMBERSHIP = ("membership", "chair")
"""Relations of the network of actors that make a member."""


SEVERAL = 2
"""So many shared networks make a candidate that the answer names."""
HIDDEN = 0.1
"""The share of ties that are hidden."""


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


def group_of(network: nx.Graph, government: str) -> ComparisonGroup:
    """The comparison group of a government in the network of actors; empty outside it."""
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


@dataclass(frozen=True)
class MemberFindings:
    """What memberships say of the partners of a government, in the network of actors.

    evaluations: by what was hidden: any tie (`all`), its ties with governments (`everyone`), with
    members (`members`), the latest of these (`latest`, from the year `since`). candidates:
    governments of other countries without a tie, those that share most networks first, then by
    their score. Whether shared networks go with ties is not asked: members are known because lists
    of these networks are among the sources, partners because their ties are.
    """

    group: ComparisonGroup
    evaluations: dict[str, list[Evaluation]]
    since: int | None
    candidates: tuple[Candidate, ...]

    def networks(self, candidate: Candidate) -> list[str]:
        """The networks that a candidate shares with the government."""
        return [node for node in candidate.shared if node in self.group.networks]

    def contacts(self, candidate: Candidate) -> list[str]:
        """The others to which both are tied."""
        return [node for node in candidate.shared if node not in self.group.networks]

    @property
    def several(self) -> list[str]:
        """The candidates that share several networks."""
        return [each.node for each in self.candidates if len(self.networks(each)) >= SEVERAL]

    @property
    def in_contact(self) -> list[str]:
        """The candidates that have a contact in common."""
        return [each.node for each in self.candidates if self.contacts(each)]


def member_findings(
    network: nx.Graph, group: ComparisonGroup, seed: int, cluster: str = ""
) -> MemberFindings:
    """What memberships in the network of actors say of the partners of a group's government.

    cluster: as in `graph.analysis.draws.draw`.
    """
    government = group.government
    abroad = _foreign_governments(network, government)
    ties = simple_with_years(network)
    between = ([government], group.members)
    by_hiding = partial(evaluate, ties, HIDDEN, seed=seed, cluster=cluster)
    since, latest = evaluate_latest(ties, HIDDEN, seed, between)
    candidates = possible_partners(ties, government, abroad)
    return MemberFindings(
        group,
        {
            "all": by_hiding(),
            "everyone": by_hiding(between=([government], abroad)),
            "members": by_hiding(between=between),
            "latest": latest,
        },
        since,
        tuple(sorted(candidates, key=lambda each: -len({*each.shared} & {*group.networks}))),
    )


def _foreign_governments(network: nx.Graph, government: str) -> list[str]:
    """The governments of other countries; those without a known country are left out."""
    own = network.nodes[government].get("country")
    return sorted(
        node
        for node, data in network.nodes(data=True)
        if data.get("kind") == "government" and data.get("country") not in (None, own)
    )


def members_without_tie(network: nx.Graph, government: str, least: int = SEVERAL) -> float | None:
    """How many foreign members share so many networks with a government that has no tie to them.

    None where it belongs to no network.
    """
    group = group_of(network, government)
    if not group.networks:
        return None
    own = set(group.networks)
    untied = (each for each in group.members if not network.has_edge(government, each))
    return float(sum(len(own.intersection(network[each])) >= least for each in untied))


__all__ = [
    "HIDDEN",
    "SEVERAL",
    "ComparisonGroup",
    "MemberFindings",
    "group_of",
    "member_findings",
    "members_without_tie",
]
