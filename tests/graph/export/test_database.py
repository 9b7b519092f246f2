"""SQLite and Parquet: sqlite3, Datasette, pyarrow and pandas read what the graph says."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
import pyarrow
import pytest
from datasette.app import Datasette
from pyarrow import parquet

from citypact.api import Graph
from citypact.graph.export.database import graph_tables, network_tables
from citypact.graph.export.full_text import SEARCHED, with_parts
from citypact.graph.export.sqlite import to_sqlite
from citypact.graph.provenance.counts import count
from citypact.graph.store.base import LocalStore
from citypact.graph.tables.table import Column, DataTable
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError
from tests.graph.export.test_export import EMPTY, NAMES, hostile, whole
from tests.graph.export.twins import HOSTILE, twins
from tests.running import environment

DATASETTE = [sys.executable, "-m", "datasette"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """A graph with partnerships, dates of all sorts and hostile names."""
    return twins(tmp_path_factory.mktemp("twins"))


@pytest.fixture(scope="module")
def database(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged graph as SQLite; only to be read."""
    path, _ = graph.export("sqlite", tmp_path_factory.mktemp("sqlite") / "citypact.sqlite")
    return path


@pytest.fixture
def asked(database: Path) -> Iterator[sqlite3.Connection]:
    """The database opened for questions."""
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def tables_of(graph: Graph, name: str = "actors") -> list[DataTable]:
    return [*graph_tables(graph.store), *network_tables(graph.network(name))]


