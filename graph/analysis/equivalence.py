"""Structural equivalence of hubs: which of them are tied to the same places, beyond chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.bipartite import SharedNeighbours, bicm, validated
from citypact.graph.analysis.significance import SampledTest


@dataclass(frozen=True)
class ListEquivalence:
    """How alike the lists of hubs are.

    jaccard: by pair (sorted) the places on both lists by those on either, the two themselves left
    out. excess: by pair what the places on both have beyond the number that lengths of lists and
    places' numbers of lists give on average (`bipartite.bicm`), by those on either. shared: the
    pairs with places in common, compared with the same (`bipartite.validated`). roles: groups of
    hubs by average-linkage clustering of 1 - jaccard, cut where one pair of hubs in twenty is more
    alike.
    """

    jaccard: Mapping[tuple[Any, Any], float]
    excess: Mapping[tuple[Any, Any], float]
    shared: Sequence[SharedNeighbours]
    roles: Sequence[tuple[Any, ...]]

    @property
    def validated(self) -> list[SharedNeighbours]:
        """The pairs that share more than the null model gives."""
        return [each for each in self.shared if each.is_validated]


def equivalence(lists: Mapping[Any, frozenset[Any]]) -> ListEquivalence | None:
    """Which hubs list the same places (Lorrain and White 1971, Journal of Mathematical Sociology
    1(1), 49-80). None for fewer than three lists.

    lists: by hub the places that it lists.

    >>> found = equivalence({"a": frozenset("xy"), "b": frozenset("xy"), "c": frozenset("z")})
    >>> found.jaccard["a", "b"], found.roles[0]
    (1.0, ('a', 'b'))
    """
    hubs = sorted(hub for hub, places in lists.items() if places)
    if len(hubs) < 3:
        return None
    network = nx.Graph()
    network.add_nodes_from((("hub", hub) for hub in hubs), bipartite=0)
    for hub in hubs:
        for place in sorted(lists[hub], key=str):
            network.add_node(("place", place), bipartite=1)
            network.add_edge(("hub", hub), ("place", place))
    model = bicm(network)
    expected = model.matrix @ model.matrix.T
    index = {hub: at for at, (_, hub) in enumerate(model.rows)}
    jaccard, excess = {}, {}
    for one, other in combinations(hubs, 2):
        first, second = lists[one] - {other}, lists[other] - {one}
        both, either = len(first & second), len(first | second)
        beyond = both - float(expected[index[one], index[other]])
        jaccard[one, other] = both / either if either else 0.0
        excess[one, other] = beyond / either if either else 0.0
    shared = [replace(each, one=each.one[1], other=each.other[1]) for each in validated(network, 0)]
    return ListEquivalence(jaccard, excess, shared, _roles(hubs, jaccard))


def _roles(hubs: Sequence[Any], jaccard: Mapping[tuple[Any, Any], float]) -> list[tuple[Any, ...]]:
    from scipy.cluster.hierarchy import fcluster, linkage

    distances = np.array([1 - jaccard[pair] for pair in combinations(hubs, 2)])
    tree = linkage(distances, "average")
    labels = fcluster(tree, float(np.quantile(distances, 0.05)), "distance")
    groups: dict[int, list[Any]] = {}
    for hub, label in zip(hubs, labels.tolist(), strict=True):
        groups.setdefault(label, []).append(hub)
    found = [tuple(group) for group in groups.values() if len(group) > 1]
    return sorted(found, key=lambda group: (-len(group), group))


@dataclass(frozen=True)
class GroupSimilarity(SampledTest):
    """Whether hubs of one group share more or less than others: mean Jaccard within, and otherwise.

    p: two-sided, of permuting the groups of hubs (QAP: Krackhardt 1988, Social Networks 10(4),
    359-381). without: the difference without each hub.
    """

    within: float
    between: float
    p: float
    draws: int
    without: Mapping[Any, float]

    @property
    def difference(self) -> float:
        return self.within - self.between


def group_similarity(
    jaccard: Mapping[tuple[Any, Any], float], groups: Mapping[Any, Any], draws: int, seed: int
) -> GroupSimilarity | None:
    """Whether hubs with the same value in `groups`, such as their country, list the same places.

    A hub with an empty value is in no group. None where no two hubs, or all, share a group.
    """
    hubs = sorted({hub for pair in jaccard for hub in pair})
    index = {hub: at for at, hub in enumerate(hubs)}
    values = {value: at for at, value in enumerate(sorted({str(groups[hub]) for hub in hubs}))}
    codes = np.array([values[str(groups[hub])] if groups[hub] else -1 for hub in hubs])
    ends = np.array([[index[one], index[other]] for one, other in jaccard])
    alike = np.array(list(jaccard.values()))

    def are_same(assigned: Any) -> Any:
        one, other = assigned[ends[:, 0]], assigned[ends[:, 1]]
        return (one == other) & (one >= 0)

    def difference(assigned: Any, used: Any) -> float:
        same = are_same(assigned)
        if not (same & used).any() or not (~same & used).any():
            return float("nan")
        return float(alike[same & used].mean() - alike[~same & used].mean())

    everyone = np.ones(len(alike), dtype=bool)
    observed = difference(codes, everyone)
    if np.isnan(observed):
        return None
    generator = np.random.default_rng(seed)
    extreme = sum(
        abs(difference(generator.permutation(codes), everyone)) >= abs(observed) - 1e-12
        for _ in range(draws)
    )
    without = {hub: difference(codes, (ends != index[hub]).all(axis=1)) for hub in hubs}
    same = are_same(codes)
    return GroupSimilarity(
        float(alike[same].mean()),
        float(alike[~same].mean()),
        (1 + extreme) / (1 + draws),
        draws,
        {hub: value for hub, value in without.items() if not np.isnan(value)},
    )


__all__ = ["GroupSimilarity", "ListEquivalence", "equivalence", "group_similarity"]
