"""Cells of lists as people write them: numbers, coordinates, identifiers, missing values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from citypact.ontology.errors import Message, shown
from citypact.sources.files.csv_tables import CsvRow
from citypact.sources.twins.country_names import read_country_code
from citypact.sources.twins.doubts import EMPTIED, Doubts
from citypact.sources.twins.headings import value_words

MISSING, NO_NAME = value_words("missing"), value_words("no_name")
"""Texts that mean that nothing is known, in columns without names and in columns of names."""
ITEM = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/|wd:)?(Q[1-9][0-9]{0,15})")
_GEONAMES = re.compile(r"(?:https?://(?:sws|www)\.geonames\.org/)?([1-9][0-9]*)(?:/.*)?")
_OSM = re.compile(
    r"(?:https?://(?:www\.)?openstreetmap\.org/)?"
    r"(?:(node|way|relation|[nwr])[/ ]?)?([1-9][0-9]*)/?",
    re.IGNORECASE,
)
OTHERS = ("osm", "iso3166_2", "unlocode")
"""Columns of identifiers of other systems."""
_SUBDIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_LOCODE = re.compile(r"([A-Z]{2}) ?([A-Z2-9]{3})")
_GROUPS = re.compile(r"\d{1,3}(?:([,.' \u00a0\u202f’٬])\d{3})(?:\1\d{3})*")
_POINT = re.compile(r"(?:<[^>]*>\s*)?point\s*\(\s*(\S+)\s+(\S+)\s*\)", re.IGNORECASE)
_DEGREES = re.compile(
    r"([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*(?:(\d{1,2})\s*['′]\s*(?:(\d{1,2}(?:\.\d+)?)\s*[\"″]\s*)?)?"
    r"\s*([NSEWOnsewo북남동서]?)"
)


def value_of(row: CsvRow, name: str) -> str:
    """A cell that holds no name; empty where it says that nothing is known."""
    text = row.get(name)
    return "" if text.casefold() in MISSING else text


def matching(row: CsvRow, name: str, form: re.Pattern[str], wanted: str, doubts: Doubts) -> str:
    """The part of a cell that a form names; a fault where the cell has another form."""
    text = value_of(row, name)
    match = form.fullmatch(text)
    if text and not match:
        doubts.fault(
            row,
            name,
            Message("{text} is not {wanted}", text=shown(text), wanted=wanted),
            Message("write {wanted}", wanted=wanted),
        )
    return match[1] if match else ""


def wikidata(row: CsvRow, name: str, doubts: Doubts) -> str:
    """The item of a cell, such as Q8684."""
    return matching(row, name, ITEM, Message("an item such as Q8684"), doubts)


def geonames(row: CsvRow, name: str, doubts: Doubts) -> str:
    """The GeoNames identifier of a cell."""
    return matching(row, name, _GEONAMES, Message("a number such as 1835848"), doubts)


def other_identifiers(row: CsvRow, side: str, doubts: Doubts) -> tuple[str, ...]:
    """OSM, ISO 3166-2 and UN/LOCODE of a city as `osm:relation/2297418` and so on."""
    found = []
    if text := value_of(row, f"{side}osm"):
        match = _OSM.fullmatch(text)
        if match:
            kind = {"n": "node", "w": "way", "r": "relation"}.get((match[1] or "r")[0].lower(), "")
            found.append(f"osm:{kind}/{match[2]}")
        else:
            wanted = Message("an OSM element such as relation/2297418")
            _wrong(row, f"{side}osm", wanted, doubts)
    if text := value_of(row, f"{side}iso3166_2").upper():
        if _SUBDIVISION.fullmatch(text):
            found.append(f"iso3166-2:{text}")
        else:
            _wrong(row, f"{side}iso3166_2", Message("a code such as KR-11"), doubts)
    if text := value_of(row, f"{side}unlocode").upper():
        match = _LOCODE.fullmatch(text)
        if match:
            found.append(f"unlocode:{match[1]}{match[2]}")
        else:
            _wrong(row, f"{side}unlocode", Message("a code such as KRSEL"), doubts)
    return tuple(found)


def country_of(identifiers: Iterable[str]) -> str:
    """The code of the country that an ISO 3166-2 code or a UN/LOCODE begins with; else empty."""
    texts = (each.partition(":")[2] for each in identifiers if not each.startswith("osm:"))
    return next((code for text in texts if (code := read_country_code(text[:2]))), "")


def _wrong(row: CsvRow, name: str, wanted: str, doubts: Doubts) -> None:
    reason = Message("{text} is not {wanted}", text=shown(row.get(name)), wanted=wanted)
    doubts.fault(row, name, reason, Message("write {wanted}", wanted=wanted))


def place(
    row: CsvRow, side: str, *, has_comma: bool, doubts: Doubts
) -> tuple[float | None, float | None]:
    """Latitude and longitude of a city, each None where the row does not give both."""
    if both := value_of(row, f"{side}coordinates"):
        return _both(row, f"{side}coordinates", both, doubts)
    names = f"{side}latitude", f"{side}longitude"
    latitude = _degrees(row, names[0], 90, has_comma=has_comma, doubts=doubts)
    longitude = _degrees(row, names[1], 180, has_comma=has_comma, doubts=doubts)
    if (latitude is None) != (longitude is None):
        if all(row.get(name) for name in names):
            return None, None  # the other one is a fault already
        doubts.fault(
            row, "", Message("has only one of latitude and longitude"), "give both or none"
        )
        return None, None
    if latitude == 0 and longitude == 0:
        doubts.note(row, names[0], Message("0, 0 is treated as missing coordinates"))
        return None, None
    return latitude, longitude


def _both(row: CsvRow, name: str, text: str, doubts: Doubts) -> tuple[float | None, float | None]:
    match = _POINT.fullmatch(text)
    parts = [match[2], match[1]] if match else re.split(r"[,;/\s]+", text.strip("()[] "))
    values = [_number(part, 180) for part in parts]
    if len(values) == 2 and all(value is not None for value in values):
        latitude, longitude = values
        if latitude is not None and abs(latitude) <= 90 and (latitude or longitude):
            return latitude, longitude
    wanted = Message("latitude and longitude such as 37.566, 126.978")
    doubts.fault(
        row,
        name,
        Message("{text} is not {wanted}", text=shown(text), wanted=wanted),
        Message("write {wanted}", wanted=wanted),
    )
    return None, None


def _degrees(row: CsvRow, name: str, most: int, *, has_comma: bool, doubts: Doubts) -> float | None:
    text = value_of(row, name)
    if not text:
        return None
    value = _number(text.replace(",", ".") if has_comma else text, most)
    if value is None:
        doubts.fault(
            row,
            name,
            Message("{text} is not in degrees", text=shown(text)),
            Message("write a number from -{most} to {most}", most=most),
        )
    return value


def _number(text: str, most: int) -> float | None:
    """Degrees of a text, decimal or with minutes and seconds; None for anything else."""
    try:
        value = float(text)
    except ValueError:
        match = _DEGREES.fullmatch(text.strip())
        if not match or ("," in match[1]):
            return None
        value = abs(float(match[1])) + float(match[2] or 0) / 60 + float(match[3] or 0) / 3600
        if match[1].startswith("-") or match[4].upper() in ("S", "W", "남", "서"):
            value = -value
    return value if math.isfinite(value) and abs(value) <= most else None


def has_decimals(texts: Iterable[str]) -> frozenset[str]:
    """The signs that part decimals in a column of numbers, where a cell shows it: 411.5."""
    return frozenset(
        match[1] for text in texts if (match := re.fullmatch(r"\d+([.,])(?:\d{1,2}|\d{4,})", text))
    )


def people(row: CsvRow, name: str, decimals: frozenset[str], doubts: Doubts) -> int | None:
    """A number of people, with thousands parted in any usual way; None where none is given."""
    text = value_of(row, name)
    if not text:
        return None
    plain = re.sub(r"\s*(?:명|人|人口|people|inhabitants|hab\.?|Einw\.?)$", "", text).strip()
    if re.fullmatch(r"\d{1,11}(?:\.0+)?", plain):
        return int(plain.partition(".")[0])
    groups = _GROUPS.fullmatch(plain)
    if groups and not (groups[1] in decimals and plain.count(groups[1]) == 1):
        doubts.changed(name, Message("thousands separators"))
        return int(re.sub(r"\D", "", plain))
    if groups or re.fullmatch(r"\d+[.,]\d+", plain):
        doubts.note(
            row,
            name,
            Message("{text} is not a whole number of people", text=shown(text)),
            "write digits only, or nothing",
            EMPTIED,
        )
        return None
    doubts.fault(
        row,
        name,
        Message("{text} is not a number of people", text=shown(text)),
        "write digits only, or nothing",
    )
    return None


__all__ = [
    "ITEM",
    "MISSING",
    "NO_NAME",
    "OTHERS",
    "country_of",
    "geonames",
    "has_decimals",
    "matching",
    "other_identifiers",
    "people",
    "place",
    "value_of",
    "wikidata",
]
