#!/usr/bin/env bash
# igraph 1.0.0: in GraphML an unknown yes-or-no becomes no, and an unknown text "None".
#
# Expected: what an actor lacks is not in the file, as it is with numbers.
# What happens: None among booleans is written as false, None among texts as the four letters None. Numbers
#   are left out. No error, no warning.
# Why it matters here: whether a city is a capital, or a tie has ended, is known of some only. After one
#   export the others are said not to be, and a body without a Korean name is called None.
# Instead: write such attributes as texts, "" for what is unknown, or use networkx, which leaves them out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  networkx==3.6.1 igraph==1.0.0
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import igraph
import networkx


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


print("igraph", version("igraph"))
cities = igraph.Graph(3)
cities.vs["capital"] = [True, None, False]
cities.vs["korean"] = ["서울", None, "런던"]
cities.vs["inhabitants"] = [9_600_000, None, 8_900_000]
cities.write_graphml("cities.graphml")
for reader, read in (
    ("igraph", lambda: [city.attributes() for city in igraph.Graph.Read_GraphML("cities.graphml").vs]),
    ("networkx", lambda: list(dict(networkx.read_graphml("cities.graphml").nodes(data=True)).values())),
):
    unknown = read()[1]
    expect(f"{reader}, capital", unknown["capital"], False)
    expect(f"{reader}, Korean name", unknown["korean"], "None")
print("-- controls: a number that is missing, and networkx without the attribute")
expect("inhabitants", "inhabitants" in dict(networkx.read_graphml("cities.graphml").nodes["n1"]), False)
other = networkx.Graph()
other.add_node("seoul", capital=True)
other.add_node("quito")
networkx.write_graphml(other, "other.graphml")
expect("networkx", dict(networkx.read_graphml("other.graphml").nodes["quito"]), {})
PY
