"""What a person decides on the values of a draft, and what the draft is after these decisions.

A decision names its value by words and context, never by its place in a list: when a document is
read again, decisions are found again by them. A value that a person accepted stays, even where the
rules no longer find it, as long as its words are in the text; a decision whose agreement or words
are gone is given back as lost. The last decision on a value counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from citypact.ontology.errors import CitypactError, Message
from citypact.ontology.vocabulary import vocabulary
from citypact.sources.documents.normal_form import NormalForm
from citypact.sources.extraction.draft_json import value_from_json, value_to_json
from citypact.sources.extraction.model import (
    DateFound,
    Draft,
    DraftAgreement,
    Drafted,
    DraftProvision,
    Form,
    Name,
    Status,
)
from citypact.sources.model import Span
from citypact.sources.reading.edtf import parse_edtf
from citypact.sources.reading.quotes import Quote

ACTIONS = ("accept", "reject", "change", "add", "reopen")
AGREEMENT = "agreement"
"""The field of an agreement as a whole; its value is its form."""
SEVERAL = ("parties", "signatories", "topics", "provisions", "languages")
"""Fields of which an agreement can have several values."""
FIELDS = (
    "form",
    "status",
    "parties",
    "date",
    "signatories",
    "topics",
    "mode",
    "legally_binding",
    "place",
    "title",
    "languages",
    "provisions",
)
"""The fields of an agreement in the order in which they are judged."""
REQUIRED = ("form", "status")
"""What every agreement has: it can be changed, and not rejected."""
KINDS = ("city", "government", "organization", "company", "university", "port", "school")
MODES = ("in_person", "online")
MEANINGS = ("signed", "announced", "planned")
FORCES = ("", "shall", "will-endeavour", "may")
_LONGEST = 500
_ENTITY = re.compile(r"[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided.

    action: one of ACTIONS. field: one of FIELDS, or AGREEMENT. agreement: names and words by which
    the agreement is found again, or `{"added": n}` for the one that decision n (from 1) added.
    value, at: the value in question with its words; of `add` there is none. new, new_at: what it
    is from now on, after `change` and `add`. time: ISO 8601.
    """

    action: str
    field: str
    agreement: Mapping[str, Any]
    value: Any = None
    at: tuple[Quote, ...] = ()
    new: Any = None
    new_at: tuple[Quote, ...] = ()
    reason: str = ""
    person: str = ""
    time: str = ""


@dataclass(slots=True)
class JudgedValue:
    """A value of a draft with what was decided on it.

    id: its name for this state of draft and decisions. original: as the rules drafted it; None for
    what a person added. state: `open`, `accepted`, `rejected`, `changed` or `added`.
    """

    id: str
    field: str
    drafted: Drafted[Any]
    original: Drafted[Any] | None
    state: str = "open"
    decision: Decision | None = None


@dataclass(slots=True)
class JudgedAgreement:
    """An agreement of a draft with its values, in the order of FIELDS.

    parties, spans: the names and words by which decisions find it again, as the rules drafted them.
    added: the number of the decision (from 1) that added it; 0 for one of the rules.
    """

    id: str
    drafted: Drafted[Form]
    parties: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    added: int = 0
    state: str = "open"
    decision: Decision | None = None
    values: list[JudgedValue] = field(default_factory=list)

    def of(self, name: str) -> list[JudgedValue]:
        """The values of a field."""
        return [each for each in self.values if each.field == name]

    @property
    def open_values(self) -> list[JudgedValue]:
        """What is still to be decided; nothing where the whole is rejected."""
        if self.state == "rejected":
            return []
        return [each for each in self.values if each.state == "open"]


@dataclass(frozen=True, slots=True)
class JudgedDraft:
    """A draft after decisions. lost: decisions whose agreement or words are not in it."""

    agreements: tuple[JudgedAgreement, ...]
    lost: tuple[Decision, ...] = ()

    @property
    def open_values(self) -> int:
        """How many values are still to be decided."""
        return sum(len(each.open_values) for each in self.agreements)

    def find(self, name: str) -> tuple[JudgedAgreement, JudgedValue | None] | None:
        """An agreement, or a value of one, by its id."""
        for agreement in self.agreements:
            if agreement.id == name:
                return agreement, None
            for value in agreement.values:
                if value.id == name:
                    return agreement, value
        return None


