"""What is taken of a language model's answer, and how it joins the draft of the rules."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from citypact.ontology.errors import CitypactError
from citypact.sources.documents.normal_form import NormalForm
from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.extract import extract
from citypact.sources.extraction.language_model import (
    INSTRUCTIONS,
    Reading,
    ask_model,
    reading_of,
)
from citypact.sources.extraction.merged_drafts import (
    MODEL_ALONE,
    OTHER_VALUE,
    RULES_ALONE,
    merged,
)

TEXT = (
    "Oslo and Lima sign memorandum\n\n"
    "The Mayor of Oslo, Ada Berg, and the Mayor of Lima, Juan Soto, signed a memorandum of "
    "understanding on 3 May 2024 in Oslo. The cities will exchange experts on public transport.\n\n"
    "Behind the scenes, Quillatown and Oslo have been partners since 1999."
)
PUBLISHED = "2024-05-04"


@pytest.fixture
def form() -> NormalForm:
    return plain_form(TEXT, "release.txt")


def quoted(value: Any, quote: str) -> dict[str, Any]:
    return {"value": value, "quote": quote}


def memorandum(**values: Any) -> dict[str, Any]:
    """What a model that reads well answers."""
    return {
        "form": quoted("mou", "memorandum of understanding"),
        "status": quoted("main", "signed"),
        "parties": [
            {"name": "Oslo", "kind": "city", "quote": "Mayor of Oslo"},
            {"name": "Lima", "kind": "city", "quote": "Mayor of Lima"},
        ],
        "date": quoted("2024-05-03", "on 3 May 2024"),
    } | values


def read(form: NormalForm, *agreements: Any) -> Reading:
    return reading_of(form, json.dumps({"agreements": agreements}), published=PUBLISHED)


def test_every_value_has_the_span_of_its_quote(form: NormalForm) -> None:
    [found] = read(form, memorandum(place=quoted("Oslo", "in Oslo"))).draft.agreements
    assert [form.words(span) for span in found.form.spans] == ["memorandum of understanding"]
    assert [party.value.text for party in found.parties] == ["Oslo", "Lima"]
    assert all("Lima" in form.words(span) for span in found.parties[1].spans)
    assert found.date and found.date.value.edtf == "2024-05-03"
    assert found.place and form.words(found.place.spans[0]) == "in Oslo"


INVENTED = {
    "a quote that is not in the text": (
        {"mode": quoted("online", "by video conference")},
        "mode",
        "its quote is not in the document",
    ),
    "words put together from two places": (
        {"place": quoted("Lima", "in Lima")},
        "place",
        "its quote is not in the document",
    ),
    "a name that its quote lacks": (
        {"signatories": [{"name": "Eva Holm", "role": "Mayor", "of": "Oslo", "quote": "Ada Berg"}]},
        "signatories",
        "its quote does not contain the name",
    ),
    "another day than the quoted one": (
        {"date": quoted("2023-11-30", "on 3 May 2024")},
        "date",
        "its quote says 2024-05-03",
    ),
    "a topic that the scheme lacks": (
        {"topics": [quoted("alchemy", "public transport")]},
        "topics",
        "it is not of the form that was asked for",
    ),
    "no words at all": (
        {"legally_binding": quoted(True, " ")},
        "legally_binding",
        "it quotes no words",
    ),
    "something else than a value": (
        {"mode": ["online"]},
        "mode",
        "it is not of the form that was asked for",
    ),
}


@pytest.mark.parametrize(("values", "field", "reason"), INVENTED.values(), ids=INVENTED)
def test_what_a_model_invents_is_refused(
    form: NormalForm, values: dict[str, Any], field: str, reason: str
) -> None:
    reading = read(form, memorandum(**values))
    [found] = reading.draft.agreements
    assert getattr(found, field) in (None, ())
    assert [(each.field, str(each.reason)) for each in reading.refused] == [(field, reason)]


def test_an_agreement_needs_two_parties_of_the_text(form: NormalForm) -> None:
    parties = [
        {"name": "Oslo", "kind": "city", "quote": "Mayor of Oslo"},
        {"name": "Atlantis", "kind": "city", "quote": "Mayor of Atlantis"},
    ]
    reading = read(form, memorandum(parties=parties))
    assert not reading.draft.agreements
    assert [each.field for each in reading.refused] == ["parties", "parties"]


def test_a_date_without_words_for_one_is_doubtful(form: NormalForm) -> None:
    [found] = read(form, memorandum(date=quoted("2024", "signed a memorandum"))).draft.agreements
    assert found.date and found.date.doubts


@pytest.mark.parametrize("answer", ["", "I can't do that.", "[]", '{"agreements": 3}', "{" * 9999])
def test_an_answer_without_agreements_is_an_error(form: NormalForm, answer: str) -> None:
    with pytest.raises(CitypactError, match=r"release\.txt: .*not JSON with agreements"):
        reading_of(form, answer)


def test_json_in_a_fence_is_read(form: NormalForm) -> None:
    answer = f"Here it is:\n```json\n{json.dumps({'agreements': [memorandum()]})}\n```"
    assert len(reading_of(form, answer).draft.agreements) == 1


def test_a_model_gets_evidence_instructions_and_a_schema(form: NormalForm) -> None:
    asked: list[Any] = []

    def ask(*given: Any) -> str:
        asked.append(given)
        return json.dumps({"agreements": [memorandum()]})

    assert ask_model(form, ask, published=PUBLISHED).draft.agreements
    [(instructions, prompt, schema)] = asked
    assert instructions == INSTRUCTIONS
    assert PUBLISHED in prompt and "Juan Soto" in prompt
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate({"agreements": [memorandum()]})


def test_what_both_read_stays_as_the_rules_have_it(form: NormalForm) -> None:
    rules = extract(form, published=PUBLISHED)
    both = merged(rules, read(form, memorandum()).draft)
    assert both.agreements[0].form == rules.agreements[0].form
    assert both.agreements[0].date == rules.agreements[0].date
    assert both.agreements[0].parties == rules.agreements[0].parties


def test_differences_are_doubts_and_nothing_is_lost(form: NormalForm) -> None:
    rules = extract(form, published=PUBLISHED)
    answer = memorandum(
        form=quoted("friendship", "partners"),
        topics=[quoted("tourism", "exchange experts")],
    )
    older = memorandum(
        parties=[
            {"name": "Quillatown", "kind": "city", "quote": "Quillatown"},
            {"name": "Oslo", "kind": "city", "quote": "Oslo have been partners"},
        ],
        form=quoted("other", "partners"),
        status=quoted("past", "since 1999"),
        date=quoted("1999", "since 1999"),
    )
    both = merged(rules, read(form, answer, older).draft)
    main = both.agreements[0]
    assert main.form.value is rules.agreements[0].form.value
    assert f"{OTHER_VALUE}friendship" in main.form.doubts
    ours = {topic.value for topic in rules.agreements[0].topics}
    assert ours and all(
        (RULES_ALONE if topic.value in ours else MODEL_ALONE) in topic.doubts
        for topic in main.topics
    )
    assert "topic:tourism" in {topic.value for topic in main.topics}
    added = next(
        each
        for each in both.agreements
        if {"Quillatown", "Oslo"} == {party.value.text for party in each.parties}
    )
    assert added.date and added.date.value.edtf == "1999"


def test_the_side_of_a_person_follows_the_parties_of_both(form: NormalForm) -> None:
    rules = extract(form, published=PUBLISHED)
    person = {"name": "Juan Soto", "role": "Mayor", "of": "Lima", "quote": "Juan Soto"}
    answer = memorandum(parties=memorandum()["parties"][::-1], signatories=[person])
    without = merged(
        extract(plain_form(TEXT.replace(", Juan Soto,", ""), "b.txt"), published=PUBLISHED),
        read(form, answer).draft,
    )
    for agreement in (merged(rules, read(form, answer).draft).agreements[0], without.agreements[0]):
        soto = next(each for each in agreement.signatories if each.value.name == "Juan Soto")
        assert soto.value.of is not None
        assert agreement.parties[soto.value.of].value.text == "Lima"
