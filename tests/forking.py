"""Runs commands in forks of a process that has loaded Citypact.

To start Python and load the libraries takes longer than most commands. A fork is as far apart as
any process (memory, working folder, environment, signals, exit code) and has them loaded already.
The process that forks opens no store and starts no thread: what is forked has all it needs.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import pkgutil
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
        with self._lock, tempfile.TemporaryDirectory() as kept:
            files = [f"{kept}/{name}" for name in ("out", "err")]
            connection = self._connection or self._start()
            connection.send(Task(arguments, dict(environment), str(folder), *files))
            code: int = connection.recv()
            return code, *(Path(file).read_bytes() for file in files)

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
    """Forks for each task that comes over the socket of this number, until that is closed."""
    from citypact.commands import main

    load()
    connection = Connection(number)
    while True:
        try:
            task: Task = connection.recv()
        except EOFError:
            return
        child = os.fork()
        if not child:
            connection.close()
            become(task)
            end(main)
        connection.send(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def become(task: Task) -> None:
    """Makes this process one that was started for the task."""
    for place, path in ((1, task.out), (2, task.err)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, place)
        os.close(opened)
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
    """Loads what commands load, and what a graph's rules are made of."""
    import pyoxigraph as ox

    import citypact
    from citypact.graph.build.rules import derive
    from citypact.ontology.vocabulary import vocabulary

    sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]  # as `main` does
    for module in pkgutil.walk_packages(citypact.__path__, "citypact."):
        if module.name != "citypact.__main__":
            importlib.import_module(module.name)
    for name in LATE:
        importlib.import_module(name)
    derive(ox.Store())
    vocabulary()
    gc.freeze()  # or each fork would copy what it only looks at
