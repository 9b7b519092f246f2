"""The topics of partner cities as a two-mode network, without the party to most agreements."""

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
from citypact.graph.report.shared.significance import Verdict, judge_alone

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

MODELS = ("rewired-two-mode", "bicm")


@dataclass(frozen=True)
class PartnerTopics:
    """What the topics of partner cities are, beside chance.

    centre: who was taken out ('' for nobody). shared: mean number of topics that two cities share.
    compared: by the grain of topics (`own` as documents have them, `broadest`) and model, values
    beside chance. cities, topics: the pairs that share anything, the least likely first.
    """

    network: nx.Graph
    centre: str
    shared: float
    compared: Mapping[tuple[str, str], Mapping[str, Comparison]]
    cities: list[SharedNeighbours]
    topics: list[SharedNeighbours]

    def sides(self, grain: str, name: str) -> dict[str, str]:
        """Where a value is beside each model: `above` chance, `below`, `within`, or `untold`."""
        return {model: _side(self.compared[grain, model].get(name)) for model in MODELS}

    def beyond(self, grain: str, name: str) -> str:
        """What `sides` has of both models, `unclear` where they differ."""
        found = set(self.sides(grain, name).values())
        if "untold" in found:
            return "untold"
        return found.pop() if len(found) == 1 else "unclear"

    @property
    def is_untold(self) -> bool:
        """Whether too few draws were made to tell whether topics are set apart."""
        return "untold" in {self.beyond(grain, "checkerboards") for grain, _ in self.compared}

    @property
    def draws(self) -> int:
        """How many networks by chance were drawn for each comparison."""
        return max(each.draws for found in self.compared.values() for each in found.values())


def _side(each: Comparison | None) -> str:
    if each is None:
        return "untold"
    verdict = judge_alone(each)
    if verdict is Verdict.BEYOND:
        return "above" if each.observed > each.mean else "below"
    return str(verdict.value)


def partner_topics(study: Study) -> PartnerTopics | None:
    """The topics of partner cities beside chance; None where too few have any to tell."""
    whole = study.network("topics")
    centre = centre_of(whole)
    network = of_governments(whole, centre)
    if not is_rewirable(network, "bipartite"):
        return None
    apart = _parties_of_one(whole, network)
    compared = {}
    for grain, each in (("own", network), ("broadest", broadest(network))):
        statistic = partial(overlap, apart=apart)
        for model in MODELS:
            study.progress(f"topics of partner cities: {grain}, {model}")
            found = compare(
                each, statistic, model, study.draws, study.seed, study.cluster, study.progress
            )
            # How many topics are shared in the mean follows from degrees.
            compared[grain, model] = {k: v for k, v in found.items() if k != "shared"}
    return PartnerTopics(
        network,
        centre,
        overlap(network, apart).get("shared", 0.0),
        compared,
        validated(network, side=0),
        validated(network, side=1),
    )


def of_governments(network: nx.Graph, centre: str = "") -> nx.Graph:
    """City governments but one, and the topics of their agreements, in sorted order."""
    rows = [
        node
        for node in _rows(network)
        if node != centre and network.nodes[node].get("kind") == "government" and network[node]
    ]
    found = nx.Graph()
    for node in (*rows, *sorted({topic for row in rows for topic in network[row]})):
        found.add_node(node, **network.nodes[node])
    found.add_edges_from((row, topic) for row in rows for topic in sorted(network[row]))
    return found


def broadest(network: nx.Graph) -> nx.Graph:
    """The same with the broadest topic above each instead of it."""
    found = nx.Graph()
    rows = _rows(network)
    found.add_nodes_from((row, network.nodes[row]) for row in rows)
    above = {
        node: str(data.get("top_topic", node))
        for node, data in network.nodes(data=True)
        if data["bipartite"] == 1
    }
    found.add_nodes_from(sorted(set(above.values())), bipartite=1)
    found.add_edges_from((row, above[topic]) for row in rows for topic in network[row])
    return found


def mean_shared(network: nx.Graph, centre: str) -> float | None:
    """The mean number of topics that two partner cities share; None where there are no two."""
    return overlap(of_governments(network, centre)).get("shared")


def _parties_of_one(whole: nx.Graph, network: nx.Graph) -> tuple[tuple[Any, Any], ...]:
    """The pairs of rows that are parties to one agreement: they share its topics in any case."""
    parties: dict[str, list[Any]] = defaultdict(list)
    for row in _rows(network):
        for agreement in _agreements(whole, row):
            parties[agreement].append(row)
    return tuple(sorted({pair for rows in parties.values() for pair in combinations(rows, 2)}))


__all__ = [
    "MODELS",
    "PartnerTopics",
    "broadest",
    "mean_shared",
    "of_governments",
    "partner_topics",
]
