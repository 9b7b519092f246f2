"""Lists as people keep them: several examples of each kind, read and compared with the package."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from pathlib import Path

import networkx as nx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citypact.commands.import_report import print_tables
from citypact.ontology.errors import CitypactError, RecordError
from citypact.sources import PACKAGED
from citypact.sources.files.csv_tables import read_data
from citypact.sources.reading.written_dates import DAY_FIRST
from citypact.sources.twins.country_names import country_code
from citypact.sources.twins.edge_tables import ReadOptions, read_tables, unknown_countries
from citypact.sources.twins.exchanged_coordinates import exchanged_coordinates
from citypact.sources.twins.known_places import Entities, load_entities
from citypact.sources.twins.list_files import read_list
from citypact.sources.twins.model import ENDED, City, TwinLink, Twins
from citypact.sources.twins.output_tables import About, tables
from citypact.sources.twins.reconcile import Match, read_judgements, reconcile
from tests.soak import times


@pytest.fixture(scope="module")
def package() -> Entities:
    return load_entities(PACKAGED)


def read(folder: Path, text: str | bytes, name: str = "list.csv", **options: object) -> Twins:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_list([path], ReadOptions(**options))  # type: ignore[arg-type]


def decisions(twins: Twins, package: Entities) -> dict[str, Match]:
    return {match.city.id: match for match in reconcile(twins.cities.values(), package)}


def fields(twins: Twins) -> dict[str, str]:
    """How the columns of the first table were understood."""
    return {column.heading: column.field for column in twins.tables[0].columns}


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        # A. Names in their official or decorated form
        (City("a", "호치민시( Ho Chi Minh City )", country="베트남"), "ho-chi-minh-city"),
        (City("a", "텍사스주 휴스턴시( Houston City )", country="미국"), "houston"),
        (City("a", "부산광역시", country="대한민국"), "busan"),
        (City("a", "City of Warsaw", country="Poland"), "warsaw"),
        (City("a", "북경", country="중국"), "beijing"),
        (City("a", "Hanoi (하노이)", country="Vietnam"), "hanoi"),
        (City("a", "New York City", country="USA"), "new-york"),
        (City("a", "타슈켄트주( Tashkent Region )", country="우즈베키스탄"), "new"),
        (City("a", "캘리포니아주 피츠버그시( Pittsburg City )", country="미국"), "ambiguous"),
        (City("a", "Frankfurt (Oder)", country="Germany"), "ambiguous"),
        (City("a", "Khartoum State", country="Sudan"), "khartoum-state"),
        (City("a", "Busan Metropolitan City", country="Korea"), "busan"),
        (City("a", "Seoul Metropolitan Government", country="Republic of Korea"), "seoul"),
        (City("a", "부산광역시청", country="한국"), "busan"),
        (City("a", "Stadt Wien", country="Österreich"), "vienna"),
        (City("a", "Vienna (Wien)", country="Austria"), "vienna"),
        (City("a", "Ayuntamiento de Madrid", country="España"), "madrid"),
        (City("a", "Prefeitura Municipal de São Paulo", country="Brasil"), "sao-paulo"),
        (City("a", "Ankara Büyükşehir Belediyesi", country="Türkiye"), "ankara"),
        (City("a", "Guangzhou (Canton)", country="China"), "guangzhou"),
        (City("a", "Gyeonggi-do", country="Korea"), "gyeonggi"),
        (City("a", "Washington, D.C.", country="USA"), "washington-dc"),
        (City("a", "Seoul (Korea)", country="Korea"), "seoul"),
        (City("a", "北京市", country="中国"), "beijing"),
        (City("a", "臺北市", country="台灣"), "taipei"),
        (City("a", "香港", country="中国"), "hong-kong"),
        (City("a", "Hong Kong", country="China"), "hong-kong"),
        (City("a", "Cairo Governorate", country="Egypt"), "new"),
        (City("a", "베이징시 인민정부", country="중국"), "beijing"),
        (City("a", "도쿄도청", country="일본"), "tokyo"),
        (City("a", "방콕시(Bangkok Metropolitan Administration)", country="태국"), "bangkok"),
        (City("a", "Greater London Authority", country="United Kingdom"), "london"),
        (City("a", "City and County of San Francisco", country="USA"), "san-francisco"),
        (City("a", "Ciudad Autónoma de Buenos Aires", country="Argentina"), "buenos-aires"),
        (City("a", "Roma Capitale", country="Italia"), "rome"),
        (City("a", "TP. Hà Nội", country="Việt Nam"), "hanoi"),
        (City("a", "г. Москва", country="Россия"), "moscow"),
        # B. Korean names alone
        (City("a", korean="서울", country="대한민국"), "seoul"),
        # C. Names and codes of countries
        (City("a", "Seoul", country="Korea, Republic of"), "seoul"),
        (City("a", "Taipei", country="Taiwan, Province of China"), "taipei"),
        (City("a", "Paris", country="Frankreich"), "paris"),
        (City("a", "Tokyo", country="日本"), "tokyo"),
        (City("a", "Tehran", country="Iran (Islamic Republic of)"), "tehran"),
        (City("a", "Boston", country="the U.S.A."), "boston"),
        (City("a", "Tashkent", country="Soviet Union"), "tashkent"),
        (City("a", "Berlin", country="동독"), "berlin"),
        (City("a", "Москва", country="Россия"), "moscow"),
        (City("a", "Paris", country="République française"), "paris"),
        (City("a", "Boston", country="EE.UU."), "boston"),
        (City("a", "バンコク", country="タイ王国"), "bangkok"),
        (City("a", "Beijing", country="P.R. China"), "beijing"),
        (City("a", "도쿄", country="일본국"), "tokyo"),
        (City("a", "하노이", country="베트남 사회주의공화국"), "hanoi"),
        # Names in other languages, and in letters in which the package has no names
        (City("a", "東京", country="日本"), "tokyo"),
        (City("a", "Mexiko-Stadt", country="Mexiko"), "mexico-city"),
        (City("a", "Varsovie", country="Pologne"), "warsaw"),
        (City("a", "旭川", country="日本"), "unmatched"),
        (City("a", "Seoul", country="Koryo"), "ambiguous"),
        (City("a", "Brno", country="Czechoslovakia"), "new"),
        # G. Homonyms with coordinates
        (City("a", "Washington", country="US", latitude=38.9, longitude=-77.0), "washington-dc"),
        (City("a", "Portland", country="US", latitude=43.66, longitude=-70.26), "new"),
        (City("a", "Portland", country="US"), "ambiguous"),
        # R. Other identifiers
        (City("a", iso2="KR", identifiers=("iso3166-2:KR-11",)), "seoul"),
        (City("a", iso2="KR", identifiers=("iso3166-2:KR-26",)), "busan"),
        (City("a", "Two Rivers", iso2="FR", identifiers=("iso3166-2:FR-69M",)), "greater-lyon"),
        (City("a", "京畿", iso2="KR", identifiers=("iso3166-2:KR-41",)), "gyeonggi"),
    ],
)
def test_cities_are_found_by_the_names_that_people_write(
    package: Entities, city: City, expected: str
) -> None:
    (match,) = reconcile([city], package)
    assert (match.entity or match.decision) == expected, match.reason


@pytest.mark.parametrize(
    ("city", "korean", "english"),
    [
        (City("a", "강화군"), "강화군", ""),
        (City("a", korean="강화군"), "강화군", ""),
        (City("a", "얄로바시( Yalova City )"), "얄로바시", "Yalova City"),
        (City("a", korean="얄로바시(Yalova)"), "얄로바시", "Yalova"),
        (City("a", "Yalova (얄로바)"), "얄로바", "Yalova"),
        (City("a", "장시성(江西省) 의춘시"), "장시성(江西省) 의춘시", ""),
        (City("a", "얄로바 Yalova"), "얄로바 Yalova", ""),
        (City("a", "Yalova", "얄로바"), "얄로바", "Yalova"),
        (City("a", "Łódź"), "", "Łódź"),
    ],
)
def test_no_text_with_hangul_is_said_to_be_english(city: City, korean: str, english: str) -> None:
    twins = Twins("csv", {"a": city}, [], False)
    files = tables(twins, [Match(city, None, "new")], About("x"), {}, set())
    (row,) = csv.DictReader(io.StringIO(files["cities.csv"].decode()))
    assert (row["label.ko"], row["label.en"]) == (korean, english)


@pytest.mark.parametrize(
    ("city", "korean", "english", "other"),
    [
        (City("a", "横浜", country="Japan", iso2="JP"), "", "", "横浜@ja"),
        (City("a", "さいたま"), "", "", "さいたま@ja"),
        (City("a", "上海", iso2="CN"), "", "", "上海@zh"),
        (City("a", "上海"), "", "", "上海@und-Hani"),
        (City("a", "江陵", iso2="KR"), "", "", "江陵@und-Hani"),
        (City("a", "Казань", iso2="RU"), "", "", "Казань@ru"),
        (City("a", "Казань; столица", iso2="RU"), "", "", "Казань, столица@ru"),
        (City("a", "Варна", iso2="BG"), "", "", "Варна@bg"),
        (City("a", "Варна"), "", "", "Варна@und-Cyrl"),
        (City("a", "الإسكندرية", iso2="EG"), "", "", "الإسكندرية@ar"),
        (City("a", "横浜", "요코하마", iso2="JP"), "요코하마", "", "横浜@ja"),
        (City("a", "Yokohama (横浜)", iso2="JP"), "", "Yokohama", "横浜@ja"),
        (City("a", "Łódź", iso2="PL"), "", "Łódź", ""),
    ],
)
def test_only_names_in_latin_letters_are_said_to_be_english(
    city: City, korean: str, english: str, other: str
) -> None:
    twins = Twins("csv", {"a": city}, [], False)
    files = tables(twins, [Match(city, None, "new")], About("x"), {}, set())
    (row,) = csv.DictReader(io.StringIO(files["cities.csv"].decode()))
    assert (row["label.ko"], row["label.en"], row["label.other"]) == (korean, english, other)


def test_a_state_of_the_past_that_several_followed_is_no_country_of_the_graph(
    package: Entities,
) -> None:
    city = City("a", "Brno", country="Czechoslovakia")
    twins = Twins("csv", {"a": city}, [], False)
    files = tables(twins, reconcile([city], package), About("x"), {}, set())
    assert len(files["countries.csv"].splitlines()) == 1
    assert b"Czechoslovakia" in files["matches.csv"]


def test_coordinates_that_seem_to_be_exchanged_are_told(package: Entities, tmp_path: Path) -> None:
    text = (
        "city,country,lat1,lon1,partner,partner country\n"
        "Leuven,Belgium,4.70,50.88,x,Kenya\nGhent,Belgium,51.05,3.72,x,Kenya\n"
        "Yongin,South Korea,127.2,37.2,x,Kenya\nHilo,United States,19.7,-155.1,x,Kenya\n"
    )
    twins = read(tmp_path, text, skip_faulty=True)
    found = exchanged_coordinates(reconcile(twins.cities.values(), package), package)
    assert [doubt.line for doubt in found] == [2]
    assert [doubt.line for doubt in twins.doubts.found] == [4], "127.2 is no latitude at all"


def test_korean_names_alone_are_not_one_name(package: Entities, tmp_path: Path) -> None:
    twins = read(tmp_path, "도시,국가,상대도시,국가\n서울,한국,부산,한국\n대구,한국,수원,한국\n")
    found = decisions(twins, package)
    assert [found[name].entity for name in ("서울", "부산", "수원")] == ["seoul", "busan", "suwon"]
    assert found["대구"].decision == "new"


@pytest.mark.parametrize(
    ("country", "code", "name", "iso2"),
    [
        ("Kosovo", "NA", "Kosovo", ""), ("Namibia", "NA", "Namibia", "NA"), ("Namibia", "",
        "Namibia", ""),
        ("Japan", "n/a", "Japan", ""), ("Taiwan", "CN-TW", "Taiwan", ""), ("South Korea", "KOR",
        "South Korea", "KR"),
        ("", "UK", "", "GB"), ("", "EL", "", "GR"), ("Greece", "EL", "Greece", "GR"), ("KOR", "",
        "", "KR"),
    ],
)  # fmt: skip
def test_codes_and_names_of_countries(
    tmp_path: Path, country: str, code: str, name: str, iso2: str
) -> None:
    twins = read(
        tmp_path, f"source,source country,source country code,target\nx,{country},{code},y\n"
    )
    assert (twins.cities["x"].country, twins.cities["x"].iso2) == (name, iso2)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Republic of Turkey", "TR"), ("Socialist Republic of Vietnam", "VN"),
        ("D.P.R. Korea", "KP"), ("FYR Macedonia", "MK"), ("Hong Kong, China", "HK"),
        ("중국(홍콩)", "HK"), ("America, USA", "US"), ("카자흐", "KZ"), ("이태리", "IT"),
        ("フランス共和国", "FR"), ("モンゴル国", "MN"), ("大韓民国", "KR"), ("米国", "US"),
        ("Estados Unidos de América", "US"), ("République de Corée", "KR"),
        ("Republik Korea", "KR"), ("Russische Föderation", "RU"), ("Weißrussland", "BY"),
        ("Южная Корея", "KR"), ("Česko", "CZ"), ("Hàn Quốc", "KR"),
        # Nobody can say which of two
        ("콩고", ""), ("Japan, Korea", ""), ("People's Republic of Korea", ""),
    ],
)  # fmt: skip
def test_countries_in_official_and_short_forms_of_many_languages(name: str, code: str) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(("country", "code"), [("Japan", "KR"), ("France", "DEU"), ("", "ZZ")])
def test_codes_that_contradict_names_or_are_none_are_faults(
    tmp_path: Path, country: str, code: str
) -> None:
    text = f"source,source country,source country code,target\nx,{country},{code},y\n"
    with pytest.raises(RecordError, match=r"list\.csv:2: source country code: "):
        read(tmp_path, text)
    twins = read(tmp_path, text, skip_faulty=True)
    assert (twins.cities["x"].country, twins.cities["x"].iso2) == ("", "")
    assert unknown_countries(twins.cities) == []


def test_countries_that_are_not_understood_are_told_with_a_suggestion(tmp_path: Path) -> None:
    twins = read(tmp_path, "city,country,partner\nX,Germny,Y\nZ,Freedonia,Y\n")
    assert [(name, count) for name, count, _ in unknown_countries(twins.cities)] == [
        ("Freedonia", 1),
        ("Germny", 1),
    ]
    assert "Germany" in unknown_countries(twins.cities)[1][2]


@pytest.mark.parametrize(
    "text",
    [
        "source,target\nQ8684,Q62\n",
        "city 1,city 2\nhttps://www.wikidata.org/wiki/Q8684,http://www.wikidata.org/entity/Q62\n",
        "source,source_wikidata,target,target_wikidata\nSeoul,Q8684,Frisco,Q62\n",
        "source,target\nwd:Q8684,<http://www.wikidata.org/entity/Q62>\n",
        "도시,상대도시\n서울 (Q8684),샌프란시스코 [Q62]\n",
        "source,target\nhttps://www.wikidata.org/wiki/Q8684#P190,wikidata: Q62\n",
        "city,partner\nq8684,[[d:Q62]]\n",
        # Columns whose headings say nothing of it
        "도시,링크,상대도시,비고\n한성,https://www.wikidata.org/wiki/Q8684,상항,"
        "http://www.wikidata.org/entity/Q62\n",
        "source,target\nhttps://m.wikidata.org/wiki/Q8684,"
        "https://www.wikidata.org/wiki/Special:EntityPage/Q62\n",
    ],
)
def test_items_of_wikidata_are_identifiers_wherever_they_stand(
    package: Entities, tmp_path: Path, text: str
) -> None:
    found = decisions(read(tmp_path, text), package)
    assert {match.entity for match in found.values()} == {"seoul", "san-francisco"}


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("city1,city2", "source target"), ("City A,City B", "source target"), ("src,dst",
        "source target"),
        ("city,sister_city", "source target"), ("origin,destination,year", "source target start"),
        ("city,country,twin town,partner country,date",
        "source source.country target target.country start"),
        ("City,Country,City,Country", "source source.country target target.country"),
        ("Country,City,Country,Sister city", "source.country source target.country target"),
        ("cityName1,lat1,lng1,cityName2,lat2,lng2",
         "source source.latitude source.longitude target target.latitude target.longitude"),
        ("source_id,source_name,target_id,target_name", "source source.city target target.city"),
        ("자치단체,국 가,도시명,결연일자", "source target.country target start"),
        ("연번,지자체명,국가명,교류도시,협정일,종료일,비고",
         "unused source target.country target start end unused"),
        ("도시1,국가1,도시2,국가2", "source source.country target target.country"),
        ("自治体名,国名,姉妹都市名,提携年月日", "source target.country target start"),
        ("城市,国家,友好城市,国家,结好时间", "source source.country target target.country start"),
        ("Stadt,Land,Partnerstadt,Land,seit", "source source.country target target.country start"),
        ("Ville,Pays,Ville jumelée,Pays,Date de signature",
         "source source.country target target.country start"),
        ("city,cityLabel,cityCountry,twin,twinLabel,twinCountry",
         "source source.city source.country target target.city target.country"),
        ("item,itemLabel,sister,sisterLabel", "source source.city target target.city"),
        ("Commune,Pays,Commune partenaire,Pays partenaire",
         "source source.country target target.country"),
        ("No.,U.S. City,State,International City,Country,Year",
         "unused source source.region target target.country start"),
        ("시·군,국가명,교류 도시,체결 일자", "source target.country target start"),
        ("연번,우리 시·도,결연국가,결연도시,결연연도",
         "unused source target.country target start"),
        ("자매도시(국내),자매도시(국외),국가,체결 일시", "source target target.country start"),
        ("도시A,국가A,도시B,국가B", "source source.country target target.country"),
        ("日本側,海外側,国,提携日", "source target target.country start"),
        ("我国城市,外方城市,国别,签署时间", "source target target.country start"),
        ("縣市,締盟城市,國家,締盟日期", "source target target.country start"),
        ("Deutsche Stadt,Ausländische Stadt,Land,Gründungsjahr",
         "source target target.country start"),
        ("Ort,Partnerort,Land,Jahr der Unterzeichnung", "source target target.country start"),
        ("Ville française,Ville étrangère,Pays,Année de jumelage",
         "source target target.country start"),
        ("Ciudad española,Ciudad extranjera,País,Año de firma",
         "source target target.country start"),
        ("Local Authority,Twin Town,Country,Year Twinned", "source target target.country start"),
        ("Name of city,Name of partner city,Country of partner", "source target target.country"),
        ("Member 1,Member 2,Date of twinning", "source target start"),
        ("start_node,end_node,weight", "source target unused"),
        ("序号,本市,国际友城,所属国家,结好日期", "unused source target target.country start"),
        ("Stadt,Land,Partnerstadt,Partnerland", "source source.country target target.country"),
        ("Ciudad,País,Ciudad hermana,País,Fecha",
        "source source.country target target.country start"),
    ],
)  # fmt: skip
def test_headings_are_understood_in_seven_languages(
    tmp_path: Path, headings: str, expected: str
) -> None:
    cells = [f"{at}.5" if "l" in h and h[:3] in ("lat", "lng") else "" for at, h in
             enumerate(headings.split(","))]  # fmt: skip
    row = ",".join(
        cell or ("X" if name == "source" else "Y" if name == "target" else "")
        for cell, name in zip(cells, expected.split(), strict=True)
    )
    for above in ("", "Sister cities 2024\n", "자매도시 현황,,\n(2024. 12. 31. 기준),,\n\n"):
        twins = read(tmp_path, f"{above}{headings}\n{row}\n")
        assert [c.field for c in twins.tables[0].columns] == expected.split(), above
        assert twins.tables[0].line == above.count("\n") + 1
        assert [(link.source, link.target) for link in twins.links] == [("X", "Y")]


def test_a_korean_register_says_the_country_of_its_own_side(
    package: Entities, tmp_path: Path
) -> None:
    twins = read(
        tmp_path, "자치단체,국가,도시명\n서울특별시,미국,보스턴\n부산,스페인,바르셀로나\n합계,,\n"
    )
    found = decisions(twins, package)
    assert {match.entity for match in found.values()} == {"seoul", "boston", "busan", "barcelona"}
    assert [doubt.line for doubt in twins.doubts.found] == [4]


@pytest.mark.parametrize(
    "text",
    [
        "자매도시 현황,,,\n국내,해외,,체결일\n도시,국가,도시,\n서울,미국,보스턴,1990\n",
        "현황,,,,\n국내,,해외,,결연일\n시도,도시,국가,도시,\n서울,본청,미국,보스턴,1990\n",
        "연번,우리 시,상대 지역,,체결 내용\n연번,우리 시,국가,도시,일자\n1,서울,미국,보스턴,1990\n",
        "Home,,Partner,,\nCity,Country,City,Country,Date\nSeoul,Korea,Boston,USA,1990\n",
        "日本側,,海外側,,\n都市,国,都市,国,提携日\nソウル,韓国,ボストン,米国,1990\n",
    ],
)
def test_headings_may_stand_in_two_rows(package: Entities, tmp_path: Path, text: str) -> None:
    twins = read(tmp_path, text)
    assert [link.start for link in twins.links] == ["1990"]
    assert {match.entity for match in decisions(twins, package).values()} <= {"seoul", "boston"}
    assert "boston" in {match.entity for match in decisions(twins, package).values()}


@pytest.mark.parametrize("total", ["합계", "소계", "Total", "合計", "Gesamt"])
def test_rows_of_totals_and_notes_are_no_links(tmp_path: Path, total: str) -> None:
    text = f"도시,상대도시,결연일\n부산,시카고,2007\n{total},1개,1\n{total},,2\n※ 자료: 부산시\n"
    twins = read(tmp_path, text)
    assert len(twins.links) == 1
    assert [doubt.is_fault for doubt in twins.doubts.found] == [False] * 3


def test_headings_of_which_none_is_the_partner_are_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(CitypactError, match="has no column for target"):
        read(tmp_path, "序号,地方,属于\n1,首尔,韩国\n2,东京,日本\n", partners_of="北京")


def test_codes_of_subdivisions_are_no_codes_of_the_second_country(
    package: Entities, tmp_path: Path
) -> None:
    twins = read(tmp_path, "city,ISO 3166-2,partner,ISO 3166-2\nX,KR-11,Y,KR-26\n")
    assert {match.entity for match in decisions(twins, package).values()} == {"seoul", "busan"}


@pytest.mark.parametrize(
    "mark",
    [
        "정보없음",
        "확인 불가",
        "n/d",
        "not available",
        "???",
        "未詳",
        "nan",
        "NULL",
        "<NA>",
        "(없음)",
        "なし",
        "*",
        "unbekannt",
        "nil",
    ],
)
def test_marks_for_missing_are_no_countries_and_no_dates(tmp_path: Path, mark: str) -> None:
    twins = read(tmp_path, f"source,source country,target,start\nA,{mark},B,{mark}\n")
    assert twins.cities["A"].country == ""
    assert [link.start for link in twins.links] == [""]


@pytest.mark.parametrize(
    ("column", "text", "end"),
    [
        ("종료일", "종료(미상)", ENDED), ("종료일", "폐지", ENDED), ("종료일", "현재", ""),
        ("end", "present", ""), ("terminated", "no", ""), ("ended", "yes", ENDED),
        ("status", "Terminated in 2015", "2015"), ("status", "ended (2010)", "2010"),
        ("상태", "현행", ""), ("상태", "해지", ENDED), ("Stand", "aufgelöst", ENDED),
        ("상태", "2015.12.31. 종료", "2015-12-31"), ("상태", "협정 해지('19.5.)", "2019-05"),
        ("상태", "해지(2019. 5.)", "2019-05"), ("상태", "교류중단", ENDED), ("상태", "유효", ""),
        ("状態", "終了(2010年)", "2010"), ("status", "rescinded in 2022", "2022"),
        ("상태", "중단(2010~2012)", ENDED), ("Status", "ausgelaufen", ENDED),
    ],
)  # fmt: skip
def test_ends_in_words(tmp_path: Path, column: str, text: str, end: str) -> None:
    twins = read(tmp_path, f"source,target,{column}\nA,B,{text}\n")
    assert [link.end for link in twins.links] == [end]
    assert twins.doubts.found == []


@pytest.mark.parametrize(
    ("column", "text", "dates"),
    [
        ("기간", "1999.5.1~2014.5.1", ("1999-05-01", "2014-05-01")),
        ("결연기간", "1999년 5월 ~ 현재", ("1999-05", "")),
        ("period", "1999–2014", ("1999", "2014")), ("Zeitraum", "1999-2014", ("1999", "2014")),
        ("years", "May 1999 to 2014", ("1999-05", "2014")), ("期間", "～2014年", ("", "2014")),
        ("결연일", "1988.9.3.~현재", ("1988-09-03", "")),
        ("start", "1988-09-03", ("1988-09-03", "")), ("start", "2010 - 10", ("2010-10", "")),
        ("start", "1988 - 09 - 03", ("1988-09-03", "")),
        ("start", "2010.10.21 ~", ("2010-10-21", "")),
    ],
)  # fmt: skip
def test_one_cell_may_hold_beginning_and_end(
    tmp_path: Path, column: str, text: str, dates: tuple[str, str]
) -> None:
    twins = read(tmp_path, f"도시,상대도시,{column}\nA,B,{text}\n")
    assert [(link.start, link.end) for link in twins.links] == [dates]


def test_an_interval_and_another_end_are_told(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="holds two dates, or an interval"):
        read(tmp_path, "source,target,start,end\nA,B,1999-2014,2010\n")


def test_a_register_of_provinces_and_their_municipalities(
    package: Entities, tmp_path: Path
) -> None:
    rows = (
        "서울,본청,일본,도쿄\n경기,수원시,독일,베를린\n"
        "강원,고성군,중국,상하이\n경남,고성군,중국,베이징\n"
    )
    twins = read(tmp_path, "시도,시군구,국가,교류도시\n" + rows)
    found = decisions(twins, package)
    assert (found["서울"].entity, found["수원시"].entity) == ("seoul", "suwon")
    assert {"고성군, 강원", "고성군, 경남"} <= found.keys()


def test_a_list_of_one_country_is_told_so(package: Entities, tmp_path: Path) -> None:
    text = "U.S. City,International City,Country\nHouston,Seoul,Korea\n"
    found = decisions(read(tmp_path, text, country="United States"), package)
    assert {match.entity for match in found.values()} == {"houston", "seoul"}


def test_columns_that_are_not_understood_are_named_with_the_nearest(tmp_path: Path) -> None:
    twins = read(tmp_path, "source,target,targetcountrey,mayor\nX,Y,Japan,Z\n")
    assert fields(twins) == {
        "source": "source",
        "target": "target",
        "targetcountrey": "",
        "mayor": "",
    }
    corrected = read(
        tmp_path, "von,nach,mayor\nX,Y,Japan\n",
        maps={"von": "source", "nach": "target", "#3": "target.country"},
    )  # fmt: skip
    assert corrected.cities["Y"].country == "Japan"
    with pytest.raises(CitypactError, match="--map 'COLUMN=source'"):
        read(tmp_path, "von,nach\nX,Y\n")
    one_sided = read(tmp_path, "국가,도시,체결일\n일본,도쿄,1988.9.3.\n", partners_of="서울")
    assert one_sided.links == [TwinLink("도쿄", "서울", "1988-09-03")]


def test_a_table_with_thousands_of_columns_is_read_and_shown_in_brief(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heads = ",".join(f"c{at}" for at in range(20_000))
    twins = read(tmp_path, f"source,{heads},target\nX{',' * 20_000},Y\nX{',' * 20_000},Z\n")
    assert len(twins.links) == 2
    assert sum(bool(column.near) for column in twins.tables[0].columns) <= 200
    print_tables(twins.tables)
    shown = capsys.readouterr().out
    assert len(shown.splitlines()) < 80
    assert re.search("19,?940", shown)
    assert re.search(r"^ +target ", shown, re.MULTILINE)


@pytest.mark.parametrize(
    "rows",
    [
        "Toledo,,Toledo,\nSeoul,,Tokyo,\n",
        "Vancouver,Canada,Vancouver,Canada\nSeoul,,Tokyo,\n",
    ],
)
def test_namesakes_that_cannot_be_told_apart_are_told_by_line(tmp_path: Path, rows: str) -> None:
    twins = read(tmp_path, "source,source country,target,target country\n" + rows)
    assert len(twins.links) == 1
    (doubt,) = twins.doubts.found
    assert (doubt.line, doubt.is_fault) == (2, False)
    assert rows.split(",")[0] in doubt.reason


def test_several_partners_in_one_cell_are_several_links(tmp_path: Path) -> None:
    twins = read(tmp_path, 'id,name,country,partners\n1,Seoul,Korea,"Tokyo; Paris\nRome"\n')
    assert {(link.source, link.target) for link in twins.links} == {
        ("Paris", "Seoul"), ("Rome", "Seoul"), ("Seoul", "Tokyo"),
    }  # fmt: skip


def test_brackets_on_a_line_of_their_own_belong_to_the_name_above(
    package: Entities, tmp_path: Path
) -> None:
    text = '도시,상대도시,국가\n부산,"하노이시\n(Hanoi City)",베트남\n'
    text += '부산,"도쿄\n(東京)\n요코하마",일본\n'
    found = decisions(read(tmp_path, text), package)
    assert len(found) == 4
    assert {"hanoi", "tokyo", "yokohama"} <= {match.entity for match in found.values()}


def test_namesakes_with_countries_are_two_cities(tmp_path: Path) -> None:
    rows = "Manchester,United Kingdom,Manchester,United States\nToledo,Spain,Toledo,USA\n"
    twins = read(tmp_path, "source,source country,target,target country\n" + rows)
    assert len(twins.links) == 2
    assert "Toledo, USA" in twins.cities


def test_all_doubts_are_told_at_once_and_the_rest_can_be_taken(tmp_path: Path) -> None:
    text = (
        "source,target,start,target population,target lat,target lon\n"
        "A,B,1976,411.5,0,0\nA,C,19x6,about 14 million,91,0\nA,,1980,,,\nA,D,03/04/1990,,,\n"
        "A,E,1990,\"9,411,000\",1,\nA,F,n.d.,13 960 000,,\n"
    )  # fmt: skip
    with pytest.raises(RecordError) as caught:
        read(tmp_path, text)
    lines = {problem.line for problem in caught.value.problems}
    assert lines == {2, 3, 4, 5, 6, 7}
    assert all(problem.cure for problem in caught.value.problems if "population" in problem.field)
    twins = read(tmp_path, text, skip_faulty=True, date_order=DAY_FIRST)
    assert {link.target: link.start for link in twins.links} == {
        "B": "1976", "C": "", "D": "1990-04-03", "E": "1990", "F": "",
    }  # fmt: skip
    assert (twins.cities["E"].population, twins.cities["F"].population) == (9_411_000, 13_960_000)
    assert twins.cities["B"].place is None


def test_a_column_shows_the_order_of_day_and_month(tmp_path: Path) -> None:
    twins = read(tmp_path, "source,target,start\nA,B,03/04/1990\nA,C,25/12/1991\n")
    assert [link.start for link in twins.links] == ["1990-04-03", "1991-12-25"]
    with pytest.raises(RecordError, match="--day-first or --month-first"):
        read(tmp_path, "source,target,start\nA,B,03/04/1990\nA,C,25/12/1991\nA,D,12/25/1991\n")


@pytest.mark.parametrize("is_1904", [False, True])
def test_numbers_of_days_in_a_workbook_are_dates(tmp_path: Path, is_1904: bool) -> None:
    """A column that lost its format, in a workbook that counts from 1900 or from 1904."""
    from datetime import date

    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.Workbook()
    if is_1904:
        book.epoch = CALENDAR_MAC_1904
    page = book.active
    assert page is not None
    days = (date(1976, 5, 18) - book.epoch.date()).days
    for row in (["도시", "상대도시", "결연일"], ["가", "나", days], ["가", "다", date(1990, 5, 1)]):
        page.append(row)
    book.save(tmp_path / "book.xlsx")
    twins = read(tmp_path, (tmp_path / "book.xlsx").read_bytes(), "list.xlsx")
    assert {link.target: link.start for link in twins.links} == {
        "나": "1976-05-18", "다": "1990-05-01",
    }  # fmt: skip
    with pytest.raises(RecordError, match="format the column as dates"):
        read(tmp_path, f"도시,상대도시,결연일\n가,나,{days}\n")


def test_zeros_are_dates_that_nobody_knows(tmp_path: Path) -> None:
    twins = read(tmp_path, "source,target,start\nA,B,0000-00-00\nA,C,0\nA,D,00.00.0000\n")
    assert {link.start for link in twins.links} == {""}
    assert len(twins.doubts.found) == 3


def test_many_faults_of_a_kind_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"A,B{number},x{number}\n" for number in range(500))
    with pytest.raises(RecordError) as caught:
        read(tmp_path, "source,target,start\n" + rows)
    assert len(caught.value.problems) == 21
    assert "480 more of this kind" in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # U. One pact, dated to the year and to the day; one date on each side
        ("a,b,1988,\nb,a,1988-09-03,", [("1988-09-03", "", ("1988",))]),
        ("a,b,1980,\nb,a,,1999", [("1980", "1999", ())]),
        ("a,b,198X,\na,b,1988-09,\nb,a,1988-09-03,", [("1988-09-03", "", ("1988-09", "198X"))]),
        ("a,b,1988,\na,b,1990-05,", [("1988", "", ()), ("1990-05", "", ())]),
        ("a,b,1990,\na,b,,1985", [("", "1985", ()), ("1990", "", ())]),
        # N. Ended, nobody knows when
        ("a,b,1980,unknown", [("1980", ENDED, ())]),
        ("a,b,1980,미상", [("1980", ENDED, ())]),
        ("a,b,1980,-", [("1980", "", ())]),
        ("a,b,1980,1999\nb,a,1980,unknown", [("1980", "1999", ())]),
    ],
)
def test_dates_of_one_pair_that_agree_are_one_tie(
    tmp_path: Path, rows: str, expected: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    twins = read(tmp_path, f"source,target,start,end\n{rows}\n")
    assert [(link.start, link.end, link.also_start) for link in twins.links] == expected


def test_a_column_for_the_kind_of_a_tie(tmp_path: Path) -> None:
    rows = "가,나,자매\n가,다,우호교류\n가,라,국외\n나,가,\n"
    twins = read(tmp_path, f"도시,상대도시,결연구분\n{rows}")
    kinds = {link.target: link.kind for link in twins.links}
    assert kinds == {"나": "sister-city", "다": "friendship-city", "라": ""}
    assert fields(read(tmp_path, "구분,도시,상대도시\n국외,가,나\n"))["구분"] == "unused"


def test_a_column_for_the_state_of_a_tie(tmp_path: Path) -> None:
    twins = read(tmp_path, "도시,상대도시,상태\n가,나,종료\n가,다,유지\n가,라,보류\n")
    assert {link.target: link.end for link in twins.links} == {"나": ENDED, "다": "", "라": ""}
    assert [doubt.line for doubt in twins.doubts.found] == [4]


WIKIDATA = "http://www.wikidata.org/entity/"


def test_answers_tell_of_ends_that_nobody_knows_and_of_impossible_dates(tmp_path: Path) -> None:
    def row(other: str, **values: str) -> dict[str, dict[str, str]]:
        texts = {"item": f"{WIKIDATA}Q8684", "other": f"{WIKIDATA}{other}", **values}
        return {key: {"value": value} for key, value in texts.items()}

    rows = [
        row("Q649", end=f"{WIKIDATA}.well-known/genid/1"),
        row("Q90", endQualifier="_:t1"),
        row("Q84", start="2022-01-05T00:00:00Z", end="1991-07-03T00:00:00Z", statement="s/Q8684-x"),
        row("Q65", redirect=f"{WIKIDATA}Q60"),
    ]
    text = json.dumps({"head": {}, "results": {"bindings": rows}})
    twins = read(tmp_path, text, "answer.json")
    ends = {link.target: (link.start, link.end) for link in twins.links}
    assert ends == {"Q649": ("", ENDED), "Q90": ("", ENDED), "Q84": ("", ""), "Q60": ("", "")}
    assert {doubt.file for doubt in twins.doubts.found} == {"Q8684-x", "Q65"}


@pytest.mark.parametrize(
    ("start", "end", "is_told"),
    [
        # O. Two ways to read, one measure
        ("2001-03-02", "2000-12-31", True),
        ("1999-05-03", "1999-05-02", True),
        ("1999-05-02", "1999-05-03", False),
    ],
)
def test_an_end_before_the_beginning_is_told_of_tables_and_answers(
    tmp_path: Path, start: str, end: str, is_told: bool
) -> None:
    row = {"item": f"{WIKIDATA}Q8684", "other": f"{WIKIDATA}Q90", "statement": "s/Q8684-y"}
    row |= {"start": f"{start}T00:00:00Z", "end": f"{end}T00:00:00Z"}
    bindings = [{key: {"value": value} for key, value in row.items()}]
    answer = read(tmp_path, json.dumps({"head": {}, "results": {"bindings": bindings}}), "a.json")
    text = f"source,target,start,end\na,b,{start},{end}\n"
    listed = read(tmp_path, text, skip_faulty=True)
    for twins in (answer, listed):
        assert bool(twins.doubts.found) == is_told
        assert [(link.start, link.end) for link in twins.links] == (
            [("", "")] if is_told else [(start, end)]
        )


@pytest.mark.parametrize(
    ("fact", "column", "text", "is_told"),
    [
        ("coordinates", "coordinates", "Point(0 0)", True),
        ("coordinates", "coordinates", "Point(127 37)", False),
        ("population", "population", "0", True),
        ("population", "population", "411.5", True),
        ("start", "start", "2988-09-03", True),
        ("start", "start", "0088", True),
    ],
)
def test_tables_and_answers_take_the_same_values(
    tmp_path: Path, fact: str, column: str, text: str, is_told: bool
) -> None:
    row = {"item": f"{WIKIDATA}Q8684", "other": f"{WIKIDATA}Q90", fact: text}
    if fact == "start":
        row[fact] = f"{text}-01-01"[:10] + "T00:00:00Z"
    bindings = [{key: {"value": value} for key, value in row.items()}]
    answer = read(tmp_path, json.dumps({"head": {}, "results": {"bindings": bindings}}), "a.json")
    name = column if column == "start" else f"source {column}"
    listed = read(tmp_path, f"source\ttarget\t{name}\nQ8684\tQ90\t{text}\n", skip_faulty=True)
    for twins in (answer, listed):
        city = twins.cities["Q8684"]
        value = city.place or city.population or twins.links[0].start
        assert bool(value) != is_told
    assert bool(listed.doubts.found) == is_told


def workbook(path: Path, password: bool = False) -> bytes:
    """A workbook as an office keeps it: titles, merged cells, dates, a hidden sheet, formulas."""
    import datetime

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "현황"
    for row in (
        ["자매도시 현황"], [], ["자치단체", "국가", "도시명", "결연일자", "비고"],
        ["서울특별시", "미국", "보스턴", datetime.datetime(1990, 5, 1), None],
        [None, "스페인", "바르셀로나", 1983, None],
        ["부산광역시", "일본", "도쿄", "1988. 9. 3.", None],
    ):  # fmt: skip
        page.append(row)
    page["E4"] = "=1+1"
    page.merge_cells("A1:E1")
    page.merge_cells("A4:A5")
    hidden = book.create_sheet("old")
    hidden.append(["source", "target"])
    hidden.append(["X", "Y"])
    hidden.sheet_state = "hidden"
    book.create_sheet("notes").append(["nothing"])
    book.save(path)
    return path.read_bytes()


def with_part(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """A workbook with a part in which something else is written."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(file, "w") as after:
        for each in before.namelist():
            part = before.read(each)
            assert each != name or old in part
            if each == name:
                part = part.replace(old, new)
            after.writestr(each, part, zipfile.ZIP_DEFLATED)
    return file.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b'r="A6"', b'r="XFD1048576"', r"A1:XFD1048576"),
        (b'ref="A4:A5"', b'ref="A4:XFD1048576"', r"A4:XFD1048576"),
        (b"</sheetData>", b" " * 100_000_000 + b"</sheetData>", "when unpacked"),
    ],
    ids=["a cell far away", "a merged area without end", "a bomb"],
)
def test_a_workbook_that_would_take_all_memory_is_refused(
    old: bytes, new: bytes, says: str, tmp_path: Path
) -> None:
    data = with_part(workbook(tmp_path / "x.xlsx"), "xl/worksheets/sheet1.xml", old, new)
    (tmp_path / "list.xlsx").write_bytes(data)
    with pytest.raises(CitypactError, match=says) as caught:
        read_tables([tmp_path / "list.xlsx"])
    assert "list.xlsx" in str(caught.value)
    assert "-> " in str(caught.value)


