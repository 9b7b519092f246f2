"""Learns the weights of `partners.csv` from labelled documents.

python -m citypact.sources.extraction.partner_fitting FOLDER[=TIMES]… TEXTS.yaml…

Two penalised logistic regressions on the signs of `partners.py`: which hub is right for places
that are parties (`hub`), and which places are parties (`partner`). Each folder is then left out in
turn, and the ties that the rest would find in it are counted. The documents of a folder count TIMES
times, as real ones may. TEXTS are short ones, each with the agreements that it asserts, as in
`tests/sources/extraction/asserted.yaml`. Documents on which rules were written count as well: the
signs ask for no rule.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from citypact.sources.extraction.evaluate import form_of
from citypact.sources.extraction.groups import key_of
from citypact.sources.extraction.labelled import (
    LabelledAgreement,
    LabelledDocument,
    Party,
    name_keys,
    read_labelled,
)
from citypact.sources.extraction.logistic_regression import logistic_regression
from citypact.sources.extraction.model import Name
from citypact.sources.extraction.partners import LIKELY, PossiblePartner, best_of, candidates
from citypact.sources.extraction.relations import scene_of
from citypact.sources.extraction.sentences import context_of

PENALTY, PENALTY_OF_ALWAYS = 2.0, 0.05
"""Of the squared weight of each sign, and of that which every place has."""
_ROUNDS = 4
"""A place has many mentions, of which one tells; which one, the last weights say."""
Weights = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class LabelledPlace:
    """A place of a document with its candidates, and which of these are right.

    is_party: whether it is a party of any agreement at all.
    """

    found: tuple[PossiblePartner, ...]
    right: tuple[bool, ...]
    is_party: bool


def places_of(documents: Sequence[LabelledDocument]) -> list[LabelledPlace]:
    """The places of labelled documents that have candidates."""
    places = []
    for document in documents:
        form = form_of(document)
        context = context_of(form, published=document.published, address=document.address)
        by_key: dict[str, list[PossiblePartner]] = {}
        for candidate in candidates(scene_of(context)):
            by_key.setdefault(key_of(candidate.mention.name), []).append(candidate)
        for found in by_key.values():
            right = tuple(any(_is_of(a, each) for a in document.agreements) for each in found)
            is_party = any(
                _is_party(a, each.mention.name) for a in document.agreements for each in found
            )
            places.append(LabelledPlace(tuple(found), right, is_party))
    return places


def read_short(path: Path) -> list[LabelledDocument]:
    """The texts of a file as labelled documents: their forms, statuses and parties."""
    cases = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        LabelledDocument(
            f"{path.stem} {number}",
            "",
            "",
            "",
            case["text"],
            tuple(_agreement(*words.split(" ", 2)) for words in case["agreements"]),
        )
        for number, case in enumerate(cases)
    ]


def _agreement(form: str, status: str, parties: str) -> LabelledAgreement:
    names = [Party(name, "city", name_keys([name], "city")) for name in parties.split(" + ")]
    return LabelledAgreement((form,), (status,), tuple(names), ("",), (), (), (), ())


def _is_party(agreement: LabelledAgreement, name: Name) -> bool:
    return any(_is_called(agreement, place, name) for place in range(len(agreement.parties)))


def _is_called(agreement: LabelledAgreement, place: int, name: Name) -> bool:
    party = agreement.parties[place]
    return party.is_called(name.text) or party.is_called(name.label_en)


def _is_of(agreement: LabelledAgreement, candidate: PossiblePartner) -> bool:
    """Whether a place and its hub are different parties of an agreement."""
    places = range(len(agreement.parties))
    hubs = {place for place in places if _is_called(agreement, place, candidate.hub.name)}
    own = {place for place in places if _is_called(agreement, place, candidate.mention.name)}
    return bool(hubs and own and hubs | own > hubs & own and len(hubs | own) > 1)


def fit(places: Sequence[LabelledPlace]) -> Weights:
    """The weights by what they choose and sign."""
    rows = [
        (candidate.signs, float(right))
        for place in places
        if any(place.right)
        for candidate, right in zip(place.found, place.right, strict=True)
    ]
    hub_signs = {name for signs, _ in rows for name in signs if name in _OF_HUB or "hub" in name}
    weights: Weights = {"hub": _regression(rows, ["always", *sorted(hub_signs)])}
    names = {name for place in places for each in place.found for name in each.signs}
    names -= {name for name in names if name.startswith("hub ") and name != "hub here"}
    order = ["always", *sorted(names - {"always", "another ahead of both", "another ahead of cue"})]
    weights["partner"] = {"cue ahead": 1.0}
    for _ in range(_ROUNDS):
        rows = []
        for place in places:
            if any(place.right):
                kept = [c for c, right in zip(place.found, place.right, strict=True) if right]
            elif not place.is_party:
                kept = list(place.found)
            else:
                continue
            rows.append((best_of(kept, weights)[0][1].signs, float(any(place.right))))
        weights["partner"] = _regression(rows, order)
    return weights


_OF_HUB = ("another ahead of both", "another ahead of cue", "same country", "kind of hub")


def _regression(
    rows: Sequence[tuple[Mapping[str, float], float]], names: Sequence[str]
) -> dict[str, float]:
    penalties = dict.fromkeys(names, PENALTY) | {"always": PENALTY_OF_ALWAYS}
    weights = logistic_regression(
        [signs for signs, _ in rows], [right for _, right in rows], penalties, {}
    )
    return {name: round(weight, 3) for name, weight in weights.items()}


def main(folders: Sequence[str]) -> None:
    """Fits, writes `partners.csv`, and prints what each folder left out gives."""
    times = {name: int(number or 1) for name, _, number in (f.partition("=") for f in folders)}
    of_folder = {
        name: places_of(read_short(path) if path.suffix == ".yaml" else read_labelled(path))
        * number
        for name, number in times.items()
        for path in (Path(name),)
    }
    for folder, places in of_folder.items():
        others = [place for name, of in of_folder.items() if name != folder for place in of]
        if not others:
            continue
        weights = fit(others)
        likely = [
            (place, best[1])
            for place in places
            for best in best_of(place.found, weights)
            if best[0] >= LIKELY
        ]
        right = sum(place.right[place.found.index(best)] for place, best in likely)
        demanded = sum(any(place.right) for place in places)
        print(f"{Path(folder).name}: {demanded} partners; {len(likely)} found, {right} right")
    fitted = fit([place for places in of_folder.values() for place in places])
    path = Path(__file__).parent / "partners.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["chooses", "sign", "weight"])
        out.writerows(
            (chooses, sign, weight)
            for chooses, of_choice in fitted.items()
            for sign, weight in of_choice.items()
        )


if __name__ == "__main__":
    main(sys.argv[1:])