def judge(draft: Draft, form: NormalForm, decisions: Iterable[Decision]) -> JudgedDraft:
    """Applies decisions to a draft in their order. The same input gives the same judgement."""
    return _Judge(draft, form).judge(tuple(decisions))


def decide(
    judgement: JudgedDraft,
    text: str,
    name: str,
    action: str,
    *,
    field: str = "",
    new: Any = None,
    spans: Sequence[Span] = (),
    reason: str = "",
    person: str = "",
    time: str = "",
) -> list[Decision]:
    """The decisions that an action on a value, or on an agreement as a whole, comes to.

    name: the id of the value or agreement; '' to add an agreement. field, new, spans: of `add` and
    `change`: the field, the value as JSON and its words (those of before where empty). To accept or
    reopen an agreement is to do so with all its values that are open or decided.
    Raises CitypactError for what cannot be.
    """
    said: dict[str, Any] = {"reason": _line(reason), "person": _line(person), "time": time}
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise CitypactError(_NO_WORDS)
    quotes = tuple(Quote.of(text, (start, end)) for start, end in spans)
    if action == "add" and field == AGREEMENT:
        if not quotes:
            raise CitypactError(_NO_WORDS)
        new = _checked("form", new, None)
        return [Decision("add", AGREEMENT, {}, new=new, new_at=quotes, **said)]
    found = judgement.find(name)
    if found is None or action not in ACTIONS:
        raise CitypactError("{name}: there is no such value in the draft", name=name or action)
    agreement, value = found
    anchor = _anchor(agreement, text)
    if action == "add":
        if field not in FIELDS or not quotes:
            raise CitypactError(_NO_WORDS)
        if field not in SEVERAL and any(each.state != "rejected" for each in agreement.of(field)):
            raise CitypactError(
                "an agreement has one value of this kind\n    -> change the one that is there"
            )
        new = _checked(field, new, agreement)
        return [Decision("add", field, anchor, new=new, new_at=quotes, **said)]
    if value is None:
        return _on_agreement(agreement, anchor, action, said, text)
    if action == "reject" and value.field in REQUIRED:
        raise CitypactError(
            "every agreement has this value\n    -> change it, or reject the whole agreement"
        )
    decision = _on_value(agreement, anchor, value, action, said, text)
    if action == "change":
        new = _checked(value.field, new, agreement)
        decision = replace(decision, new=new, new_at=quotes)
    return [decision]


def accepted_draft(judgement: JudgedDraft) -> Draft:
    """What was accepted, as a draft without doubts.

    Raises CitypactError where a value is still open, where an agreement has fewer than two
    parties, and where nothing was accepted.
    """
    if judgement.open_values:
        raise CitypactError(
            "values that are not judged yet: {count}\n    -> accept, change or reject each",
            count=judgement.open_values,
        )
    kept = [each for each in judgement.agreements if each.state != "rejected"]
    if not kept:
        raise CitypactError(
            "no agreement was accepted, so there is nothing to write\n    -> accept or add one"
        )
    return Draft(tuple(_accepted(each) for each in kept))


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """A decision in values of JSON, without what is empty."""
    return {key: value for key, value in asdict(decision).items() if value not in ("", (), None)}


def decision_from_json(values: Mapping[str, Any]) -> Decision:
    """The decision that `decision_to_json` wrote. Raises KeyError, TypeError or ValueError."""
    if values["action"] not in ACTIONS or values["field"] not in (*FIELDS, AGREEMENT):
        raise ValueError(values["action"])
    known = {each.name: values[each.name] for each in fields(Decision) if each.name in values}
    for name in ("at", "new_at"):
        known[name] = tuple(map(_quote, known.get(name, ())))
    decision = Decision(**known)
    at = decision.agreement.get("at", ())
    return replace(decision, agreement={**decision.agreement, "at": tuple(map(_quote, at))})


def _quote(values: Mapping[str, Any]) -> Quote:
    start, end = values["span"]
    words, before, after = (str(values[name]) for name in ("words", "before", "after"))
    return Quote(words, before, after, (int(start), int(end)))


_NO_WORDS = Message("a value has words in the text\n    -> select them")


