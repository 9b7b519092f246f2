"""Names of places and bodies in Korean sentences: known ones first, others by their form."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from citypact.sources.extraction.lexicon import (
    Entry,
    is_word_too,
    known_korean,
    known_latin,
    word_list,
)
from citypact.sources.extraction.mentions import Mention, Role
from citypact.sources.extraction.model import Name
from citypact.sources.model import Span

_PARTICLES = {
    Role.PLACE: "에서는 에서도 에서의 에서 에는 에도 에 으로는 으로 로는 로 서 까지 부터 에게 내",
    Role.WITH: "와의 과의 와는 과는 와도 과도 와 과 하고 이랑 랑",
    Role.SUBJECT: "은 는 이 가 도 측은 측이 측도 에선 만 이며 이고 이자",
    Role.OBJECT: "을 를",
    Role.GENITIVE: "의",
    Role.BETWEEN: "간의 간에 간",
    Role.NONE: "인 측 이다 였다 등 등과 등의 등은 등이 나 이나 라는",
}
_ROLE_OF = {particle: role for role, text in _PARTICLES.items() for particle in text.split()}
_PARTICLE = "|".join(sorted(_ROLE_OF, key=lambda p: (-len(p), p)))
_CITY_SUFFIX = "특별자치시|특별시|광역시|특례시|직할시|시"
_AREA_SUFFIX = "특별자치도|자치구|자치주|카운티|군|구|현|성|주|도|부|정|촌"
_OFFICE = (
    "시장|군수|구청장|도지사|주지사|지사|성장|현장|총영사|사장|이사장|회장|총장|원장|청장|장관|"
    "차관|"
    "대표|사무총장|국장|실장|본부장|단장|위원장|교육감|교육장|부시장|부지사|부군수|부구청장|"
    "총재|행장|"
    "서기|당서기|당위서기|의장|관장|이사|상무위원|소장|센터장|학장|교장|부총장|부사장"
)
_OFFICE_WORD = rf"(?:(?:행정|정무|경제|제?\d|문화|상임|수석|신임|전|당시)\s?)*(?:부)?(?:{_OFFICE})"
_KNOWN_TAIL = re.compile(
    rf"(?P<suffix>{_CITY_SUFFIX}|{_AREA_SUFFIX})?(?P<building>청사?|시청|도청|청)?"
    rf"(?P<office>(?:행정|정무|경제)?부?(?:{_OFFICE}|장|수|지사))?(?P<people>민|"
    rf"인)?(?P<particle>{_PARTICLE})?"
)
_BODY_SUFFIX = (
    "대학교|대학원|대학|여대|시립대|과기대|외대|교대|항만공사|항만청|항만국|항만당국|공항공사|관광공사|도시공사|개발공사|교통공사|공사|공단|재단|"
    "은행|협회|진흥원|"
    "연구원|연구소|개발원|정보원|기술원|교육원|문화원|협의회|위원회|상공회의소|상의|교육지원청|"
    "교육청|경찰청|"
    "경찰서|소방서|소방본부|도서관|박물관|미술관|병원|의료원|센터|그룹|주식회사|사무국|기구|"
    "연합회|연합|"
    "연맹|조합|테크노파크|무역관|고등학교|중학교|초등학교|초교|고교|의회|시의회|공원|공항|방송|"
    "신문|"
    "대사관|영사관|총영사관|문화관광청|관광청|무역청|개발청|투자청|산림청|조달청|특허청|기상청|"
    "관세청|전자|건설|통신|생명|중공업|"
    "시험원|평가원|과학원|관리원|인증원|안전원|보장원|품질원|공제회|적십자사|체육회|상인회|청년회의소|인민대표대회|교통청|항공청|철도청|도로청|우주청|포럼|펀드|기금|학회|동맹|총회|협력단|진흥회|진흥공사|교류회"
)
_BODY = re.compile(
    rf"(?P<base>[가-힣A-Za-z0-9&·]{{1,16}}?(?:{_BODY_SUFFIX}))"
    rf"(?P<office>장|이?사장|회장|총장|원장|의장)?(?P<particle>{_PARTICLE})?"
)
_TOKEN = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z0-9&]*(?:[-.][A-Z0-9][A-Za-z0-9]*)*")
_ACRONYM = re.compile(
    rf"(?P<base>[A-Z][A-Za-z0-9&-]*[A-Z0-9][A-Za-z0-9&-]*)(?P<particle>{_PARTICLE})?"
)
_MARKETS = re.compile("(?:" + "|".join(sorted(word_list("markets"))) + ")시장")
_VERBAL = re.compile(
    r"(?:체결|방문|필요|발생|개최|협의|운영|시행|이용|작성|신청|계약|변경|위반|도착|출발|실행|"
    r"사용|추진)시$"
)
_GLOSS = re.compile(r"\s?[(（][^()（）]{1,60}[)）]")
_PERSON_OFFICE = re.compile(
    rf"(?:\s[가-힣A-Za-z·.]{{0,10}}[^\s은는을를의로에서며고과와장수]){{0,4}}?\s(?:[가-힣]{{1,12}}\s)?{_OFFICE_WORD}"
    rf"(?P<particle>{_PARTICLE})?(?![가-힣])"
)
_SPLIT_SUFFIX = re.compile(
    rf"\s?(?P<suffix>{_CITY_SUFFIX}|성|현|주|군|구|카운티|아이막)(?P<office>장|수|지사|청장)?"
    rf"(?P<particle>{_PARTICLE})?(?![가-힣])"
)
_JUST_PARTICLE = re.compile(rf"(?P<particle>{_PARTICLE})(?![가-힣])")
_BETWEEN = re.compile(
    r"\s?(?:간의|간에|간|사이의|사이에|사이|양\s?기관|양\s?도시|두\s?도시)(?![가-힣])"
)
_LIST_SIGN = re.compile(r"[\s'’”\"」』]?(?:[,·ㆍ‧・․､、/∙]|[-–—~↔]|\s?및\s|\s그리고\s)")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A word taken apart: 이우시장과 is 이우시, office 장, particle 과."""

    words: str
    entry: Entry | None
    kind: str
    suffix: str = ""
    office: str = ""
    particle: str = ""
    is_sure: bool = False


