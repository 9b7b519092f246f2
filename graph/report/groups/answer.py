"""What the chapter on groups answers, and what could be wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.groups import LEAST, OverlappingGroup, separate
from citypact.graph.analysis.null_models import Comparison
from citypact.graph.report.shared.significance import Verdict, judge_alone, too_few
from citypact.graph.text.bilingual import Words, both, joined, particle
from citypact.graph.text.numbers import written

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

Compared = Mapping[str, Mapping[str, Comparison]]
"""What there is of groups beside chance, by model and feature (`closed_groups`)."""

NAMED = 6
"""How many members of a clique the answer names."""
BESIDE = 2
"""How many cliques the answer tells beside the largest."""


def answer(
    study: Study,
    network: nx.Graph,
    cliques: Sequence[tuple[Any, ...]],
    overlapping: Sequence[OverlappingGroup],
    chance: Compared,
) -> list[Words]:
    """Whether there are closed groups, which are the largest, whether chance makes as many, and
    what makes them."""
    if not cliques:
        return [
            both(
                "없습니다. 서로 모두 이어진 셋 이상의 집단이 하나도 없습니다. 모든 연결이 한 "
                "중심에서 나가면 그럴 수밖에 없습니다.",
                "No: no three are all tied to each other. Where all ties lead to one centre it "
                "cannot be otherwise.",
            )
        ]
    sizes = Counter(map(len, cliques))
    ties = "; ".join(f"{size}: {number:,}" for size, number in sorted(sizes.items(), reverse=True))
    inside = len({node for clique in cliques for node in clique})
    group = overlapping[0]
    found = [
        _largest(study, cliques),
        *_next(study, cliques),
        both(
            f"셋 이상이 서로 모두 이어진 집단은 {len(cliques):,}개이고, 전체 {len(network):,}곳 "
            f"가운데 {inside:,}곳이 그런 집단에 듭니다(크기: 개수 – {ties}).",
            f"There are {len(cliques):,} groups of three or more that are all tied to each other; "
            f"{inside:,} of {len(network):,} actors are in one (size: number – {ties}).",
        ),
        *_beside_chance(chance),
        both(
            f"겹치는 것을 이으면 집단은 {len(overlapping):,}개이며, 가장 큰 것은 "
            f"{len(group.members):,}곳입니다.",
            f"Chained where they overlap they make {len(overlapping):,} groups, the largest of "
            f"{len(group.members):,} members.",
        ),
    ]
    return [*found, *_in_common(study, network, cliques), *_of_one_agreement(study, cliques)]


def _beside_chance(chance: Compared) -> list[Words]:
    """Whether there are more groups than by chance, and larger ones."""
    plain = chance.get("rewired")
    if not plain or (verdict := judge_alone(plain["groups"])) is Verdict.INCONCLUSIVE:
        return []
    number, largest = plain["groups"], plain["largest"]
    p, mean = written(round(number.p, 4)), f"{number.mean:,.1f}"
    size = f"{largest.mean:,.1f}"
    if verdict is Verdict.WITHIN:
        ko, en = "그만큼은 우연으로도 생깁니다", "Chance makes as many"
    elif number.observed > number.mean:
        ko, en = "우연으로 생기는 것보다 많습니다", "That is more than chance makes"
    else:
        ko, en = "우연으로 생기는 것보다 오히려 적습니다", "That is even less than chance makes"
    found = [
        both(
            f"{ko}. 연결 수만 지켜 다시 이은 네트워크에는 그런 집단이 평균 {mean}개 있고(관찰 "
            f"{written(number.observed)}개, p = {p}), 가장 큰 것은 평균 {size}곳입니다(관찰 "
            f"{written(largest.observed)}곳).",
            f"{en}: networks rewired with the same numbers of ties have {mean} in the mean "
            f"(observed {written(number.observed)}, p = {p}), the largest of {size} members "
            f"(observed {written(largest.observed)}).",
        )
    ]
    if kinds := chance.get("rewired-by-kind"):
        mean, p = f"{kinds['groups'].mean:,.1f}", written(round(kinds["groups"].p, 4))
        found.append(
            both(
                f"어느 종류와 몇 번 이어지는지까지 지키면 평균 {mean}개입니다(p = {p}).",
                f"Where chance keeps the ties to each kind of actor as well, it makes {mean} "
                f"(p = {p}).",
            )
        )
    return found


def _largest(study: Study, cliques: Sequence[tuple[Any, ...]]) -> Words:
    """The largest clique; of several of that size the first, and who is in all of them."""
    first, *others = [clique for clique in cliques if len(clique) == len(cliques[0])]
    names = {language: _named(study, first, language) for language in ("ko", "en")}
    spread = _countries(study, first)
    if not others:
        return both(
            f"가장 큰 닫힌 집단은 {len(first)}곳{spread['ko']}입니다: {names['ko']}.",
            f"The largest closed group has {len(first)} members{spread['en']}: {names['en']}.",
        )
    number = len(others) + 1
    found = both(
        f"가장 큰 닫힌 집단은 {len(first)}곳씩이며 {number:,}개입니다. 그 하나: {names['ko']}.",
        f"The largest closed groups have {len(first)} members each; there are {number:,}, such "
        f"as: {names['en']}.",
    )
    shared = [node for node in first if all(node in other for other in others)]
    if not shared:
        return found
    return joined(
        found,
        both(
            f"모두에 드는 곳: {_named(study, shared, 'ko')}.",
            f"In all of them: {_named(study, shared, 'en')}.",
        ),
        ko=" ",
        en=" ",
    )


def _next(study: Study, cliques: Sequence[tuple[Any, ...]]) -> list[Words]:
    """The largest cliques beside the first of which no two have an actor in common.

    Triangles are not told one by one.
    """
    others = [each for each in separate(cliques, BESIDE + 1)[1:] if len(each) > LEAST]
    if not others:
        return []
    told = []
    for each in others:
        spread = _countries(study, each)
        told.append(
            both(
                f"{len(each)}곳{spread['ko']} – {_named(study, each, 'ko')}",
                f"{len(each)} members{spread['en']} – {_named(study, each, 'en')}",
            )
        )
    listed = joined(*told, ko="; ", en="; ")
    return [
        both(
            f"구성원이 겹치지 않는 다음 집단: {listed['ko']}.",
            f"The next largest without a member in common: {listed['en']}.",
        )
    ]


def _countries(study: Study, nodes: Sequence[Any]) -> Words:
    """Over how many countries actors are spread; nothing where the country of one is not known."""
    network = study.simple()
    known = [str(network.nodes[node].get("country", "")) for node in nodes]
    if not all(known):
        return both("", "")
    number = len(set(known))
    return both(f"({number}개국)", f" in {number} {'country' if number == 1 else 'countries'}")


def _in_common(study: Study, network: nx.Graph, cliques: Sequence[tuple[Any, ...]]) -> list[Words]:
    """Who is in nearly all cliques, and how many of these only join members of one body to it."""
    count = Counter(node for clique in cliques for node in clique)
    shared = sorted(node for node, number in count.items() if number >= 0.9 * len(cliques))
    if not shared or len(cliques) < 2:
        return []
    who = particle(_named(study, shared, "ko"), "은", "는")
    found = [
        both(
            f"{who} 거의 모든 집단에 들어 있습니다.",
            f"{_named(study, shared, 'en')} is in nearly all of them.",
        )
    ]
    bodies = {node for node, data in network.nodes(data=True) if data.get("kind") == "network"}
    triangles = sum(
        len(clique) == 3
        and any(body in clique and set(shared).intersection(clique) - {body} for body in bodies)
        for clique in cliques
    )
    if triangles:
        found.append(
            both(
                f"집단 {len(cliques):,}개 가운데 {triangles:,}개는 도시들의 동맹이 아니라 "
                "삼각형입니다. 그 중심, 중심의 상대, 그리고 둘이 함께 속한 도시 네트워크로 "
                "이루어집니다.",
                f"{triangles:,} of the {len(cliques):,} are no alliances of cities but triangles "
                "of that centre, a partner of it, and a city network to which both belong.",
            )
        )
    return found


def _of_one_agreement(study: Study, cliques: Sequence[tuple[Any, ...]]) -> list[Words]:
    """How many cliques a single agreement makes, all of whose parties it ties to each other."""
    network = study.network()
    if not network.is_multigraph():
        return []
    made = 0
    for clique in cliques:
        behind = [
            {tie["agreement"] for tie in network[one][other].values() if "agreement" in tie}
            for one, other in combinations(clique, 2)
        ]
        made += bool(set.intersection(*behind))
    if not made:
        return []
    return [
        both(
            f"{made:,}개는 협정 하나가 만든 것입니다. 협정은 당사자와 주선자를 모두 서로 잇기 "
            "때문입니다.",
            f"{made:,} come of a single agreement, which ties all of its parties and brokers to "
            "each other.",
        )
    ]


def cautions(study: Study, chance: Compared) -> list[Words]:
    """What could be wrong with closed groups."""
    found = [
        both(
            "한 연결만 빠져도 클릭은 깨집니다. 명단이 불완전한 만큼 집단은 실제보다 작거나 적게 "
            "보입니다.",
            "One missing tie breaks a clique: as lists are incomplete, groups look smaller and "
            "fewer than they are.",
        )
    ]
    if not chance:
        found.append(
            both(
                "연결을 서로 바꿔 이을 수 없는 네트워크라서, 집단이 우연보다 많은지는 말할 수 "
                "없습니다.",
                "The ties cannot be exchanged, so whether there are more groups than by chance "
                "can't be told.",
            )
        )
    elif any(judge_alone(each["groups"]) is Verdict.INCONCLUSIVE for each in chance.values()):
        found.append(too_few(chance["rewired"]["groups"].draws))
    if study.network_name == "actors":
        found.append(
            both(
                "회원 관계는 도시와 네트워크 사이의 연결이며, 같은 네트워크의 두 회원을 서로 이은 "
                "것으로 보지 않습니다. 그렇게 보면 명단 하나가 큰 클릭 하나가 됩니다.",
                "A membership joins a city to its network, not two members to each other: else "
                "each list of members would be one large clique.",
            )
        )
        found.append(
            both(
                "겹침으로 이은 집단에서 도시들은 중심과 네트워크를 함께 둘 뿐일 수 있습니다. 한 "
                "집단에 있다고 서로 협력하는 것은 아닙니다.",
                "Cities in one chained group may have no more in common than the centre and a "
                "network: being in it does not mean that they cooperate with each other.",
            )
        )
    return found


def _named(study: Study, nodes: Sequence[Any], language: str) -> str:
    network = study.simple()
    names = [str(network.nodes[node].get(f"label_{language}", node)) for node in nodes[:NAMED]]
    more = len(nodes) - len(names)
    if more:
        names.append({"ko": f"그 밖의 {more}곳", "en": f"{more} more"}[language])
    return ", ".join(names)


__all__ = ["NAMED", "Compared", "answer", "cautions"]
