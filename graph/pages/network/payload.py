"""The data of the page, compact: columns of nodes and edges, and panels by tables of words.

A page holds three blocks of JSON: `core` is read when the page opens, `panels` when the first panel
is opened, `citations` when the first is copied. In each, what occurs often is written once.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from citypact.graph.pages.network import style
from citypact.graph.text.bilingual import complete
from citypact.graph.things.sections import safe_sections
from citypact.ontology import LANGUAGES

Json: TypeAlias = dict[str, Any]


def columns(rows: Sequence[Mapping[str, Any]]) -> Json:
    """Rows of the same keys as columns: a list, or `values` and `at` where values are repeated."""
    return {name: _column([row[name] for row in rows]) for name in (rows[0] if rows else ())}


def _column(cells: list[Any]) -> list[Any] | Json:
    keys = [json.dumps(cell, ensure_ascii=False, sort_keys=True) for cell in cells]
    place: dict[str, int] = {}
    values: list[Any] = []
    for key, cell in zip(keys, cells, strict=True):
        if key not in place:
            place[key] = len(values)
            values.append(cell)
    if 2 * len(values) > len(cells) or max(map(len, keys), default=0) < 4:
        return cells
    return {"values": values, "at": [place[key] for key in keys]}


def node_columns(nodes: Sequence[Mapping[str, Any]]) -> Json:
    """The nodes of the pyvis network, without what follows from the style of their kind."""
    return columns([_node(node) for node in nodes])


def _node(node: Mapping[str, Any]) -> Json:
    about = node["citypact"]
    return {
        **{name: about[name] for name in ("iri", "kind", "ko", "en")},
        "x": node["x"],
        "y": node["y"],
        "above": int(about["above"]),
        "tall": about["tall"],
        "size": node["size"],
        "opens": int(not node["hidden"]),
        "first": int(about["first"]),
        **{f"lines_{lang}": _breaks(about[lang], about["lines"][lang]) for lang in LANGUAGES},
        **{f"brief_{lang}": about["brief"][lang] for lang in LANGUAGES},
        **{
            name: about[name]
            for name in ("aliases", "forms", "form", "status", "top", "year", "founded")
        },
        **{name: about[name] for name in ("date", "country")},
    }


def _breaks(label: str, lines: Sequence[str]) -> int | str:
    """The lines of a label: 0 for the label itself, the length of the first of two, or the text."""
    if list(lines) == [label]:
        return 0
    # Scripts count UTF-16 code units: places are the same where no character takes two of them.
    if len(lines) == 2 and max(label) <= "\uffff":
        for gap, sign in ((" ", 1), ("", -1)):
            if label == lines[0] + gap + lines[1]:
                return sign * len(lines[0])
    return "\n".join(lines)


def edge_columns(
    edges: Sequence[Mapping[str, Any]],
    nodes: Sequence[Mapping[str, Any]],
    readings: Mapping[str, Sequence[Mapping[str, str]]],
) -> Json:
    """The edges of the pyvis network by the places of their ends; readings by the ids of edges."""
    place = {node["id"]: number for number, node in enumerate(nodes)}
    return columns(
        [
            {
                "from": place[edge["from"]],
                "to": place[edge["to"]],
                **{name: edge["citypact"][name] for name in ("relation", "type", "ko", "en")},
                "year": edge["citypact"]["year"],
                "prospect": int(edge["citypact"]["prospect"]),
                "first": int(edge["citypact"]["first"]),
                "bend": _bend(edge["smooth"]),
                "readings": [complete(words) for words in readings.get(edge["id"], ())],
            }
            for edge in edges
        ]
    )


def _bend(smooth: Mapping[str, Any]) -> float:
    """How much an edge is curved: clockwise above 0."""
    if not smooth["enabled"]:
        return 0
    return float(smooth["roundness"]) * (1 if smooth["type"] == "curvedCW" else -1)


class PanelTables:
    """Panels as numbers that point into tables of words, documents and claims."""

    def __init__(self, targets: Mapping[str, str], sources: Mapping[str, int]) -> None:
        """targets: what the page opens for a thing (IRI); sources: the numbers of documents."""
        self.targets, self.sources = targets, sources
        self._places: dict[str, dict[Hashable, int]] = {}
        self._tables: Json = {"words": [], "documents": [], "claims": []}

    def data(
        self, panels: Iterable[tuple[str, Iterable[Mapping[str, Any]]]], disputes: list[Json]
    ) -> Json:
        """All panels by the ids of nodes and edges, and the disagreements of sources."""
        written = {
            name: [self._section(section) for section in safe_sections(sections, self.sources)]
            for name, sections in panels
        }
        listed = [self._dispute(row) for row in disputes]
        return {**self._tables, "panels": written, "disputes": listed}

    def _put(self, table: str, value: Hashable) -> int:
        """The place of a value in a table; tuples become lists there."""
        places = self._places.setdefault(table, {})
        place = places.setdefault(value, len(places))
        if place == len(self._tables[table]):
            self._tables[table].append(value)
        return place

    def _words(self, words: Mapping[str, str]) -> int:
        ko, en = words["ko"], words["en"]
        return self._put("words", ko if ko == en else (ko, en))

    def _section(self, section: Mapping[str, Any]) -> list[Any]:
        rows = [self._row(row) for row in section["rows"]]
        return [section["key"], self._words(section["heading"]), rows]

    def _row(self, row: Mapping[str, Any]) -> list[Any]:
        source = row["source"]
        cells = [
            self._words(row["label"]),
            self._words(row["value"]),
            [self._claim(claim) for claim in row["claims"]],
            self.targets.get(row["target"]) or 0,
            self._address(row["address"]),
            0 if source is None else source + 1,
            [[self._words(d["label"]), self._words(d["value"])] for d in row["details"]],
            [self._other(other) for other in row["others"]],
            self._words(row["reason"]),
        ]
        empty = self._words({"ko": "", "en": ""})
        while cells[-1] in (0, [], empty) and len(cells) > 2:
            cells.pop()
        return cells

    def _address(self, address: str) -> int:
        """The place of an address among the words, from 1 on; 0 for none."""
        return self._put("words", address) + 1 if address else 0

    def _other(self, other: Mapping[str, Any]) -> list[Any]:
        return [self._words(other["value"]), [self._claim(claim) for claim in other["claims"]]]

    def _claim(self, claim: Mapping[str, Any]) -> int:
        source = claim["source"]
        document = self._put(
            "documents",
            (
                self._words(claim["document"]),
                self._words(claim["publisher"]),
                claim["published"],
                self._address(claim["address"]),
                0 if source is None else source + 1,
            ),
        )
        return self._put(
            "claims",
            (
                document,
                self._words(claim["modality"]),
                self._words(claim["rank"]),
                self._words(claim["note"]),
                claim["passage"],
                tuple((span["position"], span["passage"]) for span in claim["spans"]),
                tuple(claim["sentence"]),
            ),
        )

    def _dispute(self, row: Mapping[str, Any]) -> list[Any]:
        [section] = safe_sections(
            [
                {
                    "rows": [
                        {
                            "label": row["label"],
                            "value": row["name"],
                            "others": row["values"],
                            "reason": row["reason"],
                        }
                    ]
                }
            ],
            self.sources,
        )
        [safe] = section["rows"]
        target = self.targets.get(row["thing"]) or self.targets.get(row["owner"]) or 0
        return [
            self._words(safe["value"]),
            target,
            self._words(safe["label"]),
            [
                [int(bool(value["followed"])), *self._other(other)]
                for value, other in zip(row["values"], safe["others"], strict=True)
            ],
            self._words(safe["reason"]),
        ]


def citation_rows(citations: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Citations of documents: item of CSL-JSON, then the texts with marks for its long parts."""
    return [_citation(each) for each in citations]


def _citation(citation: Mapping[str, Any]) -> list[Any]:
    csl = citation["csl"]
    texts = [citation["ko"], citation["en"], citation["bibtex"]]
    # URL and title occur in each text: \x01 and \x02 stand for them.
    for mark, name in (("\x01", "URL"), ("\x02", "title")):
        part = str(csl.get(name) or "")
        if len(part) > 8 and not any(mark in text for text in texts):
            texts = [text.replace(part, mark) for text in texts]
    return [csl, *texts]


def paints() -> dict[str, Json]:
    """The lines of relations by their names, for canvas and legend."""
    return {name: vars(line) for name, line in style.edge_styles().items()}