_NEWS_OF = re.compile(r"(?P<place>[가-힣]{2,5}[시군구도])정(?:소식|뉴스|신문|백서|브리핑)지?")
_OFFICES_OF_PLACES = frozenset({"구청", "시청", "군청", "도청", "청사"})


@lru_cache(maxsize=50_000)
def _parse(token: str) -> Parsed | None:
    """The name that a Korean word begins with; None for one that begins with none."""
    if (news := _NEWS_OF.fullmatch(token)) and (place := _parse(news["place"])):
        return place  # 순천시정소식: news of the administration of 순천시
    for length in range(min(len(token), 24), 1, -1):
        if token[:length] in _OFFICES_OF_PLACES:
            continue
        entry = known_korean(token[:length])
        tail = _KNOWN_TAIL.fullmatch(token, length) if entry else None
        if entry is None or tail is None:
            continue
        suffix = tail["suffix"] or ""
        if suffix and entry.kind != "country" and not re.fullmatch(_CITY_SUFFIX, suffix):
            # 키이우주 isn't 키이우, but 서울도 is 서울 with a particle.
            if suffix == "도" and not (tail["office"] or tail["particle"] or tail["building"]):
                return Parsed(token[:length], entry, entry.kind, "", "", "도", True)
            return _parse_form(token) or _parse_body(token)
        if suffix and entry.kind in ("country", "government"):  # 봉화시 is no 봉화군
            return _parse_form(token)
        words = token[: length + len(suffix)]
        office = tail["office"] or ("청" if tail["building"] else "")
        return Parsed(words, entry, entry.kind, suffix, office, tail["particle"] or "", True)
    return _parse_body(token) or _parse_form(token)


