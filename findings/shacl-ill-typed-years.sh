#!/usr/bin/env bash
# pyshacl 0.40.1: sh:datatype lets "abcd"^^xsd:gYear and "2015-99"^^xsd:gYearMonth pass.
#
# Expected: SHACL says that an ill-typed literal violates sh:datatype, and "abc"^^xsd:dateTime and
#   "2015-02-30"^^xsd:date do.
# What happens: literals of xsd:gYear, xsd:gYearMonth and xsd:gMonthDay pass whatever their text is:
#   rdflib has no value for them and so never calls them ill-typed.
# Why it matters here: signing dates that are known to the year or month have just these datatypes.
#   A month 99 passes validation and is missing from every ordered list later.
# Instead: add sh:pattern to the shapes of years and months.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  rdflib==7.6.0 pyshacl==0.40.1
"$folder/venv/bin/python" - <<'PY'
import sys
import logging
from importlib.metadata import version

import pyshacl
import rdflib

logging.disable(logging.WARNING)  # rdflib writes a traceback for literals that it calls ill-typed


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


PREFIXES = """@prefix : <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def conforms(text, datatype, also=""):
    data = PREFIXES + f':agreement :signed "{text}"^^xsd:{datatype} .'
    shapes = PREFIXES + (
        f":shape a sh:NodeShape ; sh:targetSubjectsOf :signed ; "
        f"sh:property [ sh:path :signed ; sh:datatype xsd:{datatype} ; {also} ] ."
    )
    return pyshacl.validate(
        rdflib.Graph().parse(data=data, format="turtle"),
        shacl_graph=rdflib.Graph().parse(data=shapes, format="turtle"),
    )[0]


for name in ("pyshacl", "rdflib"):
    print(name, version(name))
print("conforms:")
expect("2015-99, gYearMonth", conforms("2015-99", "gYearMonth"), True)
expect("abcd, gYear", conforms("abcd", "gYear"), True)
expect("--13-40, gMonthDay", conforms("--13-40", "gMonthDay"), True)
print("-- controls: other datatypes, and a pattern")
expect("2015-02-30, date", conforms("2015-02-30", "date"), False)
expect("abc, dateTime", conforms("abc", "dateTime"), False)
month = 'sh:pattern "^[0-9]{4}-(0[1-9]|1[0-2])$"'
expect("2015-99, gYearMonth, pattern", conforms("2015-99", "gYearMonth", month), False)
expect("2015-09, gYearMonth, pattern", conforms("2015-09", "gYearMonth", month), True)
PY