def in_sqlite(value: Any) -> Any:
    """A value as SQLite is to hold it."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value


def test_sqlite_holds_every_row_of_every_table(graph: Graph, asked: sqlite3.Connection) -> None:
    for table in tables_of(graph):
        order = ", ".join(f'"{key}"' for key in table.key)
        text = f'SELECT * FROM "{table.name}" ORDER BY {order}'
        found = [dict(row) for row in asked.execute(text)]
        for row in found:
            row.pop("search", None)
        names = [column.name for column in table.columns]
        assert found == [
            {name: in_sqlite(row.get(name)) for name in names} for row in table.rows
        ], table.name
        assert found, table.name


def test_sqlite_is_whole_and_its_references_lead_somewhere(asked: sqlite3.Connection) -> None:
    assert [row[0] for row in asked.execute("PRAGMA integrity_check")] == ["ok"]
    assert asked.execute("PRAGMA foreign_key_check").fetchall() == []
    assert len(asked.execute("PRAGMA foreign_key_list(agreement_parties)").fetchall()) == 2
    assert asked.execute("PRAGMA user_version").fetchone()[0] == 2


def test_rows_say_what_the_graph_says(graph: Graph, asked: sqlite3.Connection) -> None:
    agreements = graph.query("agreements")
    assert asked.execute("SELECT COUNT(*) FROM agreements").fetchone()[0] > 6
    assert {row["id"] for row in asked.execute("SELECT id FROM agreements")} == {
        row["agreement"].value for row in agreements if row["agreement"]
    }
    row = asked.execute(
        "SELECT * FROM agreements WHERE id = ?", [ID + "agreement/seoul-san-francisco-1976"]
    ).fetchone()
    assert (row["signed"], row["year"], row["status"]) == ("1976", 1976, "signed")
    assert (row["signed_earliest"], row["signed_latest"]) == ("1976-01-01", "1976-12-31")
    assert "샌프란시스코" in row["label_ko"] and "San Francisco" in row["label_en"]
    assert row["name"] == f"{row['label_en']} · {row['label_ko']}"
    claims = asked.execute("SELECT COUNT(*), SUM(is_fact) FROM claims").fetchone()
    assert claims[0] == graph.summary()["claims"] and 0 < claims[1] < claims[0]


def test_a_document_has_what_a_citation_needs(asked: sqlite3.Connection) -> None:
    row = asked.execute(
        "SELECT title, title_ko, publisher_ko, publisher_en, published, archive_address, retrieved"
        " FROM documents WHERE id = ?",
        [ID + "doc/seoul-san-francisco-2013"],
    ).fetchone()
    title = "서울시-샌프란시스코 40년 우정, 실질적 협력으로 강화"
    site = ("서울특별시 경제분야 홈페이지", "Economy site of Seoul Metropolitan Government")
    assert tuple(row) == (title, title, *site, "2013-10-21", None, None)


def test_tables_have_as_many_rows_as_a_build_counts(packaged: LocalStore) -> None:
    """Actors are all organisations, and one of the documents stands for the editors."""
    rows = {table.name: len(table.rows) for table in graph_tables(packaged)}
    names = ("agreements", "partnerships", "memberships", "claims")
    assert {name: rows[name] for name in names} == {name: count(packaged, name) for name in names}
    assert rows["actors"] == count(packaged, "organisations") > count(packaged, "actors")
    assert rows["documents"] == count(packaged, "documents") + 1


def test_a_prospect_is_told_by_claims_alone(graph: Graph) -> None:
    for table in graph_tables(graph.store):
        found = [row for row in table.rows if any("/prospect/" in str(v) for v in row.values())]
        assert bool(found) == (table.name == "claims"), table.name


def test_views_answer_without_a_join(asked: sqlite3.Connection) -> None:
    partners = asked.execute(
        "SELECT partner FROM partners_of_cities WHERE city = 'Seoul · 서울' ORDER BY partner"
    )
    assert {row[0].split(" · ")[0] for row in partners} >= {"Guayaquil", "London", "Los Angeles"}
    words = asked.execute(
        "SELECT * FROM evidence WHERE subject = ? AND property_en = 'relation type' "
        "AND document NOT LIKE '%editors%'",
        [ID + "partnership/seoul-san-francisco"],
    ).fetchall()
    page = "https://news.seoul.go.kr/economy/archives/28756"
    assert ("자매도시", page) in [(row["value_ko"], row["address"]) for row in words]
    assert all(
        row["link"].startswith(f"{row['address']}#:~:text=") for row in words if row["spans"]
    )
    for view in ("agreements_of_actors", "topics_of_agreements"):
        assert asked.execute(f"SELECT COUNT(*) FROM {view}").fetchone()[0] > 0


@pytest.mark.parametrize("name", NAMES)
def test_every_table_and_column_is_explained_in_both_languages(graph: Graph, name: str) -> None:
    for table in [*graph_tables(graph.store), *network_tables(whole(graph, name))]:
        for ko, en in [(table.ko, table.en), *((c.ko, c.en) for c in table.columns)]:
            assert any("가" <= letter <= "힣" for letter in ko), (table.name, ko)
            assert (en and en.isascii()) or "…" in en, (table.name, en)


FOUND = {
    ("places", "서울"): "Seoul · 서울",
    ("places", "앤젤"): "Los Angeles · 로스앤젤레스",
    ("actors", "특별시"): "Seoul Metropolitan Government · 서울특별시",
    ("actors", "은행"): "Export-Import Bank of Korea · 한국수출입은행",
    ("topics", "후"): "Response to climate change · 기후변화 대응",
    ("nodes", "metropolitan 특별"): "Seoul · 서울",
    ("documents", "economy site"): "",
    ("agreements", "양해각"): "",
    ("claims", "서울"): "",
}
"""Words, two or even one syllable of a word, and a name that they find in a table."""


@pytest.mark.parametrize(("table", "words"), FOUND)
def test_search_finds_parts_of_korean_words(
    asked: sqlite3.Connection, table: str, words: str
) -> None:
    quoted = " ".join(f'"{word}"' for word in words.split())  # as Datasette asks
    rows = asked.execute(
        f"SELECT * FROM {table} WHERE rowid IN "
        f"(SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?)",
        [quoted],
    ).fetchall()
    everything = asked.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
    assert 0 < len(rows) < everything
    if FOUND[table, words]:
        assert FOUND[table, words] in {row["name"] for row in rows}


def test_search_finds_what_like_finds_and_its_index_agrees_with_the_tables(
    asked: sqlite3.Connection,
) -> None:
    for part in ("서울", "시", "업무협", "交流"):
        like = " OR ".join(f"{name} LIKE :part" for name in SEARCHED["claims"])
        wanted = asked.execute(f"SELECT id FROM claims WHERE {like}", {"part": f"%{part}%"})
        found = asked.execute(
            "SELECT id FROM claims WHERE rowid IN "
            "(SELECT rowid FROM claims_fts WHERE claims_fts MATCH ?)",
            [f'"{part}"'],
        )
        assert {row["id"] for row in found} == {row["id"] for row in wanted}, part
    copy = sqlite3.connect(":memory:")
    asked.backup(copy)
    copy.execute("VACUUM")
    for table in SEARCHED:
        copy.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")
    copy.close()


def test_search_folds_accents_and_takes_numbers_and_units_apart() -> None:
    rows = [
        {"id": "1", "name": "Medellín · 메데인"},
        {"id": "2", "name": "São Paulo 2013년 首爾市"},
    ]
    columns = (Column("id", "text", "", ""), Column("name", "text", "", ""))
    table = with_parts(DataTable("places", "", "", columns, ("id",), rows))
    connection = sqlite3.connect(":memory:")
    connection.deserialize(to_sqlite([table]))
    found = {}
    for word in ("medellin", "MEDELLÍN", "sao", "2013", "首爾", "데인", "ede", "사오"):
        asked = connection.execute("SELECT rowid FROM places_fts WHERE places_fts MATCH ?", [word])
        found[word] = [row[0] for row in asked]
    connection.close()
    assert found == {
        "medellin": [1],
        "MEDELLÍN": [1],
        "sao": [2],
        "2013": [2],
        "首爾": [2],
        "데인": [1],
        "ede": [],
        "사오": [],
    }


def datasette(database: Path) -> Callable[[str], Any]:
    """What Datasette answers for a path, without a server and in this process."""
    metadata = json.loads(database.with_suffix(".metadata.json").read_bytes())
    opened = Datasette([str(database)], metadata=metadata)

    def ask(path: str) -> Any:
        # In a thread: a browser of another test may have a loop of events in this one.
        with ThreadPoolExecutor(1) as thread:
            answer = thread.submit(asyncio.run, opened.client.get(path)).result()
        assert answer.status_code == 200, answer.text
        return answer.json()

    return ask


def by_command(database: Path, path: str) -> Any:
    """What the command of Datasette answers for a path, as the documentation calls it."""
    metadata = database.with_suffix(".metadata.json")
    done = subprocess.run(
        [*DATASETTE, str(database), "--metadata", str(metadata), "--get", path],
        capture_output=True,
        text=True,
        env=environment(HOME=str(database.parent)),
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_datasette_opens_it_and_shows_names_for_identifiers(database: Path) -> None:
    ask = datasette(database)
    found = ask("/citypact/agreement_parties.json?_shape=objects&_labels=on")
    labels = {row["actor"]["label"] for row in found["rows"]}
    assert "Seoul Metropolitan Government · 서울특별시" in labels
    edges = ask("/citypact/edges.json?_shape=objects&_labels=on&_size=1")
    assert " · " in edges["rows"][0]["source"]["label"]
    every = ask("/citypact/actors.json")["filtered_table_rows_count"]
    for part in ("특별시", "특별"):
        found = ask(f"/citypact/actors.json?_search={quote(part)}")
        assert 0 < found["filtered_table_rows_count"] < every
    assert by_command(database, "/-/metadata.json")["databases"]["citypact"]["tables"]["edges"]
    tables = ask("/citypact.json")
    assert {view["name"] for view in tables["views"]} >= {"evidence", "partners_of_cities"}
    assert {table["name"] for table in tables["tables"] if not table["hidden"]} >= {
        "agreements",
        "claims",
        "dictionary",
        "edges",
        "nodes",
    }


def test_hostile_names_stay_data(small: Graph, tmp_path: Path) -> None:
    path, _ = small.export("sqlite", tmp_path / "twins.sqlite")
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT label_ko FROM agreements").fetchall() == [(HOSTILE,)]
    connection.close()
    path, _ = small.export("sqlite", path, hostile())
    connection = sqlite3.connect(path)
    found = dict(connection.execute("SELECT id, label_ko FROM nodes"))
    connection.close()
    assert found == dict(hostile().nodes(data="label_ko"))
    small.export("parquet", tmp_path / "folder", hostile())
    nodes = pd.read_parquet(tmp_path / "folder" / "nodes.parquet")
    assert dict(zip(nodes["id"], nodes["label_ko"], strict=True)) == found


def test_dates_partners_and_ends_of_partnerships(small: Graph, tmp_path: Path) -> None:
    files = small.export("parquet", tmp_path)
    assert {path.suffix for path in files} == {".parquet"}
    rows = parquet.read_table(tmp_path / "partnerships.parquet").to_pylist()
    found = {row["id"].rsplit("/", 1)[1]: row for row in rows}
    assert found["seoul-taipei"]["established"] == "1968-03-23"
    assert found["seoul-taipei"]["end_latest"] == date(1992, 8, 31)
    assert found["seoul-ankara"]["established_earliest"] == date(1971, 8, 1)
    assert found["seoul-nowhere"]["established"] is None
    partners = parquet.read_table(tmp_path / "partnership_partners.parquet").to_pylist()
    assert len(partners) == 2 * len(rows) == 16
    [membership] = parquet.read_table(tmp_path / "memberships.parquet").to_pylist()
    assert (membership["start"], membership["end_earliest"]) == ("2010", date(2015, 12, 1))


@pytest.mark.parametrize("name", NAMES)
def test_parquet_reads_back_typed(graph: Graph, tmp_path: Path, name: str) -> None:
    graph.export("parquet", tmp_path, name)
    for table in tables_of(graph, name):
        read = parquet.read_table(tmp_path / f"{table.name}.parquet")
        names = [column.name for column in table.columns]
        assert read.to_pylist() == [{key: row.get(key) for key in names} for row in table.rows]
        wanted = {
            "text": pyarrow.string(),
            "integer": pyarrow.int64(),
            "number": pyarrow.float64(),
            "boolean": pyarrow.bool_(),
            "day": pyarrow.date32(),
            "list": pyarrow.list_(pyarrow.string()),
        }
        for column in table.columns:
            field = read.schema.field(column.name)
            assert field.type.equals(wanted[column.kind]), (table.name, column.name)
            assert field.metadata[b"ko"].decode() == column.ko
    nodes = pd.read_parquet(tmp_path / "nodes.parquet")
    assert len(nodes) == len(graph.network(name))
    assert len(pd.read_parquet(tmp_path / "edges.parquet")) == graph.network(name).number_of_edges()


def test_lists_and_days_are_lists_and_days(graph: Graph, tmp_path: Path) -> None:
    graph.export("parquet", tmp_path)
    edges = parquet.read_table(tmp_path / "edges.parquet").to_pylist()
    [edge] = [e for e in edges if e["key"] == "agreement/seoul-san-francisco-2013"]
    assert "tourism" in edge["topics"]
    assert edge["date_earliest"] == edge["date_latest"] == date(2013, 10, 21)


def test_an_empty_network_has_tables_without_rows(graph: Graph, tmp_path: Path) -> None:
    network = graph.network("actors", as_of=EMPTY)
    path, _ = graph.export("sqlite", tmp_path / "empty.sqlite", network)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT COUNT(*) FROM nodes").fetchone() == (0,)
    assert connection.execute("SELECT COUNT(*) FROM agreements").fetchone()[0] > 6
    connection.close()
    graph.export("parquet", tmp_path / "folder", network)
    assert parquet.read_table(tmp_path / "folder" / "edges.parquet").num_rows == 0


def test_without_pyarrow_the_cure_is_named(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CitypactError, match=r"pip install 'citypact\[parquet\]'"):
        graph.export("parquet", tmp_path / "folder")
    assert not (tmp_path / "folder").exists()
