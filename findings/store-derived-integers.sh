#!/usr/bin/env bash
# A pyoxigraph 0.5.13 Store changes xsd:nonNegativeInteger to xsd:integer.
#
# Expected: a triple store returns the literal that was put in, with its datatype.
# What happens: the Store keeps integers as numbers. What was loaded as "5"^^xsd:nonNegativeInteger
#   comes back as "5"^^xsd:integer, in queries and in files written from the Store. The parser of the
#   same package, and its Dataset, keep the datatype.
# Why it matters here: a shape that demands sh:datatype xsd:nonNegativeInteger (a population, a
#   number of signatories) accepts the data before they were stored and rejects them afterwards.
# Instead: use xsd:integer with sh:minInclusive 0 in the vocabulary and the shapes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  pyoxigraph==0.5.13 rdflib==7.6.0 pyshacl==0.40.1
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import pyoxigraph
import pyshacl
import rdflib

XSD = "http://www.w3.org/2001/XMLSchema#"
DATA = f'<http://example.org/seoul> <http://example.org/signatories> "5"^^<{XSD}nonNegativeInteger> .'
SHAPES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX : <http://example.org/>
[] a sh:NodeShape ; sh:targetSubjectsOf :signatories ;
  sh:property [ sh:path :signatories ; sh:datatype xsd:nonNegativeInteger ] .
"""


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def conforms(text):
    data = rdflib.Graph().parse(data=text, format="nt")
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    return pyshacl.validate(data, shacl_graph=shapes)[0]


def datatype(quads):
    (quad,) = quads
    return quad.object.datatype.value.removeprefix(XSD)


for name in ("pyoxigraph", "rdflib", "pyshacl"):
    print(name, version(name))
turtle = {"format": pyoxigraph.RdfFormat.N_TRIPLES}
store = pyoxigraph.Store()
store.load(DATA.encode(), **turtle)
written = store.dump(from_graph=pyoxigraph.DefaultGraph(), **turtle).decode()
expect("datatype in the Store", datatype(store), "integer")
expect("conforms after the Store", conforms(written), False)

print("-- controls: the parser and the Dataset of pyoxigraph, and rdflib")
expect("datatype, parser", datatype(pyoxigraph.parse(DATA.encode(), **turtle)), "nonNegativeInteger")
dataset = pyoxigraph.Dataset(pyoxigraph.parse(DATA.encode(), **turtle))
expect("datatype, Dataset", datatype(dataset), "nonNegativeInteger")
(value,) = rdflib.Graph().parse(data=DATA, format="nt").objects()
expect("datatype, rdflib", value.datatype.removeprefix(XSD), "nonNegativeInteger")
expect("conforms before the Store", conforms(DATA), True)
PY
