"""Words of the chapter on null models: what features are called, methods and cautions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from citypact.graph.report.shared.significance import draws_needed
from citypact.graph.text.bilingual import Words, both, joined
from citypact.graph.text.numbers import written

if TYPE_CHECKING:
    from citypact.graph.analysis.null_models import Comparison

TITLE = both("우연과 다른가", "Is it more than chance?")
QUESTION = both(
    "네트워크의 어떤 특징이 연결 수만으로 나올 것과 다른가? 협력 도시들이 다루는 분야는 우연보다 "
    "더 겹치거나 갈라지는가?",
    "Which features of the network differ from what the numbers of ties alone give? Do partner "
    "cities overlap in their topics more, or less, than by chance?",
)
NO_TIES = both("연결이 하나도 없습니다.", "There are no ties.")

FEATURES: dict[str, Words] = {
    "edges": both("연결", "Ties"),
    "components": both("조각", "Components"),
    "triangles": both("삼각형", "Triangles"),
    "transitivity": both("닫힌 삼각형의 비율", "Transitivity"),
    "assortativity": both("연결 수의 동류성", "Assortativity by degree"),
    "mean_distance": both("평균 거리(걸음)", "Mean distance in steps"),
    "modularity": both("모듈도(라이덴)", "Modularity (Leiden)"),
    "within_country": both("같은 나라 안의 연결 비율", "Share of ties within a country"),
    "within_continent": both("같은 대륙 안의 연결 비율", "Share of ties within a continent"),
    "within_kind": both("같은 종류끼리의 연결 비율", "Share of ties within a kind"),
    "nestedness": both("포개짐(NODF)", "Nestedness (NODF)"),
    "checkerboards": both("엇갈림(C-score)", "Checkerboards (C-score)"),
    "unevenness": both("겹침의 고르지 않음", "Unevenness of overlap"),
}
MORE: dict[str, tuple[Words, Words]] = {
    "components": (
        both("조각이 많음", "more components"),
        both("조각이 적음", "fewer components"),
    ),
    "transitivity": (
        both("닫힌 삼각형이 많음", "more closed triangles"),
        both("닫힌 삼각형이 적음", "fewer closed triangles"),
    ),
    "assortativity": (
        both("연결이 많은 곳끼리 이어짐", "well connected actors tied to each other"),
        both(
            "연결이 많은 곳과 적은 곳이 이어짐", "well connected actors tied to others that are not"
        ),
    ),
    "mean_distance": (
        both("거리가 김", "longer distances"),
        both("거리가 짧음", "shorter distances"),
    ),
    "modularity": (
        both("군집이 뚜렷함", "clearer communities"),
        both("군집이 흐림", "fainter communities"),
    ),
    "within_country": (
        both("같은 나라 안의 연결이 많음", "more ties within a country"),
        both("같은 나라 안의 연결이 적음", "fewer ties within a country"),
    ),
    "within_continent": (
        both("같은 대륙 안의 연결이 많음", "more ties within a continent"),
        both("같은 대륙 안의 연결이 적음", "fewer ties within a continent"),
    ),
    "within_kind": (
        both("같은 종류끼리의 연결이 많음", "more ties within a kind of actor"),
        both("같은 종류끼리의 연결이 적음", "fewer ties within a kind of actor"),
    ),
}
"""What is tested, and what it is called where it is above chance, and where it is below."""


REWIRED = both(
    "연결 두 개를 골라 끝을 맞바꾸기를 되풀이합니다(Maslov·Sneppen 2002, Fosdick 외 2018). 모두의 "
    "연결 수는 그대로이고 누구와 이어지는지만 우연이 됩니다. '종류별'은 도시 정부, 네트워크, 기관 "
    "등 종류마다의 연결 수까지 지킵니다. 배열 모형(Newman 2003)은 연결을 반으로 잘라 다시 짝짓고 "
    "고리와 겹친 연결을 버리므로, 연결이 많은 곳은 연결을 잃습니다. 버린 몫은 표의 연결 수에서 "
    "보입니다. z는 관찰에서 평균을 빼고 표준편차로 나눈 값이고, p는 양쪽 꼬리로 (1 + 그만큼 벗어난 "
    "횟수) / (1 + 횟수)의 두 배입니다(Davison·Hinkley 1997). 여러 특징을 함께 보므로 p를 "
    "Benjamini·Hochberg(1995)로 바로잡아 5 %에서 판단합니다.",
    "Two ties are drawn and exchange their ends, again and again (Maslov and Sneppen 2002, Fosdick "
    "et al. 2018): all keep the number of their ties, with whom is left to chance. 'By kind' also "
    "keeps how many ties each has with city governments, networks, organisations and so on. The "
    "configuration model (Newman 2003) cuts ties in halves, joins them anew and drops loops and "
    "parallel ties, so that the best connected lose some; the row of ties shows how many. z is the "
    "observed value less the mean, by the standard deviation; p has two sides, twice (1 + draws as "
    "far off) / (1 + draws) (Davison and Hinkley 1997), and is adjusted for the number of features "
    "(Benjamini and Hochberg 1995) and judged at 5 %.",
)
TWO_MODES = both(
    "분야는 도시 정부와 분야의 이원 네트워크로 봅니다. 거의 모든 협정의 당사자인 곳은 빼고, 한 "
    "협정을 함께 맺은 쌍은 겹침을 셀 때 뺍니다. 엇갈림은 두 도시가 서로에게 없는 분야를 하나씩 "
    "갖는 경우의 수의 평균(Stone·Roberts 1990), 포개짐은 NODF(Almeida-Neto 외 2008), 겹침의 고르지 "
    "않음은 두 도시가 함께 다루는 분야 수의 표준편차입니다. 우연은 두 모형으로 봅니다. 하나는 양쪽 "
    "수를 정확히 지키며 맞바꾸고(Gotelli 2000), 하나는 평균으로 지키는 최대 엔트로피 "
    "모형(BiCM, Saracco 외 2015)입니다. 쌍마다 함께 다루는 분야의 수는 BiCM의 정확한 꼬리(포아송 "
    "이항)로 검정하고 모든 쌍에 대해 바로잡습니다(Saracco 외 2017).",
    "Topics are seen as a two-mode network of city governments and topics, without whoever is "
    "party to nearly all agreements; pairs that are parties of one agreement do not count for "
    "overlap. Checkerboards are the ways in which each of two cities has a topic that the other "
    "lacks, in the mean (Stone and Roberts 1990), nestedness is NODF (Almeida-Neto et al. 2008), "
    "unevenness the standard deviation of the topics that two cities share. Chance is of two "
    "models: one exchanges ties and keeps both degrees exactly (Gotelli 2000), one keeps them in "
    "the mean at the greatest entropy (BiCM, Saracco et al. 2015). What two cities share is tested "
    "by its exact tail (Poisson binomial) and adjusted for all pairs (Saracco et al. 2017).",
)

ONE_FORM = both(
    "이 네트워크에서는 아무 두 연결도 맞바꿀 수 없습니다. 같은 연결 수를 갖는 네트워크가 이것 "
    "하나뿐이므로, 어떤 특징도 우연과 견줄 수 없습니다. z와 p를 적지 않습니다.",
    "No two ties of this network can be exchanged: it is the only one with these numbers of ties, "
    "and none of its features can be held against chance. No z and no p are given.",
)
FORM = both(
    "회원 명단은 도시를 네트워크와 이을 뿐 도시끼리 잇지 않고, 협정은 한 도시를 중심으로 "
    "모았습니다. 종류를 가리지 않는 모형은 이 모양을 모르므로 거의 모든 특징이 우연과 달라 "
    "보입니다.",
    "Lists of members join cities to networks and never to each other, and agreements were "
    "gathered around one city. A model that does not know of kinds does not know that form, so "
    "nearly every feature seems to differ from chance.",
)
INDEPENDENCE = both(
    "맞바꾸기는 연결이 서로 따로 생긴다고 봅니다. 실제로는 명단 하나, 협정 하나가 연결을 여럿 "
    "만드므로 z는 부풀 수 있습니다.",
    "Rewiring takes ties to arise one by one. In truth one list or one agreement makes several, so "
    "that z may be inflated.",
)
GRAIN = both(
    "분야는 문서에 적힌 대로 넓거나 좁게 부여되었습니다. 한 문서는 '교통', 다른 문서는 "
    "'대중교통'이라 하면 같은 일을 하는 두 도시도 엇갈립니다. 그래서 가장 넓은 분야로 묶은 결과도 "
    "표에 둡니다.",
    "Topics are as broad or narrow as documents have them: where one says transport and another "
    "public transport, two cities that do the same seem to differ. So the table also has the "
    "results for the broadest topics.",
)


def star(name: Words) -> Words:
    """Why nothing can be exchanged where one has a part in all ties."""
    ko, en = name["ko"], name["en"]
    return both(
        f"모든 연결이 {ko}에서 나가는 별 모양이기 때문입니다. 자료를 {ko} 중심으로 모은 데서 오는 "
        "모양이지 발견이 아닙니다.",
        f"It is a star, with {en} in all of its ties. That comes of gathering the sources around "
        f"{en}; it is no finding.",
    )


def large(draws: int) -> Words:
    """That fewer draws were made than asked for."""
    return both(
        f"큰 네트워크라서 횟수를 {draws:,}번으로 줄였습니다. 작은 p는 그보다 자세히 알 수 없습니다."
        "",
        f"The network is large, so there are {draws:,} draws; small p are not known more closely.",
    )


def few(draws: int, tests: int) -> Words:
    """That too few draws were made to tell whether features differ from chance."""
    needed = draws_needed(tests)
    return both(
        f"살펴본 특징 {tests}개가 연결 수만으로 나올 것과 다른지는 추출 {draws:,}번으로 알 수 "
        f"없습니다. {needed:,}번이면 알 수 있습니다.",
        f"Whether any of {tests} features differs from what the numbers of ties alone give cannot "
        f"be told from {draws:,} draws; {needed:,} would do.",
    )


def few_by_kind(draws: int, tests: int) -> Words:
    """The same of chance that knows of kinds."""
    needed = draws_needed(tests)
    return both(
        "도시 정부, 네트워크, 기관 가운데 어느 종류와 몇 번 이어지는지까지 그대로 두어도 남는 "
        f"것이 있는지는 추출 {draws:,}번으로 알 수 없습니다. {needed:,}번이면 알 수 있습니다.",
        "What remains with the number of ties to each kind of actor (city governments, networks, "
        f"organisations) kept as well cannot be told from {draws:,} draws; {needed:,} would do.",
    )


def listed(
    found: Sequence[tuple[str, bool]], values: Mapping[str, Comparison] | None = None
) -> Words:
    """Features by name, each with whether it is above chance, as one text; with what was observed
    and the mean by chance where `values` are given."""
    parts = []
    for name, above in found:
        words = MORE[name][0 if above else 1]
        if values:
            observed, mean = written(values[name].observed), written(values[name].mean)
            words = both(
                f"{words['ko']}(관찰 {observed}, 우연의 평균 {mean})",
                f"{words['en']} ({observed} against {mean} in the mean by chance)",
            )
        parts.append(words)
    return joined(*parts)


__all__ = [
    "FEATURES",
    "FORM",
    "GRAIN",
    "INDEPENDENCE",
    "MORE",
    "NO_TIES",
    "ONE_FORM",
    "QUESTION",
    "REWIRED",
    "TITLE",
    "TWO_MODES",
    "few",
    "few_by_kind",
    "large",
    "listed",
    "star",
]
