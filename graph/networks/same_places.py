"""Nodes of a network of cities that may be one place, as lists name one place twice."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.places import kilometres
from citypact.graph.store.name_forms import normalised, place_name

NEAR = 2.0
"""Kilometres within which two nodes of one country are taken for one place."""
FAR = 50.0
"""Kilometres beyond which two nodes of one name are not."""


def same_places(network: nx.Graph, nodes: Collection[str], others: Collection[str]) -> list[str]:
    """Those of some nodes that may be one of the others under another entry, in their order.

    Two entries of one country may be one place if they lie at most 2 km apart, or have a name in
    common (City of X and X, not X Province) and do not lie more than 50 km apart; a city and a
    territory if both are called X Province. Whether they are is for a person to say: `citypact
    import` takes such judgements.
    """
    known = [(other, _names(data), data) for other in others for data in [network.nodes[other]]]
    return [
        node
        for node in nodes
        for names, data in [(_names(network.nodes[node]), network.nodes[node])]
        if any(
            other != node and _may_be_one(names, data, other_names, about)
            for other, other_names, about in known
        )
    ]


def _may_be_one(
    names: set[str], data: dict[str, Any], other_names: set[str], other: dict[str, Any]
) -> bool:
    if not data.get("country") or data["country"] != other.get("country"):
        return False
    if data.get("kind") != other.get("kind"):
        # To a list all places are cities; by name it may be the province of that name.
        return not _names(data, "region").isdisjoint(_names(other, "region"))
    apart = _apart(data, other)
    if apart is None or NEAR < apart <= FAR:
        return not names.isdisjoint(other_names)
    return apart <= NEAR


def _apart(data: dict[str, Any], other: dict[str, Any]) -> float | None:
    """Kilometres between two nodes; None where the place of one is not known."""
    if "latitude" not in data or "latitude" not in other:
        return None
    places = [data["latitude"], data["longitude"], other["latitude"], other["longitude"]]
    return float(kilometres(*(np.array([value]) for value in places))[0])


def _names(data: dict[str, Any], only: str = "") -> set[str]:
    """What a node is called, without the word for a city; provinces keep theirs.

    only: `region` for names that say that it is a province alone; all where not given.
    """
    labels = (str(data.get(f"label_{language}") or "") for language in ("ko", "en"))
    found = set()
    for name in {*labels, *str(data.get("aliases") or "").split("|")} - {""}:
        base, kind = place_name(normalised(name))
        if only in ("", kind):
            found.add(normalised(name) if kind == "region" else base)
    return found


__all__ = ["same_places"]
