"""Countries joined by the links of their cities: circles near where they lie, no map behind."""

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
    CREDITS,
    PlaceRow,
    PlaceTable,
    View,
    by_links,
    country,
    country_name,
    first,
    place,
)
from citypact.graph.text.bilingual import amount, both, joined

UNTOLD = ("나라를 모르는 관계", "link of unknown country", "links of unknown country")
SCALE = 420.0
"""Pixels for each radius of the projected globe: the world is some 2,270 wide, 1,110 high."""


def countries_view(network: nx.Graph) -> View:
    """The countries of a network of cities: size by cities, lines by links between them."""
    cities: dict[str, list[str]] = defaultdict(list)
    for city in sorted(network):
        cities[country(network, city)].append(city)
    names = {code: country_name(network, members[0]) for code, members in cities.items()}
    between: Counter[tuple[str, str]] = Counter()
    domestic: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    untold = 0
    for one, other in network.edges():
        pair = sorted((country(network, one), country(network, other)))
        if not pair[0]:
            untold += 1
            unknown.update(set(pair))
        elif pair[0] == pair[1]:
            domestic[pair[0]] += 1
        if pair[0] != pair[1]:
            between[pair[0], pair[1]] += 1
    # Stable order: the largest first, so that they stand firm and the small give way.
    codes = sorted(cities, key=lambda code: (-len(cities[code]), code))
    sizes = radii([len(cities[code]) for code in codes], whole=_room(len(codes)), least=7)
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
                amount(len(cities[code]), "도시", "city", "cities"),
                amount(abroad[code], "다른 나라와의 관계", "link abroad", "links abroad"),
                amount(domestic[code], "나라 안의 관계", "link within", "links within"),
                *([amount(unknown[code], *UNTOLD)] if unknown[code] else []),
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
        title=both("나라 사이의 도시 협력", "City partnerships between countries"),
        summary=joined(
            amount(len(set(codes) - {""}), "나라", "country", "countries"),
            amount(len(network), "도시", "city", "cities"),
            amount(abroad.total() // 2, "나라 사이 관계", "link abroad", "links abroad"),
            amount(domestic.total(), "나라 안 관계", "link within", "links within"),
            *([amount(untold, *UNTOLD)] if untold else []),
            en="; ",
        ),
        how=both(
            "동그라미는 나라로 넓이는 도시 수, 선은 두 나라 도시 사이의 관계로 굵기는 그 수입니다. "
            "나라는 제자리 가까이에 겹치지 않게 놓았습니다.",
            "Circles are countries, their areas the numbers of cities; lines are links between "
            "their cities, as thick as they are many. Countries lie near where they are, without "
            "overlap.",
        ),
        data=diagram(circles, lines, start(lines)),
        scripts=("diagram.js",),
        tables=[
            PlaceTable(
                joined(
                    both("나라 쌍", "Pairs of countries"),
                    first(min(len(pairs), limits.ROWS), len(pairs)),
                    ko="",
                    en="",
                ),
                [both("나라", "Country"), both("나라", "Country"), both("관계", "Links")],
                [
                    PlaceRow([names[one], names[other], number], one or "unknown")
                    for (one, other), number in pairs[: limits.ROWS]
                ],
            ),
            PlaceTable(
                both("나라", "Countries"),
                [
                    both("나라", "Country"),
                    both("도시", "Cities"),
                    both("다른 나라와의 관계", "Links abroad"),
                    both("나라 안의 관계", "Links within"),
                ],
                [
                    PlaceRow(
                        [names[code], len(cities[code]), abroad[code], domestic[code]],
                        code or "unknown",
                    )
                    for code in codes
                ],
            ),
        ],
        notes=CREDITS[1:],
    )


def _room(count: int) -> float:
    """Square pixels for all circles: an eighth of the world, less for few."""
    return min(2270 * 1110 / 8, 12_000.0 * count)


def _points(
    network: nx.Graph, codes: list[str], cities: dict[str, list[str]]
) -> list[tuple[float, float]]:
    """Where countries belong: in the midst of their cities; those without any place below."""
    centre = CENTRES[centre_of(network)]
    found: dict[str, tuple[float, float]] = {}
    for code in codes:
        known = [at for city in cities[code] if (at := place(network, city)) is not None]
        if known:
            latitude, longitude = middle(known)
            x, y = equal_earth(latitude, wrapped(longitude, centre), centre)
            found[code] = SCALE * x, -SCALE * y
    below = max((y for _, y in found.values()), default=0.0) + 70
    lost = [code for code in codes if code not in found]
    for i, code in enumerate(lost):
        found[code] = 160.0 * (i % 12 - min(len(lost) - 1, 11) / 2), below + 160 * (i // 12)
    return [found[code] for code in codes]
