"""A table of links, and a table of cities where there is one."""

from __future__ import annotations

import hashlib
import math
import re
from pathlib import Path

from citypact.ontology.errors import Message, shown
from citypact.sources.files.csv_tables import CsvRow, CsvTable, decode, parse_table, read_file
from citypact.sources.reading.edtf import Date, parse_edtf
from citypact.sources.twins.model import City, Input, TwinLink, Twins, clean

LINK_COLUMNS = {
    "source": ("from", "city", "city 1", "node 1", "id 1", "a"),
    "target": ("to", "twinned with", "twin", "city 2", "node 2", "id 2", "partner", "b"),
    "start": ("since", "start date", "signed", "year", "date"),
    "end": ("until", "end date"),
}
"""Our columns of a table of links, with the other names that tables use for them."""

CITY_COLUMNS = {
    "id": ("city id", "node", "key"),
    "name": ("label", "city", "label.en", "name en", "english"),
    "korean": ("label.ko", "name ko", "korean name"),
    "aliases": ("alternative names", "alias"),
    "country": ("country name", "country label"),
    "iso2": ("country code", "iso", "iso code", "iso 3166", "cc"),
    "latitude": ("lat", "y"),
    "longitude": ("lon", "lng", "long", "x"),
    "population": ("pop", "inhabitants"),
    "wikidata": ("wikidata id", "qid", "item"),
    "geonames": ("geonameid", "geonames id", "geoname id"),
}
"""Our columns of a table of cities, with the other names that tables use for them."""

_ITEM = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q[1-9][0-9]*)")
_GEONAMES = re.compile(r"(?:https?://(?:sws|www)\.geonames\.org/)?([1-9][0-9]*)(?:/.*)?")


def read_edges(edges: Path, cities: Path | None = None, *, is_directed: bool = False) -> Twins:
    """Reads a table of links and, where given, the table of their cities.

    Without a table of cities the ids are the names. Raises CitypactError with file and line for
    whatever cannot be read, and for links to cities that the table of cities lacks.
    """
    data = read_file(edges)
    links = parse_table(decode(data, edges.name), edges.name, LINK_COLUMNS, ("source", "target"))
    inputs = [Input(edges.name, hashlib.sha256(data).hexdigest())]
    known: dict[str, City] | None = None
    if cities is not None:
        more = read_file(cities)
        inputs.append(Input(cities.name, hashlib.sha256(more).hexdigest()))
        known = _cities(parse_table(decode(more, cities.name), cities.name, CITY_COLUMNS, ("id",)))
        data += more
    found = [_link(row, known) for row in links.rows]
    if known is None:
        ends = {end for link in found for end in (link.source, link.target)}
        # A number is an id, not a name: it says nothing that could be compared.
        known = {end: City(end, "" if end.isdecimal() else clean(end)) for end in sorted(ends)}
    digest = hashlib.sha256(data).hexdigest()
    return Twins("csv", known, found, is_directed, digest, inputs).tidy()


def _link(row: CsvRow, known: dict[str, City] | None) -> TwinLink:
    ends = []
    for name in ("source", "target"):
        end = row.get(name)
        if not end:
            raise row.fault(Message("has no {name}", name=name), "every link has two cities")
        if known is not None and end not in known:
            raise row.fault(
                Message("{end} is not in the table of cities", end=shown(end)),
                "add the city, or remove the link",
            )
        ends.append(end)
    start, end = (_date(row, name) for name in ("start", "end"))
    if start and end and _is_before(parse_edtf(end), parse_edtf(start)):
        raise row.fault(
            Message("ends ({end}) before it starts ({start})", end=end, start=start),
            "correct start or end, or leave out the one that is not known",
        )
    return TwinLink(ends[0], ends[1], start, end)


def _date(row: CsvRow, name: str) -> str:
    text = row.get(name)
    try:
        return parse_edtf(text).text if text else ""
    except ValueError as error:
        raise row.fault(
            Message("{name}: {error}", name=name, error=error), "write 1976, 1976-05 or 1976-05-18"
        ) from error


def _is_before(one: Date, other: Date) -> bool:
    """Whether a date surely lies before another: its last day before the other's first."""
    return bool(one.end and other.begin and one.end < other.begin)


def _cities(table: CsvTable) -> dict[str, City]:
    has_comma = table.separator != ","
    cities: dict[str, City] = {}
    lines: dict[str, int] = {}
    for row in table.rows:
        city = _city(row, has_name="name" in table.columns, has_comma=has_comma)
        if city.id in cities:
            raise row.fault(
                Message(
                    "{id} appears twice (first in line {lines})",
                    id=shown(city.id),
                    lines=lines[city.id],
                ),
                "give every city an id of its own, or remove one row",
            )
        cities[city.id], lines[city.id] = city, row.line
    return cities


def _city(row: CsvRow, *, has_name: bool, has_comma: bool) -> City:
    identifier = row.get("id")
    if not identifier:
        raise row.fault("has no id", "every city has an id that the links use")
    latitude = _degrees(row, "latitude", 90, has_comma=has_comma)
    longitude = _degrees(row, "longitude", 180, has_comma=has_comma)
    if (latitude is None) != (longitude is None):
        raise row.fault("has only one of latitude and longitude", "give both or none")
    iso2 = row.get("iso2").upper()
    if iso2 and not re.fullmatch("[A-Z]{2}", iso2):
        raise row.fault(
            Message("{iso2} is not a country code", iso2=shown(iso2)),
            "write two letters such as KR",
        )
    aliases = (clean(alias) for alias in row.get("aliases").split("|"))
    name = clean(row.get("name"))
    if not has_name and not row.get("korean") and not identifier.isdecimal():
        name = clean(identifier)
    return City(
        identifier,
        name,
        clean(row.get("korean")),
        tuple(alias for alias in aliases if alias),
        clean(row.get("country")),
        "",
        iso2,
        latitude,
        longitude,
        _people(row),
        _matching(row, "wikidata", _ITEM, Message("an item such as Q8684")),
        _matching(row, "geonames", _GEONAMES, Message("a number such as 1835848")),
    )


def _matching(row: CsvRow, name: str, form: re.Pattern[str], wanted: str) -> str:
    text = row.get(name)
    match = form.fullmatch(text)
    if text and not match:
        raise row.fault(
            Message("{name}: {text} is not {wanted}", name=name, text=shown(text), wanted=wanted),
            Message("write {wanted}", wanted=wanted),
        )
    return match[1] if match else ""


def _degrees(row: CsvRow, name: str, most: int, *, has_comma: bool) -> float | None:
    text = row.get(name)
    if not text:
        return None
    try:
        value = float(text.replace(",", ".") if has_comma else text)
    except ValueError:
        value = math.nan
    if not abs(value) <= most:
        raise row.fault(
            Message("{name}: {text} is not in degrees", name=name, text=shown(text)),
            Message("write a number from -{most} to {most}", most=most),
        )
    return value


def _people(row: CsvRow) -> int | None:
    text = row.get("population")
    if not text:
        return None
    try:
        value = float(text)
        if not (0 <= value < 1e12 and value == int(value)):
            raise ValueError
    except (ValueError, OverflowError) as error:
        raise row.fault(
            Message("population: {text} is not a number of people", text=shown(text)),
            "write digits only, or nothing",
        ) from error
    return int(value)


__all__ = ["CITY_COLUMNS", "LINK_COLUMNS", "read_edges"]
