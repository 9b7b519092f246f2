"""The chapter on communities: how many there are, how stable they are, whether they are real."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.communities import Consensus, consensus, leiden, modularity
from citypact.graph.analysis.null_models import Comparison, is_rewirable
from citypact.graph.networks.node_names import name
from citypact.graph.report.communities.tables import members_table, names, runs_table, sizes_figure
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.significance import (
    Verdict,
    by_chance,
    draws_needed,
    judge_alone,
    too_few,
)
from citypact.graph.text.bilingual import Words, both, joined, particle
from citypact.graph.text.numbers import written

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.report.shared.study import Study

RUNS = 100
"""How many partitions are drawn at most; fewer where the study draws fewer."""
STABLE = 0.75
"""An agreement (adjusted Rand index) from which the division may be called stable."""
LOOSE = 0.4
"""An agreement below which no single division may be told (Good, de Montjoye and Clauset 2010)."""
CERTAIN = 0.9
"""The share of runs in which members of a core are with their community."""
STARS = 0.8
"""The share of a community that is tied to one of it, from which it is told as that one's."""
NAMED, LISTED = 3, 4
"""How many communities the answer describes, and how many members it names."""

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
        "때문입니다(Guimerà 외 2004). 행위자 네트워크에서는 종류별 연결 수까지 지킨 "
        "네트워크와도 견줍니다.",
        "Modularity is held against what the same algorithm reaches on networks rewired with the "
        "same degrees (Maslov and Sneppen 2002), since chance alone gives high values (Guimerà et "
        "al. 2004); that of actors also on networks that keep the ties to each kind of actor.",
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
    chance = _modularity(study, network, "rewired") if is_rewirable(network) else None
    kinds = None
    if study.network_name == "actors" and is_rewirable(network, "kind"):
        kinds = _modularity(study, network, "rewired-by-kind")
    return Finding(
        "communities",
        TITLE,
        QUESTION,
        _answer(study, network, found, chance, kinds),
        METHOD,
        {"runs": runs, "seed": study.seed, **({"draws": chance.draws} if chance else {})},
        [
            Headline(
                "modularity", both("모듈도", "Modularity"), study.network_name, leiden_modularity
            ),
            Headline(
                "communities",
                both("군집의 수(한 번 찾을 때)", "Number of communities (of one run)"),
                study.network_name,
                number,
                both("개", ""),
            ),
        ],
        [members_table(network, found), runs_table(found, beside, chance, kinds)],
        [sizes_figure(network, found)],
        _cautions(study, chance),
        _sources(study, found),
    )


def _modularity(study: Study, network: nx.Graph, model: str) -> Comparison:
    return by_chance(study, network, modularity, model, "communities")["modularity"]


def leiden_modularity(network: nx.Graph) -> float | None:
    """The modularity that Leiden reaches; None without ties."""
    return leiden(network).modularity if network.number_of_edges() else None


def number(network: nx.Graph) -> float | None:
    """How many communities of more than one actor Leiden finds."""
    return float(sum(len(part) > 1 for part in leiden(network).parts))


