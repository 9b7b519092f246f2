"""Which topics go together in agreements, or keep apart, beside chance that keeps all totals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.analysis.bipartite import incidence
from graph.analysis.draws import draw
from graph.analysis.rewiring import is_rewirable, rewired
from ontology.errors import CitypactError

Topic = Any
Counts = NDArray[np.int64]

LEAST = 10
"""Agreements that a topic needs for its pairs to be tested."""


@dataclass(frozen=True)
class CoOccurrence:
    """Two topics, and in how many agreements they go together, beside networks drawn by chance.

    mean, deviation: of the draws. z: (together − mean) / deviation. p: how likely some pair of the
    tested ones is as far from its mean in chance, on either side: it is corrected for all of them.
    """

    one: Topic
    other: Topic
    together: int
    mean: float
    deviation: float
    z: float
    p: float


def network_of(by_topic: Mapping[Topic, Collection[str]]) -> nx.Graph:
    """Agreements (bipartite 0) and the topics they cover (1), as ("agreement", …), ("topic", …)."""
    found = nx.Graph()
    for topic, agreements in sorted(by_topic.items()):
        if agreements:
            found.add_node(("topic", topic), bipartite=1)
        for agreement in sorted(agreements):
            found.add_node(("agreement", agreement), bipartite=0)
            found.add_edge(("agreement", agreement), ("topic", topic))
    return found


def co_occurrences(
    by_topic: Mapping[Topic, Collection[str]],
    least: int = LEAST,
    draws: int = 1000,
    seed: int = 1,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
) -> list[CoOccurrence]:
    """Each two topics of `least` agreements or more, those farthest from chance first.

    by_topic: the agreements that cover each topic, by any names. Chance keeps how many topics each
    agreement has and how many agreements each topic has, exactly: the network of agreements and
    topics is rewired (fixed rows, fixed columns: Gotelli 2000, Ecology 81, 2606-2621; see
    `graph.analysis.rewiring.rewired`). So an agreement that was read closely, or covers all there
    is, does not make its topics companions. Deviations from the mean are in units of the deviation
    of draws; p is the share of draws in which the greatest of all pairs, on either side, is as
    great: (1 + such draws) / (1 + draws), which holds for all pairs together, however they depend
    on each other (single-step maximum test: Westfall & Young 1993, Resampling-Based Multiple
    Testing). Pairs that no draw moves, and all where nothing can be rewired, are left out.

    `graph.analysis.topics.together` asks the same of all pairs by a model that keeps those numbers
    in the mean only: exact and without draws, but with so little data much less sensitive.

    Raises CitypactError for fewer than two draws, and what `draw` raises.

    >>> words = {"art": "abcdefgh", "tourism": "abcdefgh", "water": "ijklmnop", "law": "aijklmno"}
    >>> first = co_occurrences(words, least=2, draws=200)[0]
    >>> first.one, first.other, first.together, first.p < 0.05
    ('art', 'tourism', 8, True)
    """
    if draws < 2:
        raise CitypactError(f"{draws} draws give no deviation\n    -> give 2 or more")
    network = network_of(by_topic)
    tested = [
        topic for topic, names in sorted(by_topic.items()) if len(set(names)) >= max(least, 1)
    ]
    if len(tested) < 2 or not is_rewirable(network, "bipartite"):
        return []
    observed = shared(network, tested)
    made = draw(partial(_drawn, tested=tested), network, draws, seed, cluster, progress)
    drawn = np.array(made, dtype=np.float64)
    mean, deviation = drawn.mean(axis=0), drawn.std(axis=0, ddof=1)
    moves = deviation > 1e-12
    scale = np.where(moves, deviation, 1.0)
    greatest = np.where(moves, np.abs(drawn - mean) / scale, 0.0).max(axis=1)
    found = []
    for at, (one, other) in enumerate(combinations(tested, 2)):
        if not moves[at]:
            continue
        z = float((observed[at] - mean[at]) / scale[at])
        p = (1 + int((greatest >= abs(z) - 1e-9).sum())) / (1 + draws)
        found.append(
            CoOccurrence(one, other, int(observed[at]), float(mean[at]), float(deviation[at]), z, p)
        )
    return sorted(found, key=lambda each: (each.p, -abs(each.z), each.one, each.other))


def shared(network: nx.Graph, tested: Collection[Topic]) -> Counts:
    """In how many agreements each two of these topics go together, in the order of their pairs."""
    _, columns, ties = incidence(network)
    index = {column: at for at, column in enumerate(columns)}
    chosen = ties[:, [index["topic", topic] for topic in tested]]
    counts: Counts = (chosen.T @ chosen)[np.triu_indices(len(tested), 1)]
    return counts


def _drawn(network: nx.Graph, seed: int, tested: Collection[Topic]) -> Counts:
    return shared(rewired(network, seed, within="bipartite"), tested)


__all__ = ["LEAST", "CoOccurrence", "co_occurrences", "network_of", "shared"]
