"""What the benchmarks share: processes and work that are timed, figures that are judged."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds on the wall and of CPU (user and system), peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def citypact(*arguments: str | Path) -> Cost:
    """Runs a command of ours in a process of its own. Ends the program where it fails."""
    return python("-m", "citypact", *arguments)


def python(*arguments: str | Path) -> Cost:
    """Runs Python in a process of its own. Ends the program where it fails."""
    return run(sys.executable, *arguments)


def run(*words: str | Path) -> Cost:
    """Runs a program in a process of its own. Ends this one where it fails."""
    command = list(map(str, words))
    # What is installed is compiled once: whoever forbids that has each process do it again.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    memory = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    return Cost(wall, usage.ru_utime + usage.ru_stime, memory)


def before(*arguments: str | Path) -> Cost | None:
    """Runs a command of version 0.1.0; None where CITYPACT_BEFORE names no Python that has it."""
    older = os.environ.get("CITYPACT_BEFORE")
    return run(older, "-I", "-m", "citypact", *arguments) if older else None  # not the one here


def median(costs: Iterable[Cost]) -> Cost:
    """The median of each figure."""
    figures = zip(*((cost.wall, cost.cpu, cost.memory) for cost in costs), strict=True)
    return Cost(*map(statistics.median, figures))


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds of a piece of work."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def verdict(is_kept: bool) -> str:
    """How a limit is reported."""
    return "kept" if is_kept else "MISSED"
