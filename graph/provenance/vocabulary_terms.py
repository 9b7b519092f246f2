"""The terms with which a query asks: classes, properties, codes and topics, found by a word."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from citypact.graph.rdf.terms import prefixed
from citypact.graph.store.base import DEFAULT_GRAPH, RDF_TYPE, Store
from citypact.graph.store.name_forms import normalised
from citypact.ontology import CODE, LANGUAGES, NS, OWL, RDF, RDFS, SCHEMA, SKOS, TOPIC
from citypact.ontology.errors import CitypactError, Message, did_you_mean, shown
from citypact.ontology.vocabulary import Labels, vocabulary_quads

_KINDS = {
    OWL + "Class": "class",
    RDFS + "Class": "class",
    RDF + "Property": "property",
    OWL + "ObjectProperty": "property",
    OWL + "DatatypeProperty": "property",
}
_ORDER = ("class", "property", "code", "topic")


@dataclass(frozen=True)
class VocabularyTerm:
    """A term of the vocabulary.

    kind: class, property, code or topic. domain and range: the classes or datatypes of a property,
    by IRI; codes: the list from which its values come; code_list: the one that a code
    is in.
    """

    iri: str
    kind: str
    labels: Labels = field(hash=False)
    comments: Labels = field(hash=False)
    others: tuple[str, ...] = ()
    """Other names, in both languages."""
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    codes: str = ""
    code_list: str = ""

    @property
    def name(self) -> str:
        """The name by which queries know it: `citypact:signingDate`."""
        return prefixed(self.iri)

    @property
    def _names(self) -> list[str]:
        local = self.name.partition(":")[2]
        return [
            normalised(name) for name in (self.name, local, *self.labels.values(), *self.others)
        ]

    def rank(self, text: str) -> int | None:
        """How well a text fits: 0 a name, 1 words of names, 2 words of the definition; or None."""
        words = [normalised(word) for word in text.split()]
        if normalised(text) in self._names:
            return 0
        names = " ".join(self._names)
        if all(word in names for word in words):
            return 1
        about = " ".join([names, *map(normalised, self.comments.values())])
        return 2 if all(word in about for word in words) else None


@cache
def vocabulary_terms() -> tuple[VocabularyTerm, ...]:
    """All terms of the vocabulary: classes, properties, codes, topics, each by IRI."""
    about: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for triple in vocabulary_quads():
        if isinstance(triple.subject, ox.NamedNode) and not isinstance(triple.object, ox.BlankNode):
            about[triple.subject.value][triple.predicate.value].append(triple.object)  # type: ignore[arg-type]
    found = [_term(iri, values) for iri, values in sorted(about.items())]
    terms = (term for term in found if term is not None)
    return tuple(sorted(terms, key=lambda term: _ORDER.index(term.kind)))


def _term(iri: str, about: dict[str, list[ox.NamedNode | ox.Literal]]) -> VocabularyTerm | None:
    kinds = {_KINDS.get(node.value, "") for node in about[RDF + "type"]} - {""}
    kind = min(kinds, default="")
    if SKOS + "Concept" in {node.value for node in about[RDF + "type"]}:
        kind = "code" if iri.startswith(CODE) else "topic" if iri.startswith(TOPIC) else ""
    if not kind:
        return None
    names = about[RDFS + "label"] + about[SKOS + "prefLabel"]
    others = about[SKOS + "altLabel"] + about[SKOS + "hiddenLabel"]
    others += about[NS + "synonym"] + about[NS + "recordField"]
    domain = about[RDFS + "domain"] + about[SCHEMA + "domainIncludes"]
    values = about[RDFS + "range"] + about[SCHEMA + "rangeIncludes"]
    return VocabularyTerm(
        iri,
        kind,
        _labels(names),
        _labels(about[RDFS + "comment"] + about[SKOS + "definition"]),
        tuple(sorted({node.value for node in others})),
        tuple(sorted({node.value for node in domain})),
        tuple(sorted({node.value for node in values})),
        next((node.value for node in about[NS + "codeList"]), ""),
        iri.rsplit("/", 1)[0] if kind == "code" else "",
    )


def _labels(nodes: Iterable[ox.NamedNode | ox.Literal]) -> Labels:
    found = {n.language: n.value for n in nodes if isinstance(n, ox.Literal) and n.language}
    return {language: found[language] for language in LANGUAGES if language in found}


def find_terms(text: str) -> list[VocabularyTerm]:
    """The terms that a text fits, by name, label, other name or definition in either language.

    Those that are called so come first, then those whose names have its words. Where a name fits,
    definitions do not count. Raises CitypactError, with the nearest names, where nothing fits.
    """
    ranked = [(term.rank(text), term) for term in vocabulary_terms()] if text.strip() else []
    fitting = [(rank, term) for rank, term in ranked if rank is not None]
    best = [(rank, term) for rank, term in fitting if rank < 2] or fitting
    if best:
        return [term for _, term in sorted(best, key=lambda pair: pair[0])]
    names = {normalised(n): n for term in vocabulary_terms() for n in term.labels.values()}
    near = difflib.get_close_matches(normalised(text), names, n=3, cutoff=0.5)
    raise CitypactError(
        "no term of the vocabulary fits {text}\n    -> {cure}",
        text=shown(text),
        cure=did_you_mean(names[key] for key in near)
        if near
        else Message("try another word, in Korean or English"),
    )


def example(term: VocabularyTerm, store: Store) -> ox.Triple | None:
    """A fact in which a term stands: the first in the order of its text; None where there is none.

    Of a property a statement with it, of a class one of its things, of a code or a topic a thing
    that has it.
    """
    node = ox.NamedNode(term.iri)
    if term.kind == "property":
        found = store.quads(None, node, None, DEFAULT_GRAPH)
    elif term.kind == "class":
        found = store.quads(None, RDF_TYPE, node, DEFAULT_GRAPH)
    else:
        found = store.quads(None, None, node, DEFAULT_GRAPH)
    facts = (q.triple for q in found if not q.subject.value.startswith((NS, CODE, TOPIC)))  # type: ignore[union-attr]
    return min(facts, key=str, default=None)


__all__ = ["VocabularyTerm", "example", "find_terms", "vocabulary_terms"]
