"""The chapter on tie formation where it cannot answer; the model has tests of its own."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from citypact.graph.analysis.regression import Coefficient, Regression
from citypact.graph.analysis.tie_formation import EARLY, LATE, WITHOUT, Formation, RiskSet
from citypact.graph.report.shared.prose import Prose
from citypact.graph.report.shared.study import Study
from citypact.graph.report.tie_formation.chapter import (
    ALL_LISTS,
    FormationFindings,
    key_finding,
    tie_formation,
)
from citypact.graph.store.base import LocalStore
from tests.graph.report.chapters import check, store_of_lists, texts

pytest.importorskip("altair", reason="altair is not installed: no report is made")


def test_lists_with_few_dates_are_not_enough(tmp_path: Path) -> None:
    countries = dict.fromkeys([*"abc", *"pqrst"], "japan")
    lists = {hub: dict.fromkeys("pqrst", "established: 1999") for hub in "abc"}
    finding = tie_formation(Study(store_of_lists(tmp_path, countries, lists), draws=9))
    check(finding)
    assert texts(finding).startswith("This cannot be answered")
    assert not finding.key_findings


def fitted(low: float, high: float) -> Formation:
    """A history in which the odds ratio of partners in common has an interval."""
    middle = (low * high) ** 0.5
    common = Coefficient(
        "common_partners", math.log(middle), 0.1, math.log(low), math.log(high), 0.01, 0.1
    )
    model = Regression("logistic", (common,), (), 900, 90, 40, {}, None, -9.0, ())
    return Formation(RiskSet(90, 900, 90, 1990, 2020, 3), model, {"list": math.log(1.2)})


@pytest.mark.parametrize(("early", "holds"), [((1.1, 2.0), True), ((0.9, 2.6), False)])
def test_partners_in_common_must_hold_within_the_interval_of_each_bound(
    records: LocalStore, early: tuple[float, float], holds: bool
) -> None:
    intervals = {WITHOUT: (1.2, 1.6), EARLY: early, LATE: (1.1, 1.9), ALL_LISTS: (1.1, 1.4)}
    found = FormationFindings({name: fitted(*each) for name, each in intervals.items()}, 9, 7)
    key = key_finding(Prose(Study(records, draws=9), "tie-formation", found), found)
    told = {each.name: (each.low, each.high) for each in key.checks}
    assert told["undated-early-interval"] == pytest.approx(early)
    assert told["all-whole-interval"] == pytest.approx((1.1, 1.4))
    assert key.holds is holds
