#!/usr/bin/env bash
# maplib 0.20.26 finds no first or last day of any agreement once one date is a year.
#
# Expected: MIN() and MAX() of each group are computed from its own values. A group of days has a first
#   day, as without the other groups.
# What happens: a variable that holds both xsd:date and xsd:gYear anywhere in the answer has no MIN and no
#   MAX at all, in groups of days alone as well. Counts are right, and nothing is said. YEAR() of such a
#   variable is an error.
# Why it matters here: dates of partnerships are known to the day, the month or the year. One partnership
#   known by its year empties the column "first day" of all cities.
# Instead: compare in one datatype, the first possible day as xsd:date (as citypact:earliest is), or
#   filter by datatype before the aggregate.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  maplib==0.20.26 polars==2.1.0 pyoxigraph==0.5.13
"$folder/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import maplib
import pyoxigraph

PREFIXES = """@prefix : <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DAYS = ':tokyo :from "1988-09-03"^^xsd:date . :paris :from "1991-11-12"^^xsd:date .'
YEAR = ':rome :from "2000"^^xsd:gYear .'
FIRST = """PREFIX : <http://example.org/>
SELECT ?city (MIN(?date) AS ?first) (COUNT(?date) AS ?number) { ?city :from ?date }
GROUP BY ?city ORDER BY ?city"""


def expect(what, found, expected):
    print(f"{what}: {found}")
    if found != expected:
        sys.exit(f"CHANGED: {what}: expected {expected}")


def first(triples):
    """The first date and the number of dates of each city."""
    model = maplib.Model()
    model.reads(PREFIXES + triples, format="turtle")
    return [
        (row["city"].strip("<>").rsplit("/", 1)[1], row["first"] and str(row["first"]), row["number"])
        for row in model.query(FIRST).to_dicts()
    ]


for name in ("maplib", "polars", "pyoxigraph"):
    print(name, version(name))
expect("days and a year", first(DAYS + YEAR), [("paris", None, 1), ("rome", None, 1),
                                               ("tokyo", None, 1)])
print("-- controls: days alone; another engine")
expect("days alone", first(DAYS), [("paris", "1991-11-12", 1), ("tokyo", "1988-09-03", 1)])
store = pyoxigraph.Store()
store.load((PREFIXES + DAYS + YEAR).encode(), format=pyoxigraph.RdfFormat.TURTLE)
expect("days and a year, pyoxigraph", [row["first"].value for row in store.query(FIRST)],
       ["1991-11-12", "2000", "1988-09-03"])
PY
