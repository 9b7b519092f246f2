"""What the page reads from the attributes of nodes and edges."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import networkx as nx

from citypact.graph.networks.overview import AT_ONCE
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


def opening_nodes(network: nx.MultiDiGraph) -> set[str]:
    """The nodes that are drawn when the page opens, by their IRIs.

    A large first view opens without agreements and topics: lines between their parties stand for
    agreements until they are asked for.
    """
    first = {iri for iri, data in network.nodes(data=True) if data.get("first_view")}
    if len(first) <= AT_ONCE:
        return first
    actors = {iri for iri in first if kind_of(network.nodes[iri]) not in ("agreement", "topic")}
    return actors or first


def actor_ties(network: nx.MultiDiGraph) -> set[tuple[str, str]]:
    """Pairs (IRIs in order) that a line joins for agreements: parties, and brokers with them."""
    parties: dict[str, set[str]] = {}
    brokers: dict[str, set[str]] = {}
    for source, target, data in network.edges(data=True):
        if data.get("relation") == "party" and kind_of(network.nodes[source]) == "agreement":
            parties.setdefault(source, set()).add(target)
        elif data.get("relation") == "brokering":
            brokers.setdefault(target, set()).add(source)
    pairs = {pair for each in parties.values() for pair in combinations(sorted(each), 2)}
    for agreement, some in brokers.items():
        for broker in some:
            pairs |= {
                (min(broker, party), max(broker, party))
                for party in parties.get(agreement, set()) - some
            }
    return pairs


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
