"""Names and codes of countries, of today and of the past; homonyms, and slugs.

Names and codes are those of ISO 3166-1 (pycountry) and of CLDR (Babel), in English and Korean and,
where these do not know a name, in ten further languages. `countries.csv` has only what both lack,
`historic_countries.csv` the states that are no more, with the day on which each ended.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from citypact.ontology.errors import Bilingual
from citypact.sources.files.csv_tables import read_data
from citypact.sources.twins.headings import value_words
from citypact.sources.twins.name_texts import fold

_FOLDER = Path(__file__).parent
_UNINHABITED = {"AQ", "BV", "GS", "HM", "IO", "TF", "UM"}
"""Territories without a town: no list of cities names them."""
_OTHER_LANGUAGES = (
    "de", "fr", "es", "ja", "zh", "zh_Hant", "it", "pt", "nl", "pl", "ru", "uk", "cs", "hu", "tr",
    "sv", "da", "nb", "fi", "el", "ro", "vi", "id",
)  # fmt: skip
_OF_ISO = {"zh": "zh_CN", "zh_Hant": "zh_TW", "nb": "nb_NO"}
"""What the translations of ISO 3166-1 call a language where CLDR calls it otherwise."""
_OTHER_CODES = {"UK": "GB", "EL": "GR"}
"""Codes of European statistics that differ from ISO 3166-1."""
_WORDS = {
    "rep": "republic", "dem": "democratic", "fed": "federation", "st": "saint", "ste": "saint",
    "is": "islands", "isl": "islands", "n": "north", "s": "south",
}  # fmt: skip
_OFFICIAL = re.compile(
    r"([가-힣]{2,}?)(?:(?:이슬람|사회주의|인민|민주|연방|아랍)*(?:공화국|연방|왕국|합중국)|국)"
)
_OFFICIAL_LATIN = re.compile(
    r"(?:(?:federal|socialist|islamic|federative|co operative|bolivarian|plurinational|oriental)"
    r" )*(?:republic|kingdom|commonwealth|principality|sultanate) (.+)"
)
_OFFICIAL_HAN = re.compile(
    r"(.+?)(?:連邦|联邦|聯邦|人民|民主|社会主義|社會主義|社会主义|イスラム)*"
    r"(?:共和国|共和國|王国|王國|連邦|联邦|聯邦|国|國)"
)
_WITH_COUNTRY = (
    re.compile(r"(?P<name>[^,]+(?:,[^,]+)?),(?P<country>[^,]+)"),
    re.compile(r"(?P<name>[^()（）\[\]]+)[(（\[](?P<country>[^()（）\[\]]+)[)）\]]"),
    re.compile(r"(?P<country>[가-힣]+),?\s+(?P<name>[가-힣][^,/;]*)"),
)
"""Warsaw, Poland; 도쿄(일본); 미국 샌프란시스코."""
_SILENT = {"the", "and", "of"}


@dataclass(frozen=True)
class HistoricCountry:
    """A state that is no more: name, its last day (ISO 8601), and codes of what is there now."""

    name: str
    until: str
    now: tuple[str, ...]


@cache
def _countries() -> dict[str, Any]:
    import pycountry

    return {each.alpha_2: each for each in pycountry.countries}


@cache
def _labels(language: str) -> dict[str, str]:
    """The names of countries in a language of CLDR, by code."""
    from babel import Locale

    territories = Locale.parse(language).territories
    return {code: territories[code] for code in country_codes() if code in territories}


@cache
def _own() -> dict[str, dict[str, str]]:
    return {row["iso"]: row for row in read_data(_FOLDER / "countries.csv")}


@cache
def country_codes() -> tuple[str, ...]:
    """The ISO 3166-1 codes of the countries whose names are known here, sorted."""
    return tuple(sorted(({*_countries()} | {"XK"}) - _UNINHABITED))


@cache
def country_names() -> dict[str, tuple[str, str]]:
    """English and Korean names by code: short forms, as people write them."""
    english, korean = _labels("en"), _labels("ko")
    return {
        code: (
            _own().get(code, {}).get("label.en") or english[code],
            _own().get(code, {}).get("label.ko") or korean[code],
        )
        for code in country_codes()
    }


def _key(name: str) -> str:
    """A name of a country as it is compared: without articles and `and`, abbreviations in full.

    >>> _key("The U.S.A."), _key("Dem. Rep. of the Congo") == _key("Democratic Republic Congo")
    ('usa', True)
    """
    folded = fold(name)
    if "가" <= folded[:1] <= "힣":
        return folded.replace(" ", "")
    folded = folded.replace("people s ", "peoples ")
    words = [word for word in folded.split() if word not in _SILENT]
    # P.R. China and D.P.R. Korea as PR China and DPR Korea; a letter alone stays: S. Korea.
    words = [
        "".join(group) if is_letter else word
        for is_letter, same in groupby(words, key=lambda word: len(word) == 1)
        for group in [list(same)]
        for word in (group[:1] if is_letter else group)
    ]
    return " ".join(_WORDS.get(word, word) for word in words)


def _turned(name: str) -> list[str]:
    """`Corée, République de` as République de Corée."""
    before, comma, after = name.partition(", ")
    return [f"{after} {before}"] if comma else []


@cache
def _codes() -> dict[str, str]:
    """Codes by the keys of names in English and Korean."""
    found: dict[str, str] = {}
    for code, names in country_names().items():
        row, iso = _own().get(code, {}), _countries().get(code)
        more = [getattr(iso, part, "") for part in ("name", "official_name", "common_name")]
        english, korean = _labels("en")[code], _labels("ko")[code]
        for name in (*names, english, korean, *row.get("aliases", "").split("|"), *more):
            for key in filter(None, map(_key, (name, *_turned(name)))):
                found.setdefault(key, code)
    return found


@cache
def _other_codes() -> dict[str, str]:
    """The same in further languages; a name that means several countries is left out."""
    found: dict[str, str] = {}
    bracketed: dict[str, str] = {}
    for language in _OTHER_LANGUAGES:
        for code, name in (*_labels(language).items(), *_iso_names(language)):
            parts = re.split(r"[(（)）]", name)
            wholes = [name, *_turned(name)]
            for keys, names in ((found, wholes), (bracketed, parts if len(parts) > 1 else [])):
                for key in {_key(each) for each in names} - {""}:
                    if keys.setdefault(key, code) != code:
                        keys[key] = ""
    # 大韓民国 (韓国) is known by both names; Szent Márton (Francia Köztársaság) is not France.
    return bracketed | found


def _iso_names(language: str) -> list[tuple[str, str]]:
    """Codes, and the names of ISO 3166-1, the official ones among them, in another language."""
    import gettext

    import pycountry

    translation = gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, [_OF_ISO.get(language, language)], fallback=True
    )
    known = set(country_codes())
    return [
        (code, translated)
        for code, each in _countries().items()
        for part in ("name", "official_name", "common_name")
        if code in known
        and (name := getattr(each, part, ""))
        and (translated := translation.gettext(name)) != name
    ]


@lru_cache(maxsize=65_536)
def country_code(name: str) -> str:
    """The ISO 3166-1 code of a country by a name in any of our languages; empty for others.

    Names in brackets count too, as in `대한민국(South Korea)`: where both are known and differ,
    neither does.
    """
    key = _key(name)
    if not key:
        return ""
    if code := _of_key(key):
        return code
    # 일본국, 러시아 연방, Republic of Turkey: the official form of a name that is known.
    for form in (_OFFICIAL, _OFFICIAL_HAN, _OFFICIAL_LATIN):
        if (official := form.fullmatch(key)) and (code := _of_key(official[1])):
            return code
    before, bracket, inside = re.sub(r"[(（\[]", "(", name).partition("(")
    if bracket and before.strip():
        return _the_one({country_code(before), country_code(inside.rstrip(")）] "))})
    # `England, United Kingdom`: the last part, where the first does not say otherwise.
    parts = [part for part in re.split(r"[,/]", name) if part.strip()]
    return _the_one({country_code(part) for part in parts}) if len(parts) > 1 else ""


@lru_cache(maxsize=65_536)
def city_and_country(text: str) -> tuple[str, str]:
    """A name that a country follows or precedes, taken apart; the text and nothing for any other.

    A country that is also the name of a subdivision elsewhere is left: Atlanta, Georgia.

    >>> city_and_country("Warsaw, Poland"), city_and_country("도쿄(일본)")
    (('Warsaw', 'Poland'), ('도쿄', '일본'))
    """
    for form in _WITH_COUNTRY:
        if match := form.fullmatch(text.strip()):
            name, country = match["name"].strip(" ,"), match["country"].strip()
            is_open = fold(country) in _countries_called_like_subdivisions()
            if name and _of_key(_key(country)) and not is_open:
                return name, country
    return text, ""


@cache
def _countries_called_like_subdivisions() -> frozenset[str]:
    """Folded names of countries that are also those of subdivisions of another country."""
    import pycountry

    return frozenset(
        fold(each.name)
        for each in pycountry.subdivisions
        if (code := _codes().get(_key(each.name))) and code != each.country_code
    )


def is_continent(name: str) -> bool:
    """Whether a name is that of a continent, or of a part of one, in any of our languages."""
    return _key(name) in _continents()


@cache
def _continents() -> frozenset[str]:
    from babel import Locale

    names = [
        name
        for language in ("en", "ko", *_OTHER_LANGUAGES)
        for code, name in Locale.parse(language).territories.items()
        if code.isdecimal()
    ]
    return frozenset(map(_key, (*names, *value_words("continent"))))


def _of_key(key: str) -> str:
    return _codes().get(key) or _other_codes().get(key, "")


def _the_one(codes: set[str]) -> str:
    """The code that all parts of a name mean, or that of a territory beside its country."""
    codes = codes - {""}
    parts = {part for code in codes for part in territories(code)}
    if len(codes) == 2 and len(codes & parts) == 1:
        return (codes & parts).pop()
    return codes.pop() if len(codes) == 1 else ""


@cache
def territories(code: str) -> tuple[str, ...]:
    """The codes of territories of a country that ISO 3166-1 lists apart from it: HK of CN."""
    return tuple(iso for iso, row in _own().items() if row["part_of"] == code)


@lru_cache(maxsize=4096)
def read_country_code(text: str) -> str:
    """The two letters of ISO 3166-1 for a code of two or three letters, else empty.

    >>> read_country_code("kor"), read_country_code("UK"), read_country_code("CN-TW")
    ('KR', 'GB', '')
    """
    code = text.strip().upper()
    code = _OTHER_CODES.get(code, code)
    if code in country_codes():
        return code
    return _three_letters().get(code, "")


@cache
def _three_letters() -> dict[str, str]:
    codes = {each.alpha_3: code for code, each in _countries().items()}
    return codes | {"XKX": "XK", "UNK": "XK"}


@lru_cache(maxsize=4096)
def historic_country(name: str) -> HistoricCountry | None:
    """The state of the past that a name means; None where it means none."""
    return _historic().get(_key(name))


@cache
def _historic() -> dict[str, HistoricCountry]:
    found: dict[str, HistoricCountry] = {}
    for row in read_data(_FOLDER / "historic_countries.csv"):
        names = row["names"].split("|")
        state = HistoricCountry(names[0], row["until"], tuple(row["now"].split("|")))
        found.update((_key(name), state) for name in names)
    return found


def subdivision_names(identifiers: Iterable[str]) -> list[str]:
    """The names that ISO 3166-2 gives the codes among identifiers such as `iso3166-2:KR-11`."""
    codes = [each.removeprefix("iso3166-2:") for each in identifiers if each[:10] == "iso3166-2:"]
    return [_subdivisions()[code] for code in codes if code in _subdivisions()]


@cache
def _subdivisions() -> dict[str, str]:
    import pycountry

    return {each.code: each.name for each in pycountry.subdivisions}


def near_countries(name: str) -> list[Bilingual]:
    """Names of countries that are written much like this one, for a suggestion."""
    near = difflib.get_close_matches(_key(name), _codes(), n=2, cutoff=0.75)
    codes = dict.fromkeys(_codes()[key] for key in near)
    return [Bilingual(*country_names()[code]) for code in codes]


@cache
def homonyms() -> frozenset[tuple[str, str]]:
    """Country codes and folded names that several cities of that country are known to bear."""
    return frozenset(
        (row["iso"], fold(name))
        for row in read_data(_FOLDER / "homonyms.csv")
        for name in row["names"].split("|")
    )


def slugify(text: str) -> str:
    """Text as a name in IRIs; what has letters without a Latin form gets a digest of the text."""
    folded = fold(text)
    plain = re.sub("[^a-z0-9]+", "-", folded.encode("ascii", "ignore").decode()).strip("-")
    # Cut short, or letters lost: two texts must not become one name.
    if folded.isascii() and 0 < len(plain) <= 80:
        return plain
    return "-".join(filter(None, (plain[:60].strip("-"), digest(text))))


def digest(text: str) -> str:
    """Eight hexadecimal digits that stand for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
