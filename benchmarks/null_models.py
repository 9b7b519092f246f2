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
from citypact.graph.analysis import draws
from citypact.graph.analysis.communities import consensus
from citypact.graph.analysis.features import standard
from citypact.graph.analysis.rewiring import SWAPS, rewired_edges
from citypact.graph.analysis.shared_results import shared_results
from citypact.graph.analysis.simple import simple
from citypact.graph.analysis.wiring import Wiring

DRAWS = 12
RUNS = 20
"""Partitions of which the consensus is sought."""
LIMIT = 1.5
"""Times igraph's own draws for each second of CPU."""
FULL, MINUTES = 1000, 5
"""Draws with all features, and in how many minutes two cores should make them."""


def main() -> bool:
    """Prints draws a second of CPU, and what a consensus costs; True where the limit is kept."""
    world = world_list()
    network = nx.Graph((link["source"], link["target"]) for link in world.links)
    network = simple(network)
    edges, nodes = network.number_of_edges(), list(network)
    print(f"{len(nodes):,} cities, {edges:,} links: {world.origin}")
    index = {node: at for at, node in enumerate(nodes)}
    plain = igraph.Graph(len(nodes), [(index[one], index[other]) for one, other in network.edges])
    rates = []
    for number in range(3):  # in turns
        first = 100 * (number + 1)
        with shared_results():  # as where many are drawn
            rewired_edges(network, first - 1)
            ours = cpu(lambda at=first: [rewired_edges(network, at + i) for i in range(DRAWS)])
        alone = cpu(lambda: [plain.copy().rewire(n=SWAPS * edges) for _ in range(DRAWS)])
        rates.append((DRAWS / ours, DRAWS / alone))
    mine, engine = (sorted(column)[1] for column in zip(*rates, strict=True))
    print(
        f"rewiring: {mine:.1f} draws a second of CPU, igraph alone {engine:.1f}: "
        f"{mine / engine:.2f} times; limit {LIMIT} {verdict(mine / engine >= LIMIT)}"
    )
    features = partial(standard, attributes=("country",))
    begin = time.process_time()
    drawn_here = draws.drawn(partial(_features, features), network, [1, 2, 3, 4])
    each = (time.process_time() - begin) / len(drawn_here)
    minutes = FULL * each / 2 / 60
    print(
        f"a draw with all features: {each:.2f} s of CPU; {FULL:,} on two cores in "
        f"{minutes:.1f} minutes; limit {MINUTES} {verdict(minutes <= MINUTES)}"
    )
    once = cpu(lambda: draws.draw(_leiden, plain, RUNS, seed=1)) / RUNS
    many = cpu(lambda: consensus(network, runs=RUNS))
    print(
        f"a consensus of {RUNS} partitions: {many:.1f} s, {many / once:.1f} times one run of "
        f"Leiden until nothing changes ({once:.2f} s, the mean of {RUNS})"
    )
    print()
    return mine / engine >= LIMIT and minutes <= MINUTES


def _features(
    features: Callable[[Wiring], dict[str, float]], network: nx.Graph, seed: int
) -> dict[str, float]:
    return features(rewired_edges(network, seed))


def _leiden(graph: igraph.Graph, seed: int) -> object:
    return graph.community_leiden(objective_function="modularity", n_iterations=-1)


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU of a piece of work in this process."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    sys.exit(not main())
