"""What tests of builds share: builds in processes of their own, and what they leave behind."""

from __future__ import annotations

import hashlib
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import citypact
from tests.forking import Fork
from tests.running import COMMAND, begin, environment, interruptible

Running = Fork | subprocess.Popen[bytes]


def start(out: Path, *arguments: str | Path, is_new: bool = False) -> Running:
    """Starts a build and does not wait; with `is_new` Python starts too, else it is a fork."""
    command = ["build", "--out", str(out), *map(str, arguments)]
    if not is_new:
        return begin(*command, folder=out.parent)
    return subprocess.Popen(
        [*COMMAND, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=out.parent,
        preexec_fn=interruptible,
    )


def finish(process: Running) -> tuple[int, str]:
    """Waits for the end of a process: its exit code and its standard error."""
    _, talk = process.communicate()
    assert b"Traceback" not in talk, talk.decode()
    assert process.returncode is not None
    return process.returncode, talk.decode()


def when(process: Running, happened: Callable[[], bool]) -> bool:
    """Waits until something happens or the process ends; whether it happened."""
    while process.poll() is None:
        if happened():
            return True
        time.sleep(0.0005)
    return happened()


def beside(out: Path) -> set[Path]:
    """The folders of builds, half made or replaced, that stand beside `out`."""
    return set(out.parent.glob(f".{out.name}-citypact-*"))


def identity(out: Path) -> int:
    """Which folder stands at `out`."""
    return out.stat().st_ino


def digests(folder: Path) -> dict[str, str]:
    """The digest of every file below a folder, the store's folder left out."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] != "store"
    }


def agreements(out: Path) -> list[str]:
    """The IRIs of the agreements in a build, as its store gives them."""
    text = "SELECT ?agreement { ?agreement a citypact:Agreement } ORDER BY ?agreement"
    return [row["agreement"].value for row in citypact.open(out).query(text)]


def assert_tidy(out: Path, *others: str) -> None:
    """Checks that `out` is a folder, and that nothing is beside it but what we know of."""
    found = sorted(path.name for path in out.parent.iterdir())
    assert found == sorted([out.name, *others])
    assert not out.is_symlink()
