"""A draft as the sections of a record: what a person judges is written as it will be built.

Every value has the spans of its words. What the draft is less sure of, and why, stands behind it
as a comment, as does what a record cannot hold. Names that no source knows are declared in the
record itself, with a comment, so that the person decides on them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from citypact.ontology.errors import Message
from citypact.sources.documents.building import language_of
from citypact.sources.documents.normal_form import NormalForm
from citypact.sources.extraction.model import (
    Draft,
    DraftAgreement,
    Drafted,
    DraftProvision,
    Form,
    Name,
    Signatory,
    Status,
)
from citypact.sources.model import Span
from citypact.sources.twins.country_names import slugify

_NAMES = Message("Names that no source of the project knows, as the text writes them:")
_PROPOSED = Message("proposed: no source of the project knows this name")
_ANNOUNCED = Message("the day of the announcement")
_SURE = 0.8
"""Values below this confidence say how sure they are."""
_RELATIONS = {Form.SISTER_CITY: "sister-city", Form.FRIENDSHIP: "friendship-city"}
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("letter-of-intent", re.compile(r"의향서|letters? of intent|\bLO[Ii]\b", re.IGNORECASE)),
    (
        "memorandum-of-understanding",
        re.compile(r"양해\s?각서|비망록|\bMO[Uu]s?\b|memorand", re.IGNORECASE),
    ),
    ("joint-declaration", re.compile(r"공동\s?선언|joint declaration", re.IGNORECASE)),
    ("joint-statement", re.compile(r"공동\s?성명|joint statement", re.IGNORECASE)),
    ("business-agreement", re.compile(r"업무\s?(?:협약|협정|제휴)")),
    ("agreed-document", re.compile(r"합의서|합의문|협의서")),
    ("agreement", re.compile(r"협약|협정|agreement|accord|\bpact\b", re.IGNORECASE)),
)
"""What the words call the paper, by code of `form`; the first that fits."""
_FORM_OF = {
    Form.MOU: "memorandum-of-understanding",
    Form.LETTER_OF_INTENT: "letter-of-intent",
    Form.BUSINESS_AGREEMENT: "business-agreement",
}
_PAPERS = {
    "letter-of-intent": ("의향서", "letter of intent"),
    "memorandum-of-understanding": ("양해각서", "memorandum of understanding"),
    "business-agreement": ("업무협약", "business agreement"),
    "joint-declaration": ("공동선언", "joint declaration"),
    "joint-statement": ("공동성명", "joint statement"),
    "sister-city": ("자매도시 협정", "sister-city agreement"),
    "friendship-city": ("우호도시 협정", "friendship-city agreement"),
}
FORCE_CODES = {"shall": "commits", "will-endeavour": "strives", "may": "may"}
"""The codes of records for the forces of drafts."""
_MODES = {"in_person": "in-person", "online": "online"}
_PARTIES = ("government", "organization", "network", "office")
"""Kinds of things that agree; places do so by their governments."""
_BODY = ("organizations", "organization")
_AREAS = {"city": "cities", "territory": "territories"}
_AUTHORITY = re.compile(
    r"(?:부|처|청|원회|사무소)$|\b(?:Ministry|Department|Agency|Bureau|Commission|Office)\b"
)
"""Bodies of a state: they govern no place of their own."""


class KnownThings(Protocol):
    """What the sources of a project declare."""

    def __contains__(self, key: object) -> bool:
        """Whether a thing is declared, such as `government/seoul`."""

    def label(self, key: str) -> Mapping[str, str]:
        """The labels of a thing in Korean and English."""

    def person(self, name: str) -> str:
        """The one person of a name, such as `person/park-won-soon`; '' without one."""


def says_it_was_signed(draft: Draft, published: str) -> bool:
    """Whether a signing is told that no date places before the day of publication."""
    return any(
        not is_planned(each)
        and not (published and each.date and each.date.value.meaning != "announced")
        for each in draft.agreements
    )


def is_planned(draft: DraftAgreement) -> bool:
    """Whether an agreement is still to be signed."""
    date = draft.date
    return draft.status.value is Status.PLANNED or bool(date and date.value.meaning == "planned")


def record_sections(
    draft: Draft,
    form: NormalForm,
    known: KnownThings,
    document: str,
    say: Callable[[str], str] = str,
) -> str:
    """The sections behind `document:` of a record, as YAML with comments.

    document: the name of the document, of which new things take theirs where they have none.
    say: gives a comment, a message, in the language of the reader. The same draft gives the same
    text.
    """
    return _Writer(form, known, document, say).write(draft)


class _Writer:
    def __init__(
        self, form: NormalForm, known: KnownThings, document: str, say: Callable[[str], str]
    ) -> None:
        self._form, self._known, self._document, self._say = form, known, document, say
        self._sections: dict[str, dict[str, list[str]]] = {}
        self._declared: dict[tuple[str, str], str] = {}  # what was declared, by kind and words

    def write(self, draft: Draft) -> str:
        for agreement in draft.agreements:
            self._agreement(agreement)
        order = ("cities", "territories", "governments", "organizations", "people", "agreements")
        text = []
        for section in order:
            if things := self._sections.get(section):
                text.append(f"{section}:")
                for slug, lines in things.items():
                    text += [f"  {slug}:", *(f"    {line}" for line in lines)]
                text.append("")
        if draft.proposed:
            text.append(f"# {self._say(_NAMES)}")
            text += [f"#   {self._remark(each, each.value.text)}" for each in draft.proposed]
            text.append("")
        return "\n".join(text)

    def _agreement(self, draft: DraftAgreement) -> None:
        parties = [self._party(party) for party in draft.parties]
        paper = self._paper(draft.form)
        title = _PAPERS.get(_RELATIONS.get(draft.form.value, paper), ("협정", "agreement"))
        year = draft.date.value.edtf[:4] if draft.date else ""
        labels = {
            "ko": "–".join(self._label(key, p.value, "ko") for key, p in _pairs(parties, draft)),
            "en": "–".join(self._label(key, p.value, "en") for key, p in _pairs(parties, draft)),
        }
        ended = f"({year})" if year else ""
        label = {
            "ko": f"{labels['ko']} {title[0]}{ended}",
            "en": f"{labels['en']} {title[1]}" + (f" {ended}" if ended else ""),
        }
        slug = "-".join([*(key.rpartition("/")[2] for key in parties), year or self._document])
        slug, same = self._free("agreements", "agreement", slug)
        lines = [
            *([f"# {self._say(_perhaps(same))}"] if same else []),
            f"label: {_names(label)}",
            f"at: {_spans(_merged(span for p in (draft.status,) for span in p.spans))}",
        ]
        if draft.title:
            language = language_of(draft.title.value) or "en"
            lines.append(
                f"title: {{{language}: {_quoted(draft.title.value)}, {self._at(draft.title)}}}"
                f"{self._doubts(draft.title)}"
            )
        if paper:
            lines.append(self._value("form", paper, draft.form))
        else:  # every agreement has a form; that it is one is all that these words tell
            at = f"{self._at(draft.form)}, inferred: true"
            lines.append(f"form: {{is: agreement, {at}}}{self._doubts(draft.form)}")
        if relation := _RELATIONS.get(draft.form.value):
            lines.append(self._value("relation_type", relation, draft.form))
        lines.append("parties:")
        for key, party in zip(parties, draft.parties, strict=True):
            lines.append(f"  - {{is: {key}, {self._at(party)}}}{self._doubts(party)}")
        lines += self._status(draft)
        if draft.place:
            lines.append(f"# place: {self._remark(draft.place, draft.place.value)}")
        if draft.mode:
            lines.append(self._value("mode", _MODES[draft.mode.value], draft.mode))
        if draft.legally_binding:
            binding = "true" if draft.legally_binding.value else "false"
            lines.append(self._value("legally_binding", binding, draft.legally_binding))
        lines += self._several("languages", [(each.value, each) for each in draft.languages])
        topics = [(each.value.removeprefix("topic:"), each) for each in draft.topics]
        lines += self._several("topics", topics)
        lines += self._signatures(draft, parties)
        lines += self._provisions(draft.provisions)
        self._sections.setdefault("agreements", {})[slug] = lines

    def _paper(self, form: Drafted[Form]) -> str:
        """The code of a paper, by the words that name it."""
        if code := _FORM_OF.get(form.value):
            return code
        words = " ".join(self._form.words(span) for span in form.spans)
        return next((code for code, pattern in _FORMS if pattern.search(words)), "")

    def _status(self, draft: DraftAgreement) -> Iterator[str]:
        """Whether it was signed, and when; a day that isn't that of the signing is a comment."""
        date, is_open = draft.date, is_planned(draft)
        if date:
            how = ", inferred: true" if date.value.how == "derived" else ""
            modality = ", modality: expected" if is_open else ""
            value = f"signed: {{is: {date.value.edtf}, {self._at(date)}{how}{modality}}}"
            if date.value.meaning == "announced":
                yield f"# {value}  # {'; '.join(map(self._say, date.doubts or (_ANNOUNCED,)))}"
            else:
                yield value + self._doubts(date)
        status = "announced" if is_open else "signed"
        yield self._value("status", status, draft.status)

    def _several(self, name: str, values: list[tuple[str, Drafted[Any]]]) -> Iterator[str]:
        if values:
            yield f"{name}:"
        for value, drafted in values:
            yield f"  - {{is: {value}, {self._at(drafted)}}}{self._doubts(drafted)}"

    def _signatures(self, draft: DraftAgreement, parties: list[str]) -> Iterator[str]:
        if draft.signatories:
            yield "signatures:"
        taken: set[str] = set()
        for drafted in draft.signatories:
            person = self._person(drafted)
            slug = person.rpartition("/")[2]
            while slug in taken:
                slug += "-again"
            taken.add(slug)
            yield f"  {slug}:{self._doubts(drafted)}"
            yield f"    {self._at(drafted)}"
            if drafted.value.of is not None:
                yield f"    party: {parties[drafted.value.of]}"
            yield f"    person: {person}  # {_plain(drafted.value.role)}".removesuffix("  # ")

    def _provisions(self, provisions: tuple[Drafted[DraftProvision], ...]) -> Iterator[str]:
        if provisions:
            yield "provisions:"
        for i, drafted in enumerate(provisions, 1):
            provision = drafted.value
            number = provision.number or str(i)
            digits = re.search(r"\d{1,3}", number)
            is_article = re.match(r"제|article", number, re.IGNORECASE)
            yield f"  provision-{i}:{self._doubts(drafted)}"
            yield f"    label: {_names({'ko': number, 'en': number})}"
            yield f"    {self._at(drafted)}"
            yield f"    kind: {'article' if is_article else 'clause'}"
            if digits and is_article:
                yield f"    number: {int(digits.group())}"
            if force := FORCE_CODES.get(provision.force):
                yield f"    force: {force}"

    def _party(self, drafted: Drafted[Name]) -> str:
        """The key of a party; one that no source knows is declared."""
        name = drafted.value
        kind, _, slug = name.entity.partition("/")
        is_known = name.entity in self._known
        if is_known and kind in _PARTIES:
            return name.entity
        # A place acts by its government.
        if slug and f"government/{slug}" in self._known:
            return f"government/{slug}"
        is_place = name.kind in ("city", "government") and not _AUTHORITY.search(name.text)
        section, party = ("governments", "government") if is_place else _BODY
        if key := self._declared.get((party, name.label_en or name.text)):
            return key
        slug, _ = self._free(section, party, slug or self._slug(name.label_en, "name"))
        lines = [
            f"# {self._say(_PROPOSED)}",
            f"label: {_names(self._both(name))}",
            self._at(drafted),
        ]
        governs = []
        if is_place and not (is_known and kind in _AREAS):
            kind = "city" if name.kind == "city" else "territory"
            place, _ = self._free(_AREAS[kind], kind, slug)
            self._sections.setdefault(_AREAS[kind], {})[place] = lines
            governs = [f"governs: {kind}/{place}"]
        elif is_place:
            governs = [f"governs: {name.entity}"]
        self._sections.setdefault(section, {})[slug] = [*lines, *governs]
        self._declared[(party, name.label_en or name.text)] = f"{party}/{slug}"
        return f"{party}/{slug}"

    def _person(self, drafted: Drafted[Signatory]) -> str:
        name = drafted.value.name
        if key := self._known.person(name) or self._declared.get(("person", name)):
            return key
        slug, _ = self._free("people", "person", self._slug(name, "person"))
        self._sections.setdefault("people", {})[slug] = [
            f"# {self._say(_PROPOSED)}",
            f"label: {_names({'ko': name, 'en': name})}",
            self._at(drafted),
        ]
        self._declared[("person", name)] = f"person/{slug}"
        return f"person/{slug}"

    def _slug(self, words: str, kind: str) -> str:
        """A name in IRIs for words; what is not in Latin letters is called after the document."""
        is_latin = re.search("[A-Za-z]{2}", words)
        return slugify(words) if is_latin else f"{self._document}-{kind}"

    def _free(self, section: str, kind: str, slug: str) -> tuple[str, str]:
        """A name that nothing has, made of this one, and what has this one, if anything."""
        taken = self._sections.get(section, {})
        known = f"{kind}/{slug}"
        same = known if known in self._known else ""
        free, number = slug, 1
        while free in taken or f"{kind}/{free}" in self._known:
            number += 1
            free = f"{slug}-{number}"
        return free, same

    def _label(self, key: str, name: Name, language: str) -> str:
        if key in self._known and (label := self._known.label(key).get(language)):
            return label
        return self._both(name)[language]

    def _both(self, name: Name) -> dict[str, str]:
        """A name in both languages; as it is written where the other isn't known."""
        is_korean = language_of(name.text) == "ko"
        return {
            "ko": name.text if is_korean else name.label_en or name.text,
            "en": name.label_en or name.text,
        }

    def _doubts(self, drafted: Drafted[Any]) -> str:
        """A comment behind a value that may be wrong."""
        sure = Message("{share} sure", share=f"{drafted.confidence:.0%}")
        says = [self._say(sure)] if drafted.confidence < _SURE else []
        says += [_plain(self._say(doubt)) for doubt in drafted.doubts]
        return f"  # {'; '.join(says)}" if says else ""

    def _value(self, name: str, value: str, drafted: Drafted[Any]) -> str:
        return f"{name}: {{is: {value}, {self._at(drafted)}}}{self._doubts(drafted)}"

    def _at(self, drafted: Drafted[Any]) -> str:
        return f"at: {_spans(drafted.spans)}"

    def _remark(self, drafted: Drafted[Any], words: str) -> str:
        return (
            f"{_plain(words)} ({_spans(drafted.spans)}){self._doubts(drafted).replace('  #', ' –')}"
        )


def _perhaps(agreement: str) -> Message:
    return Message(
        "perhaps the same as {agreement}: then use its name, and no label", agreement=agreement
    )


def _pairs(parties: list[str], draft: DraftAgreement) -> Iterator[tuple[str, Drafted[Name]]]:
    return zip(parties, draft.parties, strict=True)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans)))


def _spans(spans: Iterable[Span]) -> str:
    """Spans as a record has them."""
    texts = [f"{start}-{end}" for start, end in spans]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def _names(names: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {_quoted(text)}" for key, text in names.items()) + "}"


def _plain(text: str) -> str:
    """A text in one line of a comment."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _quoted(text: str) -> str:
    """A text as YAML writes it in quotation marks."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in quoted)
