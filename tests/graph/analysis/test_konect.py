"""Calibration: what KONECT printed of its sister cities, and the definitions on small networks."""

from __future__ import annotations

import csv
import math
import os
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citypact.graph.analysis.distances import distances
from citypact.graph.analysis.inequality import balanced_inequality, gini, relative_entropy
from citypact.graph.analysis.konect import Compared, compare, is_printed, statistics
from citypact.graph.analysis.konect_estimates import hyperanf
from citypact.graph.analysis.simple import simple, to_igraph
from citypact.ontology.errors import CitypactError
from tests.soak import times

WORLD = Path(os.environ.get("CITYPACT_MATERIAL") or "nowhere") / "world"
DIFFERENT = {
    "50-percentile effective diameter",
    "90-percentile effective diameter",
    "median distance",
    "mean distance",
    "balanced inequality ratio P",
    "tail power law exponent",
    "controllability C",
    "relative controllability",
}


@pytest.fixture(scope="module")
def konect() -> nx.Graph:
    file = WORLD / "konect_2017/links.csv"
    if not file.is_file():
        pytest.skip("CITYPACT_MATERIAL has no world/konect_2017: nothing to calibrate on")
    with file.open(encoding="utf-8", newline="") as rows:
        return nx.Graph((int(row["source"]), int(row["target"])) for row in csv.DictReader(rows))


@pytest.fixture(scope="module")
def printed() -> list[dict[str, str]]:
    file = WORLD / "published/konect_twin.csv"
    if not file.is_file():
        pytest.skip("CITYPACT_MATERIAL has no world/published: nothing to calibrate on")
    with file.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


@pytest.fixture(scope="module")
def compared(konect: nx.Graph, printed: list[dict[str, str]]) -> dict[str, Compared]:
    published = {row["statistic"]: row["published_konect"] for row in printed}
    return {row.statistic: row for row in compare(konect, published)}


def test_all_but_eight_statistics_are_those_that_were_printed(
    compared: dict[str, Compared],
) -> None:
    assert {name for name, row in compared.items() if not row.is_equal} == DIFFERENT
    assert len(compared) == 34
    for name in DIFFERENT:
        assert compared[name].reason["ko"] and compared[name].reason["en"]


def test_exact_values_are_those_of_an_independent_calculation(
    compared: dict[str, Compared], printed: list[dict[str, str]]
) -> None:
    for row in printed:
        if row["computed_from_out.twin"]:
            exact = compared[row["statistic"]].exact
            assert exact is not None
            assert is_printed(exact, row["computed_from_out.twin"]) or math.isclose(
                exact, float(row["computed_from_out.twin"]), rel_tol=1e-8
            ), row["statistic"]


def test_the_exact_mean_distance_is_found_in_a_second_way(
    konect: nx.Graph, compared: dict[str, Compared]
) -> None:
    """By the breadth-first search of scipy, from every tenth actor of the largest component."""
    from scipy.sparse.csgraph import shortest_path

    largest = konect.subgraph(max(nx.connected_components(konect), key=len))
    matrix = nx.to_scipy_sparse_array(largest, weight=None)
    some = np.arange(0, matrix.shape[0], 10)
    steps = shortest_path(matrix, method="D", unweighted=True, indices=some)
    mean = steps.sum() / (len(some) * (matrix.shape[0] - 1))
    exact = compared["mean distance"].exact
    assert exact == pytest.approx(7.34812634, abs=1e-8)
    # A sample of a tenth: four of its standard errors are far from what was printed.
    assert mean == pytest.approx(exact, abs=4 * steps.mean(axis=1).std() / math.sqrt(len(some)))
    assert exact is not None and exact < 7.65392 - 0.2


def test_what_konect_estimates_is_printed_when_it_is_estimated_again(
    compared: dict[str, Compared],
) -> None:
    """So the reasons that are told for the differences are the reasons."""
    for name in DIFFERENT - {"controllability C", "relative controllability"}:
        row = compared[name]
        assert row.estimate is not None and row.exact is not None
        assert is_printed(row.estimate, row.printed), name
        assert not is_printed(row.exact, row.printed), name
    control = compared["controllability C"]
    # A greedy matching is smaller than a maximum one; by how much the order of ties decides.
    assert control.estimate is not None and control.exact is not None
    assert control.exact < control.estimate
    assert control.estimate == pytest.approx(int(control.printed), rel=0.002)


def test_hashed_counters_estimate_how_many_are_reached() -> None:
    """HyperLogLog with 64 counters has a standard error of 1.04 / √64 = 13 %."""
    network = nx.connected_watts_strogatz_graph(2000, 4, 0.1, seed=2)
    reached = hyperanf(to_igraph(simple(network)).graph)
    counts = np.array([len(network), *(2 * each for each in distances(network).counts)])
    exact = np.cumsum(counts)
    assert list(reached) == sorted(reached)
    assert reached[0] == exact[0]
    last = len(reached) - 1
    for step in range(1, last + 1):
        assert reached[step] == pytest.approx(exact[min(step, len(exact) - 1)], rel=0.4)


networks = st.builds(
    lambda edges: nx.Graph([(a, b) for a, b in edges if a != b]),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30),
)


@given(networks)
def test_counts_and_distances_are_those_of_a_plain_search(network: nx.Graph) -> None:
    if network.number_of_edges() < 1:
        assert distances(network).mean is None
        return
    parts = sorted(nx.connected_components(network), key=lambda p: (-len(p), min(p)))
    largest = network.subgraph(parts[0])
    lengths = dict(nx.all_pairs_shortest_path_length(largest))
    steps = sorted(lengths[a][b] for a, b in combinations(sorted(largest), 2))
    found = distances(network)
    assert sum(found.counts) == len(steps)
    assert found.mean == pytest.approx(np.mean(steps))
    assert found.median == np.median(steps)
    assert found.diameter == nx.diameter(largest)
    assert found.effective_90 is not None and found.effective_50 is not None
    assert found.effective_50 <= found.effective_90 <= nx.diameter(largest)


