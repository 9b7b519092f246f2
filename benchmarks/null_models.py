"""Random networks with the degrees of the world's links against igraph, NEMtropy and bicm.

NEMtropy and bicm bring a package called `tests` and compilers, so they stand apart: in the Python
that CITYPACT_NEMTROPY names (`pip install NEMtropy`); without it they are left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import igraph
import networkx as nx
import numpy as np

from benchmarks.processes import verdict
from benchmarks.world import WorldList, world_list
from citypact.graph.analysis import draws
from citypact.graph.analysis.bipartite import bicm
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
AS_LONG = 5.0
"""Runs of Leiden until nothing changes, which a consensus may take."""
FULL, MINUTES = 1000, 5
"""Draws with all features, and in how many minutes two cores should make them."""

CENTRAL = 1000
"""NEMtropy draws networks of so many cities, those with most links: each pair takes a call."""
SAME = 1e-6
"""Chances of a tie may differ by so much."""
PEER = """
import json, sys, tempfile, time, warnings
warnings.simplefilter("ignore")
import numpy as np
from bicm import BipartiteGraph
from NEMtropy import UndirectedGraph

given = json.load(sys.stdin)
model = UndirectedGraph(degree_sequence=np.array(given["degrees"], dtype=float))
model.solve_tool(model="cm_exp", method="newton", initial_guess="random")
with tempfile.TemporaryDirectory() as folder:
    model.ensemble_sampler(1, cpu_n=1, output_dir=folder + "/", seed=1)
    begin = time.process_time()
    model.ensemble_sampler(2, cpu_n=1, output_dir=folder + "/", seed=1)
    draw = (time.process_time() - begin) / 2
two = np.array(given["two"])
BipartiteGraph(biadjacency=two).solve_tool(print_error=False)
begin = time.process_time()
model = BipartiteGraph(biadjacency=two)
model.solve_tool(print_error=False)
chances = model.get_bicm_matrix()
solve = time.process_time() - begin
print(json.dumps({"draw": draw, "solve": solve, "chances": chances.tolist()}))
"""


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
    same = peers(network, world)
    features = partial(standard, attributes=("country",))
    begin = time.process_time()
    drawn_here = [_features(features, network, seed) for seed in (1, 2, 3, 4)]
    each = (time.process_time() - begin) / len(drawn_here)
    minutes = FULL * each / 2 / 60
    print(
        f"a draw with all features: {each:.2f} s of CPU; {FULL:,} on two cores in "
        f"{minutes:.1f} minutes; limit {MINUTES} {verdict(minutes <= MINUTES)}"
    )
    kept = mine / engine >= LIMIT and minutes <= MINUTES and same
    return kept & consensus_cost(network, plain)


def peers(network: nx.Graph, world: WorldList) -> bool:
    """Prints draws of NEMtropy and the solution of bicm beside ours; True where that is the same.

    Both keep degrees in the mean, our rewiring keeps them exactly. The network of two modes has the
    same cities and the countries of their partners.
    """
    python = os.environ.get("CITYPACT_NEMTROPY")
    if not python:
        print("NEMtropy, bicm: not measured, CITYPACT_NEMTROPY names no Python that has them")
        return True
    central = sorted(network, key=lambda city: (-network.degree(city), city))[:CENTRAL]
    part = simple(network.subgraph(central))
    two = with_countries(part, {city["id"]: city["country"] for city in world.cities})
    draw = cpu(lambda: [rewired_edges(part, at) for at in range(DRAWS)]) / DRAWS
    models = []
    solve = cpu(lambda: models.append(bicm(two)))
    ours = models[0]
    matrix = [[int(two.has_edge(row, column)) for column in ours.columns] for row in ours.rows]
    given = {"degrees": [degree for _, degree in part.degree()], "two": matrix}
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "peer.py"
        script.write_text(PEER, encoding="utf-8")
        done = subprocess.run(
            [python, "-W", "ignore", script],
            input=json.dumps(given),
            text=True,
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    theirs = json.loads(done.stdout.splitlines()[-1])
    apart = float(np.abs(ours.matrix - np.array(theirs["chances"])).max())
    print(
        f"the {CENTRAL:,} cities with most links, {part.number_of_edges():,} links: a draw takes "
        f"{draw * 1e3:.0f} ms of CPU, NEMtropy's {theirs['draw'] * 1e3:.0f} ms: "
        f"{theirs['draw'] / draw:.0f} times as long\n"
        f"the bipartite model, {len(ours.rows):,} cities and {len(ours.columns):,} countries: "
        f"{solve * 1e3:.0f} ms, bicm {theirs['solve'] * 1e3:.0f} ms; chances apart at most "
        f"{apart:.0e}, limit {SAME:.0e} {verdict(apart <= SAME)}",
        flush=True,
    )
    return apart <= SAME


def with_countries(network: nx.Graph, country: dict[str, str]) -> nx.Graph:
    """Cities, tied to the countries (ISO codes or names) of their partners."""
    found = nx.Graph()
    for one, other in network.edges:
        for city, partner in ((one, other), (other, one)):
            place = f"country {country[partner]}"
            found.add_node(city, bipartite=0)
            found.add_node(place, bipartite=1)
            found.add_edge(city, place)
    return found


def consensus_cost(network: nx.Graph, plain: igraph.Graph) -> bool:
    """Prints what a consensus takes against one run of Leiden, in turns; True where kept."""
    seeds = draws.seeds_of_draws(1, RUNS)
    pairs = []
    for part in (seeds[:7], seeds[7:14], seeds[14:]):
        alone = cpu(lambda part=part: [_leiden(plain, seed) for seed in part]) / len(part)
        pairs.append((cpu(lambda: consensus(network, runs=RUNS)), alone))
    many, once = (sorted(column)[1] for column in zip(*pairs, strict=True))
    print(
        f"a consensus of {RUNS} partitions: {many:.1f} s, {many / once:.1f} times one run of "
        f"Leiden until nothing changes ({once:.2f} s, the mean of {RUNS}); limit {AS_LONG} "
        f"{verdict(many / once <= AS_LONG)}\n"
    )
    return many / once <= AS_LONG


def _features(
    features: Callable[[Wiring], dict[str, float]], network: nx.Graph, seed: int
) -> dict[str, float]:
    return features(rewired_edges(network, seed))


def _leiden(graph: igraph.Graph, seed: int) -> object:
    return graph.community_leiden(objective_function="modularity", n_iterations=-1)


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU of a piece of work, in this process and those that helped it."""
    begin = sum(os.times()[:4])
    work()
    return sum(os.times()[:4]) - begin


if __name__ == "__main__":
    sys.exit(not main())
