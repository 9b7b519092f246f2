"""How good extraction is on labelled documents: precision, recall, F1, and every miss.

Drafted and labelled agreements of a document are paired so that as many as possible are right
altogether; of the ways that are left, so that they have most parties and other values in common.
Only agreements with a party in common are paired.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from citypact.sources.documents.normal_form import NormalForm
from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.confidence import HIGH
from citypact.sources.extraction.extract import extract
from citypact.sources.extraction.gazetteer import fold
from citypact.sources.extraction.labelled import (
    LabelledAgreement,
    LabelledDocument,
    LabelledSignatory,
    Party,
    name_keys,
)
from citypact.sources.extraction.model import Draft, DraftAgreement, Drafted, Name
from citypact.sources.extraction.topic_scheme import topic_scheme
from citypact.sources.files.output_files import write_outputs

SEED = 20
DRAWS = 1000
INTERVAL = (0.05, 0.95)
"""The interval has nine in ten of the values that resampled documents give."""
UNKNOWN = "unknown"


class Measure(StrEnum):
    """What is measured.

    agreements: family of form and all parties are right. parties: of paired agreements. dates:
    exact at the precision that the file allows. mode and legal force: `unknown` is an answer too;
    in the measures that are stated only what the label or the draft gives counts.
    """

    AGREEMENTS = "agreements"
    PARTIES = "parties"
    DATES = "dates"
    STATUS = "status"
    SIGNATORIES = "signatories"
    SIGNATORIES_WITH_SIDE = "signatories_with_side"
    TOPICS = "topics"
    MODE = "mode"
    MODE_STATED = "mode_stated"
    LEGAL_FORCE = "legal_force"
    LEGAL_FORCE_STATED = "legal_force_stated"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many values are right, of those asserted and those demanded. A half is half right."""

    right: float = 0.0
    asserted: int = 0
    demanded: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.asserted + other.asserted,
            self.demanded + other.demanded,
        )


