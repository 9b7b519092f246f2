"""The first page: search, what the graph holds, and the ways into it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from citypact.graph.export.dataset import dataset_of
from citypact.graph.export.schema_org import schema_org
from citypact.graph.pages.html import inert_json, shared_scripts, template_text
from citypact.graph.pages.search.index import Named, name_index
from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.lists import class_name, kind_name, list_stem
from citypact.graph.pages.site.map import SiteMap
from citypact.graph.pages.site.paths import FOLDER, thing_stem
from citypact.graph.pages.site.site_graph import SiteGraph, segment
from citypact.graph.pages.site.words import message
from citypact.graph.provenance.counts import count
from citypact.graph.relations.timeline import entries

UNNAMED = ("membership", "tenure")
"""Kinds whose things have no names by which they are sought, but those of others."""
COUNTED = ("city", "agreement", "partnership", "network", "organization", "person", "topic", "doc")
"""The kinds whose numbers the page begins with; of topics those that agreements cover."""
SAID = ("nothing", "count", "near")
"""What the search says of its hits."""
LATEST = 8
"""How many agreements and topics the page shows."""


def front_page(graph: SiteGraph, path: str, is_entry: bool = False) -> bytes:
    """The first page in the language of its path.

    is_entry: for the page that the folder opens with, which goes on to the language of the browser.
    """
    scripts = [*shared_scripts(), template_text("pages/site/front.js")]
    kinds = [
        (kind, kind_name(kind), list_stem(kind), len(things))
        for kind, things in graph.by_kind.items()
    ]
    in_use = message("front.topics_in_use"), list_stem("topic"), count(graph.store, "topics in use")
    title = graph.store.title or message("site.unnamed")
    data = {
        "names": graph.once("names", lambda: name_index(_named(graph))),
        "kinds": {kind: class_name(kind) for kind in map(segment, graph.by_stem.values())},
        "words": {f"search.{name}": message.by_id[f"search.{name}"] for name in SAID},
        "entry": is_entry,
    }
    return render(
        graph,
        "front.html",
        path,
        title,
        scripts,
        kinds=kinds,
        figures=[
            in_use if kind == "topic" else (words, stem, number)
            for kind, words, stem, number in kinds
            if kind in COUNTED
        ],
        map=SiteMap.of(graph),
        agreements_on=graph.agreements_on,
        latest=graph.once("latest", lambda: _latest(graph)),
        topics=_topics(graph),
        data=Markup(inert_json(data)),
        schema=Markup(inert_json(schema_org(dataset_of(graph.store), ()))),
    )


def _named(graph: SiteGraph) -> list[Named]:
    """What is found by its name; a government by the name of its place, where it has a page."""
    aliases = graph.aliases
    found = []
    for kind, things in graph.by_kind.items():
        if kind in UNNAMED:
            continue
        for iri in things:
            if graph.path_of(graph.place_of.get(iri, ""), "en"):
                continue
            words = graph.names.both(iri)
            others = set(aliases.get(iri, ()))
            weight = graph.mentions[iri]
            if government := graph.government_of.get(iri, ""):
                others |= {*graph.names.both(government).values(), *aliases.get(government, ())}
                weight += graph.mentions[government]
            key = thing_stem(iri).removeprefix(FOLDER)
            found.append(Named(key, words["ko"], words["en"], tuple(sorted(others)), weight))
    return found


def _latest(graph: SiteGraph) -> list[Any]:
    """The agreements that were signed last."""
    dated = [
        entry
        for entry in entries(graph.facts, graph.by_kind.get("agreement", ()))
        if entry.date is not None and entry.date.begin is not None
    ]
    return dated[: -LATEST - 1 : -1]


def _topics(graph: SiteGraph) -> list[str]:
    """The topics that most agreements cover."""
    topics = graph.by_kind.get("topic", ())
    return sorted(topics, key=lambda iri: (-graph.agreements_on.get(iri, 0), iri))[: 2 * LATEST]
