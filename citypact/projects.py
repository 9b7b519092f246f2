"""New projects: a folder of one's own that stands on the package and can be built at once."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from importlib import resources
from pathlib import Path

from citypact.graph.store.declared_names import declared_names
from citypact.graph.store.labels import Names
from citypact.ontology import ID, LANGUAGES
from citypact.ontology.errors import CitypactError, Message, system_reason
from citypact.sources import PACKAGED
from citypact.sources.files.csv_tables import read_data, table, write_rows
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.project import DOCUMENTS, FILE, Project, read_project
from citypact.translation import current_language, translated

CENTRES = ("City", "Territory", "CityNetwork", "Organization")
"""What may be at the centre: classes of which a name is looked for, in this order."""
_UNFINISHED = ".citypact-"
"""How the names of folders begin in which a project is made."""
REGISTERS = ("documents", "agreements", "partnerships", "memberships")
"""The registers that a new project has, with their headings alone."""


def new_project(folder: str | Path, centre: str, language: str | None = None) -> Project:
    """Makes the folder of a project around a city or body that the package knows, by any name.

    It holds a citypact.toml, a README in `language` (that of the system where not given), empty
    registers and a filled example, and appears whole or not at all. Raises CitypactError for a name
    that nothing or several things bear, and where something is in the folder already.
    """
    out = Path(os.path.abspath(folder))  # noqa: PTH100 - a link may lead to an empty folder
    is_there = os.path.lexists(out)
    if is_there and (not out.is_dir() or not _is_empty(out)):
        raise CitypactError(
            "{folder}: is not an empty folder, so nothing was written\n    -> name a new folder",
            folder=folder,
        )
    if not out.parent.is_dir():
        raise CitypactError(
            "{folder}: is not a folder\n    -> create it, or choose another", folder=out.parent
        )
    names = declared_names(load_sources(PACKAGED))
    found = _centre(names, centre)
    language = language or current_language()
    title = {
        each: translated(Message("{centre}'s network of city partnerships", centre=name), each)
        for each, name in names.both(found).items()
    }
    try:
        with tempfile.TemporaryDirectory(
            dir=out if is_there else out.parent, prefix=_UNFINISHED
        ) as made:
            new = Path(made) / "new"
            _write(new, found.removeprefix(ID), title, language)
            if is_there:  # and stays: a shell may stand in it, or a link lead to it
                _move(new, out)
            else:
                new.replace(out)
    except OSError as error:
        raise CitypactError(
            "{folder}: cannot be written ({reason})\n    -> name another folder",
            folder=folder,
            reason=system_reason(error),
        ) from error
    return read_project(out)


def _is_empty(folder: Path) -> bool:
    """Whether nothing is in a folder but what a killed call left behind, which is removed."""
    parts = list(folder.iterdir())
    if any(not part.name.startswith(_UNFINISHED) for part in parts):
        return False
    for part in parts:
        shutil.rmtree(part, ignore_errors=True)
    return True


def _move(new: Path, out: Path) -> None:
    """Moves all that is in a folder into another one, or nothing."""
    moved: list[Path] = []
    try:
        # The file that makes it a project comes last.
        for part in sorted(new.iterdir(), key=lambda each: each.name == FILE):
            moved.append(out / part.name)
            part.replace(moved[-1])
    except BaseException:  # Ctrl-C as well
        for part in moved:
            if part.is_dir():
                shutil.rmtree(part, ignore_errors=True)
            else:
                part.unlink(missing_ok=True)
        raise


def _centre(names: Names, name: str) -> str:
    """The IRI of what is at the centre; a city comes before its government."""
    for kind in CENTRES[:-1]:
        try:
            return names.find_one(name, kind)
        except CitypactError:
            continue
    return names.find_one(name, *CENTRES)


def _write(folder: Path, centre: str, title: dict[str, str], language: str) -> None:
    texts = resources.files("citypact") / "project_files"
    settings = (texts / FILE).read_text(encoding="utf-8")
    quoted = {f"title_{each}": json.dumps(title[each], ensure_ascii=False) for each in LANGUAGES}
    what = translated("README.md explains each line.")
    files = {
        FILE: settings.format(what=what, centre=json.dumps(centre), **quoted).encode(),
        "README.md": (texts / f"README.{language}.md")
        .read_text(encoding="utf-8")
        .format(title=title[language])
        .encode(),
    }
    packaged = PACKAGED / "registers"
    for name in REGISTERS:
        header, _ = table(packaged / f"{name}.csv", f"registers/{name}.csv")
        files[f"registers/{name}.csv"] = write_rows([header])
    files |= _example(packaged)
    for place in ("records", DOCUMENTS, "entities", "registers", "examples/registers"):
        (folder / place).mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _example(packaged: Path) -> dict[str, bytes]:
    """The rows of one agreement and of its source, as the package has them."""
    agreements = [r for r in read_data(packaged / "agreements.csv") if r["source"]]
    first = agreements[0]
    documents = [r for r in read_data(packaged / "documents.csv") if r["id"] == first["source"]]
    return {
        f"examples/registers/{name}.csv": write_rows([rows[0].keys(), *(r.values() for r in rows)])
        for name, rows in (("agreements", [first]), ("documents", documents))
    }


__all__ = ["new_project"]
