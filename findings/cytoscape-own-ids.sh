#!/usr/bin/env bash
# networkx 3.6.1 writes a city's attribute "id" as the id of its node for Cytoscape.js, but not at the
# ends of its ties: cytoscape 3.35.0 (npm) refuses the network.
#
# Expected: cytoscape_data() keeps its nodes' ids and the ids at the ends of edges the same, whatever
#   attributes the nodes carry.
# What happens: an attribute called "id" (and "name") takes the place of the node's own, while the edges
#   go on naming the node itself, so they lead to nodes that do not exist. Attributes "value" of nodes
#   and "source" and "target" of edges are overwritten without a word.
# Why it matters here: cities carry their Wikidata item or GeoNames number as "id", and ties carry the
#   "source" that states them: the first breaks the picture, the second is lost.
# Instead: rename such attributes before the conversion.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check networkx==3.6.1
npm install --silent --no-audit --no-fund --prefix "$folder" cytoscape@3.35.0
venv/bin/python - <<'PY'
import json
from importlib.metadata import version

import networkx

print("networkx", version("networkx"))
for attribute in ("id", "wikidata"):
    ties = networkx.Graph()
    ties.add_node("seoul", **{attribute: "Q8684", "value": 9.4})
    ties.add_node("lima")
    ties.add_edge("seoul", "lima", source="press release", year=2015)
    elements = networkx.cytoscape_data(ties)["elements"]
    for element in elements["nodes"] + elements["edges"]:
        print(attribute, element["data"])
    with open(f"{attribute}.json", "w") as file:
        json.dump(elements, file)
PY
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import cytoscape from "cytoscape";
console.log("cytoscape", cytoscape.version);
function read(path) {
  try {
    const elements = JSON.parse(readFileSync(path, "utf8"));
    const network = cytoscape({ headless: true, elements });
    return `${network.nodes().length} nodes, ${network.edges().length} edges`;
  } catch (error) {
    return `refused: ${error.message}`;
  }
}
function expect(what, seen, matches) {
  console.log(`${what}: ${seen}`);
  if (!matches.test(seen)) {
    console.error(`CHANGED: ${what}: expected ${matches}`);
    process.exit(1);
  }
}
expect("an attribute id", read("id.json"), /^refused: .*nonexistent source `seoul`/);
const data = JSON.parse(readFileSync("wikidata.json", "utf8"));
expect("an attribute value", data.nodes[0].data.value, /^seoul$/);
expect("an attribute source", data.edges[0].data.source, /^seoul$/);
console.log("-- control: another name of the attribute");
expect("an attribute wikidata", read("wikidata.json"), /^2 nodes, 1 edges$/);
JS
node read.mjs
