"""Decisions on drafts: what they make of a draft, and how they are found again in another text."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from citypact.ontology.errors import CitypactError
from citypact.sources.documents.normal_form import Block, NormalForm
from citypact.sources.extraction.judgement import (
    AGREEMENT,
    Decision,
    JudgedDraft,
    JudgedValue,
    Quote,
    accepted_draft,
    decide,
    decision_from_json,
    decision_to_json,
    judge,
)
from citypact.sources.extraction.model import (
    DateFound,
    Draft,
    DraftAgreement,
    Drafted,
    Form,
    Name,
    Signatory,
    Status,
)

TEXT = (
    "Oslo and Lima signed a memorandum on 3 May 2024 in Oslo, on tourism and ports. Mayor Ada "
    "Berg signed for Oslo. Oslo and Quito will sign a pact on tourism in June."
)


def form_of(text: str) -> NormalForm:
    return NormalForm("a.txt", text, (Block((0, len(text))),), "", "", "plain 1")


def at(words: str, text: str, number: int = 0) -> tuple[tuple[int, int], ...]:
    start = -1
    for _ in range(number + 1):
        start = text.index(words, start + 1)
    return ((start, start + len(words)),)


def drafted(value: Any, words: str, text: str, number: int = 0) -> Drafted[Any]:
    return Drafted(value, at(words, text, number), 0.9, "rule", ("the name is not known",))


def party(name: str, text: str, number: int = 0) -> Drafted[Any]:
    return drafted(Name(name, "", name, "city"), name, text, number)


def draft_of(text: str = TEXT) -> Draft:
    first = DraftAgreement(
        drafted(Form.MOU, "memorandum", text),
        drafted(Status.MAIN, "signed a memorandum", text),
        (party("Oslo", text), party("Lima", text)),
        date=drafted(DateFound("2024-05-03", "stated", "signed"), "3 May 2024", text),
        signatories=(drafted(Signatory("Ada Berg", "Mayor", 0), "Ada Berg", text),),
        topics=(drafted("topic:tourism", "tourism", text),),
    )
    second = DraftAgreement(
        drafted(Form.OTHER, "pact", text),
        drafted(Status.PLANNED, "will sign a pact", text),
        (party("Oslo", text, 3), party("Quito", text)),
        topics=(drafted("topic:tourism", "tourism", text, 1),),
    )
    return Draft((first, second))


def judged(decisions: list[Decision], text: str = TEXT, draft: Draft | None = None) -> JudgedDraft:
    """After decisions that went through JSON."""
    kept = [decision_from_json(json.loads(json.dumps(decision_to_json(d)))) for d in decisions]
    return judge(draft or draft_of(text), form_of(text), kept)


def after(*steps: dict[str, Any]) -> list[Decision]:
    """The decisions of some steps, each taken on what the ones before it made."""
    decisions: list[Decision] = []
    for step in steps:
        decisions += decide(judged(decisions), TEXT, **{"reason": "why", "person": "Kim"} | step)
    return decisions


def value(judgement: JudgedDraft, name: str) -> JudgedValue:
    found = judgement.find(name)
    assert found and found[1]
    return found[1]


OSLO = {"text": "Oslo", "entity": "government/oslo", "label_en": "Oslo", "kind": "city"}
ALL = [{"name": "0", "action": "accept"}, {"name": "1", "action": "accept"}]


def test_what_was_decided_is_what_is_written() -> None:
    decisions = after(
        {"name": "0/parties/0", "action": "change", "new": OSLO},
        {"name": "0/topics/0", "action": "reject"},
        {"name": "0", "action": "add", "field": "topics", "new": "topic:ports-and-logistics"}
        | {"spans": at("ports", TEXT)},
        {"name": "0", "action": "accept"},
        {"name": "1", "action": "reject"},
    )
    judgement = judged(decisions)
    assert judgement.open_values == 0 and not judgement.lost
    assert value(judgement, "0/topics/0").decision == decisions[1]
    (agreement,) = accepted_draft(judgement).agreements
    assert [each.value.entity for each in agreement.parties] == ["government/oslo", ""]
    assert [(each.value, each.spans) for each in agreement.topics] == [
        ("topic:ports-and-logistics", at("ports", TEXT))
    ]
    assert agreement.date and agreement.date.confidence == 1 and not agreement.date.doubts
    assert agreement.signatories[0].value.of == 0


def test_a_side_that_is_rejected_is_no_longer_named() -> None:
    third = {"text": "Quito", "kind": "city"}
    decisions = after(
        {"name": "0/parties/0", "action": "reject"},
        {"name": "0", "action": "add", "field": "parties", "new": third}
        | {"spans": at("Quito", TEXT)},
        *ALL,
    )
    agreement = accepted_draft(judged(decisions)).agreements[0]
    assert [each.value.text for each in agreement.parties] == ["Lima", "Quito"]
    assert agreement.signatories[0].value.of is None


def test_an_agreement_can_be_added_with_its_values() -> None:
    added = at("Mayor Ada Berg signed", TEXT)
    decisions = after(
        {"name": "", "action": "add", "field": AGREEMENT, "new": "mou", "spans": added},
        {"name": "+1", "action": "add", "field": "parties", "new": OSLO, "spans": at("Oslo", TEXT)},
        {"name": "+1", "action": "add", "field": "parties", "new": OSLO | {"text": "Lima"}}
        | {"spans": at("Lima", TEXT)},
        *ALL,
    )
    third = accepted_draft(judged(decisions)).agreements[2]
    assert (third.form.value, third.form.spans) == (Form.MOU, added)
    assert [each.value.text for each in third.parties] == ["Oslo", "Lima"]


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        ({"name": "0/form", "action": "reject"}, "every agreement has this value"),
        ({"name": "0/nothing", "action": "accept"}, "no such value"),
        ({"name": "0", "action": "add", "field": "topics", "new": "topic:tourism"}, "words in"),
        (
            {"name": "0", "action": "add", "field": "topics", "new": "topic:tourism"}
            | {"spans": [(0, 10_000)]},
            "words in",
        ),
        (
            {"name": "0", "action": "add", "field": "date", "new": {}, "spans": [(0, 4)]},
            "one value of this kind",
        ),
        ({"name": "0/topics/0", "action": "change", "new": "topic:nothing"}, "not a value of"),
        (
            {"name": "0/date", "action": "change", "new": {"edtf": "May", "meaning": "signed"}},
            "not a date",
        ),
        (
            {"name": "0/parties/0", "action": "change", "new": OSLO | {"entity": "a: b\nc"}},
            "not an identifier",
        ),
        (
            {"name": "0/signatories/0", "action": "change", "new": {"name": "A", "of": "Rome"}},
            "not a value of",
        ),
    ],
)
def test_what_cannot_be_decided_is_said(step: dict[str, Any], fault: str) -> None:
    with pytest.raises(CitypactError, match=fault):
        after(step)


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        (ALL[:1], "not judged yet: 5"),
        ([{"name": "0", "action": "reject"}, {"name": "1", "action": "reject"}], "nothing to"),
        ([{"name": "0/parties/1", "action": "reject"}, *ALL], "two parties or more"),
        (
            [*ALL, {"name": "0/date", "action": "reopen"}],
            "not judged yet: 1",
        ),
    ],
)
def test_what_is_not_whole_is_not_written(steps: list[dict[str, Any]], fault: str) -> None:
    with pytest.raises(CitypactError, match=fault):
        accepted_draft(judged(after(*steps)))


def test_decisions_follow_their_words_into_another_text() -> None:
    text = "Press release. " + TEXT.replace("in June", "in June 2025")
    decisions = after(
        {"name": "0/parties/0", "action": "change", "new": OSLO},
        {"name": "1/topics/0", "action": "reject"},
        {"name": "0", "action": "accept"},
    )
    judgement = judged(decisions, text)
    assert not judgement.lost
    states = {each.id: each.state for one in judgement.agreements for each in one.values}
    assert states["0/parties/0"] == "changed" and states["0/date"] == "accepted"
    assert states["1/topics/0"] == "rejected" and states["1/form"] == "open"
    assert value(judgement, "0/parties/0").drafted.spans == at("Oslo", text)


def test_what_a_person_accepted_stays_where_rules_no_longer_find_it() -> None:
    draft = draft_of()
    first = replace(draft.agreements[0], date=None, topics=())
    decisions = after(*ALL)
    judgement = judged(decisions, draft=Draft((first, draft.agreements[1])))
    assert not judgement.lost and judgement.open_values == 0
    agreement = accepted_draft(judgement).agreements[0]
    assert agreement.date and agreement.date.value.edtf == "2024-05-03"
    assert [each.value for each in agreement.topics] == ["topic:tourism"]


def test_decisions_that_no_longer_fit_are_reported() -> None:
    decisions = after(
        {"name": "0/date", "action": "accept"},
        {"name": "1", "action": "accept"},
        {"name": "0/topics/0", "action": "reject"},
    )
    text = TEXT.replace("3 May 2024", "4 May 2024")
    date = drafted(DateFound("2024-05-04", "stated", "signed"), "4 May 2024", text)
    draft = draft_of(TEXT)
    draft = Draft((replace(draft.agreements[0], date=date),))  # the second is found no more
    lost = judged(decisions, text, draft).lost
    assert decisions[0] in lost and len(lost) == 1 + 5
    assert all(each.action == "accept" for each in lost)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("one city, two city, three", 14),
        ("before: one city, two city, three", 22),
        ("one city, two city; three", 14),  # one side is enough
        ("other city, three", 6),
        ("other city; three", None),
        ("- one city, two city, three; one city, two city, three", None),  # which of both?
        ("nothing", None),
    ],
)
def test_words_are_found_by_their_context_or_not_at_all(text: str, where: int | None) -> None:
    quote = Quote("city", "one city, two ", ", three", (14, 18))
    if where == 6:
        quote = replace(quote, before="")
    assert quote.find(text) == (where and (where, where + 4))