def test_a_workbook_is_read_as_its_reader_sees_it(package: Entities, tmp_path: Path) -> None:
    twins = read(tmp_path, workbook(tmp_path / "book.xlsx"), "list.txt")
    found = decisions(twins, package)
    ends = {(found[k.source].entity, found[k.target].entity): k.start for k in twins.links}
    assert {frozenset(pair): start for pair, start in ends.items()} == {
        frozenset(("seoul", "boston")): "1990-05-01",
        frozenset(("seoul", "barcelona")): "1983",
        frozenset(("busan", "tokyo")): "1988-09-03",
    }
    remarks = " ".join(twins.tables[0].remarks)
    for word in (
        "1 merged cell was filled",
        "hidden sheets are skipped: old",
        "skipped: notes",
        "E4",
    ):
        assert word in remarks


@pytest.mark.parametrize("kind", [b"S", b"sharedString", b""])
def test_a_cell_of_a_type_that_excel_has_not_is_refused(kind: bytes, tmp_path: Path) -> None:
    """What it holds is the place of a word in a table, or nobody knows what: never a number."""
    data = with_part(
        workbook(tmp_path / "x.xlsx"), "xl/worksheets/sheet1.xml",
        b'<c r="D5" t="n"', b'<c r="D5" t="%s"' % kind,
    )  # fmt: skip
    (tmp_path / "list.xlsx").write_bytes(data)
    with pytest.raises(CitypactError, match=r"list\.xlsx\[현황\]: cell D5 has the unknown type"):
        read_tables([tmp_path / "list.xlsx"])


