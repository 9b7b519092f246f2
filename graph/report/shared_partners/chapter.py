"""The chapter on shared partners: which cities choose the same partners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.equivalence import (
    GroupSimilarity,
    ListEquivalence,
    equivalence,
    group_similarity,
)
from citypact.graph.analysis.sensitivity import assumed, left_out
from citypact.graph.analysis.significance import LEVEL
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.report.shared.chance import sampled
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.key_finding import KeyFinding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.table import DataTable

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

SHOWN = 14
"""How many pairs the figure shows."""


@dataclass(frozen=True)
class SharedPartnerFindings:
    """What the chapter says. capitals, countries: whether two capitals, or two cities of one
    country, share more partners; whole: the first of whole lists alone; excess: the first beyond
    what the lengths of lists give. None where not comparable.
    """

    lists: int
    found: ListEquivalence
    capitals: GroupSimilarity | None
    countries: GroupSimilarity | None
    whole: GroupSimilarity | None
    excess: GroupSimilarity | None

    @property
    def is_significant(self) -> bool:
        """Whether chance is ruled out for capitals."""
        return bool(self.capitals and self.capitals.p <= LEVEL)


def shared_partners(study: Study) -> Finding:
    """Which cities choose the same partners."""
    found = find(study)
    prose = Prose(study, "shared-partners", found, level=LEVEL)
    if found is None:
        return prose.finding({})
    capitals = found.capitals
    return prose.finding(
        {"draws": study.draws, "seed": study.seed},
        (),
        [_pairs(prose, found), _groups(prose, found), _roles(prose, found)],
        [_figure(study, prose, found)],
        study.lists.documents,
        [key_finding(prose, found, capitals)] if capitals else [],
        prose.primary_test(capitals.p, capitals.draws, sides=1) if capitals else None,
    )


def find(study: Study) -> SharedPartnerFindings | None:
    """The findings; None where there are too few lists."""
    lists = study.lists
    if not lists.are_several:
        return None
    partners = {place: each.partners for place, each in lists.lists.items()}
    found = equivalence(partners)
    if found is None:
        return None
    nodes = lists.network.nodes
    capitals = {place: "capital" if nodes[place]["capital"] else "" for place in partners}
    countries = {place: nodes[place].get("country", "") for place in partners}
    whole = equivalence({place: partners[place] for place in lists.whole})

    def compared(
        alike: Mapping[tuple[str, str], float], groups: Mapping[str, Any]
    ) -> GroupSimilarity | None:
        return sampled(study, partial(group_similarity, alike, groups, seed=study.seed))

    return SharedPartnerFindings(
        len(partners),
        found,
        compared(found.jaccard, capitals),
        compared(found.jaccard, countries),
        compared(whole.jaccard, capitals) if whole else None,
        compared(found.excess, capitals),
    )


def key_finding(
    prose: Prose, found: SharedPartnerFindings, capitals: GroupSimilarity
) -> KeyFinding:
    """Whether capitals choose alike, with whole lists only, and beyond what lengths give."""
    checks = [left_out("lists", dict(capitals.without), 0)]
    for name, each in (("only-whole", found.whole), ("lengths", found.excess)):
        checks.append(assumed(name, each.difference if each else None))
    return prose.key_finding(
        "capitals", capitals.difference, 0, checks, is_significant=found.is_significant
    )


def _pairs(prose: Prose, found: SharedPartnerFindings) -> DataTable:
    """Pairs of cities by the partners that they share, the least likely first."""
    rows = [
        ({"one": one, "other": other, "jaccard": found.found.jaccard[one, other]}, each)
        for each in found.found.shared
        for one, other in [sorted((each.one, each.other))]
    ]
    return prose.table("pairs", rows)


def _groups(prose: Prose, found: SharedPartnerFindings) -> DataTable:
    """How alike lists are within groups of cities, and otherwise."""
    compared = {"capitals": found.capitals, "countries": found.countries, "whole": found.whole}
    compared["excess"] = found.excess
    return prose.table("groups", [({"model": name}, x) for name, x in compared.items() if x])


def _roles(prose: Prose, found: SharedPartnerFindings) -> DataTable:
    """Groups of cities with similar lists."""
    rows = [
        {"number": number, "members": group, "size": len(group)}
        for number, group in enumerate(found.found.roles, 1)
    ]
    return prose.table("roles", rows)


def _figure(study: Study, prose: Prose, found: SharedPartnerFindings) -> Figure:
    """The pairs that share most beyond the null model."""
    rows = []
    for each in found.found.shared[:SHOWN]:
        one, other = study.label(each.one), study.label(each.other)
        pair = {language: f"{one[language]} – {other[language]}" for language in one}
        low, high = sorted((each.expected, float(each.shared)))
        rows.append({"pair": pair, "low": low, "high": high, "shared": each.shared})
    draw = charts.intervals(
        rows, "pair=pair_of_cities", "low", "high", value="shared=shared_partners_number"
    )
    return prose.figure("pairs", draw)


__all__ = ["SharedPartnerFindings", "find", "key_finding", "shared_partners"]
