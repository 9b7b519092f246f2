"""The chapter on ego networks, and how its key finding comes to the first page."""

from __future__ import annotations

from pathlib import Path

import pytest

from citypact.graph.report.ego_networks.chapter import ego_networks
from citypact.graph.report.report import contents_of, make_report
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import LocalStore
from tests.graph.report.chapters import check, rows, store_of_lists, texts

pytest.importorskip("altair", reason="altair is not installed: no report is made")


def circles(folder: Path) -> LocalStore:
    """Two circles of four cities that list each other and three places of their own."""
    countries, lists = {}, {}
    for circle, country in (("a", "japan"), ("b", "france")):
        hubs = [f"{circle}hub{i}" for i in range(4)]
        others = [f"{circle}place{i}" for i in range(3)]
        countries |= dict.fromkeys([*hubs, *others], country)
        lists |= {hub: dict.fromkeys([*hubs, *others], "") for hub in hubs}
        for hub in hubs:
            del lists[hub][hub]
    return store_of_lists(folder, countries, lists, {hub: len(lists[hub]) for hub in lists})


def test_partners_that_choose_each_other(tmp_path: Path) -> None:
    study = Study(circles(tmp_path), draws=99)
    finding = ego_networks(study)
    check(finding)
    # Each pair of the 6 partners of a hub is tied, but for two places that list nobody.
    hubs = [row for row in rows(finding, "ego-networks-hubs") if row["id"]]
    assert {(row["partners"], row["pairs"], row["tied"]) for row in hubs} == {(6, 12, 12)}
    assert finding.answer[0]["en"].startswith("Yes.")
    (key,) = finding.key_findings
    assert key.value > 1.2
    assert key.holds
    assert {each.name for each in key.checks} == {"lists", "all-whole"}
    report = make_report(study, ["ego-networks"])
    contents = contents_of(report)
    assert [each.finding.value for each in contents.holding] == [key.value]
    assert not contents.failing


def test_one_list_says_nothing_of_its_partners(tmp_path: Path) -> None:
    countries = dict.fromkeys(["seoul", *"pqrstuv"], "japan")
    store = store_of_lists(tmp_path, countries, {"seoul": dict.fromkeys("pqrstuv", "")})
    study = Study(store, draws=19)
    finding = ego_networks(study)
    check(finding)
    assert texts(finding).startswith("This cannot be answered")
    assert not finding.key_findings
    # A report leaves the chapter out unless it is asked for.
    assert "ego-networks" not in {each.name for each in make_report(study, []).findings}
