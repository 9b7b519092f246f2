"""What is needed to compare countries: continent, languages, borders, people, wealth, a place.

`countries.csv` was made once by `graph.analysis.countries.make`. It holds, by ISO 3166-1 code:

continent: AF, AN, AS, EU, NA, OC or SA, each country in one (GeoNames: Turkey and Kazakhstan in
Asia, all of Russia in Europe, Egypt in Africa).
languages: official in the whole country, by law or in fact, as ISO 639 codes (CLDR 49).
neighbours: countries with a common border on land (GeoNames).
population: inhabitants; area: square kilometres (GeoNames).
gdp_per_head: gross domestic product of the year `gdp_year` in US dollars of that year, by
inhabitant (Natural Earth 5.1.1; 2019 for most, 2017 and 2018 for some, none that is older).
latitude, longitude: the middle of its towns, each counted by its inhabitants (GeoNames).
capital: its number in GeoNames.

What is not known is empty. The World Bank's income groups are in no package that says of which
year; income by inhabitant stands in their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from citypact.graph.text.bilingual import Words, both
from citypact.sources.files.csv_tables import read_data

FILE = "countries.csv"
COLUMNS = (
    "iso",
    "continent",
    "languages",
    "neighbours",
    "population",
    "area",
    "gdp_per_head",
    "gdp_year",
    "latitude",
    "longitude",
    "capital",
)
CONTINENTS: dict[str, Words] = {
    "AF": both("아프리카", "Africa"),
    "AN": both("남극", "Antarctica"),
    "AS": both("아시아", "Asia"),
    "EU": both("유럽", "Europe"),
    "NA": both("북아메리카", "North America"),
    "OC": both("오세아니아", "Oceania"),
    "SA": both("남아메리카", "South America"),
}
"""Continents by GeoNames' codes; North America with the Caribbean and Central America."""


def continent_name(code: str) -> Words:
    """The name of a continent by its code; where there is no such continent, that it is unknown."""
    return CONTINENTS.get(code, both("알 수 없음", "Unknown"))


@dataclass(frozen=True)
class Country:
    """What is known of a country; see above. Unknown numbers are None."""

    iso: str
    continent: str
    languages: frozenset[str]
    neighbours: frozenset[str]
    population: int | None
    area: int | None
    gdp_per_head: int | None
    gdp_year: int | None
    latitude: float | None
    longitude: float | None
    capital: str


@cache
def countries() -> dict[str, Country]:
    """All countries by ISO 3166-1 code (two letters), in the order of their codes.

    >>> korea = countries()["KR"]
    >>> korea.continent, sorted(korea.languages), sorted(korea.neighbours)
    ('AS', ['ko'], ['KP'])
    """
    rows = read_data(Path(__file__).with_name(FILE))
    return {row["iso"]: _country(row) for row in rows}


def _country(row: dict[str, str]) -> Country:
    def number(name: str) -> int | None:
        return int(row[name]) if row[name] else None

    def degrees(name: str) -> float | None:
        return float(row[name]) if row[name] else None

    return Country(
        row["iso"],
        row["continent"],
        frozenset(filter(None, row["languages"].split("|"))),
        frozenset(filter(None, row["neighbours"].split("|"))),
        number("population"),
        number("area"),
        number("gdp_per_head"),
        number("gdp_year"),
        degrees("latitude"),
        degrees("longitude"),
        row["capital"],
    )


__all__ = ["COLUMNS", "CONTINENTS", "FILE", "Country", "continent_name", "countries"]
