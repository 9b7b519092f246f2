"""The words of the chapter on possible partners that do not depend on what was found."""

from __future__ import annotations

from citypact.graph.text.bilingual import Words, both

TITLE = both("다음 협력 도시", "Possible next partners")
QUESTION = both(
    "이미 협력하지 않는 도시 가운데 어디가 다음 협력 도시가 될 만한가? 그 예측은 얼마나 믿을 수 "
    "있는가?",
    "Which cities that are no partners yet may become partners, and how far can that be foretold?",
)

METHODS: dict[str, Words] = {
    "common_neighbours": both("공동 이웃의 수", "Common neighbours"),
    "adamic_adar": both("Adamic–Adar", "Adamic–Adar"),
    "resource_allocation": both("자원 배분", "Resource allocation"),
    "preferential_attachment": both("선호적 연결(기준선)", "Preferential attachment (baseline)"),
    "topic_likeness": both("협력 분야의 유사도", "Likeness of topics"),
    "combined": both("Adamic–Adar와 분야의 순위 평균", "Mean rank of Adamic–Adar and topics"),
}
SCOPES: dict[str, Words] = {
    "all": both("모든 연결", "Any ties"),
    "everyone": both("외국 시 정부와의 연결", "Ties with governments abroad"),
    "members": both("외국 회원 도시와의 연결", "Ties with members abroad"),
    "latest": both("회원 도시와의 최근 연결", "Latest ties with members"),
    "cities": both("도시 사이의 연결", "Ties between cities"),
}

SCORES = both(
    "이웃이 k(z)개인 공동 이웃 z에 대해 다음 점수를 씁니다. 공동 이웃의 수(Newman 2001), "
    "Adamic–Adar Σ 1/ln k(z)(Adamic·Adar 2003), 자원 배분 Σ 1/k(z)(Zhou 외 2009), 선호적 연결 = 두 "
    "차수의 곱(Barabási·Albert 1999). 마지막 것은 크기만으로 예측되는 정도이므로, 다른 점수는 "
    "이보다 나아야 의미가 있습니다.",
    "Scores, with k(z) the neighbours of a common neighbour z: number of common neighbours (Newman "
    "2001); Adamic–Adar, Σ 1/ln k(z) (Adamic and Adar 2003); resource allocation, Σ 1/k(z) (Zhou "
    "et al. 2009); preferential attachment, the product of both degrees (Barabási and Albert "
    "1999). The last is what size alone foretells: a score says something if it does better.",
)
TOPICS = both(
    "분야의 유사도는 두 행위자가 맺은 협정의 분야 벡터 사이의 코사인입니다. 연결을 숨길 때는 그 "
    "연결의 협정도 뺍니다. 그러지 않으면 답을 미리 보는 셈이 됩니다. 결합 점수는 Adamic–Adar와 "
    "분야 유사도의 순위(0–1)를 평균한 것입니다.",
    "Likeness of topics is the cosine of the topics of both actors' agreements. Where a tie is "
    "hidden, its agreements are too; else the answer would be given away. The combined score is "
    "the mean of the ranks (0–1) by Adamic–Adar and by topics.",
)
HIDING = both(
    "점수의 판정: 연결의 10 %를 무작위로 숨기고 스무 번 되풀이하며, 따로 가장 최근 연도의 연결을 "
    "숨깁니다(Liben-Nowell·Kleinberg 2007). AUC는 숨긴 연결의 점수가 연결 없는 쌍의 점수보다 높을 "
    "확률이고(같으면 절반, 만·휘트니 순위로 정확히 계산), 0.5가 우연입니다. 정밀도는 숨긴 연결이 "
    "k개일 때 상위 k개 가운데 맞힌 비율입니다.",
    "How scores are judged: 10 % of the ties are hidden by chance, twenty times, and apart from "
    "that the ties of the latest years (Liben-Nowell and Kleinberg 2007). AUC is the probability "
    "that a hidden tie scores higher than a pair without a tie (equal ones by half, exact by the "
    "ranks of Mann and Whitney); 0.5 is chance. Precision is the share of hidden ties among the "
    "first k pairs, with k ties hidden.",
)
DRAWN = both(
    "도시 네트워크에서는 연결 없는 쌍이 너무 많아 AUC를 100,000쌍을 뽑아 잽니다. 정밀도는 모든 쌍 "
    "가운데 점수가 가장 높은 k쌍에서 셉니다.",
    "In the network of cities there are too many pairs without a tie, so that AUC is measured "
    "with 100,000 drawn ones. Precision is of the k highest scores among all pairs.",
)
SHARING = both(
    "공동 네트워크와 협력의 관계: 같은 네트워크의 외국 회원만 놓고, 협력 도시가 그렇지 않은 "
    "회원보다 공동 네트워크가 많을 확률(AUC)을 잽니다. p는 누가 협력 도시인지를 무작위로 섞었을 때 "
    "AUC가 그 이상인 비율 (1 + 횟수) / (1 + 추출 횟수)입니다(한쪽).",
    "Networks in common and ties: among members abroad of the same networks alone, the probability "
    "(AUC) that a partner has more networks in common than a member that is none. p is the share "
    "of draws, with partners dealt out among the members by chance, in which AUC is as high, (1 + "
    "such draws) / (1 + draws), one-sided.",
)

