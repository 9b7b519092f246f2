"""The chapter on structure: who is central, and how much of that the choice of sources makes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import networkx as nx

from graph.analysis.structure import (
    MEASURES,
    ActorStructure,
    NetworkStructure,
    actor_structure,
    attribute_assortativity,
    network_structure,
    numeric_assortativity,
    ranks,
)
from graph.export.columns import ID, Column
from graph.export.database import Table
from graph.report.finding import Figure, Finding, Headline
from graph.report.numbers import written
from graph.report.places import places_of
from graph.words import Words, both, particle

if TYPE_CHECKING:
    from graph.report.study import Study

NAMES: dict[str, Words] = {
    "degree": both("연결 정도", "Degree"),
    "strength": both("연결 강도", "Strength"),
    "betweenness": both("매개 중심성", "Betweenness"),
    "closeness": both("근접 중심성", "Closeness"),
    "eigenvector": both("고유벡터 중심성", "Eigenvector"),
    "pagerank": both("페이지랭크", "PageRank"),
    "core": both("k-코어", "k-core"),
    "effective_size": both("유효 규모", "Effective size"),
    "constraint": both("제약", "Constraint"),
    "clustering": both("군집 계수", "Clustering"),
}
NAMED = 5
"""How many actors the answer names."""
SHOWN = 15
"""How many actors the figure of ranks shows."""
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
                    f"{particle(_name(study, hub.node)['ko'], '이', '가')} 낀 연결의 비율",
                    f"Share of ties with {_name(study, hub.node)['en']}",
                ),
                name,
                partial(share_of, node=hub.node),
            ),
            Headline(
                "held-without-first",
                both(
                    f"{_name(study, hub.node)['ko']} 없이도 이어진 가장 큰 부분의 비율",
                    f"Share still joined without {_name(study, hub.node)['en']}",
                ),
                name,
                partial(held_without, node=hub.node),
            ),
            Headline(
                "transitivity", both("닫힌 삼각형의 비율", "Transitivity"), name, transitivity
            ),
        ],
        [_actors_table(study, order, placed), _network_table(study, whole)],
        [_ranks_figure(study, order, placed), _degrees_figure(order)],
        _cautions(study, network, order),
        _sources(study, order),
    )


# Headlines


def share_of(network: nx.Graph, node: str) -> float | None:
    """The share of ties that an actor has a part in, each pair counted once."""
    plain = nx.Graph(network)
    return plain.degree(node) / plain.number_of_edges() if plain.number_of_edges() else None


def held_without(network: nx.Graph, node: str) -> float | None:
    """The share of the other actors that the largest part joins when one is taken out."""
    rest = nx.Graph(network)
    rest.remove_node(node)
    if not rest:
        return None
    return max(map(len, nx.connected_components(rest))) / len(rest)


def transitivity(network: nx.Graph) -> float | None:
    """The share of open paths of two ties that are closed; None where there is no such path."""
    return network_structure(network).transitivity


# In words


def _name(study: Study, node: str) -> Words:
    data = study.simple().nodes[node]
    return both(str(data.get("label_ko", node)), str(data.get("label_en", node)))


def _listed(study: Study, actors: Sequence[ActorStructure], measure: str) -> Words:
    """The names of actors with a value each."""
    found = {}
    for language in ("ko", "en"):
        parts = (
            f"{_name(study, actor.node)[language]} ({written(getattr(actor, measure))})"
            for actor in actors
        )
        found[language] = ", ".join(parts)
    return found


def _answer(
    study: Study, network: nx.Graph, whole: NetworkStructure, order: Sequence[ActorStructure]
) -> list[Words]:
    hub, others = order[0], order[1 : NAMED + 1]
    name, share = _name(study, hub.node), hub.degree / whole.edges
    held = held_without(network, hub.node)
    names = _listed(study, others, "degree")
    who = particle(name["ko"], "이", "가")
    whom = particle(name["ko"], "을", "를")
    if share >= DOMINANT:
        first = both(
            f"{who} 가운데에 있지만, 이것은 발견이기에 앞서 자료의 성격입니다. 출처를 "
            f"{name['ko']}에 관해 모았기 때문에 짝 {whole.edges:,}개 가운데 {100 * share:.0f} %에 "
            f"{who} 있습니다.",
            f"{name['en']} stands in the middle, but that describes the data before it describes "
            f"the world: the sources were gathered around {name['en']}, which has a part in "
            f"{100 * share:.0f} % of the {whole.edges:,} pairs.",
        )
    else:
        first = both(
            f"가장 많이 이어진 곳은 {name['ko']}입니다. 그래도 상대는 {hub.degree:,}곳, 짝 "
            f"{whole.edges:,}개의 {100 * share:.1f} %에 지나지 않습니다. 하나의 중심은 없습니다.",
            f"{name['en']} has most partners, {hub.degree:,}, yet a part in no more than "
            f"{100 * share:.1f} % of the {whole.edges:,} pairs: there is no single centre.",
        )
    found = [
        first,
        both(
            f"그다음으로 상대가 많은 곳은 {names['ko']}입니다(괄호는 상대의 수).",
            f"Next by the number of partners come {names['en']} (partners in brackets).",
        ),
    ]
    if held is not None:
        rest = max(len(network) - 1, 1)
        found.append(
            both(
                f"{whom} 빼도 나머지 {rest:,}곳 가운데 {100 * held:.0f} %는 서로 "
                "이어져 있습니다. 그 이음은 위에 적은 다른 중심들에서 옵니다."
                if held > 0.5
                else f"{whom} 빼면 나머지 {rest:,}곳은 흩어집니다. 가장 큰 조각이 "
                f"{100 * held:.0f} %뿐입니다. 자료가 이들 사이의 관계를 말하지 않기 때문입니다.",
                f"Without {name['en']} {100 * held:.0f} % of the other {rest:,} are still joined "
                "to each other: the other centres named above hold them together."
                if held > 0.5
                else f"Without {name['en']} the other {rest:,} fall apart: the largest piece has "
                f"{100 * held:.0f} % of them. The sources do not speak of ties among them.",
            )
        )
    return found + _between(study, order)


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
            f"상대의 수에 견주어 남들 사이에 더 많이 놓인 곳은 {names['ko']}입니다. 이들은 다른 "
            "길로는 이어지지 않는 곳들을 잇습니다.",
            f"Between others more than their partners suggest lie {names['en']}: they join what no "
            "other way joins.",
        )
    ]


def _cautions(study: Study, network: nx.Graph, order: Sequence[ActorStructure]) -> list[Words]:
    found = []
    if order[0].degree / network.number_of_edges() >= DOMINANT:
        name = _name(study, order[0].node)
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
            else "수입한 목록은 원천마다 빠진 관계가 많고, 한 나라 안의 같은 이름은 한 도시로 "
            "섞였을 수 있습니다.",
            "Lists of members of city networks are incomplete: a city that one source names is "
            "joined to its network, members that no source at hand names are missing."
            if study.network_name == "actors"
            else "Imported lists lack many ties, each its own; homonyms inside a country may have "
            "been mixed by their source.",
        )
    )
    found.append(
        both(
            "연결은 회원, 협정, 동반자 관계, 주선을 가리지 않고 하나로 셉니다. 무게가 다른 관계를 "
            "같게 본다는 뜻입니다.",
            "Memberships, agreements, partnerships and brokering count alike: ties of unlike "
            "weight are treated as one kind.",
        )
    )
    return found


METHOD = [
    both(
        "짝마다 연결 하나로 줄인 방향 없는 네트워크를 씁니다. 기대·제안은 연결이 아닙니다. 매개 "
        "중심성은 다른 두 행위자 사이 최단 경로 가운데 그 행위자를 지나는 몫(Freeman 1977), 근접 "
        "중심성은 닿는 행위자까지 평균 거리의 역수에 닿는 비율을 곱한 값(Wasserman·Faust 1994), "
        "고유벡터는 가장 큰 덩어리에서 길이를 1로 한 값(Bonacich 1972), 페이지랭크의 감쇠는 "
        "0.85(Brin·Page 1998), k-코어는 Seidman(1983)을 따릅니다.",
        "The network is undirected, with one tie a pair; prospects are no ties. Betweenness is the "
        "share of shortest paths between two others that pass through an actor (Freeman 1977), "
        "closeness the reciprocal of the mean distance to those it reaches times the share that it "
        "reaches (Wasserman and Faust 1994), eigenvector centrality is that of the largest "
        "component at unit length (Bonacich 1972), PageRank has damping 0.85 (Brin and Page 1998), "
        "k-cores follow Seidman (1983).",
    ),
    both(
        "제약과 유효 규모는 Burt(1992)의 구조적 공백 지표입니다. 유효 규모는 n − 2t/n(n은 상대의 "
        "수, t는 상대끼리의 연결 수)입니다. 제약은 작을수록 앞 순위이고, 나머지는 클수록 앞 "
        "순위이며, 같은 값은 같은 순위입니다. 집중도는 Freeman(1978), 동류성은 Newman(2002, "
        "2003)을 따릅니다.",
        "Constraint and effective size measure structural holes (Burt 1992); effective size is "
        "n − 2t/n with n partners and t ties among them. The least constraint ranks first, of all "
        "other measures the greatest; equals share a rank. Centralisation follows Freeman (1978), "
        "assortativity Newman (2002, 2003).",
    ),
]


def _sources(study: Study, order: Sequence[ActorStructure]) -> list[str]:
    """The documents behind the ties among the actors that the answer names."""
    named = {actor.node for actor in order[: NAMED + 1]}
    documents = study.documents()
    return sorted(
        {iri for edge, known in documents.items() if named.issuperset(edge[:2]) for iri in known}
    )


# Tables and figures


def _actors_table(
    study: Study, order: Sequence[ActorStructure], placed: dict[Any, dict[str, int]]
) -> Table:
    integers = ("degree", "core")
    columns = [ID]
    for language in ("ko", "en"):
        columns.append(Column(f"label_{language}", "text", "행위자", "Actor"))
    columns.append(Column("component", "integer", "덩어리", "Component"))
    for name in (*MEASURES, "clustering"):
        kind = "integer" if name in integers else "number"
        columns.append(Column(name, kind, NAMES[name]["ko"], NAMES[name]["en"]))
        if name in MEASURES:
            ko, en = f"{NAMES[name]['ko']} 순위", f"{NAMES[name]['en']}, rank"
            columns.append(Column(f"{name}_rank", "integer", ko, en))
    rows = []
    for actor in order:
        words = _name(study, actor.node)
        row: dict[str, Any] = {"id": actor.node, "label_ko": words["ko"], "label_en": words["en"]}
        row["component"] = actor.component
        for name in (*MEASURES, "clustering"):
            if (value := getattr(actor, name)) is not None:
                row[name] = value
        row |= {f"{name}_rank": rank for name, rank in placed[actor.node].items()}
        rows.append(row)
    return Table(
        "structure-actors",
        "행위자별 지표와 순위",
        "Measures and ranks of actors",
        tuple(columns),
        ("id",),
        rows,
    )


def _network_table(study: Study, whole: NetworkStructure) -> Table:
    network = study.simple()
    where = places_of(study, study.network_name)
    nodes = where.nodes
    by = {of: dict(zip(nodes, where.labels(of), strict=True)) for of in ("continent", "country")}
    people = {
        node: float(value)
        for node, value in zip(nodes, where.population, strict=True)
        if value == value
    }
    logs = {node: math.log10(value) for node, value in people.items()}
    values: list[tuple[str, str, str, float | int | None]] = [
        ("nodes", "노드", "Nodes", whole.nodes),
        ("edges", "연결된 짝", "Pairs tied", whole.edges),
        ("density", "밀도", "Density", whole.density),
        ("components", "덩어리", "Components", whole.components),
        ("largest", "가장 큰 덩어리의 노드", "Nodes in the largest component", whole.largest),
        ("isolated", "연결 없는 노드", "Nodes without ties", whole.isolated),
        ("transitivity", "닫힌 삼각형의 비율", "Transitivity", whole.transitivity),
        ("mean_clustering", "군집 계수의 평균", "Mean clustering", whole.mean_clustering),
        (
            "degree_centralisation",
            "연결 정도의 집중도",
            "Centralisation by degree",
            whole.degree_centralisation,
        ),
        (
            "betweenness_centralisation",
            "매개의 집중도",
            "Centralisation by betweenness",
            whole.betweenness_centralisation,
        ),
        (
            "degree_assortativity",
            "연결 정도의 동류성",
            "Assortativity by degree",
            whole.degree_assortativity,
        ),
        (
            "continent_assortativity",
            "대륙의 동류성",
            "Assortativity by continent",
            attribute_assortativity(network, by["continent"]),
        ),
        (
            "country_assortativity",
            "국가의 동류성",
            "Assortativity by country",
            attribute_assortativity(network, by["country"]),
        ),
        (
            "population_assortativity",
            "인구(로그)의 동류성",
            "Assortativity by population (logarithm)",
            numeric_assortativity(network, logs),
        ),
        ("reciprocity", "상호성", "Reciprocity", whole.reciprocity),
    ]
    values += _distances(study)
    return Table(
        "structure-network",
        "네트워크 전체의 지표",
        "Measures of the network as a whole",
        (
            ID,
            Column("measure_ko", "text", "지표", "Measure"),
            Column("measure_en", "text", "지표", "Measure"),
            Column("value", "number", "값", "Value"),
        ),
        ("id",),
        [
            {"id": name, "measure_ko": ko, "measure_en": en, "value": float(value)}
            for name, ko, en, value in values
            if value is not None
        ],
    )


def _distances(study: Study) -> list[tuple[str, str, str, float | int | None]]:
    """Distances in steps within the largest component."""
    from graph.analysis.distances import distances

    found = distances(study.simple())
    return [
        ("mean_distance", "평균 거리(단계)", "Mean distance (steps)", found.mean),
        ("median_distance", "거리의 중앙값", "Median distance", found.median),
        ("diameter", "지름", "Diameter", found.diameter),
    ]


def _ranks_figure(
    study: Study, order: Sequence[ActorStructure], placed: dict[Any, dict[str, int]]
) -> Figure:
    def draw(language: str) -> Any:
        import altair as alt

        values = [
            {
                "actor": _name(study, actor.node)[language],
                "measure": NAMES[name][language],
                "rank": rank,
            }
            for actor in order[:SHOWN]
            for name, rank in placed[actor.node].items()
        ]
        actors = [_name(study, actor.node)[language] for actor in order[:SHOWN]]
        measures = [NAMES[name][language] for name in MEASURES]
        base = alt.Chart(alt.Data(values=values)).encode(
            x=alt.X("measure:N", sort=measures, title=None, axis=alt.Axis(labelAngle=-35)),
            y=alt.Y("actor:N", sort=actors, title=None),
            tooltip=[
                alt.Tooltip("actor:N", title=both("행위자", "actor")[language]),
                alt.Tooltip("measure:N", title=both("지표", "measure")[language]),
                alt.Tooltip("rank:Q", title=both("순위", "rank")[language]),
            ],
        )
        shade = alt.Scale(type="log", scheme="blues", reverse=True)
        dark = alt.condition(alt.datum.rank <= 3, alt.value("white"), alt.value("#1d2733"))
        cells = base.mark_rect().encode(color=alt.Color("rank:Q", scale=shade, legend=None))
        return (cells + base.mark_text().encode(text="rank:Q", color=dark)).properties(
            width=640, height=alt.Step(26)
        )

    return Figure(
        "structure-ranks",
        both("지표마다의 순위", "Ranks by each measure"),
        both(
            f"상대가 가장 많은 {min(SHOWN, len(order))}곳이 지표마다 몇째인지 보입니다. 진할수록 "
            "앞 순위입니다.",
            f"The {min(SHOWN, len(order))} actors with most partners and their rank by each "
            "measure; darker is nearer the top.",
        ),
        draw,
    )


def _degrees_figure(order: Sequence[ActorStructure]) -> Figure:
    degrees = sorted({actor.degree for actor in order if actor.degree})
    count = len(order)
    values = [
        {"degree": degree, "share": sum(actor.degree >= degree for actor in order) / count}
        for degree in degrees
    ]

    def draw(language: str) -> Any:
        import altair as alt

        few = both("상대가 이만큼 이상인 비율", "Share with at least so many partners")[language]
        many = both("상대의 수", "Partners")[language]
        log = alt.Scale(type="log")
        return (
            alt.Chart(alt.Data(values=values))
            .mark_line(point=True, color="#0072b2")
            .encode(
                x=alt.X("degree:Q", scale=log, title=many),
                y=alt.Y("share:Q", scale=log, title=few, axis=alt.Axis(format="~%")),
                tooltip=[
                    alt.Tooltip("degree:Q", title=many),
                    alt.Tooltip("share:Q", title=few, format=".1%"),
                ],
            )
            .properties(width=640, height=280)
        )

    return Figure(
        "structure-degrees",
        both("상대 수의 분포", "Distribution of the number of partners"),
        both(
            "두 축이 모두 로그입니다. 상대가 많은 행위자는 드뭅니다.",
            "Both axes are logarithmic. Actors with many partners are rare.",
        ),
        draw,
    )


__all__ = ["structure"]