@settings(max_examples=times(40))
@given(networks)
def test_statistics_are_those_of_networkx_and_numpy(network: nx.Graph) -> None:
    parts = sorted(map(len, nx.connected_components(network)), reverse=True)
    if len(network) < 4 or (len(parts) > 1 and parts[0] == parts[1]):
        return
    if not any(degree > 1 for _, degree in network.degree()):
        return
    found = statistics(network)
    assert found["square count q"] == sum(1 for c in nx.simple_cycles(network, 4) if len(c) == 4)
    assert found["triangle count t"] == sum(nx.triangles(network).values()) // 3
    assert found["clustering coefficient (global, 3t/s)"] == pytest.approx(nx.transitivity(network))
    matrix = nx.to_numpy_array(network)
    spectrum = np.linalg.eigvalsh(matrix)
    assert found["spectral norm"] == pytest.approx(max(abs(spectrum)))
    assert found["non-bipartivity bA"] == pytest.approx(1 - abs(spectrum[0]) / max(abs(spectrum)))
    largest = network.subgraph(max(nx.connected_components(network), key=len))
    degrees = np.diag([degree for _, degree in largest.degree()])
    part = nx.to_numpy_array(largest)
    laplacian = np.linalg.eigvalsh(degrees - part)
    assert found["algebraic connectivity (LCC)"] == pytest.approx(laplacian[1], abs=1e-9)
    signless = np.linalg.eigvalsh(degrees + part)[0]
    assert found["algebraic non-bipartivity"] == pytest.approx(signless, abs=1e-9)
    is_two_sided = nx.is_bipartite(largest)
    assert (found["normalized non-bipartivity bN"] < 1e-9) == is_two_sided
    double = nx.Graph(
        (("out", a), ("in", b)) for x, y in network.edges() for a, b in ((x, y), (y, x))
    )
    top = [node for node in double if node[0] == "out"]
    matched = len(nx.bipartite.maximum_matching(double, top)) // 2
    assert found["controllability C"] == max(len(network) - matched, 1)


@pytest.mark.parametrize(
    "network",
    [
        nx.barabasi_albert_graph(120, 2, seed=4),
        nx.connected_watts_strogatz_graph(80, 4, 0.05, seed=3),
        nx.random_labeled_tree(90, seed=5),
        nx.cycle_graph(41),
        nx.complete_bipartite_graph(12, 20),
    ],
    ids=["hubs", "small world", "tree", "odd cycle", "two-sided"],
)
def test_eigenvalues_of_larger_networks_are_those_of_their_whole_matrices(
    network: nx.Graph,
) -> None:
    found = statistics(network)
    adjacency = nx.to_numpy_array(network)
    degrees = adjacency.sum(axis=1)
    spectrum = np.linalg.eigvalsh(adjacency)
    sizes = sorted(np.abs(spectrum), reverse=True)
    normalised = np.eye(len(network)) + adjacency / np.sqrt(np.outer(degrees, degrees))
    signless = np.linalg.eigvalsh(np.diag(degrees) + adjacency)[0]
    expected = {
        "spectral norm": sizes[0],
        "spectral separation": sizes[0] / sizes[1],
        "non-bipartivity bA": 1 - abs(spectrum[0]) / sizes[0],
        "algebraic connectivity (LCC)": np.linalg.eigvalsh(np.diag(degrees) - adjacency)[1],
        "algebraic non-bipartivity": signless,
        "spectral bipartite frustration bK": signless / (4 * degrees.mean()),
        "normalized non-bipartivity bN": np.linalg.eigvalsh(normalised)[0],
    }
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=1e-9)


def test_what_cannot_be_told_is_left_out() -> None:
    for empty in (nx.Graph(), nx.empty_graph(3), nx.Graph([(1, 1)])):
        with pytest.raises(CitypactError, match="without ties"):
            statistics(empty)
    pair = statistics(nx.path_graph(2))
    # A single tie has no wedge to close and no degrees that could differ; its Laplacian has 0, 2.
    assert not {"clustering coefficient (global, 3t/s)", "degree assortativity"} & set(pair)
    assert pair["algebraic connectivity (LCC)"] == pytest.approx(2)
    assert (pair["diameter"], pair["controllability C"]) == (1, 1)
    for alike in (nx.complete_graph(3), nx.cycle_graph(30)):
        found = statistics(alike)
        assert "degree assortativity" not in found
        assert all(math.isfinite(value) for value in found.values())
    [row] = compare(nx.complete_graph(3), {"degree assortativity": "0.1"})
    assert (row.exact, row.is_equal) == (None, False)


def test_inequality_of_hand_worked_cases() -> None:
    assert gini([5, 5, 5, 5]) == 0
    assert gini([0, 0, 0, 10]) == 0.75
    assert gini([1, 2, 3]) == pytest.approx(2 / 9)
    assert (gini([]), gini([0, 0])) == (None, None)
    assert balanced_inequality([1, 1]) == 0.5
    # The curve goes from (3/4, 0) to (1, 1): it meets the other diagonal at 4/5.
    assert balanced_inequality([0, 0, 0, 1]) == pytest.approx(0.2)
    assert relative_entropy([1, 1, 1, 1]) == pytest.approx(1)
    assert relative_entropy([1, 0, 0, 0]) == 0
    assert relative_entropy([3]) is None


def test_printed_digits_decide_what_is_equal() -> None:
    assert is_printed(26.0597451, "26.0597")
    assert not is_printed(26.0597451, "26.0598")
    assert is_printed(7.0, "7")
