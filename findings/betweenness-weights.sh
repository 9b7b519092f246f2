#!/usr/bin/env bash
# graphology-metrics 2.4.2 (npm): betweenness takes the number of agreements as a distance.
#
# Expected: a measure called without options counts ties, as closeness of the same package does, and as
#   networkx does; or more agreements bring two cities closer.
# What happens: where edges have an attribute called weight, betweenness adds it up as the length of a
#   path. Of two ways from Seoul to Paris the one with nine agreements is the long one: Tokyo lies on no
#   shortest path, Busan on all. PageRank takes the same attribute as strength.
# Why it matters here: weight is what readers and layouts call the number of agreements of two cities. The
#   ranking of brokers is turned round, without a message.
# Instead: say getEdgeWeight: null, or give it a function that returns a length.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" graphology@0.26.0 graphology-types@0.24.8 graphology-metrics@2.4.2
cat >read.cjs <<'JS'
const { readFileSync } = require("node:fs");
const { UndirectedGraph } = require("graphology");
const betweenness = require("graphology-metrics/centrality/betweenness");
const closeness = require("graphology-metrics/centrality/closeness");
const pagerank = require("graphology-metrics/centrality/pagerank");

function expect(what, seen, expected) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(expected)) {
    console.error(`CHANGED: ${what}: expected ${JSON.stringify(expected)}`);
    process.exit(1);
  }
}

const rounded = (values) =>
  Object.fromEntries(Object.entries(values).map(([city, value]) => [city, Number(value.toFixed(3))]));
const graph = new UndirectedGraph();
for (const city of ["seoul", "tokyo", "paris", "busan"]) graph.addNode(city);
graph.addEdge("seoul", "tokyo", { weight: 9 });
graph.addEdge("tokyo", "paris", { weight: 9 });
graph.addEdge("seoul", "busan", { weight: 1 });
graph.addEdge("busan", "paris", { weight: 1 });
const file = "node_modules/graphology-metrics/package.json";
console.log("graphology-metrics", JSON.parse(readFileSync(file)).version);
expect("betweenness", rounded(betweenness(graph)), { seoul: 0.167, tokyo: 0, paris: 0.167, busan: 0.333 });
expect("PageRank", rounded(pagerank(graph)), { seoul: 0.25, tokyo: 0.42, paris: 0.25, busan: 0.08 });
console.log("-- controls: closeness of the same package, and betweenness told to leave weights out");
expect("closeness", rounded(closeness(graph)), { seoul: 0.75, tokyo: 0.75, paris: 0.75, busan: 0.75 });
const unweighted = rounded(betweenness(graph, { getEdgeWeight: null }));
expect("betweenness of ties", unweighted, { seoul: 0.167, tokyo: 0.167, paris: 0.167, busan: 0.167 });
JS
node read.cjs
