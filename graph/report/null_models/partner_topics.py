"""The topics of partner cities as a bipartite network, without the party to most agreements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import networkx as nx

from citypact.graph.analysis.bipartite import SharedNeighbours, validated
from citypact.graph.analysis.null_models import Comparison, compare, is_rewirable
from citypact.graph.analysis.overlap import overlap
from citypact.graph.analysis.partner_topics import (
    broadest,
    centre_of,
    of_governments,
    parties_of_one_agreement,
)
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
    apart = parties_of_one_agreement(whole, network)
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


__all__ = ["GRAINS", "MODELS", "PartnerTopics", "partner_topics"]
