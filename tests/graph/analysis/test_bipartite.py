"""The bipartite configuration model: degrees are met, what they force is found, tails are exact."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import optimize, stats

from citypact.graph.analysis.bipartite import bicm, incidence, sampled, tail, validated
from citypact.graph.analysis.features import standard
from citypact.graph.analysis.null_models import compare
from citypact.ontology.errors import CitypactError
from tests.soak import times

Matrix = NDArray[np.int64]


def two_mode(ties: Matrix) -> nx.Graph:
    """The network of a matrix: rows r0, r1 … and columns c0, c1 …"""
    found = nx.Graph()
    found.add_nodes_from((f"r{i}" for i in range(ties.shape[0])), bipartite=0)
    found.add_nodes_from((f"c{a}" for a in range(ties.shape[1])), bipartite=1)
    found.add_edges_from((f"r{i}", f"c{a}") for i, a in np.argwhere(ties))
    return found


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    """Matrices of ties by chance, of unlike fitnesses, and nearly nested ones, which are hard."""
    rows, columns = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    kind, chance = draw(st.sampled_from(["even", "unlike", "nested"])), draw(st.integers(0, 10**6))
    generator = np.random.default_rng(chance)
    if kind == "even":
        return (generator.random((rows, columns)) < generator.random()).astype(np.int64)
    one, other = generator.random(rows), generator.random(columns)
    if kind == "unlike":
        return (generator.random((rows, columns)) < 1.5 * np.outer(one, other)).astype(np.int64)
    nested = np.add.outer(one, other) > 1
    nested[generator.integers(rows), generator.integers(columns)] ^= True
    return nested.astype(np.int64)


# The model


@settings(max_examples=times(200))
@given(matrices())
def test_expected_degrees_are_those_of_the_network(ties: Matrix) -> None:
    model = bicm(two_mode(ties))
    assert model.matrix.shape == ties.shape
    assert np.abs(model.matrix.sum(axis=1) - ties.sum(axis=1)).max() < 1e-8
    assert np.abs(model.matrix.sum(axis=0) - ties.sum(axis=0)).max() < 1e-8
    assert ((model.matrix >= 0) & (model.matrix <= 1)).all()


@settings(max_examples=times(50))
@given(matrices())
def test_odds_are_a_product_of_what_rows_and_columns_have(ties: Matrix) -> None:
    p = bicm(two_mode(ties)).matrix
    for i, j in combinations(range(p.shape[0]), 2):
        for a, b in combinations(range(p.shape[1]), 2):
            four = p[np.ix_([i, j], [a, b])]
            if ((four > 1e-6) & (four < 1 - 1e-6)).all():
                odds = four / (1 - four)
                ratio = odds[0, 0] * odds[1, 1] / (odds[0, 1] * odds[1, 0])
                assert ratio == pytest.approx(1, rel=1e-4)


def test_no_other_probabilities_with_these_degrees_have_more_entropy() -> None:
    ties = np.array([[1, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0]])

    def negative_entropy(p: NDArray[np.float64]) -> float:
        return float((p * np.log(p) + (1 - p) * np.log(1 - p)).sum())

    def fault(p: NDArray[np.float64]) -> NDArray[np.float64]:
        p = p.reshape(4, 4)
        missing = np.concatenate(
            (p.sum(axis=0) - ties.sum(axis=0), p.sum(axis=1) - ties.sum(axis=1))
        )
        return missing[:-1]  # the last follows from the others

    best = optimize.minimize(
        negative_entropy,
        np.full(16, 0.45),
        bounds=[(1e-9, 1 - 1e-9)] * 16,
        constraints={"type": "eq", "fun": fault},
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert best.success
    assert bicm(two_mode(ties)).matrix == pytest.approx(best.x.reshape(4, 4), abs=1e-4)


def test_ties_are_certain_where_all_networks_with_these_degrees_have_them() -> None:
    networks = [np.array(cells).reshape(3, 3) for cells in product((0, 1), repeat=9)]
    alike = defaultdict(list)
    for ties in networks:
        alike[tuple(ties.sum(axis=0)), tuple(ties.sum(axis=1))].append(ties)
    for group in list(alike.values())[::3]:
        always = np.mean(group, axis=0)
        p = bicm(two_mode(group[0])).matrix
        assert ((p == 1) == (always == 1)).all()
        assert ((p == 0) == (always == 0)).all()


def test_a_network_of_many_nodes_is_met_as_well() -> None:
    generator = np.random.default_rng(3)
    fitness = np.outer(generator.pareto(1.2, 3000), generator.pareto(1.2, 60)) * 0.02
    ties = (generator.random((3000, 60)) < fitness / (1 + fitness)).astype(np.int64)
    matrix = bicm(two_mode(ties)).matrix
    of_rows = {f"r{i}": degree for i, degree in enumerate(ties.sum(axis=1))}
    assert matrix.sum(axis=1) == pytest.approx(
        [of_rows[name] for name in sorted(of_rows)], abs=1e-8
    )


def test_nothing_and_everything_have_models() -> None:
    assert bicm(nx.Graph()).matrix.shape == (0, 0)
    assert bicm(two_mode(np.zeros((2, 3), dtype=np.int64))).matrix.tolist() == [[0] * 3] * 2
    assert bicm(two_mode(np.ones((2, 3), dtype=np.int64))).matrix.tolist() == [[1] * 3] * 2


def test_networks_drawn_have_the_degrees_in_the_mean() -> None:
    network = two_mode(np.array([[1, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 0]]))
    model, number = bicm(network), 2000
    drawn = [sampled(model, seed) for seed in range(number)]
    for node, degree in network.degree():
        mean = sum(each.degree(node) for each in drawn) / number
        assert mean == pytest.approx(degree, abs=4 / number**0.5)
    assert all(
        each.nodes.data("bipartite") == network.nodes.data("bipartite") for each in drawn[:9]
    )
    assert sorted(sampled(model, 5).edges()) == sorted(drawn[5].edges())


def test_a_two_mode_network_is_compared_by_its_model() -> None:
    network = two_mode(np.kron(np.eye(4, dtype=np.int64), np.ones((5, 5), dtype=np.int64)))
    found = compare(network, standard, model="bicm", draws=50)
    assert found["modularity"].p_above == 1 / 51
    assert found["triangles"].observed == found["triangles"].mean == 0


@pytest.mark.parametrize(
    "network",
    [
        nx.path_graph(3),
        nx.Graph([("a", "b")], name="no sides"),
        nx.MultiGraph(two_mode(np.ones((1, 1), dtype=np.int64))),
        nx.DiGraph(two_mode(np.ones((1, 1), dtype=np.int64))),
    ],
)
def test_networks_that_have_not_two_modes_are_refused(network: nx.Graph) -> None:
    with pytest.raises(CitypactError, match="->"):
        bicm(network)


def test_an_edge_within_a_side_is_named() -> None:
    network = two_mode(np.ones((2, 2), dtype=np.int64))
    network.add_edge("r0", "r1")
    with pytest.raises(CitypactError, match="r0 and r1 are connected, but on one side"):
        incidence(network)


# Tails


@given(st.lists(st.floats(0, 1), max_size=8))
def test_the_tail_is_that_of_all_outcomes(chances: list[float]) -> None:
    known = np.zeros(len(chances) + 1)
    for outcome in product((0, 1), repeat=len(chances)):
        likely = np.prod([p if o else 1 - p for o, p in zip(outcome, chances, strict=True)])
        known[: sum(outcome) + 1] += likely
    assert tail(np.array(chances)) == pytest.approx(known, abs=1e-12)


def test_small_tails_are_right_too() -> None:
    found = tail(np.full(60, 0.001))
    assert found[1:] == pytest.approx(stats.binom.sf(np.arange(60), 60, 0.001), rel=1e-9)
    assert 0 < found[60] < 1e-170


# Validated pairs


def test_pairs_of_one_block_are_validated_and_others_are_not() -> None:
    ties = np.kron(np.eye(3, dtype=np.int64), np.ones((6, 8), dtype=np.int64))
    found = validated(two_mode(ties), side=0)
    assert len(found) == 3 * 15
    for pair in found:
        assert int(pair.one[1:]) // 6 == int(pair.other[1:]) // 6
        # Each row has 8 of 24 columns, so each two share 24 / 9 in the mean.
        assert (pair.shared, pair.is_validated) == (8, True)
        assert pair.expected == pytest.approx(24 / 9)
        assert pair.p == pytest.approx(stats.binom.sf(7, 24, 1 / 9))


def test_ties_by_chance_give_few_validated_pairs() -> None:
    generator = np.random.default_rng(1)
    found = [
        validated(two_mode((generator.random((20, 15)) < 0.3).astype(np.int64)), side=0)
        for _ in range(20)
    ]
    # With no real pair the chance that any is validated is at most the level.
    assert sum(pairs[0].is_validated for pairs in found) <= 4


@settings(max_examples=times(40))
@given(matrices(), st.sampled_from([0, 1]))
def test_adjusted_chances_are_those_of_benjamini_and_hochberg(ties: Matrix, side: int) -> None:
    network = two_mode(ties)
    found = validated(network, side)
    size = ties.shape[side]
    shared = {frozenset((pair.one, pair.other)): pair for pair in found}
    assert [pair.p for pair in found] == sorted(pair.p for pair in found)
    names = [f"{'rc'[side]}{number}" for number in range(size)]
    for one, other in combinations(names, 2):
        both = len(set(network[one]) & set(network[other]))
        pair = shared.get(frozenset((one, other)))
        assert both == (pair.shared if pair else 0)
    if found:
        rest = size * (size - 1) // 2 - len(found)
        known = stats.false_discovery_control([pair.p for pair in found] + [1.0] * rest)
        assert [pair.adjusted for pair in found] == pytest.approx(known[: len(found)])


@pytest.mark.parametrize(("side", "level"), [(2, 0.05), (0, 5)])
def test_an_unknown_side_or_level_is_refused(side: int, level: float) -> None:
    with pytest.raises(CitypactError, match="->"):
        validated(two_mode(np.ones((2, 2), dtype=np.int64)), side, level)
