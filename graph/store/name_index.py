"""The index of names that a build writes: which things a name may mean, found without a store.

A file of lines `way, key, IRI`, sorted, with tabs between them: it is searched where it lies, so
that looking up a name costs the same in a graph of millions of quads as in a small one.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable
from pathlib import Path

FILE = "names.tsv"
"""The name of the file in the folder of a build."""


class NameIndex:
    """An index that was written; made by `NameIndex.open`."""

    def __init__(self, lines: mmap.mmap | bytes) -> None:
        self._lines = lines

    @classmethod
    def open(cls, folder: Path) -> NameIndex | None:
        """The index of a build; None for a build that has none."""
        try:
            with (folder / FILE).open("rb") as file:
                return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (FileNotFoundError, ValueError):  # an empty file cannot be mapped
            return None

    def find(self, way: str, key: str) -> set[str]:
        """The IRIs that a key means in a way."""
        # What is no text names nothing: bytes of a terminal that are not UTF-8.
        begin = f"{way}\t{key}\t".encode(errors="surrogateescape")
        low, high = 0, len(self._lines)
        while low < high:  # `low` and `high` are beginnings of lines
            start = self._lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self._lines.find(b"\n", start) + 1
            if self._lines[start:end] < begin:
                low = end
            else:
                high = start
        found = set()
        while self._lines[low : low + len(begin)] == begin:
            end = self._lines.find(b"\n", low)
            found.add(self._lines[low + len(begin) : end].decode(errors="replace"))
            low = end + 1
        return found


def write_index(rows: Iterable[tuple[str, str, str]], folder: Path) -> None:
    """Writes the index of a build: ways, keys and IRIs."""
    lines = sorted({f"{way}\t{key}\t{iri}\n".encode() for way, key, iri in rows})
    (folder / FILE).write_bytes(b"".join(lines))


__all__ = ["NameIndex", "write_index"]
