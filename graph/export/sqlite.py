"""The graph and a network as one SQLite file, to be opened in Datasette or asked in SQL."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any

from citypact.graph.export.database import graph_tables, network_tables
from citypact.graph.export.full_text import SEARCHED, with_parts, write_index
from citypact.graph.store.base import Store
from citypact.graph.tables.table import Column, DataTable

if TYPE_CHECKING:
    import networkx as nx

LAYOUT = 2
"""The version of the tables' layout: what `PRAGMA user_version` gives."""
TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
DICTIONARY = (
    Column("table_name", "text", "", ""),
    Column("column_name", "text", "", ""),
    Column("ko", "text", "", ""),
    Column("en", "text", "", ""),
)
VIEWS = {
    "agreements_of_actors": """
        SELECT actors.name AS actor, agreements.name AS agreement, agreements.signed,
            agreements.status, partners.name AS partner, actors.id AS actor_id,
            agreements.id AS agreement_id, partners.id AS partner_id
        FROM agreement_parties AS one
        JOIN agreement_parties AS other
            ON other.agreement = one.agreement AND other.actor <> one.actor
        JOIN agreements ON agreements.id = one.agreement
        JOIN actors ON actors.id = one.actor
        JOIN actors AS partners ON partners.id = other.actor""",
    "partners_of_cities": """
        SELECT places.name AS city, partners.name AS partner, partnerships.relation_type,
            partnerships.relation_type_ko, partnerships.relation_type_en,
            partnerships.established, partnerships."end", places.id AS city_id,
            partners.id AS partner_id, partnerships.id AS partnership_id
        FROM partnership_partners AS one
        JOIN partnership_partners AS other
            ON other.partnership = one.partnership AND other.place <> one.place
        JOIN partnerships ON partnerships.id = one.partnership
        JOIN places ON places.id = one.place
        JOIN places AS partners ON partners.id = other.place""",
    "topics_of_agreements": """
        SELECT agreements.name AS agreement, agreements.signed, topics.name AS topic,
            agreements.id AS agreement_id, topics.id AS topic_id
        FROM agreement_topics
        JOIN agreements ON agreements.id = agreement_topics.agreement
        JOIN topics ON topics.id = agreement_topics.topic""",
    "evidence": """
        SELECT claims.subject_ko, claims.subject_en, claims.property_ko, claims.property_en,
            claims.value_ko, claims.value_en, claims.is_fact, claims.modality,
            documents.name AS document, documents.address, claims.link, documents.published,
            claims.spans,
            claims.subject, claims.property, claims.value, claims.id AS claim_id
        FROM claims JOIN documents ON documents.id = claims.document""",
}
"""Frequent queries as views, whose rows can be read without a join."""


def sqlite_tables(store: Store, network: nx.Graph) -> list[DataTable]:
    """The tables of the whole graph, and `nodes` and `edges` of a network."""
    return [with_parts(table) for table in (*graph_tables(store), *network_tables(network))]


def datasette_metadata(tables: list[DataTable], name: str) -> bytes:
    """What Datasette shows of the tables and columns of the database `name`, as JSON.

    Descriptions are in both languages; rows that others refer to are called by their name.
    """
    shown = {
        table.name: {
            "description": f"{table.en} · {table.ko}",
            "columns": {column.name: f"{column.en} · {column.ko}" for column in table.columns},
            **({"label_column": "name"} if any(c.name == "name" for c in table.columns) else {}),
        }
        for table in tables
    }
    text = json.dumps({"databases": {name: {"tables": shown}}}, ensure_ascii=False, indent=1)
    return text.encode() + b"\n"


def to_sqlite(tables: list[DataTable]) -> bytes:
    """One SQLite file of some tables (see `sqlite_tables`), with views that join them.

    Days are ISO 8601 texts, lists are JSON arrays, truth values 0 and 1. `dictionary` describes
    tables and columns in Korean and English. Tables with names have full-text search (see
    `graph.export.full_text`). The same graph gives the same bytes; the header holds the version of
    the SQLite library that wrote it.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA encoding = 'UTF-8'")
        connection.execute(f"PRAGMA user_version = {LAYOUT}")
        connection.execute("BEGIN")
        for table in [*tables, _dictionary(tables)]:
            _write(connection, table)
        for table in tables:
            if table.name in SEARCHED:
                write_index(connection, table)
        for name, text in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {text}")
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def _write(connection: sqlite3.Connection, table: DataTable) -> None:
    """Makes a table with its foreign keys and an index for each, and fills it."""
    lines = [
        f"{_quoted(c.name)} {TYPES.get(c.kind, 'TEXT')}{' NOT NULL' if c.name in table.key else ''}"
        for c in table.columns
    ]
    lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})")
    references = [column for column in table.columns if column.of]
    lines += [
        f"FOREIGN KEY ({_quoted(column.name)}) REFERENCES {_quoted(column.of)} ({_quoted('id')})"
        for column in references
    ]
    body = ",\n  ".join(lines)
    layout = "" if table.name in SEARCHED else " WITHOUT ROWID"  # FTS5 refers to rows by number
    connection.execute(f"CREATE TABLE {_quoted(table.name)} (\n  {body}\n){layout}")
    for column in references:
        index = _quoted(f"{table.name}_{column.name}")
        connection.execute(
            f"CREATE INDEX {index} ON {_quoted(table.name)} ({_quoted(column.name)})"
        )
    places = ", ".join("?" * len(table.columns))
    connection.executemany(
        f"INSERT INTO {_quoted(table.name)} VALUES ({places})",
        ([_value(row.get(column.name)) for column in table.columns] for row in table.rows),
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


def _dictionary(tables: list[DataTable]) -> DataTable:
    """Descriptions of tables (column '') and columns."""
    rows = [
        {"table_name": table.name, "column_name": column, "ko": ko, "en": en}
        for table in tables
        for column, ko, en in [
            ("", table.ko, table.en),
            *((column.name, column.ko, column.en) for column in table.columns),
        ]
    ]
    rows.sort(key=lambda row: (row["table_name"], row["column_name"]))
    return DataTable("dictionary", "", "", DICTIONARY, ("table_name", "column_name"), rows)


__all__ = ["LAYOUT", "VIEWS", "datasette_metadata", "sqlite_tables", "to_sqlite"]
