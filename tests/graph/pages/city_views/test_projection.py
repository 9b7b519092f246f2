"""Great circles, distances and the projection of maps, against values known from elsewhere."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from citypact.graph.pages.basemap import UNIT, rings
from citypact.graph.pages.city_views.projection import (
    HALF_WIDTH,
    angle,
    distance,
    equal_earth,
    great_circle,
    middle,
    wrapped,
)

SEOUL, SAN_FRANCISCO = (37.566, 126.9784), (37.7749, -122.4194)
LONDON, SYDNEY = (51.5085, -0.1257), (-33.8679, 151.2073)

places = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        (SEOUL, SAN_FRANCISCO, 9026),
        (SEOUL, LONDON, 8860),
        (LONDON, SYDNEY, 16994),
        ((0, 0), (0, 180), 20015),
        ((90, 0), (-90, 77), 20015),
        (SEOUL, SEOUL, 0),
    ],
)
def test_distances_are_those_of_atlases(
    one: tuple[float, float], other: tuple[float, float], kilometres: float
) -> None:
    assert distance(one, other) == pytest.approx(kilometres, rel=0.004, abs=0.01)


def test_the_way_from_seoul_to_san_francisco_crosses_the_date_line_in_the_north() -> None:
    line = great_circle(SEOUL, SAN_FRANCISCO)
    assert line[0] == SEOUL
    assert line[-1] == pytest.approx((SAN_FRANCISCO[0], SAN_FRANCISCO[1] + 360))
    assert any(longitude > 180 for _, longitude in line)
    # The northernmost point of a great circle, by Clairaut's relation from its first course.
    here, there = (math.radians(place[0]) for place in (SEOUL, SAN_FRANCISCO))
    turn = math.radians(SAN_FRANCISCO[1] - SEOUL[1])
    course = math.atan2(
        math.sin(turn) * math.cos(there),
        math.cos(here) * math.sin(there) - math.sin(here) * math.cos(there) * math.cos(turn),
    )
    highest = math.degrees(math.acos(abs(math.sin(course)) * math.cos(here)))
    assert max(latitude for latitude, _ in line) == pytest.approx(highest, abs=0.1)


@given(places, places)
@example((90.0, 0.0), (-90.0, 0.0))
@example((-90.0, 20.0), (90.0, 20.0))
def test_lines_are_as_long_as_the_distance_and_never_jump(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    line = great_circle(one, other)
    steps = list(pairwise(line))
    assert sum(angle(a, b) for a, b in steps) == pytest.approx(angle(one, other), abs=0.01)
    assert all(abs(a[1] - b[1]) <= 180 + 1e-6 for a, b in steps)
    assert line[0] == one
    assert angle(line[-1], other) < 1e-4


def test_the_projection_keeps_areas_and_has_the_known_shape() -> None:
    # The corners and the width given in the paper, for a globe of radius 1.
    assert pytest.approx(2.70663, abs=1e-5) == HALF_WIDTH
    assert equal_earth(0, 180)[0] == pytest.approx(HALF_WIDTH)
    assert equal_earth(90, 0)[1] == pytest.approx(1.31737, abs=1e-5)
    assert equal_earth(-30, -20) == pytest.approx(tuple(-c for c in equal_earth(30, 20)))
    # A band of the sphere has the same area on the sheet.
    for low, high in ((0, 1), (40, 41), (80, 81)):
        (x1, y1), (x2, y2) = equal_earth(low, 1), equal_earth(high, 1)
        flat = (x1 + x2) / 2 * (y2 - y1)
        round_ = math.radians(1) * (math.sin(math.radians(high)) - math.sin(math.radians(low)))
        assert flat == pytest.approx(round_, rel=1e-3)


@given(st.floats(-1000, 1000), st.floats(-180, 180))
def test_wrapped_meridians_are_within_half_a_turn(longitude: float, centre: float) -> None:
    found = wrapped(longitude, centre)
    assert abs(found - centre) <= 180 + 1e-9
    assert (found - longitude) / 360 == pytest.approx(round((found - longitude) / 360), abs=1e-9)


def test_the_middle_of_places_across_the_date_line_is_there() -> None:
    assert middle([(0, 170), (0, -170)]) == pytest.approx((0, 180))
    assert middle([]) == (0, 0)


def test_the_base_map_holds_whole_rings_of_the_countries() -> None:
    land = rings()
    assert len(land) > 170
    assert {"410", "408", "840", "156"} <= set(land)
    for country, parts in land.items():
        for ring in parts:
            assert len(ring) % 2 == 0
            # All points after the first are steps, and a whole ring comes back to where it began.
            assert sum(ring[2::2]) == 0 == sum(ring[3::2]), country
            assert all(abs(step) <= 20 / UNIT for step in ring[2::2]) or country == "010"
    korea = land["410"][0]
    assert 124 < korea[0] * UNIT < 132
    assert 33 < korea[1] * UNIT < 39
