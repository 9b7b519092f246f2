"""The figures of the chapter on what would change if a document were missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.robustness import Range
from citypact.graph.charts.figure import Figure
from citypact.graph.report.missing.tables import NETWORKS, Measured, Support
from citypact.graph.text.bilingual import Words, both
from citypact.ontology import LANGUAGES

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

BLUE, ORANGE, INK, GREY = "#0072b2", "#c75300", "#2f3a46", "#999999"
DRAWN = 15
"""So many documents a figure has at most."""


def of_ranges(measured: Sequence[Measured]) -> Figure:
    """The ranges of the headlines, each as a share of its value."""
    told = [(each, shares) for each in measured if (shares := _shares(each.range)) is not None]
    names = _apart(
        [(each.headline.label, f"{each.finding.name}, {each.headline.name}") for each, _ in told]
    )
    rows = [(name, *shares) for name, (_, shares) in zip(names, told, strict=True)]
    return Figure(
        "missing-ranges",
        both("출처가 빠질 때 값의 범위", "Ranges of key figures when sources are missing"),
        both(
            "전체 자료의 값을 100 %로 놓았다. 굵은 선은 출처를 하나씩 뺄 때, 가는 선은 출처의 "
            "절반을 뽑을 때(95 %)의 범위이다. 신뢰구간은 아니며, 세는 값은 절반에서 작아질 수밖에 "
            "없다.",
            "The value from all sources is 100 %. Thick lines are the range with one source left "
            "out, thin ones that of halves of the sources (95 %), which is no interval of "
            "confidence: what counts something must be smaller in halves.",
        ),
        partial(_draw_ranges, rows),
    )


Shares = tuple[float, float, float, float]


def _shares(found: Range) -> Shares | None:
    """The bounds of a range as shares of its value; None where too few draws tell it, one is
    unknown or the value is 0."""
    if not found.is_told:
        return None
    bounds = (found.least, found.greatest, found.low, found.high)
    known = [bound / found.value for bound in bounds if found.value and bound is not None]
    return (known[0], known[1], known[2], known[3]) if len(known) == len(bounds) else None


def _apart(labels: Sequence[tuple[Words, str]]) -> list[Words]:
    """Labels, with something added to those that several have: equal ones would be one row."""
    found = []
    for label, identifier in labels:
        is_one = sum(label == other for other, _ in labels) == 1
        found.append(
            label
            if is_one
            else both(*(f"{label[language]} [{identifier}]" for language in LANGUAGES))
        )
    return found


def _draw_ranges(rows: Sequence[tuple[Words, float, float, float, float]], language: str) -> Any:
    import altair as alt

    titles = {
        "least": both("하나 뺄 때 최소", "Least, one left out"),
        "greatest": both("하나 뺄 때 최대", "Greatest, one left out"),
        "low": both("절반 2.5 %", "Halves, 2.5 %"),
        "high": both("절반 97.5 %", "Halves, 97.5 %"),
    }
    values = [
        {"figure": label[language], **dict(zip(titles, numbers, strict=True))}
        for label, *numbers in rows
    ]
    title = both("전체 자료의 값에 대한 비율", "Share of the value from all sources")[language]
    base = alt.Chart(alt.Data(values=values), width=460).encode(
        y=alt.Y(
            "figure:N",
            title=None,
            sort=[value["figure"] for value in values],
            axis=alt.Axis(labelLimit=380),
        ),
        tooltip=[
            alt.Tooltip("figure:N", title=both("값", "Key figure")[language]),
            *(alt.Tooltip(f"{n}:Q", title=t[language], format=".0%") for n, t in titles.items()),
        ],
    )
    axis = alt.Axis(format="%")
    line = alt.Chart(alt.Data(values=[{"whole": 1}])).mark_rule(color=INK, strokeDash=[4, 4])
    return (
        line.encode(x="whole:Q")
        + base.mark_rule(color=GREY, strokeWidth=2).encode(
            x=alt.X("low:Q", title=title, axis=axis), x2="high:Q"
        )
        + base.mark_bar(color=BLUE, height=7).encode(x="least:Q", x2="greatest:Q")
        + base.mark_tick(color=BLUE, thickness=2, size=12).encode(x="least:Q")
        + base.mark_tick(color=BLUE, thickness=2, size=12).encode(x="greatest:Q")
    )


def of_sources(study: Study, name: str, found: Support) -> Figure:
    """The documents on which most ties rest alone."""
    first = sorted(found.alone.items(), key=lambda item: (-item[1], item[0]))[:DRAWN]
    names = _apart([(study.names.both(iri), iri.rsplit("/", 1)[-1]) for iri, _ in first])
    rows = [(name, number) for name, (_, number) in zip(names, first, strict=True)]
    return Figure(
        "missing-sources",
        both(
            f"한 문서에만 근거한 연결({NETWORKS[name]['ko']})",
            f"Ties that rest on one document ({NETWORKS[name]['en'].lower()})",
        ),
        both(
            f"막대는 그 문서가 없으면 사라질 연결의 수이다. 많은 순서로 {len(rows):,}건을 보인다.",
            f"Each bar counts the ties that would go with the document; the first {len(rows):,}.",
        ),
        partial(_draw_sources, rows),
    )


def _draw_sources(rows: Sequence[tuple[Words, int]], language: str) -> Any:
    import altair as alt

    ties = both("연결", "Ties")[language]
    values = [{"document": label[language], "ties": number} for label, number in rows]
    return (
        alt.Chart(alt.Data(values=values), width=420)
        .mark_bar(color=ORANGE)
        .encode(
            x=alt.X("ties:Q", title=ties),
            y=alt.Y(
                "document:N",
                title=None,
                sort=[value["document"] for value in values],
                axis=alt.Axis(labelLimit=420),
            ),
            tooltip=[
                alt.Tooltip("document:N", title=both("문서", "Document")[language]),
                alt.Tooltip("ties:Q", title=ties),
            ],
        )
    )


__all__ = ["of_ranges", "of_sources"]
