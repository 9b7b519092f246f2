#!/usr/bin/env bash
# Whether a year lies within bounds depends on the SHACL engine: pyshacl 0.40.1 says no, its faster
# replacement pyshacl-turbo 0.6.5 and pyrudof 0.3.35 say yes.
#
# Expected: "1976"^^xsd:gYear satisfies sh:minInclusive "1900"^^xsd:gYear.
# What happens: SHACL defines the bounds by the operators of SPARQL, and SPARQL 1.1 defines no order
#   of gYear. What cannot be compared is a violation, so pyshacl reports that 1976 is not at least
#   1900, and also that it is not at most 2030. The other two engines compare the years. With dates
#   all three agree.
# Why it matters here: for many partnerships only the year is known. The same shapes and data pass
#   or fail when somebody installs the faster engine.
# Instead: state bounds for xsd:date only (first and last possible day); check years by sh:pattern.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  rdflib==7.6.0 pyshacl==0.40.1 pyshacl-turbo==0.6.5 pyrudof==0.3.35
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import pyrudof
import pyshacl
import pyshacl_turbo
import rdflib

PREFIXES = """
@prefix : <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def violations(kind, value, least, most):
    """The number of violations that pyshacl, pyshacl-turbo and pyrudof report."""
    data = PREFIXES + f':seoul :since "{value}"^^xsd:{kind} .'
    shapes = PREFIXES + (
        ":shape a sh:NodeShape ; sh:targetSubjectsOf :since ; sh:property [ sh:path :since ; "
        f'sh:minInclusive "{least}"^^xsd:{kind} ; sh:maxInclusive "{most}"^^xsd:{kind} ] .'
    )
    counts = []
    for engine in (pyshacl, pyshacl_turbo):
        _, report, _ = engine.validate(
            rdflib.Graph().parse(data=data, format="turtle"),
            shacl_graph=rdflib.Graph().parse(data=shapes, format="turtle"),
        )
        result = rdflib.URIRef("http://www.w3.org/ns/shacl#ValidationResult")
        counts.append(len(list(report.subjects(rdflib.RDF.type, result))))
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_shacl(shapes, pyrudof.ShaclFormat.Turtle)
    rudof.read_data(data, pyrudof.RDFFormat.Turtle)
    found = rudof.validate_shacl().violations
    counts.append(len(found() if callable(found) else found))
    return tuple(counts)


for name in ("pyshacl", "pyshacl-turbo", "pyrudof", "rdflib"):
    print(name, version(name))
print("violations by pyshacl, pyshacl-turbo, pyrudof")
expect("1976 in 1900 to 2030", violations("gYear", 1976, 1900, 2030), (2, 0, 0))
print("-- controls: a year outside, and dates")
expect("1876 in 1900 to 2030", violations("gYear", 1876, 1900, 2030), (2, 1, 1))
seen = violations("date", "1976-07-01", "1900-01-01", "2030-12-31")
expect("1976-07-01 in 1900-01-01 to 2030-12-31", seen, (0, 0, 0))
seen = violations("date", "1876-07-01", "1900-01-01", "2030-12-31")
expect("1876-07-01 in 1900-01-01 to 2030-12-31", seen, (1, 1, 1))
PY
