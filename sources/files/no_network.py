"""Cuts a process off from the network, for good: what it runs then reaches nothing.

Linux lets any process refuse its own system calls (seccomp): after `cut_off` it can open no socket,
whatever runs in it, nor what it becomes. Other systems have nothing of the kind without privileges.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""What the kernel calls each machine."""
_CALLS = {
    "x86_64": {"socket": 41, "connect": 42, "seccomp": 317},
    "aarch64": {"socket": 198, "connect": 203, "seccomp": 277},
}
"""The numbers of system calls on each machine."""
_NO_NEW_PRIVILEGES, _FILTER, _ALL_THREADS = 38, 1, 1
_ALLOW, _REFUSE, _END = 0x7FFF0000, 0x00050000 | errno.EACCES, 0x80000000
_LOAD, _EQUAL, _ATLEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_OTHER_CALLS = 0x40000000
"""The number with which the calls of another convention (x32) begin."""


def cut_off(call: str = "socket") -> bool:
    """Takes the network from this process and its threads; gives whether the system could.

    call: what is refused from now on: `socket`, or `connect`, after which it can still be asked.
    """
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _CALLS or sys.maxsize < 2**32:
        return False
    calls = _CALLS[machine]
    program = b"".join(
        struct.pack("HBBI", *step)
        for step in (
            (_LOAD, 0, 0, 4),  # the architecture of the call
            (_EQUAL, 1, 0, _ARCHITECTURES[machine]),
            (_RETURN, 0, 0, _END),
            (_LOAD, 0, 0, 0),  # its number
            (_ATLEAST, 1, 0, _OTHER_CALLS),
            (_EQUAL, 0, 1, calls[call]),
            (_RETURN, 0, 0, _REFUSE),
            (_RETURN, 0, 0, _ALLOW),
        )
    )
    steps = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: how many steps, and where they are
    filter_ = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(steps))
    )
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return not libc.syscall(calls["seccomp"], _FILTER, _ALL_THREADS, filter_)


__all__ = ["cut_off"]
