#!/usr/bin/env bash
# igraph 1.0.0 gives edges of a GraphML file the ids of nodes.
#
# Expected: an edge that the file calls "treaty-1" has the id "treaty-1" after reading.
# What happens: the ids of edges are replaced by the ids of the nodes at the same position: the first
#   edge gets the id of the first node, and so on. Nothing is reported. All other attributes are
#   right, and igraph 0.11.9 read the ids correctly.
# Why it matters here: the id of an edge is the link back to the agreement and to the sentence that
#   supports it. After a round trip through igraph each tie cites something else.
# Instead: write the identifier a second time as an ordinary attribute, and read that one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/ties.graphml" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="k" for="edge" attr.name="agreement" attr.type="string"/>
  <graph edgedefault="undirected">
    <node id="seoul"/><node id="quito"/><node id="lima"/>
    <edge id="treaty-1" source="seoul" target="quito"><data key="k">treaty-1</data></edge>
    <edge id="treaty-2" source="quito" target="lima"><data key="k">treaty-2</data></edge>
  </graph>
</graphml>
XML
cat > "$folder/read.py" <<'PY'
import sys
from importlib.metadata import version

import igraph

ids, path = sys.argv[1].split(","), sys.argv[2]
graph = igraph.Graph.Read_GraphML(path)
print("igraph", version("igraph"))
for what, seen, expected in (
    ("ids of nodes", graph.vs["id"], ["seoul", "quito", "lima"]),
    ("ids of edges", graph.es["id"], ids),
    ("attribute agreement", graph.es["agreement"], ["treaty-1", "treaty-2"]),
):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")
PY
for case in 1.0.0=seoul,quito 0.11.9=treaty-1,treaty-2; do
  version=${case%%=*}
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/python" -m pip install --quiet --disable-pip-version-check \
    "igraph==$version"
  [ "$version" = 1.0.0 ] || echo "-- control: an earlier version"
  "$folder/$version/bin/python" "$folder/read.py" "${case#*=}" "$folder/ties.graphml"
done
