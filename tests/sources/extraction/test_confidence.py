"""How sure values are: what the weights make of what rules say, and how they are fitted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.calibration import Case, fit, left_out
from citypact.sources.extraction.confidence import (
    FEATURES,
    HIGH,
    KINDS,
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
    assert set(weights()) == set(KINDS)
    assert all(set(of_kind) == set(FEATURES) for of_kind in weights().values())


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
