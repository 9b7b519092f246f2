"""`citypact import twins` and `list` as people run them, on small files and on real lists."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from citypact.commands.import_report import MEANINGS
from citypact.sources import PACKAGED
from citypact.sources.files.data_folder import import_folder
from citypact.sources.twins.headings import known_meanings
from citypact.sources.twins.known_places import load_entities
from tests.running import COMMAND, citypact, environment

MATERIAL = os.environ.get("CITYPACT_MATERIAL", "")
material = pytest.mark.skipif(not MATERIAL, reason="CITYPACT_MATERIAL names no material")
WORLD = Path(MATERIAL) / "world"
TABLES = ("documents", "countries", "cities", "populations", "twins", "matches")
FILES = {"import.json", *(f"{name}.csv" for name in TABLES)}


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / table).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with links.csv and cities.csv."""
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "links.csv").write_text(
        "source,target,since\nkr:seoul,us:portland,\nkr:seoul,tv:atoll,1991\n"
        "tv:atoll,kr:seoul,1991\nx,x,\n도시,tv:atoll,\n",
        encoding="utf-8",
    )
    (folder / "cities.csv").write_text(
        "id,name,country,wikidata,lat,lon\n"
        "kr:seoul,Seoul,South Korea,Q8684,37.56,126.99\n"
        "us:portland,Portland,United States,,,\n"
        'tv:atoll,"=HYPERLINK(""http://x"")",Tuvalu,,,\n'
        "x,<script>alert(1)</script>,Freedonia,,,\n"
        "도시,도시,,,,\n",
        encoding="utf-8",
    )
    return folder


def twins(small: Path, data: Path, *more: str | Path, code: int = 0) -> str:
    done = citypact(
        "import", "twins", "--edges", small / "links.csv", "--cities", small / "cities.csv",
        "--name", "mine", "--data", data, *more, code=code,
    )  # fmt: skip
    return done.out + done.err


def test_an_import_is_a_folder_of_tables(small: Path, tmp_path: Path) -> None:
    told = twins(
        small, tmp_path / "data", "--retrieved", "2026-11-22", "--licence", "CC BY 4.0",
        "--address", "https://example.org/twins", "--title-ko", "자매도시", "--language", "en",
        "--publisher", "A university",
    )  # fmt: skip
    folder = tmp_path / "data" / "imports" / "mine"
    # The link of x with itself is left out, and told.
    assert contents(folder).keys() == FILES | {"left-out.csv"}
    assert "links.csv:5" in told and "left-out.csv" in told
    (document,) = rows(folder, "documents.csv")
    assert document == {
        "id": "mine-twins-2026-11-22", "label.ko": "", "title.ko": "자매도시",
        "label.en": "List of twin cities mine", "title.en": "", "type": "dataset",
        "publisher.en": "A university",
        "address": "https://example.org/twins", "published": "", "retrieved": "2026-11-22",
        "licence.en": "CC BY 4.0",
        "sha256": hashlib.sha256(
            (small / "links.csv").read_bytes() + (small / "cities.csv").read_bytes()
        ).hexdigest(),
    }  # fmt: skip
    nameless = f"mine-{hashlib.sha256('도시'.encode()).hexdigest()[:8]}"
    found = [(row["city"], row["twinned_with"], row["start"]) for row in rows(folder, "twins.csv")]
    assert found == sorted(
        [
            (*sorted(("mine-tv-atoll", nameless)), ""),
            ("mine-tv-atoll", "seoul", "1991"),
            ("mine-us-portland", "seoul", ""),
        ]
    )
    decisions = {row["source_id"]: row["decision"] for row in rows(folder, "matches.csv")}
    assert decisions == {
        "kr:seoul": "matched", "us:portland": "ambiguous", "tv:atoll": "new", "x": "new",
        "도시": "unmatched",
    }  # fmt: skip
    cities = {row["id"]: row for row in rows(folder, "cities.csv")}
    assert cities["mine-tv-atoll"]["label.en"].startswith("'=HYPERLINK")
    assert cities["mine-tv-atoll"]["country"] == "tuvalu"
    assert {row["id"]: row["label.ko"] for row in rows(folder, "countries.csv")} == {
        "tuvalu": "투발루", "freedonia": "",
    }  # fmt: skip
    for word in ("5  cities", "1 ", "ambiguous", "duplicates", "citypact build --import mine"):
        assert word in told


