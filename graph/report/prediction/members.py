"""What the network of actors tells of possible partners: who shares which networks with a city."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.hidden_ties import Judgement, judge, judge_latest
from citypact.graph.analysis.prediction import (
    Candidate,
    Pair,
    Profiles,
    Sharing,
    auc,
    possible_partners,
    sharing,
)
from citypact.graph.analysis.simple import simple
from citypact.graph.report.shared.comparison_group import MEMBERSHIP, governing

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

SEVERAL = 2
"""So many networks in common make a candidate that is named."""


@dataclass(frozen=True)
class Members:
    """What is found of one city government: nodes of the network of actors.

    networks: those it belongs to; members: governments abroad that belong to one of them, tied or
    not; others: governments abroad that are not tied to it. sharing: how common networks go with
    ties. judgements: by what was hidden: any tie (`all`), its ties with governments (`everyone`),
    with members (`members`), the latest of these (`latest`, from the year `since`). candidates:
    those with most common networks first, then by their score.
    """

    government: str
    networks: tuple[str, ...]
    members: tuple[str, ...]
    others: tuple[str, ...]
    sharing: Sharing
    judgements: dict[str, list[Judgement]]
    since: int | None
    candidates: tuple[Candidate, ...]

    def common(self, candidate: Candidate) -> list[str]:
        """The networks that a candidate has in common with the city."""
        return [node for node in candidate.shared if node in set(self.networks)]


def members(study: Study, city: str) -> Members | None:
    """What the memberships of the government of a city tell; None where it has no members of its
    networks abroad."""
    network = study.network("actors")
    governed = governing(study.store)
    own = [g for g, place in sorted(governed.items()) if place == city and g in network]
    if not own:
        return None
    government = own[0]
    networks, fellow = memberships(network, government)
    if not fellow:
        return None
    abroad = _abroad(network, government)
    ties = dated(network)
    profiles = partial(profiles_without, topics_of_ties(network))
    between = ([government], fellow)
    by_hiding: Callable[..., list[Judgement]] = partial(
        judge, ties, seed=study.seed, profiles=profiles, cluster=study.cluster
    )
    since, latest = judge_latest(ties, 0.1, study.seed, between, profiles)
    found = possible_partners(ties, government, abroad, profiles([]))
    kept = set(networks)
    return Members(
        government,
        tuple(networks),
        tuple(fellow),
        tuple(node for node in abroad if not ties.has_edge(government, node)),
        sharing(ties, government, fellow, networks, study.draws, study.seed, study.cluster),
        {
            "all": by_hiding(),
            "everyone": by_hiding(between=([government], abroad)),
            "members": by_hiding(between=between),
            "latest": latest,
        },
        since,
        tuple(sorted(found, key=lambda each: -len(kept & set(each.shared)))),
    )


def memberships(network: nx.Graph, government: str) -> tuple[list[str], list[str]]:
    """The networks of cities that a government belongs to, and the governments of other countries
    that belong to one of them; both sorted."""
    if government not in network:
        return [], []
    networks = [
        body
        for body in sorted(network[government])
        if network.nodes[body].get("kind") == "network" and _belongs(network, government, body)
    ]
    known = set(_abroad(network, government))
    fellow = {
        member
        for body in networks
        for member in network[body]
        if member in known and _belongs(network, member, body)
    }
    return networks, sorted(fellow)


def _belongs(network: nx.Graph, member: str, body: str) -> bool:
    return any(tie.get("relation") in MEMBERSHIP for tie in network[member][body].values())


def _abroad(network: nx.Graph, government: str) -> list[str]:
    """The governments of other countries; who has no known country is left out."""
    own = network.nodes[government].get("country")
    return sorted(
        node
        for node, data in network.nodes(data=True)
        if data.get("kind") == "government" and data.get("country") not in (None, own)
    )


def dated(network: nx.Graph) -> nx.Graph:
    """The simple network, its edges with the first known `year` of the ties between the two."""
    years: dict[frozenset[Any], int] = {}
    for one, other, data in network.edges(data=True):
        if (year := data.get("year")) and data.get("relation") != "prospect":
            pair = frozenset((one, other))
            years[pair] = min(int(year), years.get(pair, int(year)))
    found = simple(network)
    for one, other, data in found.edges(data=True):
        if (first := years.get(frozenset((one, other)))) is not None:
            data["year"] = first
    return found


Agreements = dict[str, tuple[frozenset[str], frozenset[str]]]
"""The parties and topics of agreements."""


def topics_of_ties(network: nx.Graph) -> Agreements:
    """The parties and topics of each agreement of the network of actors."""
    parties: dict[str, set[str]] = defaultdict(set)
    topics: dict[str, frozenset[str]] = {}
    for one, other, data in network.edges(data=True):
        if data.get("relation") == "agreement" and data.get("topics"):
            parties[data["agreement"]] |= {one, other}
            topics[data["agreement"]] = frozenset(str(data["topics"]).split("|"))
    return {iri: (frozenset(parties[iri]), topics[iri]) for iri in sorted(topics)}


def profiles_without(agreements: Agreements, hidden: Sequence[Pair]) -> Profiles:
    """How many agreements of each actor cover each topic, agreements of hidden pairs left out."""
    gone = {frozenset(pair) for pair in hidden}
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for parties, topics in agreements.values():
        if any(pair <= parties for pair in gone):
            continue
        for party in parties:
            for topic in topics:
                found[party][topic] += 1
    return found


# Headlines, measured from the network alone


def members_auc(network: nx.Graph, government: str) -> float | None:
    """The probability that a partner has more networks in common than a member that is none."""
    import numpy as np

    linked, unlinked = _common_networks(network, government)
    return auc(np.array(linked, dtype=float), np.array(unlinked, dtype=float))


def partners_sharing(
    network: nx.Graph, government: str, least: int, most: int | None = None
) -> float | None:
    """Share of partners among the members with so many networks in common."""
    linked, unlinked = (
        sum(least <= number <= (most or number) for number in each)
        for each in _common_networks(network, government)
    )
    return linked / (linked + unlinked) if linked + unlinked else None


def _common_networks(network: nx.Graph, government: str) -> tuple[list[int], list[int]]:
    """The numbers of networks that partners, and members that are none, have in common with it."""
    networks, fellow = memberships(network, government)
    by_tie: tuple[list[int], list[int]] = ([], [])
    for member in fellow:
        common = sum(body in network[member] for body in networks)
        by_tie[not network.has_edge(government, member)].append(common)
    return by_tie


def by_kind(nodes: Iterable[str], networks: Iterable[str]) -> tuple[list[str], list[str]]:
    """Nodes that are among the networks, and the others, in their order."""
    known = set(networks)
    nodes = list(nodes)
    return [n for n in nodes if n in known], [n for n in nodes if n not in known]


__all__ = ["SEVERAL", "Members", "by_kind", "members", "members_auc", "partners_sharing"]
