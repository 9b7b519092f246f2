"""Names as people write them: accents, kinds of places, other common names, people in office."""

from __future__ import annotations

import csv
import re

import pytest

from citypact.graph.store.base import LocalStore
from citypact.graph.store.labels import Names, property_iri
from citypact.graph.store.name_forms import place_name, similar_names
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError
from citypact.sources import PACKAGED
from citypact.translation import translated

HANGUL = re.compile("[가-힣]")


@pytest.fixture(scope="module")
def names(packaged: LocalStore) -> Names:
    return Names(packaged)


def found(names: Names, text: str, *kinds: str) -> list[str]:
    return [iri.removeprefix(ID) for iri in names.find(text, *kinds)]


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Medellin", "medellin"),
        ("MEDELLÍN", "medellin"),
        ("Sao Paulo", "sao-paulo"),
        ("Bogota", "bogota"),
        ("Asuncion", "asuncion"),
        ("Beyoglu", "beyoglu"),
        ("뉴욕시", "new-york"),
        ("하노이시", "hanoi"),
        ("부산광역시", "busan"),
        ("부산시", "busan"),
        ("부산시청", "busan"),
        ("City of Busan", "busan"),
        ("Municipality of Hanoi", "hanoi"),
        ("Metropolitan City of Busan", "busan"),
        ("멕시코시", "mexico-city"),
        ("Quezon", "quezon-city"),
        ("Ho Chi Minh", "ho-chi-minh-city"),
        ("NYC", "new-york"),
        ("상해", "shanghai"),
        ("상해시", "shanghai"),
        ("북경", "beijing"),
        ("동경", "tokyo"),
        ("엘에이", "los-angeles"),
        ("Kobenhavn", "copenhagen"),
        ("北京市", "beijing"),
        ("臺北市", "taipei"),
        ("東京都", "tokyo"),
        ("동경도", "tokyo"),
        ("首尔", "seoul"),
        ("Ville de Paris", "paris"),
        ("Москва", "moscow"),
    ],
)
def test_cities_go_by_the_names_that_people_write(names: Names, text: str, city: str) -> None:
    assert found(names, text, "City", "Territory") == [f"city/{city}"]
    assert f"government/{city}" in found(names, text, "CityGovernment")


def test_a_network_goes_by_its_later_name(names: Names) -> None:
    assert found(names, "세계스마트시티기구") == ["network/wego"]


def test_a_name_as_it_is_recorded_comes_first(names: Names) -> None:
    """Mexico and Panama are countries, though there are Mexico City and Panama City."""
    assert found(names, "멕시코") == ["country/mexico"]
    assert found(names, "Panama") == ["country/panama"]
    assert found(names, "뉴욕시") == ["government/new-york"]


@pytest.mark.parametrize("text", ["뉴욕주", "State of Hanoi", "하노이성", "부산도"])
def test_a_city_is_no_province(names: Names, text: str) -> None:
    with pytest.raises(CitypactError):
        names.find(text, "City")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("박원순 시장", "park-won-soon"),
        ("박원순시장", "park-won-soon"),
        ("서울시장 박원순", "park-won-soon"),
        ("Mayor Khan", "sadiq-khan"),
        ("mayor khan", "sadiq-khan"),
        ("칸 시장", "sadiq-khan"),
        ("Mayor of London Sadiq Khan", "sadiq-khan"),
        ("Mayor Gokcek", "melih-gokcek"),
        ("남 사무총장", "nam-young-sook"),
    ],
)
def test_people_go_by_family_name_and_post(names: Names, text: str, person: str) -> None:
    assert found(names, text) == [f"person/{person}"]


def test_a_family_name_that_several_mayors_have_is_ambiguous(names: Names) -> None:
    with pytest.raises(CitypactError, match="ambiguous") as refused:
        names.find("이 시장")
    assert "person/lee-myung-bak" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("세울", "서울"),
        ("Seuol", "Seoul"),
        ("Shanhai", "Shanghai"),
        ("Guayakil", "Guayaquil"),
        ("과야낄", "과야킬"),
        ("Gokcek", "Melih Gökçek"),
        ("Park", "Park Won-soon"),
        ("바르쎌로나", "바르셀로나"),
    ],
)
def test_suggestions_sound_or_look_alike(names: Names, text: str, near: str) -> None:
    with pytest.raises(CitypactError) as refused:
        names.find(text)
    language = "ko" if HANGUL.search(text) else "en"
    cure = translated(refused.value.message, language).split("-> ")[1]
    assert near in cure
    assert bool(HANGUL.search(cure)) == (language == "ko"), "names in the reader's language alone"


def test_whoever_needs_no_suggestion_gets_the_same_things_or_none(names: Names) -> None:
    for text, kinds in (("뉴욕시", ("City",)), ("Mayor Khan", ()), ("city/hanoi", ())):
        assert names.find_if_any(text, *kinds) == names.find(text, *kinds) != []
    for text, kinds in (("Atlantis", ()), ("Hanoi", ("Agreement",)), (" ", ()), ("이 시장", ())):
        with pytest.raises(CitypactError):
            names.find(text, *kinds)
        assert names.find_if_any(text, *kinds) == []


@pytest.mark.parametrize("text", ["Xqzzyvb", "Atlantis"])
def test_what_is_like_nothing_gets_no_suggestion(names: Names, text: str) -> None:
    with pytest.raises(CitypactError, match="try another name"):
        names.find(text)


@pytest.mark.parametrize("text", ["체결 날자", "서명쟈", "signing dat"])
def test_properties_are_suggested_by_their_labels_too(text: str) -> None:
    with pytest.raises(CitypactError, match=r"did you mean .*(signing date|signatory)") as refused:
        property_iri(text)
    assert re.search("체결일|서명자", translated(refused.value.message, "ko"))


def test_every_other_name_means_something_and_hides_nothing(names: Names) -> None:
    with (PACKAGED / "entities" / "other-names.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert set(names.find(row["name"])) <= set(names.find(row["means"])), row


def test_every_name_of_a_place_is_more_than_its_kind(names: Names) -> None:
    for text in ("시", "도", "city", "Municipality", "시청", "제주", "대구"):
        assert place_name(text.casefold())[0] == text.casefold()


def test_similar_names_are_names(names: Names) -> None:
    assert similar_names("", ["Seoul"]) == []
    assert similar_names("...", ["Seoul", "서울"]) == []
    assert similar_names("seoul", ["Seoul", "Sejong"])[0] == "Seoul"
    assert similar_names("Pyongyang", ["Yoon Jong-jang"]) == []
    assert similar_names("조순", ["오세훈"]) == []
    assert similar_names("서올", ["서울"]) == ["서울"]
