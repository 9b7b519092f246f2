"""Places of the gazetteer in sentences of our own."""

from __future__ import annotations

from collections import Counter

import pytest

from citypact.sources.extraction.gazetteer import find_places, gazetteer
from citypact.sources.extraction.places.make import korean_of_pinyin, korean_of_romaji


def named(text: str) -> list[str]:
    """What a text names: the words, and label and country of the place."""
    return [
        f"{text[slice(*mention.span)]}={mention.place.label_en}/{mention.place.country}"
        if mention.place
        else f"{text[slice(*mention.span)]}={mention.kind}"
        for mention in find_places(text)
    ]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("울산시는 하노이와 협약을 맺었다.", ["울산시=Ulsan/KR", "하노이=Hanoi/VN"]),
        ("모스코바, 타쉬켄트에서 왔다.", ["모스코바=Moscow/RU", "타쉬켄트=Tashkent/UZ"]),
        # A city is not the province that shares its name.
        ("키이우주는 키이우시(市)를 둘러싼다.", ["키이우주=Kyiv Oblast/UA", "키이우시=Kyiv/UA"]),
        ("바르셀로나주 대표단", ["바르셀로나주=province"]),
        # Words that are places too: only with what makes a place of them.
        ("이 도시와 다시 정도를 위해 지난 나라", []),
        ("중국 위해와 일본 나라", ["위해=Weihai/CN", "나라=Nara/JP"]),
        ("예산군은 예산을 늘렸다.", ["예산군=Yesan County/KR"]),
        ("서안시장이 왔다.", ["서안시=Xi'an/CN"]),
        ("리마·보고타", ["리마=Lima/PE", "보고타=Bogota/CO"]),
        ("지난주 시장에서", []),
        ("파나마와 과테말라, 싱가포르", ["싱가포르=Singapore/SG"]),
        # The country or province before a name tells namesakes apart.
        ("경남 고성군, 강원 고성군",
         ["경남=South Gyeongsang Province/KR", "고성군=Goseong County/KR",
          "강원=Gangwon Province/KR", "고성군=Goseong County/KR"]),
        ("경기도 광주시", ["경기도=Gyeonggi Province/KR", "광주시=Gwangju/KR"]),
        ("중국이우시가", ["이우시=Yiwu/CN"]),
        ("서울역에서 인천공항까지", []),
        ("Mayor of Nice and the Mayor of Seoul", ["Nice=Nice/FR", "Seoul=Seoul/KR"]),
        ("Reading the Mobile report was Nice.", []),
        ("London, Canada, and London", ["London=London/CA", "London=London/GB"]),
        ("Kyiv Oblast met Kiev.", ["Kyiv Oblast=Kyiv Oblast/UA", "Kiev=Kyiv/UA"]),
        ("Odessa and Santa Cruz", ["Odessa=Odesa/UA", "Santa Cruz=Santa Cruz/PH"]),
        ("Mayor Eric Houston of Boston University", []),
        ("the City of St. Petersburg.", ["St. Petersburg=Saint Petersburg/RU"]),
        ("Jeju-do’s governor", ["Jeju-do=Jeju Province/KR"]),
    ],
)  # fmt: skip
def test_places_of_a_text(text: str, places: list[str]) -> None:
    assert named(text) == places


def test_a_province_before_tells_which_municipality() -> None:
    mentions = find_places("경남 고성군, 강원 고성군, 경기도 광주시")
    assert [m.place.within for m in mentions if m.place and m.place.within] == [
        "경상남도", "강원특별자치도", "경기도",
    ]  # fmt: skip


def test_the_municipalities_of_korea_are_all_there() -> None:
    places = {place for found in gazetteer().korean.values() for place in found}
    kinds = Counter(place.kind for place in places if place.country == "KR" and place.within)
    former = {"city": 3, "county": 4}  # such as 마산시, which documents still name
    assert kinds == {
        "city": 75 + 2 + former["city"],
        "county": 82 + former["county"],
        "district": 69,
    }
    for name in ("강남구", "Yangpyeong-gun", "Suwon", "전북특별자치도", "Chungnam", "세종시"):
        assert gazetteer().named(name), name


@pytest.mark.parametrize(
    ("pinyin", "korean"),
    [("Xi’an", "시안"), ("Jinan", "지난"), ("Zhengzhou", "정저우"), ("Qingdao", "칭다오"),
     ("Xuzhou", "쉬저우"), ("Lüliang", "뤼량"), ("Guangzhou", "광저우"), ("Paris", "")],
)  # fmt: skip
def test_chinese_names_are_written_by_the_rules(pinyin: str, korean: str) -> None:
    assert korean_of_pinyin(pinyin) == korean


@pytest.mark.parametrize(
    ("romaji", "korean"),
    [("Matsue", "마쓰에"), ("Kitakyūshū", "기타큐슈"), ("Sapporo", "삿포로"),
     ("Shimonoseki", "시모노세키"), ("Tsuchiura", "쓰치우라"),
     ("Hamamatsu", "하마마쓰"), ("Gunma", "군마"), ("London", "")],
)  # fmt: skip
def test_japanese_names_are_written_by_the_rules(romaji: str, korean: str) -> None:
    assert korean_of_romaji(romaji) == korean
