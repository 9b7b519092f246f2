"""Writes files whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from citypact.ontology.errors import CitypactError, system_reason


def write_file(path: Path, data: bytes, option: str = "--out") -> None:
    """Writes a file whole or not at all. Raises CitypactError where that cannot be."""
    write_files({path: data}, option)


def write_files(files: dict[Path, bytes], option: str = "--out") -> None:
    """Writes files whole: all beside their places first, so that none is replaced if one fails.

    Raises CitypactError for a place that cannot be written; `option` is what chooses another.
    """
    partials: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in files.items():
            if os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises where a name is too long)
                raise CitypactError("{path}: is a folder\n    -> name a file", path=path)
            partials[path] = path.with_name(f".{path.name}.{os.getpid()}.partial")
            path.parent.mkdir(parents=True, exist_ok=True)
            partials[path].write_bytes(data)
        for path, partial in partials.items():
            partial.replace(path)
    except OSError as error:
        raise CitypactError(
            "{path}: cannot be written ({reason})\n    -> choose another place with {option}",
            path=path,
            reason=system_reason(error),
            option=option,
        ) from error
    finally:
        for partial in partials.values():
            with contextlib.suppress(OSError):
                partial.unlink()


__all__ = ["write_file", "write_files"]
