#!/usr/bin/env bash
# GROUP_CONCAT over IRIs or dates has no value in pyoxigraph 0.5.13, and a list in rdflib 7.6.0.
#
# Expected: GROUP_CONCAT(?partner) joins the partners' IRIs, as rdflib and other engines do.
# What happens: pyoxigraph concatenates strings only. One IRI, date or number in the group makes the
#   result of the whole group unbound. There is no error; the cell is empty.
# Why it matters here: "all partners of a city on one line" and "all dates of an agreement" are the
#   first queries that people write. The answer looks like "this city has no partners".
# Instead: GROUP_CONCAT(STR(?partner)). It gives the same list in both engines.
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
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
:seoul :partner :quito ; :signed "2016-03-15"^^xsd:date ; :population 9411000 ; :name "Seoul" .
"""
store = pyoxigraph.Store()
store.load(DATA.encode(), format=pyoxigraph.RdfFormat.TURTLE)
graph = rdflib.Graph().parse(data=DATA, format="turtle")


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def answers(field, expression):
    query = (
        f"SELECT (GROUP_CONCAT({expression}; SEPARATOR=' ') AS ?all) "
        f"{{ ?city <http://example.org/{field}> ?x }}"
    )
    (by_oxigraph,) = store.query(query)
    (by_rdflib,) = graph.query(query)
    value = by_oxigraph["all"]
    return (value.value if value else None, str(by_rdflib[0]))


for name in ("pyoxigraph", "rdflib"):
    print(name, version(name))
texts = {
    "partner": "http://example.org/quito",
    "signed": "2016-03-15",
    "population": "9411000",
}
for field, text in texts.items():
    expect(f"{field}, (pyoxigraph, rdflib)", answers(field, "?x"), (None, text))
print("-- controls: STR() around it, and strings")
for field, text in texts.items():
    expect(f"STR of {field}, (pyoxigraph, rdflib)", answers(field, "STR(?x)"), (text, text))
expect("name, (pyoxigraph, rdflib)", answers("name", "?x"), ("Seoul", "Seoul"))
PY