class _Judge:
    def __init__(self, draft: Draft, form: NormalForm) -> None:
        self._text = form.text
        self._agreements = [
            _judged_agreement(str(i), each) for i, each in enumerate(draft.agreements)
        ]
        self._lost: dict[Any, Decision] = {}

    def judge(self, decisions: Sequence[Decision]) -> JudgedDraft:
        for number, decision in enumerate(decisions, 1):
            key = (str(decision.agreement), decision.field, str(decision.value), decision.at)
            self._lost.pop(key, None)  # the last decision on a value counts
            if not self._apply(decision, number) and decision.action in ("accept", "change", "add"):
                self._lost[(*key, number) if decision.action == "add" else key] = decision
        for agreement in self._agreements:
            agreement.values.sort(key=lambda each: FIELDS.index(each.field))
            if agreement.state == "open" and agreement.values and not agreement.open_values:
                agreement.state = "accepted"
        return JudgedDraft(tuple(self._agreements), tuple(self._lost.values()))

    def _apply(self, decision: Decision, number: int) -> bool:
        """Whether a decision could be applied."""
        spans, new_spans = self._found(decision.at), self._found(decision.new_at)
        if decision.action == "add" and decision.field == AGREEMENT:
            if new_spans:
                self._add_agreement(decision, number, new_spans)
            return bool(new_spans)
        agreement = self._agreement(decision)
        if agreement is None:
            return False
        if decision.field == AGREEMENT:
            agreement.state = "rejected" if decision.action == "reject" else "open"
            agreement.state = (
                "added" if agreement.added and agreement.state == "open" else (agreement.state)
            )
            agreement.decision = decision
            return True
        if decision.action == "add":
            if new_spans:
                self._set(agreement, decision, number, decision.new, new_spans, "added")
            return bool(new_spans)
        value = self._value(agreement, decision, spans)
        if value is None:
            if not spans or decision.action not in ("accept", "change"):
                return False
            # The rules no longer find what a person confirmed: the person is right.
            changed = decision.action == "change"
            new = decision.new if changed else decision.value
            state = "changed" if changed else "accepted"
            self._set(agreement, decision, number, new, new_spans or spans, state)
            return True
        _decide(value, decision, agreement, new_spans)
        return True

    def _found(self, quotes: Iterable[Quote]) -> tuple[Span, ...]:
        return tuple(span for quote in quotes if (span := quote.find(self._text)))

    def _agreement(self, decision: Decision) -> JudgedAgreement | None:
        anchor = decision.agreement
        if number := anchor.get("added"):
            return next((each for each in self._agreements if each.added == number), None)
        spans = self._found(anchor.get("at", ()))
        parties = tuple(anchor.get("parties", ()))
        drafted = [each for each in self._agreements if not each.added]
        same = [each for each in drafted if each.parties == parties]
        near = [each for each in drafted if _overlap(each.spans, spans)]
        both = [each for each in same if each in near]
        if both or len(same) == 1:
            return (both or same)[0]
        alike = [each for each in near if set(each.parties) & set(parties)]
        return alike[0] if len(alike) == 1 and not same else None

    def _value(
        self, agreement: JudgedAgreement, decision: Decision, spans: tuple[Span, ...]
    ) -> JudgedValue | None:
        for value in agreement.of(decision.field):
            known = value.original or value.drafted
            is_same = stored_value(value.field, known.value, agreement) == decision.value
            if is_same and (_overlap(known.spans, spans)):
                return value
        return None

    def _add_agreement(self, decision: Decision, number: int, spans: tuple[Span, ...]) -> None:
        drafted = Drafted(Form(decision.new), spans, 1.0, "person")
        name = f"+{number}"
        status = Drafted(Status.MAIN, spans, 1.0, "person")
        values = [
            JudgedValue(f"{name}/form", "form", drafted, None, "added", decision),
            JudgedValue(f"{name}/status", "status", status, None, "added", decision),
        ]
        self._agreements.append(
            JudgedAgreement(name, drafted, (), spans, number, "added", decision, values)
        )

    def _set(
        self,
        agreement: JudgedAgreement,
        decision: Decision,
        number: int,
        new: Any,
        spans: tuple[Span, ...],
        state: str,
    ) -> None:
        """Adds a value that a person gave; of a field with one value it takes the place."""
        name = decision.field
        if name not in SEVERAL:
            agreement.values = [each for each in agreement.values if each.field != name]
        drafted = Drafted(_restored(name, new, agreement), spans, 1.0, "person")
        id = f"{agreement.id}/{name}/+{number}"
        agreement.values.append(JudgedValue(id, name, drafted, None, state, decision))


