"""The world map: cities at their coordinates, ties as great circles, and groups of many cities.

The page itself projects coordinates and arcs (Equal Earth), so that it can be centred on the
Pacific or on the Atlantic. It opens with the centre for which the edge of the map cuts fewer ties.
"""

from __future__ import annotations

from typing import Any

import networkx as nx

from citypact.graph.networks.node_names import key, name
from citypact.graph.pages.basemap import UNIT, rings
from citypact.graph.pages.city_views import limits
from citypact.graph.pages.city_views.projection import distance, wrapped
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
    relation,
    year,
)
from citypact.graph.pages.city_views.words import message
from citypact.graph.text.bilingual import Words, both, joined

CENTRES = {"pacific": 150, "atlantic": 10}
"""Central meridians, in degrees east. The edges, at 30°W and 170°W, cross hardly any land."""


def map_view(network: nx.Graph) -> View:
    """The view of a network of cities (see `graph.networks.cities.cities`) as a map."""
    cities, placed = sorted(network), _placed(network)
    return View(
        title=message("map.title"),
        summary=map_summary(network),
        how=message("map.how"),
        data={
            "kind": "map",
            "cities": _cities(network, cities),
            "links": _links(network, cities),
            "land": [ring for parts in rings().values() for ring in parts],
            "unit": UNIT,
            "centres": CENTRES,
            "centre": centre_of(network),
        },
        scripts=("projection.js", "basemap.js", "city_groups.js", "map.js"),
        tables=[_city_table(network), _link_table(network, placed)],
        notes=data_credits(basemap=True),
    )


def map_summary(network: nx.Graph) -> Words:
    """The numbers of cities and ties, and of those that lack coordinates."""
    placed = _placed(network)
    apart = sum(one not in placed or other not in placed for one, other in network.edges())
    cities = message("counts.cities", n=len(network))
    ties = message("counts.ties", n=network.number_of_edges())
    if len(placed) < len(network):
        cities = message("map.placed", cities=cities, placed=len(placed))
    if apart:
        ties = message("map.unplaced", ties=ties, n=apart)
    return joined(cities, ties, en="; ")


def _placed(network: nx.Graph) -> dict[str, tuple[float, float]]:
    return {city: at for city in sorted(network) if (at := place(network, city)) is not None}


def centre_of(network: nx.Graph) -> str:
    """The centre for which the edge of the map cuts the fewest ties; of equals the Pacific."""
    placed = _placed(network)
    pairs = [
        (placed[one][1], placed[other][1])
        for one, other in network.edges()
        if one in placed and other in placed
    ]

    def cut(centre: int) -> int:
        # A great circle takes the shorter of the two ways between the meridians of its ends.
        return sum(abs(wrapped(one, centre) - wrapped(other, centre)) > 180 for one, other in pairs)

    return min(CENTRES, key=lambda name: cut(CENTRES[name]))


def _cities(network: nx.Graph, cities: list[str]) -> dict[str, Any]:
    """Cities as columns, which take fewer bytes than rows; an English name only if it differs."""
    names = [name(network, city) for city in cities]
    places = [place(network, city) for city in cities]
    country_words: dict[str, Words] = {}
    for city in cities:
        country_words.setdefault(country(network, city), country_name(network, city))
    countries = sorted(country_words)
    index = {code: i for i, code in enumerate(countries)}
    return {
        "key": [key(city) for city in cities],
        "ko": [words["ko"] for words in names],
        "en": [words["en"] if words["en"] != words["ko"] else 0 for words in names],
        "aliases": {
            str(i): str(network.nodes[city]["aliases"]).split("|")
            for i, city in enumerate(cities)
            if network.nodes[city].get("aliases")
        },
        "country": [index[country(network, city)] for city in cities],
        "countries": [country_words[code] for code in countries],
        "population": [network.nodes[city].get("population", 0) for city in cities]
        if any(network.nodes[city].get("population") for city in cities)
        else [],
        # Thousandths of a degree, about a hundred metres.
        "latitude": [round(1000 * at[0]) if at else None for at in places],
        "longitude": [round(1000 * at[1]) if at else None for at in places],
    }


def _links(network: nx.Graph, cities: list[str]) -> dict[str, Any]:
    number = {city: i for i, city in enumerate(cities)}
    links = sorted(
        (
            (*sorted((number[one], number[other])), data)
            for one, other, data in network.edges(data=True)
        ),
        key=lambda link: link[:2],
    )
    relations = [relation(data) for *_, data in links]
    kinds = sorted({(words["ko"], words["en"]) for words in relations})
    index = {kind: i for i, kind in enumerate(kinds)}
    return {
        "from": [link[0] for link in links],
        "to": [link[1] for link in links],
        "relation": [index[words["ko"], words["en"]] for words in relations],
        "relations": [both(*kind) for kind in kinds],
        "year": [year(data) for *_, data in links],
    }


def _city_table(network: nx.Graph) -> PlaceTable:
    shown = by_links(network, network)[: limits.ROWS]
    return PlaceTable(
        caption(message("map.cities"), len(shown), len(network)),
        heads("city", "country", "partners", "countries"),
        [
            PlaceRow(
                [
                    name(network, city),
                    country_name(network, city),
                    network.degree(city),
                    len({country(network, other) for other in network[city]}),
                ],
                key(city),
            )
            for city in shown
        ],
    )


def _link_table(network: nx.Graph, placed: dict[str, tuple[float, float]]) -> PlaceTable:
    lengths = {}
    for one, other in map(sorted, network.edges()):
        known = one in placed and other in placed
        lengths[one, other] = distance(placed[one], placed[other]) if known else -1.0
    shown = sorted(lengths, key=lambda link: (-lengths[link], link))[: limits.ROWS]
    rows = []
    for one, other in shown:
        data = network.edges[one, other]
        length = lengths[one, other]
        rows.append(
            PlaceRow(
                [
                    name(network, one),
                    name(network, other),
                    relation(data),
                    str(year(data) or ""),
                    round(length) if length >= 0 else "",
                ],
                key(one),
            )
        )
    return PlaceTable(
        caption(message("map.ties"), len(shown), len(lengths)),
        heads("city", "partner", "relation", "since", "distance"),
        rows,
    )
