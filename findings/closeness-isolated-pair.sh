#!/usr/bin/env bash
# By closeness the most central city in igraph 1.0.0 is one of two that know nobody else.
#
# Expected: closeness ranks cities that are near to many others first.
# What happens: igraph averages over the cities that can be reached. Two cities tied to each other
#   alone reach one city at distance 1 and get the highest possible value, 1.0; a city without ties
#   gets nan, which sorts unpredictably. networkx 3.6.1 and rustworkx 0.18.1 multiply by the share of
#   the network that is reached, and the pair comes last. In a connected network all agree.
# Why it matters here: networks of partnerships that were read from documents consist of one large
#   component and many isolated pairs. The table of central cities begins with the least connected.
# Instead: multiply igraph's value by the share of other cities that are reached, or use harmonic
#   centrality, and say which.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  networkx==3.6.1 igraph==1.0.0 rustworkx==0.18.1
"$folder/venv/bin/python" - <<'PY'
import math
import sys
from importlib.metadata import version

import igraph
import networkx
import rustworkx


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def closeness(ties, isolated=()):
    """City to closeness, for igraph, networkx and rustworkx."""
    network = networkx.Graph(ties)
    network.add_nodes_from(isolated)
    graph = igraph.Graph.from_networkx(network)
    rust = rustworkx.networkx_converter(network)
    return (
        dict(zip(graph.vs["_nx_name"], (round(v, 6) for v in graph.closeness()))),
        {city: round(v, 6) for city, v in networkx.closeness_centrality(network).items()},
        {rust[i]: round(v, 6) for i, v in rustworkx.closeness_centrality(rust).items()},
    )


def highest(values):
    known = {city: value for city, value in values.items() if not math.isnan(value)}
    return sorted(city for city in known if known[city] == max(known.values()))


CHAIN = [("Seoul", "Quito"), ("Quito", "Lima"), ("Lima", "Paris"), ("Paris", "Hanoi")]
for name in ("igraph", "networkx", "rustworkx"):
    print(name, version(name))
by_igraph, by_networkx, by_rustworkx = closeness(CHAIN + [("Ulsan", "Busan")], ["Jeju"])
print(by_igraph, by_networkx, sep="\n")
expect("highest, igraph", highest(by_igraph), ["Busan", "Ulsan"])
expect("city without ties, igraph", math.isnan(by_igraph["Jeju"]), True)
print("-- controls: other libraries, and a connected network")
expect("highest, networkx", highest(by_networkx), ["Lima"])
expect("highest, rustworkx", highest(by_rustworkx), ["Lima"])
expect("city without ties, networkx", by_networkx["Jeju"], 0.0)
connected = closeness(CHAIN)
expect("highest in the chain", [highest(values) for values in connected], 3 * [["Lima"]])
expect("igraph as networkx", connected[0], connected[1])
PY
