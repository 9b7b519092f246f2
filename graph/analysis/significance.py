"""Tests against chance: adjusted p-values, and whether random samples suffice to decide."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from citypact.graph.analysis.bipartite import benjamini_hochberg
from citypact.graph.analysis.null_models import Comparison

LEVEL = 0.05
"""The level of significance."""
MORE = 2
"""While a test is undecided, up to this many times as many samples are drawn."""
RISK, LOOKS = 0.01, 5
"""How likely a test is decided otherwise than by infinitely many samples, and how often it is
looked at on the way, at most."""

Adjust = Callable[[Sequence[float]], Sequence[float]]
"""Adjusts the p-values of several tests for their number, in the order given."""


class Verdict(Enum):
    """The result of a test: beyond chance, within it, or too few samples to decide."""

    BEYOND = "beyond"
    WITHIN = "within"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True)
class Significance:
    """The p-value of a test, adjusted for the number of tests, and its result.

    error: its Monte Carlo standard error. is_least: whether no sample was as far from the mean as
    the network, so that p is an upper bound.
    """

    p: float
    verdict: Verdict
    error: float = 0.0
    is_least: bool = False


def least_p(draws: int, sides: int = 2) -> float:
    """The smallest p-value that so many random samples can give, whatever the data.

    sides: 2 where p is twice the share of samples on one side (`Comparison.p`), 1 where the samples
    on both sides are counted together (`graph.analysis.permutation.Difference.p`).
    """
    return sides / (draws + 1)


def monte_carlo_error(p: float, least: float) -> float:
    """The standard error that the number of random samples leaves in a p-value.

    p is a share of samples, or twice one, of which `least` is the smallest that the samples can
    give: √(q(1 - q)/n) for the share q (Davison and Hinkley 1997, Bootstrap Methods and their
    Application, ch. 4), of the two cases the larger.

    >>> round(monte_carlo_error(0.023, least_p(1000, sides=1)), 3)
    0.005
    """
    return math.sqrt(max(0.0, p * least * (1 - p / 2)))


class SampledTest:
    """A test whose p is a share of its random samples, those on both sides together."""

    p: float
    draws: int

    @property
    def error(self) -> float:
        """The Monte Carlo standard error of p."""
        return monte_carlo_error(self.p, least_p(self.draws, sides=1))

    @property
    def is_decided(self) -> bool:
        """Whether more samples would hardly change its result; p is taken as adjusted already."""
        return is_decided([self.p], self.draws, sides=1)


def draws_needed(tests: int = 1, sides: int = 2) -> int:
    """How many random samples suffice to find that one of so many tests is beyond chance."""
    return math.ceil(round(sides * tests / LEVEL, 6)) - 1


def p_bounds(p: float, draws: int, sides: int = 2) -> tuple[float, float]:
    """Bounds of the p-value that infinitely many random samples would give.

    The interval of Clopper and Pearson (1934, Biometrika 26, 404-413) of the share of samples, at a
    level of which `LOOKS` looks miss the truth with probability `RISK` at most, all together.
    sides: as in `least_p`.

    >>> low, high = p_bounds(0.04, 999, sides=1)
    >>> low < 0.04 < high, low < 0.05 < high
    (True, True)
    """
    from scipy.stats import beta

    risk = RISK / LOOKS / 2
    share = max(0, min(draws, round(p * (draws + 1) / sides) - 1))
    low = float(beta.ppf(risk, share, draws - share + 1)) if share else 0.0
    high = float(beta.ppf(1 - risk, share + 1, draws - share)) if share < draws else 1.0
    return min(1.0, sides * low), min(1.0, sides * high)


def is_decided(
    chances: Sequence[float], draws: int, sides: int = 2, adjust: Adjust | None = None
) -> bool:
    """Whether more random samples would hardly change the result of any of several tests.

    chances: their p-values, from so many samples. A test is decided if its adjusted p-value is on
    the same side of the level at both of its bounds (`p_bounds`). adjust: adjusts them for their
    number; None where each p-value is.

    >>> is_decided([0.3], 1000), is_decided([0.04], 1000), is_decided([0.04], 100_000)
    (True, False, True)
    """
    if not chances:
        return True
    bounds = [p_bounds(p, draws, sides) for p in chances]
    ends = [[low for low, _ in bounds], [high for _, high in bounds]]
    lows, highs = (adjust(each) if adjust else each for each in ends)
    return all(
        _is_significant(low) == _is_significant(high) for low, high in zip(lows, highs, strict=True)
    )


def benjamini_hochberg_in_order(chances: Sequence[float]) -> list[float]:
    """The p-values of tests in the order given, adjusted after Benjamini and Hochberg (1995)."""
    order = sorted(range(len(chances)), key=lambda at: chances[at])
    rising = benjamini_hochberg([chances[at] for at in order], len(order))
    found = dict(zip(order, rising, strict=True))
    return [found[at] for at in range(len(order))]


def evaluate(
    chances: Sequence[float],
    least: Sequence[float],
    adjust: Adjust = benjamini_hochberg_in_order,
) -> list[Significance]:
    """The results of several tests, after adjustment for their number.

    chances: the p-value of each. least: the smallest that its random samples can give (`least_p`).
    The samples are too few if a test would be within chance even at its smallest p-value, with the
    others as they are.

    >>> {each.verdict.value for each in evaluate([2 / 31] * 7, [2 / 31] * 7)}
    {'inconclusive'}
    >>> [each.verdict.value for each in evaluate([0.002, 0.5], [0.002, 0.002])]
    ['beyond', 'within']
    """
    found = []
    for at, p in enumerate(adjust(chances)):
        reachable = adjust([*chances[:at], least[at], *chances[at + 1 :]])[at]
        raw = chances[at]
        error = monte_carlo_error(raw, least[at]) * (p / raw if raw else 1.0)
        is_least = raw <= least[at] * (1 + 1e-9)
        found.append(Significance(p, _verdict(p, reachable), error, is_least))
    return found


def _verdict(p: float, reachable: float) -> Verdict:
    if _is_significant(p):
        return Verdict.BEYOND
    return Verdict.WITHIN if _is_significant(reachable) else Verdict.INCONCLUSIVE


def _is_significant(p: float) -> bool:
    # 7 tests by 2/280 are 0.05, which sums of binary fractions may miss by a hair.
    return p <= LEVEL + 1e-12


def evaluate_single(each: Comparison) -> Verdict:
    """The result of a comparison that is the only test of its claim."""
    return evaluate([each.p], [least_p(each.draws)])[0].verdict


def evaluate_all(found: Mapping[str, Comparison]) -> dict[str, Significance]:
    """The results of several comparisons, adjusted after Benjamini and Hochberg (1995), by name.

    A value that is the same in all samples and in the network is not tested: the model fixes it.
    """
    tested = {name: each for name, each in found.items() if _is_tested(each)}
    results = evaluate(
        [each.p for each in tested.values()], [least_p(each.draws) for each in tested.values()]
    )
    return dict(zip(tested, results, strict=True))


def are_decided(found: Mapping[str, Comparison], names: Sequence[str] = ()) -> bool:
    """Whether more samples would hardly change the result of any of several comparisons.

    names: of those that are tested together, all where not given.
    """
    tested = [
        each for name, each in found.items() if (not names or name in names) and _is_tested(each)
    ]
    draws = min((each.draws for each in tested), default=0)
    return is_decided([each.p for each in tested], draws, 2, benjamini_hochberg_in_order)


def inconclusive(
    found: Mapping[str, Comparison], results: Mapping[str, Significance]
) -> tuple[int, int] | None:
    """How many samples, for how many tests, are too few to decide; None where none is.

    results: of the comparisons, by `evaluate_all`.
    """
    draws = [
        found[name].draws for name, each in results.items() if each.verdict is Verdict.INCONCLUSIVE
    ]
    return (min(draws), len(results)) if draws else None


@dataclass(frozen=True)
class Deviation:
    """A feature that differs from chance, and whether it is above the average by chance."""

    name: str
    is_above: bool
    compared: Comparison


@dataclass(frozen=True)
class ModelResult:
    """What a null model says: how many features were tested, and those that differ.

    inconclusive: how many random samples, for how many tests, are too few; None where they decide.
    """

    tested: int
    beyond: Sequence[Deviation]
    inconclusive: tuple[int, int] | None

    @property
    def draws_needed(self) -> int:
        """How many random samples suffice."""
        return draws_needed(self.inconclusive[1]) if self.inconclusive else 0


def model_result(found: Mapping[str, Comparison]) -> ModelResult:
    """What comparisons with a null model say, tested together by `evaluate_all`."""
    results = evaluate_all(found)
    beyond = [
        Deviation(name, found[name].observed > found[name].mean, found[name])
        for name, result in results.items()
        if result.verdict is Verdict.BEYOND
    ]
    return ModelResult(len(results), beyond, inconclusive(found, results))


def _is_tested(each: Comparison) -> bool:
    return each.deviation > 0 or not math.isclose(each.observed, each.mean, abs_tol=1e-12)


__all__ = [
    "LEVEL",
    "MORE",
    "Adjust",
    "Deviation",
    "ModelResult",
    "SampledTest",
    "Significance",
    "Verdict",
    "are_decided",
    "benjamini_hochberg_in_order",
    "draws_needed",
    "evaluate",
    "evaluate_all",
    "evaluate_single",
    "inconclusive",
    "is_decided",
    "least_p",
    "model_result",
    "monte_carlo_error",
    "p_bounds",
]
