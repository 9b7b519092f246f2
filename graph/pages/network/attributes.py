"""What the page reads from the attributes of nodes and edges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from citypact.graph.pages.network import style
from citypact.graph.text.bilingual import Words, complete


def kind_of(data: Mapping[str, Any]) -> str:
    """The kind of a node; "other" for kinds that the page does not know."""
    kind = str(data.get("kind") or "")
    return kind if kind in style.NODE_STYLES else "other"


def node_ids(network: nx.MultiDiGraph) -> dict[str, str]:
    """Opaque ids, "n1", "n2" and so on, by IRI in sorted order."""
    return {iri: f"n{number}" for number, iri in enumerate(sorted(network), start=1)}


def year(data: Mapping[str, Any]) -> int:
    """The year of a node or an edge, 0 where unknown."""
    value = data.get("year") or 0
    return int(value) if isinstance(value, int | float) and 0 < value < 10_000 else 0


def named(data: Mapping[str, Any], name: str) -> Words:
    """The attributes `name_ko` and `name_en` as words."""
    return complete({"ko": data.get(f"{name}_ko"), "en": data.get(f"{name}_en")})


def relation(data: Mapping[str, Any], language: str) -> str:
    """The name of a tie in a language."""
    return named(data, "relation")[language] or str(data.get("relation") or "")


def in_first_view(
    network: nx.MultiDiGraph, source: str, target: str, data: Mapping[str, Any]
) -> bool:
    """Whether an edge is drawn when the page opens."""
    ends = (network.nodes[source], network.nodes[target])
    return (
        bool(data.get("first_view"))
        and not data.get("prospect")
        and all(end.get("first_view") for end in ends)
    )


def sorted_edges(network: nx.MultiDiGraph) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Source, target and attributes of every edge, in the order of their panels' names."""
    edges = network.edges(keys=True, data=True)
    return [(s, t, d) for s, t, _, d in sorted(edges, key=lambda edge: (*edge[:2], str(edge[2])))]


def forms_of(data: Mapping[str, Any]) -> dict[str, Words]:
    """The forms of an agreement, several joined by "|", and what they are called."""
    slugs = str(data.get("form") or "").split("|")
    words = named(data, "form")
    split = {language: text.split("|") for language, text in words.items()}
    if all(len(names) == len(slugs) for names in split.values()):
        return {slug: {lang: split[lang][n] for lang in split} for n, slug in enumerate(slugs)}
    return dict.fromkeys(slugs, words)


def shortened(words: Words) -> Words:
    """Words of at most 60 characters in each language."""
    return {
        language: text if len(text) <= 60 else text[:59] + "…" for language, text in words.items()
    }
