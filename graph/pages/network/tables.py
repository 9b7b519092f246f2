"""The tables of the page: together they hold every node and every edge of the network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import networkx as nx

from citypact.graph.pages.network import style
from citypact.graph.pages.network.attributes import (
    in_first_view,
    kind_of,
    named,
    node_ids,
    relation,
    sorted_edges,
    year,
)
from citypact.graph.pages.network.legend import top_words
from citypact.graph.pages.network.words import message
from citypact.graph.text.bilingual import Words, both
from citypact.ontology import LANGUAGES

ACTORS = ("government", "network", "organization", "office", "country", "region")
STATUSES = ("signed", "announced")


def _status(code: str) -> Words:
    """What a status is called; an unknown code as it is."""
    return message(f"status.{code}") if code in STATUSES else both(code, code)


def date_text(value: object) -> Words:
    """An EDTF date for readers: as it is, except for a day whose month is unknown."""
    text = str(value or "")
    day = re.fullmatch(r"XXXX-XX-(\d\d)", text)
    if not day:
        return both(text, text)
    return message("date.day_only", day=int(day[1]))


def tables(network: nx.MultiDiGraph) -> dict[str, list[dict[str, Any]]]:
    """The rows of the tables: together they hold every node and every edge of the network."""
    ids = node_ids(network)
    edges = sorted_edges(network)
    beside: dict[str, list[tuple[str, Mapping[str, Any]]]] = {iri: [] for iri in network}
    for source, target, data in edges:
        beside[source].append((target, data))
        beside[target].append((source, data))

    def link(iri: str) -> dict[str, Any]:
        return {"iri": iri, "id": ids[iri], "words": named(network.nodes[iri], "label")}

    def tied(iri: str, name: str, kind: str = "") -> list[dict[str, Any]]:
        others = {
            other
            for other, data in beside[iri]
            if data.get("relation") == name and (not kind or kind_of(network.nodes[other]) == kind)
        }
        return [link(other) for other in sorted(others)]

    def row(iri: str) -> dict[str, Any]:
        data = network.nodes[iri]
        return link(iri) | {
            "style": style.node_styles()[kind_of(data)],
            "kind": message(f"kinds.{kind_of(data)}", n=1),
            "date": date_text(data.get("date")),
            "country": named(data, "country"),
            "form": {k: v.replace("|", ", ") for k, v in named(data, "form").items()},
            "status": _status(str(data.get("status") or "")),
            "parties": tied(iri, "party"),
            "topics": tied(iri, "topic"),
            "agreements": tied(iri, "topic" if kind_of(data) == "topic" else "party", "agreement"),
            "top": top_words(network, data) if data.get("top_topic") else {"ko": "", "en": ""},
            "first": bool(data.get("first_view")),
        }

    def rows(*kinds: str) -> list[dict[str, Any]]:
        chosen = [iri for iri in sorted(network) if kind_of(network.nodes[iri]) in kinds]
        return [row(iri) for iri in sorted(chosen, key=lambda iri: _order(network.nodes[iri]))]

    ties = [
        {
            "id": f"e{number}",
            "source": link(source),
            "target": link(target),
            "words": {language: relation(data, language) for language in LANGUAGES},
            "year": year(data) or "",
            "prospect": bool(data.get("prospect")),
            "first": in_first_view(network, source, target, data),
        }
        for number, (source, target, data) in enumerate(edges)
        if data.get("relation") not in ("party", "topic")
        or "agreement" not in (kind_of(network.nodes[source]), kind_of(network.nodes[target]))
    ]
    return {
        "agreements": rows("agreement"),
        "ties": ties,
        "actors": rows(*ACTORS),
        "topics": rows("topic"),
        "further": rows(*style.LAYERS, "other"),
    }


def _order(data: Mapping[str, Any]) -> tuple[int, int, str, str]:
    look = style.node_styles()[kind_of(data)]
    return (look.rank, year(data) or 9999, str(data.get("date") or ""), style.label(data, "ko"))
