#!/usr/bin/env bash
# graphology-gexf 0.13.2 (npm): positions, sizes and colours of a GEXF file are lost in networkx.
#
# Expected: what the file says of a node's place and looks is read by networkx, which reads and writes
#   them in GEXF 1.2, the version of the file.
# What happens: graphology names the namespace of these elements http:///www.gexf.net/1.1draft/viz, with
#   three slashes and an older version. networkx looks for that of 1.2, finds none, and reads the network
#   without them. No error, no warning.
# Why it matters here: a picture arranged in the browser, or in Gephi Lite, goes to Python for a printed
#   figure, and every city stands somewhere else.
# Instead: put http://www.gexf.net/1.2draft/viz into the file before networkx reads it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check networkx==3.6.1
npm install --silent --no-audit --no-fund --prefix "$folder" \
  graphology@0.26.0 graphology-types@0.24.8 graphology-gexf@0.13.2 @xmldom/xmldom@0.9.12
cat >write.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
import { DOMImplementation, DOMParser } from "@xmldom/xmldom";
globalThis.DOMParser = DOMParser;
globalThis.DOMImplementation = DOMImplementation;
const { UndirectedGraph } = (await import("graphology")).default;
const { write } = (await import("graphology-gexf")).default;
const file = "node_modules/graphology-gexf/package.json";
console.log("graphology-gexf", JSON.parse(readFileSync(file)).version);
const cities = new UndirectedGraph();
cities.addNode("seoul", { label: "서울", x: 1.5, y: 2, size: 3, color: "#ff0000" });
writeFileSync("cities.gexf", write(cities));
JS
node write.mjs
venv/bin/python - <<'PY'
import sys
from pathlib import Path

import networkx


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def seoul(path):
    return dict(networkx.read_gexf(path).nodes["seoul"])


print("networkx", networkx.__version__)
text = Path("cities.gexf").read_text()
expect("version of the file", 'version="1.2"' in text, True)
expect("namespace", 'xmlns:viz="http:///www.gexf.net/1.1draft/viz"' in text, True)
expect("read by networkx", seoul("cities.gexf"), {"label": "서울"})
print("-- controls: the namespace of 1.2, and a file of networkx")
right = text.replace("http:///www.gexf.net/1.1draft/viz", "http://www.gexf.net/1.2draft/viz")
Path("right.gexf").write_text(right)
place = {"x": 1.5, "y": 2.0, "z": 0.0}
expect("namespace of 1.2", seoul("right.gexf")["viz"]["position"], place)
own = networkx.Graph()
own.add_node("seoul", viz={"position": place})
networkx.write_gexf(own, "own.gexf")
expect("networkx, its own", seoul("own.gexf")["viz"]["position"], place)
PY
