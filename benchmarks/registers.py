"""`citypact build` with registers: beside a bulk load and shapes alone, and as records grow."""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path

from benchmarks.processes import Cost, before, citypact, median, python, verdict
from citypact.sources import HUBS, PACKAGED

RUNS = 3
BEFORE, HALF = 25.0, 0.5
"""Seconds of CPU of version 0.1.0 with its registers, on two shared cores, and the share aimed at;
the registers have grown since."""
PEER = """
import sys
from pathlib import Path
import pyoxigraph as ox
from citypact.graph.build.shacl import engine, results
from citypact.ontology import folder

graph, place = sys.argv[1:]
store = ox.Store(place)
store.bulk_load(path=graph, format=ox.RdfFormat.N_QUADS)
store.flush()
facts = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
triples = [(quad.subject, quad.predicate, quad.object) for quad in facts]
results(triples, (folder() / "shapes.ttl").read_text(encoding="utf-8"), engine())
"""
"""What a build with so many quads could not do without."""


def main() -> bool:
    """Prints medians of CPU and their ratios; True where the limits are kept.

    The builds of the documents alone, of the package and with the registers of 36 hubs take turns
    with the peer. CPU may grow by no more than the rows of the registers do.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        script = folder / "peer.py"
        script.write_text(PEER, encoding="utf-8")
        costs: dict[str, list[Cost]] = {}
        for number in range(RUNS):
            steps = {
                "documents": citypact("build", "--records-only", "--out", folder / "documents"),
                "package": citypact("build", "--out", folder / "package"),
                "peer": python(script, folder / "package" / "graph.nq", folder / f"peer-{number}"),
                "hubs": citypact("build", "--hubs", "--out", folder / "hubs"),
            }
            if older := before("build", "--out", folder / "before"):
                steps["before"] = older
            for step, cost in steps.items():
                costs.setdefault(step, []).append(cost)
        quads = {
            build: sum(1 for _ in (folder / build / "graph.nq").open("rb"))
            for build in ("documents", "package", "hubs")
        }
    cpu = {step: median(runs).cpu for step, runs in costs.items()}
    for build, number in quads.items():
        print(f"build, {build}: {cpu[build]:.1f} s of CPU, {number:,} quads")
    print(
        f"  {cpu['package'] / cpu['peer']:.1f} times a bulk load of the same quads and the shapes "
        f"alone ({cpu['peer']:.1f} s); each further 100,000 quads take "
        + ", ".join(
            f"{1e5 * (cpu[more] - cpu[less]) / (quads[more] - quads[less]):.1f} s up to {more}"
            for less, more in (("documents", "package"), ("package", "hubs"))
        )
    )
    earlier = cpu.get("before", BEFORE)
    half = cpu["package"] / earlier
    rows = (register_rows(PACKAGED) + register_rows(HUBS)) / register_rows(PACKAGED)
    grown = cpu["hubs"] / cpu["package"]
    print(
        f"registers: {half:.2f} times version 0.1.0 ({earlier:.1f} s); limit {HALF} "
        f"{verdict(half <= HALF)}\n"
        f"hubs: {grown:.2f} times the build of the package; limit {rows:.2f}, as the rows grow, "
        f"{verdict(grown <= rows)}\n",
        flush=True,
    )
    return half <= HALF and grown <= rows


def register_rows(project: Path) -> int:
    """The rows of all registers of a project."""
    return sum(
        sum(1 for _ in csv.reader(path.open(encoding="utf-8", newline=""))) - 1
        for path in (project / "registers").glob("*.csv")
    )


if __name__ == "__main__":
    sys.exit(not main())
