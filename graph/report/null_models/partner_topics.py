"""The topics of partner cities as a bipartite network, without the party to most agreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

import networkx as nx

from citypact.graph.analysis.bipartite import SharedNeighbours, validated
from citypact.graph.analysis.null_models import Comparison, compare, is_rewirable
from citypact.graph.analysis.overlap import overlap
from citypact.graph.report.shared.agreement_topics import _agreements, _rows, centre_of
from citypact.graph.report.shared.significance import Verdict, evaluate_single

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

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


def partner_topics(study: Study) -> PartnerTopics | None:
    """The topics of partner cities compared with chance; None where nothing can be rewired."""
    whole = study.network("topics")
    centre = centre_of(whole)
    network = of_governments(whole, centre)
    if not is_rewirable(network, "bipartite"):
        return None
    apart = _parties_of_one(whole, network)
    compared = {}
    for grain, topics in zip(GRAINS, (network, broadest(network)), strict=True):
        statistic = partial(overlap, apart=apart)
        for model in MODELS:
            study.progress(f"topics of partner cities: {grain}, {model}")
            values = compare(
                topics, statistic, model, study.draws, study.seed, study.cluster, study.progress
            )
            # The average number of shared topics follows from the degrees.
            compared[grain, model] = {k: v for k, v in values.items() if k != "shared"}
    shared = overlap(network, apart).get("shared", 0.0)
    cities, topics_alike = (validated(network, side=side) for side in (0, 1))
    return PartnerTopics(network, centre, shared, compared, cities, topics_alike)


def of_governments(network: nx.Graph, centre: str = "") -> nx.Graph:
    """City governments but one, and the topics of their agreements, in sorted order."""
    rows = [
        node
        for node in _rows(network)
        if node != centre and network.nodes[node].get("kind") == "government" and network[node]
    ]
    topics = sorted({topic for row in rows for topic in network[row]})
    governments = nx.Graph()
    governments.add_nodes_from((node, network.nodes[node]) for node in (*rows, *topics))
    governments.add_edges_from((row, topic) for row in rows for topic in sorted(network[row]))
    return governments


def broadest(network: nx.Graph) -> nx.Graph:
    """The same with the broadest topic above each instead of it."""
    rows, by_field = _rows(network), nx.Graph()
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


def _parties_of_one(whole: nx.Graph, network: nx.Graph) -> tuple[tuple[Any, Any], ...]:
    """The pairs of rows that are parties to one agreement: they share its topics in any case."""
    parties: dict[str, list[Any]] = defaultdict(list)
    for row in _rows(network):
        for agreement in _agreements(whole, row):
            parties[agreement].append(row)
    return tuple(sorted({pair for rows in parties.values() for pair in combinations(rows, 2)}))


__all__ = [
    "GRAINS",
    "MODELS",
    "PartnerTopics",
    "broadest",
    "mean_shared",
    "of_governments",
    "partner_topics",
]
