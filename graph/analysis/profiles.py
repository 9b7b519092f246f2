"""What actors cooperate on: how broad, how alike, and whether they lean to some topics.

Agreements are given by actor and by group of topics, as `graph.analysis.topics` makes them of the
two-mode network: `agreements_by_actor`, without whoever is party to nearly all, and `grouped`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from graph.analysis.bipartite import benjamini_hochberg

Node = Any


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
class Leaning:
    """How many agreements an actor, or a kind of actors, has on a group of topics, beside chance.

    agreements: its agreements on the group; of: all its agreements. expected: of as many agreements
    drawn from all. p: how likely such a draw is as far off on either side, twice the smaller tail
    of the hypergeometric distribution, at most 1; adjusted: after Benjamini and Hochberg (1995).
    """

    node: Node
    group: Node
    agreements: int
    of: int
    expected: float
    p: float
    adjusted: float


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
    by_actor: Mapping[Node, Collection[str]], by_group: Mapping[Node, Collection[str]]
) -> list[Leaning]:
    """Each actor with each group of topics, beside chance (Fisher's exact test), clearest first.

    Chance draws as many agreements as the actor has from all that the actors and groups name,
    without putting any back. Agreements that were read closely have more groups than others, which
    this does not hold: leave their documents out to see what remains.

    >>> actors = {"a": {"1", "2", "3"}, "b": {"4", "5", "6"}}
    >>> first = leanings(actors, {"art": {"1", "2", "3"}})[0]
    >>> first.node, first.expected, round(first.p, 6)
    ('a', 1.5, 0.1)
    """
    whole = {name for names in (*by_actor.values(), *by_group.values()) for name in names}
    found = []
    for actor, mine in sorted(by_actor.items()):
        for group, theirs in sorted(by_group.items()):
            count = len(set(mine) & set(theirs))
            drawn, marked = len(set(mine)), len(set(theirs))
            p = _hypergeometric(count, len(whole), marked, drawn)
            expected = drawn * marked / len(whole) if whole else 0.0
            found.append((p, actor, group, count, drawn, expected))
    found.sort()
    adjusted = benjamini_hochberg([each[0] for each in found], len(found))
    return [
        Leaning(actor, group, count, drawn, expected, p, q)
        for (p, actor, group, count, drawn, expected), q in zip(found, adjusted, strict=True)
    ]


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


def _hypergeometric(count: int, whole: int, marked: int, drawn: int) -> float:
    """Twice the smaller tail of marked ones among those drawn, in whole numbers until the end."""
    ways = [
        math.comb(marked, n) * math.comb(whole - marked, drawn - n)
        for n in range(min(marked, drawn) + 1)
    ]
    return min(1.0, 2 * min(sum(ways[count:]), sum(ways[: count + 1])) / math.comb(whole, drawn))


__all__ = ["Leaning", "Profile", "advantage", "leanings", "profiles"]
