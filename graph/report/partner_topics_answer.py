"""What the topics of partner cities are beside chance, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.report.numbers import written
from graph.views.view import name
from graph.words import Words, both, joined, particle

if TYPE_CHECKING:
    from graph.analysis.bipartite import SharedNeighbours
    from graph.report.partner_topics import PartnerTopics

NAMED = 3
"""How many pairs of cities the answer names."""


def answer(topics: PartnerTopics) -> list[Words]:
    """Whether cities are set apart by their topics, and whether any two of them are alike."""
    return [_set_apart(topics), *_alike(topics)]


def _set_apart(topics: PartnerTopics) -> Words:
    """Whether topics are set apart, and whether that is more than how narrowly they are named."""
    own = topics.beyond("own", "checkerboards")
    broadest = topics.beyond("broadest", "checkerboards")
    found = topics.compared["own", "rewired-two-mode"]["checkerboards"]
    ratio = written(found.observed / found.mean) if found.mean else "–"
    rows = sum(side == 0 for _, side in topics.network.nodes(data="bipartite"))
    mean = written(topics.shared)
    first = both(
        f"협력 도시 {rows:,}곳에서 두 도시가 함께 다루는 분야는 평균 {mean}개입니다. ",
        f"Of {rows:,} partner cities, two share {mean} topics in the mean. ",
    )
    if own == "above":
        then = both(
            f"분야는 우연보다 더 엇갈립니다(우연의 {ratio}배). 도시마다 다른 것을 다룬다는 "
            f"뜻입니다. {BROADEST[broadest]['ko']}",
            f"Topics are set apart more than by chance ({ratio} times): what cities deal with "
            f"differs. {BROADEST[broadest]['en']}",
        )
    elif own == "below":
        then = both(
            f"분야는 우연보다 더 겹칩니다(엇갈림이 우연의 {ratio}배).",
            f"Topics overlap more than by chance (set apart {ratio} times as much).",
        )
    elif own == "unclear":
        then = both(
            f"분야가 우연보다 더 엇갈리는지는 모형에 달렸습니다(우연의 {ratio}배). 도시와 분야의 "
            "수를 정확히 지키는 모형과 평균으로 지키는 모형 가운데 하나에서만 우연을 벗어납니다. "
            f"{BROADEST[broadest]['ko']}",
            f"Whether topics are set apart more than by chance depends on the model ({ratio} "
            "times): of the one that keeps degrees exactly and the one that keeps them in the "
            f"mean, only one is exceeded. {BROADEST[broadest]['en']}",
        )
    else:
        then = both(
            f"분야는 우연보다 더 겹치지도 엇갈리지도 않습니다(우연의 {ratio}배).",
            f"Topics overlap neither more nor less than by chance (set apart {ratio} times as "
            "much).",
        )
    return joined(first, then, ko="", en="")


BROADEST = {
    "above": both(
        "가장 넓은 분야로 묶으면 두 모형 모두에서 우연보다 더 엇갈립니다.",
        "With only the broadest topics told apart they are set apart more in both models.",
    ),
    "below": both(
        "가장 넓은 분야로 묶으면 오히려 우연보다 더 겹칩니다.",
        "With only the broadest topics told apart they overlap more than by chance.",
    ),
    "unclear": both(
        "가장 넓은 분야로 묶어도 모형에 달렸습니다.",
        "With only the broadest topics told apart it depends on the model.",
    ),
    "": both(
        "가장 넓은 분야로 묶으면 차이가 없으므로, 문서가 분야를 얼마나 좁게 적었는지에서 올 수 "
        "있습니다.",
        "With only the broadest topics told apart there is no difference, so it may come of how "
        "narrowly documents name them.",
    ),
}


def _alike(topics: PartnerTopics) -> list[Words]:
    real = [pair for pair in topics.cities if pair.is_validated]
    if real:
        names = joined(*(_pair(topics, pair) for pair in real[:NAMED]))
        return [
            both(
                f"우연보다 많은 분야를 함께 다루는 도시 쌍은 {len(real):,}개입니다. 가장 뚜렷한 "
                f"것은 {names['ko']}입니다.",
                f"{len(real):,} pairs of cities share more topics than by chance, most clearly "
                f"{names['en']}.",
            )
        ]
    if not topics.cities:
        return []
    pair = topics.cities[0]
    named = _pair(topics, pair)
    return [
        both(
            "우연보다 많은 분야를 함께 다룬다고 할 수 있는 도시 쌍은 없습니다. 가장 가까운 "
            f"{particle(named['ko'], '은', '는')} {pair.shared}개를 함께 다루고 우연의 평균은 "
            f"{written(pair.expected)}개이지만, 쌍이 많으니 이만한 것은 우연으로도 나옵니다.",
            f"Of no two cities can it be said that they share more topics than by chance. "
            f"{named['en']} come closest, with {pair.shared} against {written(pair.expected)} in "
            "the mean by chance; among so many pairs chance gives that too.",
        )
    ]


def _pair(topics: PartnerTopics, pair: SharedNeighbours) -> Words:
    one, other = name(topics.network, pair.one), name(topics.network, pair.other)
    return both(f"{one['ko']}–{other['ko']}", f"{one['en']} and {other['en']}")


__all__ = ["answer"]
