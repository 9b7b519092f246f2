"""A folder that is replaced whole or not at all: by a link that is switched at the very end."""

from __future__ import annotations

import contextlib
import fcntl
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from citypact.ontology.errors import CitypactError


@contextlib.contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """Gives a new folder beside `out`; at the end of the block `out` is a link that leads to it.

    Where the block fails or is killed, `out` stays as it was; what is left behind is removed then
    or by the next call. Ask `check_usable(out)` before. Raises CitypactError where another process
    is replacing `out`, or where its folder cannot be written.
    """
    with _lock(out):
        folder = _new_folder(out)
        yield folder
        _switch(out, folder)


def check_usable(out: Path) -> None:
    """Raises CitypactError where something stands at `out` that citypact did not make."""
    if out.is_symlink():
        if _is_ours(str(out.readlink()), out):
            return
        raise CitypactError(
            f"{out}: is a link that citypact did not make\n    -> choose another folder with --out"
        )
    if out.is_dir() and not any(out.iterdir()):
        return
    if out.exists():
        raise CitypactError(
            f"{out}: exists and was not made by citypact, so it is left alone\n"
            "    -> choose another folder with --out, or move it away"
        )
    if not out.parent.is_dir():
        raise CitypactError(f"{out.parent}: is no folder\n    -> make it, or choose another --out")


def _prefix(out: Path) -> str:
    return f".{out.name}-citypact-"


def _is_ours(name: str, out: Path) -> bool:
    """Whether this is the name of a folder of `out`, as tempfile makes them, or of a link to one.

    Another build beside it may be called `out` and more: what begins alike is not ours yet.
    """
    return re.fullmatch(re.escape(_prefix(out)) + r"[a-z0-9_]{8}(\.link)?", name) is not None


@contextlib.contextmanager
def _lock(out: Path) -> Iterator[None]:
    """Holds the lock of a build; removes what killed builds left behind and what replaced ones."""
    path = out.parent / f".{out.name}.lock"
    try:
        handle = path.open("a")
    except OSError as error:
        raise CitypactError(
            f"{out.parent}: cannot be written ({error.strerror})\n    -> choose another --out"
        ) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CitypactError(
                f"{out}: another build is writing here\n    -> wait until it ends"
            ) from error
        _remove_others(out)
        try:
            yield
        finally:
            # Whatever stopped us, and wherever: only what `out` leads to stays.
            _remove_others(out)


def _remove_others(out: Path) -> None:
    current = str(out.readlink()) if out.is_symlink() else ""
    for path in list(out.parent.iterdir()):
        if not _is_ours(path.name, out) or path.name == current:
            continue
        if path.is_symlink():
            path.unlink(missing_ok=True)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _new_folder(out: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=_prefix(out), dir=out.parent))
    folder.chmod(0o755)
    return folder


def _switch(out: Path, folder: Path) -> None:
    if out.is_dir() and not out.is_symlink():
        out.rmdir()
    link = Path(f"{folder}.link")
    link.symlink_to(folder.name)
    link.replace(out)


def put_in_place(parent: Path, name: str, partial: Path) -> None:
    """Puts a whole folder in the place of the last one; `settle` mends a stop in between."""
    target, old = parent / name, parent / f".old-{name}"
    if target.exists():
        target.replace(old)
    partial.replace(target)
    shutil.rmtree(old, ignore_errors=True)


def settle(parent: Path) -> None:
    """Mends what a killed process left: brings the last whole folder back, removes partial ones."""
    for old in sorted(parent.glob(".old-*")):
        target = parent / old.name.removeprefix(".old-")
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.replace(target)
    for partial in parent.glob(".partial-*"):
        shutil.rmtree(partial, ignore_errors=True)


@contextlib.contextmanager
def only_writer(parent: Path) -> Iterator[None]:
    """Keeps other writers out of a folder; the lock ends with the process."""
    with (parent / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
