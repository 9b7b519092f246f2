#!/usr/bin/env bash
# Once matplotlib 3.11.2 is imported, rdflib 7.6.0 parses SPARQL at half the speed.
#
# Expected: a library for figures has no effect on a parser of queries.
# What happens: matplotlib switches on the memory of pyparsing (packrat) for its own formulas, and
#   pyparsing has one switch for all parsers of a process. rdflib's grammar of SPARQL doesn't profit
#   from it: parsing took 1.8 times as long here, and leaves many objects in circles
#   to the garbage collector. igraph 1.0.0 imports matplotlib where that is installed, so it need
#   not be imported by name.
# Why it matters here: a program that draws or measures a network and asks a graph in one process
#   parses each query anew, for hundreds of questions.
# Instead: switch the memory off around rdflib's parser (pyparsing's disable_memoization) and on again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check \
  rdflib==7.6.0 pyparsing==3.3.3 matplotlib==3.11.2 igraph==1.0.0
cat >measure.py <<'PY'
import sys
import time

if sys.argv[1] != "nothing":
    __import__(sys.argv[1])

from pyparsing import ParserElement
from rdflib.plugins.sparql import prepareQuery

QUERY = """
PREFIX c: <https://example.org/>
SELECT ?city (COUNT(DISTINCT ?agreement) AS ?number) {
  ?agreement c:party ?city ; c:signed ?day ; c:topic ?topic .
  OPTIONAL { ?topic c:broader/c:broader* ?area . FILTER(?area != c:other) }
  FILTER(?day >= "2010-01-01" && (BOUND(?area) || STRLEN(STR(?topic)) > 3))
} GROUP BY ?city ORDER BY DESC(?number) LIMIT 10
"""
prepareQuery(QUERY)
begin = time.process_time()
for _ in range(20):
    prepareQuery(QUERY)
print(getattr(ParserElement, "_packratEnabled", None), (time.process_time() - begin) / 20)
PY
for package in nothing matplotlib.mathtext igraph; do
  venv/bin/python measure.py "$package" >"$package.txt"
  echo "after importing $package: memory on, seconds a query: $(cat "$package.txt")"
done
venv/bin/python - <<'PY'
import sys


def seen(name):
    is_on, seconds = open(f"{name}.txt").read().split()
    return is_on, float(seconds)


alone = seen("nothing")
for name in ("matplotlib.mathtext", "igraph"):
    is_on, seconds = seen(name)
    if (alone[0], is_on) != ("False", "True") or seconds < 1.25 * alone[1]:
        sys.exit(f"CHANGED: {name}: expected the memory on, and slower parsing")
PY
