"""Folders that are replaced as a whole or not at all, by one process at a time.

`replaced` makes the folder of a build, a load or a report: a new one beside it takes its place at
the very end, so that readers of the old one go on reading. `only_writer` and `new_folder` are for a
folder of many.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from citypact.ontology.errors import CitypactError, Message, system_reason
from citypact.sources.files.atomic_files import digest_of, flush, refuse_links
from citypact.sources.files.locks import locked

LIST = ".citypact-files"
"""The list of the files that we made, with their SHA-256, in their folder: what is not in it, or
has been changed since, belongs to somebody."""
STORE = "store"
"""The folder of an Oxigraph store, which is ours with everything in it."""
_MADE_BY = "Made by `citypact {command}`, which replaces these files and leaves others alone:"
_AT_FDCWD, _EXCHANGE = (-2, 2) if sys.platform == "darwin" else (-100, 2)


@contextlib.contextmanager
def replaced(out: Path, command: str) -> Iterator[Path]:
    """Gives a new folder beside `out`; at the end of the block it takes the place of `out`.

    Where the block fails or is killed, `out` stays as it was; what is left behind is removed then
    or by the next call. Files that others put into `out` or changed there are moved to the new
    folder, `NAME (2)` where it has one of that name. Ask
    `check_usable(out, command)` before. Raises CitypactError where another process is replacing
    `out`, or where its folder cannot be written.
    """
    with _alone(out):
        folder = _new_folder(out)
        yield folder
        _write_list(folder, command)
        _flush(folder)
        check_usable(out, command)  # somebody may have put something there in the meantime
        if not out.is_symlink() and out.is_dir():
            _link_foreign(out, folder)
        _switch(out, folder)


def write_folder(out: Path, files: Mapping[str, bytes], command: str) -> list[Path]:
    """Makes `out` a folder with these files, whole or not at all; gives them.

    files: what they hold, by their places below `out`. Raises CitypactError as `check_usable` and
    `replaced` do.
    """
    place = Path(os.path.abspath(out))  # noqa: PTH100 - `out` may be a link that was ours
    with contextlib.suppress(OSError):  # then the check says so
        place.parent.mkdir(parents=True, exist_ok=True)
    check_usable(place, command)
    with replaced(place, command) as folder:
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    return [out / name for name in files]


def check_usable(out: Path, command: str) -> None:
    """Raises CitypactError where something stands at `out` that `citypact COMMAND` did not make,
    or where nothing can be made there."""
    if out.is_symlink():
        if _is_ours(str(out.readlink()), out):  # as earlier versions made them
            return
        raise CitypactError(
            "{out}: is a link that citypact did not create\n    -> choose another folder",
            out=out,
        )
    if out.is_dir() and (not any(out.iterdir()) or (maker := _maker(out)) == command):
        return
    if out.is_dir() and maker:
        raise CitypactError(
            "{out}: was made by `citypact {maker}`, so it was not changed\n"
            "    -> choose another folder, or move this one",
            out=out,
            maker=maker,
        )
    if out.exists():
        raise CitypactError(
            "{out}: exists and was not made by citypact, so it was not changed\n"
            "    -> choose another folder, or move what is there",
            out=out,
        )
    if not out.parent.is_dir():
        raise CitypactError(
            "{parent}: is not a folder\n    -> create it, or choose another --out",
            parent=out.parent,
        )
    if not os.access(out.parent, os.W_OK):
        raise CitypactError(
            "{parent}: cannot be written ({reason})\n    -> choose another --out",
            parent=out.parent,
            reason=Message("Permission denied"),
        )


def _prefix(out: Path) -> str:
    return f".{out.name}-citypact-"


def _is_ours(name: str, out: Path) -> bool:
    """Whether this is the name of a folder of `out`, as tempfile makes them.

    Another build beside it may be called `out` and more: what begins alike is not ours yet.
    """
    return re.fullmatch(re.escape(_prefix(out)) + r"[a-z0-9_]{8}(\.link)?", name) is not None


def _old(out: Path) -> Path:
    """Where `out` stands for a moment where a system can't exchange two folders at once."""
    return out.with_name(_prefix(out) + "previous")


