"""`citypact analyse`: of the package, as a first look, and of the world's links.

Version 0.1.0 is the peer where CITYPACT_BEFORE names a Python in which it is installed; it runs in
a folder of its own. Without it, seconds of CPU that were measured with it stand for it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.processes import Cost, before, citypact, median, verdict
from benchmarks.world import world_list

CHAPTERS = (
    "structure", "null-models", "communities", "groups", "topics", "chronology", "brokerage",
    "geography", "prediction", "missing",
)  # fmt: skip
"""The chapters that version 0.1.0 has."""
BEFORE = {"report": 160.0, "world": 1490.0}
"""Seconds of CPU that version 0.1.0 takes, on two shared cores."""
SHARES = {"report": 1 / 3, "world": 1 / 5}
QUICK = 15.0
WORLD = ("--network", "cities", "--draws", "20")


def main() -> bool:
    """Prints CPU, time and memory of each report and its ratio; True where the limits are kept.

    The whole report has chapters that version 0.1.0 does not have, so that its limit is kept or
    missed by the chapters that both have. Each is made once, as it takes minutes, but for the first
    look: that is the median of three.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        citypact("build", "--out", folder / "build")
        store = ("--store", folder / "build")
        whole = citypact("analyse", *store, "--out", folder / "whole")
        show("the whole report", whole)
        both = citypact("analyse", *store, "--only", ",".join(CHAPTERS), "--out", folder / "both")
        show("the chapters of version 0.1.0", both)
        kept = [judge("report", both.cpu, earlier(folder))]
        look = median(
            citypact("analyse", *store, "--quick", "--out", folder / f"quick-{at}")
            for at in range(3)
        )
        show("a first look", look)
        kept.append(look.cpu <= QUICK)
        print(f"  limit {QUICK:.0f} s of CPU {verdict(kept[-1])}", flush=True)
        kept.append(world(folder))
    print()
    return all(kept)


def world(folder: Path) -> bool:
    """The report of a build with all links of the world."""
    found = world_list()
    links, cities = found.write(folder, len(found.links))
    data = folder / "data"
    citypact("import", "twins", "--edges", links, "--cities", cities, "--data", data,
             "--name", "world")  # fmt: skip
    citypact("build", "--data", data, "--import", "world", "--out", folder / "world-build")
    cost = citypact("analyse", "--store", folder / "world-build", *WORLD, "--out", folder / "world")
    show(f"the report of the world's links ({found.origin})", cost)
    return judge("world", cost.cpu, BEFORE["world"])


def earlier(folder: Path) -> float:
    """Seconds of CPU of the whole report of version 0.1.0, or what was measured once."""
    store = folder / "before-build"
    before("build", "--out", store)
    cost = before("analyse", "--store", store, "--out", folder / "before")
    if not cost:
        return BEFORE["report"]
    show("the whole report of version 0.1.0", cost)
    return cost.cpu


def show(name: str, cost: Cost) -> None:
    """Prints what a report took."""
    print(f"{name}: {cost.cpu:.1f} s of CPU, {cost.wall:.1f} s, {cost.memory:.0f} MB", flush=True)


def judge(name: str, cpu: float, older: float) -> bool:
    """Prints the ratio to version 0.1.0; True where the limit is kept."""
    share = cpu / older
    print(
        f"  {share:.2f} times version 0.1.0 ({older:.0f} s); limit {SHARES[name]:.2f} "
        f"{verdict(share <= SHARES[name])}",
        flush=True,
    )
    return share <= SHARES[name]


if __name__ == "__main__":
    sys.exit(not main())
