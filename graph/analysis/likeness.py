"""Like or unlike: what the two ends of a tie have in common, beside what chance would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from citypact.graph.analysis import geography
from citypact.graph.analysis.geography import beside_chance
from citypact.graph.analysis.permutation import Difference, difference, holm
from citypact.graph.analysis.places import TRAITS, Floats, Places
from citypact.graph.analysis.significance import Significance, evaluate, is_decided, least_p
from citypact.graph.analysis.wiring import Wiring, on_wirings

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


def likeness(network: nx.Graph | Wiring, where: Places) -> list[Likeness]:
    """How alike the two ends of ties are: shares of ties, and medians of ratios (1 is equal)."""
    traits = where.compared(where.ties(network))
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
    return float(np.median(known) if name in RATIOS else known.mean())


@on_wirings
def statistic(network: nx.Graph | Wiring, where: Places) -> dict[str, float]:
    """What `compared` measures on each network: shares and medians by trait, known ones only."""
    return {each.trait: each.value for each in likeness(network, where) if each.value is not None}


@on_wirings
def place_statistic(
    network: nx.Graph | Wiring, where: Places, near: tuple[int, ...]
) -> dict[str, float]:
    """All that places tell of a network: what `graph.analysis.geography.statistic` measures, what
    `statistic` measures, and as `ties AS EU` the number of ties between each two continents."""
    links = geography.mixing(network, where).links
    names = sorted(set(where.continents) - {""})
    return {
        **geography.statistic(network, where, near),
        **statistic(network, where),
        **{
            f"ties {one} {other}": float(links.get((one, other), 0))
            for one, other in combinations_with_replacement(names, 2)
        },
    }


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


@dataclass(frozen=True)
class GroupDifference:
    """A trait of two groups of places, each place paired with one and the same place.

    first, second: the known values. unknown: the number of places, of both groups, without one.
    test: of the difference between the means; of the means of logarithms where the trait is a
    ratio. is_constant: all values are the same, so that there is nothing to test.
    """

    trait: str
    first: Floats
    second: Floats
    unknown: int
    test: Difference

    @property
    def summaries(self) -> tuple[float | None, float | None]:
        """The mean (km) or share of each group; of a ratio, the median."""
        return _summary(self.trait, self.first), _summary(self.trait, self.second)

    @property
    def is_constant(self) -> bool:
        return bool(np.ptp(np.concatenate([self.first, self.second])) == 0)


def group_differences(
    where: Places,
    place: str,
    first: Sequence[str],
    second: Sequence[str],
    draws: int = 1000,
    seed: int = 1,
) -> list[GroupDifference]:
    """How two groups of places differ in what they have in common with one place.

    For each of `TRAITS` but same_country, a permutation test (`graph.analysis.permutation`); p is
    not adjusted for the number of traits. A trait without a known value in one of the groups is
    left out. Raises CitypactError as `difference` does.
    """
    columns = [
        where.compared(where.pairs([(place, other) for other in group]))
        for group in (first, second)
    ]
    found = []
    for trait in TRAITS:
        known = [column[trait][~np.isnan(column[trait])] for column in columns]
        if trait == "same_country" or not (known[0].size and known[1].size):
            continue
        tested = [np.log(values) if trait in RATIOS else values for values in known]
        test = difference(tested[0].tolist(), tested[1].tolist(), draws, seed)
        unknown = len(first) + len(second) - known[0].size - known[1].size
        found.append(GroupDifference(trait, known[0], known[1], unknown, test))
    return found


def evaluate_differences(differences: Sequence[GroupDifference]) -> dict[str, Significance]:
    """The results of the tests by trait, p adjusted for their number after Holm (1979).

    Traits that do not vary are left out. A difference either way counts at once (`Difference.p`).
    """
    varying = [each for each in differences if not each.is_constant]
    results = evaluate(
        [each.test.p or 1.0 for each in varying],
        [least_p(each.test.draws, sides=1) for each in varying],
        holm,
    )
    return {each.trait: found for each, found in zip(varying, results, strict=True)}


def are_differences_decided(differences: Sequence[GroupDifference]) -> bool:
    """Whether more samples would hardly change the result of any of the tests."""
    varying = [each.test for each in differences if not each.is_constant]
    draws = varying[0].draws if varying else 0
    return is_decided([test.p or 1.0 for test in varying], draws, 1, holm)


__all__ = [
    "RATIOS",
    "SHARES",
    "Dyad",
    "GroupDifference",
    "Likeness",
    "are_differences_decided",
    "compared",
    "dyads",
    "evaluate_differences",
    "group_differences",
    "likeness",
    "place_statistic",
    "statistic",
]
