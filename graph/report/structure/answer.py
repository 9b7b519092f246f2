"""The answer of the chapter on structure: who is central, and what makes it so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import networkx as nx

from citypact.graph.analysis.simple import simple
from citypact.graph.analysis.structure import ActorStructure, NetworkStructure
from citypact.graph.report.structure.words import name_of
from citypact.graph.text.bilingual import Words, both, particle
from citypact.graph.text.numbers import written

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

NAMED = 5
"""How many actors the answer names."""
DOMINANT = 0.2
"""A share of the ties from which one actor shapes every measure."""


def _listed(study: Study, actors: Sequence[ActorStructure], measure: str) -> Words:
    """The names of actors with a value each."""
    found = {}
    for language in ("ko", "en"):
        parts = (
            f"{name_of(study, actor.node)[language]} ({written(getattr(actor, measure))})"
            for actor in actors
        )
        found[language] = ", ".join(parts)
    return found


def answer(
    study: Study, network: nx.Graph, whole: NetworkStructure, order: Sequence[ActorStructure]
) -> list[Words]:
    """The answer in words; `order` has the actors, those with most partners first."""
    hub = order[0]
    name, share = name_of(study, hub.node), hub.degree / whole.edges
    who = particle(name["ko"], "이", "가")
    if whole.edges == 1:
        only = next(iter(network.edges()))
        ends = [name_of(study, node) for node in only]
        return [
            both(
                f"연결된 짝은 하나뿐입니다: {ends[0]['ko']}–{ends[1]['ko']}. 가운데라고 할 것이 "
                "없습니다.",
                f"There is but one tie, {ends[0]['en']}–{ends[1]['en']}: nothing stands in a "
                "middle.",
            )
        ]
    if is_dominant(network, order):
        is_listed = network.nodes[hub.node].get("kind") == "network"
        why = (
            both(f"출처에 {name['ko']}의 회원 명단이 있기", "a list of its members is among them")
            if is_listed
            else both(
                f"출처를 {name['ko']}에 관해 모았기", f"they were gathered around {name['en']}"
            )
        )
        first = both(
            f"{who} 가운데에 있지만, 이것은 발견이기에 앞서 자료의 성격입니다. {why['ko']} 때문에 "
            f"짝 {whole.edges:,}개 가운데 {100 * share:.0f} %에 {who} 있습니다.",
            f"{name['en']} stands in the middle, but that describes the sources before it "
            f"describes the world: {why['en']}, and it has a part in {100 * share:.0f} % of the "
            f"{whole.edges:,} pairs.",
        )
    else:
        first = both(
            f"가장 많이 이어진 곳은 {name['ko']}입니다. 그래도 상대는 {hub.degree:,}곳, 짝 "
            f"{whole.edges:,}개의 {100 * share:.1f} %에 지나지 않습니다. 하나의 중심은 없습니다.",
            f"{name['en']} has most partners, {hub.degree:,}, yet a part in no more than "
            f"{100 * share:.1f} % of the {whole.edges:,} pairs: there is no single centre.",
        )
    return [
        first,
        *_own_sources(study, network, order),
        *_next(study, order),
        *_held(study, network, order),
        *_between(study, order),
    ]


def _own_sources(study: Study, network: nx.Graph, order: Sequence[ActorStructure]) -> list[Words]:
    """Where the first owes its place to sources on it alone: how it would stand without them."""
    hub = order[0]
    if is_dominant(network, order):
        return []  # said already
    left = without_own_sources(study, hub.node)
    named = left.degree(hub.node)
    rank = 1 + sum(degree > named for _, degree in left.degree())
    if rank == 1:
        return []
    first = min(left, key=lambda node: (-left.degree(node), node))
    name, other = name_of(study, hub.node), name_of(study, first)
    return [
        both(
            f"이 첫째 자리는 자료를 모은 방식에서 옵니다. {name['ko']}만 다루지 않는 출처가 아는 "
            f"상대는 {named:,}곳이고, 그런 출처만 따르면 {name['ko']}의 순위는 {rank:,}위, 첫째는 "
            f"{other['ko']} ({left.degree(first):,})입니다.",
            f"That place comes of how sources were gathered: those that do not speak of "
            f"{name['en']} alone know {named:,} of its partners. By these {name['en']} would rank "
            f"{rank:,}, and {other['en']} ({left.degree(first):,}) first.",
        )
    ]


def without_own_sources(study: Study, hub: str) -> nx.Graph:
    """The network under study less the ties that only sources on one actor alone tell of."""
    documents = study.documents()
    ties: Counter[str] = Counter()
    own: Counter[str] = Counter()
    for edge, known in documents.items():
        ties.update(known)
        if hub in edge[:2]:
            own.update(known)
    left = nx.Graph()
    left.add_nodes_from(study.simple())
    for (one, other, *_), known in documents.items():
        if one != other and any(ties[document] > own[document] for document in known):
            left.add_edge(one, other)
    return left


def is_dominant(network: nx.Graph, order: Sequence[ActorStructure]) -> bool:
    """Whether the first has a large share of all ties, and far more than actors have on average."""
    first, ties = order[0].degree, network.number_of_edges()
    return bool(first >= DOMINANT * ties and first >= 2 * (2 * ties / len(network)))


def _named(order: Sequence[ActorStructure]) -> list[ActorStructure]:
    """Those after the first that have more than one partner, as many as the answer names."""
    return [actor for actor in order[1 : NAMED + 1] if actor.degree > 1]


def _next(study: Study, order: Sequence[ActorStructure]) -> list[Words]:
    if named := _named(order):
        names = _listed(study, named, "degree")
        return [
            both(
                f"그다음으로 상대가 많은 곳은 {names['ko']}입니다(괄호는 상대의 수).",
                f"Next by the number of partners come {names['en']} (partners in brackets).",
            )
        ]
    return [
        both(
            "그 밖의 어느 곳도 상대가 둘 이상이 아니므로, 나머지 사이에는 순위를 말할 것이 "
            "없습니다.",
            "Nobody else has more than one partner, so there is no order among the others.",
        )
    ]


def _held(study: Study, network: nx.Graph, order: Sequence[ActorStructure]) -> list[Words]:
    """How many are still joined without the first, and without those named next."""
    held = held_without(network, [order[0].node])
    if held is None or len(network) < 3:
        return []
    name, rest = name_of(study, order[0].node), len(network) - 1
    whom = particle(name["ko"], "을", "를")
    if held <= 0.5:
        return [
            both(
                f"{whom} 빼면 나머지 {rest:,}곳은 흩어집니다. 가장 큰 조각이 {100 * held:.0f} "
                "%뿐입니다. 자료가 이들 사이의 관계를 말하지 않기 때문입니다.",
                f"Without {name['en']} the other {rest:,} fall apart: the largest piece has "
                f"{100 * held:.0f} % of them. The sources do not speak of ties among them.",
            )
        ]
    first = both(
        f"{whom} 빼도 나머지 {rest:,}곳 가운데 {100 * held:.0f} %는 서로 이어져 있습니다.",
        f"Without {name['en']} {100 * held:.0f} % of the other {rest:,} are still joined to each "
        "other.",
    )
    named = _named(order)
    less = held_without(network, [actor.node for actor in (order[0], *named)])
    if less is None or not named:
        return [first]
    return [
        first,
        both(
            f"그다음 {len(named)}곳까지 빼면 가장 큰 조각은 나머지의 {100 * less:.0f} %입니다."
            + (" 네트워크는 몇몇 중심이 붙들고 있습니다." if less < 0.5 else ""),
            f"Without the next {len(named)} as well the largest piece has {100 * less:.0f} % of "
            "the rest" + (": a few centres hold the network together." if less < 0.5 else "."),
        ),
    ]


def _between(study: Study, order: Sequence[ActorStructure]) -> list[Words]:
    """Who lies between others more than the number of its partners suggests."""
    by_degree = {actor.node: place for place, actor in enumerate(order)}
    rest = [actor for actor in order[1:] if actor.betweenness > 0]
    rest.sort(key=lambda actor: (-actor.betweenness, actor.node))
    raised = [
        actor
        for place, actor in enumerate(rest[:20], 1)
        if by_degree[actor.node] >= place + 5 and actor.degree > 1
    ][:3]
    if not raised:
        return []
    names = _listed(study, raised, "degree")
    return [
        both(
            "상대의 수에 견주어 남들 사이의 최단 경로에 더 많이 놓인 곳은 "
            f"{names['ko']}입니다(괄호는 상대의 수).",
            f"More shortest paths between others than their partners suggest pass through "
            f"{names['en']} (partners in brackets).",
        )
    ]


def held_without(network: nx.Graph, nodes: Iterable[str]) -> float | None:
    """The share of the other actors that the largest part joins when some are taken out."""
    rest = simple(network)
    rest.remove_nodes_from(nodes)
    if not rest:
        return None
    return max(map(len, nx.connected_components(rest))) / len(rest)


__all__ = ["NAMED", "answer", "held_without", "is_dominant", "without_own_sources"]
