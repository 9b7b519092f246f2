"""People whom a text names, with office and organisation, in Korean and English.

An office is found first: 시장, Secretary General. The name stands before or behind it, with the
organisation between, before or behind: 토리 화나우 웰링턴 시장, Mayor Jane Doe of Springfield,
John Roe, CEO of the Council. Nobody is found without an office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from citypact.sources.extraction.english_people import english_people_in
from citypact.sources.extraction.korean_people import is_korean_name, korean_people_in
from citypact.sources.extraction.lexicon import known_korean, lexicon
from citypact.sources.extraction.model import Context
from citypact.sources.extraction.person import Person, overlap
from citypact.sources.extraction.signatures import people_in_signatures
from citypact.sources.model import Span


def people_of(context: Context, places: frozenset[str]) -> tuple[Person, ...]:
    """Everybody whom a document names with an office, in the order of the text.

    places: words that are names of places and bodies, and so are no part of a person's name.
    """
    text = context.form.text
    found: list[Person] = list(people_in_signatures(context))
    for sentence in context.sentences:
        finder = korean_people_in if sentence.language == "ko" else english_people_in
        for person in finder(text, *sentence.span, places):
            if not any(overlap(person.span, other.span) for other in found):
                found.append(person)
    found += [*_by_surname(text, found), *_by_name_alone(text, found)]
    return tuple(sorted(_with_full_names(found), key=lambda person: person.span))


def _by_surname(text: str, found: list[Person]) -> Iterator[Person]:
    """Mr Clark, or Clark alone, for somebody whom an English text names in full elsewhere."""
    full = [p for p in found if (len(p.name.split()) > 1 and p.name.isascii()) or "-" in p.name]
    for person in {p.name: p for p in reversed(full)}.values():
        parts = person.name.replace(",", "").split()
        surname = parts[0] if "-" in parts[-1] and len(parts) == 2 else parts[-1]
        if len(surname) < 2 or not surname[0].isupper():
            continue
        for span, has_title in _surnames(text, surname):
            before = text[max(0, span[0] - 30) : span[0]]
            if not has_title and re.search(r"[A-Z][\w.’'-]*\s$", before):
                continue
            if not any(overlap(span, other.reach) for other in found):
                yield replace(person, span=span, reach=span, is_short=True)


def _by_name_alone(text: str, found: list[Person]) -> Iterator[Person]:
    """경준해와 양승조는, for those whom a Korean text names with their offices before."""
    named = {p.name: p for p in reversed(found) if re.fullmatch(r"[가-힣]{3}", p.name)}
    for name, person in named.items():
        at = text.find(name, person.span[1])
        while at >= 0:
            end = at + len(name)
            is_free = not any(overlap((at, end), other.reach) for other in found)
            is_alone = re.match(r"(?:은|는|이|가|와|과|도)\s", text[end : end + 2])
            if is_free and is_alone and re.match(r"[\s“‘\"'(]|$", text[at - 1 : at]):
                yield replace(person, span=(at, end), reach=(at, end), is_short=True)
            at = text.find(name, end)


_BEHIND_SURNAME = re.compile(r"[\w-]|[’']s|\s[A-Z]")
_TITLE_BEFORE = re.compile(r"\b(?:Mr|Ms|Mrs|Dr|Cllr|Coun|Councillor|Ald|Alderman)\.?\s$")


def _surnames(text: str, surname: str) -> Iterator[tuple[Span, bool]]:
    """Where a surname stands alone, with a title that leads it, and whether one does."""
    at = text.find(surname)
    while at >= 0:
        end = at + len(surname)
        is_word = not at or not re.match(r"[\w.-]", text[at - 1])
        if is_word and not _BEHIND_SURNAME.match(text, end):
            title = _TITLE_BEFORE.search(text[max(0, at - 12) : at])
            yield (at - len(title.group()) if title else at, end), bool(title)
        at = text.find(surname, end)


_MARKET = re.compile(r"시장|사장|대표|의원|이사|현장|부장|국장|단장")
"""Offices that are also ordinary words, or those of many who don't sign."""


def _with_full_names(people: list[Person]) -> Iterator[Person]:
    """히메네스 시장 and Mayor Garcetti with the full name that the text gives elsewhere.

    A single word of a foreign name that nobody bears in full is left out in Korean.
    """
    full = [person for person in people if len(_name_parts(person.name)) > 1]
    names = {person.name for person in full}
    for person in people:
        if len(_name_parts(person.name)) > 1:
            # `Springfield Jane Doe` where the text has `Jane Doe` elsewhere; but `Vila Dosal` is
            # short for `Ana Vila Dosal`.
            shorter = [
                name for name in names
                if person.name.endswith(f" {name}")
                and person.name.removesuffix(name).strip().lower() in lexicon().latin
            ]  # fmt: skip
            longer = [
                name for name in names
                if name.endswith(f" {person.name}")
                and name.removesuffix(person.name).strip().lower() not in lexicon().latin
            ]  # fmt: skip
            name = max(shorter or longer, key=len, default=person.name)
            yield replace(person, name=name, is_short=bool(longer and not shorter))
            continue
        name = person.name
        bearers = [
            other
            for other in full
            if name in _name_parts(other.name) or (len(name) == 1 and other.name.startswith(name))
        ]
        if bearers:
            bearer = min(bearers, key=lambda other: abs(other.span[0] - person.span[0]))
            yield replace(
                person, name=bearer.name, is_short=True,
                organisation=person.organisation or bearer.organisation,
            )  # fmt: skip
        elif (
            not re.fullmatch(r"[가-힣]+", name)
            or is_korean_name(name)
            or (len(name) > 2 and (person.organisation or not _MARKET.fullmatch(person.office)))
            or (len(name) == 2 and known_korean(person.organisation) and not known_korean(name))
        ):
            yield person


def _name_parts(name: str) -> list[str]:
    """The words of a name; the syllables of a Korean one are surname and given name."""
    if re.fullmatch(r"[가-힣]{2,4}", name) and is_korean_name(name):
        return [name[0], name[1:]]
    return name.replace(",", " ").split()
