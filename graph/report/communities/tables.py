"""Tables and the figure of the chapter on communities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.communities import Consensus
from citypact.graph.analysis.null_models import Comparison
from citypact.graph.charts.figure import Figure
from citypact.graph.networks.node_names import name
from citypact.graph.tables.table import ID, Column, Table, in_both, texts
from citypact.graph.text.bilingual import both

if TYPE_CHECKING:
    import networkx as nx

SHOWN = 12
"""How many communities the figure shows."""


def names(network: nx.Graph, part: Sequence[Any], language: str, most: int) -> str:
    """The best connected of a community by name."""
    first = sorted(part, key=lambda node: (-network.degree(node), node))[:most]
    return ", ".join(str(network.nodes[node].get(f"label_{language}", node)) for node in first)


def members_table(network: nx.Graph, found: Consensus) -> Table:
    rows = [
        {
            "id": str(node),
            **texts("label", name(network, node)),
            "community": at,
            "size": len(part),
            "certainty": found.certainty[node],
        }
        for at, part in enumerate(found.parts, 1)
        for node in part
    ]
    return Table(
        "communities-members",
        "군집과 구성원",
        "Communities and their members",
        (
            Column("community", "integer", "군집", "Community"),
            ID,
            *in_both("label", "구성원", "Member"),
            Column("size", "integer", "군집의 크기", "Size of the community"),
            Column("certainty", "number", "확실성", "Certainty"),
        ),
        ("id",),
        rows,
    )


def runs_table(
    found: Consensus, beside: Consensus, chance: Comparison | None, kinds: Comparison | None
) -> Table:
    rows: list[dict[str, Any]] = [
        {
            "algorithm": each.algorithm,
            "runs": each.runs,
            "parts": len(each.parts),
            "least": each.least,
            "mean": each.mean,
            "greatest": each.greatest,
            "consensus": each.modularity,
            "agreement": each.agreement,
            "information": each.information,
        }
        for each in (found, beside)
    ]
    for model, each in (("leiden, rewired", chance), ("leiden, rewired by kind", kinds)):
        if each is not None:
            rows.append({"algorithm": model, "runs": each.draws, "mean": each.mean})
    return Table(
        "communities-runs",
        "여러 번 찾은 결과와 그 일치",
        "Runs, and how far they agree",
        (
            Column("algorithm", "text", "알고리즘", "Algorithm"),
            Column("runs", "integer", "횟수", "Runs"),
            Column("parts", "integer", "합의한 군집 수", "Communities of the consensus"),
            Column("least", "number", "모듈도, 최소", "Modularity, least"),
            Column("mean", "number", "모듈도, 평균", "Modularity, mean"),
            Column("greatest", "number", "모듈도, 최대", "Modularity, greatest"),
            Column("consensus", "number", "모듈도, 합의", "Modularity, consensus"),
            Column("agreement", "number", "일치도", "Agreement (adjusted Rand)"),
            Column("information", "number", "상호정보", "Mutual information, normalised"),
        ),
        ("algorithm",),
        rows,
    )


def sizes_figure(network: nx.Graph, found: Consensus) -> Figure:
    parts = [part for part in found.parts if len(part) > 1][:SHOWN]

    def draw(language: str) -> Any:
        import altair as alt

        values = [
            {
                "community": f"{at}. {names(network, part, language, 2)}",
                "size": len(part),
                "certainty": sum(found.certainty[node] for node in part) / len(part),
            }
            for at, part in enumerate(parts, 1)
        ]
        size = both("구성원의 수", "Members")[language]
        sure = both("확실성의 평균", "Mean certainty")[language]
        return (
            alt.Chart(alt.Data(values=values))
            .mark_bar()
            .encode(
                x=alt.X("size:Q", title=size),
                y=alt.Y("community:N", sort=[value["community"] for value in values], title=None),
                color=alt.Color(
                    "certainty:Q",
                    title=sure,
                    scale=alt.Scale(domain=[0.5, 1], range=["#cfe3f1", "#0072b2"]),
                ),
                tooltip=[
                    alt.Tooltip("community:N", title=both("군집", "Community")[language]),
                    alt.Tooltip("size:Q", title=size),
                    alt.Tooltip("certainty:Q", title=sure, format=".2f"),
                ],
            )
            .properties(width=520, height=alt.Step(24))
        )

    return Figure(
        "communities-sizes",
        both("군집의 크기와 확실성", "Sizes of communities, and how certain they are"),
        both(
            "막대는 군집의 구성원 수이고, 진할수록 구성원이 늘 함께 있습니다. 이름은 연결이 가장 "
            "많은 두 곳입니다.",
            "Bars are numbers of members; the darker, the more often they are together. Names are "
            "those of the two with most ties.",
        ),
        draw,
    )


__all__ = ["members_table", "names", "runs_table", "sizes_figure"]
