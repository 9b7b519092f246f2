"""The Excel form: what people write in it becomes rows of registers, or is told as a doubt."""

from __future__ import annotations

import csv
import datetime
import io
import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from citypact.graph.forms.form import form
from citypact.graph.forms.workbook import workbook
from citypact.graph.store.declared_names import declared_names
from citypact.ontology import LANGUAGES
from citypact.sources.model import Sources
from tests.running import citypact, environment, new_project

Cells = Mapping[str, object]

AGREEMENTS: tuple[Cells, ...] = (
    {
        "당사자": "부산(Busan)\n오클랜드(뉴질랜드)",
        "비고": "확인할 것",
        "문서 형식": "양해각서",
        "체결일": datetime.date(2019, 5, 16),
        "상태": "체결",
        "협력 분야": "관광; 항만",
        "출처 주소": "https://example.org/a1",
    },
    {
        "당사자": "부산광역시; 강릉시; KOTRA",
        "문서 형식": "memorandum of understanding",
        "체결일": "2021년 4월",
        "상태": "Announced",
        "출처 주소": "https://example.org/a2",
    },
)
PARTNERSHIP: Cells = {
    "도시": "부산; 상해",
    "관계": "자매도시",
    "체결일": "1993. 8. 24.",
    "출처 주소": "https://example.org/sisters https://example.org/a1",
}
MEMBERSHIP: Cells = {
    "회원": "Busan",
    "네트워크·기구": "WeGO",
    "역할": "회원",
    "시작일": 2010,
    "출처 주소": "https://example.org/a1",
}
DOCUMENT: Cells = {
    "출처 주소": "https://example.org/a1",
    "제목": "=부산–오클랜드 양해각서",
    "발행처": "부산광역시",
    "발행일": "2019-05-17",
}
CITY: Cells = {"이름(한국어)": "강릉", "이름(영어)": "Gangneung", "국가": "대한민국"}


