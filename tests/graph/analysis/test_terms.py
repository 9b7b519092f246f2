"""Terms of office from days, and whether things fall evenly on them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from citypact.graph.analysis.rules import RuledTie, rule_table
from citypact.graph.analysis.terms import counts, terms, unevenness


def on(*parts: int) -> tuple[date, date]:
    day = date(*parts)
    return day, day


SHOWN = [
    ("old", *on(1990, 5, 1)),
    ("one", *on(2001, 1, 1)),
    ("one", *on(2003, 1, 1)),
    ("two", *on(2005, 1, 1)),
    ("one", *on(2010, 1, 1)),
    ("one", date(2012, 1, 1), date(2012, 12, 31)),
]


def test_terms_reach_to_those_before_and_after() -> None:
    found = terms(reversed(SHOWN))
    # Eleven years after "old" another mayor may have been in between.
    assert [(each.holder, each.first, each.last) for each in found] == [
        ("one", date(2001, 1, 1), date(2003, 1, 1)),
        ("two", date(2005, 1, 1), date(2005, 1, 1)),
        ("one", date(2010, 1, 1), date(2012, 12, 31)),
    ]
    assert [(each.earliest, each.latest) for each in found] == [
        (date(2001, 1, 1), date(2004, 12, 31)),
        (date(2003, 1, 2), date(2009, 12, 31)),
        (date(2005, 1, 2), date(2012, 12, 31)),
    ]
    assert terms([]) == []


def test_what_began_surely_and_possibly_in_a_term() -> None:
    begun = [
        on(2002, 6, 1),
        (date(2003, 1, 1), date(2003, 12, 31)),
        (date(2000, 1, 1), date(2013, 1, 1)),
    ]
    assert [(each.surely, each.possibly) for each in counts(terms(SHOWN), begun)] == [
        (1, 3),
        (0, 2),
        (0, 1),
    ]
    low, high = counts(terms(SHOWN), begun)[0].rate
    assert (low, high) == (pytest.approx(1 / 4, rel=0.01), pytest.approx(3 / 2, rel=0.01))


def test_one_rate_throughout_and_a_busy_mayor() -> None:
    series = terms(
        [("a", date(2000, 1, 1), date(2004, 12, 31)), ("b", date(2005, 1, 1), date(2009, 12, 31))]
    )
    generator = np.random.default_rng(1)
    days = generator.integers(0, 3650, 60).tolist()
    even = [on(*(date(2000, 1, 1) + timedelta(days=day)).timetuple()[:3]) for day in days]
    found = unevenness(series, even, 0.5, 300, 1)
    assert found is not None and found.p > 0.05 and found.things == 60
    busy = [on(*(date(2000, 1, 1) + timedelta(days=day // 2)).timetuple()[:3]) for day in days]
    found = unevenness(series, busy, 0.5, 300, 1)
    # All in one of two halves of the circle: only shifts of next to nothing are as uneven.
    assert found is not None and found.p < 0.05
    assert found.index == pytest.approx(60, rel=0.02)
    assert unevenness(series[:1], even, 0.5, 10, 1) is None
    assert unevenness(series, [on(1990, 1, 1)], 0.5, 10, 1) is None


def test_repeated_countries_before_and_since_a_rule() -> None:
    ties = [
        *(RuledTie(f"{country}1", 1980, country, is_of_kind=True) for country in "abcdefgh"),
        *(RuledTie(f"{country}2", 2010, country, is_of_kind=True) for country in "abcdef"),
        RuledTie("g2", 2011, "g", is_of_kind=False),
        RuledTie("x1", 2011, "x", is_of_kind=False),
    ]
    found = rule_table(ties, 2004)
    assert (found.before, found.since) == ((8, 0), (0, 6))
    assert found.other == (1, 1)
    assert found.p == pytest.approx(1 / 3003)  # 1 of 14 over 6
    assert [tie.name for tie in found.again] == ["a2", "b2", "c2", "d2", "e2", "f2"]
    # A tie of another kind makes no country one that has the kind.
    assert rule_table([ties[-1], RuledTie("x2", 2012, "x", is_of_kind=True)], 2004).since == (1, 0)
