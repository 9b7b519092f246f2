"""The process that reads the graph of a stranger: it may die, and nothing of ours dies with it.

It is given a file and a folder, and writes lines of JSON: how far it is, then what it counted or
what is wrong. It ends with the process that started it.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from citypact.graph.build.odd_values import OddValues, find_odd_values
from citypact.graph.build.summary import summarise, write_summary
from citypact.graph.store.base import LocalStore
from citypact.graph.store.labels import Names
from citypact.graph.store.name_index import write_index
from citypact.ontology.errors import CitypactError, Message
from citypact.sources.files.csv_tables import unreadable
from citypact.sources.files.own_process import end_with_parent, message_to_json

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

BLOCK = 1 << 20
"""Bytes that are read at once."""
LEFT_OUT = "left-out.csv"
"""The table of what was left out, in the folder of the store."""
MOST_TOLD = 20
"""Kinds of odd values that are told one by one."""


def load_here(file: Path, folder: Path, strict: bool) -> list[Message]:
    """Loads a file into `folder`/store, leaves out what is odd, counts, and says what was odd.

    Raises CitypactError where it is no graph of ours, and with `strict` where anything is odd.
    """
    inner = ox.Store(str(folder / "store"))
    try:
        opened = file.open("rb", buffering=0)
    except OSError as error:
        raise unreadable(file, error) from error
    with opened as handle:
        source = _Watched(handle, file.stat().st_size)
        try:
            inner.bulk_load(io.BufferedReader(source, BLOCK), format=ox.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise CitypactError(
                "{file}: line {line} is not N-Quads\n"
                "    -> give the graph.nq of a build, complete and unpacked, in UTF-8",
                file=file,
                line=error.lineno,
            ) from error
    inner.flush()
    _say(progress=Message("checking values"))
    if source.may_have_unnamed:
        _check_names(inner, file)
    store = LocalStore(inner)
    odd = find_odd_values(store)
    if strict and (odd.quads or odd.too_many):
        raise CitypactError(
            "{file}: holds what no build writes:\n    {values}\n"
            "    -> give another file, or leave --strict out: these values are then left out",
            file=file,
            values=reduce(_below, odd.messages(MOST_TOLD)),
        )
    _leave_out(store, odd, folder)
    if store.documents() < 0:
        raise CitypactError(
            "{file}: has no graph of city partnerships\n    -> give the graph.nq of a build",
            file=file,
        )
    _say(progress=Message("counting"))
    summary = summarise(store, source.sha256.hexdigest())
    if odd.quads:
        summary["left out"] = len(odd.quads)
    write_summary(summary, folder)
    write_index(Names.of(store).index(), folder)
    return odd.messages(MOST_TOLD)


def _below(one: Message, other: Message) -> Message:
    return Message("{one}\n    {other}", one=one, other=other)


def _leave_out(store: LocalStore, odd: OddValues, folder: Path) -> None:
    """Leaves out what is odd, and then what has become incomplete by that."""
    more = odd
    while more.quads:
        for quad in more.quads:
            store.inner.remove(quad)
        more = find_odd_values(store)
        for quad, reason in more.quads.items():
            odd.add(quad, reason)
    if odd.quads:
        store.inner.flush()
        (folder / LEFT_OUT).write_bytes(odd.as_csv())


class _Watched(io.RawIOBase):
    """A file that is watched as it is read: its digest, what is read of it, and what may be in it.

    `may_have_unnamed` is false only where no blank node and no quoted triple can be in the file.
    """

    def __init__(self, handle: io.RawIOBase, size: int) -> None:
        self.sha256, self.may_have_unnamed = hashlib.sha256(), False
        self._handle, self._size = handle, size
        self._read, self._last = 0, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        with memoryview(buffer) as view:
            count = self._handle.readinto(view) or 0
            data = bytes(view[:count])
        self.sha256.update(data)
        seen = self._last + data
        self.may_have_unnamed = self.may_have_unnamed or b"_:" in seen or b"<<" in seen
        self._last = data[-1:]
        self._read += count
        if self._size:
            percent = min(100, self._read * 100 // self._size)
            _say(progress=Message("loading, {done} %", done=percent, number=100))
        return count


def _check_names(store: ox.Store, file: Path) -> None:
    """Raises CitypactError where a subject, an object or a graph has no IRI."""
    for quad in store:
        if not (
            isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, (ox.NamedNode, ox.Literal))
            and not isinstance(quad.graph_name, ox.BlankNode)
        ):
            raise CitypactError(
                "{file}: has nodes without a name (blank nodes or quoted triples)\n"
                "    -> give the graph.nq of a build: all its nodes have IRIs",
                file=file,
            )


def _say(**what: Any) -> None:
    """Writes a line of JSON; messages keep their templates."""
    line = {
        name: [message_to_json(each) for each in value]
        if isinstance(value, list)
        else message_to_json(value)
        for name, value in what.items()
    }
    print(json.dumps(line), flush=True)


def main(file: str, folder: str, strict: str) -> None:
    """Loads, and says on standard output how it goes and how it ended."""
    end_with_parent()
    try:
        _say(odd=load_here(Path(file), Path(folder), bool(strict)))
    except CitypactError as error:
        _say(error=error.message)
    except MemoryError:
        raise
    except Exception as error:  # whatever a library makes of a hostile file is a fault of it
        reason = f"{type(error).__name__}: {str(error)[:200]}"
        _say(
            error=Message(
                "{file}: cannot be loaded ({reason})\n    -> give the graph.nq of a build",
                file=file,
                reason=reason,
            )
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
