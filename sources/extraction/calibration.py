"""Fits the weights of `confidence.csv` on labelled documents.

python -m citypact.sources.extraction.calibration FOLDER…

A penalised logistic regression for each kind of value: few features, shrunk towards "as likely as
the rule says". Best on documents on which no rule was written, since rules look better than they
are on their own. Prints how the fit does on documents left out one by one.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from citypact.sources.extraction.confidence import (
    FEATURES,
    HIGH,
    KINDS,
    confidence_of,
    features,
    log_odds,
)
from citypact.sources.extraction.evaluate import compare, form_of
from citypact.sources.extraction.extract import raw_draft
from citypact.sources.extraction.labelled import LabelledDocument, read_labelled

PENALTY = 6.0
"""Of the squared distance of a weight from where it starts."""
_START = {"rule": 1.0, "sure": 0.5}
"""Before any document: as likely as the rule says, and the less so the less its agreement is."""
Weights = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Case:
    """A value with its features and whether it was right, from 0 to 1."""

    document: str
    kind: str
    agreement: int
    features: dict[str, float]
    right: float


def cases_of(documents: Iterable[LabelledDocument]) -> list[Case]:
    """The values that extraction asserts in labelled documents, uncalibrated."""
    found = []
    for document in documents:
        draft = raw_draft(form_of(document), published=document.published, address=document.address)
        for judgement in compare(document, draft).judgements:
            if judgement.measure in KINDS:
                agreement = draft.agreements[judgement.agreement]
                values = features(judgement.measure, judgement.value, agreement, draft)
                found.append(
                    Case(
                        document.name,
                        judgement.measure,
                        judgement.agreement,
                        values,
                        judgement.right,
                    )
                )
    return found


def fit(cases: Sequence[Case]) -> Weights:
    """The weights by kind and feature. Agreements come first: others ask how sure these are."""
    fitted: Weights = {}
    sure: dict[tuple[str, int], float] = {}
    for kind in KINDS:
        of_kind = [case for case in cases if case.kind == kind]
        if kind != "agreements":
            of_kind = [_with_sure(case, sure) for case in of_kind]
        fitted[kind] = _regression(of_kind)
        if kind == "agreements":
            for case in of_kind:
                sure[case.document, case.agreement] = log_odds(
                    confidence_of(case.features, fitted[kind])
                )
    return fitted


def _with_sure(case: Case, sure: dict[tuple[str, int], float]) -> Case:
    value = sure.get((case.document, case.agreement), 0.0)
    return replace(case, features={**case.features, "sure": value})


def _regression(cases: Sequence[Case]) -> dict[str, float]:
    """Penalised logistic regression by Newton's method; the start where there are no cases."""
    names = list(FEATURES)
    start = np.array([_START.get(name, 0.0) for name in names])
    table = np.array([[case.features.get(name, 0.0) for name in names] for case in cases])
    table = table.reshape(len(cases), len(names))
    right = np.array([case.right for case in cases])

    def loss(weights: NDArray[np.float64]) -> float:
        odds = table @ weights
        fit = np.logaddexp(0, odds) - right * odds
        return float(fit.sum() + PENALTY / 2 * ((weights - start) ** 2).sum())

    weights: NDArray[np.float64] = start.copy()
    for _ in range(50):
        shares = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (right - shares) - PENALTY * (weights - start)
        curve = (table.T * (shares * (1 - shares))) @ table + PENALTY * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        size = 1.0
        while size > 1e-6 and loss(weights + size * step) > loss(weights):
            size /= 2  # Newton's step may go too far
        weights = weights + size * step
        if float(np.abs(size * step).max(initial=0.0)) < 1e-8:
            break
    return {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}


def left_out(cases: Sequence[Case]) -> list[tuple[Case, float]]:
    """Each value with the confidence that the values of all other documents give it."""
    found = []
    for document in dict.fromkeys(case.document for case in cases):
        fitted = fit([case for case in cases if case.document != document])
        own = [case for case in cases if case.document == document]
        sure = {
            (case.document, case.agreement): log_odds(
                confidence_of(case.features, fitted["agreements"])
            )
            for case in own
            if case.kind == "agreements"
        }
        for case in own:
            each = case if case.kind == "agreements" else _with_sure(case, sure)
            found.append((case, confidence_of(each.features, fitted[case.kind])))
    return found


def main(folders: Sequence[str]) -> None:
    """Fits, writes `confidence.csv`, and prints how sure values do by kind."""
    documents = [each for folder in folders for each in read_labelled(Path(folder))]
    cases = cases_of(documents)
    path = Path(__file__).parent / "confidence.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["kind", "feature", "weight"])
        for kind, of_kind in fit(cases).items():
            out.writerows([kind, name, weight] for name, weight in of_kind.items())
    judged = left_out(cases)
    for kind in ("", *KINDS):
        chosen = [(case, share) for case, share in judged if not kind or case.kind == kind]
        sure = [case.right for case, share in chosen if share >= HIGH]
        right = sum(case.right for case, _ in chosen)
        print(
            f"{kind or 'all':12} {len(chosen):4} values, {right:6.1f} right; sure: {len(sure):4}, "
            f"{sum(sure):6.1f} right"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
