#!/usr/bin/env bash
# igraph 1.0.0: community_leiden() as it is called finds no communities: each actor is its own.
#
# Expected: without arguments the function maximises modularity, as community_multilevel() beside it
#   and the Louvain and Leiden functions of other network libraries do.
# What happens: the default objective is the constant Potts model with a resolution of 1. In a network
#   without weights it joins no more than what is a complete subgraph, so two groups of five cities
#   that lack two ties each fall into many communities. No error, no warning.
# Why it matters here: partner networks are sparse: a default call on them says that there are no
#   blocs of cities.
# Instead: say objective_function="modularity", or choose a resolution near the density.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  igraph==1.0.0
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import igraph


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


def partners():
    """Two rings of six cities with their second neighbours, joined by one tie."""
    ties = [(i, (i + step) % 6) for i in range(6) for step in (1, 2)]
    return igraph.Graph([*ties, *((a + 6, b + 6) for a, b in ties), (0, 6)])


print("igraph", version("igraph"))
network = partners()
least = min(len(network.community_leiden(n_iterations=-1)) for _ in range(5))
expect("communities by default, more than two", least > 2, True)
by_modularity = network.community_leiden(objective_function="modularity", n_iterations=-1)
expect("communities by modularity", sorted(map(len, by_modularity)), [6, 6])
print("-- controls: the function beside it, and a sparse network")
expect("communities, multilevel", sorted(map(len, network.community_multilevel())), [6, 6])
star = igraph.Graph.Star(10)
sizes = sorted(map(len, star.community_leiden(n_iterations=-1)))
expect("a hub with nine partners, largest community", sizes[-1] <= 2, True)
PY
