"""Reads records, entities and registers into documents, things and claims; keeps every fault."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from citypact.ontology.errors import CitypactError, Problem, RecordError
from citypact.sources.model import Sources
from citypact.sources.reading.claims import (
    NAMED_BY_RULE,
    NEVER_EVIDENCED,
    STRUCTURE,
    RecordReader,
    RegisterReader,
)
from citypact.sources.reading.imported_lists import (
    declare_cities,
    read_import,
    read_triples,
    registers_of,
)
from citypact.sources.reading.merges import merge
from citypact.sources.reading.registers import read_registers
from citypact.sources.reading.yaml_tree import Fields, read_yaml


def load_sources(folder: Path, *, registers: bool = True, imports: Sequence[Path] = ()) -> Sources:
    """Reads `entities/*.yaml`, `records/*.yaml` and `registers/*.csv` below a folder.

    Without `registers` the records stand alone, with the entities that they need. `imports` are
    folders of further registers, such as `citypact import` makes. Files are read in the order of
    their names; nothing that is said depends on it.

    Raises RecordError with every fault found, or CitypactError where the folder has no records.
    """
    entities, records = (sorted((folder / part).glob("*.yaml")) for part in ("entities", "records"))
    if not records:
        raise CitypactError(
            "{folder} has no records\n"
            "    -> name a folder that has entities/*.yaml and records/*.yaml",
            folder=folder / "records",
        )
    problems = [
        Problem(
            f"{part}/{path.name}", 0, "", "is not read: its name ends in .yml", "end it in .yaml"
        )
        for part in ("entities", "records")
        for path in sorted((folder / part).glob("*.yml"))
    ]
    files: list[tuple[str, Fields, bool]] = []
    for path in (*entities, *records):
        name = f"{path.parent.name}/{path.name}"
        try:
            files.append((name, read_yaml(path, name), path in entities))
        except RecordError as error:
            problems += error.problems
    own = folder / "registers"
    rows = read_registers(own, problems) if registers else []
    # In one order, whatever the order asked for: a city of several lists is told by the first.
    lists = [read_import(each) for each in sorted(set(imports))]
    rows += [each for one in lists for each in registers_of(one)]
    sources = Sources(is_complete=not problems)
    readers = [RecordReader(name, top, entity, sources, problems) for name, top, entity in files]
    readers += [RegisterReader(each, sources, problems) for each in rows]
    for reader in readers:
        reader.declare()
    for one in lists:
        declare_cities(one, sources, problems)
    for reader in readers:
        reader.read()
    for one in lists:
        for iri, triples in read_triples(one, sources, problems).items():
            sources.imported.setdefault(iri, []).extend(triples)
    if registers:
        merge(sources, own / "merges.csv", problems)
    if problems:
        raise RecordError(problems)
    return sources


__all__ = ["NAMED_BY_RULE", "NEVER_EVIDENCED", "STRUCTURE", "load_sources"]
