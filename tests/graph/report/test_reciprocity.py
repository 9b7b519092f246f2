"""The chapter on reciprocity: which silences of a list mean something."""

from __future__ import annotations

from pathlib import Path

import pytest

from citypact.graph.report.reciprocity.chapter import reciprocity
from citypact.graph.report.shared.study import Study
from tests.graph.report.chapters import check, rows, store_of_lists, texts

pytest.importorskip("altair", reason="altair is not installed: no report is made")


def test_only_a_whole_list_of_the_kind_is_silent_with_meaning(tmp_path: Path) -> None:
    countries = dict.fromkeys([*"abcd", *"pqr"], "japan")
    sister = "relation_type: sister-city"
    others = dict.fromkeys("pqr", sister)
    lists = {
        "a": others | {"b": sister, "c": sister, "d": sister},
        "b": others | {"a": sister},  # on both lists
        "c": others,  # part of 9: says nothing
        "d": others | {"b": "relation_type: friendship-city"},  # whole: does not have a
    }
    finding = reciprocity(
        Study(store_of_lists(tmp_path, countries, lists, {"b": 4, "c": 9, "d": 4}))
    )
    check(finding)
    silent = {
        (row["one_id"][-1], row["other_id"][-1]): row["kind_id"]
        for row in rows(finding, "reciprocity-one-sided")
    }
    assert silent == {("a", "c"): "not-whole", ("a", "d"): "unexplained", ("b", "d"): "other-kind"}
    assert "between 25% and 75%" in texts(finding)


def test_a_list_is_of_the_kinds_that_it_names_itself(tmp_path: Path) -> None:
    countries = dict.fromkeys([*"efg", *"pqr"], "japan")
    sister, friendship = "relation_type: sister-city", "relation_type: friendship-city"
    others = dict.fromkeys("pqr", sister)
    accepted = "{is: friendship-city, rank: preferred, reason: {ko: 가, en: a}}"
    lists = {
        "e": others | {"f": sister},  # whole, and of sister cities alone
        "f": others | {"e": f"relation_type: {accepted}"},
        "g": others | {"e": friendship},
    }
    finding = reciprocity(Study(store_of_lists(tmp_path, countries, lists, {"e": 4})))
    silent = {
        (row["one_id"][-1], row["other_id"][-1]): row["kind_id"]
        for row in rows(finding, "reciprocity-one-sided")
    }
    assert silent == {("e", "g"): "other-kind"}