def test_errors_of_a_workbook_are_no_names(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["city", "partner city", "year"], ["Seoul", "Boston", "#REF!"], ["Seoul", "#N/A"]):
        page.append(row)
    book.save(tmp_path / "list.xlsx")
    twins = read(tmp_path, (tmp_path / "list.xlsx").read_bytes(), "list.xlsx", skip_faulty=True)
    assert {city.name for city in twins.cities.values()} == {"Seoul", "Boston"}
    remarks = " ".join(twins.tables[0].remarks)
    assert "are empty: C2 ('#REF!'), B3 ('#N/A')" in remarks


# K. Encodings: read where the text is sure, refused without naming a wrong one

IN_ENCODINGS = {
    "cp949": "도시,상대도시\n서울특별시,도쿄\n부산광역시,상하이\n인천광역시,필라델피아\n",
    "cp932": "都市,姉妹都市\n横浜市,サンディエゴ\n札幌市,ポートランド\n大阪市,サンフランシスコ\n",
    "gb18030": "城市,友好城市\n北京市,首尔\n上海市,釜山\n广州市,光州\n",
    "big5": "城市,姊妹市\n臺北市,洛杉磯\n高雄市,釜山\n",
    "cp1252": "ville,ville jumelée\nOrléans,Münster\nSaint-Étienne,Coventry\n",
    "cp1250": "city,partner city\nŁódź,Tel Awiw\nGdańsk,Brema\nWrocław,Drezno\n",
    "cp1251": "city,partner city\nМосква,Берлин\nКазань,Урумчи\n",
    "cp1254": "city,partner city\nİstanbul,Şanghay\nEskişehir,Çangvon\n",
    "euc_jp": "都市,姉妹都市\n横浜市,サンディエゴ\n札幌市,ポートランド\n",
    "koi8_r": "city,partner city\nМосква,Берлин\nКазань,Урумчи\n",
    "utf-16": "도시,상대도시\n서울,도쿄\n",
}


