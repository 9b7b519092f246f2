"""Reads files that others wrote, none of them without end."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from citypact.ontology.errors import Message

BLOCK = 1 << 20


def read_at_most(path: Path, most: int, *, is_named: bool = False) -> bytes:
    """The bytes of a file; of one with more than `most`, one more than these.

    is_named: a person named it, so it may be a pipe. In a folder that is read whole, a pipe or a
    device would keep us waiting. Raises OSError for these, and for what cannot be read.
    """
    if not is_named:
        refuse_devices(path)
    data = bytearray()
    with path.open("rb") as file:
        while len(data) <= most and (block := file.read(BLOCK)):
            data += block
    return bytes(data[: most + 1])


def refuse_devices(path: Path) -> None:
    """Raises OSError for a pipe or a device, and where nothing is."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise OSError(errno.EINVAL, Message("it is a pipe or a device"))


__all__ = ["read_at_most", "refuse_devices"]
