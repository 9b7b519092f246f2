"""What headings and plain words of lists mean, in seven languages; see `headings.toml`."""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_EAST_ASIAN = "\u3040-\u30ff\u3400-\u9fff가-힣"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BRACKETS = re.compile(r"[(（\[［【<].*?[)）\]］】>]")
_SPACES = re.compile(rf"(?<=[{_EAST_ASIAN}]) +(?=[{_EAST_ASIAN}])")

_OF_TWO = (
    "city", "id", "node", "town", "name", "", "도시", "도시명", "지자체", "자치단체", "都市",
    "自治体", "城市", "member", "party", "place", "municipality", "sister city", "twin city",
    "twin", "partner", "stadt", "ville", "ciudad", "city name",
)  # fmt: skip
"""What two columns are called that a number or a letter tells apart: City 1 and City 2."""
_WORDS_OF_MARKS = 4
"""No mark has more words."""

LINK, PLACE, END, UNUSED = "link", "place", "end", "unused"


@dataclass(frozen=True)
class HeadingMeaning:
    """What a heading means.

    Attributes: kind (LINK, PLACE, END or UNUSED), name (`start`, `country`, …; for END `source` or
    `target`), side (of a PLACE: `source`, `target`, or empty where the heading does not say),
    rank (of several headings of one meaning the smallest counts).
    """

    kind: str
    name: str
    side: str = ""
    rank: int = 0


def heading_key(text: str) -> str:
    """A heading as it is compared.

    >>> heading_key("국 가"), heading_key("?Source_Country (ISO)"), heading_key("twinCity")
    ('국가', 'source country', 'twin city')
    """
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text).strip().lstrip("?"))
    bare = _BRACKETS.sub(" ", text)
    plain = re.sub(r"[\s_\-./:#*'’·・]+", " ", (bare if bare.strip() else text).casefold()).strip()
    return _SPACES.sub("", plain).removeprefix("name of ").removeprefix("the ")


@lru_cache(maxsize=65_536)
def meanings(heading: str) -> tuple[HeadingMeaning, ...]:
    """What a heading can mean, the likeliest first; nothing for one that is not known."""
    key = heading_key(heading)
    found = [*_side_in_brackets(heading), *_words().get(key, ())]
    if any(meaning.kind == PLACE for meaning in found) and key[-1:].isdecimal():
        return tuple(found)  # iso 3166-2 is no code of a second city
    for side in ("source", "target"):
        for mark, joint in _marks_of(key, side):
            for rest in _without(key, mark, joint):
                of_rest = _words().get(rest, ())
                is_region = any(m.kind == PLACE and m.name == "region" for m in of_rest)
                for meaning in of_rest:
                    if meaning.kind == END and is_region:
                        continue  # 국내 시도: the province of the city
                    if meaning.kind == PLACE and not meaning.side:
                        found.append(HeadingMeaning(PLACE, meaning.name, side, meaning.rank))
                    elif meaning.kind == END and meaning.name == "source" and rest:
                        found.append(HeadingMeaning(PLACE, "city", side, meaning.rank))
                    elif meaning.kind == LINK:
                        found.append(meaning)
    return tuple(dict.fromkeys(found))


def side_of(heading: str) -> str:
    """The side, `source` or `target`, that a heading says and nothing else: 국내; else empty."""
    key = heading_key(heading)
    return next((side for side in ("source", "target") if key in _marks()[side]), "")


def _side_in_brackets(heading: str) -> list[HeadingMeaning]:
    """The side that brackets say where the words before them are of cities: 자매도시(국내)."""
    before = heading_key(heading)
    for piece in _BRACKETS.findall(heading):
        inside = heading_key(piece[1:-1])
        for side in ("source", "target"):
            if inside in _marks()[side] and any(
                meaning.kind == END or (meaning.kind == PLACE and meaning.name == "city")
                for meaning in _words().get(before, ())
            ):
                return [HeadingMeaning(END, side)]
    return []


def _marks_of(key: str, side: str) -> list[tuple[str, str]]:
    """The marks that a heading begins or ends with, the longest first, each with what joins it."""
    marks = _marks()[side]
    words = key.split(" ")
    found = {
        mark
        for count in range(1, min(len(words), _WORDS_OF_MARKS) + 1)
        for mark in (" ".join(words[:count]), " ".join(words[-count:]))
        if marks.get(mark) == " "
    }
    found |= {mark for mark in _tight_marks()[side] if key.startswith(mark) or key.endswith(mark)}
    if re.search(f"[{_EAST_ASIAN}][ab]$", key) and key[-1] in marks:
        return [(key[-1], "")]  # 국가A
    return [(mark, marks[mark]) for mark in sorted(found, key=lambda mark: (-len(mark), mark))]


