"""Where sources disagree: each value with its sources, and the reason of the rank."""

from __future__ import annotations

from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.words import message


def disagreements_page(graph: SiteGraph, path: str) -> bytes:
    """Every disagreement of the graph, by thing and property."""
    rows = graph.once("disagreements", graph.describer.disagreement_rows)
    return render(graph, "disagreements.html", path, message("nav.disagreements"), rows=rows)
