"""The names and page keys of nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from citypact.graph.text.bilingual import Words, both
from citypact.ontology import ID, LANGUAGES


def name(network: nx.Graph, city: str) -> Words:
    """The name of a city; its identifier where it has none."""
    return _named(network.nodes[city], "label") or both(key(city), key(city))


def cells(network: nx.Graph, node: str) -> dict[str, Any]:
    """The cells of a table that name a node: id, label and, where it is known, country."""
    return {"id": node, "label": name(network, node), "country": country(network, node)}


def country(network: nx.Graph, node: str) -> Words | None:
    """The name of the country of a node; None where it is not known."""
    return _named(network.nodes[node], "country")


def _named(data: Mapping[str, Any], what: str) -> Words | None:
    ko, en = (str(data.get(f"{what}_{language}") or "").strip() for language in LANGUAGES)
    return both(ko or en, en or ko) if ko or en else None


def key(city: str) -> str:
    """What the page calls a city: its IRI without the part that all of ours share."""
    return city.removeprefix(ID)
