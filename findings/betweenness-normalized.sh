#!/usr/bin/env bash
# scikit-network 0.33.5: Betweenness(normalized=True) normalises nothing.
#
# Expected: with normalized=True, as with networkx's, each value is divided by the number of pairs of
#   other actors, so that it lies between 0 and 1.
# What happens: True and False give the same values, counts of pairs. No error, no warning.
# Why it matters here: brokerage of cities is compared between networks of different size, or with
#   values from networkx; 2 beside 0.67 looks like another finding.
# Instead: divide by (n - 1)(n - 2) / 2.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
  scikit-network==0.33.5 networkx==3.6.1
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import networkx
import scipy.sparse
from sknetwork.ranking import Betweenness


def expect(what, seen, expected):
    print(f"{what}: {seen!r}")
    if seen != expected:
        sys.exit(f"CHANGED: {what}: expected {expected!r}")


print("scikit-network", version("scikit-network"))
chain = networkx.path_graph(4)
matrix = scipy.sparse.csr_matrix(networkx.to_scipy_sparse_array(chain)).astype(bool)
values = {said: Betweenness(normalized=said).fit_predict(matrix).tolist() for said in (True, False)}
expect("normalized=True", values[True], [0, 2, 2, 0])
expect("normalized=False", values[False], [0, 2, 2, 0])
print("-- controls: networkx, and the values divided by the pairs of others")
by_networkx = networkx.betweenness_centrality(chain)
expect("networkx", [round(value, 2) for value in by_networkx.values()], [0, 0.67, 0.67, 0])
expect("divided by 3", [round(value / 3, 2) for value in values[True]], [0, 0.67, 0.67, 0])
PY
