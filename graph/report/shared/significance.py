"""Networks by chance beside the one under study: how many a chapter draws, and what they tell."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from citypact.graph.analysis.bipartite import benjamini_hochberg
from citypact.graph.analysis.null_models import Comparison, Statistic, compare
from citypact.graph.tables.table import Column
from citypact.graph.text.bilingual import Words, both

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

LARGE, FEW = 2000, 100
"""Networks with more nodes are drawn by chance less often, at most so many times."""
LEVEL = 0.05
"""A p up to which a chapter says that something is other than chance."""

Correct = Callable[[Sequence[float]], Sequence[float]]
"""Corrects the p of several tests for their number, in the order given."""


class Verdict(Enum):
    """What draws tell of one test: beyond chance, within it, or too few draws to tell."""

    BEYOND = "beyond"
    WITHIN = "within"
    UNTOLD = "untold"


@dataclass(frozen=True)
class Judged:
    """The p of a test, corrected for the number of tests beside it, and what it tells."""

    p: float
    verdict: Verdict


def by_chance(
    study: Study, network: nx.Graph, statistic: Statistic, model: str, chapter: str
) -> dict[str, Comparison]:
    """The statistics of a network beside those of networks by chance; `chapter` is told of."""
    study.progress(f"{chapter}: {model}")
    draws = min(study.draws, FEW) if len(network) > LARGE else study.draws
    return compare(network, statistic, model, draws, study.seed, study.cluster, study.progress)


def least_p(draws: int, sides: int = 2) -> float:
    """The smallest p that so many draws can give, whatever the data.

    sides: 2 where p is twice the share of draws on one side (`Comparison.p`), 1 where the draws on
    both sides are counted together (`graph.analysis.permutation.Difference.p`).
    """
    return sides / (draws + 1)


def draws_needed(tests: int = 1, sides: int = 2) -> int:
    """How many draws suffice to tell that one of so many tests is beyond chance."""
    return math.ceil(round(sides * tests / LEVEL, 6)) - 1


def benjamini_hochberg_in_order(chances: Sequence[float]) -> list[float]:
    """The p of all tests after Benjamini and Hochberg (1995), in the order given."""
    order = sorted(range(len(chances)), key=lambda at: chances[at])
    rising = benjamini_hochberg([chances[at] for at in order], len(order))
    found = dict(zip(order, rising, strict=True))
    return [found[at] for at in range(len(order))]


def judge(
    chances: Sequence[float],
    least: Sequence[float],
    correct: Correct = benjamini_hochberg_in_order,
) -> list[Judged]:
    """What each of several tests tells, after correction for their number.

    chances: the p of each. least: the smallest that its draws can give (`least_p`). Too few draws
    to tell are those with which a test would be within chance even at its least, the others as
    they are.

    >>> [each.verdict.value for each in judge([2 / 31] * 7, [2 / 31] * 7)]
    ['untold', 'untold', 'untold', 'untold', 'untold', 'untold', 'untold']
    >>> [each.verdict.value for each in judge([0.002, 0.5], [0.002, 0.002])]
    ['beyond', 'within']
    """
    found = []
    for at, p in enumerate(correct(chances)):
        reachable = correct([*chances[:at], least[at], *chances[at + 1 :]])[at]
        found.append(Judged(p, _verdict(p, reachable)))
    return found


def _verdict(p: float, reachable: float) -> Verdict:
    if _is_significant(p):
        return Verdict.BEYOND
    return Verdict.WITHIN if _is_significant(reachable) else Verdict.UNTOLD


def _is_significant(p: float) -> bool:
    # 7 tests by 2/280 are 0.05, which sums of binary fractions may miss by a hair.
    return p <= LEVEL + 1e-12


def judge_alone(each: Comparison) -> Verdict:
    """What a comparison tells that is the only test of its claim."""
    return judge([each.p], [least_p(each.draws)])[0].verdict


def judge_all(found: Mapping[str, Comparison]) -> dict[str, Judged]:
    """What each of several comparisons tells, after Benjamini and Hochberg (1995), by name.

    What all draws have alike, and the network too, is not tested: the model gives it.
    """
    tested = {name: each for name, each in found.items() if _is_tested(each)}
    judged = judge(
        [each.p for each in tested.values()], [least_p(each.draws) for each in tested.values()]
    )
    return dict(zip(tested, judged, strict=True))


def untold(found: Mapping[str, Comparison], judged: Mapping[str, Judged]) -> tuple[int, int] | None:
    """How many draws, for how many tests, are too few to tell (see `too_few`); None where none is.

    judged: of the comparisons by `judge_all`.
    """
    draws = [found[name].draws for name, each in judged.items() if each.verdict is Verdict.UNTOLD]
    return (min(draws), len(judged)) if draws else None


def _is_tested(each: Comparison) -> bool:
    return each.deviation > 0 or not math.isclose(each.observed, each.mean, abs_tol=1e-12)


def too_few(draws: int, tests: int = 1, sides: int = 2) -> Words:
    """The caution that what so few draws cannot tell may well be, and how many would tell."""
    needed = draws_needed(tests, sides)
    corrected = both(f"검정 {tests}개로 보정하면 ", f", corrected for {tests} tests,")
    if tests == 1:
        corrected = both("", "")
    return both(
        f"추출 {draws:,}번으로 알 수 없다는 것은 우연과 다르지 않다는 뜻이 아닙니다. 그 횟수로 "
        f"나올 수 있는 가장 작은 p도 {corrected['ko']}5 %를 넘습니다. {needed:,}번이면 알 수 "
        "있습니다.",
        f"That {draws:,} draws cannot tell does not mean that there is nothing but chance: the "
        f"least p that they can give{corrected['en']} is above 5 %. With {needed:,} it could be "
        "told.",
    )


MODELS: dict[str, Words] = {
    "rewired": both("연결 수를 지킴", "Degrees kept"),
    "rewired-by-kind": both("종류별 연결 수를 지킴", "Degrees by kind kept"),
    "configuration": both("연결 수를 대략 지킴", "Degrees about kept"),
    "rewired-two-mode": both("양쪽 수를 지킴", "Both degrees kept"),
    "bicm": both("양쪽 수를 평균으로 지킴", "Both degrees kept in the mean"),
}


VALUES = (
    Column("observed", "number", "관찰", "Observed"),
    Column("mean", "number", "우연의 평균", "Mean by chance"),
    Column("deviation", "number", "표준편차", "Deviation"),
    Column("z", "number", "z", "z"),
    Column("p", "number", "p", "p"),
)

__all__ = [
    "FEW",
    "LARGE",
    "LEVEL",
    "Correct",
    "Judged",
    "Verdict",
    "benjamini_hochberg_in_order",
    "by_chance",
    "draws_needed",
    "judge",
    "judge_all",
    "judge_alone",
    "least_p",
    "too_few",
    "untold",
]
