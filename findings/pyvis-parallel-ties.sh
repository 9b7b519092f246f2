#!/usr/bin/env bash
# pyvis 0.3.2 draws one of several ties of two nodes, the first, and leaves out the others.
#
# Expected: from_nx() and add_edge() draw each edge of a multigraph, and both edges of a directed graph
#   in which two nodes name each other.
# What happens: a Network is undirected unless told otherwise, and then ignores every further edge of the
#   same two nodes without a word, its title, colour and width included. With directed=True each edge is
#   drawn, with an arrow.
# Why it matters here: two cities have a sister-city tie and a memorandum, or each lists the other. The
#   picture shows what happened to be first, and counting its lines gives too few.
# Instead: give pyvis directed=True and take the arrows away, or merge the ties and list them in one title.
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


def drawn(graph, **options):
    """The titles of the edges in the picture."""
    network = Network(**options)
    network.from_nx(graph)
    return [edge.get("title") for edge in network.edges]


for name in ("pyvis", "networkx"):
    print(name, version(name))
several = networkx.MultiGraph()
several.add_edge("Seoul", "Tokyo", title="sister cities")
several.add_edge("Seoul", "Tokyo", title="memorandum on smart cities")
mutual = networkx.DiGraph()
mutual.add_edge("Seoul", "Tokyo", title="on Seoul's list")
mutual.add_edge("Tokyo", "Seoul", title="on Tokyo's list")
expect("two ties of two cities", drawn(several), ["sister cities"])
expect("two lists that name each other", drawn(mutual), ["on Seoul's list"])
print("-- controls: a directed picture; ties of different cities")
expect("two ties, directed", drawn(several, directed=True),
       ["sister cities", "memorandum on smart cities"])
expect("two lists, directed", drawn(mutual, directed=True), ["on Seoul's list", "on Tokyo's list"])
other = networkx.Graph()
other.add_edge("Seoul", "Tokyo", title="sister cities")
other.add_edge("Seoul", "Paris", title="memorandum")
expect("two ties of three cities", drawn(other), ["sister cities", "memorandum"])
PY