@pytest.mark.parametrize("encoding", IN_ENCODINGS)
def test_no_encoding_is_guessed_that_corrupts(tmp_path: Path, encoding: str) -> None:
    text = IN_ENCODINGS[encoding]
    names = {cell for line in text.splitlines()[1:] for cell in line.split(",")}
    try:
        twins = read(tmp_path, text.encode(encoding))
    except CitypactError as error:
        assert "UTF-8" in str(error)
        assert "iconv" not in str(error)
        assert not re.search(r"(?i)cp\d{3,}|latin", str(error))
    else:
        assert {city.name for city in twins.cities.values()} == names
    named = read(tmp_path, text.encode(encoding), encoding=encoding)
    assert {city.name for city in named.cities.values()} == names


PAIRS = {frozenset(("Seoul", "Tokyo")), frozenset(("Seoul", "Paris"))}


def network(kind: str) -> bytes:
    graph = nx.Graph()
    for key, name in (("n0", "Seoul"), ("n1", "Tokyo"), ("n2", "Paris")):
        graph.add_node(key, label=name)
    graph.add_edges_from([("n0", "n1"), ("n0", "n2")])
    buffer = io.BytesIO()
    (nx.write_graphml if kind == "graphml" else nx.write_gexf)(graph, buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        "source\ttarget\nSeoul\tTokyo\nSeoul\tParis\n".encode("utf-16"),
        b"source|target\nSeoul|Tokyo\nSeoul|Paris\n",
        b'[{"city": "Seoul", "partner": "Tokyo"}, {"city": "Seoul", "partner": "Paris"}]',
        b'{"data": [{"city": {"name": "Seoul"}, "sister_city": {"name": "Tokyo"}},'
        b' {"city": {"name": "Seoul"}, "sister_city": {"name": "Paris"}}]}',
        b'[{"city": "Seoul", "country": "South Korea", "twins": ["Tokyo", {"city": "Paris"}]}]',
        b'{"Seoul": ["Tokyo", "Paris"]}',
        b'{"city": "Seoul", "partner": "Tokyo"}\n{"city": "Seoul", "partner": "Paris"}\n',
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null,'
        b' "properties": {"city": "Seoul", "partner": "Tokyo"}}, {"type": "Feature",'
        b' "properties": {"city": "Seoul", "partner": "Paris"}}]}',
        b"| City | Partner city |\n|---|---|\n| Seoul | Tokyo |\n| Seoul | Paris |\n",
        b"sep=;\nsource;target\nSeoul;Tokyo\nSeoul;Paris\n",
        b'{"nodes": [{"id": "a", "name": "Seoul"}, {"id": "b", "name": "Tokyo"},'
        b' {"id": "c", "name": "Paris"}],'
        b' "links": [{"source": "a", "target": "b"}, {"source": "a", "target": "c"}]}',
        network("graphml"),
        network("gexf"),
    ],
)
def test_other_files_hold_the_same_list(tmp_path: Path, data: bytes) -> None:
    twins = read(tmp_path, data)
    names = {city.id: city.name for city in twins.cities.values()}
    assert {frozenset((names[k.source], names[k.target])) for k in twins.links} == PAIRS


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "old Excel"),
        (b"%PDF-1.7", "a file of PDF"),
        (bytes(range(256)) * 4, "neither a text nor a workbook"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"<html><body>x</body></html>", "a file of HTML"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><graphml/>', "a file of XML"),
        (b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph>', "not complete GraphML"),
        (b'{"a": 1}', "no list of records"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"a": [', "is not JSON"),
        (b'{"a": 1}\n\n{"a": }\n', ":3: is not JSON"),
        (b"source,target\n" + b"x" * 2_000_000 + b",y\n", "is not CSV"),
        (b"id,name\na,Seoul\n", "has cities and no links"),
        (b"source,target\na,b\0\n", "NUL"),
    ],
)
def test_files_that_hold_no_list_are_told_what_they_are(
    tmp_path: Path, data: bytes, words: str
) -> None:
    with pytest.raises(CitypactError, match="\n    -> ") as caught:
        read(tmp_path, data)
    assert words in str(caught.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=times(120))
@given(
    st.one_of(
        st.binary(max_size=60),
        st.builds(
            lambda rows: ("source,target,country,start,lat,lon\n" + rows).encode(),
            st.text('aQ8서울,"\n\r.-/(){}[]19년0', max_size=60),
        ),
        st.recursive(
            st.none() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["city", "target", "x", "id"]), inner, max_size=3)
            ),
        ).map(lambda body: json.dumps(body).encode()),
    )
)
def test_any_file_is_a_list_or_a_fault_with_a_cure(tmp_path: Path, data: bytes) -> None:
    try:
        twins = read(tmp_path, data, skip_faulty=True)
    except CitypactError as error:
        assert str(error)
    else:
        ends = {end for link in twins.links for end in (link.source, link.target)}
        assert ends <= twins.cities.keys()


