"""JSON-LD: rdflib and Oxigraph read the facts, and nothing is fetched."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import rdflib
import rdflib.compare

from citypact.api import Graph
from citypact.ontology import ID, NS
from tests.graph.export.test_export import EMPTY
from tests.graph.export.twins import HOSTILE, twins

PREF = "http://www.w3.org/2004/02/skos/core#prefLabel"


def triples(data: bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=ox.RdfFormat.JSON_LD)}


def test_all_facts_are_those_of_the_turtle_file(graph: Graph, build: Path, tmp_path: Path) -> None:
    [path] = graph.export("jsonld", tmp_path / "facts.jsonld")
    facts = {
        quad.triple
        for quad in ox.parse((build / "facts.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    }
    assert triples(path.read_bytes()) == facts
    one = rdflib.Graph().parse(path, format="json-ld")
    other = rdflib.Graph().parse(build / "facts.ttl", format="turtle")
    assert set(one) == set(other)
    context = json.loads(path.read_text(encoding="utf-8"))["@context"]
    assert isinstance(context, dict), "a remote context would have to be fetched"


def test_of_a_network_only_its_things_are_told(graph: Graph, tmp_path: Path) -> None:
    network = graph.network("actors", topic="digital-inclusion")
    [path] = graph.export("jsonld", tmp_path / "some.jsonld", network)
    found = triples(path.read_bytes())
    told = {t.subject.value for t in found if t.predicate.value == NS + "party"}
    assert told == {ID + "agreement/seoul-los-angeles-2019"}
    assert set(network) <= {t.subject.value for t in found}
    named = {t.subject.value for t in found if t.predicate.value == PREF}
    assert ID + "city/los-angeles" in named, "what is mentioned has its name"
    rows = graph.store.solutions("SELECT * WHERE { ?s ?p ?o }")
    assert found < {ox.Triple(row["s"], row["p"], row["o"]) for row in rows}
    [path] = graph.export("jsonld", tmp_path / "cities.jsonld", "cities")
    assert set(graph.network("cities")) <= {t.subject.value for t in triples(path.read_bytes())}
    for each in ("topics", "overview"):
        [path] = graph.export("jsonld", tmp_path / "some.jsonld", each)
        found = triples(path.read_bytes())
        assert ID + "agreement/seoul-london-2017" in {t.subject.value for t in found}


def test_an_empty_network_has_no_facts(graph: Graph, tmp_path: Path) -> None:
    network = graph.network("actors", as_of=EMPTY)
    [path] = graph.export("jsonld", tmp_path / "none.jsonld", network)
    assert triples(path.read_bytes()) == set()


def test_hostile_names_stay_data(tmp_path: Path) -> None:
    [path] = twins(tmp_path).export("jsonld", tmp_path / "twins.jsonld")
    subject = rdflib.URIRef(ID + "agreement/seoul-taipei-1968")
    read = rdflib.Graph().parse(path, format="json-ld")
    assert {str(label) for label in read.objects(subject, rdflib.URIRef(PREF))} == {HOSTILE}
