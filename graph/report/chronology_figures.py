"""The figures of the chapter on chronology."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from graph.report.finding import Figure
from graph.words import Words, both

TOPICS = 8
"""How many topics the figure of arrivals shows."""
BLUE = "#0072b2"
Row = tuple[Words, int, int]


def cumulative(rows: Sequence[Row]) -> Figure:
    """Partnerships that had begun by each year, by kind."""

    def draw(language: str) -> Any:
        import altair as alt

        values = [{"kind": w[language], "year": y, "number": n} for w, y, n in rows]
        kinds = list(dict.fromkeys(value["kind"] for value in values))
        number = both("누적한 수", "Begun by then")[language]
        return (
            alt.Chart(alt.Data(values=values))
            .mark_area(interpolate="step-after", opacity=0.85)
            .encode(
                x=alt.X("year:Q", title=None, axis=alt.Axis(format="d")),
                y=alt.Y("number:Q", title=number, stack=True),
                color=alt.Color(
                    "kind:N",
                    sort=kinds,
                    title=None,
                    scale=alt.Scale(domain=kinds),
                    legend=alt.Legend(orient="bottom", columns=3),
                ),
                order=alt.Order("kind:N"),
                tooltip=[
                    alt.Tooltip("kind:N", title=both("종류", "Kind")[language]),
                    alt.Tooltip("year:Q", title=both("해", "Year")[language], format="d"),
                    alt.Tooltip("number:Q", title=number),
                ],
            )
            .properties(width=640, height=300)
        )

    return Figure(
        "chronology-cumulative",
        both("관계의 누적, 종류별", "Partnerships by kind, cumulated"),
        both(
            "해를 아는 관계만 보입니다. 면의 높이는 그해까지 생긴 관계의 수입니다.",
            "Partnerships of known years; the height is how many had begun by the end of a year.",
        ),
        draw,
    )


def by_year(counts: Mapping[int, int]) -> Figure:
    """Agreements a year."""

    def draw(language: str) -> Any:
        import altair as alt

        values = [{"year": year, "number": number} for year, number in counts.items()]
        number = both("협정", "Agreements")[language]
        return (
            alt.Chart(alt.Data(values=values))
            .mark_bar(color=BLUE, width=7)
            .encode(
                x=alt.X("year:Q", title=None, axis=alt.Axis(format="d")),
                y=alt.Y("number:Q", title=number),
                tooltip=[
                    alt.Tooltip("year:Q", title=both("해", "Year")[language], format="d"),
                    alt.Tooltip("number:Q", title=number),
                ],
            )
            .properties(width=640, height=220)
        )

    return Figure(
        "chronology-agreements",
        both("해마다의 협정", "Agreements by year"),
        both(
            "막대는 그해에 체결되거나 예고된 협정의 수입니다. 옛 해는 기록이 적습니다.",
            "Bars count agreements signed or announced in a year; early years are badly recorded.",
        ),
        draw,
    )


def forms(rows: Sequence[Row]) -> Figure:
    """Forms of agreements by decade."""

    def draw(language: str) -> Any:
        import altair as alt

        decade = {"ko": "{}년대", "en": "{}s"}[language]
        values = [
            {"form": words[language], "decade": decade.format(when), "number": number}
            for words, when, number in rows
        ]
        totals: Counter[str] = Counter()
        for words, _, number in rows:
            totals[words[language]] += number
        order = sorted(totals, key=lambda form: (-totals[form], form))
        decades = [decade.format(when) for when in sorted({when for _, when, _ in rows})]
        title = both("협정", "Agreements")[language]
        base = alt.Chart(alt.Data(values=values)).encode(
            x=alt.X("decade:O", sort=decades, title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("form:N", sort=order, title=None),
            tooltip=[
                alt.Tooltip("form:N", title=both("형식", "Form")[language]),
                alt.Tooltip("decade:O", title=both("연대", "Decade")[language]),
                alt.Tooltip("number:Q", title=title),
            ],
        )
        most = max((number for *_, number in rows), default=1)
        shade = alt.Scale(scheme="blues", domain=[0, most])
        dark = alt.condition(alt.datum.number > most / 2, alt.value("white"), alt.value("#1d2733"))
        cells = base.mark_rect(stroke="white").encode(
            color=alt.Color("number:Q", scale=shade, legend=None)
        )
        texts = base.mark_text().encode(text="number:Q", color=dark)
        return (cells + texts).properties(width=alt.Step(70), height=alt.Step(26))

    return Figure(
        "chronology-forms",
        both("협정의 형식, 연대별", "Forms of agreements by decade"),
        both(
            "칸의 수는 그 연대에 그 형식으로 맺은 협정입니다.",
            "Each cell counts agreements of a form in a decade.",
        ),
        draw,
    )


def arrivals(rows: Sequence[Row]) -> Figure:
    """How the widest topics spread over partners."""

    def draw(language: str) -> Any:
        import altair as alt

        values = [{"topic": w[language], "year": y, "partners": n} for w, y, n in rows]
        order = list(dict.fromkeys(value["topic"] for value in values))
        partners = both("상대의 수", "Partners by then")[language]
        return (
            alt.Chart(alt.Data(values=values))
            .mark_circle(color=BLUE, opacity=0.8)
            .encode(
                x=alt.X(
                    "year:Q", title=None, axis=alt.Axis(format="d"), scale=alt.Scale(zero=False)
                ),
                y=alt.Y("topic:N", sort=order, title=None),
                size=alt.Size("partners:Q", title=partners, scale=alt.Scale(range=[20, 420])),
                tooltip=[
                    alt.Tooltip("topic:N", title=both("분야", "Topic")[language]),
                    alt.Tooltip("year:Q", title=both("해", "Year")[language], format="d"),
                    alt.Tooltip("partners:Q", title=partners),
                ],
            )
            .properties(width=460, height=alt.Step(34))
        )

    return Figure(
        "chronology-topics",
        both("분야의 등장과 확산", "How topics arrive and spread"),
        both(
            "점은 그 분야를 다룬 상대가 늘어난 해이고, 크기는 그때까지의 상대 수입니다.",
            "Dots are years in which a topic gained partners; their size is the partners by then.",
        ),
        draw,
    )


__all__ = ["TOPICS", "arrivals", "by_year", "cumulative", "forms"]
