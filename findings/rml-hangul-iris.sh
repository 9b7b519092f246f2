#!/usr/bin/env bash
# Morph-KGC 2.8.1 percent-encodes Hangul in IRIs that an RML mapping makes from names.
#
# Expected: a template makes http://example.org/city/서울 of the value 서울. R2RML (section 7.3) keeps the
#   characters that RFC 3987 calls iunreserved, Hangul among them, and encodes the rest, such as spaces.
# What happens: http://example.org/city/%EC%84%9C%EC%9A%B8, which is another IRI.
# Why it matters here: a table of agreements that is mapped to RDF doesn't join with a graph whose IRIs
#   are readable: no error, no rows, and each Korean city exists twice after a merge.
# Instead: compute the whole IRI in a column of its own and use it as a reference of term type IRI, or
#   use codes in templates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  morph-kgc==2.8.1 rdflib==7.6.0
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PY'
import logging
import sys
from importlib.metadata import version
from pathlib import Path

import morph_kgc

logging.disable(logging.CRITICAL)
MAPPING = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix : <http://example.org/> .
<#cities> a rr:TriplesMap ;
  rml:logicalSource [ rml:source "cities.csv" ; rml:referenceFormulation ql:CSV ] ;
  rr:subjectMap [ SUBJECT ] ;
  rr:predicateObjectMap [ rr:predicate :name ; rr:objectMap [ rml:reference "name" ] ] .
"""
BY_NAME = 'rr:template "http://example.org/city/{name}"'
BY_COLUMN = 'rml:reference "iri" ; rr:termType rr:IRI'
NAMES = ("서울", "New York", "seoul")


def expect(what, found, expected):
    print(f"{what}: {found}")
    if found != expected:
        sys.exit(f"CHANGED: {what}: expected {expected}")


def last_parts(subject):
    """The last part of the IRI of each name."""
    Path("mapping.ttl").write_text(MAPPING.replace("SUBJECT", subject), encoding="utf-8")
    graph = morph_kgc.materialize("[cities]\nmappings: mapping.ttl\n")
    found = {str(name): str(city).rsplit("/", 1)[1] for city, _, name in graph}
    return [found[name] for name in NAMES]


rows = [f"{name},http://example.org/city/{name.replace(' ', '_')}" for name in NAMES]
Path("cities.csv").write_text("\n".join(["name,iri", *rows]) + "\n", encoding="utf-8")
for name in ("morph-kgc", "rdflib"):
    print(name, version(name))
expect("by a template", last_parts(BY_NAME), ["%EC%84%9C%EC%9A%B8", "New%20York", "seoul"])
print("-- control: the IRI from a column")
expect("by a column", last_parts(BY_COLUMN), ["서울", "New_York", "seoul"])
PY