def test_the_report_speaks_korean_and_json(small: Path, tmp_path: Path) -> None:
    told = twins(small, tmp_path, "--language", "ko")
    for word in ("도시", "기존 도시와 일치", "모호함(병합하지 않음)", "다음 명령", "제외한 중복"):
        assert word in told
    report = json.loads(twins(small, tmp_path, "--json", "--replace"))
    assert report["counts"]["cities"] == 5
    assert report["counts"]["decisions"] == {
        "matched": 1, "new": 2, "ambiguous": 1, "unmatched": 1,
    }  # fmt: skip
    assert (report["counts"]["loops"], report["counts"]["duplicates"]) == (1, 1)
    assert [each["source_id"] for each in report["doubtful"]] == ["us:portland", "도시"]


def test_the_same_files_give_the_same_bytes(small: Path, tmp_path: Path) -> None:
    made = []
    # A fork has a seed by chance.
    for seed in ("0", "by chance"):
        data = tmp_path / seed
        changes = {"PYTHONHASHSEED": seed, "TZ": "Asia/Seoul", "LC_ALL": "C"}
        citypact(
            "import", "twins", "--edges", small / "links.csv", "--cities", small / "cities.csv",
            "--name", "mine", "--data", data,
            env=environment(**changes if seed.isdigit() else {}),
        )  # fmt: skip
        made.append(contents(data / "imports" / "mine"))
    assert made[0] == made[1]


def test_an_import_is_not_replaced_by_chance(small: Path, tmp_path: Path) -> None:
    twins(small, tmp_path)
    before = contents(tmp_path / "imports" / "mine")
    assert "exists already" in twins(small, tmp_path, code=2)
    (small / "links.csv").write_text("source,target\nkr:seoul,nowhere\n", encoding="utf-8")
    assert "links.csv:2: 'nowhere'" in twins(small, tmp_path, "--replace", code=1)
    assert contents(tmp_path / "imports" / "mine") == before
    (small / "links.csv").write_text("source,target\nkr:seoul,x\n", encoding="utf-8")
    twins(small, tmp_path, "--replace")
    assert len(rows(tmp_path / "imports" / "mine", "twins.csv")) == 1
    assert [path.name for path in (tmp_path / "imports").iterdir() if path.is_dir()] == ["mine"]


def test_judgements_are_replayed_recorded_and_undone(small: Path, tmp_path: Path) -> None:
    judgements = tmp_path / "judgements.csv"
    judgements.write_text(
        "source_id,entity,reason\nus:portland,los-angeles,a slip of the source\n", encoding="utf-8"
    )
    twins(small, tmp_path, "--judgements", judgements)
    folder = tmp_path / "imports" / "mine"
    assert {row["twinned_with"] for row in rows(folder, "twins.csv")} | {
        row["city"] for row in rows(folder, "twins.csv")
    } >= {"los-angeles", "seoul"}
    assert rows(folder, "judgements.csv")[0]["reason"] == "a slip of the source"
    settled = {row["source_id"]: row["reason"] for row in rows(folder, "matches.csv")}
    assert settled["us:portland"] == "judged: a slip of the source"
    twins(small, tmp_path, "--replace")
    decided = {row["source_id"]: row["decision"] for row in rows(folder, "matches.csv")}
    assert decided["us:portland"] == "ambiguous"
    assert not (folder / "judgements.csv").exists()
    judgements.write_text("source_id,entity,reason\nnobody,seoul,x\n", encoding="utf-8")
    assert "not a city of this list" in twins(
        small, tmp_path, "--replace", "--judgements", judgements, code=2
    )


