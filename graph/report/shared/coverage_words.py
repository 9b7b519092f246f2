"""What a report says of documented partner cities and of the totals that sources give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citypact.graph.provenance.coverage import Coverage
from citypact.graph.report.words import message
from citypact.graph.text.bilingual import Words, joined

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study


def lists_words(study: Study) -> list[Words]:
    """How many partner lists there are, and of each completeness; nothing without several."""
    found = study.lists.counts
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


__all__ = ["coverage_words", "lists_words"]
