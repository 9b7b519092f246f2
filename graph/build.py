"""Builds the graph: sources to claims, claims to facts, facts to a checked store and files.

A build is whole or not at all: it is made in a folder of its own beside the last one, and a
symbolic link is switched to it in one step at the very end.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.assemble import CLAIMS, assemble, import_graph, term
from graph.coverage import as_json, coverages
from graph.files import sorted_quads, to_jsonld, to_nquads, to_trig, to_turtle
from graph.rules import DERIVATIONS, derive
from graph.store import LocalStore, Store
from graph.validate import problems
from ontology import IMPORT_GRAPH
from ontology.errors import CitypactError, RecordError
from ontology.vocabulary import vocabulary_quads
from sources.documents import Texts
from sources.model import Sources
from sources.records import load_sources

Progress = Callable[[str], None]
COOPERATES = term("cooperatesWith")


@dataclass(frozen=True)
class Build:
    """A finished build: its folder (the link), and its summary."""

    folder: Path
    summary: dict[str, Any]


def make_graph(
    sources: Path,
    progress: Progress = lambda step: None,
    *,
    registers: bool = True,
    imports: Sequence[Path] = (),
) -> LocalStore:
    """Reads the sources, as `load_sources` does, and gives the checked graph in memory.

    Raises RecordError with every fault of the records, by file and line.
    """
    progress("reading records")
    return graph_of(load_sources(sources, registers=registers, imports=imports), progress)


def graph_of(found: Sources, progress: Progress = lambda step: None) -> LocalStore:
    """The checked graph of sources that are read already. Raises RecordError as `make_graph`."""
    assembled = assemble(found)
    inner = ox.Store()
    inner.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in vocabulary_quads())
    inner.bulk_extend(ox.Quad(*triple) for triple in assembled.dates)
    inner.bulk_extend(ox.Quad(*triple, CLAIMS) for triple in assembled.claims)
    for document, triples in found.imported.items():
        # What an imported list states is accepted as it stands, on the word of its source.
        inner.bulk_extend(ox.Quad(*triple, import_graph(document)) for triple in triples)
        inner.bulk_extend(ox.Quad(*triple) for triple in triples if triple[1] != COOPERATES)
    progress("deriving facts")
    derive(inner)
    for triples in found.imported.values():
        # After the rules, so that a tie that agreements make as well keeps their words too.
        inner.bulk_extend(ox.Quad(*triple) for triple in triples if triple[1] == COOPERATES)
    progress("checking shapes")
    faults = problems(inner, found)
    if faults:
        raise RecordError(faults)
    return LocalStore(inner)


def build(
    sources: Path,
    out: Path,
    texts: Texts | None = None,
    progress: Progress = lambda step: None,
    *,
    registers: bool = True,
    imports: Sequence[Path] = (),
) -> Build:
    """Builds graph, files and page from `sources` (a folder with entities/, records/, registers/).

    `out` becomes a link to the new build; with `texts` the page shows the sentences of documents.
    Raises RecordError for faults in records and CitypactError where `out` cannot be used; the
    previous build then stays as it was.
    """
    from graph.page import network_page

    out = Path(os.path.abspath(out))  # noqa: PTH100 - `out` is a link itself
    _usable(out)
    store = make_graph(sources, progress, registers=registers, imports=imports)
    with _only_build(out):
        folder = _new_folder(out)
        progress("writing files")
        quads = sorted_quads(store.inner)
        digest = ""
        for name, data in rdf_files(quads):
            digest = digest or hashlib.sha256(data).hexdigest()
            (folder / name).write_bytes(data)
            del data  # a list of the world makes hundreds of megabytes
        progress("writing the store")
        _write_store(quads, folder / "store")
        del quads
        progress("drawing the network")
        (folder / "network.html").write_bytes(network_page(store, texts, digest).encode())
        summary = summarise(store, digest)
        text = json.dumps(summary, indent=1, ensure_ascii=False) + "\n"
        (folder / "summary.json").write_bytes(text.encode())
        _switch(out, folder)
    return Build(out, summary)


def facts_of(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The default graph without the descriptions of our own terms, in the order given."""
    own = _own_terms()
    return [
        quad
        for quad in quads
        if isinstance(quad.graph_name, ox.DefaultGraph)
        and (quad.subject, quad.predicate, quad.object) not in own
    ]


@cache
def _own_terms() -> frozenset[tuple[object, object, object]]:
    return frozenset((t.subject, t.predicate, t.object) for t in vocabulary_quads())


