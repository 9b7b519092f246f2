#!/usr/bin/env bash
# graphology-metrics 2.4.2 (npm): a second agreement of two cities makes another city more central.
#
# Expected: closeness asks for distances; a tie that is there twice changes none.
# What happens: in a chain of four cities whose first two have two agreements, the city at the other end
#   gets the closeness of those in the middle. The measure takes multigraphs without an error;
#   betweenness of the same package gives the right values.
# Why it matters here: two cities often have several agreements, and multigraphs are what graphology's
#   readers make of such files.
# Instead: make the network simple first (graphology-operators, toSimple).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" graphology@0.26.0 graphology-types@0.24.8 graphology-metrics@2.4.2
cat >read.cjs <<'JS'
const { readFileSync } = require("node:fs");
const { MultiUndirectedGraph, UndirectedGraph } = require("graphology");
const betweenness = require("graphology-metrics/centrality/betweenness");
const closeness = require("graphology-metrics/centrality/closeness");

function expect(what, seen, expected) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(expected)) {
    console.error(`CHANGED: ${what}: expected ${JSON.stringify(expected)}`);
    process.exit(1);
  }
}

function chain(Graph, ties) {
  const graph = new Graph();
  for (const city of ["seoul", "london", "paris", "rome"]) graph.addNode(city);
  for (const [one, two] of ties) graph.addEdge(one, two);
  return graph;
}
const file = "node_modules/graphology-metrics/package.json";
console.log("graphology-metrics", JSON.parse(readFileSync(file)).version);
const ties = [["seoul", "london"], ["london", "paris"], ["paris", "rome"]];
const simple = chain(UndirectedGraph, ties);
const twice = chain(MultiUndirectedGraph, [ties[0], ...ties]);
expect("first tie twice", closeness(twice), { seoul: 0.5, london: 0.75, paris: 0.75, rome: 0.75 });
console.log("-- controls: each tie once, once in a multigraph, and betweenness");
const right = { seoul: 0.5, london: 0.75, paris: 0.75, rome: 0.5 };
expect("simple", closeness(simple), right);
expect("multigraph, once", closeness(chain(MultiUndirectedGraph, ties)), right);
expect("betweenness, twice and once", betweenness(twice), betweenness(simple));
JS
node read.cjs
