"""Null models of a study: how many random samples are drawn, and comparisons as rows of tables."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.features import standard
from citypact.graph.analysis.null_models import Comparison, Statistic, compare
from citypact.graph.report.shared.places import places_of
from citypact.graph.tables.catalogue import column
from citypact.ontology.errors import Message

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

LARGE, FEW = 2000, 100
"""For networks with more nodes at most so many random samples are drawn."""

MODELS = {
    "rewired": "rewired",
    "rewired-by-kind": "rewired_by_kind",
    "configuration": "configuration",
    "rewired-two-mode": "rewired_two_mode",
    "bicm": "bicm",
}
"""The columns that explain the null models of `graph.analysis.null_models`."""


def by_chance(
    study: Study, network: nx.Graph, statistic: Statistic, model: str
) -> dict[str, Comparison]:
    """The statistics of a network compared with random networks of a null model."""
    study.progress(Message("null model {model}", model=model))
    draws = min(study.draws, FEW) if len(network) > LARGE else study.draws
    return compare(network, statistic, model, draws, study.seed, study.cluster, study.progress)


def features_by_chance(study: Study, model: str) -> dict[str, Comparison]:
    """The features of the network under study compared with a null model, once for a study."""
    if model not in study.compared:
        attributes = ("country", "continent", *(["kind"] if study.network_name == "actors" else []))
        statistic = partial(standard, attributes=attributes)
        network = _with_continents(study)
        study.compared[model] = by_chance(study, network, statistic, model)
    return study.compared[model]


def _with_continents(study: Study) -> nx.Graph:
    network = study.simple().copy()
    where = places_of(study, study.network_name)
    for node, continent in zip(where.nodes, where.labels("continent"), strict=True):
        if continent and node in network:
            network.nodes[node]["continent"] = continent
    return network


def comparison_row(compared: Comparison, model: str) -> dict[str, Any]:
    """A comparison as the row of a table: the model, what was observed, and what by chance."""
    return {
        "model": column(MODELS[model]).title,
        "observed": compared.observed,
        "mean": compared.mean,
        "deviation": compared.deviation,
        "z": compared.z,
        "p": compared.p,
        "draws": compared.draws,
    }


__all__ = ["FEW", "LARGE", "by_chance", "comparison_row", "features_by_chance"]
