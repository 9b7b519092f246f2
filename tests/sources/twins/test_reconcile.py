"""Which cities of a list are ours: by id, then name, country and distance; never by guess."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citypact.ontology.errors import CitypactError
from citypact.sources import PACKAGED
from citypact.sources.twins.countries import Countries
from citypact.sources.twins.country_names import country_code, country_names, homonyms, slugify
from citypact.sources.twins.known_places import Entities, Entity, load_entities
from citypact.sources.twins.model import City
from citypact.sources.twins.name_texts import fold
from citypact.sources.twins.reconcile import (
    Match,
    MatchJudgement,
    distance,
    read_judgements,
    reconcile,
)

KOREA = Entity("south-korea", {"대한민국", "Republic of Korea", "South Korea"})
AMERICA = Entity("united-states", {"미국", "United States of America"})
SEOUL = Entity(
    "seoul", {"Seoul", "서울", "서울시"}, "south-korea", "Q8684", "1835848", 37.566, 126.978
)
PORTLAND = Entity(
    "portland", {"Portland", "포틀랜드"}, "united-states", "Q6106", "5746545", 45.52, -122.68
)
GUNSAN = Entity("gunsan", {"Gunsan", "군산"}, "south-korea")
OURS = Entities(
    {e.slug: e for e in (SEOUL, PORTLAND, GUNSAN)}, {e.slug: e for e in (KOREA, AMERICA)}
)


def decide(*cities: City, entities: Entities = OURS, **judged: MatchJudgement) -> dict[str, Match]:
    return {match.city.id: match for match in reconcile(cities, entities, judged)}


def one(city: City) -> tuple[str, str, str]:
    match = decide(city)[city.id]
    return match.decision, match.entity, match.reason


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        (City("a", "Séoul", wikidata="Q8684"), ("matched", "seoul", "same Wikidata item Q8684")),
        (
            City("a", "x", geonames="1835848"),
            ("matched", "seoul", "same GeoNames identifier 1835848"),
        ),
        (
            City("a", "SEOUL", country="Korea", latitude=37.55, longitude=127.0),
            ("matched", "seoul", "same name and country, 3 km apart"),
        ),
        (
            City("a", korean="서울시", iso2="KR"),
            ("matched", "seoul", "same name and country, the only ones on both sides"),
        ),
        (
            City("a", "Gunsan", iso2="KR", latitude=35.97, longitude=126.7),
            ("matched", "gunsan", "same name and country, the only ones on both sides"),
        ),
        (
            City("a", "Seoul", iso2="KR", latitude=35.1, longitude=129.0),
            ("ambiguous", "", "same name and country as seoul, but 329 km apart"),
        ),
        (
            City("a", "Seoul", iso2="KR", wikidata="Q1"),
            (
                "ambiguous",
                "",
                "same name and country as seoul, but another Wikidata identifier (Q1, not Q8684)",
            ),
        ),
        (
            City("a", "Seoul"),
            ("ambiguous", "", "same name as seoul, but the source gives no country"),
        ),
        (
            City("a", "x", wikidata="Q8684", geonames="5746545"),
            (
                "ambiguous",
                "",
                "its Wikidata item is that of seoul, its GeoNames identifier that of portland",
            ),
        ),
        (
            City("a", "Seoul", country="Japan"),
            ("new", "", "no city of the package has this id, or this name in this country"),
        ),
        (City("7"), ("unmatched", "", "the source gives no name")),
    ],
)
def test_the_rules_in_their_order(city: City, expected: tuple[str, str, str]) -> None:
    assert one(city) == expected


def test_an_entry_for_several_cities_is_ambiguous_even_with_an_id() -> None:
    mixed = City("us:portland", "Portland", iso2="US", wikidata="Q6106")
    decision, entity, reason = one(mixed)
    assert (decision, entity) == ("ambiguous", "")
    assert "several cities of United States are called Portland" in reason
    # Where the source's ids tell the homonyms apart, the id counts.
    assert one(replace(mixed, id="Q6106"))[:2] == ("matched", "portland")
    both = decide(mixed, City("us:portland-maine", "Portland", iso2="US", wikidata="Q49201"))
    assert both["us:portland"].entity == "portland"
    assert both["us:portland-maine"].decision == "ambiguous"


def test_homonyms_of_a_source_never_share_an_entity() -> None:
    found = decide(
        City("1", "Gunsan", iso2="KR", latitude=35.97, longitude=126.7),
        City("2", "Gunsan", iso2="KR", latitude=38.0, longitude=127.0),
    )
    assert [found[key].decision for key in "12"] == ["ambiguous", "ambiguous"]
    near = City("1", "Seoul", iso2="KR", latitude=37.5, longitude=127.0)
    found = decide(near, replace(near, id="2"))
    assert [found[key].decision for key in "12"] == ["ambiguous", "ambiguous"]
    assert found["1"].reason.endswith("the same holds for 2")
    found = decide(near, replace(near, id="2", latitude=35.0))
    assert [found[key].decision for key in "12"] == ["matched", "ambiguous"]
    found = decide(near, City("2", "Seoul", wikidata="Q8684"))
    assert [found[key].decision for key in "12"] == ["ambiguous", "matched"]
    found = decide(City("1", wikidata="Q8684"), City("2", geonames="1835848"))
    assert [found[key].decision for key in "12"] == ["matched", "ambiguous"]
    found = decide(City("1", wikidata="Q8684"), City("2", wikidata="Q8684"))
    assert [found[key].decision for key in "12"] == ["ambiguous", "ambiguous"]


def test_a_judgement_settles_and_is_told() -> None:
    far = City("a", "Seoul", iso2="KR", latitude=35.1, longitude=129.0)
    judged = decide(far, a=MatchJudgement("a", "seoul", "the source has a wrong point"))["a"]
    assert (judged.decision, judged.entity) == ("matched", "seoul")
    assert judged.reason == "judged: the source has a wrong point"
    by_id = City("a", wikidata="Q8684")
    judged = decide(by_id, a=MatchJudgement("a", "none", "it is the province"))["a"]
    assert (judged.decision, judged.entity) == ("new", "")
    # A judged city stands against another that would match by id.
    both = decide(by_id, City("b", "Seoul"), b=MatchJudgement("b", "seoul", "known"))
    assert [both[key].decision for key in "ab"] == ["ambiguous", "matched"]


def test_judgements_that_fit_nothing() -> None:
    with pytest.raises(CitypactError, match="not a city of this list"):
        decide(City("a"), b=MatchJudgement("b", "seoul", "x"))
    with pytest.raises(CitypactError, match="did you mean seoul"):
        decide(City("a"), a=MatchJudgement("a", "seuol", "x"))


@pytest.mark.parametrize("row", ["nowhere,seoul,x", "a,seuol,x"])
def test_judgements_that_fit_nothing_are_named_by_file_and_line(tmp_path: Path, row: str) -> None:
    path = tmp_path / "judged.csv"
    path.write_text(f"source_id,entity,reason\n{row}\n", encoding="utf-8")
    with pytest.raises(CitypactError, match=r"^judged\.csv:2: '"):
        decide(City("a"), **read_judgements(path))


def test_judgements_are_read_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text("source_id,entity,reason\n'=a,seoul,because\n", encoding="utf-8")
    assert read_judgements(path) == {"=a": MatchJudgement("=a", "seoul", "because")}
    path.write_text("source_id,entity,reason\na,seoul,x\na,none,y\n", encoding="utf-8")
    with pytest.raises(CitypactError, match=r"judgements.csv:3: 'a' is judged twice"):
        read_judgements(path)
    path.write_text("source_id,entity,reason\na,seoul,\n", encoding="utf-8")
    with pytest.raises(CitypactError, match=r"judgements.csv:2: has no reason"):
        read_judgements(path)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Republic of Korea", "south-korea"),
        ("KOREA", "south-korea"),
        ("USA", "united-states"),
        ("England, United Kingdom", "united-kingdom"),
        ("The Netherlands", "netherlands"),
        ("Georgia (country)", "georgia"),
        ("Republic of Ireland", "ireland"),
        ("Timor Leste", "timor-leste"),
        ("Cote d'Ivoire", "ivory-coast"),
        ("Curacao", "curacao"),
        ("대만", "taiwan"),
    ],
)
def test_a_country_has_many_names(name: str, slug: str) -> None:
    country = Countries([KOREA, AMERICA]).of(City("a", country=name))
    assert country is not None
    assert country.slug == slug
    assert country.korean
    assert country.is_known == (slug in ("south-korea", "united-states"))


def test_a_country_that_nobody_knows_keeps_its_name() -> None:
    countries = Countries([])
    country = countries.of(City("a", country="Freedonia"))
    assert country is not None
    assert (country.slug, country.name, country.iso2) == ("freedonia", "Freedonia", "")
    assert countries.of(City("a")) is None
    other = countries.of(City("a", country="자유국"))
    assert other is not None
    assert other.slug != "" and other.slug.isascii()


def test_packaged_cities_can_be_compared_with() -> None:
    entities = load_entities(PACKAGED)
    seoul = entities.cities["seoul"]
    assert {"서울", "Seoul", "서울시"} <= seoul.names
    assert (seoul.wikidata, seoul.geonames, seoul.country) == ("Q8684", "1835848", "south-korea")
    assert seoul.place == (37.566, 126.9784)
    countries = Countries(list(entities.countries.values()))
    for entity in entities.countries.values():
        for city in (
            *(City("a", country=name) for name in entity.names),
            City("a", iso2=entity.code),
        ):
            found = countries.of(city)
            if found is not None:
                assert (found.slug, found.is_known) == (entity.slug, True)
                assert found.iso2 == entity.code or not city.iso2


@pytest.mark.parametrize(
    ("one", "other"),
    [("Łódź", "lodz"), ("Tromsø", "TROMSO"), ("İzmir", "izmir"), ("São Paulo", "Sao-Paulo"),
     ("Straße", "strasse"), ("\u1109\u1165\u110b\u116e\u11af", "서울")],
)  # fmt: skip
def test_names_are_compared_without_accents_and_signs(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_distances_are_those_of_a_sphere() -> None:
    assert distance((0, 0), (0, 180)) == pytest.approx(20015.1, abs=0.1)
    assert distance((90, 0), (0, 45)) == pytest.approx(10007.6, abs=0.1)
    assert distance((0, 179.9), (0, -179.9)) == pytest.approx(22.24, abs=0.01)
    assert distance((37.5, 127), (37.5, 127)) == 0


@given(st.text())
def test_folding_and_slugs_hold_for_any_text(text: str) -> None:
    import re

    assert fold(fold(text)) == fold(text)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slugify(text))


@given(st.lists(st.sampled_from([
    City("1", "Seoul", iso2="KR"), City("2", "Seoul", iso2="KR", wikidata="Q8684"),
    City("3", "서울"), City("4", geonames="1835848"), City("5", "Portland", iso2="US"),
    City("6", "Seoul", iso2="KR", latitude=37.5, longitude=127.0),
]), unique=True))  # fmt: skip
def test_one_decision_each_and_never_two_on_one_entity(cities: list[City]) -> None:
    found = reconcile(cities, OURS)
    assert [match.city.id for match in found] == sorted(city.id for city in cities)
    matched = [match.entity for match in found if match.decision == "matched"]
    assert len(matched) == len(set(matched))
    assert all(bool(match.entity) == (match.decision == "matched") for match in found)
    assert all(match.reason for match in found)


def test_the_tables_of_countries_and_homonyms_are_sound() -> None:
    with (PACKAGED / "twins" / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = [row["iso"] for row in rows]
    assert codes == sorted(set(codes))
    for row in rows:
        for name in filter(None, (row["label.en"], row["label.ko"], *row["aliases"].split("|"))):
            assert country_code(name) == row["iso"], name
    slugs = set()
    for code, names in country_names().items():
        assert [country_code(name) for name in names] == [code, code]
        slugs.add(slugify(names[0]))
    assert len(slugs) == len(country_names()) > 240
    assert {code for code, _ in homonyms()} <= set(country_names())
    assert ("US", "springfield") in homonyms()
