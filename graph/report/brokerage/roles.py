"""Who stands between others in a network, and whether across continents more than by chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citypact.graph.analysis.brokerage import Broker, brokerage, brokerage_by_chance
from citypact.graph.analysis.null_models import Comparison
from citypact.graph.analysis.permutation import holm
from citypact.graph.analysis.places import places
from citypact.graph.analysis.simple import simple
from citypact.graph.report.shared.significance import Verdict, evaluate, least_p

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

TESTED = 8
"""How many of the actors between most pairs are compared with chance."""
LEAST = 20
"""Actors between fewer pairs (each counted twice) are not."""


@dataclass(frozen=True)
class TestedBroker:
    """A broker compared with chance by how many of its pairs are of different continents.

    p: two-sided, adjusted for the number of brokers tested.
    """

    broker: Broker
    by_chance: Comparison
    p: float
    verdict: Verdict

    @property
    def node(self) -> str:
        return str(self.broker.node)

    @property
    def expected(self) -> float:
        """The average share of pairs of different continents by chance."""
        return self.by_chance.mean / self.broker.total

    @property
    def is_above(self) -> bool:
        return (self.by_chance.z or 0) > 0


@dataclass(frozen=True)
class Roles:
    """The brokers of a network, those tested, and the number of open triples of unknown groups."""

    brokers: tuple[Broker, ...]
    tested: tuple[TestedBroker, ...]
    unknown: int


def roles(study: Study, network: nx.Graph, codes: Mapping[str, str]) -> Roles:
    """The roles of the actors of a simple network between continents; codes: of countries."""
    groups = continents(network, codes)
    all_roles = brokerage(network, groups)
    watched = [broker for broker in all_roles.brokers if broker.total >= LEAST][:TESTED]
    compared = {}
    if watched and study.draws:
        compared = brokerage_by_chance(
            network,
            groups,
            [broker.node for broker in watched],
            [node for node, group in groups.items() if group == "network"],
            study.draws,
            study.seed,
            study.cluster,
            study.progress,
        )
    # What chance cannot change, such as with one continent alone, is not tested.
    pairs = [(broker, compared[broker.node]["between"]) for broker in watched if compared]
    pairs = [(broker, by_chance) for broker, by_chance in pairs if by_chance.z is not None]
    tests = evaluate([c.p for _, c in pairs], [least_p(c.draws) for _, c in pairs], holm)
    tested = tuple(
        TestedBroker(broker, by_chance, test.p, test.verdict)
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


def share_between(network: nx.Graph, node: str, codes: Mapping[str, str]) -> float | None:
    """The share of pairs of different continents among those that a node stands between.

    Measured from a network of actors or cities alone; None where it stands between none.
    """
    if node not in network:
        return None
    # Whom a node stands between depends on its neighbours and the ties among them alone.
    around = simple(network.subgraph([node, *network[node]]))
    brokers = brokerage(around, continents(around, codes), [node]).brokers
    return brokers[0].between if brokers else None


__all__ = ["Roles", "TestedBroker", "continents", "roles", "share_between"]
