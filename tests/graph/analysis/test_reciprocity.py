"""Reciprocity of lists and its bounds, against trying every answer of lists that say nothing."""

from __future__ import annotations

from itertools import product

import pytest

from citypact.graph.analysis.reciprocity import Mutual, Silence, life, reciprocity

NONE = ("a", "b")


def mutual(silence: Silence | None, *, is_active: bool | None = None) -> Mutual:
    return Mutual(NONE, silence, is_active, has_ended=False)


def test_shares_and_bounds() -> None:
    ties = [mutual(None)] * 6 + [mutual(Silence.UNEXPLAINED)] * 2 + [mutual(Silence.OLDER)] * 2
    ended = [
        Mutual(NONE, None, None, has_ended=True),
        Mutual(NONE, Silence.NOT_WHOLE, None, has_ended=True),
    ]
    found = reciprocity([*ties, *ended])
    assert (found.ties, found.both, found.unknown, found.unexplained) == (12, 7, 3, 2)
    assert (found.low, found.share, found.high) == (7 / 12, 7 / 9, 10 / 12)
    assert (found.ended, found.ended_both) == (2, 1)


def test_the_bounds_of_life_are_those_of_every_assignment() -> None:
    known = [mutual(None, is_active=active) for active in (True, True, False)]
    known += [mutual(Silence.UNEXPLAINED, is_active=active) for active in (True, False, False)]
    unknown = [
        mutual(Silence.OTHER_KIND, is_active=active) for active in (True, True, False, False)
    ]
    found = life([*known, *unknown, mutual(None)])
    assert found is not None
    assert found.difference == pytest.approx(2 / 3 - 1 / 3)
    differences = []
    for answers in product((None, Silence.UNEXPLAINED), repeat=len(unknown)):
        told = [mutual(a, is_active=tie.is_active) for a, tie in zip(answers, unknown, strict=True)]
        each = life([*known, *told])
        assert each is not None and each.difference is not None
        assert each.low == each.high == pytest.approx(each.difference)
        differences.append(each.difference)
    assert (found.low, found.high) == (
        pytest.approx(min(differences)),
        pytest.approx(max(differences)),
    )
    assert life([mutual(None)]) is None


def test_few_ties_can_show_no_difference() -> None:
    # Two active of ten, of which one is on one list alone: it is active with chance 2 / 10.
    known = [mutual(None, is_active=active) for active in (True, *[False] * 8)]
    few = life([*known, mutual(Silence.UNEXPLAINED, is_active=True)])
    assert few is not None and few.least_p == pytest.approx(0.2)
    more = [mutual(Silence.UNEXPLAINED, is_active=True) for _ in range(4)]
    many = life([*known, *more])
    assert many is not None
    assert many.p == many.least_p == pytest.approx(5 / 715)  # 5! / 4! of 13! / (9! 4!) draws
