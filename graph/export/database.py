"""The graph as tables with typed, described columns, as SQLite and Parquet files hold them.

The id of a row is an IRI, in the tables as in the networks. `name` is in both languages, so that
a program which shows a single column as label shows both.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from citypact.graph.export import schema as columns
from citypact.graph.export.claims import claim_rows
from citypact.graph.export.network_rows import columns_of, nodes_and_edges
from citypact.graph.export.rows import NetworkRows, dated, in_both_languages
from citypact.graph.store.base import Store
from citypact.graph.tables.table import Column, DataTable, Row
from citypact.sources.reading.edtf import parse_edtf

if TYPE_CHECKING:
    import networkx as nx

MULTIPLE = ("agreements", "aliases", "topics")
"""Attributes with several values, which are joined by "|" where they are text."""
KINDS = {bool: "boolean", int: "integer", float: "number", str: "text"}


def graph_tables(store: Store) -> list[DataTable]:
    """All tables of a graph.

    Prospects are in `claims` only: what is expected or proposed is neither an agreement nor a tie.
    """
    rows = NetworkRows(store)
    return [
        _table(
            "places",
            "도시, 속령, 국가",
            "Cities, territories and countries",
            columns.PLACES,
            rows.places(),
        ),
        _table(
            "actors",
            "시 정부, 도시 네트워크, 기관, 부서·사무소(연결이 없는 것도 포함)",
            "City governments, city networks, organisations and offices, also those without ties",
            columns.ACTORS,
            rows.actors(),
        ),
        _table("topics", "협력 분야", "Topics of cooperation", columns.TOPICS, rows.topics()),
        _table(
            "documents",
            "출처 문서와 편집자",
            "Source documents, and the editors",
            columns.DOCUMENTS,
            rows.documents(),
        ),
        _table("agreements", "협정", "Agreements", columns.AGREEMENTS, rows.all_agreements()),
        _table(
            "agreement_parties",
            "협정 당사자",
            "Parties to agreements",
            columns.PARTIES,
            rows.links("Agreement", "party", "agreement", "actor"),
            2,
        ),
        _table(
            "agreement_topics",
            "협정과 그 조항이 다루는 협력 분야",
            "Topics that agreements and their provisions cover",
            columns.COVERED,
            rows.links("Agreement", "covers", "agreement", "topic"),
            2,
        ),
        _table(
            "signatures",
            "협정의 서명자",
            "Signatories of agreements",
            columns.SIGNATURES,
            rows.signatures(),
        ),
        _table(
            "memberships",
            "도시 네트워크와 기관의 회원 자격",
            "Memberships in city networks and organisations",
            columns.MEMBERSHIPS,
            rows.all_memberships(),
        ),
        _table(
            "partnerships",
            "도시 간 협력 관계",
            "Partnerships between cities",
            columns.PARTNERSHIPS,
            rows.all_partnerships(),
        ),
        _table(
            "partnership_partners",
            "협력 관계를 맺은 도시",
            "Cities that have a partnership",
            columns.PARTNERS,
            rows.links("Partnership", "partner", "partnership", "place"),
            2,
        ),
        _table(
            "claims",
            "출처 문서와 편집자의 주장",
            "Claims that source documents and the editors make",
            columns.CLAIMS,
            claim_rows(store, rows.names),
        ),
    ]


def network_tables(network: nx.Graph) -> list[DataTable]:
    """The tables `nodes` and `edges` of a network; each date also as first and last day."""
    nodes, edges, ends = nodes_and_edges(network)
    nodes = [{**row, "name": in_both_languages(row)} for row in nodes]
    of = {"source": "nodes", "target": "nodes"}
    return [
        _attributes(
            "nodes", "네트워크의 노드", "Nodes of the network", nodes, ["id"], {}, ("name",)
        ),
        _attributes("edges", "네트워크의 엣지", "Edges of the network", edges, ends, of),
    ]


def _attributes(
    name: str,
    ko: str,
    en: str,
    rows: list[Row],
    key: list[str],
    of: dict[str, str],
    first: tuple[str, ...] = (),
) -> DataTable:
    rows = [_typed(row) for row in rows]
    found = []
    for column in columns_of(rows, [*key, *first]):
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
    typed = {k: v.split("|") if k in MULTIPLE and isinstance(v, str) else v for k, v in row.items()}
    for name in ("date", "end"):
        if name in row:
            typed |= dated(name, parse_edtf(row[name]))
    return typed


def _table(
    name: str, ko: str, en: str, columns: tuple[Column, ...], rows: Iterable[Row], key: int = 1
) -> DataTable:
    keys = tuple(column.name for column in columns[:key])
    return DataTable(
        name, ko, en, columns, keys, sorted(rows, key=lambda row: [row[k] for k in keys])
    )


__all__ = ["graph_tables", "network_tables"]
