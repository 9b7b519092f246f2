"""Adds filled forms to the registers of a project: all of their rows or none."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from citypact.graph.forms.entries import Entries, entries_of
from citypact.graph.forms.filled import read_filled
from citypact.ontology.errors import Problem, RecordError
from citypact.sources.files.atomic_files import temporary_folder, write_files
from citypact.sources.files.atomic_folder import writing_in
from citypact.sources.files.csv_tables import csv_lines, table, write_rows
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.project import FILE, Project

ORDER = ("cities", "organizations", "governments", "documents", "agreements", "partnerships",
         "memberships")  # fmt: skip
"""The order in which registers are replaced, so that what is named is there before its names."""


def add_forms(files: Sequence[Path], project: Project, *, correct: bool = False) -> Entries:
    """Adds the rows of workbooks or CSV files to the registers of a project.

    Rows that are there already are counted, not added again; empty cells of theirs are filled in.
    With `correct` they also take what the forms say otherwise by the same source. Raises
    RecordError with every doubt, by file, sheet and row, and CitypactError for a file that cannot
    be read; then nothing changed.
    """
    folder = project.folder / "registers"
    with writing_in(folder, project.folder):
        return _add(files, project, folder, correct)


def _add(files: Sequence[Path], project: Project, folder: Path, correct: bool) -> Entries:
    problems: list[Problem] = []
    filled = [row for file in files for row in read_filled(file, problems)]
    sources = load_sources(project.folder, whole_base=True)
    tables = {name: _table(folder / f"{name}.csv") for name in ORDER}
    registers = {
        name: [(line, dict(zip(header, cells, strict=False))) for line, cells in rows]
        for name, (header, rows) in tables.items()
    }
    entries = entries_of(filled, sources, registers, correct=correct)
    if problems + entries.problems:
        raise RecordError(problems + entries.problems)
    contents = {
        name: _register(name, *tables[name], entries)
        for name in ORDER
        if entries.rows.get(name) or entries.changes.get(name)
    }
    try:
        _try(project, contents)
    except RecordError as error:
        raise RecordError([_in_form(each, contents, entries) for each in error.problems]) from None
    written = {folder / f"{name}.csv": contents[name] for name in contents}
    write_files(written, "--project", inside=project.folder)
    return entries


def _table(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings and rows of a register, with their lines; none where it is not there."""
    return table(path, f"registers/{path.name}") if path.exists() else ([], [])


def _register(
    name: str, header: list[str], known: list[tuple[int, list[str]]], entries: Entries
) -> bytes:
    """A register with changes, rows added below, and columns as far as they need them."""
    columns = list(header) or (["id"] if name == "documents" else ["id", "source"])
    changes, rows = entries.changes.get(name, {}), entries.rows.get(name, [])
    for row in (*changes.values(), *rows):
        columns += [column for column, value in row.items() if value and column not in columns]
    lines = []
    for line, cells in known:
        old = dict(zip(header, cells, strict=False)) | changes.get(line, {})
        lines.append([old.get(column, "") for column in columns])
    lines += [[row.get(column, "") for column in columns] for row in rows]
    return write_rows([columns, *lines])


def _in_form(problem: Problem, contents: dict[str, bytes], entries: Entries) -> Problem:
    """A fault of a register as one of the form whose row it comes from."""
    name = problem.file.removeprefix("registers/").removesuffix(".csv")
    if not problem.file.startswith("registers/") or name not in contents:
        return problem
    _, *rows = csv_lines(contents[name].decode(), problem.file, ",")
    lines = [line for line, _ in rows]
    added = entries.origins.get(name, [])
    origins = dict(zip(lines[len(lines) - len(added) :], added, strict=True))
    row = origins.get(problem.line) or entries.changed_by.get((name, problem.line))
    if row is None:
        return problem
    # Fields are told as agreements.busan-auckland.signed; columns may have a language behind.
    parts = problem.field.split(".")
    field = next((each for each in row.headings if each.split(".")[0] == parts[-1]), "")
    told = row.problem(field, problem.message, problem.cure)
    return replace(told, korean=problem.korean)


def _try(project: Project, contents: dict[str, bytes]) -> None:
    """Reads the project as it would be. Raises RecordError where that has faults."""
    with temporary_folder() as folder:
        for part in ("entities", "records", "registers"):
            if (project.folder / part).is_dir():
                shutil.copytree(project.folder / part, folder / part)
        (folder / "registers").mkdir(exist_ok=True)
        shutil.copy(project.folder / FILE, folder)
        for name, data in contents.items():
            (folder / "registers" / f"{name}.csv").write_bytes(data)
        load_sources(folder, project=replace(project, folder=folder))


__all__ = ["add_forms"]
