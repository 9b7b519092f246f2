"""The forms of a place's name that are compared: without brackets and words for the kind of place.

`텍사스주 휴스턴시( Houston City )` is the city 휴스턴 or Houston in a state. What kind of place a
word says it is stays with the form: 타슈켄트주 is a region, and so not the city of Tashkent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from citypact.sources.twins.name_texts import fold

CITY, REGION = "city", "region"
_HANGUL_KINDS = re.compile(
    r"(?P<name>.{2,}?)(?:(?P<city>(?:특별자치시|특별시|광역시|직할시|자치시|시|군|구)|읍)"
    r"|(?P<either>특별자치도|특별행정구)|(?P<region>자치주|자치구|주|성|도|현|부|지역))"
)
_HANGUL_OFFICE = re.compile(r"(.+[시군구도])청|(.+[시도성주현])\s?(?:인민)?정부")
"""A place by the office that governs it: 도쿄도청, 베이징시 인민정부."""
_HAN_KINDS = re.compile(
    r"(?P<name>.+?)(?:(?P<city>(?:特別市|特别市|广域市|廣域市|広域市|市|都)(?:人民政府|政府|役所)?|都庁)"
    r"|(?P<region>省|县|縣|県|府|州|道|自治区))"
)
_CITY_BEFORE = (
    "city of|city and county of|municipality of|town of|metropolis of|metropolitan city of"
    "|capital city of|greater|special capital region of|dki|municipal corporation of"
    "|metropolitan municipality of"
    "|(?:the )?(?:city )?government of|landeshauptstadt|freie und hansestadt|hansestadt|stadt"
    "|ville de|mairie de|commune de|ciudad de|municipio de|ayuntamiento de|municipalidad de"
    "|alcaldia de|intendencia de|comune di|citta di|cidade de|prefeitura(?: municipal)?(?: d[eoa])?"
    "|municipio d[eoa]|camara municipal d[eoa]|gemeente|gmina|m st|miasto|obec|mesto|hlavni mesto"
    "|ciudad autonoma de|distrito metropolitano de|gorod|город|г|kota|thanh pho|tp"
)
_CITY_BEHIND = (
    "metropolitan city|special city|special self governing city|capital city|city municipality"
    "|metropolitan municipality|municipality|metropolis|city|town|teukbyeolsi|gwangyeoksi"
    "|teukbyeoljachisi|kwangyoksi|t ukpyolsi|si|shi|buyuksehir belediyesi|belediyesi"
    "|(?:metropolitan|city|special metropolitan|municipal(?: people s)?|people s) government"
    "|city (?:hall|council)|municipal (?:council|corporation)|authority"
    "|metropolitan (?:administration|authority)|metropolitana|capitale"
)
_REGION_BEFORE = "province of|state of|region of|prefecture of|county of|district of|canton of"
_REGION_BEHIND = (
    "province|state|region|prefecture|oblast|krai|county|governorate|department|canton|voivodeship"
    "|district|do|teukbyeoljachido|sheng|ken"
)
_LATIN_KINDS = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rf"(?:{_CITY_BEFORE}) (.+)", CITY),
        (rf"(.+?) (?:{_CITY_BEHIND})", CITY),
        (rf"(?:{_REGION_BEFORE}) (.+)", REGION),
        (rf"(.+?) (?:{_REGION_BEHIND})", REGION),
    )
)
_LANGUAGES = ("ja", "zh", "zh_Hant", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "ko")
_BRACKETS = re.compile(r"[(（\[［]([^()（）\[\]［］]*)[)）\]］]")
_HANGUL, _LATIN = re.compile("[가-힣]"), re.compile("[A-Za-zÀ-ɏḀ-ỿ]")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class NameForm:
    """One form of a name: key (see `place_key`), kind (CITY, REGION or empty), script (`hangul`,
    `latin`, `han` or empty), is_sure (False where a bracket of one script was left out: it may
    tell homonyms apart, as in Frankfurt (Oder))."""

    key: str
    kind: str
    script: str
    is_sure: bool = True


@lru_cache(maxsize=65_536)
def place_key(text: str) -> str:
    """A name of a place as it is compared: folded, without spaces.

    >>> place_key("Hà Nội") == place_key("Hanoi")
    True
    """
    return fold(text).replace(" ", "")


def script_of(text: str) -> str:
    """`hangul`, `han` or `latin` where a text has such letters, in this order; else empty."""
    for name, letters in (("hangul", _HANGUL), ("han", _HAN), ("latin", _LATIN)):
        if letters.search(text):
            return name
    return ""


@lru_cache(maxsize=65_536)
def name_forms(text: str) -> tuple[NameForm, ...]:
    """The forms of a name, the whole first.

    >>> [form.key for form in name_forms("하노이시(Hanoi City)")]
    ['하노이시hanoicity', '하노이시', '하노이', 'hanoicity', 'hanoi']
    """
    if not text:
        return ()
    script = script_of(text)
    if script == "latin" and text.replace(" ", "").isalpha() and " " not in text:
        return (NameForm(place_key(text), "", script),)
    found = {place_key(text): NameForm(place_key(text), "", script)}
    inside = bracketed(text)
    outside = " ".join(_BRACKETS.sub(" ", text).split())
    kind_inside = next((kind for piece in inside if (kind := _kind_word(piece))), "")
    scripts = {script_of(piece) for piece in inside}
    is_sure = not inside or script_of(outside) not in scripts
    pieces = [outside, *(piece for piece in inside if script_of(piece) != script_of(outside))]
    for piece in pieces:
        for part, is_part_sure in _parts(piece):
            for name, kind in _without_kind(part):
                key = place_key(name)
                if key and key not in found:
                    sure = is_sure and is_part_sure
                    found[key] = NameForm(key, kind or kind_inside, script_of(part), sure)
    return tuple(found.values())


def bracketed(text: str) -> list[str]:
    """What stands in brackets in a name."""
    return [piece.strip() for piece in _BRACKETS.findall(text) if piece.strip()]


def _kind_word(text: str) -> str:
    """The kind of place that a text names and nothing else, such as `district`."""
    folded = fold(text)
    if re.fullmatch(_CITY_BEHIND, folded):
        return CITY
    if folded == "canton":  # Guangzhou, as it was called
        return ""
    return REGION if re.fullmatch(_REGION_BEHIND, folded) else ""


def _parts(piece: str) -> list[tuple[str, bool]]:
    """A name, and its last or first part where it stands with a larger place: 텍사스주 휴스턴시,
    Houston, Texas."""
    parts = [(piece, True)]
    if _HANGUL.search(piece):
        words = piece.replace(",", " ").split()
        if len(words) > 1 and len(words[-1]) == 1:  # 휴스턴 시
            words[-2:] = ["".join(words[-2:])]
        if len(words) > 1:
            parts.append((words[-1], "," not in piece))  # 오사카, 도쿄 may be two
        return parts
    before, comma, _ = piece.partition(",")
    return [*parts, (before.strip(), True)] if comma else parts


def _without_kind(part: str) -> list[tuple[str, str]]:
    """A name as it is, and without words for the kind of place, each with that kind."""
    found = [(part, "")]
    if _HANGUL.search(part):
        if office := _HANGUL_OFFICE.fullmatch(part):
            part = office[1] or office[2]
            found.append((part, ""))
        if match := _HANGUL_KINDS.fullmatch(part):
            kind = CITY if match["city"] else "" if match["either"] else REGION
            found.append((match["name"], kind))
        return found
    if _HAN.search(part):
        if match := _HAN_KINDS.fullmatch(part):
            found.append((match["name"], CITY if match["city"] else REGION))
        return found
    folded = fold(part)
    for pattern, kind in _LATIN_KINDS:
        if match := pattern.fullmatch(folded):
            found.append((match[1], kind))
            # Greater London Authority
            twice = (p.fullmatch(match[1]) for p, other in _LATIN_KINDS if other == kind == CITY)
            found += [(inner[1], kind) for inner in twice if inner]
    return found


def english_city(name: str) -> str:
    """The English name of a city by its name in another language; empty where CLDR has none.

    CLDR names the cities that stand for time zones, some 400, in each of its languages.

    >>> english_city("東京"), english_city("Mexiko-Stadt")
    ('Tokyo', 'Mexico City')
    """
    return _exemplar_cities().get(place_key(name), "")


@cache
def _exemplar_cities() -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for zone, names in Locale.parse(language).time_zones.items():
            if city := names.get("city"):
                english = zone.rpartition("/")[2].replace("_", " ")
                key = place_key(city)
                if found.setdefault(key, english) != english:
                    found[key] = ""
    return found


__all__ = [
    "CITY",
    "REGION",
    "NameForm",
    "bracketed",
    "english_city",
    "name_forms",
    "place_key",
    "script_of",
]
