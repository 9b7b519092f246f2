"""The tables of the page for readers without scripts: agreements, actors, their ties and topics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from citypact.graph.pages.network import style
from citypact.graph.pages.network.attributes import kind_of, named, relation, sorted_edges, year
from citypact.graph.pages.network.words import message
from citypact.graph.text.bilingual import Words, both
from citypact.graph.text.dates import readable_date
from citypact.ontology import LANGUAGES


def date_text(value: object) -> Words:
    """A date of EDTF for readers: a year, month or day as it is, and anything else in words.

    >>> date_text("2012-06~")["en"], date_text(None)["en"]
    ('about June 2012', '')
    """
    return readable_date(str(value)) if value else both("", "")


def plain_tables(network: nx.MultiDiGraph) -> list[tuple[Words, list[list[Words]]]]:
    """Tables with their captions: rows of words, names first."""
    tables = [
        (message("kinds.agreement", n=2), _agreements(network)),
        (message("tables.ties"), _ties(network)),
        (message("tables.actors"), _nodes(network, _ACTORS)),
        (message("kinds.topic", n=2), _nodes(network, ("topic",))),
        (message("tables.further"), _nodes(network, (*style.LAYERS, "other"))),
    ]
    return [(caption, rows) for caption, rows in tables if rows]


_BETWEEN_ACTORS = ("partnership", "membership", "chair", "brokering", "office")
_ACTORS = ("government", "network", "organization", "office", "country", "region")


def _agreements(network: nx.MultiDiGraph) -> list[list[Words]]:
    parties: dict[str, list[Words]] = {}
    for source, target, data in sorted_edges(network):
        if data.get("relation") == "party":
            parties.setdefault(source, []).append(named(network.nodes[target], "label"))
    found = [iri for iri in sorted(network) if kind_of(network.nodes[iri]) == "agreement"]
    return [
        [
            named(network.nodes[iri], "label"),
            {
                language: " · ".join(party[language] for party in parties.get(iri, ()))
                for language in LANGUAGES
            },
            date_text(network.nodes[iri].get("date")),
        ]
        for iri in sorted(found, key=lambda iri: (*_when(network.nodes[iri]), iri))
    ]


def _when(data: Mapping[str, Any]) -> tuple[int, str]:
    """The order of things by their dates; those without are last."""
    return year(data) or 9999, str(data.get("date") or "")


def _ties(network: nx.MultiDiGraph) -> list[list[Words]]:
    def name(iri: str) -> Words:
        return named(network.nodes[iri], "label")

    return [
        [
            name(source),
            {language: relation(data, language) for language in LANGUAGES},
            name(target),
            date_text(year(data) or ""),
        ]
        for source, target, data in sorted_edges(network)
        if data.get("relation") in _BETWEEN_ACTORS and not data.get("prospect")
    ]


def _nodes(network: nx.MultiDiGraph, kinds: tuple[str, ...]) -> list[list[Words]]:
    def row(data: Mapping[str, Any]) -> list[Words]:
        return [named(data, "label"), message(f"kinds.{kind_of(data)}", n=1)]

    chosen = [network.nodes[iri] for iri in sorted(network)]
    return [row(data) for data in chosen if kind_of(data) in kinds]
