"""What a report says of documented partner cities and of the totals that sources give."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from citypact.graph.provenance.coverage import Coverage
from citypact.graph.relations.partner_lists import PART, UNKNOWN, WHOLE
from citypact.graph.report.words import message
from citypact.graph.text.bilingual import Words, joined

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study


def list_counts(study: Study) -> dict[str, int]:
    """How many partner lists there are, and of each completeness; empty without several."""
    if not study.lists.are_several:
        return {}
    number = Counter(each.completeness for each in study.lists.lists.values())
    return {"lists": number.total(), **{kind: number[kind] for kind in (WHOLE, PART, UNKNOWN)}}


def lists_words(study: Study) -> list[Words]:
    """The same in a sentence."""
    found = list_counts(study)
    return [message("coverage.lists", **found)] if found else []


def coverage_words(study: Study, found: Coverage) -> Words:
    """How many partners are documented, and the totals of sources, as of the day of the study."""
    day = study.chosen.as_of
    documented = message(
        f"coverage.{'documented_by' if day else 'documented'}",
        city=study.names.both(found.government),
        n=len(found.partners),
        primary=len(found.primary),
        day=str(day),
    )
    totals = sorted({total.value for total in found.totals}, reverse=True)
    if totals:
        name = "one_total" if len(totals) == 1 else "totals"
    else:
        name = "no_total_by" if day else "no_total"
    listed = joined(*(message("coverage.total", n=total) for total in totals))
    counted = message(f"coverage.{name}", totals=listed, day=str(day))
    return joined(documented, counted, ko=" ", en=" ")


__all__ = ["coverage_words", "list_counts", "lists_words"]
