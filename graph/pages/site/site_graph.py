"""What the pages of a site share: the things of the graph, their names, kinds and paths."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeVar

import pyoxigraph as ox

from citypact.graph.pages.site.paths import file_name, in_language, thing_stem
from citypact.graph.pages.site.renderers import Renderers
from citypact.graph.provenance.trace import Evidence, ProvenanceTracer
from citypact.graph.provenance.vocabulary_terms import vocabulary_terms
from citypact.graph.rdf.terms import term
from citypact.graph.relations.facts import FactReader
from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.graph.store.labels import Names
from citypact.graph.text.bilingual import Words, both
from citypact.graph.things.description import ThingDescriber
from citypact.graph.things.sections import Section
from citypact.ontology import CODE, ID, NS, SKOS, is_editors
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.reading.texts import Texts

T = TypeVar("T")
KINDS = (
    "city",
    "agreement",
    "partnership",
    "expected-partnership",
    "government",
    "network",
    "organization",
    "office",
    "topic",
    "event",
    "project",
    "solution",
    "prospect",
    "person",
    "tenure",
    "post",
    "membership",
    "doc",
    "editors",
    "country",
    "territory",
    "region",
    "venue",
)
"""The kinds of things, as `SiteGraph.kind` tells them, in the order of lists; others follow."""
VOCABULARY = "vocabulary"
"""The page of the terms."""
KEPT = 40_000
"""Of how many statements the claims are kept: some 50 MB."""
VALUES = ("code", "date")
"""Kinds whose things are values of others: codes are in the vocabulary, dates say all in a word."""


@dataclass(frozen=True)
class SiteGraph:
    """A store as the pages of a site read it.

    texts: give the sentences around passages. is_live: whether a service answers, so that pages
    have forms; else they are files. has_briefs: whether there are briefs on partners.
    """

    store: Store
    texts: Texts | None
    renderers: Renderers
    is_live: bool = False
    has_briefs: bool = False

    @cached_property
    def _once(self) -> dict[str, Any]:
        return {}

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives when it is first asked for by that name: pages have two languages."""
        if name not in self._once:
            self._once[name] = make()
        found: T = self._once[name]
        return found

    def last(self, name: str, key: str | int, make: Callable[[], T]) -> T:
        """What `make` gives for a key, kept until another key is asked for by that name.

        Several threads may ask: each gets that of its own key.
        """
        kept: tuple[str | int, T] | None = self._once.get(name)
        if kept is None or kept[0] != key:
            self._once[name] = kept = key, make()
        return kept[1]

    @cached_property
    def names(self) -> Names:
        """The names of things."""
        return Names.of(self.store)

    @cached_property
    def tracer(self) -> ProvenanceTracer:
        """What finds the claims behind statements."""
        return _KeepingTracer(self.store, self.names, self.texts)

    @cached_property
    def by_stem(self) -> dict[str, str]:
        """The IRI of each thing that has a page, by the path of the page without its language."""
        return {thing_stem(iri): iri for iri in self.names.things() if self.owner(iri) == iri}

    @cached_property
    def by_kind(self) -> dict[str, list[str]]:
        """The things with pages by kind, in the order of `KINDS`, each sorted by IRI."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri in self.by_stem.values():
            found[self.kind(iri)].append(iri)
        place = {kind: at for at, kind in enumerate(KINDS)}
        order = sorted(found, key=lambda kind: (place.get(kind, len(place)), kind))
        return {kind: sorted(found[kind]) for kind in order}

    def kind(self, iri: str) -> str:
        """In which list a thing is: the first part of its IRI, except for what does not count.

        The editors are no source document, and what is only expected is no partnership.
        """
        if is_editors(iri):
            return "editors"
        if "ExpectedPartnership" in self.names.kinds(iri):
            return "expected-partnership"
        return segment(iri)

    def owner(self, iri: str) -> str:
        """The thing on whose page an IRI is: itself, or that of which it is a part; '' for none."""
        if not iri.startswith(ID) or segment(iri) in VALUES or not self.names.kinds(iri):
            return ""
        whole = ID + "/".join(iri.removeprefix(ID).split("/")[:2])
        return whole if self.names.kinds(whole) else iri

    @cached_property
    def path_of(self) -> Callable[[str, str], str]:
        """Gives the path of the page on which a thing or a code is, in a language; '' for none.

        Keeps many, as pages link to the same things.
        """
        return lru_cache(maxsize=KEPT)(self._path_of)

    def _path_of(self, iri: str, language: str) -> str:
        if owner := self.owner(iri):
            return in_language(thing_stem(owner), language)
        if iri.startswith((CODE, NS)) and iri in self._terms:
            return f"{in_language(VOCABULARY, language)}#{term_anchor(iri)}"
        return ""

    @cached_property
    def _terms(self) -> set[str]:
        return {term.iri for term in vocabulary_terms()}

    @cached_property
    def government_of(self) -> dict[str, str]:
        """The government of each place that has one: readers take the two for one thing."""
        found: dict[str, str] = {}
        for quad in self.store.quads(None, term("governs"), None, DEFAULT_GRAPH):
            government, place = quad.subject.value, quad.object.value  # type: ignore[union-attr]
            found[place] = min(found.get(place, government), government)
        return found

    @cached_property
    def place_of(self) -> dict[str, str]:
        """The place of each government that is one of `government_of`."""
        return {government: place for place, government in self.government_of.items()}

    @cached_property
    def aliases(self) -> dict[str, list[str]]:
        """The other names of things."""
        found: dict[str, list[str]] = defaultdict(list)
        for quad in self.store.quads(None, ox.NamedNode(SKOS + "altLabel"), None, DEFAULT_GRAPH):
            found[quad.subject.value].append(quad.object.value)  # type: ignore[union-attr]
        return dict(found)

    @cached_property
    def agreements_on(self) -> Counter[str]:
        """How many agreements cover each topic, in their own list or in a provision."""
        found: Counter[str] = Counter()
        for quad in self.store.quads(None, term("covers"), None, DEFAULT_GRAPH):
            if "Agreement" in self.names.kinds(quad.subject.value):  # type: ignore[union-attr]
                found[quad.object.value] += 1  # type: ignore[union-attr]
        return found

    @cached_property
    def mentions(self) -> Counter[str]:
        """How often each thing is the value of a fact: what is named most is sought most."""
        found: Counter[str] = Counter()
        for quad in self.store.quads(None, None, None, DEFAULT_GRAPH):
            if isinstance(quad.object, ox.NamedNode):
                found[quad.object.value] += 1
        return found

    def kind_of(self, iri: str) -> Words:
        """What a thing is: the label of its nearest class."""
        nearest = self.names.nearest_class(iri)
        labels = vocabulary().classes[nearest].labels if nearest else {}
        other = segment(iri)
        return both(labels.get("ko", other), labels.get("en", other))

    @cached_property
    def facts(self) -> FactReader:
        """What reads facts about things with their claims."""
        return FactReader(self.store, self.names, self.tracer)

    @cached_property
    def describer(self) -> ThingDescriber:
        """What describes things in sections."""
        return ThingDescriber(self.store, self.names, self.tracer)

    @cached_property
    def sections(self) -> Callable[[str], list[Section]]:
        """Gives the sections of a thing; keeps those of the last, as each has two pages."""
        return lru_cache(maxsize=8)(self.describer.sections)


class _KeepingTracer(ProvenanceTracer):
    """Keeps the claims it found: those of one statement are on the pages of several things."""

    @cached_property
    def _kept(self) -> Callable[[ox.NamedNode], list[Evidence]]:
        return lru_cache(maxsize=KEPT)(super().claims)

    def claims(self, statement: ox.NamedNode) -> list[Evidence]:
        return self._kept(statement)


def term_anchor(iri: str) -> str:
    """The place of a term in the page of the vocabulary.

    >>> term_anchor("https://w3id.org/citypact/id/code/form/treaty")
    'code-form-treaty'
    """
    if iri.startswith(CODE):
        return "code-" + file_name(iri.removeprefix(CODE).replace("/", "-"))
    return "term-" + file_name(iri.removeprefix(NS))


def segment(iri: str) -> str:
    """The first part of the IRI of a thing, such as `city`."""
    return iri.removeprefix(ID).partition("/")[0]


__all__ = ["KINDS", "VOCABULARY", "SiteGraph", "segment", "term_anchor"]
