"""The page of a thing: what is said of it, in sections, each statement with its sources."""

from __future__ import annotations

from typing import Any

from citypact.graph.pages.site.briefs import brief_stem
from citypact.graph.pages.site.documents import citation, statements
from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.lists import list_stem
from citypact.graph.pages.site.paths import split_language
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.versions import versions_of

SHOWN = 30
"""How many rows of a section are seen at once; the others are folded."""


def thing_page(graph: SiteGraph, path: str) -> bytes | None:
    """The page of a thing by its path; None where there is no such thing."""
    stem, language = split_language(path)
    iri = graph.by_stem.get(stem)
    if iri is None:
        return None
    more: dict[str, Any] = {}
    template = "thing.html"
    if "SourceDocument" in graph.names.kinds(iri):
        template = "document.html"
        said, total = statements(graph, iri)
        text, bibtex = citation(graph, iri, language)
        more = {"said": said, "total": total, "citation": text, "bibtex": bibtex}
    return render(
        graph,
        template,
        path,
        graph.names.both(iri),
        iri=iri,
        kind=graph.kind_of(iri),
        list=list_stem(graph.kind(iri)),
        # Readers take a city and its government for one thing: the page of the city has both.
        sections=graph.sections(graph.government_of.get(iri, iri)),
        limit=SHOWN,
        brief=brief_stem(graph, iri) if graph.has_briefs else "",
        versions=next((at for at, of in versions_of(graph).items() if of == iri), ""),
        **more,
    )
