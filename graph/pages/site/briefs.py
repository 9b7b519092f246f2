"""Briefs on the partners of the centre: which there are, and where."""

from __future__ import annotations

from collections.abc import Iterator

from citypact.graph.pages.site.map import SiteMap
from citypact.graph.pages.site.paths import FOLDER as THINGS
from citypact.graph.pages.site.paths import split_language, to_root
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.text.bilingual import LANGUAGE_NAMES, other_language

FOLDER = "brief/"
ACTORS = {"LocalArea", "Organization"}
"""The classes of what a brief may be about."""


def brief_stems(graph: SiteGraph) -> Iterator[str]:
    """The paths of the briefs that are published, without language: those on partner cities."""
    if graph.has_briefs:
        found = SiteMap.of(graph)
        if found.centre in found.network:
            for iri in sorted(found.network[found.centre]):
                if stem := brief_stem(graph, iri):
                    yield stem


def brief_stem(graph: SiteGraph, iri: str) -> str:
    """The path of the brief on a thing, without language; '' where there can be none."""
    found = SiteMap.of(graph)
    iri = graph.place_of.get(iri, iri)
    has_page = graph.owner(iri) == iri and bool(ACTORS & graph.names.kinds(iri))
    if not has_page or not found.centre or iri == found.centre:
        return ""
    if not graph.is_live and iri not in found.network.adj.get(found.centre, ()):
        return ""
    stem = split_language(graph.path_of(iri, "en"))[0]
    return FOLDER + stem.removeprefix(THINGS)


def brief_page(graph: SiteGraph, path: str) -> bytes | None:
    """The brief on a thing by its path; None where there is none."""
    stem, language = split_language(path)
    if not (iri := _subject(graph, stem)):
        return None
    other = other_language(language)
    name = stem.rsplit("/", 1)[-1]
    links = [
        (graph.names.label(iri, language), to_root(path) + graph.path_of(iri, language)),
        (LANGUAGE_NAMES[other], f"{name}.{other}.html"),
    ]
    if graph.is_live:
        links.append(("Word", f"{name}.{language}.docx"))
    return graph.renderers.brief(iri, "html", language, links)


def brief_document(graph: SiteGraph, path: str) -> bytes | None:
    """The same as a Word document."""
    stem, language = split_language(path.removesuffix(".docx") + ".html")
    iri = _subject(graph, stem)
    return graph.renderers.brief(iri, "docx", language, ()) if iri else None


def _subject(graph: SiteGraph, stem: str) -> str:
    """What the brief at a path is about (IRI); '' where there is no brief."""
    iri = graph.by_stem.get(THINGS + stem.removeprefix(FOLDER), "")
    return iri if graph.has_briefs and brief_stem(graph, iri) == stem else ""


__all__ = ["FOLDER", "brief_document", "brief_page", "brief_stem", "brief_stems"]
