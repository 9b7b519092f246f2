"""The chapter on shared partners, on lists of two capitals and others."""

from __future__ import annotations

from pathlib import Path

import pytest

from citypact.graph.report.shared.study import Study
from citypact.graph.report.shared_partners.chapter import shared_partners
from tests.graph.report.chapters import check, rows, store_of_lists

pytest.importorskip("altair", reason="altair is not installed: no report is made")


def test_pairs_and_countries(tmp_path: Path) -> None:
    countries = dict.fromkeys([*"abcd"], "japan") | dict.fromkeys([*"ef"], "france")
    countries |= dict.fromkeys([*"pqrstuvw"], "brazil")
    lists = {hub: dict.fromkeys("pqrs", "") for hub in "abcd"}
    lists |= {hub: dict.fromkeys("tuvw", "") for hub in "ef"}
    finding = shared_partners(Study(store_of_lists(tmp_path, countries, lists), draws=99))
    check(finding)
    found = {row["model_id"]: row for row in rows(finding, "shared-partners-groups")}
    # None is known to be a capital; cities of one country list the same places here.
    assert set(found) == {"countries"}
    assert (found["countries"]["within"], found["countries"]["between"]) == (1, 0)
    pairs = rows(finding, "shared-partners-pairs")
    assert {row["jaccard"] for row in pairs} == {1} and len(pairs) == 7
    assert not finding.key_findings