_COLLEGE = re.compile(rf"(?P<base>[가-힣]{{2,7}}대)(?P<particle>{_PARTICLE})?")
_PORT = re.compile(rf"(?P<city>[가-힣A-Z]{{2,8}})항(?:만)?(?P<particle>{_PARTICLE})?")
_PROVINCES = (
    "서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주 "
    "경기도 강원도 경북도 경남도"
)
_LONGEST_FIRST = "|".join(sorted(_PROVINCES.split(), key=len, reverse=True))
_OF_PROVINCE = re.compile(rf"(?:{_LONGEST_FIRST})(?=..)")


@lru_cache(maxsize=50_000)
def _parse_compound(token: str) -> tuple[Parsed | None, int]:
    """A word taken apart, and how many letters of a province before it: 서울강남구 is 강남구."""
    head = _OF_PROVINCE.match(token)
    if head:
        rest = _parse(token[head.end() :])
        is_part = rest is not None and rest.entry is not None and rest.words[-1] in "시군구"
        if rest and is_part and known_korean(token[: head.end()] + rest.words) is None:
            return rest, head.end()
    return _parse(token), 0


_FORM_TAIL = re.compile(
    rf"(?P<suffix>{_CITY_SUFFIX}|{_AREA_SUFFIX})(?P<building>청사?)?"
    rf"(?P<office>(?:행정|정무|경제)?부?(?:시장|청장|의장|장|수|지사|군수))?(?P<particle>{_PARTICLE})?"
)


def _parse_form(token: str) -> Parsed | None:
    """A place by the form of its name: 이우시가, 관남현과, 상주시장."""
    for length in range(1, min(len(token), 11)):
        tail = _FORM_TAIL.fullmatch(token, length)
        if tail is None:
            continue
        base, suffix, office = token[:length], tail["suffix"], tail["office"] or ""
        words = base + suffix
        if (
            words in word_list("ordinary")
            or base in word_list("ordinary")
            or words.endswith("도시")
        ):
            continue
        if not re.fullmatch("[가-힣]+", base) or _VERBAL.search(words):
            continue
        if suffix != "시" and words[-2:] in word_list("ordinary"):
            continue  # 공동연구 is no 구
        if office in ("장", "수", "지사") and not _fits(suffix, office):
            continue
        is_city = re.fullmatch(_CITY_SUFFIX, suffix) is not None
        if length < 2 and (len(suffix) == 1 or base == "부"):
            continue
        return Parsed(
            words,
            None,
            "city" if is_city else "government",
            suffix,
            office or ("청" if tail["building"] else ""),
            tail["particle"] or "",
            bool(office) or is_city or suffix in ("군", "구", "카운티", "특별자치도"),
        )
    return None


def _fits(suffix: str, office: str) -> bool:
    """Whether the head of such a place is called so: 군수, 도지사, 시장."""
    if office == "수":
        return suffix == "군"
    if office == "지사":
        return suffix in ("도", "주", "현", "특별자치도", "부")
    return suffix not in ("군", "구", "도", "주", "부")


def _parse_body(token: str) -> Parsed | None:
    """A body by the form of its name: 도시공사, 국립대학교; or by capitals: KOTRA."""
    port = _PORT.fullmatch(token)
    if port and (known_korean(port["city"]) or known_latin(port["city"])):
        return Parsed(port["city"] + "항", None, "port", "", "", port["particle"] or "", True)
    match = _BODY.fullmatch(token)
    if match:
        words = match["base"]
        if re.fullmatch(_BODY_SUFFIX, words) or words in word_list("ordinary"):
            return None
        kind = "organization"
        if words.endswith(("대학교", "대학", "대학원", "대")):
            kind = "university"
        elif words.endswith(("학교", "초교", "고교")):
            kind = "school"
        return Parsed(words, None, kind, "", match["office"] or "", match["particle"] or "")
    match = _COLLEGE.fullmatch(token)
    if match and match["base"] not in word_list("ordinary"):
        is_known = match["base"] in word_list("universities")
        return Parsed(match["base"], None, "university", "", "", match["particle"] or "", is_known)
    match = _ACRONYM.fullmatch(token)
    if match and match["base"] not in word_list("no_bodies"):
        entry = known_latin(match["base"])
        kind = entry.kind if entry else "organization"
        return Parsed(match["base"], entry, kind, "", "", match["particle"] or "", bool(entry))
    return None


