#!/usr/bin/env bash
# Owlready2 0.51 loads and saves years, and cannot read a property that has one.
#
# Expected: a file that loads without complaint can be used. A value that Python has no type for comes as
#   a string, or alone is an error.
# What happens: reading a property of which one value is xsd:gYear or xsd:gYearMonth raises ValueError
#   ("Cannot read literal of datatype …"), so that the days next to it can't be read either. SPARQL of the
#   library raises it for the whole answer. Saving writes everything.
# Why it matters here: dates of partnerships are known to the day, the month or the year, and the
#   library is how many researchers use ontologies in Python. The error comes with the first city
#   whose year alone is known, long after loading.
# Instead: ask for STR(?date) by SPARQL, declare both datatypes with declare_datatype before loading, or use
#   a property whose values are xsd:date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check owlready2==0.51
FOLDER=$folder "$folder/venv/bin/python" -W ignore - <<'PY'
import os
import sys
from importlib.metadata import version
from pathlib import Path

from owlready2 import World

XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
EXAMPLE = "http://example.org/"


def expect(what, found, expected):
    print(f"{what}: {found}")
    if found != expected:
        sys.exit(f"CHANGED: {what}: expected {expected}")


def loaded(*dates):
    """A city with these dates, and the world that it was loaded into."""
    lines = [
        f"<{EXAMPLE}City> {TYPE} <{OWL}Class> .",
        f"<{EXAMPLE}begins> {TYPE} <{OWL}DatatypeProperty> .",
        f"<{EXAMPLE}tokyo> {TYPE} <{EXAMPLE}City> .",
        *(f'<{EXAMPLE}tokyo> <{EXAMPLE}begins> "{text}"^^<{XSD}{kind}> .' for text, kind in dates),
    ]
    path = Path(os.environ["FOLDER"]) / "graph.nt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    world = World()
    ontology = world.get_ontology(path.as_uri()).load()
    return world, ontology, world[EXAMPLE + "tokyo"]


def begins(city):
    try:
        return [str(value) for value in city.begins]
    except ValueError:
        return "ValueError"


def asked(world, column):
    query = f"SELECT {column} {{ <{EXAMPLE}tokyo> <{EXAMPLE}begins> ?date }}"
    try:
        return sorted(str(row[0]) for row in world.sparql(query))
    except ValueError:
        return "ValueError"


DAY, YEAR = ("1988-09-03", "date"), ("1988", "gYear")
print("owlready2", version("owlready2"))
world, ontology, city = loaded(DAY, YEAR)
expect("a day and a year", begins(city), "ValueError")
expect("a month", begins(loaded(("1988-09", "gYearMonth"))[2]), "ValueError")
saved = Path(os.environ["FOLDER"]) / "saved.nt"
ontology.save(str(saved), format="ntriples")
expect("the year is saved", f'"1988"^^<{XSD}gYear>' in saved.read_text(encoding="utf-8"), True)
expect("by SPARQL", asked(world, "?date"), "ValueError")
print("-- controls: the day alone; text")
expect("a day", begins(loaded(DAY)[2]), ["1988-09-03"])
expect("a day and a year as text", asked(world, "(STR(?date) AS ?text)"), ["1988", "1988-09-03"])
PY
