"""Names and codes of countries, homonyms, and slugs."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from citypact.sources.files.csv_tables import read_data
from citypact.sources.twins.model import fold

_FOLDER = Path(__file__).parent


@cache
def _table() -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """English and Korean names by code, and codes by folded name."""
    names: dict[str, tuple[str, str]] = {}
    codes: dict[str, str] = {}
    for row in read_data(_FOLDER / "countries.csv"):
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
