#!/usr/bin/env bash
# A decimal number in JSON-LD becomes an ill-formed xsd:decimal in pyoxigraph 0.5.13 and jsonld 9.0.0
# (npm), and a proper one in rdflib 7.6.0.
#
# Expected: "latitude": 37.5665, with the type xsd:decimal in the context, becomes the literal
#   "37.5665"^^xsd:decimal.
# What happens: the conversion that JSON-LD 1.1 prescribes writes every number with a fraction in the
#   form of xsd:double, whatever its type: "3.75665E1"^^xsd:decimal. XML Schema allows no exponent in
#   a decimal. pyoxigraph stores the text, but a comparison with it finds nothing. Whole numbers are
#   unaffected, so that the fault depends on the city. rdflib writes 37.5665.
# Why it matters here: coordinates of cities. A query for cities in a bounding box returns nothing,
#   without an error.
# Instead: write decimals in JSON-LD as strings ("37.5665"), as typed values.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for form in number:37.5665 string:'"37.5665"'; do
  cat > "${form%%:*}.json" <<JSON
{
  "@context": {
    "latitude": {
      "@id": "http://example.org/latitude",
      "@type": "http://www.w3.org/2001/XMLSchema#decimal"
    }
  },
  "@id": "http://example.org/seoul",
  "latitude": ${form#*:}
}
JSON
done
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  pyoxigraph==0.5.13 rdflib==7.6.0
npm install --silent --no-audit --no-fund --prefix "$folder" jsonld@9.0.0
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import jsonld from "jsonld";
for (const path of ["number.json", "string.json"]) {
  const text = readFileSync(path, "utf8");
  const quads = await jsonld.toRDF(JSON.parse(text), { format: "application/n-quads" });
  console.log(quads.split('"')[1]);
}
JS
node read.mjs > by-jsonld.txt
venv/bin/python - <<'PY'
import json
import sys
from importlib.metadata import version

import pyoxigraph
import rdflib


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def stored(path):
    store = pyoxigraph.Store()
    with open(path, "rb") as file:
        store.load(file.read(), format=pyoxigraph.RdfFormat.JSON_LD)
    return store


def by_oxigraph(path):
    return next(iter(stored(path))).object.value


def by_rdflib(path):
    return [str(value) for value in rdflib.Graph().parse(path, format="json-ld").objects()][0]


def in_the_box(path):
    query = "SELECT ?city { ?city ?p ?latitude FILTER(?latitude > 37 && ?latitude < 38) }"
    return len(list(stored(path).query(query)))


print("pyoxigraph", version("pyoxigraph"))
print("rdflib", version("rdflib"))
print("jsonld", json.load(open("node_modules/jsonld/package.json"))["version"])
number, string = open("by-jsonld.txt").read().split()
expect("jsonld, number", number, "3.75665E1")
expect("pyoxigraph, number", by_oxigraph("number.json"), "3.75665E1")
expect("pyoxigraph, cities between 37 and 38 degrees", in_the_box("number.json"), 0)

print("-- controls: rdflib, and the number as a string")
expect("rdflib, number", by_rdflib("number.json"), "37.5665")
expect("jsonld, string", string, "37.5665")
expect("pyoxigraph, string", by_oxigraph("string.json"), "37.5665")
expect("pyoxigraph, cities between 37 and 38 degrees", in_the_box("string.json"), 1)
PY
