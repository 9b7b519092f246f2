"""Reads records, entities and registers into documents, things and claims; keeps every fault."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from citypact.ontology import CODE, ID, LANGUAGES, NS, PROJECT_EDITORS, RDF, SKOS
from citypact.ontology.errors import (
    CitypactError,
    Message,
    Problem,
    RecordError,
    did_you_mean,
    shown,
)
from citypact.sources import PACKAGED
from citypact.sources.model import Claim, Place, Sources, Thing
from citypact.sources.reading.claims import (
    NAMED_BY_RULE,
    NEVER_EVIDENCED,
    STRUCTURE,
    RecordReader,
    RegisterReader,
)
from citypact.sources.reading.imported_lists import (
    ImportedList,
    declare_cities,
    known_partnerships,
    partnerships_of,
    prefer_exact_dates,
    read_import,
    read_triples,
    registers_of,
    with_our_names,
)
from citypact.sources.reading.merges import merge
from citypact.sources.reading.needed import keep_what_is_needed
from citypact.sources.reading.own_topics import read_topics
from citypact.sources.reading.passages import read_passages
from citypact.sources.reading.project import FILE, PARTS, Project, read_project
from citypact.sources.reading.registers import RegisterRows, read_registers
from citypact.sources.reading.yaml_tree import Fields, read_yaml


def load_sources(
    folder: Path,
    *,
    registers: bool = True,
    imports: Sequence[Path] = (),
    whole_base: bool = False,
    project: Project | None = None,
    faults: list[Problem] | None = None,
) -> Sources:
    """Reads `entities/*.yaml`, `records/*.yaml` and `registers/*.csv` below a folder.

    Where the folder is a project (see `sources.reading.project`) what it builds on is read first;
    with `whole_base` also what the project takes of it only where it is named.
    Without `registers` the records stand alone, with the entities that they need; of the registers
    come the entities that `imports` name. These are folders of further registers, such as
    `citypact import` makes. `project` is what the folder is
    taken for, in place of what its citypact.toml says. Files are read in the order of
    their names; nothing that is said depends on it.

    Raises RecordError with every fault found, or CitypactError where the folder has no records.
    Where `faults` is given they are added to it instead, and what has none is read.
    """
    problems: list[Problem] = [] if faults is None else faults
    project = project or read_project(folder)
    layers = _layers(project, "", PARTS if registers else ("records",))
    if imports:
        layers[-1] = replace(layers[-1], has_lists=True)
    # In one order, whatever the order asked for: a city of several lists is told by the first.
    lists = [read_import(each) for each in sorted(set(imports))]
    read = [(list(layer.files(problems)), layer.rows(problems)) for layer in layers]
    read.append(([], [each for one in lists for each in registers_of(one)]))
    sources = Sources(is_complete=not problems)
    for layer in layers:
        _declare_editors(layer, sources)
    for layer in layers:
        read_topics(layer.folder / "entities", sources, problems, layer.prefix)
    readers: list[RecordReader] = []
    for files, rows in read:
        readers += [
            RecordReader(name, top, entity, sources, problems) for name, top, entity in files
        ]
        readers += [RegisterReader(each, sources, problems) for each in rows]
    for reader in readers:
        reader.declare()
    for one in lists:
        declare_cities(one, sources, problems)
    for reader in readers:
        reader.read()
    lists = with_our_names(lists, sources)
    _read_partnerships(lists, layers, sources, problems)
    for one in lists:
        for iri, triples in read_triples(one, sources, problems).items():
            sources.imported.setdefault(iri, []).extend(triples)
    for layer in layers:
        read_passages(layer.folder, sources, problems, layer.prefix, layer.parts)
    for layer in layers:
        if layer.prefix or "registers" in layer.parts:
            merge(sources, layer.folder / "registers" / "merges.csv", problems, layer.prefix)
    centre = f"{ID}{project.centre}" if project.centre else ""
    # The records alone need not declare it: it may be in a register that is left out.
    if centre and registers and centre not in sources.things:
        problems.append(_no_such_centre(project, sources))
    if problems and faults is None:
        raise RecordError(problems)
    if not whole_base:
        on_call = [part for layer in layers for part in layer.on_call]
        keep_what_is_needed(sources, on_call, centre)
    return sources


def _read_partnerships(
    lists: Sequence[ImportedList],
    layers: Sequence[_Layer],
    sources: Sources,
    problems: list[Problem],
) -> None:
    """Reads the dated links of lists, after all that they may agree with."""
    if not lists:
        return
    known = known_partnerships(sources, [part for layer in layers for part in layer.on_call])
    readers = [
        RegisterReader(rows, sources, problems)
        for one in lists
        for rows in partnerships_of(one, known)
    ]
    before = len(sources.claims)
    for reader in readers:
        reader.declare()
    for reader in readers:
        reader.read()
    prefer_exact_dates(sources.claims, {claim.subject for claim in sources.claims[before:]})


def _declare_editors(layer: _Layer, sources: Sources) -> None:
    """Notes the document for what the editors of a project state, where it names them."""
    names = layer.editors
    if not names:
        return
    slug = re.sub("[^a-z0-9]+", "-", names["en"].casefold())[:80].strip("-")
    iri = PROJECT_EDITORS + (slug or hashlib.sha256(names["en"].encode()).hexdigest()[:8])
    place = Place(f"{layer.prefix}{FILE}", 0, "editors")
    sources.editors[layer.prefix] = iri
    sources.things[iri] = Thing(iri, "SourceDocument", place, is_entity=True)
    sources.labelled.add(iri)
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        (f"{RDF}type", ox.NamedNode(f"{NS}SourceDocument")),
        (f"{NS}documentType", ox.NamedNode(f"{CODE}document-type/editorial")),
        *((f"{SKOS}prefLabel", ox.Literal(names[each], language=each)) for each in LANGUAGES),
    ]
    sources.claims += [Claim(iri, predicate, value, iri, place) for predicate, value in said]


def _no_such_centre(project: Project, sources: Sources) -> Problem:
    lines = (project.folder / FILE).read_text(encoding="utf-8-sig").splitlines()
    line = next((n for n, text in enumerate(lines, 1) if re.match(r"\s*centre\b", text)), 0)
    kind = project.centre.partition("/")[0]
    known = [
        name for iri in sources.things if (name := iri.removeprefix(ID)).startswith(f"{kind}/")
    ]
    message = Message("{name} is declared nowhere", name=shown(project.centre))
    near = difflib.get_close_matches(project.centre, known, n=3, cutoff=0.7)
    cure = (
        did_you_mean(near)
        if near
        else Message("declare it in entities/ or registers/, or name what the base declares")
    )
    return Problem(FILE, line, "centre", message, cure)


PLACES = ("cities.csv", "countries.csv", "territories.csv")
"""The registers of what an imported list names."""


@dataclass(frozen=True)
class _Layer:
    """What is read of one project: its folder, how messages name its files, and which parts."""

    folder: Path
    prefix: str
    parts: tuple[str, ...]
    editors: dict[str, str]
    has_lists: bool = False
    """Whether imported lists stand on it, whose cities may be declared in its registers."""

    @property
    def on_call(self) -> list[str]:
        """How the names of files begin that are read, but count only where others need them."""
        if "registers" in self.parts:
            return []
        if not self.prefix:
            return ["registers/"] if self.has_lists else []
        parts = {"entities", "records", "registers"} - set(self.parts)
        return [f"{self.prefix}{part}/" for part in sorted(parts)]

    def _reads(self, part: str) -> bool:
        """Whether a part is read: all of a base is, since any of it may be needed."""
        return bool(self.prefix) or part in self.parts or (self.has_lists and part == "registers")

    def files(self, problems: list[Problem]) -> Iterator[tuple[str, Fields, bool]]:
        """The name, the tree and whether it is one of entities, of each YAML file."""
        for part in ("entities", *(["records"] if self._reads("records") else [])):
            for path in sorted((self.folder / part).glob("[!.]*.y*ml")):
                name = f"{self.prefix}{part}/{path.name}"
                if path.suffix == ".yml":
                    message, cure = "is not read: its name ends in .yml", "end it in .yaml"
                    problems.append(Problem(name, 0, "", message, cure))
                    continue
                try:
                    yield name, read_yaml(path, name), part == "entities"
                except RecordError as error:
                    problems += error.problems

    def rows(self, problems: list[Problem]) -> list[RegisterRows]:
        """The rows of the registers."""
        folder = self.folder / "registers"
        if not self._reads("registers"):
            return []
        rows = read_registers(folder, problems, self.prefix)
        if self.prefix or "registers" in self.parts:
            return rows
        return [row for row in rows if Path(row.file).name in PLACES]


def _layers(project: Project, prefix: str, parts: Sequence[str]) -> list[_Layer]:
    """A project and all that it builds on, the lowest first, each once with all that is taken."""
    below: dict[Path, _Layer] = {}
    for base in project.bases:
        folder = base.project.folder
        name = "citypact" if folder == PACKAGED else folder.name
        taken = [part for part in base.take if part in parts]
        for layer in _layers(base.project, f"{name}:", taken):
            for other in below.values():
                if other.prefix == layer.prefix and other.folder != layer.folder:
                    raise CitypactError(
                        "{folder}: is called like {other}, on which the project builds too\n"
                        "    -> rename one of the two folders",
                        folder=layer.folder,
                        other=other.folder,
                    )
            known = below.get(layer.folder, layer)
            both = tuple(part for part in PARTS if part in (*known.parts, *layer.parts))
            below[layer.folder] = replace(known, parts=both)
    folder = project.folder
    if not below and not any((folder / part).is_dir() for part in ("records", "registers")):
        raise CitypactError(
            "{folder} has no records\n"
            "    -> name a folder that has entities/*.yaml and records/*.yaml",
            folder=folder / "records",
        )
    return [*below.values(), _Layer(folder, prefix, tuple(parts), project.editors)]


__all__ = ["NAMED_BY_RULE", "NEVER_EVIDENCED", "STRUCTURE", "load_sources"]
