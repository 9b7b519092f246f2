"""Tables of links and cities as people have them, and what is wrong with some."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citypact.ontology.errors import CitypactError
from citypact.sources.files.csv_tables import parse_table, write_table
from citypact.sources.files.spreadsheet_cells import guarded, unguarded
from citypact.sources.twins.edge_tables import ReadOptions, read_edges
from citypact.sources.twins.model import TwinLink, tidy_links
from tests.soak import times

CITIES = "id,name,country\na,Seoul,South Korea\nb,Tokyo,Japan\nc,Paris,France\n"


def files(folder: Path, links: str | bytes, cities: str | bytes | None = None) -> tuple[Path, Path]:
    paths = folder / "links.csv", folder / "cities.csv"
    for path, text in zip(paths, (links, cities), strict=True):
        if text is not None:
            path.write_bytes(text.encode() if isinstance(text, str) else text)
    return paths


def test_links_without_a_table_of_cities_name_their_cities(tmp_path: Path) -> None:
    links, _ = files(tmp_path, "source,target\nSeoul,Tokyo\n 서울 ,Paris\n17,Paris\n")
    twins = read_edges(links)
    assert {c.id: c.name for c in twins.cities.values()} == {
        "Seoul": "Seoul", "Tokyo": "Tokyo", "서울": "서울", "Paris": "Paris", "17": "",
    }  # fmt: skip
    assert twins.links == [
        TwinLink("17", "Paris"),
        TwinLink("Paris", "서울"),
        TwinLink("Seoul", "Tokyo"),
    ]
    assert not twins.is_directed


def test_loops_and_duplicates_are_dropped_and_counted(tmp_path: Path) -> None:
    text = "source,target,since\na,b,\nb,a,1988\na,a,\na,b,1988\na,c,\na,b,1990-05\n"
    twins = read_edges(*files(tmp_path, text, CITIES))
    assert twins.links == [
        TwinLink("a", "b", "1988"),
        TwinLink("a", "b", "1990-05"),
        TwinLink("a", "c"),
    ]
    assert (twins.loops, twins.duplicates) == (1, 2)
    directed = read_edges(*files(tmp_path, text, CITIES), is_directed=True)
    assert TwinLink("b", "a", "1988") in directed.links
    assert (directed.loops, directed.duplicates) == (1, 1)


@pytest.mark.parametrize(
    ("start", "end"),
    [("2020", "2020-01"), ("2020-05", "2020"), ("202X", "2020"), ("", "1990"), ("XXXX", "1990")],
)
def test_dates_that_may_go_together_are_kept(tmp_path: Path, start: str, end: str) -> None:
    links, _ = files(tmp_path, f"source,target,start,end\na,b,{start},{end}\n")
    assert read_edges(links).links == [TwinLink("a", "b", start, end)]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_marks_and_ends_of_lines(
    tmp_path: Path, mark: bytes, separator: str, end: str
) -> None:
    text = CITIES.replace(",", separator).replace("\n", end)
    links = "From,To\na,b\n".replace(",", separator).replace("\n", end)
    twins = read_edges(*files(tmp_path, mark + links.encode(), mark + text.encode()))
    assert twins.cities["a"].country == "South Korea"
    assert twins.links == [TwinLink("a", "b")]


def test_columns_are_known_by_many_names(tmp_path: Path) -> None:
    cities = (
        "QID;Label;Name-KO;Country_Code;LAT;lng;pop;geonameid;note\n"
        "https://www.wikidata.org/entity/Q8684;Seoul;서울;kr;37,56;126,99;9668465;1835848;x\n"
    )
    with pytest.raises(CitypactError, match=r"cities.csv:1: has no column for id"):
        read_edges(*files(tmp_path, "source,target\na,b\n", cities))
    twins = read_edges(
        *files(
            tmp_path,
            "source,target\ns,s2\n",
            cities.replace("QID", "id;QID").replace("http", "s;http") + "s2;;x;;;;;;;\n",
        )
    )
    seoul = twins.cities["s"]
    assert (seoul.wikidata, seoul.name, seoul.korean, seoul.iso2) == (
        "Q8684",
        "Seoul",
        "서울",
        "KR",
    )
    assert seoul.place == (37.56, 126.99)
    assert (seoul.population, seoul.geonames) == (9668465, "1835848")
    assert twins.cities["s2"].place is None


@pytest.mark.parametrize(
    ("links", "cities", "message"),
    [
        ("", None, "links.csv: is empty"),
        ("source,target\n", None, "links.csv: has no rows"),
        ("source,goal\na,b\n", None, "links.csv:1: has no column for target"),
        ("source,source,target\na,a,b\n", None, "links.csv:1: has the column 'source' twice"),
        ("source,target\na,b\na\n", None, "links.csv:3: has 1 cell, the first line has 2"),
        ("source,target\na,b,c\n", None, "links.csv:2: has 3 cells"),
        ("source,target\na,\n", None, "links.csv:2: has no target"),
        ('source,target\na,"b\n', None, "links.csv:2: is not CSV"),
        ("source,target\na,b\0\n", None, "links.csv:2: contains a NUL character"),
        ("source,target,since\na,b,May\n", None, "links.csv:2: since: 'May' is not a date"),
        (
            "source,target,start,end\na,c,,\na,b,2020,2019\n",
            None,
            "links.csv:3: ends (2019) before it starts (2020)",
        ),
        ("source,target\na,x\n", CITIES, "links.csv:2: 'x' is not in the table of cities"),
        ("source,target\na,b\n", CITIES + "a,x,y\n", "cities.csv:5: 'a' appears twice"),
        ("source,target\na,b\n", "id,lat,lon\na,91,0\n", "cities.csv:2: lat: '91'"),
        ("source,target\na,b\n", "id,lat,lon\na,nan,0\n", "cities.csv:2: lat: 'nan'"),
        ("source,target\na,b\n", "id,lat,lon\na,1,\n", "cities.csv:2: has only one of"),
        ("source,target\na,b\n", "id,pop\na,many\n", "cities.csv:2: pop: 'many'"),
        ("source,target\na,b\n", "id,pop\na,inf\n", "cities.csv:2: pop: 'inf'"),
        ("source,target\na,b\n", "id,wikidata\na,8684\n", "cities.csv:2: wikidata: '8684'"),
        ("source,target\na,b\n", "id,iso2\na,KO1\n", "cities.csv:2: iso2: 'KO1' is not a"),
        ("source,target\na,b\n", "id,name\n,b\n", "cities.csv:2: has no id"),
    ],
)
def test_faults_name_file_line_and_cure(
    tmp_path: Path, links: str, cities: str | None, message: str
) -> None:
    paths = files(tmp_path, links, cities)
    with pytest.raises(CitypactError) as caught:
        read_edges(paths[0], paths[1] if cities is not None else None)
    assert str(caught.value).startswith(message)
    assert "\n    -> " in str(caught.value)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("source,target\n서울특별시,도쿄\n", "CP949"),
        ("source,target\n東京,サンフランシスコ\n", "CP932"),
        ("城市,友好城市\n北京,首尔\n上海,釜山\n", "GB18030"),
        ("город,target\nМосква,Сеул\nКазань,Анкара\nМинск,Киев\n", "CP1251"),
        ("source,target\nMünchen,Zürich\n", "CP1252"),
        ("source,target\n서울,도쿄\n", "UTF-16"),
    ],
)
def test_other_encodings_are_read_where_they_are_sure_and_told(
    tmp_path: Path, text: str, encoding: str
) -> None:
    links, _ = files(tmp_path, text.encode(encoding))
    twins = read_edges(links, options=ReadOptions(maps={"город": "source"}))
    assert {*twins.cities} == {*text.replace("\n", ",").split(",")[2:]} - {""}
    assert twins.tables[0].sheet.encoding == encoding


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("source,target\nŁódź,Wrocław\n", "cp1250"), ("source,target\nOrléans,Genève\n", "cp1252")],
)
def test_an_encoding_that_is_not_sure_is_asked_for(
    tmp_path: Path, text: str, encoding: str
) -> None:
    links, _ = files(tmp_path, text.encode(encoding))
    with pytest.raises(CitypactError, match="cannot be determined\n    -> save it as") as caught:
        read_edges(links)
    assert "125" not in str(caught.value)
    assert {*read_edges(links, options=ReadOptions(encoding=encoding)).cities} == {
        *text.split("\n")[1].split(",")
    }


def test_quotes_and_line_breaks_within_cells(tmp_path: Path) -> None:
    cities = 'id,name\na,"Big ""Apple""\nof\u202e us"\nb,x\n'
    twins = read_edges(*files(tmp_path, "source,target\na,b\n", cities))
    assert twins.cities["a"].name == 'Big "Apple" of us'


@settings(max_examples=times(200))
@given(st.one_of(st.text(), st.text(alphabet='ab,;"\n\r\t0')))
def test_any_text_is_a_table_or_a_fault_that_can_be_cured(text: str) -> None:
    try:
        table = parse_table("source,target\n" + text, "x.csv", {"source": ()}, ("source",))
    except CitypactError as error:
        assert str(error).startswith("x.csv")
    else:
        assert table.rows


@given(st.lists(st.text(max_size=8), min_size=1, max_size=4))
def test_tables_come_back_as_written(cells: list[str]) -> None:
    row = {f"c{at}": guarded(cell) for at, cell in enumerate(["x", *cells])}
    text = write_table(tuple(row), [row], guards=False).decode()
    if "\0" not in text:
        (read,) = parse_table(text, "x", dict.fromkeys(row, ()), ()).rows
        assert [unguarded(cell) for cell in read.cells.values()] == ["x", *cells]
    for cell in row.values():
        assert not cell.startswith(("=", "+", "-", "@"))


@given(
    st.lists(st.tuples(*[st.sampled_from("abc")] * 2, st.sampled_from(["", "1988"]))),
    st.booleans(),
)
def test_tidying_twice_is_tidying_once(raw: list[tuple[str, str, str]], is_directed: bool) -> None:
    links = [TwinLink(*each) for each in raw]
    found, loops, duplicates = tidy_links(links, is_directed=is_directed)
    assert len(found) + loops + duplicates == len(links)
    assert tidy_links(found, is_directed=is_directed) == (found, 0, 0)
    assert tidy_links(reversed(links), is_directed=is_directed)[0] == found
