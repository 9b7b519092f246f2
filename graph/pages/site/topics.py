"""The topics as a tree, with the numbers of agreements that cover them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.words import message
from citypact.graph.store.base import DEFAULT_GRAPH
from citypact.ontology import SKOS


@dataclass(frozen=True)
class TopicBranch:
    """A topic with those below it; number: of the agreements that cover it."""

    iri: str
    number: int
    narrower: tuple[TopicBranch, ...]


def topics_page(graph: SiteGraph, path: str) -> bytes:
    """All topics, the narrower below the broader."""
    topics = graph.by_kind.get("topic", [])
    narrower: dict[str, list[str]] = defaultdict(list)
    for quad in graph.store.quads(None, ox.NamedNode(SKOS + "broader"), None, DEFAULT_GRAPH):
        narrower[quad.object.value].append(quad.subject.value)  # type: ignore[union-attr]
    below = {iri for several in narrower.values() for iri in several}

    def branch(iri: str, above: tuple[str, ...]) -> TopicBranch:
        parts = [part for part in sorted(narrower[iri]) if part not in above]
        found = tuple(branch(part, (*above, iri)) for part in parts if part in known)
        return TopicBranch(iri, graph.agreements_on[iri], found)

    known = set(topics)
    branches = [branch(iri, ()) for iri in topics if iri not in below]
    return render(graph, "topics.html", path, message("nav.topics"), branches=branches)
