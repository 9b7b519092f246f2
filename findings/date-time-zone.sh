#!/usr/bin/env bash
# rdflib 7.6.0 drops the time zone of an xsd:date when it reads it.
#
# Expected: "2003-12-01+09:00"^^xsd:date is a valid date and is kept as it is written.
# What happens: rdflib turns it into a Python date, which has no time zone, and writes
#   "2003-12-01"^^xsd:date. Two different literals become one; a round trip through rdflib changes
#   the data, and a query for the original literal in another engine no longer finds it. Time zones
#   of xsd:dateTime, xsd:time and xsd:gYear survive. pyoxigraph keeps the date as it is.
# Why it matters here: systems that derive a date from a Korean time stamp write "+09:00". The same
#   signing day then has two names, one before and one after rdflib.
# Instead: store dates of agreements without a time zone from the start, or read with
#   rdflib.NORMALIZE_LITERALS set to False.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  pyoxigraph==0.5.13 rdflib==7.6.0
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import pyoxigraph
import rdflib

XSD = "http://www.w3.org/2001/XMLSchema#"
LITERALS = {
    "date": "2003-12-01+09:00",
    "dateTime": "2003-12-01T10:00:00+09:00",
    "time": "10:00:00+09:00",
    "gYear": "2003+09:00",
}


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def triple(kind):
    return f'<http://example.org/a> <http://example.org/signed> "{LITERALS[kind]}"^^<{XSD}{kind}> .'


def by_rdflib(kind):
    graph = rdflib.Graph().parse(data=triple(kind), format="nt")
    return graph.serialize(format="nt").split('"')[1]


for name in ("rdflib", "pyoxigraph"):
    print(name, version(name))
expect("rdflib, date", by_rdflib("date"), "2003-12-01")
print("-- controls: other types, another library, and rdflib without normalisation")
for kind in ("dateTime", "time", "gYear"):
    expect(f"rdflib, {kind}", by_rdflib(kind), LITERALS[kind])
store = pyoxigraph.Store()
store.load(triple("date").encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
expect("pyoxigraph, date", next(iter(store)).object.value, LITERALS["date"])
rdflib.NORMALIZE_LITERALS = False
expect("rdflib without NORMALIZE_LITERALS, date", by_rdflib("date"), LITERALS["date"])
PY
