"""What the page of `citypact review` shows: a draft with its decisions, as JSON for its script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from citypact.graph.pages.html import template_text
from citypact.graph.pages.review.words import message
from citypact.ontology import CODE, LANGUAGES, SKOS, TOPIC
from citypact.ontology.vocabulary import vocabulary, vocabulary_quads
from citypact.sources.documents.normal_form import BlockKind, NormalForm
from citypact.sources.extraction.judgement import (
    AGREEMENT,
    FIELDS,
    FORCES,
    KINDS,
    MEANINGS,
    MODES,
    Decision,
    JudgedAgreement,
    JudgedDraft,
    JudgedValue,
    stored_value,
    topic_ids,
)
from citypact.sources.extraction.model import Form, Status
from citypact.sources.extraction.record import FORCE_CODES

Words = Mapping[str, str]
Say = Callable[[str, str], str]
"""Gives a message in a language."""

FILES = {
    "": ("page.html", "text/html"),
    "review.css": ("review.css", "text/css"),
    "review.js": ("review.js", "text/javascript"),
}
"""The files of the page by their addresses, with their types."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def page_file(name: str) -> tuple[bytes, str] | None:
    """A file of the page with its type, or None for what is none."""
    if name not in FILES:
        return None
    file, kind = FILES[name]
    return template_text(f"pages/review/{file}").encode(), f"{kind}; charset=utf-8"


def page_words() -> dict[str, Any]:
    """All that the page says, and what it offers to choose from."""
    return {
        "words": {**message.by_id, **_forces()},
        "fields": FIELDS,
        "choices": {
            "form": [each.value for each in Form],
            "status": [each.value for each in Status],
            "mode": MODES,
            "kind": KINDS,
            "meaning": MEANINGS,
            "force": FORCES,
            "topics": [{"id": each, **_topic(each)} for each in topic_ids()],
            "languages": [{"id": each, **words} for each, words in _languages().items()],
        },
    }


def title_of(form: NormalForm) -> str:
    """What a document is called: by itself, else by its first heading, else by its file."""
    headings = (form.words(each.span) for each in form.blocks if each.kind is BlockKind.HEADING)
    return form.metadata.title or next(headings, "") or form.file


def options(field: str, part: str) -> dict[str, Words]:
    """What can be chosen for a part of a value, by code; empty where it is written freely.

    part: `value`, or the name of a part such as `kind` of a party.
    """
    choices = page_words()["choices"]
    if field in ("topics", "languages"):
        return {each["id"]: each for each in choices[field]}
    name = field if part == "value" else part
    return {each: _choice(each or "none") for each in choices.get(name, ())}


def page_state(form: NormalForm, judgement: JudgedDraft, say: Say) -> dict[str, Any]:
    """A draft with its document as the script shows it. say: of doubts."""
    agreements = judgement.agreements
    values = [each for one in agreements if one.state != "rejected" for each in one.values]
    return {
        "title": title_of(form),
        "text": form.text,
        "blocks": [
            {"span": block.span, "kind": block.kind, "mark": block.mark} for block in form.blocks
        ],
        "agreements": [_agreement(each, form, say) for each in agreements],
        "lost": [_lost(each) for each in judgement.lost],
        "total": len(values),
        "decided": len(values) - judgement.open_values,
    }


def shown_value(field: str, stored: Any) -> dict[str, str]:
    """A value as decisions have it, in words of both languages."""
    if field in ("form", "status", "mode", AGREEMENT):
        return _choice(stored)
    if field == "legally_binding":
        return _choice("yes" if stored else "no")
    if field == "topics":
        return _topic(stored)
    if field == "languages":
        return dict(_languages().get(stored, dict.fromkeys(LANGUAGES, stored)))
    if field == "parties":
        english = stored["label_en"]
        text = (
            stored["text"] if english in ("", stored["text"]) else f"{stored['text']} ({english})"
        )
        return dict.fromkeys(LANGUAGES, text)
    if field == "date":
        meaning = stored["meaning"]
        return {
            language: stored["edtf"] + (f" ({words[language]})" if meaning else "")
            for language, words in dict.fromkeys(LANGUAGES, _choice(meaning or "none")).items()
        }
    if field == "signatories":
        about = ", ".join(filter(None, [stored["role"], stored["of"]]))
        return dict.fromkeys(LANGUAGES, stored["name"] + (f" ({about})" if about else ""))
    if field == "provisions":
        text = f"{stored['number']} {stored['words']}".strip()
        return dict.fromkeys(LANGUAGES, text)
    return dict.fromkeys(LANGUAGES, str(stored))


