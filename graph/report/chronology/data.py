"""What the chapter on chronology finds: numbers and IRIs, without words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from citypact.graph.analysis.chronology import (
    Renewal,
    Spread,
    Timing,
    are_timings_decided,
    median_between,
    renewals,
)
from citypact.graph.analysis.draws import until_decided
from citypact.graph.analysis.significance import LEVEL
from citypact.graph.analysis.tempo import (
    Clustering,
    Missing,
    RateComparison,
    Tempo,
    clustering,
    compare_rates,
    tempo,
)
from citypact.graph.networks.dormancy import Dormancy, dormancy
from citypact.graph.networks.networks import NETWORKS
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.networks.timeline import (
    CommonKind,
    DatedTie,
    TieTimeline,
    common_kinds,
    field_timings,
    kinds_by_frequency,
    one_a_day,
    successions,
    topic_spreads,
    with_years,
)
from citypact.graph.networks.timeline_sources import (
    differences_without_each,
    ratio_without_each,
    without_read_in_full,
)
from citypact.ontology import ID

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

DORMANT = 10
"""Years without dated evidence after which a partner counts as dormant."""
RECENT = 20
"""The last years, in which agreements are recorded well enough to ask how even they are."""
THRESHOLDS = (5, DORMANT, 15)
"""Years without evidence for which partners are counted."""
BOUNDS: tuple[Missing, ...] = ("old", "new")
"""What missing dates are taken for, to see what holds whatever they are."""
WELL_RECORDED = 2000
"""The year from which agreements are on record."""


@dataclass(frozen=True)
class ChronologyFindings:
    """What the chapter says.

    ties, deals: when partnerships and agreements began. middle: the first year of the later of two
    periods. common_kinds: before it and since; kinds_if: the same if ties of unknown year are old,
    and new. forms: of agreements (codes), the most frequent first. timings: of broad fields;
    timings_again: without the documents read in full; timings_by_day: with agreements of one day
    as one; timings_if: with agreements of unknown year as old, and as new, as they may be. totals:
    how many partner cities the hub itself gives. ratio_without: by what is left out, `sources` or
    `cities`, the ratio of the rates without each; None where it is not defined.
    differences_without: by field that is earlier or later than the others, the difference without
    each source. Both are empty where there is no hub.
    """

    line: TieTimeline
    dormancy: Dormancy
    ties: Tempo
    deals: Tempo
    middle: int
    rates: RateComparison | None
    common_kinds: tuple[CommonKind, CommonKind] | None
    kinds_if: Sequence[tuple[CommonKind, CommonKind] | None]
    forms: Sequence[tuple[str, int]]
    clustering: Clustering | None
    spreads: Sequence[Spread]
    timings: Sequence[Timing]
    timings_again: Sequence[Timing]
    timings_by_day: Sequence[Timing]
    timings_if: Sequence[Sequence[Timing]]
    renewals: Sequence[Renewal]
    chains: Sequence[Sequence[str]]
    totals: Sequence[str]
    ratio_without: Mapping[str, Mapping[str, float | None]]
    differences_without: Mapping[str, Mapping[str, float | None]]

    @property
    def years(self) -> list[int]:
        """The years in which partnerships began, each as often as one did."""
        return sorted(tie.year for tie in self.line.partnerships if tie.year is not None)

    @property
    def agreement_years(self) -> list[int]:
        """The same of agreements."""
        return sorted(tie.year for tie in self.line.agreements if tie.year is not None)

    @property
    def old_agreements(self) -> int:
        return sum(year < WELL_RECORDED for year in self.agreement_years)

    @property
    def widest(self) -> list[Spread]:
        """Topics, those with most partners first."""
        return sorted(self.spreads, key=lambda each: (-each.partners, each.first, each.topic))

    @property
    def shifted(self) -> list[Timing]:
        """Broad fields that are earlier or later than the other agreements."""
        return _shifted(self.timings)

    @property
    def no_longer_shifted(self) -> list[str]:
        """Those of them that are not without the documents read in full."""
        return self._lost(self.timings_again)

    @property
    def no_longer_by_day(self) -> list[str]:
        """Those of them that are not if agreements of one day are one."""
        return self._lost(self.timings_by_day)

    def _lost(self, timings: Sequence[Timing]) -> list[str]:
        still = {each.field for each in _shifted(timings)}
        return [each.field for each in self.shifted if each.field not in still]

    @property
    def shifted_by_missing_dates(self) -> list[str]:
        """Those of them that are not if agreements of unknown year are old, or new."""
        still = [{each.field for each in _shifted(timings)} for timings in self.timings_if]
        return [each.field for each in self.shifted if any(each.field not in s for s in still)]

    @property
    def kinds_hold(self) -> bool:
        """Whether the most common kinds are the same whatever the missing dates are."""
        return all(pair == _kinds(self.common_kinds) for pair in map(_kinds, self.kinds_if))

    @property
    def years_between(self) -> float | None:
        """The median of years from one agreement with a partner to the next."""
        return median_between(self.renewals)

    @property
    def replaced(self) -> int:
        """Chains in which a partnership took the place of another."""
        prefix = f"{ID}partnership/"
        return sum(sum(node.startswith(prefix) for node in chain) > 1 for chain in self.chains)


def find(study: Study) -> ChronologyFindings:
    """All that the answer says of partnerships and agreements.

    Where the graph is collected around one city, all is asked of the side of that city. Partners
    are dormant as of the day of the filter, else of the last thing in the graph: never today's.
    """
    line, seed, counts = timeline_of(study), study.seed, (study.draws, study.most_draws)
    dormant = dormancy(study.store, line, DORMANT, study.chosen.as_of)
    until = dormant.day.year
    ties = tempo((tie.edtf for tie in line.partnerships), until)
    deals = tempo((tie.edtf for tie in line.agreements), until)
    middle = (min(ties.by_year, default=until) + until + 1) // 2
    broader = NetworkReader.of(study.store).pairs("?a skos:broader ?b")

    def timings_of(ties: Sequence[DatedTie]) -> list[Timing]:
        return until_decided(
            *counts, lambda draws: field_timings(ties, broader, draws, seed), are_timings_decided
        )

    timings, documents = timings_of(line.agreements), study.documents("actors") if line.hub else {}
    shifted = [each.field for each in _shifted(timings)]
    return ChronologyFindings(
        line,
        dormant,
        ties,
        deals,
        middle,
        until_decided(
            *counts,
            lambda draws: compare_rates(
                [tie.edtf for tie in line.partnerships], middle, until, draws, seed
            ),
            lambda rates: not rates or rates.is_decided,
        ),
        common_kinds(line.partnerships, middle),
        [common_kinds(line.partnerships, middle, missing) for missing in BOUNDS],
        kinds_by_frequency(line.agreements),
        until_decided(
            *counts,
            lambda draws: clustering(
                [tie.edtf for tie in line.agreements], until - RECENT + 1, until, draws, seed
            ),
            lambda found: not found or found.dispersion.is_decided,
        ),
        topic_spreads(line.agreements),
        timings,
        timings_of(
            without_read_in_full(
                line.agreements, study.store, study.network("topics"), study.chosen
            )
        ),
        timings_of(one_a_day(line.agreements)),
        [
            timings_of(with_years(line.agreements, missing))
            for missing in BOUNDS
            if any(tie.year is None for tie in line.agreements)
        ],
        renewals(line.agreement_years),
        successions(NetworkReader.of(study.store, study.chosen)),
        _totals(study, line.hub),
        ratio_without_each(line, documents, middle, until) if line.hub else {},
        differences_without_each(line, documents, broader, shifted) if line.hub else {},
    )


def timeline_of(study: Study) -> TieTimeline:
    """The partnerships and agreements under study."""
    network, chosen = study.network("actors"), study.chosen
    if chosen.as_of is None:
        return TieTimeline(network, network)
    return TieTimeline(network, NETWORKS["actors"](study.store, replace(chosen, as_of=None)))


def _kinds(pair: tuple[CommonKind, CommonKind] | None) -> list[str]:
    return [each.kind for each in pair or ()]


def _shifted(found: Iterable[Timing]) -> list[Timing]:
    return [each for each in found if each.p is not None and each.p <= LEVEL]


def _totals(study: Study, hub: str) -> list[str]:
    """How many partner cities the hub itself gives: today's word, none of a day in the past."""
    if study.chosen.as_of:
        return []
    totals = NetworkReader.of(study.store).pairs("?a citypact:partnerCityTotal ?b")
    return totals.get(hub, [])


__all__ = ["ChronologyFindings", "find", "timeline_of"]
