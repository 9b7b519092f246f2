"""The Atom feed of a site (RFC 4287): the agreements and partnerships that are dated last."""

from __future__ import annotations

import uuid
from xml.sax.saxutils import escape, quoteattr

from citypact.graph.export.dataset import dataset_of
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.words import message
from citypact.graph.relations.timeline import TimelineEntry, entries
from citypact.graph.text.xml_text import legal_xml
from citypact.ontology import ID

LATEST = 40
"""How many entries the feed has."""


def feed(graph: SiteGraph, language: str) -> bytes:
    """The feed in a language. Days are those of the data; addresses are relative to the feed."""
    dataset = dataset_of(graph.store)
    title = graph.store.title or message("site.unnamed")
    # The same for every version of the graph, or readers of feeds would take each for a new feed.
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{ID}feed/{title['en']}/{language}").urn
    updated = _moment(dataset.day or "1970-01-01")
    makers = "".join(
        f"<author><name>{_text(maker[language])}</name></author>" for maker in dataset.makers
    )
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        f"<id>{name}</id><title>{_text(title[language])}</title>",
        f"<updated>{updated}</updated>{makers}",
        f'<link rel="self" href="feed.{language}.xml"/>',
        f'<link rel="alternate" type="text/html" href="index.{language}.html"/>',
        *(_entry(graph, entry, language) for entry in graph.once("feed", lambda: _latest(graph))),
        "</feed>",
        "",
    ]
    return "\n".join(lines).encode("utf-8", "replace")


def _latest(graph: SiteGraph) -> list[TimelineEntry]:
    things = [iri for kind in ("agreement", "partnership") for iri in graph.by_kind.get(kind, ())]
    dated = [e for e in entries(graph.facts, things) if e.date is not None and e.date.begin]
    found: dict[str, TimelineEntry] = {}
    for entry in reversed(dated):
        found.setdefault(entry.thing, entry)
    return list(found.values())[:LATEST]


def _entry(graph: SiteGraph, entry: TimelineEntry, language: str) -> str:
    assert entry.date is not None and entry.date.begin is not None
    path = graph.path_of(entry.thing, language)
    kind = graph.kind_of(entry.thing)[language]
    said = f"{kind}, {graph.names.label(entry.how, language)}: {entry.date.text}"
    return (
        f"<entry><id>{_text(entry.thing)}</id>"
        f"<title>{_text(graph.names.label(entry.thing, language))}</title>"
        f"<updated>{_moment(entry.date.begin.isoformat())}</updated>"
        f'<link rel="alternate" type="text/html" href={quoteattr(path)}/>'
        f"<summary>{_text(said)}</summary></entry>"
    )


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _text(text: str) -> str:
    return escape(legal_xml(text))


__all__ = ["feed"]
