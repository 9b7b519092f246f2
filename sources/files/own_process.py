"""Processes of our own that may die: what takes apart the files of strangers runs in one.

They speak JSON, or bytes behind their number: a pickle of a hostile file would be executed here.
"""

from __future__ import annotations

import os
import struct
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from citypact.ontology.errors import Message

if TYPE_CHECKING:
    import subprocess

_PARENT = "CITYPACT_PARENT"
"""The variable that tells a process the number of its parent, which may be gone when it begins."""


def start_module(module: str, *arguments: str, is_apart: bool = False) -> subprocess.Popen[bytes]:
    """Starts a module of this package as a process; standard input and output are pipes.

    is_apart: in a session of its own, so that Ctrl-C is answered by the one that asks.
    """
    import subprocess  # for those who start one alone

    command, environment = module_command(module, *arguments)
    environment[_PARENT] = str(os.getpid())
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=is_apart,
        env=environment,
    )


def module_command(module: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """The command that runs a module of this package, and its environment."""
    # The package may have been found by a path that only this process has; the folders of a
    # user's scripts are left out, whose modules may have the names of others.
    package = str(Path(__file__).absolute().parents[3])
    paths = [*os.environ.get("PYTHONPATH", "").split(os.pathsep), package]
    # -P: no module of the folder in which a user works is taken for one of ours
    command = [sys.executable, "-P", "-m", module, *arguments]
    return command, {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def end_with_parent() -> None:
    """Ends a process of `start_module` within a second of its parent, whatever it does then.

    Between two tasks the end of standard input says so; a query that never ends would run on.
    """
    parent = os.environ[_PARENT]

    def watch() -> None:
        while str(os.getppid()) == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def write_message(stream: Any, data: bytes) -> None:
    """Write bytes behind their number."""
    stream.write(struct.pack(">Q", len(data)))
    stream.write(data)
    stream.flush()


def read_message(stream: Any) -> bytes | None:
    """The bytes that `write_message` wrote; None where the stream has ended."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    (length,) = struct.unpack(">Q", head)
    data: bytes = stream.read(length)
    return data if len(data) == length else None


def message_to_json(message: str) -> Any:
    """A message with its template, so that it can still be translated on the other side."""
    values = {
        name: message_to_json(value)
        if isinstance(value, Message)
        else value
        if isinstance(value, int | float)
        else str(value)
        for name, value in getattr(message, "values", {}).items()
    }
    return {"template": getattr(message, "template", str(message)), "values": values}


def message_from_json(values: Any) -> Message:
    """The message that `message_to_json` wrote."""
    filled = {
        name: message_from_json(value) if isinstance(value, dict) else value
        for name, value in values["values"].items()
    }
    return Message(values["template"], **filled)


def memory_of_machine() -> int:
    """Bytes of memory that the machine has; 0 where it doesn't say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 0


def memory_of(process: int | None = None) -> int:
    """Bytes of memory that a process (this one, if None) uses now; 0 if the system doesn't say.

    Linux tells it of any process; elsewhere it is the most so far, of this process alone.
    """
    try:
        statm = Path(f"/proc/{process or 'self'}/statm").read_text()
        return int(statm.split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        pass
    if process is not None:
        return 0
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


__all__ = [
    "end_with_parent",
    "memory_of",
    "memory_of_machine",
    "message_from_json",
    "message_to_json",
    "read_message",
    "start_module",
    "write_message",
]
