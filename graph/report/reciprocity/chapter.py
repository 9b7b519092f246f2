"""The chapter on reciprocity: whether both cities list a partnership, and what that says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citypact.graph.analysis.reciprocity import (
    Life,
    Mutual,
    Reciprocity,
    Silence,
    life,
)
from citypact.graph.analysis.reciprocity import (
    reciprocity as counted,
)
from citypact.graph.analysis.significance import LEVEL
from citypact.graph.relations.agreement_years import agreement_years
from citypact.graph.relations.mutual_ties import mutual_ties
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.table import DataTable

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

RECENT = 10
"""An agreement of so many years before the youngest on record shows that a tie is active."""


@dataclass(frozen=True)
class ReciprocityFindings:
    """What the chapter says. ties: of two places with lists each. since: the first year of
    agreements that count as recent; city: the place whose agreements were collected (IRI)."""

    ties: Sequence[Mutual]
    counts: Reciprocity
    life: Life | None
    since: int
    city: str


def reciprocity(study: Study) -> Finding:
    """Whether partnerships that both cities list are more often active."""
    found = find(study)
    prose = Prose(study, "reciprocity", found, level=LEVEL, recent=RECENT)
    if found is None:
        return prose.finding({})
    return prose.finding(
        {},
        (),
        [
            _counts(prose, found),
            _numbers(prose, found),
            _life(prose, found),
            _pairs(prose, found),
        ],
        (),
        study.lists.documents,
    )


def _numbers(prose: Prose, found: ReciprocityFindings) -> DataTable:
    """Numbers of the answer that are in no other table."""
    counts, life = found.counts, found.life
    numbers: dict[str, float | int | None] = {
        "ties": counts.ties,
        "both": counts.both,
        "others": counts.ties - counts.both,
        "unknown": counts.unknown,
        "unexplained": counts.unexplained,
        "share": counts.share,
        "low": counts.low,
        "high": counts.high,
        "ended": counts.ended,
        "ended-both": counts.ended_both,
    }
    if life:
        numbers |= {"since": found.since, "difference": life.difference, "p": life.p}
        numbers |= {"difference-low": life.low, "difference-high": life.high}
    return prose.counts(numbers)


def find(study: Study) -> ReciprocityFindings | None:
    """The findings; None where no two places with lists are tied."""
    years = agreement_years(study.store, study.chosen)
    since = max((year for known in years.values() for year in known), default=0) - RECENT + 1
    centre = study.store.centre
    ties = mutual_ties(study.lists, years, centre, since)
    if not ties:
        return None
    return ReciprocityFindings(ties, counted(ties), life(ties), since, centre)


def _counts(prose: Prose, found: ReciprocityFindings) -> DataTable:
    """Ties by who lists them."""
    numbers = {"both": found.counts.both}
    numbers |= {each.value: found.counts.silences[each] for each in Silence}
    return prose.table("counts", [{"kind": who, "number": n} for who, n in numbers.items()])


def _life(prose: Prose, found: ReciprocityFindings) -> DataTable:
    """Ties with and without a recent agreement, by who lists them."""
    if not found.life:
        return prose.table("life", [])
    groups = {"both": found.life.both, "unexplained": found.life.one}
    groups["unknown"] = found.life.unknown
    rows = [{"kind": who, "active": n, "ties": ties} for who, (n, ties) in groups.items()]
    return prose.table("life", rows)


def _pairs(prose: Prose, found: ReciprocityFindings) -> DataTable:
    """Ties that one of the two lists does not have, with the reason."""
    rows = [
        {"one": tie.places[0], "other": tie.places[1], "kind": tie.silence.value}
        for tie in found.ties
        if tie.silence
    ]
    return prose.table("one-sided", rows)


__all__ = ["RECENT", "ReciprocityFindings", "find", "reciprocity"]