def _without(key: str, mark: str, joint: str) -> list[str]:
    """A heading without a mark at its beginning or end."""
    rests = [key.removeprefix(mark + joint)] if key.startswith(mark + joint) else []
    if key.endswith(joint + mark):
        rests.append(key.removesuffix(joint + mark).removesuffix(" of").removesuffix(" of the"))
    return [rest.strip() for rest in rests]


def domestic_country(heading: str) -> str:
    """The code of the country whose cities a heading such as 자치단체 is about; else empty."""
    key = heading_key(heading)
    return next((code for code, words in _file()["domestic"].items() if key in _keys(words)), "")


@cache
def known_headings() -> frozenset[str]:
    """The headings that are known as they stand, in small letters."""
    kinds = (END, LINK, PLACE, UNUSED)
    return frozenset(
        text.casefold()
        for kind in kinds
        for name, words in _file()[kind].items()
        for text in (name, *words)
    )


def near_heading(heading: str) -> str:
    """The known heading that one is written much like, for a suggestion; else empty."""
    near = difflib.get_close_matches(heading_key(heading), _words(), n=1, cutoff=0.8)
    return near[0] if near else ""


def known_meanings() -> tuple[str, ...]:
    """The meanings that `--map` takes: those of columns, and those of one of both cities."""
    places = list(_file()["place"])
    sided = [f"{side}.{name}" for side in ("source", "target") for name in places if name != "id"]
    return ("source", "target", *_file()["link"], *places, *sided, UNUSED)


def meaning_of_name(name: str) -> HeadingMeaning | None:
    """The meaning that a name of `known_meanings` stands for; None for any other text."""
    if name not in known_meanings():
        return None
    if name in ("source", "target"):
        return HeadingMeaning(END, name)
    if name == UNUSED:
        return HeadingMeaning(UNUSED, UNUSED)
    side, point, rest = name.rpartition(".")
    return HeadingMeaning(LINK if name in _file()["link"] else PLACE, rest, side if point else "")


@cache
def value_words(kind: str) -> frozenset[str]:
    """The texts of cells, in small letters, that say something of a kind, such as `missing`."""
    return frozenset(word.casefold() for word in _file()["values"][kind])


def kind_said(text: str) -> str:
    """The kind of partnership (`sister_city`, `friendship_city`) of which a text in small letters
    is a word; else empty."""
    kinds = ("sister_city", "friendship_city")
    return next((kind for kind in kinds if text in value_words(kind)), "")


@cache
def _file() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "headings.toml").read_text(encoding="utf-8"))


@cache
def _marks() -> dict[str, dict[str, str]]:
    """The marks of each side, and what parts each from the rest: nothing in East Asian words."""
    return {
        side: {
            key: "" if re.search(f"[{_EAST_ASIAN}]", key) or key.isdecimal() else " "
            for key in (*_keys(marks), *_keys(_file()[END][side]))
        }
        for side, marks in _file()["marks"].items()
    }


@cache
def _tight_marks() -> dict[str, list[str]]:
    return {
        side: [m for m, joint in marks.items() if not joint] for side, marks in _marks().items()
    }


def _keys(words: list[str]) -> list[str]:
    return [heading_key(word) for word in words]


@cache
def _words() -> dict[str, list[HeadingMeaning]]:
    found: dict[str, list[HeadingMeaning]] = {}
    for kind in (END, LINK, PLACE, UNUSED):
        for name, words in _file()[kind].items():
            for rank, key in enumerate(_keys([name, *words])):
                meaning = HeadingMeaning(kind, name, "", rank)
                if all(meaning.name != other.name for other in found.setdefault(key, [])):
                    found[key].append(meaning)
    for side, mark in (("source", "1"), ("source", "a"), ("target", "2"), ("target", "b")):
        for rank, word in enumerate(_OF_TWO):
            meaning = HeadingMeaning(END, side, "", 100 + rank)
            for key in {f"{word} {mark}".strip(), f"{word}{mark}"}:
                found.setdefault(key, []).insert(0, meaning)
    return found


__all__ = [
    "END",
    "LINK",
    "PLACE",
    "UNUSED",
    "HeadingMeaning",
    "domestic_country",
    "heading_key",
    "kind_said",
    "known_headings",
    "known_meanings",
    "meaning_of_name",
    "meanings",
    "near_heading",
    "side_of",
    "value_words",
]
