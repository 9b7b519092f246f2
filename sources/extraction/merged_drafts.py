"""One draft of what rules find and what a language model reads: both are shown, none is lost.

The value of the rules stays, and says where the model reads another; what only one of them has says
so. A person judges it as any other draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from citypact.sources.extraction.evaluate import best_pairs
from citypact.sources.extraction.model import (
    DateFound,
    Draft,
    DraftAgreement,
    Drafted,
    Name,
    Signatory,
)

MODEL_ALONE = "only the language model reads this"
RULES_ALONE = "the language model does not read this"
OTHER_VALUE = "the language model reads: "
_ONE = ("form", "status", "date", "place", "mode", "legally_binding")
_SEVERAL = ("parties", "signatories", "topics")


def merged(rules: Draft, model: Draft) -> Draft:
    """The draft of rules, with the values of a model that it lacks, and doubts where they differ.

    Agreements are the same if they share at least two parties, those with most in common first;
    what only the model reads follows at the end.
    """
    worth = [[_worth(one, other) for other in model.agreements] for one in rules.agreements]
    pairs = dict(best_pairs(worth))
    agreements = [
        _both(each, model.agreements[pairs[i]])
        if i in pairs
        else replace(each, form=_doubted(each.form, RULES_ALONE))
        for i, each in enumerate(rules.agreements)
    ]
    lone = [
        replace(each, form=_doubted(each.form, MODEL_ALONE))
        for j, each in enumerate(model.agreements)
        if j not in pairs.values()
    ]
    proposed = {name.value.text: name for name in (*model.proposed, *rules.proposed)}
    return Draft((*agreements, *lone), tuple(proposed.values()))


def _worth(one: DraftAgreement, other: DraftAgreement) -> float:
    common = len({*map(_key, one.parties)} & {*map(_key, other.parties)})
    if common < 2:
        return 0.0
    same = sum(
        _said(getattr(one, name)) == _said(getattr(other, name))
        for name in ("form", "status", "date")
    )
    return common + same / 4


def _both(rules: DraftAgreement, model: DraftAgreement) -> DraftAgreement:
    values: dict[str, Any] = {}
    for name in _ONE:
        values[name] = _one(getattr(rules, name), getattr(model, name))
    for name in _SEVERAL:
        values[name] = _several(getattr(rules, name), getattr(model, name), model, rules)
    return replace(rules, **values)


def _one(rules: Drafted[Any] | None, model: Drafted[Any] | None) -> Drafted[Any] | None:
    if rules is None or model is None:
        return _doubted(model, MODEL_ALONE) if model else rules
    said = _said(model)
    return rules if said == _said(rules) else _doubted(rules, f"{OTHER_VALUE}{said}")


def _several(
    rules: Sequence[Drafted[Any]],
    model: Sequence[Drafted[Any]],
    theirs: DraftAgreement,
    ours: DraftAgreement,
) -> tuple[Drafted[Any], ...]:
    """The values of both. A side of a signatory is a place among the parties of its own draft."""
    read, known = {*map(_key, model)}, {*map(_key, rules)}
    kept = [each if _key(each) in read else _doubted(each, RULES_ALONE) for each in rules]
    added = [
        _doubted(_moved(each, theirs, ours), MODEL_ALONE)
        for each in model
        if _key(each) not in known
    ]
    return (*kept, *added)


def _moved(drafted: Drafted[Any], theirs: DraftAgreement, ours: DraftAgreement) -> Drafted[Any]:
    value = drafted.value
    if not isinstance(value, Signatory) or value.of is None:
        return drafted
    # The parties that only the model reads follow those of the rules, in its order.
    keys = [_key(each) for each in ours.parties]
    keys += [key for each in theirs.parties if (key := _key(each)) not in keys]
    return replace(drafted, value=replace(value, of=keys.index(_key(theirs.parties[value.of]))))


def _key(drafted: Drafted[Any]) -> str:
    """By what values of one field are the same."""
    value = drafted.value
    if isinstance(value, Name):
        return value.label_en.casefold() or value.text
    return value.name if isinstance(value, Signatory) else str(value)


def _said(drafted: Drafted[Any] | None) -> str:
    if drafted is None:
        return ""
    value = drafted.value
    return value.edtf if isinstance(value, DateFound) else str(value)


def _doubted(drafted: Drafted[Any], doubt: str) -> Drafted[Any]:
    return replace(drafted, doubts=(*drafted.doubts, doubt))
