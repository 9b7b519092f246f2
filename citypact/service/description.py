"""The description of the endpoint in RDF (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from citypact.graph.rdf.terms import TYPE
from citypact.service.service import address_of

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def service_description(request: Request) -> Response:
    """What the endpoint is and what it gives, as Turtle."""
    endpoint = ox.NamedNode(address_of(request) + "/sparql")
    dataset = ox.NamedNode(endpoint.value + "#dataset")
    default = ox.NamedNode(endpoint.value + "#default-graph")
    triples = [
        ox.Triple(endpoint, TYPE, ox.NamedNode(SD + "Service")),
        ox.Triple(endpoint, ox.NamedNode(SD + "endpoint"), endpoint),
        ox.Triple(
            endpoint, ox.NamedNode(SD + "supportedLanguage"), ox.NamedNode(SD + "SPARQL11Query")
        ),
        ox.Triple(endpoint, ox.NamedNode(SD + "defaultDataset"), dataset),
        ox.Triple(dataset, TYPE, ox.NamedNode(SD + "Dataset")),
        ox.Triple(dataset, ox.NamedNode(SD + "defaultGraph"), default),
        ox.Triple(default, TYPE, ox.NamedNode(SD + "Graph")),
    ]
    for name in RESULTS:
        result = ox.NamedNode(SD + "resultFormat")
        triples.append(ox.Triple(endpoint, result, ox.NamedNode(FORMATS + name)))
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes={"sd": SD})
    headers = {"Vary": "Accept"}
    return Response(data, media_type="text/turtle", headers=headers)


__all__ = ["service_description"]
