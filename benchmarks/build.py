"""CPU seconds and peak memory of `citypact build` on the packaged records."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

CPU_LIMIT, MEMORY_LIMIT = 5.0, 300
RUNS = 5


def one_build(folder: str) -> tuple[float, float]:
    """CPU seconds (user and system) and peak memory in MB of one build, its children included."""
    command = [sys.executable, "-m", "citypact", "build", "--out", str(Path(folder) / "build")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit("the build failed")
    memory = usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    return usage.ru_utime + usage.ru_stime, memory


def main() -> bool:
    """Prints every run and the medians; True where both limits are kept."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [one_build(folder) for _ in range(RUNS)]
    for number, (cpu, memory) in enumerate(runs, 1):
        print(f"{f'build {number}':<42}{cpu:>9.2f} s {memory:>9.0f} MB")
    cpu, memory = (statistics.median(column) for column in zip(*runs, strict=True))
    is_kept = cpu <= CPU_LIMIT and memory <= MEMORY_LIMIT
    print(
        f"build: {cpu:.2f} s of CPU and {memory:.0f} MB; limits {CPU_LIMIT} s and "
        f"{MEMORY_LIMIT} MB {'kept' if is_kept else 'MISSED'}\n"
    )
    return is_kept


if __name__ == "__main__":
    sys.exit(not main())
