"""Writes the files that a person names (`--out`), and no others over.

Each folder in which we write such files has a list of them with the digests of their contents. A
file is ours as long as its digest is in the list: what a person has changed since, or has put
there, is theirs, and only `--replace` writes over it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from citypact.ontology.errors import CitypactError
from citypact.sources.files.atomic_files import (
    digest_of,
    not_written,
    refuse_folder,
    replace_files,
    write_files,
)
from citypact.sources.files.locks import locked

LIST = ".citypact-written.json"


def write_output(path: Path, data: bytes, option: str = "--out", *, replace: bool = False) -> None:
    """`write_outputs` of one file."""
    write_outputs({path: data}, option, replace=replace)


def write_outputs(
    files: Mapping[Path, bytes], option: str = "--out", *, replace: bool = False
) -> None:
    """Writes files that a person named, all or none, in place of those that we wrote before.

    Raises CitypactError for a file that somebody else wrote or has changed, unless `replace`, and
    for a place that cannot be written; `option` is what chooses another.
    """
    with contextlib.ExitStack() as stack:
        for folder in {path.parent: None for path in files}:
            here = {path: data for path, data in files.items() if path.parent == folder}
            for path in here:
                check_output(path, option, replace=replace)
            try:
                folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(_listed(here))
            except PermissionError:
                pass  # the list of somebody else in a folder of many: next time it is not ours
            except OSError as error:
                raise not_written(next(iter(here)), error, option) from error
        write_files(files, option)


def check_output(path: Path, option: str = "--out", *, replace: bool = False) -> None:
    """Raises CitypactError where `write_outputs` would: a cheap look before long work."""
    try:
        refuse_folder(path)
        above = path.absolute()
        while not os.path.lexists(above := above.parent):
            pass
        if not os.path.isdir(above):  # noqa: PTH112 (Path.is_dir raises where a name is too long)
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(above, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        state = _state(path)
    except OSError as error:
        raise not_written(path, error, option) from error
    if state == "special":
        raise CitypactError("{path}: is not a regular file\n    -> name another", path=path)
    if state == "foreign" and not replace:
        raise CitypactError(
            "{path}: exists and was not written by citypact, so it was not changed\n"
            "    -> name another file, or give --replace (in Python: replace=True)",
            path=path,
        )
    if state == "changed" and not replace:
        raise CitypactError(
            "{path}: was changed after citypact wrote it, so it was left as it is\n"
            "    -> name another file, or give --replace (in Python: replace=True)",
            path=path,
        )


def _state(path: Path) -> str:
    """What is at a place: "ours", "changed", "foreign", "special" (a device); "" for nothing."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return ""
    if stat.S_ISLNK(mode):
        return "foreign"  # to be replaced, never followed
    if not stat.S_ISREG(mode):
        return "special"
    digests = _read(path.parent).get(path.name)
    if not digests:
        return "foreign"
    return "ours" if digest_of(path) in digests else "changed"


@contextlib.contextmanager
def _listed(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Lists files of one folder as ours before the block puts them there.

    A process that is killed in between so leaves no file that we would not know again. Raises
    OSError where the folder can't be written.
    """
    folder = next(iter(files)).parent
    with locked(folder / f"{LIST}.lock", is_waiting=True):
        listed = {name: each for name, each in _read(folder).items() if (folder / name).is_file()}
        for path, data in files.items():
            kept = [digest_of(path)] if _state(path) == "ours" else []
            listed[path.name] = [*dict.fromkeys([*kept, hashlib.sha256(data).hexdigest()])]
        text = json.dumps(dict(sorted(listed.items())), indent=1) + "\n"
        replace_files({folder / LIST: text.encode()})
        yield


def _read(folder: Path) -> dict[str, list[str]]:
    """The digests of our files by name; none where the list is not one that we wrote."""
    place = folder / LIST
    try:
        if not stat.S_ISREG(place.lstat().st_mode):
            return {}
        listed = json.loads(place.read_text("utf-8"))
        return {str(name): [str(each) for each in digests] for name, digests in listed.items()}
    except (FileNotFoundError, ValueError, AttributeError, TypeError, RecursionError):
        return {}


__all__ = ["LIST", "check_output", "write_output", "write_outputs"]
