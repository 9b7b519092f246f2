"""The network page in Chromium, side by side with vis-network alone and sigma alone.

The peers draw what our page draws when it opens, with the same positions, sizes, colours and names.
sigma and graphology are taken from the folder `node_modules` that CITYPACT_NODE_MODULES names
(`npm install sigma graphology`); without it sigma is left out.
"""

from __future__ import annotations

import csv
import os
import statistics
import sys
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import citypact
from benchmarks.copies import write_copies
from benchmarks.processes import citypact as process
from benchmarks.processes import verdict
from citypact.graph.pages.html import inert_json, template_text
from citypact.graph.pages.network.page import network_page
from citypact.graph.pages.search.index import Named, name_index

CHROMIUM = Path("/usr/bin/chromium")
LAUNCH = ["--headless", "--no-sandbox", "--disable-background-networking"]
PLAIN = ["--disable-gpu"]
WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
"""How Chromium draws on a machine without a graphics card: sigma needs WebGL, canvases are faster
without it."""
LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
"""vis-network, as pyvis brings it."""
RUNS = 5
COPIES = {1: 2.5, 3: 5.0, 7: 10.0}
"""Copies of the packaged graph, and the megabytes that its page may have."""
VIS_LIMIT, SIGMA_LIMIT, FRAMES = 1.2, 1.5, 20.0
SEARCH_LIMIT, NAMES = 50.0, 20_000

DRAWN = """() => {
  const { nodes, edges } = Citypact.data, shown = citypact.shown();
  return {
    nodes: [...Citypact.filters.shown().nodes].map((id) => nodes.get(id)).map((n) =>
      ({ id: n.id, x: n.x, y: n.y, size: n.size, label: n.en, color: n.style.colour })),
    edges: shown.edges.map((id) => edges.get(id)).map((e) =>
      ({ id: e.id, from: e.from, to: e.to, width: e.line.width, color: e.line.colour })),
  };
}"""
VIS = """
const data = JSON.parse(document.getElementById("data").textContent);
const nodes = new vis.DataSet(data.nodes.map((n) => ({ ...n, shape: "dot" })));
const network = new vis.Network(document.getElementById("at"),
  { nodes, edges: new vis.DataSet(data.edges) }, { physics: false, edges: { smooth: false },
    interaction: { hover: true } });
network.once("afterDrawing", () => { window.ready = true; });
"""
SIGMA = """
const data = JSON.parse(document.getElementById("data").textContent);
const graph = new graphology.MultiGraph();
for (const { id, x, y, size, label, color } of data.nodes) {
  graph.addNode(id, { x, y: -y, size: size / 4, label, color });
}
for (const { from, to, width, color } of data.edges) {
  graph.addEdge(from, to, { size: width / 2, color });
}
const renderer = new Sigma(graph, document.getElementById("at"));
renderer.refresh();
requestAnimationFrame(() => { window.ready = true; });
"""
TURNING = """() => new Promise((done) => {
  let frames = 0, turns = 0;
  const begun = performance.now(), last = 2500;
  const canvases = document.querySelectorAll("canvas"), canvas = canvases[canvases.length - 1];
  const count = () => {
    frames += 1;
    if (performance.now() - begun < last) requestAnimationFrame(count);
    else done(1000 * frames / last);
  };
  const turn = () => {
    if (performance.now() - begun > last) return;
    turns += 1;
    canvas.dispatchEvent(new WheelEvent("wheel", { deltaY: Math.floor(turns / 12) % 2 ? -60 : 60,
      clientX: 800, clientY: 450, bubbles: true, cancelable: true }));
    setTimeout(turn, 16);
  };
  requestAnimationFrame(count);
  turn();
})"""


class Opened(NamedTuple):
    """One opening of a page: seconds to the first picture, CPU of the main thread until then, the
    frames a second while zooming, and megabytes of the script heap."""

    seconds: float
    main_thread: float
    frames: float
    heap: float


def main() -> bool:
    """Prints sizes, times and ratios; True where the limits are kept or nobody can look."""
    if not CHROMIUM.exists():
        print(f"pages: not measured, there is no {CHROMIUM}\n")
        return True
    from playwright.sync_api import sync_playwright

    kept = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        place = Path(folder)
        process("build", "--out", place / "build")
        browsers = [
            driver.chromium.launch(executable_path=str(CHROMIUM), args=[*LAUNCH, *drawing])
            for drawing in (PLAIN, WEBGL)
        ]
        kept += [one(*browsers, place, copies) for copies in COPIES]
        kept.append(search(browsers[0], place))
        for browser in browsers:
            browser.close()
    return all(kept)


