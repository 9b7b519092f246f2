"""Do the partners of a city choose each other? Closure where only some cities give their lists.

Nodes have `side`: `hub` with a list of partners, `other` without. Two nodes without a list cannot
be seen to be tied, and two without a whole one cannot be seen not to be: they are not counted.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.null_models import Comparison
from citypact.graph.analysis.places import Floats, Pairs, Places
from citypact.graph.analysis.regression import Regression, Sample, fit, regression_of
from citypact.graph.analysis.wiring import Wiring, on_wirings, wiring_of

ALL, AS_WHOLE = "all", "as whole"
"""The names of the closure of all hubs together, and of the same if each had a whole list; others
are those of one hub each."""
COVARIATES = (
    "intercept",
    "common_partners",
    "log_population",
    "both_capitals",
    "capital",
    "log_distance",
    "same_continent",
    "shared_language",
)
"""Of the model of a tie between a hub and another place; see `closure_regression`."""


@dataclass(frozen=True)
class Closure:
    """The partners of a hub, the pairs of them of which it is known whether they are tied, and
    how many of these are."""

    partners: int
    pairs: int
    tied: int

    @property
    def share(self) -> float | None:
        """The share of the known pairs that are tied; None where there are no such pairs."""
        return self.tied / self.pairs if self.pairs else None


def closures(network: nx.Graph | Wiring, judges: Collection[Any]) -> dict[Any, Closure]:
    """The closure of each hub of a network of partner lists.

    judges: the nodes with a whole list. A pair of partners is known where one of the two is among
    them. The share is the local clustering coefficient (Watts and Strogatz 1998, Nature 393,
    440-442) of the known pairs.

    >>> network = nx.Graph([("a", "b"), ("a", "c"), ("b", "c"), ("a", "d")])
    >>> sides = {"a": "hub", "b": "hub", "c": "other", "d": "other"}
    >>> nx.set_node_attributes(network, sides, "side")
    >>> closures(network, {"a", "b"})["a"]
    Closure(partners=3, pairs=2, tied=1)
    """
    return _Counts(wiring_of(network), judges).closures()


class _Counts:
    """Partners and known pairs of partners by node, and the triangles in which a pair is tied.

    egos: the hub of each known and tied pair; members: that hub and the two that are tied.
    """

    def __init__(self, wiring: Wiring, judges: Collection[Any]) -> None:
        sides = list(wiring.base.nodes.data("side"))
        self.nodes = [node for node, _ in sides]
        self.is_hub = np.array([side == "hub" for _, side in sides], dtype=bool)
        self.is_judge = np.array([node in judges for node in self.nodes], dtype=bool)
        ends = np.concatenate([wiring.edges, wiring.edges[:, ::-1]]).astype(np.int64)
        self.ends, count = ends, len(sides)
        self.partners = np.bincount(ends[:, 0], minlength=count)
        self.unjudged = np.bincount(ends[:, 0], ~self.is_judge[ends[:, 1]], count).astype(np.int64)
        self.pairs = _two_of(self.partners) - _two_of(self.unjudged)
        triangles = np.array(wiring.graph.list_triangles(), dtype=np.int64).reshape(-1, 3)
        turned = np.concatenate([np.roll(triangles, turn, axis=1) for turn in range(3)])
        is_known = self.is_judge[turned[:, 1]] | self.is_judge[turned[:, 2]]
        self.members = turned[self.is_hub[turned[:, 0]] & is_known]
        self.egos = self.members[:, 0]

    def closures(self) -> dict[Any, Closure]:
        """The closure of each hub."""
        tied = np.bincount(self.egos, minlength=len(self.nodes))
        return {
            self.nodes[hub]: Closure(int(self.partners[hub]), int(self.pairs[hub]), int(tied[hub]))
            for hub in np.flatnonzero(self.is_hub)
        }

    def share(self) -> float:
        """The share of the known pairs of all hubs that are tied; NaN where there are none."""
        pairs = int(self.pairs[self.is_hub].sum())
        return len(self.members) / pairs if pairs else math.nan

    def without(self, hub: int) -> float:
        """The same without a hub: without its list, and without it on the lists of others."""
        near = self.ends[self.ends[:, 0] == hub, 1]
        near = near[self.is_hub[near]]
        fewer = self.partners[near] - (1 if self.is_judge[hub] else self.unjudged[near])
        pairs = int(self.pairs[self.is_hub].sum() - self.pairs[hub] - fewer.sum())
        tied = int((self.members != hub).all(axis=1).sum())
        return tied / pairs if pairs else math.nan


def _two_of(number: Any) -> Any:
    return number * (number - 1) // 2


@on_wirings
def closure_shares(network: nx.Graph | Wiring, judges: Collection[Any]) -> dict[Any, float]:
    """The share of known pairs of partners that are tied; what is not defined is left out.

    By hub, of all hubs together (`ALL`), of these with all hubs as judges (`AS_WHOLE`), and of all
    but one by (`ALL`, the one left out).
    """
    wiring = wiring_of(network)
    counts = _Counts(wiring, judges)
    hubs = counts.closures()
    found = {hub: each.tied / each.pairs for hub, each in hubs.items() if each.pairs}
    found[ALL], found[AS_WHOLE] = counts.share(), _Counts(wiring, hubs).share()
    for hub in np.flatnonzero(counts.is_hub):
        found[ALL, counts.nodes[hub]] = counts.without(int(hub))
    return {name: share for name, share in found.items() if math.isfinite(share)}


@dataclass(frozen=True)
class Ratio:
    """How many times as high a share is as in the null model, that without each hub, and that if
    each had a whole list."""

    ratio: float
    without: Mapping[Any, float]
    as_whole: float | None


def ratio(found: Mapping[Any, Comparison]) -> Ratio | None:
    """The closure of all hubs divided by its mean in the null model.

    found: `closure_shares` compared with the model `rewired-by-side`, which keeps how many hubs and
    how many other places each place is tied to, so that pairs that nobody can see stay without
    ties. None where the network has no known pair, or the null model never ties one.
    """
    ratios = {name: each.observed / each.mean for name, each in found.items() if each.mean}
    if ALL not in ratios:
        return None
    without = {name[1]: value for name, value in ratios.items() if isinstance(name, tuple)}
    return Ratio(ratios[ALL], without, ratios.get(AS_WHOLE))


def closure_regression(network: nx.Graph, judges: Collection[Any], where: Places) -> Regression:
    """A logistic regression of tie or no tie between a place with a whole list and any other.

    Covariates: the number of other hubs that both are tied to; natural logarithms of the other
    place's inhabitants and of the distance in km; 1 or 0 for two capitals of countries, a capital
    as the other place, one continent, a shared official language. Each place with a whole list has
    an effect of its own (how long its list is). Pairs within one country are left out. Errors allow
    for pairs that share a place (`graph.analysis.regression.dyadic_jackknife`).

    Raises NotFitted where ties are too few, CitypactError where statsmodels is missing.
    """
    index = {node: at for at, node in enumerate(network)}
    ties = nx.to_numpy_array(network, weight=None)
    is_hub = np.array([side == "hub" for _, side in network.nodes.data("side")])
    common = ties[:, is_hub] @ ties[is_hub]
    pairs = _pairs(network, judges, index)
    hub, place = pairs.T
    found = place_covariates(network, where, pairs)
    found |= {"intercept": np.ones(len(pairs)), "common_partners": common[hub, place]}
    covariates = np.column_stack([found[name] for name in COVARIATES])
    known = ~np.isnan(covariates).any(axis=1) & (found["same_country"] == 0)
    used = pairs[known]
    of_hubs = np.eye(len(index))[used[:, 0]][:, sorted(set(used[:, 0].tolist()))[1:]]
    sample = Sample(used, ties[hub, place][known], COVARIATES, covariates[known])
    result = fit(sample, "logistic", np.hstack([covariates[known], of_hubs]))
    return regression_of(sample, result, COVARIATES, int((~known).sum()))


def place_covariates(network: nx.Graph, where: Places, pairs: Pairs) -> dict[str, Floats]:
    """What two places tell of a tie, by name; NaN where unknown.

    pairs: a hub and another place, by their numbers in the network. Natural logarithms of the other
    place's inhabitants and of the distance in km; 1 or 0 for two capitals of countries, a capital
    as the other place, one country, one continent, a shared official language.
    """
    numbers = where.numbers(network)[pairs]
    compared = where.compared(numbers)
    capital = np.array([bool(is_one) for _, is_one in network.nodes.data("capital")], dtype=float)
    return {
        "log_population": np.log(where.population[numbers[:, 1]]),
        "both_capitals": capital[pairs].prod(axis=1),
        "capital": capital[pairs[:, 1]],
        "log_distance": np.log(np.maximum(compared["kilometres"], 1)),
        "same_country": compared["same_country"],
        "same_continent": compared["same_continent"],
        "shared_language": compared["shared_language"],
    }


def _pairs(network: nx.Graph, judges: Collection[Any], index: Mapping[Any, int]) -> Pairs:
    """Each pair of a judge and any other place once, the judge first."""
    ordered = sorted(judges, key=index.__getitem__)
    rank = {node: at for at, node in enumerate(ordered)}
    found = [
        (index[judge], index[place])
        for judge in ordered
        for place in network
        if place != judge and rank.get(place, len(rank)) > rank[judge]
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


__all__ = [
    "ALL",
    "AS_WHOLE",
    "COVARIATES",
    "Closure",
    "Ratio",
    "closure_regression",
    "closure_shares",
    "closures",
    "place_covariates",
    "ratio",
]
