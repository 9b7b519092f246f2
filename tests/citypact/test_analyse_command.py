"""`citypact analyse`: what it writes and says, whatever is asked of it."""

from __future__ import annotations

import csv
import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from citypact.api import Graph
from citypact.graph.report import CHAPTERS, OF_GROUPS, OF_SEVERAL_LISTS
from citypact.graph.store.base import LocalStore
from citypact.ontology.errors import CitypactError
from tests.running import begin, citypact

pytest.importorskip("altair", reason="altair is not installed: no report is made")
pytest.importorskip("vl_convert", reason="vl-convert-python is not installed: no report is made")

OF_SEOUL = tuple(name for name in CHAPTERS if name not in (*OF_GROUPS, *OF_SEVERAL_LISTS))
"""The chapters of a graph with the partner list of one city alone."""


def cpu_seconds(pid: int) -> float:
    """The time that a process has been at work, on a busy machine too."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def findings(out: Path) -> dict[str, Any]:
    found = json.loads((out / "findings.json").read_text(encoding="utf-8"))
    return {each["name"]: each for each in found["findings"]}


def test_every_chapter_answers_in_both_languages_with_method_and_cautions(report: Path) -> None:
    found = findings(report)
    assert tuple(found) == OF_SEOUL
    for name, finding in found.items():
        for part in ("answer", "method", "cautions"):
            assert finding[part], (name, part)
            for words in finding[part]:
                assert words["en"].strip() and words["ko"].strip(), (name, part)
                assert any("가" <= letter <= "힣" for letter in words["ko"]), (name, words)
                assert "nan" not in words["en"].split() and "None" not in words["en"].split()


def test_every_headline_has_its_ranges(report: Path) -> None:
    for name, finding in findings(report).items():
        for headline in finding["headlines"]:
            value = headline["value"]
            if value is None:
                continue
            place = (name, headline["name"])
            assert headline["least"] <= value <= headline["greatest"], place
            assert headline["low"] is None or headline["low"] <= headline["high"], place


def test_the_page_has_each_chapter_with_data_coverage_and_sources(report: Path) -> None:
    page = (report / "report.html").read_text(encoding="utf-8")
    digest = json.loads((report / "findings.json").read_text())["graph_sha256"]
    assert page.count(f"{digest}") >= 2 * len(OF_SEOUL)
    documented = "72 sister and friendship cities are documented, 32 of them by a primary source"
    # Below each chapter, and in the answer of the last.
    assert page.count(documented) == len(OF_SEOUL) + 1
    for name in OF_SEOUL:
        assert f'<section id="{name}">' in page
    assert page.count('<li id="source-') > 50
    assert 'src="http' not in page and "@import" not in page


def test_tables_and_figures_are_where_the_findings_say(report: Path) -> None:
    for finding in findings(report).values():
        for table in finding["tables"]:
            with (report / table).open(encoding="utf-8", newline="") as file:
                assert list(csv.DictReader(file)), table
            assert (report / table).with_suffix(".parquet").is_file()
        for figure in finding["figures"]:
            for ending in ("ko.svg", "en.svg", "ko.png", "en.png"):
                assert (report / "figures" / f"{figure}.{ending}").stat().st_size > 1000


def test_chapters_can_be_chosen_and_days(whole_build: Path, tmp_path: Path) -> None:
    out = tmp_path / "early"
    options = ["--only", "structure, groups", "--as-of", "1990-12-31", "--draws", "5", "--quick"]
    done = citypact("analyse", "--build", whole_build, "--out", out, *options, "--language", "ko")
    assert tuple(findings(out)) == ("structure", "groups")
    assert {path.suffix for path in (out / "figures").iterdir()} == {".svg"}
    assert "1990-12-31" in (out / "report.html").read_text(encoding="utf-8")
    assert "report.html" in done.err
    assert len(done.out.splitlines()) == 2


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--only", "astrology"], "there is no chapter called 'astrology'"),
        (["--only", ""], "there is no chapter called ''\n    -> use "),
        (["--network", "planets"], "planets"),
        (["--draws", "0"], "--draws"),
        (["--as-of", "yesterday"], "--as-of"),
        (["--cluster", "tcp://127.0.0.1:9", "--only", "null-models"], "tcp://127.0.0.1:9"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    build: Path, tmp_path: Path, options: list[str], says: str
) -> None:
    done = citypact("analyse", "--build", build, *options, folder=tmp_path, code=2)
    assert says in done.err
    assert not list(tmp_path.iterdir())


def test_a_report_that_is_stopped_leaves_the_last_one(report: Path, whole_build: Path) -> None:
    beside = sorted(report.parent.iterdir())
    before = {path: path.read_bytes() for path in sorted(report.rglob("*")) if path.is_file()}
    process = begin("analyse", "--build", whole_build, "--out", report, folder=report.parent)
    # The chapters take more time.
    while process.poll() is None and cpu_seconds(process.pid) < 1:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130, said
    assert said == b"Interrupted; nothing was changed.\n"
    assert {path: path.read_bytes() for path in before} == before
    assert sorted(report.parent.iterdir()) == beside


def test_the_python_way_gives_the_same_findings(report: Path, whole_build: Path) -> None:
    graph = Graph(LocalStore.open(whole_build))
    made = graph.analyse(only=["structure"], draws=20)
    finding = made.finding("structure")
    assert [dict(words) for words in finding.answer] == findings(report)["structure"]["answer"]
    frame = finding.table("actors").to_pandas()
    with (report / "tables/structure-actors.csv").open(encoding="utf-8", newline="") as file:
        assert list(frame["id"]) == [row["id"] for row in csv.DictReader(file)]
    with pytest.raises(CitypactError, match="no table 'nothing'"):
        finding.table("nothing")
    with pytest.raises(CitypactError, match="there is no network called"):
        graph.analyse(network="planets")


def test_a_place_that_is_taken_is_refused_before_the_analysis(build: Path, tmp_path: Path) -> None:
    """The chapter asked for would fail too, but later."""
    (tmp_path / "taken").write_text("of somebody else")
    out = ["--out", str(tmp_path / "taken")]
    late = ["--cluster", "tcp://127.0.0.1:9", "--only", "null-models"]
    done = citypact("analyse", "--build", build, *out, *late, code=2)
    assert "exists and was not made by citypact" in done.err
