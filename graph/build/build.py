"""Builds the graph: sources to claims, claims to facts, facts to a checked store and files.

A build is whole or not at all: it is made in a folder of its own beside the last one, and takes
its place in one step at the very end.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox

from citypact.graph.build.claims import Triple, assemble
from citypact.graph.build.files import _write_store, rdf_files
from citypact.graph.build.rules import derive
from citypact.graph.build.summary import summarise, write_summary
from citypact.graph.build.validate import problems
from citypact.graph.rdf.serialise import sorted_quads_of
from citypact.graph.rdf.terms import CLAIMS, import_graph, term
from citypact.graph.store.base import LocalStore
from citypact.graph.store.labels import Names
from citypact.graph.store.name_index import write_index
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError, Message, RecordError
from citypact.ontology.vocabulary import vocabulary_quads
from citypact.sources.files.atomic_folder import check_usable, replaced
from citypact.sources.files.steps import Progress, in_steps
from citypact.sources.model import Sources
from citypact.sources.reading.base_changes import note_base
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.project import FOLDERS, read_project
from citypact.sources.reading.texts import Texts

Page = Callable[[LocalStore, Texts | None, str], str]
"""Draws a page as HTML: takes a store, the documents whose sentences are shown, and the digest."""
COOPERATES, POPULATION = term("cooperatesWith"), term("population")
IN_COUNTRY = term("inCountry")


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
    step = in_steps(progress, 3)
    step(Message("reading records"))
    return graph_of(load_sources(sources, registers=registers, imports=imports), step)


def graph_of(found: Sources, progress: Progress = lambda step: None) -> LocalStore:
    """The checked graph of sources that are read already. Raises RecordError as `make_graph`."""
    assembled = assemble(found)
    inner = ox.Store()
    inner.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in vocabulary_quads())
    inner.bulk_extend(ox.Quad(*triple) for triple in assembled.dates)
    inner.bulk_extend(ox.Quad(*triple, CLAIMS) for triple in assembled.claims)
    apart = _apart(found)
    alone = {ox.NamedNode(iri) for iri in found.cities_of_lists_alone()}
    later: list[Triple] = []
    for document, triples in found.imported.items():
        # What an imported list states is accepted as it stands, on the word of its source.
        graph = import_graph(document)
        inner.bulk_extend(ox.Quad(*triple, graph) for triple in triples)
        facts: list[Triple] = []
        for triple in triples:
            if triple in apart:
                continue
            subject, predicate, value = triple
            # Cooperation after the rules, so that a tie that agreements make as well keeps their
            # words too. What is known from a list alone no rule and no shape asks for: its rows
            # were checked when they were read.
            if predicate == COOPERATES or subject in alone or value in alone:
                later.append(triple)
            else:
                facts.append(triple)
        inner.bulk_extend(ox.Quad(*triple) for triple in facts)
    progress(Message("deriving facts"))
    derive(inner)
    progress(Message("checking shapes"))
    faults = problems(inner, found)
    if faults:
        raise RecordError(faults)
    inner.bulk_extend(ox.Quad(*triple) for triple in later)
    return LocalStore(inner)


def _apart(found: Sources) -> set[Triple]:
    """What lists state of cities and the facts do not follow; it stays in the graph of its list.

    Lists count inhabitants in different years and bounds, and have no ranks: the facts follow the
    greatest number. The country of a city of the package is the one that the package gives.
    """
    known: dict[ox.NamedNode, set[Triple]] = defaultdict(set)
    countries: set[Triple] = set()
    for triple in chain.from_iterable(found.imported.values()):
        if triple[1] == POPULATION:
            known[triple[0]].add(triple)
        elif triple[1] == IN_COUNTRY and triple[0].value not in found.listed:
            countries.add(triple)
    return countries.union(
        *(
            triples - {max(triples, key=lambda each: int(each[2].value))}
            for triples in known.values()
        )
    )


def build(
    sources: Path,
    out: Path,
    texts: Texts | None = None,
    progress: Progress = lambda step: None,
    *,
    registers: bool = True,
    imports: Sequence[Path] = (),
    pages: Mapping[str, Page] = MappingProxyType({}),
) -> Build:
    """Builds graph and files from `sources` (a folder with entities/, records/, registers/).

    `out` becomes the folder of the new build. pages: by the names of their files;
    with `texts` they show the sentences of documents.

    Raises RecordError for faults in records and CitypactError where `out` cannot be used; the
    previous build then stays as it was.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - `out` may be a link itself
    for part in FOLDERS:
        if out.resolve().is_relative_to((sources / part).resolve()):
            raise CitypactError(
                "{folder}: lies in a folder of sources\n    -> name another folder for the build",
                folder=out,
            )
    check_usable(out, "build")
    step = in_steps(progress, 5 + len(pages))
    step(Message("reading records"))
    project = read_project(sources)
    found = load_sources(sources, registers=registers, imports=imports)
    store = graph_of(found, step)
    found.imported.clear()  # a list of the world makes a hundred megabytes
    with replaced(out, "build") as folder:
        step(Message("writing files"))
        quads = sorted_quads_of(store.inner)
        digest = ""
        for name, data in rdf_files(quads):
            digest = digest or hashlib.sha256(data).hexdigest()
            (folder / name).write_bytes(data)
            del data  # a list of the world makes hundreds of megabytes
        step(Message("writing the store"))
        _write_store(quads, folder / "store")
        del quads
        summary = project.about() | summarise(store, digest, project.centre and ID + project.centre)
        counted = LocalStore(store.inner, counted=lambda: summary)
        for name, page in pages.items():
            step(Message("drawing {name}", name=name))
            (folder / name).write_bytes(page(counted, texts, digest).encode())
        write_summary(summary, folder)
        write_index(Names.of(counted).index(), folder)
    note_base(project, found)
    return Build(out, summary)
