#!/usr/bin/env bash
# rdflib 7.6.0 cannot read Turtle that pyoxigraph 0.5.13 writes if a name ends in a dot, as that of the
# date 2022/.. may.
#
# Expected: a dot at the end of a prefixed name is written with a backslash, which the grammar of
#   Turtle 1.1 allows (PN_LOCAL may end in an escape), and every parser reads it.
# What happens: rdflib raises BadSyntax at an escaped dot that ends a name, and nothing of the file is
#   read.
# Why it matters here: an open interval of EDTF ends in two dots. One such date in a graph of
#   thousands of statements makes the whole file unreadable to the commonest library of Python.
# Instead: write IRIs that end in a dot in full, between < and >.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  rdflib==7.6.0 pyoxigraph==0.5.13
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import pyoxigraph
import rdflib
from rdflib.plugins.parsers.notation3 import BadSyntax

BASE = "https://example.org/date/"


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def written(name, prefixes):
    node = pyoxigraph.NamedNode(BASE + name)
    return pyoxigraph.serialize(
        [pyoxigraph.Triple(node, node, node)], format=pyoxigraph.RdfFormat.TURTLE, prefixes=prefixes
    ).decode()


def read_by_rdflib(text):
    try:
        return len(rdflib.Graph().parse(data=text, format="turtle"))
    except BadSyntax:
        return "BadSyntax"


def read_by_pyoxigraph(text):
    return len(list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)))


print("rdflib", version("rdflib"), "pyoxigraph", version("pyoxigraph"))
text = written("2022--..", {"date": BASE})
print(text.splitlines()[-1])
expect("rdflib, a name that ends in dots", read_by_rdflib(text), "BadSyntax")
expect("pyoxigraph, the same", read_by_pyoxigraph(text), 1)
print("-- controls: dots within the name, and the IRI in full")
expect("rdflib, dots within", read_by_rdflib(written("..--2022", {"date": BASE})), 1)
expect("rdflib, the IRI in full", read_by_rdflib(written("2022--..", {})), 1)
PY
