#!/usr/bin/env bash
# networkx 3.6.1 gives edges of a multigraph ids that repeat in one GraphML file, and
# graphology-graphml 0.5.2 (npm) refuses the file.
#
# Expected: the id that a file gives an edge belongs to one edge, as the id of a node does to a node.
# What happens: networkx writes the key of an edge as its id, and keys count from 0 for every pair of
#   nodes. So the first tie of each pair has the id "0". graphology takes the id as the name of the
#   edge in the whole network, finds the second "0" between other cities, and raises an error. It
#   needs no parallel edges for that: two edges of a MultiGraph are enough.
# Why it matters here: two cities often have several agreements, so the natural network is a
#   multigraph, and graphology (sigma, Gephi Lite) is where people look at it in a browser.
# Instead: use keys that are unique in the whole network (the agreement's identifier), or write
#   another attribute as the id with edge_id_from_attribute.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check networkx==3.6.1
npm install --silent --no-audit --no-fund --prefix "$folder" \
  graphology@0.26.0 graphology-graphml@0.5.2 @xmldom/xmldom@0.9.12
venv/bin/python - <<'PY'
from importlib.metadata import version

import networkx

print("networkx", version("networkx"))
ties = networkx.MultiGraph()
ties.add_edge("seoul", "quito", agreement="a1")
ties.add_edge("seoul", "quito", agreement="a2")
ties.add_edge("quito", "lima", agreement="a3")
networkx.write_graphml(ties, "keys.graphml")
print(*(line.strip() for line in open("keys.graphml") if "<edge" in line), sep="\n")
networkx.write_graphml(ties, "agreements.graphml", edge_id_from_attribute="agreement")
print(*(line.strip() for line in open("agreements.graphml") if "<edge" in line), sep="\n")
PY
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
globalThis.DOMParser = DOMParser;
const { MultiGraph } = await import("graphology");
const { parse } = await import("graphology-graphml");
const versions = JSON.parse(readFileSync("node_modules/graphology-graphml/package.json"));
console.log("graphology-graphml", versions.version);
function read(path) {
  try {
    return parse(MultiGraph, readFileSync(path, "utf8")).edges().sort().join(" ");
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
expect("keys as ids", read("keys.graphml"), /^refused: .*"0" edge/);
console.log("-- control: ids that are unique in the file");
expect("agreements as ids", read("agreements.graphml"), /^a1 a2 a3$/);
JS
node read.mjs
