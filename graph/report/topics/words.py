"""What the chapter on topics says: title, method, what could be wrong."""

from __future__ import annotations

from citypact.graph.report.topics.data import Found
from citypact.graph.text.bilingual import Words, both, particle
from citypact.graph.text.numbers import written

TITLE = both("무엇을 함께하는가", "Who cooperates on what")
QUESTION = both(
    "어떤 분야에서 협력하며, 어떤 분야가 한 협정에 함께 오는가? 상대마다 다른가?",
    "On which topics is there cooperation, which go together in agreements, and do partners "
    "differ?",
)
KINDS = {
    "government": both("도시 정부", "city governments"),
    "network": both("도시 네트워크", "networks of cities"),
    "organization": both("기관·기업·단체", "organisations"),
    "office": both("소속 부서", "offices"),
}
METHOD = [
    both(
        "분야는 협정과 그 조항이 다루는 것이며, 분야 체계를 따라 큰 분야로 모읍니다. 두 큰 "
        "분야에 속한 분야는 둘 다에 세고, 한 협정은 한 큰 분야에 한 번만 셉니다.",
        "Topics are those that agreements and their provisions cover, rolled up along the scheme "
        "to broad fields: a topic of two fields counts in both, an agreement once in a field.",
    ),
    both(
        "함께 오는 분야는 협정과 분야의 이원 네트워크에서 봅니다. 협정마다의 분야 수와 "
        "분야마다의 협정 수를 그대로 두고 연결을 무작위로 바꿔(행과 열 고정, Gotelli 2000) 함께 "
        "온 협정의 평균과 표준편차를 얻습니다. z = (관측 − 평균) / 표준편차입니다. p는 모든 쌍 "
        "가운데 가장 큰 |z|와 견준 값이라 여러 쌍을 본 것이 이미 보정되어 "
        "있습니다(Westfall·Young 1993). 드문 분야의 쌍은 시험하지 않습니다. 큰 분야의 쌍에서는 두 "
        "큰 분야에 속한 분야를 뺍니다. 그것만으로도 둘이 함께 오기 때문입니다.",
        "What goes together is seen in the two-mode network of agreements and topics. Its ties "
        "are exchanged at random, keeping how many topics each agreement and how many agreements "
        "each topic has (fixed rows and columns, Gotelli 2000), which gives mean and deviation "
        "of the agreements with both; z = (observed − mean) / deviation. p is against the "
        "greatest |z| of all pairs in each draw and so corrected for their number (Westfall and "
        "Young 1993). Pairs of rare topics are not tested. Pairs of broad fields leave out topics "
        "of two fields, which alone would bring these together by definition.",
    ),
    both(
        "모든 쌍은 두 수를 평균에서만 지키는 최대 엔트로피 모형(이분 배열 모형, Saracco 외 "
        "2015)과도 견줍니다. p는 정확한 푸아송 이항 꼬리 확률이며 모든 쌍에 대해 "
        "보정합니다(Benjamini·Hochberg 1995). 향상도는 독립일 때의 몇 배인지, 관련도는 두 조건부 "
        "비율 가운데 작은 것(Hidalgo 외 2007), 자카드와 코사인은 함께 온 협정을 각각 합집합과 "
        "기하평균으로 나눈 것입니다. 협정이 두셋인 분야에서는 이 비율들이 협정 하나에도 크게 "
        "뛰므로, 건수를 먼저 읽어야 합니다.",
        "All pairs stand beside the bipartite configuration model too (Saracco et al. 2015), "
        "which keeps both numbers in the mean only; p is the exact tail of a Poisson binomial, "
        "corrected for all pairs (Benjamini and Hochberg 1995). Lift is together by what "
        "independence would give; relatedness the smaller of the two conditional shares (Hidalgo "
        "et al. 2007); Jaccard and cosine divide by the union and the geometric mean. For topics "
        "with two or three agreements these ratios leap with every agreement: the plain number "
        "comes first.",
    ),
    both(
        "상대의 치우침은 같은 방식의 무작위 교환과 견주므로, 적힌 분야가 많은 협정이 모든 분야로 "
        "기우는 것처럼 보이지 않습니다. 현시비교우위(Balassa 1965)는 그 상대에서의 몫을 "
        "모두에서의 몫으로 나눈 값, 다양성은 섀넌 엔트로피(비트), 닮음은 둘이 함께 맺은 협정을 "
        "뺀 큰 분야별 협정 수의 코사인입니다. 협정의 절반 이상에 당사자인 중심은 견줌에서 "
        "뺍니다.",
        "Leanings are held against the same exchanges, so that whoever has wordy agreements does "
        "not seem to lean to everything. Revealed comparative advantage (Balassa 1965) is the "
        "share of a field with a partner by its share with all; diversity is Shannon's entropy "
        "in bits; likeness the cosine of agreements by field, those that are of both left out. "
        "Whoever is party to half of the agreements or more is left out there.",
    ),
]