@pytest.mark.parametrize(
    ("heads", "order"),
    [
        (["연번", "자치단체", "국가", "교류도시", "결연일자"], (0, 1, 2, 3, 4)),
        # The date and the partner before the country, and the own side last.
        (["결연일자", "해외자치단체", "소재국", "연번", "국내자치단체"], (4, 3, 2, 0, 1)),
    ],
)
def test_nine_in_ten_of_a_national_register_are_found(
    package: Entities, tmp_path: Path, heads: list[str], order: tuple[int, ...]
) -> None:
    """A register in Korean with Latin names in brackets, of the cities that the package has."""
    korean = {slug: max((n for n in e.names if "가" <= n[0] <= "힣"), key=lambda n: (-len(n), n))
              for slug, e in package.countries.items()
              if any("가" <= n[0] <= "힣" for n in e.names)}  # fmt: skip
    rows = [["자매도시 현황"], heads]
    expected = {}
    for at, row in enumerate(read_data(PACKAGED / "registers" / "cities.csv")):
        name, latin = row["label.ko"], row["label.en"]
        form = (f"{name}시( {latin} City )", f"{name}({latin})", f"{name}시({latin})")[at % 3]
        date = f"{1970 + at % 50}.5.{at % 28 + 1}."
        cells = [str(at + 1), "경기도", korean[row["country"]], form, date]
        rows.append([cells[place] for place in order])
        expected[form] = row["id"]
    buffer = io.StringIO()
    csv.writer(buffer).writerows([row + [""] * (5 - len(row)) for row in rows])
    twins = read(tmp_path, buffer.getvalue().encode("cp949", "replace"), encoding="cp949")
    found = decisions(twins, package)
    outcomes = Counter(
        "right" if match.entity == expected.get(key) else match.entity or match.decision
        for key, match in found.items()
        if key != "경기도"
    )
    assert len(expected) > 170
    assert outcomes["right"] >= 0.9 * len(expected), outcomes
    wrong = {match.entity for key, match in found.items() if match.entity} - set(expected.values())
    assert wrong <= {"gyeonggi"}


