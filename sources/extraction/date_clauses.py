"""What the clause around a date speaks of: signing, announcing, or something else."""

from __future__ import annotations

import re

SIGNED = "signed"
ANNOUNCED = "announced"
PLANNED = "planned"
KO_SIGNING = re.compile(
    r"체결|서명|맺[은었어고는을기]|맺다|조인|결연|협[약정]식|체결식|서약|교환했|교환하|"
    r"손(?:을)?\s?잡|"
    r"격상|합의|성사|이뤄졌|이루어졌|갱신|수립|약속|열렸다|시작된|채택"
)
_KO_OTHER = re.compile(
    r"방문|출국|귀국|취임|당선|의결|승인|통과|가결|동의|개최|개막|열린|열리는|제안|요청|폐지|파기|"
    r"종료|만료|"
    r"해지|해제|철회|취소|참가|참석|참여|파견|초청|접견|면담|개통|착공|출범|설립|창립|창설|수교|"
    r"독립|공포|시행|"
    r"발효|게재|건립|회의|순방|도착|끝나|중단|단절|태어|별세|이후|까지|기념|소통|선정|수상"
)
KO_ANNOUNCING = re.compile(
    r"밝혔|밝힌|밝히|취재\s?결과|전했|알렸|발표|말했|설명했|공개했|보도했|에 따르면|소개했|전해졌|"
    r"예고|공고|공지"
)
EN_STRONG = re.compile(
    r"\b(?:(?:re-?|co-?)?sign(?:ed|ing|s)?|singed|ink(?:ed|s|ing)?|penned|sealed?|conclud\w+|"
    r"enter(?:ed|ing|s)? into|establish\w*|form(?:ed|ali[sz]ed)|forg(?:ed|ing)|bec[ao]me|twinned|"
    r"paired|executed|done|made|ceremony|sworn|subscribed|renewed|agreed|reached|dat(?:es?|"
    r"ing) (?:back )?(?:to|from)|"
    r"goes back|affiliated|started|began|begun|initiated|joined)\b",
    re.I,
)
_EN_WEAK = re.compile(
    r"\b(?:agreements?|memorand\w+|mous?|pacts?|declaration|accord|charter|sister\w*|sibling|"
    r"twin\w*|friendship|partner\w*|relation\w*|ties|links?|linked|signature|protocol)\b",
    re.I,
)
_EN_OTHER = re.compile(
    r"\b(?:visit(?:ed|s|ing)|arriv\w+|elected|appointed|took office|founded|approv\w+|vot(?:ed|"
    r"es?)|"
    r"adopt\w+|passed|resolution|terminat\w+|sever\w+|suspend\w+|cancel\w+|withdr\w+|end(?:s|ed)|"
    r"expir\w+|announc\w+|said|says|told|publish\w+|posted|updated|host(?:ed|s|ing)?|celebrat\w+|"
    r"born|met|invit\w+|propos\w+|opened|speaks?|attend\w*|effective|force|valid|quake|"
    r"population|raised|was in|were in|travel\w*|until|census)\b",
    re.I,
)
_EN_ANNOUNCING = re.compile(r"\b(?:announc\w+|said|says|told|reported)\b", re.I)
_EN_BREAK = re.compile(
    r"[;:]|,\s+(?:and|but)\b|\b(?:when|where|while|which|who|after|before|following|during)\b|"
    r"\band (?:is|was|are|were|will|has|have|shall)\b"
)
_CEREMONY_BEFORE = re.compile(
    r"(?:체결|협약|협정|조인|서명|결연)식[은이](?:\s[가-힣]{2,4})?\s(?:지난\s|오는\s)?$"
)
_EN_CEREMONY_BEFORE = re.compile(
    r"\b[Ss]igning (?:ceremony|event)\b(?:(?!\b(?:after|before|visit\w*|follow\w*)\b)[^.;:]){0,90}$"
)
"""`The signing ceremony, held at City Hall on this day`: whoever attended it."""
_EN_AND_SIGNED = re.compile(r"[^.;]{0,200}?\band\s(?:\w+ly\s|they\s)?(?:signed|inked|concluded)\b")
"""`On May 3, the mayor met the governor and signed an agreement`."""
_AGREED = re.compile(r"(?:체결|서명|조인)\s?(?:하기로|키로)|맺기로")


def korean_role(before: str, after: str, to_next: int) -> tuple[str, float]:
    """By the first predicates after a date: 서명했다, 방문해, 밝혔다."""
    signing, other = KO_SIGNING.search(after), _KO_OTHER.search(after)
    announcing = KO_ANNOUNCING.search(after)
    first = min(
        (match.start() for match in (signing, other, announcing) if match), default=len(after)
    )
    if announcing and announcing.start() == first:
        return ANNOUNCED, -3
    if _CEREMONY_BEFORE.search(before):
        return SIGNED, 3  # 자매결연식이 5일 … 열렸다
    if signing and _AGREED.match(after, signing.start()):
        return "other", -2  # 체결하기로 합의했다
    if signing and (not announcing or signing.start() < announcing.start()):
        if 0 <= to_next < signing.start():
            return "other", -1  # another date is nearer to the signing
        is_first = signing.start() == first
        return SIGNED, 3 if is_first else 2 - 0.01 * min(signing.start(), 100)
    if re.search(
        r"(?:체결|조인|서명|결연)(?:한|된|일은|한 것은|한 날은|일)?\s*(?:것은|날은)?\s*$", before
    ):
        return SIGNED, 2.5
    if re.search(r"맺은 (?:것은|날은|때는)?\s*$", before):
        return SIGNED, 2.5
    return ("other", -3) if other else ("plain", 0.2)


def english_role(before: str, after: str) -> tuple[str, float]:
    """By the nearest predicate on either side that no clause breaks off."""
    if _EN_CEREMONY_BEFORE.search(before):
        return SIGNED, 2.8
    if re.fullmatch(r"\W*(?:[Oo]n\s)?", before) and _EN_AND_SIGNED.match(after):
        return SIGNED, 2.4
    strong, weak, other = (
        _nearest(pattern, before, after) for pattern in (EN_STRONG, _EN_WEAK, _EN_OTHER)
    )
    said = _nearest(_EN_ANNOUNCING, before, after)
    if said < 12 and said < strong:
        return ANNOUNCED, -3
    if re.search(r"\bsince\s*$", before) or re.match(r"\s*since\b", after):
        return (SIGNED, 3) if _EN_WEAK.search(before[-90:]) else ("other", -3)
    if strong <= other + 15 and strong < 140:
        return SIGNED, 3 - strong / 100
    if weak <= other and weak < 60:
        return SIGNED, 2 - weak / 60
    if strong < 140:
        return "weak", 0.8
    return ("other", -3) if other < 200 else ("plain", 0.2)


def _nearest(pattern: re.Pattern[str], before: str, after: str) -> float:
    """The distance to the nearest match, in characters; a clause between adds sixty."""
    gaps = [1000.0]
    matches = list(pattern.finditer(before))
    if matches:
        between = before[matches[-1].end() :]
        gaps.append(len(between) + 60 * len(_EN_BREAK.findall(between)))
    if match := pattern.search(after):
        between = after[: match.start()]
        gaps.append(len(between) + 60 * len(_EN_BREAK.findall(between)))
    return min(gaps)
