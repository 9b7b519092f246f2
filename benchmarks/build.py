"""CPU and peak memory of `citypact build` against rdflib reading what comes of it."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.processes import citypact, python, verdict

RATIO_LIMIT, MEMORY_LIMIT = 4.0, 300
RUNS = 5
READ = "import sys, rdflib; rdflib.Dataset().parse(sys.argv[1], format='nquads')"


def main() -> bool:
    """Prints every run and the medians; True where both limits are kept.

    The limits are those of the documents that are read in full; the build with registers is
    reported only. CPU seconds differ between machines, and on one machine by how busy it is. So
    both take turns: our build, and rdflib parsing the N-Quads file of that build. A build reads
    records, derives facts, lays out a page and writes four files and a store; it may take four
    times as long as reading one of them.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "build"
        citypact("build", "--records-only", "--out", out)
        pairs = [
            (
                citypact("build", "--records-only", "--out", out),
                python("-c", READ, out / "graph.nq"),
            )
            for _ in range(RUNS)
        ]
        whole = citypact("build", "--out", out)
    print(f"{'with registers':<42}{whole.cpu:>9.2f} s {whole.memory:>9.0f} MB")
    for number, (ours, rdflib) in enumerate(pairs, 1):
        name = f"build {number} (rdflib reads it in {rdflib.cpu:.2f} s)"
        print(f"{name:<42}{ours.cpu:>9.2f} s {ours.memory:>9.0f} MB")
    cpu = statistics.median(ours.cpu for ours, _ in pairs)
    ratio = statistics.median(ours.cpu / rdflib.cpu for ours, rdflib in pairs)
    memory = statistics.median(ours.memory for ours, _ in pairs)
    is_kept = ratio <= RATIO_LIMIT and memory <= MEMORY_LIMIT
    print(
        f"build: {cpu:.2f} s of CPU, {ratio:.2f} times as long as rdflib reads it, and "
        f"{memory:.0f} MB; limits {RATIO_LIMIT} times and {MEMORY_LIMIT} MB {verdict(is_kept)}\n"
    )
    return is_kept


if __name__ == "__main__":
    sys.exit(not main())
