"""The chapter on communities: how many there are, how stable they are, whether they are real."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graph.analysis.communities import Consensus, consensus, leiden, modularity
from graph.analysis.null_models import Comparison, compare, is_rewirable
from graph.export.columns import ID, Column
from graph.export.database import Table
from graph.report.finding import Figure, Finding, Headline
from graph.report.numbers import written
from graph.words import Words, both

if TYPE_CHECKING:
    import networkx as nx

    from graph.report.study import Study

RUNS = 100
"""How many partitions are drawn at most; fewer where the study draws fewer."""
STABLE = 0.75
"""An agreement (adjusted Rand index) from which the division may be called stable."""
LOOSE = 0.4
"""An agreement below which there is no division worth the name."""
NAMED, SHOWN = 4, 12

METHOD = [
    both(
        "라이덴 알고리즘(Traag 외 2019)으로 모듈도(Newman 2006)를 높이는 나뉨을 시드를 달리해 "
        "여러 번 찾고, 견주기 위해 루뱅 알고리즘(Blondel 외 2008)도 돌립니다. 노드는 늘 정렬된 "
        "순서로 줍니다. 합의는 Lancichinetti·Fortunato(2012)의 방법으로, 이어진 쌍만 "
        "셉니다(Tandon 외 2019). 일치도는 이웃한 두 결과 사이 수정 랜드 지수(Hubert·Arabie "
        "1985)의 평균이며 1이면 늘 같고 0이면 우연만큼 같습니다. 확실성은 한 행위자가 자기 군집의 "
        "다수와 함께 있는 비율입니다.",
        "The Leiden algorithm (Traag et al. 2019) is run many times with other seeds for "
        "partitions of high modularity (Newman 2006), and Louvain (Blondel et al. 2008) beside "
        "it, always on nodes in sorted order. The consensus follows Lancichinetti and Fortunato "
        "(2012), counting tied pairs (Tandon et al. 2019). Agreement is the mean adjusted Rand "
        "index of one run and the next (Hubert and Arabie 1985): 1 where all are the same, 0 "
        "where they agree as chance does. Certainty is the share of runs in which an actor is "
        "with most of its community.",
    ),
    both(
        "모듈도는 연결 수를 그대로 둔 채 다시 이은 네트워크에서 같은 알고리즘이 얻는 모듈도와 "
        "견줍니다(Maslov·Sneppen 2002). 무작위 네트워크에서도 모듈도는 높게 나오기 "
        "때문입니다(Guimerà 외 2004).",
        "Modularity is held against what the same algorithm reaches on networks rewired with the "
        "same degrees (Maslov and Sneppen 2002), since chance alone gives high values (Guimerà et "
        "al. 2004).",
    ),
]
TITLE = both("군집은 있는가", "Are there communities?")
QUESTION = both(
    "서로 더 많이 이어진 군집으로 나뉘는가? 나뉨은 돌릴 때마다 같은가, 우연보다 뚜렷한가?",
    "Does the network fall into groups with more ties within, the same each time and clearer than "
    "by chance?",
)


def communities(study: Study) -> Finding:
    """The communities of the network under study."""
    network = study.simple()
    if not network.number_of_edges():
        none = both("연결이 하나도 없습니다.", "There are no ties.")
        return Finding("communities", TITLE, QUESTION, [none], METHOD, {})
    runs = min(RUNS, study.draws)
    study.progress("communities: Leiden")
    found = consensus(network, "leiden", runs, study.seed, study.cluster, study.progress)
    study.progress("communities: Louvain")
    beside = consensus(network, "louvain", runs, study.seed, study.cluster, study.progress)
    chance = None
    if is_rewirable(network):
        study.progress("communities: chance")
        chance = compare(
            network,
            modularity,
            draws=min(study.draws, 100 if len(network) > 2000 else study.draws),
            seed=study.seed,
            cluster=study.cluster,
            progress=study.progress,
        )["modularity"]
    return Finding(
        "communities",
        TITLE,
        QUESTION,
        _answer(study, network, found, chance),
        METHOD,
        {"runs": runs, "seed": study.seed, **({"draws": chance.draws} if chance else {})},
        [
            Headline(
                "modularity", both("모듈도", "Modularity"), study.network_name, leiden_modularity
            ),
            Headline(
                "communities",
                both("군집의 수", "Number of communities"),
                study.network_name,
                number,
                both("개", ""),
            ),
        ],
        [_members_table(study, network, found), _runs_table(found, beside, chance)],
        [_figure(study, network, found)],
        _cautions(study, chance),
        _sources(study, found),
    )


def leiden_modularity(network: nx.Graph) -> float | None:
    """The modularity that Leiden reaches; None without ties."""
    return leiden(network).modularity if network.number_of_edges() else None


def number(network: nx.Graph) -> float | None:
    """How many communities of more than one actor Leiden finds."""
    return float(sum(len(part) > 1 for part in leiden(network).parts))


def _names(network: nx.Graph, part: Sequence[Any], language: str, most: int = NAMED) -> str:
    """The best connected of a community by name."""
    first = sorted(part, key=lambda node: (-network.degree(node), node))[:most]
    return ", ".join(str(network.nodes[node].get(f"label_{language}", node)) for node in first)


def _answer(
    study: Study, network: nx.Graph, found: Consensus, chance: Comparison | None
) -> list[Words]:
    parts = [part for part in found.parts if len(part) > 1]
    agreed = written(round(found.agreement, 3))
    if found.agreement < LOOSE:
        first = both(
            f"이름을 붙일 만한 군집은 없습니다. 시드를 달리하면 나뉨이 크게 달라집니다"
            f"(일치도 {agreed}).",
            f"None worth the name: another seed gives quite another division (agreement {agreed}).",
        )
    elif found.agreement < STABLE:
        first = both(
            f"군집이 보이지만 경계는 흐립니다. 일치도는 {agreed}로, 돌릴 때마다 적지 않은 곳이 "
            "자리를 옮깁니다.",
            f"There are communities with blurred borders: the agreement of runs is {agreed}, and "
            "many actors change places from run to run.",
        )
    else:
        first = both(
            f"나뉨은 거의 늘 같습니다(일치도 {agreed}). 둘 이상이 모인 군집은 "
            f"{len(parts):,}개입니다.",
            f"The division is nearly the same each time (agreement {agreed}): {len(parts):,} "
            "communities of two or more.",
        )
    sentences = [first]
    for place, part in enumerate(parts[:3], 1):
        sentences.append(
            both(
                f"{place}. {len(part):,}곳: {_names(network, part, 'ko')} 등.",
                f"{place}. {len(part):,} actors around {_names(network, part, 'en')}.",
            )
        )
    if study.network_name == "actors":
        sentences.append(
            both(
                "이 군집은 대체로 도시 네트워크의 회원 명단입니다. 명단이 겹치지 않는 만큼 "
                "갈라지며, 도시들이 서로 가까운 무리라는 뜻은 아닙니다.",
                "They are by and large the lists of members of city networks, parted where the "
                "lists do not overlap; they do not say that their cities are close to each other.",
            )
        )
    sentences.append(_beside_chance(found, chance))
    return sentences


def _beside_chance(found: Consensus, chance: Comparison | None) -> Words:
    if chance is None:
        return both(
            "연결을 서로 바꿔 이을 수 없는 네트워크라서, 모듈도가 우연보다 높은지는 말할 수 "
            "없습니다.",
            "The ties cannot be exchanged, so whether the modularity exceeds chance can't be told.",
        )
    p = min(1.0, 2 * min(chance.p_above, chance.p_below))
    values = (
        f"{written(round(chance.observed, 4))}, {written(round(chance.mean, 4))}",
        "" if chance.z is None else f"z = {written(round(chance.z, 2))}, ",
    )
    if p > 0.05:
        ko, en = "우연과 구별되지 않습니다", "cannot be told from chance"
    elif chance.observed > chance.mean:
        ko, en = "우연보다 높습니다", "exceeds chance"
    else:
        ko, en = "우연보다 오히려 낮습니다", "is even below chance"
    return both(
        f"모듈도는 {ko}(관찰과 우연의 평균 {values[0]}; {values[1]}p = {written(round(p, 4))}).",
        f"The modularity {en} (observed and mean by chance {values[0]}; {values[1]}"
        f"p = {written(round(p, 4))}).",
    )


def _cautions(study: Study, chance: Comparison | None) -> list[Words]:
    found = [
        both(
            "모듈도를 높이는 방법은 작은 군집을 큰 것에 묶어 버립니다(분해능 한계, "
            "Fortunato·Barthélemy 2007).",
            "Methods of modularity merge small groups into larger ones (resolution limit, "
            "Fortunato and Barthélemy 2007).",
        ),
        both(
            "군집은 네트워크를 읽는 한 방법이며, 도시들 스스로가 아는 모임이 아닙니다.",
            "Communities are one reading of a network, no clubs that their members know of.",
        ),
    ]
    if study.network_name == "actors":
        found.append(
            both(
                "회원 명단이 불완전한 네트워크의 군집은 실제보다 작습니다.",
                "Communities of networks with incomplete lists are smaller than they are.",
            )
        )
    if chance is None:
        found.append(
            both(
                "우연과 견줄 수 없으므로 모듈도의 크기는 아무것도 증명하지 않습니다.",
                "Without a comparison with chance the size of the modularity proves nothing.",
            )
        )
    return found


def _sources(study: Study, found: Consensus) -> list[str]:
    """The documents behind the ties inside the three largest communities."""
    place = {node: at for at, part in enumerate(found.parts[:3]) for node in part}
    documents = study.documents()
    return sorted(
        {
            iri
            for edge, known in documents.items()
            if edge[0] in place and place[edge[0]] == place.get(edge[1])
            for iri in known
        }
    )


def _members_table(study: Study, network: nx.Graph, found: Consensus) -> Table:
    rows = [
        {
            "id": str(node),
            "label_ko": str(network.nodes[node].get("label_ko", node)),
            "label_en": str(network.nodes[node].get("label_en", node)),
            "community": at,
            "size": len(part),
            "certainty": found.certainty[node],
        }
        for at, part in enumerate(found.parts, 1)
        for node in part
    ]
    return Table(
        "communities-members",
        "군집과 구성원",
        "Communities and their members",
        (
            Column("community", "integer", "군집", "Community"),
            ID,
            Column("label_ko", "text", "구성원", "Member"),
            Column("label_en", "text", "구성원", "Member"),
            Column("size", "integer", "군집의 크기", "Size of the community"),
            Column("certainty", "number", "확실성", "Certainty"),
        ),
        ("id",),
        rows,
    )


def _runs_table(found: Consensus, beside: Consensus, chance: Comparison | None) -> Table:
    rows: list[dict[str, Any]] = [
        {
            "algorithm": each.algorithm,
            "runs": each.runs,
            "parts": len(each.parts),
            "least": each.least,
            "mean": each.mean,
            "greatest": each.greatest,
            "consensus": each.modularity,
            "agreement": each.agreement,
            "information": each.information,
        }
        for each in (found, beside)
    ]
    if chance is not None:
        row = {"algorithm": "leiden, rewired", "runs": chance.draws, "mean": chance.mean}
        rows.append(row)
    return Table(
        "communities-runs",
        "여러 번 찾은 결과와 그 일치",
        "Runs, and how far they agree",
        (
            Column("algorithm", "text", "알고리즘", "Algorithm"),
            Column("runs", "integer", "횟수", "Runs"),
            Column("parts", "integer", "합의한 군집 수", "Communities of the consensus"),
            Column("least", "number", "모듈도, 최소", "Modularity, least"),
            Column("mean", "number", "모듈도, 평균", "Modularity, mean"),
            Column("greatest", "number", "모듈도, 최대", "Modularity, greatest"),
            Column("consensus", "number", "모듈도, 합의", "Modularity, consensus"),
            Column("agreement", "number", "일치도", "Agreement (adjusted Rand)"),
            Column("information", "number", "상호정보", "Mutual information, normalised"),
        ),
        ("algorithm",),
        rows,
    )


def _figure(study: Study, network: nx.Graph, found: Consensus) -> Figure:
    parts = [part for part in found.parts if len(part) > 1][:SHOWN]

    def draw(language: str) -> Any:
        import altair as alt

        values = [
            {
                "community": f"{at}. {_names(network, part, language, 2)}",
                "size": len(part),
                "certainty": sum(found.certainty[node] for node in part) / len(part),
            }
            for at, part in enumerate(parts, 1)
        ]
        size = both("구성원의 수", "Members")[language]
        sure = both("확실성의 평균", "Mean certainty")[language]
        return (
            alt.Chart(alt.Data(values=values))
            .mark_bar()
            .encode(
                x=alt.X("size:Q", title=size),
                y=alt.Y("community:N", sort=[value["community"] for value in values], title=None),
                color=alt.Color(
                    "certainty:Q",
                    title=sure,
                    scale=alt.Scale(domain=[0.5, 1], range=["#cfe3f1", "#0072b2"]),
                ),
                tooltip=[
                    alt.Tooltip("community:N", title=both("군집", "Community")[language]),
                    alt.Tooltip("size:Q", title=size),
                    alt.Tooltip("certainty:Q", title=sure, format=".2f"),
                ],
            )
            .properties(width=520, height=alt.Step(24))
        )

    return Figure(
        "communities-sizes",
        both("군집의 크기와 확실성", "Sizes of communities, and how certain they are"),
        both(
            "막대는 군집의 구성원 수이고, 진할수록 구성원이 늘 함께 있습니다. 이름은 연결이 가장 "
            "많은 두 곳입니다.",
            "Bars are numbers of members; the darker, the more often they are together. Names are "
            "those of the two with most ties.",
        ),
        draw,
    )


__all__ = ["communities"]
