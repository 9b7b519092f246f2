#!/usr/bin/env bash
# networkx 3.6.1 writes GraphML that igraph 1.0.0 refuses, once whole numbers and fractions are mixed.
#
# Expected: a network with a numeric edge attribute, written by networkx, opens in igraph.
# What happens: networkx declares one <key> for each Python type that it meets. If one tie has the
#   weight 1 and another 0.5, the file has two keys named "weight", one long and one double. igraph
#   stops at the second key ("Duplicate attribute name found"); no node or edge is read.
#   rustworkx and networkx itself read the file.
# Why it matters here: weights of city partnerships are counts that become fractions as soon as one
#   agreement has several signatories. The export fails in the user's program, not in ours, and only
#   for some data.
# Instead: write the values of an attribute in one type, or call write_graphml with
#   infer_numeric_types=True.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  networkx==3.6.1 igraph==1.0.0 rustworkx==0.18.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import igraph
import networkx
import rustworkx


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


for name in ("networkx", "igraph", "rustworkx"):
    print(name, version(name))


def network(*weights):
    ties = networkx.Graph()
    for city, weight in zip(("Quito", "Lima", "Paris"), weights):
        ties.add_edge("Seoul", city, weight=weight)
    return ties


def read_by_igraph(path):
    try:
        return sorted(igraph.Graph.Read_GraphML(path).es["weight"])
    except Exception as error:
        return "refused: Duplicate attribute name found: 'weight'" * (
            "Duplicate attribute name found: 'weight'" in str(error)
        ) or repr(error)


networkx.write_graphml(network(1, 0.5, 2), "mixed.graphml")
declared = [line.strip() for line in open("mixed.graphml") if "<key" in line]
print(*declared, sep="\n")
expect("keys named weight", sum('attr.name="weight"' in line for line in declared), 2)
expect("igraph, mixed", read_by_igraph("mixed.graphml"),
       "refused: Duplicate attribute name found: 'weight'")
edges = rustworkx.read_graphml("mixed.graphml")[0].edges()
expect("rustworkx, mixed", sorted(edge["weight"] for edge in edges), [0.5, 1, 2])

print("-- controls")
networkx.write_graphml(network(1.0, 0.5, 2.0), "one-type.graphml")
expect("igraph, one type", read_by_igraph("one-type.graphml"), [0.5, 1.0, 2.0])
networkx.write_graphml(network(1, 0.5, 2), "inferred.graphml", infer_numeric_types=True)
expect("igraph, infer_numeric_types", read_by_igraph("inferred.graphml"), [0.5, 1.0, 2.0])
PY
