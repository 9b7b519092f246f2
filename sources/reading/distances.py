"""Places on the globe, and how far they lie from each other."""

from __future__ import annotations

import math

LatLon = tuple[float, float]
"""Latitude and longitude in degrees, north and east positive."""

EARTH_RADIUS = 6371.0088
"""Mean radius in kilometres (IUGG)."""


def angle(one: LatLon, other: LatLon) -> float:
    """The angle between two places at the centre of the globe, in degrees (haversine formula).

    Source: Sinnott 1984, Sky and Telescope 68(2), 159; exact for near places too.
    """
    (lat1, lon1), (lat2, lon2) = one, other
    up = math.sin(math.radians(lat2 - lat1) / 2)
    across = math.sin(math.radians(lon2 - lon1) / 2)
    root = up * up + across * across * math.cos(math.radians(lat1)) * math.cos(math.radians(lat2))
    return math.degrees(2 * math.asin(min(1.0, math.sqrt(root))))


def distance(one: LatLon, other: LatLon) -> float:
    """The length of the great circle between two places, in kilometres, on a sphere."""
    return EARTH_RADIUS * math.radians(angle(one, other))


__all__ = ["EARTH_RADIUS", "LatLon", "angle", "distance"]
