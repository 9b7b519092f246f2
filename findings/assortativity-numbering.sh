#!/usr/bin/env bash
# networkit 11.3: the degree assortativity of a network depends on how its actors are numbered.
#
# Expected: correlation.Assortativity gives Newman's coefficient of the degrees at both ends of a tie,
#   -0.476 for Zachary's karate club, as networkx and igraph do.
# What happens: each tie is counted in one direction, as the numbers of its ends have it, so the two
#   ends are two variables with means of their own. The club renumbered gives another value each time.
#   No error, no warning.
# Why it matters here: whether well-connected cities choose each other is one of the first questions to
#   a network of partners, and the answer depends on the order of the rows in the list.
# Instead: take the coefficient from networkx or igraph, or put each tie in both directions into a
#   directed graph.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  networkit==11.3 networkx==3.6.1 igraph==1.0.0
"$folder/venv/bin/python" - <<'PY'
import random
import sys
from importlib.metadata import version

import igraph
import networkit
import networkx


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def renumbered(network, seed):
    order = list(network)
    random.Random(seed).shuffle(order)
    other = networkx.Graph()
    other.add_nodes_from(range(len(order)))
    other.add_edges_from((order[one], order[two]) for one, two in network.edges)
    return other


def by_networkit(network, both_ways=False):
    graph = networkit.Graph(len(network), directed=both_ways)
    for one, two in network.edges:
        graph.addEdge(one, two)
        if both_ways:
            graph.addEdge(two, one)
    degrees = [float(network.degree(actor)) for actor in range(len(network))]
    measure = networkit.correlation.Assortativity(graph, degrees)
    measure.run()
    return round(measure.getCoefficient(), 4)


def by_igraph(network):
    return round(igraph.Graph(list(network.edges)).assortativity_degree(directed=False), 4)


print("networkit", version("networkit"))
club = networkx.karate_club_graph()
clubs = [renumbered(club, seed) for seed in range(4)]
expect("networkit, four numberings", list(map(by_networkit, clubs)), [-0.4771, -0.3639, -0.432, -0.4287])
print("-- controls: the other libraries, and each tie in both directions")
by_networkx = [round(networkx.degree_assortativity_coefficient(each), 4) for each in clubs]
expect("networkx", by_networkx, [-0.4756] * 4)
expect("igraph", list(map(by_igraph, clubs)), [-0.4756] * 4)
expect("networkit, both ways", [by_networkit(each, True) for each in clubs], [-0.4756] * 4)
PY
