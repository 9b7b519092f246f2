"""Great circles and the Equal Earth projection.

Angles are in degrees, north and east positive. projection.js computes the same for the arcs of the
page: as lists of points, those of a world network would be most of its bytes.
"""

from __future__ import annotations

import math

from citypact.sources.reading.distances import EARTH_RADIUS, LatLon, angle, distance

STEP = 3.0
"""Degrees of a great circle that are drawn as one straight line."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2
HALF_WIDTH = math.pi / (_M * _A1)
"""Half the width of the projected globe, for a globe of radius 1."""


def equal_earth(latitude: float, longitude: float, centre: float = 0.0) -> tuple[float, float]:
    """A point in the Equal Earth projection: x to the right, y upwards, for a globe of radius 1.

    The projection preserves areas. `centre` is the central meridian. Longitudes are not wrapped, so
    a line that crosses the edge of the map continues beyond it.
    Source: Šavrič, Patterson, Jenny 2019, International Journal of Geographical Information
    Science 33(3), 454-465.
    """
    t = math.asin(_M * math.sin(math.radians(latitude)))
    t2 = t * t
    t6 = t2 * t2 * t2
    across = _M * (_A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2))
    x = math.radians(longitude - centre) * math.cos(t) / across
    return x, t * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))


def wrapped(longitude: float, centre: float = 0.0) -> float:
    """The same longitude, within 180 degrees of the centre."""
    return (longitude - centre + 180) % 360 - 180 + centre


def great_circle(one: LatLon, other: LatLon, step: float = STEP) -> list[LatLon]:
    """Points of the shortest line between two points, both included, at most `step` degrees apart.

    Longitudes continue beyond ±180 degrees, so the line never jumps. Between antipodes, where all
    lines are equally short, it leads over the pole that is closer to the first point, and between
    the poles over the equator.
    Source: spherical linear interpolation, Shoemake 1985, SIGGRAPH 19(3), 245-254.
    """
    whole = angle(one, other)
    if whole > 179.999:
        pole = 90.0 if one[0] >= 0 else -90.0
        over = (0.0 if abs(one[0]) > 89 else pole, one[1])
        return [*great_circle(one, over, step), *great_circle(over, other, step)[1:]]
    count = max(1, math.ceil(whole / step))
    a, b = _vector(one), _vector(other)
    points = [one]
    for i in range(1, count):
        u = math.sin(math.radians(whole * (1 - i / count)))
        v = math.sin(math.radians(whole * i / count))
        x, y, z = (u * p + v * q for p, q in zip(a, b, strict=True))
        latitude, longitude = math.degrees(math.atan2(z, math.hypot(x, y))), math.atan2(y, x)
        points.append((latitude, wrapped(math.degrees(longitude), points[-1][1])))
    points.append((other[0], wrapped(other[1], points[-1][1])))
    return points


def _vector(place: LatLon) -> tuple[float, float, float]:
    latitude, longitude = map(math.radians, place)
    flat = math.cos(latitude)
    return flat * math.cos(longitude), flat * math.sin(longitude), math.sin(latitude)


def middle(places: list[LatLon]) -> LatLon:
    """The centre of points: their mean on the globe. (0, 0) if there are none."""
    if not places:
        return 0.0, 0.0
    x, y, z = (math.fsum(part) for part in zip(*map(_vector, places), strict=True))
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


__all__ = [
    "EARTH_RADIUS",
    "HALF_WIDTH",
    "LatLon",
    "angle",
    "distance",
    "equal_earth",
    "great_circle",
    "middle",
    "wrapped",
]
