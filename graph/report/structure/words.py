"""The words of the chapter on structure that do not depend on what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citypact.graph.text.bilingual import Words, both

if TYPE_CHECKING:
    from citypact.graph.report.shared.study import Study

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


def name_of(study: Study, node: str) -> Words:
    """The name of an actor in both languages."""
    data = study.simple().nodes[node]
    return both(str(data.get("label_ko", node)), str(data.get("label_en", node)))


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
    both(
        "거리는 가장 큰 덩어리의 모든 쌍에서 재고, 유효 지름은 그 비율의 쌍이 놓이는 거리를 단계 "
        "사이에서 보간한 값입니다(Leskovec 외 2007; Kunegis 2013). 균형 불평등 비율 P는 상대가 "
        "많은 P가 연결의 1 − P를 가지는 값, 상대 엔트로피는 고를수록 1입니다(Kunegis·Preusse "
        "2012). "
        "멱법칙 지수는 Newman(2005)과 Clauset 외(2009)의 추정이며, 꼬리에 50곳 이상이 있을 때만 "
        "적습니다. 지수가 있다고 멱법칙이 성립하는 것은 아닙니다.",
        "Distances are those of all pairs of the largest component; an effective diameter is the "
        "distance within which that share of pairs lies, interpolated between steps (Leskovec et "
        "al. 2007; Kunegis 2013). Balanced inequality is the P such that the P with most partners "
        "have 1 − P of all, relative entropy 1 where all have as many (Kunegis and Preusse 2012). "
        "Power-law exponents are estimated as by Newman (2005) and Clauset et al. (2009), and told "
        "only where the tail has at least 50 actors; an exponent does not say that a power law "
        "holds.",
    ),
]

__all__ = ["METHOD", "NAMES", "name_of"]