def _decide(
    value: JudgedValue, decision: Decision, agreement: JudgedAgreement, spans: tuple[Span, ...]
) -> None:
    """Applies a decision to the value that it is about."""
    original = value.original
    states = {"accept": "accepted", "reject": "rejected", "change": "changed"}
    value.state = states.get(decision.action, "open" if original else "added")
    value.decision = decision if decision.action != "reopen" else None
    if decision.action == "change":
        new = _restored(value.field, decision.new, agreement)
        value.drafted = Drafted(new, spans or value.drafted.spans, 1.0, "person")
    elif original:
        value.drafted = original


def _judged_agreement(name: str, draft: DraftAgreement) -> JudgedAgreement:
    parties = tuple(sorted(each.value.text for each in draft.parties))
    agreement = JudgedAgreement(name, draft.form, parties, draft.status.spans)
    for each in FIELDS:
        found = getattr(draft, each)
        if each in SEVERAL:
            drafted = [(f"{name}/{each}/{i}", value) for i, value in enumerate(found)]
        else:
            drafted = [(f"{name}/{each}", found)] if found else []
        agreement.values += [JudgedValue(id, each, value, value) for id, value in drafted]
    return agreement


def _anchor(agreement: JudgedAgreement, text: str) -> Mapping[str, Any]:
    if agreement.added:
        return {"added": agreement.added}
    at = tuple(Quote.of(text, span) for span in agreement.spans)
    return {"parties": list(agreement.parties), "at": at}


def _on_value(
    agreement: JudgedAgreement,
    anchor: Mapping[str, Any],
    value: JudgedValue,
    action: str,
    said: dict[str, Any],
    text: str,
) -> Decision:
    known = value.original or value.drafted
    at = tuple(Quote.of(text, span) for span in known.spans)
    stored = stored_value(value.field, known.value, agreement)
    return Decision(action, value.field, anchor, stored, at, **said)


def _on_agreement(
    agreement: JudgedAgreement,
    anchor: Mapping[str, Any],
    action: str,
    said: dict[str, Any],
    text: str,
) -> list[Decision]:
    if action == "reject" or (action == "reopen" and agreement.state == "rejected"):
        return [Decision(action, AGREEMENT, anchor, **said)]
    if action == "change" or agreement.state == "rejected":
        raise CitypactError("an agreement cannot be changed as a whole\n    -> change its values")
    is_open = action == "accept"
    values = [each for each in agreement.values if (each.state == "open") is is_open]
    if action == "reopen":
        values = [each for each in values if each.original]
    return [_on_value(agreement, anchor, each, action, said, text) for each in values]


def stored_value(name: str, value: Any, agreement: JudgedAgreement) -> Any:
    """A value as decisions have it: the side of a signatory is named, as its place may change."""
    stored = value_to_json(value)
    if name == "signatories" and value.of is not None:
        stored["of"] = agreement.of("parties")[value.of].drafted.value.text
    return stored


def _restored(name: str, stored: Any, agreement: JudgedAgreement) -> Any:
    if name == "signatories":
        names = [
            {each.drafted.value.text, each.original.value.text if each.original else ""}
            for each in agreement.of("parties")
        ]
        side = stored.get("of")
        of = next((i for i, each in enumerate(names) if side and side in each), None)
        stored = {**stored, "of": of}
    return value_from_json(name, stored)


