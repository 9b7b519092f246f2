"""Names of things: what to show for an IRI, and which things a person means by a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, TypeVar

import pyoxigraph as ox

from citypact.graph.rdf.terms import is_date, prefixed, read_date, short, term
from citypact.graph.rdf.values import OddValue, plain_value
from citypact.graph.store.base import DEFAULT_GRAPH, RDF_TYPE, Store
from citypact.graph.store.name_forms import (
    is_part_of_name,
    normalised,
    other_names,
    place_name,
    similar_names,
)
from citypact.graph.text.dates import readable_date
from citypact.ontology import CODE, DCTERMS, ID, LANGUAGES, NS, RDF, RDFS, SKOS
from citypact.ontology.errors import Bilingual, CitypactError, Message, did_you_mean, either, shown
from citypact.ontology.vocabulary import Property, Term, vocabulary

PLACES = {"city": {"City", "CityGovernment"}, "region": {"Territory", "Region", "CityGovernment"}}
"""The classes of what a place can be, by the kinds of `name_forms.place_name`."""
KINDS = ("", *PLACES)
"""What a name of a place says that it is; '' where it says nothing."""
LABELS = (ox.NamedNode(SKOS + "prefLabel"), ox.NamedNode(RDFS + "label"))
EDTF = term("edtf")
FEW = 1_000
"""So many things are looked up one by one, before what is known of all things is read at once."""
LONGEST = 80
"""Characters in a name with a post; what is longer is none."""
POSTS = (("signatory", "signatoryPost"), ("holder", "post"), ("participant", "participant"))
"""Properties of signatures, tenures and participations: of the person and of the person's post."""


T = TypeVar("T")
_BOTH = set(LANGUAGES)


def _add_label(labels: dict[str, str], value: object) -> None:
    """Keeps a label, the first of each language."""
    if isinstance(value, ox.Literal) and value.language:
        labels.setdefault(value.language, value.value)


def _add_date(labels: dict[str, str], quad: ox.Quad) -> None:
    """Keeps the text of a date in the languages in which it has no label."""
    for language in LANGUAGES:
        labels.setdefault(language, quad.object.value)  # type: ignore[union-attr]


