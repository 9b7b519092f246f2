"""The graph as tables with typed, explained columns: what SQLite and Parquet files hold.

The id of a row is the IRI of its thing, in all tables as in the networks; `name` has both
languages, so that a program which shows one column shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from citypact.graph.export import schema as columns
from citypact.graph.export.claims import claim_rows
from citypact.graph.export.network_rows import columns_of, nodes_and_edges
from citypact.graph.export.rows import NetworkRows, dated
from citypact.graph.store.base import Store
from citypact.graph.tables.table import Column, Row, Table
from citypact.sources.reading.edtf import parse_edtf

if TYPE_CHECKING:
    import networkx as nx

MULTIPLE = ("agreements", "aliases", "topics")
"""Attributes that hold several values, joined by "|", where they are texts and no numbers."""
KINDS = {bool: "boolean", int: "integer", float: "number", str: "text"}


def graph_tables(store: Store) -> list[Table]:
    """All tables of a graph.

    Prospects are told by claims only: what is expected or proposed is no agreement and no tie.
    """
    rows = NetworkRows(store)
    return [
        _table(
            "places",
            "도시·국가 등 장소",
            "Cities, territories, countries",
            columns.PLACES,
            rows.places(),
        ),
        _table(
            "actors",
            "시 정부, 네트워크, 기관, 부서",
            "City governments, networks, organisations and offices",
            columns.ACTORS,
            rows.actors(),
        ),
        _table("topics", "협력 분야", "Topics of cooperation", columns.TOPICS, rows.topics()),
        _table("documents", "출처 문서", "Source documents", columns.DOCUMENTS, rows.documents()),
        _table("agreements", "협정", "Agreements", columns.AGREEMENTS, rows.all_agreements()),
        _table(
            "agreement_parties",
            "협정 당사자",
            "The parties of agreements",
            columns.PARTIES,
            rows.links("Agreement", "party", "agreement", "actor"),
            2,
        ),
        _table(
            "agreement_topics",
            "협정이 다루는 분야(조항 포함)",
            "The topics that agreements cover, their provisions included",
            columns.COVERED,
            rows.links("Agreement", "covers", "agreement", "topic"),
            2,
        ),
        _table("signatures", "서명", "Who signed for whom", columns.SIGNATURES, rows.signatures()),
        _table(
            "memberships",
            "회원 자격",
            "Memberships in networks and organisations",
            columns.MEMBERSHIPS,
            rows.all_memberships(),
        ),
        _table(
            "partnerships",
            "도시 간 결연·협력 관계",
            "Lasting relations between cities",
            columns.PARTNERSHIPS,
            rows.all_partnerships(),
        ),
        _table(
            "partnership_partners",
            "결연·협력 관계의 도시",
            "The cities of partnerships",
            columns.PARTNERS,
            rows.links("Partnership", "partner", "partnership", "place"),
            2,
        ),
        _table(
            "claims",
            "문서의 주장: 모든 사실의 근거",
            "What documents claim: the evidence of every fact",
            columns.CLAIMS,
            claim_rows(store, rows.names),
        ),
    ]


def network_tables(network: nx.Graph) -> list[Table]:
    """The tables `nodes` and `edges` of a network; dates also as the first and last day."""
    nodes, edges, ends = nodes_and_edges(network)
    of = {"source": "nodes", "target": "nodes"}
    return [
        _attributes("nodes", "연결망의 노드", "Nodes of the network", nodes, ["id"], {}),
        _attributes("edges", "연결망의 연결", "Edges of the network", edges, ends, of),
    ]


def _attributes(
    name: str, ko: str, en: str, rows: list[Row], key: list[str], of: dict[str, str]
) -> Table:
    rows = [_typed(row) for row in rows]
    found = []
    for column in columns_of(rows, key):
        types = {type(row[column]) for row in rows if row.get(column) is not None}
        kind = (
            "list"
            if types == {list} or (column in MULTIPLE and not types)
            else "day"
            if column.endswith(("_earliest", "_latest"))
            else "number"
            if types == {int, float}
            else KINDS.get(types.pop(), "text")
            if len(types) == 1
            else "text"
        )
        found.append(
            Column(column, kind, *columns.ATTRIBUTES.get(column, ("", "")), of.get(column, ""))
        )
    return _table(name, ko, en, tuple(found), rows, len(key))


def _typed(row: Row) -> Row:
    """A row of a network with lists where it has joined texts, and the bounds of its dates."""
    found = {k: v.split("|") if k in MULTIPLE and isinstance(v, str) else v for k, v in row.items()}
    for name in ("date", "end"):
        if name in row:
            found |= dated(name, parse_edtf(row[name]))
    return found


def _table(
    name: str, ko: str, en: str, columns: tuple[Column, ...], rows: Iterable[Row], key: int = 1
) -> Table:
    keys = tuple(column.name for column in columns[:key])
    return Table(name, ko, en, columns, keys, sorted(rows, key=lambda row: [row[k] for k in keys]))


__all__ = ["Table", "graph_tables", "network_tables"]
