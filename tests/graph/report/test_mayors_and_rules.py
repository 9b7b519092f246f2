"""The chapter on mayors and rules, on the package: what its records say of Seoul."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from citypact.graph.report.mayors_and_rules.chapter import mayors_and_rules
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import LocalStore
from tests.graph.report.chapters import check, rows, store_of_lists, texts

pytest.importorskip("altair", reason="altair is not installed: no report is made")


def test_the_mayors_of_seoul(packaged: LocalStore) -> None:
    finding = mayors_and_rules(Study(packaged, draws=99))
    check(finding)
    found = rows(finding, "mayors-and-rules-terms")
    assert [row["id"].rsplit("/", 1)[1] for row in found] == [
        "lee-myung-bak",
        "oh-se-hoon",
        "park-won-soon",
        "oh-se-hoon",
    ]
    for row in found:
        assert row["earliest"] <= row["first"] <= row["last"] <= row["latest"]
        assert row["surely"] <= row["possibly"] and row["low"] <= row["high"]
    for one, other in pairwise(found):
        assert one["last"] < other["earliest"] and one["latest"] < other["first"]
    # San Francisco was the second sister city in its country long before the rule ended.
    again = {
        row["id"].rsplit("/", 1)[1]: row["year"] for row in rows(finding, "mayors-and-rules-again")
    }
    assert again == {"san-francisco": 1976, "washington-dc": 2006, "new-york": 2023}
    assert "no source in this graph states the rule" in texts(finding)
    assert {key.holds for key in finding.key_findings} == {False}
    # The test of the rule is exact, and not the primary one.
    assert [key.is_exploratory for key in finding.key_findings] == [False, True]


def test_a_graph_without_a_centre(tmp_path: Path) -> None:
    countries = dict.fromkeys([*"abc", *"pqr"], "japan")
    lists = {hub: dict.fromkeys("pqr", "") for hub in "abc"}
    finding = mayors_and_rules(Study(store_of_lists(tmp_path, countries, lists), draws=9))
    check(finding)
    assert texts(finding).startswith("This cannot be answered")


def test_the_rule_of_seoul_is_not_looked_for_elsewhere(tmp_path: Path) -> None:
    countries = {"a": "japan"} | dict.fromkeys("pqrs", "france")
    years = {"p": 1990, "q": 1995, "r": 2010, "s": 2015}
    kind = "relation_type: sister-city"
    lists = {"a": {name: f"established: {year}, {kind}" for name, year in years.items()}}
    finding = mayors_and_rules(Study(store_of_lists(tmp_path, countries, lists), draws=9))
    check(finding)
    assert "Seoul" not in texts(finding)
    assert not any(table.name.startswith("mayors-and-rules-rule") for table in finding.tables)
