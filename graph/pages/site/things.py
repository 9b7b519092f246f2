"""The page of a thing: what is said of it, in sections, each statement with its sources."""

from __future__ import annotations

from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.lists import list_stem
from citypact.graph.pages.site.paths import split_language
from citypact.graph.pages.site.site_graph import SiteGraph, segment
from citypact.ontology import LANGUAGES


def thing_page(graph: SiteGraph, path: str) -> bytes | None:
    """The page of a thing by its path; None where there is no such thing."""
    stem, language = split_language(path)
    iri = graph.by_stem.get(stem)
    if iri is None:
        return None
    return render(
        graph,
        "thing.html",
        path,
        graph.names.both(iri),
        iri=iri,
        kind=graph.kind_of(iri),
        list=list_stem(segment(iri)),
        other=next(each for each in LANGUAGES if each != language),
        sections=graph.sections(iri),
    )
