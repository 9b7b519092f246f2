"""The process that answers queries: without a network, and it can be ended.

It is given the folder of a store, or N-Quads on standard input, and then queries. To each it
answers with a line of JSON, rows in blocks of N-Triples (a triple for each value: number of the
row, number of the column), and an empty message at the end.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyoxigraph as ox

from citypact.graph.store.base import Bindings, LocalStore
from citypact.ontology.errors import CitypactError
from citypact.sources.files.no_network import cut_off
from citypact.sources.files.own_process import (
    end_with_parent,
    message_to_json,
    read_message,
    write_message,
)

ROWS = 1_000
"""Rows in a block."""


def serve(folder: str, network: str) -> None:
    """Answers queries until standard input ends."""
    end_with_parent()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if folder:
        store = LocalStore(ox.Store.read_only(folder))
    else:
        store = LocalStore(ox.Store())
        store.inner.bulk_load(read_message(sys.stdin.buffer) or b"", format=ox.RdfFormat.N_QUADS)
    if not network:
        cut_off()
    while (text := read_message(sys.stdin.buffer)) is not None:
        try:
            for data in _answer(store, text.decode()):
                write_message(answers, data)
        except CitypactError as error:
            write_message(answers, json.dumps({"error": message_to_json(error.message)}).encode())
        write_message(answers, b"")


def _answer(store: LocalStore, text: str) -> Iterator[bytes]:
    found = store.answer(text)
    if isinstance(found, bool):
        yield _line(answer=found)
    elif isinstance(found, Bindings):
        yield _line(columns=found.columns)
        yield from _blocks(enumerate(row) for row in found.rows)
    else:
        yield _line(columns=["subject", "predicate", "object"], triples=True)
        yield from _blocks(enumerate(triple) for triple in found)


def _blocks(rows: Iterable[Iterable[tuple[int, Any]]]) -> Iterator[bytes]:
    numbered = enumerate(rows)
    while block := list(islice(numbered, ROWS)):
        lines = [f"<r:{len(block)}> <r:rows> <r:rows> ."]
        for row, (_, values) in enumerate(block):
            lines += [f"<r:{row}> <c:{column}> {term} ." for column, term in values if term]
        yield "\n".join(lines).encode()


def _line(**what: Any) -> bytes:
    return json.dumps(what).encode()


if __name__ == "__main__":
    serve(*sys.argv[1:])
