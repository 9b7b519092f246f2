"""Writes an import as a folder of tables: `imports/NAME` in the user's own data folder.

documents.csv   the source            cities.csv     cities that the package lacks
countries.csv   their countries       twins.csv      who is twinned with whom
matches.csv     what was decided of every city of the source, and why
populations.csv inhabitants and countries, by the source, of cities that the package has
import.json     what was read, with which options, and counts
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citypact.ontology.errors import CitypactError, shown, system_reason
from citypact.ontology.vocabulary import SLUG
from citypact.sources.files.atomic_files import refuse_links
from citypact.sources.files.atomic_folder import new_folder, only_writer
from citypact.sources.twins.model import Twins
from citypact.sources.twins.output_tables import About, tables
from citypact.sources.twins.reconcile import Match, MatchJudgement

IMPORTS = "imports"


@dataclass(frozen=True)
class Import:
    """A finished import: its name, its folder, and what `import.json` says of it."""

    name: str
    folder: Path
    summary: dict[str, Any]


def check_name(name: str) -> None:
    """Raises CitypactError for a name that cannot be part of a path and of IRIs."""
    if not SLUG.fullmatch(name) or len(name) > 60:
        raise CitypactError(
            "{name} cannot be the name of an import\n"
            "    -> use small letters, digits and single hyphens, such as wikipedia-2026",
            name=shown(name),
        )


def check_free(data: Path, name: str, *, replace: bool) -> None:
    """Raises CitypactError where there is an import of this name that may not be replaced."""
    if (data / IMPORTS / name).exists() and not replace:
        raise CitypactError(
            "{data}: exists already\n    -> choose another --name, or give --replace",
            data=data / IMPORTS / name,
        )


def write_import(
    data: Path,
    twins: Twins,
    matches: Sequence[Match],
    about: About,
    judgements: Mapping[str, MatchJudgement],
    known: set[str],
    *,
    replace: bool = False,
) -> Import:
    """Writes an import, whole or not at all; `known` are the slugs of the package's cities.

    Raises CitypactError for a bad name, for one that is taken (unless `replace`), and where the
    folder cannot be written. What was there before stays until the new one is whole.
    """
    check_name(about.name)
    files = tables(twins, matches, about, judgements, known)
    imports = data / IMPORTS
    refuse_links(imports / about.name, data)
    try:
        imports.mkdir(parents=True, exist_ok=True)
        with only_writer(imports):
            check_free(data, about.name, replace=replace)
            with new_folder(imports, about.name) as folder:
                for name, body in files.items():
                    (folder / name).write_bytes(body)
    except OSError as error:
        raise CitypactError(
            "{imports}: cannot be written ({reason})\n    -> choose another place with --data",
            imports=imports,
            reason=system_reason(error),
        ) from error
    return Import(about.name, imports / about.name, json.loads(files["import.json"]))


def list_imports(data: Path) -> list[Import]:
    """The imports of a data folder by name."""
    imports = data / IMPORTS
    if not imports.is_dir():
        return []
    with contextlib.suppress(OSError), only_writer(imports):
        pass  # to have put right what a killed import left; where we may only read, nothing was
    found = []
    for path in sorted(imports.iterdir()):
        if path.name.startswith(".") or not path.is_dir():
            continue
        try:
            summary = json.loads((path / "import.json").read_text(encoding="utf-8"))
            if not isinstance(summary["counts"], dict):
                raise ValueError("counts")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CitypactError(
                "{path}: is not a complete import\n"
                "    -> import it again with --replace, or remove it",
                path=path,
            ) from error
        found.append(Import(path.name, path, summary))
    return found


__all__ = [
    "Import",
    "check_free",
    "check_name",
    "list_imports",
    "write_import",
]
