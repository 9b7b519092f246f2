"""Geography of a network of many cities: compared with a null model, explained by regressions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from citypact.graph.analysis.countries import CONTINENTS, continent_name
from citypact.graph.analysis.null_models import Comparison
from citypact.graph.analysis.places import TRAITS
from citypact.graph.analysis.tie_geography import GRID, NetworkFindings
from citypact.graph.charts import kinds as charts
from citypact.graph.charts.figure import Figure
from citypact.graph.report.shared.prose import Prose
from citypact.graph.tables.catalogue import column
from citypact.graph.tables.table import DataTable
from citypact.ontology import ID

MODELS = {"cities": "model_cities", "countries": "model_countries", "effects": "model_effects"}
"""The names of models in the catalogue of columns."""
LABELS = {"continent": "continent_assortativity", "country": "country_assortativity"}
MOST = 1000
"""Rows of a table at most: pairs of countries with fewer ties are left out."""


def tables(prose: Prose, found: NetworkFindings, codes: Mapping[str, str]) -> list[DataTable]:
    """The tables, those without rows among them. codes: of countries, by their slugs."""
    slugs = {code: slug for slug, code in codes.items()}

    def country(code: str) -> str:
        return f"{ID}country/{slugs.get(code, code)}"

    countries = [
        (
            {"one": country(pair.one), "other": country(pair.other), "ties": pair.links}
            | {"ratio": pair.links / pair.expected if pair.expected else None},
            pair,
        )
        for pair in found.countries[:MOST]
    ]
    return [
        prose.table("tie-distances", _distances(found)),
        prose.table("tie-continents", _continents(found)),
        prose.table("tie-traits", _traits(found)),
        prose.table("countries", countries),
        prose.table("regression", _coefficients(found)),
    ]


def _by_chance(compared: Comparison) -> dict[str, Any]:
    return {**asdict(compared), "expected": compared.mean, "p": compared.p}


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
            "trait": LABELS.get(name, name),
            "value": found.compared[name].observed,
            **_by_chance(found.compared[name]),
            **({"known": known.known, "unknown": known.unknown} if known else {}),
        }
        for name in ("continent", "country", *TRAITS)
        if name in found.compared
        for known in [found.traits.get(name)]
    ]


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


__all__ = ["MODELS", "figures", "tables"]
