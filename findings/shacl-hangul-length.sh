#!/usr/bin/env bash
# pyrudof 0.3.35 counts the length of a text in bytes; other SHACL engines count characters.
#
# Expected: sh:maxLength counts characters, as STRLEN of SPARQL does, by which SHACL defines it.
# What happens: pyrudof counts the bytes of UTF-8. A syllable of Hangul takes three, so "서울시" (3
#   characters) violates sh:maxLength 5, and "울" satisfies sh:minLength 2.
# Why it matters here: limits on names, codes and summaries pass for English labels and fail for the
#   Korean labels of the same cities; minimum lengths let one-syllable rests through.
# Instead: limit lengths by sh:pattern, which both engines count in characters, or validate with
#   pyshacl.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  rdflib==7.6.0 pyshacl==0.40.1 pyrudof==0.3.35
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import pyrudof
import pyshacl
import rdflib

PREFIXES = "@prefix : <http://example.org/> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def conforms(name, constraint):
    """Whether the name satisfies the constraint, for pyshacl and for pyrudof."""
    data = PREFIXES + f':city :name "{name}" .'
    shapes = PREFIXES + (
        f":shape a sh:NodeShape ; sh:targetSubjectsOf :name ; "
        f"sh:property [ sh:path :name ; {constraint} ] ."
    )
    by_pyshacl = pyshacl.validate(
        rdflib.Graph().parse(data=data, format="turtle"),
        shacl_graph=rdflib.Graph().parse(data=shapes, format="turtle"),
    )[0]
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_shacl(shapes, pyrudof.ShaclFormat.Turtle)
    rudof.read_data(data, pyrudof.RDFFormat.Turtle)
    found = rudof.validate_shacl().violations
    return by_pyshacl, not (found() if callable(found) else found)


for name in ("pyrudof", "pyshacl", "rdflib"):
    print(name, version(name))
print("conforms for (pyshacl, pyrudof)")
expect("서울시, at most 5", conforms("서울시", "sh:maxLength 5"), (True, False))
expect("울, at least 2", conforms("울", "sh:minLength 2"), (False, True))
print("-- controls: Latin letters, and the same limit as a pattern")
expect("Quito, at most 5", conforms("Quito", "sh:maxLength 5"), (True, True))
expect("Bogota, at most 5", conforms("Bogota", "sh:maxLength 5"), (False, False))
expect("서울시, pattern", conforms("서울시", 'sh:pattern "^.{0,5}$"'), (True, True))
expect("울, pattern", conforms("울", 'sh:pattern "^.{2,}$"'), (False, False))
PY
