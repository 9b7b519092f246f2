#!/usr/bin/env bash
# cytoscape 3.35.0 (npm): the PageRank of a partnership depends on which city is written first.
#
# Expected: edges are drawn without arrows, and degree, closeness and betweenness take them so unless
#   {directed: true} is said; so does PageRank.
# What happens: pageRank() follows each edge from its source to its target only, and has no such option.
#   In a chain of four cities the last target has three times the rank of the first source; turning the
#   edges round turns the ranks round.
# Why it matters here: a sister city has no direction; source and target are the order of two columns.
# Instead: add each tie in both directions, or compute the rank elsewhere.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" cytoscape@3.35.0
cat >read.cjs <<'JS'
const { readFileSync } = require("node:fs");
const cytoscape = require("cytoscape");

function expect(what, seen, expected) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(expected)) {
    console.error(`CHANGED: ${what}: expected ${JSON.stringify(expected)}`);
    process.exit(1);
  }
}

function chain(...ways) {
  const cities = ["seoul", "london", "paris", "rome"];
  const elements = cities.map((id) => ({ data: { id } }));
  for (const way of ways)
    for (let i = 0; i < 3; i++) {
      const pair = [cities[i], cities[i + 1]];
      const [source, target] = way === "forth" ? pair : pair.reverse();
      elements.push({ data: { source, target } });
    }
  return cytoscape({ headless: true, elements });
}
function ranks(network) {
  const found = network.elements().pageRank();
  return network.nodes().map((city) => Number(found.rank(city).toFixed(2)));
}
console.log("cytoscape", JSON.parse(readFileSync("node_modules/cytoscape/package.json")).version);
expect("ties written forth", ranks(chain("forth")), [0.12, 0.22, 0.3, 0.36]);
expect("ties written back", ranks(chain("back")), [0.36, 0.3, 0.22, 0.12]);
console.log("-- controls: both directions, and degrees of the chain");
expect("both directions", ranks(chain("forth", "back")), [0.18, 0.32, 0.32, 0.18]);
const chained = chain("forth");
const degrees = chained.nodes().map((root) => chained.$().degreeCentrality({ root }).degree);
expect("degrees", degrees, [1, 2, 2, 1]);
JS
node read.cjs
