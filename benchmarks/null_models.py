"""Random networks with the degrees of the world's links against igraph's own rewiring."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

import igraph
import networkx as nx

from benchmarks.processes import verdict
from benchmarks.world import world_list
from citypact.graph.analysis.communities import consensus
from citypact.graph.analysis.draws import draw
from citypact.graph.analysis.features import standard
from citypact.graph.analysis.null_models import compare
from citypact.graph.analysis.rewiring import SWAPS, rewired_edges
from citypact.graph.analysis.simple import simple

DRAWS = 12
RUNS = 20
"""Partitions of which the consensus is sought."""
LIMIT = 0.5
"""Of igraph's own draws for each second of CPU."""


def main() -> bool:
    """Prints draws a second of CPU, and what a consensus costs; True where the limit is kept."""
    world = world_list()
    network = nx.Graph((link["source"], link["target"]) for link in world.links)
    network = simple(network)
    edges, nodes = network.number_of_edges(), list(network)
    print(f"{len(nodes):,} cities, {edges:,} links: {world.origin}")
    index = {node: at for at, node in enumerate(nodes)}
    plain = igraph.Graph(len(nodes), [(index[one], index[other]) for one, other in network.edges])
    rewired_edges(network, 1)  # counts the possible swaps, once for a network
    rates = []
    for number in range(3):  # in turns
        first = 100 * (number + 1)
        ours = cpu(lambda first=first: [rewired_edges(network, first + i) for i in range(DRAWS)])
        alone = cpu(lambda: [plain.copy().rewire(n=SWAPS * edges) for _ in range(DRAWS)])
        rates.append((DRAWS / ours, DRAWS / alone))
    mine, engine = (sorted(column)[1] for column in zip(*rates, strict=True))
    print(
        f"rewiring: {mine:.1f} draws a second of CPU, igraph alone {engine:.1f}: "
        f"{mine / engine:.2f} times; limit {LIMIT} {verdict(mine / engine >= LIMIT)}"
    )
    begin = time.perf_counter()
    compare(network, partial(standard, attributes=("country",)), draws=DRAWS)
    print(
        f"with all features, on all cores: {DRAWS / (time.perf_counter() - begin):.2f} draws a "
        "second, most of it the Leiden algorithm"
    )
    once = cpu(lambda: draw(_leiden, plain, 1, seed=1))
    many = cpu(lambda: consensus(network, runs=RUNS))
    print(
        f"a consensus of {RUNS} partitions: {many:.1f} s, {many / once:.1f} times one of Leiden\n"
    )
    return mine / engine >= LIMIT


def _leiden(graph: igraph.Graph, seed: int) -> object:
    return graph.community_leiden(objective_function="modularity", n_iterations=-1)


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU of a piece of work in this process."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    sys.exit(not main())
