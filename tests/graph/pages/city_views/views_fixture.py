"""Networks of cities for tests of views: small ones by hand, and the world of the material."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import networkx as nx
import pytest

from citypact.ontology import ID

PLACES = {
    "seoul": ("서울", "Seoul", "south-korea", 37.566, 126.9784),
    "busan": ("부산", "Busan", "south-korea", 35.1028, 129.0403),
    "san-francisco": ("샌프란시스코", "San Francisco", "united-states", 37.7749, -122.4194),
    "london": ("런던", "London", "united-kingdom", 51.5085, -0.1257),
    "guayaquil": ("과야킬", "Guayaquil", "ecuador", -2.1962, -79.8862),
    "shanghai": ("상하이", "Shanghai", "china", 31.2222, 121.4581),
    "nowhere": ("무명시", "Nowhere", "atlantis", None, None),
}
COUNTRIES = {
    "south-korea": ("대한민국", "South Korea"),
    "united-states": ("미국", "United States"),
    "united-kingdom": ("영국", "United Kingdom"),
    "ecuador": ("에콰도르", "Ecuador"),
    "china": ("중국", "China"),
    "atlantis": ("아틀란티스", "Atlantis"),
}
LINKS = [
    ("seoul", "san-francisco", "sister-city", "자매도시", "sister city", 1976),
    ("seoul", "london", "friendship-city", "우호도시", "friendship city", 2015),
    ("seoul", "guayaquil", "agreement", "협정", "agreement", 2020),
    ("seoul", "nowhere", "twinned", "결연", "twinned", 0),
    ("seoul", "busan", "twinned", "결연", "twinned", 0),
    ("san-francisco", "shanghai", "sister-city", "자매도시", "sister city", 1979),
    ("busan", "shanghai", "sister-city", "자매도시", "sister city", 1993),
    ("london", "shanghai", "twinned", "결연", "twinned", 0),
]


def city(slug: str) -> str:
    """The IRI of a city."""
    return f"{ID}city/{slug}"


def small_network() -> nx.Graph:
    """Seven cities of six countries, one of them without a place, and eight links."""
    network = nx.Graph(name="cities")
    for slug, (ko, en, country, latitude, longitude) in PLACES.items():
        data = {"label_ko": ko, "label_en": en, "country": country}
        data["country_ko"], data["country_en"] = COUNTRIES[country]
        if latitude is not None and longitude is not None:
            data |= {"latitude": latitude, "longitude": longitude}
        network.add_node(city(slug), **data)
    for one, other, code, ko, en, year in LINKS:
        network.add_edge(city(one), city(other), relation=code, relation_ko=ko, relation_en=en)
        if year:
            network.edges[city(one), city(other)]["year"] = year
    return network


HOSTILE = [
    "</script><script>window.hacked = 1</script>",
    '"><img src=x onerror="window.hacked = 1">',
    "\u202eأبوظبي\u2066 مدينة",
    "가나다라마바사" * 43,
    "{{ 7 * 7 }} & <b>bold</b> &lt;",
    "line\nbreak\ttab \u2028 \x00 \ud800",
    "",
]


def hostile_network() -> nx.Graph:
    """Cities whose names, countries, relations and identifiers are written to do harm."""
    network = nx.Graph(name="cities")
    for i, text in enumerate(HOSTILE):
        network.add_node(
            f"{ID}city/{text}{i}",
            label_ko=text,
            label_en=text,
            aliases=f"{text}|alias",
            country=text or "x",
            country_ko=text,
            country_en=text,
            # All but the last lie on one spot.
            latitude=10.0,
            longitude=20.0 + (i == len(HOSTILE) - 1),
        )
    nodes = list(network)
    for node in nodes[1:]:
        network.add_edge(
            nodes[0], node, relation="x", relation_ko=HOSTILE[0], relation_en=HOSTILE[1]
        )
    return network


def world_network() -> nx.Graph:
    """The 17,167 cities and 24,796 links of the material; the test is skipped without it."""
    material = os.environ.get("CITYPACT_MATERIAL")
    if not material:
        pytest.skip("CITYPACT_MATERIAL is not set: no world network at hand")
    folder = Path(material) / "world" / "wikipedia_2026"
    network = nx.Graph(name="cities")
    for row in _rows(folder / "cities.csv"):
        data: dict[str, str | float] = {"label_ko": row["name"], "label_en": row["name"]}
        if row["country"]:
            data |= {f"country{end}": row["country"] for end in ("", "_ko", "_en")}
        if row["lat"]:
            data |= {"latitude": float(row["lat"]), "longitude": float(row["lon"])}
        if row["population"]:
            data["population"] = int(row["population"])
        network.add_node(_iri(row["id"]), **data)
    for row in _rows(folder / "links.csv"):
        network.add_edge(
            _iri(row["source"]),
            _iri(row["target"]),
            relation="twinned",
            relation_ko="결연",
            relation_en="twinned",
        )
    return network


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _iri(name: str) -> str:
    return city(name.replace(":", "-"))
