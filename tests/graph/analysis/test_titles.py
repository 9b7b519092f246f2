"""Titles and years within lists, by numbers that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from citypact.graph.analysis.titles import (
    TitledTie,
    bounded,
    closest,
    without_each,
    years_later,
)


def ties(on_list: str, sisters: list[int | None], others: list[int | None]) -> list[TitledTie]:
    return [
        TitledTie(on_list, has_title, (year, year) if year else None)
        for has_title, years in ((True, sisters), (False, others))
        for year in years
    ]


def test_only_differences_within_a_list_count() -> None:
    old = ties("old", [1960, 1970], [1980])
    young = ties("young", [2000], [2010, 2020, 2030])
    alone = ties("alone", [1900, 1901], [])
    found = years_later([*old, *young, *alone], draws=50)
    assert found is not None
    # 15 years with weight 2/3, and 20 with weight 3/4.
    assert found.difference == pytest.approx((15 * 2 / 3 + 20 * 3 / 4) / (2 / 3 + 3 / 4))
    assert (found.number_of_first, found.number_of_second) == (4, 3)
    assert years_later(alone) is None
    left = without_each([*old, *young], {"old": old, "young": young})
    assert left == {"old": pytest.approx(20), "young": pytest.approx(15)}


def test_titles_at_random_are_within_chance_and_titles_by_age_are_not() -> None:
    generator = np.random.default_rng(3)
    years = generator.integers(1950, 2020, 60).tolist()
    by_age = ties("a", [y for y in years if y < 1985], [y for y in years if y >= 1985])
    by_chance = ties("a", years[:30], years[30:])
    assert (years_later(by_age, 200) or pytest.fail()).p == pytest.approx(1 / 201)
    p = (years_later(by_chance, 200) or pytest.fail()).p
    assert p is not None and p > 0.05


def test_bounds_of_unknown_years() -> None:
    found = ties("a", [1970, None], [2000, None])
    known, early, late, weak = (
        (years_later(each, 0) or pytest.fail()).difference
        for each in (
            found,
            bounded(found, late=False),
            bounded(found, late=True),
            closest(found, is_later=True),
        )
    )
    assert (known, early, late, weak) == (30, 15, 15, 0)
    interval = [TitledTie("a", True, (1990, 1999))]
    assert [tie.years for tie in bounded(interval, late=True)] == [(1999, 1999)]
