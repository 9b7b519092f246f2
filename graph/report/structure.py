"""The chapter on structure: who is central, and how much of that the choice of sources makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import networkx as nx

from graph.analysis.simple import simple
from graph.analysis.structure import (
    ActorStructure,
    NetworkStructure,
    actor_structure,
    network_structure,
    ranks,
    transitivity,
)
from graph.report import structure_figures as figures
from graph.report import structure_tables as tables
from graph.report.finding import Finding, Headline
from graph.report.numbers import written
from graph.report.structure_words import METHOD, name_of
from graph.words import Words, both, particle

if TYPE_CHECKING:
    from graph.report.study import Study

NAMED = 5
"""How many actors the answer names."""
DOMINANT = 0.2
"""A share of the ties from which one actor shapes every measure."""


def structure(study: Study) -> Finding:
    """Who stands in the middle of the network under study, by which measure."""
    network = study.simple()
    title = both("누가 가운데에 있는가", "Who stands in the middle")
    question = both(
        "어떤 도시와 기관이 어떤 뜻에서 중심이며, 그 가운데 얼마만큼이 자료의 선택에서 오는가?",
        "Which cities and bodies are central, in which sense, and how much of that comes from the "
        "choice of sources?",
    )
    if not network.number_of_edges():
        none = both("연결이 하나도 없습니다.", "There are no ties.")
        return Finding("structure", title, question, [none], METHOD, {})
    actors = actor_structure(network)
    whole = network_structure(network, actors)
    order = sorted(actors, key=lambda actor: (-actor.degree, -actor.betweenness, actor.node))
    placed = ranks(actors)
    hub = order[0]
    name = study.network_name
    return Finding(
        "structure",
        title,
        question,
        _answer(study, network, whole, order),
        METHOD,
        {"damping": 0.85},
        [
            Headline(
                "share-of-first",
                both(
                    f"{particle(name_of(study, hub.node)['ko'], '이', '가')} 낀 연결의 비율",
                    f"Share of ties with {name_of(study, hub.node)['en']}",
                ),
                name,
                partial(share_of, node=hub.node),
            ),
            Headline(
                "held-without-first",
                both(
                    f"{name_of(study, hub.node)['ko']} 없이도 이어진 가장 큰 부분의 비율",
                    f"Share still joined without {name_of(study, hub.node)['en']}",
                ),
                name,
                partial(held_without, nodes=(hub.node,)),
            ),
            Headline(
                "transitivity", both("닫힌 삼각형의 비율", "Transitivity"), name, transitivity
            ),
        ],
        [tables.of_actors(study, order, placed), tables.of_network(study, whole)],
        [figures.of_ranks(study, order, placed), figures.of_degrees(order)],
        _cautions(study, network, order),
        _sources(study, order),
    )


# Headlines


def share_of(network: nx.Graph, node: str) -> float | None:
    """The share of ties that an actor has a part in, each pair counted once."""
    plain = simple(network)
    return plain.degree(node) / plain.number_of_edges() if plain.number_of_edges() else None


def held_without(network: nx.Graph, nodes: Iterable[str]) -> float | None:
    """The share of the other actors that the largest part joins when some are taken out."""
    rest = simple(network)
    rest.remove_nodes_from(nodes)
    if not rest:
        return None
    return max(map(len, nx.connected_components(rest))) / len(rest)


# In words


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


def _answer(
    study: Study, network: nx.Graph, whole: NetworkStructure, order: Sequence[ActorStructure]
) -> list[Words]:
    hub = order[0]
    name, share = name_of(study, hub.node), hub.degree / whole.edges
    who = particle(name["ko"], "이", "가")
    if _is_dominant(network, order):
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
    return [first, *_next(study, order), *_held(study, network, order), *_between(study, order)]


def _is_dominant(network: nx.Graph, order: Sequence[ActorStructure]) -> bool:
    """Whether the first has a large share of all ties, and far more than actors have on average."""
    first, ties = order[0].degree, network.number_of_edges()
    return first >= DOMINANT * ties and first >= 2 * (2 * ties / len(network))


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


def _cautions(study: Study, network: nx.Graph, order: Sequence[ActorStructure]) -> list[Words]:
    found = []
    if _is_dominant(network, order):
        name = name_of(study, order[0].node)
        found.append(
            both(
                f"중심성 지표는 모두 표본을 따릅니다. 같은 방법을 다른 도시를 중심으로 모은 자료에 "
                "쓰면 그 도시가 가운데에 옵니다. "
                f"{particle(name['ko'], '과', '와')}의 견줌이 아니라 나머지 사이의 견줌으로 읽어야 "
                "합니다.",
                "Every measure of centrality follows the sample: gathered around another city, "
                "the same methods would put that one in the middle. Compare the others, not "
                f"{name['en']} with the others.",
            )
        )
    found.append(
        both(
            "도시 네트워크의 회원 명단은 완전하지 않습니다. 회원이 한 번 확인된 도시는 그 "
            "네트워크와 이어지고, 명단이 끊긴 네트워크의 다른 회원은 빠져 있습니다."
            if study.network_name == "actors"
            else "협력 도시의 목록은 어느 것이나 빠진 관계가 많습니다. 가져온 목록에서는 한 나라 "
            "안의 같은 이름이 한 도시로 섞였을 수도 있습니다.",
            "Lists of members of city networks are incomplete: a city that one source names is "
            "joined to its network, members that no source at hand names are missing."
            if study.network_name == "actors"
            else "Every list of partner cities lacks many ties; where lists were imported, their "
            "sources may have mixed homonyms inside a country.",
        )
    )
    if study.network_name != "actors":
        return found
    found.append(
        both(
            "연결은 회원, 협정, 동반자 관계, 주선을 가리지 않고 하나로 셉니다. 무게가 다른 관계를 "
            "같게 본다는 뜻입니다.",
            "Memberships, agreements, partnerships and brokering count alike: ties of unlike "
            "weight are treated as one kind.",
        )
    )
    return found


def _sources(study: Study, order: Sequence[ActorStructure]) -> list[str]:
    """The documents behind the ties among the actors that the answer names."""
    named = {actor.node for actor in order[: NAMED + 1]}
    documents = study.documents()
    return sorted(
        {iri for edge, known in documents.items() if named.issuperset(edge[:2]) for iri in known}
    )


__all__ = ["structure"]
