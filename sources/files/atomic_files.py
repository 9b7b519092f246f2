"""Writes files whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import tempfile
import time
from pathlib import Path

from citypact.ontology.errors import CitypactError, system_reason


def write_file(path: Path, data: bytes, option: str = "--out") -> None:
    """Writes a file whole or not at all. Raises CitypactError where that cannot be."""
    write_files({path: data}, option)


def check_writable(path: Path, option: str = "--out") -> None:
    """Raises CitypactError where `write_file` would: a cheap look before long work."""
    above = path.absolute()
    try:
        _refuse_folder(path)
        while not os.path.lexists(above := above.parent):
            pass
        if not os.path.isdir(above):  # noqa: PTH112 (Path.is_dir raises where a name is too long)
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(above, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise _not_written(path, error, option) from error


def _refuse_folder(path: Path) -> None:
    if os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises where a name is too long)
        raise CitypactError("{path}: is a folder\n    -> name a file", path=path)


def _not_written(path: Path, error: OSError, option: str) -> CitypactError:
    return CitypactError(
        "{path}: cannot be written ({reason})\n    -> choose another place with {option}",
        path=path,
        reason=system_reason(error),
        option=option,
    )


def _remove_leftovers(path: Path) -> None:
    """Removes what killed writers of a file left behind; nobody writes one for an hour."""
    for old in path.parent.glob(f".{glob.escape(path.name)}.*.partial"):
        if time.time() - old.lstat().st_mtime > 3600:
            old.unlink(missing_ok=True)


def _umask() -> int:
    """The bits that new files of this process don't get."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def write_files(files: dict[Path, bytes], option: str = "--out") -> None:
    """Writes files whole: all beside their places first, so that none is replaced if one fails.

    Raises CitypactError for a place that cannot be written; `option` is what chooses another.
    """
    partials: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in files.items():
            _refuse_folder(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            _remove_leftovers(path)
            # A new file of a name that nobody knows: a link that was put there is never followed.
            handle, name = tempfile.mkstemp(".partial", f".{path.name}.", path.parent)
            partials[path] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(handle)
            partials[path].chmod(0o666 & ~_umask())
        for path, partial in partials.items():
            partial.replace(path)
    except OSError as error:
        raise _not_written(path, error, option) from error
    finally:
        for partial in partials.values():
            with contextlib.suppress(OSError):
                partial.unlink()


__all__ = ["check_writable", "write_file", "write_files"]
