"""Words in Korean and English, as pages and reports have them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from citypact.ontology import LANGUAGES

Words = dict[str, str]
"""A text by language: `ko` and `en`."""
LANGUAGE_NAMES: Words = {"ko": "한국어", "en": "English"}
"""What each language is called in itself."""


def both(ko: str, en: str) -> Words:
    """Words in both languages."""
    return {"ko": ko, "en": en}


def other_language(language: str) -> str:
    """The language that a page is not in."""
    return next(each for each in LANGUAGES if each != language)


def complete(words: Mapping[str, Any] | None) -> Words:
    """Words in both languages; a missing one is replaced by the other."""
    ko, en = (str((words or {}).get(language) or "") for language in LANGUAGES)
    return {"ko": ko or en, "en": en or ko}


def capitalised(text: str) -> str:
    """A text that begins with a capital, the rest as it is; one in Korean as it is."""
    return text[:1].upper() + text[1:]


def amount(number: int, ko: str, one: str, many: str) -> Words:
    """A number with its noun: 도시 5개, 5 cities."""
    return both(f"{ko} {number:,}개", f"{number:,} {one if number == 1 else many}")


def joined(*parts: Words, ko: str = ", ", en: str = ", ") -> Words:
    """Several words as one text."""
    return both(ko.join(part["ko"] for part in parts), en.join(part["en"] for part in parts))


def distinct(labels: Sequence[tuple[Words, str]]) -> list[Words]:
    """Labels of things, with the identifier added to those that several things have."""
    several = Counter(tuple(label.values()) for label, _ in labels)
    return [
        {spoken: f"{text} [{identifier}]" for spoken, text in label.items()}
        if several[tuple(label.values())] > 1
        else label
        for label, identifier in labels
    ]


def particle(word: str, after_consonant: str, after_vowel: str) -> str:
    """A Korean word with the particle that its last sound wants: 서울이, 런던은, 과야킬로, C40이.

    A short form in brackets at the end is not read: 코트라(KOTRA)가. Latin letters are read as
    Koreans read them: capitals by the names of the letters (KDI가, IBM이), words by their last
    letter (Medellin이, Lima가).

    >>> particle("서울", "이", "가"), particle("과야킬", "으로", "로")
    ('서울이', '과야킬로')
    >>> particle("코트라(KOTRA)", "이", "가"), particle("WeGO", "은", "는")
    ('코트라(KOTRA)가', 'WeGO는')
    """
    read = re.sub(r"(?<=\S)\s*\([^()]*\)$", "", word)
    letters = [character for character in read if character.isalnum()]
    last = letters[-1] if letters else ""
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
    elif last.isdecimal():
        final = 0 if last in "2459" else 8 if last in "178" else 1
    elif last.isupper():
        final = 8 if last in "LR" else 1 if last in "MN" else 0
    else:
        final = 8 if last == "l" else 1 if last in "bcgkmnpt" else 0
    is_rieul = final == 8 and after_consonant == "으로"
    return word + (after_consonant if final and not is_rieul else after_vowel)


def yes_or_no(value: bool) -> Words:
    """A truth value in words."""
    return both("예", "yes") if value else both("아니요", "no")


INFERRED: Words = {"ko": "추론", "en": "inferred"}
"""What is said of a value that follows from a text without being stated in it."""

__all__ = [
    "INFERRED",
    "LANGUAGE_NAMES",
    "Words",
    "amount",
    "both",
    "capitalised",
    "distinct",
    "joined",
    "other_language",
    "particle",
    "yes_or_no",
]
