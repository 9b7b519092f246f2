"""Lists as offices lay them out: titles and totals among the rows, marks and links in the cells."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from citypact.ontology.errors import CitypactError
from citypact.sources import PACKAGED
from citypact.sources.twins.country_names import city_and_country
from citypact.sources.twins.edge_tables import ReadOptions
from citypact.sources.twins.known_places import Entities, load_entities
from citypact.sources.twins.list_files import read_list
from citypact.sources.twins.model import City, Twins
from citypact.sources.twins.reconcile import Match, reconcile


@pytest.fixture(scope="module")
def package() -> Entities:
    return load_entities(PACKAGED)


def read(folder: Path, text: str, **options: object) -> Twins:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return read_list([path], ReadOptions(**options))  # type: ignore[arg-type]


def workbook(folder: Path, rows: Sequence[Sequence[object]], merged: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    for area in merged:
        book.active.merge_cells(area)
    book.save(folder / "list.xlsx")
    return folder / "list.xlsx"


def matches(twins: Twins, package: Entities) -> dict[str, Match]:
    return {match.city.id: match for match in reconcile(twins.cities.values(), package)}


def partners(twins: Twins, package: Entities, home: str) -> dict[str, tuple[str, str]]:
    """Start and kind of each tie of a city by the slug of its partner, or by its name."""
    slug = {key: match.entity or key for key, match in matches(twins, package).items()}
    return {
        slug[link.target if link.source == home else link.source]: (link.start, link.kind)
        for link in twins.links
    }


SISTER, FRIEND = "sister-city", "friendship-city"
BEIJING = ["중국", "베이징", "1993. 10. 23."]
PARIS = ["프랑스", "파리", datetime.date(1991, 11, 12)]
HEADS = ["국가", "도시", "체결일"]


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        ([["1. 자매도시"], HEADS, BEIJING, [], ["2. 우호도시 현황"], HEADS, PARIS], []),
        ([["자매도시", None, None, None, "우호도시"], [*HEADS, None, *HEADS],
          [*BEIJING, None, *PARIS]], ["A1:C1", "E1:G1"]),
        ([["현황"], HEADS, ["【자매도시】"], BEIJING, ["【우호도시】"], PARIS, ["계", "2개 도시"]],
         ["A1:C1"]),
    ],
)  # fmt: skip
def test_two_tables_of_a_sheet_say_the_kind_of_their_ties(
    package: Entities, tmp_path: Path, rows: list[list[object]], merged: list[str]
) -> None:
    path = workbook(tmp_path, rows, merged)
    twins = read_list([path], ReadOptions(partners_of="부산"))
    assert partners(twins, package, "부산") == {
        "beijing": ("1993-10-23", SISTER),
        "paris": ("1991-11-12", FRIEND),
    }


def test_a_table_that_is_still_empty_is_passed_over(tmp_path: Path) -> None:
    text = "국가,도시,체결일\n중국,베이징,1993\n우호도시,,\n국가,도시,체결년도\n"
    twins = read(tmp_path, text, partners_of="부산")
    assert [(link.source, link.target) for link in twins.links] == [("베이징", "부산")]
    path = workbook(tmp_path, [[*HEADS, None, *HEADS, None], BEIJING])
    twins = read_list([path], ReadOptions(partners_of="부산"))
    assert [(link.source, link.target) for link in twins.links] == [("베이징", "부산")]


def test_tables_below_one_another_have_headings_of_their_own(
    package: Entities, tmp_path: Path
) -> None:
    text = (
        "Sister cities,,,\nCity,Country,Sister city,Date\nSeoul,South Korea,Tokyo,1988\n"
        "City,Country,Sister city,Date\nSeoul,South Korea,Rome,2000\n,,,\n"
        "Friendship cities,,,\nCity,Sister city,Country,Date\nBusan,Paris,France,1991\n"
    )
    twins = read(tmp_path, text)
    assert [table.line for table in twins.tables] == [2, 8]
    assert {(link.source, link.target, link.kind) for link in twins.links} == {
        ("Seoul", "Tokyo", SISTER), ("Rome", "Seoul", SISTER), ("Busan", "Paris", FRIEND),
    }  # fmt: skip
    assert matches(twins, package)["Paris"].entity == "paris"
    assert any("repeated" in remark for remark in twins.tables[0].remarks)


@pytest.mark.parametrize(
    "line", ["Europa;;", "【Asien】;;", "Nordamerika (2);;", "Insgesamt: 3;;", "3 Städte;;2024",
             "Partnerstädte;;", "미주;;", "Gesamt;;1", "Quelle: Stadt Stuttgart;;",
             "※ 자료: 부산시;;", "* ruht seit 2010;;", "(Stand: 2024);;"],
)  # fmt: skip
def test_continents_and_totals_among_the_rows_are_no_partners(tmp_path: Path, line: str) -> None:
    text = f"Partnerstadt;Land;seit\n{line}\nStraßburg;Frankreich;1962\nŁódź;Polen;1988\n"
    twins = read(tmp_path, text, partners_of="Stuttgart")
    assert {link.start for link in twins.links} == {"1962", "1988"}
    (doubt,) = twins.doubts.found
    assert (doubt.line, doubt.is_fault) == (2, False)


def test_a_partner_of_which_nothing_else_is_known_is_one(tmp_path: Path) -> None:
    twins = read(tmp_path, "Partnerstadt;Land;seit\nUlm;;\n", partners_of="Wien")
    assert [(link.source, link.target) for link in twins.links] == [("Ulm", "Wien")]


@pytest.mark.parametrize(
    "name",
    ["Paris¹", "Paris*", "Paris[2]", "Paris 1)", "Paris†", "1. Paris", "③ Paris", "2) Paris",
     "• Paris", "- Paris", "[Paris](https://example.org/p)", "[[Paris]]", "[[Paris (city)|Paris]]",
     '"=HYPERLINK(""https://example.org"";""Paris"")"', '"<a href=""https://x.org"">Paris</a>"',
     "{{flagicon|FRA}} [[Paris]]", "🇫🇷 Paris", "Paris<sup>3</sup>"],
)  # fmt: skip
def test_marks_and_links_around_a_name_are_not_part_of_it(
    package: Entities, tmp_path: Path, name: str
) -> None:
    text = f"City,Sister city,Country,Year\nLyon,{name},France,1991*\nMetz,Paris,France,1992[1]\n"
    twins = read(tmp_path, text)
    assert {(link.source, link.start) for link in twins.links} == {
        ("Lyon", "1991"),
        ("Metz", "1992"),
    }
    assert matches(twins, package)["Paris"].entity == "paris"


@pytest.mark.parametrize(
    ("text", "start"), [("18. Mai 1976", "1976-05-18"), ("1. März 1990²", "1990-03-01")]
)
def test_the_day_before_a_month_is_no_number_of_an_item(
    tmp_path: Path, text: str, start: str
) -> None:
    twins = read(tmp_path, f"Stadt,Partnerstadt,seit\nUlm,Jena,{text}\n")
    assert [link.start for link in twins.links] == [start]


@pytest.mark.parametrize(
    "name", ["Frankfurt (Oder)", "10. Bezirk", "Al-'Ain", "Biel/Bienne", "’s-Hertogenbosch"]
)
def test_names_with_signs_of_their_own_stay(tmp_path: Path, name: str) -> None:
    assert name in read(tmp_path, f"City,Sister city\nUlm,{name}\n").cities


def test_links_of_a_workbook_are_read_from_their_formulas(
    package: Entities, tmp_path: Path
) -> None:
    link = '=HYPERLINK("https://example.org/tokyo","Tokyo")'
    rows = [["City", "Sister city", "Country", "Source"], ["Seoul", link, "Japan", "our web site"]]
    twins = read_list([workbook(tmp_path, rows)], ReadOptions())
    assert matches(twins, package)["Tokyo"].entity == "tokyo"
    assert {column.heading: column.field for column in twins.tables[0].columns}[
        "Source"
    ] == "unused"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Warsaw, Poland", ("Warsaw", "Poland")),
        ("Houston, Texas, USA", ("Houston, Texas", "USA")),
        ("Seoul (Südkorea)", ("Seoul", "Südkorea")),
        ("도쿄(일본)", ("도쿄", "일본")),
        ("미국 샌프란시스코", ("샌프란시스코", "미국")),
        ("일본, 도쿄", ("도쿄", "일본")),
        ("Singapore, Singapore", ("Singapore", "Singapore")),
        # A state of the United States, former names, and what is no country
        ("Atlanta, Georgia", ("Atlanta, Georgia", "")),
        ("Astana (Nur-Sultan)", ("Astana (Nur-Sultan)", "")),
        ("Houston, Texas", ("Houston, Texas", "")),
        ("경기도 수원시", ("경기도 수원시", "")),
    ],
)
def test_a_country_may_stand_in_the_cell_of_the_city(text: str, expected: tuple[str, str]) -> None:
    assert city_and_country(text) == expected


def test_one_city_with_and_without_its_country_is_one(package: Entities, tmp_path: Path) -> None:
    twins = read(
        tmp_path, '도시;상대도시\n"베를린, 독일";"서울 (한국)"\n베를린(독일);파리(프랑스)\n'
    )
    assert {match.entity for match in matches(twins, package).values()} == {
        "berlin", "seoul", "paris",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "is_taken"),
    [("추진중", False), ("체결예정", False), ("Pending", False), ("en projet", False),
     ("geplant (2026)", False), ("予定", False), ("정상교류", True), ("휴면", True)],
)  # fmt: skip
def test_a_tie_that_is_only_planned_is_no_tie(tmp_path: Path, status: str, is_taken: bool) -> None:
    twins = read(tmp_path, f"City,Sister city,Status\nA,B,active\nA,C,{status}\n")
    assert len(twins.links) == 1 + is_taken
    if not is_taken:
        (doubt,) = twins.doubts.found
        assert (doubt.line, doubt.is_fault) == (3, False)


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        # Former names in brackets
        (City("a", "Ho Chi Minh City (formerly Saigon)", country="Vietnam"), "ho-chi-minh-city"),
        (City("a", "Chennai (formerly known as Madras)", country="India"), "chennai"),
        (City("a", "Almaty (ex Alma-Ata)", country="Kazakhstan"), "almaty"),
        (City("a", "뭄바이(舊 봄베이)", country="인도"), "mumbai"),
        (City("a", "수원시(구 화성군)", country="한국"), "ambiguous"),
        # Romanised as before 2000, and official names of provinces
        (City("a", "Pusan", country="Korea"), "busan"),
        (City("a", "Inch'ŏn", country="Korea"), "incheon"),
        (City("a", "Pusan Kwangyŏksi", country="Korea"), "busan"),
        (City("a", "Gyeongsangbuk-do", country="Korea"), "gyeongbuk"),
        (City("a", "Kwangju", country="Korea"), "new"),
        # Hanja
        (City("a", "釜山廣域市", country="韓國"), "busan"),
        (City("a", "首爾特別市", country="대한민국"), "seoul"),
        # Several cities in one cell are none of them
        (City("a", "Tokyo, Yokohama", country="Japan"), "ambiguous"),
        (City("a", "Berlin / Frankfurt", country="Germany"), "ambiguous"),
        (City("a", "요코하마, 도쿄", country="일본"), "ambiguous"),
        (City("a", "상하이·베이징", country="중국"), "ambiguous"),
        (City("a", "Vancouver, British Columbia", country="Canada"), "vancouver"),
        (City("a", "New York, New York", country="USA"), "new-york"),
    ],
)  # fmt: skip
def test_names_of_offices_are_matched_or_in_doubt(
    package: Entities, city: City, expected: str
) -> None:
    (match,) = reconcile([city], package)
    assert (match.entity or match.decision) == expected, match.reason


def test_spellings_of_one_city_in_a_list_are_one(package: Entities, tmp_path: Path) -> None:
    text = "자치단체,국가,도시명\n서울특별시,미국,뉴욕시\n서울,미국,뉴욕\n서울시,중국,베이징\n"
    found = {key: match.entity for key, match in matches(read(tmp_path, text), package).items()}
    assert set(found.values()) == {"seoul", "new-york", "beijing"}
    # Codes without names show no spelling.
    codes = [City(name, iso2="KR", identifiers=("iso3166-2:KR-11",)) for name in "ab"]
    assert {match.decision for match in reconcile(codes, package)} == {"ambiguous"}
    # The province and its city are two, and two names of one entry of ours may be of two cities.
    text = "자치단체,국가,도시명\n제주시,미국,뉴욕\n제주특별자치도,중국,베이징\n"
    found = {key: match.decision for key, match in matches(read(tmp_path, text), package).items()}
    assert (found["제주시"], found["제주특별자치도"]) == ("ambiguous", "ambiguous")
    text = (
        "City,Country,Sister city,Country\nRome,Italy,Delhi,India\nParis,France,New Delhi,India\n"
    )
    found = {key: match.decision for key, match in matches(read(tmp_path, text), package).items()}
    assert (found["Delhi"], found["New Delhi"]) == ("ambiguous", "ambiguous")


def test_an_american_list_of_sister_cities(package: Entities, tmp_path: Path) -> None:
    text = (
        "State,U.S. City,International City,Country,Type,Year\n"
        'CA,San Francisco,Seoul,"Korea, South",Sister City,1976\n'
        'DC,"Washington, DC",Beijing,"China, P.R.",Friendship City,1984\n'
        "OR,Portland,Suzhou,China,Sister City,1988\nME,Portland,Archangel,Russia,Sister City,1988\n"
    )
    found = matches(read(tmp_path, text), package)
    assert found["San Francisco"].entity == "san-francisco"
    assert found["Washington, DC"].entity == "washington-dc"
    assert {found[f"Portland, {state}"].decision for state in ("OR", "ME")} == {"ambiguous"}


def test_a_table_of_a_wiki_says_how_to_save_it(tmp_path: Path) -> None:
    with pytest.raises(CitypactError, match="Wikitext\n    -> copy the table"):
        read(tmp_path, '{| class="wikitable"\n! City !! Sister city\n|-\n| Seoul || Tokyo\n|}\n')
