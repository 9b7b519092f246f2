#!/usr/bin/env bash
# bicm 3.4.0 gives the first answer again when it is asked with another level or method.
#
# Expected: get_rows_projection(alpha=…, method=…, validation_method=…) computes what its arguments
#   say.
# What happens: the arguments count for the first call only. Every later call on the same object
#   returns the projection of the first one, without a message. A new object gives the answer that
#   was asked for.
# Why it matters here: which cities share more topics than their numbers of agreements explain is
#   reported at several significance levels and by several approximations. With one object all of
#   them agree, and the result looks more robust than it is.
# Instead: compute each with a new BipartiteGraph, or call compute_projection before each.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  bicm==3.4.0 numpy==2.4.6
"$folder/venv/bin/python" -W ignore - <<'PY'
import contextlib
import io
import sys
from importlib.metadata import version

import numpy
from bicm import BipartiteGraph


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


# 14 cities and 40 topics: cities 0 and 1 share ten topics that no other city has; cities 2 to 7 each
# share five topics with one of the cities 8 to 13.
TOPICS = numpy.zeros((14, 40), dtype=int)
TOPICS[:2, :10] = 1
for city in range(12):
    for step in range(5):
        TOPICS[2 + city, 10 + (city * 5 + step * 7) % 30] = 1


def new():
    graph = BipartiteGraph()
    graph.set_biadjacency_matrix(TOPICS)
    with contextlib.redirect_stdout(io.StringIO()):
        graph.solve_tool(verbose=False)
    return graph


def pairs(graph, alpha, **arguments):
    """How many pairs of cities are validated."""
    with contextlib.redirect_stdout(io.StringIO()):
        found = graph.get_rows_projection(
            alpha=alpha, threads_num=1, progress_bar=False, fmt="edgelist", **arguments
        )
    return len(found)


for name in ("bicm", "numpy"):
    print(name, version(name))
print("pairs of cities that share more topics than expected")
graph = new()
expect("level 0.05", pairs(graph, 0.05), 7)
expect("level 0.000001, same object", pairs(graph, 0.000001), 7)
print("-- controls: a new object, in both orders")
expect("level 0.000001, new object", pairs(new(), 0.000001), 0)
graph = new()
expect("level 0.000001 first", pairs(graph, 0.000001), 0)
expect("level 0.05, same object", pairs(graph, 0.05), 0)
expect("level 0.05, new object", pairs(new(), 0.05), 7)
PY
