"""The first page: what the graph holds, and the ways into it."""

from __future__ import annotations

from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.lists import kind_name, list_stem
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.words import message


def front_page(graph: SiteGraph, path: str) -> bytes:
    """The first page in the language of its path."""
    kinds = [
        (kind_name(kind), list_stem(kind), len(things)) for kind, things in graph.by_kind.items()
    ]
    title = graph.store.title or message("site.unnamed")
    return render(graph, "front.html", path, title, kinds=kinds)
