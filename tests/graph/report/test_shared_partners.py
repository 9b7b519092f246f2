"""The chapter on shared partners, on lists of two capitals and others."""

from __future__ import annotations

from pathlib import Path

import pytest

from citypact.graph.analysis.equivalence import GroupSimilarity, equivalence
from citypact.graph.report.shared.prose import Prose
from citypact.graph.report.shared.study import Study
from citypact.graph.report.shared_partners.chapter import (
    SharedPartnerFindings,
    key_finding,
    shared_partners,
)
from citypact.graph.store.base import LocalStore
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


def test_capitals_do_not_hold_if_the_lengths_of_lists_explain_them() -> None:
    found = equivalence({hub: frozenset("pqr") for hub in "abc"})
    assert found is not None
    alike = GroupSimilarity(0.125, 0.031, 0.001, 999, {"a": 0.08, "b": 0.11})
    for within, holds in ((0.069, True), (-0.02, False)):
        excess = GroupSimilarity(within, -0.011, 0.001, 999, {})
        findings = SharedPartnerFindings(3, found, alike, None, alike, excess)
        prose = Prose(Study(LocalStore.of([])), "shared-partners", findings, level=0.05)
        key = key_finding(prose, findings, alike)
        assert [check.name for check in key.checks] == ["lists", "only-whole", "lengths"]
        assert key.holds is holds
        said = prose.paragraphs("answer")[0]["en"]
        assert f"two capitals have {100 * within:.1f}%".replace("-", "−") in said
