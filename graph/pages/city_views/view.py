"""What a view consists of: texts, data for its scripts, and tables with the same content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from citypact.graph.networks.node_names import _named
from citypact.graph.pages.basemap import seats
from citypact.graph.pages.city_views.words import message
from citypact.graph.text.bilingual import Words, both

PlaceCell = str | int | Words
"""A cell of a table: text, a number or words in both languages."""


@dataclass(frozen=True)
class PlaceRow:
    """A row of a table; `go` is the key of what its first cell opens in the view."""

    cells: Sequence[PlaceCell]
    go: str = ""


@dataclass(frozen=True)
class PlaceTable:
    """A table with caption and column headings; `rows` may be only the first rows."""

    caption: Words
    heads: Sequence[Words]
    rows: Sequence[PlaceRow]


@dataclass(frozen=True)
class View:
    """A view of a network of cities: title, data for the scripts that draw it, tables and notes.

    scripts: names of scripts in this folder, in order. summary: a line with the numbers of what
    the view shows and of what it cannot show. notes: methods and data credits. groups: by city what
    the view draws for it (keys), where that is not the city itself. nothing: why nothing is drawn.
    """

    title: Words
    summary: Words
    how: Words
    data: Mapping[str, Any]
    scripts: Sequence[str]
    tables: Sequence[PlaceTable]
    notes: Sequence[Words] = field(default_factory=tuple)
    groups: Mapping[str, str] = field(default_factory=dict)
    nothing: Words | None = None


def country_name(network: nx.Graph, city: str) -> Words:
    """The name of the country of a city, or words that it is unknown."""
    data = network.nodes[city]
    code = str(data.get("country") or "")
    return _named(data, "country") or (both(code, code) if code else message("country.unknown"))


def country(network: nx.Graph, city: str) -> str:
    """The country of a city as an identifier, empty where unknown."""
    return str(network.nodes[city].get("country") or "")


def data_credits(*, basemap: bool = False) -> list[Words]:
    """Credits for the data of a view, with those of the base map or without."""
    names = ["basemap", "coordinates", "seats", "boundaries"] if basemap else ["coordinates"]
    return [message(f"credits.{name}") for name in names]


def place(network: nx.Graph, city: str) -> tuple[float, float] | None:
    """Latitude and longitude of a city in degrees; None where unknown or impossible.

    A province without coordinates is placed at its seat, where that is known.
    """
    data = network.nodes[city]
    latitude, longitude = data.get("latitude"), data.get("longitude")
    if latitude is None and data.get("kind") == "territory":
        seat = (str(data.get("country") or ""), str(data.get("label_en") or ""))
        latitude, longitude = seats().get(seat, (None, None))
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return float(latitude), float(longitude)


def heads(*names: str) -> list[Words]:
    """The column headings of a table, from the messages `columns.…`."""
    return [message(f"columns.{name}") for name in names]


def by_links(network: nx.Graph, cities: Iterable[str]) -> list[str]:
    """Cities with the most ties first, then by IRI."""
    return sorted(cities, key=lambda city: (-network.degree(city), city))


def caption(words: Words, shown: int, whole: int) -> Words:
    """The caption of a table that shows `shown` of `whole` rows."""
    return (
        words
        if shown >= whole
        else message("tables.first", caption=words, shown=shown, whole=whole)
    )


def relation(data: Mapping[str, Any]) -> Words:
    """The relation types of a tie, in words."""
    words = _named(data, "relation") or both(*[str(data.get("relation") or "")] * 2)
    return {language: ", ".join(text.split("|")) for language, text in words.items()}


def year(data: Mapping[str, Any]) -> int:
    """The year in which a tie began; 0 where unknown."""
    value = data.get("year")
    return int(value) if isinstance(value, int | float) and 0 < value < 10_000 else 0
