"""CPU seconds and peak memory of `citypact build`: of the five documents, and with registers."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.processes import citypact, verdict

CPU_LIMIT, MEMORY_LIMIT = 5.0, 300
RUNS = 5


def main() -> bool:
    """Prints every run and the medians; True where both limits are kept.

    The limits are those of the documents that are read in full; registers are reported beside.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "build"
        costs = [citypact("build", "--records-only", "--out", out) for _ in range(RUNS)]
        whole = citypact("build", "--out", out)
    print(f"{'with registers':<42}{whole.cpu:>9.2f} s {whole.memory:>9.0f} MB")
    runs = [(cost.cpu, cost.memory) for cost in costs]
    for number, (cpu, memory) in enumerate(runs, 1):
        print(f"{f'build {number}':<42}{cpu:>9.2f} s {memory:>9.0f} MB")
    cpu, memory = (statistics.median(column) for column in zip(*runs, strict=True))
    is_kept = cpu <= CPU_LIMIT and memory <= MEMORY_LIMIT
    print(
        f"build: {cpu:.2f} s of CPU and {memory:.0f} MB; limits {CPU_LIMIT} s and "
        f"{MEMORY_LIMIT} MB {verdict(is_kept)}\n"
    )
    return is_kept


if __name__ == "__main__":
    sys.exit(not main())
