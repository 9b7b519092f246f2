"""The chapter on tie formation where it cannot answer; the model has tests of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from citypact.graph.report.shared.study import Study
from citypact.graph.report.tie_formation.chapter import tie_formation
from tests.graph.report.chapters import check, store_of_lists, texts

pytest.importorskip("altair", reason="altair is not installed: no report is made")


def test_lists_with_few_dates_are_not_enough(tmp_path: Path) -> None:
    countries = dict.fromkeys([*"abc", *"pqrst"], "japan")
    lists = {hub: dict.fromkeys("pqrst", "established: 1999") for hub in "abc"}
    finding = tie_formation(Study(store_of_lists(tmp_path, countries, lists), draws=9))
    check(finding)
    assert texts(finding).startswith("This cannot be answered")
    assert not finding.key_findings
