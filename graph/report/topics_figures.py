"""The figures of the chapter on topics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.report.finding import Figure
from graph.words import Words, both

PARTNERS = 20
"""How many partners the matrix shows."""
PAIRS = 15
"""How many pairs of topics are shown."""
BLUE, GREY, INK = "#0072b2", "#999999", "#2f3a46"


def fields(rows: Sequence[tuple[Words, int, int]]) -> Figure:
    """Agreements by field, and without the documents that were read in full."""

    def draw(language: str) -> Any:
        import altair as alt

        whole = both("모든 문서", "All documents")[language]
        rest = both("전문을 읽은 문서 제외", "Without those read in full")[language]
        values = [
            {"field": words[language], "documents": name, "agreements": number}
            for words, every, some in rows
            for name, number in ((whole, every), (rest, some))
        ]
        title = both("협정", "Agreements")[language]
        return (
            alt.Chart(alt.Data(values=values))
            .mark_point(filled=True, size=90, opacity=1)
            .encode(
                x=alt.X("agreements:Q", title=title),
                y=alt.Y("field:N", sort=[words[language] for words, *_ in rows], title=None),
                color=alt.Color(
                    "documents:N",
                    title=None,
                    scale=alt.Scale(domain=[whole, rest], range=[BLUE, GREY]),
                    legend=alt.Legend(orient="bottom"),
                ),
                tooltip=[
                    alt.Tooltip("field:N", title=both("분야", "Field")[language]),
                    alt.Tooltip("documents:N", title=both("자료", "Data")[language]),
                    alt.Tooltip("agreements:Q", title=title),
                ],
            )
            .properties(width=460, height=alt.Step(24))
        )

    return Figure(
        "topics-fields",
        both("큰 분야별 협정의 수", "Agreements by broad field"),
        both(
            "점은 그 분야를 다루는 협정의 수입니다. 회색은 전문을 읽은 문서를 뺀 것입니다.",
            "Dots are agreements that cover a field; grey without the documents read in full.",
        ),
        draw,
    )


def matrix(
    partners: Sequence[Words], columns: Sequence[Words], counts: Sequence[Sequence[int]]
) -> Figure:
    """Agreements by partner and field."""

    def draw(language: str) -> Any:
        import altair as alt

        values = [
            {"partner": one[language], "field": field[language], "agreements": number}
            for one, row in zip(partners, counts, strict=True)
            for field, number in zip(columns, row, strict=True)
            if number
        ]
        title = both("협정", "Agreements")[language]
        base = alt.Chart(alt.Data(values=values)).encode(
            x=alt.X(
                "field:N",
                sort=[field[language] for field in columns],
                title=None,
                axis=alt.Axis(labelAngle=-40, labelLimit=170),
            ),
            y=alt.Y("partner:N", sort=[one[language] for one in partners], title=None),
            tooltip=[
                alt.Tooltip("partner:N", title=both("상대", "Partner")[language]),
                alt.Tooltip("field:N", title=both("분야", "Field")[language]),
                alt.Tooltip("agreements:Q", title=title),
            ],
        )
        most = max((number for row in counts for number in row), default=1)
        shade = alt.Scale(scheme="blues", domain=[0, most])
        cells = base.mark_rect(stroke="white").encode(
            color=alt.Color("agreements:Q", scale=shade, legend=None)
        )
        dark = alt.condition(alt.datum.agreements >= 3, alt.value("white"), alt.value("#1d2733"))
        texts = base.mark_text().encode(text="agreements:Q", color=dark)
        return (cells + texts).properties(width=alt.Step(42), height=alt.Step(22))

    return Figure(
        "topics-matrix",
        both("상대와 분야", "Partners and fields"),
        both(
            "칸의 수는 그 상대와 그 분야의 협정 수입니다. 협정이 둘 이상인 상대를 보입니다.",
            "Each cell counts a partner's agreements on a field, for partners with two or more.",
        ),
        draw,
    )


def pairs(rows: Sequence[tuple[Words, Words, int, float]]) -> Figure:
    """Pairs of topics: together, and by chance."""

    def draw(language: str) -> Any:
        import altair as alt

        seen = both("함께 온 협정", "Agreements with both")[language]
        chance = both("우연이면", "By chance")[language]
        names = [f"{one[language]} + {other[language]}" for one, other, *_ in rows]
        values = [
            {"pair": name, "what": what, "agreements": number}
            for name, (_, _, together, expected) in zip(names, rows, strict=True)
            for what, number in ((seen, together), (chance, expected))
        ]
        title = both("협정", "Agreements")[language]
        y = alt.Y("pair:N", sort=names, title=None, axis=alt.Axis(labelLimit=360))
        base = alt.Chart(alt.Data(values=values))
        line = base.mark_line(color="#d8dee5").encode(
            x=alt.X("agreements:Q", title=title), y=y, detail="pair:N"
        )
        dots = base.mark_point(filled=True, size=80, opacity=1).encode(
            x=alt.X("agreements:Q", title=title),
            y=y,
            color=alt.Color(
                "what:N",
                title=None,
                scale=alt.Scale(domain=[seen, chance], range=[BLUE, GREY]),
                legend=alt.Legend(orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip("pair:N", title=both("쌍", "Pair")[language]),
                alt.Tooltip("what:N", title=" "),
                alt.Tooltip("agreements:Q", title=title, format=".2f"),
            ],
        )
        return (line + dots).properties(width=380, height=alt.Step(22))

    return Figure(
        "topics-pairs",
        both("함께 오는 분야", "Topics that go together"),
        both(
            "파란 점은 두 분야가 함께 온 협정의 수, 회색 점은 우연이면 나올 수입니다. 우연이 가장 "
            "적을 쌍부터 보입니다. 보정한 확률은 표에 있습니다.",
            "Blue dots are agreements with both topics, grey ones what chance would give; pairs "
            "least likely by chance first. Corrected probabilities stand in the table.",
        ),
        draw,
    )


__all__ = ["fields", "matrix", "pairs"]
