"""Measures of structure on a network of the size of KONECT's, against plain networkx."""

from __future__ import annotations

import csv
import os
import random
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import networkx as nx

from benchmarks.processes import seconds, verdict
from citypact.graph.analysis.degrees import degree_distribution
from citypact.graph.analysis.distances import distances
from citypact.graph.analysis.structure import (
    ActorStructure,
    actor_structure,
    network_structure,
    ranks,
)

SECONDS = 60.0
EXACT = 1e-9
KONECT = Path(os.environ.get("CITYPACT_MATERIAL") or "nowhere") / "world/konect_2017/links.csv"
NODES, EDGES = 14_274, 20_573

REFERENCES: dict[str, Callable[[nx.Graph], dict[int, float]]] = {
    "degree": lambda network: dict(network.degree()),
    "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "eigenvector": lambda network: leading(network),
    "pagerank": lambda network: nx.pagerank(network, tol=1e-14, max_iter=1000),
    "core": nx.core_number,
    "constraint": nx.constraint,
    "effective_size": nx.effective_size,
    "clustering": nx.clustering,
}


def main() -> bool:
    """Prints seconds and the factor; True where the limit is kept and the values are equal."""
    network, name = world()
    print(f"{name}: {network.number_of_nodes():,} nodes, {network.number_of_edges():,} edges")
    found: list[ActorStructure] = []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    whole = seconds(lambda: found.extend(measured(network)))
    cpu = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
    by_node = {actor.node: actor for actor in found}
    total, worst = 0.0, 0.0
    for measure, reference in REFERENCES.items():
        values: dict[int, float] = {}
        took = seconds(lambda function=reference, into=values: into.update(function(network)))
        total += took
        apart = max(
            abs((getattr(by_node[node], measure) or 0) - value)
            for node, value in values.items()
            if value == value
        )
        worst = max(worst, apart)
        print(f"  networkx: {measure:<16}{took:>9.2f} s   apart at most {apart:.1e}", flush=True)
    kept = whole <= SECONDS
    same = worst <= EXACT
    print(
        f"structure: {whole:.1f} s ({cpu:.1f} s of CPU) for all measures with ranks; limit "
        f"{SECONDS:.0f} s {verdict(kept)}; networkx takes {total / whole:.1f} times as long; "
        f"values apart at most {worst:.0e}, limit {EXACT:.0e} {verdict(same)}\n"
    )
    return kept and same


def measured(network: nx.Graph) -> list[ActorStructure]:
    """All that the chapter on structure measures."""
    actors = actor_structure(network)
    network_structure(network, actors)
    ranks(actors)
    distances(network)
    degree_distribution(network)
    return actors


def leading(network: nx.Graph) -> dict[int, float]:
    """The eigenvector centrality of the largest component, 0 elsewhere."""
    largest = max(nx.connected_components(network), key=len)
    found = nx.eigenvector_centrality_numpy(network.subgraph(largest), tol=1e-14)
    return {node: abs(found.get(node, 0.0)) for node in network}


def world() -> tuple[nx.Graph, str]:
    """KONECT's network of sister cities; a made-up one of its size where it is not at hand."""
    if KONECT.is_file():
        with KONECT.open(encoding="utf-8") as file:
            rows = list(csv.reader(file))[1:]
        return nx.Graph((int(one), int(other)) for one, other in rows), "KONECT, sister cities"
    # Few with many ties: each end is drawn among the ends of ties so far, half of the times.
    chance, ends, network = random.Random(1), [0, 1], nx.Graph([(0, 1)])
    while network.number_of_edges() < EDGES:
        pair = [
            chance.choice(ends) if chance.random() < 0.5 else chance.randrange(NODES)
            for _ in range(2)
        ]
        if pair[0] != pair[1] and not network.has_edge(*pair):
            network.add_edge(*pair)
            ends += pair
    return network, "made up, with a seed"


if __name__ == "__main__":
    sys.exit(not main())
