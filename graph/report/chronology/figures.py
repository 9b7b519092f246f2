"""The figures of the chapter on chronology."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from citypact.graph.charts.figure import Figure
from citypact.graph.text.bilingual import Words, both

TOPICS = 8
"""How many topics the figure of arrivals shows."""
BLUE = "#0072b2"
Row = tuple[Words, int, int]
Cell = tuple[Words, int, int, float]
"""A kind or form, a decade, their number, and the share of the decade."""


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
            "해를 아는 관계만 보입니다. 면의 높이는 그해까지 생긴 관계의 수이며, 끝난 관계를 빼지 "
            "않습니다.",
            "Partnerships of known years; the height is how many had begun by the end of a year. "
            "Those that ended are not taken away.",
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


def kinds(cells: Sequence[Cell]) -> Figure:
    """Kinds of partnerships by decade."""
    return Figure(
        "chronology-kinds",
        both("관계의 종류, 시작한 연대별", "Kinds of partnerships by decade"),
        both(
            "칸의 수는 그 연대에 시작한 그 종류의 관계이고, 색은 그 연대의 비율입니다.",
            "Each cell counts partnerships of a kind begun in a decade; its shade is their share "
            "of the decade.",
        ),
        partial(_cells, cells, both("관계", "Partnerships")),
    )


def forms(cells: Sequence[Cell]) -> Figure:
    """Forms of agreements by decade."""
    return Figure(
        "chronology-forms",
        both("협정의 형식, 연대별", "Forms of agreements by decade"),
        both(
            "칸의 수는 그 연대에 그 형식으로 맺은 협정이고, 색은 그 연대의 비율입니다. 형식이 둘인 "
            "협정은 둘 다에 셉니다.",
            "Each cell counts agreements of a form in a decade; its shade is their share of the "
            "decade. An agreement of two forms counts in both.",
        ),
        partial(_cells, cells, both("협정", "Agreements")),
    )


def _cells(cells: Sequence[Cell], counted: Words, language: str) -> Any:
    import altair as alt

    decade = both("{}년대", "{}s")[language]
    values = [
        {"kind": words[language], "decade": decade.format(when), "number": number, "share": share}
        for words, when, number, share in cells
    ]
    totals: Counter[str] = Counter()
    for words, _, number, _ in cells:
        totals[words[language]] += number
    order = sorted(totals, key=lambda kind: (-totals[kind], kind))
    whens = [when for _, when, *_ in cells]
    # A decade without anything is told by an empty column.
    decades = [decade.format(when) for when in range(min(whens), max(whens) + 1, 10)]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X(
            "decade:O",
            sort=decades,
            scale=alt.Scale(domain=decades),
            title=None,
            axis=alt.Axis(labelAngle=0),
        ),
        y=alt.Y("kind:N", sort=order, title=None),
        tooltip=[
            alt.Tooltip("kind:N", title=both("종류", "Kind")[language]),
            alt.Tooltip("decade:O", title=both("연대", "Decade")[language]),
            alt.Tooltip("number:Q", title=counted[language]),
            alt.Tooltip("share:Q", title=both("그 연대의 비율", "Share")[language], format=".0%"),
        ],
    )
    shade = alt.Scale(scheme="blues", domain=[0, 1])
    dark = alt.condition(alt.datum.share > 0.5, alt.value("white"), alt.value("#1d2733"))
    rectangles = base.mark_rect(stroke="white").encode(
        color=alt.Color("share:Q", scale=shade, legend=None)
    )
    texts = base.mark_text().encode(text="number:Q", color=dark)
    return (rectangles + texts).properties(width=alt.Step(66), height=alt.Step(26))


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


__all__ = ["TOPICS", "Cell", "arrivals", "by_year", "cumulative", "forms", "kinds"]
