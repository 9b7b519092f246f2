#!/usr/bin/env bash
# Years in SPARQL: rdflib 7.6.0 orders a day before a year, but no year before another.
#
# Expected: values of xsd:gYear are compared with each other, and YEAR() gives their year, as the
#   functions of XPath do; a comparison of a day with a year is an error and drops the row.
# What happens: FILTER(?date < "2000"^^xsd:gYear) keeps the day 1976-05-18 and drops the years 1976
#   and 2019, in both directions; only equality works. YEAR() of xsd:gYear or xsd:gYearMonth is an
#   error, so that rows with such dates are missing without a word. pyoxigraph compares years, takes
#   YEAR() of all three and drops the day. The Python operator < of the same literals is right.
# Why it matters here: dates of agreements are as precise as their source. "Before 2000" loses just
#   those of which only the year is known, and the loss differs between engines.
# Instead: keep the first and the last day that a date allows as xsd:date, and compare these; or
#   compare SUBSTR(STR(?date), 1, 4).
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
from rdflib import XSD, Literal

QUERY = """
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?date WHERE {
  VALUES ?date { "1976-05-18"^^xsd:date "1976"^^xsd:gYear "1988-09"^^xsd:gYearMonth "2019"^^xsd:gYear }
  FILTER(%s)
}"""
graph, store = rdflib.Graph(), pyoxigraph.Store()


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def by_rdflib(test):
    return [str(row.date) for row in graph.query(QUERY % test)]


def by_oxigraph(test):
    return [row["date"].value for row in store.query(QUERY % test)]


for name in ("rdflib", "pyoxigraph"):
    print(name, version(name))
before, after, year = '?date < "2000"^^xsd:gYear', '?date > "2000"^^xsd:gYear', "YEAR(?date) < 2000"
expect("rdflib, before 2000", by_rdflib(before), ["1976-05-18"])
expect("rdflib, after 2000", by_rdflib(after), [])
expect("rdflib, YEAR() below 2000", by_rdflib(year), ["1976-05-18"])
print("-- controls: equality, the operator of Python, text, another engine")
expect("rdflib, equal to 1976", by_rdflib('?date = "1976"^^xsd:gYear'), ["1976"])
one, other = (Literal(text, datatype=XSD.gYear) for text in ("1976", "2000"))
expect("Python, 1976 < 2000", one < other, True)
text = 'SUBSTR(STR(?date), 1, 4) < "2000"'
expect("rdflib, by text", by_rdflib(text), ["1976-05-18", "1976", "1988-09"])
expect("pyoxigraph, before 2000", by_oxigraph(before), ["1976"])
expect("pyoxigraph, YEAR() below 2000", by_oxigraph(year), ["1976-05-18", "1976", "1988-09"])
PY
