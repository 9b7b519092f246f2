"""A graph as a site: every page by its path, the same from a folder and from a server.

    site = site_of(store)                     # citypact/site.py
    site.paths()                              # all paths, sorted
    site.page("id/city/seoul.ko.html")        # its bytes; None for a path that the site has not
    site.path_of("https://w3id.org/citypact/id/city/seoul", "ko")   # '' for what has no page
    media_type("id/city/seoul.ttl")           # text/turtle; charset=utf-8

Pages link to each other by relative paths, so that they work from disk and below any address.
Nothing depends on the day or on the order in which pages are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial

from citypact.graph.pages.city_views.map import map_view
from citypact.graph.pages.city_views.page import page as city_view_page
from citypact.graph.pages.network.page import network_page
from citypact.graph.pages.site.briefs import FOLDER as BRIEFS
from citypact.graph.pages.site.briefs import brief_page, brief_stems
from citypact.graph.pages.site.data_files import FILES, DataFiles
from citypact.graph.pages.site.data_page import data_page
from citypact.graph.pages.site.disagreements import disagreements_page
from citypact.graph.pages.site.feed import feed
from citypact.graph.pages.site.front import front_page
from citypact.graph.pages.site.layout import STYLE, VIEWS, style_sheet
from citypact.graph.pages.site.lists import FOLDER as LISTS
from citypact.graph.pages.site.lists import list_page, list_stems
from citypact.graph.pages.site.map import LAND, SiteMap, map_page
from citypact.graph.pages.site.paths import DATA_FORMATS, in_language, split_language
from citypact.graph.pages.site.paths import FOLDER as THINGS
from citypact.graph.pages.site.promises import promises_page
from citypact.graph.pages.site.questions import FOLDER as QUESTIONS
from citypact.graph.pages.site.questions import (
    answer_file,
    answer_paths,
    query_page,
    query_stems,
    questions_page,
)
from citypact.graph.pages.site.site_graph import VOCABULARY, SiteGraph
from citypact.graph.pages.site.thing_data import ThingData
from citypact.graph.pages.site.things import thing_page
from citypact.graph.pages.site.timeline import timeline_page
from citypact.graph.pages.site.topics import topics_page
from citypact.graph.pages.site.versions import FOLDER as VERSIONS
from citypact.graph.pages.site.versions import version_stems, versions_page
from citypact.graph.pages.site.vocabulary import vocabulary_page
from citypact.ontology import LANGUAGES

MEDIA_TYPES = {
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gz": "application/gzip",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "svg": "image/svg+xml",
    "ttl": "text/turtle; charset=utf-8",
    "xml": "application/atom+xml; charset=utf-8",
}
"""The media types of the files of a site by their suffixes; others are plain text."""
PAGES: dict[str, Callable[[SiteGraph, str], bytes]] = {
    "index": front_page,
    "map": map_page,
    "timeline": timeline_page,
    "questions": questions_page,
    "topics": topics_page,
    "promises": promises_page,
    "disagreements": disagreements_page,
    VOCABULARY: vocabulary_page,
    "data": data_page,
}
"""The pages beside those of things and lists by the beginnings of their paths."""
ENTRY = "index.html"
"""The page that a folder opens with."""


def media_type(path: str) -> str:
    """The media type of a file of the site by its path."""
    return MEDIA_TYPES.get(path.rsplit(".", 1)[-1], "text/plain; charset=utf-8")


class Site:
    """The pages of a graph. Its `texts` give the sentences around passages: only where they may be
    published."""

    def __init__(self, graph: SiteGraph) -> None:
        self.graph = graph
        store = graph.store
        self._data = ThingData(store)
        self._data_files = DataFiles.of(store)

    def paths(self) -> list[str]:
        """The paths of all files of the site, sorted."""
        return sorted(self._paths())

    def page(self, path: str) -> bytes | None:
        """A file of the site by its path; None where the site has no such file."""
        if path in self._files:
            return self._files[path]()
        stem, language = split_language(path)
        if language and path.startswith(THINGS):
            return thing_page(self.graph, path)
        if language and path.startswith(LISTS):
            return list_page(self.graph, path)
        if language and path.startswith(VERSIONS):
            return versions_page(self.graph, path)
        if language and path.startswith(QUESTIONS):
            return query_page(self.graph, path)
        if language and path.startswith(BRIEFS):
            return brief_page(self.graph, path)
        if language and stem in PAGES:
            return PAGES[stem](self.graph, path)
        stem, _, form = path.rpartition(".")
        if form == "csv" and path.startswith(QUESTIONS):
            return answer_file(self.graph, path)
        if form in DATA_FORMATS and stem in self.graph.by_stem:
            return self._data.write(self.graph.by_stem[stem], form)
        return None

    def path_of(self, iri: str, language: str) -> str:
        """The path of the page that speaks of an IRI; '' where there is none."""
        return self.graph.path_of(iri, language)

    @cached_property
    def _files(self) -> dict[str, Callable[[], bytes]]:
        """The files that are neither in a language nor about one thing."""
        return {
            **{path: partial(self._data_file, path) for path in FILES},
            ENTRY: lambda: front_page(self.graph, in_language("index", LANGUAGES[0]), True),
            STYLE: style_sheet,
            LAND: lambda: SiteMap.of(self.graph).land(),
            VIEWS["network"]: self._network_page,
            VIEWS["map-view"]: self._map_view,
            **{f"feed.{each}.xml": partial(feed, self.graph, each) for each in LANGUAGES},
        }

    def _data_file(self, path: str) -> bytes:
        return self._data_files.contents[path]

    def _map_view(self) -> bytes:
        return city_view_page(map_view(SiteMap.of(self.graph).network)).encode()

    def _network_page(self) -> bytes:
        def make() -> bytes:
            graph = self.graph
            return network_page(graph.store, graph.texts, describer=graph.describer).encode()

        return self.graph.once("network page", make)

    def _paths(self) -> Iterator[str]:
        yield from self._files
        lists, versions = list_stems(self.graph), version_stems(self.graph)
        stems = [*PAGES, *lists, *versions, *query_stems(), *brief_stems(self.graph)]
        stems += self.graph.by_stem
        yield from answer_paths()
        yield from (in_language(stem, language) for stem in stems for language in LANGUAGES)
        yield from (f"{stem}.{form}" for stem in self.graph.by_stem for form in DATA_FORMATS)


__all__ = ["ENTRY", "MEDIA_TYPES", "Site", "media_type"]
