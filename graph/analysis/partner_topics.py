"""The bipartite network of actors and the topics of their agreements, and parts of it.

It is `actors_and_topics` of `graph.networks`: actors have the attribute `bipartite` 0, topics 1; an
edge holds the short names of its agreements, joined by "|", as `agreements`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

import networkx as nx

from citypact.graph.analysis.bipartite import SharedNeighbours, validated
from citypact.graph.analysis.null_models import Comparison, compare, is_rewirable
from citypact.graph.analysis.overlap import overlap
from citypact.graph.analysis.significance import Verdict, are_decided, evaluate_single
from citypact.ontology.errors import Message

MOST = 0.5
"""The share of all agreements from which a party is the one that they were gathered around."""


def centre_of(network: nx.Graph) -> str:
    """The party to most agreements, if to half of all or more; else ''."""
    of = {node: agreements_of(network, node) for node in rows_of(network)}
    count = len({agreement for each in of.values() for agreement in each})
    first = min(of, key=lambda node: (-len(of[node]), node), default="")
    return first if count and len(of[first]) >= MOST * count else ""


def rows_of(network: nx.Graph) -> list[Any]:
    """The actors of the network, sorted."""
    return sorted(node for node, side in network.nodes(data="bipartite") if side == 0)


def agreements_of(network: nx.Graph, node: Any) -> set[str]:
    """The agreements (short names) behind the edges of a node."""
    named = [data.get("agreements", "") for _, _, data in network.edges(node, data=True)]
    return {agreement for each in named for agreement in each.split("|")} - {""}


def without_documents(
    network: nx.Graph, known: Mapping[tuple[str, str], frozenset[str]], removed: Collection[str]
) -> nx.Graph:
    """What is left of actors and topics when documents (IRIs) are missing.

    Of each edge the agreements go of which no document is left that says that they cover the topic,
    and the edge with the last of them. All nodes stay.
    """
    gone, remaining = frozenset(removed), network.copy()
    for one, other, data in network.edges(data=True):
        topic = other if network.nodes[other]["bipartite"] == 1 else one
        names = str(data["agreements"]).split("|")
        left = [name for name in names if not (of := known.get((name, topic))) or not of <= gone]
        if left:
            remaining.edges[one, other].update(agreements="|".join(left), weight=len(left))
        else:
            remaining.remove_edge(one, other)
    return remaining


def of_governments(network: nx.Graph, centre: str = "") -> nx.Graph:
    """City governments but one, and the topics of their agreements, in sorted order."""
    rows = [
        node
        for node in rows_of(network)
        if node != centre and network.nodes[node].get("kind") == "government" and network[node]
    ]
    topics = sorted({topic for row in rows for topic in network[row]})
    governments = nx.Graph()
    governments.add_nodes_from((node, network.nodes[node]) for node in (*rows, *topics))
    governments.add_edges_from((row, topic) for row in rows for topic in sorted(network[row]))
    return governments


def broadest(network: nx.Graph) -> nx.Graph:
    """The same with the broadest topic above each instead of it."""
    rows, by_field = rows_of(network), nx.Graph()
    by_field.add_nodes_from((row, network.nodes[row]) for row in rows)
    above = {
        node: str(data.get("top_topic", node))
        for node, data in network.nodes(data=True)
        if data["bipartite"] == 1
    }
    by_field.add_nodes_from(sorted(set(above.values())), bipartite=1)
    by_field.add_edges_from((row, above[topic]) for row in rows for topic in network[row])
    return by_field


def mean_shared(network: nx.Graph, centre: str) -> float | None:
    """The average number of topics that two partner cities share; None without two cities."""
    return overlap(of_governments(network, centre)).get("shared")


def parties_of_one_agreement(whole: nx.Graph, network: nx.Graph) -> tuple[tuple[Any, Any], ...]:
    """The pairs of rows that are parties to one agreement: they share its topics in any case."""
    parties: dict[str, list[Any]] = defaultdict(list)
    for row in rows_of(network):
        for agreement in agreements_of(whole, row):
            parties[agreement].append(row)
    return tuple(sorted({pair for rows in parties.values() for pair in combinations(rows, 2)}))


MODELS = ("rewired-two-mode", "bicm")
GRAINS = ("own", "broadest")
"""Topics as documents name them, and the broadest topic above each."""


@dataclass(frozen=True)
class PartnerTopics:
    """The topics of partner cities, compared with chance.

    centre: the city that was taken out ('' for none). shared: the average number of topics that two
    cities share. compared: by grain of topics and model. cities, topics: the pairs that share
    anything, the least likely by chance first.
    """

    network: nx.Graph
    centre: str
    shared: float
    compared: Mapping[tuple[str, str], Mapping[str, Comparison]]
    cities: list[SharedNeighbours]
    topics: list[SharedNeighbours]

    @property
    def partners(self) -> int:
        return sum(side == 0 for _, side in self.network.nodes(data="bipartite"))

    @property
    def draws(self) -> int:
        """The random samples of each comparison."""
        return max(each.draws for found in self.compared.values() for each in found.values())

    @property
    def is_inconclusive(self) -> bool:
        """Whether the samples are too few to decide whether topics are segregated."""
        return "inconclusive" in {self.result(grain) for grain, _ in self.compared}

    @property
    def validated(self) -> list[SharedNeighbours]:
        """The pairs of cities that share more topics than by chance."""
        return [pair for pair in self.cities if pair.is_validated]

    def checkerboards(self, grain: str, model: str = MODELS[0]) -> Comparison:
        return self.compared[grain, model]["checkerboards"]

    def ratio(self, grain: str, model: str = MODELS[0]) -> float | None:
        """The observed checkerboards divided by their average by chance."""
        compared = self.checkerboards(grain, model)
        return compared.observed / compared.mean if compared.mean else None

    def sides(self, grain: str) -> dict[str, str]:
        """By model: topics are `above` chance, `below`, `within`, or it is `inconclusive`."""
        return {model: _side(self.checkerboards(grain, model)) for model in MODELS}

    def result(self, grain: str) -> str:
        """What `sides` gives for both models; `unclear` where they differ."""
        sides = set(self.sides(grain).values())
        if "inconclusive" in sides:
            return "inconclusive"
        return sides.pop() if len(sides) == 1 else "unclear"


def _side(compared: Comparison) -> str:
    verdict = evaluate_single(compared)
    if verdict is Verdict.BEYOND:
        return "above" if compared.observed > compared.mean else "below"
    return str(verdict.value)


def partner_topics(
    whole: nx.Graph,
    draws: int,
    seed: int,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
    most: int = 0,
) -> PartnerTopics | None:
    """The topics of partner cities compared with chance; None where nothing can be rewired.

    whole: the network of actors and topics. draws, seed, cluster, progress, most: as in `compare`.
    """
    centre = centre_of(whole)
    network = of_governments(whole, centre)
    if not is_rewirable(network, "bipartite"):
        return None
    apart = parties_of_one_agreement(whole, network)
    compared = {}
    is_enough = partial(are_decided, names=["checkerboards"])
    for grain, topics in zip(GRAINS, (network, broadest(network)), strict=True):
        statistic = partial(overlap, apart=apart)
        for model in MODELS:
            progress(
                Message("topics of partner cities: {grain}, {model}", grain=grain, model=model)
            )
            chance = (draws, seed, cluster, progress, most, is_enough)
            values = compare(topics, statistic, model, *chance)
            # The average number of shared topics follows from the degrees.
            compared[grain, model] = {k: v for k, v in values.items() if k != "shared"}
    shared = overlap(network, apart).get("shared", 0.0)
    cities, topics_alike = (validated(network, side=side) for side in (0, 1))
    return PartnerTopics(network, centre, shared, compared, cities, topics_alike)


__all__ = [
    "GRAINS",
    "MODELS",
    "PartnerTopics",
    "agreements_of",
    "broadest",
    "centre_of",
    "mean_shared",
    "of_governments",
    "parties_of_one_agreement",
    "partner_topics",
    "rows_of",
    "without_documents",
]
