"""The names of places, governments and bodies that extraction knows.

These are labels and aliases of the package's cities, governments, organisations, networks,
territories and countries. The registers of agreements, partnerships and signatures are not read:
the text alone says who agreed with whom.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from citypact.sources import PACKAGED
from citypact.sources.extraction.gazetteer import GazetteerPlace, fold, gazetteer
from citypact.sources.files.csv_tables import read_data
from citypact.sources.twins.country_names import country_names


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of the lexicon. kind: as in `Name`, or `country`."""

    entity: str
    label_en: str
    kind: str


@dataclass(frozen=True)
class Lexicon:
    """Names by their words: Korean as written, Latin in small letters."""

    korean: Mapping[str, Entry] = field(default_factory=dict)
    latin: Mapping[str, Entry] = field(default_factory=dict)


# --- The lexicon --------------------------------------------------------------------------------

_KINDS = {
    "cities": ("city", "city"),
    "governments": ("government", "city"),
    "countries": ("country", "country"),
    "territories": ("territory", "government"),
    "networks": ("network", "organization"),
}
"""Kind of the identifier and kind of the name, by table."""
_KIND_OF_TYPE = {
    "university": "university",
    "company": "company",
    "port-authority": "port",
}
_BRACKETS = re.compile(r"^(.+?)\s?\(([^()]+)\)$")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@cache
def word_list(table: str) -> frozenset[str]:
    """The words of a list of `words.toml`."""
    return frozenset(_words()[table].split())


@cache
def lexicon() -> Lexicon:
    """The names that the package knows."""
    korean: dict[str, Entry] = {}
    latin: dict[str, Entry] = {}

    def add(names: Iterable[str], entry: Entry) -> None:
        for name in names:
            table, key = (korean, name) if re.search("[가-힣]", name) else (latin, name.lower())
            if len(key) > 1:
                table.setdefault(key, entry)

    for entry, names in _entities():
        add(names, entry)
    for name, english in _words()["bodies"].items():
        add([name], Entry("", english, "government" if "Ministry" in english else "organization"))
    for code, (english, native) in country_names().items():
        if code in word_list("territories"):
            add([english, native], Entry("", english, "government"))
        else:
            add([english, native], Entry(f"country/{code.lower()}", english, "country"))
    for name in word_list("nations"):
        latin[name.lower()] = Entry("", name, "government")
    for name, english in _words()["countries"].items():
        add([name], Entry("", english, "country"))
    return Lexicon(korean, latin)


def _entities() -> Iterator[tuple[Entry, list[str]]]:
    """The entities with all their names; a city's government counts for the city."""
    folder = PACKAGED / "entities"
    yaml_files = {
        name: yaml.load((folder / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for name in ("places.yaml", "organizations.yaml")
    }
    found: dict[str, tuple[Entry, list[str]]] = {}
    for table in ("cities", "territories", "countries", "governments", "networks", "organizations"):
        for content in yaml_files.values():
            for slug, fields in content.get(table, {}).items():
                names = [
                    (language, name)
                    for key in ("label", "aliases")
                    for language, value in fields.get(key, {}).items()
                    for name in ([value] if isinstance(value, str) else value)
                ]
                _add(found, table, slug, str(fields.get("governs", "")), fields.get("type"), names)
        for row in read_data(PACKAGED / "registers" / f"{table}.csv"):
            names = [
                (column[-2:], name.strip())
                for column in ("label.ko", "label.en", "aliases.ko", "aliases.en")
                for name in (row.get(column) or "").split("; " if "alias" in column else "\0")
            ]
            _add(found, table, row["id"], row.get("governs") or "", row.get("type"), names)
    labels = {entry.label_en: key for key, (entry, _) in found.items()}
    for row in read_data(folder / "other-names.csv"):
        if row["means"] in labels:
            found[labels[row["means"]]][1].append(row["name"])
    yield from found.values()


def _add(
    found: dict[str, tuple[Entry, list[str]]],
    table: str,
    slug: str,
    governs: str,
    type_: Any,
    names: list[tuple[str, str]],
) -> None:
    kind, sort = _KINDS.get(table, ("organization", _KIND_OF_TYPE.get(str(type_), "organization")))
    if table == "governments" and governs:
        governed = governs if "/" in governs else f"city/{governs}"
        key = governed
    else:
        key = f"{kind}/{slug}"
    english = next((name for language, name in names if language == "en" and name), "")
    if key not in found:
        if not english:
            return
        found[key] = (Entry(key, _short(english), sort), [])
    if table == "governments":
        entry, known = found[key]
        found[key] = (Entry(f"government/{slug}", entry.label_en, entry.kind), known)
    found[key][1].extend(part for _, name in names for part in _parts(name))


def _short(label: str) -> str:
    """Bodies are known by the short name in the bracket of their label."""
    match = _BRACKETS.match(label)
    if not match:
        return re.sub(r"^([A-Z]{2,10}) – .*$", r"\1", label)
    return match[2] if re.fullmatch(r"[A-Za-z0-9-]{2,10}", match[2]) else match[1]


def _parts(label: str) -> list[str]:
    """A label, and what stands before and in its bracket: of `Metropolis (WAMM)` all three."""
    match = _BRACKETS.match(label)
    return [label, *match.groups()] if match else [label]


@lru_cache(maxsize=100_000)
def known_korean(name: str) -> Entry | None:
    """What a Korean name stands for: an entity of the package, else a place of the gazetteer."""
    return lexicon().korean.get(name) or _place(gazetteer().named(name))


@lru_cache(maxsize=100_000)
def known_latin(name: str) -> Entry | None:
    """What a name in Latin letters stands for, whatever its capitals."""
    found = lexicon().latin.get(name.lower().replace("’", "'"))
    return found or _place(gazetteer().latin.get(fold(name), ()))


def _place(places: tuple[GazetteerPlace, ...]) -> Entry | None:
    if not places:
        return None
    kind = "city" if places[0].kind == "city" else "government"
    entity = lexicon().latin.get(places[0].label_en.lower())
    if entity is not None and entity.kind == kind:
        return entity
    return Entry("", places[0].label_en, kind)


def is_word_too(name: str) -> bool:
    """Whether a name of a place is an ordinary word as well, in either language."""
    words = gazetteer().words
    return name in words or fold(name) in words or name in word_list("words_too")


@cache
def territories() -> frozenset[str]:
    """The English names of territories and nations below a state, such as Guam and Wales."""
    codes = word_list("territories")
    return word_list("nations") | {country_names()[code][0] for code in codes}


def is_known(name: str) -> bool:
    """Whether the package or the gazetteer has a name, with or without 시 behind it."""
    base = re.sub("(?:특별|광역|특례)?시$", "", name)
    return any(known_korean(each) or known_latin(each) for each in (name, base) if len(each) > 1)
