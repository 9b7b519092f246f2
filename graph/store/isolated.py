"""A store whose questions are answered in another process: without a network, and within limits."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox

from citypact.graph.store.base import Bindings, LocalStore, QueryResult, Store, ended_after
from citypact.ontology.errors import CitypactError, Message
from citypact.ontology.vocabulary import Term
from citypact.sources.files.own_process import (
    memory_of,
    memory_of_machine,
    message_from_json,
    read_message,
    start_module,
    write_message,
)

INTERVAL = 0.05
"""Seconds between two looks at the clock and the memory."""


@contextmanager
def isolated(
    store: Store, seconds: float | None = None, *, has_network: bool = False
) -> Iterator[Store]:
    """The store, to be asked within the block; then the process that answered is ended.

    seconds: how long the answers may take together; None, however long. A server is asked as it
    is, in as many seconds. has_network: for SERVICE, where a user allows it. Answers raise
    CitypactError when the time is over, and where they take half of the machine's memory.
    """
    if not isinstance(store, LocalStore):
        with store.within(seconds):
            yield store
        return
    answering = _IsolatedStore(store, seconds, has_network)
    try:
        yield answering
    finally:
        answering.close()


class _IsolatedStore(Store):
    """Answers in another process; what is not a question (quads, summary) is read here."""

    def __init__(self, store: LocalStore, seconds: float | None, has_network: bool) -> None:
        self._store, self._seconds = store, seconds
        self._reason: Message | None = None
        self._unread: Iterator[tuple[Term | None, ...]] = iter(())
        folder = str(store.folder / "store") if store.folder else ""
        self._process = start_module(
            "citypact.graph.store.answering_process", folder, "network" if has_network else ""
        )
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()
        if not folder:
            self._send(ox.serialize(iter(store.inner), format=ox.RdfFormat.N_QUADS) or b"")

    def close(self) -> None:
        """Ends the process, whatever it does."""
        self._ended.set()
        self._process.kill()
        self._process.communicate()

    def answer(self, text: str) -> QueryResult:
        for _ in self._unread:
            pass  # rows of the last answer that nobody wanted
        self._send(text.encode())
        head = json.loads(self._next())
        if "columns" not in head:
            self._next()
            _refuse(head)
            return bool(head["answer"])
        rows = self._unread = self._rows(len(head["columns"]))
        if head.get("triples"):
            return (ox.Triple(*row) for row in rows)  # type: ignore[arg-type]
        return Bindings(head["columns"], rows)

    def _rows(self, width: int) -> Iterator[tuple[Term | None, ...]]:
        while block := self._next():
            if block.startswith(b"{"):
                self._next()
                _refuse(json.loads(block))
            triples = ox.parse(block, format=ox.RdfFormat.N_TRIPLES)
            count = _number(next(triples).subject)
            rows: list[list[Any]] = [[None] * width for _ in range(count)]
            for triple in triples:
                rows[_number(triple.subject)][_number(triple.predicate)] = triple.object
            yield from map(tuple, rows)

    def _send(self, data: bytes) -> None:
        try:
            write_message(self._process.stdin, data)
        except OSError as error:
            raise self._fault() from error

    def _next(self) -> bytes:
        data = read_message(self._process.stdout)
        if data is None:
            raise self._fault()
        return data

    def _fault(self) -> CitypactError:
        return CitypactError(
            self._reason
            or Message("the process that answers ended without a word\n    -> ask for less")
        )

    def _watch(self) -> None:
        begin, allowed = time.monotonic(), memory_of_machine() // 2
        while not self._ended.wait(INTERVAL):
            if self._seconds is not None and time.monotonic() - begin >= self._seconds:
                self._reason = ended_after(self._seconds)
            elif allowed and memory_of(self._process.pid) > allowed:
                self._reason = Message(
                    "the query was ended since it took more than {size} MB of memory\n"
                    "    -> ask for less: fewer variables, a LIMIT within the patterns",
                    size=allowed // 1_000_000,
                )
            else:
                continue
            self._process.kill()
            return

    def quads(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,
        graph: ox.NamedNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        return self._store.quads(subject, predicate, object, graph)

    def __len__(self) -> int:
        return len(self._store)

    def summary(self) -> dict[str, Any]:
        return self._store.summary()


def _refuse(head: dict[str, Any]) -> None:
    if "error" in head:
        raise CitypactError(message_from_json(head["error"]))


def _number(node: Any) -> int:
    return int(node.value[2:])


__all__ = ["isolated"]
