"""The results of tests: beyond chance, within it, or undecided for lack of samples."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import numpy as np
import pytest

from citypact.graph.analysis.draws import until_decided
from citypact.graph.analysis.null_models import Comparison, compare, compared
from citypact.graph.analysis.permutation import holm
from citypact.graph.analysis.significance import (
    LEVEL,
    Adjust,
    Verdict,
    are_decided,
    benjamini_hochberg_in_order,
    draws_needed,
    evaluate,
    evaluate_all,
    evaluate_single,
    inconclusive,
    is_decided,
    least_p,
    monte_carlo_error,
    p_bounds,
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


def test_a_p_value_that_rounding_puts_above_the_level_is_at_it() -> None:
    for p, verdict in ((np.nextafter(0.05, 1), Verdict.BEYOND), (0.0501, Verdict.WITHIN)):
        assert evaluate([float(p)], [0.01])[0].verdict is verdict


def test_where_no_sample_was_as_far_the_true_p_value_may_be_nothing() -> None:
    low, high = p_bounds(least_p(99, sides=1), 99, sides=1)
    assert low == 0
    assert 0.01 < high < 0.1


def test_of_tests_with_too_few_samples_the_fewest_are_named() -> None:
    found = {
        name: Comparison(1.0, 0.0, 1.0, 1.0, 1 / (n + 1), 1.0, n, 1)
        for name, n in (("a", 20), ("b", 15), ("c", 18))
    }
    assert inconclusive(found, evaluate_all(found)) == (15, 3)


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


@pytest.mark.parametrize("sides", [1, 2])
@pytest.mark.parametrize("share", [0.001, 0.02, 0.3, 0.5])
def test_bounds_hold_the_p_value_of_infinitely_many_samples(share: float, sides: int) -> None:
    as_far = np.random.default_rng(3).binomial(200, share, size=500)
    bounds = [p_bounds(sides * (1 + int(n)) / 201, 200, sides) for n in as_far]
    missed = sum(not low <= min(1.0, sides * share) <= high for low, high in bounds)
    assert missed <= 5  # one in five hundred is allowed for a look


def test_samples_are_added_until_tests_are_decided_or_the_limit_is_reached() -> None:
    asked: list[int] = []

    def sample(share: float) -> float:
        """The p-value of so many samples of which this share is as far off."""

        def of(draws: int) -> float:
            asked.append(draws)
            return (1 + round(share * draws)) / (1 + draws)

        return until_decided(100, 500, of, lambda p: is_decided([p], asked[-1], sides=1))

    for share, expected in ((0.0, [100, 200]), (0.6, [100]), (0.049, [100, 200, 400, 500])):
        asked.clear()
        sample(share)
        assert asked == expected


def test_a_test_that_hardly_ever_changes_is_decided_and_a_close_one_is_not() -> None:
    # Decided one in a hundred times otherwise, at most: 0.03 is, from 2,000 samples of 5,000.
    chance = np.random.default_rng(8)
    wrong = stopped_early = 0
    for _ in range(300):
        drawn = np.cumsum(chance.random(1000) < 0.09)
        for draws in (200, 400, 800, 1000):
            p = (1 + int(drawn[draws - 1])) / (1 + draws)
            if is_decided([p], draws, sides=1) or draws == 1000:
                wrong += p <= LEVEL and draws < 1000
                stopped_early += draws < 1000
                break
    assert wrong <= 6 and stopped_early > 200


def test_a_family_is_decided_when_each_of_its_tests_is() -> None:
    clear = [0.001, 0.8, 0.9]
    assert is_decided(clear, 2000, 1, holm)
    assert not is_decided([*clear, 0.0125], 2000, 1, holm)
    assert is_decided([], 0)
    # Seven tests cannot be decided by a hundred samples, however far off the network is.
    assert not is_decided([2 / 101, *[0.9] * 6], 100, 2, benjamini_hochberg_in_order)


def test_a_comparison_takes_more_networks_only_while_it_is_undecided() -> None:
    network = nx.gnm_random_graph(30, 45, seed=2)
    few = compare(network, _edges_and_triangles, draws=20)
    more = compare(network, _edges_and_triangles, draws=20, most=80, is_enough=are_decided)
    whole = compare(network, _edges_and_triangles, draws=80)
    assert few["triangles"].draws == 20
    assert more == (whole if more["triangles"].draws == 80 else more)
    # What each further draw adds does not depend on how many were drawn at once.
    always = compare(network, _edges_and_triangles, draws=20, most=80, is_enough=lambda _: False)
    assert always == whole


def _edges_and_triangles(network: nx.Graph) -> dict[str, float]:
    return {"triangles": sum(nx.triangles(network).values()) / 3}
