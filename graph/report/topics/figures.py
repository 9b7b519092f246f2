"""The figures of the chapter on topics."""

from __future__ import annotations

from typing import Any

from citypact.graph.charts.figure import Figure
from citypact.graph.report.shared.significance import LEVEL
from citypact.graph.report.topics.data import Found
from citypact.graph.text.bilingual import Words, both

TOPICS = 20
"""How many topics are shown."""
PARTNERS = 20
"""How many partners the matrix shows."""
PAIRS = 10
"""How many pairs of topics, and as many of broad fields, are shown."""
BLUE, ORANGE, INK = "#0072b2", "#c75300", "#2f3a46"
SOFT = "#d8dee5"
AGREEMENTS = both("협정", "Agreements")
SEEN = both(
    "파란 점은 그 분야를 다루는 협정, 고리는 전문을 읽은 문서를 뺀 것입니다.",
    "Dots are agreements that cover it; rings leave out the documents that were read in full.",
)


def fields(found: Found) -> Figure:
    """Agreements by broad field, and without the documents that were read in full."""
    material, rest = found.material, found.rest
    rows = [
        (material.name(field), len(material.by_field[field]), len(rest.by_field.get(field, ())))
        for field in material.ranked
    ]
    return _counts("topics-fields", both("큰 분야별 협정", "Agreements by broad field"), rows)


def topics(found: Found) -> Figure:
    """The topics that most agreements cover."""
    material, rest = found.material, found.rest
    first = sorted(material.by_topic, key=lambda t: (-len(material.by_topic[t]), t))[:TOPICS]
    rows = [
        (material.name(topic), len(material.by_topic[topic]), len(rest.by_topic.get(topic, ())))
        for topic in first
    ]
    return _counts("topics-topics", both("가장 잦은 분야", "Most frequent topics"), rows)


def _counts(name: str, title: Words, rows: list[tuple[Words, int, int]]) -> Figure:
    def draw(language: str) -> Any:
        import altair as alt

        whole = both("모든 문서", "All documents")[language]
        rest = both("전문을 읽은 문서 제외", "Without those read in full")[language]
        values = [
            {"topic": words[language], "documents": which, "agreements": number}
            for words, every, some in rows
            for which, number in ((whole, every), (rest, some))
        ]
        base = alt.Chart(alt.Data(values=values)).encode(
            x=alt.X("agreements:Q", title=AGREEMENTS[language]),
            y=alt.Y(
                "topic:N",
                sort=[words[language] for words, *_ in rows],
                title=None,
                axis=alt.Axis(labelLimit=320),
            ),
            color=alt.Color(
                "documents:N",
                title=None,
                scale=alt.Scale(domain=[whole, rest], range=[BLUE, ORANGE]),
                legend=alt.Legend(orient="bottom"),
            ),
            tooltip=[
                alt.Tooltip("topic:N", title=both("분야", "Topic")[language]),
                alt.Tooltip("documents:N", title=both("자료", "Data")[language]),
                alt.Tooltip("agreements:Q", title=AGREEMENTS[language]),
            ],
        )
        # A ring around a dot says that both are the same.
        dots = base.transform_filter(alt.datum.documents == whole).mark_point(
            filled=True, size=70, opacity=1
        )
        rings = base.transform_filter(alt.datum.documents == rest).mark_point(
            filled=False, size=190, strokeWidth=2, opacity=1
        )
        return (dots + rings).properties(width=400, height=alt.Step(24))

    return Figure(name, title, SEEN, draw)


