"""`citypact import twins` and `citypact build --import` with more and more links of the world."""

from __future__ import annotations

import json
import math
import statistics
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import Cost, citypact, median, verdict
from benchmarks.world import WorldList, world_list

SIZES = (1_000, 2_500, 5_000, 10_000, 25_000)
SECONDS, MEMORY, EXPONENT = 60, 1500, 1.15
REPEATED = 2_500
"""Up to this size the medians of three runs are taken: they are compared with a build without."""


@dataclass(frozen=True)
class Step:
    """A size and its costs: import and build together, and that of the build without an import.

    `cpu` is what the links cost, without the build that there is without them.
    """

    links: int
    cities: int
    facts: int
    wall: float
    memory: float
    cpu: float


def main(plot: Path | None = None) -> bool:
    """Prints a row a size, and the exponent of growth; True where the limits are kept.

    With `plot` the growth is drawn there too, as SVG.
    """
    world = world_list()
    print(f"links of the world ({world.origin})")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "alone"
        alone = median([citypact("build", "--out", out) for _ in range(3)])
        print(f"{'without':>8}{'':>34}{alone.wall:>10.1f} s{alone.memory:>8.0f} MB")
        print(f"{'links':>8}{'cities':>9}{'facts':>10}{'wall':>15}", end="")
        print(f"{'memory':>19}{'CPU of links':>15}{'a 1,000':>12}")
        steps = []
        for size in SIZES:
            steps.append(one(world, size, Path(folder), alone.cpu))
            print_step(steps[-1])
    exponent = slope(steps)
    last = steps[-1]
    kept = (last.wall <= SECONDS, last.memory <= MEMORY, exponent <= EXPONENT)
    print(
        f"growth: {last.links:,} links in {last.wall:.1f} s and {last.memory:.0f} MB; limits "
        f"{SECONDS} s {verdict(kept[0])}, {MEMORY} MB {verdict(kept[1])}; "
        f"CPU grows with the power {exponent:.2f} of the links; "
        f"limit {EXPONENT} {verdict(kept[2])}\n",
        flush=True,
    )
    if plot:
        draw(steps, exponent, plot)
        print(f"drawn: {plot}\n")
    return all(kept)


def one(world: WorldList, size: int, folder: Path, alone: float) -> Step:
    """Imports and builds one size."""
    out = folder / "build"
    links, cities = world.write(folder, size)
    costs = []
    for _ in range(3 if size <= REPEATED else 1):
        given = ("--edges", links, "--cities", cities, "--data", folder / "data")
        read = citypact("import", "twins", *given, "--name", "world", "--replace")
        made = citypact("build", "--data", folder / "data", "--import", "world", "--out", out)
        costs.append(
            Cost(read.wall + made.wall, read.cpu + made.cpu, max(read.memory, made.memory))
        )
    cost = median(costs)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    counts = [len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in (links, cities)]
    return Step(*counts, summary["facts"], cost.wall, cost.memory, cost.cpu - alone)


def slope(steps: list[Step]) -> float:
    """The power of the number of links with which CPU grows: least squares of the logarithms."""
    points = [(math.log(step.links), math.log(step.cpu)) for step in steps]
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def print_step(step: Step) -> None:
    """Prints a row."""
    print(
        f"{step.links:>8,}{step.cities:>9,}{step.facts:>10,}{step.wall:>13.1f} s"
        f"{step.memory:>16.0f} MB{step.cpu:>13.1f} s{step.cpu / step.links * 1e3:>10.2f} s",
        flush=True,
    )


def draw(steps: list[Step], exponent: float, path: Path) -> None:
    """Draws the growth on logarithmic axes, beside a straight line, as SVG."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    style = {"svg.hashsalt": "citypact", "svg.fonttype": "none", "font.family": "sans-serif"}
    with rc_context(style):
        figure = Figure(figsize=(7, 4.2), layout="constrained")
        axes = figure.add_subplot()
        sizes = [step.links for step in steps]
        each = steps[-1].cpu / steps[-1].links
        line = {"color": "#9a9a9a", "linestyle": "--", "linewidth": 1.2}
        axes.loglog(sizes, [each * size for size in sizes], label="linear 선형", **line)
        measured = f"measured 측정 (power 지수 {exponent:.2f})"
        axes.loglog(sizes, [s.cpu for s in steps], "o-", color="#1f5fa8", label=measured)
        for step in steps:
            axes.annotate(
                f"{step.cpu:.1f} s",
                (step.links, step.cpu),
                textcoords="offset points",
                xytext=(6, -12),
            )
        axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
        axes.set_yticks([1, 3, 10, 30], ["1", "3", "10", "30"])
        axes.minorticks_off()
        axes.set_xlabel("links 자매결연")
        axes.set_ylabel("CPU seconds 초")
        axes.set_title(
            "Import and build, without the cost of the packaged graph\n"
            "가져오기와 구축에 더 드는 시간"
        )
        axes.grid(color="#e4e4e4")
        axes.legend(frameon=False)
        with warnings.catch_warnings():
            # Text stays text in the file; that our own fonts lack Hangul does not matter.
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            figure.savefig(path, format="svg", metadata={"Date": None})


if __name__ == "__main__":
    sys.exit(not main())
