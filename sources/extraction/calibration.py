"""Fits the weights of `confidence.csv` on labelled documents.

python -m citypact.sources.extraction.calibration --keep CASES.jsonl FOLDER…
python -m citypact.sources.extraction.calibration CASES.jsonl…
python -m citypact.sources.extraction.calibration --level CASES.jsonl…

The first keeps what the rules as they stand assert in labelled documents, and whether it is right;
the second fits on such files. So values count as they were first read, before rules were written on
a document: on their own documents rules look better than they are. A penalised logistic regression
for each language and kind of value: few features, shrunk towards "as likely as the rule says". Then
it is lowered until enough of what is above HIGH is right in documents left out one by one. A
language without cases keeps its weights. The third keeps what tells values apart and moves all
kinds of a language by one amount, so that as many values as possible are above HIGH.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from citypact.sources.extraction.confidence import (
    FEATURES,
    HIGH,
    KINDS,
    LANGUAGES,
    LIMITS,
    confidence_of,
    features,
    language_of,
    log_odds,
    weights,
)
from citypact.sources.extraction.evaluate import compare, form_of
from citypact.sources.extraction.extract import raw_draft
from citypact.sources.extraction.labelled import LabelledDocument, read_labelled
from citypact.sources.extraction.logistic_regression import logistic_regression

PENALTY = 6.0
"""Of the squared distance of a weight from where it starts."""
_START = {"rule": 1.0, "sure": 0.5, "weighed": -2.0}
"""Before any document: as likely as the rule says, the less so the less its agreement is, and not
sure where no rule says it."""
RIGHT = 0.92
"""What share of the values above HIGH is to be right in documents left out."""
LEVEL = 0.97
"""The same for values of documents on which only the level was fitted, not the weights."""
ENOUGH = 10
"""Of fewer values above HIGH nobody knows how many are right."""
Weights = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Case:
    """A value with its features and whether it was right, from 0 to 1."""

    document: str
    kind: str
    agreement: int
    features: dict[str, float]
    right: float
    language: str = "en"


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
                        language_of(agreement),
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
    """The weights of the features of some cases; the start where there are none."""
    weights = logistic_regression(
        [case.features for case in cases],
        [case.right for case in cases],
        dict.fromkeys(FEATURES, PENALTY),
        _START,
    )
    return {name: round(weight, 4) for name, weight in weights.items()}


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


def lowered(fitted: Weights, judged: Sequence[tuple[Case, float]]) -> Weights:
    """The weights with `always` so much less that enough of what is above HIGH is right.

    judged: values with the confidence that the other documents gave them.
    """
    return {
        kind: of_kind
        | {
            "always": round(
                of_kind["always"]
                + log_odds(HIGH)
                - log_odds(_bound([(share, c.right) for c, share in judged if c.kind == kind])),
                4,
            )
        }
        for kind, of_kind in fitted.items()
    }


def _bound(shares: Sequence[tuple[float, float]]) -> float:
    """From which confidence on enough values are right, HIGH or more; LIMITS[1] where none is."""
    for share in sorted({share for share, _ in shares if share >= HIGH}):
        above = [right for each, right in shares if each >= share]
        if len(above) < ENOUGH:
            break
        if sum(above) >= RIGHT * len(above):
            return share
    return LIMITS[1]


def judged_by(cases: Sequence[Case], fitted: Weights) -> list[tuple[Case, float]]:
    """Each value with the confidence that weights give it."""
    of_form = fitted["agreements"]
    sure = {
        (case.document, case.agreement): log_odds(confidence_of(case.features, of_form))
        for case in cases
        if case.kind == "agreements"
    }
    return [
        (case, confidence_of(each.features, fitted[case.kind]))
        for case in cases
        for each in (case if case.kind == "agreements" else _with_sure(case, sure),)
    ]


def levelled(fitted: Weights, cases: Sequence[Case]) -> Weights:
    """The weights with all kinds that have cases moved alike: LEVEL of those above HIGH is right.

    Others ask how sure the agreement is, which is moved already, so they move by what is left.
    """
    judged = judged_by(cases, fitted)
    bounds = sorted({share for _, share in judged})
    above = {bound: [c.right for c, share in judged if share >= bound] for bound in bounds}
    fitting = [b for b, right in above.items() if sum(right) >= LEVEL * len(right) >= ENOUGH]
    move = log_odds(HIGH) - log_odds(min(fitting)) if fitting else 0.0
    kinds = {case.kind for case in cases}
    return {
        kind: of_kind
        | {
            "always": round(
                of_kind["always"]
                + move * (kind in kinds)
                - move * (of_kind["sure"] if kind != "agreements" else 0.0),
                4,
            )
        }
        for kind, of_kind in fitted.items()
    }


def keep(path: Path, folders: Iterable[Path]) -> None:
    """Writes what the rules as they stand assert in labelled documents, a line for each value."""
    cases = [case for folder in folders for case in cases_of(read_labelled(folder))]
    lines = (json.dumps(asdict(case), ensure_ascii=False) + "\n" for case in cases)
    path.write_text("".join(lines), encoding="utf-8")


def kept(paths: Iterable[Path]) -> list[Case]:
    """The cases of such files; documents of several files are told apart."""
    return [
        replace(case, document=f"{path.name} {case.document}")
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        for case in (Case(**json.loads(line)),)
    ]


def main(arguments: Sequence[str]) -> None:
    """Keeps cases; or fits, writes `confidence.csv`, and prints how sure values do by kind."""
    if arguments[:1] == ["--keep"]:
        keep(Path(arguments[1]), map(Path, arguments[2:]))
        return
    is_level = arguments[:1] == ["--level"]
    cases = kept(map(Path, arguments[is_level:]))
    rows = []
    for language in LANGUAGES:
        own = [case for case in cases if case.language == language]
        fitted = {kind: dict(of_kind) for kind, of_kind in weights().get(language, {}).items()}
        if own and is_level:
            fitted = levelled(fitted, own)
            right = [case.right for case, share in judged_by(own, fitted) if share >= HIGH]
            print(f"{language} {len(own)} values; sure: {len(right)}, {sum(right):.1f} right")
        elif own:
            judged = left_out(own)
            fitted = lowered(fit(own), judged)
            _print(language, judged, fitted)
        rows += [
            (language, kind, name, of_kind[name])
            for kind, of_kind in fitted.items() for name in FEATURES
        ]  # fmt: skip
    path = Path(__file__).parent / "confidence.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["language", "kind", "feature", "weight"])
        out.writerows(rows)


def _print(language: str, judged: Sequence[tuple[Case, float]], fitted: Weights) -> None:
    """How many values of documents left out are above the bound, and how many of these right."""
    sure, right = 0, 0.0
    for kind in fitted:
        shares = [(share, case.right) for case, share in judged if case.kind == kind]
        bound = _bound(shares)
        above = [value for share, value in shares if share >= bound and bound < LIMITS[1]]
        sure, right = sure + len(above), right + sum(above)
        all_right = sum(value for _, value in shares)
        print(f"{language} {kind:12} {len(shares):4} values, {all_right:6.1f} right; "
              f"sure from {bound:.2f}: {len(above):4}, {sum(above):6.1f} right")  # fmt: skip
    print(f"{language} all          {len(judged):4} values; sure: {sure}, {right:.1f} right")


if __name__ == "__main__":
    main(sys.argv[1:])
