"""Coordinates whose two numbers seem to be exchanged: outside the country, inside if swapped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from citypact.ontology.errors import Bilingual, Message
from citypact.sources.reading.distances import distance
from citypact.sources.twins.doubts import TOLD, Doubt
from citypact.sources.twins.known_places import Entities
from citypact.sources.twins.reconcile import Match

_Place = tuple[float, float]
FAR, INSIDE = 1500.0, 700.0
"""Kilometres from the nearest city that we know in a country: outside it for sure, and in it."""
_DEGREES = 10.0
"""Within so many degrees of a known city nothing is in doubt: the sphere is not asked."""


def exchanged_coordinates(matches: Iterable[Match], entities: Entities) -> list[Doubt]:
    """The cities of a list that lie far from their country unless their numbers are exchanged.

    A country is known by the cities that the package has there; others are not judged.
    """
    known: dict[str, list[_Place]] = defaultdict(list)
    for entity in entities.cities.values():
        if entity.place:
            known[entity.country].append(entity.place)
    found = []
    for match in matches:
        place, country = match.city.place, match.country
        places = known.get(country.slug, []) if country else []
        if not place or not country or not places or _is_close(place, places):
            continue
        exchanged = place[1], place[0]
        if abs(exchanged[0]) > 90 or min(distance(place, other) for other in places) < FAR:
            continue
        if min(distance(exchanged, other) for other in places) > INSIDE:
            continue
        reason = Message(
            "{name} lies outside {country}; with latitude and longitude exchanged it lies inside",
            name=match.city.name or match.city.korean or match.city.id,
            country=Bilingual(country.name, country.korean or country.name),
        )
        file, _, line = match.city.place_in_file.rpartition(":")
        found.append(
            Doubt(
                file or match.city.id,
                int(line or 0),
                "latitude",
                f"{place[0]}, {place[1]}",
                reason,
                Message("exchange the two columns or numbers"),
                TOLD,
                False,
            )
        )
    return found


def _is_close(place: _Place, others: list[_Place]) -> bool:
    return any(
        abs(place[0] - other[0]) < _DEGREES and abs(place[1] - other[1]) < _DEGREES
        for other in others
    )


__all__ = ["exchanged_coordinates"]
