"""The chapter on communities: how many there are, how stable they are, whether they are real."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.communities import (
    NAMED,
    Communities,
    Consensus,
    best_connected,
    consensus,
    leiden_modularity,
    number_of_communities,
)
from citypact.graph.analysis.null_models import Comparison
from citypact.graph.analysis.significance import draws_needed, evaluate_single
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.report.shared.chance import (
    comparison_row,
    features_by_chance,
    strictest_model,
)
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import joined

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

RUNS = 100
"""How many partitions are drawn at most; fewer where the study draws fewer."""
SHOWN = 12
"""How many communities the figure shows."""


def communities(study: Study) -> Finding:
    """The communities of the network under study."""
    network, name = study.simple(), study.network_name
    if not network.number_of_edges():
        return Prose(study, "communities", None).finding({})
    runs = min(RUNS, study.draws)
    leiden, louvain = (
        consensus(network, algorithm, runs, study.seed, study.cluster, study.progress)
        for algorithm in ("leiden", "louvain")
    )
    f = Communities(network, leiden)
    model = strictest_model(study)
    compared = features_by_chance(study, model)["modularity"] if model else None
    prose = Prose(
        study,
        "communities",
        f,
        model=model,
        compared=compared,
        verdict=evaluate_single,
        needed=draws_needed(),
    )
    place = {node: at for at, part in enumerate(leiden.parts[:NAMED]) for node in part}
    return prose.finding(
        {"runs": runs, "seed": study.seed} | ({"draws": compared.draws} if compared else {}),
        [
            prose.headline("modularity", name, leiden_modularity),
            prose.headline("communities", name, number_of_communities, unit="communities"),
        ],
        [
            _members(prose, leiden),
            _largest(prose, f),
            _runs(prose, [leiden, louvain], model, compared),
        ],
        [_sizes(study, prose, f)],
        # The ties inside the communities that are described.
        study.sources(only=lambda edge: edge[0] in place and place[edge[0]] == place.get(edge[1])),
        primary=prose.primary_test(compared.p, compared.draws) if compared else None,
    )


def _members(prose: Prose, found: Consensus) -> DataTable:
    rows = [
        {"id": node, "community": at, "size": len(part), "certainty": found.certainty[node]}
        for at, part in enumerate(found.parts, 1)
        for node in part
    ]
    return prose.table("members", rows)


def _largest(prose: Prose, f: Communities) -> DataTable:
    """The largest communities with the actor that the others are tied to."""
    rows = [
        {"community": at, "size": each.size}
        | ({"centre": each.centre, "tied": each.tied} if each.centre else {})
        for at, each in enumerate(f.largest, 1)
    ]
    return prose.table("largest", rows)


def _runs(prose: Prose, runs: list[Consensus], model: str, chance: Comparison | None) -> DataTable:
    rows: list[tuple[Any, ...]] = [
        ({"parts": len(each.parts), "consensus": each.modularity}, each) for each in runs
    ]
    if chance:
        named = {"algorithm": f"leiden, {model}", "runs": chance.draws}
        rows.append((named, *comparison_row(chance, model)))
    return prose.table("runs", rows)


def _sizes(study: Study, prose: Prose, f: Communities) -> Figure:
    """Communities by size, shaded by the average certainty of their members."""
    rows = []
    for at, part in enumerate(f.parts[:SHOWN], 1):
        names = joined(*(study.label(node) for node in best_connected(f.network, part)[:2]))
        rows.append(
            {
                "community": {language: f"{at}. {text}" for language, text in names.items()},
                "size": len(part),
                "certainty": sum(f.consensus.certainty[node] for node in part) / len(part),
            }
        )
    draw = charts.bars(
        rows,
        "size=number_of_members",
        "community",
        is_horizontal=True,
        shade="certainty=mean_certainty:.2f",
        scale={"domain": [0.5, 1], "range": ["#cfe3f1", charts.BLUE]},
        size=(520, 0),
    )
    return prose.figure("sizes", draw)


__all__ = ["communities"]
