"""How sure values are: what the weights make of what rules say, and how they are fitted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.calibration import (
    Case,
    fit,
    judged_by,
    keep,
    kept,
    left_out,
    levelled,
    lowered,
)
from citypact.sources.extraction.confidence import (
    FEATURES,
    HIGH,
    KINDS,
    LANGUAGES,
    calibrated,
    confidence_of,
    log_odds,
    share_of,
    weights,
)
from citypact.sources.extraction.evaluate import LabelledEvaluation, Measure, draft_of, evaluate
from citypact.sources.extraction.extract import extract
from citypact.sources.extraction.labelled import read_labelled
from citypact.sources.extraction.model import Draft, DraftAgreement, Drafted, Form, Name, Status

MATERIAL = Path(os.environ.get("CITYPACT_MATERIAL") or "nowhere") / "documents"


def agreement(form: Form, *parties: str, share: float = 0.9) -> DraftAgreement:
    return DraftAgreement(
        Drafted(form, ((0, 1),), share, "by-hand"),
        Drafted(Status.MAIN, ((0, 1),), share, "by-hand"),
        tuple(Drafted(Name(p, "", p, "city"), ((0, 1),), share, "by-hand") for p in parties),
    )


def test_the_table_has_a_weight_for_each_feature_of_each_kind() -> None:
    assert set(weights()) == set(LANGUAGES)
    for of_kinds in weights().values():
        assert set(of_kinds) == set(KINDS)
        assert all(set(of_kind) == set(FEATURES) for of_kind in of_kinds.values())


def test_what_rules_say_and_known_parties_make_values_surer() -> None:
    def confidence(*parties: str, share: float = 0.9) -> float:
        draft = Draft((agreement(Form.MOU, *parties, share=share),))
        return calibrated(draft).agreements[0].form.confidence

    assert confidence("Oslo", "Lima") > confidence("Oslo", "Lima", share=0.6)
    assert confidence("Oslo", "Lima") > confidence("Oslo", "Xyzzyville")


def test_doubtful_values_say_why() -> None:
    draft = calibrated(Draft((agreement(Form.OTHER, "Oslo", "Xyzzyville", share=0.6),)))
    (found,) = draft.agreements
    assert found.form.confidence < HIGH
    assert "a party is not among the known names" in found.form.doubts
    assert "the name is not known" in found.parties[1].doubts


def test_every_value_of_a_text_has_a_confidence_and_doubtful_ones_a_reason() -> None:
    text = "서울시는 2021년 5월 4일 하노이와 관광·교통·문화 분야 업무협약을 체결했다."
    for found in extract(plain_form(text)).agreements:
        values = [found.form, found.status, *found.parties, *found.topics, found.date]
        for value in values:
            assert value is not None
            assert 0 < value.confidence < 1
            assert value.confidence >= HIGH or value.doubts


def test_the_fit_learns_which_feature_tells_right_from_wrong() -> None:
    cases = [
        Case(str(number), "parties", 0, {"always": 1.0, "rule": 2.0, **known}, right)
        for number in range(300)
        for known, right in (({"known": 1.0}, 1.0), ({}, float(number % 3 == 0)))
    ]
    fitted = fit(cases)
    sure, doubtful = (
        confidence_of({"always": 1.0, "rule": 2.0} | known, fitted["parties"])
        for known in ({"known": 1.0}, {})
    )
    assert sure > 0.9 and 0.25 < doubtful < 0.5
    assert {case.document for case, _ in left_out(cases[:8])} == {"0", "1", "2", "3"}
    # Without a case of a kind, what the rule says holds.
    assert confidence_of({"rule": log_odds(0.8)}, fitted["mode"]) == 0.8
    assert share_of(log_odds(0.7)) == 0.7


def test_confidence_is_lowered_until_enough_of_what_is_sure_is_right() -> None:
    """Values of 91% that are right half the time are not sure; those of 95% that are right stay."""
    fitted = {"parties": {"always": 0.0}}
    judged = [
        (Case(str(number), "parties", 0, {}, right), share)
        for number in range(20)
        for share, right in ((0.91, float(number % 2)), (0.95, 1.0))
    ]
    shift = lowered(fitted, judged)["parties"]["always"]
    assert share_of(log_odds(0.95) + shift) >= HIGH > share_of(log_odds(0.91) + shift)
    wrong = [(case, 0.91) for case, share in judged if share == 0.91]
    never = lowered(fitted, wrong)["parties"]["always"]
    assert share_of(log_odds(0.98) + never) < HIGH


def test_the_level_moves_until_as_many_values_as_possible_are_sure() -> None:
    """Values of 70% that were right become sure; those below, and topics, do not."""
    rules = {
        "agreements": {"rule": 1.0},
        "status": {"sure": 0.5, "rule": 0.5},
        "topics": {"rule": 1.0},
    }
    fitted = {kind: {name: w.get(name, 0.0) for name in FEATURES} for kind, w in rules.items()}
    cases = [
        Case(f"{share} {number}", kind, 0, {"always": 1.0, "rule": log_odds(share)}, right)
        for number in range(20)
        for kind in ("agreements", "status")
        for share, right in ((0.7, 1.0), (0.5, 0.0))
    ]
    moved = levelled(fitted, cases)
    assert all((share >= HIGH) == bool(case.right) for case, share in judged_by(cases, moved))
    assert confidence_of({"rule": log_odds(0.7)}, moved["topics"]) == 0.7
    nothing = [case for case in cases if not case.right]
    assert levelled(fitted, nothing)["agreements"]["always"] == 0.0


def test_cases_are_kept_as_they_were_first_read(tmp_path: Path) -> None:
    (tmp_path / "01.txt").write_text("\n2024-05-03\nOslo and Lima signed a memorandum.\n")
    (tmp_path / "01.yaml").write_text(
        "language: en\nagreements:\n- type: mou\n  status: main\n"
        "  parties: [{name: Oslo}, {name: Bergen}]\n"
    )
    keep(tmp_path / "cases.jsonl", [tmp_path])
    found = {(case.kind, case.right) for case in kept([tmp_path / "cases.jsonl"])}
    assert {("agreements", 0.0), ("parties", 1.0), ("parties", 0.0)} <= found
    assert {case.language for case in kept([tmp_path / "cases.jsonl"])} == {"en"}


@pytest.fixture(scope="module")
def material() -> LabelledEvaluation:
    if not MATERIAL.is_dir():
        pytest.skip("CITYPACT_MATERIAL has no documents: nothing to measure extraction on")
    return evaluate(read_labelled(MATERIAL), draft_of)


def test_the_labelled_documents_are_read_well(material: LabelledEvaluation) -> None:
    floors = {
        Measure.AGREEMENTS: 0.9, Measure.PARTIES: 0.92, Measure.DATES: 0.9, Measure.STATUS: 0.9,
        Measure.SIGNATORIES: 0.9, Measure.SIGNATORIES_WITH_SIDE: 0.9, Measure.TOPICS: 0.75,
        Measure.MODE: 0.85, Measure.LEGAL_FORCE: 0.9,
    }  # fmt: skip
    scores = material.scores()
    low = {m: scores[m].f1 for m, floor in floors.items() if (scores[m].f1 or 0) < floor}
    assert not low
    assert not [agreement for r in material.without_agreement for agreement in r.asserted]


def test_values_of_high_confidence_are_right(material: LabelledEvaluation) -> None:
    every = material.calibration()[None]
    assert every.sure_right / every.sure >= 0.97
    assert every.sure / every.values >= 0.5