def test_no_city_takes_the_id_of_another(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text(
        "source,target\nyork,a b\na:b,A-B\n서울 x,x\n", encoding="utf-8"
    )
    citypact(
        "import", "twins", "--edges", tmp_path / "links.csv", "--name", "new", "--data", tmp_path
    )
    ids = {
        row["source_id"]: row["city"] for row in rows(tmp_path / "imports" / "new", "matches.csv")
    }
    assert len(set(ids.values())) == 6
    assert ids["york"].startswith("new-york-"), "new-york is a city of the package"
    assert ids["x"] == "new-x"


def test_imports_are_listed(small: Path, tmp_path: Path) -> None:
    assert (
        "Nothing has been imported" in citypact("import", "list", "--data", tmp_path / "none").out
    )
    assert not (tmp_path / "none").exists()
    twins(small, tmp_path, "--retrieved", "2026-11-22")
    told = citypact("import", "list", "--data", tmp_path, "--language", "ko").out
    assert "mine  2026-11-22  도시 5곳, 연결 3건, 일치 1곳, 모호 1곳" in told
    (listed,) = json.loads(citypact("import", "list", "--data", tmp_path, "--json").out)
    assert listed["name"] == "mine"
    (tmp_path / "imports" / "mine" / "import.json").unlink()
    assert "is not a complete import" in citypact("import", "list", "--data", tmp_path, code=2).err


def test_the_data_folder_is_the_users_own(small: Path, tmp_path: Path) -> None:
    def where(**variables: str) -> None:
        citypact(
            "import", "twins", "--edges", small / "links.csv", "--name", "mine",
            env=environment(HOME=str(tmp_path / "home"), **variables),
        )  # fmt: skip

    where(CITYPACT_DATA=str(tmp_path / "chosen"))
    assert (tmp_path / "chosen" / "imports" / "mine").is_dir()
    where(XDG_DATA_HOME=str(tmp_path / "xdg"))
    assert (tmp_path / "xdg" / "citypact" / "imports" / "mine").is_dir()
    where(XDG_DATA_HOME="")
    assert (tmp_path / "home" / ".local" / "share" / "citypact" / "imports" / "mine").is_dir()


def test_a_folder_that_a_killed_import_left_is_mended(small: Path, tmp_path: Path) -> None:
    twins(small, tmp_path)
    imports = tmp_path / "imports"
    before = contents(imports / "mine")
    # Killed between the two renames: the last import stands aside, the new one is not there yet.
    (imports / "mine").rename(imports / ".old-mine")
    (imports / ".partial-x").mkdir()
    assert "mine" in citypact("import", "list", "--data", tmp_path).out
    assert contents(imports / "mine") == before
    assert not (imports / ".partial-x").exists()


@material
def test_killed_at_any_moment_the_last_import_is_whole(tmp_path: Path) -> None:
    given = [
        "import", "twins", "--edges", str(WORLD / "wikidata_2022" / "links.csv"),
        "--cities", str(WORLD / "wikidata_2022" / "cities.csv"),
        "--name", "world", "--data", str(tmp_path),
    ]  # fmt: skip
    citypact(*given)
    before = contents(tmp_path / "imports" / "world")
    for tenth in (3, 6, 9, 12):
        with subprocess.Popen(
            [*COMMAND, *given, "--replace"],
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as running:
            time.sleep(tenth / 10)
            running.send_signal(signal.SIGKILL)
        assert "world" in citypact("import", "list", "--data", tmp_path).out
        assert contents(tmp_path / "imports" / "world") == before


def test_every_meaning_of_a_column_has_a_word() -> None:
    assert {name.rpartition(".")[2] for name in known_meanings()} <= MEANINGS.keys()


def test_a_file_alone_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "twins of Busan.csv"
    text = (
        "부산시 자매도시\n국가,도시명,결연일자\n"
        "일본,후쿠오카,1989.10.24.\n중국,상하이,1993년 8월 24일\n한국,광주광역시,\n"
    )
    path.write_bytes(text.encode("cp949"))
    given = ["import", "twins", path, "--partners-of", "부산광역시", "--data", tmp_path]
    shown = citypact(*given, "--dry-run", "--language", "ko").out
    for word in ("CP949", "제목 행 2", "부산시 자매도시", "상대 도시의 국가", "결연일자", "시작일"):
        assert word in shown
    assert not (tmp_path / "imports").exists()
    told = citypact(*given, "--language", "en").out
    folder = tmp_path / "imports" / "twins-of-busan"
    assert (folder / "matches.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    dates = {row["start"] for row in rows(folder, "twins.csv")}
    assert dates == {"1989-10-24", "1993-08-24", ""}
    summary = json.loads((folder / "import.json").read_text(encoding="utf-8"))
    assert summary["changes"]["start"] == {"a date in words": 1, "other separators": 1}
    assert summary["tables"][0]["encoding"] == "CP949"
    assert "3  matched with known cities" not in told
    matches = {row["source_id"]: row["entity"] for row in rows(folder, "matches.csv")}
    assert (matches["부산광역시"], matches["상하이"]) == ("busan", "shanghai")
    cities = {row["label.ko"]: row for row in rows(folder, "cities.csv")}
    # What has Hangul is Korean, and nothing is said to be English.
    assert cities["후쿠오카"]["label.en"] == ""


def test_faults_stop_a_list_unless_they_are_skipped(small: Path, tmp_path: Path) -> None:
    (small / "links.csv").write_text(
        "source,target,since\nkr:seoul,tv:atoll,19x6\nkr:seoul,nowhere,\nx,tv:atoll,5/4/1990\n",
        encoding="utf-8",
    )
    refused = twins(small, tmp_path, "--language", "en", code=1)
    for word in ("links.csv:2: since:", "links.csv:3:", "links.csv:4: since:", "--skip-faulty"):
        assert word in refused
    assert not (tmp_path / "imports").exists()
    twins(small, tmp_path, "--skip-faulty", "--day-first")
    folder = tmp_path / "imports" / "mine"
    assert {row["start"] for row in rows(folder, "twins.csv")} == {"", "1990-04-05"}
    assert [row["line"] for row in rows(folder, "left-out.csv")] == ["2", "3"]


def test_a_city_of_two_lists_is_one_where_it_is_sure(tmp_path: Path) -> None:
    links = tmp_path / "links.csv"
    heads = "city,country,lat1,lon1,partner,partner country,partner unlocode\n"
    for name, row in (
        ("one", "Leuven,Belgium,50.88,4.7,Nijmegen,Netherlands,NLNIJ"),
        ("two", "Leuven,BE,50.87,4.71,Nimwegen,Niederlande,NL NIJ"),
        ("three", "Leuven,Belgium,45,4.7,Halle,Germany,"),
    ):
        links.write_text(f"{heads}{row}\n", encoding="utf-8")
        citypact("import", "twins", links, "--name", name, "--data", tmp_path)
    ids = {
        name: sorted(row["city"] for row in rows(tmp_path / "imports" / name, "matches.csv"))
        for name in ("one", "two", "three")
    }
    assert ids["one"] == ids["two"] == ["one-leuven", "one-nijmegen"]
    assert ids["three"] == ["three-halle", "three-leuven"], "800 km away it is another one"


def test_identifiers_of_other_systems_join_the_cities_of_two_lists(tmp_path: Path) -> None:
    links = tmp_path / "links.csv"
    heads = "city,geonames,country,partner,partner country,partner osm\n"
    for name, row in (
        ("one", "Löwen,2792482,Belgium,Breslau,Poland,relation/451516"),
        ("two", "Leuven,https://www.geonames.org/2792482,BE,Wrocław,Polska,r451516"),
        ("three", "Leuven,2792483,Belgium,Wrocław,Poland,node/451516"),
    ):
        links.write_text(f"{heads}{row}\n", encoding="utf-8")
        citypact("import", "twins", links, "--name", name, "--data", tmp_path)
    ids = [
        {row["city"] for row in rows(tmp_path / "imports" / name, "matches.csv")}
        for name in ("one", "two", "three")
    ]
    assert ids[0] == ids[1]
    assert ids[2].isdisjoint(ids[0]), "another number is another city"


def test_tables_for_spreadsheets_begin_with_the_byte_order_mark(
    small: Path, tmp_path: Path
) -> None:
    (small / "bad.csv").write_text("city,partner,since\n부산,시카고,n.d.\n", encoding="utf-8")
    citypact("import", "twins", small / "bad.csv", "--name", "bad", "--data", tmp_path)
    for table in ("matches.csv", "left-out.csv"):
        data = (tmp_path / "imports" / "bad" / table).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert "부산" in data.decode("utf-8-sig") or table == "left-out.csv"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "give a FILE, or one of --edges, --konect, --wikidata, --answer"),
        (["--edges", "a", "--konect", "b"], "or one of --edges"),
        (["--edges", "목록.csv"], "give the import a name"),
        (
            ["--konect", "a", "--name", "x", "--cities", "b"],
            "--cities can be used with --edges",
        ),
        (
            ["--edges", "a", "--name", "x", "--date", "2026-01-01"],
            "--date can be used with",
        ),
        (["--edges", "a", "--name", "../x"], "cannot be the name of an import"),
        (["--edges", "a", "--name", "X Y"], "cannot be the name of an import"),
        (["--edges", "a", "--name", "x", "--retrieved", "May"], "is not a date"),
        (
            ["--edges", "a", "--name", "x", "--retrieved", "2026-11-22", "--published", "2026-12"],
            "--published is later than --retrieved",
        ),
        (["--wikidata", "--date", "../../etc"], "is not a date"),
        (["--edges", "missing.csv", "--name", "x"], "missing.csv: cannot be read"),
        (["--edges", ".", "--name", "x"], "is a folder"),
        (["--edges", "a", "--name", "x", "--judgements", "none"], "none: cannot be read"),
    ],
)
def test_wrong_use_is_told_with_a_cure(tmp_path: Path, given: list[str], message: str) -> None:
    done = citypact("import", "twins", *given, "--data", tmp_path, code=2)
    assert message in done.err
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written(small: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o500)
    done = citypact(
        "import", "twins", "--edges", small / "links.csv", "--name", "x", "--data", data,
        code=2, unprivileged=True,
    )  # fmt: skip
    assert "cannot be written" in done.err
    done = citypact(
        "import", "twins", "--edges", small / "links.csv", "--name", "x",
        "--data", small / "links.csv", code=2,
    )  # fmt: skip
    assert "Error" in done.err


