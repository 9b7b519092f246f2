"""Spread, renewal, silence and succession, worked out by hand and by their invariants."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citypact.graph.analysis.chronology import (
    chains,
    dormant,
    median_between,
    renewals,
    spread,
    years_before,
)

EVENTS = [
    ("metro", "hanoi", 2010),
    ("metro", "hanoi", 2005),
    ("metro", "lima", 2010),
    ("metro", "cairo", 2010),
    ("parks", "tashkent", 2003),
    ("parks", "hanoi", 2003),
]


def test_spread_by_hand() -> None:
    parks, metro = spread(EVENTS)
    assert (parks.topic, parks.first, parks.first_with) == ("parks", 2003, ("hanoi", "tashkent"))
    assert parks.cumulative == {2003: 2}
    assert (metro.first, metro.first_with) == (2005, ("hanoi",))
    assert metro.cumulative == {2005: 1, 2010: 3}
    assert metro.partners == 3
    assert [metro.years_to(number) for number in (1, 2, 3, 4)] == [0, 5, 5, None]
    assert spread([]) == []


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.integers(1968, 2025)),
        max_size=20,
    )
)
def test_spread_grows_and_ends_with_all_partners(events: list[tuple[str, str, int]]) -> None:
    found = {each.topic: each for each in spread(events)}
    assert set(found) == {topic for topic, _, _ in events}
    for topic, each in found.items():
        counts = list(each.cumulative.values())
        assert counts == sorted(set(counts))
        assert counts[-1] == len({partner for name, partner, _ in events if name == topic})
        assert each.first == min(year for name, _, year in events if name == topic)
        assert each.cumulative[each.first] == len(each.first_with)


def test_renewals_by_hand() -> None:
    found = renewals(
        {
            "lima": [2021],
            "milan": [None, 2007],
            "tokyo": [2015, 2014],
            "beijing": [2015, 2007, 2014],
        }
    )
    assert [(each.node, each.agreements) for each in found] == [
        ("beijing", 3),
        ("milan", 2),
        ("tokyo", 2),
    ]
    assert found[0].between == (7, 1)
    # Of two agreements one has no year: there are no years between that anyone knows.
    assert (found[1].years, found[1].between) == ((2007,), ())
    assert median_between(found) == 1
    assert median_between([]) is None


def test_years_before_a_leap_day() -> None:
    assert years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)


def test_ten_years_to_the_day_are_ten_years() -> None:
    last = {"a": date(2015, 7, 7), "b": date(2015, 7, 6), "c": date(1999, 1, 1)}
    assert [node for node, _ in dormant(last, date(2025, 7, 6), 10)] == ["c", "b"]
    assert dormant({}, date(2025, 7, 6), 10) == []


@given(
    st.dictionaries(st.integers(), st.dates(date(1968, 1, 1), date(2025, 1, 1)), max_size=8),
    st.integers(0, 30),
)
def test_more_years_leave_fewer_quiet(last: dict[int, date], years: int) -> None:
    day = date(2025, 7, 6)
    quiet = dict(dormant(last, day, years))
    assert set(dict(dormant(last, day, years + 1))) <= set(quiet) <= set(last)
    assert dict(dormant(last, day, 0)) == last


@pytest.mark.parametrize(
    ("follows", "expected"),
    [
        ({}, []),
        ({"b": ["a"], "c": ["b"]}, [("a", "b", "c")]),
        ({"c": ["a", "b"]}, [("a", "c"), ("b", "c")]),
        ({"b": ["a"], "c": ["a"]}, [("a", "b"), ("a", "c")]),
        ({"a": ["b"], "b": ["a"]}, [("b", "a")]),
        ({"a": ["a"]}, []),
        ({"a": ["b"], "b": ["a"], "d": ["c"]}, [("b", "a"), ("c", "d")]),
    ],
)
def test_chains(follows: dict[str, list[str]], expected: list[tuple[str, ...]]) -> None:
    assert chains(follows) == expected


@given(st.dictionaries(st.integers(1, 9), st.lists(st.integers(0, 8), max_size=3), max_size=9))
def test_chains_without_circles_tell_every_step(links: dict[int, list[int]]) -> None:
    follows = {node: [old for old in olds if old < node] for node, olds in links.items()}
    found = chains(follows)
    steps = {pair for chain in found for pair in itertools.pairwise(chain)}
    assert steps == {(old, node) for node, olds in follows.items() for old in olds}
    assert len(set(found)) == len(found)