def field_name(field: str) -> dict[str, str]:
    """What a field is called in both languages."""
    return message(f"field.{field}")


def input_name(name: str) -> dict[str, str]:
    """What a part of a value is called in both languages."""
    name = {"kind": "entity_kind", "words": "value"}.get(name, name)
    return message(f"input.{name}")


def shown_agreement(agreement: JudgedAgreement) -> dict[str, str]:
    """An agreement by its parties and form."""
    parties = [each for each in agreement.of("parties") if each.state != "rejected"]
    names = " – ".join(each.drafted.value.text for each in parties)
    forms = agreement.of("form")
    form = _choice((forms[0].drafted if forms else agreement.drafted).value)
    return {each: f"{names} {form[each]}".strip() for each in LANGUAGES}


def _agreement(agreement: JudgedAgreement, form: NormalForm, say: Say) -> dict[str, Any]:
    return {
        "id": agreement.id,
        "field": AGREEMENT,
        "shown": shown_agreement(agreement),
        "state": agreement.state,
        "confidence": None,
        "doubts": [],
        "spans": [],
        "words": "",
        **_decided(agreement.decision),
        "values": [_value(each, agreement, form, say) for each in agreement.values],
    }


def _value(
    value: JudgedValue, agreement: JudgedAgreement, form: NormalForm, say: Say
) -> dict[str, Any]:
    stored = stored_value(value.field, value.drafted.value, agreement)
    was = None
    if value.original and value.state == "changed":
        was = shown_value(value.field, stored_value(value.field, value.original.value, agreement))
    is_drafted = value.original is not None and value.state != "changed"
    return {
        "id": value.id,
        "field": value.field,
        "value": stored,
        "shown": shown_value(value.field, stored),
        "state": value.state,
        "confidence": value.drafted.confidence if is_drafted else None,
        "doubts": [
            {language: say(doubt, language) for language in LANGUAGES}
            for doubt in value.drafted.doubts
        ],
        "spans": value.drafted.spans,
        "words": " … ".join(map(form.words, value.drafted.spans)),
        "key": stored["entity"] if value.field == "parties" else "",
        "was": was,
        **_decided(value.decision),
    }


def _decided(decision: Decision | None) -> dict[str, str]:
    if decision is None:
        return {"reason": "", "person": ""}
    return {"reason": decision.reason, "person": decision.person}


def _lost(decision: Decision) -> dict[str, Any]:
    value = decision.value if decision.new is None else decision.new
    quotes = decision.at or decision.new_at
    shown = dict.fromkeys(LANGUAGES, "")
    if value is not None:
        shown = shown_value(decision.field, value)
    return {
        "field": decision.field,
        "shown": shown,
        "words": " … ".join(each.words for each in quotes),
    }


def _choice(name: str) -> dict[str, str]:
    return message(f"choice.{name}")


def _topic(topic: str) -> dict[str, str]:
    return dict(_topics().get(topic, dict.fromkeys(LANGUAGES, topic)))


def _forces() -> dict[str, dict[str, str]]:
    """How strongly a provision binds, in the words of the code list."""
    labels = _labels(f"{CODE}force/", "")
    return {f"choice.{drafted}": labels[code] for drafted, code in FORCE_CODES.items()}


@cache
def _topics() -> dict[str, dict[str, str]]:
    return _labels(TOPIC, "topic:")


@cache
def _languages() -> dict[str, dict[str, str]]:
    return {
        name: words
        for name, words in _labels(f"{CODE}language/", "").items()
        if name in vocabulary().codes["language"]
    }


def _labels(prefix: str, short: str) -> dict[str, dict[str, str]]:
    """The preferred labels of concepts whose IRIs begin alike."""
    found: dict[str, dict[str, str]] = {}
    for triple in vocabulary_quads():
        iri = getattr(triple.subject, "value", "")
        if iri.startswith(prefix) and triple.predicate.value == SKOS + "prefLabel":
            language = getattr(triple.object, "language", None)
            if language in LANGUAGES:
                name = short + iri.removeprefix(prefix)
                found.setdefault(name, {})[language] = triple.object.value  # type: ignore[union-attr]
    return {name: words for name, words in sorted(found.items()) if len(words) == len(LANGUAGES)}


__all__ = [
    "POLICY",
    "field_name",
    "page_file",
    "page_state",
    "page_words",
    "shown_agreement",
    "shown_value",
]
