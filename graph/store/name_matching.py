"""Things whose names are like a text, with a score and the reasons for it.

Names are compared as they are written (accents, case and marks do not count), without the kind of
a place (부산광역시, City of Busan), by their letters (Hangul by its jamo) and by their sound, for
which Hangul is romanised: 과야낄, gwayakil and Guayakil all find 과야킬 / Guayaquil.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from citypact.graph.store.base import DEFAULT_GRAPH, Store
from citypact.graph.store.labels import Names
from citypact.graph.store.name_forms import letters, normalised, other_names, place_name
from citypact.ontology import ID, LANGUAGES, SKOS
from citypact.ontology.vocabulary import vocabulary

SAME, ALIAS, PLACE, COMMON, SAME_SOUND = 100.0, 98.0, 95.0, 95.0, 88.0
"""Scores of names that are the same: the label, another name, the name without the kind of the
place, a common name that no document uses (NYC), the sound."""
LIKE_LETTERS, LIKE_SOUND = 0.9, 0.8
"""What the likeness of letters and of sounds (percent, rapidfuzz.fuzz.ratio) counts for."""
LEAST_LETTERS, LEAST_SOUND = 72.0, 78.0
"""Likeness from which on a name is a candidate."""
SURE, LEAD = 95.0, 4.0
"""A score that decides, and how far the next one must be behind."""
LONGEST = 200
"""Characters of a text that are compared."""


@dataclass(frozen=True)
class NameMatch:
    """A thing that a text may mean.

    name: the name that fits best. score: up to 100. reasons: what was compared, by name: `label`,
    `alias`, `place`, `common` (true or false), `letters` and `sound` (percent).
    """

    iri: str
    name: str
    score: float
    reasons: Mapping[str, bool | float] = field(hash=False)


class NameMatcher:
    """Compares texts with the names in a store. Make one with `NameMatcher.of`."""

    def __init__(self, store: Store) -> None:
        self.names = Names.of(store)
        self._named: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
        for iri, name, is_label in _names_of(store):
            self._named[normalised(name)].append((iri, name, is_label))
        self._places: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for key, things in self._named.items():
            base, kind = place_name(key)
            self._places[base] += [(iri, name, kind) for iri, name, _ in things]
        self._letters = {key: letters(key) for key in self._named}
        self._sounds = {key: sound for key in self._named if (sound := sound_of(key))}
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for key, sound in self._sounds.items():
            self._by_sound[sound].append(key)

    @classmethod
    def of(cls, store: Store) -> NameMatcher:
        """The matcher that all who ask the store share."""
        return store.read_once("name matcher", lambda: cls(store))

    def find(
        self, text: str, fits: Callable[[str], bool] = lambda iri: True, limit: int = 10
    ) -> list[NameMatch]:
        """The things whose names are most like a text, the best first; `fits` says which count."""
        key = normalised(text[:LONGEST])
        if not key:
            return []
        found: dict[str, NameMatch] = {}
        for match in self._matches(key):
            known = found.get(match.iri)
            if (known is None or match.score > known.score) and fits(match.iri):
                found[match.iri] = match
        best = sorted(found.values(), key=lambda match: (-match.score, match.iri))
        return best[:limit]

    def beginning(
        self, text: str, fits: Callable[[str], bool] = lambda iri: True, limit: int = 10
    ) -> list[NameMatch]:
        """The things of which a name begins with a text, those with the shortest first."""
        start = normalised(text[:LONGEST])
        found: dict[str, NameMatch] = {}
        for key in sorted((each for each in self._named if each.startswith(start)), key=len):
            for iri, name, _ in self._named[key]:
                if iri not in found and fits(iri):
                    found[iri] = NameMatch(iri, name, PLACE, {"beginning": True})
            if len(found) >= limit:
                break
        return list(found.values())[:limit]

    def _matches(self, key: str) -> Iterator[NameMatch]:
        for iri, name, is_label in self._named.get(key, ()):
            score, reason = (SAME, "label") if is_label else (ALIAS, "alias")
            yield NameMatch(iri, name, score, {reason: True, "letters": 100.0})
        base, kind = place_name(key)
        for iri, name, other in self._places.get(base, ()):
            if not (kind and other and kind != other):
                yield NameMatch(iri, name, PLACE, {"place": True})
        meant = other_names().get(key) or (kind and other_names().get(base)) or ""
        for iri, name, _ in self._named.get(meant, ()):
            yield NameMatch(iri, name, COMMON, {"common": True})
        sound = sound_of(key)
        for other in self._by_sound.get(sound, ()) if len(sound) > 3 else ():
            yield from self._like(other, SAME_SOUND, {"sound": 100.0})
        asked = letters(key)
        for _, ratio, other in process.extract(
            asked, self._letters, scorer=fuzz.ratio, limit=40, score_cutoff=LEAST_LETTERS
        ):
            yield from self._like(other, ratio * LIKE_LETTERS, {"letters": round(ratio, 1)})
        for _, ratio, other in process.extract(
            sound, self._sounds, scorer=fuzz.ratio, limit=40, score_cutoff=LEAST_SOUND
        ):
            yield from self._like(other, ratio * LIKE_SOUND, {"sound": round(ratio, 1)})

    def _like(
        self, key: str, score: float, reasons: Mapping[str, bool | float]
    ) -> Iterator[NameMatch]:
        for iri, name, _ in self._named[key]:
            yield NameMatch(iri, name, round(score, 1), reasons)


def is_sure(matches: list[NameMatch]) -> bool:
    """Whether the first of these is what was meant: its name is the same, and no other's is."""
    if not matches or matches[0].score < SURE:
        return False
    return len(matches) == 1 or matches[1].score <= matches[0].score - LEAD


