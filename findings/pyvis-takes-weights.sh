#!/usr/bin/env bash
# pyvis 0.3.2 takes the weights out of the networkx graph that it draws.
#
# Expected: from_nx(graph) reads the graph. What is computed or exported afterwards is what it would have
#   been before.
# What happens: `weight` of each edge is renamed to `width` in the graph itself, and nodes and edges
#   without size or width are given one. Everything weighted that comes after the picture counts each
#   edge as 1, and exports hold sizes of circles. Nothing is said.
# Why it matters here: a notebook draws a network of cities, tied by their number of agreements, and
#   then ranks them: the ranks are other ones than without the picture, or if the cell is run again.
# Instead: draw a copy, from_nx(graph.copy()).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  pyvis==0.3.2 networkx==3.6.1
"$folder/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import networkx
from pyvis.network import Network


def expect(what, found, expected):
    print(f"{what}: {found!r}")
    if found != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def agreements():
    graph = networkx.Graph()
    graph.add_edge("Seoul", "Tokyo", weight=9)
    graph.add_edge("Paris", "Rome", weight=1)
    graph.add_edge("Paris", "Berlin", weight=1)
    return graph


def strongest(graph):
    """The city with the most agreements, and their number."""
    return max(sorted(graph.degree(weight="weight")), key=lambda pair: pair[1])


for name in ("pyvis", "networkx"):
    print(name, version(name))
graph = agreements()
expect("most agreements before the picture", strongest(graph), ("Seoul", 9))
Network().from_nx(graph)
expect("most agreements after the picture", strongest(graph), ("Paris", 2))
expect("an edge afterwards", graph.edges["Seoul", "Tokyo"], {"width": 9})
expect("a node afterwards", graph.nodes["Seoul"], {"size": 10})
print("-- control: a copy is drawn")
graph = agreements()
Network().from_nx(graph.copy())
expect("most agreements", strongest(graph), ("Seoul", 9))
expect("an edge", graph.edges["Seoul", "Tokyo"], {"weight": 9})
PY
