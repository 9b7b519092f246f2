"""Like or unlike: what the two ends of a tie have in common, beside what chance would give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from citypact.graph.analysis.geography import beside_chance
from citypact.graph.analysis.places import TRAITS, Floats, Places

if TYPE_CHECKING:
    from citypact.graph.analysis.null_models import Comparison

SHARES = ("same_country", "same_continent", "shared_language", "common_border")
RATIOS = ("population_ratio", "wealth_ratio")


@dataclass(frozen=True)
class Dyad:
    """Two places and how they compare; None where it is not known.

    kilometres: great-circle distance. same_country, same_continent, shared_language (official in
    both countries), common_border (of their countries, on land). population_ratio: inhabitants of
    the larger by those of the smaller. wealth_ratio: the same of gross domestic product by
    inhabitant of their countries (2019).
    """

    one: str
    other: str
    kilometres: float | None
    same_country: bool | None
    same_continent: bool | None
    shared_language: bool | None
    common_border: bool | None
    population_ratio: float | None
    wealth_ratio: float | None


def dyads(network: nx.Graph, where: Places) -> list[Dyad]:
    """The two ends of every tie compared, in the order of the network's ties.

    `where` is what `graph.analysis.places.places` gives of the network.

    >>> from citypact.graph.analysis.places import places
    >>> pair = nx.Graph([("lima", "madrid")])
    >>> pair.nodes["lima"]["country"], pair.nodes["madrid"]["country"] = "PE", "ES"
    >>> dyad = dyads(pair, places(pair))[0]
    >>> dyad.shared_language, dyad.same_continent, dyad.kilometres
    (True, False, None)
    """
    ties = list(network.edges())
    traits = where.compared(where.pairs(ties))
    columns = [
        [_value(value, name in SHARES) for value in traits[name].tolist()] for name in TRAITS
    ]
    return [Dyad(*tie, *values) for tie, *values in zip(ties, *columns, strict=True)]


def _value(value: float, is_share: bool) -> float | bool | None:
    if value != value:  # NaN: not known
        return None
    return bool(value) if is_share else value


@dataclass(frozen=True)
class Likeness:
    """One trait over all ties: its share among those known, or the median of a ratio.

    value: None where nothing is known. known, unknown: ties by whether the trait is known.
    """

    trait: str
    value: float | None
    known: int
    unknown: int


def likeness(network: nx.Graph, where: Places) -> list[Likeness]:
    """How alike the two ends of ties are: shares of ties, and medians of ratios (1 is equal)."""
    traits = where.compared(where.pairs(network.edges()))
    found = []
    for name in (*SHARES, *RATIOS):
        known = traits[name][~np.isnan(traits[name])]
        found.append(
            Likeness(name, _summary(name, known), known.size, traits[name].size - known.size)
        )
    return found


def _summary(name: str, known: Floats) -> float | None:
    if not known.size:
        return None
    return float(known.mean() if name in SHARES else np.median(known))


def statistic(network: nx.Graph, where: Places) -> dict[str, float]:
    """What `compared` measures on each network: shares and medians by trait, known ones only."""
    return {each.trait: each.value for each in likeness(network, where) if each.value is not None}


def compared(
    network: nx.Graph, where: Places, draws: int = 1000, seed: int = 1, cluster: str = ""
) -> dict[str, Comparison]:
    """Are partners more alike than degrees alone make them: homophily, beside rewired networks.

    As `graph.analysis.geography.proximity`, for the traits of `likeness`; only ties between cities
    with coordinates and a country take part. Homophily: McPherson, Smith-Lovin and Cook 2001,
    Annual Review of Sociology 27, 415-444. It does not tell why partners are alike: near ones are
    alike too, which only a regression holds apart (`graph.analysis.gravity`).

    Raises CitypactError for a star, as `graph.analysis.geography.beside_chance` does.
    """
    return beside_chance(network, where, partial(statistic, where=where), draws, seed, cluster)


__all__ = ["RATIOS", "SHARES", "Dyad", "Likeness", "compared", "dyads", "likeness", "statistic"]