@dataclass(frozen=True, slots=True)
class Miss:
    """A value that is wrong or missing. expected: '' where nothing is right; found: '' likewise."""

    document: str
    measure: Measure
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a drafted value is right, from 0 to 1. agreement: its place in the draft, from 0."""

    document: str
    measure: Measure
    agreement: int
    value: Drafted[Any]
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How drafted values of one measure, or of all, do by confidence.

    values, right: how many there are, and are right. sure, sure_right: of those whose confidence
    is high. expected: how many should be right by their confidence.
    """

    values: int
    right: float
    expected: float
    sure: int
    sure_right: float


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, each None where nothing counts, and the 90 % interval of F1."""

    precision: float | None
    recall: float | None
    f1: float | None
    interval: tuple[float, float] | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What became of a document. status_of_right: of agreements that are right, has each the
    right status."""

    document: LabelledDocument
    tallies: dict[Measure, Tally]
    status_of_right: tuple[bool, ...]
    misses: tuple[Miss, ...]
    judgements: tuple[Judgement, ...]
    asserted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledEvaluation:
    """The result of each document, in their order."""

    results: tuple[DocumentResult, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the documents, sorted."""
        return tuple(sorted({result.document.language for result in self.results} - {""}))

    def scores(self, language: str = "") -> dict[Measure, Score]:
        """The score of each measure, over all documents or those of a language."""
        results = [r for r in self.results if not language or r.document.language == language]
        return {
            measure: score([result.tallies[measure] for result in results]) for measure in Measure
        }

    def status_of_right(self, language: str = "") -> tuple[int, int]:
        """How many of the agreements that are right have the right status, and of how many."""
        found = [
            is_right
            for result in self.results
            if not language or result.document.language == language
            for is_right in result.status_of_right
        ]
        return sum(found), len(found)

    def calibration(self) -> dict[Measure | None, Calibration]:
        """By measure and, under None, over all: what the confidence of drafted values is worth.

        Signatories count once: with a side they are the same values.
        """
        judged = [
            judgement
            for result in self.results
            for judgement in result.judgements
            if judgement.measure is not Measure.SIGNATORIES_WITH_SIDE
        ]
        groups = {None: judged} | {
            measure: [judgement for judgement in judged if judgement.measure is measure]
            for measure in Measure
        }
        return {measure: _calibration(group) for measure, group in groups.items() if group}

    @property
    def without_agreement(self) -> tuple[DocumentResult, ...]:
        """The results of documents that have no agreement."""
        return tuple(result for result in self.results if not result.document.agreements)


def _calibration(judged: Sequence[Judgement]) -> Calibration:
    sure = [judgement.right for judgement in judged if judgement.value.confidence >= HIGH]
    return Calibration(
        len(judged),
        sum(judgement.right for judgement in judged),
        sum(judgement.value.confidence for judgement in judged),
        len(sure),
        sum(sure),
    )


def evaluate(
    documents: Iterable[LabelledDocument], extractor: Callable[[LabelledDocument], Draft]
) -> LabelledEvaluation:
    """Compares what an extractor drafts of each document with what is right."""
    return LabelledEvaluation(
        tuple(compare(document, extractor(document)) for document in documents)
    )


def score(tallies: Sequence[Tally]) -> Score:
    """The score over documents, with the interval of F1 from resampled documents.

    F1 is 2 · right / (asserted + demanded). Documents are drawn with replacement, as many as there
    are, 1,000 times with a fixed seed; the interval is from the 5th to the 95th percentile.
    """
    total = sum(tallies, Tally())
    both = total.asserted + total.demanded
    interval = None
    if both:
        rows = np.array([(t.right, t.asserted + t.demanded) for t in tallies], dtype=float)
        times = np.random.default_rng(SEED).multinomial(
            len(rows), np.full(len(rows), 1 / len(rows)), size=DRAWS
        )
        right, of = (times @ rows).T
        shares = 2 * right[of > 0] / of[of > 0]
        low, high = np.quantile(shares, INTERVAL)
        interval = (float(low), float(high))
    return Score(
        total.right / total.asserted if total.asserted else None,
        total.right / total.demanded if total.demanded else None,
        2 * total.right / both if both else None,
        interval,
        total,
    )


def draft_of(document: LabelledDocument) -> Draft:
    """What extraction drafts of a labelled document."""
    return extract(form_of(document), published=document.published, address=document.address)


def form_of(document: LabelledDocument) -> NormalForm:
    """The normal form of a labelled document."""
    return plain_form(document.text, f"{document.name}.txt")


def write_predictions(
    documents: Iterable[LabelledDocument],
    drafts: Iterable[Draft],
    folder: Path,
    *,
    replace: bool = False,
) -> None:
    """Writes `NN.json` of each draft, all or none (see `predictions`); makes the folder.

    Raises CitypactError where the folder cannot be written, and for files in it that we did not
    write, unless `replace`.
    """
    write_outputs(
        {
            folder / f"{document.name}.json": json.dumps(
                predictions(draft), ensure_ascii=False, indent=1
            ).encode()
            + b"\n"
            for document, draft in zip(documents, drafts, strict=True)
        },
        "--predictions",
        replace=replace,
    )


def predictions(draft: Draft) -> dict[str, Any]:
    """A draft as JSON that others can score: names of parties, values, no spans."""
    return {"agreements": [_prediction(each) for each in draft.agreements]}


def name_of(party: Drafted[Name]) -> str:
    """By what name a party is measured: the English label of a known entity, else its words.

    A place of the gazetteer that the text names in another script has its English name.
    """
    name = party.value
    is_latin = name.text.isascii() or fold(name.text).isascii()
    return name.label_en or name.text if name.entity or not is_latin else name.text


def _prediction(agreement: DraftAgreement) -> dict[str, Any]:
    names = [name_of(party) for party in agreement.parties]
    return {
        "type": str(agreement.form.value),
        "status": str(agreement.status.value),
        "parties": names,
        "date": agreement.date.value.edtf if agreement.date else None,
        "signatories": [
            {"name": each.value.name, "of": _at(names, each.value.of)}
            for each in agreement.signatories
        ],
        "topics": list(dict.fromkeys(topic.value for topic in agreement.topics)),
        "mode": _mode(agreement),
        "legally_binding": (
            agreement.legally_binding.value if agreement.legally_binding else UNKNOWN
        ),
    }


def _at(names: Sequence[str], place: int | None) -> str | None:
    return names[place] if place is not None and 0 <= place < len(names) else None


def _mode(agreement: DraftAgreement) -> str:
    return agreement.mode.value if agreement.mode else UNKNOWN


def _legal_force(agreement: DraftAgreement) -> str:
    return str(agreement.legally_binding.value).lower() if agreement.legally_binding else UNKNOWN


def best_pairs(worth: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs of rows and columns, each in one at most, whose worth is the most; none of worth 0."""
    table = np.array(worth, dtype=float)
    if not table.size:
        return []
    rows, columns = linear_sum_assignment(table, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if table[i, j] > 0]


def compare(document: LabelledDocument, draft: Draft) -> DocumentResult:
    """Pairs the agreements of a draft with those that are right, and counts their values."""
    pairs = [[_Pair.of(label, drafted) for drafted in draft.agreements]
             for label in document.agreements]  # fmt: skip
    chosen = best_pairs([[pair.worth for pair in row] for row in pairs])
    count = _Count(document.name)
    for i, j in chosen:
        count.agreement = j
        count.pair(pairs[i][j])
    lone_labels = set(range(len(document.agreements))) - {i for i, _ in chosen}
    lone_drafts = set(range(len(draft.agreements))) - {j for _, j in chosen}
    for i in sorted(lone_labels):
        count.pair(_Pair(document.agreements[i], None, ()))
    for j in sorted(lone_drafts):
        count.agreement = j
        count.pair(_Pair(None, draft.agreements[j], ()))
    return DocumentResult(
        document,
        {measure: count.tallies.get(measure, Tally()) for measure in Measure},
        tuple(count.status_of_right),
        tuple(count.misses),
        tuple(count.judgements),
        tuple(_title(each) for each in draft.agreements),
    )


def _title(agreement: LabelledAgreement | DraftAgreement) -> str:
    """An agreement in a few words: its form and its parties."""
    if isinstance(agreement, LabelledAgreement):
        return f"{agreement.forms[0]}: " + " – ".join(p.name for p in agreement.parties)
    parties = " – ".join(name_of(party) for party in agreement.parties)
    return f"{agreement.form.value}: {parties}"


@dataclass(frozen=True, slots=True)
class _Pair:
    """A labelled and a drafted agreement, or one alone. parties: pairs of places of the parties
    that are the same."""

    label: LabelledAgreement | None
    draft: DraftAgreement | None
    parties: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, label: LabelledAgreement, draft: DraftAgreement) -> _Pair:
        same = [
            [float(party.is_called(name_of(drafted))) for drafted in draft.parties]
            for party in label.parties
        ]
        return cls(label, draft, tuple(best_pairs(same)))

    @property
    def is_right(self) -> bool:
        """Whether family of form and all parties are right, with no party too many."""
        return bool(
            self.label
            and self.draft
            and self.draft.form.value in self.label.forms
            and len(self.parties) == len(self.label.parties) == len(self.draft.parties)
        )

    @property
    def worth(self) -> float:
        """What pairing is worth: 0 without a common party; a right agreement above all else."""
        if not self.parties or not self.label or not self.draft:
            return 0.0
        label, draft = self.label, self.draft
        date = draft.date.value.edtf if draft.date else ""
        return (
            1e6 * self.is_right
            + 1e3 * 2 * len(self.parties) / (len(label.parties) + len(draft.parties))
            + 100 * (draft.form.value in label.forms)
            + 50 * (bool(date) and date in label.dates)
            + 10 * (draft.status.value in label.statuses)
            + len(_same_people(label.signatories, draft))
        )


