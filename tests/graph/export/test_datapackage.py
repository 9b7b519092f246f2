"""The Data Package: Frictionless' own tool validates it, and it says what its data are."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import yaml

from citypact.api import Graph
from citypact.graph.export.datapackage import DESCRIPTOR, PATHS, to_datapackage
from citypact.ontology import ID
from tests.graph.export.twins import twins
from tests.graph.report.chapters import store_of_lists, store_of_member_lists


@pytest.fixture(scope="module")
def package(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "package"
    graph.export("datapackage", folder)
    return folder


def faults(folder: Path) -> list[str]:
    """What Frictionless finds wrong in a package: types, keys, references, checksums."""
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(folder / DESCRIPTOR))
    return [error.message for task in report.tasks for error in task.errors] + [
        error.message for error in report.errors
    ]


def test_frictionless_finds_no_fault(package: Path) -> None:
    assert faults(package) == []


def test_frictionless_finds_no_fault_in_hostile_names(tmp_path: Path) -> None:
    twins(tmp_path).export("datapackage", tmp_path / "package")
    assert faults(tmp_path / "package") == []


def test_checksums_and_references_are_checked(package: Path, tmp_path: Path) -> None:
    for path in package.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(package)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(path.read_bytes())
    table = tmp_path / "data" / "agreement_topics.csv"
    table.write_bytes(table.read_bytes().replace(b"/topic/", b"/topik/", 1))
    found = faults(tmp_path)
    assert any("foreign key" in fault.lower() for fault in found), found
    assert any("hash" in fault.lower() for fault in found), found


def test_codebook_describes_every_column_in_both_languages(package: Path) -> None:
    with (package / "data" / "codebook.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    described = {(row["table"], row["column"]) for row in rows if row["ko"] and row["en"]}
    for path in (package / "data").glob("*.csv"):
        if path.stem != "codebook":
            with path.open(encoding="utf-8", newline="") as file:
                assert {(path.stem, name) for name in next(csv.reader(file))} <= described


def test_package_says_how_it_is_cited_and_what_it_covers(graph: Graph, package: Path) -> None:
    citation = yaml.safe_load((package / "CITATION.cff").read_text(encoding="utf-8"))
    descriptor = json.loads((package / DESCRIPTOR).read_text(encoding="utf-8"))
    digest = graph.summary()["graph sha256"]
    assert citation["type"] == "dataset" and citation["version"] == descriptor["version"]
    assert descriptor["id"].endswith(digest)
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    text = (package / "README.md").read_text(encoding="utf-8")
    assert "수집 규칙" in text and "Collection rule" in text and digest in text


def test_package_says_how_complete_partner_lists_are_and_of_which_day(tmp_path: Path) -> None:
    countries = {"seoul": "south-korea", "kyoto": "japan", "lyon": "france", "paris": "france"}
    lists = {"kyoto": dict.fromkeys(("seoul", "lyon", "paris"), "")}
    store = store_of_lists(tmp_path, countries, lists, {"kyoto": 4}, {"kyoto": ("part", "2010/..")})
    files = to_datapackage(store)
    tables = {
        name: list(csv.DictReader(files[f"data/{name}.csv"].decode().splitlines()))
        for name in ("actors", "claims")
    }
    (kyoto,) = [row for row in tables["actors"] if row["id"] == f"{ID}government/kyoto"]
    assert (kyoto["partner_list"], kyoto["partner_list_as_of"]) == ("part", "2010/..")
    assert (kyoto["partner_list_ko"], kyoto["partner_city_total"]) == ("일부", "4")
    (claim,) = [row for row in tables["claims"] if row["property"].endswith("ListCompleteness")]
    assert claim["as_of"] == "2010/.."
    assert "0 are on record in full and 1 in part" in files["README.md"].decode()


def test_package_says_of_each_list_of_members_its_day_total_and_completeness(
    tmp_path: Path,
) -> None:
    text = to_datapackage(store_of_member_lists(tmp_path))["README.md"].decode()
    assert (
        "- The Club, 2010: 2 members on record, 3 according to the source. Part of the list."
        in text
    )
    assert "- 클럽, 2012: 회원 1곳 기록, 출처가 밝힌 수 40(어림수). 알 수 없음." in text
    assert "- The Club, undated: 1 members on record; the source counts none. Whole list." in text


def test_same_graph_gives_the_same_bytes(graph: Graph) -> None:
    one, other = to_datapackage(graph.store), to_datapackage(graph.store)
    assert one == other and tuple(one) == tuple(other) == PATHS
