"""The figures of the chapter on structure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.structure import MEASURES, ActorStructure
from citypact.graph.report.shared.charts import Figure
from citypact.graph.report.structure.words import NAMES, name_of
from citypact.graph.text.bilingual import both

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

SHOWN = 15
"""How many actors the figure of ranks shows."""


def of_ranks(
    study: Study, order: Sequence[ActorStructure], placed: dict[Any, dict[str, int]]
) -> Figure:
    """The ranks of those with most partners by each measure."""

    def draw(language: str) -> Any:
        import altair as alt

        values = [
            {
                "actor": name_of(study, actor.node)[language],
                "measure": NAMES[name][language],
                "rank": rank,
            }
            for actor in order[:SHOWN]
            for name, rank in placed[actor.node].items()
        ]
        actors = [name_of(study, actor.node)[language] for actor in order[:SHOWN]]
        measures = [NAMES[name][language] for name in MEASURES]
        base = alt.Chart(alt.Data(values=values)).encode(
            x=alt.X("measure:N", sort=measures, title=None, axis=alt.Axis(labelAngle=-35)),
            y=alt.Y("actor:N", sort=actors, title=None),
            tooltip=[
                alt.Tooltip("actor:N", title=both("행위자", "actor")[language]),
                alt.Tooltip("measure:N", title=both("지표", "measure")[language]),
                alt.Tooltip("rank:Q", title=both("순위", "rank")[language]),
            ],
        )
        shade = alt.Scale(type="log", scheme="blues", reverse=True)
        last = max(rank for actor in order[:SHOWN] for rank in placed[actor.node].values())
        # Cells are shaded by the logarithm: the darkest third has white letters.
        dark = alt.condition(
            alt.datum.rank <= last**0.33,
            alt.value("white"),
            alt.value("#1d2733"),
        )
        cells = base.mark_rect().encode(color=alt.Color("rank:Q", scale=shade, legend=None))
        return (cells + base.mark_text().encode(text="rank:Q", color=dark)).properties(
            width=640, height=alt.Step(26)
        )

    return Figure(
        "structure-ranks",
        both("지표마다의 순위", "Ranks by each measure"),
        both(
            f"상대가 가장 많은 {min(SHOWN, len(order))}곳이 지표마다 몇째인지 보입니다. 진할수록 "
            "앞 순위입니다.",
            f"The {min(SHOWN, len(order))} actors with most partners and their rank by each "
            "measure; darker is nearer the top.",
        ),
        draw,
    )


def of_degrees(order: Sequence[ActorStructure]) -> Figure:
    """The share of actors with at least so many partners, on logarithmic axes."""
    degrees = sorted({actor.degree for actor in order if actor.degree})
    count = len(order)
    values = [
        {"degree": degree, "share": sum(actor.degree >= degree for actor in order) / count}
        for degree in degrees
    ]

    def draw(language: str) -> Any:
        import altair as alt

        few = both("상대가 이만큼 이상인 비율", "Share with at least so many partners")[language]
        many = both("상대의 수", "Partners")[language]
        log = alt.Scale(type="log")
        return (
            alt.Chart(alt.Data(values=values))
            .mark_line(point={"color": "#0072b2"}, color="#0072b2")
            .encode(
                x=alt.X("degree:Q", scale=log, title=many),
                y=alt.Y("share:Q", scale=log, title=few, axis=alt.Axis(format="~%")),
                tooltip=[
                    alt.Tooltip("degree:Q", title=many),
                    alt.Tooltip("share:Q", title=few, format=".1%"),
                ],
            )
            .properties(width=640, height=280)
        )

    return Figure(
        "structure-degrees",
        both("상대 수의 분포", "Distribution of the number of partners"),
        both(
            "두 축이 모두 로그입니다. 상대가 많은 행위자는 드뭅니다.",
            "Both axes are logarithmic. Actors with many partners are rare.",
        ),
        draw,
    )


__all__ = ["of_degrees", "of_ranks"]
