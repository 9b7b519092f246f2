#!/usr/bin/env bash
# rustworkx 0.18.1: cities with two agreements have a transitivity above 1.
#
# Expected: transitivity is a share, three times the triangles among all pairs of ties with a common
#   end; networkx refuses graphs with parallel ties.
# What happens: PyGraph keeps parallel ties by default, and transitivity() counts triangles once for
#   each way to choose the ties, but pairs by distinct neighbours. A triangle with one tie doubled has
#   1.33. No error, no warning.
# Why it matters here: two agreements of one pair of cities are two ties, and a converted multigraph has
#   them. Values below 1 are wrong as well, and do not show it.
# Instead: make the network simple first, or PyGraph(multigraph=False).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  rustworkx==0.18.1 networkx==3.6.1
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import networkx
import rustworkx


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def transitivity(ties, multigraph=True):
    graph = rustworkx.PyGraph(multigraph=multigraph)
    graph.add_nodes_from(range(max(map(max, ties)) + 1))
    graph.add_edges_from([(*tie, None) for tie in ties])
    return round(rustworkx.transitivity(graph), 3)


print("rustworkx", version("rustworkx"))
triangle = [(0, 1), (1, 2), (2, 0)]
expect("a triangle, one tie doubled", transitivity([(0, 1), *triangle]), 1.333)
tail = [*triangle, (2, 3), (3, 4)]
expect("with a tail, one tie doubled", transitivity([(0, 1), *tail]), 0.667)
print("-- controls: simple networks")
expect("a triangle", transitivity(triangle), 1.0)
expect("with a tail", transitivity(tail), round(networkx.transitivity(networkx.Graph(tail)), 3))
expect("doubled, no multigraph", transitivity([(0, 1), *triangle], multigraph=False), 1.0)
PY
