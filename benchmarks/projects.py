"""A project on top of the package: its build against the package's, and a large Excel form."""

from __future__ import annotations

import csv
import itertools
import statistics
import tempfile
from pathlib import Path

import openpyxl

from benchmarks.processes import Cost, citypact, verdict
from citypact.sources import PACKAGED

ROWS, SECONDS, TIMES = 5_000, 10, 1.2


def main() -> bool:
    """Prints both figures; True where the limits are kept.

    The project has the rows of two agreements; builds of it and of the package take turns, and the
    medians of five are compared in CPU (user and system). The form has 5,000 agreements of cities
    that the package knows, each with a source of its own, and is added once.
    """
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "busan"
        citypact("new", project, "--city", "Busan")
        fill(project / "two.xlsx", 2)
        citypact("add", project / "two.xlsx", "--project", project)
        alone, layered = [], []
        for _ in range(5):
            alone.append(citypact("build", "--out", Path(folder) / "alone").cpu)
            layered.append(citypact("build", "--project", project).cpu)
        times = statistics.median(layered) / statistics.median(alone)
        print(
            f"build of a project: {times:.2f} times that of the package; limit {TIMES} "
            f"{verdict(times <= TIMES)}"
        )
        fill(project / "many.xlsx", ROWS)
        added: Cost = citypact("add", project / "many.xlsx", "--project", project)
        print(
            f"a form of {ROWS:,} rows: {added.cpu:.1f} s of CPU, {added.memory:.0f} MB; limit "
            f"{SECONDS} s {verdict(added.cpu <= SECONDS)}\n"
        )
    return times <= TIMES and added.cpu <= SECONDS


def fill(path: Path, count: int) -> None:
    """Writes a form with so many agreements, announced so that no document needs a date."""
    citypact("new", path, "--form", "xlsx", "--language", "en")
    with (PACKAGED / "registers" / "cities.csv").open(encoding="utf-8", newline="") as file:
        cities = sorted({row["label.en"] for row in csv.DictReader(file)} - {""})
    pairs = itertools.islice(itertools.combinations(cities, 2), count)
    book = openpyxl.load_workbook(path)
    page = book["Agreements"]
    headings = [cell.value for cell in page[1]]
    for number, pair in enumerate(pairs, 2):
        row = {
            "Parties": "; ".join(pair),
            "Form": "Memorandum of understanding",
            "Signed on": f"{2000 + number % 20}-{number % 12 + 1:02}",
            "Status": "Announced",
            "Topics": "Tourism",
            "Source address": f"https://example.org/{number}",
        }
        for heading, value in row.items():
            page.cell(number, headings.index(heading) + 1, value)
    book.save(path)


if __name__ == "__main__":
    raise SystemExit(not main())
