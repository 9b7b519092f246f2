"""How many partners actors have: how unequal the numbers are, and whether their tail is long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from citypact.graph.analysis.inequality import balanced_inequality, gini, relative_entropy
from citypact.graph.analysis.simple import igraph_seeded, simple


@dataclass(frozen=True)
class Tail:
    """The power law that fits the tail of whole numbers best: p(x) proportional to x^-exponent.

    least: the number at which the tail begins. size: how many values are in it; below some 50 the
    fit says little (Clauset, Shalizi and Newman 2009, SIAM Review 51, 661-703).
    """

    exponent: float
    least: int
    size: int


@dataclass(frozen=True)
class DegreeDistribution:
    """The degrees of a network's actors, those without ties among them; None without actors.

    gini, balanced_inequality, relative_entropy: see `graph.analysis.inequality`. exponent: of a
    power law from degree 1 on, 1 + n / Σ ln d, over degrees above 0 (Newman 2005, Contemp. Phys.
    46, 323-351, as KONECT has it); tail: of the tail alone. Both are None where all degrees above
    0 are alike. An exponent does not say that a power law holds.
    """

    mean: float | None
    median: float | None
    greatest: int | None
    gini: float | None
    balanced_inequality: float | None
    relative_entropy: float | None
    exponent: float | None
    tail: Tail | None


def degree_distribution(network: nx.Graph) -> DegreeDistribution:
    """How the degrees of a network, undirected and simple, are distributed.

    >>> found = degree_distribution(nx.star_graph(3))
    >>> found.mean, found.greatest, found.gini
    (1.5, 3, 0.25)
    """
    degrees = [degree for _, degree in simple(network).degree()]
    return DegreeDistribution(
        float(np.mean(degrees)) if degrees else None,
        float(np.median(degrees)) if degrees else None,
        max(degrees, default=None),
        gini(degrees),
        balanced_inequality(degrees),
        relative_entropy(degrees),
        exponent(degrees),
        tail(degrees),
    )


def exponent(degrees: Sequence[int]) -> float | None:
    """The exponent of a power law from 1 on; None where no degree is above 1.

    >>> round(exponent([1, 1, 1, 3]), 2)
    4.64
    """
    positive = [degree for degree in degrees if degree > 0]
    logarithms = float(np.log(positive).sum()) if positive else 0.0
    return 1 + len(positive) / logarithms if logarithms else None


def tail(degrees: Sequence[int]) -> Tail | None:
    """The tail that a power law fits best, by maximum likelihood and Kolmogorov-Smirnov (igraph).

    None where the degrees above 0 are all alike.
    """
    import igraph

    positive = [degree for degree in degrees if degree > 0]
    if len(set(positive)) < 2:
        return None
    # The p-value, which is not asked for, takes 0.25 / precision² draws: here one.
    with igraph_seeded(1):
        fit = igraph.power_law_fit(positive, method="discrete", p_precision=0.5)
    least = int(fit.xmin)
    return Tail(float(fit.alpha), least, sum(degree >= least for degree in positive))


__all__ = ["DegreeDistribution", "Tail", "degree_distribution", "exponent", "tail"]
