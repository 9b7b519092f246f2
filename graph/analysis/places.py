"""Where the nodes of a network lie and in which country, and how any two of them compare.

Networks of cities and of city governments have `latitude`, `longitude` and `country` on their
nodes, cities of imported lists `population` too. What a node lacks is unknown, and so is whatever
would be worked out from it: it is counted and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from citypact.graph.analysis.countries import countries
from citypact.graph.analysis.shared_results import shareable
from citypact.graph.analysis.wiring import Wiring
from citypact.sources.reading.distances import EARTH_RADIUS

Floats = NDArray[np.float64]
Pairs = NDArray[np.int64]
"""Two columns: the numbers of the nodes of each pair."""

TRAITS = (
    "kilometres",
    "same_country",
    "same_continent",
    "shared_language",
    "common_border",
    "population_ratio",
    "wealth_ratio",
)
"""What a pair of nodes is compared by; see `Places.compared`."""


@dataclass(frozen=True, eq=False)
class Places:
    """What is known of the place of each node, in the order of `nodes`.

    latitude, longitude (degrees) and population are NaN where unknown. country is the number of
    the node's country in `codes` (ISO 3166-1; the country's slug where it has no code), -1 where
    unknown.
    """

    nodes: tuple[str, ...]
    latitude: Floats
    longitude: Floats
    population: Floats
    country: NDArray[np.int64]
    codes: tuple[str, ...]

    @cached_property
    def index(self) -> dict[str, int]:
        """The number of each node."""
        return {node: number for number, node in enumerate(self.nodes)}

    @cached_property
    def placed(self) -> NDArray[np.bool_]:
        """Which nodes have coordinates."""
        return ~np.isnan(self.latitude)

    @cached_property
    def continents(self) -> tuple[str, ...]:
        """The continent of each country of `codes`; empty where unknown."""
        known = countries()
        return tuple(known[code].continent if code in known else "" for code in self.codes)

    @cached_property
    def groups(self) -> dict[str, tuple[list[str], NDArray[np.int64]]]:
        """By `country` and `continent` the names of groups, sorted, and the number of each node's.

        -1 where it is unknown.
        """
        found = {}
        for of in ("country", "continent"):
            labels = self.labels(of)
            names = sorted(set(labels) - {""})
            number = {name: at for at, name in enumerate(names)}
            found[of] = names, np.array([number.get(each, -1) for each in labels], dtype=np.int64)
        return found

    def labels(self, of: str) -> list[str]:
        """The `country` (code) or the `continent` of each node; empty where unknown."""
        names = {"country": self.codes, "continent": self.continents}[of]
        return [names[number] if number >= 0 else "" for number in self.country]

    def by_node(self, of: str) -> dict[str, str]:
        """The `country` or the `continent` of each node by the node; empty where unknown."""
        return dict(zip(self.nodes, self.labels(of), strict=True))

    def pairs(self, ties: Iterable[tuple[Any, ...]]) -> Pairs:
        """The numbers of the ends of ties, such as `network.edges()`."""
        found = [(self.index[tie[0]], self.index[tie[1]]) for tie in ties]
        return np.array(found, dtype=np.int64).reshape(-1, 2)

    def ties(self, network: nx.Graph | Wiring) -> Pairs:
        """The numbers of the ends of a network's edges, in its order."""
        if isinstance(network, Wiring):
            return self.numbers(network.base)[network.edges]
        return self.pairs(network.edges())

    def numbers(self, network: nx.Graph) -> NDArray[np.int64]:
        """The number that each node of a network has among the places, in the network's order."""
        return _numbers(network, self)

    def compared(self, pairs: Pairs) -> dict[str, Floats]:
        """How the nodes of each pair compare, by the names of `TRAITS`; NaN where unknown.

        kilometres: great-circle distance. same_country, same_continent, shared_language (official
        in both countries), common_border (on land; two places of one country have none): 1 or 0.
        population_ratio: inhabitants of the larger by those of the smaller, 1 or more.
        wealth_ratio: the same of the gross domestic product by inhabitant of their countries.
        """
        one, other = pairs[:, 0], pairs[:, 1]
        found = {
            "kilometres": kilometres(
                self.latitude[one], self.longitude[one], self.latitude[other], self.longitude[other]
            )
        }
        a, b = self.country[one], self.country[other]
        known = (a >= 0) & (b >= 0)
        for name, table in self._tables.items():
            found[name] = np.where(known, table[a, b] if len(self.codes) else np.nan, np.nan)
        ratio = np.abs(np.log(self.population[one]) - np.log(self.population[other]))
        found["population_ratio"] = np.exp(ratio)
        return {name: found[name] for name in TRAITS}

    @cached_property
    def _tables(self) -> dict[str, Floats]:
        """How any two countries of `codes` compare."""
        known = [countries().get(code) for code in self.codes]
        size = len(known)
        found = {name: np.full((size, size), np.nan) for name in TRAITS[1:5]}
        found["same_country"] = np.eye(size)
        wealth = np.array([np.nan if c is None else c.gdp_per_head or np.nan for c in known])
        for i, one in enumerate(known):
            for j, other in enumerate(known):
                if one is None or other is None:
                    # Of a country that we know nothing of, two cities are still on one continent.
                    for name in ("same_continent", "shared_language") if i == j else ():
                        found[name][i, j] = 1.0
                    continue
                found["same_continent"][i, j] = one.continent == other.continent
                found["shared_language"][i, j] = not one.languages.isdisjoint(other.languages)
                found["common_border"][i, j] = other.iso in one.neighbours
        np.fill_diagonal(found["shared_language"], 1.0)
        found["wealth_ratio"] = np.exp(np.abs(np.log(wealth)[:, None] - np.log(wealth)[None, :]))
        return found


