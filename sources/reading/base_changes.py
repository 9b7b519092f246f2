"""What the base of a project says of the things that the project names, and what of it changed.

A build notes it in `base.csv` in the folder of the project, of each thing when it is named first;
a check compares. So an update of the package is seen by who builds on it, and nothing of theirs
changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from citypact.ontology import ID, NS, SKOS
from citypact.ontology.errors import Message, Problem, RecordError
from citypact.sources.files.atomic_files import write_file
from citypact.sources.files.csv_tables import table, write_rows
from citypact.sources.model import Claim, Date, Sources
from citypact.sources.reading.project import Project

NOTED = "base.csv"
HEADER = ("thing", "property", "value", "document")

Statement = tuple[str, str, str, str]
"""A thing, a property, a value and the document that says so, all as short as they can be."""


@dataclass(frozen=True)
class BaseChanges:
    """Statements of the base about things that the project names: no longer there, and new."""

    gone: tuple[Statement, ...]
    new: tuple[Statement, ...]

    def __bool__(self) -> bool:
        return bool(self.gone or self.new)


def note_base(project: Project, sources: Sources) -> None:
    """Writes what the base says now of things of which a project with a base has not noted it yet.

    Projects that travel with the package change together with their base, and are left as they are.
    Raises CitypactError where the folder cannot be written, and RecordError as `base_changes` does.
    """
    if not project.bases or project.is_shipped:
        return
    path = project.folder / NOTED
    noted = set(_read(path)) if path.exists() else set()
    things = {thing for thing, *_ in noted}
    _, now = _named(sources)
    added = {statement for statement in now if statement[0] not in things}
    if added or not path.exists():
        _write(project, noted | added)


def accept_base(project: Project, sources: Sources) -> None:
    """Writes what the base says now, in place of what was noted. Raises CitypactError as above."""
    _write(project, _named(sources)[1])


def _write(project: Project, statements: Iterable[Statement]) -> None:
    data = write_rows([HEADER, *sorted(statements)])
    write_file(project.folder / NOTED, data, "--project", inside=project.folder)


def base_changes(project: Project, sources: Sources) -> BaseChanges:
    """What the base says otherwise than noted of things that are named; nothing where nothing is
    noted, and nothing of a thing that the project has named since.

    Raises RecordError for a file that is not as `note_base` wrote it.
    """
    path = project.folder / NOTED
    if not project.bases or not path.exists():
        return BaseChanges((), ())
    noted = set(_read(path))
    things = {thing for thing, *_ in noted}
    named, now = _named(sources)
    gone = sorted(each for each in noted - now if each[0] in named)
    return BaseChanges(
        tuple(gone), tuple(sorted(each for each in now - noted if each[0] in things))
    )


def _read(path: Path) -> Iterable[Statement]:
    header, rows = table(path, path.name)
    if tuple(header) != HEADER:
        cure = Message("delete the file; the next build writes it anew")
        raise RecordError([Problem(path.name, 1, "", Message("has other columns"), cure)])
    return [(row[0], row[1], row[2], row[3]) for _, row in rows]


def _named(sources: Sources) -> tuple[set[str], set[Statement]]:
    """The things that files of the project name, and what those of the base say of them."""
    named: set[str] = set()
    base: list[Claim] = []
    for claim in sources.claims:
        if ":" in claim.place.file:
            base.append(claim)
        else:
            named.add(claim.subject)
            if isinstance(claim.object, ox.NamedNode):
                named.add(claim.object.value)
    statements = {_statement(claim) for claim in base if claim.subject in named}
    return {_short(thing) for thing in named}, statements


def _statement(claim: Claim) -> Statement:
    value = claim.object.text if isinstance(claim.object, Date) else claim.object.value
    language = getattr(claim.object, "language", None)
    return (
        _short(claim.subject),
        _short(claim.predicate),
        f"{_short(value)}@{language}" if language else _short(value),
        claim.document.removeprefix(f"{ID}doc/"),
    )


def _short(text: str) -> str:
    for namespace in (ID, NS, SKOS):
        text = text.removeprefix(namespace)
    return text


__all__ = ["NOTED", "BaseChanges", "accept_base", "base_changes", "note_base"]
