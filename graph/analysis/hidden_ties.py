"""How good scores of pairs are at finding ties: some ties are hidden, by chance or by time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np

from graph.analysis.draws import draw
from graph.analysis.prediction import METHODS, Node, Pair, Profiles, auc, scores
from ontology.errors import CitypactError

ProfilesWithout = Callable[[Sequence[Pair]], Profiles]
"""The profiles that are left when ties between some pairs are hidden."""
Between = tuple[Sequence[Node], Sequence[Node]]
"""Two sets of nodes: ties from the one to the other are asked for."""

MOST = 100_000
"""Pairs that are not tied are all scored up to this number, else so many drawn with the seed."""
TRIALS = 50
"""How often so many pairs are drawn at most, where few are not tied."""


@dataclass(frozen=True)
class Judgement:
    """How well a score finds ties that were hidden.

    auc: area under the ROC curve, the probability that a hidden tie has a higher score than a pair
    that is not tied, ties of scores counted by half; 0.5 is chance. deviation: of auc over rounds.
    precision: share of hidden ties among the first k pairs, k the number of hidden ties, in the
    mean over orders of equal scores; None where pairs were drawn. chance: what any order by chance
    would give for it. All are means over rounds; None where nothing could be hidden.
    hidden, unlinked: pairs in a round; is_drawn: whether the unlinked ones are a part of all.
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


def precision_at(linked: np.ndarray, unlinked: np.ndarray, first: int) -> float | None:
    """Share of the linked among the `first` highest scores, in the mean over orders of equal ones.

    >>> precision_at(np.array([3, 1]), np.array([1, 0]), 2)
    0.75
    """
    if not 0 < first <= len(linked) + len(unlinked):
        return None
    limit = np.sort(np.concatenate([linked, unlinked]))[-first]
    above = int((linked > limit).sum())
    places = first - above - int((unlinked > limit).sum())
    at, all_at = int((linked == limit).sum()), int((unlinked == limit).sum())
    return float((above + places * at / (at + all_at)) / first)


def judge(
    network: nx.Graph,
    share: float = 0.1,
    rounds: int = 20,
    seed: int = 1,
    between: Between | None = None,
    profiles: ProfilesWithout | None = None,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
) -> list[Judgement]:
    """Hides ties by chance, again and again, and judges by how well each score finds them.

    network: simple. share: of the ties hidden in a round, at least one. between: two sets of nodes,
    where only ties from the one to the other are hidden and asked for, such as those of one city.
    profiles: gives the profiles that remain without hidden ties; else what a tie is about would
    give it away. The protocol of Liben-Nowell and Kleinberg (2007, J. Am. Soc. Inf. Sci. Technol.
    58(7), 1019-1031); hidden ties are missing by chance, real gaps are not, so that scores do worse
    at those.

    Raises CitypactError for a share that is not between 0 and 1.
    """
    if not 0 < share < 1:
        raise CitypactError(f"share {share}: cannot be hidden\n    -> give one between 0 and 1")
    pairs = _linked(network, between)
    if not pairs:
        return []
    number = max(1, round(share * len(pairs)))
    argument = (network, pairs, number, between, profiles)
    return _judgements(draw(_hide, argument, rounds, seed, cluster, progress), number)


def judge_latest(
    network: nx.Graph,
    share: float = 0.1,
    seed: int = 1,
    between: Between | None = None,
    profiles: ProfilesWithout | None = None,
) -> tuple[int | None, list[Judgement]]:
    """Hides the latest ties and judges by them; gives the first year that is hidden too.

    Ties with a `year` count; those of the last years are hidden, at least the share of them, whole
    years. Ties without one stay: some of them may be later. None and no judgement where no years
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
    return first, _judgements([_round(network, hidden, between, profiles, seed)], len(hidden))


def _linked(network: nx.Graph, between: Between | None) -> list[Pair]:
    if between is None:
        return list(network.edges())
    one, other = (frozenset(side) for side in between)
    return [
        (u, v) for u, v in network.edges() if (u in one and v in other) or (v in one and u in other)
    ]


_Round = tuple[dict[str, tuple[float | None, float | None]], int, bool]


def _hide(argument: Any, seed: int) -> _Round:
    network, pairs, number, between, profiles = argument
    chosen = np.random.default_rng(seed).choice(len(pairs), number, replace=False)
    return _round(network, [pairs[i] for i in sorted(chosen)], between, profiles, seed)


def _round(
    network: nx.Graph,
    hidden: Sequence[Pair],
    between: Between | None,
    profiles: ProfilesWithout | None,
    seed: int,
) -> _Round:
    unlinked, is_drawn = _unlinked(network, between, seed)
    left = network.copy()
    left.remove_edges_from(hidden)
    found = scores(left, [*hidden, *unlinked], profiles(hidden) if profiles else None)
    number = len(hidden)
    judged = {
        name: (
            auc(values[:number], values[number:]),
            None if is_drawn else precision_at(values[:number], values[number:], number),
        )
        for name, values in found.items()
    }
    return judged, len(unlinked), is_drawn


def _unlinked(network: nx.Graph, between: Between | None, seed: int) -> tuple[list[Pair], bool]:
    """Pairs that are not tied: all of them, or `MOST` drawn where there are more."""
    nodes = list(network)
    one, other = between or (nodes, nodes)
    if len(one) * len(other) <= 2 * MOST:
        if between is None:
            return [pair for pair in combinations(nodes, 2) if not network.has_edge(*pair)], False
        pairs = sorted({(min(u, v), max(u, v)) for u in one for v in other if u != v})
        return [pair for pair in pairs if not network.has_edge(*pair)], False
    chance = np.random.default_rng(seed)
    found: dict[Pair, None] = {}
    for _ in range(TRIALS):
        if len(found) >= MOST:
            break
        ends = zip(chance.choice(len(one), MOST), chance.choice(len(other), MOST), strict=True)
        for u, v in ((one[i], other[j]) for i, j in ends):
            if u != v and not network.has_edge(u, v):
                found[min(u, v), max(u, v)] = None
    return list(found)[:MOST], True


def _judgements(rounds: Sequence[_Round], hidden: int) -> list[Judgement]:
    found = []
    for method in METHODS:
        pairs = [judged[method] for judged, *_ in rounds if method in judged]
        areas = [area for area, _ in pairs if area is not None]
        precisions = [precision for _, precision in pairs if precision is not None]
        if not pairs:
            continue
        _, unlinked, is_drawn = rounds[0]
        found.append(
            Judgement(
                method,
                float(np.mean(areas)) if areas else None,
                _deviation(areas),
                float(np.mean(precisions)) if precisions else None,
                None if is_drawn else hidden / (hidden + unlinked),
                len(rounds),
                hidden,
                unlinked,
                is_drawn,
            )
        )
    return found


def _deviation(values: Sequence[float]) -> float | None:
    """The standard deviation, exactly 0 where all values are the same."""
    if len(values) < 2:
        return None
    return float(np.std(values, ddof=1)) if min(values) < max(values) else 0.0


__all__ = ["Between", "Judgement", "ProfilesWithout", "judge", "judge_latest", "precision_at"]
