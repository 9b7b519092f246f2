"""The chapter on groups: which actors are all tied to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.groups import (
    LEAST,
    OverlappingGroup,
    closed_groups,
    maximal_cliques,
    overlapping_groups,
)
from citypact.graph.analysis.null_models import is_rewirable
from citypact.graph.charts.figure import Figure
from citypact.graph.report.groups.answer import Compared, answer, cautions
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.significance import MODELS, VALUES, by_chance
from citypact.graph.tables.table import ID, Column, Table, in_both, texts
from citypact.graph.text.bilingual import both
from citypact.graph.text.numbers import written

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

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
    ),
    both(
        "집단의 수와 크기는 연결 수를 그대로 둔 채 다시 이은 네트워크와 견줍니다"
        "(Maslov·Sneppen 2002). 행위자 네트워크에서는 종류별 연결 수까지 지킨 네트워크와도 "
        "견줍니다.",
        "Number and size of groups are held against networks rewired with the same degrees (Maslov "
        "and Sneppen 2002); those of actors also against networks that keep the ties to each kind "
        "of actor.",
    ),
]
FEATURES = {
    "groups": both("집단의 수", "Number of groups"),
    "largest": both("가장 큰 집단의 크기", "Size of the largest group"),
    "inside": both("집단에 드는 비율", "Share of actors in some group"),
}


def groups(study: Study) -> Finding:
    """Which actors of the network under study form closed groups."""
    network = study.simple()
    cliques = maximal_cliques(network)
    overlapping = overlapping_groups(network, cliques=cliques)
    chance = _chance(study, network)
    name = study.network_name
    return Finding(
        "groups",
        both("닫힌 집단", "Closed groups"),
        both(
            "서로 모두 이어진 도시나 기관의 집단이 있는가? 무엇이 그들을 묶는가?",
            "Are there groups of cities or bodies that are all tied to each other, and what ties "
            "them?",
        ),
        answer(study, network, cliques, overlapping, chance),
        METHOD,
        {"k": LEAST, "least": LEAST, **_drawn(study, chance)},
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
        _tables(study, cliques, overlapping, chance),
        [_figure(cliques)] if cliques else [],
        cautions(study, chance),
        _sources(study, cliques),
    )


def _chance(study: Study, network: nx.Graph) -> Compared:
    """What there is of groups by chance, by model; nothing where ties cannot be exchanged."""
    models = ["rewired"] if is_rewirable(network) else []
    if study.network_name == "actors" and is_rewirable(network, "kind"):
        models.append("rewired-by-kind")
    return {model: by_chance(study, network, closed_groups, model, "groups") for model in models}


def _drawn(study: Study, chance: Compared) -> dict[str, Any]:
    draws = [each.draws for found in chance.values() for each in found.values()]
    return {"draws": max(draws), "seed": study.seed} if draws else {}


def largest_clique(network: nx.Graph) -> float:
    """The size of the largest clique of at least three; 0 where there is none."""
    return closed_groups(network)["largest"]


def share_in_cliques(network: nx.Graph) -> float:
    """The share of the actors that are in some clique of at least three."""
    return closed_groups(network)["inside"]


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


def _tables(
    study: Study,
    cliques: Sequence[tuple[Any, ...]],
    overlapping: Sequence[OverlappingGroup],
    chance: Compared,
) -> list[Table]:
    found = [_cliques_table(study, cliques), _groups_table(study, overlapping)] if cliques else []
    return [*found, _chance_table(chance)] if chance else found


def _chance_table(chance: Compared) -> Table:
    rows = [
        {
            "id": f"{feature}/{model}",
            **texts("feature", FEATURES[feature]),
            **texts("model", MODELS[model]),
            "observed": each.observed,
            "mean": each.mean,
            "deviation": each.deviation,
            **({} if each.z is None else {"z": each.z}),
            "p": each.p,
            "draws": each.draws,
        }
        for model, found in chance.items()
        for feature, each in found.items()
    ]
    return Table(
        "groups-chance",
        "집단과 우연",
        "Groups beside chance",
        (
            ID,
            *in_both("feature", "특징", "Feature"),
            *in_both("model", "모형", "Model"),
            *VALUES,
            Column("draws", "integer", "횟수", "Draws"),
        ),
        ("id",),
        rows,
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
        # Points, since the length of a bar says nothing on a logarithmic scale.
        most = max(value["number"] for value in values)
        scale = alt.Scale(type="log", domain=[0.8, 1.6 * most], nice=False)
        powers = [10**power for power in range(len(str(most)))]
        base = alt.Chart(alt.Data(values=values)).encode(
            x=alt.X("size:O", title=size, axis=alt.Axis(labelAngle=0)),
            y=alt.Y(
                "number:Q", title=number, scale=scale, axis=alt.Axis(values=powers, format=",d")
            ),
            tooltip=[alt.Tooltip("size:O", title=size), alt.Tooltip("number:Q", title=number)],
        )
        written_on = base.mark_text(dx=8, align="left").encode(
            text=alt.Text("number:Q", format=",")
        )
        points = base.mark_point(color="#0072b2", filled=True, size=90, opacity=1)
        return (points + written_on).properties(width=640, height=240)

    largest = written(len(cliques[0]))
    return Figure(
        "groups-sizes",
        both("서로 모두 이어진 집단의 크기", "Sizes of groups that are all tied to each other"),
        both(
            "점은 그 크기의 집단 수이며 세로축은 로그 눈금입니다. 가장 큰 집단은 "
            f"{largest}곳입니다.",
            f"Points count the groups of a size, on a logarithmic scale; the largest has "
            f"{largest} members.",
        ),
        draw,
    )


__all__ = ["groups"]
