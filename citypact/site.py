"""The pages of a graph as a site, with what this package adds to them."""

from __future__ import annotations

from collections.abc import Sequence

from citypact.graph.pages.site.renderers import Renderers
from citypact.graph.pages.site.site import Site
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.store.base import Store
from citypact.sources.reading.texts import Texts
from citypact.translation import column_heading


def site_of(
    store: Store, texts: Texts | None = None, *, is_live: bool = False, has_briefs: bool = False
) -> Site:
    """The site of a graph: its files, or where `is_live` the pages of a service, with forms.

    `texts` give the sentences around passages: only where they may be published.
    """

    def written_brief(
        iri: str, form: str, language: str, links: Sequence[tuple[str, str]]
    ) -> bytes:
        from citypact.graph.brief.data import brief
        from citypact.graph.brief.files import brief_file

        centre = pages.place_of.get(store.centre, store.centre)
        found = pages.last("brief", iri, lambda: brief(pages.facts, iri, centre))
        return brief_file(pages.facts, found, form, language, links)

    renderers = Renderers(column_heading, written_brief)
    pages = SiteGraph(store, texts, renderers, is_live, has_briefs)
    return Site(pages)


__all__ = ["site_of"]
