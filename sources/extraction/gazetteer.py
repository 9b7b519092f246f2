"""Places of the world by their Korean and English names, and where a text names them.

The tables are in `places/` (see `places/make.py`): cities from GeoNames (CC BY 4.0), the provinces
and municipalities of Korea, and first-level divisions of other countries. A name that is an
ordinary word too counts only with a word or a country beside that makes a place of it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from citypact.sources.model import Span
from citypact.sources.twins.country_names import country_code, country_names

TABLES = Path(__file__).parent / "places"


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """A place of the gazetteer.

    label_en: its English label. label_ko: '' where none is known. kind: `city`, `county`,
    `district` (of a city) or `province` (any first-level division). country: ISO 3166-1 alpha-2.
    within: the province of a Korean municipality, in Korean. population: 0 where unknown.
    geonames: its identifier there, '' for what the other tables have.
    """

    label_en: str
    label_ko: str
    kind: str
    country: str
    within: str = ""
    population: int = 0
    geonames: str = ""


@dataclass(frozen=True)
class Gazetteer:
    """Names, each with all places that are called so, the most likely first.

    korean: as written, with and without 시, 군 and the like. latin: by folded name (see `fold`).
    loose: Korean names of four syllables and more, in letters that spellings do not differ in.
    words: names that are ordinary words too.
    """

    korean: Mapping[str, tuple[GazetteerPlace, ...]]
    latin: Mapping[str, tuple[GazetteerPlace, ...]]
    loose: Mapping[str, str]
    words: frozenset[str]

    def named(self, name: str) -> tuple[GazetteerPlace, ...]:
        """The places that are called so, in either language; empty for none."""
        if re.search("[가-힣]", name):
            found = self.korean.get(name)
            if found is None and len(name) > 3 and (known := self.loose.get(loosened(name))):
                found = self.korean[known]
            return found or ()
        return self.latin.get(fold(name), ())


_OKINA = re.compile(r"(?<=\w)[‘ʻ](?=\w)")
"""The glottal stop of Hawaiian: Hawai‘i is Hawaii."""


def fold(name: str) -> str:
    """A Latin name in small letters without accents, with plain apostrophes and single spaces."""
    if not name.isascii():
        name = _OKINA.sub("", name.replace("’", "'"))
        plain = unicodedata.normalize("NFKD", name)
        name = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(name.replace("-", " ").split()).lower()


_LEAD = {1: 0, 15: 0, 4: 3, 16: 3, 8: 7, 17: 7, 10: 9, 13: 12, 14: 12}
_VOWEL = {1: 5, 3: 7, 10: 15, 11: 15}
"""Tense and aspirated consonants as plain ones, ㅐ as ㅔ, ㅒ as ㅖ, ㅙ and ㅚ as ㅞ: by the places
of the letters in a syllable of Unicode."""


def _loose_syllable(code: int) -> str:
    lead, rest = divmod(code, 588)
    vowel, tail = divmod(rest, 28)
    vowel = _VOWEL.get(vowel, vowel)
    if lead == 9 and vowel == 16:  # 쉬 and 슈 are both written for sh
        vowel = 17
    return chr(0xAC00 + (_LEAD.get(lead, lead) * 21 + vowel) * 28 + tail)


@cache
def _loose_table() -> dict[int, str]:
    return {0xAC00 + code: _loose_syllable(code) for code in range(11172)}


def loosened(name: str) -> str:
    """A Korean name in letters that spellings of foreign names do not differ in.

    >>> loosened("로스엔젤레스") == loosened("로스앤젤레스")
    True
    """
    return name.translate(_loose_table())


# --- The tables ---------------------------------------------------------------------------------


_SHORT_PROVINCES = {
    "서울특별시": "서울", "부산광역시": "부산", "대구광역시": "대구", "인천광역시": "인천",
    "광주광역시": "광주", "대전광역시": "대전", "울산광역시": "울산", "세종특별자치시": "세종",
}  # fmt: skip
_METROPOLISES = {
    "서울특별시": ("Seoul", 9_500_000, "1835848"), "부산광역시": ("Busan", 3_300_000, "1838524"),
    "대구광역시": ("Daegu", 2_400_000, "1835329"), "인천광역시": ("Incheon", 3_000_000, "1843564"),
    "광주광역시": ("Gwangju", 1_400_000, "1841811"),
    "대전광역시": ("Daejeon", 1_450_000, "1835235"),
    "울산광역시": ("Ulsan", 1_100_000, "1833747"), "세종특별자치시": ("Sejong", 390_000, ""),
}  # fmt: skip
_OF_KIND = {"시": ("city", "City"), "군": ("county", "County"), "구": ("district", "District")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _places() -> Iterator[tuple[GazetteerPlace, list[str]]]:
    """Each place with all its names."""
    for korean, (english, population, number) in _METROPOLISES.items():
        short = _SHORT_PROVINCES[korean]
        place = GazetteerPlace(english, short, "city", "KR", "", population, number)
        yield place, [korean, short, short + "시", english, f"{english} Metropolitan City"]
    yield from _municipalities()
    for row in _rows("divisions.csv"):
        names = row["names"].split("|") if row["names"] else []
        korean = next((name for name in names if _is_korean(name)), "")
        place = GazetteerPlace(row["en"], korean, "province", row["country"], "", 1_200_000)
        yield place, [row["en"], *names]
    for row in _rows("cities.csv"):
        names = row["names"].split("|") if row["names"] else []
        korean = next((name for name in names if _is_korean(name)), "")
        place = GazetteerPlace(
            row["en"], korean, "city", row["country"], "", int(row["population"]), row["geonames"]
        )
        yield place, [row["en"], *names]


def _municipalities() -> Iterator[tuple[GazetteerPlace, list[str]]]:
    """Those of Korea, with some of the past. Districts of several cities share a name (중구)."""
    for row in _rows("municipalities.csv"):
        korean, english = row["ko"], row["en"]
        kind, word = _OF_KIND[korean[-1]]
        label = english if kind == "city" else f"{english} {word}"
        if korean == "제주시":
            label = "Jeju City"
        population = {"city": 250_000, "county": 60_000, "district": 50_000}[kind]
        place = GazetteerPlace(label, korean, kind, "KR", row["province"], population)
        suffix = {"city": "si", "county": "gun", "district": "gu"}[kind]
        names = [korean, f"{english}-{suffix}", f"{english} {word}", f"{english}{suffix}"]
        if kind != "district":
            names += [korean[:-1], english]
        yield place, names


def _rank(name: str, place: GazetteerPlace) -> float:
    """Which place is meant first: the largest; a name that isn't the label's counts a fifth.

    Santa Cruz is no short name of Santa Cruz do Sul, but Odessa may be the larger Odesa.
    """
    return -place.population * (1.0 if fold(place.label_en) == name else 0.2)


def _is_korean(name: str) -> bool:
    return "가" <= name[:1] <= "힣"


@cache
def populations() -> dict[str, int]:
    """Inhabitants of cities by their numbers in GeoNames, where both are known.

    >>> populations()["1835848"] > 9_000_000
    True
    """
    metropolises = {number: people for _, people, number in _METROPOLISES.values()}
    cities = {row["geonames"]: int(row["population"]) for row in _rows("cities.csv")}
    return {number: people for number, people in (metropolises | cities).items() if people}


_OF_PROVINCE = re.compile(
    r"(?!(?:North|South|East|West|Free|Central|Capital|[\w ]+ian\b))([A-Z][\w’ –-]+)\s"
    r"(?:Province|Prefecture|Oblast|Governorate|Krai|Voivodeship)"
)
"""`Vinh Phuc Province`, which texts call Vinh Phuc too."""


@cache
def gazetteer() -> Gazetteer:
    """The tables, read once (some 0.2 s)."""
    korean: dict[str, list[GazetteerPlace]] = defaultdict(list)
    latin: dict[str, list[GazetteerPlace]] = defaultdict(list)
    provinces: list[GazetteerPlace] = []
    for place, names in _places():
        if place.kind == "province":
            provinces.append(place)
        for name in dict.fromkeys(names):
            table, key = (korean, name) if _is_korean(name) else (latin, fold(name))
            if place not in table[key]:
                table[key].append(place)
    for found in korean.values():  # a Korean text means the one in Korea
        found.sort(key=lambda place: (place.country != "KR", -place.population))
    for name, found in latin.items():
        found.sort(key=partial(_rank, name))
    for place in provinces:
        bare = _OF_PROVINCE.fullmatch(place.label_en)
        if bare and fold(bare[1]) not in latin:  # where a city is called so, it is meant
            latin[fold(bare[1])] = [place]
    loose = {loosened(name): name for name in sorted(korean, reverse=True) if len(name) > 3}
    words = (TABLES / "words.txt").read_text(encoding="utf-8").split("\n")
    return Gazetteer(
        {name: tuple(found) for name, found in korean.items()},
        {name: tuple(found) for name, found in latin.items()},
        loose,
        frozenset(word if _is_korean(word) else fold(word) for word in words if word),
    )


# --- Places in a text ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Where a text names a place.

    span: its name with the word that says what it is (시, Province), without particle or office.
    kind: by that word, else as the place's. place: the most likely one; None for a name with a word
    that no place of the tables has, such as a province called as a city. others: further places
    that are called so.
    """

    span: Span
    kind: str
    place: GazetteerPlace | None
    others: tuple[GazetteerPlace, ...] = ()


