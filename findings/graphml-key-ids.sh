#!/usr/bin/env bash
# rustworkx 0.18.1: GraphML has one id for an attribute of cities and one of ties, and networkx mixes them.
#
# Expected: each key of a file has an id of its own, as the data name the key by its id alone.
# What happens: rustworkx numbers the keys of nodes and of edges from d1 each. It and igraph look a key up
#   by what it is for, networkx by its id alone: it calls the names of the cities by the attribute of the
#   ties, or ends in an error of int() where types differ.
# Why it matters here: a network computed with the fastest library is read with the usual one, and each
#   city has its name under "kind".
# Instead: rename the keys in the file, or hand the network over in Python.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  rustworkx==0.18.1 networkx==3.6.1 igraph==1.0.0
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import igraph
import networkx
import rustworkx


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def written(tie):
    graph = rustworkx.PyGraph()
    one, two = graph.add_nodes_from([{"name": "Seoul"}, {"name": "London"}])
    graph.add_edge(one, two, tie)
    rustworkx.graph_write_graphml(graph, "ties.graphml")


print("rustworkx", version("rustworkx"), "networkx", version("networkx"))
written({"since": 2015})
try:
    networkx.read_graphml("ties.graphml")
except ValueError as error:
    expect("networkx, a year", "'Seoul'" in str(error), True)
else:
    sys.exit("CHANGED: networkx reads the file")
written({"kind": "friendship"})
expect("networkx, a kind", dict(networkx.read_graphml("ties.graphml").nodes["n0"]), {"kind": "Seoul"})
print("-- controls: igraph and rustworkx read it, networkx with other ids")
expect("igraph", igraph.Graph.Read_GraphML("ties.graphml").vs["name"], ["Seoul", "London"])
nodes = rustworkx.read_graphml("ties.graphml")[0].nodes()
expect("rustworkx", [node["name"] for node in nodes], ["Seoul", "London"])
text = open("ties.graphml").read()
before, after = text.split("<edge ")
keys = before.replace('id="d1" for="edge"', 'id="e1" for="edge"')
open("renamed.graphml", "w").write(keys + "<edge " + after.replace('key="d1"', 'key="e1"'))
expect("renamed", dict(networkx.read_graphml("renamed.graphml").nodes["n0"]), {"name": "Seoul"})
PY
