"""The measures of a network as a whole, in one table: size, distances, degrees, assortativity."""

from __future__ import annotations

import math
from dataclasses import asdict

import networkx as nx

from citypact.graph.analysis.degrees import degree_distribution
from citypact.graph.analysis.distances import distances
from citypact.graph.analysis.geography import mixing
from citypact.graph.analysis.places import Places
from citypact.graph.analysis.structure import NetworkStructure, numeric_assortativity

MEASURED = (
    *("nodes", "edges", "density", "components", "largest", "isolated", "reciprocity"),
    *("transitivity", "mean_clustering", "mean_distance", "median_distance", "diameter"),
    *("effective_50", "effective_90", "mean_degree", "median_degree", "greatest_degree", "gini"),
    *("balanced_inequality", "relative_entropy", "exponent", "tail_exponent", "tail_least"),
    *("degree_centralisation", "betweenness_centralisation", "degree_assortativity"),
    *("continent_assortativity", "country_assortativity", "population_assortativity"),
)
"""The measures of a network in the order of its table, by their columns."""
LONG_TAIL = 50
"""How many actors a tail must have for its exponent to say something."""


def network_measures(
    network: nx.Graph, whole: NetworkStructure, where: Places
) -> tuple[dict[str, float | None], dict[str, int]]:
    """The measures of a simple network by the names of `MEASURED`; None where undefined.

    whole: from `network_structure`. where: the places of the nodes. The second dictionary has, for
    assortativity coefficients of attributes, the number of ties whose ends are known. Distances are
    those of the largest connected component.
    """
    far = distances(network)
    degrees = degree_distribution(network)
    tail = degrees.tail if degrees.tail and degrees.tail.size >= LONG_TAIL else None
    values: dict[str, float | None] = {
        **asdict(whole),
        "mean_distance": far.mean,
        "median_distance": far.median,
        "diameter": far.diameter,
        "effective_50": far.effective_50,
        "effective_90": far.effective_90,
        "mean_degree": degrees.mean,
        "median_degree": degrees.median,
        "greatest_degree": degrees.greatest,
        "gini": degrees.gini,
        "balanced_inequality": degrees.balanced_inequality,
        "relative_entropy": degrees.relative_entropy,
        "exponent": degrees.exponent if tail else None,
        "tail_exponent": tail.exponent if tail else None,
        "tail_least": tail.least if tail else None,
    }
    known: dict[str, int] = {}
    for by in ("continent", "country"):
        mixed = mixing(network, where, by)
        values[f"{by}_assortativity"], known[f"{by}_assortativity"] = (
            mixed.assortativity,
            mixed.known,
        )
    people = {
        node: math.log10(value)
        for node, value in zip(where.nodes, where.population, strict=True)
        if value == value
    }
    values["population_assortativity"] = numeric_assortativity(network, people)
    known["population_assortativity"] = sum(
        one in people and other in people for one, other in network.edges()
    )
    return values, known


__all__ = ["MEASURED", "network_measures"]
