"""Reads questions.yaml: questions that people bring, the calls that answer them, the answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from citypact.graph.provenance.named_queries import SEPARATOR, Answer, bind, named_query, run
from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.store.base import Store
from citypact.graph.store.labels import Names
from citypact.ontology import CODE, DCTERMS, ID, NS, SKOS

SHORT = {
    CODE: "",
    ID + "date/": "date ",
    ID: "",
    NS: "",
    SKOS: "skos:",
    DCTERMS: "dcterms:",
}
"""How the beginnings of IRIs are written in the table; the first that fits counts."""


@dataclass(frozen=True)
class Call:
    """One call of a named query and the rows that it must give."""

    query: str
    values: dict[str, str]
    rows: list[str]
    in_order: bool = False
    column: str = ""

    def asked(self, names: Names) -> SparqlQuery:
        """The query of the call, with its parameters."""
        return bind(named_query(self.query), self.values, names)

    def answer(self, store: Store) -> Answer:
        """What the graph answers."""
        return run(store, self.asked(Names.of(store)))

    def found(self, answer: Answer) -> list[str]:
        """The rows of an answer as the table writes them, sorted where order is no matter."""
        rows = [shown(row) for row in answer.rows]
        if self.column:
            at = answer.columns.index(self.column)
            rows = list({shown([row[at]]) for row in answer.rows})
        return rows if self.in_order else sorted(rows)

    def expected(self) -> list[str]:
        """The rows of the table, sorted where order is no matter."""
        return self.rows if self.in_order else sorted(self.rows)


@dataclass(frozen=True)
class Question:
    """A question in short words, the calls that answer it, and answers in a wider sense."""

    wording: str
    calls: tuple[Call, ...]
    also: tuple[Call, ...] = ()


@dataclass(frozen=True)
class Change:
    """A change of one value in a source file, and the rows that leave and enter an answer."""

    wording: str
    file: str
    old: str
    new: str
    call: Call
    gone: set[str]
    come: set[str]


def questions(section: str) -> list[Question]:
    """The questions of a section of the table."""
    return [
        Question(
            found["question"],
            tuple(_call(call) for call in found["calls"]),
            tuple(_call(call) for call in found.get("also", ())),
        )
        for found in _table()[section]
    ]


def changes() -> list[Change]:
    """The changes of the table."""
    return [
        Change(
            found["change"],
            found["file"],
            found["old"],
            found["new"],
            _call(found | {"rows": ""}),
            set(_lines(found.get("gone", ""))),
            set(_lines(found.get("come", ""))),
        )
        for found in _table()["changes"]
    ]


def shown(row: Iterable[ox.NamedNode | ox.Literal | None]) -> str:
    """A row as the table writes it."""
    return " | ".join(_cell(value) for value in row).strip()


def _cell(value: ox.NamedNode | ox.Literal | None) -> str:
    if value is None:
        return ""
    if isinstance(value, ox.Literal) and value.language:
        return f"{value.value}@{value.language}"
    return "; ".join(map(_shortened, value.value.split(SEPARATOR)))


def _shortened(text: str) -> str:
    for beginning, short in SHORT.items():
        if text.startswith(beginning):
            return short + text.removeprefix(beginning)
    return text


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    path = Path(__file__).with_name("questions.yaml")
    table: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table


def _call(found: dict[str, Any]) -> Call:
    return Call(
        found["query"],
        found.get("with", {}),
        _lines(found["rows"]),
        found.get("in_order", False),
        found.get("column", ""),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]
