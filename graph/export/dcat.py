"""A data set as DCAT 3 and VoID (Turtle): what data portals and other harvesters read.

Addresses of files are relative to the description, so that it holds wherever the folder is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from citypact.graph.export.dataset import CC_BY, DataFile, Dataset
from citypact.graph.rdf.serialise import sorted_quads, with_prefixes
from citypact.graph.store.base import DEFAULT_GRAPH, RDF_TYPE, Store
from citypact.graph.text.bilingual import Words
from citypact.ontology import DCTERMS, ID, LANGUAGES, NS, PREFIXES, XSD
from citypact.sources.model import Triple

DCAT, VOID = "http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#"
FOAF, SPDX = PREFIXES["foaf"], "http://spdx.org/rdf/terms#"
HERE = "urn:citypact:here/"
"""Stands for the folder of the description until it is written: RDF has no relative IRIs."""
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
LANGUAGE_CODES = {"ko": "KOR", "en": "ENG"}
SPACES = {"dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF, "spdx": SPDX, "void": VOID, "xsd": XSD}
LINKED = {"wikidata": "http://www.wikidata.org/entity/", "geonames": "https://sws.geonames.org/"}
"""Properties that link to other data sets, and the IRIs of these."""


def to_dcat(store: Store, dataset: Dataset, files: Iterable[DataFile]) -> bytes:
    """The description of a data set and its files as Turtle, the same for the same graph."""
    triples = [*_dataset(dataset), *_void(store, dataset)]
    for file in files:
        triples += _distribution(dataset, file)
    quads = sorted_quads(ox.Quad(*triple) for triple in set(triples))
    spaces = SPACES | {"part": f"{dataset.iri}#"}
    text = with_prefixes((quad.triple for quad in quads), ox.RdfFormat.TURTLE, spaces)
    return text.replace(f"<{HERE}".encode(), b"<")


def _dataset(dataset: Dataset) -> Iterator[Triple]:
    node = ox.NamedNode(dataset.iri)
    yield node, RDF_TYPE, ox.NamedNode(DCAT + "Dataset")
    yield node, RDF_TYPE, ox.NamedNode(VOID + "Dataset")
    yield from _in_both(node, DCTERMS + "title", dataset.title)
    yield from _in_both(node, DCTERMS + "description", dataset.description)
    yield node, ox.NamedNode(DCTERMS + "identifier"), ox.Literal(dataset.iri)
    yield node, ox.NamedNode(DCAT + "version"), ox.Literal(dataset.version)
    yield node, ox.NamedNode(DCAT + "landingPage"), ox.NamedNode(HERE + "index.html")
    if dataset.day:
        for name in ("issued", "modified"):
            yield node, ox.NamedNode(DCTERMS + name), _day(dataset.day)
    if dataset.is_open:
        yield node, ox.NamedNode(DCTERMS + "license"), ox.NamedNode(CC_BY)
    for language, words in dataset.keywords.items():
        for word in words:
            yield node, ox.NamedNode(DCAT + "keyword"), ox.Literal(word, language=language)
    for language in LANGUAGES:
        spoken = ox.NamedNode(LANGUAGE + LANGUAGE_CODES[language])
        yield node, ox.NamedNode(DCTERMS + "language"), spoken
    for number, maker in enumerate(dataset.makers, 1):
        agent = ox.NamedNode(f"{dataset.iri}#maker-{number}")
        yield agent, RDF_TYPE, ox.NamedNode(FOAF + "Agent")
        yield from _in_both(agent, FOAF + "name", maker)
        for name in ("creator", "publisher") if number == 1 else ("creator",):
            yield node, ox.NamedNode(DCTERMS + name), agent
    if dataset.first:
        period = ox.NamedNode(f"{dataset.iri}#period")
        yield node, ox.NamedNode(DCTERMS + "temporal"), period
        yield period, RDF_TYPE, ox.NamedNode(DCTERMS + "PeriodOfTime")
        year = ox.NamedNode(XSD + "gYear")
        for name, value in (("startDate", dataset.first), ("endDate", dataset.last)):
            yield period, ox.NamedNode(DCAT + name), ox.Literal(value, datatype=year)


def _distribution(dataset: Dataset, file: DataFile) -> Iterator[Triple]:
    node, at = ox.NamedNode(f"{dataset.iri}#{file.path}"), ox.NamedNode(HERE + file.path)
    yield ox.NamedNode(dataset.iri), ox.NamedNode(DCAT + "distribution"), node
    yield node, RDF_TYPE, ox.NamedNode(DCAT + "Distribution")
    yield from _in_both(node, DCTERMS + "title", file.title)
    for name in ("accessURL", "downloadURL"):
        yield node, ox.NamedNode(DCAT + name), at
    media_type = ox.NamedNode(MEDIA_TYPES + file.media_type.partition(";")[0])
    yield node, ox.NamedNode(DCAT + "mediaType"), media_type
    size = ox.Literal(str(file.size), datatype=ox.NamedNode(XSD + "nonNegativeInteger"))
    yield node, ox.NamedNode(DCAT + "byteSize"), size
    if dataset.is_open:
        yield node, ox.NamedNode(DCTERMS + "license"), ox.NamedNode(CC_BY)
    checksum = ox.NamedNode(f"{node.value}/checksum")
    yield node, ox.NamedNode(SPDX + "checksum"), checksum
    yield checksum, RDF_TYPE, ox.NamedNode(SPDX + "Checksum")
    algorithm = ox.NamedNode(SPDX + "checksumAlgorithm_sha256")
    yield checksum, ox.NamedNode(SPDX + "algorithm"), algorithm
    binary = ox.NamedNode(XSD + "hexBinary")
    yield checksum, ox.NamedNode(SPDX + "checksumValue"), ox.Literal(file.sha256, datatype=binary)


def _void(store: Store, dataset: Dataset) -> Iterator[Triple]:
    """What VoID says of the facts: how many, of which classes and properties, linked to what."""
    node = ox.NamedNode(dataset.iri)
    properties: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    subjects, linked = set(), Counter[str]()
    for quad in store.quads(None, None, None, DEFAULT_GRAPH):
        subjects.add(quad.subject)
        properties[quad.predicate.value] += 1
        if quad.predicate == RDF_TYPE:
            classes[quad.object.value] += 1  # type: ignore[union-attr]
        elif quad.predicate.value in _LINKS:
            linked[quad.predicate.value] += 1
    entities = sum(subject.value.startswith(ID) for subject in subjects)  # type: ignore[union-attr]
    for name, number in (
        ("triples", sum(properties.values())),
        ("entities", entities),
        ("classes", len(classes)),
        ("properties", len(properties)),
        ("distinctSubjects", len(subjects)),
    ):
        yield node, ox.NamedNode(VOID + name), ox.Literal(number)
    yield node, ox.NamedNode(VOID + "uriSpace"), ox.Literal(ID)
    yield node, ox.NamedNode(VOID + "vocabulary"), ox.NamedNode(NS)
    yield node, ox.NamedNode(VOID + "dataDump"), ox.NamedNode(f"{HERE}data/facts.ttl")
    if store.centre:
        yield node, ox.NamedNode(VOID + "exampleResource"), ox.NamedNode(store.centre)
    for kind, counts, of, counted in (
        ("class", classes, "classPartition", "entities"),
        ("property", properties, "propertyPartition", "triples"),
    ):
        for iri, number in counts.items():
            if iri.startswith(NS):
                part = ox.NamedNode(f"{dataset.iri}#{kind}-{iri.removeprefix(NS)}")
                yield node, ox.NamedNode(VOID + of), part
                yield part, ox.NamedNode(VOID + kind), ox.NamedNode(iri)
                yield part, ox.NamedNode(VOID + counted), ox.Literal(number)
    for iri, number in linked.items():
        name = iri.removeprefix(NS)
        links = ox.NamedNode(f"{dataset.iri}#links-{name}")
        yield links, RDF_TYPE, ox.NamedNode(VOID + "Linkset")
        yield links, ox.NamedNode(VOID + "subjectsTarget"), node
        yield links, ox.NamedNode(VOID + "objectsTarget"), ox.NamedNode(LINKED[name])
        yield links, ox.NamedNode(VOID + "linkPredicate"), ox.NamedNode(iri)
        yield links, ox.NamedNode(VOID + "triples"), ox.Literal(number)


_LINKS = {NS + name for name in LINKED}


def _in_both(node: ox.NamedNode, name: str, words: Words) -> Iterator[Triple]:
    for language in LANGUAGES:
        yield node, ox.NamedNode(name), ox.Literal(words[language], language=language)


def _day(day: str) -> ox.Literal:
    return ox.Literal(day, datatype=ox.NamedNode(XSD + "date"))


__all__ = ["to_dcat"]
