"""A graph as a site: every page by its path, the same from a folder and from a server.

    site = Site(store)
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

from citypact.graph.pages.site.data_files import DataFiles
from citypact.graph.pages.site.front import front_page
from citypact.graph.pages.site.layout import STYLE, style_sheet
from citypact.graph.pages.site.lists import FOLDER as LISTS
from citypact.graph.pages.site.lists import list_page, list_stems
from citypact.graph.pages.site.paths import DATA_FORMATS, in_language, split_language
from citypact.graph.pages.site.paths import FOLDER as THINGS
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.thing_data import ThingData
from citypact.graph.pages.site.things import thing_page
from citypact.graph.store.base import Store
from citypact.ontology import LANGUAGES
from citypact.sources.reading.texts import Texts

MEDIA_TYPES = {
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gz": "application/gzip",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "ttl": "text/turtle; charset=utf-8",
    "xml": "application/atom+xml; charset=utf-8",
}
"""The media types of the files of a site by their suffixes; others are plain text."""
PAGES: dict[str, Callable[[SiteGraph, str], bytes]] = {"index": front_page}
"""The pages beside those of things and lists by the beginnings of their paths."""
ENTRY = "index.html"
"""The page that a folder opens with."""


def media_type(path: str) -> str:
    """The media type of a file of the site by its path."""
    return MEDIA_TYPES.get(path.rsplit(".", 1)[-1], "text/plain; charset=utf-8")


class Site:
    """The pages of a graph. `texts` give the sentences around passages: only where they may be
    published."""

    def __init__(self, store: Store, texts: Texts | None = None) -> None:
        self.graph = SiteGraph(store, texts)
        self._data = ThingData(store)
        self._data_files = DataFiles(store)

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
        if language and stem in PAGES:
            return PAGES[stem](self.graph, path)
        stem, _, form = path.rpartition(".")
        if form in DATA_FORMATS and stem in self.graph.by_stem:
            return self._data.write(self.graph.by_stem[stem], form)
        return None

    def path_of(self, iri: str, language: str) -> str:
        """The path of the page that speaks of an IRI; '' where there is none."""
        return self.graph.path_of(iri, language)

    @cached_property
    def _files(self) -> dict[str, Callable[[], bytes]]:
        """The files that are neither in a language nor about one thing."""
        data = self._data_files.contents
        return {
            **{path: partial(data.__getitem__, path) for path in data},
            ENTRY: lambda: front_page(self.graph, in_language("index", LANGUAGES[0])),
            STYLE: style_sheet,
        }

    def _paths(self) -> Iterator[str]:
        yield from self._files
        stems = [*PAGES, *list_stems(self.graph), *self.graph.by_stem]
        yield from (in_language(stem, language) for stem in stems for language in LANGUAGES)
        yield from (f"{stem}.{form}" for stem in self.graph.by_stem for form in DATA_FORMATS)


__all__ = ["ENTRY", "MEDIA_TYPES", "Site", "media_type"]
