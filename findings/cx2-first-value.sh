#!/usr/bin/env bash
# ndex2 3.12.0: 2.5 becomes 2 in a CX2 network if the first city has a whole number.
#
# Expected: a column of whole numbers and fractions is declared as double, or the conversion stops.
# What happens: the first value met declares the type of the column, and later ones are converted to it
#   without a word: 2.5 is cut to 2, and "yes" in a column that begins with true or false becomes false.
#   With the cities in another order nothing is lost.
# Why it matters here: populations in millions, sums and shares are mixed whole and fractional numbers.
#   What Cytoscape shows after an exchange through NDEx then hangs on which city comes first.
# Instead: make each attribute one type over the whole network before the conversion.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  ndex2==3.12.0 networkx==3.6.1
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import networkx
from ndex2.cx2 import NetworkXToCX2NetworkFactory


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def written(*values):
    network = networkx.Graph()
    for number, value in enumerate(values):
        network.add_node(f"city {number}", value=value)
    for part in NetworkXToCX2NetworkFactory().get_cx2network(network).to_cx2():
        if "nodes" in part:
            return [node["v"]["value"] for node in part["nodes"]]


print("ndex2", version("ndex2"))
expect("a whole number first", written(1, 2.5), [1, 2])
expect("true first", written(True, "yes", "no"), [True, False, False])
print("-- controls: the other order, and one type")
expect("a fraction first", written(2.5, 1), [2.5, 1.0])
expect("texts", written("yes", "no"), ["yes", "no"])
expect("text, then true", written("yes", True), ["yes", "True"])
PY
