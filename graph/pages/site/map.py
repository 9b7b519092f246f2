"""The map of a site: land as a picture that all pages share, cities above it as links.

It needs no script. Who wants to move it and to filter by year opens the view of `citypact draw`,
which is part of the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import networkx as nx

from citypact.graph.charts import palette
from citypact.graph.networks.cities import cities
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.pages.basemap import UNIT, rings
from citypact.graph.pages.city_views.map import CENTRES, centre_of
from citypact.graph.pages.city_views.projection import (
    HALF_WIDTH,
    LatLon,
    equal_earth,
    great_circle,
    wrapped,
)
from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.words import message

LAND = "map-land.svg"
WIDTH, HEIGHT = 1000, 487
SCALE = WIDTH / 2 / HALF_WIDTH
MOST = 2000
"""So many cities are drawn, those with most ties; the list has them all."""
RADIUS = 2.6


@dataclass(frozen=True)
class Dot:
    """A city on the map: its IRI, where it is drawn, how large, and whether it is the centre."""

    iri: str
    x: float
    y: float
    radius: float
    is_centre: bool


class MapPicture(NamedTuple):
    """What is drawn above the land: cities, and ties as paths."""

    dots: list[Dot]
    arcs: list[str]


@dataclass(frozen=True)
class SiteMap:
    """The cities of a graph on a map."""

    graph: SiteGraph

    @classmethod
    def of(cls, graph: SiteGraph) -> SiteMap:
        """The map that all pages share."""
        return graph.once("map", lambda: cls(graph))

    @cached_property
    def network(self) -> nx.Graph:
        """The cities with their ties."""
        return cities(self.graph.store)

    @cached_property
    def centre(self) -> str:
        """The city of the project's centre; '' where it has none."""
        iri = self.graph.store.centre
        return self.graph.place_of.get(iri, iri)

    @cached_property
    def meridian(self) -> float:
        """The longitude in the middle of the map."""
        return CENTRES[centre_of(self.network)]

    @cached_property
    def _places(self) -> dict[str, LatLon]:
        known = NetworkReader.of(self.graph.store).coordinates
        return {iri: known[iri] for iri in sorted(known) if self.graph.owner(iri) == iri}

    @cached_property
    def dots(self) -> list[Dot]:
        """The cities that are drawn: the smaller above the larger."""
        degree = {
            iri: self.network.degree(iri) if iri in self.network else 0 for iri in self._places
        }
        return self._dots(degree)

    def _dots(self, degree: Mapping[str, int]) -> list[Dot]:
        """Places (IRIs) by how large they are drawn: the centre first, then the largest."""
        drawn = sorted(degree, key=lambda iri: (iri != self.centre, -degree[iri], iri))[:MOST]
        found = []
        for iri in drawn:
            x, y = self._at(self._places[iri])
            is_centre = iri == self.centre
            radius = RADIUS + min(degree[iri], 30) ** 0.5 * 0.7
            found.append(Dot(iri, x, y, round(radius, 1) + 2 * is_centre, is_centre))
        return found

    def is_placed(self, iri: str) -> bool:
        """Whether a place (IRI) has coordinates and a page."""
        return iri in self._places

    def picture(self, degree: Mapping[str, int], ties: Iterable[tuple[str, str]]) -> MapPicture:
        """Some places (IRIs that are placed) by how large they are drawn, with the ties of some."""
        dots = self._dots(degree)
        drawn = {dot.iri for dot in dots}
        arcs = [
            self._arc(self._places[one], self._places[other])
            for one, other in ties
            if one in drawn and other in drawn
        ]
        return MapPicture(dots, arcs)

    @cached_property
    def arcs(self) -> list[str]:
        """The ties of the centre, as paths."""
        if self.centre not in self.network or self.centre not in self._places:
            return []
        ends = (iri for iri in sorted(self.network[self.centre]) if iri in self._places)
        return [self._arc(self._places[self.centre], self._places[end]) for end in ends]

    def _arc(self, one: LatLon, other: LatLon) -> str:
        """A great circle as a path, interrupted where it leaves the map on one side."""
        parts, last = [], None
        for latitude, longitude in great_circle(one, other):
            inside = wrapped(longitude, self.meridian)
            x, y = self._at((latitude, inside))
            jumps = last is None or abs(inside - last) > 180
            parts.append(f"{'M' if jumps else 'L'}{x:g} {y:g}")
            last = inside
        return "".join(parts)

    def _at(self, place: LatLon) -> tuple[float, float]:
        latitude, longitude = place[0], wrapped(place[1], self.meridian)
        x, y = equal_earth(latitude, longitude, self.meridian)
        return round(WIDTH / 2 + SCALE * x, 1), round(HEIGHT / 2 - SCALE * y, 1)

    def land(self) -> bytes:
        """The land as SVG, light or dark as the reader prefers."""
        light, dark = palette.SITE, palette.SITE_DARK
        style = (
            f".l{{fill:{light['land']};stroke:{light['shore']};stroke-width:.4}}"
            f"@media(prefers-color-scheme:dark){{.l{{fill:{dark['land']};stroke:{dark['shore']}}}}}"
        )
        path = "".join(self._rings())
        edge = "".join(self._edge())
        text = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
            f'<style>{style}</style><clipPath id="g"><path d="{edge}"/></clipPath>'
            f'<path class="l" clip-path="url(#g)" d="{path}"/></svg>\n'
        )
        return text.encode()

    def _edge(self) -> Iterator[str]:
        sides = [(latitude, self.meridian - 180) for latitude in range(-90, 91, 5)]
        sides += [(latitude, self.meridian + 180) for latitude in range(90, -91, -5)]
        for number, (latitude, longitude) in enumerate(sides):
            x, y = equal_earth(latitude, longitude, self.meridian)
            at = f"{WIDTH / 2 + SCALE * x:.1f} {HEIGHT / 2 - SCALE * y:.1f}"
            yield f"{'L' if number else 'M'}{at}"
        yield "Z"

    def _rings(self) -> Iterator[str]:
        """Each ring once for each turn of the globe where it is seen; the edge clips the rest."""
        for ring in (ring for parts in rings().values() for ring in parts):
            points, longitude, latitude = [], 0, 0
            for i in range(0, len(ring), 2):
                longitude, latitude = longitude + ring[i], latitude + ring[i + 1]
                points.append((latitude * UNIT, longitude * UNIT))
            west, east = min(p[1] for p in points), max(p[1] for p in points)
            for turn in (-720, -360, 0, 360, 720):
                if west + turn > self.meridian + 180 or east + turn < self.meridian - 180:
                    continue
                at = [equal_earth(lat, lon + turn, self.meridian) for lat, lon in points]
                drawn = [f"{WIDTH / 2 + SCALE * x:.1f} {HEIGHT / 2 - SCALE * y:.1f}" for x, y in at]
                yield f"M{'L'.join(dict.fromkeys(drawn))}Z"


def map_page(graph: SiteGraph, path: str) -> bytes:
    """The map with the cities that have most ties listed below it."""
    drawn = SiteMap.of(graph)
    ties = sorted(drawn.network.degree, key=lambda pair: (-pair[1], pair[0]))
    return render(
        graph,
        "map.html",
        path,
        message("nav.map"),
        map=drawn,
        ties=[(iri, number) for iri, number in ties if graph.path_of(iri, "en")][:100],
    )