def kind(code: str) -> Words:
    """The words for a kind of actor."""
    return KINDS.get(code, both(code or "기타", code or "others"))


def cautions(found: Found) -> list[Words]:
    """What could be wrong."""
    made = []
    if found.closely:
        means = [
            written(sum(map(len, each.by_topic.values())) / len(each.agreements))
            for each in (found.material, found.rest)
            if each.agreements
        ]
        beside = both(f"({' → '.join(means)}개)", f" ({' → '.join(means)})")
        made.append(
            both(
                "분야의 수는 문서를 얼마나 자세히 읽었는지에 달렸습니다. 전문을 읽은 문서는 "
                f"{len(found.closely):,}건뿐이고 나머지는 보도가 적은 몇 낱말입니다. 이 문서들을 "
                f"빼면 협정 하나의 평균 분야 수가 달라지므로{beside['ko']}, 뺀 값을 함께 "
                "적습니다.",
                "The number of topics depends on how closely a document was read: "
                f"{len(found.closely):,} were read in full, of the other agreements reports name "
                "a few words. The mean number of topics of an agreement changes without them"
                f"{beside['en']}; values without them stand beside.",
            )
        )
    made += [
        both(
            "협정은 서로 독립이 아닙니다. 같은 날 여러 도시와 맺은 것, 같은 도시와 거듭 맺은 "
            "것은 분야를 되풀이합니다. 같은 날 같은 분야의 협정만 하나로 세어 다시 "
            f"보았습니다(전문 문서와 함께 협정 {found.dropped:,}건이 빠집니다).",
            "Agreements are not independent: those signed with several cities on one day, or "
            "again with the same city, repeat their topics. Only those of one day and the same "
            "topics were counted once when the figures were made again (with the documents read "
            f"in full this takes {found.dropped:,} agreements away).",
        ),
        both(
            "낱말이 함께 오는 것은 말버릇일 수 있습니다. ‘문화·관광’처럼 한마디로 굳은 말은 두 "
            "분야로 적힙니다. 협력의 방법(연수, 정책 공유)을 적은 짧은 보도는 주제를 덜 "
            "적으므로, 방법과 주제가 따로 오는 것은 보도의 꼴일 수 있습니다.",
            "Words that come together may be a turn of phrase: “culture and tourism” is one "
            "expression in Korean and counts as two topics. Short reports that name a way of "
            "cooperating (training, exchange of policies) name fewer subjects, so that ways and "
            "subjects keeping apart may be the shape of reports.",
        ),
        both(
            "분야와 그 상하 관계는 편집자의 판단입니다. 다른 체계에서는 다른 쌍이 함께 옵니다.",
            "Topics and what is above them are the editors' judgement: in another scheme other "
            "pairs would go together.",
        ),
        both(
            "나오지 않은 분야에서 협력하지 않는다는 뜻은 아닙니다. 협정은 하려는 일을 말하며, 한 "
            "일을 말하지 않습니다.",
            "A topic that is missing may be cooperated on all the same; agreements tell of what "
            "is meant to be done, not of what was.",
        ),
        both(
            "다양성과 닮음은 협정 두세 건에서 나온 값입니다. 엔트로피는 협정이 적으면 실제보다 "
            "낮게 나오고, 가장 닮은 상대는 협정 하나로 바뀔 수 있습니다.",
            "Diversity and likeness come from two or three agreements: entropy is too low with "
            "so few, and who is most alike may change with a single one.",
        ),
    ]
    if found.material.centre:
        name = found.material.name(found.material.centre)
        made.append(
            both(
                f"{particle(name['ko'], '은', '는')} 협정의 절반 이상에 당사자라서 상대의 "
                "견줌에서 뺐습니다. 그 산하 기관은 상대와 나란히 남아 있습니다.",
                f"{name['en']} is party to half of the agreements or more and is left out where "
                "partners are compared. Bodies that belong to it stay beside partners.",
            )
        )
    return made


__all__ = ["METHOD", "QUESTION", "TITLE", "cautions", "kind"]