TWO_MODE = both(
    "도시 사이의 연결이 모두 한 도시의 것이라 공동 협력 도시가 없습니다. 그래서 도시 네트워크의 "
    "회원 관계를 이웃으로 삼았습니다(행위자 네트워크).",
    "All ties between cities are of one city, so no two cities have a partner in common there. "
    "Memberships in city networks stand in as neighbours (network of actors).",
)
SELECTION = both(
    "협력 도시가 아닌 도시는 네트워크의 회원이라서 자료에 들어왔고, 협력 도시는 회원이 아니어도 "
    "들어옵니다. 그래서 모든 외국 시 정부를 놓고 판정하면 공동 네트워크가 협력을 방해하는 것처럼 "
    "보입니다(AUC가 0.5보다 낮음). 이는 수집 방식이 만든 것이며, 회원끼리만 견준 값이 맞는 "
    "비교입니다.",
    "Cities that are no partners are in the data because they are members of a network; partners "
    "are there without that. Judged on all governments abroad, networks in common seem to hinder "
    "ties (AUC below 0.5). The selection makes that; the comparison among members is the fair one.",
)
UNKNOWN = both(
    "후보는 ‘협력이 확인되지 않은’ 도시입니다. 출처가 세는 협력 도시의 수가 확인된 수보다 "
    "많으므로, 후보 가운데 이미 협력 도시인 곳이 있을 수 있습니다.",
    "A candidate is a city without a known tie. Sources count more partners than are documented, "
    "so some candidates may be partners already.",
)
NO_PROBABILITY = both(
    "점수는 순서일 뿐 확률이 아니며, 원인을 말하지 않습니다. 큰 도시는 네트워크에도 많이 가입하고 "
    "협력도 많이 맺습니다. 회원 자격에는 날짜가 드물어, 협력한 뒤에 가입했을 수도 있습니다. 목록은 "
    "살펴볼 곳의 순서이지 추천이 아닙니다.",
    "A score orders; it is no probability and names no cause. Large cities join more networks and "
    "make more ties. Few memberships are dated, so a city may have joined after the tie was made. "
    "The list says where to look first; it is no recommendation.",
)
LISTS = both(
    "회원 명단은 네트워크마다 다르게 완전합니다. 명단에서 빠진 회원은 후보에도 없습니다.",
    "Lists of members are complete to different degrees, and a member that they lack is no "
    "candidate.",
)

__all__ = [
    "DRAWN",
    "HIDING",
    "LISTS",
    "METHODS",
    "NO_PROBABILITY",
    "QUESTION",
    "SCOPES",
    "SCORES",
    "SELECTION",
    "SHARING",
    "TITLE",
    "TOPICS",
    "TWO_MODE",
    "UNKNOWN",
]
