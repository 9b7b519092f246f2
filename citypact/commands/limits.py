"""Limits for work that may never end: the process ends with one line, and the machine is free."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator

from citypact.ontology.errors import Message
from citypact.sources.files.own_process import memory_of, memory_of_machine
from citypact.terminal import print_message
from citypact.translation import translated

INTERVAL = 0.1
"""Seconds between two looks at the clock and the memory."""


@contextlib.contextmanager
def limited(seconds: int, step: Callable[[Message], None] = lambda message: None) -> Iterator[None]:
    """Ends the process where the block takes more than so many seconds, or too much memory.

    For work that only reads, in an engine that Python cannot interrupt. Memory: half of what the
    machine has. step: is given a message of the time every second. 0 seconds: no end to the time.
    """
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(ended, seconds, step), daemon=True)
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join()


def _watch(ended: threading.Event, seconds: int, step: Callable[[Message], None]) -> None:
    begin, allowed, last = time.monotonic(), memory_of_machine() // 2, 0
    while not ended.wait(INTERVAL):
        passed = int(time.monotonic() - begin)
        if seconds and passed >= seconds:
            _end(
                Message(
                    "the query was ended after {seconds} s\n"
                    "    -> ask for less, or allow more time with --timeout",
                    seconds=seconds,
                )
            )
        if allowed and memory_of() > allowed:
            _end(
                Message(
                    "the query was ended since it took more than {size} MB of memory\n"
                    "    -> ask for less: fewer variables, a LIMIT within the patterns",
                    size=allowed // 1_000_000,
                )
            )
        if passed > last:
            last = passed
            step(Message("asking the graph, {passed} s", passed=passed))


def _end(message: Message) -> None:
    try:
        if sys.stderr.isatty():
            sys.stderr.write("\x1b[?25h\r\x1b[K")  # the cursor, which the bar hides
        print_message(translated(Message("Error: {message}", message=message)))
        sys.stderr.flush()
    finally:
        os._exit(1)  # also where the terminal has gone, so that nobody can be told
