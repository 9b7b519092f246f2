"""How good scores of pairs are at finding ties: some ties are hidden, by chance or by time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.draws import draw
from citypact.graph.analysis.prediction import METHODS, Node, Pair, auc, scores
from citypact.ontology.errors import CitypactError

Between = tuple[Sequence[Node], Sequence[Node]]
"""Two sets of nodes: ties from the one to the other are asked for."""

MOST = 100_000
"""Pairs that are not tied are all scored up to this number, else so many drawn with the seed."""
TRIALS = 50
"""How often so many pairs are drawn at most, where few are not tied."""


@dataclass(frozen=True)
class Evaluation:
    """How well a score finds ties that were hidden.

    auc: area under the ROC curve, the probability that a hidden tie has a higher score than a pair
    that is not tied, ties of scores counted by half; 0.5 is chance. deviation: of auc over rounds.
    precision: share of hidden ties among the first k of all pairs, k the number of hidden ties, in
    the mean over orders of equal scores. chance: what any order by chance would give for it. All
    are means over rounds; None where nothing could be hidden.
    hidden, unlinked: pairs in a round; is_drawn: whether the unlinked ones, with which auc is
    measured, are a part of all.
    """

    method: str
    auc: float | None
    deviation: float | None
    precision: float | None
    chance: float | None
    rounds: int
    hidden: int
    unlinked: int
    is_drawn: bool


def precision_at(
    linked: np.ndarray, unlinked: np.ndarray, first: int, others: int = 0
) -> float | None:
    """Share of the linked among the `first` highest scores, in the mean over orders of equal ones.

    others: how many more are not linked and have the score 0.

    >>> precision_at(np.array([3, 1]), np.array([1, 0]), 2)
    0.75
    >>> precision_at(np.array([3, 0]), np.array([]), 2, others=3)
    0.625
    """
    if not 0 < first <= len(linked) + len(unlinked) + others:
        return None
    known = np.sort(np.concatenate([linked, unlinked, np.zeros(min(first, others))]))
    limit = known[-first]
    above = int((linked > limit).sum())
    places = first - above - int((unlinked > limit).sum())
    at, all_at = int((linked == limit).sum()), int((unlinked == limit).sum())
    all_at += others if limit == 0 else 0
    return float((above + places * at / (at + all_at)) / first)


def evaluate(
    network: nx.Graph,
    share: float = 0.1,
    rounds: int = 20,
    seed: int = 1,
    between: Between | None = None,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
) -> list[Evaluation]:
    """Hides random ties repeatedly and evaluates how well each score finds them.

    network: simple. share: of the ties hidden in a round, at least one. between: two sets of nodes,
    where only ties from the one to the other are hidden and asked for, such as those of one city.
    The protocol of Liben-Nowell and Kleinberg (2007, J. Am. Soc. Inf. Sci. Technol.
    58(7), 1019-1031); hidden ties are missing by chance, real gaps are not, so that scores do worse
    at those.

    Raises CitypactError for a share that is not between 0 and 1.
    """
    if not 0 < share < 1:
        raise CitypactError(
            "share {share}: cannot be hidden\n    -> give one between 0 and 1", share=share
        )
    pairs = _linked(network, between)
    if not pairs:
        return []
    number = max(1, round(share * len(pairs)))
    argument = (network, pairs, number, between)
    return _evaluations(draw(_hide, argument, rounds, seed, cluster, progress), number)


def evaluate_latest(
    network: nx.Graph,
    share: float = 0.1,
    seed: int = 1,
    between: Between | None = None,
) -> tuple[int | None, list[Evaluation]]:
    """Hides the latest ties and evaluates the scores; also gives the first hidden year.

    Ties with a `year` count; those of the last years are hidden, at least the share of them, whole
    years. Ties without one stay: some of them may be later. None and no evaluation where no years
    differ.
    """
    pairs = _linked(network, between)
    years = {pair: network.edges[pair].get("year") for pair in pairs}
    dated = sorted(year for year in years.values() if year is not None)
    if not dated or dated[0] == dated[-1]:
        return None, []
    first = dated[-max(1, round(share * len(dated)))]
    first = next((year for year in dated if year > dated[0]), first) if first == dated[0] else first
    hidden = [pair for pair in pairs if (year := years[pair]) is not None and year >= first]
    return first, _evaluations([_round(network, hidden, between, seed)], len(hidden))


def _linked(network: nx.Graph, between: Between | None) -> list[Pair]:
    if between is None:
        return list(network.edges())
    return _between(network.edges(), between)


def _between(pairs: Iterable[Pair], between: Between) -> list[Pair]:
    """The pairs that have one end in the one set and one in the other."""
    one, other = (frozenset(side) for side in between)
    return [(u, v) for u, v in pairs if (u in one and v in other) or (v in one and u in other)]


_Round = tuple[dict[str, tuple[float | None, float | None]], int, int]
"""For each method auc and precision; unlinked pairs that were scored for auc, and all there are."""


def _hide(argument: Any, seed: int) -> _Round:
    network, pairs, number, between = argument
    chosen = np.random.default_rng(seed).choice(len(pairs), number, replace=False)
    return _round(network, [pairs[i] for i in sorted(chosen)], between, seed)


def _round(
    network: nx.Graph,
    hidden: Sequence[Pair],
    between: Between | None,
    seed: int,
) -> _Round:
    left = network.copy()
    left.remove_edges_from(hidden)
    number = len(hidden)

    def scored(unlinked: Sequence[Pair]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        found = scores(left, [*hidden, *unlinked])
        return {name: (values[:number], values[number:]) for name, values in found.items()}

    every = _number_unlinked(network, between)
    if every <= MOST:
        unlinked = _all_unlinked(network, between)
        measured = {
            name: (auc(tied, rest), precision_at(tied, rest, number))
            for name, (tied, rest) in scored(unlinked).items()
        }
        return measured, len(unlinked), every
    unlinked = _drawn_unlinked(network, between, seed)
    areas = {name: auc(tied, rest) for name, (tied, rest) in scored(unlinked).items()}
    first = _contenders(network, left, number, between)
    precisions = {
        name: precision_at(tied, rest, number, every - len(first))
        for name, (tied, rest) in scored(first).items()
    }
    measured = {name: (area, precisions.get(name)) for name, area in areas.items()}
    return measured, len(unlinked), every


def _number_unlinked(network: nx.Graph, between: Between | None) -> int:
    """How many pairs are not tied."""
    if between is None:
        return int(len(network) * (len(network) - 1) // 2 - network.number_of_edges())
    one, other = (set(side) for side in between)
    twice = len(one & other)
    return len(one) * len(other) - twice * (twice + 1) // 2 - len(_linked(network, between))


def _all_unlinked(network: nx.Graph, between: Between | None) -> list[Pair]:
    if between is None:
        return [pair for pair in combinations(list(network), 2) if not network.has_edge(*pair)]
    one, other = between
    pairs = sorted({(min(u, v), max(u, v)) for u in one for v in other if u != v})
    return [pair for pair in pairs if not network.has_edge(*pair)]


def _contenders(
    network: nx.Graph, left: nx.Graph, number: int, between: Between | None
) -> list[Pair]:
    """The pairs not tied that may be among the first `number` by a score.

    Those with a common neighbour, since all others have the score 0, and by the product of degrees
    those with the greatest; a pair that is tied in `network` is none.
    """
    found = _at_two_steps(left) | _of_greatest_degrees(network, left, number, between)
    asked = _between(found, between) if between else found
    return sorted(pair for pair in asked if not network.has_edge(*pair))


def _at_two_steps(network: nx.Graph) -> set[Pair]:
    pairs = (pair for node in network for pair in combinations(sorted(network[node]), 2))
    return set(pairs)


def _of_greatest_degrees(
    network: nx.Graph, left: nx.Graph, number: int, between: Between | None
) -> set[Pair]:
    """Pairs by the product of their degrees, the greatest first, until so many are not tied, and
    all that equal the last of these."""
    one, other = between or (list(left), list(left))
    rows, columns = (sorted(set(s), key=lambda n: (-left.degree(n), n)) for s in (one, other))
    found: set[Pair] = set()
    queue = [(-left.degree(row) * left.degree(columns[0]), i, 0) for i, row in enumerate(rows)]
    heapq.heapify(queue)
    last = None
    while queue and queue[0][0] and (last is None or queue[0][0] == last):
        product, i, j = queue[0]
        u, v = rows[i], columns[j]
        if u != v and not network.has_edge(u, v):
            found.add((min(u, v), max(u, v)))
            if len(found) == number:
                last = product
        if j + 1 < len(columns):
            heapq.heapreplace(queue, (-left.degree(u) * left.degree(columns[j + 1]), i, j + 1))
        else:
            heapq.heappop(queue)
    return found


def _drawn_unlinked(network: nx.Graph, between: Between | None, seed: int) -> list[Pair]:
    """`MOST` of the pairs that are not tied."""
    nodes = list(network)
    one, other = between or (nodes, nodes)
    chance = np.random.default_rng(seed)
    found: dict[Pair, None] = {}
    for _ in range(TRIALS):
        if len(found) >= MOST:
            break
        ends = zip(chance.choice(len(one), MOST), chance.choice(len(other), MOST), strict=True)
        for u, v in ((one[i], other[j]) for i, j in ends):
            if u != v and not network.has_edge(u, v):
                found[min(u, v), max(u, v)] = None
    return list(found)[:MOST]


def _evaluations(rounds: Sequence[_Round], hidden: int) -> list[Evaluation]:
    found = []
    for method in METHODS:
        pairs = [measured[method] for measured, *_ in rounds if method in measured]
        areas = [area for area, _ in pairs if area is not None]
        precisions = [precision for _, precision in pairs if precision is not None]
        if not pairs:
            continue
        _, unlinked, every = rounds[0]
        found.append(
            Evaluation(
                method,
                float(np.mean(areas)) if areas else None,
                _deviation(areas),
                float(np.mean(precisions)) if precisions else None,
                hidden / (hidden + every) if precisions else None,
                len(rounds),
                hidden,
                unlinked,
                unlinked < every,
            )
        )
    return found


def _deviation(values: Sequence[float]) -> float | None:
    """The standard deviation, exactly 0 where all values are the same."""
    if len(values) < 2:
        return None
    return float(np.std(values, ddof=1)) if min(values) < max(values) else 0.0


__all__ = [
    "Between",
    "Evaluation",
    "evaluate",
    "evaluate_latest",
    "precision_at",
]
