"""The chapter on null models: what the network has beyond what degrees alone produce."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import networkx as nx

from citypact.graph.analysis.bipartite import SharedNeighbours
from citypact.graph.analysis.null_models import Comparison
from citypact.graph.analysis.partner_topics import PartnerTopics, mean_shared, partner_topics
from citypact.graph.analysis.significance import (
    LEVEL,
    ModelResult,
    draws_needed,
    evaluate_all,
    model_result,
)
from citypact.graph.analysis.structure import assortativity
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.report.shared.chance import (
    TESTED,
    comparison_row,
    features_by_chance,
    strictest_model,
)
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.primary_tests import PrimaryTest
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.catalogue import column
from citypact.graph.tables.table import DataTable

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

Compared = Mapping[str, Comparison]
"""Features compared with chance, by name."""

FEATURES = ("edges", "components", "triangles", *TESTED[1:])
"""All features of the table, by their columns."""
MOST = 2000
"""How many rows a table of pairs has at most."""


@dataclass(frozen=True)
class NullModelFindings:
    """What the answer says.

    ties: of the simple network. model: the null model, '' where the network cannot be rewired;
    result: what it says. star: the node with a part in all ties of such a network.
    """

    ties: int
    model: str = ""
    result: ModelResult | None = None
    star: str | None = None
    topics: PartnerTopics | None = None
    too_few: tuple[int, int] | None = None

    @property
    def draws_needed(self) -> int:
        return draws_needed(self.too_few[1]) if self.too_few else draws_needed()


def null_models(study: Study) -> Finding:
    """Which features of the network under study chance does not produce, given its degrees."""
    network, name = study.simple(), study.network_name
    if not network.number_of_edges():
        return Prose(study, "null-models", NullModelFindings(0)).finding({})
    model = strictest_model(study)
    compared = features_by_chance(study, model) if model else {}
    whole = study.network("topics")
    chance = (study.draws, study.seed, study.cluster, study.progress, study.most_draws)
    topics = partner_topics(whole, *chance)
    findings = find(network, model, compared, topics)
    prose = Prose(study, "null-models", findings, single_test_needs=draws_needed())
    headlines = [prose.headline("assortativity", name, assortativity)]
    if topics:
        shared = partial(mean_shared, centre=topics.centre)
        headlines.append(prose.headline("shared-topics", "topics", shared, unit="topics"))
    drawn = {each.draws for each in compared.values()}
    draws = max(drawn, default=study.draws)
    has_chance = bool(drawn or topics)
    return prose.finding(
        {"seed": study.seed, "draws": draws, "level": LEVEL} if has_chance else {},
        headlines,
        [
            _features(prose, model, compared),
            *([_overlap(prose, topics)] if topics else []),
            _counts(prose, findings),
            *([prose.table("cities", topics.cities[:MOST])] if topics else []),
            *([prose.table("topics", topics.topics[:MOST])] if topics else []),
        ],
        [
            *([_deviations(prose, compared)] if compared else []),
            *([_shared(study, prose, topics.cities)] if topics and topics.cities else []),
        ],
        {
            iri
            for network_name in (name, *(["topics"] if topics else []))
            for known in study.documents(network_name).values()
            for iri in known
        },
        primary=_primary(prose, compared),
    )


def _primary(prose: Prose, compared: Compared) -> PrimaryTest | None:
    """The test of transitivity, if there is one."""
    found = compared.get("transitivity")
    return prose.primary_test(found.p, found.draws) if found and found.z is not None else None


def find(
    network: nx.Graph, model: str, compared: Compared, topics: PartnerTopics | None
) -> NullModelFindings:
    """What the answer says of a network with ties."""
    result = model_result(_tested(compared)) if compared else None
    # One caution for all: with as many samples as the most tests need.
    too_few = [result.inconclusive] if result and result.inconclusive else []
    if topics and topics.is_inconclusive:
        too_few.append((topics.draws, 1))
    first = max(network, key=lambda node: network.degree(node))
    is_star = not compared and network.degree(first) == network.number_of_edges()
    return NullModelFindings(
        network.number_of_edges(),
        model,
        result,
        first if is_star else None,
        topics,
        max(too_few, key=lambda each: each[1], default=None),
    )


def _tested(compared: Compared) -> Compared:
    return {name: compared[name] for name in TESTED if name in compared}


def _features(prose: Prose, model: str, compared: Compared) -> DataTable:
    tests = evaluate_all(_tested(compared))
    rows: list[tuple[Any, ...]] = []
    for feature in FEATURES:
        if feature in compared:
            named, found = comparison_row(compared[feature], model)
            test = tests.get(feature)
            result = {"adjusted": test and test.p, "error": test and test.error}
            rows.append(({"id": f"{feature}/{model}", "feature": feature} | named | result, found))
    return prose.table("features", rows)


def _overlap(prose: Prose, topics: PartnerTopics) -> DataTable:
    rows = [
        (
            {"id": f"{grain}/{model}/{feature}", "grain": grain, "feature": feature},
            *comparison_row(compared[feature], model),
        )
        for (grain, model), compared in topics.compared.items()
        for feature in sorted(compared)
    ]
    return prose.table("overlap", rows)


def _counts(prose: Prose, found: NullModelFindings) -> DataTable:
    result, topics = found.result, found.topics
    counts: dict[str, float | int | None] = {}
    if result:
        counts |= {"tested": result.tested, "differing": len(result.beyond)}
    if topics:
        counts |= {
            "partners": topics.partners,
            "shared": topics.shared,
            "validated": len(topics.validated),
        }
        counts |= {
            f"ratio-{grain}-{model}": topics.ratio(grain, model) for grain, model in topics.compared
        }
    return prose.counts(counts)


def _deviations(prose: Prose, compared: Compared) -> Figure:
    """How far each feature is from the average by chance, in standard deviations."""
    rows = [
        {"feature": column(name).title, "z": each.z, "observed": each.observed, "mean": each.mean}
        for name, each in _tested(compared).items()
        if each.z is not None
    ]
    draw = charts.points(
        rows,
        "z=deviations_from_chance:.2f",
        "feature",
        region=(-2, 2),
        size=(520, 0),
        step=30,
        tooltips=("observed:.4~g", "mean=expected_average:.4~g"),
    )
    return prose.figure("features", draw)


def _shared(study: Study, prose: Prose, pairs: Sequence[SharedNeighbours]) -> Figure:
    """The topics that two cities share, by their average by chance."""
    rows = []
    for pair in pairs[:MOST]:
        one, other = study.label(pair.one), study.label(pair.other)
        rows.append(
            {
                "pair": {language: f"{one[language]} – {other[language]}" for language in one},
                "shared": pair.shared,
                "expected": round(pair.expected, 4),
                "p": pair.p,
            }
        )
    draw = charts.points(
        rows,
        "expected=expected_average:.2f",
        "shared=topics_shared",
        is_category=False,
        opacity=0.45,
        diagonal=max(max(pair.shared, pair.expected) for pair in pairs[:MOST]),
        size=(520, 340),
        tooltips=("pair=cities", "p:.2~g"),
    )
    return prose.figure("cities", draw)


__all__ = ["find", "null_models"]
