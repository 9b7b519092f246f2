"""Two language versions of an agreement side by side: what stands where, and what differs."""

from __future__ import annotations

from collections.abc import Iterator

from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.paths import file_name, split_language
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.words import message
from citypact.graph.relations.versions import bilingual_agreements, language_versions
from citypact.ontology import CODE, ID

FOLDER = "versions/"


def versions_of(graph: SiteGraph) -> dict[str, str]:
    """The agreements with several versions, by the paths of their pages without language."""

    def read() -> dict[str, str]:
        agreements = bilingual_agreements(graph.facts)
        return {f"{FOLDER}{file_name(iri.removeprefix(ID))}": iri for iri in agreements}

    return graph.once("versions", read)


def version_stems(graph: SiteGraph) -> Iterator[str]:
    """The paths of the pages, without language."""
    yield from versions_of(graph)


def versions_page(graph: SiteGraph, path: str) -> bytes | None:
    """The versions of an agreement side by side; None where there is no such page."""
    stem, language = split_language(path)
    iri = versions_of(graph).get(stem, "")
    versions = language_versions(graph.facts, iri) if iri else None
    if versions is None:
        return None
    return render(
        graph,
        "versions.html",
        path,
        message("versions.title", agreement=graph.names.both(iri)),
        versions=versions,
        code=CODE,
        shown_value=graph.describer.shown,
        # Descriptions by the editors are in both languages.
        is_read=lambda value: getattr(value, "language", None) in (None, language),
        texts={text: graph.names.both(f"{CODE}language/{text}") for text in versions.languages},
    )
