#!/usr/bin/env bash
# Parallel ties change betweenness in igraph 1.0.0 and rustworkx 0.18.1, and not in networkx 3.6.1.
#
# Expected: the three libraries agree on the betweenness of the same network without weights.
# What happens: igraph and rustworkx count every sequence of edges as a path of its own, so that
#   three agreements between two cities are three shortest paths. networkx counts sequences of
#   nodes: parallel ties make no difference. None of them says which. In networks without parallel
#   ties they agree.
# Why it matters here: partnerships are renewed, and each renewal is a further agreement between the
#   same cities. Whoever replaces networkx by a faster library for speed gets another ranking of
#   brokers: cities gain by having signed the same thing again.
# Instead: decide what a path is. Make the network simple first, or give the number of agreements
#   its own column.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  networkx==3.6.1 igraph==1.0.0 rustworkx==0.18.1
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import igraph
import networkx
import rustworkx

CITIES = ("Seoul", "Quito", "Lima", "Paris")
RING = [("Seoul", "Quito"), ("Quito", "Lima"), ("Lima", "Paris"), ("Paris", "Seoul")]
RENEWED = RING + 2 * [("Seoul", "Quito")]


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def by_networkx(ties):
    found = networkx.betweenness_centrality(networkx.MultiGraph(ties), normalized=False)
    return [round(found[city], 6) for city in CITIES]


def by_igraph(ties):
    graph = igraph.Graph(4, [(CITIES.index(a), CITIES.index(b)) for a, b in ties])
    return [round(value, 6) for value in graph.betweenness()]


def by_rustworkx(ties):
    graph = rustworkx.PyGraph(multigraph=True)
    graph.add_nodes_from(CITIES)
    graph.add_edges_from([(CITIES.index(a), CITIES.index(b), None) for a, b in ties])
    found = rustworkx.betweenness_centrality(graph, normalized=False)
    return [round(found[i], 6) for i in range(4)]


for name in ("networkx", "igraph", "rustworkx"):
    print(name, version(name))
print("betweenness of", *CITIES, "with three agreements between Seoul and Quito")
expect("networkx", by_networkx(RENEWED), [0.5, 0.5, 0.5, 0.5])
expect("igraph", by_igraph(RENEWED), [0.75, 0.75, 0.25, 0.25])
expect("rustworkx", by_rustworkx(RENEWED), [0.75, 0.75, 0.25, 0.25])
print("-- control: one agreement for each pair")
for library in (by_networkx, by_igraph, by_rustworkx):
    expect(library.__name__, library(RING), [0.5, 0.5, 0.5, 0.5])
PY