def test_judgements_are_made_in_matches_csv_as_a_spreadsheet_saves_it(tmp_path: Path) -> None:
    heads = ["source_id", "name", "entity", "decision", "judgement", "judgement_reason"]
    rows = [heads, ["a", "서울", "", "ambiguous", "seoul", "주소가 같음"],
            ["b", "부산", "busan", "matched", "", ""], ["c", "x", "", "new", "none",
            ""]]  # fmt: skip
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "matches.xlsx")
    for name, separator, encoding in (
        ("utf8.csv", ",", "utf-8-sig"), ("korean.csv", ",", "cp949"), ("semicolons.csv", ";",
        "utf-8"),
        ("matches.xlsx", "", ""),
    ):  # fmt: skip
        path = tmp_path / name
        if separator:
            path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
        found = read_judgements(path)
        assert {key: (j.entity, j.reason) for key, j in found.items()} == {
            "a": ("seoul", "주소가 같음"), "c": ("none", "in matches.csv"),
        }  # fmt: skip


# J. Numbers and coordinates as people write them


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("9,411,000", "12,345"), (9_411_000, 12_345)),
        (("9.411.000", "12.345"), (9_411_000, 12_345)),
        (("9 411 000", "12\u202f345"), (9_411_000, 12_345)),
        (("941만 1천명", "94만"), (9_411_000, 940_000)),
        (("1億2千万人", "12万"), (120_000_000, 120_000)),
        (("3,400천명", "1,234만"), (3_400_000, 12_340_000)),
        (("9.4 million", "약 1,234,567명(2023년)"), (9_400_000, 1_234_567)),
        (("３５０，０００", "350000.0"), (350_000, 350_000)),
        (("~12000", "ca. 4000 Einwohner"), (12_000, 4_000)),
        # Nothing is known
        (("0", "-99"), (None, None)),
        # An average, and two signs in one column of which one may part decimals
        (("411.5", "1.234"), (None, None)),
        (("1,234,567", "12.345"), (1_234_567, None)),
    ],
)
def test_numbers_of_people_in_the_forms_of_many_countries(
    tmp_path: Path, texts: tuple[str, str], expected: tuple[int | None, ...]
) -> None:
    rows = "".join(f"X{at}\t{text}\tY\n" for at, text in enumerate(texts))
    twins = read(tmp_path, f"source\tsource population\ttarget\n{rows}")
    assert tuple(twins.cities[f"X{at}"].population for at in (0, 1)) == expected
    assert not twins.doubts.faults
    # What is left empty, or only about so many, is told.
    about = sum(text[0] in "~약c" for text in texts)
    assert len(twins.doubts.found) == expected.count(None) + about


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        ("45,5", "7,25", (45.5, 7.25)),
        ("N45.5", "7.25 E", (45.5, 7.25)),
        ("북위 37도 30분", "동경 126도 45분", (37.5, 126.75)),
        ("南緯33度30分", "西経58度15分", (-33.5, -58.25)),
        ("45°30′00″N", "7°15'00\"W", (45.5, -7.25)),
        ("−33.5", "45 30 0 E", (-33.5, 45.5)),
        ("0,0", "0", None),
        ("-0.000", "0.0", None),
        ("-9999", "-9999", None),
        ("999", "999", None),
    ],
)
def test_coordinates_in_the_forms_of_many_countries(
    tmp_path: Path, latitude: str, longitude: str, expected: tuple[float, float] | None
) -> None:
    text = f"source\tsource lat\tsource lng\ttarget\nX\t{latitude}\t{longitude}\tY\n"
    twins = read(tmp_path, text)
    assert twins.cities["X"].place == expected
    assert len(twins.doubts.found) == (expected is None)


