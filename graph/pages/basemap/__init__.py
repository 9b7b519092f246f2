"""Outlines of the land behind maps: Natural Earth, 1:110 million, public domain."""

from __future__ import annotations

import csv
import json
from functools import cache
from importlib import resources

FILE = "natural-earth-110m.json"
UNIT = 0.01
"""Degrees for each unit of the numbers in the file."""


@cache
def seats() -> dict[tuple[str, str], tuple[float, float]]:
    """Latitude and longitude of the seats of provinces and states, by country and English name.

    The country is the end of its IRI. They are given to a hundredth of a degree.
    """
    text = (resources.files(__name__) / "divisions.csv").read_text(encoding="utf-8")
    return {
        (row["country"], row["name_en"]): (float(row["latitude"]), float(row["longitude"]))
        for row in csv.DictReader(text.splitlines())
    }


@cache
def rings() -> dict[str, list[list[int]]]:
    """The outlines of each country: rings of longitude, latitude, longitude … in units of `UNIT`.

    Countries go by their ISO 3166-1 number, the few that have none by their name in the source.
    After the first point of a ring come differences. Longitudes run on beyond ±180 degrees where a
    ring crosses that meridian, so no ring jumps.
    """
    text = (resources.files(__name__) / FILE).read_text(encoding="utf-8")
    outlines: dict[str, list[list[int]]] = json.loads(text)["rings"]
    return outlines
