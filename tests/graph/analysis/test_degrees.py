"""Distributions of degrees: hand-worked cases, and an exponent that was planted."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest

from citypact.graph.analysis.degrees import degree_distribution, exponent, tail


def test_a_star_by_hand() -> None:
    found = degree_distribution(nx.star_graph(4))
    assert (found.mean, found.median, found.greatest) == (1.6, 1, 4)
    # Lorenz curve: four with an eighth each, one with a half.
    assert found.gini == pytest.approx(0.3)
    assert found.exponent == pytest.approx(1 + 5 / math.log(4))


def test_actors_without_ties_and_parallel_ties_count_as_they_are() -> None:
    network = nx.MultiGraph([("a", "b"), ("a", "b"), ("b", "b")])
    network.add_nodes_from("cd")
    found = degree_distribution(network)
    assert (found.mean, found.median, found.greatest) == (0.5, 0.5, 1)
    assert found.gini == pytest.approx(0.5)
    assert found.exponent is None and found.tail is None


@pytest.mark.parametrize("network", [nx.Graph(), nx.empty_graph(3), nx.cycle_graph(6)])
def test_what_cannot_be_told_is_none(network: nx.Graph) -> None:
    assert degree_distribution(network).tail is None
    for value in vars(degree_distribution(network)).values():
        assert value is None or math.isfinite(value)


def test_a_planted_exponent_is_found_with_the_beginning_of_its_tail() -> None:
    """Numbers that are even up to 10, and of which 2.5 is the exponent from 10 on."""
    values = np.arange(10, 200_000)
    weights = values**-2.5
    drawn = np.random.default_rng(3).choice(values, size=4000, p=weights / weights.sum())
    body = np.repeat(np.arange(1, 10), 300)
    found = tail([*body.tolist(), *drawn.tolist()])
    assert found is not None
    assert found.exponent == pytest.approx(2.5, abs=4 * 1.5 / math.sqrt(found.size))
    assert 9 <= found.least <= 30  # never in the even part
    assert found.size == sum(value >= found.least for value in [*body, *drawn])


def test_the_fit_leaves_the_state_of_chance_alone() -> None:
    import random

    random.seed(5)
    first = random.random()
    random.seed(5)
    tail([1, 1, 2, 3, 9, 4, 2, 1])
    assert random.random() == first


def test_an_exponent_needs_degrees_above_one() -> None:
    assert exponent([1, 1, 0]) is None
    assert exponent([1, 2]) == pytest.approx(1 + 2 / math.log(2))
