"""Opens a store by what a user calls it: `memory`, the folder of a build, or an address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citypact.graph.store.base import LocalStore, Store
from citypact.ontology import ID
from citypact.sources import PACKAGED

if TYPE_CHECKING:
    from citypact.sources.files.steps import Progress

MEMORY = "memory"
"""The store that lives no longer than the command. A folder of that name is `./memory`."""


def is_address(where: str) -> bool:
    """Whether this is the address of a server rather than a folder."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", where) is not None


def open_store(where: str | Path, sources: Path = PACKAGED) -> Store:
    """The store that `where` means.

    `memory` builds the graph of the sources (a folder) anew and keeps it nowhere; `https://…` asks
    a SPARQL server; anything else is the folder of a build. Raises CitypactError where there is no
    graph, and RecordError where records have faults.
    """
    if where == MEMORY:
        return in_memory(sources)
    if isinstance(where, str) and is_address(where):
        from citypact.graph.store.remote import RemoteStore

        return RemoteStore.open(where)
    return LocalStore.open(Path(where))


def in_memory(
    sources: Path,
    progress: Progress = lambda step: None,
    *,
    registers: bool = True,
    imports: Sequence[Path] = (),
) -> LocalStore:
    """The graph of the sources, chosen as `load_sources` does, in memory only.

    Its summary is counted when it is asked for: most questions do without.
    """
    import hashlib

    from citypact.graph.build.build import make_graph
    from citypact.graph.build.summary import summarise
    from citypact.graph.rdf.serialise import sorted_quads, to_nquads
    from citypact.sources.reading.project import read_project

    store = make_graph(sources, progress, registers=registers, imports=imports)

    @cache
    def counted() -> dict[str, Any]:
        digest = hashlib.sha256(to_nquads(sorted_quads(store.inner))).hexdigest()
        project = read_project(sources)
        centre = project.centre and ID + project.centre
        return project.about() | summarise(store, digest, centre)

    return LocalStore(store.inner, counted=counted)
