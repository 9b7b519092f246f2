"""The chapter on groups: which actors are all tied to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from graph.analysis.groups import LEAST, OverlappingGroup, maximal_cliques, overlapping_groups
from graph.export.columns import Column
from graph.export.database import Table
from graph.report.finding import Figure, Finding, Headline
from graph.report.numbers import written
from graph.words import Words, both, particle

if TYPE_CHECKING:
    import networkx as nx

    from graph.report.study import Study

NAMED = 6
"""How many members of a clique the answer names."""
KEPT = 2000
"""How many cliques the table holds."""

METHOD = [
    both(
        "클릭은 모두가 서로 이어진 집단이고, 극대 클릭은 아무도 더할 수 없는 클릭입니다"
        "(Luce·Perry 1949; 알고리즘은 Eppstein 외 2010). 겹치는 집단은 클릭 침투법으로 찾습니다. "
        "k명 클릭끼리 k − 1명을 공유하면 한 집단입니다(Palla 외 2005). k = 3입니다.",
        "A clique is a group in which all are tied to each other, a maximal one can take nobody in "
        "(Luce and Perry 1949; algorithm of Eppstein et al. 2010). Overlapping groups come from "
        "clique percolation: cliques of k that share k − 1 are one group (Palla et al. 2005); here "
        "k is 3.",
    )
]


def groups(study: Study) -> Finding:
    """Which actors of the network under study form closed groups."""
    network = study.simple()
    cliques = maximal_cliques(network)
    overlapping = overlapping_groups(network, cliques=cliques)
    name = study.network_name
    return Finding(
        "groups",
        both("닫힌 집단", "Closed groups"),
        both(
            "서로 모두 이어진 도시나 기관의 집단이 있는가? 무엇이 그들을 묶는가?",
            "Are there groups of cities or bodies that are all tied to each other, and what ties "
            "them?",
        ),
        _answer(study, network, cliques, overlapping),
        METHOD,
        {"k": LEAST, "least": LEAST},
        [
            Headline(
                "largest-clique",
                both("가장 큰 클릭의 크기", "Size of the largest clique"),
                name,
                largest_clique,
                both("곳", "actors"),
            ),
            Headline(
                "in-cliques",
                both("클릭에 드는 행위자의 비율", "Share of actors in some clique"),
                name,
                share_in_cliques,
            ),
        ],
        [_cliques_table(study, cliques), _groups_table(study, overlapping)] if cliques else [],
        [_figure(cliques)] if cliques else [],
        _cautions(study, cliques),
        _sources(study, cliques),
    )


def largest_clique(network: nx.Graph) -> float | None:
    """The size of the largest clique of at least three; None where there is none."""
    found = maximal_cliques(network)
    return float(len(found[0])) if found else None


def share_in_cliques(network: nx.Graph) -> float | None:
    """The share of the actors that are in some clique of at least three."""
    if not network:
        return None
    return len({node for clique in maximal_cliques(network) for node in clique}) / len(network)


def _named(study: Study, nodes: Sequence[Any], language: str) -> str:
    network = study.simple()
    names = [str(network.nodes[node].get(f"label_{language}", node)) for node in nodes[:NAMED]]
    more = len(nodes) - len(names)
    if more:
        names.append({"ko": f"그 밖의 {more}곳", "en": f"{more} more"}[language])
    return ", ".join(names)


def _answer(
    study: Study,
    network: nx.Graph,
    cliques: Sequence[tuple[Any, ...]],
    overlapping: Sequence[OverlappingGroup],
) -> list[Words]:
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
    largest = cliques[0]
    ties = "; ".join(f"{size}: {number:,}" for size, number in sorted(sizes.items(), reverse=True))
    inside = len({node for clique in cliques for node in clique})
    group = overlapping[0]
    found = [
        both(
            f"가장 큰 닫힌 집단은 {len(largest)}곳입니다: {_named(study, largest, 'ko')}.",
            f"The largest closed group has {len(largest)} members: {_named(study, largest, 'en')}.",
        ),
        both(
            f"셋 이상이 서로 모두 이어진 집단은 {len(cliques):,}개이고, 전체 {len(network):,}곳 "
            f"가운데 {inside:,}곳이 그런 집단에 듭니다(크기: 개수 – {ties}).",
            f"There are {len(cliques):,} groups of three or more that are all tied to each other; "
            f"{inside:,} of {len(network):,} actors are in one (size: number – {ties}).",
        ),
        both(
            f"겹치는 것을 이으면 집단은 {len(overlapping):,}개이며, 가장 큰 것은 "
            f"{len(group.members):,}곳입니다.",
            f"Chained where they overlap they make {len(overlapping):,} groups, the largest of "
            f"{len(group.members):,} members.",
        ),
    ]
    return [*found, *_in_common(study, network, cliques), *_of_one_agreement(study, cliques)]


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
    joined = sum(
        len(clique) == 3
        and any(body in clique and set(shared).intersection(clique) - {body} for body in bodies)
        for clique in cliques
    )
    if joined:
        found.append(
            both(
                f"집단 {len(cliques):,}개 가운데 {joined:,}개는 도시들의 동맹이 아니라 "
                "삼각형입니다. 그 중심, 중심의 상대, 그리고 둘이 함께 속한 도시 네트워크로 "
                "이루어집니다.",
                f"{joined:,} of the {len(cliques):,} are no alliances of cities but triangles of "
                "that centre, a partner of it, and a city network to which both belong.",
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


def _cautions(study: Study, cliques: Sequence[tuple[Any, ...]]) -> list[Words]:
    found = [
        both(
            "한 연결만 빠져도 클릭은 깨집니다. 명단이 불완전한 만큼 집단은 실제보다 작거나 적게 "
            "보입니다.",
            "One missing tie breaks a clique: as lists are incomplete, groups look smaller and "
            "fewer than they are.",
        )
    ]
    if study.network_name == "actors":
        found.append(
            both(
                "회원 관계는 도시와 네트워크 사이의 연결이며, 같은 네트워크의 두 회원을 서로 이은 "
                "것으로 보지 않습니다. 그렇게 보면 명단 하나가 큰 클릭 하나가 됩니다.",
                "A membership joins a city to its network, not two members to each other: else "
                "each list of members would be one large clique.",
            )
        )
    return found


def _sources(study: Study, cliques: Sequence[tuple[Any, ...]]) -> list[str]:
    """The documents behind the ties of the largest clique."""
    if not cliques:
        return []
    largest = set(cliques[0])
    documents = study.documents()
    return sorted(
        {iri for edge, known in documents.items() if largest.issuperset(edge[:2]) for iri in known}
    )


def _members(study: Study, nodes: Sequence[Any]) -> dict[str, Any]:
    network = study.simple()
    return {
        "members_id": [str(node) for node in nodes],
        **{
            f"members_{language}": [
                str(network.nodes[node].get(f"label_{language}", node)) for node in nodes
            ]
            for language in ("ko", "en")
        },
    }


MEMBERS = (
    Column("members_ko", "list", "구성", "Members"),
    Column("members_en", "list", "구성", "Members"),
    Column("members_id", "list", "구성(IRI)", "Members (IRI)"),
)


def _cliques_table(study: Study, cliques: Sequence[tuple[Any, ...]]) -> Table:
    return Table(
        "groups-cliques",
        "서로 모두 이어진 집단, 큰 것부터",
        "Groups that are all tied to each other, the largest first",
        (
            Column("number", "integer", "번호", "Number"),
            Column("size", "integer", "크기", "Size"),
            *MEMBERS,
        ),
        ("number",),
        [
            {"number": number, "size": len(clique), **_members(study, clique)}
            for number, clique in enumerate(cliques[:KEPT], 1)
        ],
    )


def _groups_table(study: Study, overlapping: Sequence[OverlappingGroup]) -> Table:
    return Table(
        "groups-overlapping",
        "겹치는 집단(클릭 침투), 큰 것부터",
        "Overlapping groups (clique percolation), the largest first",
        (
            Column("number", "integer", "번호", "Number"),
            Column("size", "integer", "크기", "Size"),
            Column("cliques", "integer", "클릭 수", "Cliques"),
            *MEMBERS,
        ),
        ("number",),
        [
            {
                "number": number,
                "size": len(group.members),
                "cliques": group.cliques,
                **_members(study, group.members),
            }
            for number, group in enumerate(overlapping[:KEPT], 1)
        ],
    )


def _figure(cliques: Sequence[tuple[Any, ...]]) -> Figure:
    sizes = sorted(Counter(map(len, cliques)).items())
    values = [{"size": size, "number": number} for size, number in sizes]

    def draw(language: str) -> Any:
        import altair as alt

        size = both("집단의 크기", "Size of the group")[language]
        number = both("집단의 수", "Number of groups")[language]
        # Few and many are on one nearly logarithmic scale; the numbers stand on the bars.
        axis = alt.Axis(labels=False, ticks=False, grid=False)
        base = alt.Chart(alt.Data(values=values)).encode(
            x=alt.X("size:O", title=size, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("number:Q", title=number, scale=alt.Scale(type="symlog"), axis=axis),
            tooltip=[alt.Tooltip("size:O", title=size), alt.Tooltip("number:Q", title=number)],
        )
        written_on = base.mark_text(dy=-8).encode(text=alt.Text("number:Q", format=","))
        return (base.mark_bar(color="#0072b2") + written_on).properties(width=640, height=240)

    largest = written(len(cliques[0]))
    return Figure(
        "groups-sizes",
        both("서로 모두 이어진 집단의 크기", "Sizes of groups that are all tied to each other"),
        both(
            "막대는 그 크기의 집단 수이며 로그에 가까운 눈금입니다. 가장 큰 집단은 "
            f"{largest}곳입니다.",
            f"Bars count the groups of a size, on a nearly logarithmic scale; the largest has "
            f"{largest} members.",
        ),
        draw,
    )


__all__ = ["groups"]
