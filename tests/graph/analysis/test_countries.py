"""Facts of countries, against what atlases say."""

from __future__ import annotations

import pytest

from citypact.graph.analysis.countries import CONTINENTS, countries
from citypact.sources.twins.country_names import country_codes


def test_every_country_that_a_list_may_name_is_known() -> None:
    assert tuple(countries()) == country_codes()
    for country in countries().values():
        assert country.continent in CONTINENTS
        assert country.languages


def test_borders_are_told_from_both_sides() -> None:
    known = countries()
    for country in known.values():
        assert country.iso not in country.neighbours
        assert all(country.iso in known[other].neighbours for other in country.neighbours)
    # As atlases count them, with Hong Kong and Macao as parts of China.
    assert len(known["CN"].neighbours) == 14
    assert len(known["DE"].neighbours) == 9
    assert known["KR"].neighbours == {"KP"}
    assert not known["JP"].neighbours


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("BR", "PT", {"pt"}),
        ("CA", "FR", {"fr"}),
        ("CH", "IT", {"it"}),
        ("CN", "SG", {"zh"}),
        ("MX", "ES", {"es"}),
        ("US", "GB", {"en"}),
        ("KR", "JP", set()),
        ("DE", "FR", set()),
    ],
)
def test_official_languages(one: str, other: str, shared: set[str]) -> None:
    assert countries()[one].languages & countries()[other].languages == shared


def test_numbers_are_those_of_the_world() -> None:
    known = list(countries().values())
    assert sum(country.population or 0 for country in known) == pytest.approx(7.8e9, rel=0.04)
    # All land but Antarctica.
    assert sum(country.area or 0 for country in known) == pytest.approx(135e6, rel=0.03)
    product = sum((c.population or 0) * (c.gdp_per_head or 0) for c in known)
    assert product == pytest.approx(87e12, rel=0.05)  # World Bank, 2019
    assert all(c.gdp_year is None or 2017 <= c.gdp_year <= 2019 for c in known)


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"), [("KR", 36.5, 127.5), ("BR", -17, -46), ("EG", 30, 31.2)]
)
def test_the_middle_of_a_country_is_where_its_people_live(
    code: str, latitude: float, longitude: float
) -> None:
    country = countries()[code]
    assert country.latitude == pytest.approx(latitude, abs=2)
    assert country.longitude == pytest.approx(longitude, abs=2)
