"""The chapter on geography: are partners near or far, similar or different?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from citypact.graph.analysis.geography import (
    is_of_one,
    measured,
    median_distance,
    share_in_continent,
    share_near,
)
from citypact.graph.analysis.null_models import is_rewirable
from citypact.graph.analysis.robustness import Range
from citypact.graph.analysis.sensitivity import Check
from citypact.graph.analysis.significance import Verdict
from citypact.graph.analysis.tie_geography import PER_TIE, NetworkFindings, network_findings
from citypact.graph.networks.country_codes import country_codes
from citypact.graph.report.geography import one_city, whole_network
from citypact.graph.report.geography.whole_network import MODELS
from citypact.graph.report.shared.chance import rounds, strictest_model
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.key_finding import KeyFinding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.report.shared.ranges import ranges
from citypact.graph.tables.catalogue import column
from citypact.graph.tables.table import DataTable

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study


def geography(study: Study) -> Finding:
    """How far partners lie, on which continents, and what they have in common.

    Asked of the network of cities, whatever network is under study. Where its ties can be rewired
    they are compared with a null model and explained by regressions; where all, or more than half,
    are of one city, its partners are compared with other members of its networks.

    Raises CitypactError where statsmodels is missing and a regression is due.
    """
    network, where = study.collected("cities"), study.places("cities")
    if not network.number_of_edges():
        return Prose(study, "geography", None, scope="none").finding({})
    codes = country_codes(study.store, network)
    parameters: dict[str, str | int | float] = {"seed": study.seed, "draws": study.draws}
    model = strictest_model(study, "cities")
    within = "collected" if model == "rewired-by-list" else ""
    if is_of_one(network) or not is_rewirable(measured(network, where), within):
        around = one_city.one_city(study, network, where)
        prose = Prose(study, "geography", around, scope="one city")
        tables, figures = one_city.tables(prose, around), one_city.figures(prose, around)
        parameters = parameters if around.traits else {}
        tests = [each.test for each in around.differences if each.trait == "kilometres"]
        p_values = [(test.p, test.draws, 1) for test in tests if test.p is not None]
        found = None
    else:
        draws, most = rounds(study, len(network))
        chance = (draws, study.seed, study.cluster, study.progress, most, model)
        found = network_findings(network, where, *chance)
        unfitted = [column(title).title for name, title in MODELS.items() if not found.models[name]]
        prose = Prose(study, "geography", found, scope="network", unfitted=unfitted, model=model)
        tables = whole_network.tables(prose, found, codes)
        figures = whole_network.figures(prose, found)
        parameters["pairs-per-tie"] = PER_TIE
        tables.append(_counts(prose, found))
        near = found.compared.get("within 1000")
        p_values = [(near.p, near.draws, 2)] if near else []
    primary = prose.primary_test(*p_values[0]) if p_values else None
    median = partial(median_distance, codes=codes)
    finding = prose.finding(
        parameters,
        [
            prose.headline("median-distance", "cities", median, unit="kilometres"),
            prose.headline("near", "cities", partial(share_near, codes=codes)),
            prose.headline("continent", "cities", partial(share_in_continent, codes=codes)),
        ],
        tables,
        figures,
        study.sources("cities"),
        primary=primary,
    )
    if found is None:
        return finding
    measured_again = ranges(study, [finding])[finding.name, "near"]
    return replace(finding, key_findings=key_findings(prose, found, measured_again))


def key_findings(prose: Prose, found: NetworkFindings, near: Range) -> list[KeyFinding]:
    """How many times as many ties are short as in the null model.

    near: the range of their share, which is compared with the same average of the null model. The
    gravity model gives the odds of half the distance; where it could not be fitted, that of pairs
    of countries gives by how much half the distance multiplies their ties.
    """
    compared, test = found.compared.get("within 1000"), found.tests.get("within 1000")
    if not compared or not compared.mean or not test:
        return []

    def ratio(share: float | None) -> float | None:
        return None if share is None else share / compared.mean

    if near.of == "vertices":
        checks = [Check("vertices", ratio(near.low), ratio(near.high))]
    elif near.undefined_without:
        checks = [Check("sources", None, None, near.undefined_without[0])]
    else:
        is_near = compared.observed > compared.mean
        nearest = near.least_without if is_near else near.greatest_without
        checks = [Check("sources", ratio(near.least), ratio(near.greatest), nearest)]
    if found.double:
        checks.append(Check("model", 1 / found.double[2], 1 / found.double[1]))
    elif of_countries := found.double_of_countries:
        checks.append(Check("countries", 1 / of_countries[2], 1 / of_countries[1]))
    value = compared.observed / compared.mean
    is_significant = test.verdict is Verdict.BEYOND
    return [prose.key_finding("near", value, 1, checks, value, is_significant=is_significant)]


def _counts(prose: Prose, found: NetworkFindings) -> DataTable:
    """Numbers of the answer that are in no other table."""
    tests = {
        f"{name}-{part}": getattr(test, attribute)
        for name, test in found.tests.items()
        for part, attribute in (("adjusted", "p"), ("error", "error"))
    }
    odds = {
        f"{name}-{end}": value
        for name, values in (
            ("double", found.double),
            ("countries", found.double_of_countries),
            ("language", found.language),
        )
        for end, value in zip(("odds", "low", "high"), values or (), strict=False)
    }
    shares = {
        f"{name}-{part}": getattr(compared, part)
        for name, compared in found.compared.items()
        for part in ("observed", "mean")
        if name in found.tests
    }
    cities = found.models["cities"]
    ties = {"ties": found.ties, "left-out": found.left_out}
    return prose.counts(
        {"median": found.distances.median, **shares, **tests, **odds, **ties}
        | {
            f"regression-{name}": number
            for name, number in (cities.left_out if cities else {}).items()
        }
    )


__all__ = ["geography"]
