"""Locks that end with the process which has them, however it ends (Linux and macOS)."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def locked(path: Path, *, is_waiting: bool) -> Iterator[None]:
    """Holds the lock of a file, which is removed at the end.

    Raises filelock.Timeout where another process has the lock and we are not to wait, and OSError
    where the file cannot be written.
    """
    import filelock

    with tempfile.TemporaryFile(dir=path.parent):
        pass  # filelock takes some folders that refuse files for one with a lock that is held
    # The fallback is a mark in the folder, which a killed process would leave behind.
    with filelock.FileLock(path, blocking=is_waiting, fallback_to_soft=False):
        try:
            yield
        finally:
            # filelock gives nobody a lock on a file that has been removed, so this is safe.
            path.unlink(missing_ok=True)


__all__ = ["locked"]
