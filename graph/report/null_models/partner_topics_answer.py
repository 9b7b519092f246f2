"""What the topics of partner cities are beside chance, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citypact.graph.networks.node_names import name
from citypact.graph.report.shared.significance import draws_needed
from citypact.graph.text.bilingual import Words, both, joined, particle
from citypact.graph.text.numbers import written

if TYPE_CHECKING:
    from citypact.graph.analysis.bipartite import SharedNeighbours
    from citypact.graph.analysis.null_models import Comparison
    from citypact.graph.report.null_models.partner_topics import PartnerTopics

NAMED = 3
"""How many pairs of cities the answer names."""


def answer(topics: PartnerTopics) -> list[Words]:
    """Whether cities are set apart by their topics, and whether any two of them are alike."""
    return [_set_apart(topics), *_alike(topics)]


def _set_apart(topics: PartnerTopics) -> Words:
    """Whether topics are set apart, and whether that is more than how narrowly they are named."""
    own = topics.beyond("own", "checkerboards")
    broadest = _broadest(topics)
    ratio = _ratio(topics.compared["own", "rewired-two-mode"]["checkerboards"])
    rows = sum(side == 0 for _, side in topics.network.nodes(data="bipartite"))
    mean = written(topics.shared)
    first = both(
        f"협력 도시 {rows:,}곳에서 두 도시가 함께 다루는 분야는 평균 {mean}개입니다. ",
        f"Of {rows:,} partner cities, two share {mean} topics in the mean. ",
    )
    if own == "above":
        then = both(
            f"분야는 우연보다 더 엇갈립니다(우연의 {ratio}배). 도시마다 다른 것을 다룬다는 "
            f"뜻입니다. {broadest['ko']}",
            f"Topics are set apart more than by chance ({ratio} times): what cities deal with "
            f"differs. {broadest['en']}",
        )
    elif own == "below":
        then = both(
            f"분야는 우연보다 더 겹칩니다(엇갈림이 우연의 {ratio}배).",
            f"Topics overlap more than by chance (set apart {ratio} times as much).",
        )
    elif own == "unclear":
        each = _by_model(topics, "own")
        then = both(
            f"분야가 우연보다 더 엇갈리는지는 모형에 달렸습니다. {each['ko']}. {broadest['ko']}",
            f"Whether topics are set apart more than by chance depends on the model: {each['en']}. "
            f"{broadest['en']}",
        )
    elif own == "untold":
        then = both(
            f"분야가 우연보다 더 엇갈리는지는 추출 {topics.draws:,}번으로 알 수 없습니다(우연의 "
            f"{ratio}배). {draws_needed():,}번이면 알 수 있습니다.",
            f"Whether topics are set apart more than by chance ({ratio} times) cannot be told from "
            f"{topics.draws:,} draws; {draws_needed():,} would do.",
        )
    else:
        then = both(
            f"분야는 우연보다 더 겹치지도 엇갈리지도 않습니다(우연의 {ratio}배).",
            f"Topics overlap neither more nor less than by chance (set apart {ratio} times as "
            "much).",
        )
    return joined(first, then, ko="", en="")


MODELS = {
    "rewired-two-mode": both(
        "도시와 분야의 수를 정확히 지키는 모형", "beside the model that keeps degrees exactly"
    ),
    "bicm": both(
        "그 수를 평균으로 지키는 모형(BiCM)", "beside the one that keeps them in the mean (BiCM)"
    ),
}
SIDES = {
    "above": both("우연보다 더 엇갈림", "they are set apart more than by chance"),
    "below": both("우연보다 더 겹침", "they overlap more than by chance"),
    "within": both("우연의 범위 안", "they are within chance"),
}
BROADEST = {
    "above": both(
        "가장 넓은 분야로 묶으면 두 모형 모두에서 우연보다 더 엇갈립니다.",
        "With only the broadest topics told apart they are set apart more in both models.",
    ),
    "below": both(
        "가장 넓은 분야로 묶으면 오히려 우연보다 더 겹칩니다.",
        "With only the broadest topics told apart they overlap more than by chance.",
    ),
    "within": both(
        "가장 넓은 분야로 묶으면 차이가 없으므로, 문서가 분야를 얼마나 좁게 적었는지에서 올 수 "
        "있습니다.",
        "With only the broadest topics told apart there is no difference, so it may come of how "
        "narrowly documents name them.",
    ),
    "untold": both(
        "가장 넓은 분야로 묶어도 그런지는 추출이 적어 알 수 없습니다.",
        "Whether that holds with only the broadest topics told apart cannot be told from so few "
        "draws.",
    ),
}


def _broadest(topics: PartnerTopics) -> Words:
    """What is left where only the broadest topics are told apart."""
    found = topics.beyond("broadest", "checkerboards")
    if found in BROADEST:
        return BROADEST[found]
    each = _by_model(topics, "broadest")
    return both(
        f"가장 넓은 분야로 묶어도 모형에 달렸습니다. {each['ko']}.",
        f"With only the broadest topics told apart it depends on the model too: {each['en']}.",
    )


def _by_model(topics: PartnerTopics, grain: str) -> Words:
    """Whether topics are set apart beside each model, with its multiple of chance and p."""
    told = []
    for model, side in topics.sides(grain, "checkerboards").items():
        found = topics.compared[grain, model]["checkerboards"]
        ratio, p = _ratio(found), written(found.p)
        told.append(
            both(
                f"{MODELS[model]['ko']}: {SIDES[side]['ko']}(우연의 {ratio}배, p = {p})",
                f"{MODELS[model]['en']} {SIDES[side]['en']} ({ratio} times, p = {p})",
            )
        )
    return joined(*told, ko="; ", en="; ")


def _ratio(found: Comparison) -> str:
    return written(found.observed / found.mean) if found.mean else "–"


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