def rdf_files(quads: list[ox.Quad]) -> Iterator[tuple[str, bytes]]:
    """The RDF files of a build, one after the other: everything (N-Quads, whose SHA-256 names the
    graph), the facts, the evidence, and everything as JSON-LD.
    """
    yield "graph.nq", to_nquads(quads)
    yield "facts.ttl", to_turtle(facts_of(quads))
    evidence = [quad for quad in quads if not isinstance(quad.graph_name, ox.DefaultGraph)]
    yield "claims.trig", to_trig(evidence)
    del evidence
    yield "graph.jsonld", to_jsonld(quads)


def summarise(store: Store, digest: str) -> dict[str, Any]:
    """Counts of what a graph holds, and the SHA-256 digest of its N-Quads as given."""
    derived = store.quads(None, term("derivedBy"), None, DERIVATIONS)
    used = {
        q.object
        for name in ("covers", "topic")
        for q in store.quads(None, term(name), None, ox.DefaultGraph())
    }
    texts = store.quads(None, term("characterCount"), None, ox.DefaultGraph())
    return {
        "documents": store.documents(),
        "documents with text": sum(1 for _ in texts),
        "agreements": store.instances("Agreement"),
        "actors": store.instances("Organization"),
        "cities": store.instances("City"),
        "people": store.instances("Person"),
        "topics in use": len(used),
        "claims": store.instances("Claim"),
        "facts": len(facts_of(store.quads())),
        "derived facts": sum(1 for _ in derived),
        "prospects": store.instances("Prospect"),
        "partnerships": store.instances("Partnership"),
        "imported lists": imported_lists(store),
        "coverage": [as_json(each) for each in coverages(store)],
        "graph sha256": digest,
    }


def imported_lists(store: Store) -> dict[str, int]:
    """How many links stand in each imported list, by the name of its source."""
    graphs = (quad.graph_name for quad in store.quads(None, term("twinnedWith")))
    counts = Counter(
        graph.value.removeprefix(IMPORT_GRAPH)
        for graph in graphs
        if isinstance(graph, ox.NamedNode) and graph.value.startswith(IMPORT_GRAPH)
    )
    return dict(sorted(counts.items()))


def _write_store(quads: list[ox.Quad], folder: Path) -> None:
    inner = ox.Store(str(folder))
    inner.bulk_extend(quads)
    inner.flush()
    # The folder is complete only when the store is closed, which its deletion does.
    del inner


def _usable(out: Path) -> None:
    if out.is_symlink():
        if _is_ours(str(out.readlink()), out):
            return
        raise CitypactError(
            f"{out}: is a link that citypact did not make\n    -> choose another folder with --out"
        )
    if out.is_dir() and not any(out.iterdir()):
        return
    if out.exists():
        raise CitypactError(
            f"{out}: exists and was not made by citypact, so it is left alone\n"
            "    -> choose another folder with --out, or move it away"
        )
    if not out.parent.is_dir():
        raise CitypactError(f"{out.parent}: is no folder\n    -> make it, or choose another --out")


def _prefix(out: Path) -> str:
    return f".{out.name}-citypact-"


def _is_ours(name: str, out: Path) -> bool:
    """Whether this is the name of a folder of `out`, as tempfile makes them, or of a link to one.

    Another build beside it may be called `out` and more: what begins alike is not ours yet.
    """
    return re.fullmatch(re.escape(_prefix(out)) + r"[a-z0-9_]{8}(\.link)?", name) is not None


@contextlib.contextmanager
def _only_build(out: Path) -> Iterator[None]:
    """Holds the lock of a build; removes what killed builds left behind and what replaced ones."""
    path = out.parent / f".{out.name}.lock"
    try:
        handle = path.open("a")
    except OSError as error:
        raise CitypactError(
            f"{out.parent}: cannot be written ({error.strerror})\n    -> choose another --out"
        ) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CitypactError(
                f"{out}: another build is writing here\n    -> wait until it ends"
            ) from error
        _remove_others(out)
        try:
            yield
        finally:
            # Whatever stopped us, and wherever: only what `out` leads to stays.
            _remove_others(out)


def _remove_others(out: Path) -> None:
    current = str(out.readlink()) if out.is_symlink() else ""
    for path in list(out.parent.iterdir()):
        if not _is_ours(path.name, out) or path.name == current:
            continue
        if path.is_symlink():
            path.unlink(missing_ok=True)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _new_folder(out: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
    folder.chmod(0o755)
    return folder


def _switch(out: Path, folder: Path) -> None:
    if out.is_dir() and not out.is_symlink():
        out.rmdir()
    link = Path(f"{folder}.link")
    link.symlink_to(folder.name)
    link.replace(out)