def is_of_class(names: Names, iri: str, name: str) -> bool:
    """Whether a thing is of a class or one below it, by its local name."""
    kinds = names.kinds(iri)
    return name in kinds or any(name in vocabulary().ancestors(kind) for kind in kinds)


def _names_of(store: Store) -> Iterator[tuple[str, str, bool]]:
    """Things, their names, and whether a name is their label in a language."""
    for predicate, is_label in ((SKOS + "prefLabel", True), (SKOS + "altLabel", False)):
        for quad in store.quads(None, ox.NamedNode(predicate), None, DEFAULT_GRAPH):
            iri, name = quad.subject.value, quad.object.value  # type: ignore[union-attr]
            if iri.startswith(ID) and len(name) <= LONGEST:
                speaks = isinstance(quad.object, ox.Literal) and quad.object.language in LANGUAGES
                yield iri, name, is_label and speaks


_ONSETS, _VOWELS, _CODAS = (
    [part.strip("-") for part in row.split()]
    for row in (
        "k k n t t l m p p s s - j j j k t p h",
        "a e ia ie o e io ie o ua ue e io u uo ue ui iu u i i",
        "- k k ks n nj nh t l lk lm lp ls lt lp lh m p ps s s ng j j k t p h",
    )
)
_LATIN = (
    (re.compile("qu(?=[ei])"), "k"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("ch"), "j"),
    (re.compile("sh"), "s"),
    (re.compile("(?<=[pgkct])h"), ""),
    (re.compile("eo|oo|ou"), "o"),
    (re.compile("eu"), "u"),
    (re.compile("ae|oe"), "e"),
    (re.compile("[gqc]"), "k"),
    (re.compile("d"), "t"),
    (re.compile("[bfv]"), "p"),
    (re.compile("r"), "l"),
    (re.compile("z"), "j"),
    (re.compile("x"), "ks"),
    (re.compile("w"), "u"),
    (re.compile("y"), "i"),
)
"""Letters that people confuse when they write a foreign name; as names.js of the pages has them."""


@cache
def sound_of(key: str) -> str:
    """How a normalised name sounds, roughly, in Latin letters; '' for names in other scripts.

    >>> sound_of("과야킬"), sound_of("guayaquil"), sound_of("gwayakil")
    ('kuaiakil', 'kuaiakil', 'kuaiakil')
    """
    latin, hangul = "", ""
    for letter in key:
        at = ord(letter) - 0xAC00
        if 0 <= at < 11172:
            hangul += _ONSETS[at // 588] + _VOWELS[at // 28 % 21] + _CODAS[at % 28]
        elif letter.isascii():
            latin += letter
    for pattern, one in _LATIN:
        latin = pattern.sub(one, latin)
    return re.sub(r"(.)\1+", r"\1", hangul + latin)


__all__ = ["NameMatch", "NameMatcher", "is_of_class", "is_sure", "sound_of"]
