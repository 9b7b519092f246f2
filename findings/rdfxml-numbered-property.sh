#!/usr/bin/env bash
# pyoxigraph 0.5.13 writes RDF/XML that is not XML when the IRI of a property ends in a number.
#
# Expected: RDF/XML writes properties as the names of elements, and a name cannot begin with a digit.
#   A property such as http://example.org/goal/11 cannot be written in this format; a serializer says
#   so, as rdflib 7.6.0 does.
# What happens: pyoxigraph writes an element with the name "oxprefix:", which is no name in XML. The
#   call succeeds, and pyoxigraph reads the file back, so that a round trip within the library shows
#   nothing. XML parsers, and with them rdflib, refuse the whole file.
# Why it matters here: properties numbered like the Sustainable Development Goals, or columns of a
#   table named by year. The fault shows at the reader's, long after the file was written.
# Instead: begin the last part of every property's name with a letter, and publish Turtle or
#   N-Triples, which can hold every IRI.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  pyoxigraph==0.5.13 rdflib==7.6.0
"$folder/venv/bin/python" - <<'PY'
import sys
import xml.etree.ElementTree as ElementTree
from importlib.metadata import version

import pyoxigraph
import rdflib

RDF_XML = pyoxigraph.RdfFormat.RDF_XML


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def written(name):
    triple = f'<http://example.org/city> <http://example.org/{name}> "yes" .'
    triples = pyoxigraph.parse(triple.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return pyoxigraph.serialize((quad.triple for quad in triples), format=RDF_XML)


def is_xml(text):
    try:
        ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return False
    return True


def properties_read(text):
    return [quad.predicate.value for quad in pyoxigraph.parse(text, format=RDF_XML)]


def by_rdflib(name):
    graph = rdflib.Graph()
    graph.parse(data=f'<http://example.org/city> <http://example.org/{name}> "yes" .', format="nt")
    try:
        return is_xml(graph.serialize(format="xml"))
    except ValueError:
        return "refused"


for name in ("pyoxigraph", "rdflib"):
    print(name, version(name))
text = written("goal/11")
print(text.decode())
expect("goal/11 is XML", is_xml(text), False)
expect("goal/11 read by pyoxigraph", properties_read(text), ["http://example.org/goal/11"])
print("-- controls: a name with a letter, and rdflib")
expect("goal/g11 is XML", is_xml(written("goal/g11")), True)
seen = properties_read(written("goal/g11"))
expect("goal/g11 read by pyoxigraph", seen, ["http://example.org/goal/g11"])
expect("goal/11 written by rdflib", by_rdflib("goal/11"), "refused")
expect("goal/g11 written by rdflib", by_rdflib("goal/g11"), True)
PY
