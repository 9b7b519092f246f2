"""Adds filled forms to the registers of a project: all of their rows or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from citypact.graph.forms.entries import Entries, Row, entries_of
from citypact.graph.forms.filled import read_filled
from citypact.ontology.errors import CitypactError, Problem, RecordError, system_reason
from citypact.sources.files.atomic_files import write_files
from citypact.sources.files.atomic_folder import only_writer
from citypact.sources.files.csv_tables import table, write_rows
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.project import FILE, Project

ORDER = ("cities", "organizations", "governments", "documents", "agreements", "partnerships",
         "memberships")  # fmt: skip
"""The order in which registers are replaced, so that what is named is there before its names."""


def add_forms(files: Sequence[Path], project: Project) -> Entries:
    """Adds the rows of workbooks or CSV files to the registers of a project.

    Rows that are there already are counted, not added again. Raises RecordError with every doubt,
    by file, sheet and row, and CitypactError for a file that cannot be read; then nothing changed.
    """
    folder = project.folder / "registers"
    try:
        folder.mkdir(exist_ok=True)
        with only_writer(folder):
            return _add(files, project, folder)
    except OSError as error:
        raise CitypactError(
            "{path}: cannot be written ({reason})\n    -> check its permissions and the free space",
            path=folder,
            reason=system_reason(error),
        ) from error


def _add(files: Sequence[Path], project: Project, folder: Path) -> Entries:
    problems: list[Problem] = []
    filled = [row for file in files for row in read_filled(file, problems)]
    entries = entries_of(filled, load_sources(project.folder, whole_base=True))
    if problems + entries.problems:
        raise RecordError(problems + entries.problems)
    contents = {
        name: _register(folder / f"{name}.csv", entries.rows[name])
        for name in ORDER
        if entries.rows.get(name)
    }
    _try(project, contents)
    write_files({folder / f"{name}.csv": contents[name] for name in contents})
    return entries


def _register(path: Path, rows: Sequence[Row]) -> bytes:
    """A register with rows added below those that it has, and columns as far as they need them."""
    header, known = table(path, f"registers/{path.name}") if path.exists() else ([], [])
    columns = header or (["id"] if path.stem == "documents" else ["id", "source"])
    for row in rows:
        columns += [column for column, value in row.items() if value and column not in columns]
    lines = [line + [""] * (len(columns) - len(line)) for _, line in known]
    lines += [[row.get(column, "") for column in columns] for row in rows]
    return write_rows([columns, *lines])


def _try(project: Project, contents: dict[str, bytes]) -> None:
    """Reads the project as it would be. Raises RecordError where that has faults."""
    with tempfile.TemporaryDirectory(prefix="citypact-") as made:
        folder = Path(made)
        for part in ("entities", "records", "registers"):
            if (project.folder / part).is_dir():
                shutil.copytree(project.folder / part, folder / part)
        (folder / "registers").mkdir(exist_ok=True)
        shutil.copy(project.folder / FILE, folder)
        for name, data in contents.items():
            (folder / "registers" / f"{name}.csv").write_bytes(data)
        load_sources(folder, project=replace(project, folder=folder))


__all__ = ["add_forms"]
