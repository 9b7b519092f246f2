#!/usr/bin/env bash
# networkx 3.6.1 and igraph 1.0.0 cannot exchange names in GML: 서울 becomes &#49436;&#50872;.
#
# Expected: a GML file that one library writes has its names when the other one reads it.
# What happens: networkx writes letters outside of ASCII as entities, as the format says. igraph reads
#   them as they stand, so the label of Seoul is sixteen signs, and São Paulo is S&#227;o Paulo; it warns of
#   the first and goes on. igraph itself writes UTF-8, which networkx refuses.
# Why it matters here: GML is what both libraries and many courses offer first; a list of cities comes
#   back with names that match nothing.
# Instead: exchange GraphML, or put html.unescape() over the labels.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  networkx==3.6.1 igraph==1.0.0
venv/bin/python - <<'PY'
import html
import sys
from importlib.metadata import version

import igraph
import networkx


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


print("networkx", version("networkx"), "igraph", version("igraph"))
ties = networkx.Graph([("서울", "São Paulo")])
networkx.write_gml(ties, "ties.gml")
labels = igraph.Graph.Read_GML("ties.gml").vs["label"]
expect("from networkx to igraph", labels, ["&#49436;&#50872;", "S&#227;o Paulo"])
cities = igraph.Graph([(0, 1)], vertex_attrs={"label": ["서울", "São Paulo"]})
cities.write_gml("cities.gml")
try:
    networkx.read_gml("cities.gml")
except networkx.NetworkXError as error:
    expect("from igraph to networkx", str(error), "input is not ASCII-encoded")
else:
    sys.exit("CHANGED: networkx reads the file")
print("-- controls: each reads its own, entities taken back, and GraphML")
expect("networkx, its own", sorted(networkx.read_gml("ties.gml")), ["São Paulo", "서울"])
expect("igraph, its own", igraph.Graph.Read_GML("cities.gml").vs["label"], ["서울", "São Paulo"])
expect("unescaped", list(map(html.unescape, labels)), ["서울", "São Paulo"])
networkx.write_graphml(ties, "ties.graphml")
expect("GraphML", igraph.Graph.Read_GraphML("ties.graphml").vs["id"], ["서울", "São Paulo"])
PY
