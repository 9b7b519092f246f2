"""The world's sister cities for tests of methods on places; skips plainly where they are not."""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path

import networkx as nx
import pytest


def world(name: str) -> nx.Graph:
    """A list of the world's sister cities with what it knows of its cities; only to be read."""
    material = os.environ.get("CITYPACT_MATERIAL")
    if not material:
        pytest.skip("CITYPACT_MATERIAL is not set: no world network at hand")
    return _read(Path(material) / "world" / name)


@cache
def _read(folder: Path) -> nx.Graph:
    network = nx.Graph()
    for row in _rows(folder / "cities.csv"):
        known = {
            "label_en": row["name"],
            "country": row["iso2"],
            "latitude": float(row["lat"]) if row["lat"] else None,
            "longitude": float(row["lon"]) if row["lon"] else None,
            "population": int(float(row["population"])) if row["population"] else None,
        }
        network.add_node(row["id"], **{k: v for k, v in known.items() if v not in (None, "")})
    network.add_edges_from((row["source"], row["target"]) for row in _rows(folder / "links.csv"))
    return network


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
