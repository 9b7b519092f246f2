"""Topics of cooperation: what actors cooperate on, and what goes together in agreements.

The two-mode network is `actors_and_topics` of `graph.networks`: an edge joins an actor and a
topic that its agreements cover, with their number as `weight` and their names, joined by "|", as
`agreements`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import networkx as nx

from citypact.graph.analysis.bipartite import validated
from citypact.graph.analysis.co_occurrence import network_of
from citypact.graph.analysis.shared_results import shareable

Node = Any
PARTIES = 2
"""Parties whose ties must name an agreement where sources may be missing: all have two or more."""


@dataclass(frozen=True)
class Pair:
    """Two topics, and how they go together in agreements.

    one_alone, other_alone: agreements that cover each; together: both. expected: agreements with
    both by the bipartite configuration model, given how many topics each agreement and how many
    agreements each topic has; p: how likely chance gives as many or more; adjusted: after Benjamini
    and Hochberg (1995) for all pairs of topics; is_validated: adjusted is at most the level asked
    for, 0.05. lift: together by what independence would give. jaccard: together by agreements with
    either. cosine: together by the geometric mean of one_alone and other_alone. relatedness: the
    smaller of the shares of each one's agreements that cover the other (the proximity of Hidalgo,
    Klinger, Barabási and Hausmann 2007, Science 317, 482-487, there of countries' advantages). Of
    topics with two or three agreements all four leap with every agreement: read `together` first.
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
    cosine: float
    relatedness: float


@dataclass(frozen=True)
class TopicData:
    """Agreements by topic, broad field and actor in a two-mode network of actors and topics.

    broader: the broader topics of each topic (skos:broader). centre: an actor that is left out
    where actors are compared, such as one that is party to most agreements; '' for nobody.
    """

    network: nx.Graph
    broader: Mapping[Node, Sequence[Node]]
    centre: Node = ""

    @cached_property
    def by_topic(self) -> dict[Node, frozenset[str]]:
        """Agreements by topic."""
        return agreements_by_topic(self.network)

    @cached_property
    def above(self) -> dict[Node, list[Node]]:
        """The broad fields (top concepts) of each topic."""
        return tops(self.by_topic, self.broader)

    @cached_property
    def by_field(self) -> dict[Node, frozenset[str]]:
        """Agreements by broad field."""
        return grouped(self.by_topic, self.above)

    @cached_property
    def agreements(self) -> frozenset[str]:
        """All agreements with a topic."""
        return frozenset().union(*self.by_topic.values())

    @cached_property
    def by_actor(self) -> dict[Node, set[str]]:
        """The agreements of each actor but the centre."""
        return agreements_by_actor(self.network, without=[self.centre])

    @cached_property
    def by_kind(self) -> dict[str, set[str]]:
        """The agreements with actors of each kind but the centre."""
        found: dict[str, set[str]] = defaultdict(set)
        for actor, names in self.by_actor.items():
            found[self.kind(actor)].update(names)
        return dict(sorted(found.items()))

    @cached_property
    def topics(self) -> list[Node]:
        """Topics, those with most agreements first."""
        return _ranked(self.by_topic)

    @cached_property
    def fields(self) -> list[Node]:
        """Broad fields, those with most agreements first."""
        return _ranked(self.by_field)

    @property
    def single(self) -> int:
        """How many topics only one agreement covers."""
        return sum(len(names) == 1 for names in self.by_topic.values())

    @property
    def mean(self) -> float | None:
        """The average number of topics of an agreement with any; None without agreements."""
        return topics_per_agreement(self.network, actors=1)

    def kind(self, actor: Node) -> str:
        """The kind of an actor, such as `government`; '' where it is not known."""
        return str(self.network.nodes[actor].get("kind", ""))


def _ranked(agreements: Mapping[Node, Collection[str]]) -> list[Node]:
    return sorted(agreements, key=lambda node: (-len(agreements[node]), node))


