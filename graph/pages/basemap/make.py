"""Makes natural-earth-110m.json of the TopoJSON file in which Natural Earth comes as a package.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m citypact.graph.pages.basemap.make package/countries-110m.json

It was run once; its result is kept beside it, so that no build needs the package or a network.
TopoJSON: https://github.com/topojson/topojson-specification
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from citypact.graph.pages.basemap import FILE, UNIT

LonLat = tuple[int, int]

CREDIT = (
    "Made with Natural Earth, free vector map data, naturalearthdata.com, public domain; "
    "by way of world-atlas 2.0.2 (ISC licence)"
)


def convert(topology: dict[str, Any]) -> dict[str, Any]:
    """The rings of every country in a topology, in the form that `basemap.rings` gives."""
    lines = [_line(arc, topology["transform"]) for arc in topology["arcs"]]
    rings: dict[str, list[list[int]]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        name = country.get("id") or country["properties"]["name"]
        found = [_differences(_ring(ring, lines)) for part in parts for ring in part]
        rings.setdefault(name, []).extend(ring for ring in found if len(ring) > 6)
    return {"credit": CREDIT, "unit": UNIT, "rings": dict(sorted(rings.items()))}


def _line(arc: list[list[int]], transform: dict[str, list[float]]) -> list[LonLat]:
    x = y = 0
    line = []
    for across, up in arc:
        x, y = x + across, y + up
        longitude = x * transform["scale"][0] + transform["translate"][0]
        latitude = y * transform["scale"][1] + transform["translate"][1]
        line.append((round(longitude / UNIT), round(latitude / UNIT)))
    return line


def _ring(arcs: list[int], lines: list[list[LonLat]]) -> list[LonLat]:
    """One ring of its arcs, the complement of a number meaning an arc backwards."""
    points: list[LonLat] = []
    for arc in arcs:
        line = lines[arc] if arc >= 0 else lines[~arc][::-1]
        points += line if not points else line[1:]
    whole, half = round(360 / UNIT), round(180 / UNIT)
    unwrapped = points[:1]
    for longitude, latitude in points[1:]:
        before = unwrapped[-1][0]
        longitude += whole * round((before - longitude) / whole)
        if (longitude, latitude) != unwrapped[-1]:
            unwrapped.append((longitude, latitude))
    if abs(unwrapped[-1][0] - unwrapped[0][0]) > half:  # once around the pole: Antarctica
        pole = -half // 2
        unwrapped += [(unwrapped[-1][0], pole), (unwrapped[0][0], pole), unwrapped[0]]
    return unwrapped


def _differences(points: list[LonLat]) -> list[int]:
    found = list(points[0])
    for (x, y), (nx, ny) in pairwise(points):
        found += [nx - x, ny - y]
    return found


def main() -> None:
    source = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    text = json.dumps(convert(source), ensure_ascii=False, separators=(",", ":"))
    # One country a line, so that a change of the file can be read.
    text = text.replace(']],"', ']],\n"')
    Path(__file__).with_name(FILE).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
