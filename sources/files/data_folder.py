"""The user's own data folder: what is imported and fetched stays there, never in the package."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import platformdirs

from citypact.ontology.errors import CitypactError, shown
from citypact.ontology.vocabulary import SLUG
from citypact.sources.files.atomic_folder import only_writer


def data_folder(chosen: str | None = None) -> Path:
    """The folder chosen, else $CITYPACT_DATA, else the place where the system keeps such data.

    That is `$XDG_DATA_HOME/citypact` or `~/.local/share/citypact`; on macOS
    `~/Library/Application Support/citypact` unless $XDG_DATA_HOME is set. It need not exist.
    """
    named = chosen or os.environ.get("CITYPACT_DATA")
    if named:
        return Path(named).expanduser()
    folder = platformdirs.user_data_path("citypact", appauthor=False)
    if sys.platform == "darwin":
        # platformdirs follows $XDG_DATA_HOME on macOS too; we did not always.
        usual = Path.home() / "Library" / "Application Support" / "citypact"
        return usual if usual.is_dir() else folder
    return folder


def import_folder(data: Path, name: str) -> Path:
    """The folder of an import. Raises CitypactError where there is none of that name."""
    folder = data / "imports" / name
    if SLUG.fullmatch(name) and not folder.exists() and (folder.parent / f".old-{name}").is_dir():
        # Killed between two renames, where a system can't exchange folders.
        with contextlib.suppress(OSError), only_writer(folder.parent):
            pass
    if not SLUG.fullmatch(name) or not (folder / "import.json").is_file():
        raise CitypactError(
            "{name}: nothing of this name is imported in {data}\n"
            "    -> see `citypact import list`, or name the data folder with --data",
            name=shown(name),
            data=data,
        )
    return folder


__all__ = ["data_folder", "import_folder"]
