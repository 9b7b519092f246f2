"""Runs commands in forks of a process that has loaded Citypact.

To start Python and load the libraries takes longer than most commands. A fork is as far apart as
any process (memory, working folder, environment, signals, exit code) and has them loaded already.
The process that forks keeps no store open and no thread: what is forked has all it needs.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parents[1]
LATE = ("igraph", "pyshacl_turbo", "pyvis.network", "rich.table", "rich.text", "yaml")
"""What Citypact loads at the first need."""


@dataclass(frozen=True)
class Task:
    """A command, where it runs and in what environment, and the files that its output goes to."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str
    out: str
    err: str


class Fork:
    """A command that runs, as `subprocess.Popen` has it: to watch, to signal and to wait for."""

    def __init__(self, forks: Forks, pid: int, folder: tempfile.TemporaryDirectory[str]) -> None:
        self.pid, self.returncode = pid, None
        self._forks, self._folder = forks, folder
        # Where the system can, its end is seen without a question to the process that forks.
        self._end = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None

    returncode: int | None

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        return self._ended(0)

    def send_signal(self, number: int) -> None:
        """Sends a signal to it; once it has ended, nothing happens."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kills it."""
        self.send_signal(signal.SIGKILL)

    def communicate(self) -> tuple[bytes, bytes]:
        """Waits for its end and gives standard output and standard error."""
        self._ended(None)
        with self._folder as kept:
            return Path(kept, "out").read_bytes(), Path(kept, "err").read_bytes()

    def _ended(self, seconds: float | None) -> int | None:
        """The exit code, if it ends within so many seconds (None: whenever it ends)."""
        if self.returncode is not None:
            return self.returncode
        if self._end is not None:
            if not select.select([self._end], [], [], seconds)[0]:
                return None
            os.close(self._end)
        options = os.WNOHANG if seconds is not None else 0
        self.returncode = self._forks.ask((self.pid, options))
        return self.returncode


@dataclass
class Forks:
    """A process that forks for each command; it starts with the first and ends with `stop`."""

    environment: Mapping[str, str]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _process: subprocess.Popen[bytes] | None = None
    _connection: Connection | None = None

    def run(
        self,
        arguments: list[str],
        environment: Mapping[str, str],
        folder: Path,
    ) -> tuple[int, bytes, bytes]:
        """Runs a command to its end: exit code, standard output, standard error."""
        fork = self.begin(arguments, environment, folder)
        out, err = fork.communicate()
        assert fork.returncode is not None
        return fork.returncode, out, err

    def begin(self, arguments: list[str], environment: Mapping[str, str], folder: Path) -> Fork:
        """Starts a command and does not wait."""
        kept = tempfile.TemporaryDirectory()
        files = [f"{kept.name}/{name}" for name in ("out", "err")]
        pid = self.ask(Task(arguments, dict(environment), str(folder), *files))
        assert pid
        return Fork(self, pid, kept)

    def ask(self, request: Task | tuple[int, int]) -> int | None:
        """Sends a request to the process that forks, and gives its answer; see `serve`."""
        with self._lock:
            connection = self._connection or self._start()
            connection.send(request)
            answer: int | None = connection.recv()
            return answer

    def _start(self) -> Connection:
        ours, theirs = socket.socketpair()
        number = theirs.fileno()
        code = f"from tests.forking import serve; serve({number})"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=dict(self.environment),
            cwd=ROOT,
            pass_fds=[number],
        )
        theirs.close()
        self._connection = Connection(ours.detach())
        return self._connection

    def stop(self) -> None:
        """Ends the process, if it has started."""
        if self._connection and self._process:
            self._connection.close()
            self._process.wait()


def serve(number: int) -> None:
    """Answers the requests that come over the socket of this number, until that is closed.

    A task starts a fork, and the answer is its number (pid). A number with options for `waitpid`
    asks for the exit code of that fork: None while it runs.
    """
    from citypact.commands import main

    load()
    connection = Connection(number)
    while True:
        try:
            request: Task | tuple[int, int] = connection.recv()
        except EOFError:
            return
        if not isinstance(request, Task):
            ended, status = os.waitpid(*request)
            connection.send(os.waitstatus_to_exitcode(status) if ended else None)
            continue
        child = os.fork()
        if not child:
            connection.close()
            become(request)
            end(main)
        connection.send(child)


def become(task: Task) -> None:
    """Makes this process one that was started for the task."""
    for place, path in ((1, task.out), (2, task.err)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, place)
        os.close(opened)
    # Whoever runs the tests may ignore Ctrl-C (`nohup … &`).
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(task.folder)
    os.environ.clear()
    os.environ.update(task.environment)
    sys.argv = ["citypact", *task.arguments]


def end(main: Callable[[], None]) -> NoReturn:
    """Runs a program and ends as Python does, but for taking apart what the fork was born with."""
    code: object = 1
    try:
        main()
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        os._exit(code if isinstance(code, int) else int(code is not None))


def load() -> None:
    """Loads what commands load, and makes a graph and a page: rules, shapes, templates are read.

    What an extra brings may be missing: who needs it is told so by the command.
    """
    import citypact
    from citypact.graph.build.build import make_graph
    from citypact.graph.pages.network.page import network_page
    from citypact.ontology.vocabulary import vocabulary
    from tests.sources.small import write_small

    sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]  # as `main` does
    for module in pkgutil.walk_packages(citypact.__path__, "citypact."):
        if module.name != "citypact.__main__":
            with suppress(ImportError):
                importlib.import_module(module.name)
    for name in LATE:
        with suppress(ImportError):
            importlib.import_module(name)
    vocabulary()
    with tempfile.TemporaryDirectory() as folder:
        network_page(make_graph(write_small(Path(folder))))
    _read_package()
    gc.freeze()  # or each fork would copy what it only looks at


def _read_package() -> None:
    """Reads what imports and new projects know of the package, which no test changes."""
    from citypact import projects
    from citypact.sources import PACKAGED
    from citypact.sources.twins import known_places

    for module, name in ((projects, "load_sources"), (known_places, "load_entities")):
        read = cache(getattr(module, name))
        read(PACKAGED)
        setattr(module, name, read)