@shareable
def agreements_by_topic(network: nx.Graph, actors: int = 1) -> dict[Node, frozenset[str]]:
    """The agreements that cover each topic, whoever their parties are.

    actors: of how many an edge to the topic must name the agreement. 1 for a whole network. 2 where
    edges were taken away with the sources behind them: the edge of a party to nearly all agreements
    has many sources, stays, and goes on naming those of which no source is left.

    >>> network = nx.Graph()
    >>> network.add_nodes_from(["seoul", "paris"], bipartite=0)
    >>> network.add_node("art", bipartite=1)
    >>> network.add_edge("seoul", "art", agreements="of 2001|of 2014")
    >>> network.add_edge("paris", "art", agreements="of 2014")
    >>> sorted(agreements_by_topic(network, actors=2)["art"])
    ['of 2014']
    """
    found: dict[Node, Counter[str]] = {
        node: Counter() for node, side in network.nodes(data="bipartite") if side == 1
    }
    for one, other, data in network.edges(data=True):
        topic = one if network.nodes[one].get("bipartite") == 1 else other
        if topic in found:  # in graphs of others a topic may be an actor, too
            found[topic].update(set(filter(None, str(data.get("agreements", "")).split("|"))))
    return {
        topic: frozenset(name for name, number in names.items() if number >= actors)
        for topic, names in sorted(found.items())
    }


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
    by_topic: Mapping[Node, Collection[str]],
    groups: Mapping[Node, Sequence[Node]],
    is_exclusive: bool = False,
) -> dict[Node, frozenset[str]]:
    """The agreements of each group of topics: one on several topics of a group counts once.

    is_exclusive: leaves out topics of several groups, which would make their groups go together by
    definition.

    >>> above = {"bus": ["transport"], "metro": ["transport"]}
    >>> sorted(grouped({"bus": {"a"}, "metro": {"a", "b"}}, above)["transport"])
    ['a', 'b']
    """
    found: dict[Node, set[str]] = defaultdict(set)
    for topic, agreements in by_topic.items():
        if is_exclusive and len(groups[topic]) > 1:
            continue
        for group in groups[topic]:
            found[group].update(agreements)
    return {group: frozenset(found[group]) for group in sorted(found)}


def without_repeats(
    by_topic: Mapping[Node, Collection[str]], date_of: Mapping[str, str]
) -> dict[Node, frozenset[str]]:
    """The same agreements, those of one date and with exactly the same topics counted once.

    Agreements signed together are often described in one sentence and are not independent cases.
    Of each set the first by name is kept; agreements without a date all are.
    """
    topics: dict[str, list[Node]] = {}
    for topic, names in sorted(by_topic.items()):
        for name in names:
            topics.setdefault(name, []).append(topic)
    first: dict[tuple[Node, ...], str] = {}
    kept = {
        name
        for name in sorted(topics)
        if not date_of.get(name) or first.setdefault((date_of[name], *topics[name]), name) == name
    }
    return {topic: frozenset(kept.intersection(names)) for topic, names in by_topic.items()}


def share_of_group(
    network: nx.Graph, group: Node, broader: Mapping[Node, Sequence[Node]]
) -> float | None:
    """The share of agreements that cover a top concept, of those with any topic.

    This function and the next two take what is left of a two-mode network when sources are left
    out (see `agreements_by_topic`), and give None where no agreement is left.
    """
    by_topic = agreements_by_topic(network, PARTIES)
    whole = frozenset().union(*by_topic.values())
    covering = grouped(by_topic, tops(by_topic, broader)).get(group, frozenset())
    return len(covering) / len(whole) if whole else None


def share_in_one_agreement(network: nx.Graph) -> float | None:
    """The share of topics that only one agreement covers."""
    counts = [len(names) for names in agreements_by_topic(network, PARTIES).values() if names]
    return counts.count(1) / len(counts) if counts else None


def topics_per_agreement(network: nx.Graph, actors: int = PARTIES) -> float | None:
    """The average number of topics of an agreement that has any; actors: see the one above."""
    by_topic = agreements_by_topic(network, actors)
    whole = frozenset().union(*by_topic.values())
    return sum(map(len, by_topic.values())) / len(whole) if whole else None


def together(by_topic: Mapping[Node, Collection[str]], level: float = 0.05) -> list[Pair]:
    """Pairs of topics that some agreement covers both, those least likely by chance first.

    Agreements and topics make a two-mode network of their own, so that an agreement between several
    parties counts once, and no actor has to be left out. Documents read closely give agreements
    with many topics: the model keeps the number of each agreement's topics in the mean. Since it
    lets both numbers vary it is careful: of few data it finds less than
    `graph.analysis.co_occurrence.co_occurrences`, which keeps them exactly.

    Any other names do as well as those of agreements: with the actors of each topic, pairs are of
    topics that actors have in common.
    """
    network = network_of(by_topic)
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
                pair.shared / math.sqrt(first * second),
                pair.shared / max(first, second),
            )
        )
    return found


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


__all__ = [
    "Pair",
    "TopicData",
    "agreements_by_actor",
    "agreements_by_topic",
    "grouped",
    "projection",
    "share_in_one_agreement",
    "share_of_group",
    "together",
    "topics_per_agreement",
    "tops",
    "without_repeats",
]
