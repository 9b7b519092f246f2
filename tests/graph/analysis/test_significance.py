"""The results of tests: beyond chance, within it, or undecided for lack of samples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from citypact.graph.analysis.null_models import Comparison, compared
from citypact.graph.analysis.permutation import holm
from citypact.graph.analysis.significance import (
    LEVEL,
    Adjust,
    Verdict,
    benjamini_hochberg_in_order,
    draws_needed,
    evaluate,
    evaluate_all,
    evaluate_single,
    least_p,
    monte_carlo_error,
)


def beside(observed: float, draws: Sequence[float]) -> Comparison:
    return compared({"a": observed}, [{"a": each} for each in draws], seed=1)["a"]


def test_the_draws_needed_for_one_test_are_those_that_were_always_asked_for() -> None:
    assert draws_needed() == 39
    assert draws_needed(7) == 279
    assert draws_needed(5, sides=1) == 99


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg_in_order])
@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize("tests", range(1, 30))
def test_as_many_draws_as_needed_tell_and_one_fewer_do_not(
    tests: int, sides: int, adjust: Adjust
) -> None:
    for draws, expected in (
        (draws_needed(tests, sides), Verdict.BEYOND),
        (draws_needed(tests, sides) - 1, Verdict.INCONCLUSIVE),
    ):
        least = least_p(draws, sides)
        first = evaluate([least, *[1.0] * (tests - 1)], [least] * tests, adjust)[0]
        assert first.verdict is expected


def test_where_draws_suffice_what_is_not_beyond_chance_is_within() -> None:
    verdicts = [each.verdict for each in evaluate([0.001, 0.9], [0.001, 0.001], holm)]
    assert verdicts == [Verdict.BEYOND, Verdict.WITHIN]


def test_others_at_their_least_make_fewer_draws_suffice() -> None:
    # After Benjamini and Hochberg four of seven are beyond at 7 / 4 times 2 / 101, so that a fifth
    # would be too: it is within chance, though 100 draws could not tell of it alone.
    least = least_p(100)
    verdicts = [each.verdict for each in evaluate([*[least] * 4, 0.5, 0.6, 0.7], [least] * 7)]
    assert verdicts == [Verdict.BEYOND] * 4 + [Verdict.WITHIN] * 3
    assert {each.verdict for each in evaluate([0.5] * 7, [least] * 7)} == {Verdict.INCONCLUSIVE}


def test_a_comparison_alone_needs_39_draws() -> None:
    assert evaluate_single(beside(9.0, [0.0, 1.0] * 19)) is Verdict.INCONCLUSIVE
    assert evaluate_single(beside(9.0, [0.0, 1.0] * 20)) is Verdict.BEYOND
    assert evaluate_single(beside(0.5, [0.0, 1.0] * 20)) is Verdict.WITHIN


def test_what_all_draws_and_the_network_have_alike_is_no_test() -> None:
    found = {
        "same": beside(1.0, [1.0] * 99),
        "other": beside(2.0, [1.0] * 99),
        "varies": beside(1.0, [0.0, 1.0, 2.0] * 33),
    }
    judged = evaluate_all(found)
    assert list(judged) == ["other", "varies"]
    # That no draw has what the network has tells more than any deviation.
    assert judged["other"].verdict is Verdict.BEYOND
    assert judged["other"].p == pytest.approx(2 * 2 / 100) and judged["other"].p <= LEVEL
    assert judged["varies"].verdict is Verdict.WITHIN


def test_the_order_of_tests_does_not_matter() -> None:
    assert benjamini_hochberg_in_order([0.5, 0.01, 0.03]) == pytest.approx([0.5, 0.03, 0.045])
    assert benjamini_hochberg_in_order([]) == []


@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize("share", [0.01, 0.02, 0.2])
def test_the_error_of_a_p_value_is_how_far_it_varies_with_the_seed(
    share: float, sides: int
) -> None:
    draws = 999
    as_far = np.random.default_rng(1).binomial(draws, share, size=4000)
    values = sides * (1 + as_far) / (1 + draws)
    errors = [monte_carlo_error(p, least_p(draws, sides)) for p in values]
    assert np.mean(errors) == pytest.approx(values.std(), rel=0.1)
