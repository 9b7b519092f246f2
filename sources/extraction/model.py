"""What extraction finds: mentions in a text, and drafts of agreements whose values have spans.

A value without words in the text does not exist: every `Drafted` value has at least one span.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from citypact.sources.documents.normal_form import NormalForm
from citypact.sources.model import Span

T = TypeVar("T")


class Status(StrEnum):
    """What an agreement is to its document."""

    MAIN = "main"  # what the document is about, signed or about to be signed
    PAST = "past"  # concluded before, also when it has ended
    PLANNED = "planned"  # still to come, besides the main one


class Form(StrEnum):
    """The families of forms by which extraction is measured."""

    LETTER_OF_INTENT = "letter_of_intent"
    SISTER_CITY = "sister_city"
    FRIENDSHIP = "friendship"
    MOU = "mou"
    BUSINESS_AGREEMENT = "business_agreement"
    OTHER = "other"


TIES = (Form.SISTER_CITY, Form.FRIENDSHIP)
"""The forms of a lasting tie."""


WEIGHED = "weighed"
"""The rule of ties that no sentence tells, but many small signs together (see `partners.py`)."""


@dataclass(frozen=True, slots=True)
class Drafted(Generic[T]):
    """A value that words of the text give.

    spans: those words. confidence: the share of such values that are right, from 0 to 1 (see
    `confidence.py`). rule: the name of the rule that found it. doubts: why it may be wrong.
    """

    value: T
    spans: tuple[Span, ...]
    confidence: float
    rule: str
    doubts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError for a value without words."""
        if not self.spans:
            raise ValueError(f"{self.value!r} of {self.rule} has no words in the text")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading, list item or row. block: its place in the normal form, from 0."""

    span: Span
    block: int
    language: str


@dataclass(frozen=True, slots=True)
class Context:
    """A document as the rules see it. published: EDTF, '' where unknown. address: '' likewise."""

    form: NormalForm
    sentences: tuple[Sentence, ...]
    published: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A place, government or body that the text names.

    text: as the text writes it, without particle. entity: its identifier with kind, such as
    `government/seoul` or `organization/wego`; '' for one that we don't know. label_en: the English
    label of a known entity or place, else the words of the text. kind: `city`, `government`
    (above or below a city), `organization`, `company`, `university`, `port`, `school`.
    """

    text: str
    entity: str
    label_en: str
    kind: str


@dataclass(frozen=True, slots=True)
class Relation:
    """That certain parties have, conclude or will conclude one agreement.

    cue: the words that name the paper or the act. sentences: places of the sentences that speak of
    it in the context, first the one that asserts it. Date, people, topics and setting are looked
    for from here.
    """

    form: Drafted[Form]
    status: Drafted[Status]
    parties: tuple[Drafted[Name], ...]
    cue: Span
    sentences: tuple[int, ...]
    title: Drafted[str] | None = None


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date resolved as far as the text and the day of publication allow.

    edtf: the date. how: `stated` (whole in the text), `resolved` (against the day of publication
    or a date nearby), `derived` (counted, as from "seven years ago"). meaning: `signed`,
    `announced`, `planned` or '' where the words don't tell.
    """

    edtf: str
    how: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who is said to sign, to conclude or to be about to sign.

    name: without office. role: the office in the words of the text. of: the place in the
    agreement's parties (from 0) of the side for which the person signs; None if it isn't plain.
    """

    name: str
    role: str
    of: int | None


@dataclass(frozen=True, slots=True)
class DraftProvision:
    """Something that the parties will do. force: `shall`, `will-endeavour`, `may` or ''."""

    words: str
    number: str = ""
    force: str = ""


@dataclass(frozen=True, slots=True)
class DraftAgreement:
    """One agreement of a document; each relation of a text that names several is one of its own.

    form: its family. topics: concepts of the scheme (`topic:smart-city`), each with the phrase as
    its span. mode: `in_person` or `online`.
    """

    form: Drafted[Form]
    status: Drafted[Status]
    parties: tuple[Drafted[Name], ...]
    title: Drafted[str] | None = None
    date: Drafted[DateFound] | None = None
    signatories: tuple[Drafted[Signatory], ...] = ()
    topics: tuple[Drafted[str], ...] = ()
    provisions: tuple[Drafted[DraftProvision], ...] = ()
    place: Drafted[str] | None = None
    mode: Drafted[str] | None = None
    legally_binding: Drafted[bool] | None = None
    languages: tuple[Drafted[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """All agreements of a document, in the order in which the text comes to them."""

    agreements: tuple[DraftAgreement, ...] = ()
    proposed: tuple[Drafted[Name], ...] = field(default=())
    """Names found by their form that we don't know: kept as written, for a person to decide."""
