"""Imported lists in a build: their cities and ties, and the way back to the list."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import citypact as package
from citypact.ontology import ID
from citypact.sources import PACKAGED
from tests.citypact.building import digests
from tests.running import citypact, new_project
from tests.sources.imported_list import import_list
from tests.sources.small import write_small

EVIL = "<script>alert(1)</script>"
ADDRESS = "https://mine.example/twins"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two lists: `mine`, and `other`, which says some of the same."""
    folder = tmp_path_factory.mktemp("data")
    import_list(folder)
    import_list(
        folder,
        "other",
        links="source,target\nlondon,seoul\nseoul,paris\ntuvalu,paris\n",
        cities="""\
id,name,country,wikidata,lat,lon,population
seoul,Seoul,South Korea,Q8684,37.57,126.98,9411000
london,London,United Kingdom,Q84,51.5,-0.12,
paris,Paris,France,Q90,48.85,2.35,2100000
tuvalu,Capital of Tuvalu,Tuvalu,Q34126,-8.5,179.1,6000
""",
    )
    return folder


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged records, and of the packaged registers Paris, which a list names."""
    folder = tmp_path_factory.mktemp("sources")
    for part in ("entities", "records"):
        shutil.copytree(PACKAGED / part, folder / part)
    (folder / "registers").mkdir()
    for register, row in (("cities", "paris,"), ("countries", "france,")):
        lines = (PACKAGED / f"registers/{register}.csv").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line == lines[0] or line.startswith(row)]
        (folder / f"registers/{register}.csv").write_text("\n".join(kept), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that takes of the package only what lists name."""
    return new_project(tmp_path_factory.mktemp("project") / "busan")


