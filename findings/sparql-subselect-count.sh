#!/usr/bin/env bash
# A count in a sub-select depends on what stands before it in rdflib 7.6.0.
#
# Expected: a sub-select is evaluated on its own, before it is joined (SPARQL 1.1, section 12). "How
#   many topics are there in all" is the same number on every row.
# What happens: rdflib passes the variables of the outer row into the sub-select, even those that it
#   does not select. The count is then that of the row's own city. Put the sub-select first and the
#   answer is right. pyoxigraph gives the right number in either order.
# Why it matters here: shares ("topic X is in 3 of 40 agreements") need the total beside the count.
#   Such shares come out as 100 %, without an error.
# Instead: give variables in sub-selects names of their own, put the sub-select first, or ask for the
#   total in a query of its own; test each query on two engines.
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
:lima a :City ; :topic :water .
:quito a :City ; :topic :transport .
:seoul a :City ; :topic :transport , :housing .
"""
TOTAL = "{ SELECT (COUNT(*) AS ?total) { %s :topic ?topic } }"
QUERY = "PREFIX : <http://example.org/> SELECT ?city ?total { %s } ORDER BY ?city"
store = pyoxigraph.Store()
store.load(DATA.encode(), format=pyoxigraph.RdfFormat.TURTLE)
graph = rdflib.Graph().parse(data=DATA, format="turtle")


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def by_rdflib(pattern):
    return [int(row.total) for row in graph.query(QUERY % pattern)]


def by_oxigraph(pattern):
    return [int(row["total"].value) for row in store.query(QUERY % pattern)]


for name in ("rdflib", "pyoxigraph"):
    print(name, version(name))
after = "?city a :City . " + TOTAL % "?city"
before = TOTAL % "?city" + " ?city a :City ."
renamed = "?city a :City . " + TOTAL % "?any"
print("totals for Lima, Quito and Seoul")
expect("rdflib, sub-select after", by_rdflib(after), [1, 1, 2])
print("-- controls: another order, another name, another engine")
expect("rdflib, sub-select before", by_rdflib(before), [4, 4, 4])
expect("rdflib, other name", by_rdflib(renamed), [4, 4, 4])
expect("pyoxigraph, sub-select after", by_oxigraph(after), [4, 4, 4])
expect("pyoxigraph, sub-select before", by_oxigraph(before), [4, 4, 4])
PY
