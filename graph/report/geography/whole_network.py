"""Geography of a network of many cities: compared with a null model, explained by regressions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import networkx as nx

from citypact.graph.analysis import geography
from citypact.graph.analysis.countries import CONTINENTS, continent_name
from citypact.graph.analysis.geography import CountryPair, Distances, beside_chance, measured
from citypact.graph.analysis.gravity import gravity_models
from citypact.graph.analysis.likeness import Likeness, likeness, place_statistic
from citypact.graph.analysis.null_models import Comparison
from citypact.graph.analysis.places import TRAITS, Places
from citypact.graph.analysis.regression import Regression
from citypact.graph.analysis.significance import (
    Significance,
    draws_needed,
    evaluate_all,
    inconclusive,
)
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.catalogue import column, table
from citypact.graph.tables.table import DataTable
from citypact.graph.text.bilingual import Words
from citypact.ontology import ID

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

GRID = (50, 100, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10000, 14000, 20000)
"""Kilometres at which the figure of distances has points."""
PER_TIE = 5
"""Pairs of cities without a tie in the sample for each tie."""
CLAIMS = ("within 1000", "same_continent", "shared_language")
"""The shares that the answer compares with the null model: their p are adjusted together."""
MODELS = {"cities": "model_cities", "countries": "model_countries", "effects": "model_effects"}
"""The names of models in the catalogue of columns."""
LABELS = {"continent": "continent_assortativity", "country": "country_assortativity"}
MOST = 1000
"""Rows of a table at most: pairs of countries with fewer ties are left out."""
Odds = tuple[float, float, float] | None
"""What multiplies the odds of a tie, with the bounds of its 95 % confidence interval."""


@dataclass(frozen=True)
class NetworkFindings:
    """What the chapter says of a network.

    compared: all comparisons by the names of `place_statistic`. tests: those among `CLAIMS`.
    traits: over how many ties each is known. double: of twice the distance. language: of a shared
    one. inconclusive: samples, tests and samples needed, where there are too few samples.
    """

    ties: int
    left_out: int
    distances: Distances
    compared: Mapping[str, Comparison]
    tests: Mapping[str, Significance]
    traits: Mapping[str, Likeness]
    countries: Sequence[CountryPair]
    models: Mapping[str, Regression | None]
    double: Odds
    language: Odds
    inconclusive: tuple[int, int, int] | None

    @property
    def unfitted(self) -> list[Words]:
        """The names of the models that could not be fitted."""
        return [column(MODELS[name]).title for name, model in self.models.items() if not model]

    @property
    def assumptions(self) -> list[Words]:
        """Those of all models, each once."""
        found: list[Words] = []
        for model in self.models.values():
            found += [each for each in (model.assumptions if model else ()) if each not in found]
        return found


def whole_network(study: Study, network: nx.Graph, where: Places) -> NetworkFindings:
    """The findings on a network whose ties can be rewired."""
    part = measured(network, where)
    compared = beside_chance(
        network,
        where,
        partial(place_statistic, where=where, near=GRID),
        study.draws,
        study.seed,
        study.cluster,
        study.progress,
    )
    tests = evaluate_all({name: compared[name] for name in CLAIMS if name in compared})
    too_few = inconclusive(compared, tests)
    study.progress("regressions")
    models = gravity_models(network, where, PER_TIE, study.seed)
    return NetworkFindings(
        network.number_of_edges(),
        network.number_of_edges() - part.number_of_edges(),
        geography.distances(network, where),
        compared,
        tests,
        {each.trait: each for each in likeness(part, where)},
        geography.country_pairs(network, where)[:MOST],
        models,
        _odds(models["cities"], "log_distance", 2.0),
        _odds(models["cities"], "shared_language", math.e),
        (*too_few, draws_needed(too_few[1])) if too_few else None,
    )


def _odds(model: Regression | None, covariate: str, base: float) -> Odds:
    found = model.coefficient(covariate) if model else None
    return found.power(base) if found else None


def tables(study: Study, found: NetworkFindings, codes: Mapping[str, str]) -> list[DataTable]:
    """The tables, those without rows among them. codes: of countries, by their slugs."""
    return [
        table("geography-tie-distances", _distances(found)),
        table("geography-tie-continents", _continents(found)),
        table("geography-tie-traits", _traits(found)),
        table("geography-countries", _countries(study, found, codes)),
        table("geography-regression", _coefficients(found)),
    ]


def _by_chance(compared: Comparison) -> dict[str, Any]:
    return {"expected": compared.mean, "p": compared.p, **asdict(compared)}


def _distances(found: NetworkFindings) -> list[dict[str, Any]]:
    """Ties within each distance."""
    return [
        {
            "kilometres": limit,
            "ties": round(compared.observed * (found.ties - found.left_out)),
            "share": compared.observed,
            **_by_chance(compared),
        }
        for limit in GRID
        if (compared := found.compared.get(f"within {limit}"))
    ]


def _continents(found: NetworkFindings) -> list[dict[str, Any]]:
    """Ties between each two continents, among the measured ones."""
    return [
        {
            "one_id": one,
            "one": continent_name(one),
            "other_id": other,
            "other": continent_name(other),
            "ties": round(compared.observed),
            **_by_chance(compared),
            "ratio": compared.observed / compared.mean if compared.mean else None,
        }
        for name, compared in found.compared.items()
        if name.startswith("ties ") and (compared.observed or compared.mean)
        for one, other in [name.split()[1:]]
    ]


def _traits(found: NetworkFindings) -> list[dict[str, Any]]:
    """Assortativity and traits of ties, and over how many ties each is known."""
    return [
        {
            "trait_id": name,
            "trait": column(LABELS.get(name, name)).title,
            "value": found.compared[name].observed,
            **_by_chance(found.compared[name]),
            **({"known": known.known, "unknown": known.unknown} if known else {}),
        }
        for name in ("continent", "country", *TRAITS)
        if name in found.compared
        for known in [found.traits.get(name)]
    ]


def _countries(
    study: Study, found: NetworkFindings, codes: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Pairs of countries by their ties, and the number that degrees alone would give."""
    slugs = {code: slug for slug, code in codes.items()}
    rows = []
    for pair in found.countries:
        one, other = (f"{ID}country/{slugs.get(code, code)}" for code in (pair.one, pair.other))
        names = {"one": study.names.both(one), "other": study.names.both(other)}
        ratio = pair.links / pair.expected if pair.expected else None
        ties = {"ties": pair.links, "expected": pair.expected, "ratio": ratio}
        rows.append({"one_id": one, "other_id": other, **names, **ties})
    return rows


