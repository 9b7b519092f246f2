"""`citypact publish` of the packaged graph and of copies of it up to some ten thousand things."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.copies import write_copies
from benchmarks.processes import citypact, verdict

TIMES = (1, 2, 5)
"""How often the packaged graph stands in the graphs that are published."""
PAGES_A_SECOND, LINEAR = 200, 1.25
"""Pages a CPU second, and how much a page of the largest may take of one of the smallest."""


def main() -> bool:
    """Prints a row a size; True where the limits are kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        citypact("build", "--out", folder / "build")
        source = folder / "build" / "graph.nq"
        own = sum(1 for _ in source.open("rb"))
        print(f"{'quads':>10}{'pages':>9}{'CPU':>12}{'pages a second':>17}{'memory':>12}")
        costs = []
        for times in TIMES:
            copies = folder / f"{times}.nq"
            write_copies(source, copies, own * times)
            citypact("load", copies, "--out", folder / f"store-{times}")
            site = folder / f"site-{times}"
            cost = citypact("publish", site, "--store", folder / f"store-{times}")
            pages = sum(1 for _ in site.rglob("*.html"))
            costs.append(cost.cpu / pages)
            print(
                f"{own * times:>10,}{pages:>9,}{cost.cpu:>10.1f} s{pages / cost.cpu:>17.0f}"
                f"{cost.memory:>9.0f} MB",
                flush=True,
            )
    speed, growth = 1 / max(costs), costs[-1] / costs[0]
    kept = (speed >= PAGES_A_SECOND, growth <= LINEAR)
    print(
        f"publish: {speed:.0f} pages a CPU second at least; limit {PAGES_A_SECOND} "
        f"{verdict(kept[0])}; a page of the largest takes {growth:.2f} times that of the smallest; "
        f"limit {LINEAR} {verdict(kept[1])}\n",
        flush=True,
    )
    return all(kept)


if __name__ == "__main__":
    sys.exit(not main())