@cache
def empty_form() -> bytes:
    """The form as the command writes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        citypact("new", path, "--form", "xlsx", "--language", "ko")
        return path.read_bytes()


def filled(path: Path, sheets: Mapping[str, tuple[Cells, ...]]) -> Path:
    """The form, filled in by an Excel user."""
    if not path.exists():
        path.write_bytes(empty_form())
    book = openpyxl.load_workbook(path)
    for name, rows in sheets.items():
        headings = [cell.value for cell in book[name][1]]
        for extra in sorted({heading for row in rows for heading in row} - {*headings}):
            headings.append(extra)
            book[name].cell(1, len(headings), extra)
        for number, row in enumerate(rows, 2):
            for heading, value in row.items():
                cell = book[name].cell(number, headings.index(heading) + 1, value)
                if isinstance(value, str):
                    cell.data_type = "s"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_project(tmp_path_factory.mktemp("made") / "busan", city="부산")


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    """A new project."""
    return shutil.copytree(made, tmp_path / "busan")


def rows(project: Path, register: str) -> list[dict[str, str]]:
    with (project / "registers" / f"{register}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(project: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(project)): path.read_bytes()
        for path in sorted(project.rglob("*"))
        if path.is_file()
    }


def test_what_people_write_becomes_registers_that_build(project: Path) -> None:
    path = filled(
        project / "form.xlsx",
        {
            "협정": AGREEMENTS,
            "자매·우호 관계": (PARTNERSHIP,),
            "회원 자격": (MEMBERSHIP,),
            "출처 문서": (DOCUMENT,),
            "새 도시": (CITY,),
        },
    )
    told = citypact("add", path, folder=project)
    assert re.search(r"2 +agreements", told.out)
    first, second = rows(project, "agreements")
    assert first["parties"] == "government/busan;government/auckland"
    assert (first["form"], first["status"]) == ("memorandum-of-understanding", "signed")
    assert (first["signed"], second["signed"]) == ("2019-05-16", "2021-04")
    assert first["topics"].split(";")[0] == "tourism"
    assert first["label.ko"] == "부산–오클랜드 양해각서(2019)"
    assert second["parties"].split(";")[1:] == ["government/gangneung", "organization/kotra"]
    assert [row["partners"] for row in rows(project, "partnerships")] == [
        "city/busan;city/shanghai"
    ] * 2  # one for each source
    (member,) = rows(project, "memberships")
    assert (member["organization"], member["start"]) == ("network/wego", "2010")
    title = {row["address"]: row["title.ko"] for row in rows(project, "documents")}
    assert title["https://example.org/a1"] == "=부산–오클랜드 양해각서"  # a text, no formula
    before = contents(project)
    again = citypact("add", path, folder=project)
    assert "Nothing was added" in again.out
    assert contents(project) == before
    citypact("build", folder=project)
    found = citypact("query", "agreements-of-city", "--city", "부산", folder=project)
    assert "Gangneung" in found.out
    for language in LANGUAGES:
        out = project / f"{language}.xlsx"
        citypact("export", "--format", "xlsx", "--language", language, "--out", out, folder=project)
        assert "Nothing was added" in citypact("add", out, folder=project).out


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exported_form_brings_its_new_cities_and_bodies_along(
    project: Path, tmp_path: Path, language: str
) -> None:
    """Another project has neither; it takes in what the first one exports."""
    settings = project / "citypact.toml"
    settings.write_text(settings.read_text("utf-8").replace('"all"', '"entities"'), "utf-8")
    other = shutil.copytree(project, tmp_path / "other")
    body = {"이름(한국어)": "강릉관광공사", "이름(영어)": "Gangneung Tourism Corporation",
            "종류": "공공기관", "국가": "대한민국"}  # fmt: skip
    city = CITY | {"위도": "37.75", "경도": "128.88", "위키데이터": "Q42137"}
    path = filled(
        project / "form.xlsx",
        {
            "협정": ({**AGREEMENTS[1], "당사자": "부산; 강릉; 강릉관광공사"},),
            "새 도시": (city,),
            "새 기관": (body,),
        },
    )
    citypact("add", path, folder=project)
    citypact("build", folder=project)
    out = tmp_path / "out.xlsx"
    citypact("export", "--format", "xlsx", "--language", language, "--out", out, folder=project)
    citypact("add", out, folder=other)
    for register in ("agreements", "cities", "organizations"):
        assert rows(other, register) == rows(project, register)


def test_all_doubts_are_told_at_once_and_nothing_is_added(project: Path) -> None:
    wrong = {
        "당사자": "부산; 강능시; 부산",
        "문서 형식": "조약문",
        "체결일": "03/04/2021",
        "상태": "체결",
        "협력 분야": "관광업무",
        "출처 주소": "example.org",
    }
    listed = {**AGREEMENTS[1], "당사자": "부산광역시, 오클랜드", "협력 분야": "관광·항만"}
    other = {**AGREEMENTS[0], "문서 형식": "업무협약", "당사자": "부산; 오클랜드(호주)"}
    away = {**AGREEMENTS[0], "당사자": "부산시, 나가사키시", "체결 장소": "나가사키"}
    path = filled(
        project / "form.xlsx",
        {
            "협정": (wrong, {"당사자": "강능군"}, AGREEMENTS[0], listed, other, away),
            "자매·우호 관계": (
                {**PARTNERSHIP, "도시": "부산; 부산시"},
                PARTNERSHIP,
                {**PARTNERSHIP, "체결일": "1994"},
            ),
            "새 도시": (
                {**CITY, "국가": "조선"},
                {**CITY, "이름(한국어)": "오클랜드", "국가": "뉴질랜드"},
            ),
        },
    )
    before = contents(project)
    told = citypact("add", path, folder=project, code=1).err
    for place, what in (
        ("협정]:2: 당사자", "강능시"),
        ("협정]:2: 당사자", "on the sheet 새 도시 or the sheet 새 기관"),
        ("협정]:2: 문서 형식", "not in the drop-down list"),
        ("협정]:2: 체결일", "day and month"),
        ("협정]:2: 협력 분야", "is not a topic"),
        ("협정]:2: 출처 주소", "is not an address"),
        ("협정]:3: 상태", "is empty"),
        ("협정]:3: 당사자", "강능군"),  # also where the row is not complete
        ("협정]:3: 출처 주소", "is empty"),
        ("협정]:4: 상태", "no source is known to be of that day"),
        ("협정]:5: 당사자", "semicolons: 부산광역시; 오클랜드"),
        ("협정]:5: 협력 분야", "semicolons: 관광; 항만"),
        ("협정]:6: 당사자", "오클랜드(호주)"),  # it may be another one
        ("협정]:7: 당사자", "semicolons: 부산시; 나가사키시; try another name"),
        ("협정]:7: 체결 장소", "write it on the sheet 새 도시"),
        ("자매·우호 관계]:2: 도시", "names 1 city or body"),
        ("자매·우호 관계]:4: 체결일", "differs from row 3"),
        ("새 도시]:2: 국가", "조선"),
        ("새 도시]:3: 이름(한국어)", "city/auckland is there already"),
    ):
        faults = re.split(r"\n(?=form\.xlsx)", told)
        assert any(f"form.xlsx[{place}" in each and what in each for each in faults), (place, told)
    assert "nothing was changed" in told
    assert contents(project) == before
    korean = citypact("add", path, folder=project, code=1, env=environment(LANGUAGE="ko")).err
    assert "이름이 '강능시'인 도시" in korean
    assert "there is no" not in korean


def test_a_new_city_with_a_partnership_alone_is_drawn(project: Path) -> None:
    partners = {**PARTNERSHIP, "도시": "부산; 강릉", "출처 주소": "https://example.org/a1"}
    path = filled(project / "form.xlsx", {"자매·우호 관계": (partners,), "새 도시": (CITY,)})
    citypact("add", path, folder=project)
    citypact("build", folder=project)
    citypact("export", "--format", "graphml", "--out", "out.graphml", folder=project)
    assert "Gangneung" in (project / "out.graphml").read_text(encoding="utf-8")


def test_a_namesake_in_another_country_is_a_new_city(project: Path, tmp_path: Path) -> None:
    table = tmp_path / "cities.csv"
    table.write_text(
        "Name (Korean),Name (English),Country,Note\n부산,Busan,South Korea,known\n"
        "런던,London,Canada,\n런던,London,Canada,again\n",
        encoding="utf-8-sig",
    )
    assert "2 entries are there" in citypact("add", table, "--project", project).out
    (row,) = rows(project, "cities")
    assert (row["id"], row["country"]) == ("london-canada", "canada")


def test_a_table_is_known_by_its_headings(project: Path, tmp_path: Path) -> None:
    table = tmp_path / "members.csv"
    table.write_text(
        "Member,Network,Role,Since,Source address\n"
        "Busan,C40,Member,2013,https://example.org/members\n",
        encoding="utf-8",
    )
    citypact("add", table, "--project", project)
    (row,) = rows(project, "memberships")
    assert row["id"] == "busan-c40"
    table.write_text("Member,Netwrok\nBusan,C40\n", encoding="utf-8")
    assert "no sheet of the form" in citypact("add", table, "--project", project, code=2).err


def test_what_is_no_address_is_told_where_it_stands(project: Path, tmp_path: Path) -> None:
    wrong = ("http://[::1", 'https://e.org/"x"', "https://e.org/<b>", "javascript:alert(1)", "//e")
    table = tmp_path / "members.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["Member", "Network", "Role", "Source address"]]
            + [["Busan", "C40", "Member", address] for address in wrong]
        )
    told = citypact("add", table, "--project", project, code=1).err
    assert told.count("is not an address") == len(wrong)
    assert all(f"members.csv:{line}: Source address" in told for line in range(2, 7))


def test_what_excel_has_not_worked_out_is_told_where_it_stands(project: Path) -> None:
    """Nothing that somebody wrote is passed over: formulas without a value, and errors."""
    path = filled(project / "form.xlsx", {"협정": AGREEMENTS[:1]})
    book = openpyxl.load_workbook(path)
    page = book["협정"]
    column = {cell.value: cell.column for cell in page[1]}
    page.cell(2, column["체결 장소"], "#REF!")
    page.cell(2, column["체결일"], "=TODAY()")
    page.cell(2, column["비고"], "#N/A")
    book.save(path)
    done = citypact("add", path, folder=project, code=1)
    assert "form.xlsx[협정]:2: 체결 장소: '#REF!' has no value" in done.err
    assert "form.xlsx[협정]:2: 체결일: '=TODAY()' has no value" in done.err
    assert "-> write the value itself, or nothing" in done.err
    assert "#N/A" not in done.err


def test_columns_that_are_missing_or_unknown_are_told(project: Path) -> None:
    path = filled(project / "form.xlsx", {"협정": AGREEMENTS[:1]})
    book = openpyxl.load_workbook(path)
    book["협정"].cell(1, 1, "계약 당사자들")
    book["협정"].cell(1, 10, "Status")
    book.save(path)
    told = citypact("add", path, folder=project, code=1).err
    assert "'계약 당사자들' is not a column" in told
    assert "'Status' is there twice" in told
    assert "has no column '당사자'" in told


def test_messages_name_sheets_and_columns_as_the_form_does(project: Path, tmp_path: Path) -> None:
    """Whatever the language of the messages: a form in English has no Korean in its messages."""
    path = tmp_path / "english.xlsx"
    citypact("new", path, "--form", "xlsx", "--language", "en")
    address = "https://example.org/a1"
    agreement = {
        "Parties": "Busan; Gdynia",
        "Form": "agreement",
        "Signed on": "2020",
        "Status": "signed",
        "Source address": address,
        "Remrk": "x",
    }
    filled(path, {"Agreements": (agreement, {**agreement, "Parties": "Busan; Seoul"})})
    for language, wanted in (("en", "the sheet New cities"), ("ko", "‘New cities’ 시트")):
        told = citypact("add", path, folder=project, code=1, env=environment(LANGUAGE=language)).err
        assert wanted in told
        assert "Documents" in told
        assert ("비고" in told, "출처 문서" in told, "새 도시" in told) == (False, False, False)
    book = openpyxl.load_workbook(path)
    book["Agreements"].delete_cols(1)
    book.save(path)
    told = citypact("add", path, folder=project, code=1).err
    assert "has no column 'Parties'" in told


def test_add_needs_a_project_and_new_keeps_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    citypact("new", path, "--form", "xlsx", "--language", "ko")
    filled(path, {})
    before = path.read_bytes()
    assert "citypact new" in citypact("add", path, code=2).err
    assert "was changed" in citypact("new", path, "--form", "xlsx", code=2).err
    assert ".xlsx" in citypact("new", tmp_path / "form.ods", "--form", "xlsx", code=2).err
    assert path.read_bytes() == before
    # What Excel writes with a password: a file of OLE with the workbook inside, encrypted.
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    path.write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
    citypact("new", tmp_path / "busan", "--city", "Busan")
    told = citypact("add", path, folder=tmp_path / "busan", code=2).err
    assert "form.xlsx: is protected by a password\n    -> open it in Excel and save it" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_is_the_same_twice_and_offers_lists(language: str) -> None:
    names = declared_names(Sources())
    data = workbook(names, language)
    assert data == workbook(names, language)
    book = openpyxl.load_workbook(io.BytesIO(data))
    titles = [sheet.title[language] for sheet in form()]
    assert book.sheetnames[1:-1] == titles
    agreements = book[titles[0]]
    assert [cell.value for cell in agreements[1]] == [
        column.heading[language] for column in form()[0].columns
    ]
    assert all(cell.comment for cell in agreements[1])
    offered = {cell.value for column in book["lists"].iter_cols() for cell in column if cell.value}
    assert {"ko": "양해각서", "en": "Memorandum of understanding"}[language] in offered
    assert book["lists"].sheet_state == "hidden"
    assert len(agreements.data_validations.dataValidation) == 4
    # What a signed agreement needs on another sheet is said where it is filled in.
    documents = {"ko": "출처 문서", "en": "Documents"}[language]
    status = next(column for column in form()[0].columns if column.field == "status")
    (comment,) = (c.comment.text for c in agreements[1] if c.value == status.heading[language])
    guide = " ".join(str(cell.value) for cell in book.worksheets[0]["A"])
    for said in (comment, guide):
        assert documents in said
        assert {"ko": "발행일", "en": "published"}[language] in said


@pytest.mark.parametrize(("speaks_later", "code"), [("true", 0), ("false", 1)])
def test_a_source_that_is_known_to_speak_later_shows_a_signing(
    project: Path, speaks_later: str, code: int
) -> None:
    register = project / "registers" / "documents.csv"
    register.write_text(
        "id,said_after_signing,label.ko,label.en,type,address,published\n"
        f"notice,{speaks_later},공지,Notice,web-notice,https://example.org/a1,2019-01-02\n",
        encoding="utf-8",
    )
    path = filled(project / "form.xlsx", {"협정": AGREEMENTS[:1]})
    told = citypact("add", path, folder=project, code=code).err
    assert ("no source is known to be of that day" in told) == bool(code)


def agreement(**changes: object) -> Cells:
    return {**AGREEMENTS[0], "당사자": "부산; 오클랜드", **changes}


def test_a_changed_row_corrects_what_its_source_said(project: Path) -> None:
    path = project / "form.xlsx"

    def add(*cells: Cells, code: int = 0, options: tuple[str, ...] = ()) -> str:
        path.unlink(missing_ok=True)
        filled(path, {"협정": cells, "출처 문서": (document,)})
        done = citypact("add", path, *options, folder=project, code=code)
        return done.out + done.err

    document: Cells = {"출처 주소": "https://example.org/a1"}
    add(agreement(상태="체결 예정", 체결일=None))
    document = {**DOCUMENT, "발행일": None, "체결 후 보도": "예", "보존본 주소": "https://a.org/1"}
    told = add(
        agreement(상태="체결 예정", 방식="대면", **{"체결 장소": "부산"})
    )  # what was missing is added
    assert "2 entries were completed" in told
    (row,) = rows(project, "agreements")
    assert (row["signed"], row["place"], row["mode"]) == ("2019-05-16", "city/busan", "in-person")
    assert row["label.ko"] == "부산–오클랜드 양해각서(2019)"
    (source,) = rows(project, "documents")
    assert source["title.ko"] == "=부산–오클랜드 양해각서"
    assert (source["said_after_signing"], source["label.ko"]) == ("true", "")

    before = contents(project)
    for changes in (
        {"체결일": "2019-05"},
        {"체결일": "2018-05-16"},
        {"체결일": "2019-05-16", "상태": "체결"},
    ):
        told = add(agreement(**{"상태": "체결 예정"} | changes), code=1)
        column = "상태" if "체결" in changes.values() else "체결일"
        assert f"form.xlsx[협정]:2: {column}: registers/agreements.csv:2 has" in told
        assert "--correct" in told
    base = agreement(당사자="서울; 방콕", 체결일="2006-07", **{"출처 주소": "aseannowcom-42d996"})
    told = add(base | {"문서 형식": "협정"}, code=1)
    assert "agreement/seoul-bangkok-2006 has 2006-06 by the same source, which the project" in told
    path.unlink()
    assert contents(project) == {name: data for name, data in before.items() if name != path.name}
    add(agreement(상태="체결", 체결일="2018-05"), options=("--correct",))
    (row,) = rows(project, "agreements")
    assert (row["signed"], row["status"]) == ("2018-05", "signed")
    assert row["label.en"].endswith("(2018)")
    assert "Nothing was added" in add(agreement(체결일="2018-05"))


def test_a_row_with_other_parties_is_said_to_be_added_as_another_agreement(project: Path) -> None:
    path = project / "form.xlsx"

    def add(*cells: Cells) -> str:
        path.unlink(missing_ok=True)
        filled(path, {"협정": cells, "출처 문서": (DOCUMENT,)})
        done = citypact("add", path, folder=project)
        return done.out + done.err

    assert "added as a further" not in add(agreement())
    told = add(agreement(당사자="부산; 서울"))
    assert "form.xlsx[협정]:2: 당사자: is added as a further agreement" in told
    assert "agreement/busan-auckland-2019" in told
    assert "remove the rows" in told
    # Where the form has them all, none is another one by mistake.
    both = agreement(), agreement(당사자="부산; 서울")
    assert "added as a further" not in add(*both, agreement(당사자="부산; 시드니"))


def test_one_agreement_has_dates_of_several_sources(project: Path) -> None:
    cells = (
        agreement(체결일="2019-05-16"),
        agreement(체결일="2019년 5월", **{"출처 주소": "https://example.org/a3"}),
        agreement(체결일="2020-05", **{"출처 주소": "https://example.org/a3"}),
        agreement(체결일=None, 상태="체결 예정", **{"출처 주소": "https://example.org/a4"}),
    )
    documents = tuple(
        {**DOCUMENT, "출처 주소": f"https://example.org/a{n}", "발행일": "2021"} for n in (1, 3)
    )
    path = filled(project / "form.xlsx", {"협정": cells, "출처 문서": documents})
    told = citypact("add", path, folder=project)
    assert "form.xlsx[협정]:3: 체결일: is taken for agreement/busan-auckland-2019" in told.err
    found = {(row["id"], row["signed"]) for row in rows(project, "agreements")}
    assert found == {
        ("busan-auckland-2019", "2019-05-16"),
        ("busan-auckland-2019", "2019-05"),
        ("busan-auckland-2020", "2020-05"),
        ("busan-auckland", ""),
    }
    again = citypact("add", path, folder=project)
    assert "Nothing was added" in again.out
    assert not again.err


def test_faults_of_the_registers_are_told_where_they_were_written(project: Path) -> None:
    city = {
        **CITY,
        "이름(한국어)": "속초",
        "이름(영어)": "Sokcho",
        "위키데이터": "속초",
        "위도": "38,2",
    }
    path = filled(
        project / "form.xlsx",
        {"협정": AGREEMENTS[:1], "출처 문서": (DOCUMENT,), "새 도시": (CITY, city)},
    )
    told = citypact("add", path, folder=project, code=1).err
    assert "form.xlsx[새 도시]:3: 위키데이터: " in told
    assert "form.xlsx[새 도시]:3: 위도: " in told
    assert "registers/" not in told
