"""Geography of a network of many cities: compared with a null model, explained by regressions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import networkx as nx

from citypact.graph.analysis.geography import (
    CountryPair,
    Distances,
    beside_chance,
    country_pairs,
    distances,
    measured,
)
from citypact.graph.analysis.gravity import gravity_models
from citypact.graph.analysis.likeness import Likeness, likeness, place_statistic
from citypact.graph.analysis.null_models import Comparison
from citypact.graph.analysis.places import Places
from citypact.graph.analysis.regression import Regression
from citypact.graph.analysis.significance import (
    Significance,
    are_decided,
    draws_needed,
    evaluate_all,
    inconclusive,
)
from citypact.graph.text.bilingual import Words

GRID = (50, 100, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 5000, 7000, 10000, 14000, 20000)
"""Kilometres within which ties are counted."""
PER_TIE = 5
"""Pairs of cities without a tie in the sample for each tie."""
CLAIMS = ("within 1000", "same_continent", "shared_language")
"""The shares whose p-values are adjusted together."""
Odds = tuple[float, float, float] | None
"""What multiplies the odds of a tie, with the bounds of its 95 % confidence interval."""


@dataclass(frozen=True)
class NetworkFindings:
    """How near and how alike the ends of a network's ties are, and what explains the ties.

    compared: all comparisons by the names of `place_statistic`. tests: those among `CLAIMS`.
    traits: over how many ties each is known. countries: pairs of them. models: by name; None where
    one could not be fitted. double: of twice the distance. language: of a shared one.
    double_of_countries: what twice the distance does to the number of ties of two countries.
    inconclusive: samples, tests and samples needed, where there are too few samples.
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
    double_of_countries: Odds
    inconclusive: tuple[int, int, int] | None

    @property
    def assumptions(self) -> list[Words]:
        """Those of all models, each once."""
        found: list[Words] = []
        for model in self.models.values():
            found += [each for each in (model.assumptions if model else ()) if each not in found]
        return found


def network_findings(
    network: nx.Graph,
    where: Places,
    draws: int,
    seed: int,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
    most: int = 0,
    model: str = "rewired",
) -> NetworkFindings:
    """The findings on a network whose ties can be rewired.

    where: the places of its nodes. draws and what follows: as in `beside_chance`. Raises
    CitypactError as that does, and where statsmodels is missing.
    """
    part = measured(network, where)
    statistic = partial(place_statistic, where=where, near=GRID)
    chance = (draws, seed, cluster, progress, most, partial(are_decided, names=CLAIMS), model)
    compared = beside_chance(network, where, statistic, *chance)
    tests = evaluate_all({name: compared[name] for name in CLAIMS if name in compared})
    too_few = inconclusive(compared, tests)
    progress("regressions")
    models = gravity_models(network, where, PER_TIE, seed)
    return NetworkFindings(
        network.number_of_edges(),
        network.number_of_edges() - part.number_of_edges(),
        distances(network, where),
        compared,
        tests,
        {each.trait: each for each in likeness(part, where)},
        country_pairs(network, where),
        models,
        _odds(models["cities"], "log_distance", 2.0),
        _odds(models["cities"], "shared_language", math.e),
        _odds(models["countries"], "log_distance", 2.0),
        (*too_few, draws_needed(too_few[1])) if too_few else None,
    )


def _odds(model: Regression | None, covariate: str, base: float) -> Odds:
    found = model.coefficient(covariate) if model else None
    return found.power(base) if found else None


__all__ = ["GRID", "PER_TIE", "NetworkFindings", "network_findings"]
