"""One city in the middle, its partner cities in a ring, and theirs in an outer ring."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import networkx as nx

from citypact.graph.networks.node_names import key, name
from citypact.graph.pages.city_views import limits
from citypact.graph.pages.city_views.diagram import Circle, Link, diagram
from citypact.graph.pages.city_views.projection import distance, wrapped
from citypact.graph.pages.city_views.view import (
    PlaceCell,
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
    relation,
    year,
)
from citypact.graph.pages.city_views.words import message
from citypact.graph.text.bilingual import Words, joined
from citypact.ontology.errors import CitypactError

INNER = 150.0
"""The least radius of the ring of partner cities, in pixels."""
ROOM = 150.0
"""The distance between the rings in pixels, for names."""
SPACING = {"partner": 17.0, "behind": 15.0}
"""Pixels along a ring per name."""


@dataclass
class _Spot:
    """A city in a ring, or all cities of a country where single cities would be too many."""

    key: str
    words: Words
    country: Words
    cities: list[str] = field(default_factory=list)
    angle: float = 0.0


def ego_view(network: nx.Graph, city: str) -> View:
    """The view of a city, its partner cities and theirs.

    Raises CitypactError if the city is not in the network.
    """
    if city not in network:
        raise CitypactError("{city}: is not in this network\n    -> choose another city", city=city)
    partners = sorted(set(network[city]) - {city})
    behind = sorted({far for partner in partners for far in network[partner]} - {city, *partners})
    ring = _around(_spots(network, partners, "partner"), network, city)
    outer = _behind(_spots(network, behind, "behind"), ring, network)
    radius = max(INNER, len(ring) * SPACING["partner"] / 2 / math.pi)
    beyond = max(radius + ROOM, len(outer) * SPACING["behind"] / 2 / math.pi)
    middle = Circle(
        key(city),
        name(network, city),
        0,
        0,
        20,
        10**6,
        [country_name(network, city), message("counts.partners", n=len(partners))],
    )
    circles = [middle]
    circles += [_circle(network, spot, radius, 6, len(behind)) for spot in ring]
    circles += [_circle(network, spot, beyond, 3.5, 0) for spot in outer]
    whose = {member: i for i, spot in enumerate([*ring, *outer], 1) for member in spot.cities}
    return View(
        title=message("ego.title", city=name(network, city)),
        summary=joined(
            message("counts.partners", n=len(partners)),
            message(
                "counts.countries",
                n=len({country(network, partner) for partner in partners} - {""}),
            ),
            message("counts.reached", n=len(behind)),
            en="; ",
        ),
        how=message("ego.how"),
        data=diagram(
            circles,
            _lines(network, city, whose, len(ring)),
            rings=[radius, beyond] if outer else [radius],
        ),
        scripts=("diagram.js",),
        tables=_tables(network, city, partners, behind),
        notes=data_credits(),
    )


def _spots(network: nx.Graph, cities: list[str], where: str) -> list[_Spot]:
    if len(cities) <= limits.RING:
        return [
            _Spot(key(member), name(network, member), country_name(network, member), [member])
            for member in cities
        ]
    grouped: dict[str, _Spot] = {}
    for member in cities:
        code = country(network, member)
        words = country_name(network, member)
        grouped.setdefault(code, _Spot(f"{where}:{code}", words, words)).cities.append(member)
    for spot in grouped.values():
        spot.words = message("counts.members", name=spot.words, n=len(spot.cities))
    return [grouped[code] for code in sorted(grouped)]


def _around(spots: list[_Spot], network: nx.Graph, city: str) -> list[_Spot]:
    """Partner cities in a ring, by country: the east on the right, the west on the left."""
    here = place(network, city)
    east: dict[str, list[float]] = defaultdict(list)
    for spot in spots:
        for member in spot.cities:
            coordinates = place(network, member)
            if here and coordinates:
                east[spot.country["en"]].append(wrapped(coordinates[1], here[1]) - here[1])

    def wish(spot: _Spot) -> float:
        # Clockwise from the bottom; countries without coordinates come last.
        known = east.get(spot.country["en"])
        return round(180 + math.fsum(known) / len(known), 6) if known else 360.0

    ordered = sorted(
        spots, key=lambda s: (wish(s), s.country["en"], -_degree(network, s), s.words["en"], s.key)
    )
    for spot, angle in zip(ordered, spread([wish(spot) for spot in ordered]), strict=True):
        spot.angle = (90 + angle) % 360
    return ordered


def _behind(spots: list[_Spot], ring: list[_Spot], network: nx.Graph) -> list[_Spot]:
    """Partner cities of partner cities, near those through which they are reached."""
    angles = {member: spot.angle for spot in ring for member in spot.cities}

    def wish(spot: _Spot) -> float:
        mine = [angles[p] for member in spot.cities for p in network[member] if p in angles]
        x = math.fsum(math.cos(math.radians(a)) for a in mine)
        y = math.fsum(math.sin(math.radians(a)) for a in mine)
        return round((math.degrees(math.atan2(y, x)) - 90) % 360, 6)

    wishes = {spot.key: wish(spot) for spot in spots}
    ordered = sorted(spots, key=lambda spot: (wishes[spot.key], spot.words["en"], spot.key))
    for spot, angle in zip(ordered, spread([wishes[spot.key] for spot in ordered]), strict=True):
        spot.angle = (90 + angle) % 360
    return ordered


def _degree(network: nx.Graph, spot: _Spot) -> int:
    return sum(network.degree(member) for member in spot.cities)


def spread(wishes: list[float]) -> list[float]:
    """Angles closest to the desired ones (sorted, 0 to 360) that leave room for each.

    Neighbours are at least 40 degrees apart, or less if there are many. This is a least squares
    fit under an order restriction, solved by pooling adjacent violators: Barlow et al. 1972,
    Statistical Inference under Order Restrictions.
    """
    gap = min(40.0, 0.98 * 360 / max(len(wishes), 1))
    blocks: list[list[float]] = []  # mean and size
    for i, wish in enumerate(wishes):
        blocks.append([wish - i * gap, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (mean, size), (one, number) = blocks.pop(), blocks.pop()
            blocks.append([(mean * size + one * number) / (size + number), size + number])
    level = [mean for mean, size in blocks for _ in range(int(size))]
    # The last angle must keep its distance from the first.
    highest = 360 - len(wishes) * gap
    return [min(max(mean, 0.0), highest) + i * gap for i, mean in enumerate(level)]


def _circle(network: nx.Graph, spot: _Spot, radius: float, r: float, far: int) -> Circle:
    """A circle of a ring; names of the inner ring are placed before those of the outer one."""
    turn = math.radians(spot.angle)
    several = len(spot.cities) > 1
    degree = _degree(network, spot)
    facts = [spot.country]
    if several:
        facts.append(message("counts.cities", n=len(spot.cities)))
    else:
        facts.append(message("counts.partners", n=degree))
    return Circle(
        key=spot.key,
        words=spot.words,
        x=round(radius * math.cos(turn), 1),
        y=round(radius * math.sin(turn), 1),
        r=r + (min(7.0, round(0.6 * math.sqrt(len(spot.cities)), 1)) if several else 0),
        weight=degree + (10**5 if r > 5 else 0),
        facts=facts,
        members=[
            (name(network, member), network.degree(member))
            for member in by_links(network, spot.cities)[: limits.MEMBERS]
        ]
        if several
        else [],
        more=max(0, len(spot.cities) - limits.MEMBERS) if several else 0,
        angle=round(spot.angle, 2),
    )


def _lines(network: nx.Graph, city: str, whose: dict[str, int], inner: int) -> list[Link]:
    numbers: Counter[tuple[int, int]] = Counter()
    for member, i in whose.items():
        for other in network[member]:
            j = 0 if other == city else whose.get(other, i)
            # Ties within the outer ring do not concern the city in the middle.
            if j < i and not (i > inner and j > inner):
                numbers[j, i] += 1
    return [
        Link(i, j, number, faint=i > 0 and j <= inner) for (i, j), number in sorted(numbers.items())
    ]


def _tables(
    network: nx.Graph, city: str, partners: list[str], behind: list[str]
) -> list[PlaceTable]:
    here, ours = place(network, city), set(partners)
    rows = []
    for each in by_links(network, partners):
        data = network.edges[city, each]
        at = place(network, each)
        cells: list[PlaceCell] = [
            name(network, each),
            country_name(network, each),
            relation(data),
            str(year(data) or ""),
            round(distance(here, at)) if here and at else "",
            network.degree(each),
            len(ours & set(network[each])),
        ]
        rows.append(PlaceRow(cells, key(each) if len(partners) <= limits.RING else ""))
    paths = {each: len(ours & set(network[each])) for each in behind}
    often = sorted(behind, key=lambda each: (-paths[each], each))[: limits.ROWS]
    return [
        PlaceTable(
            message("ego.partners"),
            heads("partner", "country", "relation", "since", "distance", "partners", "common"),
            rows,
        ),
        PlaceTable(
            caption(message("ego.reached"), len(often), len(behind)),
            heads("city", "country", "common"),
            [
                PlaceRow([name(network, each), country_name(network, each), paths[each]])
                for each in often
            ],
        ),
    ]
