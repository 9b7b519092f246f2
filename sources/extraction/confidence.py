"""How likely a value is right: calibrated on labelled documents, by kind of value.

A rule says of its value how sure it is by itself. What that is worth, and what else tells right
from wrong, is in `confidence.csv`: for each language and kind of value the weights of a logistic
regression on the features below, fitted by `calibration.py`. The confidence is the share of such
values that were right, in English lowered so far that few of those above HIGH are wrong.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from citypact.sources.extraction.gazetteer import gazetteer
from citypact.sources.extraction.model import (
    WEIGHED,
    Draft,
    DraftAgreement,
    Drafted,
    Form,
    Name,
    Status,
)

T = TypeVar("T")

HIGH = 0.9
"""From this confidence on a value is called sure."""
LIMITS = (0.02, 0.99)

FEATURES = {
    "always": "1 for every value",
    "rule": "what the rule says by itself, as log odds",
    "known": "share of the parties that are known entities or places",
    "alone": "1 if the document has one agreement",
    "twin": "1 if another agreement of the document has two of the parties",
    "double": "1 if such an agreement has the same status too",
    "other": "1 if the form is none of the named ones",
    "past": "1 if the agreement was concluded before, or is still to come",
    "doubts": "number of doubts that the rule names",
    "abroad": "1 if the parties are known places of several countries",
    "row": "1 if a list, a table or a title says so, no sentence",
    "planned": "1 if the agreement is still to come",
    "tie": "1 for sister cities",
    "confirmed": "1 if more than one sentence says so",
    "mixed": "1 if the parties are of several kinds, such as a city and a company",
    "entities": "share of the parties that are entities of the package",
    "named": "1 for a date that stands whole in the text, or a signatory whose side is known",
    "weighed": "1 if no sentence says so, but many small signs together (see `partners.py`)",
    "sure": "how likely form and parties of the agreement are right, as log odds",
}
"""What the weights are of."""
LANGUAGES = ("en", "ko")
KINDS = ("agreements", "parties", "dates", "status", "signatories", "topics", "mode", "legal_force")


def features(
    kind: str, value: Drafted[Any], agreement: DraftAgreement, draft: Draft
) -> dict[str, float]:
    """The features of a value of an agreement of a draft by name; those that are 0 are left out."""
    parties: Sequence[Drafted[Name]] = [value] if kind == "parties" else agreement.parties
    names = frozenset(party.value.label_en for party in agreement.parties)
    twins = [
        other
        for other in draft.agreements
        if other is not agreement
        and len(names.intersection(party.value.label_en for party in other.parties)) > 1
    ]
    found = {
        "always": 1.0,
        "rule": log_odds(value.confidence),
        "known": _share(_is_known(party) for party in parties),
        "alone": float(len(draft.agreements) == 1),
        "twin": float(bool(twins)),
        "double": float(any(t.status.value is agreement.status.value for t in twins)),
        "other": float(agreement.form.value is Form.OTHER),
        "past": float(agreement.status.value is not Status.MAIN),
        "doubts": float(len(value.doubts)),
        "abroad": float(_are_abroad(agreement)),
        "row": float(agreement.form.rule in _WITHOUT_SENTENCE),
        "planned": float(agreement.status.value is Status.PLANNED),
        "tie": float(agreement.form.value is Form.SISTER_CITY),
        "confirmed": float(len(agreement.form.spans) > 1),
        "mixed": float(len({party.value.kind for party in agreement.parties}) > 1),
        "entities": _share(bool(party.value.entity) for party in agreement.parties),
        "named": float(_is_named(kind, value)),
        "weighed": float(agreement.form.rule == WEIGHED),
    }
    return {name: number for name, number in found.items() if number}


_WITHOUT_SENTENCE = ("row", "list-of-ties", "text", "between")


def language_of(agreement: DraftAgreement) -> str:
    """The language in which the text names the parties: `ko` where one has Korean letters."""
    is_korean = any(re.search("[가-힣]", party.value.text) for party in agreement.parties)
    return "ko" if is_korean else "en"


def _are_abroad(agreement: DraftAgreement) -> bool:
    """Whether the parties are known places of more than one country."""
    countries = [country_of(party.value) for party in agreement.parties]
    return all(countries) and len(set(countries)) > 1


def country_of(name: Name) -> str:
    """The country of a place by the gazetteer, ISO 3166-1 alpha-2; '' for others."""
    found = gazetteer().named(name.label_en) or gazetteer().named(name.text)
    return found[0].country if found else ""


def _share(answers: Iterable[bool]) -> float:
    found = list(answers)
    return sum(found) / len(found) if found else 0.0


def _is_known(party: Drafted[Name]) -> bool:
    name = party.value
    return bool(name.entity or gazetteer().named(name.text) or gazetteer().named(name.label_en))


def _is_named(kind: str, value: Drafted[Any]) -> bool:
    if kind == "dates":
        return bool(value.value.how == "stated")
    return kind == "signatories" and value.value.of is not None


def log_odds(share: float) -> float:
    """The logarithm of the odds of a share, kept within LIMITS."""
    share = min(max(share, LIMITS[0]), LIMITS[1])
    return math.log(share / (1 - share))


def share_of(odds: float) -> float:
    """The share of log odds, within LIMITS."""
    share = 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))
    return round(min(max(share, LIMITS[0]), LIMITS[1]), 2)


@cache
def weights() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """The weights of `confidence.csv` by language, kind and feature."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    path = Path(__file__).parent / "confidence.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            of_kinds = found.setdefault(row["language"], {})
            of_kinds.setdefault(row["kind"], {})[row["feature"]] = float(row["weight"])
    return found


