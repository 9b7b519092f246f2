"""The family of primary tests: one a chapter, corrected together, shown and told to programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from citypact.graph.analysis.permutation import holm
from citypact.graph.analysis.significance import Verdict
from citypact.graph.report import CHAPTERS
from citypact.graph.report.report import Report, contents_of, make_report, primary_table
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.key_finding import KeyFinding
from citypact.graph.report.shared.primary_tests import Member, PrimaryTest, family
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import LocalStore
from citypact.graph.text.bilingual import both

CHOSEN = ["chronology", "titles", "missing"]


def finding(name: str, *primary: PrimaryTest, keys: tuple[KeyFinding, ...] = ()) -> Finding:
    words = both("글", name)
    return Finding(name, words, words, [words], [], {}, key_findings=keys, primary=primary)


def of(p: float, draws: int = 999, sides: int = 1) -> PrimaryTest:
    return PrimaryTest(both("주장", "A claim"), p, draws, sides)


def family_of(chances: Mapping[str, float], draws: int = 999) -> list[Member]:
    return family([(name, both("장", name), of(p, draws)) for name, p in chances.items()])


def test_tests_of_all_chapters_are_corrected_together() -> None:
    chances = {"structure": 0.02, "groups": 0.004, "topics": 0.6}
    found = family_of(chances)
    assert [each.chapter for each in found] == list(chances)
    assert [each.result.p for each in found] == pytest.approx(holm(list(chances.values())))
    assert [each.is_significant for each in found] == [True, True, False]
    # A fourth test makes the first too weak: 0.02 times 3 is above the level.
    more = family_of(chances | {"new": 0.5})
    assert [each.is_significant for each in more] == [False, True, False, False]


def test_samples_that_are_too_few_for_the_family_are_no_result() -> None:
    names = ("structure", "groups", "topics")
    few = family_of(dict.fromkeys(names, 1 / 40), draws=39)
    assert {each.result.verdict for each in few} == {Verdict.INCONCLUSIVE}
    exact = family_of(dict.fromkeys(names, 0.0001), draws=0)
    assert all(each.is_significant and each.result.error == 0 for each in exact)


def test_upper_bounds_and_exact_tests_have_no_error_of_samples() -> None:
    tests = [("structure", 0.001, 999), ("groups", 0.3, 999), ("topics", 0.01, 0)]
    members = family([(name, both("장", name), of(p, draws)) for name, p, draws in tests])
    bound, sampled, exact = primary_table(members).rows
    assert bound["is_bound"] and "error" not in bound
    assert not sampled["is_bound"] and sampled["error"] > 0
    assert not exact["is_bound"] and not {"error", "draws"} & set(exact)


def test_a_key_finding_is_significant_only_in_the_family() -> None:
    key = KeyFinding(both("문장", "One"), both("뒤집힘", "Two"), both("수", "N"), 2.0, 1.0, True)
    weak = finding("topics", of(0.04), keys=(key,))
    free = finding("groups", keys=(key,))
    alone = Report(Study(LocalStore.of([])), [weak, free], {}, {}, [])
    assert [each.holds for each in alone.key_findings(weak)] == [True]
    family_of_two = replace(alone, findings=[weak, free, finding("structure", of(0.9))])
    assert [each.holds for each in family_of_two.key_findings(weak)] == [False]
    assert [each.holds for each in family_of_two.key_findings(free)] == [True]


def test_an_exploratory_key_finding_does_not_wait_for_the_primary_test() -> None:
    words = both("문장", "One")
    key = KeyFinding(words, words, words, 2.0, 1.0, True)
    chapter = finding("chronology", of(0.9), keys=(key, replace(key, is_exploratory=True)))
    report = Report(Study(LocalStore.of([])), [chapter], {}, {}, [])
    assert [each.holds for each in report.key_findings(chapter)] == [False, True]
    # On the first page it comes after those of primary tests.
    later = finding("titles", keys=(key,))
    shown = contents_of(replace(report, findings=[chapter, later])).holding
    assert [each.chapter for each in shown] == ["titles", "chronology"]


def test_a_key_finding_of_too_few_samples_is_not_called_insignificant() -> None:
    words = both("문장", "One")
    chapter = finding(
        "titles", of(1 / 11, draws=10), keys=(KeyFinding(words, words, words, 2.0, 1.0, False),)
    )
    report = Report(Study(LocalStore.of([])), [chapter], {}, {}, [])
    (key,) = report.key_findings(chapter)
    assert key.is_inconclusive and not key.holds


def test_the_report_states_its_family_and_calls_the_rest_exploratory(packaged: LocalStore) -> None:
    pytest.importorskip("statsmodels", reason="statsmodels is not installed: no regressions")
    report = make_report(Study(packaged, draws=60), CHOSEN)
    told = json.loads(report.to_json())["primary_tests"]
    assert told["other_tests"] == "exploratory"
    assert [each["chapter"] for each in told["tests"]] == ["chronology", "titles"]
    for each in told["tests"]:
        assert each["p"] <= each["adjusted_p"] <= 1 and each["draws"] >= 60
        assert each["error"] > 0 and each["claim"]["ko"] != each["claim"]["en"]
    contents = contents_of(report)
    assert contents.primary and contents.primary.whole == 2
    rows = report.tables()["report-primary-tests"].rows
    assert [row["p"] for row in rows] == [each["p"] for each in told["tests"]]
    assert {row["chapter_id"] for row in rows} <= set(CHAPTERS)
