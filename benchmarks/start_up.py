"""`citypact --help` against `python -c "import click"`: whole processes, taken in turns."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

LIMIT = 2.5
RUNS = 15


def seconds(command: list[str]) -> float:
    """Wall seconds of one process."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begin


def main() -> bool:
    """Prints both medians and their ratio; True where the limit is kept."""
    commands = {
        "citypact --help": [sys.executable, "-m", "citypact", "--help"],
        "import click": [sys.executable, "-c", "import click"],
    }
    for command in commands.values():
        seconds(command)  # so that all files are in memory
    runs = [[seconds(command) for command in commands.values()] for _ in range(RUNS)]
    medians = [statistics.median(column) for column in zip(*runs, strict=True)]
    for name, median in zip(commands, medians, strict=True):
        print(f"{name:<42}{median * 1e3:>9.0f} ms")
    ratio = medians[0] / medians[1]
    verdict = "kept" if ratio <= LIMIT else "MISSED"
    print(f"start-up: {ratio:.2f} times click alone; limit {LIMIT} {verdict}\n")
    return ratio <= LIMIT


if __name__ == "__main__":
    sys.exit(not main())
