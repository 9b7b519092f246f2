"""Work in Python that takes its time, in a few threads: the rest of the service goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio.to_thread

from citypact.service.errors import ServiceError

T = TypeVar("T")


class Workers:
    """Threads, at most so many at once; of those who wait, more than `waiting` are turned away."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._limiter = anyio.CapacityLimiter(at_once)
        self._waiting = waiting

    async def do(self, work: Callable[[], T]) -> T:
        """The result of some work. Raises ServiceError where too much waits to be done."""
        if self._limiter.statistics().tasks_waiting >= self._waiting:
            raise ServiceError(
                503,
                "too much is asked at this moment\n    -> try again in {seconds} s",
                retry=2,
                seconds=2,
            )
        return await anyio.to_thread.run_sync(work, limiter=self._limiter)


__all__ = ["Workers"]