def _coefficients(found: NetworkFindings) -> list[dict[str, Any]]:
    """The coefficients of all models that could be fitted."""
    return [
        {
            "model_id": name,
            "model": column(MODELS[name]).title,
            "covariate_id": each.name,
            "covariate": column(each.name).title,
            **asdict(each),
            "ratio": math.exp(each.estimate),
            "observations": model.observations,
            "ties": model.ties,
            "pseudo_r2": model.pseudo_r2,
        }
        for name, model in found.models.items()
        if model
        for each in model.coefficients
    ]


def figures(prose: Prose, found: NetworkFindings) -> list[Figure]:
    """Distances and continents compared with the null model, and the coefficients."""
    drawn = [
        prose.figure("tie-distances", _cumulative(prose, found)),
        prose.figure("tie-continents", _multiples(found)),
    ]
    if coefficients := [r for r in _coefficients(found) if r["covariate_id"] != "intercept"]:
        draw = charts.intervals(
            coefficients,
            "covariate",
            "low",
            "high",
            value="estimate",
            colour="model",
            is_apart=True,
            rule=0,
        )
        drawn.append(prose.figure("regression", draw))
    return drawn


def _cumulative(prose: Prose, found: NetworkFindings) -> charts.Draw:
    """The share of ties within a distance, and that of the null model with a band."""
    observed, expected = prose.words("series", "observed"), prose.words("series", "expected")
    rows: list[dict[str, Any]] = []
    for row in _distances(found):
        wide, limit = 1.96 * row["deviation"], row["kilometres"]
        rows.append({"km": limit, "share": row["share"], "series": observed})
        band = {"low": row["expected"] - wide, "high": row["expected"] + wide}
        rows.append({"km": limit, "share": row["expected"], "series": expected, **band})
    return charts.lines(
        rows,
        "km=distance_km:,.0f",
        "share=share_within_distance:.0%",
        colour="series",
        colours={observed["en"]: charts.BLUE, expected["en"]: charts.GREY},
        has_points=True,
        logarithmic="x",
        domain=(GRID[0], GRID[-1]),
        band=("low", "high"),
    )


def _multiples(found: NetworkFindings) -> charts.Draw:
    """How many times as many ties join two continents as the null model gives."""
    rows = [
        {**row, "shade": min(max(row["ratio"], 0.2), 5.0), "one": one, "other": other}
        for row in _continents(found)
        if row["ratio"] is not None
        for one, other in [(row["one"], row["other"]), (row["other"], row["one"])][
            : 1 + (row["one_id"] != row["other_id"])
        ]
    ]
    present = {row["one"]["en"] for row in rows}
    order = [name for name in CONTINENTS.values() if name["en"] in present]
    return charts.heatmap(
        rows,
        "one=continent",
        "other=other_continent",
        "ratio=multiple:.2f",
        shade="shade=multiple",
        scale={
            "type": "log",
            "domain": [0.2, 1, 5],
            "range": [charts.ORANGE, "#f4f4f4", charts.BLUE],
        },
        is_dark="datum.ratio > 3 || datum.ratio < 0.35",
        x_order=order,
        y_order=order,
        cell=(80, 53),
        legend=True,
        tooltips=["ties=number_of_ties:,"],
    )


__all__ = ["NetworkFindings", "figures", "tables", "whole_network"]
