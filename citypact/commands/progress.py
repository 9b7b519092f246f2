"""What long work shows: what is being done, of how many, the time left."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from citypact.ontology.errors import Message
from citypact.translation import translated

if TYPE_CHECKING:
    from rich.progress import Progress

PAUSE = 10.0
"""Seconds without a line before work that no terminal shows writes one."""


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Shows the steps of long work on standard error: on a terminal in place, else as plain lines.

    A step that is a message with `done` and `number` among its values gets a bar and the time that
    is left, next to the step before it; the bar goes when the work ends, also after Ctrl-C. Without
    a terminal, as in a log, a line is written every `PAUSE` seconds at most: short work is silent,
    and all work where the environment has CITYPACT_PROGRESS=0.
    """
    if not sys.stderr.isatty():
        is_silent = os.environ.get("CITYPACT_PROGRESS") == "0"
        yield (lambda step: None) if is_silent else _PlainLines().step
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
    )
    spinner = Progress(*columns[:2], console=Console(stderr=True), transient=True)
    bar = Progress(*columns, console=spinner.console, transient=True)
    shown = _Shown(spinner, bar)
    try:
        yield shown.step
    finally:
        shown.stop()


class _PlainLines:
    """Plain lines for a log: the step, and of counted work the time that is left at this pace."""

    def __init__(self) -> None:
        self._written = time.monotonic()
        self._before = ""
        self._first: tuple[float, int] | None = None

    def step(self, step: str) -> None:
        """Writes a step, where the last line is long enough ago."""
        now = time.monotonic()
        done, number = _counted(step)
        if number is None:
            self._before, self._first = translated(step), None
        elif self._first is None or done < self._first[1]:
            self._first = now, done
        if now - self._written < PAUSE:
            return
        parts = [self._before] if number is None else [self._before, translated(step)]
        if number is not None and self._first and done > self._first[1]:
            begun, first = self._first
            left = round((now - begun) * (number - done) / (done - first))
            parts.append(translated(Message("{time} left", time=f"{left // 60}:{left % 60:02}")))
        print(" · ".join(filter(None, parts)), file=sys.stderr, flush=True)
        self._written = now


class _Shown:
    """The line on the terminal: a spinner, or a bar while something is counted."""

    def __init__(self, spinner: Progress, bar: Progress) -> None:
        self._spinner, self._bar, self._now, self._before = spinner, bar, spinner, ""
        self._done = 0
        self._show("…", None)
        spinner.start()

    def step(self, step: str) -> None:
        """Shows a step."""
        done, number = _counted(step)
        if number is None:
            self._before = translated(step)
            self._change(self._spinner)
            self._show(f"{self._before} …", None)
            return
        if self._now is not self._bar or done < self._done:
            for task in self._bar.task_ids:
                self._bar.remove_task(task)
        self._change(self._bar)
        self._done = done
        self._show(" · ".join(filter(None, (self._before, translated(step)))), number, done)

    def _change(self, to: Progress) -> None:
        if to is not self._now:
            self._now.stop()
            self._now = to
            to.start()

    def _show(self, text: str, number: int | None, done: int = 0) -> None:
        if not self._now.task_ids:
            self._now.add_task(text, total=number)
        self._now.update(self._now.task_ids[0], description=text, total=number, completed=done)

    def stop(self) -> None:
        """Leaves the terminal as it was."""
        self._now.stop()


def _counted(step: str) -> tuple[int, int | None]:
    """How many are done of how many; nothing where a step is not counted."""
    values = step.values if isinstance(step, Message) else {}
    done, number = values.get("done"), values.get("number")
    return (done, number) if isinstance(done, int) and isinstance(number, int) else (0, None)


__all__ = ["progress"]
