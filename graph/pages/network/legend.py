"""The legend: kinds, layers, forms, topics, years and lines with their numbers; and the footer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import networkx as nx

from citypact.graph.pages.network import style
from citypact.graph.pages.network.attributes import (
    actor_ties,
    forms_of,
    kind_of,
    named,
    opening_nodes,
    relation,
    shortened,
    sorted_edges,
    year,
)
from citypact.graph.pages.network.words import message
from citypact.graph.text.bilingual import Words, both
from citypact.ontology import LANGUAGES

COUNTED = (
    "documents",
    "claims",
    "statements",
    "facts",
    "agreements",
    "actors",
    "topics",
    "nodes",
    "edges",
)
"""What the footer counts: the messages `footer.…` of words.toml."""


def legend(network: nx.MultiDiGraph) -> dict[str, Any]:
    """What the legend lists: kinds, layers, forms, topics, years and lines, with counts."""
    nodes = [network.nodes[iri] for iri in sorted(network)]
    kinds = Counter(kind_of(data) for data in nodes)
    first = {kind_of(data) for data in nodes if data.get("first_view")}
    opening = {kind_of(network.nodes[iri]) for iri in opening_nodes(network)}
    entries = [
        {
            "kind": kind,
            "words": _plural(kind),
            "style": look,
            "count": kinds[kind],
            "on": kind in opening,
        }
        for kind, look in sorted(style.node_styles().items(), key=lambda item: item[1].rank)
        if kinds[kind]
    ]
    edges = [data for _, _, data in sorted_edges(network)]
    far = {
        end
        for source, target, data in sorted_edges(network)
        for end in (source, target)
        if data.get("first_view") and _is_far(network.nodes[end])
    }
    agreements = [data for data in nodes if data.get("kind") == "agreement"]
    years = [value for value in map(year, (*nodes, *edges)) if value]
    return {
        "kinds": [e for e in entries if e["kind"] not in style.LAYERS and e["kind"] in first],
        "layers": [e for e in entries if e["kind"] in style.LAYERS and e["kind"] != "prospect"],
        "prospects": sum(bool(data.get("prospect")) for data in edges) or kinds["prospect"],
        # Kinds that appear only with layers have no check box.
        "guests": [e for e in entries if e["kind"] not in style.LAYERS and e["kind"] not in first],
        "more": any(_is_more(network, *edge) for edge in sorted_edges(network)),
        "far": len(far),
        "forms": _forms(agreements),
        "announced": any(data.get("status") == "announced" for data in agreements),
        "topics": _top_topics(network, nodes),
        "years": (min(years), max(years)) if years else None,
        "lines": _lines(network),
    }


def _plural(kind: str) -> Words:
    """What things of a kind are called where they are counted."""
    if f"legend.{kind}" in message.by_id:
        return message(f"legend.{kind}")
    return message(f"kinds.{kind}", n=2)


def _is_far(data: Mapping[str, Any]) -> bool:
    """Whether a node that a tie of the first view reaches is beyond what the page opens on."""
    return not data.get("first_view") and kind_of(data) not in style.LAYERS


def _is_more(network: nx.MultiDiGraph, source: str, target: str, data: Mapping[str, Any]) -> bool:
    """Whether a tie is hidden at first without belonging to a layer."""
    ends = (network.nodes[source], network.nodes[target])
    return not (
        data.get("first_view")
        or data.get("prospect")
        or any(kind_of(end) in style.LAYERS and not end.get("first_view") for end in ends)
    )


def _forms(agreements: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    forms: dict[str, dict[str, Any]] = {}
    for data in agreements:
        for slug, words in forms_of(data).items():
            unnamed = both(slug, slug) if slug else message("filters.form_unknown")
            known = words if words["ko"] else unnamed
            entry = forms.setdefault(slug, {"slug": slug, "words": shortened(known), "count": 0})
            entry["count"] += 1
            # Of several names the shortest.
            entry["words"] = min(
                entry["words"], shortened(known), key=lambda w: (len(w["ko"]), w["ko"])
            )
    return sorted(forms.values(), key=lambda form: (-form["count"], form["slug"]))


def _top_topics(network: nx.MultiDiGraph, nodes: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The top-level topics with the number of agreements on each, those with the most first."""
    agreements = {
        (source, network.nodes[target].get("top_topic"))
        for source, target, data in network.edges(data=True)
        if data.get("relation") == "topic" and kind_of(network.nodes[source]) == "agreement"
    }
    count = Counter(top for _, top in agreements)
    topics: dict[str, dict[str, Any]] = {}
    for data in nodes:
        top = str(data.get("top_topic") or "")
        if data.get("kind") == "topic" and top:
            words = top_words(network, data)
            topics.setdefault(top, {"iri": top, "words": words, "count": count[top]})
    return sorted(topics.values(), key=lambda topic: (-topic["count"], topic["iri"]))


def top_words(network: nx.MultiDiGraph, data: Mapping[str, Any]) -> Words:
    """The name of the top-level concept of a topic, from its node, its attributes or its IRI."""
    top = str(data.get("top_topic") or "")
    words = named(data, "top_topic")
    if top in network:
        words = named(network.nodes[top], "label")
    slug = top.rstrip("/").rsplit("/", 1)[-1]
    return shortened(words if words["ko"] else {"ko": slug, "en": slug})


def _lines(network: nx.MultiDiGraph) -> list[dict[str, Any]]:
    """One entry per kind of line of the first view, in the order of the edge styles."""
    order = list(style.edge_styles())
    lines: dict[str, Words] = {}
    partnerships: Counter[str] = Counter()
    for _, _, data in sorted_edges(network):
        if data.get("first_view") and not data.get("prospect"):
            name = style.line_of(data)
            words = {language: relation(data, language) for language in LANGUAGES}
            lines.setdefault(name, shortened(words))
            partnerships[name] += data.get("relation") == "partnership"
    if actor_ties(network):
        lines["agreement"] = message("kinds.agreement", n=1)
    return [
        {
            "name": name,
            "line": style.edge_styles()[name],
            "words": words,
            # Kinds of partnership can be chosen.
            "partnerships": partnerships[name],
        }
        for name, words in sorted(lines.items(), key=lambda item: order.index(item[0]))
    ]


def counts(meta: Mapping[str, Any]) -> list[Words]:
    """What the data contains, such as 5 documents."""
    numbers = {k: v for k, v in meta.items() if isinstance(v, int) and not isinstance(v, bool)}
    numbers |= dict(meta.get("counts") or {})
    known = [message(f"footer.{name}", n=numbers[name]) for name in COUNTED if name in numbers]
    others = [f"{name} {numbers[name]}" for name in sorted(numbers, key=str) if name not in COUNTED]
    return known + [shortened(both(text, text)) for text in others]
