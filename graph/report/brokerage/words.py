"""The words of the chapter on brokers that do not depend on what was found."""

from __future__ import annotations

from citypact.graph.text.bilingual import Words, both

TITLE = both("중개와 정책 수출", "Brokers and policy transfers")
QUESTION = both(
    "누가 협력 상대를 이어 주는가? 누구의 정책이 누구에게, 누구의 제안과 요청으로 가는가?",
    "Who brings partners together? Whose policies go to whom, and who proposed or asked?",
)
ROLES: dict[str, Words] = {
    "coordinator": both("조정자(셋 모두 같은 대륙)", "Coordinator (all three of one continent)"),
    "itinerant": both("자문자(양끝만 같은 대륙)", "Itinerant (both ends of one continent)"),
    "representative": both("대표자(첫째와 같은 대륙)", "Representative (of the first's continent)"),
    "gatekeeper": both("문지기(둘째와 같은 대륙)", "Gatekeeper (of the second's continent)"),
    "liaison": both("연락자(셋 모두 다름)", "Liaison (all three different)"),
}
HOW: dict[str, Words] = {
    "facilitator": both("주선", "facilitated"),
    "proposedBy": both("제안", "proposed"),
    "brokers": both("사무소를 통해", "through its office"),
}

FACTS = both(
    "행위와 내용을 가릅니다. 제안하고 요청하고 소개한 것은 사실이지만, 제안되거나 기대된 내용은 "
    "이루어졌다고 문서가 말하기 전에는 사실로 세지 않습니다. 정책 이전은 문서가 그렇게 부른 것만 "
    "세고, 소개·견학은 이전이 아닙니다.",
    "Acts and their content are kept apart. That somebody proposed, asked or presented is a fact; "
    "what was proposed or expected is none until a document says that it came about. Only what a "
    "document calls a transfer counts as one: presenting or visiting is none.",
)
GOULD = both(
    "구조로 본 중개: 서로 이어지지 않은 두 행위자 a, c 사이에 b가 있을 때, 세 행위자의 집단에 따라 "
    "b의 역할을 다섯으로 나눕니다(Gould·Fernandez 1989). 집단은 소속 국가의 대륙이고, 도시 "
    "네트워크는 어느 대륙에도 속하지 않습니다. 방향 없는 연결은 양쪽 방향으로 보므로, 한 쌍이 두 "
    "번 세어집니다.",
    "Brokers by structure: where b stands between a and c who are not tied, the groups of the "
    "three make b one of five things (Gould and Fernandez 1989). Groups are the continents of "
    "countries; networks of cities are of none. A tie without direction goes both ways, so each "
    "pair counts twice.",
)
CHANCE = both(
    "우연의 기준은 연결을 그대로 두고 대륙을 행위자에게 무작위로 다시 나눈 것입니다(도시 "
    "네트워크는 제외). z = (실제 − 추출 평균) / 추출 표준편차. p는 양측이며, 여러 행위자를 "
    "검정하므로 Holm(1979)의 방법으로 보정합니다.",
    "Chance: ties stay, and continents are dealt out anew among the actors, networks of cities "
    "apart. z = (observed − mean of draws) / their deviation. p is two-sided, and corrected by "
    "Holm's method (1979), since several actors are tested.",
)

STRUCTURE = both(
    "구조로 본 중개는 이어 준 행위가 아니라 놓인 자리입니다. 자료가 서울을 중심으로 모였으므로 "
    "서울이 많은 쌍 사이에 있는 것은 수집 방식에서 나오고, 도시 네트워크가 회원 사이에 있는 것은 "
    "회원 명단에서 나옵니다. 이어지지 않은 것으로 보이는 두 도시도 실제로는 협력할 수 있습니다.",
    "Standing between two is a position, not an act of bringing them together. The data were "
    "collected around Seoul, so that Seoul stands between many; networks stand between their "
    "members by their lists. Two cities that seem not to be tied may well be.",
)
FEW = both(
    "중개와 정책 이전은 문서가 자세한 몇 협정에서만 기록되었습니다. 기록이 없다고 중개가 없었던 "
    "것은 아닙니다.",
    "Brokers and transfers are on record for the few agreements of which detailed documents are at "
    "hand. That nothing is on record does not mean that nobody helped.",
)
ONE_SIDE = both(
    "기록의 대부분은 서울 쪽 문서이므로, 상대 도시의 정책이 서울로 온 경우는 덜 보일 수 있습니다.",
    "Most documents are of Seoul's side: what came to Seoul from its partners may be seen less.",
)

__all__ = [
    "CHANCE",
    "FACTS",
    "FEW",
    "GOULD",
    "HOW",
    "ONE_SIDE",
    "QUESTION",
    "ROLES",
    "STRUCTURE",
    "TITLE",
]
