"""Runs the command `citypact` as users do, in an environment we know."""

from __future__ import annotations

import ctypes
import io
import os
import pty
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from citypact.sources.files.output_files import LIST
from tests.forking import Fork, Forks

COMMAND = [sys.executable, "-m", "citypact"]
OTHER_SEED = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
"""A hash seed that is not that of this process, nor of forks; where none is chosen it is random."""
STARTING = ("LANG", "LC_", "PYTHON")
"""How variables begin by which Python or the C library differ from their start on; LANGUAGE is
read when words are asked for."""


@dataclass(frozen=True)
class Result:
    """How a command ended: exit code, standard output as bytes and as text, standard error."""

    code: int
    raw: bytes
    out: str
    err: str


def environment(**changes: str) -> dict[str, str]:
    """Our environment without what steers language, encoding and search paths, plus changes.

    Commands write no lines of progress, which a busy machine would add to standard error.
    """
    foreign = (*STARTING, "COLUMNS", "CITYPACT")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
    return kept | {"LC_ALL": "C.UTF-8", "CITYPACT_PROGRESS": "0"} | changes


forks = Forks(environment())


def citypact(
    *arguments: str | bytes | Path,
    env: Mapping[str, str] | None = None,
    folder: Path | None = None,
    code: int | None = 0,
    unprivileged: bool = False,
    start: bool = False,
    of: Forks | None = None,
) -> Result:
    """Runs a command to its end and checks its exit code (None: any), and that it stayed polite.

    It runs in `folder`, else in an empty one; with `unprivileged` file rights hold even for root.
    It is a fork of a process that has loaded Citypact already (see `tests/forking.py`), unless
    `start` asks for a process of its own, or `unprivileged`, or an `env` that steers how Python
    starts: `PYTHONHASHSEED`, `LC_ALL` and the like; where commands share such an `env`, `of` is a
    process that started with it.
    """
    of = of or forks
    env = environment() if env is None else env
    start |= unprivileged or _starting(env) != _starting(of.environment)
    with tempfile.TemporaryDirectory() as empty:
        where = folder or Path(empty)
        if start:
            done = subprocess.run(
                [*COMMAND, *map(os.fsencode, arguments)],
                capture_output=True,
                env=dict(env),
                cwd=where,
                preexec_fn=_give_up_privileges if unprivileged else None,
            )
            ended, raw, talk = done.returncode, done.stdout, done.stderr
        else:
            ended, raw, talk = of.run([*map(os.fsdecode, arguments)], env, where)
    # CSV for spreadsheets begins with a byte order mark, which `raw` keeps.
    out, err = raw.decode("utf-8-sig", errors="replace"), talk.decode(errors="replace")
    assert "Traceback" not in err, err
    assert code is None or ended == code, (ended, out[-2000:], err[-2000:])
    return Result(ended, raw, out, err)


def begin(*arguments: str | Path, folder: Path, env: Mapping[str, str] | None = None) -> Fork:
    """Starts a command in a folder, as a fork, and does not wait: to watch it and to stop it."""
    return forks.begin([*map(str, arguments)], environment() if env is None else env, folder)


def _starting(env: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in env.items()
        if name.startswith(STARTING) and name != "LANGUAGE"
    }


def interruptible() -> None:
    """Gives a child its own Ctrl-C back where whoever runs the tests ignores it (`nohup … &`).

    For `preexec_fn` of what a test starts and interrupts.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _give_up_privileges() -> None:
    """Gives up the capabilities by which root may write where nobody may (Linux)."""
    if os.geteuid() == 0:
        bounding_set_drop, may_override, may_read = 24, 1, 2
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in (may_override, may_read):
            libc.prctl(bounding_set_drop, capability, 0, 0, 0)


def here_and_elsewhere(code: str, *arguments: str | Path) -> tuple[str, str]:
    """What a program prints in this process, and in one with another hash seed and time zone."""
    given = [str(argument) for argument in arguments]
    root = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code, *given],
        env=environment(PYTHONHASHSEED=OTHER_SEED, TZ="Pacific/Kiritimati", PYTHONPATH=root),
        capture_output=True,
        text=True,
        check=True,
    )
    before, sys.argv = sys.argv, ["-c", *given]
    try:
        with redirect_stdout(io.StringIO()) as said:
            exec(compile(code, "-c", "exec"), {})
    finally:
        sys.argv = before
    return said.getvalue(), done.stdout


def new_project(folder: Path, *options: str, city: str = "Busan") -> Path:
    """A project as `citypact new` makes it, but that takes of the package only what it names.

    A command that reads the whole project then has little to read.
    """
    citypact("new", folder, "--city", city, *options)
    settings = folder / "citypact.toml"
    text = settings.read_text(encoding="utf-8")
    assert '"all"' in text
    settings.write_text(text.replace('"all"', '"entities"'), encoding="utf-8")
    return folder


def made_in(folder: Path) -> list[str]:
    """The names of what is in a folder, but for the list of our files there."""
    return sorted(path.name for path in folder.iterdir() if path.name != LIST)


def in_terminal(*arguments: str | Path) -> bytes:
    """Runs a command whose standard output is a terminal, and gives all that it writes there."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *map(os.fsencode, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=subprocess.DEVNULL,
        env=environment(TERM="xterm", COLUMNS="100"),
    ):
        os.close(follower)
        written = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # how Linux says that the last writer has gone
                break
            if not part:
                break
            written += part
    os.close(leader)
    return written
