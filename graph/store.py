"""The store behind every question: Oxigraph, in memory or on disk, behind a thin adapter."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from ontology import NS, PREFIXES, RDF
from ontology.errors import CitypactError

Term = ox.NamedNode | ox.Literal
Solution = dict[str, Term]

RDF_TYPE = ox.NamedNode(RDF + "type")


class Store:
    """A graph that can be asked. Make one with `Store.open` or `Store.of`."""

    def __init__(self, inner: ox.Store, folder: Path | None = None) -> None:
        self.inner, self.folder = inner, folder

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> Store:
        """A store in memory that holds the quads."""
        inner = ox.Store()
        inner.bulk_extend(quads)
        return cls(inner)

    @classmethod
    def open(cls, build: Path) -> Store:
        """Opens the store of a build for reading.

        `build` is the folder that `citypact build` made. Raises CitypactError where there is none,
        or where it was made by another version of the store.
        """
        for _ in range(20):
            folder = _folder(build)
            if not (folder / "store").is_dir():
                raise CitypactError(
                    f"{build}: holds no graph\n    -> run `citypact build --out {build}` first"
                )
            try:
                return cls(ox.Store.read_only(str(folder / "store")), folder)
            except (OSError, ValueError, RuntimeError) as error:
                # A build that ends at this moment takes the old folder away: look again.
                if _folder(build) == folder:
                    raise CitypactError(
                        f"{build / 'store'}: cannot be opened ({error})\n"
                        "    -> build again: `citypact build`"
                    ) from error
                time.sleep(0.05)
        raise CitypactError(f"{build}: changes too often to be opened\n    -> try again")

    def __len__(self) -> int:
        return len(self.inner)

    def select(self, text: str) -> tuple[list[str], Iterator[tuple[Term | None, ...]]]:
        """Answers a SELECT query: the names of the columns and the rows as they come."""
        result = self._query(text)
        if not isinstance(result, ox.QuerySolutions):
            raise CitypactError("this is no SELECT query\n    -> begin it with SELECT")
        return [variable.value for variable in result.variables], (tuple(row) for row in result)

    def solutions(self, text: str) -> Iterator[Solution]:
        """The rows of a SELECT query as dictionaries without the unbound variables."""
        names, rows = self.select(text)
        for row in rows:
            yield {name: v for name, v in zip(names, row, strict=True) if v is not None}

    def answer(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Whatever the query asks for: rows, yes or no, or triples."""
        return self._query(text)

    def _query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self.inner.query(text, prefixes=PREFIXES)
        except SyntaxError as error:
            raise CitypactError(_syntax(text, str(error))) from error
        except (OSError, RuntimeError) as error:
            raise CitypactError(f"the store cannot be read: {error}\n    -> build again") from error
        except ValueError as error:
            raise CitypactError(f"the query cannot be answered: {error}") from error

    def instances(self, name: str) -> int:
        """How many things are of a class, by its local name, in any graph."""
        kind = ox.NamedNode(NS + name)
        found = self.inner.quads_for_pattern(None, RDF_TYPE, kind, None)
        return len({quad.subject for quad in found})

    def documents(self) -> int:
        """How many source documents there are; the editors are none."""
        return self.instances("SourceDocument") - 1

    def summary(self) -> dict[str, Any]:
        """What the build says of itself; empty for a store in memory."""
        if self.folder is None:
            return {}
        try:
            found: dict[str, Any] = json.loads((self.folder / "summary.json").read_text("utf-8"))
        except OSError as error:
            raise CitypactError(
                f"{self.folder}: has no summary any more\n    -> open the build again"
            ) from error
        return found


def _syntax(text: str, error: str) -> str:
    """Where a query is no SPARQL: its line, with a mark below the place where reading ends."""
    found = re.match(r"error at (\d+):(\d+): ", error)
    if not found:
        return f"the query is not SPARQL: {error}"
    line, column = int(found[1]), int(found[2])
    # The engine goes on with all that could stand there, dozens of keywords in no order.
    reason = ": no such prefix is declared" if "Prefix not found" in error else ""
    rows = text.split("\n")
    row = rows[line - 1] if line <= len(rows) else ""
    first = max(0, column - 50)
    return (
        f"the query is not SPARQL: line {line}, column {column}{reason}\n"
        f"    {row[first : first + 80]}\n    {' ' * (column - 1 - first)}^\n"
        "    -> mend it there; prefixes such as citypact:, skos: and code: need no declaration"
    )


def _folder(build: Path) -> Path:
    """Where the link of a build leads to at this moment."""
    return Path(os.path.realpath(build))
