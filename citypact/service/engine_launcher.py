"""Starts a program that ends with its parent, has limits, and opens no connection of its own.

    python -I -S engine_launcher.py PARENT BYTES PROGRAM [ARGUMENT …]

On Linux this process becomes the program: the kernel ends it with its parent, limits its memory
and refuses every connect(), so that it answers whoever asks and reaches nobody. Elsewhere this
process stays, and ends the program when its standard input, a pipe of the parent, is closed.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import subprocess
import sys

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_CONNECT = {"x86_64": (0xC000003E, 42), "aarch64": (0xC00000B7, 203)}
"""By machine: what the kernel calls its architecture, and the number of connect() there."""


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def main() -> None:
    parent, memory, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    _limit(memory)
    if not sys.platform.startswith("linux"):
        _run_while_parent_lives(program)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the kernel was told
        sys.exit(1)
    _refuse_connections(libc)
    os.execv(program[0], program)


def _limit(memory: int) -> None:
    """QueryLimits the memory that the program may take for itself, where the system can (Linux)."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse_connections(libc: ctypes.CDLL) -> None:
    """Lets connect() fail from now on; a kernel without seccomp goes on without it."""
    known = _CONNECT.get(platform.machine())
    if known is None:
        return
    architecture, connect = known
    steps = (
        (_LOAD, 0, 0, 4),  # the architecture of the call
        (_JUMP_IF_EQUAL, 0, 3, architecture),
        (_LOAD, 0, 0, 0),  # its number
        (_JUMP_IF_EQUAL, 0, 1, connect),
        (_RETURN, 0, 0, _ERRNO | errno.EACCES),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    rules = _Filter(len(steps), ctypes.addressof(code))
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(rules), 0, 0)


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
