"""The vocabulary read from citypact.ttl: classes, properties, code lists, with their Python names.

The record format follows from it: a class with a record section and a property with a record field
are all that records may contain.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

import pyoxigraph as ox

from citypact.ontology import (
    CLAIMS_GRAPH,
    CODE,
    ID,
    LANGUAGES,
    NS,
    OWL,
    PREFIXES,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    TOPIC,
    XSD,
    folder,
)

VOCABULARY_FILES = ("citypact.ttl", "codes.ttl", "topics.ttl")

Labels = dict[str, str]
Term = ox.NamedNode | ox.Literal
About = dict[str, list[Term]]


@dataclass(frozen=True)
class Class:
    """A class: its IRI, local name, labels, section in records ('' for none) and path segment."""

    iri: str
    name: str
    labels: Labels = field(hash=False)
    section: str
    segment: str
    parents: tuple[str, ...]


@dataclass(frozen=True)
class Property:
    """A property that records can use, with what its values may be.

    kind is one of: thing, part, code, topic, date, text, string, integer, decimal, boolean, time,
    datetime, identifier. `domain` and `range` hold local names of classes; an empty domain means
    any thing. `codes` is the name of the code list; `segment` the path segment of parts;
    `languages` those in which a text may be written; `inverse` what the property is called when it
    is read from its value, empty where its values are no things; `reads` the date property (IRI)
    whose dates it gives as literals; `synonyms` further names, in both languages.
    """

    iri: str
    name: str
    labels: Labels = field(hash=False)
    inverse: Labels = field(hash=False)
    field: str
    kind: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    codes: str = ""
    segment: str = ""
    template: str = ""
    pattern: str = ""
    free_text: bool = False
    one_value: bool = False
    reads: str = ""
    languages: tuple[str, ...] = LANGUAGES
    example: str = ""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """All classes, the properties in the order of the file, the codes of each list, the topics.

    `code_names` has the code that a name in small letters means in a list, such as 친선도시.
    """

    classes: dict[str, Class]
    properties: dict[str, Property]
    codes: dict[str, tuple[str, ...]]
    topics: tuple[str, ...]
    code_names: dict[tuple[str, str], str]
    _fields: dict[str, dict[str, Property]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def _ancestors(self) -> dict[str, tuple[str, ...]]:
        return {name: self._above(name) for name in self.classes}

    def _above(self, name: str) -> tuple[str, ...]:
        found = [name]
        for parent in self.classes[name].parents:
            found += [a for a in self._above(parent) if a not in found]
        return tuple(found)

    @cached_property
    def _descendants(self) -> dict[str, tuple[str, ...]]:
        names = sorted(self.classes)
        return {
            name: tuple(each for each in names if name in self._ancestors[each]) for name in names
        }

    def ancestors(self, name: str) -> tuple[str, ...]:
        """A class and those above it in our namespace, nearest first."""
        return self._ancestors[name]

    def descendants(self, name: str) -> tuple[str, ...]:
        """A class and those below it in our namespace, sorted."""
        return self._descendants[name]

    def fields(self, name: str) -> dict[str, Property]:
        """The record fields that things of a class have, by field name."""
        if name not in self._fields:  # asked for each thing that is read
            ancestors = set(self.ancestors(name))
            found = {
                prop.field: prop
                for prop in self.properties.values()
                if prop.field and (not prop.domain or ancestors.intersection(prop.domain))
            }
            self._fields[name] = dict(sorted(found.items()))
        return self._fields[name]

    @cached_property
    def sections(self) -> dict[str, Class]:
        """The sections of a record file and the class of each."""
        return {c.section: c for c in self.classes.values() if c.section}

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """How the IRIs of things begin after that of our names, sorted."""
        return tuple(sorted(c.segment for c in self.classes.values() if c.segment))

    def by_iri(self, iri: str) -> Property | None:
        """The property with this IRI, if it is one of those described."""
        return self.properties.get(_local(iri))


def vocabulary_quads() -> Iterator[ox.Triple]:
    """The triples of the vocabulary, codes and topics, with the properties that read dates."""
    for name in VOCABULARY_FILES:
        yield from _triples(name)
    yield from _date_properties()


def _triples(name: str) -> Iterator[ox.Triple]:
    data = (folder() / name).read_bytes()
    return (quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE))


@cache
def _date_properties() -> tuple[ox.Triple, ...]:
    """Describes the properties that give dates as literals, such as signingDateValue; sorted."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in _triples(VOCABULARY_FILES[0]))
    found = store.query((folder() / "date-properties.rq").read_text(encoding="utf-8"))
    assert isinstance(found, ox.QueryTriples)
    return tuple(sorted(set(found), key=str))


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    values: dict[str, About] = defaultdict(lambda: defaultdict(list))
    for triple in vocabulary_quads():
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, Term):
            values[triple.subject.value][triple.predicate.value].append(triple.object)
    classes, properties = {}, {}
    spoken = (*LANGUAGES, *sorted(_languages(values) - set(LANGUAGES)))
    codes: dict[str, list[str]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    topics = []
    for iri, about in values.items():
        types = {t.value for t in about[RDF + "type"]}
        if iri.startswith(NS) and any(t.endswith("#Class") for t in types):
            classes[_local(iri)] = _class(iri, about)
        elif any(t.endswith("Property") for t in types):
            properties[_local(iri)] = _property(iri, about, spoken)
        elif iri.startswith(CODE) and SKOS + "Concept" in types:
            name, _, code = iri[len(CODE) :].partition("/")
            codes[name].append(code)
            for label in (*about[SKOS + "prefLabel"], *about[SKOS + "altLabel"]):
                names.setdefault((name, label.value.casefold()), code)
        elif iri.startswith(TOPIC):
            topics.append(iri[len(TOPIC) :])
    for name, prop in list(properties.items()):
        for inverse in (_local(term.value) for term in values[prop.iri][OWL + "inverseOf"]):
            properties[name] = replace(prop, inverse=properties[inverse].labels)
            properties[inverse] = replace(properties[inverse], inverse=prop.labels)
    return Vocabulary(
        dict(sorted(classes.items())),
        properties,
        {name: tuple(sorted(found)) for name, found in sorted(codes.items())},
        tuple(sorted(topics)),
        names,
    )


@cache
def prefixes() -> dict[str, str]:
    """The prefixes that queries may use without declaring them, and their namespaces.

    Each kind of thing (`agreement:`) and each code list (`code-form:`) has one, so that a name of
    a thing needs no escape: what stands for all things (`id:`) wants `id:agreement\\/NAME`.
    """
    return {**file_prefixes(), **GENERAL_PREFIXES}


def namespace(prefix: str) -> str | None:
    """The namespace of a prefix that needs no declaration; None for another.

    The vocabulary, which takes a while, is read for the prefixes of its own kinds alone.
    """
    return GENERAL_PREFIXES.get(prefix) or prefixes().get(prefix)


@cache
def file_prefixes() -> dict[str, str]:
    """The prefixes of the Turtle and TriG files of a build: those with which names are short."""
    kinds = {c.segment: f"{ID}{c.segment}/" for c in vocabulary().classes.values() if c.section}
    lists = {f"code-{name}": f"{CODE}{name}/" for name in vocabulary().codes}
    general = {k: v for k, v in PREFIXES.items() if k not in _FOR_QUERIES}
    return {**kinds, **lists, **general, **_OF_FILES}


_OF_FILES = {"doc": ID + "doc/", "date": ID + "date/"}


_FOR_QUERIES = {
    "id": ID,
    "code": CODE,
    "statement": ID + "statement/",
    "claim": ID + "claim/",
    "rule": ID + "rule/",
    "graph": CLAIMS_GRAPH.removesuffix("claims"),
}
GENERAL_PREFIXES = {**PREFIXES, **_OF_FILES, **_FOR_QUERIES}
"""The prefixes that queries may use whatever the vocabulary says."""


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def _labels(about: About, name: str = RDFS + "label") -> Labels:
    terms = [term for term in about[name] if isinstance(term, ox.Literal)]
    found = {term.language: term.value for term in terms}
    return {language: found[language] for language in LANGUAGES if language in found}


def _one(about: About, name: str) -> str:
    found = about[NS + name]
    return found[0].value if found else ""


def _class(iri: str, about: About) -> Class:
    parents = sorted(_local(t.value) for t in about[RDFS + "subClassOf"] if t.value.startswith(NS))
    return Class(
        iri,
        _local(iri),
        _labels(about),
        _one(about, "recordSection"),
        _one(about, "pathSegment"),
        tuple(parents),
    )


_LITERAL_KINDS = {
    RDF + "langString": "text",
    XSD + "string": "string",
    XSD + "integer": "integer",
    XSD + "decimal": "decimal",
    XSD + "boolean": "boolean",
    XSD + "time": "time",
    XSD + "dateTime": "datetime",
    XSD + "date": "day",
}


def _languages(values: dict[str, About]) -> set[str]:
    """The codes of all languages."""
    below = f"{CODE}language/"
    return {iri.removeprefix(below) for iri in values if iri.startswith(below)}


def _property(iri: str, about: About, languages: tuple[str, ...]) -> Property:
    domain = about[RDFS + "domain"] + about[SCHEMA + "domainIncludes"]
    ranges = about[RDFS + "range"] + about[SCHEMA + "rangeIncludes"]
    names = tuple(sorted(_local(t.value) for t in ranges))
    codes, segment, template = (
        _one(about, "codeList"),
        _one(about, "partSegment"),
        _one(about, "iriTemplate"),
    )
    if codes:
        kind = "code"
    elif segment:
        kind = "part"
    elif template:
        kind = "identifier"
    elif names == ("Topic",):
        kind = "topic"
    elif names == ("DateSpan",):
        kind = "date"
    elif ranges and ranges[0].value in _LITERAL_KINDS:
        kind = _LITERAL_KINDS[ranges[0].value]
    else:
        kind = "thing"
    return Property(
        iri,
        _local(iri),
        _labels(about),
        _labels(about, NS + "inverseLabel"),
        _one(about, "recordField"),
        kind,
        tuple(sorted(_local(t.value) for t in domain if t.value.startswith(NS))),
        names if kind in ("thing", "part", "topic", "date") else (),
        codes[len(CODE) :],
        segment,
        template,
        _one(about, "iriPattern"),
        _one(about, "isFreeText") == "true",
        _one(about, "hasOneValue") == "true",
        _one(about, "readsDate"),
        languages if _one(about, "isInAnyLanguage") == "true" else LANGUAGES,
        next((example.value for example in about[SKOS + "example"]), ""),
        tuple(sorted(synonym.value for synonym in about[NS + "synonym"])),
    )


SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

__all__ = [
    "GENERAL_PREFIXES",
    "Class",
    "Labels",
    "Property",
    "Vocabulary",
    "file_prefixes",
    "namespace",
    "prefixes",
    "vocabulary",
    "vocabulary_quads",
]