def korean_mentions(text: str, span: Span, sure: frozenset[str] = frozenset()) -> list[Mention]:
    """The names of a Korean sentence, in its order. sure: names that are beyond doubt elsewhere."""
    found: list[Mention] = []
    at, qualifier = span[0], -1
    for match in _TOKEN.finditer(text, *span):
        if match.start() < at:
            continue
        begin = match.start()
        if qualifier >= 0 and text[qualifier:begin].strip():
            qualifier = -1
        parsed, skipped = _parse_compound(match.group())
        begin += skipped
        if parsed is None and found and _is_place_before(text, found[-1], begin):
            parsed = _parse_bare(match.group())
        if parsed is None and (qualifier >= 0 or _stands_in_list(text, match, found)):
            parsed = _parse_unknown(match.group())
        if parsed is None:
            continue
        if parsed.office == "장" and _MARKETS.fullmatch(parsed.words + parsed.office):
            continue
        is_doubtful = parsed.entry is None and not parsed.is_sure and bool(parsed.suffix)
        if is_doubtful and qualifier < 0 and parsed.words not in sure:
            continue
        if parsed.kind == "country":
            qualifier = match.end() if parsed.particle in ("", "의") else -1
            at = match.end()
            continue
        at_word = (begin, match.end())
        mention = _korean_mention(text, span[1], at_word, parsed, qualifier >= 0 or skipped > 0)
        if (
            found
            and found[-1].role is Role.NONE
            and not found[-1].office
            and text[found[-1].reach[1] : begin] == " "
            and found[-1].reach[1] == found[-1].span[1]
        ):
            mention = _joined(text, found, mention)
        found.append(mention)
        at = mention.reach[1]
        is_area = parsed.kind == "government" and not parsed.words.endswith(("군", "구"))
        qualifier = mention.span[1] if is_area else -1
    return found


_NO_NAME = re.compile(
    "우호|자매|친선|교류|협력|업무|상호|공동|경제|문화|관광|국제|행정|청소년|대표|양해"
)
_UNKNOWN = re.compile(rf"(?P<base>[가-힣]{{2,8}}?)(?P<particle>{_PARTICLE})?")


def _parse_unknown(token: str) -> Parsed | None:
    """A name that nothing but its place in a list of places tells: `B국 나루, 다라시`."""
    match = _UNKNOWN.fullmatch(token)
    if match is None or _NO_NAME.match(match["base"]):
        return None
    if match["base"] in word_list("ordinary") | word_list("no_place"):
        return None
    return Parsed(match["base"], None, "city", "", "", match["particle"] or "", False)


_BARE = re.compile(rf"(?P<base>{_BODY_SUFFIX})(?P<particle>{_PARTICLE})?")


def _parse_bare(token: str) -> Parsed | None:
    """A word for a body that only the place before makes a name: `다라시 교육청`."""
    match = _BARE.fullmatch(token)
    if match is None or match["base"] in ("공원", "방송", "신문", "센터", "기금", "총회", "포럼"):
        return None
    return Parsed(match["base"], None, "organization", "", "", match["particle"] or "", False)


def _is_place_before(text: str, mention: Mention, begin: int) -> bool:
    is_place = mention.name.kind in ("city", "government") and mention.role is Role.NONE
    return is_place and not mention.office and text[mention.reach[1] : begin] == " "


def _stands_in_list(text: str, match: re.Match[str], found: list[Mention]) -> bool:
    """Whether a word stands between list signs right behind a place, or before one with a date."""
    behind = text[match.end() : match.end() + 2]
    if behind[:1] == " " and not match.group().endswith(("와", "과", "에", "의", "로")):
        return False
    if found and found[-1].role is Role.LISTED and found[-1].name.kind == "city":
        return re.fullmatch(r"[·ㆍ・–-]|,\s", text[found[-1].reach[1] : match.start()]) is not None
    return behind[:1] in ("(", "（") and re.match(
        r"[(（](?:19|20)\d\d[^()]{0,12}[)）](?:,|·)", text[match.end() : match.end() + 20]
    ) is not None  # fmt: skip


