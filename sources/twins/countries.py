"""Which country a source means, by ISO 3166-1 code or by name, and what the package calls it."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sources.twins.entities import Entity
from sources.twins.model import City, fold

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Country:
    """A country: slug, names in both languages (Korean may be empty), code (may be empty).

    `is_known` says whether the package has an entity for it.
    """

    slug: str
    name: str
    korean: str
    iso2: str
    is_known: bool


@cache
def _table() -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """English and Korean names by code, and codes by folded name."""
    names: dict[str, tuple[str, str]] = {}
    codes: dict[str, str] = {}
    with (_FOLDER / "countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["iso"]
            names[code] = (row["label.en"], row["label.ko"])
            for name in (row["label.en"], row["label.ko"], *row["aliases"].split("|")):
                if name:
                    codes[fold(name)] = code
    return names, codes


def country_codes() -> tuple[str, ...]:
    """The ISO 3166-1 codes of the countries whose names are known here, sorted."""
    return tuple(sorted(_table()[0]))


def country_code(name: str) -> str:
    """The ISO 3166-1 code of a country by a name in either language; empty where none has it."""
    return _table()[1].get(fold(name), "")


@cache
def homonyms() -> frozenset[tuple[str, str]]:
    """Country codes and folded names that several cities of that country are known to bear."""
    with (_FOLDER / "homonyms.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(
            (row["iso"], fold(name))
            for row in csv.DictReader(file)
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


class Countries:
    """Finds the countries of cities, with the slugs of the package where it has them."""

    def __init__(self, known: Iterable[Entity]) -> None:
        self._by_code: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        _, codes = _table()
        for entity in known:
            for name in sorted(entity.names):
                self._by_name.setdefault(fold(name), entity.slug)
            found = [entity.code, *(codes.get(fold(name), "") for name in sorted(entity.names))]
            # Our own code counts; without one, that of a name.
            code = next(filter(None, found), "")
            if code:
                self._by_code.setdefault(code, entity.slug)
        self._taken = {entity.slug for entity in known}

    def of(self, city: City) -> Country | None:
        """The country of a city: by its code, else by its name; None where it has neither."""
        names, codes = _table()
        code = city.iso2 or codes.get(fold(city.country), "")
        if code in names:
            name, korean = names[code]
            known = self._by_code.get(code)
            return Country(known or self._new(slugify(name)), name, korean, code, bool(known))
        known = self._by_name.get(fold(city.country)) if city.country else None
        name = city.country or code
        if not name:
            return None
        slug = known or self._new(slugify(name))
        return Country(slug, name, city.country_korean, code, bool(known))

    def _new(self, slug: str) -> str:
        """A slug that no country of the package has."""
        return slug if slug not in self._taken else f"{slug}-{digest(slug)}"


__all__ = [
    "Countries",
    "Country",
    "country_code",
    "country_codes",
    "digest",
    "homonyms",
    "slugify",
]
