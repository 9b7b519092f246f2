"""Opens a graph that somebody sent: its N-Quads file becomes a build that can be asked."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from citypact.graph.build.build import Build, Progress
from citypact.graph.build.summary import summarise, write_summary
from citypact.graph.store.base import LocalStore
from citypact.graph.store.labels import Names
from citypact.graph.store.name_index import write_index
from citypact.ontology.errors import CitypactError, Message
from citypact.sources.files.atomic_folder import check_usable, replaced
from citypact.sources.files.csv_tables import unreadable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

BLOCK = 1 << 20
"""Bytes that are read at once."""


def load_nquads(file: Path, out: Path, progress: Progress = lambda step: None) -> Build:
    """Loads an N-Quads file, such as the graph.nq of a build, into a store, and counts it.

    `out` becomes a folder with `store/`, `names.tsv` and `summary.json`; the file is read once,
    from its beginning to its end, and never held in memory. Raises CitypactError for what is not
    N-Quads, for blank nodes, for a graph that is not Citypact's, for a file inside of `out` and for
    one that cannot be read; what was at `out` before then stays.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - `out` is a link itself
    if file.resolve().is_relative_to(out.resolve()):
        raise CitypactError(
            "{file}: is in {out}, which would be replaced\n    -> choose another --out",
            file=file,
            out=out,
        )
    check_usable(out, "load")
    try:
        opened = file.open("rb", buffering=0)
    except OSError as error:
        raise unreadable(file, error) from error
    with opened as handle, replaced(out, "load") as folder:
        source = _Watched(handle, file.stat().st_size, progress)
        inner = ox.Store(str(folder / "store"))
        try:
            inner.bulk_load(io.BufferedReader(source, BLOCK), format=ox.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise CitypactError(
                "{file}: is not N-Quads ({msg})\n"
                "    -> give the graph.nq of a build, complete and unpacked",
                file=file,
                msg=error.msg,
            ) from error
        inner.flush()
        progress("counting")
        if source.may_have_unnamed:
            _check_names(inner, file)
        store = LocalStore(inner)
        if store.documents() < 0:
            raise CitypactError(
                "{file}: has no graph of city partnerships\n    -> give the graph.nq of a build",
                file=file,
            )
        try:
            summary = summarise(store, source.sha256.hexdigest())
        except ValueError as error:
            raise CitypactError(
                "{file}: cannot be counted ({error})\n    -> give the graph.nq of a build",
                file=file,
                error=error,
            ) from error
        write_summary(summary, folder)
        write_index(Names.of(store).index(), folder)
        # The folder is complete only when the store is closed, which its deletion does.
        del store, inner
    return Build(out, summary)


class _Watched(io.RawIOBase):
    """A file that is watched as it is read: its digest, what is read of it, and what may be in it.

    `may_have_unnamed` is false only where no blank node and no quoted triple can be in the file.
    """

    def __init__(self, handle: io.RawIOBase, size: int, progress: Progress) -> None:
        self.sha256, self.may_have_unnamed = hashlib.sha256(), False
        self._handle, self._size, self._progress = handle, size, progress
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
            self._progress(
                Message("loading, {min} %", min=min(100, self._read * 100 // self._size))
            )
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
