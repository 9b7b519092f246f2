"""The chapter on ego networks: whether the partners of a city choose each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.closure import (
    ALL,
    Closure,
    Ratio,
    closure_regression,
    closure_shares,
    closures,
    ratio,
)
from citypact.graph.analysis.null_models import Comparison, is_rewirable
from citypact.graph.analysis.places import places
from citypact.graph.analysis.regression import Coefficient, NotFitted, Regression
from citypact.graph.analysis.sensitivity import Check, assumed, left_out
from citypact.graph.analysis.significance import (
    Significance,
    Verdict,
    draws_needed,
    evaluate_all,
    evaluate_single,
    least_p,
    monte_carlo_error,
)
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.networks.country_codes import country_codes
from citypact.graph.report.shared.chance import by_chance
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.key_finding import KeyFinding
from citypact.graph.report.shared.models import coefficient_rows
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.table import DataTable

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study


@dataclass(frozen=True)
class EgoFindings:
    """What the chapter says.

    lists, whole: how many lists there are, and how many are whole. places, ties: of the network.
    hubs: by hub its closure. compared: closures compared with the null model, by hub and of all.
    results: of the hubs, corrected for their number. ratio: the closure of all divided by that of
    the null model. model: regression with size and capital status, None where it could not be
    fitted.
    """

    lists: int
    whole: int
    places: int
    ties: int
    hubs: Mapping[str, Closure]
    compared: Mapping[Any, Comparison]
    results: Mapping[str, Significance]
    ratio: Ratio
    model: Regression | None

    @property
    def all(self) -> Comparison:
        """The closure of all hubs together."""
        return self.compared[ALL]

    @property
    def verdict(self) -> Verdict:
        return evaluate_single(self.all)

    @property
    def beyond(self) -> list[str]:
        """The hubs whose partners choose each other more often than in the null model."""
        found = [
            hub
            for hub, each in self.results.items()
            if each.verdict is Verdict.BEYOND
            and self.compared[hub].observed > self.compared[hub].mean
        ]
        return sorted(found, key=lambda hub: (-self.compared[hub].observed, hub))

    @property
    def common(self) -> Coefficient | None:
        """What one more partner in common does to the odds of a tie."""
        return self.model.coefficient("common_partners") if self.model else None


def ego_networks(study: Study) -> Finding:
    """Whether the partners of the cities that give lists choose each other."""
    found = find(study)
    prose = Prose(study, "ego-networks", found, needed=draws_needed())
    if found is None:
        return prose.finding({})
    return prose.finding(
        {"draws": found.all.draws, "seed": study.seed},
        (),
        [
            _hubs(prose, study, found),
            _without(prose, found),
            prose.table("model", coefficient_rows(found.model) if found.model else []),
            prose.counts(
                {
                    "lists": found.lists,
                    "whole": found.whole,
                    "places": found.places,
                    "ties": found.ties,
                    "ratio": found.ratio.ratio,
                    "as-whole": found.ratio.as_whole,
                    "error": monte_carlo_error(found.all.p, least_p(found.all.draws)),
                }
            ),
        ],
        [_figure(study, prose, found)],
        study.lists.documents,
        [_key_finding(prose, found)],
        prose.primary_test(found.all.p, found.all.draws),
    )


def find(study: Study) -> EgoFindings | None:
    """The findings; None where there are too few lists to compare, or no pair is known."""
    lists = study.lists
    network, judges = lists.network, lists.whole
    if not lists.are_several or not is_rewirable(network, "side"):
        return None
    shares = partial(closure_shares, judges=judges)
    compared = by_chance(study, network, shares, "rewired-by-side", [ALL])
    ratio_of_all = ratio(compared)
    if ratio_of_all is None:
        return None
    where = places(network, country_codes(study.store, network))
    try:
        model = closure_regression(network, judges, where)
    except NotFitted:
        model = None
    hubs = closures(network, judges)
    return EgoFindings(
        len(lists.lists),
        len(judges),
        len(network),
        network.number_of_edges(),
        hubs,
        compared,
        evaluate_all({hub: compared[hub] for hub in hubs if hub in compared}),
        ratio_of_all,
        model,
    )


def _key_finding(prose: Prose, found: EgoFindings) -> KeyFinding:
    checks = [left_out("lists", dict(found.ratio.without), 1)]
    if found.ratio.as_whole is not None:
        checks.append(assumed("all-whole", found.ratio.as_whole))
    if found.common and (odds := found.common.odds_ratio):
        checks.append(Check("model", *odds[1:]))
    return prose.key_finding(
        "closure",
        found.ratio.ratio,
        1,
        checks,
        is_significant=found.verdict is Verdict.BEYOND,
    )


def _hubs(prose: Prose, study: Study, found: EgoFindings) -> DataTable:
    """Hubs by the share of the pairs of their partners that are tied."""
    shares = {hub: -1 if each.share is None else each.share for hub, each in found.hubs.items()}
    rows: list[tuple[Any, ...]] = []
    for hub in sorted(shares, key=lambda hub: (-shares[hub], hub)):
        result = found.results.get(hub)
        more = {"list_id": study.lists.lists[hub].completeness, "adjusted": result and result.p}
        rows.append(({"id": hub} | more, found.hubs[hub], found.compared.get(hub)))
    whole = {
        "id": "",
        "label": prose.words("all_cities"),
        "pairs": sum(each.pairs for each in found.hubs.values()),
        "tied": sum(each.tied for each in found.hubs.values()),
        "share": found.all.observed,
    }
    return prose.table("hubs", [*rows, (whole, found.all)])


def _without(prose: Prose, found: EgoFindings) -> DataTable:
    """How many times as high the closure is as in the null model, without each list."""
    ordered = sorted(found.ratio.without.items(), key=lambda item: (item[1], item[0]))
    return prose.table("without", [{"id": hub, "ratio": value} for hub, value in ordered])


def _figure(study: Study, prose: Prose, found: EgoFindings) -> Figure:
    """The closure of each hub, with what 95 % of the null model gives."""
    rows: list[dict[str, Any]] = []
    for hub in found.hubs:
        if each := found.compared.get(hub):
            wide = 1.96 * each.deviation
            rows.append(
                {
                    "city": study.label(hub),
                    "low": max(0.0, each.mean - wide),
                    "high": min(1.0, each.mean + wide),
                    "mean": each.mean,
                    "observed": each.observed,
                }
            )
    rows.sort(key=lambda row: -row["observed"])
    draw = charts.intervals(
        rows,
        "city",
        "low",
        "high",
        value="observed=share_of_known_pairs:.0%",
        mean="mean=expected_average:.0%",
    )
    return prose.figure("closure", draw)


__all__ = ["EgoFindings", "ego_networks", "find"]
