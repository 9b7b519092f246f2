"""Which topics go together in agreements, or keep apart, beside chance that keeps all totals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from citypact.graph.analysis.bipartite import incidence
from citypact.graph.analysis.draws import draw
from citypact.graph.analysis.rewiring import is_rewirable, rewired_edges
from citypact.graph.analysis.significance import SampledTest
from citypact.graph.analysis.wiring import Wiring
from citypact.ontology.errors import CitypactError

Topic = Any
Counts = NDArray[np.int64]

SAME = 1e-9
"""Values that differ by less are the same: sums differ by their order."""
LEAST = 10
"""Agreements that a topic needs for its pairs to be tested."""


@dataclass(frozen=True)
class CoOccurrence(SampledTest):
    """Two topics, and in how many agreements they go together, beside networks drawn by chance.

    mean, deviation: of the draws. z: (together − mean) / deviation. p: how likely some pair of the
    tested ones is as far from its mean in chance, on either side: it is corrected for all of them.
    draws: of which p is a share.
    """

    one: Topic
    other: Topic
    together: int
    mean: float
    deviation: float
    z: float
    p: float
    draws: int


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
    only: Collection[Topic] = (),
) -> list[CoOccurrence]:
    """Each two topics of `least` agreements or more, those farthest from chance first.

    by_topic: the agreements that cover each topic, by any names. only: topics to which the pairs
    are confined, if any are given. Chance keeps how many topics each
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
    network = network_of(by_topic)
    tested = [
        topic
        for topic, names in sorted(by_topic.items())
        if len(set(names)) >= max(least, 1) and (not only or topic in only)
    ]
    if len(tested) < 2 or not is_rewirable(network, "bipartite"):
        return []
    observed = shared(network, tested)
    made = draw(partial(_drawn, tested=tested), network, draws, seed, cluster, progress)
    found = [
        CoOccurrence(one, other, int(count), *beside, draws)
        for (one, other), count, beside in zip(
            combinations(tested, 2), observed, beside_draws(observed, made), strict=True
        )
        if beside
    ]
    return sorted(found, key=lambda each: (each.p, -abs(each.z), each.one, each.other))


def beside_draws(
    observed: Counts, drawn: Sequence[Counts]
) -> list[tuple[float, float, float, float] | None]:
    """Mean and deviation of each count in draws, its z, and p corrected for all of them.

    drawn: the same counts in each of two draws or more. p: the share of draws in which the greatest
    |z| of all counts is as great, (1 + such draws) / (1 + draws). None for a count that no draw
    moves.

    Raises CitypactError for fewer than two draws.
    """
    if len(drawn) < 2:
        raise CitypactError(
            "{count} {count:draw gives|draws give} no deviation\n    -> give 2 or more",
            count=len(drawn),
        )
    values = np.array(drawn, dtype=np.float64)
    mean, deviation = values.mean(axis=0), values.std(axis=0, ddof=1)
    moves = deviation > SAME
    scale = np.where(moves, deviation, 1.0)
    greatest = np.where(moves, np.abs(values - mean) / scale, 0.0).max(axis=1, initial=0.0)
    found: list[tuple[float, float, float, float] | None] = []
    for at, count in enumerate(observed):
        z = float((count - mean[at]) / scale[at])
        p = (1 + int((greatest >= abs(z) - SAME).sum())) / (1 + len(values))
        found.append((float(mean[at]), float(deviation[at]), z, p) if moves[at] else None)
    return found


def shared(network: nx.Graph | Wiring, tested: Collection[Topic]) -> Counts:
    """In how many agreements each two of these topics go together, in the order of their pairs."""
    _, columns, ties = incidence(network)
    index = {column: at for at, column in enumerate(columns)}
    chosen = ties[:, [index["topic", topic] for topic in tested]]
    counts: Counts = (chosen.T @ chosen)[np.triu_indices(len(tested), 1)]
    return counts


def _drawn(network: nx.Graph, seed: int, tested: Collection[Topic]) -> Counts:
    return shared(rewired_edges(network, seed, within="bipartite"), tested)


__all__ = [
    "LEAST",
    "CoOccurrence",
    "beside_draws",
    "co_occurrences",
    "network_of",
    "shared",
]
