"""Regressions find what was planted, and their errors are those of the formula."""

from __future__ import annotations

import sys
from functools import cache
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from scipy.stats import binom

from citypact.graph.analysis.countries import countries
from citypact.graph.analysis.gravity import city_regression, country_regression, gravity_models
from citypact.graph.analysis.places import kilometres, places
from citypact.graph.analysis.regression import (
    Regression,
    Sample,
    changes_by_node,
    coefficients,
    degrees_of_freedom,
    dyadic_jackknife,
    fit,
    independent,
)
from citypact.ontology.errors import CitypactError
from tests.soak import times

CITIES = {"intercept": -12.0, "log_distance": -0.8, "log_populations": 0.5, "same_continent": 0.7}
COUNTRIES = {"log_distance": -0.9, "log_populations": 0.6, "log_wealth": 0.3, "common_border": 0.5}


def _world(size: int, seed: int) -> nx.Graph:
    """Cities at random in ten countries, with ties as the planted logistic model has them."""
    chance = np.random.default_rng(seed)
    network = nx.Graph()
    codes = ["KR", "JP", "CN", "FR", "DE", "ES", "US", "MX", "BR", "AR"]
    for number in range(size):
        network.add_node(
            number,
            country=codes[number % len(codes)],
            latitude=float(chance.uniform(-50, 60)),
            longitude=float(chance.uniform(-180, 180)),
            population=int(10 ** chance.uniform(4, 7)),
        )
    where = places(network)
    pairs = where.pairs(combinations(range(size), 2))
    traits = where.compared(pairs)
    people = np.log(where.population)
    score = (
        CITIES["intercept"]
        + CITIES["log_distance"] * np.log(traits["kilometres"])
        + CITIES["log_populations"] * (people[pairs[:, 0]] + people[pairs[:, 1]])
        + CITIES["same_continent"] * traits["same_continent"]
    )
    linked = chance.random(len(pairs)) < 1 / (1 + np.exp(-score))
    network.add_edges_from(pairs[linked].tolist())
    return network


def _agree(found: Regression, planted: dict[str, float]) -> None:
    """Each estimate lies within four of its errors of what was planted, 0 where nothing was."""
    assert found.coefficients
    for each in found.coefficients:
        if each.name in planted or each.name != "intercept":
            assert each.error is not None
            assert abs(each.estimate - planted.get(each.name, 0.0)) < 4 * each.error, each
            assert each.error < 0.5 or each.name == "intercept"


@pytest.fixture(scope="module")
def planted() -> nx.Graph:
    return _world(400, seed=11)


def test_a_sample_of_pairs_finds_the_planted_coefficients(planted: nx.Graph) -> None:
    found = city_regression(planted, places(planted), per_tie=3, seed=2)
    ties = planted.number_of_edges()
    assert 300 < ties < 10_000
    assert (found.ties, found.observations, found.nodes) == (ties, 4 * ties, 400)
    # The intercept too: without the correction it would be higher by some logarithm of 15.
    _agree(found, CITIES)
    assert 0 < (found.pseudo_r2 or 0) < 1


def test_what_is_missing_is_counted(planted: nx.Graph) -> None:
    network = nx.Graph(planted)
    ties = sum(1 for _ in network.edges([0, 1]))
    del network.nodes[0]["population"]
    del network.nodes[1]["latitude"]
    found = city_regression(network, places(network))
    assert found.left_out == {"cities": 2, "ties": ties, "pairs": 0}
    assert found.ties == network.number_of_edges() - ties
    assert found.nodes == 398


def test_the_seed_decides_which_pairs_are_drawn(planted: nx.Graph) -> None:
    where = places(planted)
    assert city_regression(planted, where, seed=5) == city_regression(planted, where, seed=5)
    assert city_regression(planted, where, seed=5) != city_regression(planted, where, seed=6)


def test_a_covariate_that_does_not_vary_is_dropped_and_told(planted: nx.Graph) -> None:
    network = nx.Graph(planted)
    for _, data in network.nodes(data=True):
        data["country"] = "KR"
    found = city_regression(network, places(network))
    assert found.dropped == ("same_country", "same_continent", "shared_language")


def test_few_ties_are_refused_with_a_cure() -> None:
    network = _world(30, seed=1)
    network.remove_edges_from(list(network.edges())[5:])
    with pytest.raises(CitypactError, match="too few for 7 covariates\n    -> at least 70"):
        city_regression(network, places(network))
    with pytest.raises(CitypactError, match="too few"):
        country_regression(nx.Graph(), places(nx.Graph()))


