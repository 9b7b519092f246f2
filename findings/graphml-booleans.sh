#!/usr/bin/env bash
# networkx 3.6.1 writes booleans into GraphML that rustworkx 0.18.1 refuses.
#
# Expected: what one Python graph library writes as GraphML, another reads.
# What happens: networkx writes "True" and "False" under a key of the type boolean. GraphML takes its
#   types from Java and XML, where the values are "true" and "false"; rustworkx reads only these and
#   raises an error for the whole file. igraph and networkx read both spellings, so that nobody
#   notices before the file reaches a strict reader.
# Why it matters here: "still active" and "national capital" are natural attributes of a partnership
#   and a city.
# Instead: write "true" and "false" as text values of a boolean key, or a number or a code.
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


def read_by_rustworkx(path):
    try:
        return [edge["active"] for edge in rustworkx.read_graphml(path)[0].edges()]
    except Exception as error:
        return f"refused: {error}"


ties = networkx.Graph()
ties.add_edge("Seoul", "Quito", active=True)
networkx.write_graphml(ties, "written.graphml")
text = open("written.graphml").read()
print(text)
expect("written as", ">True<" in text and 'attr.type="boolean"' in text, True)
expect("rustworkx", read_by_rustworkx("written.graphml"),
       "refused: Failed conversion to 'bool': provided string was not `true` or `false`")
expect("igraph", igraph.Graph.Read_GraphML("written.graphml").es["active"], [True])

print("-- control: the same file with the spelling of XML")
open("lower.graphml", "w").write(text.replace(">True<", ">true<"))
expect("rustworkx", read_by_rustworkx("lower.graphml"), [True])
expect("igraph", igraph.Graph.Read_GraphML("lower.graphml").es["active"], [True])
seen = list(networkx.read_graphml("lower.graphml").edges(data="active"))
expect("networkx", seen, [("Seoul", "Quito", True)])
PY