_RUN = re.compile(r"[가-힣]+")
_LONGEST = 12
_KIND_OF_SUFFIX = {
    "시": "city", "군": "county", "구": "district", "주": "province", "성": "province",
    "현": "province", "도": "province", "부": "province",
}  # fmt: skip
_OFFICES = (
    "시장|부시장|군수|구청장|도지사|주지사|지사|성장|현장|시청사|시청|군청|구청|도청|주청사|청사|청|장|"
    "시의회|의회|시민|시내|당국|측"
)
_PARTICLES = (
    "에서는|에서도|에서|에게|에는|에도|에|으로부터|로부터|으로|로|과의|와의|과는|와는|과|와|은|는|이|가|을|를|의|도|만|"
    "까지|부터|보다|처럼|이나|나|이며|며|이고|이다|인|간의|간에|간|등의|등과|등에|등|및|라는|이라는"
)
_TAIL = re.compile(
    rf"(?P<suffix>(?:특별자치|특별|광역|특례|직할)?시|자치구|특별자치도|[주성현도부군구])?"
    rf"(?P<office>{_OFFICES})?(?:{_PARTICLES})?"
)
_JOINED = re.compile(r"\s?(?:[·ㆍ․‧・,、/~–-]|과|와|및)\s?")
_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]*\.?(?:-[A-Za-zÀ-ɏ'’]+)*")
_KIND_OF_WORD = {
    "city": "city", "metropolitan": "city", "municipality": "city", "county": "county",
    "district": "district", "province": "province", "prefecture": "province", "state": "province",
    "region": "province", "oblast": "province", "governorate": "province", "krai": "province",
    "voivodeship": "province",
}  # fmt: skip
_WORDS_BEHIND = """
city metropolitan municipality municipal county district province provincial prefecture
prefectural state region regional oblast governorate krai voivodeship government mayor governor
council assembly hall and
"""
_BEHIND = frozenset(_WORDS_BEHIND.split())
"""Words in capitals that may follow a place without making another name of it."""
_WORDS_BEFORE = """
the in of to from with between and both city mayor greater downtown central old new east west
north south sister near at for by
"""
_BEFORE = frozenset(_WORDS_BEFORE.split())


def find_places(text: str) -> tuple[PlaceMention, ...]:
    """The places that a text names, in order; known names only (see `Gazetteer`).

    A name that is an ordinary word too needs a word that makes a place of it (시, 시장, City of), a
    country beside or a place that it is joined with.
    """
    found = [*_korean_places(text), *_latin_places(text)]
    return tuple(sorted(found, key=lambda mention: mention.span))


_SHORT_COUNTRIES = {
    "호주": "AU", "터키": "TR", "남아공": "ZA", "카자흐": "KZ", "우즈벡": "UZ", "우즈베크": "UZ",
    "키르기스": "KG", "사우디": "SA", "인니": "ID", "아랍에미레이트": "AE", "미합중국": "US",
    "대한민국": "KR", "한국": "KR", "체코공화국": "CZ", "벨로루시": "BY", "그루지야": "GE",
}  # fmt: skip


@cache
def _korean_countries() -> Mapping[str, str]:
    """Codes of countries by Korean name, also by those of every day."""
    return {korean: code for code, (_, korean) in country_names().items()} | _SHORT_COUNTRIES


@dataclass(frozen=True, slots=True)
class _Candidate:
    mention: PlaceMention
    is_sure: bool


def _korean_places(text: str) -> Iterator[PlaceMention]:
    tables, candidates = gazetteer(), []
    country = within = ""
    behind = 0
    for run in _RUN.finditer(text):
        words, start = run.group(), run.start()
        if text[behind:start].strip(" "):
            country = within = ""
        own, length = _country_at(words)
        candidate = _korean_place(words, start, country, within, tables)
        if candidate is None and own and length < len(words):
            candidate = _korean_place(words[length:], start + length, own, "", tables)
        place = candidate.mention.place if candidate else None
        if candidate is not None:
            candidates.append(candidate)
        country, within = own if length == len(words) else "", ""
        if place and place.country == "KR" and candidate and candidate.mention.span[1] == run.end():
            within = place.label_ko
        behind = run.end()
    for number, candidate in enumerate(candidates):
        beside = candidates[max(0, number - 1) : number] + candidates[number + 1 : number + 2]
        if candidate.is_sure or any(_are_joined(text, candidate, each) for each in beside):
            yield candidate.mention


def _are_joined(text: str, one: _Candidate, other: _Candidate) -> bool:
    first, second = sorted((one.mention.span, other.mention.span))
    return other.is_sure and bool(_JOINED.fullmatch(text[first[1] : second[0]]))


def _country_at(words: str) -> tuple[str, int]:
    """The country that a run begins with, and its length; ('', 0) for none."""
    countries = _korean_countries()
    for length in range(min(len(words), _LONGEST), 1, -1):
        if code := countries.get(words[:length]):
            return code, length
    return "", 0


def _korean_place(
    words: str, start: int, country: str, within: str, tables: Gazetteer
) -> _Candidate | None:
    for length in range(min(len(words), _LONGEST), 0, -1):
        name = words[:length]
        places = tables.named(name)
        if not places:
            continue
        tail = _TAIL.fullmatch(words, length)
        if tail is None:
            continue
        suffix, office = tail["suffix"] or "", tail["office"] or ""
        kind = _KIND_OF_SUFFIX.get(suffix[-1:], "")
        right = [place for place in places if kind in ("", place.kind)]
        near = [p for p in right if p.country == country or (within and _is_within(p, within))]
        is_word = name in tables.words
        is_said = bool(near) or (len(name) > 1 and bool(right) and bool(suffix or office))
        if is_word and not right:
            continue
        best = [*near, *(place for place in right if place not in near)]
        place = best[0] if best else None
        return _Candidate(
            PlaceMention(
                (start, start + length + len(suffix)),
                kind or (place.kind if place else ""),
                place,
                tuple(best[1:]),
            ),
            is_said if is_word else True,
        )
    return None


def _is_within(place: GazetteerPlace, province: str) -> bool:
    """Whether a municipality is in a province: 경북 and 경상북도, 서울 and 서울특별시."""
    full = {short: each for each, short in _SHORT_PROVINCES.items()}.get(province, province)
    return place.within == full


def _latin_places(text: str) -> Iterator[PlaceMention]:
    tables, tokens = gazetteer(), list(_WORD.finditer(text))
    number = 0
    while number < len(tokens):
        step = 1
        if tokens[number].group()[0].isupper():
            mention, length = _latin_place(text, tokens, number, tables)
            step = max(length, 1)
            if mention:
                yield mention
        number += step


def _latin_place(
    text: str, tokens: Sequence[re.Match[str]], number: int, tables: Gazetteer
) -> tuple[PlaceMention | None, int]:
    """The place whose name begins with a word, and how many words it takes; (None, 0) for none."""
    start = tokens[number].start()
    for last in range(min(number + 5, len(tokens)) - 1, number - 1, -1):
        stop = tokens[last].end()
        words = text[start:stop]
        if len(words) > 60 or "\n" in words or re.search(r"[,;:()]", words):
            continue
        places = tables.latin.get(fold(words))
        if not places and words.endswith("."):  # the end of a sentence, not of `St.`
            words, stop = words[:-1], stop - 1
            places = tables.latin.get(fold(words))
        possessive = re.sub(r"['’]s$", "", words)
        if not places and possessive != words:
            places, stop = tables.latin.get(fold(possessive)), start + len(possessive)
        if not places:
            continue
        length = last - number + 1
        before = _next_to(text, tokens, number, -1)
        behind = _next_to(text, tokens, last, 1)
        word = behind.lower().rstrip(".")
        kind = _KIND_OF_WORD.get(word, "") if behind[:1].isupper() else ""
        said_before = re.search(r"(?i)\b(city|mayor|state|province|county) of $", text[:start])
        if said_before and said_before[1].lower() in ("state", "province", "county"):
            kind = _KIND_OF_WORD[said_before[1].lower()]
        if behind[:1].isupper() and word not in _BEHIND:
            return None, length  # London Breed, Seoul National University
        title = before.lower().rstrip(".")
        if before[:1].isupper() and title not in _BEFORE and not tables.latin.get(fold(before)):
            return None, length  # Eric Houston
        right = [place for place in places if kind in ("", place.kind)]
        country = re.match(r",\s+([A-Z][\w .]{2,30}?)(?=[,.;)\n]|\s[a-z]|$)", text[stop:])
        code = country_code(country[1].strip()) if country else None
        near = [place for place in right if code and place.country == code]
        is_word = fold(possessive) in tables.words
        if is_word and not (said_before or near or (kind and right)):
            return None, length
        best = [*near, *(place for place in right if place not in near)]
        place = best[0] if best else None
        if kind and kind != "city" and not said_before:
            stop = tokens[last + 1].end()
        return (
            PlaceMention(
                (start, stop), kind or place.kind if place else kind, place, tuple(best[1:])
            ),
            length,
        )
    return None, 0


def _next_to(text: str, tokens: Sequence[re.Match[str]], number: int, step: int) -> str:
    """The word before (-1) or behind (1) a word, if nothing but a space stands between."""
    other = number + step
    if not 0 <= other < len(tokens):
        return ""
    first, second = sorted((number, other))
    return (
        tokens[other].group() if text[tokens[first].end() : tokens[second].start()] == " " else ""
    )
