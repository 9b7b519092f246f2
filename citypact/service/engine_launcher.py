"""Starts a program that ends with its parent, has limits, and opens no connection of its own.

    python -m citypact.service.engine_launcher PARENT BYTES PROGRAM [ARGUMENT …]

On Linux this process becomes the program: the kernel ends it with its parent, limits its memory
and refuses every connect(), so that it answers whoever asks and reaches nobody. Elsewhere this
process stays, and ends the program when its standard input, a pipe of the parent, is closed.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import sys

from citypact.sources.files.no_network import cut_off

_PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, memory, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    _limit(memory)
    if not sys.platform.startswith("linux"):
        _run_while_parent_lives(program)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the kernel was told
        sys.exit(1)
    cut_off("connect")  # a kernel without seccomp goes on without it
    os.execv(program[0], program)


def _limit(memory: int) -> None:
    """Limits the memory that the program may take for itself, where the system can (Linux)."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _run_while_parent_lives(program: list[str]) -> None:
    with subprocess.Popen(program, stdin=subprocess.DEVNULL) as started:
        signal.signal(signal.SIGTERM, lambda *_: started.kill())
        signal.signal(signal.SIGCHLD, lambda *_: os._exit(started.wait() and 1))
        while sys.stdin.buffer.read(65536):
            pass
        started.kill()
    sys.exit(1)


if __name__ == "__main__":
    main()
