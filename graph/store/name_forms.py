"""The forms in which people write names: accents, the kind of a place, other names, sounds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

from citypact.sources import PACKAGED

_IGNORED = re.compile(r"[\s'\"‘’“”().,·․▪•_\-–—]+")
_ACCENTS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe"})


@cache
def normalised(text: str) -> str:
    """A name for comparison: accents, case, white space, marks and compatibility forms are gone.

    >>> normalised("São Paulo"), normalised("L.A.")
    ('saopaulo', 'la')
    """
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    plain = _ACCENTS.sub("", plain).translate(_LETTERS)
    return _IGNORED.sub("", unicodedata.normalize("NFC", plain))


Kind = Literal["city", "region", ""]

_KINDS: tuple[tuple[str, Kind], ...] = (
    (
        r"(?:(?:metropolitancity|municipality|city|town)of|villede|mairiede|landeshauptstadt|stadt"
        r"|ciudadde|ayuntamientode|comunedi)(?P<base>.{2,})",
        "city",
    ),
    (
        r"(?P<base>.{2,}?)(?:metropolitangovernment|metropolitancity|specialcity|cityhall|"
        r"citygovernment|municipality|city|(?:특별자치시|특별시|광역시|직할시|시)청?|시티|市(?:人民政府)?|都)",
        "city",
    ),
    (r"(?P<base>.{2,}?)(?:province|prefecture|state|(?:특별자치도|도)청?|성|주|현)", "region"),
)
"""Patterns of names of places, compiled at the first need, and what each says that it is."""


def place_name(key: str) -> tuple[str, Kind]:
    """A normalised name of a place without what it is, and what that is.

    >>> place_name("부산광역시"), place_name("cityofbusan"), place_name("부산")
    (('부산', 'city'), ('busan', 'city'), ('부산', ''))
    """
    for pattern, kind in _KINDS:
        if match := re.fullmatch(pattern, key):
            return match["base"], kind
    return key, ""


@cache
def other_names() -> dict[str, str]:
    """Common names that no document uses, normalised, and the normalised name that each means."""
    import csv

    text = (PACKAGED / "entities" / "other-names.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {normalised(row["name"]): normalised(row["means"]) for row in rows}


_FAMILY_NAMES = ("남궁", "황보", "제갈", "선우", "독고", "사공", "서문")
"""Korean family names of two syllables."""


def is_part_of_name(part: str, name: str) -> bool:
    """Whether a family name, or another part of a name, belongs to the name of a person.

    >>> is_part_of_name("Khan", "Sadiq Khan"), is_part_of_name("박", "박원순")
    (True, True)
    """
    asked = normalised(part)
    words = {normalised(word) for word in name.split()} | {normalised(name)}
    if re.fullmatch("[가-힣]{2,4}", name):
        words.add(name[: 2 if name.startswith(_FAMILY_NAMES) and len(name) > 2 else 1])
    return asked in words


_SOUNDS = (
    ("ph", "f"),
    ("ck|c(?=[aou])|q|x", "k"),
    ("z|c(?=[eiy])", "s"),
    ("w", "v"),
    ("y|j", "i"),
    (r"(?<=[a-z])h", ""),
    # Jamo: aspirated and tense consonants as plain ones, vowels that sound alike as one.
    ("[\u1101\u110f]", "\u1100"),
    ("[\u1104\u1110]", "\u1103"),
    ("[\u1108\u1111]", "\u1107"),
    ("\u110a", "\u1109"),
    ("[\u110d\u110e]", "\u110c"),
    ("\u1164", "\u1162"),
    ("\u1166", "\u1162"),
    ("[\u116b\u1170]", "\u116c"),
    (r"(.)\1+", r"\1"),
)


@cache
def letters(name: str) -> str:
    """The letters of a name: of Hangul its jamo."""
    return unicodedata.normalize("NFD", normalised(name))


@cache
def _sound(name: str) -> str:
    """How a name sounds, roughly, in letters."""
    sound = letters(name)
    for pattern, letter in _SOUNDS:
        sound = re.sub(pattern, letter, sound)
    return sound


NEAR, NEAR_IN_HANGUL, RELATED = 0.72, 0.65, 0.45
"""How similar names must be (`difflib.SequenceMatcher.ratio`) to be suggested: in writing or in
sound, a little less where letters of Hangul are compared; and how similar in writing those that
sound alike."""


def _ratio(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()


def _is_related(text: str, name: str) -> bool:
    """Whether two names that are near in writing or in sound may be one: in Hangul they have a
    syllable in common, in other letters they begin with the same sound or are near in writing."""
    if re.search("[가-힣]", text):
        return not set(re.findall("[가-힣]", text)).isdisjoint(name)
    ratio = _ratio(letters(name), letters(text))
    return ratio >= (RELATED if _sound(name)[:1] == _sound(text)[:1] else NEAR)


def similar_names(text: str, names: Iterable[str], count: int = 3) -> list[str]:
    """The names that are most like a text in writing or in sound, or have it as a word."""
    from difflib import get_close_matches  # for names that nothing has, as is `_ratio`

    names = sorted(names)
    words = [name for name in names if normalised(text) in map(normalised, name.split())]
    found: dict[str, float] = dict.fromkeys(sorted(words, key=len)[:count], 1)
    cutoff = NEAR_IN_HANGUL if re.search("[가-힣]", text) else NEAR
    for form in (letters, _sound):
        keys: Mapping[str, str] = {form(name): name for name in reversed(names)}
        asked = form(text)
        for key in get_close_matches(asked, keys, n=count, cutoff=cutoff):
            name = keys[key]
            if _is_related(text, name):
                found[name] = max(_ratio(key, asked), found.get(name, 0))
    return sorted(found, key=lambda name: -found[name])[:count]
