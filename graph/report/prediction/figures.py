"""The figures of the chapter on possible partners."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from citypact.graph.analysis.hidden_ties import Judgement
from citypact.graph.charts.figure import Figure
from citypact.graph.report.prediction import words as say
from citypact.graph.report.prediction.members import Members
from citypact.graph.text.bilingual import both

BLUE, ORANGE, GREEN, INK, GREY = "#0072b2", "#c75300", "#00805e", "#2f3a46", "#999999"
WIDTH = 640


def common(found: Members) -> Figure:
    """The share of partners among members by the networks in common."""
    rows = [(step.shared, step.nodes, step.linked) for step in found.sharing.steps]
    return Figure(
        "prediction-common",
        both("공동 네트워크의 수와 협력 도시의 비율", "Networks in common and share of partners"),
        both(
            "막대는 공동 네트워크의 수가 같은 외국 회원 가운데 협력 도시의 비율이고, 막대 위의 "
            "수는 협력 도시와 회원의 수이다.",
            "Each bar is the share of partners among the members abroad with so many networks in "
            "common; above it stand the numbers of partners and members.",
        ),
        partial(_common, rows),
    )


def _common(rows: Sequence[tuple[int, int, int]], language: str) -> Any:
    import altair as alt

    titles = {
        "networks": both("공동 네트워크의 수", "Networks in common"),
        "share": both("협력 도시의 비율", "Share of partners"),
        "count": both("협력 도시/회원", "Partners/members"),
    }
    values = [
        {"networks": networks, "share": partners / members, "count": f"{partners}/{members}"}
        for networks, members, partners in rows
    ]
    base = alt.Chart(alt.Data(values=values), width=WIDTH, height=260).encode(
        x=alt.X("networks:O", title=titles["networks"][language], axis=alt.Axis(labelAngle=0)),
        y=alt.Y(
            "share:Q",
            title=titles["share"][language],
            axis=alt.Axis(format="%"),
            scale=alt.Scale(domain=[0, 1]),
        ),
        tooltip=[
            alt.Tooltip("networks:O", title=titles["networks"][language]),
            alt.Tooltip("share:Q", title=titles["share"][language], format=".0%"),
            alt.Tooltip("count:N", title=titles["count"][language]),
        ],
    )
    return base.mark_bar(color=BLUE, size=60) + base.mark_text(dy=-8, color=INK).encode(
        text="count:N"
    )


def scores(judged: dict[str, Sequence[Judgement]]) -> Figure:
    """How well each score finds hidden ties."""
    rows = [
        (scope, each.method, each.auc)
        for scope, judgements in judged.items()
        for each in judgements
        if each.auc is not None
    ]
    return Figure(
        "prediction-scores",
        both("숨긴 연결을 찾는 정도(AUC)", "How well hidden ties are found (AUC)"),
        both(
            "점은 숨긴 연결의 점수가 연결 없는 쌍의 점수보다 높을 확률이고, 모양과 색은 무엇을 "
            "숨겼는지이다. 세로선 0.5는 우연이다.",
            "Each point is the probability that a hidden tie scores higher than a pair without a "
            "tie; shape and colour say what was hidden. The line at 0.5 is chance.",
        ),
        partial(_scores, rows),
    )


def _scores(rows: Sequence[tuple[str, str, float]], language: str) -> Any:
    import altair as alt

    scopes = [say.SCOPES[scope][language] for scope in dict.fromkeys(scope for scope, *_ in rows)]
    methods = [method for method in say.METHODS if any(method == row[1] for row in rows)]
    titles = {
        "auc": both("AUC", "AUC"),
        "method": both("점수", "Score"),
        "scope": both("숨긴 연결", "Hidden ties"),
    }
    values = [
        {
            "scope": say.SCOPES[scope][language],
            "method": say.METHODS[method][language],
            "auc": area,
        }
        for scope, method, area in rows
    ]
    points = (
        alt.Chart(alt.Data(values=values), width=WIDTH, height=240)
        .mark_point(filled=True, size=90, opacity=0.9)
        .encode(
            x=alt.X("auc:Q", title=titles["auc"][language], scale=alt.Scale(domain=[0, 1])),
            y=alt.Y(
                "method:N",
                title=None,
                sort=[say.METHODS[method][language] for method in methods],
                axis=alt.Axis(labelLimit=260),
            ),
            color=alt.Color(
                "scope:N",
                title=titles["scope"][language],
                scale=alt.Scale(domain=scopes, range=[GREY, ORANGE, BLUE, GREEN, INK]),
            ),
            shape=alt.Shape(
                "scope:N", title=titles["scope"][language], scale=alt.Scale(domain=scopes)
            ),
            tooltip=[
                alt.Tooltip("method:N", title=titles["method"][language]),
                alt.Tooltip("scope:N", title=titles["scope"][language]),
                alt.Tooltip("auc:Q", title="AUC", format=".3f"),
            ],
        )
    )
    line = (
        alt.Chart(alt.Data(values=[{"auc": 0.5}]))
        .mark_rule(color=INK, strokeDash=[4, 4])
        .encode(x="auc:Q")
    )
    return line + points


__all__ = ["common", "scores"]