def _answer(
    study: Study,
    network: nx.Graph,
    found: Consensus,
    chance: Comparison | None,
    kinds: Comparison | None,
) -> list[Words]:
    parts = [part for part in found.parts if len(part) > 1]
    if len(parts) == 1 and found.modularity <= 0:
        whole = both(
            "없습니다. 이어진 곳은 모두 한 덩어리이며, 어떻게 나누어도 모듈도가 오르지 않습니다.",
            "There are none: all that are tied make one whole, and no division has any modularity.",
        )
        return [whole, _beside_chance(found, chance)]
    agreed = written(round(found.agreement, 3))
    if found.agreement < LOOSE:
        shared = written(round(found.information, 3))
        first = both(
            "하나로 정해지는 나뉨은 없습니다. 시드를 달리하면 나뉨이 크게 달라집니다(일치도 "
            f"{agreed}, 정규화한 상호정보 {shared}). 서로 다른 여러 나뉨이 비슷하게 좋다는 뜻이지, "
            "구조가 없다는 뜻은 아닙니다.",
            "No single division holds: another seed gives quite another one (agreement "
            f"{agreed}, normalised mutual information {shared}). That says that many divisions "
            "are about as good, not that there is no structure.",
        )
    elif found.agreement < STABLE:
        first = both(
            f"군집이 보이지만 경계는 흐립니다. 일치도는 {particle(agreed, '으로', '로')}, 돌릴 "
            "때마다 적지 않은 곳이 자리를 옮깁니다.",
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
    if found.agreement < LOOSE:
        return [*sentences, _beside_chance(found, chance), *_cores(network, found)]
    sentences += [_described(network, at, part) for at, part in enumerate(parts[:NAMED], 1)]
    around = [_around(network, part)[1] for part in parts[:NAMED]]
    if around and min(around) >= STARS:
        sentences.append(
            both(
                "큰 군집은 저마다 한 곳과 그 상대들입니다. 도시 네트워크라면 그 회원 명단이고, 한 "
                "도시라면 그 협력 상대입니다. 군집 안의 도시들이 서로 가깝다는 뜻은 아닙니다.",
                "Each of the largest is one actor and those tied to it: of a city network its list "
                "of members, of a city its partners. They do not say that the cities inside are "
                "close to each other.",
            )
        )
    sentences.append(_beside_chance(found, chance))
    if chance and kinds and judge_alone(kinds) is not Verdict.INCONCLUSIVE:
        sentences.append(_beside_kinds(kinds))
    return sentences


def _cores(network: nx.Graph, found: Consensus) -> list[Words]:
    """The parts of communities that stay together in nearly all runs, the largest described."""
    cores = [[node for node in part if found.certainty[node] >= CERTAIN] for part in found.parts]
    cores = sorted((core for core in cores if len(core) > 2), key=lambda core: (-len(core), core))
    if not cores:
        return []
    members = sum(map(len, cores))
    told = [
        both(*(names(network, core, language, LISTED) for language in ("ko", "en")))
        for core in cores[:NAMED]
    ]
    listed = joined(
        *(
            both(f"{len(core):,}곳({each['ko']} 등)", f"{len(core):,} ({each['en']}, …)")
            for core, each in zip(cores, told, strict=False)
        ),
        ko="; ",
        en="; ",
    )
    return [
        both(
            f"열 번에 아홉 번 넘게 함께 있는 핵심은 {len(cores):,}개이고 모두 {members:,}곳입니다. "
            f"큰 것은 {listed['ko']}.",
            f"{len(cores):,} cores of three or more stay together in nine of ten runs, {members:,} "
            f"of {len(network):,} actors in all. The largest: {listed['en']}.",
        )
    ]


def _around(network: nx.Graph, part: Sequence[Any]) -> tuple[Any, float]:
    """Who in a community has most ties, and to which share of the others it is tied.

    0 where it has less than half of the ties inside: then the community is not that one's.
    """
    inside = network.subgraph(part)
    first = min(part, key=lambda node: (-inside.degree(node), node))
    ties = inside.degree(first)
    return first, ties / (len(part) - 1) if 2 * ties >= inside.number_of_edges() else 0.0


def _described(network: nx.Graph, at: int, part: Sequence[Any]) -> Words:
    first, share = _around(network, part)
    if share < STARS:
        listed = both(*(names(network, part, language, LISTED) for language in ("ko", "en")))
        return both(
            f"{at}. {len(part):,}곳: {listed['ko']} 등.",
            f"{at}. {len(part):,} actors, among them {listed['en']}.",
        )
    rest = [node for node in part if node != first]
    others = both(*(names(network, rest, language, LISTED - 1) for language in ("ko", "en")))
    centre, number = name(network, first), f"{round(share * len(rest)):,}"
    return both(
        f"{at}. {len(part):,}곳: {particle(centre['ko'], '과', '와')} 이어진 {number}곳이 "
        f"있습니다({others['ko']} 등).",
        f"{at}. {len(part):,} actors: {centre['en']} and {number} tied to it, such as "
        f"{others['en']}.",
    )


def _beside_kinds(kinds: Comparison) -> Words:
    """How much is left where the kinds of who is tied to whom are kept."""
    observed, mean = written(round(kinds.observed, 4)), written(round(kinds.mean, 4))
    p = written(round(kinds.p, 4))
    less = judge_alone(kinds) is not Verdict.BEYOND
    return both(
        "도시, 네트워크, 기관 가운데 어느 종류와 몇 번 이어지는지까지 지킨 우연에서도 모듈도의 "
        f"평균이 {mean}입니다(관찰 {observed}, p = {p}). "
        + (
            "명단이 있다는 것 말고는 더 말해 주는 것이 없습니다."
            if less
            else "명단이 있다는 것만으로 거의 다 설명되며, 남는 차이는 작습니다."
            if kinds.mean > 0.95 * kinds.observed
            else "나머지는 누가 어느 명단에 있는지에서 옵니다."
        ),
        f"Where chance keeps the ties to each kind of actor as well, the mean is {mean} "
        f"(observed {observed}, p = {p}): "
        + (
            "beyond there being lists, nothing is left to explain."
            if less
            else "that there are lists explains nearly all of it, and what is left is small."
            if kinds.mean > 0.95 * kinds.observed
            else "the rest comes of who is on which list."
        ),
    )


def _beside_chance(found: Consensus, chance: Comparison | None) -> Words:
    if chance is None:
        return both(
            "연결을 서로 바꿔 이을 수 없는 네트워크라서, 모듈도가 우연보다 높은지는 말할 수 "
            "없습니다.",
            "The ties cannot be exchanged, so whether the modularity exceeds chance can't be told.",
        )
    verdict = judge_alone(chance)
    if verdict is Verdict.INCONCLUSIVE:
        return both(
            f"우연과 견준 횟수가 {chance.draws:,}번뿐이라, 모듈도가 우연보다 높은지는 말할 수 "
            f"없습니다. {draws_needed():,}번이면 말할 수 있습니다.",
            f"With no more than {chance.draws:,} networks by chance, whether the modularity "
            f"exceeds chance can't be told; {draws_needed():,} would do.",
        )
    p = written(round(chance.p, 4))
    values = (
        f"{written(round(chance.observed, 4))}, {written(round(chance.mean, 4))}",
        "" if chance.z is None else f"z = {written(round(chance.z, 2))}, ",
    )
    if verdict is Verdict.WITHIN:
        ko, en = "우연과 구별되지 않습니다", "cannot be told from chance"
    elif chance.observed > chance.mean:
        ko, en = "우연보다 높습니다", "exceeds chance"
    else:
        ko, en = "우연보다 오히려 낮습니다", "is even below chance"
    return both(
        f"모듈도는 {ko}(관찰과 우연의 평균 {values[0]}; {values[1]}p = {p}).",
        f"The modularity {en} (observed and mean by chance {values[0]}; {values[1]}p = {p}).",
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
            "모듈도가 비슷하게 높은 나뉨은 아주 많을 수 있습니다. 그 하나의 경계를 사실로 읽지 "
            "마십시오(Good 외 2010).",
            "Very many divisions may have nearly the same modularity: do not read the borders of "
            "one as facts (Good, de Montjoye and Clauset 2010).",
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
    elif judge_alone(chance) is Verdict.INCONCLUSIVE:
        found.append(too_few(chance.draws))
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


__all__ = ["communities"]
