#!/usr/bin/env bash
# pyoxigraph 0.5.13, n3 2.1.1 (npm): a filter for the language zh-Hant, as the file has it, finds nothing.
#
# Expected: LANG(?label) = "zh-Hant" finds a label that was written "..."@zh-Hant.
# What happens: reading makes zh-hant of the tag, LANG gives zh-hant, and the comparison of two texts is
#   false. rdflib keeps the tag, and the same query has one row. A whole literal in the query is found by
#   both, since the query is read by the same rule: only texts of tags miss.
# Why it matters here: names of Taipei and Hong Kong come as zh-Hant, of Belgrade as sr-Latn, of partner
#   lists as en-GB. A query that was tried in one engine is silently empty in another, and a file that
#   was read and written has other tags.
# Instead: langMatches(LANG(?label), "zh-Hant"), which ignores case, in every engine.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pyoxigraph==0.5.13 rdflib==7.6.0
npm install --silent --no-audit --no-fund --prefix "$folder" n3@2.1.1
cat >read.cjs <<'JS'
const { readFileSync } = require("node:fs");
const { Parser } = require("n3");

console.log("n3", JSON.parse(readFileSync("node_modules/n3/package.json")).version);
const [quad] = new Parser().parse('<http://example.org/taipei> <http://example.org/name> "臺北"@zh-Hant .');
console.log(`n3, language of what was read: ${quad.object.language}`);
if (quad.object.language !== "zh-hant") {
  console.error("CHANGED: n3, language of what was read");
  process.exit(1);
}
JS
node read.cjs
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

import pyoxigraph
import rdflib

DATA = '<http://example.org/taipei> <http://example.org/name> "臺北"@zh-Hant .'
ALL = "SELECT (LANG(?name) AS ?tag) { ?city ?property ?name }"
COMPARED = 'SELECT ?name { ?city ?property ?name FILTER(LANG(?name) = "zh-Hant") }'
MATCHED = 'SELECT ?name { ?city ?property ?name FILTER(langMatches(LANG(?name), "zh-Hant")) }'
WHOLE = 'SELECT ?city { ?city ?property "臺北"@zh-Hant }'


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


store = pyoxigraph.Store()
store.load(DATA.encode(), format=pyoxigraph.RdfFormat.TURTLE)
graph = rdflib.Graph().parse(data=DATA, format="turtle")


def by_oxigraph(query):
    return [row[0].value for row in store.query(query)]


def by_rdflib(query):
    return [str(row[0]) for row in graph.query(query)]


for name in ("pyoxigraph", "rdflib"):
    print(name, version(name))
expect("pyoxigraph, tag", by_oxigraph(ALL), ["zh-hant"])
expect("pyoxigraph, tag compared", by_oxigraph(COMPARED), [])
print("-- controls")
expect("rdflib, tag", by_rdflib(ALL), ["zh-Hant"])
expect("rdflib, tag compared", by_rdflib(COMPARED), ["臺北"])
for name, ask in (("pyoxigraph", by_oxigraph), ("rdflib", by_rdflib)):
    expect(f"{name}, langMatches", ask(MATCHED), ["臺北"])
    expect(f"{name}, whole literal", ask(WHOLE), ["http://example.org/taipei"])
PY