def one(browser: Any, webgl: Any, folder: Path, copies: int) -> bool:
    """Our page of some copies of the graph, and the peers on what it draws."""
    ours = folder / f"ours-{copies}.html"
    ours.write_text(network_page(graph_of(folder, copies).store), encoding="utf-8")
    tab, _ = opened(browser, ours)
    drawn = tab.evaluate(DRAWN)
    tab.close()
    pages = {"ours": ours} | peers(folder, drawn, copies)
    runs: dict[str, list[Opened]] = {name: [] for name in pages}
    for _ in range(RUNS):
        for name, page in pages.items():
            runs[name].append(measured(webgl if name == "sigma" else browser, page))
    medians = {
        name: Opened(*map(statistics.median, zip(*each, strict=True)))
        for name, each in runs.items()
    }
    megabytes = ours.stat().st_size / 1e6
    print(f"{copies} times the graph, {len(drawn['nodes'])} nodes and {len(drawn['edges'])} lines")
    for name, each in medians.items():
        size = pages[name].stat().st_size / 1e6
        print(
            f"  {name}: {size:.1f} MB, first picture {each.seconds:.2f} s ({each.main_thread:.2f} s"
            f" of the main thread), {each.frames:.0f} frames a second, heap {each.heap:.0f} MB"
        )
    peer, limit = ("vis-network", VIS_LIMIT) if copies == 1 else ("sigma", SIGMA_LIMIT)
    good = [megabytes <= COPIES[copies], medians["ours"].frames >= FRAMES]
    if peer in medians:
        ratio = medians["ours"].main_thread / medians[peer].main_thread
        good.append(ratio <= limit)
        print(f"  main thread {ratio:.2f} times {peer} alone; limit {limit} {verdict(good[-1])}")
    print(f"  limit {COPIES[copies]} MB {verdict(good[0])}, {FRAMES} frames {verdict(good[1])}\n")
    sys.stdout.flush()
    return all(good)


def graph_of(folder: Path, copies: int) -> citypact.Graph:
    """The packaged graph, repeated."""
    source = folder / "build" / "graph.nq"
    if copies == 1:
        return citypact.open(folder / "build")
    quads = copies * sum(1 for _ in source.open("rb"))
    write_copies(source, folder / "copies.nq", quads)
    return citypact.load(folder / "copies.nq", folder / f"copies-{copies}")


def peers(folder: Path, drawn: dict[str, Any], copies: int) -> dict[str, Path]:
    """Pages on which vis-network and sigma draw the same."""
    vis = (resources.files("pyvis") / LIBRARY).read_text(encoding="utf-8")
    found = {"vis-network": (vis, VIS)}
    modules = os.environ.get("CITYPACT_NODE_MODULES")
    if modules:
        parts = ("graphology/dist/graphology.umd.min.js", "sigma/dist/sigma.min.js")
        library = "\n".join((Path(modules) / part).read_text(encoding="utf-8") for part in parts)
        found["sigma"] = (library, SIGMA)
    pages = {}
    for name, (library, script) in found.items():
        pages[name] = folder / f"{name}-{copies}.html"
        pages[name].write_text(
            "<!doctype html><meta charset=utf-8><style>body{margin:0}#at{height:100vh}</style>"
            f"<div id=at></div><script type='application/json' id=data>{inert_json(drawn)}</script>"
            f"<script>{library}</script><script>{script}</script>",
            encoding="utf-8",
        )
    return pages


def opened(browser: Any, page: Path, *, is_measured: bool = False) -> tuple[Any, Any]:
    """A tab with the first picture of a page, and its session of the developer tools."""
    tab = browser.new_page(viewport={"width": 1400, "height": 900}, locale="en-GB")
    tools = tab.context.new_cdp_session(tab)
    if is_measured:
        tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    tab.goto(page.as_uri())
    tab.wait_for_function("document.querySelector('canvas') && (window.citypact || window.ready)")
    frame = "requestAnimationFrame"
    tab.evaluate(f"() => new Promise((done) => {frame}(() => {frame}(done)))")
    return tab, tools


def measured(browser: Any, page: Path) -> Opened:
    """Opens a page once."""
    tab, tools = opened(browser, page, is_measured=True)
    answer = tools.send("Performance.getMetrics")["metrics"]
    found = {each["name"]: each["value"] for each in answer}
    seconds = float(tab.evaluate("performance.now()")) / 1000
    frames = float(tab.evaluate(TURNING))
    tab.close()
    return Opened(seconds, found["TaskDuration"], frames, found["JSHeapUsedSize"] / 1e6)


def search(browser: Any, folder: Path) -> bool:
    """Key presses over 20,000 names: cities of the gazetteer in Korean, English and others."""
    things: list[Named] = []
    places = resources.files("citypact.sources.extraction") / "places" / "cities.csv"
    count = 0
    for row in csv.DictReader(places.read_text(encoding="utf-8").splitlines()):
        others = tuple(filter(None, row["names"].split("|")))
        things.append(Named(row["geonames"], "", row["en"], others, int(row["population"] or 0)))
        count += 1 + len(others)
        if count >= NAMES:
            break
    page = folder / "search.html"
    script = template_text("pages/search/names.js")
    index = inert_json(name_index(things))
    html = f"<meta charset=utf-8><script>{script}; const index = {index};</script>"
    page.write_text(html, encoding="utf-8")
    tab = browser.new_page()
    tab.goto(page.as_uri())
    first = float(
        tab.evaluate(
            "() => { const t = performance.now(); window.names = nameSearch(index);"
            " names.prepare(); return performance.now() - t; }"
        )
    )
    typed = ("과야킬", "ㄱㅇㅋ", "과야낄", "guayakil", "gwayakil", "san francisco", "부에노스")
    presses = [
        float(
            tab.evaluate(
                "(text) => { const t = performance.now(); names.find(text);"
                " return performance.now() - t; }",
                text[:length],
            )
        )
        for text in typed
        for length in range(1, len(text) + 1)
    ]
    tab.close()
    slowest = max(presses)
    print(
        f"search: {NAMES:,} names read in {first:.0f} ms; a key press takes "
        f"{statistics.median(presses):.1f} ms (median), {slowest:.0f} ms at most; "
        f"limit {SEARCH_LIMIT:.0f} ms {verdict(slowest <= SEARCH_LIMIT)}\n"
    )
    return slowest <= SEARCH_LIMIT
