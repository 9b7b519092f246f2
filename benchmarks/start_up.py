"""`citypact --help` against `python -c "import click"`: whole processes, taken in turns."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

LIMIT = 2.5
RUNS = 15


def seconds(command: list[str]) -> float:
    """Wall seconds of one process."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begin


def main() -> bool:
    """Prints the ratio of medians; True where the limit is kept."""
    program = str(Path(sys.executable).with_name("citypact"))
    ours, theirs = [program, "--help"], [sys.executable, "-c", "import click"]
    for command in (ours, theirs):
        seconds(command)
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(RUNS)]
    our, their = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = our / their
    print(
        f"start-up: citypact --help {our * 1e3:.0f} ms, import click {their * 1e3:.0f} ms: "
        f"{ratio:.2f} times (limit {LIMIT})"
    )
    return ratio <= LIMIT


if __name__ == "__main__":
    sys.exit(not main())