def test_the_query_to_save_is_one_that_a_server_takes() -> None:
    import pyoxigraph as ox

    text = citypact("import", "query").out
    before, service, after = text.partition("  SERVICE wikibase:label")
    assert service
    # All but the service for labels, which only Wikidata has.
    assert not list(ox.Store().query(before + after[after.index("}") + 1 :]))  # type: ignore[arg-type]


def imported_world(folder: str, name: str, data: Path) -> dict[str, Any]:
    """Imports a list of the material and gives its counts."""
    done = citypact(
        "import", "twins", "--edges", WORLD / folder / "links.csv",
        "--cities", WORLD / folder / "cities.csv", "--name", name, "--data", data, "--json",
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.out)["counts"]
    return found


@material
def test_the_world_of_wikipedia(tmp_path: Path) -> None:
    counts = imported_world("wikipedia_2026", "wikipedia-2026", tmp_path)
    assert (counts["cities"], counts["links"], counts["twins"]) == (17_167, 24_796, 24_796)
    assert (counts["loops"], counts["duplicates"]) == (0, 0)
    made = tmp_path / "imports" / "wikipedia-2026"
    matches = {row["source_id"]: row for row in rows(made, "matches.csv")}
    assert len(matches) == 17_167
    assert matches["kr:seoul"]["entity"] == "seoul"
    assert matches["kr:seoul"]["reason"] == "same Wikidata item Q8684"
    # Coordinates decide between namesakes: ours is the one near by, any other is new.
    assert matches["us:portland"]["entity"] == "portland"
    for city in ("springfield", "columbus", "columbia", "rochester", "richmond"):
        assert matches[f"us:{city}"]["decision"] == "new", city
    ids = {row["city"] for row in matches.values()}
    assert len(ids) == 17_167, "no two cities became one"
    ends = {row[end] for row in rows(made, "twins.csv") for end in ("city", "twinned_with")}
    assert ends <= ids
    known = {row["id"] for row in rows(made, "cities.csv")}
    assert ids - known == {row["entity"] for row in matches.values() if row["entity"]}
    declared = {row["id"] for row in rows(made, "countries.csv")}
    package = {*load_entities(PACKAGED).countries, ""}
    assert {row["country"] for row in rows(made, "cities.csv")} - package <= declared
    assert all(row["label.ko"] for row in rows(made, "countries.csv"))


