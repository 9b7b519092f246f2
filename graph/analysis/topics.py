"""Topics of cooperation: what actors cooperate on, and what goes together in agreements.

The two-mode network is that of `graph.network.actors_and_topics`: an edge joins an actor and a
topic that its agreements cover, with their number as `weight` and their names, joined by "|", as
`agreements`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import networkx as nx

from graph.analysis.bipartite import validated

Node = Any


@dataclass(frozen=True)
class Pair:
    """Two topics, and how they go together in agreements.

    one_alone, other_alone: agreements that cover each; together: both. expected: agreements with
    both by the bipartite configuration model, given how many topics each agreement and how many
    agreements each topic has; p: how likely chance gives as many or more; adjusted: after Benjamini
    and Hochberg (1995) for all pairs of topics; is_validated: adjusted is at most 0.05. lift:
    together by what independence would give. jaccard: together by agreements with either.
    relatedness: the smaller of the shares of each one's agreements that cover the other (Hidalgo,
    Klinger, Barabási and Hausmann 2007, Science 317, 482-487, there of advantages).
    """

    one: Node
    other: Node
    one_alone: int
    other_alone: int
    together: int
    expected: float
    p: float
    adjusted: float
    is_validated: bool
    lift: float
    jaccard: float
    relatedness: float


@dataclass(frozen=True)
class Profile:
    """What one actor cooperates on.

    agreements: their number. counts: agreements by group of topics (one agreement may count in
    several). diversity: Shannon's entropy of the counts, in bits; 0 for one group. nearest: the
    other actor whose counts point most nearly the same way, and the cosine; None where none shares
    a group.
    """

    node: Node
    agreements: int
    counts: dict[Node, int]
    diversity: float
    nearest: Node | None
    likeness: float


def agreements_by_topic(network: nx.Graph) -> dict[Node, frozenset[str]]:
    """The agreements that cover each topic, whoever their parties are."""
    found: dict[Node, set[str]] = {}
    for node, data in network.nodes(data=True):
        if data.get("bipartite") == 1:
            found[node] = set()
    for one, other, data in network.edges(data=True):
        topic = one if network.nodes[one].get("bipartite") == 1 else other
        found[topic].update(filter(None, str(data.get("agreements", "")).split("|")))
    return {topic: frozenset(names) for topic, names in sorted(found.items())}


def agreements_by_actor(network: nx.Graph, without: Collection[Node] = ()) -> dict[Node, set[str]]:
    """The agreements of each actor, those in `without` left out."""
    found: dict[Node, set[str]] = defaultdict(set)
    for one, other, data in network.edges(data=True):
        actor = one if network.nodes[one].get("bipartite") == 0 else other
        if actor not in without:
            found[actor].update(filter(None, str(data.get("agreements", "")).split("|")))
    return dict(sorted(found.items()))


def tops(
    topics: Collection[Node], broader: Mapping[Node, Sequence[Node]]
) -> dict[Node, list[Node]]:
    """The top concepts above each topic, itself where nothing is; several where it has several.

    `broader` gives the broader topics of each (skos:broader). A circle ends where it began.

    >>> tops(["metro"], {"metro": ["transport", "technology"]})
    {'metro': ['technology', 'transport']}
    """
    found = {}
    for topic in sorted(topics):
        seen, queue, ends = {topic}, [topic], set()
        while queue:
            node = queue.pop()
            above = [each for each in broader.get(node, ()) if each not in seen]
            if not broader.get(node):
                ends.add(node)
            seen.update(above)
            queue += above
        found[topic] = sorted(ends) or [topic]
    return found


def grouped(
    by_topic: Mapping[Node, Collection[str]], groups: Mapping[Node, Sequence[Node]]
) -> dict[Node, frozenset[str]]:
    """The agreements of each group of topics: one on several topics of a group counts once.

    >>> grouped({"bus": {"a"}, "metro": {"a", "b"}}, {"bus": ["transport"], "metro": ["transport"]})
    {'transport': frozenset({'a', 'b'})}
    """
    found: dict[Node, set[str]] = defaultdict(set)
    for topic, agreements in by_topic.items():
        for group in groups[topic]:
            found[group].update(agreements)
    return {group: frozenset(found[group]) for group in sorted(found)}


def together(by_topic: Mapping[Node, Collection[str]], level: float = 0.05) -> list[Pair]:
    """Pairs of topics that some agreement covers both, those least likely by chance first.

    Agreements and topics make a two-mode network of their own, so that an agreement between several
    parties counts once, and no actor has to be left out. Documents read closely give agreements
    with many topics: the model holds the number of each agreement's topics as it is.
    """
    network = nx.Graph()
    for topic, agreements in sorted(by_topic.items()):
        network.add_node(("topic", topic), bipartite=1)
        for agreement in sorted(agreements):
            network.add_node(("agreement", agreement), bipartite=0)
            network.add_edge(("agreement", agreement), ("topic", topic))
    network.remove_nodes_from([node for node, degree in list(network.degree()) if not degree])
    if not network:
        return []
    whole = len({name for names in by_topic.values() for name in names})
    found = []
    for pair in validated(network, side=1, level=level):
        one, other = pair.one[1], pair.other[1]
        first, second = len(by_topic[one]), len(by_topic[other])
        found.append(
            Pair(
                one,
                other,
                first,
                second,
                pair.shared,
                pair.expected,
                pair.p,
                pair.adjusted,
                pair.is_validated,
                pair.shared * whole / (first * second),
                pair.shared / (first + second - pair.shared),
                pair.shared / max(first, second),
            )
        )
    return found


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


def profiles(
    by_actor: Mapping[Node, Collection[str]], by_group: Mapping[Node, Collection[str]]
) -> list[Profile]:
    """What each actor cooperates on, those with most agreements first."""
    counts = {
        actor: {
            group: number
            for group, theirs in by_group.items()
            if (number := len(set(mine) & set(theirs)))
        }
        for actor, mine in sorted(by_actor.items())
    }
    nearest: dict[Node, tuple[float, Node]] = {}
    for one, other in combinations(counts, 2):
        like = _cosine(counts[one], counts[other])
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


def projection(network: nx.Graph, side: int, without: Collection[Node] = ()) -> nx.Graph:
    """The nodes of a side, joined where they share a node of the other.

    `shared` counts what they share; `weight` sums 1/(k - 1) over it, k being how many nodes of the
    side share it (Newman 2001, Phys. Rev. E 64, 016132). Nodes in `without` are left out on both
    sides.

    >>> two = nx.Graph([("a", "x"), ("b", "x"), ("c", "x")])
    >>> nx.set_node_attributes(two, {"a": 0, "b": 0, "c": 0, "x": 1}, "bipartite")
    >>> projection(two, 0)["a"]["b"]
    {'shared': 1, 'weight': 0.5}
    """
    left = set(without)
    found = nx.Graph()
    mine = [
        node
        for node, data in network.nodes(data=True)
        if data.get("bipartite") == side and node not in left
    ]
    found.add_nodes_from((node, network.nodes[node]) for node in sorted(mine))
    for node, data in sorted(network.nodes(data=True), key=lambda each: str(each[0])):
        if data.get("bipartite") == side or node in left:
            continue
        around = sorted(set(network[node]) - left)
        for one, other in combinations(around, 2):
            edge = found.get_edge_data(one, other, {"shared": 0, "weight": 0.0})
            found.add_edge(
                one,
                other,
                shared=edge["shared"] + 1,
                weight=edge["weight"] + 1 / (len(around) - 1),
            )
    return found


def _cosine(one: Mapping[Node, int], other: Mapping[Node, int]) -> float:
    product = sum(count * other.get(group, 0) for group, count in one.items())
    size = math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return product / size if product else 0.0


def _entropy(counts: Sequence[int]) -> float:
    whole = sum(counts)
    return max(0.0, -sum(n / whole * math.log2(n / whole) for n in counts)) if whole else 0.0


__all__ = [
    "Pair",
    "Profile",
    "advantage",
    "agreements_by_actor",
    "agreements_by_topic",
    "grouped",
    "profiles",
    "projection",
    "together",
    "tops",
]
