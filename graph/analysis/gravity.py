"""What makes a tie likely, one thing held apart from the others: gravity models."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import combinations

import networkx as nx
import numpy as np

from citypact.graph.analysis.countries import countries
from citypact.graph.analysis.geography import measured, mixing
from citypact.graph.analysis.places import Floats, Pairs, Places, kilometres, places
from citypact.graph.analysis.regression import NotFitted, Regression, Sample, coefficients, fit
from citypact.graph.text.bilingual import both

CITY_COVARIATES = (
    "intercept",
    "log_distance",
    "log_populations",
    "log_population_ratio",
    "same_country",
    "same_continent",
    "shared_language",
)
COUNTRY_COVARIATES = (
    "intercept",
    "log_distance",
    "log_populations",
    "log_wealth",
    "log_wealth_ratio",
    "common_border",
    "shared_language",
    "same_continent",
)
OF_NODES = ("intercept", "log_populations", "log_wealth")
"""What an effect of each country stands for, so that it is left out beside one."""

ERRORS = both(
    "한 도시나 국가가 여러 쌍에 들어가므로 쌍들은 서로 독립이 아닙니다. 표준오차는 한쪽을 공유하는 "
    "쌍 사이의 상관을 허용하지만, 삼각 관계처럼 제3자를 거친 의존은 없다고 가정합니다.",
    "A city or country is part of many pairs, so pairs are not independent. The standard errors "
    "allow for correlation between pairs that share a node; they assume that there is none through "
    "third parties, as in triangles.",
)
SAMPLED = both(
    "연결이 없는 쌍은 무작위 표본입니다. 표본의 비율은 절편에만 영향을 주므로 절편을 "
    "보정했습니다(King·Zeng 2001).",
    "The pairs without a tie are a random sample; its size affects only the intercept, which was "
    "corrected (King and Zeng 2001).",
)
UNLISTED = both(
    "목록에 없는 쌍은 연결이 없는 쌍으로 보았습니다. 네트워크 밖의 도시는 모형에 없습니다.",
    "A pair that is not listed counts as one without a tie. Cities outside the network are not in "
    "the model.",
)
COUNTED = both(
    "연결 수의 기댓값이 공변량의 지수함수라고 가정합니다. 분포가 푸아송일 필요는 없습니다"
    "(Santos Silva·Tenreyro 2006).",
    "The expected number of ties is an exponential function of the covariates; the counts need not "
    "be Poisson distributed (Santos Silva and Tenreyro 2006).",
)
NOT_CAUSES = both(
    "계수는 연관이지 원인이 아닙니다. 인구와 소득은 최근 값이지만 연결은 대부분 그보다 먼저 "
    "생겼습니다.",
    "Coefficients are associations, not causes. The figures on populations and wealth are recent, "
    "whereas most ties are older.",
)


def city_regression(
    network: nx.Graph, where: Places, per_tie: int = 5, seed: int = 1
) -> Regression:
    """A logistic regression of tie or no tie between two cities.

    Covariates: natural logarithms of the distance in km (at least 1), of the product of both
    populations and of the larger by the smaller; 1 or 0 for same country, same continent, shared
    official language. Degrees are not among them: they are sums of the outcome. Of all pairs
    without a tie `per_tie` for each tie are drawn with the seed (all of them, where they are
    fewer); the intercept is corrected for it by log((1 - t) / t · y / (1 - y)), with t the share
    of ties among all pairs and y that in the sample (King and Zeng 2001, Political Analysis 9(2),
    137-163, prior correction). Errors: `graph.analysis.regression.dyadic_jackknife`.

    Cities without coordinates, population or country cannot take part: `left_out` counts them and
    their ties. Raises CitypactError where statsmodels is missing, NotFitted where ties are too few.
    """
    part = nx.Graph(measured(network, where))
    unpopulated = [node for node in part if np.isnan(where.population[where.index[node]])]
    part.remove_nodes_from(unpopulated)
    left_out = {
        "cities": network.number_of_nodes() - part.number_of_nodes(),
        "ties": network.number_of_edges() - part.number_of_edges(),
    }
    ties = where.pairs(part.edges())
    members = np.array([where.index[node] for node in part], dtype=np.int64)
    others = _unlinked(ties, members, per_tie * len(ties), seed)
    pairs = np.concatenate([ties, others])
    covariates = _city_covariates(where, pairs)
    known = ~np.isnan(covariates).any(axis=1)
    left_out["pairs"] = int((~known).sum())
    outcome = np.concatenate([np.ones(len(ties)), np.zeros(len(others))])
    sample = Sample(pairs[known], outcome[known], CITY_COVARIATES, covariates[known])
    found = fit(sample, "logistic")
    whole = members.size * (members.size - 1) / 2
    shift = _prior_correction(len(ties) / whole, float(outcome.mean()))
    return Regression(
        "logistic",
        coefficients(CITY_COVARIATES, found, shift),
        _dropped(CITY_COVARIATES, found.kept),
        int(known.sum()),
        int(sample.outcome.sum()),
        members.size,
        left_out,
        found.pseudo_r2,
        found.log_likelihood,
        (ERRORS, SAMPLED, UNLISTED, NOT_CAUSES),
        seed,
    )


def _city_covariates(where: Places, pairs: Pairs) -> Floats:
    traits = where.compared(pairs)
    people = np.log(where.population)
    return np.column_stack(
        [
            np.ones(len(pairs)),
            np.log(np.maximum(traits["kilometres"], 1.0)),
            people[pairs[:, 0]] + people[pairs[:, 1]],
            np.log(traits["population_ratio"]),
            traits["same_country"],
            traits["same_continent"],
            traits["shared_language"],
        ]
    )


def _unlinked(ties: Pairs, members: Pairs, number: int, seed: int) -> Pairs:
    """Different pairs of members without a tie, drawn evenly; all of them where they are fewer."""
    size = members.size
    taken = {tuple(sorted(tie)) for tie in ties.tolist()}
    if size * (size - 1) // 2 - len(taken) <= 2 * number:
        free = [pair for pair in combinations(sorted(members.tolist()), 2) if pair not in taken]
        generator = np.random.default_rng(seed)
        chosen = sorted(generator.permutation(len(free))[:number].tolist())
        return np.array([free[at] for at in chosen], dtype=np.int64).reshape(-1, 2)
    generator = np.random.default_rng(seed)
    found: list[tuple[int, int]] = []
    while len(found) < number:
        for one, other in members[generator.integers(0, size, (number, 2))].tolist():
            pair = (min(one, other), max(one, other))
            if one != other and pair not in taken and len(found) < number:
                taken.add(pair)
                found.append(pair)
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _prior_correction(share: float, sampled: float) -> float:
    """What to add to the intercept of a sample with the share `sampled` of ties, not `share`."""
    if not (0 < share < 1 and 0 < sampled < 1):
        return 0.0
    return -float(np.log((1 - share) / share * sampled / (1 - sampled)))


def country_regression(network: nx.Graph, where: Places, effects: bool = False) -> Regression:
    """A Poisson regression of the number of ties between the cities of two countries.

    Poisson pseudo-maximum likelihood, which takes pairs without ties as they are (Santos Silva and
    Tenreyro 2006, Review of Economics and Statistics 88(4), 641-658). Pairs of all countries with a
    city in the network; ties inside a country do not count. Covariates: natural logarithms of the
    distance between the middles of both countries' towns in km, of the product of populations, of
    the product of gross domestic products by inhabitant and of the larger of these by the smaller;
    1 or 0 for a common border on land, a shared official language and the same continent.

    With `effects` each country has an effect of its own, in place of the intercept and of what is
    its alone (multilateral resistance: Anderson and van Wincoop 2003, American Economic Review
    93(1), 170-192); countries without a tie abroad then tell nothing and are left out.

    Raises CitypactError where statsmodels is missing, NotFitted where ties are too few.
    """
    counts = mixing(network, where, "country").links
    abroad = {pair: n for pair, n in counts.items() if pair[0] != pair[1]}
    present = [code for at, code in enumerate(where.codes) if (where.country == at).any()]
    codes = [code for code in present if _is_known(code)]
    if effects:
        linked = {code for pair in abroad for code in pair if set(pair) <= set(codes)}
        codes = [code for code in codes if code in linked]
    pairs = np.array(list(combinations(range(len(codes)), 2)), dtype=np.int64).reshape(-1, 2)
    outcome = np.array([abroad.get((codes[i], codes[j]), 0) for i, j in pairs], dtype=float)
    names = tuple(n for n in COUNTRY_COVARIATES if not (effects and n in OF_NODES))
    covariates = _country_covariates(codes, pairs)[:, [COUNTRY_COVARIATES.index(n) for n in names]]
    design = np.column_stack([covariates, _dummies(pairs, len(codes))]) if effects else covariates
    found = fit(Sample(pairs, outcome, names, covariates), "poisson", design)
    return Regression(
        "poisson",
        coefficients(names, found),
        _dropped(names, found.kept),
        len(pairs),
        int(outcome.sum()),
        len(codes),
        {
            "countries": len(present) - len(codes),
            "ties": sum(abroad.values()) - int(outcome.sum()),
            "domestic": sum(n for pair, n in counts.items() if pair[0] == pair[1]),
        },
        found.pseudo_r2,
        found.log_likelihood,
        (ERRORS, COUNTED, UNLISTED, NOT_CAUSES),
    )


def gravity_models(
    network: nx.Graph, where: Places, per_tie: int = 5, seed: int = 1
) -> dict[str, Regression | None]:
    """The regressions of `cities`, of `countries`, and of countries with their own `effects`.

    None where the ties are too few for a model, or a trait separates them completely. Raises
    CitypactError where statsmodels is missing.
    """
    models: dict[str, Callable[[], Regression]] = {
        "cities": partial(city_regression, network, where, per_tie, seed),
        "countries": partial(country_regression, network, where),
        "effects": partial(country_regression, network, where, effects=True),
    }
    fitted: dict[str, Regression | None] = {}
    for name, model in models.items():
        try:
            fitted[name] = model()
        except NotFitted:
            fitted[name] = None
    return fitted


def _is_known(code: str) -> bool:
    country = countries().get(code)
    return bool(country and country.population and country.gdp_per_head and country.latitude)


def _country_covariates(codes: list[str], pairs: Pairs) -> Floats:
    known = [countries()[code] for code in codes]
    whole = nx.Graph()
    for code in codes:
        whole.add_node(code, country=code)
    traits = places(whole).compared(pairs)
    latitude = np.array([country.latitude for country in known], dtype=float)
    longitude = np.array([country.longitude for country in known], dtype=float)
    people = np.log(np.array([country.population for country in known], dtype=float))
    wealth = np.log(np.array([country.gdp_per_head for country in known], dtype=float))
    one, other = pairs[:, 0], pairs[:, 1]
    far = kilometres(latitude[one], longitude[one], latitude[other], longitude[other])
    return np.column_stack(
        [
            np.ones(len(pairs)),
            np.log(np.maximum(far, 1.0)),
            people[one] + people[other],
            wealth[one] + wealth[other],
            np.abs(wealth[one] - wealth[other]),
            traits["common_border"],
            traits["shared_language"],
            traits["same_continent"],
        ]
    )


def _dummies(pairs: Pairs, size: int) -> Floats:
    found = np.zeros((len(pairs), size))
    at = np.arange(len(pairs))
    found[at, pairs[:, 0]] = found[at, pairs[:, 1]] = 1.0
    return found


def _dropped(names: tuple[str, ...], kept: list[int]) -> tuple[str, ...]:
    return tuple(name for at, name in enumerate(names) if at not in kept)


__all__ = [
    "CITY_COVARIATES",
    "COUNTRY_COVARIATES",
    "city_regression",
    "country_regression",
    "gravity_models",
]
