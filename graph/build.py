"""Builds the graph: sources to claims, claims to facts, facts to a checked store and files.

A build is whole or not at all: it is made in a folder of its own beside the last one, and a
symbolic link is switched to it in one step at the very end.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.assemble import CLAIMS, Triple, assemble, import_graph, term
from graph.coverage import as_json, coverages
from graph.files import sorted_quads, to_jsonld, to_nquads, to_trig, to_turtle
from graph.rules import DERIVATIONS, derive
from graph.store import LocalStore, Store
from graph.validate import problems
from graph.whole import check_usable, replaced
from ontology import IMPORT_GRAPH
from ontology.errors import RecordError
from ontology.vocabulary import vocabulary_quads
from sources.documents import Texts
from sources.model import Sources
from sources.records import load_sources

Progress = Callable[[str], None]
COOPERATES, POPULATION = term("cooperatesWith"), term("population")


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
    apart = _apart(found.imported.values())
    for document, triples in found.imported.items():
        # What an imported list states is accepted as it stands, on the word of its source.
        inner.bulk_extend(ox.Quad(*triple, import_graph(document)) for triple in triples)
        inner.bulk_extend(ox.Quad(*t) for t in triples if t[1] != COOPERATES and t not in apart)
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


def _apart(lists: Iterable[Iterable[Triple]]) -> set[Triple]:
    """Numbers of inhabitants that lists state and the facts do not follow.

    Lists count in different years and bounds, and have no ranks: the facts follow the greatest
    number. The others stay in the graph of their list.
    """
    known: dict[ox.NamedNode, set[Triple]] = defaultdict(set)
    for triple in chain.from_iterable(lists):
        if triple[1] == POPULATION:
            known[triple[0]].add(triple)
    return {
        triple
        for triples in known.values()
        for triple in triples - {max(triples, key=lambda each: int(each[2].value))}
    }


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
    check_usable(out)
    store = make_graph(sources, progress, registers=registers, imports=imports)
    with replaced(out) as folder:
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
        write_summary(summary, folder)
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
        "facts": _count(store, "?s ?p ?o") - _own_terms_in(store),
        "derived facts": _count(store, f"GRAPH {DERIVATIONS} {{ ?fact citypact:derivedBy ?rule }}"),
        "prospects": store.instances("Prospect"),
        "partnerships": store.instances("Partnership"),
        "imported lists": imported_lists(store),
        "coverage": [as_json(each) for each in coverages(store)],
        "graph sha256": digest,
    }


def write_summary(summary: dict[str, Any], folder: Path) -> None:
    """Writes what a build says of itself into its folder."""
    text = json.dumps(summary, indent=1, ensure_ascii=False) + "\n"
    (folder / "summary.json").write_bytes(text.encode())


def imported_lists(store: Store) -> dict[str, int]:
    """How many links stand in each imported list, by the name of its source."""
    rows = store.solutions(
        "SELECT ?graph (COUNT(*) AS ?links) "
        "WHERE { GRAPH ?graph { ?one citypact:twinnedWith ?other } } GROUP BY ?graph"
    )
    counts = {row["graph"].value: int(row["links"].value) for row in rows}
    return {
        graph.removeprefix(IMPORT_GRAPH): counts[graph]
        for graph in sorted(counts)
        if graph.startswith(IMPORT_GRAPH)
    }


def _count(store: Store, pattern: str) -> int:
    """How often a pattern of SPARQL fits; the engine counts, as there may be millions."""
    (row,) = store.solutions(f"SELECT (COUNT(*) AS ?count) WHERE {{ {pattern} }}")
    return int(row["count"].value)


def _own_terms_in(store: Store) -> int:
    return sum(store.has(ox.Quad(*triple)) for triple in _own_terms())  # type: ignore[arg-type]


def _write_store(quads: list[ox.Quad], folder: Path) -> None:
    inner = ox.Store(str(folder))
    inner.bulk_extend(quads)
    inner.flush()
    # The folder is complete only when the store is closed, which its deletion does.
    del inner
