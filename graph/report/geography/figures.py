"""The figures of the chapter on geography."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from citypact.graph.analysis.countries import CONTINENTS
from citypact.graph.charts.figure import Figure
from citypact.graph.report.geography import words as say
from citypact.graph.text.bilingual import Words, both

BLUE, ORANGE, GREEN, INK, GREY = "#0072b2", "#c75300", "#00805e", "#2f3a46", "#999999"
LINES = (BLUE, GREEN, ORANGE)
CONTINENT_COLOURS = {
    "AF": "#b8860b",
    "AS": BLUE,
    "EU": GREEN,
    "NA": ORANGE,
    "OC": "#8a4f9e",
    "SA": INK,
    "unknown": GREY,
}
WIDTH = 640
DISTANCE_TITLE = both("거리(km)", "Distance (km)")
SHARE_TITLE = both("이 거리 안의 비율", "Share within this distance")

Row = dict[str, Any]


def cumulative(name: Words, groups: Sequence[tuple[Words, list[float]]]) -> Figure:
    """The share of the cities of each group within a distance of one city, by distance."""
    return Figure(
        "geography-distances",
        both(f"{name['ko']}에서 협력 도시까지의 거리", f"Distances of partners from {name['en']}"),
        both(
            "선은 그 거리 안에 있는 도시의 비율이다. 선이 오른쪽에 있을수록 먼 도시들이다. "
            "같은 네트워크의 외국 회원을 협력 도시와 그렇지 않은 도시로 나누어 함께 보인다.",
            "Each line is the share of cities within a distance: the farther to the right, the "
            "farther the cities. Members abroad of the same networks are shown by whether they are "
            "partners.",
        ),
        partial(_cumulative, groups),
    )


def _cumulative(groups: Sequence[tuple[Words, list[float]]], language: str) -> Any:
    import altair as alt

    values = []
    for words, kilometres in groups:
        values.append({"km": 0.0, "share": 0.0, "group": words[language]})
        for at, far in enumerate(kilometres, 1):
            share = at / len(kilometres)
            values.append({"km": far, "share": share, "group": words[language]})
    names = [words[language] for words, _ in groups]
    return (
        alt.Chart(alt.Data(values=values), width=WIDTH, height=300)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            x=alt.X("km:Q", title=DISTANCE_TITLE[language], scale=alt.Scale(domain=[0, 20000])),
            y=alt.Y("share:Q", title=SHARE_TITLE[language], axis=alt.Axis(format="%")),
            color=alt.Color(
                "group:N",
                title=None,
                scale=alt.Scale(domain=names, range=list(LINES[: len(names)])),
                legend=alt.Legend(orient="top"),
            ),
            strokeDash=alt.StrokeDash("group:N", legend=None, scale=alt.Scale(domain=names)),
            tooltip=_tooltips(language, km=DISTANCE_TITLE, share=SHARE_TITLE),
        )
    )


def decades(rows: Sequence[Row]) -> Figure:
    """Partners by the decade in which the tie began, stacked by continent."""
    return Figure(
        "geography-decades",
        both("시작 연대와 대륙별 협력 도시", "Partners by decade and continent"),
        both(
            "막대는 그 연대에 시작된 협력 도시의 수이고, 색은 대륙이다. 연도를 모르는 협력 도시는 "
            "없다.",
            "Each bar counts the partners with which the tie began in that decade, coloured by "
            "continent. Partners without a known year are not in it.",
        ),
        partial(_decades, rows),
    )


def _decades(rows: Sequence[Row], language: str) -> Any:
    import altair as alt

    present = sorted({row["continent"] for row in rows})
    names = {row["continent"]: row[f"continent_{language}"] for row in rows}
    titles = {
        "decade": both("시작 연대", "Decade of beginning"),
        "continent": both("대륙", "Continent"),
        "partners": both("협력 도시", "Partners"),
    }
    values = [
        {
            "decade": _decade(row["decade"], language),
            "continent": row[f"continent_{language}"],
            "partners": row["partners"],
        }
        for row in rows
    ]
    return (
        alt.Chart(alt.Data(values=values), width=WIDTH, height=280)
        .mark_bar()
        .encode(
            x=alt.X("decade:O", title=titles["decade"][language], axis=alt.Axis(labelAngle=0)),
            y=alt.Y("partners:Q", title=titles["partners"][language]),
            color=alt.Color(
                "continent:N",
                title=titles["continent"][language],
                scale=alt.Scale(
                    domain=[names[code] for code in present],
                    range=[CONTINENT_COLOURS.get(code, GREY) for code in present],
                ),
            ),
            tooltip=[
                alt.Tooltip(f"{name}:{'Q' if name == 'partners' else 'N'}", title=title[language])
                for name, title in titles.items()
            ],
        )
    )


def _decade(year: int, language: str) -> str:
    return f"{year}년대" if language == "ko" else f"{year}s"


def beside_chance(rows: Sequence[Row]) -> Figure:
    """The share of ties within a distance, beside that of networks by chance."""
    return Figure(
        "geography-distances",
        both("연결의 거리: 실제와 우연", "Distances of ties: observed and by chance"),
        both(
            "파란 선은 그 거리 안에 있는 연결의 비율이고, 회색 선은 도시마다 협력 도시의 수를 "
            "그대로 둔 무작위 네트워크의 평균이다. 회색 띠는 평균 ± 1.96 표준편차이다.",
            "The blue line is the share of ties within a distance, the grey one the mean of "
            "networks by chance in which each city keeps its number of partners; the band is the "
            "mean ± 1.96 standard deviations.",
        ),
        partial(_beside_chance, rows),
    )


def _beside_chance(rows: Sequence[Row], language: str) -> Any:
    import altair as alt

    observed, chance = (
        both("실제", "Observed")[language],
        both("우연", "Chance")[language],
    )
    lines, band = [], []
    for row in rows:
        limit = row["kilometres"]
        lines.append({"km": limit, "share": row["share"], "group": observed})
        lines.append({"km": limit, "share": row["expected"], "group": chance})
        wide = 1.96 * row["deviation"]
        band.append({"km": limit, "low": row["expected"] - wide, "high": row["expected"] + wide})
    scale = alt.Scale(type="log", domain=[rows[0]["kilometres"], rows[-1]["kilometres"]])
    x = alt.X("km:Q", title=DISTANCE_TITLE[language], scale=scale, axis=alt.Axis(format=",.0f"))
    y = alt.Y("share:Q", title=SHARE_TITLE[language], axis=alt.Axis(format="%"))
    around = (
        alt.Chart(alt.Data(values=band))
        .mark_area(color=GREY, opacity=0.4)
        .encode(x=x, y=alt.Y("low:Q", title=SHARE_TITLE[language]), y2="high:Q")
    )
    drawn = (
        alt.Chart(alt.Data(values=lines))
        .mark_line(point=True, strokeWidth=2)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "group:N",
                title=None,
                scale=alt.Scale(domain=[observed, chance], range=[BLUE, GREY]),
                legend=alt.Legend(orient="top"),
            ),
            tooltip=_tooltips(language, km=DISTANCE_TITLE, share=SHARE_TITLE),
        )
    )
    return alt.layer(around, drawn).properties(width=WIDTH, height=300)


def continents(rows: Sequence[Row]) -> Figure:
    """How many times as many ties join two continents as chance would have."""
    return Figure(
        "geography-continents",
        both(
            "대륙 사이의 연결: 우연의 몇 배인가", "Ties between continents, as multiples of chance"
        ),
        both(
            "칸의 수는 두 대륙을 잇는 연결의 수를 우연의 평균으로 나눈 값이다. 1보다 크면(파랑) "
            "우연보다 많고, 작으면(주황) 적다.",
            "Each cell has the number of ties between two continents by the mean of chance: above "
            "1 (blue) they are more than chance would have, below (orange) fewer.",
        ),
        partial(_continents, rows),
    )


def _continents(rows: Sequence[Row], language: str) -> Any:
    import altair as alt

    values = []
    for row in rows:
        if "ratio" not in row:
            continue
        ends = (row["one"], row["other"])
        for one, other in sorted({ends, ends[::-1]}):
            values.append(
                {
                    "one": say.continent(one)[language],
                    "other": say.continent(other)[language],
                    "ratio": row["ratio"],
                    "shade": min(max(row["ratio"], 0.2), 5.0),
                    "ties": row["ties"],
                }
            )
    order = [CONTINENTS[code][language] for code in CONTINENTS]
    base = alt.Chart(alt.Data(values=values), width=480, height=320).encode(
        x=alt.X("one:N", title=None, sort=order, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("other:N", title=None, sort=order),
    )
    ratio, ties = both("우연의 배수", "Multiple of chance"), both("연결 수", "Ties")
    cells = base.mark_rect().encode(
        color=alt.Color(
            "shade:Q",
            title=ratio[language],
            scale=alt.Scale(type="log", domain=[0.2, 1, 5], range=[ORANGE, "#f4f4f4", BLUE]),
        ),
        tooltip=[
            alt.Tooltip("ratio:Q", title=ratio[language], format=".2f"),
            alt.Tooltip("ties:Q", title=ties[language], format=","),
        ],
    )
    strong = "datum.ratio > 3 || datum.ratio < 0.35"
    text = base.mark_text().encode(
        text=alt.Text("ratio:Q", format=".2f"),
        color=alt.condition(strong, alt.value("white"), alt.value(INK)),
    )
    return alt.layer(cells, text)


def coefficients(rows: Sequence[Row]) -> Figure:
    """The coefficients of the regressions with their intervals."""
    return Figure(
        "geography-regression",
        both("무엇이 연결을 설명하는가: 회귀 계수", "What explains ties: coefficients"),
        both(
            "점은 다른 조건이 같을 때의 계수(로그 척도)이고, 선은 95 % 신뢰구간이다. 0의 "
            "오른쪽이면 연결이 많아지고 왼쪽이면 적어진다. 절편은 뺐다.",
            "Each point is a coefficient (on the log scale) with the others held equal, the line "
            "its 95 % interval: right of 0 it makes ties more likely, left of it less. Intercepts "
            "are left out.",
        ),
        partial(_coefficients, rows),
    )


def _coefficients(rows: Sequence[Row], language: str) -> Any:
    import altair as alt

    values = [
        {
            "model": row[f"model_{language}"],
            "covariate": row[f"covariate_{language}"],
            **{name: row[name] for name in ("estimate", "low", "high") if name in row},
        }
        for row in rows
        if row["covariate"] != "intercept"
    ]
    order = [words[language] for words in say.COVARIATES.values()]
    models = [words[language] for words in say.MODELS.values()]
    models = [model for model in models if model in {value["model"] for value in values}]
    title = both("계수", "Coefficient")[language]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("covariate:N", title=None, sort=order),
        yOffset=alt.YOffset("model:N", sort=models),
        color=alt.Color(
            "model:N",
            title=None,
            scale=alt.Scale(domain=models, range=list(LINES[: len(models)])),
            legend=alt.Legend(orient="top", columns=1),
        ),
    )
    # The minus sign of Vega is not in the report's font.
    axis = alt.Axis(labelExpr="replace(datum.label, '−', '-')")
    lines = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low:Q", title=title, axis=axis), x2="high:Q"
    )
    points = base.mark_point(filled=True, size=60).encode(
        x=alt.X("estimate:Q", title=title, axis=axis),
        tooltip=[
            alt.Tooltip("covariate:N", title=both("공변량", "Covariate")[language]),
            alt.Tooltip("estimate:Q", title=title, format=".3f"),
            alt.Tooltip("low:Q", title=both("하한", "Lower bound")[language], format=".3f"),
            alt.Tooltip("high:Q", title=both("상한", "Upper bound")[language], format=".3f"),
        ],
    )
    zero = alt.Chart(alt.Data(values=[{"at": 0}])).mark_rule(color=GREY)
    zero = zero.encode(x=alt.X("at:Q", title=title, axis=axis))
    return alt.layer(zero, lines, points).properties(width=460, height=360)


def _tooltips(language: str, km: Words, share: Words) -> list[Any]:
    import altair as alt

    return [
        alt.Tooltip("group:N", title=both("집단", "Group")[language]),
        alt.Tooltip("km:Q", title=km[language], format=",.0f"),
        alt.Tooltip("share:Q", title=share[language], format=".1%"),
    ]


__all__ = ["beside_chance", "coefficients", "continents", "cumulative", "decades"]
