"""Full-text search in an SQLite file, in Korean as in English.

Datasette finds an FTS5 table by its content table and shows a search box. Tokenizers of SQLite
divide texts at spaces only, so that 서울 is not found in 서울특별시; that of three letters finds no
word of two. The parts of words are therefore written out in a column of their own.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from typing import Any

from citypact.graph.tables.table import Column, DataTable, Row

NAMES = ("name", "aliases")
SEARCHED = {
    "places": NAMES,
    "actors": NAMES,
    "topics": NAMES,
    "documents": (*NAMES, "title", "title_ko", "title_en", "publisher_ko", "publisher_en"),
    "agreements": NAMES,
    "partnerships": NAMES,
    "memberships": NAMES,
    "claims": ("subject_ko", "subject_en", "value_ko", "value_en", "note_ko", "note_en"),
    "nodes": NAMES,
}
"""The tables with full-text search, and the columns that are searched where a table has them."""
SEARCH = Column(
    "search",
    "text",
    "단어의 일부로도 찾기 위한 색인(국문·한문·일문)",
    "Parts of Korean, Chinese and Japanese words, for the full-text search",
)
LONGEST = 10
"""The most letters of a part, which bounds the parts of texts that are written without spaces."""
UNSPACED = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
"""Kana, Han characters and Hangul syllables: letters of words that stand together unspaced."""
_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")


def parts_of_words(text: str) -> list[str]:
    """The parts of words that a search for whole words does not find, sorted.

    Of 서울특별시 these are 서울, 울특, 특별시, 시 and so on; of 2013년 they are 2013 and 년. Words
    in Latin letters have none.
    """
    words = set(_WORD.findall(text))
    parts = set()
    for word in words:
        for run in _RUN.findall(word):
            if re.match(f"[{UNSPACED}]", run):
                parts |= {
                    run[start:end]
                    for start in range(len(run))
                    for end in range(start + 1, min(start + LONGEST, len(run)) + 1)
                }
            else:
                parts.add(run)
    return sorted(parts - words)


def with_parts(table: DataTable) -> DataTable:
    """A table with the column `search`, where it is searched."""
    if table.name not in SEARCHED:
        return table
    rows = [{**row, SEARCH.name: " ".join(parts_of_words(_text(table, row)))} for row in table.rows]
    return replace(table, columns=(*table.columns, SEARCH), rows=rows)


def write_index(connection: sqlite3.Connection, table: DataTable) -> None:
    """Makes the FTS5 table `…_fts` of a table that is written already."""
    columns = ", ".join((*_searched(table), SEARCH.name))
    name = f"{table.name}_fts"
    connection.execute(
        f'CREATE VIRTUAL TABLE {name} USING fts5 ({columns}, content="{table.name}", '
        "tokenize='unicode61 remove_diacritics 2')"
    )
    for command in ("rebuild", "optimize"):
        connection.execute(f"INSERT INTO {name} ({name}) VALUES (?)", [command])


def _searched(table: DataTable) -> list[str]:
    names = {column.name for column in table.columns}
    return [name for name in SEARCHED[table.name] if name in names]


def _text(table: DataTable, row: Row) -> str:
    values: list[Any] = [row.get(name) for name in _searched(table)]
    return " ".join(
        " ".join(value) if isinstance(value, list) else str(value) for value in values if value
    )


__all__ = ["SEARCH", "SEARCHED", "parts_of_words", "with_parts", "write_index"]