def _same_people(
    labelled: Sequence[LabelledSignatory], draft: DraftAgreement
) -> list[tuple[int, int]]:
    found = [name_keys([each.value.name]) for each in draft.signatories]
    return best_pairs([[float(bool(each.keys & keys)) for keys in found] for each in labelled])


class _Count:
    """Counts the values of the pairs of one document."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.tallies: dict[Measure, Tally] = {}
        self.status_of_right: list[bool] = []
        self.misses: list[Miss] = []
        self.judgements: list[Judgement] = []
        self.agreement = 0  # which of the draft is counted

    def pair(self, pair: _Pair) -> None:
        label, draft = pair.label, pair.draft
        expected, found = _title(label) if label else "", _title(draft) if draft else ""
        self._one(Measure.AGREEMENTS, pair.is_right, expected, found, draft.form if draft else None)
        if pair.is_right and label and draft:
            self.status_of_right.append(draft.status.value in label.statuses)
        self._parties(pair)
        dates = label.dates if label else ("",)
        date = draft.date.value.edtf if draft and draft.date else ""
        self._one(
            Measure.DATES,
            bool(date) and date in dates,
            dates[0] if "" not in dates else "",
            date,
            draft.date if draft else None,
        )
        self._answer(
            Measure.STATUS,
            label.statuses if label else None,
            str(draft.status.value) if draft else None,
            draft.status if draft else None,
        )
        self._signatories(pair)
        self._topics(pair)
        self._answer(
            Measure.MODE,
            label.modes if label else None,
            _mode(draft) if draft else None,
            draft.mode if draft else None,
        )
        self._answer(
            Measure.LEGAL_FORCE,
            label.legal_forces if label else None,
            _legal_force(draft) if draft else None,
            draft.legally_binding if draft else None,
        )

    def _add(self, measure: Measure, right: float, asserted: int, demanded: int) -> None:
        before = self.tallies.get(measure) or Tally()
        self.tallies[measure] = before + Tally(right, asserted, demanded)

    def _one(self, measure: Measure, is_right: bool, expected: str, found: str, value: Any) -> None:
        """Counts a value: what is demanded and what is asserted, where these aren't empty."""
        self._add(measure, float(is_right), bool(found), bool(expected) or is_right)
        if not is_right and (expected or found):
            self.misses.append(Miss(self.document, measure, expected, found))
        if found:
            self._judge(measure, value, float(is_right))

    def _judge(self, measure: Measure, value: Drafted[Any] | None, right: float) -> None:
        if value is not None:
            self.judgements.append(Judgement(self.document, measure, self.agreement, value, right))

    def _answer(
        self,
        measure: Measure,
        right: tuple[str, ...] | None,
        answer: str | None,
        value: Drafted[Any] | None,
    ) -> None:
        """Counts an answer that each agreement has; None for an agreement that isn't there."""
        is_right = right is not None and answer in right
        expected, found = right[0] if right else "", answer or ""
        self._add(measure, float(is_right), bool(found), bool(expected))
        if not is_right:
            self.misses.append(Miss(self.document, measure, expected, found))
        if value is not None:
            self._judge(measure, value, float(is_right))
        stated = {
            Measure.MODE: Measure.MODE_STATED,
            Measure.LEGAL_FORCE: Measure.LEGAL_FORCE_STATED,
        }.get(measure)
        if stated:
            is_said = found not in ("", UNKNOWN)
            is_asked = right is not None and UNKNOWN not in right
            self._add(stated, float(is_right and is_said), is_said, is_asked or is_right & is_said)

    def _parties(self, pair: _Pair) -> None:
        labelled: Sequence[Party] = pair.label.parties if pair.label else ()
        drafted = pair.draft.parties if pair.draft else ()
        same = dict(pair.parties)
        for i, party in enumerate(labelled):
            found = name_of(drafted[same[i]]) if i in same else ""
            self._one(
                Measure.PARTIES, i in same, party.name, found, drafted[same[i]] if found else None
            )
        for j, name in enumerate(drafted):
            if j not in same.values():
                self._one(Measure.PARTIES, False, "", name_of(name), name)

    def _signatories(self, pair: _Pair) -> None:
        labelled: Sequence[LabelledSignatory] = pair.label.signatories if pair.label else ()
        drafted = pair.draft.signatories if pair.draft else ()
        same = dict(_same_people(labelled, pair.draft)) if pair.draft else {}
        both = (Measure.SIGNATORIES, Measure.SIGNATORIES_WITH_SIDE)
        for i, person in enumerate(labelled):
            if not person.is_demanded:
                continue
            if i not in same:
                for measure in both:
                    self._one(measure, False, person.name, "", None)
                continue
            signatory = drafted[same[i]]
            name = signatory.value.name
            self._one(Measure.SIGNATORIES, True, person.name, name, signatory)
            side = _side(pair, signatory.value.of)
            is_right = not person.of or _is_side(pair, person.of, side)
            expected, found = f"{person.name} ({person.of})", f"{name} ({side or '?'})"
            self._one(Measure.SIGNATORIES_WITH_SIDE, is_right, expected, found, signatory)
        for j, signatory in enumerate(drafted):
            if j not in same.values():
                for measure in both:
                    self._one(measure, False, "", signatory.value.name, signatory)

    def _topics(self, pair: _Pair) -> None:
        labelled = pair.label.topics if pair.label else ()
        drafted = {topic.value: topic for topic in pair.draft.topics} if pair.draft else {}
        likeness = topic_scheme().likeness
        found = list(drafted)
        worth = [[likeness(label, topic) for topic in found] for label in labelled]
        same = dict(best_pairs(worth))
        right = sum(worth[i][j] for i, j in same.items())
        self._add(Measure.TOPICS, right, len(found), len(labelled))
        for i, label in enumerate(labelled):
            if i not in same or worth[i][same[i]] < 1:
                other = found[same[i]] if i in same else ""
                self.misses.append(Miss(self.document, Measure.TOPICS, label, other))
        by_topic = {j: worth[i][j] for i, j in same.items()}
        for j, topic in enumerate(found):
            self._judge(Measure.TOPICS, drafted[topic], by_topic.get(j, 0.0))
            if j not in by_topic:
                self.misses.append(Miss(self.document, Measure.TOPICS, "", topic))


