"""The chapter on cliques: which actors are all tied to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.groups import (
    LEAST,
    Cliques,
    closed_groups,
    largest_clique,
    share_in_cliques,
)
from citypact.graph.analysis.null_models import Comparison
from citypact.graph.analysis.significance import draws_needed, evaluate_single
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.report.shared.chance import by_chance, comparison_row, strictest_model
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.table import DataTable

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

KEPT = 2000
"""How many cliques the table holds."""
FEATURES = {"groups": "clique_groups", "largest": "clique_largest", "inside": "clique_inside"}
"""The columns that explain the features of `closed_groups`."""


Compared = Mapping[str, Comparison]
"""Comparisons with the null model, by feature."""


def groups(study: Study) -> Finding:
    """Which actors of the network under study form cliques."""
    network, name = study.collected(), study.network_name
    f, model = Cliques(network, study.network()), strictest_model(study)
    compared = by_chance(study, network, closed_groups, model, ["groups"]) if model else {}
    draws = max((each.draws for each in compared.values()), default=0)
    prose = Prose(
        study,
        "groups",
        f,
        compared=compared,
        verdict=evaluate_single,
        needed=draws_needed(),
    )
    largest = set(f.cliques[0]) if f.cliques else set()
    return prose.finding(
        {"k": LEAST, "least": LEAST} | ({"draws": draws, "seed": study.seed} if draws else {}),
        [
            prose.headline("largest-clique", name, largest_clique, unit="actors"),
            prose.headline("in-cliques", name, share_in_cliques),
        ],
        [*_tables(prose, f, model, compared), _counts(prose, f)],
        [_sizes(prose, f)] if largest else [],
        study.sources(only=lambda edge: largest.issuperset(edge[:2])) if largest else (),
    )


def _tables(prose: Prose, f: Cliques, model: str, compared: Compared) -> list[DataTable]:
    def row(number: int, members: Sequence[Any], **more: int) -> dict[str, Any]:
        return {"number": number, "size": len(members), "members": list(members), **more}

    cliques = [row(at, clique) for at, clique in enumerate(f.cliques[:KEPT], 1)]
    overlapping = [
        row(at, group.members, cliques=group.cliques)
        for at, group in enumerate(f.overlapping[:KEPT], 1)
    ]
    chance = [
        ({"id": f"{feature}/{model}", "feature": FEATURES[feature]}, *comparison_row(each, model))
        for feature, each in compared.items()
    ]
    return [
        prose.table("cliques", cliques),
        prose.table("overlapping", overlapping),
        prose.table("chance", chance),
    ]


def _counts(prose: Prose, f: Cliques) -> DataTable:
    if not f.cliques:
        return prose.counts({})
    return prose.counts(
        {
            "actors": len(f.network),
            "in-cliques": len(f.memberships),
            "of-one-agreement": f.of_one_agreement,
        }
    )


def _sizes(prose: Prose, f: Cliques) -> Figure:
    """The number of cliques by size: points, as lengths mean nothing on a logarithmic scale."""
    rows = [{"size": size, "number": number} for size, number in sorted(f.sizes.items())]
    draw = charts.points(
        rows,
        "size=clique_size",
        "number=clique_groups:,d",
        is_category=False,
        is_ordinal=True,
        text="number:,d",
        y_scale={"type": "log", "domain": [0.8, 1.6 * max(f.sizes.values())], "nice": False},
        size=(charts.WIDTH, 240),
    )
    return prose.figure("sizes", draw)


__all__ = ["groups"]
