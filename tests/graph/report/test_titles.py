"""The chapter on titles: what each side calls a tie, and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from citypact.graph.report.shared.study import Study
from citypact.graph.report.titles.chapter import titles
from tests.graph.report.chapters import check, rows, store_of_lists, texts

pytest.importorskip("altair", reason="altair is not installed: no report is made")


def tie(title: str, year: int | None = None) -> str:
    begun = f"established: {year}, " if year else ""
    return f"{begun}relation_type: {title}-city"


def test_titles_by_list_and_year(tmp_path: Path) -> None:
    countries = dict.fromkeys(["seoul", "kyoto", *"abcdefgh"], "japan")
    lists = {
        "seoul": {
            "kyoto": "established: 1970, relation_type: {is: sister-city, rank: preferred, "
            "reason: {ko: 이유, en: reason}}",
            **{name: tie("sister", 1970 + at) for at, name in enumerate("abc", 1)},
            **{name: tie("friendship", 2000 + at) for at, name in enumerate("defg", 1)},
            "h": tie("friendship"),
        },
        "kyoto": {"seoul": tie("friendship"), "a": tie("friendship"), "b": tie("friendship")},
    }
    finding = titles(Study(store_of_lists(tmp_path, countries, lists), draws=99))
    check(finding)
    years = {row["model_id"]: row for row in rows(finding, "titles-years")}
    assert years["known"]["difference"] == pytest.approx(31)
    assert years["known"]["sisters"], years["known"]["others"] == (4, 4)
    # The undated friendship city may be as old as the first sister city.
    assert years["undated-early"]["difference"] == pytest.approx(
        (2001 + 2002 + 2003 + 2004 + 1970) / 5 - 1971.5
    )
    assert {
        (row["one_id"][-5:], row["other_id"][-5:]) for row in rows(finding, "titles-differing")
    } == {("kyoto", "seoul")}
    (key,) = finding.key_findings
    assert key.holds
    assert "31.0 years later" in texts(finding)


def test_a_list_without_titles(tmp_path: Path) -> None:
    store = store_of_lists(
        tmp_path, dict.fromkeys(["seoul", *"abc"], "japan"), {"seoul": dict.fromkeys("abc", "")}
    )
    finding = titles(Study(store, draws=9))
    check(finding)
    assert texts(finding).startswith("No list of partners states titles")
