"""Folders that are replaced as a whole or not at all, by one process at a time.

`replaced` makes the folder of a build or a report: a link that is switched at the very end, so that
readers of the old one go on reading. `only_writer` and `new_folder` are for a folder of many.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from citypact.ontology.errors import CitypactError, Message, system_reason


@contextlib.contextmanager
def replaced(out: Path) -> Iterator[Path]:
    """Gives a new folder beside `out`; at the end of the block `out` is a link that leads to it.

    Where the block fails or is killed, `out` stays as it was; what is left behind is removed then
    or by the next call. Ask `check_usable(out)` before. Raises CitypactError where another process
    is replacing `out`, or where its folder cannot be written.
    """
    with _alone(out):
        folder = _new_folder(out)
        yield folder
        _switch(out, folder)


def check_usable(out: Path) -> None:
    """Raises CitypactError where something stands at `out` that citypact did not make, or
    where nothing can be made there."""
    if out.is_symlink():
        if _is_ours(str(out.readlink()), out):
            return
        raise CitypactError(
            "{out}: is a link that citypact did not create\n"
            "    -> choose another folder with --out",
            out=out,
        )
    if out.is_dir() and not any(out.iterdir()):
        return
    if out.exists():
        raise CitypactError(
            "{out}: exists and was not made by citypact, so it was not changed\n"
            "    -> choose another folder with --out, or move what is there",
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
    """Whether this is the name of a folder of `out`, as tempfile makes them, or of a link to one.

    Another build beside it may be called `out` and more: what begins alike is not ours yet.
    """
    return re.fullmatch(re.escape(_prefix(out)) + r"[a-z0-9_]{8}(\.link)?", name) is not None


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Locks `out`; removes what killed builds left behind, and what has been replaced."""
    import filelock

    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(_locked(out.parent / f".{out.name}.lock", is_waiting=False))
        except filelock.Timeout as error:
            raise CitypactError(
                "{out}: another build is writing here\n    -> wait until it has ended", out=out
            ) from error
        except OSError as error:
            raise CitypactError(
                "{parent}: cannot be written ({reason})\n    -> choose another --out",
                parent=out.parent,
                reason=system_reason(error),
            ) from error
        _remove_others(out)
        # Whatever stops us, and wherever: only the folder that `out` leads to is left.
        stack.callback(_remove_others, out)
        yield


@contextlib.contextmanager
def _locked(path: Path, *, is_waiting: bool) -> Iterator[None]:
    """Holds a lock that ends with the process, however it ends.

    Raises filelock.Timeout where another process has the lock and we are not to wait, and OSError
    where the file cannot be written.
    """
    import filelock

    # The fallback is a mark in the folder, which a killed process would leave behind.
    with filelock.FileLock(path, blocking=is_waiting, fallback_to_soft=False):
        try:
            yield
        finally:
            # filelock gives nobody a lock on a file that has been removed, so this is safe.
            path.unlink(missing_ok=True)


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


@contextlib.contextmanager
def only_writer(parent: Path) -> Iterator[None]:
    """Waits until no other process writes in `parent`, then keeps others out of it.

    What a killed process left there is put right first. Raises OSError where we may not write.
    """
    with _locked(parent / ".lock", is_waiting=True):
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
        if target.exists():
            target.replace(old)
        partial.replace(target)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


__all__ = ["check_usable", "new_folder", "only_writer", "replaced"]
