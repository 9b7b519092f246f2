"""Countries and the ties between their cities, as circles near their positions on the globe."""

from __future__ import annotations

from collections import Counter, defaultdict

import networkx as nx

from citypact.graph.networks.node_names import name
from citypact.graph.pages.city_views import limits
from citypact.graph.pages.city_views.diagram import Circle, Link, diagram, radii, start
from citypact.graph.pages.city_views.layout import apart
from citypact.graph.pages.city_views.map import CENTRES, centre_of
from citypact.graph.pages.city_views.projection import equal_earth, middle, wrapped
from citypact.graph.pages.city_views.view import (
    PlaceRow,
    PlaceTable,
    View,
    by_links,
    caption,
    country,
    country_name,
    data_credits,
    heads,
    place,
)
from citypact.graph.pages.city_views.words import message
from citypact.graph.text.bilingual import joined

SCALE = 420.0
"""Pixels per radius of the projected globe, which makes the world 2,270 wide and 1,110 high."""


def countries_view(network: nx.Graph) -> View:
    """The view of countries: areas show numbers of cities, lines the ties between them."""
    cities: dict[str, list[str]] = defaultdict(list)
    for city in sorted(network):
        cities[country(network, city)].append(city)
    names = {code: country_name(network, members[0]) for code, members in cities.items()}
    between: Counter[tuple[str, str]] = Counter()
    domestic: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    without_country = 0
    for one, other in network.edges():
        pair = sorted((country(network, one), country(network, other)))
        if not pair[0]:
            without_country += 1
            unknown.update(set(pair))
        elif pair[0] == pair[1]:
            domestic[pair[0]] += 1
        if pair[0] != pair[1]:
            between[pair[0], pair[1]] += 1
    # The largest first: `apart` moves the small ones rather than the large ones.
    codes = sorted(cities, key=lambda code: (-len(cities[code]), code))
    sizes = radii([len(cities[code]) for code in codes], whole=_total_area(len(codes)), least=7)
    points = apart(_points(network, codes, cities), sizes)
    abroad = Counter[str]()
    for (one, other), number in between.items():
        if one:
            abroad[one] += number
            abroad[other] += number
    circles = [
        Circle(
            key=code or "unknown",
            words=names[code],
            x=x,
            y=y,
            r=r,
            weight=len(cities[code]),
            facts=[
                message("counts.cities", n=len(cities[code])),
                message("counts.ties_between", n=abroad[code]),
                message("counts.ties_within", n=domestic[code]),
                *([message("counts.ties_unknown", n=unknown[code])] if unknown[code] else []),
            ],
            members=[
                (name(network, city), network.degree(city))
                for city in by_links(network, cities[code])[: limits.MEMBERS]
            ],
            more=max(0, len(cities[code]) - limits.MEMBERS),
        )
        for code, (x, y), r in zip(codes, points, sizes, strict=True)
    ]
    index = {code: i for i, code in enumerate(codes)}
    pairs = sorted(between.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [Link(index[one], index[other], number) for (one, other), number in pairs]
    return View(
        groups={city: country(network, city) or "unknown" for city in network},
        title=message("countries.title"),
        summary=joined(
            message("counts.countries", n=len(set(codes) - {""})),
            message("counts.cities", n=len(network)),
            message("counts.ties_between", n=abroad.total() // 2),
            message("counts.ties_within", n=domestic.total()),
            *([message("counts.ties_unknown", n=without_country)] if without_country else []),
            en="; ",
        ),
        how=message("countries.how"),
        data=diagram(circles, lines, start(lines)),
        scripts=("diagram.js",),
        tables=[
            PlaceTable(
                caption(message("countries.pairs"), min(len(pairs), limits.ROWS), len(pairs)),
                heads("country", "country", "ties"),
                [
                    PlaceRow([names[one], names[other], number], one or "unknown")
                    for (one, other), number in pairs[: limits.ROWS]
                ],
            ),
            PlaceTable(
                message("countries.countries"),
                heads("country", "cities", "ties_between", "ties_within"),
                [
                    PlaceRow(
                        [names[code], len(cities[code]), abroad[code], domestic[code]],
                        code or "unknown",
                    )
                    for code in codes
                ],
            ),
        ],
        notes=data_credits(),
    )


def _total_area(count: int) -> float:
    """The area of all circles in square pixels: an eighth of the world, or less if they are few."""
    return min(2270 * 1110 / 8, 12_000.0 * count)


def _points(
    network: nx.Graph, codes: list[str], cities: dict[str, list[str]]
) -> list[tuple[float, float]]:
    """Positions of countries: the centre of their cities, or below the others if unknown."""
    centre = CENTRES[centre_of(network)]
    found: dict[str, tuple[float, float]] = {}
    for code in codes:
        known = [at for city in cities[code] if (at := place(network, city)) is not None]
        if known:
            latitude, longitude = middle(known)
            x, y = equal_earth(latitude, wrapped(longitude, centre), centre)
            found[code] = SCALE * x, -SCALE * y
    below = max((y for _, y in found.values()), default=0.0) + 70
    unplaced = [code for code in codes if code not in found]
    for i, code in enumerate(unplaced):
        found[code] = 160.0 * (i % 12 - min(len(unplaced) - 1, 11) / 2), below + 160 * (i // 12)
    return [found[code] for code in codes]
