"""Tables and figures of the chapter on null models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.bipartite import SharedNeighbours
from citypact.graph.analysis.null_models import Comparison
from citypact.graph.charts.figure import Figure
from citypact.graph.networks.node_names import name
from citypact.graph.report.null_models import words as say
from citypact.graph.report.shared.significance import MODELS, VALUES, Judged
from citypact.graph.tables.table import ID, Column, Table, in_both, texts
from citypact.graph.text.bilingual import Words, both

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.null_models.partner_topics import PartnerTopics

Row = dict[str, Any]
MOST = 2000
"""Rows of a table of pairs at most."""
COLOURS = {"rewired": "#0072b2", "rewired-by-kind": "#c75300"}
GRAINS = {
    "own": both("문서가 적은 분야", "As documents name them"),
    "broadest": both("가장 넓은 분야", "Broadest topics"),
}


def tables(
    found: Mapping[str, Mapping[str, Comparison]],
    judged: Mapping[str, Mapping[str, Judged]],
    topics: PartnerTopics | None,
) -> list[Table]:
    """All tables of the chapter."""
    made = []
    if found:
        made.append(_features(found, judged))
    if topics:
        made.append(_overlap(topics))
        made.append(
            _pairs(
                topics.network,
                "null-models-cities",
                both("분야를 함께 다루는 도시 쌍", "Pairs of cities that share topics"),
                both("도시", "City"),
                topics.cities,
            )
        )
        made.append(
            _pairs(
                topics.network,
                "null-models-topics",
                both("도시를 함께 갖는 분야 쌍", "Pairs of topics that share cities"),
                both("분야", "Topic"),
                topics.topics,
            )
        )
    return made


def _values(each: Comparison) -> dict[str, Any]:
    row: dict[str, Any] = {
        "observed": each.observed,
        "mean": each.mean,
        "deviation": each.deviation,
        "p": each.p,
        "draws": each.draws,
    }
    return row if each.z is None else row | {"z": each.z}


def _features(
    found: Mapping[str, Mapping[str, Comparison]], judged: Mapping[str, Mapping[str, Judged]]
) -> Table:
    rows = []
    for feature in say.FEATURES:
        for model in found:
            if each := found[model].get(feature):
                row: Row = {"id": f"{feature}/{model}", **texts("feature", say.FEATURES[feature])}
                row |= texts("model", MODELS[model]) | _values(each)
                if feature in judged[model]:
                    row["adjusted"] = judged[model][feature].p
                rows.append(row)
    return Table(
        "null-models-features",
        "특징과 우연",
        "Features beside chance",
        (
            ID,
            *in_both("feature", "특징", "Feature"),
            *in_both("model", "모형", "Model"),
            *VALUES,
            Column("adjusted", "number", "바로잡은 p", "Adjusted p"),
            Column("draws", "integer", "횟수", "Draws"),
        ),
        ("id",),
        rows,
    )


def _overlap(topics: PartnerTopics) -> Table:
    rows = []
    for (grain, model), compared in topics.compared.items():
        for feature in sorted(compared):
            row = {"id": f"{grain}/{model}/{feature}", **texts("grain", GRAINS[grain])}
            row |= texts("feature", say.FEATURES[feature]) | texts("model", MODELS[model])
            rows.append(row | _values(compared[feature]))
    return Table(
        "null-models-overlap",
        "협력 도시들의 분야와 우연",
        "Topics of partner cities beside chance",
        (
            ID,
            *in_both("grain", "분야", "Topics"),
            *in_both("feature", "특징", "Feature"),
            *in_both("model", "모형", "Model"),
            *VALUES,
            Column("draws", "integer", "횟수", "Draws"),
        ),
        ("id",),
        rows,
    )


def _pairs(
    network: nx.Graph, table: str, title: Words, what: Words, pairs: Sequence[SharedNeighbours]
) -> Table:
    rows = [
        {
            "one_id": pair.one,
            **texts("one", name(network, pair.one)),
            "other_id": pair.other,
            **texts("other", name(network, pair.other)),
            "shared": pair.shared,
            "expected": pair.expected,
            "p": pair.p,
            "adjusted": pair.adjusted,
        }
        for pair in pairs[:MOST]
    ]
    return Table(
        table,
        title["ko"],
        title["en"],
        (
            Column("one_id", "text", "식별자(IRI)", "Identifier (IRI)"),
            *in_both("one", what["ko"], what["en"]),
            Column("other_id", "text", "식별자(IRI)", "Identifier (IRI)"),
            *in_both("other", what["ko"], what["en"]),
            Column("shared", "integer", "함께 가진 수", "Shared"),
            Column("expected", "number", "우연의 평균", "Mean by chance"),
            Column("p", "number", "p", "p"),
            Column("adjusted", "number", "바로잡은 p", "Adjusted p"),
        ),
        ("one_id", "other_id"),
        rows,
    )


# Figures


def figures(
    found: Mapping[str, Mapping[str, Comparison]], topics: PartnerTopics | None
) -> list[Figure]:
    """All figures of the chapter."""
    made = []
    if found:
        made.append(_distances(found))
    if topics and topics.cities:
        made.append(_shared(topics.network, topics.cities))
    return made


def _distances(found: Mapping[str, Mapping[str, Comparison]]) -> Figure:
    def draw(language: str) -> Any:
        import altair as alt

        models = [model for model in COLOURS if model in found]
        values = [
            {
                "feature": say.FEATURES[feature][language],
                "model": MODELS[model][language],
                "z": each.z,
                "observed": each.observed,
                "mean": each.mean,
            }
            for feature in say.MORE
            for model in models
            if (each := found[model].get(feature)) and each.z is not None
        ]
        order = [say.FEATURES[feature][language] for feature in say.MORE]
        within = both("우연에서 흔한 범위", "Common by chance")[language]
        x = both("관찰과 우연의 차이(표준편차, z)", "Observed less mean by chance (deviations, z)")
        band = (
            alt.Chart(alt.Data(values=[{"from": -2, "to": 2, "what": within}]))
            .mark_rect(color="#999999", opacity=0.25)
            .encode(x=alt.X("from:Q"), x2="to:Q", tooltip=alt.Tooltip("what:N", title=" "))
        )
        names = both("모형", "Model"), both("관찰", "Observed"), both("우연의 평균", "Mean")
        model, observed, mean = (each[language] for each in names)
        points = (
            alt.Chart(alt.Data(values=values))
            .mark_point(filled=True, size=90, opacity=1)
            .encode(
                x=alt.X("z:Q", title=x[language]),
                y=alt.Y("feature:N", sort=order, title=None),
                color=alt.Color(
                    "model:N",
                    title=model,
                    scale=alt.Scale(
                        domain=[MODELS[each][language] for each in models],
                        range=[COLOURS[each] for each in models],
                    ),
                ),
                shape=alt.Shape(
                    "model:N",
                    title=model,
                    scale=alt.Scale(
                        domain=[MODELS[each][language] for each in models],
                        range=["circle", "diamond"][: len(models)],
                    ),
                ),
                tooltip=[
                    alt.Tooltip("feature:N", title=both("특징", "Feature")[language]),
                    alt.Tooltip("model:N", title=model),
                    alt.Tooltip("z:Q", title="z", format=".2f"),
                    alt.Tooltip("observed:Q", title=observed, format=".4~g"),
                    alt.Tooltip("mean:Q", title=mean, format=".4~g"),
                ],
            )
        )
        return (band + points).properties(width=520, height=alt.Step(30))

    return Figure(
        "null-models-features",
        both("특징이 우연에서 벗어난 정도", "How far features are from chance"),
        both(
            "점마다 한 특징이 우연의 평균에서 표준편차의 몇 배만큼 벗어났는지 보입니다. 회색 띠 "
            "안은 우연으로도 흔합니다.",
            "Each point says by how many standard deviations a feature is off the mean by chance. "
            "Inside the grey band it is common by chance.",
        ),
        draw,
    )


def _shared(network: nx.Graph, pairs: Sequence[SharedNeighbours]) -> Figure:
    def draw(language: str) -> Any:
        import altair as alt

        values: list[dict[str, Any]] = [
            {
                "pair": " – ".join(
                    name(network, each)[language] for each in (pair.one, pair.other)
                ),
                "shared": pair.shared,
                "expected": round(pair.expected, 4),
                "p": pair.p,
            }
            for pair in pairs[:MOST]
        ]
        most = max(max(value["shared"], value["expected"]) for value in values)
        expected = both("우연의 평균", "Mean by chance")[language]
        shared = both("함께 다루는 분야", "Topics shared")[language]
        line = (
            alt.Chart(alt.Data(values=[{"x": 0, "y": 0}, {"x": most, "y": most}]))
            .mark_line(color="#2f3a46", strokeDash=[4, 4], strokeWidth=1)
            .encode(x="x:Q", y="y:Q")
        )
        points = (
            alt.Chart(alt.Data(values=values))
            .mark_circle(color="#0072b2", opacity=0.45, size=40)
            .encode(
                x=alt.X("expected:Q", title=expected),
                y=alt.Y("shared:Q", title=shared, axis=alt.Axis(tickMinStep=1)),
                tooltip=[
                    alt.Tooltip("pair:N", title=both("도시", "Cities")[language]),
                    alt.Tooltip("shared:Q", title=shared),
                    alt.Tooltip("expected:Q", title=expected, format=".2f"),
                    alt.Tooltip("p:Q", title="p", format=".2~g"),
                ],
            )
        )
        return (line + points).properties(width=520, height=340)

    return Figure(
        "null-models-cities",
        both("두 도시가 함께 다루는 분야와 우연", "Topics that two cities share, and chance"),
        both(
            "점은 분야를 하나라도 함께 다루는 도시 쌍입니다. 점선 위에 있을수록 우연의 평균보다 "
            "많이 함께 다룹니다.",
            "Points are pairs of cities that share a topic; the further above the dashed line, the "
            "more they share than chance has in the mean.",
        ),
        draw,
    )


__all__ = ["VALUES", "figures", "tables"]
