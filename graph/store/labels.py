"""Names of things: what to show for an IRI, and which things a person means by a name."""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from citypact.graph.rdf.terms import short
from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.ontology import DCTERMS, ID, LANGUAGES, NS, RDF, RDFS, SKOS, XSD
from citypact.ontology.errors import Bilingual, CitypactError, Message, did_you_mean, either, shown
from citypact.ontology.vocabulary import Term, vocabulary

_IGNORED = re.compile(r"[\s'\"‘’“”().,·․▪•_\-–—]+")


def normalised(text: str) -> str:
    """A name for comparison: compatibility forms, case, white space and marks do not count."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold())


def _said(kind: str) -> tuple[str, ...]:
    """A class as people know it: one without a section in records is known by those below it."""
    words = vocabulary()
    if kind not in words.classes or words.classes[kind].section:
        return (kind,)
    below = [name for name in words.descendants(kind) if words.classes[name].section]
    return tuple(below) or (kind,)


@dataclass(frozen=True)
class Names:
    """The names in a store. Labels are read once, at the first need."""

    store: Store

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for name in (SKOS + "prefLabel", RDFS + "label"):
            for quad in self.store.quads(None, ox.NamedNode(name), None, None):
                if isinstance(quad.object, ox.Literal) and quad.object.language in LANGUAGES:
                    found[quad.subject.value].setdefault(quad.object.language, quad.object.value)  # type: ignore[union-attr]
        edtf = ox.NamedNode(NS + "edtf")
        for quad in self.store.quads(None, edtf, None, None):
            found[quad.subject.value] = dict.fromkeys(LANGUAGES, quad.object.value)  # type: ignore[union-attr]
        found[RDF + "type"] = {"ko": "종류", "en": "kind"}
        return dict(found)

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        return self._index(SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel")

    @cached_property
    def _by_title(self) -> dict[str, set[str]]:
        return self._index(DCTERMS + "title")

    def _index(self, *properties: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for name in properties:
            for quad in self.store.quads(None, ox.NamedNode(name), None, None):
                found[normalised(quad.object.value)].add(quad.subject.value)  # type: ignore[union-attr]
        return dict(found)

    @cached_property
    def _kinds(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        # Of facts only: statements and claims have no names, and there may be millions of them.
        for quad in self.store.quads(None, ox.NamedNode(RDF + "type"), None, DEFAULT_GRAPH):
            if quad.object.value.startswith(NS):  # type: ignore[union-attr]
                found[quad.subject.value].add(quad.object.value[len(NS) :])  # type: ignore[union-attr]
        return dict(found)

    @cached_property
    def _segments(self) -> set[str]:
        """What stands before the slugs in the IRIs of things, such as `city`."""
        return {iri.removeprefix(ID).split("/")[0] for iri in self._kinds if iri.startswith(ID)}

    def label(self, iri: str, language: str) -> str:
        """The name of a thing in a language; else in the other; else the end of its IRI."""
        labels = self._labels.get(iri, {})
        return labels.get(language) or next(iter(labels.values()), "") or short(iri)

    def both(self, iri: str) -> dict[str, str]:
        """The names of a thing in both languages."""
        return {language: self.label(iri, language) for language in LANGUAGES}

    def plain(self, term: Term | None, language: str) -> Any:
        """A term as people and pandas want it: a name, a number, a truth value, a day or text."""
        if term is None:
            return None
        if isinstance(term, ox.NamedNode):
            return self.label(term.value, language)
        kind = term.datatype.value.removeprefix(XSD)
        if kind == "integer":
            return int(term.value)
        if kind in ("decimal", "double", "float"):
            return float(term.value)
        if kind == "boolean":
            return term.value == "true"
        if kind == "date":
            return datetime.date.fromisoformat(term.value[:10])
        return term.value

    def called(self, text: str, prefix: str) -> list[str]:
        """The IRIs with this beginning that a name or another name means, sorted."""
        found = self._by_name.get(normalised(text), set())
        return sorted(iri for iri in found if iri.startswith(prefix))

    def kinds(self, iri: str) -> set[str]:
        """The local names of the classes of a thing."""
        return self._kinds.get(iri, set())

    def find(self, text: str, *kinds: str) -> list[str]:
        """The things that a name, alias, slug, `kind/slug` or IRI may mean, sorted by IRI.

        Where none of them fits, titles as documents write them count too. `kinds` are local names
        of classes; any of them will do, none means all things.
        Raises CitypactError where nothing fits, with the nearest names.
        """
        wanted = set(kinds)

        def fits(iri: str) -> bool:
            known = self._kinds.get(iri)
            return known is not None and iri.startswith(ID) and (not wanted or bool(known & wanted))

        for iri in (text, ID + text):
            if fits(iri):
                return [iri]
        slugs = {f"{ID}{segment}/{text}" for segment in self._segments if "/" not in text}
        named = self._by_name.get(normalised(text), set())
        found = set(filter(fits, named | slugs))
        found = found or set(filter(fits, self._by_title.get(normalised(text), set())))
        if found:
            return sorted(found)
        raise CitypactError(self._nothing(text, set(filter(fits, self._kinds)), kinds))

    def find_one(self, text: str, *kinds: str) -> str:
        """The one thing that a name means. Raises CitypactError where it may be several."""
        found = self.find(text, *kinds)
        if len(found) > 1:
            ways = ", ".join(iri.removeprefix(ID) for iri in found)
            raise CitypactError(
                "{text!r} is ambiguous\n    -> say which: {ways}", text=text, ways=ways
            )
        return found[0]

    def _nothing(self, text: str, things: set[str], kinds: tuple[str, ...]) -> Message:
        names = {label: iri for iri in things for label in self._labels.get(iri, {}).values()}
        keys = {normalised(name): name for name in sorted(names)}
        near = difflib.get_close_matches(normalised(text), keys, n=3, cutoff=0.5)
        classes = dict.fromkeys(name for kind in kinds for name in _said(kind))
        return Message(
            "there is no {kind} called {name}\n    -> {cure}",
            kind=either(map(_class_label, classes)) if classes else Message("thing"),
            name=shown(text),
            cure=did_you_mean(keys[key] for key in near)
            if near
            else Message("try another name, in Korean or English"),
        )


def _class_label(name: str) -> str:
    """The name of a class in messages: its local name, in Korean its label."""
    known = vocabulary().classes.get(name)
    return Bilingual(name, known.labels["ko"]) if known else name


def property_iri(text: str) -> str:
    """The property that a local name, a record field or a label in either language means."""
    found = {
        prop.iri
        for prop in vocabulary().properties.values()
        if normalised(text)
        in {normalised(name) for name in (prop.name, prop.field, *prop.labels.values()) if name}
        or text == prop.iri
    }
    exact = [p.iri for p in vocabulary().properties.values() if p.name == text]
    if len(exact) == 1:
        return exact[0]
    if not found:
        known = [p.name for p in vocabulary().properties.values()]
        near = difflib.get_close_matches(text, known, n=3, cutoff=0.5)
        hint = did_you_mean(near) if near else Message("see `citypact why SUBJECT` for all")
        raise CitypactError(
            "there is no property called {text}\n    -> {hint}", text=shown(text), hint=hint
        )
    if len(found) > 1:
        ways = ", ".join(sorted(short(iri) for iri in found))
        raise CitypactError("{text!r} is ambiguous\n    -> say which: {ways}", text=text, ways=ways)
    return found.pop()