def _side(pair: _Pair, of: int | None) -> str:
    """The name of the party for which a person signs, as the draft has it."""
    names = [name_of(party) for party in pair.draft.parties] if pair.draft else []
    return _at(names, of) or ""


def _is_side(pair: _Pair, of: str, side: str) -> bool:
    """Whether a side is the party that a label names, or has its name."""
    parties = pair.label.parties if pair.label else ()
    named = [party for party in parties if party.name == of] or [
        Party(of, "city", name_keys([of], "city"))
    ]
    return bool(side) and any(party.is_called(side) for party in named)


def as_json(
    evaluation: LabelledEvaluation, baseline: LabelledEvaluation | None = None
) -> dict[str, Any]:
    """An evaluation for programs: scores over all documents and by language, and every miss."""
    without = evaluation.without_agreement
    return {
        "documents": len(evaluation.results),
        "scores": _scores_as_json(evaluation),
        **({"baseline": _scores_as_json(baseline)} if baseline else {}),
        "calibration": {
            measure or "all": {
                "values": each.values,
                "right": each.right,
                "expected": round(each.expected, 1),
                "sure": each.sure,
                "sure_right": each.sure_right,
            }
            for measure, each in evaluation.calibration().items()
        },
        "documents_without_agreement": {
            "documents": len(without),
            "found": {r.document.name: list(r.asserted) for r in without if r.asserted},
        },
        "errors": [
            {"document": m.document, "measure": m.measure, "label": m.expected, "found": m.found}
            for result in evaluation.results
            for m in result.misses
        ],
    }


def _scores_as_json(evaluation: LabelledEvaluation) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for language in ("", *evaluation.languages):
        right, of = evaluation.status_of_right(language)
        found[language or "all"] = {
            measure: {
                "precision": each.precision,
                "recall": each.recall,
                "f1": each.f1,
                "f1_interval": each.interval,
                "right": each.tally.right,
                "found": each.tally.asserted,
                "labelled": each.tally.demanded,
            }
            for measure, each in evaluation.scores(language).items()
        } | {"status_of_right_agreements": {"right": right, "of": of}}
    return found