def _maker(folder: Path) -> str:
    """The command that made a folder, '' where we did not."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        first = (folder / LIST).read_text("utf-8").partition("\n")[0]
        if found := re.fullmatch(re.escape(_MADE_BY).replace(r"\{command\}", "([a-z-]+)"), first):
            return found[1]
    return ""


def _write_list(folder: Path, command: str) -> None:
    paths = [path for path in folder.rglob("*") if not path.is_dir()]
    names = {path: path.relative_to(folder) for path in paths}
    ours = {
        f"{STORE}/" if name.parts[0] == STORE else f"{digest_of(path)}  {name.as_posix()}"
        for path, name in names.items()
    }
    lines = [_MADE_BY.format(command=command), *sorted(ours), ""]
    # By a rename: of half a list, after a kill, the other files would seem to be of others.
    partial = folder / f"{LIST}.partial"
    partial.write_text("\n".join(lines), encoding="utf-8")
    partial.rename(folder / LIST)


def _foreign(folder: Path) -> list[Path]:
    """What others put into a folder of ours or changed there, as paths below it.

    Nothing for a half made one.
    """
    if not _maker(folder):
        return []
    lines = (folder / LIST).read_text("utf-8").splitlines()[1:]
    ours = {name: digest for digest, name in map(_listed, lines)}
    found = []
    for root, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for name in [*links, *files]:
            path = Path(root) / name
            below = path.relative_to(folder)
            if below.as_posix() == LIST or (below.parts[0] == STORE and f"{STORE}/" in ours):
                continue
            if not _is_as_made(path, ours.get(below.as_posix())):
                found.append(below)
    return sorted(found)


def _is_as_made(path: Path, digest: str | None) -> bool:
    if digest is None or not stat.S_ISREG(path.lstat().st_mode):
        return False
    try:
        return not digest or digest_of(path) == digest
    except OSError:  # nobody may read it: whose it is can't be known
        return False


def _listed(line: str) -> tuple[str, str]:
    """The digest and the name in a line of the list; no digest where it was not written yet."""
    found = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
    return (found[1], found[2]) if found else ("", line)


def _flush(folder: Path) -> None:
    """Has the system write to disk what is in a folder, so that a power cut can't leave half."""
    for path in [*folder.rglob("*"), folder]:
        flush(path)


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Locks `out`; removes what killed builds left behind, and what has been replaced."""
    import filelock

    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locked(out.parent / f".{out.name}.lock", is_waiting=False))
        except filelock.Timeout as error:
            raise CitypactError(
                "{out}: another command is writing here\n    -> wait until it has ended", out=out
            ) from error
        except OSError as error:
            raise CitypactError(
                "{parent}: cannot be written ({reason})\n    -> choose another --out",
                parent=out.parent,
                reason=system_reason(error),
            ) from error
        _tidy(out)
        # Whatever stops us, and wherever: only `out` is left.
        stack.callback(_tidy, out)
        yield


def _tidy(out: Path) -> None:
    """Removes what is beside `out` and was ours; what others put into it goes to `out` first."""
    if not os.path.lexists(out) and _old(out).exists():
        _old(out).rename(out)  # killed between two renames
    current = str(out.readlink()) if out.is_symlink() else ""
    for path in list(out.parent.iterdir()):
        if not _is_ours(path.name, out) or path.name == current:
            continue
        if path.is_symlink():
            path.unlink(missing_ok=True)
        elif _give_back(path, out):
            shutil.rmtree(path, ignore_errors=True)


def _link_foreign(out: Path, folder: Path) -> None:
    """Has what others put into `out` in the new folder too, so that it is never missing.

    What can't be there twice (files on some disks) is moved after the switch.
    """
    for path in _foreign(out):
        with contextlib.suppress(OSError):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            os.link(out / path, folder / path, follow_symlinks=False)


def _give_back(folder: Path, out: Path) -> bool:
    """Moves what others put into a folder that was replaced; gives whether all of it went."""
    foreign = _foreign(folder)
    if foreign and not out.is_dir():
        return False
    for path in foreign:
        target = out / path
        if os.path.lexists(target) and os.path.samestat((folder / path).lstat(), target.lstat()):
            continue  # it is there already
        number = 1
        while os.path.lexists(target):
            number += 1
            target = (out / path).with_name(f"{path.stem} ({number}){path.suffix}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            (folder / path).rename(target)
        except OSError:
            return False  # it stays where it is, for the next call
    return True


def _new_folder(out: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
    folder.chmod(0o755)
    return folder


def _switch(out: Path, folder: Path) -> None:
    if out.is_symlink():
        # As earlier versions made them, without a list: what the new one lacks is foreign.
        shutil.copyfile(folder / LIST, out / LIST)
    if not os.path.lexists(out):
        folder.rename(out)
    elif not _exchange(folder, out):
        out.rename(_old(out))
        folder.rename(out)
    flush(out.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two paths in one step; False where the system or its files can't do that."""
    name = "renameatx_np" if sys.platform == "darwin" else "renameat2"
    call = getattr(ctypes.CDLL(None, use_errno=True), name, None) if os.name == "posix" else None
    if call is None:
        return False
    paths = [os.fsencode(path) for path in (one, other)]
    return bool(call(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], ctypes.c_uint(_EXCHANGE)) == 0)


@contextlib.contextmanager
def only_writer(parent: Path) -> Iterator[None]:
    """Waits until no other process writes in `parent`, then keeps others out of it.

    What a killed process left there is put right first. Raises OSError where we may not write.
    """
    with locked(parent / ".lock", is_waiting=True):
        for old in sorted(parent.glob(".old-*")):
            target = parent / old.name.removeprefix(".old-")
            if target.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.replace(target)
        for partial in parent.glob(".partial-*"):
            shutil.rmtree(partial, ignore_errors=True)
        yield


@contextlib.contextmanager
def writing_in(folder: Path, inside: Path) -> Iterator[None]:
    """The same for a folder that is made where it is missing.

    inside: the folder that a person named, from which no symbolic link may lead to `folder`. Raises
    CitypactError for one that does, where we may not write, or where there is no space for what is
    written.
    """
    refuse_links(folder, inside)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with only_writer(folder):
            yield
    except OSError as error:
        raise CitypactError(
            "{path}: cannot be written ({reason})\n    -> check its permissions and the free space",
            path=folder,
            reason=system_reason(error),
        ) from error


@contextlib.contextmanager
def new_folder(parent: Path, name: str) -> Iterator[Path]:
    """Gives a new folder in `parent`, which at the end of the block takes the place of `name`.

    Where the block fails, `name` stays as it was; where it is killed, the next `only_writer`, which
    has to be held around it, puts it right. Raises OSError where we may not write.
    """
    target, old = parent / name, parent / f".old-{name}"
    partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=parent))
    try:
        yield partial
        partial.chmod(0o755)
        _flush(partial)
        if not target.exists():
            partial.replace(target)
        elif not _exchange(partial, target):
            target.replace(old)
            partial.replace(target)
        flush(parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


__all__ = ["check_usable", "new_folder", "only_writer", "replaced", "write_folder", "writing_in"]