@pytest.mark.parametrize("text", ["0,0", "0 0", "Point(0 0)", "0.0; -0.0"])
def test_both_coordinates_in_one_cell_may_be_missing_too(tmp_path: Path, text: str) -> None:
    twins = read(tmp_path, f"도시\t좌표\t상대도시\nX\t{text}\tY\n")
    assert twins.cities["X"].place is None
    assert [doubt.is_fault for doubt in twins.doubts.found] == [False]


# Odd values


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "A" * 30_000),
        ("country", "C" * 5_000),
        ("aliases", "|".join(f"name {at}" for at in range(201))),
        ("aliases", "Z" * 50_000),
        ("lat", "NaN"),
        ("lat", "inf"),
        ("lat", "1e309"),
        ("lat", "123"),
        ("lon", "-180.5"),
        ("population", "9" * 400),
        ("population", "-5"),
        ("wikidata", "Q" + "9" * 600),
    ],
)
def test_a_value_that_no_city_has_is_told_with_its_line(
    column: str, value: str, tmp_path: Path
) -> None:
    row = {"id": "a", "name": "Aland", "country": "France", "aliases": "", "lat": "45",
           "lon": "7", "population": "10", "wikidata": ""} | {column: value}  # fmt: skip
    cities = tmp_path / "cities.csv"
    with cities.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(row))
        table.writeheader()
        table.writerows([row, {"id": "b", "name": "Bern"}])
    links = tmp_path / "links.csv"
    links.write_text("source,target\na,b\n", encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        read_tables([links], [cities])
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("cities.csv", 2)
    assert len(str(problem.message)) < 1_000
    assert problem.cure
    kept = read_tables([links], [cities], ReadOptions(skip_faulty=True))
    assert set(kept.cities) == {"a", "b"}


def test_as_many_names_of_a_city_and_partners_in_a_cell_as_there_are_are_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "cities.csv").write_text(
        "id,name,aliases\na,Aland," + "|".join(f"name {at}" for at in range(200)) + "\nb,Bern,\n"
    )
    (tmp_path / "links.csv").write_text("source,target\na,b\n")
    twins = read_tables([tmp_path / "links.csv"], [tmp_path / "cities.csv"])
    assert len(twins.cities["a"].aliases) == 200
    assert (
        len(read(tmp_path, f"도시,상대도시\nX,{';'.join(f'Y{n}' for n in range(900))}\n").links)
        == 900
    )
    with pytest.raises(RecordError, match="6000 names, more than 5000"):
        read(tmp_path, f"도시,상대도시\nX,{';'.join(f'Y{n}' for n in range(6_000))}\n")


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x01", "\x85", "\ufeff", "\u202e", "\ufffe"])
def test_signs_that_xml_and_lines_do_not_allow_are_left_out_of_names(
    sign: str, tmp_path: Path
) -> None:
    (city, _) = read(tmp_path, f'city,partner city\n"Al{sign}and",Bern\n').cities.values()
    assert city.name in ("Al and", "Aland")


@pytest.mark.parametrize("heading", ["교류단체", "결연단체", "상대단체"])
def test_a_register_of_all_municipalities_names_bodies(
    heading: str, package: Entities, tmp_path: Path
) -> None:
    text = (
        f"연번,시·도,시·군·구,국가,{heading},결연일자\n"
        "1,경기도,수원시,베트남,하노이시(Hanoi City),2005. 2. 22.\n"
    )
    twins = read(tmp_path, text)
    assert decisions(twins, package)["하노이시(Hanoi City)"].entity == "hanoi"