@shareable
def _numbers(network: nx.Graph, where: Places) -> NDArray[np.int64]:
    return np.array([where.index[node] for node in network], dtype=np.int64)


def kilometres(latitude: Floats, longitude: Floats, other: Floats, east: Floats) -> Floats:
    """Great-circle distances between places in degrees, as `sources.reading.distances` has them."""
    a, b, c, d = map(np.radians, (latitude, longitude, other, east))
    root = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    found: Floats = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.clip(root, 0, 1)))
    return found


def places(network: nx.Graph, codes: Mapping[str, str] | None = None) -> Places:
    """The places of a network's nodes, in its order.

    Nodes may have the attributes latitude and longitude (degrees), population (inhabitants) and
    country; `codes` gives the ISO 3166-1 code of a country by what stands there (itself where it
    is not among them).

    >>> pair = nx.Graph([("seoul", "tokyo")])
    >>> pair.nodes["seoul"].update(latitude=37.566, longitude=126.978, country="KR")
    >>> pair.nodes["tokyo"].update(latitude=35.690, longitude=139.692, country="JP")
    >>> where = places(pair)
    >>> traits = where.compared(where.pairs(pair.edges()))
    >>> round(traits["kilometres"].item()), traits["same_continent"].item()
    (1153, 1.0)
    """
    codes = codes or {}
    nodes = dict(network.nodes(data=True))
    named = [str(data.get("country", "")) for data in nodes.values()]
    named = [codes.get(name) or name for name in named]
    known = sorted(set(named) - {""})
    number = {code: at for at, code in enumerate(known)}
    latitude, longitude, population = (
        np.array([_number(data.get(name)) for data in nodes.values()], dtype=np.float64)
        for name in ("latitude", "longitude", "population")
    )
    half = np.isnan(latitude) | np.isnan(longitude)
    latitude[half] = longitude[half] = np.nan
    population[population <= 0] = np.nan
    return Places(
        tuple(nodes),
        latitude,
        longitude,
        population,
        np.array([number.get(name, -1) for name in named], dtype=np.int64),
        tuple(known),
    )


def _number(value: Any) -> float:
    return float("nan") if value is None else float(value)


__all__ = ["TRAITS", "Floats", "Pairs", "Places", "kilometres", "places"]