def _overlap(one: Iterable[Span], other: Sequence[Span]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _accepted(agreement: JudgedAgreement) -> DraftAgreement:
    kept = [each for each in agreement.values if each.state != "rejected"]
    parties = agreement.of("parties")
    sides = {i: n for n, i in enumerate(i for i, each in enumerate(parties) if each in kept)}
    if len(sides) < 2:
        raise CitypactError(
            "{agreement}: an agreement has two parties or more\n    -> add one, or reject it",
            agreement=" – ".join(each.drafted.value.text for each in parties) or agreement.id,
        )
    found: dict[str, Any] = {}
    for value in kept:
        drafted = replace(value.drafted, confidence=1.0, doubts=())
        if value.field == "signatories":
            of = sides.get(drafted.value.of)
            drafted = replace(drafted, value=replace(drafted.value, of=of))
        if value.field in SEVERAL:
            found[value.field] = (*found.get(value.field, ()), drafted)
        else:
            found[value.field] = drafted
    return DraftAgreement(**found)


def _line(text: Any) -> str:
    """A text in one line, without what cannot be printed."""
    if not isinstance(text, str):
        raise CitypactError("{value!r} is not a text", value=str(text)[:40])
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(line) > _LONGEST:
        raise CitypactError("a text is longer than {count} characters", count=_LONGEST)
    return line


def _checked(name: str, new: Any, agreement: JudgedAgreement | None) -> Any:
    """A new value as JSON. Raises CitypactError for what such a value cannot be."""
    try:
        checked = _CHECKS[name](new)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CitypactError("{value} is not a value of this kind", value=repr(new)[:80]) from error
    if name == "signatories" and agreement:
        names = [each.drafted.value.text for each in agreement.of("parties")]
        if checked["of"] not in (None, *names):
            raise CitypactError(
                "{value} is not a value of this kind", value=repr(checked["of"])[:80]
            )
    return checked


def _filled(value: Any) -> str:
    line = _line(value)
    if not line:
        raise CitypactError("the value is empty\n    -> write one")
    return line


def _one_of(value: Any, known: Iterable[str]) -> str:
    if value not in known:
        raise ValueError(value)
    return str(value)


def _date(new: Any) -> dict[str, str]:
    edtf = _filled(new["edtf"])
    try:
        parse_edtf(edtf)
    except ValueError as error:
        raise CitypactError(
            "{date!r} is not a date\n    -> write one such as 2024-05-03, 2024-05 or 2024",
            date=edtf,
        ) from error
    how = _one_of(new.get("how", "stated"), ("stated", "resolved", "derived"))
    return asdict(DateFound(edtf, how, _one_of(new["meaning"], (*MEANINGS, ""))))


def _name(new: Any) -> dict[str, str]:
    text, entity = _filled(new["text"]), _line(new.get("entity", ""))
    if entity and not _ENTITY.fullmatch(entity):
        raise CitypactError(
            "{name!r} is not an identifier\n    -> write one such as government/oslo, or none",
            name=entity,
        )
    label = _line(new.get("label_en", "")) or text
    return asdict(Name(text, entity, label, _one_of(new["kind"], KINDS)))


def _signatory(new: Any) -> dict[str, Any]:
    side = None if new.get("of") in (None, "") else _line(new["of"])
    return {"name": _filled(new["name"]), "role": _line(new.get("role", "")), "of": side}


def _provision(new: Any) -> dict[str, str]:
    force = _one_of(new.get("force", ""), FORCES)
    return asdict(DraftProvision(_filled(new["words"]), _line(new.get("number", "")), force))


def _truth(new: Any) -> bool:
    if not isinstance(new, bool):
        raise ValueError(new)
    return new


def topic_ids() -> Iterator[str]:
    """The topics of the scheme, such as `topic:smart-city`."""
    return (f"topic:{each}" for each in vocabulary().topics)


_CHECKS: Mapping[str, Any] = {
    "form": lambda new: Form(new).value,
    "status": lambda new: Status(new).value,
    "parties": _name,
    "date": _date,
    "signatories": _signatory,
    "topics": lambda new: _one_of(new, topic_ids()),
    "provisions": _provision,
    "place": _filled,
    "title": _filled,
    "mode": lambda new: _one_of(new, MODES),
    "legally_binding": _truth,
    "languages": lambda new: _one_of(new, vocabulary().codes["language"]),
}
"""What a new value of each field must be; gives it as JSON."""

__all__ = [
    "AGREEMENT",
    "FIELDS",
    "Decision",
    "JudgedAgreement",
    "JudgedDraft",
    "JudgedValue",
    "Quote",
    "accepted_draft",
    "decide",
    "decision_from_json",
    "decision_to_json",
    "judge",
    "stored_value",
    "topic_ids",
]