@dataclass(frozen=True)
class Names:
    """The names in a store, read at the first need: from its index, if it has one."""

    store: Store

    @classmethod
    def of(cls, store: Store) -> Names:
        """The names that all who ask the store share."""
        return store.read_once("names", lambda: cls(store))

    @cached_property
    def _labels(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for name in LABELS:
            for quad in self.store.quads(None, name, None, None):
                _add_label(found[quad.subject.value], quad.object)  # type: ignore[union-attr]
        for quad in self.store.quads(None, EDTF, None, None):
            _add_date(found[quad.subject.value], quad)  # type: ignore[union-attr]
        found[RDF + "type"] = {"ko": "종류", "en": "kind"}
        return dict(found)

    def _labels_of(self, iri: str) -> dict[str, str]:
        """The labels of a thing by language; of a date what its IRI means."""
        if is_date(iri):
            with suppress(OddValue):
                return dict.fromkeys(LANGUAGES, read_date(iri).text)
        return self._about(iri, "_labels", self._looked_up_labels, self._label_lookup) or {}

    def _label_lookup(self, thing: ox.NamedNode) -> dict[str, str]:
        if thing.value == RDF + "type":
            return {"ko": "종류", "en": "kind"}
        found: dict[str, str] = {}
        for name in LABELS:
            if found.keys() >= _BOTH:
                return found
            for quad in self.store.quads(thing, name, None, None):
                _add_label(found, quad.object)
        for quad in self.store.quads(thing, EDTF, None, None):
            _add_date(found, quad)
        return found

    def _about(
        self,
        iri: str,
        whole: str,
        looked_up: dict[str, T],
        look_up: Callable[[ox.NamedNode], T],
    ) -> T | None:
        """What is known of a thing: looked up alone as long as few are asked for.

        whole: the property that reads all of them at once.
        """
        if whole in vars(self) or len(looked_up) >= FEW or not self.store.is_near:
            known: dict[str, T] = getattr(self, whole)
            return known.get(iri)
        if iri not in looked_up:
            try:
                looked_up[iri] = look_up(ox.NamedNode(iri))
            except ValueError:
                return None  # it is no IRI
        return looked_up[iri]

    @cached_property
    def _looked_up_labels(self) -> dict[str, dict[str, str]]:
        return {}

    @cached_property
    def _looked_up_kinds(self) -> dict[str, set[str]]:
        return {}

    def _meant(self, way: str, key: str) -> set[str]:
        """The things that a key means in a way, such as `name`."""
        if self.store.name_index:
            return self.store.name_index.find(way, key)
        return self._ways[way]().get(key, set())

    @property
    def _ways(self) -> dict[str, Callable[[], dict[str, set[str]]]]:
        """All ways in which keys mean things."""
        of_place = {f"place {kind}": partial(self._places_of, kind) for kind in KINDS}
        return {
            "name": lambda: self._by_name,
            # Topics by words that documents use of them: a name of another topic comes first.
            "hidden name": lambda: self._by_hidden_name,
            "title": lambda: self._by_title,
            "slug": lambda: self._by_slug,
            **of_place,
        }

    def index(self) -> Iterator[tuple[str, str, str]]:
        """Ways, keys and the IRIs of the things that they mean, to be written next to a store."""
        for way, table in self._ways.items():
            for key, things in table().items():
                for iri in things:
                    yield way, key, iri

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        return self._normalised(SKOS + "prefLabel", SKOS + "altLabel")

    @cached_property
    def _by_hidden_name(self) -> dict[str, set[str]]:
        return self._normalised(SKOS + "hiddenLabel")

    @cached_property
    def _by_title(self) -> dict[str, set[str]]:
        return self._normalised(DCTERMS + "title")

    @cached_property
    def _by_slug(self) -> dict[str, set[str]]:
        """Things by what stands behind the segment, such as `city`, in their IRIs."""
        found: dict[str, set[str]] = defaultdict(set)
        for iri in self._kinds:
            _, slash, slug = iri.removeprefix(ID).partition("/")
            if iri.startswith(ID) and slash and "/" not in slug:
                found[slug].add(iri)
        return dict(found)

    @cached_property
    def _by_place(self) -> dict[str, dict[str, set[str]]]:
        """Places by the kind of place in their names, and by their names without it."""
        found: dict[str, dict[str, set[str]]] = {kind: defaultdict(set) for kind in KINDS}
        places = set[str].union(*PLACES.values())
        for key, things in self._by_name.items():
            base, kind = place_name(key)
            found[kind][base] |= {iri for iri in things if self.kinds(iri) & places}
        return {kind: dict(named) for kind, named in found.items()}

    def _places_of(self, kind: str) -> dict[str, set[str]]:
        return self._by_place[kind]

    @cached_property
    def _posts(self) -> dict[str, set[str]]:
        """The posts in which people signed, served or took part, by the IRI of the person."""
        found: dict[str, set[str]] = defaultdict(set)
        for of_person, of_post in POSTS:
            posts = defaultdict(set)
            for quad in self.store.quads(None, term(of_post), None, DEFAULT_GRAPH):
                if "Post" in self.kinds(quad.object.value):  # type: ignore[union-attr]
                    posts[quad.subject].add(quad.object.value)  # type: ignore[union-attr]
            for quad in self.store.quads(None, term(of_person), None, DEFAULT_GRAPH):
                if "Person" in self.kinds(quad.object.value):  # type: ignore[union-attr]
                    found[quad.object.value] |= posts[quad.subject]  # type: ignore[union-attr]
        return found

    def _normalised(self, *properties: str) -> dict[str, set[str]]:
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

    def label(self, iri: str, language: str) -> str:
        """The name of a thing in a language; else in one of ours; else in any; else the end of its
        IRI."""
        labels = self._labels_of(iri)
        if name := labels.get(language):
            return name
        others = (labels.get(each, "") for each in (*LANGUAGES, *sorted(labels)))
        return next(filter(None, others), "") or short(iri)

    def readable(self, iri: str, language: str) -> str:
        """The name of a thing; of a date that EDTF marks (XXXX-10-30) its meaning in words."""
        text = self.label(iri, language)
        return readable_date(text)[language] if is_date(iri) else text

    def both(self, iri: str) -> dict[str, str]:
        """The names of a thing in both languages."""
        return {language: self.label(iri, language) for language in LANGUAGES}

    def inverse(self, iri: str) -> dict[str, str]:
        """The names of a property in both languages as it is read from its value."""
        known = vocabulary().by_iri(iri)
        return dict(known.inverse) if known and known.inverse else self.both(iri)

    def plain(self, term: Term | None, language: str) -> Any:
        """A term as people and pandas want it: a name, a number, a truth value, a day or text."""
        if term is None:
            return None
        if isinstance(term, ox.NamedNode):
            return self.label(term.value, language)
        try:
            return plain_value(term)
        except OddValue:
            return term.value  # a query of a graph that somebody sent shows what stands there

    def called(self, text: str, prefix: str) -> list[str]:
        """The IRIs with this beginning that a name or another name means, sorted."""
        key = normalised(text)
        found = self._meant("name", key) or self._meant("hidden name", key)
        return sorted(iri for iri in found if iri.startswith(prefix))

    def kinds(self, iri: str) -> set[str]:
        """The local names of the classes of a thing."""
        return self._about(iri, "_kinds", self._looked_up_kinds, self._kind_lookup) or set()

    def _kind_lookup(self, thing: ox.NamedNode) -> set[str]:
        found = (q.object.value for q in self.store.quads(thing, RDF_TYPE, None, DEFAULT_GRAPH))  # type: ignore[union-attr]
        return {iri[len(NS) :] for iri in found if iri.startswith(NS)}

    def nearest_class(self, iri: str) -> str:
        """The class that says most of what a thing is, by its local name; '' where it has none."""
        known = [name for name in self.kinds(iri) if name in vocabulary().classes]
        return min(known, key=lambda name: (-len(vocabulary().ancestors(name)), name), default="")

    def things(self) -> list[str]:
        """The IRIs of all things with a class, codes and dates among them, sorted."""
        return sorted(iri for iri in self._kinds if iri.startswith(ID))

    def of_kind(self, name: str) -> list[str]:
        """The things (IRIs) of a class, by its local name, sorted."""
        return sorted(
            iri for iri, kinds in self._kinds.items() if name in kinds and iri.startswith(ID)
        )

    def slugs(self, segment: str) -> list[str]:
        """What stands behind a segment such as `city` in the IRIs of things, sorted."""
        prefix = f"{ID}{segment}/"
        return sorted(iri[len(prefix) :] for iri in self._kinds if iri.startswith(prefix))

    def find(self, text: str, *kinds: str) -> list[str]:
        """The things that a name, alias, slug, `kind/slug` or IRI may mean, sorted.

        Where none of them fits, titles as documents write them count too, then names of places
        with or without their kind (City of, 광역시), other common names (NYC, 상해), and the name
        of a person with a post (Mayor Khan, 칸 시장). What only has the name of another thing,
        such as the participation of a person, comes after that thing. `kinds` are local names of
        classes; any of them will do, none means all things.
        Raises CitypactError where nothing fits, with the nearest names, and where a name with a
        post fits several people.
        """
        if not text.strip():
            raise CitypactError("the name is empty\n    -> give a name, in Korean or English")
        if found := self._found(text, kinds):
            return found
        raise CitypactError(self._nothing(text, set(filter(self._fits(kinds), self._kinds)), kinds))

    def find_if_any(self, text: str, *kinds: str) -> list[str]:
        """As `find`, but [] instead of an error, whose nearest names take long to work out."""
        try:
            return self._found(text, kinds) if text.strip() else []
        except CitypactError:  # several people in a post
            return []

    def _fits(self, kinds: tuple[str, ...]) -> Callable[[str], bool]:
        wanted = set(kinds)

        def fits(iri: str) -> bool:
            known = self.kinds(iri)
            return bool(known) and iri.startswith(ID) and (not wanted or bool(known & wanted))

        return fits

    def _found(self, text: str, kinds: tuple[str, ...]) -> list[str]:
        fits = self._fits(kinds)
        for iri in (text, ID + text):
            if fits(iri):
                return [iri]
        key = normalised(text)
        ways: tuple[Callable[[], set[str]], ...] = (
            lambda: self._meant("name", key) | self._meant("slug", text),
            lambda: self._meant("hidden name", key),
            lambda: self._meant("title", key),
            lambda: self._places(key),
            lambda: self._otherwise(key),
            lambda: self._in_post(text),
        )
        for way in ways:
            if found := list(filter(fits, way())):
                return sorted(found, key=lambda iri: ("Participation" in self.kinds(iri), iri))
        return []

    def meanings(self, text: str) -> list[str]:
        """The things that a text may name, sorted: as `find`, without slugs, titles and posts.

        Empty where it names nothing. Names come before words that documents use of topics.
        """
        key = normalised(text)
        for way in ("name", "hidden name"):
            if key and (found := self._meant(way, key)):
                return sorted(iri for iri in found if iri.startswith(ID))
        if len(key) < 2:
            return []
        return sorted(self._places(key) or self._otherwise(key))

    def person_in_post(self, text: str) -> list[str]:
        """The person whom a family name with a post means, such as Mayor Khan; [] for several."""
        try:
            return sorted(self._in_post(text))
        except CitypactError:
            return []

    def find_one(self, text: str, *kinds: str) -> str:
        """The one thing that a name means. Raises CitypactError where it may be several."""
        found = self.find(text, *kinds)
        if len(found) > 1:
            raise _ambiguous(text, found)
        return found[0]

    def _places(self, key: str) -> set[str]:
        """The places that a name means, whether or not it says what they are."""
        base, kind = place_name(key)
        named = {each: self._meant(f"place {each}", base) for each in KINDS}
        if not kind:
            return set[str]().union(*named.values())
        return named[kind] | {iri for iri in named[""] if self.kinds(iri) & PLACES[kind]}

    def _otherwise(self, key: str) -> set[str]:
        """The things that a common name means which no document uses."""
        base, kind = place_name(key)
        if key in other_names():
            return self._meant("name", other_names()[key])
        return self._places(other_names()[base]) if kind and base in other_names() else set()

    def _in_post(self, text: str) -> set[str]:
        """The person whom a family name with a post means, such as 칸 시장 or Mayor Khan."""
        if len(text) > LONGEST:
            return set()
        words = text.split()
        splits = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
        if len(words) == 1:
            splits = [(text[:i], text[i:]) for i in range(1, len(text)) if "가" <= text[i] <= "힣"]
        found = {
            person
            for one, other in splits
            for name, post in ((one, other), (other, one))
            for person, posts in self._posts.items()
            if any(self._is_post(iri, normalised(post)) for iri in posts)
            and any(is_part_of_name(name, label) for label in self.both(person).values())
        }
        if len(found) > 1:
            raise _ambiguous(text, found)
        return found

    def _is_post(self, iri: str, asked: str) -> bool:
        """Whether a post is called that: its label begins or, in Korean, ends so."""
        korean, english = normalised(self.label(iri, "ko")), normalised(self.label(iri, "en"))
        is_deputy = korean.removesuffix(asked).endswith("부")
        return (korean.endswith(asked) and not is_deputy) or english.removeprefix(
            "lord"
        ).startswith(asked)

    def _of_other_kind(self, text: str) -> str:
        """The first thing of any kind that a name means; '' where there is none."""
        return next(iter(self.find_if_any(text)), "")

    def _term_called(self, text: str) -> str:
        """The prefixed name of a class, property or code that is called that; '' for none."""
        key, words = normalised(text), vocabulary()
        iris = [each.iri for each in words.classes.values()]
        iris += [each.iri for each in words.properties.values()]
        iris += [f"{CODE}{name}/{code}" for name, codes in words.codes.items() for code in codes]
        for iri in iris:
            name = prefixed(iri)
            if text in (iri, name, name.partition(":")[2]):
                return name
        called = (iri for iri in iris if key in map(normalised, self.both(iri).values()))
        return next(map(prefixed, called), "")

    def _nothing(self, text: str, things: set[str], kinds: tuple[str, ...]) -> Message:
        if kinds and (other := self._of_other_kind(text)):
            return Message(
                "there is no {kind} called {name}\n"
                "    -> {name} is of the kind {other}: give it where that kind is asked for",
                kind=either(map(_class_label, kinds)),
                name=shown(text),
                other=_class_label(self.nearest_class(other)),
            )
        if not kinds and (called := self._term_called(text)):
            return Message(
                "{name} is a term of the vocabulary ({term}), not a thing\n"
                "    -> `citypact query --terms {term}` says what it means and where it is used",
                name=shown(text),
                term=called,
            )
        names = {label: iri for iri in things for label in self._labels.get(iri, {}).values()}
        near = dict.fromkeys(names[name] for name in similar_names(text, names))
        cure = (
            did_you_mean(Bilingual(**self.both(iri)) for iri in near)
            if near
            else Message("try another name, in Korean or English")
        )
        if not kinds:
            return Message("nothing is called {name}\n    -> {cure}", name=shown(text), cure=cure)
        return Message(
            "there is no {kind} called {name}\n    -> {cure}",
            kind=either(map(_class_label, kinds)),
            name=shown(text),
            cure=cure,
        )


def _ambiguous(text: str, things: Iterable[str]) -> CitypactError:
    ways = ", ".join(sorted(iri.removeprefix(ID) for iri in things))
    return CitypactError("{text!r} is ambiguous\n    -> say which: {ways}", text=text, ways=ways)


def _class_label(name: str) -> str:
    """The name of a class within a message: its label, in English in lower case."""
    known = vocabulary().classes.get(name)
    if known is None:
        return name
    english = known.labels["en"]
    return Bilingual(english[:1].lower() + english[1:], known.labels["ko"])


def property_iri(text: str) -> str:
    """The property that a local name, a record field, a label or a synonym means."""

    def names(prop: Property) -> tuple[str, ...]:
        return (*prop.labels.values(), *prop.synonyms, prop.field, prop.name)

    found = {
        prop.iri
        for prop in vocabulary().properties.values()
        if normalised(text) in {normalised(name) for name in names(prop) if name}
        or text == prop.iri
    }
    exact = [p.iri for p in vocabulary().properties.values() if p.name == text]
    if len(exact) == 1:
        return exact[0]
    if not found:
        known = {name: p for p in vocabulary().properties.values() for name in names(p)}
        near = {known[name].iri: known[name] for name in similar_names(text, filter(None, known))}
        labels = (Bilingual(**prop.labels) for prop in near.values())
        hint = did_you_mean(labels) if near else Message("see `citypact why SUBJECT` for all")
        raise CitypactError(
            "there is no property called {text}\n    -> {hint}", text=shown(text), hint=hint
        )
    if len(found) > 1:
        ways = ", ".join(sorted(short(iri) for iri in found))
        raise CitypactError("{text!r} is ambiguous\n    -> say which: {ways}", text=text, ways=ways)
    return found.pop()