def confidence_of(found: Mapping[str, float], of_kind: Mapping[str, float]) -> float:
    """The confidence of a value with certain features, by the weights of its kind."""
    return share_of(sum(of_kind.get(name, 0.0) * number for name, number in found.items()))


def calibrated(draft: Draft) -> Draft:
    """A draft whose confidences are shares of right values, and whose doubtful values say why."""
    agreements = tuple(_agreement(each, draft) for each in draft.agreements)
    return replace(draft, agreements=agreements)


def _agreement(agreement: DraftAgreement, draft: Draft) -> DraftAgreement:
    of_kinds = weights().get(language_of(agreement), {})

    def found(kind: str, value: Drafted[Any]) -> dict[str, float]:
        return features(kind, value, agreement, draft)

    form = _value("agreements", agreement.form, found("agreements", agreement.form), of_kinds)
    sure = log_odds(form.confidence)

    def of(kind: str, value: Drafted[T]) -> Drafted[T]:
        return _value(kind, value, found(kind, value) | {"sure": sure}, of_kinds)

    return replace(
        agreement,
        form=form,
        status=of("status", agreement.status),
        parties=tuple(of("parties", party) for party in agreement.parties),
        date=of("dates", agreement.date) if agreement.date else None,
        signatories=tuple(of("signatories", person) for person in agreement.signatories),
        topics=tuple(of("topics", topic) for topic in agreement.topics),
        mode=of("mode", agreement.mode) if agreement.mode else None,
        legally_binding=(
            of("legal_force", agreement.legally_binding) if agreement.legally_binding else None
        ),
    )


def _value(
    kind: str,
    value: Drafted[T],
    found: Mapping[str, float],
    of_kinds: Mapping[str, Mapping[str, float]],
) -> Drafted[T]:
    confidence = confidence_of(found, of_kinds.get(kind, {}))
    doubts = value.doubts
    if confidence < HIGH and not doubts:
        doubts = _doubts(kind, found) or (f"found by {value.rule}, which is often wrong",)
    return replace(value, confidence=confidence, doubts=doubts)


def _doubts(kind: str, found: Mapping[str, float]) -> tuple[str, ...]:
    """Why a value may be wrong, by its features."""
    doubts = []
    if found.get("known", 0) < 1:
        doubts.append("a party is not among the known names" if kind != "parties" else
                      "the name is not known")  # fmt: skip
    if found.get("double"):
        doubts.append("the document names another agreement of these parties")
    if found.get("other") and kind == "agreements":
        doubts.append("the text does not name the form")
    if found.get("sure", 9.0) < log_odds(HIGH) and kind not in ("agreements", "parties"):
        doubts.append("form or parties of the agreement are doubtful")
    return tuple(doubts)