def _joined(text: str, found: list[Mention], mention: Mention) -> Mention:
    """A name right behind another place: 경남 창원시 is 창원시, 두바이 도로교통청 is one body."""
    before = found[-1]
    if mention.name.kind in ("city", "government") and before.name.kind in ("city", "government"):
        found.pop()
        return replace(mention, reach=(before.reach[0], mention.reach[1]), is_sure=True)
    is_part = before.name.kind == "organization" and mention.name.text.endswith("위원회")
    if (before.name.kind in ("city", "government") or is_part) and not mention.name.entity:
        found.pop()
        span = (before.span[0], mention.span[1])
        words = text[slice(*span)]
        name = replace(mention.name, text=words, label_en=words)
        return replace(mention, span=span, reach=(before.reach[0], mention.reach[1]), name=name)
    return mention


_VENUE = re.compile(
    r"(?:\s[가-힣A-Za-z0-9]*[^\s은는이가을를와과의,.]){1,5}(?:에서|에서는|서)(?![가-힣])"
)
"""`서울 가나 호텔에서`: the place names a venue."""
_COUNT = re.compile(r"\s(?:내\s|관내\s|지역\s|산하\s)?\d+여?\s?개\s?(?!도시와|기관과)[가-힣]")
"""`다라시 5개 대학`: the place says where the counted are."""
_DATELINE = re.compile(r"(?:=[^\s)]+)?[)\]]\s?|=[가-힣]")


def _korean_mention(text: str, end: int, word: Span, parsed: Parsed, is_qualified: bool) -> Mention:
    """The mention of a parsed word, with brackets, office, person and particle behind it."""
    begin, reach = word
    words, entry, kind = parsed.words, parsed.entry, parsed.kind
    stop = begin + len(words)
    particle, office = parsed.particle, parsed.office
    sure = parsed.is_sure or (is_qualified and kind in ("city", "government"))
    is_word = words in word_list("words_too") if entry and entry.entity else is_word_too(words)
    if is_word and not (is_qualified or parsed.suffix or parsed.office):
        sure = False
    if not particle and not office:
        gloss = _GLOSS.match(text, reach, end)
        reach = gloss.end() if gloss else reach
        more = _SPLIT_SUFFIX.match(text, reach, end)
        if more and not parsed.suffix and kind == "city":
            # 가오슝(高雄)시와, 더반 시와
            particle, office, reach = more["particle"] or "", more["office"] or "", more.end()
            if not re.fullmatch(_CITY_SUFFIX, more["suffix"]):
                entry, kind = None, "government"
            if not gloss:
                stop = more.end("suffix")
                words = text[begin:stop]
        elif gloss and (behind := _JUST_PARTICLE.match(text, reach, end)):
            particle, reach = behind["particle"], behind.end()
    if not particle and office != "청":
        person = None if office else _PERSON_OFFICE.match(text, reach, end)
        if person and any(known_korean(part) for part in person.group().split()[:-1]):
            person = None  # 요이치 도쿄 도지사: the person's name stands before the place
        if person:
            particle, office, reach = person["particle"] or "", "인", person.end()
        if not particle and (gloss := _GLOSS.match(text, reach, end)):
            reach = gloss.end()
            if behind := _JUST_PARTICLE.match(text, reach, end):
                particle, reach = behind["particle"], behind.end()
    role = _ROLE_OF.get(particle, Role.NONE)
    if not particle:
        if _BETWEEN.match(text, reach, end):
            role = Role.BETWEEN
        elif _LIST_SIGN.match(text, reach, end):
            role = Role.LISTED
    is_dateline = begin < 3 + text.rfind("\n", 0, begin) + 1 and _DATELINE.match(text, stop)
    is_counted = role is Role.NONE and _COUNT.match(text, reach, end) is not None
    if (
        office == "청"
        or is_counted
        or is_dateline
        or (role is Role.NONE and _VENUE.match(text, reach, end))
    ):
        role = Role.PLACE
    elif role is Role.PLACE and office:
        role = Role.NONE
    name = Name(
        words, entry.entity if entry else "", entry.label_en if entry else words, kind
    )  # fmt: skip
    return Mention((begin, stop), (begin, reach), name, role, office, sure)
