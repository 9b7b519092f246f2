"""When does a tie form? The history of pairs at risk, with covariates that change over time.

Years are discrete. A pair is at risk in a year if one of the two has a list that is judged to be
whole and reaches the year, and if the two are not tied yet. Covariates are those at the end of the
year before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.closure import place_covariates
from citypact.graph.analysis.places import Floats, Pairs, Places
from citypact.graph.analysis.regression import Fit, Regression, Sample, fit, regression_of

CONTROLS = 400
"""Pairs at risk that are drawn for each tie that forms, from those of the same year.

So many that the seed decides nothing: of the partner lists of 37 cities, 100 gave p-values between
0.0015 and 0.023 with seven seeds; 400, and 1,000, give at most 0.0012.
"""
CHANGING = ("common_partners", "common_networks", "earlier_agreement")
"""Covariates that change with the years, and are asked about."""
OF_PLACES = (
    "log_population",
    "both_capitals",
    "log_distance",
    "same_continent",
    "shared_language",
)
"""Those of places, which do not (`graph.analysis.closure.place_covariates`)."""
COVARIATES = (
    "intercept",
    *CHANGING,
    "log_partners_of_other",
    "log_partners_of_hub",
    *OF_PLACES,
)
FEWEST = 5
"""A covariate that is other than 0 for fewer of the ties that form cannot be estimated."""
NEVER = 9999
"""The year in which a tie forms that does not."""
EARLY, LATE, WITHOUT = "early", "late", "without"
"""Ways to treat ties of unknown years: as early, or as late, as can be, or left out."""


@dataclass(frozen=True)
class History:
    """What is known of when things began.

    network: of partner lists, edges with `first_year` and `last_year` where known. judges: nodes
    with a list that is taken to be whole. until: by judge the last year that its list tells of.
    networks: by node the city networks that it belongs to, with the first year, where known.
    agreements: by pair of nodes (sorted) the year of its first agreement.
    """

    network: nx.Graph
    judges: Collection[Any]
    until: Mapping[Any, int]
    networks: Mapping[Any, Mapping[Any, int]]
    agreements: Mapping[tuple[Any, Any], int]


@dataclass(frozen=True)
class RiskSet:
    """How many pairs were at risk, in how many pair-years, and how many ties formed."""

    pairs: int
    pair_years: int
    events: int
    first_year: int
    last_year: int
    left_out: int


@dataclass(frozen=True)
class Formation:
    """A fitted history: who was at risk, and the model of when ties form.

    without: the coefficient of `common_partners` with all pairs of one judge left out, by judge,
    after one Newton step; empty where the coefficient was dropped.
    """

    risk: RiskSet
    model: Regression
    without: Mapping[Any, float]


def tie_formation(
    history: History, where: Places, undated: str = WITHOUT, seed: int = 1
) -> Formation:
    """A discrete-time event history of ties (Allison 1982, Sociological Methodology 13, 61-98).

    Each tie that forms is compared with `CONTROLS` pairs at risk in the same year, drawn with the
    seed (nested case-control sampling: Borgan, Goldstein and Langholz 1995, Annals of Statistics
    23(5), 1749-1778), by a logistic regression with an effect of each decade. Errors allow for
    pairs that share a node. Odds ratios are those of a tie forming in a year. Covariates:
    common_partners (nodes with a list that both are tied to), common_networks (city networks that
    both belong to), earlier_agreement (1 or 0), natural logarithms of one more than the nodes with
    a list that the other is tied to, and than the partners of the one with the list; of the
    other's inhabitants and of the distance in km; 1 or 0 for two capitals, one continent and a
    shared language. Pairs within one country are left out.

    undated: how ties without a year are treated.
    Raises NotFitted where ties are too few, CitypactError where statsmodels is missing.
    """
    found = _Years(history, where, undated)
    cases, risk = found.cases()
    rows, outcome, years = found.sampled(cases, seed)
    covariates = found.covariates(rows, years)
    used = np.ones(len(COVARIATES), dtype=bool)
    for at, name in enumerate(COVARIATES):
        if name in CHANGING:
            used[at] = (covariates[outcome == 1, at] != 0).sum() >= FEWEST
    known = ~np.isnan(covariates).any(axis=1)
    names = tuple(name for name, is_used in zip(COVARIATES, used, strict=True) if is_used)
    decades = sorted(set((years // 10).tolist()))[1:]
    of_decades = np.column_stack([years // 10 == each for each in decades] or [years < 0])
    kept = covariates[known][:, used]
    sample = Sample(rows[known], outcome[known], names, kept)
    design = np.hstack([kept, of_decades[known].astype(float)])
    result = fit(sample, "logistic", design)
    model = regression_of(sample, result, COVARIATES, int((~known).sum()), seed)
    return Formation(risk, model, _without(found, names, result))


def _without(years: _Years, names: Sequence[str], result: Fit) -> dict[Any, float]:
    """The coefficient of `common_partners` without the pairs of each judge."""
    if "common_partners" not in names:
        return {}
    column = result.kept.index(names.index("common_partners"))
    of_judges = {judge: result.changes.get(years.index[judge]) for judge in years.judges}
    return {
        judge: float(result.estimates[column] - change[column])
        for judge, change in of_judges.items()
        if change is not None
    }


class _Years:
    """The ties of a history by year, and covariates of pairs by year."""

    def __init__(self, history: History, where: Places, undated: str) -> None:
        self.history, self.where = history, where
        network = history.network
        self.nodes = list(network)
        self.index = {node: at for at, node in enumerate(self.nodes)}
        self.is_hub = np.array([side == "hub" for _, side in network.nodes.data("side")])
        self.judges = sorted(history.judges, key=str)
        self.until = {node: history.until[node] for node in self.judges if node in history.until}
        dated = [
            data["first_year"] for *_, data in network.edges(data=True) if "first_year" in data
        ]
        self.start = min(dated, default=0)
        self.begun = np.full((len(self.nodes), len(self.nodes)), NEVER)
        country = where.country[where.numbers(network)]
        # Pairs that cannot be at risk: of one country, of one node, or tied in unknown years.
        self.never = (country[:, None] == country[None, :]) & (country[:, None] >= 0)
        np.fill_diagonal(self.never, val=True)
        self.left_out = 0
        for one, other, data in network.edges(data=True):
            a, b = self.index[one], self.index[other]
            year = self._year(one, other, data, undated)
            if year is None:
                self.never[a, b] = self.never[b, a] = True
                self.left_out += 1
            else:
                self.begun[a, b] = self.begun[b, a] = year

    def _year(self, one: Any, other: Any, data: Mapping[str, Any], undated: str) -> int | None:
        first, last = data.get("first_year"), data.get("last_year")
        if first is not None and first == last:
            return int(first)
        if undated == WITHOUT:
            return None
        if undated == EARLY:
            return int(first) if first is not None else self.start - 1
        ends = [self.history.until[node] for node in (one, other) if node in self.history.until]
        return int(last) if last is not None else min(ends, default=None)

    def cases(self) -> tuple[list[tuple[int, int, int]], RiskSet]:
        """Ties that form under observation, as (one with the list, other, year), and the risk."""
        found: list[tuple[int, int, int]] = []
        pair_years, ever = 0, np.zeros_like(self.never)
        last = max(self.until.values(), default=self.start)
        for year in range(self.start, last + 1):
            at_risk = self._risks(year)
            pair_years += len(at_risk)
            low, high = at_risk.min(axis=1), at_risk.max(axis=1)
            ever[low, high] = True
            forming = at_risk[self.begun[low, high] == year]
            found += [(hub, other, year) for hub, other in forming.tolist()]
        pairs = int(ever.sum())
        return found, RiskSet(pairs, pair_years, len(found), self.start, last, self.left_out)

    def _risks(self, year: int) -> Pairs:
        """Pairs at risk in a year, each once, the one with the list first."""
        observed = [self.index[node] for node in self.judges if self.until.get(node, 0) >= year]
        if not observed:
            return np.empty((0, 2), dtype=np.int64)
        rank = np.full(len(self.nodes), len(observed))
        rank[observed] = range(len(observed))
        free = (self.begun[observed] >= year) & ~self.never[observed]
        free &= rank[None, :] > rank[observed][:, None]
        hub, other = np.nonzero(free)
        return np.column_stack([np.array(observed, dtype=np.int64)[hub], other.astype(np.int64)])

    def sampled(
        self, cases: Sequence[tuple[int, int, int]], seed: int
    ) -> tuple[Pairs, Floats, Any]:
        """Cases, each with the pairs drawn for it: the pairs, the outcome, and the years."""
        generator = np.random.default_rng(seed)
        rows: list[tuple[int, int]] = []
        outcome: list[float] = []
        years: list[int] = []
        by_year: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for hub, other, year in cases:
            by_year[year].append((hub, other))
        for year, formed in sorted(by_year.items()):
            at_risk = self._risks(year)
            free = at_risk[self.begun[at_risk[:, 0], at_risk[:, 1]] != year]
            number = min(len(free), CONTROLS * len(formed))
            drawn = np.sort(generator.choice(len(free), number, replace=False))
            rows += [*formed, *map(tuple, free[drawn].tolist())]
            outcome += [1.0] * len(formed) + [0.0] * number
            years += [year] * (len(formed) + number)
        return (
            np.array(rows, dtype=np.int64).reshape(-1, 2),
            np.array(outcome),
            np.array(years, dtype=np.int64),
        )

    def covariates(self, rows: Pairs, years: Any) -> Floats:
        """The covariates of pairs at the end of the year before, a row a pair."""
        found = np.zeros((len(rows), 5))
        for year in sorted(set(years.tolist())):
            ties = (self.begun < year).astype(float)
            at = np.flatnonzero(years == year)
            hub, other = rows[at].T
            found[at, 0] = (ties[hub] * ties[other])[:, self.is_hub].sum(axis=1)
            found[at, 1] = [self._common_networks(a, b, year) for a, b in rows[at].tolist()]
            found[at, 2] = [self._has_agreement(a, b, year) for a, b in rows[at].tolist()]
            found[at, 3] = np.log1p(ties[other][:, self.is_hub].sum(axis=1))
            found[at, 4] = np.log1p(ties[hub].sum(axis=1))
        of_places = place_covariates(self.history.network, self.where, rows)
        return np.column_stack(
            [np.ones(len(rows)), found, *(of_places[name] for name in OF_PLACES)]
        )

    def _common_networks(self, one: int, other: int, year: int) -> int:
        of = self.history.networks
        first, second = of.get(self.nodes[one], {}), of.get(self.nodes[other], {})
        return sum(
            begun < year and second[network] < year
            for network, begun in first.items()
            if network in second
        )

    def _has_agreement(self, one: int, other: int, year: int) -> bool:
        a, b = sorted((self.nodes[one], self.nodes[other]))
        return self.history.agreements.get((a, b), year) < year


__all__ = [
    "CHANGING",
    "COVARIATES",
    "EARLY",
    "LATE",
    "WITHOUT",
    "Formation",
    "History",
    "RiskSet",
    "tie_formation",
]
