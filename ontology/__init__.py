"""What the graph means: vocabulary, code lists, topics, shapes, rules and queries, and their names.

The files beside this module are the meaning itself; the modules give them Python names.
"""

from pathlib import Path

NS = "https://w3id.org/citypact/ns#"
"""Namespace of our terms. The place at w3id.org is meant for us and not registered yet."""

ID = "https://w3id.org/citypact/id/"
"""Namespace of the things that the graph speaks of."""

CODE = ID + "code/"
TOPIC = ID + "topic/"
EDITORS = ID + "doc/citypact-editors"
"""The document that stands for our own statements: names we translated, reference data."""
PROJECT_EDITORS = ID + "doc/editors-"
"""How the documents begin that stand for the statements of the editors of projects."""

CLAIMS_GRAPH = "https://w3id.org/citypact/graph/claims"
"""Statements, claims and text spans."""
DERIVATIONS_GRAPH = "https://w3id.org/citypact/graph/derivations"
"""For each derived fact its rule and its premises."""
IMPORT_GRAPH = "https://w3id.org/citypact/graph/import/"
"""Followed by the name of its source: the graph of an imported list, which is its claim."""
FACTS_GRAPH = "https://w3id.org/citypact/graph/facts"
"""Where facts stand in stores that have no default graph to write to."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OWL = "http://www.w3.org/2002/07/owl#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
OA = "http://www.w3.org/ns/oa#"

PREFIXES = {
    "citypact": NS,
    "id": ID,
    "code": CODE,
    "topic": TOPIC,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "owl": OWL,
    "dcterms": DCTERMS,
    "schema": SCHEMA,
    "oa": OA,
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sdg": "http://metadata.un.org/sdg/",
    "wd": "http://www.wikidata.org/entity/",
}
"""The general prefixes: those of the JSON-LD context. `vocabulary.prefixes` has all."""

LANGUAGES = ("ko", "en")
"""The languages that every name, term and page has."""


def is_editors(document: str) -> bool:
    """Whether a document stands for what editors state themselves, of the package or a project."""
    return document == EDITORS or document.startswith(PROJECT_EDITORS)


def folder() -> Path:
    """The folder of the ontology's files, in a checkout as in an installed package."""
    return Path(__file__).parent