@pytest.fixture(scope="module")
def built(data: Path, sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of packaged sources with both lists."""
    out = tmp_path_factory.mktemp("built") / "build"
    citypact("build", "--sources", sources, "--import", "mine", "--import", "other",
             "--data", data, "--out", out)  # fmt: skip
    return out


def ask(out: Path, text: str) -> set[tuple[str, ...]]:
    """The rows of a query, without what all our IRIs share."""
    answer = package.open(out).query(text)
    return {
        tuple("" if value is None else value.value.removeprefix(ID) for value in row.values())
        for row in answer
    }


def rewritten(folder: Path, table: str, change: Callable[[list[list[str]]], object]) -> None:
    """Changes the rows of a table of an import, the header among them."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows(rows)


# What a list says


def test_cities_of_a_list_are_in_the_graph_with_what_it_says_of_them(built: Path) -> None:
    rows = ask(
        built,
        "SELECT ?name ?latitude ?people ?country { ?city a citypact:City ; citypact:wikidata "
        "<http://www.wikidata.org/entity/Q34126> ; citypact:labelEnglish ?name ; "
        "citypact:latitude ?latitude ; citypact:population ?people ; "
        "citypact:inCountry/citypact:labelEnglish ?country }",
    )
    assert rows == {("Funafuti", "-8.52", "6320", "Tuvalu")}


def test_a_city_that_the_package_has_is_not_made_again(built: Path) -> None:
    rows = ask(built, "SELECT ?c { ?c a citypact:City ; citypact:labelEnglish 'Seoul' }")
    assert rows == {("city/seoul",)}
    both = ask(built, "SELECT ?n { <https://w3id.org/citypact/id/city/seoul> skos:prefLabel ?n }")
    assert both == {("서울",), ("Seoul",)}


def test_a_list_tells_how_many_people_live_in_a_city_that_the_package_has(built: Path) -> None:
    seoul = f"<{ID}city/seoul>"
    people = ask(built, f"SELECT ?people {{ {seoul} citypact:population ?people }}")
    assert people == {("9668465",)}
    why = citypact("why", "seoul", "population", "--build", built, "--language", "en").out
    assert "https://mine.example/twins" in why
    assert package.open(built).network("cities").nodes[f"{ID}city/seoul"]["population"] == 9668465
    # The other list counts fewer: that stays its word, and is no fact.
    (row,) = package.open(built).query(
        f"SELECT ?list ?people {{ GRAPH ?list {{ {seoul} citypact:population ?people }} "
        "FILTER(?people < 9668465) }"
    )
    assert "other-twins" in row["list"].value
    assert row["people"].value == "9411000"


def test_a_city_with_a_wikidata_item_is_one_in_all_lists(built: Path) -> None:
    rows = ask(
        built,
        "SELECT ?city ?name { ?city citypact:wikidata <http://www.wikidata.org/entity/Q34126> ; "
        "skos:altLabel ?name }",
    )
    assert rows == {("city/wikidata-q34126", "Capital of Tuvalu")}


def test_a_tie_runs_both_ways(built: Path) -> None:
    query = "SELECT ?other {{ <{0}city/{1}> citypact:cooperatesWith ?other }}"
    atoll = ask(built, query.format(ID, "wikidata-q34126"))
    assert atoll == {("city/seoul",), ("city/mine-evil",), ("city/paris",)}
    assert ("city/wikidata-q34126",) in ask(built, query.format(ID, "seoul"))


def test_links_with_dates_are_partnerships_too(built: Path) -> None:
    rows = ask(
        built,
        f"SELECT ?tie ?date ?name {{ ?tie citypact:partner <{ID}city/wikidata-q34126> ; "
        "citypact:established ?date ; skos:prefLabel ?name FILTER(LANG(?name) = 'en') }",
    )
    assert {(date, name) for _, date, name in rows} == {("date/1991", "Seoul – Funafuti")}


def test_a_tie_of_several_terms_keeps_them_all(tmp_path: Path, project: Path) -> None:
    links = "source,target,start,end\nseoul,london,1990,1995\nlondon,seoul,2001,\n"
    import_list(tmp_path / "data", links=links)
    out = tmp_path / "build"
    citypact("build", "--import", "mine", "--data", tmp_path / "data", "--out", out, folder=project)
    dates = ask(
        out,
        f"SELECT ?start ?end {{ ?tie citypact:partner <{ID}city/london> ; "
        "citypact:established ?start . OPTIONAL { ?tie citypact:endDate ?end } }",
    )
    assert {("date/1990", "date/1995"), ("date/2001", "")} <= dates
    (tie,) = (package.open(out).network("cities").edges[f"{ID}city/london", f"{ID}city/seoul"],)
    # It began with the first term and goes on, since the last has no end.
    assert tie["year"] == 1990
    assert "end" not in tie


def test_lists_that_contradict_each_other_are_built_with_both_dates(
    tmp_path: Path, project: Path
) -> None:
    cities = "id,name,country\nvalka,Valka,Latvia\nvalga,Valga,Estonia\n"
    for name, begun in (("one", 1991), ("two", 1995), ("three", 1991)):
        links = f"source,target,start\nvalka,valga,{begun}\n"
        import_list(tmp_path / "data", name, links=links, cities=cities.replace(
            "name,country", "name,country,wikidata").replace("Latvia", "Latvia,Q900000001")
            .replace("Estonia", "Estonia,Q900000002"))  # fmt: skip
    out = tmp_path / "build"
    lists = [part for name in ("one", "two", "three") for part in ("--import", name)]
    citypact("build", *lists, "--data", tmp_path / "data", "--out", out, folder=project)
    found = ask(
        out,
        f"SELECT ?tie ?start {{ ?tie citypact:partner <{ID}city/wikidata-q900000001> ; "
        "citypact:established ?start }",
    )
    assert {start for _, start in found} == {"date/1991", "date/1995"}
    assert len({tie for tie, _ in found}) == 2


def test_dates_that_differ_in_precision_alone_are_of_one_partnership(
    tmp_path: Path, sources: Path
) -> None:
    """In two lists, in the rows of both cities, and beside a partnership of the package."""
    cities = "id,name,country,wikidata\nv,Valka,Latvia,Q900000001\nw,Limbaži,Latvia,Q900000002\n"
    cities += "seoul,Seoul,South Korea,Q8684\nsf,San Francisco,United States,Q62\n"
    for name, rows in (
        ("one", "v,w,1976\nseoul,sf,1976\n"),
        ("two", "w,v,1976-05\nv,w,1976-05-18\nsf,seoul,1976-05\n"),
    ):
        import_list(tmp_path / "data", name, links=f"source,target,start\n{rows}", cities=cities)
    out = tmp_path / "build"
    citypact("build", "--sources", sources, "--import", "one", "--import", "two",
             "--data", tmp_path / "data", "--out", out)  # fmt: skip
    for one, other, date, all_dates in (
        ("wikidata-q900000001", "wikidata-q900000002", "1976-05-18", {"1976", "1976-05"}),
        ("seoul", "san-francisco", "1976-05", {"1976"}),
    ):
        pair = f"?tie citypact:partner <{ID}city/{one}> , <{ID}city/{other}> "
        rows = ask(out, f"SELECT ?tie ?start {{ {pair} . ?tie citypact:established ?start }}")
        ((tie, start),) = rows
        assert start == f"date/{date}"
        told = citypact("why", tie, "established", "--store", out, "--json").out
        said = {claim["object"]["en"] for fact in json.loads(told) for claim in fact["claims"]}
        assert {f"{each}" for each in all_dates} <= said


def test_a_country_that_is_not_understood_is_named_in_the_language_of_its_letters(
    tmp_path: Path, project: Path
) -> None:
    links = "source,source country,target,target country\n"
    for at, country in enumerate(("콩고", "コンゴー", "Фридония", "Freedonia")):
        links += f"서울,한국,도시{at},{country}\n"
    import_list(tmp_path / "data", links=links, cities="")
    out = tmp_path / "build"
    citypact("build", "--import", "mine", "--data", tmp_path / "data", "--out", out, folder=project)
    rows = ask(
        out, "SELECT ?name (LCASE(LANG(?name)) AS ?tag) { ?country a citypact:Country ; "
        "skos:prefLabel ?name FILTER(REGEX(?name, '콩|コ|Фр|Free')) }",
    )  # fmt: skip
    assert rows == {
        ("콩고", "ko"), ("コンゴー", "ja"), ("Фридония", "und-cyrl"), ("Freedonia", "en"),
    }  # fmt: skip


def test_the_summary_counts_links_by_list(built: Path) -> None:
    summary = json.loads((built / "summary.json").read_text(encoding="utf-8"))
    assert summary["imported lists"] == {
        "mine-twins-2026-11-20": 4,
        "other-twins-2026-11-20": 3,
    }


# The way back


@pytest.mark.parametrize("language", ["en", "ko"])
def test_why_leads_to_the_list(language: str, built: Path) -> None:
    title = {"en": "The list mine", "ko": "목록 mine"}[language]
    told = citypact("why", "city/wikidata-q34126", "--store", built, "--language", language).out
    assert told.count(title) > 4
    assert told.count(ADDRESS) > 4
    assert "2026-11-20" in told
    only = citypact("why", "city/mine-evil", "cooperatesWith", "--store", built).out
    assert "https://other.example/twins" not in only


def test_a_tie_of_an_agreement_and_two_lists_keeps_all_its_sources(built: Path) -> None:
    told = citypact("why", "city/seoul", "cooperatesWith", "--store", built, "--json").out
    (tie,) = [each for each in json.loads(told) if each["object"]["iri"] == ID + "city/london"]
    assert tie["fact"]
    titles = json.dumps(tie["claims"], ensure_ascii=False)
    for words in ("The list mine", "The list other", "seoul-london-2017"):
        assert words in titles


def test_rows_of_an_answer_lead_to_the_list(built: Path) -> None:
    query = f"SELECT ?other {{ <{ID}city/wikidata-q34126> citypact:cooperatesWith ?other }}"
    told = citypact("query", "--text", query, "--why", "--store", built).out
    assert told.count(ADDRESS) >= 2
    plain = f"SELECT ?other {{ ?other citypact:twinnedWith <{ID}city/wikidata-q34126> }}"
    assert ADDRESS in citypact("query", "--text", plain, "--why", "--store", built).out


# The build


def test_two_builds_are_the_same_bytes(
    built: Path, data: Path, sources: Path, tmp_path: Path
) -> None:
    again = tmp_path / "build"
    citypact("build", "--sources", sources, "--import", "other", "--import", "mine",
             "--import", "mine", "--data", data, "--out", again)  # fmt: skip
    assert digests(again) == digests(built)


def test_without_the_option_a_build_knows_of_no_list(tmp_path: Path, data: Path) -> None:
    small = write_small(tmp_path / "sources")
    citypact("build", "--sources", small, "--data", data, "--out", tmp_path / "build")
    summary = json.loads((tmp_path / "build/summary.json").read_text(encoding="utf-8"))
    assert summary["imported lists"] == {}
    assert "Funafuti" not in (tmp_path / "build/graph.nq").read_text(encoding="utf-8")


def test_a_list_enters_a_build_of_records_alone(tmp_path: Path, data: Path) -> None:
    out = tmp_path / "build"
    citypact("build", "--records-only", "--import", "mine", "--data", data, "--out", out)
    assert ask(out, f"SELECT ?c {{ <{ID}city/london> citypact:twinnedWith ?c }}")


def test_a_list_that_is_not_there_is_named(tmp_path: Path, data: Path) -> None:
    for name in ("nothing", "../mine", "", "Mine"):
        done = citypact(
            "build", "--import", name, "--data", data, "--out", tmp_path / "build", code=2
        )
        assert "nothing of this name is imported" in done.err
        assert "citypact import list" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def copy(data: Path, tmp_path: Path) -> Path:
    """A copy of the import `mine` that a test may spoil, in a data folder of its own."""
    folder = tmp_path / "data/imports/mine"
    shutil.copytree(data / "imports/mine", folder)
    return folder


def refused(copy: Path) -> str:
    """What a user is told who builds with a spoilt import."""
    out = copy.parents[2] / "build"
    done = citypact("build", "--import", "mine", "--records-only", "--data", copy.parents[1],
                    "--out", out, code=None)  # fmt: skip
    assert done.code in (1, 2), done.out
    fault, cure = done.err.splitlines()[:2]
    assert fault.startswith("mine/")
    # What a shape says names what is right itself, and has no cure of its own.
    assert cure.startswith("    -> ") or cure == "1 problem found; nothing was changed."
    assert not out.exists()
    return done.err


@pytest.mark.parametrize("table", ["documents", "countries", "cities", "twins"])
def test_a_table_that_is_missing_is_named(table: str, copy: Path) -> None:
    (copy / f"{table}.csv").unlink()
    assert f"mine/{table}.csv" in refused(copy)


def test_a_list_without_inhabitants_of_our_cities_is_read(copy: Path, project: Path) -> None:
    """Lists that were imported by an earlier version have no such table."""
    (copy / "populations.csv").unlink()
    out = copy.parents[2] / "build"
    citypact("build", "--import", "mine", "--data", copy.parents[1], "--out", out, folder=project)


@pytest.mark.parametrize("table", ["documents", "countries", "cities", "populations", "twins"])
def test_a_table_that_is_cut_off_is_named(table: str, copy: Path) -> None:
    path = copy / f"{table}.csv"
    path.write_bytes(path.read_bytes()[:-3] + b'"')
    assert f"mine/{table}.csv:" in refused(copy)


def test_a_table_without_a_column_is_named(copy: Path) -> None:
    rewritten(copy, "twins", lambda rows: [row.pop(0) for row in rows])
    assert "mine/twins.csv:1: has no column 'city'" in refused(copy)


@pytest.mark.parametrize(
    ("table", "column", "value", "says"),
    [
        ("twins", "city", "atlantis", "'atlantis' is not a city"),
        ("twins", "source", "nobody", "'nobody' is not a document"),
        ("twins", "start", "1991-02-30", "'1991-02-30' is a day that does not exist"),
        ("cities", "id", "../x", "'../x' cannot be a name in IRIs"),
        ("cities", "country", "atlantis", "'atlantis' is not a country"),
        ("cities", "latitude", "north", "'north' is not of type decimal"),
        ("cities", "latitude", "123", "latitude must lie between -90 and 90"),
        ("cities", "longitude", "-181", "longitude must lie between -180 and 180"),
        ("cities", "population", "-1", "the population is negative"),
        ("cities", "label.en", "", "needs a label"),
        ("cities", "label.other", "弘前市", "'弘前市' has no language tag"),
        ("cities", "label.other", "弘前市@日本", "'弘前市@日本' has no language tag"),
        ("cities", "population", "many", "'many' is not of type integer"),
        ("cities", "wikidata", "Q", "'Q'"),
        ("populations", "population", "many", "'many' is not of type integer"),
        ("populations", "city", "atlantis", "'atlantis' is not a city"),
        ("populations", "source", "nobody", "'nobody' is not a document"),
    ],
)
def test_a_spoilt_cell_is_named_by_file_and_line(
    table: str, column: str, value: str, says: str, copy: Path
) -> None:
    def spoil(rows: list[list[str]]) -> None:
        rows[1][rows[0].index(column)] = value

    rewritten(copy, table, spoil)
    told = refused(copy)
    assert f"mine/{table}.csv:2: " in told
    assert says in told


def test_a_city_that_is_there_twice_is_named(copy: Path) -> None:
    rewritten(copy, "cities", lambda rows: rows.append(rows[1]))
    told = refused(copy)
    assert "appears twice (first in line 2)" in told


def test_a_city_that_the_package_no_longer_has_is_named(copy: Path) -> None:
    def rename(rows: list[list[str]]) -> None:
        rows[1:] = [[cell.replace("london", "londinium") for cell in row] for row in rows[1:]]

    rewritten(copy, "twins", rename)
    told = refused(copy)
    assert "'londinium' is not a city" in told
    assert "import the list again" in told


def test_a_city_that_the_package_has_by_now_keeps_its_name(
    copy: Path, project: Path, tmp_path: Path
) -> None:
    """The list was made when the package lacked the city; its name is then an alias."""

    def rename(rows: list[list[str]]) -> None:
        rows[1:] = [
            ["paris" if cell == "wikidata-q34126" else cell for cell in row] for row in rows[1:]
        ]

    rewritten(copy, "cities", rename)
    rewritten(copy, "twins", rename)
    citypact("build", "--import", "mine", "--data", copy.parents[1], "--out", tmp_path / "build",
             folder=project)  # fmt: skip
    paris = f"<{ID}city/paris>"
    names = ask(tmp_path / "build", f"SELECT ?n {{ {paris} skos:prefLabel ?n }}")
    assert names == {("파리",), ("Paris",)}
    assert ("Funafuti",) in ask(tmp_path / "build", f"SELECT ?n {{ {paris} skos:altLabel ?n }}")
    assert len(ask(tmp_path / "build", f"SELECT ?l {{ {paris} citypact:latitude ?l }}")) == 1


# What one does with it


@pytest.mark.parametrize("language", ["en", "ko"])
def test_names_stand_in_the_one_language_there_is(language: str, built: Path) -> None:
    evil = f"<{ID}city/mine-evil>"
    query = f"SELECT ?other {{ {evil} citypact:twinnedWith|^citypact:twinnedWith ?other }}"
    told = citypact("query", "--text", query, "--store", built, "--language", language).out
    assert "Funafuti" in told


def test_cities_are_exported_with_names_and_ties(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cities"
    citypact("export", "--network", "cities", "--format", "csv", "--out", folder, "--store", built)
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.csv")))
    assert "Funafuti" in text
    assert "wikidata-q34126" in text


def test_hostile_names_of_a_list_stay_text(built: Path, tmp_path: Path) -> None:
    page = tmp_path / "map.html"
    citypact("draw", "--view", "map", "--out", page, "--store", built)
    for path in (page, built / "network.html"):
        assert EVIL not in path.read_text(encoding="utf-8"), path
    assert "Funafuti" in page.read_text(encoding="utf-8")


def test_names_in_other_languages_have_their_tags_and_are_shown(
    tmp_path: Path, project: Path
) -> None:
    import_list(
        tmp_path,
        links="source,target,since\nhirosaki,seoul,1994\nhirosaki,ganghwa,1995\n",
        cities="""\
id,name,country
hirosaki,弘前市,Japan
seoul,Seoul,South Korea
ganghwa,강화군,South Korea
""",
    )
    out = tmp_path / "build"
    citypact("build", "--import", "mine", "--data", tmp_path, "--out", out, folder=project)
    text = "SELECT ?n { ?c skos:prefLabel ?n FILTER(CONTAINS(STR(?n), '弘前市')) }"
    found = citypact("query", "--text", text, "--store", out, "--format", "sparql-json").out
    names = {
        (row["n"]["value"], row["n"]["xml:lang"])
        for row in json.loads(found)["results"]["bindings"]
    }
    # The cities share no language: their ties are named in several.
    assert names == {("弘前市", "ja"), ("弘前市 – Seoul", "mul"), ("강화군 – 弘前市", "mul")}
    for language in ("ko", "en"):
        rows = citypact(
            "query", "partners-of-city", "--city", "弘前市", "--language", language, "--store", out
        ).out
        assert "강화군" in rows and ("서울" if language == "ko" else "Seoul") in rows


# A real list


@pytest.mark.slow
def test_a_real_list_enters_a_build(listed_world: Path) -> None:
    out = listed_world
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    (links,) = summary["imported lists"].values()
    twins = (out.parent / "imports/world/twins.csv").read_text(encoding="utf-8")
    assert links == len(twins.splitlines()) - 1 > 1000
    rows = [row[:2] for row in csv.reader(twins.splitlines()) if "seoul" in row[:2]]
    listed = {f"city/{end}" for row in rows for end in row} - {"city/seoul"}
    ties = ask(out, f"SELECT ?c {{ <{ID}city/seoul> citypact:cooperatesWith ?c }}")
    records = {f"city/{name}" for name in ("guayaquil", "london", "los-angeles", "san-francisco")}
    # Of the registers there are the cities that the list names, and none of their ties.
    assert {city for (city,) in ties} == listed | records
    assert len(listed) > 25
    told = citypact("why", "city/seoul", "twinnedWith", "--store", out).out
    assert "https://www.wikidata.org/" in told
