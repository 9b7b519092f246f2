"""What the base of a project says of the things that the project names, and what of it changed.

A build notes it in `base.csv` in the folder of the project, unless there is such a file; a check
compares. So an update of the package is seen by who builds on it, and nothing of theirs changes.
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
    """Writes what the base says now, where a project with a base has not noted it yet.

    Projects that travel with the package change together with their base, and are left as they are.
    Raises CitypactError where the folder cannot be written.
    """
    if project.base and not project.is_shipped and not (project.folder / NOTED).exists():
        accept_base(project, sources)


def accept_base(project: Project, sources: Sources) -> None:
    """Writes what the base says now, in place of what was noted. Raises CitypactError as above."""
    data = write_rows([HEADER, *_statements(sources)])
    write_file(project.folder / NOTED, data, "--project", inside=project.folder)


def base_changes(project: Project, sources: Sources) -> BaseChanges:
    """What the base says otherwise than noted; nothing where nothing is noted.

    Raises RecordError for a file that is not as `note_base` wrote it.
    """
    path = project.folder / NOTED
    if project.base is None or not path.exists():
        return BaseChanges((), ())
    noted = set(_read(path))
    now = set(_statements(sources))
    return BaseChanges(tuple(sorted(noted - now)), tuple(sorted(now - noted)))


def _read(path: Path) -> Iterable[Statement]:
    header, rows = table(path, path.name)
    if tuple(header) != HEADER:
        cure = Message("delete the file; the next build writes it anew")
        raise RecordError([Problem(path.name, 1, "", Message("has other columns"), cure)])
    return [(row[0], row[1], row[2], row[3]) for _, row in rows]


def _statements(sources: Sources) -> list[Statement]:
    """What files of the base say of the things that those of the project name."""
    named: set[str] = set()
    base: list[Claim] = []
    for claim in sources.claims:
        if ":" in claim.place.file:
            base.append(claim)
        else:
            named.add(claim.subject)
            if isinstance(claim.object, ox.NamedNode):
                named.add(claim.object.value)
    return sorted({_statement(claim) for claim in base if claim.subject in named})


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