@material
def test_the_world_of_wikidata(tmp_path: Path) -> None:
    counts = imported_world("wikidata_2022", "wikidata-2022", tmp_path)
    assert (counts["cities"], counts["links"], counts["twins"]) == (4_566, 8_182, 8_182)
    matches = {
        row["source_id"]: row for row in rows(tmp_path / "imports" / "wikidata-2022", "matches.csv")
    }
    assert matches["Q8684"]["entity"] == "seoul"
    # The ids of Wikidata tell homonyms apart.
    kansas = [row for row in matches.values() if row["name"] == "Kansas City"]
    assert len({row["city"] for row in kansas}) == 2


@material
def test_the_world_of_konect(tmp_path: Path) -> None:
    links = WORLD / "konect_2017" / "links.csv"
    plain = tmp_path / "out.twin"
    edges = links.read_text(encoding="utf-8").split("\n", 1)[1].replace(",", " ")
    plain.write_text("% sym unweighted\n" + edges, encoding="utf-8")
    for name, given in (("csv", ["--edges", links]), ("konect", ["--konect", plain])):
        done = citypact("import", "twins", *given, "--name", name, "--data", tmp_path, "--json")
        counts = json.loads(done.out)["counts"]
        assert (counts["cities"], counts["links"]) == (14_274, 20_573)
        assert counts["decisions"]["unmatched"] == 14_274
    city = rows(tmp_path / "imports" / "konect", "cities.csv")[0]
    assert city["label.en"] == "KONECT node 1"


def test_a_list_is_never_hidden_by_an_import_that_was_killed(tmp_path: Path) -> None:
    """As where a system can't exchange two folders, between its two renames."""
    (tmp_path / "imports" / ".old-mine").mkdir(parents=True)
    (tmp_path / "imports" / ".old-mine" / "import.json").write_text("{}")
    assert import_folder(tmp_path, "mine") == tmp_path / "imports" / "mine"
    assert (tmp_path / "imports" / "mine" / "import.json").is_file()
