#!/usr/bin/env bash
# pyoxigraph 0.5.13 takes a substitution only for a variable that the query returns.
#
# Expected: query(text, substitutions={city: seoul}) binds ?city wherever the pattern has it, as the
#   parameters of rdflib's initBindings do: "agreements of this city" needs no column for the city.
# What happens: a RuntimeError says that the projection lacks the variable. With the variable among the
#   columns the same query works.
# Why it matters here: named queries have parameters that no reader wants as a column. Of 144
#   parameters tried in the named queries of one project, 43 were refused.
# Instead: write the term into the text (VALUES), as standard SPARQL on any engine takes it.
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

DATA = """
PREFIX : <http://example.org/>
:seoul-london :party :london . :seoul-paris :party :paris .
"""
PATTERN = "?agreement <http://example.org/party> ?city"
LONDON = "http://example.org/london"
store = pyoxigraph.Store()
store.load(DATA.encode(), format=pyoxigraph.RdfFormat.TURTLE)
graph = rdflib.Graph().parse(data=DATA, format="turtle")


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def agreements(columns):
    terms = {pyoxigraph.Variable("city"): pyoxigraph.NamedNode(LONDON)}
    try:
        rows = store.query(f"SELECT {columns} {{ {PATTERN} }}", substitutions=terms)
        return [row["agreement"].value for row in rows]
    except RuntimeError as error:
        return type(error).__name__ if "projection" in str(error).lower() else str(error)


for name in ("pyoxigraph", "rdflib"):
    print(name, version(name))
expect("without ?city among the columns", agreements("?agreement"), "RuntimeError")
print("-- controls: with it, VALUES, and rdflib")
found = ["http://example.org/seoul-london"]
expect("with ?city among the columns", agreements("?agreement ?city"), found)
rows = store.query(f"SELECT ?agreement {{ VALUES ?city {{ <{LONDON}> }} {PATTERN} }}")
expect("VALUES", [row["agreement"].value for row in rows], found)
bound = graph.query(f"SELECT ?agreement {{ {PATTERN} }}", initBindings={"city": rdflib.URIRef(LONDON)})
expect("rdflib's initBindings", [str(row.agreement) for row in bound], found)
PY
