"""`citypact query` as a whole process against pyoxigraph alone with the same question, in turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.processes import citypact as process
from benchmarks.processes import python, verdict

QUESTION = ("agreements-of-city", "--city", "Seoul")
LIMITS = {"": 2.0, "--why": 4.0}
RUNS = 9
ALONE = """
import sys
import pyoxigraph

store = pyoxigraph.Store.read_only(sys.argv[1])
for row in store.query(open(sys.argv[2], encoding="utf-8").read()):
    str(row)
"""


def main() -> bool:
    """Prints medians of CPU and their ratios; True where the limits are kept.

    Bytecode is kept in a folder of the benchmark's, as it is wherever Python may write it.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["PYTHONPYCACHEPREFIX"] = str(place / "bytecode")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        build, text, alone = place / "build", place / "question.rq", place / "alone.py"
        process("build", "--out", build)
        shown = [sys.executable, "-m", "citypact", "query", *QUESTION, "--store", build, "--show"]
        text.write_bytes(subprocess.run(shown, check=True, capture_output=True).stdout)
        alone.write_text(ALONE, encoding="utf-8")
        commands = {
            "alone": lambda: python(alone, build / "store", text),
            "": lambda: process("query", *QUESTION, "--store", build),
            "--why": lambda: process("query", *QUESTION, "--store", build, "--why"),
        }
        for command in commands.values():
            command()  # so that all files are in memory
        runs = [[command().cpu for command in commands.values()] for _ in range(RUNS)]
    medians = dict(zip(commands, map(statistics.median, zip(*runs, strict=True)), strict=True))
    print(f"pyoxigraph alone with the same question: {medians['alone'] * 1e3:.0f} ms of CPU")
    kept = True
    for option, limit in LIMITS.items():
        ratio = medians[option] / medians["alone"]
        kept &= ratio <= limit
        name = " ".join(filter(None, ("citypact query", *QUESTION, option)))
        print(
            f"{name}: {medians[option] * 1e3:.0f} ms, {ratio:.2f} times; "
            f"limit {limit} {verdict(ratio <= limit)}"
        )
    print()
    return kept


if __name__ == "__main__":
    sys.exit(not main())
