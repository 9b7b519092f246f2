#!/usr/bin/env bash
# maplib 0.20.26 leaves statements out when it reads: dates in UTC and large whole numbers.
#
# Expected: a Turtle or N-Triples file has as many triples after reading as it has lines, or there is an
#   error.
# What happens: a statement whose value is an xsd:date with the time zone Z is gone, and so is one with a
#   whole number beyond 64 bits. A date with +09:00 stays and loses its zone. Decimals keep twelve
#   digits. All of them are valid, and nothing is said.
# Why it matters here: catalogues and registries of agreements state days in UTC. A copy of the graph that
#   went through the library has agreements without a date, and counts are lower.
# Instead: compare the number of triples with that of another parser; write days without a zone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  maplib==0.20.26 polars==2.1.0 rdflib==7.6.0
"$folder/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import maplib
import rdflib

XSD = "http://www.w3.org/2001/XMLSchema#"


def expect(what, found, expected):
    print(f"{what}: {found}")
    if found != expected:
        sys.exit(f"CHANGED: {what}: expected {expected}")


def read(text, datatype):
    """The values of one statement after reading and writing again; nothing where it is gone."""
    triple = f'<http://example.org/a> <http://example.org/p> "{text}"^^<{XSD}{datatype}> .\n'
    assert len(rdflib.Graph().parse(data=triple, format="nt")) == 1
    model = maplib.Model()
    model.reads(triple, format="ntriples")
    return [line.split('"')[1] for line in model.writes(format="ntriples").splitlines()]


for name in ("maplib", "polars", "rdflib"):
    print(name, version(name))
expect("a day in UTC", read("1988-09-03Z", "date"), [])
expect("a day in Seoul", read("1988-09-03+09:00", "date"), ["1988-09-03"])
expect("a whole number of twenty digits", read("10000000000000000000", "integer"), [])
expect("thirteen digits after the point", read("3.1234567890123", "decimal"), ["3.123456789012"])
print("-- controls")
expect("a day", read("1988-09-03", "date"), ["1988-09-03"])
expect("a moment in UTC", len(read("1988-09-03T10:00:00Z", "dateTime")), 1)
expect("a whole number of nineteen digits", read("1000000000000000000", "integer"),
       ["1000000000000000000"])
expect("a decimal", read("3.75", "decimal"), ["3.75"])
PY
