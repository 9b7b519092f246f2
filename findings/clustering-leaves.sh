#!/usr/bin/env bash
# igraph 1.0.0: the average clustering of a star is 0.80 where networkx has 0.19.
#
# Expected: the mean of the local clustering coefficients of all actors; an actor with one tie has 0.
# What happens: transitivity_avglocal_undirected() leaves out the actors with fewer than two ties. Of a
#   hub with twenty partners, of which two pairs are tied, it takes the mean of five actors in place of
#   twenty-one. networkx's average_clustering() takes all. Both are called average clustering.
# Why it matters here: the network of one city's register is a star, and its partners have one tie. The
#   two values lead to opposite findings, and papers seldom say which was meant.
# Instead: say mode="zero", or report the transitivity of the whole network.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  igraph==1.0.0 networkx==3.6.1
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import igraph
import networkx


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


print("igraph", version("igraph"), "networkx", version("networkx"))
star = networkx.star_graph(20)
star.add_edges_from([(1, 2), (3, 4)])
other = igraph.Graph(list(star.edges))
expect("igraph", round(other.transitivity_avglocal_undirected(), 2), 0.8)
expect("networkx", round(networkx.average_clustering(star), 2), 0.19)
print("-- controls: the same with zeros, and the whole network")
with_zeros = other.transitivity_avglocal_undirected(mode="zero")
expect("igraph, zeros", round(with_zeros, 2), 0.19)
expect("transitivity, igraph", round(other.transitivity_undirected(), 3), 0.031)
expect("transitivity, networkx", round(networkx.transitivity(star), 3), 0.031)
PY
