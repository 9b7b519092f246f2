"""Cells of lists as people write them: numbers, coordinates, identifiers, missing values."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from citypact.ontology.errors import Message, shown
from citypact.sources.files.csv_tables import CsvRow
from citypact.sources.twins.country_names import read_country_code
from citypact.sources.twins.doubts import EMPTIED, TOLD, Doubts
from citypact.sources.twins.headings import value_words
from citypact.sources.twins.name_texts import ITEM

MISSING, NO_NAME = value_words("missing"), value_words("no_name")
"""Texts that mean that nothing is known, in columns without names and in columns of names."""
MISSING_WORDS = MISSING | {"nan"}
"""The same in columns of countries and dates; a city is called Nan, and no number is."""
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
POINT = re.compile(r"(?:<[^>]*>\s*)?point\s*\(\s*(\S+)\s+(\S+)\s*\)", re.IGNORECASE)
"""A place as WKT: longitude, then latitude; Wikidata may name the globe before it."""
_SIDES = {"n": 1, "s": -1, "e": 1, "o": 1, "w": -1, "북": 1, "남": -1, "동": 1, "서": -1,
          "북위": 1, "남위": -1, "동경": 1, "서경": -1, "北緯": 1, "南緯": -1, "東経": 1,
          "西経": -1, "北纬": 1, "南纬": -1, "东经": 1, "西经": -1}  # fmt: skip
"""The halves of the globe, before or behind a number of degrees."""
_DEGREES = re.compile(
    rf"(?P<before>{'|'.join(_SIDES)})?\s*(?P<degrees>[+-]?\d{{1,3}}(?:\.\d+)?)\s*[°º도度]?\s*"
    r"(?:(?P<minutes>\d{1,2}(?:\.\d+)?)\s*[\'′’분分]?\s*"
    r"(?:(?P<seconds>\d{1,2}(?:\.\d+)?)\s*(?:\"|″|”|\'\'|′′|’’|초|秒)?\s*)?)?"
    rf"(?P<behind>{'|'.join(_SIDES)})?",
    re.IGNORECASE,
)
_NOWHERE = re.compile(r"-?9{2,4}(?:\.0+)?|-1")
"""Numbers that programs write where nothing is known."""
_WHO = re.compile(
    r"\s*(?:명|人|人口|people|inhabitants|habitants|hab\.?|einw(?:ohner|\.)?|habitantes)$"
)
_ABOUT = re.compile(r"^(?:약|約|约|~|≈|ca?\.|about|approx\.?|around|über|env(?:iron|\.))\s*")
_SCALES = {"만": 10**4, "万": 10**4, "萬": 10**4, "억": 10**8, "亿": 10**8, "億": 10**8,
           "천만": 10**7, "千万": 10**7, "千萬": 10**7, "백만": 10**6, "百万": 10**6,
           "百萬": 10**6, "천": 10**3, "千": 10**3, "million": 10**6, "millions": 10**6,
           "mio": 10**6, "mio.": 10**6, "mill.": 10**6, "millones": 10**6, "m": 10**6, "k": 10**3,
           "thousand": 10**3}  # fmt: skip
_SCALED = re.compile(
    rf"(\d{{1,3}}(?:,\d{{3}})+|\d+(?:[.,]\d+)?)\s*"
    rf"({'|'.join(map(re.escape, sorted(_SCALES, key=len, reverse=True)))})"
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
    return matching(row, name, ITEM, Message("an item such as Q8684"), doubts).upper()


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


def place(row: CsvRow, side: str, doubts: Doubts) -> tuple[float | None, float | None]:
    """Latitude and longitude of a city, each None where the row does not give both."""
    if both := value_of(row, f"{side}coordinates"):
        return _both(row, f"{side}coordinates", both, doubts)
    names = f"{side}latitude", f"{side}longitude"
    texts = [value_of(row, name) for name in names]
    if all(map(_NOWHERE.fullmatch, texts)) and texts[0] == texts[1]:
        reason = Message("{text} is treated as missing", text=shown(", ".join(texts)))
        doubts.note(row, names[0], reason)
        return None, None
    latitude = _degrees(row, names[0], 90, doubts)
    longitude = _degrees(row, names[1], 180, doubts)
    if (latitude is None) != (longitude is None):
        if all(texts):
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
    if match := POINT.fullmatch(text):
        parts = [match[2], match[1]]
    else:
        splits = (re.split(sign, text.strip("()[] ")) for sign in ("[,;/]", r"\s+"))
        parts = next((halves for halves in splits if len(halves) == 2), [])
    values = [_number(part, 180) for part in parts]
    if len(values) == 2 and all(value is not None for value in values):
        latitude, longitude = values
        if not latitude and not longitude:
            doubts.note(row, name, Message("0, 0 is treated as missing coordinates"))
            return None, None
        if latitude is not None and abs(latitude) <= 90:
            return latitude, longitude
    wanted = Message("latitude and longitude such as 37.566, 126.978")
    doubts.fault(
        row,
        name,
        Message("{text} is not {wanted}", text=shown(text), wanted=wanted),
        Message("write {wanted}", wanted=wanted),
    )
    return None, None


def _degrees(row: CsvRow, name: str, most: int, doubts: Doubts) -> float | None:
    text = value_of(row, name)
    if not text:
        return None
    value = _number(text, most)
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
        plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
        # A comma in degrees can part decimals only.
        plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain
        match = _DEGREES.fullmatch(plain)
        if not match or (match["before"] and match["behind"]):
            return None
        parts = [float(match[name] or 0) for name in ("degrees", "minutes", "seconds")]
        if max(parts[1:]) >= 60:
            return None
        value = abs(parts[0]) + parts[1] / 60 + parts[2] / 3600
        side = _SIDES.get((match["before"] or match["behind"] or "").casefold(), 1)
        if match["degrees"].startswith("-") or side < 0:
            value = -value
    return value if math.isfinite(value) and abs(value) <= most else None


@dataclass(frozen=True)
class NumberSigns:
    """What parts the numbers of a column: the signs of decimals and of thousands in its cells."""

    decimals: frozenset[str]
    thousands: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> NumberSigns:
        """The signs that texts of a column show: `411.5` a decimal point, `9,411,000` a comma."""
        decimals: set[str] = set()
        thousands: set[str] = set()
        open_signs: set[str] = set()
        for text in texts:
            if match := re.fullmatch(r"\d+([.,])(?:\d{1,2}|\d{4,})", text):
                decimals.add(match[1])
            elif groups := _GROUPS.fullmatch(text):
                is_sure = text.count(groups[1]) > 1
                (thousands if is_sure else open_signs).add(groups[1])
        return cls(frozenset(decimals), frozenset(thousands or open_signs))

    def are_groups(self, sign: str, count: int) -> bool:
        """Whether a sign that stands so often in a number parts thousands."""
        return count > 1 or (sign not in self.decimals and self.thousands <= {sign})


def people(row: CsvRow, name: str, signs: NumberSigns, doubts: Doubts) -> int | None:
    """A number of people, with thousands parted in any usual way; None where none is given."""
    text = value_of(row, name)
    if not text:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= 11 and text.strip("0"):
        return int(text)
    if not text.strip("0") or (_NOWHERE.fullmatch(text) and text.startswith("-")):
        doubts.note(row, name, Message("{text} is treated as missing", text=shown(text)))
        return None
    plain = re.sub(r"\s*[(\[][^()\[\]]*[)\]]$", "", unicodedata.normalize("NFKC", text).casefold())
    exact = _ABOUT.sub("", plain.strip())
    count, change = _count(_WHO.sub("", exact).strip(), signs)
    if count is not None:
        if exact != plain.strip():
            reason = Message("{text} is read as {count:,} people", text=shown(text), count=count)
            doubts.note(row, name, reason, "write digits only, or nothing", TOLD)
        doubts.changed(name, change)
        return count
    if change:
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


def _count(text: str, signs: NumberSigns) -> tuple[int | None, str]:
    """A whole number, and how it is written; None with a text for a number that is not whole."""
    if re.fullmatch(r"\d{1,11}(?:\.0+)?", text):
        return int(text.partition(".")[0]), Message("words next to numbers")
    groups = _GROUPS.fullmatch(text)
    if groups and signs.are_groups(groups[1], text.count(groups[1])):
        return int(re.sub(r"\D", "", text)), Message("thousands separators")
    if (scaled := _scaled(text)) is not None:
        return scaled, Message("numbers in words")
    return None, "decimals" if groups or re.fullmatch(r"\d+[.,]\d+", text) else ""


def _scaled(text: str) -> int | None:
    """A number with words for thousands and millions, such as 941만 1천 or 9.4 million."""
    total, at, last = Decimal(0), 0, 10**12
    while match := _SCALED.match(text, at):
        scale = _SCALES[match[2]]
        is_grouped = bool(re.fullmatch(r"\d{1,3}(?:,\d{3})+", match[1]))
        if scale >= last or (is_grouped and match[2].isascii()):
            return None  # 1,234 million are 1234 million in English, 1.234 in German
        number = match[1].replace(",", "" if is_grouped else ".")
        total, at, last = total + Decimal(number) * scale, match.end(), scale
        at += len(text[at:]) - len(text[at:].lstrip())
    rest = text[at:].replace(",", "")
    if last == 10**12 or (rest and not rest.isdecimal()) or (rest and int(rest) >= last):
        return None
    total += int(rest or 0)
    return int(total) if total == int(total) else None


__all__ = [
    "MISSING",
    "MISSING_WORDS",
    "NO_NAME",
    "OTHERS",
    "POINT",
    "NumberSigns",
    "country_of",
    "geonames",
    "matching",
    "other_identifiers",
    "people",
    "place",
    "value_of",
    "wikidata",
]
