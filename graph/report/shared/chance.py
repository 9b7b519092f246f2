"""Null models of a study: how many random samples are drawn, and comparisons as rows of tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from citypact.graph.analysis.draws import until_decided
from citypact.graph.analysis.features import standard
from citypact.graph.analysis.null_models import Comparison, Statistic, compare, is_rewirable
from citypact.graph.analysis.significance import (
    SampledTest,
    are_decided,
    least_p,
    monte_carlo_error,
)
from citypact.ontology.errors import Message

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

Test = TypeVar("Test", bound=SampledTest)

LARGE, FEW = 2000, 100
"""For networks with more nodes so many random samples are drawn at first."""
TESTED = (
    *("components", "transitivity", "assortativity", "mean_distance", "modularity"),
    *("within_country", "within_continent", "within_kind"),
)
"""The features that are tested together, in the order of tables and figures."""


def rounds(study: Study, nodes: int) -> tuple[int, int]:
    """With how many random networks of so many nodes to begin, and how many to draw at most.

    Of large networks a draw takes a second: they begin with `FEW`, and take as many as the study
    asks for while a test is undecided; others begin with those, and take `study.most_draws`.
    """
    if nodes > LARGE:
        return min(study.draws, FEW), study.draws
    return study.draws, study.most_draws


def sampled(study: Study, test: Callable[[int], Test | None]) -> Test | None:
    """A test with as many random samples as the study asks for, or more while it is undecided.

    test: gives it from so many samples; None where there is nothing to test.
    """
    return until_decided(
        study.draws, study.most_draws, test, lambda found: found is None or found.is_decided
    )


def by_chance(
    study: Study, network: nx.Graph, statistic: Statistic, model: str, tested: Sequence[str] = ()
) -> dict[str, Comparison]:
    """The statistics of a network compared with random networks of a null model.

    tested: those whose tests decide how many are drawn; all where not given.
    """
    study.progress(Message("null model {model}", model=model))
    draws, most = rounds(study, len(network))
    is_enough = partial(are_decided, names=tested)
    chance = (draws, study.seed, study.cluster, study.progress, most, is_enough)
    return compare(network, statistic, model, *chance)


def strictest_model(study: Study, name: str = "") -> str:
    """The null model that keeps most of the form of a network; '' where no tie can be rewired.

    Where some have a list of their own, it keeps the ties to those with and without one, as ties
    among the others are not collected. Among actors it keeps the ties to each kind of actor: lists
    of members join cities and networks alone, so that nearly everything differs from a model
    without kinds.
    """
    name = name or study.network_name
    network = study.simple(name)
    if study.own_partners(name):
        return "rewired-by-list" if is_rewirable(study.collected(name), "collected") else ""
    if name == "actors" and is_rewirable(network, "kind"):
        return "rewired-by-kind"
    return "rewired" if is_rewirable(network) else ""


def features_by_chance(study: Study, model: str) -> dict[str, Comparison]:
    """The features of the network under study compared with a null model, once for a study."""
    if model not in study.compared:
        attributes = ("country", "continent", *(["kind"] if study.network_name == "actors" else []))
        statistic = partial(standard, attributes=attributes)
        network = _with_continents(study)
        study.compared[model] = by_chance(study, network, statistic, model, TESTED)
    return study.compared[model]


def _with_continents(study: Study) -> nx.Graph:
    network = study.collected().copy()
    where = study.places()
    for node, continent in zip(where.nodes, where.labels("continent"), strict=True):
        if continent and node in network:
            network.nodes[node]["continent"] = continent
    return network


def comparison_row(compared: Comparison, model: str) -> tuple[dict[str, Any], Comparison]:
    """A comparison as parts of the row of a table: the null model, and what it gives."""
    error = monte_carlo_error(compared.p, least_p(compared.draws))
    return {"model": model.replace("-", "_"), "error": error}, compared


__all__ = [
    "TESTED",
    "by_chance",
    "comparison_row",
    "features_by_chance",
    "rounds",
    "sampled",
    "strictest_model",
]
