"""The chapter on structure: who is central, and how much of that the choice of sources makes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import networkx as nx

from citypact.graph.analysis.simple import simple
from citypact.graph.analysis.structure import (
    ActorStructure,
    actor_structure,
    network_structure,
    ranks,
    transitivity,
)
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.structure import figures, tables
from citypact.graph.report.structure.answer import NAMED, answer, held_without, is_dominant
from citypact.graph.report.structure.words import METHOD, name_of
from citypact.graph.text.bilingual import Words, both, particle

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study


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
        answer(study, network, whole, order),
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


def share_of(network: nx.Graph, node: str) -> float | None:
    """The share of ties that an actor has a part in, each pair counted once."""
    plain = simple(network)
    return plain.degree(node) / plain.number_of_edges() if plain.number_of_edges() else None


def _cautions(study: Study, network: nx.Graph, order: Sequence[ActorStructure]) -> list[Words]:
    found = []
    if is_dominant(network, order):
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
