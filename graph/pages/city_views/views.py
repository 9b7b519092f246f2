"""A view of a network of cities by its name."""

from __future__ import annotations

from importlib import import_module
from typing import cast

import networkx as nx

from citypact.graph.pages.city_views.view import View
from citypact.ontology.errors import CitypactError

VIEWS = ("map", "countries", "ego", "communities")
"""The views of a network of cities; each is a module of its name."""


def view_of(network: nx.Graph, name: str, city: str = "") -> View:
    """The view of a name; `city` is the node in the middle of `ego` and empty for other views.

    Raises CitypactError for an unknown view, and if a city is missing or not used.
    """
    check(name, city)
    module = import_module(f"citypact.graph.pages.city_views.{name}")
    function = getattr(module, f"{name}_view")
    return cast(View, function(network, city) if name == "ego" else function(network))


def check(name: str, city: str) -> None:
    """Refuses what is no view, and a city where none belongs or a view without the one it needs."""
    if name not in VIEWS:
        raise CitypactError(
            "there is no view called {name!r}\n    -> use network, {views}",
            name=name,
            views=", ".join(VIEWS),
        )
    if name == "ego" and not city:
        raise CitypactError(
            "the view ego requires a city at its centre\n    -> name it: --city Seoul"
        )
    if name != "ego" and city:
        raise CitypactError(
            "the view {name} has no city at its centre\n    -> leave the city out, or choose ego",
            name=name,
        )
