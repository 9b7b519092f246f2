"""Runs of commands that are killed, interrupted, short of space or not alone.

Each is a fork of this process, which has loaded Citypact, opened no store and started no thread.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import mmap
import os
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.forking import Task, become, end
from tests.running import environment

CHANGES = {
    "fcntl.flock",
    "ctypes.dlsym",
    "os.chmod",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
    "shutil.copyfile",
    "shutil.rmtree",
}
"""Audit events of Python that come before something changes on a disk; opening to write is one."""
PATIENCE = 600
FILLER = "filler"


@dataclass(frozen=True)
class Moment:
    """When a run gets a signal: before its step of this number, or after so many seconds."""

    signal: int = signal.SIGKILL
    step: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Ended:
    """How a run ended: exit code (negative for a signal), what it said on standard error, steps
    that changed something on a disk, seconds, and whether all its processes ended with it."""

    code: int
    talk: str
    steps: int
    seconds: float
    alone: bool


class Run:
    """A command that runs in a folder."""

    def __init__(
        self,
        arguments: tuple[str, ...],
        folder: Path,
        answers: str = "",
        moment: Moment | None = None,
        largest: int = 0,
    ) -> None:
        self._kept = tempfile.TemporaryDirectory()
        out, self._err = (f"{self._kept.name}/{name}" for name in ("out", "err"))
        typed = Path(self._kept.name, "in")
        typed.write_text(answers)
        self._steps = mmap.mmap(-1, 8)
        self._begin, self._moment = time.monotonic(), moment
        self._pid = os.fork()
        if not self._pid:
            try:
                atexit._clear()  # what the process that forks has to tidy up is not ours
                os.setpgid(0, 0)
                os.dup2(os.open(typed, os.O_RDONLY), 0)
                become(Task([*arguments], environment(), str(folder), out, self._err))
                if largest:
                    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
                sys.addaudithook(_counter(self._steps, moment))
                from citypact.__main__ import main
            except KeyboardInterrupt:
                os._exit(130)  # as where Python itself is still starting
            except BaseException:
                os._exit(70)
            end(main)

    def end(self) -> Ended:
        """Waits for the end, and sends the signal if it is due by the clock."""
        if self._moment and self._moment.seconds:
            self._wait(self._moment.seconds)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, self._moment.signal)
        self._wait(PATIENCE)
        code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        seconds = time.monotonic() - self._begin
        talk = Path(self._err).read_text(errors="replace") if Path(self._err).exists() else ""
        (steps,) = struct.unpack("q", self._steps)
        alone = self._is_alone()
        self._kept.cleanup()
        return Ended(code, talk, steps, seconds, alone)

    def _wait(self, seconds: float) -> None:
        until = self._begin + seconds
        while time.monotonic() < until:
            if os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                return
            time.sleep(0.002)
        if seconds == PATIENCE:
            os.killpg(self._pid, signal.SIGKILL)

    def _is_alone(self) -> bool:
        """Waits until the processes that the run started have ended; whether they do."""
        for _ in range(2000):
            try:
                os.killpg(self._pid, 0)
            except ProcessLookupError:
                return True
            time.sleep(0.01)
        os.killpg(self._pid, signal.SIGKILL)
        return False


def _counter(steps: mmap.mmap, moment: Moment | None) -> Callable[[str, tuple[object, ...]], None]:
    """A hook that counts steps, and sends the signal before the one that was chosen."""
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
    owner = os.getpid()
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event == "open":
            flags = arguments[2]
            if isinstance(arguments[0], int) or not (isinstance(flags, int) and flags & writing):
                return
        elif event not in CHANGES:
            return
        if os.getpid() != owner:
            return
        count += 1
        steps[:] = struct.pack("q", count)
        if moment and moment.step == count:
            os.kill(owner, moment.signal)

    return hook


def tree(place: Path, without: str = "") -> object:
    """What is at a place: None, the digest of a file, or those of all files of a folder."""
    if place.is_symlink() or not place.exists():
        return str(place.readlink()) if place.is_symlink() else None
    if place.is_file():
        return hashlib.sha256(place.read_bytes()).hexdigest()
    names = (path.relative_to(place) for path in sorted(place.rglob("*")) if not path.is_dir())
    kept = (name for name in names if name.parts[0] != without)
    return tuple((str(name), tree(place / name)) for name in kept)


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """Puts a disk of this size at a folder. Raises OSError where this person may not (root may)."""
    folder.mkdir(exist_ok=True)
    options = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(options, capture_output=True).returncode:
        raise PermissionError("mount")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill_disk(folder: Path, free: int) -> None:
    """Fills the disk of a folder up to some free bytes."""
    disk = os.statvfs(folder)
    with (folder / FILLER).open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, disk.f_bavail * disk.f_frsize - free)
