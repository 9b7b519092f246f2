"""What actors cooperate on: how broad, how alike, and whether they lean to some topics.

Agreements are given by actor and by group of topics, as `graph.analysis.topics` makes them of the
two-mode network: `agreements_by_actor`, without whoever is party to nearly all, and `grouped`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, product
from typing import Any

import networkx as nx
import numpy as np

from citypact.graph.analysis.bipartite import incidence
from citypact.graph.analysis.co_occurrence import Counts, beside_draws, network_of
from citypact.graph.analysis.draws import draw
from citypact.graph.analysis.rewiring import is_rewirable, rewired_edges
from citypact.graph.analysis.shared_results import shareable
from citypact.graph.analysis.significance import SampledTest
from citypact.graph.analysis.wiring import Wiring, wiring_of

Node = Any
Members = tuple[frozenset[str], ...]
"""Sets of agreements."""


@dataclass(frozen=True)
class Profile:
    """What one actor cooperates on.

    agreements: their number. counts: agreements by group of topics (one agreement may count in
    several). diversity: Shannon's entropy of the counts, in bits; 0 for one group, and too low with
    few agreements (Miller 1955). nearest: the other actor whose counts point most nearly the same
    way, the first by name where several do, and likeness, the cosine, agreements that are of both
    left out, since they are alike by definition; None where nothing is left that both have.
    """

    node: Node
    agreements: int
    counts: dict[Node, int]
    diversity: float
    nearest: Node | None
    likeness: float


@dataclass(frozen=True)
class Leaning(SampledTest):
    """How many agreements an actor, or a kind of actors, has on a group of topics, beside chance.

    agreements: its agreements on the group; of: all its agreements. mean, deviation: of agreements
    on the group in the draws. z: (agreements − mean) / deviation. p: how likely some actor and
    group are as far from their mean in chance, on either side: it is corrected for all of them.
    draws: of which p is a share.
    """

    node: Node
    group: Node
    agreements: int
    of: int
    mean: float
    deviation: float
    z: float
    p: float
    draws: int


def advantage(
    by_actor: Mapping[Node, Collection[str]], by_group: Mapping[Node, Collection[str]]
) -> dict[tuple[Node, Node], float]:
    """How far an actor leans to a group of topics: its share there by the share of all actors.

    The revealed comparative advantage of Balassa (1965, The Manchester School 33, 99-123), with
    agreements counted: (n_at / n_a) / (n_t / n), above 1 for more than the others. Pairs without
    an agreement are left out (0). With few agreements it swings wildly: read the counts beside it.
    """
    counts = {
        (actor, group): len(set(mine) & set(theirs))
        for actor, mine in by_actor.items()
        for group, theirs in by_group.items()
    }
    of_actor, of_group = Counter[Node](), Counter[Node]()
    for (actor, group), count in counts.items():
        of_actor[actor] += count
        of_group[group] += count
    whole = sum(counts.values())
    return {
        (actor, group): count * whole / (of_actor[actor] * of_group[group])
        for (actor, group), count in sorted(counts.items())
        if count
    }


def leanings(
    by_actor: Mapping[Node, Collection[str]],
    by_group: Mapping[Node, Collection[str]],
    draws: int = 1000,
    seed: int = 1,
    cluster: str = "",
    progress: Callable[[str], None] = lambda step: None,
) -> list[Leaning]:
    """Each actor (or kind of actors) with each group of topics, beside chance, the clearest first.

    Chance keeps how many groups each agreement has and how many agreements each group has (see
    `graph.analysis.co_occurrence.co_occurrences`, where p is explained too), so that an actor whose
    agreements say more than those of others does not lean to everything. What no draw moves is left
    out, and all where nothing can be rewired.

    Raises CitypactError for fewer than two draws, and what `draw` raises.

    >>> whole = {"art": "abcdef", "water": "ghijkl"}
    >>> first = leanings({"one": "abcde", "other": "fghijkl"}, whole, draws=200)[0]
    >>> first.agreements, round(first.mean), first.p < 0.05
    (5, 3, True)
    """
    network = network_of(by_group)
    actors = sorted(by_actor)
    groups = [group for group, names in sorted(by_group.items()) if names]
    if not (actors and is_rewirable(network, "bipartite")):
        return []
    members = tuple(frozenset(by_actor[actor]) for actor in actors)
    observed = _of_groups(network, members)
    drawn = draw(partial(_drawn, members=members), network, draws, seed, cluster, progress)
    found = [
        Leaning(actor, group, int(count), len(set(by_actor[actor])), *beside, draws)
        for (actor, group), count, beside in zip(
            product(actors, groups), observed, beside_draws(observed, drawn), strict=True
        )
        if beside
    ]
    return sorted(found, key=lambda each: (each.p, -abs(each.z), each.node, each.group))


def _of_groups(network: nx.Graph | Wiring, members: Members) -> Counts:
    """For each of these sets of agreements how many are on each group, one set after another."""
    wiring = wiring_of(network)
    counts: Counts = (_chosen(wiring.base, members) @ incidence(wiring)[2]).ravel()
    return counts


@shareable
def _chosen(network: nx.Graph, members: Members) -> Counts:
    """A matrix with 1 for each agreement (the rows of the network) that is in one of these sets."""
    agreements = [name for _, name in incidence(network)[0]]
    return np.array([[name in each for name in agreements] for each in members], dtype=np.int64)


def _drawn(network: nx.Graph, seed: int, members: Members) -> Counts:
    return _of_groups(rewired_edges(network, seed, within="bipartite"), members)


def profiles(
    by_actor: Mapping[Node, Collection[str]], by_group: Mapping[Node, Collection[str]]
) -> list[Profile]:
    """What each actor cooperates on, those with most agreements first."""
    counts = {actor: _counts(mine, by_group) for actor, mine in sorted(by_actor.items())}
    nearest: dict[Node, tuple[float, Node]] = {}
    for one, other in combinations(counts, 2):
        both = set(by_actor[one]) & set(by_actor[other])
        like = _cosine(
            *(
                _counts(set(by_actor[each]) - both, by_group) if both else counts[each]
                for each in (one, other)
            )
        )
        for mine, theirs in ((one, other), (other, one)):
            if like > 0 and (mine not in nearest or like > nearest[mine][0] + 1e-12):
                nearest[mine] = like, theirs
    found = [
        Profile(
            actor,
            len(set(by_actor[actor])),
            of,
            _entropy(list(of.values())),
            nearest[actor][1] if actor in nearest else None,
            nearest[actor][0] if actor in nearest else 0.0,
        )
        for actor, of in counts.items()
    ]
    return sorted(found, key=lambda profile: (-profile.agreements, profile.node))


def _counts(
    agreements: Collection[str], by_group: Mapping[Node, Collection[str]]
) -> dict[Node, int]:
    """Agreements by group, groups without any left out."""
    mine = set(agreements)
    return {
        group: number for group, theirs in by_group.items() if (number := len(mine & set(theirs)))
    }


def _cosine(one: Mapping[Node, int], other: Mapping[Node, int]) -> float:
    product = sum(count * other.get(group, 0) for group, count in one.items())
    size = math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return product / size if product else 0.0


def _entropy(counts: Sequence[int]) -> float:
    whole = sum(counts)
    return max(0.0, -sum(n / whole * math.log2(n / whole) for n in counts)) if whole else 0.0


__all__ = ["Leaning", "Profile", "advantage", "leanings", "profiles"]
