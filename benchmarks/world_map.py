"""From opening the world map's page in Chromium to its first picture."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.processes import citypact, verdict
from benchmarks.world import world_list

CHROMIUM = Path("/usr/bin/chromium")
LAUNCH = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LIMIT, RUNS, LINKS = 3.0, 5, 25_000

WATCH = """
window.picture = new Promise(shown => {
  const nextFrame = then => requestAnimationFrame(then);
  for (const name of ["fill", "stroke"]) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...given) {
      // What is drawn in this frame is there to be seen when the next one has begun.
      if (!window.begun) nextFrame(() => nextFrame(() => shown(performance.now())));
      window.begun = true;
      return draw.apply(this, given);
    };
  }
});
"""
"""Notes when the first frame with something drawn on the canvas has been shown."""


def main() -> bool:
    """Prints the median of the first pictures; True where the limit is kept or nobody can look."""
    if not CHROMIUM.exists():
        print(f"map: not measured, there is no {CHROMIUM}\n")
        return True
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        page = make_page(Path(folder))
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=LAUNCH)
            runs = [first_picture(browser, page) for _ in range(RUNS + 1)][1:]
            browser.close()
        size = page.stat().st_size / 1e6
    median = statistics.median(runs)
    print(
        f"map: first picture of {size:.1f} MB after {median:.2f} s, {min(runs):.2f} to "
        f"{max(runs):.2f}; limit {LIMIT} s {verdict(median <= LIMIT)}\n",
        flush=True,
    )
    return median <= LIMIT


def make_page(folder: Path) -> Path:
    """The world map with all links of the list at hand."""
    links, cities = world_list().write(folder, LINKS)
    data, out, page = folder / "data", folder / "build", folder / "map.html"
    citypact(
        "import", "twins", "--edges", links, "--cities", cities, "--name", "world", "--data", data
    )
    citypact("build", "--data", data, "--import", "world", "--out", out)
    cost = citypact("draw", "--view", "map", "--store", out, "--out", page)
    print(f"citypact draw --view map: {cost.wall:.1f} s, {cost.memory:.0f} MB")
    return page


def first_picture(browser: Any, page: Path) -> float:
    """Seconds from the navigation to the first frame with something drawn on the canvas."""
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    tab.add_init_script(WATCH)
    tab.goto(page.as_uri(), wait_until="commit")
    shown = tab.evaluate("picture")
    tab.close()
    return float(shown) / 1e3


if __name__ == "__main__":
    sys.exit(not main())
