"""How the columns of rows overlap in a two-mode network: shared, nested, or mutually exclusive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.bipartite import incidence
from citypact.graph.analysis.wiring import Wiring, on_wirings


@on_wirings
def overlap(network: nx.Graph | Wiring, apart: Iterable[tuple[Any, Any]] = ()) -> dict[str, float]:
    """How much the rows of a two-mode network have in common, as numbers by name.

    shared: how many columns two rows share in the mean of all pairs of rows but those in `apart`
    (such as parties of one agreement, which share its topics by definition); of all pairs it
    follows from the degrees of columns. unevenness: its standard deviation among those pairs, the
    greater the more some share much and others nothing. nestedness: NODF, 0 to 100 (Almeida-Neto,
    Guimarães, Guimarães, Loyola & Ulrich 2008, Oikos 117, 1227–1239): whether what nodes of low
    degree have is what those of high degree have too. checkerboards: C-score (Stone & Roberts 1990,
    Oecologia 85, 74–79), in how many ways one of two rows has a column that the other lacks and the
    other way round, in the mean of all pairs of rows. What is not defined, with less than two rows,
    is left out.

    Raises CitypactError for a network that has not two modes.

    >>> nested = nx.Graph([("a", 1), ("a", 2), ("b", 1)])
    >>> nx.set_node_attributes(nested, {"a": 0, "b": 0, 1: 1, 2: 1}, "bipartite")
    >>> overlap(nested)
    {'shared': 1.0, 'unevenness': 0.0, 'nestedness': 100.0, 'checkerboards': 0.0}
    """
    rows, columns, ties = incidence(network)
    index = {row: at for at, row in enumerate(rows)}
    counted = np.triu(np.ones((len(rows), len(rows)), dtype=bool), 1)
    for one, other in apart:
        i, j = sorted((index[one], index[other]))
        counted[i, j] = False
    shared = ties @ ties.T
    degree = ties.sum(axis=1)
    found = {}
    if counted.any():
        found["shared"] = float(shared[counted].mean())
        found["unevenness"] = float(shared[counted].std())
    if len(rows) > 1 and len(columns) > 1:
        found["nestedness"] = _nestedness(ties)
    if len(rows) > 1:
        pairs = np.triu_indices(len(rows), 1)
        ways = (degree[:, None] - shared) * (degree[None, :] - shared)
        found["checkerboards"] = float(ways[pairs].mean())
    return found


def _nestedness(ties: Any) -> float:
    """The mean, over pairs of rows and of columns, of the share of the poorer's that both have.

    Pairs of equal degree count nothing, nor do those with a node that has no ties.
    """
    total, pairs = 0.0, 0
    for matrix in (ties, ties.T):
        degree = matrix.sum(axis=1)
        shared = matrix @ matrix.T
        poorer = np.minimum(degree[:, None], degree[None, :])
        nested = (degree[:, None] > degree[None, :]) & (poorer > 0)
        total += float((shared[nested] / poorer[nested]).sum())
        pairs += len(degree) * (len(degree) - 1) // 2
    return 100 * total / pairs


__all__ = ["overlap"]
