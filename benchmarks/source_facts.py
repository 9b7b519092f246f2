"""Which facts of the five source documents extraction finds on its own, by kind.

python -m benchmarks.source_facts MATERIAL

MATERIAL has the documents in `seeds` and what a person marked in `annotation/facts.yaml`. Only core
facts count. A fact is found where a drafted value of its kind is equal (parties, dates, forms,
topics, mode, legal force, languages) or has words in common with the fact's passage (titles,
places, signatories, provisions). A topic right above or below counts half.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.extract import extract
from citypact.sources.extraction.labelled import name_keys
from citypact.sources.extraction.model import Draft, Drafted
from citypact.sources.extraction.topic_scheme import topic_scheme

KINDS = {
    "form": ("is an agreement of type",),
    "title": ("has title",),
    "party": ("has party",),
    "date": ("was signed on", "was concluded in"),
    "signatory": ("was signed for",),
    "topic": ("covers topic",),
    "place": ("was signed at",),
    "mode": ("was signed in mode",),
    "legal force": ("is legally binding",),
    "language": ("was made in language",),
    "provision": (
        "commits the parties", "parties ", "gives the option", "may include", "has article",
    ),
}  # fmt: skip
OF_AGREEMENTS = ("mou_", "agr_", "decl_", "la_art")
"""How the subjects of facts about agreements begin."""


def kind_of(fact: dict[str, Any]) -> str:
    """The kind of a fact; '' for what extraction does not look for."""
    if not str(fact.get("subject_id")).startswith(OF_AGREEMENTS):
        return ""
    predicate = str(fact["predicate"])
    return next((kind for kind, begins in KINDS.items() if predicate.startswith(begins)), "")


def found(kind: str, fact: dict[str, Any], draft: Draft, text: str, original: str) -> float:
    """1 for a fact that the draft has, 0 for one that it lacks."""
    agreements, value = draft.agreements, str(fact["object"])
    names = name_keys([value, str(fact.get("object_ko") or "")], "city")
    if kind == "party":
        return float(
            any(
                names & name_keys([p.value.label_en, p.value.text], "city")
                for a in agreements
                for p in a.parties
            )
        )
    if kind == "date":
        return float(any(a.date is not None and a.date.value.edtf == value for a in agreements))
    if kind == "topic":
        likeness = topic_scheme().likeness
        return max(
            (likeness(str(fact["object_id"]), t.value) for a in agreements for t in a.topics),
            default=0.0,
        )
    if kind == "mode":
        return float(any(a.mode is not None and a.mode.value == value for a in agreements))
    if kind == "legal force":
        return float(
            any(a.legally_binding is not None and a.legally_binding.value is fact["object"]
                for a in agreements)
        )  # fmt: skip
    if kind == "language":
        code = {"Korean": "ko", "English": "en"}[value]
        return float(any(each.value == code for a in agreements for each in a.languages))
    passages = [
        " ".join(original[each["start"] : each["end"]].split()) for each in fact["evidence"]
    ]
    words = [" ".join(text[slice(*span)].split()) for span in _spans(kind, draft)]
    return float(any(w and (w in p or p in w) for w in words for p in passages))


def _spans(kind: str, draft: Draft) -> Iterator[tuple[int, int]]:
    """The spans of the drafted values of a kind."""
    take: dict[str, Callable[[Any], Any]] = {
        "form": lambda a: (a.form,),
        "title": lambda a: (a.title,),
        "signatory": lambda a: a.signatories,
        "place": lambda a: (a.place,),
        "provision": lambda a: a.provisions,
    }
    for agreement in draft.agreements:
        for value in take[kind](agreement):
            if isinstance(value, Drafted):
                yield from value.spans


def main(material: Path) -> None:
    """Prints how many core facts of each kind are found."""
    facts = yaml.safe_load((material / "annotation/facts.yaml").read_text(encoding="utf-8"))
    core = [fact for fact in facts if fact.get("importance") == "core"]
    counts: dict[str, list[float]] = defaultdict(list)
    for name in sorted({fact["seed"] for fact in core}):
        original = (material / "seeds" / name).read_bytes().decode("utf-8")
        form = plain_form(original, name)
        draft = extract(form)
        for fact in core:
            if fact["seed"] == name:
                kind = kind_of(fact)
                counts[kind].append(found(kind, fact, draft, form.text, original) if kind else 0.0)
    others = len(counts.pop("", []))
    for kind in KINDS:
        print(f"| {kind} | {len(counts[kind])} | {sum(counts[kind]):g} |")
    every = [share for shares in counts.values() for share in shares]
    print(f"| all | {len(every)} | {sum(every):g} ({sum(every) / len(every):.0%}) |")
    print(f"{others} core facts are of kinds that extraction does not look for.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
