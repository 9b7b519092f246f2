"""Networks by chance beside the one under study: how many a chapter draws, and what they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.analysis.null_models import Comparison, Statistic, compare

if TYPE_CHECKING:
    import networkx as nx

    from graph.report.study import Study

LARGE, FEW = 2000, 100
"""Networks with more nodes are drawn by chance less often, at most so many times."""
ENOUGH = 39
"""Networks by chance from which a p of both sides can be 5 %."""
LEVEL = 0.05
"""A p up to which a chapter says that something is other than chance."""


def by_chance(
    study: Study, network: nx.Graph, statistic: Statistic, model: str, chapter: str
) -> dict[str, Comparison]:
    """The statistics of a network beside those of networks by chance; `chapter` is told of."""
    study.progress(f"{chapter}: {model}")
    draws = min(study.draws, FEW) if len(network) > LARGE else study.draws
    return compare(network, statistic, model, draws, study.seed, study.cluster, study.progress)


__all__ = ["ENOUGH", "FEW", "LARGE", "LEVEL", "by_chance"]
