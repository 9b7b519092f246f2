"""The lists of all things of a kind, by name: what can be found without a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from citypact.graph.pages.site.layout import render
from citypact.graph.pages.site.paths import file_name, split_language
from citypact.graph.pages.site.site_graph import SiteGraph
from citypact.graph.pages.site.words import message
from citypact.graph.provenance.counts import count
from citypact.graph.store.name_forms import normalised
from citypact.graph.text.bilingual import Words, both, other_language
from citypact.ontology.vocabulary import vocabulary

FOLDER = "list/"
AT_ONCE = 1000
"""How many things a page of a list has; longer lists have several pages."""
INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
"""The initial consonants of Hangul in their order, doubled ones with the single."""
OTHERS = "…"
"""The initial of names that begin with no letter."""


@dataclass(frozen=True)
class ListedThing:
    """A thing in a list: its name in the language, the name in the other where it differs."""

    iri: str
    name: str
    other: str
    initial: str


def list_stem(kind: str, number: int = 1) -> str:
    """The path of a page of the list of a kind, without its language; number: from 1."""
    return f"{FOLDER}{file_name(kind)}" + (f"/{number}" if number > 1 else "")


def kind_name(kind: str) -> Words:
    """The name of a kind of things in the plural."""
    if f"kinds.{kind}" in message.by_id:
        return message(f"kinds.{kind}")
    return class_name(kind)


def class_name(kind: str) -> Words:
    """The name of one thing whose IRI begins so."""
    labels = next((c.labels for c in vocabulary().classes.values() if c.segment == kind), {})
    return both(labels.get("ko", kind), labels.get("en", kind))


def initial(name: str) -> str:
    """The letter under which a name is listed: a consonant of Hangul, or a Latin capital.

    >>> initial("과야킬"), initial("Ålesund")
    ('ㄱ', 'A')
    """
    first = name.strip()[:1]
    if "가" <= first <= "힣":
        return INITIALS[(ord(first) - ord("가")) // 588]
    key = normalised(name)[:1]
    return key.upper() if "a" <= key <= "z" else OTHERS


def name_order(name: str, language: str) -> tuple[bool, str]:
    """The order of names: in Korean Hangul before other letters, in English after them."""
    is_hangul = "가" <= name.strip()[:1] <= "힣"
    return (is_hangul == (language == "en"), normalised(name))


def list_stems(graph: SiteGraph) -> Iterator[str]:
    """The paths of all pages of lists, without language."""
    for kind, things in graph.by_kind.items():
        for first in range(0, len(things), AT_ONCE):
            yield list_stem(kind, first // AT_ONCE + 1)


@lru_cache(maxsize=2)
def _entries(graph: SiteGraph, kind: str, language: str) -> list[ListedThing]:
    other = other_language(language)
    found = []
    for iri in graph.by_kind[kind]:
        name, other_name = graph.names.label(iri, language), graph.names.label(iri, other)
        found.append(
            ListedThing(iri, name, other_name if other_name != name else "", initial(name))
        )
    return sorted(found, key=lambda entry: (*name_order(entry.name, language), entry.iri))


def note(graph: SiteGraph, kind: str) -> tuple[Words | None, str]:
    """What the number of a list does not count, and the list where that is; None and '' for all."""
    if f"list.{kind}" not in message.by_id:
        return None, ""
    numbers = {
        "topic": {"n": count(graph.store, "topics in use")},
        "organization": {"n": count(graph.store, "organisations")},
    }
    elsewhere = {"doc": "editors", "partnership": "expected-partnership"}.get(kind, "")
    if elsewhere and elsewhere not in graph.by_kind:
        return None, ""
    return message(f"list.{kind}", **numbers.get(kind, {})), elsewhere


def list_page(graph: SiteGraph, path: str) -> bytes | None:
    """A page of the list of a kind; None where there is no such list."""
    stem, language = split_language(path)
    for kind, things in graph.by_kind.items():
        pages = -(-len(things) // AT_ONCE)
        for number in range(1, pages + 1):
            if list_stem(kind, number) == stem:
                entries = _entries(graph, kind, language)
                shown = entries[(number - 1) * AT_ONCE : number * AT_ONCE]
                groups = [
                    (letter, list(of_letter))
                    for letter, of_letter in groupby(shown, key=lambda entry: entry.initial)
                ]
                said, elsewhere = note(graph, kind)
                return render(
                    graph,
                    "list.html",
                    path,
                    kind_name(kind),
                    groups=groups,
                    total=len(entries),
                    note=said,
                    elsewhere=(kind_name(elsewhere), list_stem(elsewhere)) if elsewhere else None,
                    number=number,
                    pages=[(n, list_stem(kind, n)) for n in range(1, pages + 1)],
                )
    return None


__all__ = ["class_name", "initial", "kind_name", "list_page", "list_stem", "list_stems"]
