"""Work in parts on the cores of this machine: processes next to the one that asks."""

from __future__ import annotations

import os
import pickle
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Lock, Thread
from typing import Any, TypeVar

from citypact.graph.analysis.shared_results import shared_results
from citypact.sources.files.garbage import collecting_seldom
from citypact.sources.files.own_process import start_module

Argument = TypeVar("Argument")
Item = TypeVar("Item")
Result = TypeVar("Result")

LONG = 8
"""Seconds of work, done and left, from which other cores help: they take two to begin."""
SHORT = 0.25
"""Seconds of work that are left from which a process that has begun already helps."""

_one_at_a_time = Lock()
"""igraph has one generator of random numbers a process: two threads must not draw from it at once.
"""


def in_parts(
    function: Callable[[Argument, Item], Result],
    argument: Argument,
    parts: Sequence[list[Item]],
    progress: Callable[[int], None] = lambda done: None,
) -> list[Result]:
    """The results of `function(argument, item)` in the order of the items, on all cores.

    function: depends on nothing else, so that the results are the same on any number of cores.
    What cannot be pickled is worked through here alone. parts: a process takes one at a time, and
    other cores help where the first ones show that it takes long. progress: takes how many items
    are done. Raises what the function raises.

    >>> in_parts(divmod, 7, [[2, 3], [4]])
    [(3, 1), (2, 1), (1, 3)]
    """
    found: dict[int, list[Result]] = {}
    left = deque(enumerate(parts))
    helpers: list[_Helper] = []
    begin = now = time.monotonic()
    with kept_workers() as workers:
        try:
            while following := _next(left):
                at, part = following
                found[at] = done(function, argument, part)
                if not helpers:
                    before, now = now, time.monotonic()
                    if workers.may_help(now - begin, (now - before) * len(left)):
                        helpers = [
                            _Helper(workers, function, argument, left, found)
                            for _ in range(min(_cores() - 1, len(left)))
                        ]
                progress(sum(map(len, found.copy().values())))
            for helper in helpers:
                helper.join()
        finally:
            for helper in helpers:
                helper.end()
            workers.spent += time.monotonic() - begin
    for at, part in enumerate(parts):  # what a helper did not bring
        if at not in found:
            found[at] = done(function, argument, part)
    return [each for at in range(len(parts)) for each in found[at]]


def done(function: Callable[[Any, Any], Result], argument: Any, part: list[Any]) -> list[Result]:
    """The results of a function for some items, in this process."""
    with _one_at_a_time, collecting_seldom(), shared_results():
        return [function(argument, item) for item in part]


def _next(left: deque[tuple[int, list[Item]]]) -> tuple[int, list[Item]] | None:
    """Takes the next part, for which another thread may reach at the same moment."""
    try:
        return left.popleft()
    except IndexError:
        return None


def _cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class _Worker:
    """A process that works for this one.

    A process of our own instead of multiprocessing, which needs a main module that can be imported,
    and none where functions cannot be pickled.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] = start_module(
            "citypact.graph.analysis.worker", is_apart=True
        )

    def ask(self, request: bytes) -> Any:
        """The answer to a pickled request. Raises RuntimeError where the work failed."""
        process = self._process
        assert process.stdin and process.stdout
        process.stdin.write(request)
        process.stdin.flush()
        is_done, answer = pickle.load(process.stdout)
        if not is_done:
            raise RuntimeError(answer)
        return answer

    def kill(self) -> None:
        """Ends the process at once; whoever waits for its answer gets an error."""
        self._process.kill()

    def end(self) -> None:
        """Ends the process, for which nobody waits."""
        process = self._process
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
        process.wait()


class _KeptWorkers:
    """The processes that wait for work, and the seconds that work has taken so far."""

    def __init__(self) -> None:
        self.idle: list[_Worker] = []
        self.spent = 0.0

    def may_help(self, took: float, left: float) -> bool:
        """Whether other processes save time."""
        return left > SHORT if self.idle else left > SHORT and self.spent + took + left > LONG

    def end(self) -> None:
        """Ends the processes."""
        while self.idle:
            self.idle.pop().end()


_kept: ContextVar[_KeptWorkers | None] = ContextVar("_kept", default=None)


@contextmanager
def kept_workers() -> Iterator[_KeptWorkers]:
    """Within it, processes that have helped wait for the next work; they end with it.

    Much short work one after the other, as of a report, so has both cores as well.
    """
    if known := _kept.get():
        yield known
        return
    workers = _KeptWorkers()
    token = _kept.set(workers)
    try:
        yield workers
    finally:
        _kept.reset(token)
        workers.end()


class _Helper(Thread):
    """Has a process work through parts that are left. What goes wrong is left to the asker."""

    def __init__(
        self,
        workers: _KeptWorkers,
        function: Callable[[Any, Any], Any],
        argument: Any,
        left: deque[tuple[int, list[Any]]],
        found: dict[int, list[Any]],
    ) -> None:
        super().__init__(daemon=True)
        self._workers, self._work = workers, (function, argument)
        self._left, self._found = left, found
        self._worker: _Worker | None = None
        self.start()

    def run(self) -> None:
        try:
            work = pickle.dumps(("work", self._work))
        except Exception:
            return
        worker = None
        try:
            worker = self._worker = self._waiting() or _Worker()
            worker.ask(work)
            while following := _next(self._left):
                at, part = following
                self._found[at] = worker.ask(pickle.dumps(("part", part)))
            self._workers.idle.append(worker)
        except Exception:
            if worker:
                worker.end()

    def _waiting(self) -> _Worker | None:
        try:
            return self._workers.idle.pop()
        except IndexError:
            return None

    def end(self) -> None:
        """Ends the process if it still works."""
        self._left.clear()
        if self.is_alive() and self._worker:
            self._worker.kill()
        self.join()


__all__ = ["done", "in_parts", "kept_workers"]
