"""The vertex bootstrap against the enumeration of all its samples."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import product
from math import comb, sqrt

import networkx as nx
import numpy as np
import pytest

from citypact.graph.analysis.structure import share_of_ties
from citypact.graph.analysis.vertex_bootstrap import resampled, vertex_bootstrap

NETWORK = nx.Graph([("a", "b"), ("b", "c"), ("c", "d"), ("b", "d")])
DRAWS = 4000


def enumerated(network: nx.Graph) -> tuple[float, float]:
    """Mean and standard deviation of the number of ties over all samples of the actors."""
    nodes, density = list(network), nx.density(network)
    means, variances = [], []
    for sample in product(nodes, repeat=len(nodes)):
        counts = Counter(sample)
        fixed = sum(counts[one] * counts[other] for one, other in network.edges)
        free = sum(comb(count, 2) for count in counts.values())
        means.append(fixed + free * density)
        variances.append(free * density * (1 - density))
    return float(np.mean(means)), sqrt(float(np.mean(variances)) + float(np.var(means)))


def test_mean_and_standard_error_are_those_of_all_samples() -> None:
    found = vertex_bootstrap(NETWORK, {"ties": nx.Graph.number_of_edges}, draws=DRAWS, seed=1)
    ties = [float(values["ties"] or 0) for values in found.values]
    mean, deviation = enumerated(NETWORK)
    assert mean == pytest.approx(NETWORK.number_of_edges()), "the density is right on average"
    assert np.mean(ties) == pytest.approx(mean, abs=4 * deviation / sqrt(DRAWS))
    assert np.std(ties) == pytest.approx(deviation, rel=0.05)


def test_copies_keep_names_attributes_and_ties() -> None:
    network = NETWORK.copy()
    nx.set_node_attributes(network, {node: node.upper() for node in network}, "letter")
    nx.set_edge_attributes(network, 1990, "year")
    sample = resampled(network, seed=3)
    assert len(sample) == len(network)
    original = {node: node if node in network else node[0] for node in sample}
    assert all(sample.nodes[node]["letter"] == original[node].upper() for node in sample)
    for one, other in nx.Graph(sample).edges:
        if original[one] != original[other]:
            assert network.has_edge(original[one], original[other])
            assert sample.edges[one, other]["year"] == 1990
    assert sum(node in network for node in sample) == len(set(original.values()))


def test_a_figure_of_one_actor_has_no_value_where_the_actor_is_not_drawn() -> None:
    measures = {"b": partial(share_of_ties, node="b")}
    found = vertex_bootstrap(NETWORK, measures, draws=500, seed=2)
    defined = sum(values["b"] is not None for values in found.values)
    assert defined / 500 == pytest.approx(1 - 0.75**4, abs=0.06)
