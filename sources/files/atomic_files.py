"""Writes files whole or not at all: those of a project or data folder, which we have read and keep.

`output_files` has what is asked first about files that a person names.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from citypact.ontology.errors import CitypactError, system_reason

_LEFT = re.compile(r"\.citypact-.*\.partial")

if os.name == "posix":
    import fcntl

    def _take(handle: int) -> bool:
        """Locks a folder until its handle is closed, at the latest by the end of this process.

        Gives whether nobody has it locked.
        """
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def write_file(
    path: Path, data: bytes, option: str = "--out", *, inside: Path | None = None
) -> None:
    """`write_files` of one file."""
    write_files({path: data}, option, inside=inside)


def write_files(
    files: Mapping[Path, bytes], option: str = "--out", *, inside: Path | None = None
) -> None:
    """Writes files whole: all beside their places first, so that none is replaced if one fails.

    inside: a folder from which no symbolic link may lead to the place of a file. Raises
    CitypactError for one that does, and for a place that cannot be written; `option` is what
    chooses another.
    """
    path = Path()
    try:
        for path in files:
            refuse_folder(path)
            if inside is not None:
                refuse_links(path, inside)
            path.parent.mkdir(parents=True, exist_ok=True)
        replace_files(files)
    except OSError as error:
        raise not_written(path, error, option) from error


def replace_files(files: Mapping[Path, bytes]) -> None:
    """`write_files` without its checks and messages. Raises OSError."""
    with contextlib.ExitStack() as stack:
        folders = {path.parent: Path() for path in files}
        for folder in folders:
            folders[folder] = stack.enter_context(_new_folder_in(folder))
        for path, data in files.items():
            with (folders[path.parent] / path.name).open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for path in files:
            # A link at the place is replaced, not followed.
            (folders[path.parent] / path.name).replace(path)
        for folder in folders:
            flush(folder)


@contextlib.contextmanager
def _new_folder_in(folder: Path) -> Iterator[Path]:
    """A new folder, of a name that nobody knows, for what is to be moved beside it.

    It is locked as long as it is needed, so that the next writer removes those of killed ones.
    """
    for old in _left_in(folder):
        _remove_left(old)
    while True:
        new = Path(tempfile.mkdtemp(".partial", ".citypact-", folder))
        handle = os.open(new, os.O_RDONLY)
        _take(handle)
        if new.exists():  # else somebody took it for one that is left
            break
        os.close(handle)
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)
        os.close(handle)


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for what is needed for a moment, among the temporary files of the system.

    What killed processes left there is removed first. Raises OSError where there is no space.
    """
    with _new_folder_in(Path(tempfile.gettempdir())) as folder:
        yield folder


_MANY = 1_000
_looked: set[Path] = set()
"""Folders with many files in which this process has looked for what killed writers left."""


def _left_in(folder: Path) -> list[Path]:
    """What killed writers left in a folder: in one with many files looked up once by a process.

    Ten thousand documents are read into one folder, and looking took longer than reading them.
    """
    if folder in _looked:
        return []
    names = os.listdir(folder)  # noqa: PTH208 - names are all that is needed
    if len(names) > _MANY:
        _looked.add(folder)
    return [folder / name for name in names if _LEFT.fullmatch(name)]


def _remove_left(old: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(old, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
        try:
            if _take(handle):
                shutil.rmtree(old, ignore_errors=True)
        finally:
            os.close(handle)


def refuse_links(path: Path, folder: Path) -> None:
    """Raises CitypactError where a symbolic link below a folder is on the way to a path in it."""
    place = Path(os.path.abspath(path))  # noqa: PTH100 - links are what we look for
    top = Path(os.path.abspath(folder))  # noqa: PTH100
    for each in (place, *place.parents):
        if not each.is_relative_to(top) or each == top:
            return
        if each.is_symlink():
            raise CitypactError(
                "{path}: is a symbolic link, so nothing was written there\n"
                "    -> put the file or folder itself in its place",
                path=each,
            )


def refuse_folder(path: Path) -> None:
    """Raises CitypactError for a folder where a file is to be."""
    if os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises where a name is too long)
        raise CitypactError("{path}: is a folder\n    -> name a file", path=path)


def not_written(path: Path, error: OSError, option: str) -> CitypactError:
    """The error for a place that cannot be written; `option` is what chooses another."""
    return CitypactError(
        "{path}: cannot be written ({reason})\n    -> choose another place with {option}",
        path=path,
        reason=system_reason(error),
        option=option,
    )


def digest_of(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush(path: Path) -> None:
    """Has the system write a file or the entries of a folder to disk, for the case of a power cut.

    Says nothing where the system can't.
    """
    with contextlib.suppress(OSError):  # folders can't be opened everywhere
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


__all__ = [
    "digest_of",
    "flush",
    "not_written",
    "refuse_folder",
    "refuse_links",
    "replace_files",
    "temporary_folder",
    "write_file",
    "write_files",
]