def matrix(found: Found) -> Figure:
    """Agreements by partner and broad field, for partners with several."""
    material = found.material
    rows = [
        (material.name(profile.node), material.name(field), profile.counts[field])
        for profile in found.partners[:PARTNERS]
        for field in material.ranked
        if field in profile.counts
    ]
    partners = [material.name(profile.node) for profile in found.partners[:PARTNERS]]
    columns = [material.name(field) for field in material.ranked]

    def draw(language: str) -> Any:
        import altair as alt

        values = [
            {"partner": one[language], "field": field[language], "agreements": number}
            for one, field, number in rows
        ]
        base = alt.Chart(alt.Data(values=values)).encode(
            x=alt.X(
                "field:N",
                sort=[words[language] for words in columns],
                title=None,
                axis=alt.Axis(labelAngle=-40, labelLimit=300),
            ),
            y=alt.Y(
                "partner:N",
                sort=[words[language] for words in partners],
                title=None,
                axis=alt.Axis(labelLimit=240),
            ),
            tooltip=[
                alt.Tooltip("partner:N", title=both("상대", "Partner")[language]),
                alt.Tooltip("field:N", title=both("분야", "Field")[language]),
                alt.Tooltip("agreements:Q", title=AGREEMENTS[language]),
            ],
        )
        most = max((number for *_, number in rows), default=1)
        shade = alt.Scale(scheme="blues", domain=[0, most])
        cells = base.mark_rect(stroke="white").encode(
            color=alt.Color("agreements:Q", scale=shade, legend=None)
        )
        is_dark = alt.datum.agreements > 0.6 * most
        texts = base.mark_text().encode(
            text="agreements:Q", color=alt.condition(is_dark, alt.value("white"), alt.value(INK))
        )
        return (cells + texts).properties(width=alt.Step(34), height=alt.Step(22))

    return Figure(
        "topics-matrix",
        both("상대와 큰 분야", "Partners and broad fields"),
        both(
            f"칸의 수는 그 상대와 그 분야의 협정 수입니다. 협정이 가장 많은 상대 "
            f"{len(partners)}곳을 보입니다. 그 수가 적어, 대부분의 차이는 우연과 가릴 수 "
            "없습니다.",
            f"Each cell counts a partner's agreements on a field, for the {len(partners)} with "
            "most. They are few: most differences can't be told from chance.",
        ),
        draw,
    )


def together(found: Found) -> Figure:
    """Pairs of topics and of broad fields beside chance, those farthest from it."""
    material = found.material
    rows = [
        (level, material.name(pair.one), material.name(pair.other), pair)
        for level, pairs in (
            (both("분야", "Topics"), found.topics),
            (both("큰 분야", "Broad fields"), found.fields),
        )
        for pair in sorted(pairs[:PAIRS], key=lambda pair: (-pair.z, pair.one, pair.other))
    ]

    def draw(language: str) -> Any:
        import altair as alt

        clear = both("우연과 뚜렷이 다름", "Clearly other than chance")[language]
        unclear = both("우연과 가릴 수 없음", "Not told from chance")[language]
        values = [
            {
                "level": level[language],
                "pair": f"{one[language]} + {other[language]}",
                "together": pair.together,
                "mean": pair.mean,
                "low": max(0.0, pair.mean - 2 * pair.deviation),
                "high": pair.mean + 2 * pair.deviation,
                "p": pair.p,
                "verdict": clear if pair.p <= LEVEL else unclear,
            }
            for level, one, other, pair in rows
        ]
        charts = []
        for level in dict.fromkeys(value["level"] for value in values):
            own = [value for value in values if value["level"] == level]
            base = alt.Chart(alt.Data(values=own), title=level).encode(
                y=alt.Y(
                    "pair:N",
                    sort=[value["pair"] for value in own],
                    title=None,
                    axis=alt.Axis(labelLimit=420),
                ),
                tooltip=[
                    alt.Tooltip("pair:N", title=both("쌍", "Pair")[language]),
                    alt.Tooltip("together:Q", title=both("함께", "Together")[language]),
                    alt.Tooltip("mean:Q", title=both("우연", "Chance")[language], format=".1f"),
                    alt.Tooltip("p:Q", title=both("보정한 p", "p, corrected")[language]),
                ],
            )
            x = both("두 분야를 함께 다루는 협정", "Agreements with both")[language]
            bars = base.mark_bar(color=SOFT, height=10).encode(
                x=alt.X("low:Q", title=x), x2="high:Q"
            )
            means = base.mark_tick(color="#7a8591", thickness=2, height=10).encode(x="mean:Q")
            dots = base.mark_point(filled=True, size=80, opacity=1).encode(
                x="together:Q",
                color=alt.Color(
                    "verdict:N",
                    title=None,
                    scale=alt.Scale(domain=[clear, unclear], range=[ORANGE, BLUE]),
                    legend=alt.Legend(orient="bottom"),
                ),
            )
            charts.append((bars + means + dots).properties(width=300, height=alt.Step(22)))
        return alt.vconcat(*charts)

    return Figure(
        "topics-together",
        both("함께 오거나 따로 오는 분야", "Topics that go together or keep apart"),
        both(
            "점은 두 분야를 함께 다루는 협정의 수, 회색 띠는 우연의 평균에서 표준편차 둘까지, "
            "눈금은 평균입니다. 띠보다 오른쪽이면 함께, 왼쪽이면 따로 옵니다. 우연에서 가장 먼 "
            "쌍들입니다.",
            "Dots are agreements with both, grey bands two deviations around the mean of chance, "
            "ticks the mean. Right of the band topics go together, left of it they keep apart. "
            "Shown are the pairs farthest from chance.",
        ),
        draw,
    )


__all__ = ["fields", "matrix", "together", "topics"]