def test_ties_that_a_covariate_tells_without_fail_are_refused() -> None:
    network = nx.Graph()
    for number in range(60):
        network.add_node(
            number,
            country="KR" if number < 30 else "FR",
            latitude=number * 0.9,
            longitude=number * 2.5 % 180,
            population=10_000 + number**2 * 17 % 9973,
        )
    for group in (range(30), range(30, 60)):
        network.add_edges_from(combinations(group, 2))
    with pytest.raises(CitypactError, match="no finite answer"):
        city_regression(network, places(network))


def test_without_statsmodels_the_cure_is_told(
    planted: nx.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels.genmod", None)
    with pytest.raises(CitypactError, match=r"pip install 'citypact\[research\]'"):
        city_regression(planted, places(planted))


@cache
def _ties_of_countries() -> tuple[nx.Graph, int]:
    """Two cities for each tie, and how many ties the planted model gave; only to be read."""
    chance = np.random.default_rng(4)
    known = [c for c in countries().values() if (c.population or 0) > 2e7 and c.gdp_per_head]
    network = nx.Graph()
    total = 0
    for one, other in combinations(known, 2):
        places_of = [np.array([getattr(c, x)], float) for c in (one, other) for x in LATLON]
        assert one.population and other.population and one.gdp_per_head and other.gdp_per_head
        score = (
            -18.5
            + COUNTRIES["log_distance"] * np.log(kilometres(*places_of)[0])
            + COUNTRIES["log_populations"] * np.log(one.population * 1.0 * other.population)
            + COUNTRIES["log_wealth"] * np.log(one.gdp_per_head * 1.0 * other.gdp_per_head)
            + COUNTRIES["common_border"] * (other.iso in one.neighbours)
        )
        for number in range(chance.poisson(np.exp(score))):
            ends = [f"{one.iso}-{other.iso}-{number}", f"{other.iso}-{one.iso}-{number}"]
            network.add_node(ends[0], country=one.iso)
            network.add_node(ends[1], country=other.iso)
            network.add_edge(*ends)
            total += 1
    return network, total


LATLON = ("latitude", "longitude")


@pytest.mark.parametrize("effects", [False, True])
def test_counts_between_countries_give_the_planted_coefficients(effects: bool) -> None:
    network, total = _ties_of_countries()
    assert 2000 < total < 50_000
    found = country_regression(network, places(network), effects)
    assert found.ties == total
    _agree(found, COUNTRIES)
    assert ("log_populations" in {each.name for each in found.coefficients}) != effects


def test_ties_inside_a_country_are_told_apart() -> None:
    network, total = _ties_of_countries()
    network = nx.Graph(network)
    network.add_edge("KR-US-0", "KR-CN-0")
    network.add_node("lost", country="TW")  # of which no product is known
    network.add_edge("lost", "KR-US-0")
    network.add_edge("KR-US-0", "nowhere")
    found = country_regression(network, places(network))
    assert found.left_out == {"countries": 1, "ties": 1, "domestic": 1}
    assert found.ties == total


def test_errors_are_those_of_leaving_out_each_node() -> None:
    # Of least squares, where one step is the whole way: fitted anew without each node.
    chance = np.random.default_rng(7)
    pairs = np.array(list(combinations(range(9), 2)))
    matrix, outcome = chance.normal(size=(len(pairs), 3)), chance.normal(size=len(pairs))
    estimates = np.linalg.lstsq(matrix, outcome)[0]
    scores = matrix * (outcome - matrix @ estimates)[:, None]
    bread = np.linalg.inv(matrix.T @ matrix)
    expected = -sum(np.outer(bread @ s, bread @ s) for s in scores)
    for node in range(9):
        left = (pairs != node).all(axis=1)
        change = estimates - np.linalg.lstsq(matrix[left], outcome[left])[0]
        expected = expected + np.outer(change, change)
    changes = changes_by_node(pairs, scores, matrix, np.ones(len(pairs)))
    found = dyadic_jackknife(changes, scores, bread)
    assert found == pytest.approx(expected)


def test_a_covariate_that_one_node_alone_has_leaves_the_errors_finite() -> None:
    pairs = np.array(list(combinations(range(8), 2)))
    matrix = np.column_stack([np.ones(len(pairs)), (pairs == 0).any(axis=1)]).astype(float)
    chance = np.random.default_rng(2)
    scores = matrix * chance.normal(size=len(pairs))[:, None]
    bread = np.linalg.inv(matrix.T @ matrix)
    changes = changes_by_node(pairs, scores, matrix, np.ones(len(pairs)))
    assert np.isfinite(dyadic_jackknife(changes, scores, bread)).all()


def test_errors_that_few_nodes_decide_have_few_degrees_of_freedom() -> None:
    # Welch (1947) with the variances c² of one degree of freedom each, as Stata prints it:
    # (Σ c²)² / Σ (c⁴ / (1 + 2)) - 2.
    chance = np.random.default_rng(3)
    rows = chance.normal(size=(40, 2)) * np.array([1.0, 0.01])
    rows[:3, 1] = 2.0, -1.5, 1.0  # three nodes decide the second estimate
    squares = rows**2
    expected = [sum(c) ** 2 / sum(v * v / 3 for v in c) - 2 for c in squares.T]
    found = degrees_of_freedom(dict(enumerate(rows)))
    assert found == pytest.approx(expected)
    assert found[1] < 8 < found[0] < 39
    assert degrees_of_freedom({0: np.array([1.0]), 1: np.array([0.0])}) == [1.0]
    assert degrees_of_freedom(dict.fromkeys(range(9), np.array([1.0]))) == [8.0]


@pytest.mark.soak
@pytest.mark.parametrize("nodes", [30, 60])
def test_true_null_hypotheses_are_rejected_as_often_as_stated(nodes: int) -> None:
    # Ties depend on their two ends, which no covariate has to do with.
    names = ("intercept", "distance", "sum", "difference")
    rounds = times(40, 1000)
    chance = np.random.default_rng(nodes)
    pairs = np.array(list(combinations(range(nodes), 2)))
    one, other = pairs.T
    rejected = plain = 0
    for _ in range(rounds):
        size, bent = chance.normal(size=(2, nodes))
        place = chance.normal(size=(nodes, 2))
        covariates = np.column_stack(
            [
                np.ones(len(pairs)),
                np.linalg.norm(place[one] - place[other], axis=1),
                size[one] + size[other],
                np.abs(size[one] - size[other]),
            ]
        )
        share = 1 / (1 + np.exp(1 - 0.7 * (bent[one] + bent[other])))
        outcome = (chance.random(len(pairs)) < share).astype(float)
        found = coefficients(names, fit(Sample(pairs, outcome, names, covariates), "logistic"))[2]
        rejected += found.p is not None and found.p <= 0.05
        plain += abs(found.estimate) > 1.96 * found.plain_error
    assert rejected <= binom.ppf(0.9999, rounds, 0.07)
    assert plain > rejected


def test_nodes_with_a_bent_of_their_own_make_plain_errors_too_small() -> None:
    network = _world(200, seed=3)
    hubs = [node for node in network if node % 20 == 0]
    chance = np.random.default_rng(1)
    for hub in hubs:
        others = chance.choice([n for n in network if n != hub], 60, replace=False)
        network.add_edges_from((hub, int(other)) for other in others)
    found = {each.name: each for each in city_regression(network, places(network)).coefficients}
    populations = found["log_populations"]
    assert populations.error is not None
    assert populations.error > 1.5 * populations.plain_error


def test_columns_that_others_determine_are_found() -> None:
    one = np.arange(6.0)
    other = np.array([1.0, 0, 2, 0, 1, 5])
    matrix = np.column_stack([np.ones(6), one, 3 * one - 2, other, np.zeros(6), one + other])
    assert independent(matrix) == [0, 1, 3]


def test_models_that_cannot_be_fitted_are_none_and_powers_are_of_the_interval() -> None:
    network = _world(300, 3)
    where = places(network)
    found = gravity_models(network, where, per_tie=2, seed=1)
    assert list(found) == ["cities", "countries", "effects"]
    assert found["cities"] == city_regression(network, where, 2, 1)
    each = found["cities"].coefficient("log_distance") if found["cities"] else None
    assert each and each.low is not None and each.high is not None
    assert each.power(2.0) == (2**each.estimate, 2**each.low, 2**each.high)
    assert found["cities"] and found["cities"].coefficient("common_border") is None
    few = nx.Graph([(0, 1)])
    few.add_nodes_from([(0, network.nodes[0]), (1, network.nodes[1])])
    assert set(gravity_models(few, places(few)).values()) == {None}
