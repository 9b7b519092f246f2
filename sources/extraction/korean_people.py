"""People whom a Korean text names with an office: 토리 화나우 웰링턴 시장, 서울시장 박민호."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citypact.sources.extraction.lexicon import lexicon
from citypact.sources.extraction.person import Person, shifted
from citypact.sources.model import Span

_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염"
    "여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용예경봉사부가복태목형피두감음빈동온호범좌팽승간상"
    "갈단등후련뤼쉬쑨리량쉐샤쿵"
)
_COMMON_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노곽성차주우구민진엄채원천방공현함변염왕리"
)
"""With any other surname the word before is looked at too: 코시엔 라코파 is one name."""
_FOREIGN_SYLLABLE = re.compile(
    r"[스즈츠크트프브드그흐게레네체에]$|[메베페테데케카타파코토포키피티디]"
)
"""Syllables that Korean given names do not have, or not at their end: 고메스, 리베로."""
_KO_OFFICES_TEXT = """
권한대행 직무대행 시장 군수 구청장 도지사 주지사 지사 성장 현장 구장 총영사 부시장 부지사 부군수
부구청장 부성장 당서기 당위서기 부서기 서기 사장 부사장 이사장 회장 부회장 총재 행장 은행장 총장
부총장 학장 교장 원장 청장 처장 장관 차관 대표이사 대표 사무총장 사무국장 국장 실장 본부장 단장
위원장 교육감 교육장 의장 부의장 관장 소장 센터장 지부장 지사장 대사 총리 주석 이사 부행장 관장
조합장 상임이사 기획관 의원 최고경영자 주임 상무위원 전무 상무 부장 과장 담당관 보좌관 특보
정무부시장 행정부시장 부위원장 인민위원장 인민위원회위원장 부주석 부청장 부원장
"""
_KO_OFFICES = tuple(_KO_OFFICES_TEXT.split())
_KO_OFFICE = re.compile(
    r"(?P<rank>(?:제?\s?[1-9]|행정|정무|경제|문화경제|과학|상임|수석|선임|상근|공동|명예)\s?)?"
    rf"(?P<office>{'|'.join(sorted(set(_KO_OFFICES), key=lambda o: (-len(o), o)))})"
    r"(?P<acting>\s?(?:권한대행|직무대행|대행|당선인|당선자))?"
    r"(?=[\s,.)·/“”\"‘’'(]|$|은|는|이[\s다]|가[\s]|과(?:도|는)?[\s]|와(?:도|는)?[\s]|을|를|의[\s]|"
    r"도[\s]|께서|에게|"
    r"등[\s]|님|및)"
)
_KO_NO_NAME_TEXT = """
또 이어 반면
인민 인민정부 위원회 의회 시의회 군의회 구의회 최근 겸
당시 신임 현직 전임 양측 각각 해당 이날 오전 오후 지역 도시 국제 재래 전통 금융 노동 해외 세계
국내 글로벌 이번 신흥 주요 현지 아시아 동남아 중동 유럽 미주 남미 북미 중국 일본 미국 이후 이어
또한 한편 특히 함께 그리고 및 등 양국 양시 양도시 두 양 전 현 이 그 각 새 초대 역대 민선 직접 이에
이어 여러 시민 우리 서로 통해 위해 대한 관련 소속 담당 수석 상임 명예 공동 기존 모두 다른 전국
광역 기초 부터 까지 그동안 지난 오는 내수 수출 소비 채권 주식 고용 농산물 도매 수산물 중앙 남부
북부 동부 서부 협약 협정 체결 대표 대표단 방문단
"""
_KO_NO_NAME = frozenset(_KO_NO_NAME_TEXT.split())
_TIME_OR_PLACE_AT = re.compile(
    r"(?:시기|기간|당시|자리|가운데|이번|오후|오전|현지|[년월일날중때후전곳])에$|까운$"
)
_KO_ORGANISATION = re.compile(
    r"(?:특별자치시|특별시|광역시|특례시|특별자치도|시|군|구|도|현|성|주|부|청|처|원|회|사|단|국|"
    r"실|과|은행|대학교|대학|"
    r"대|재단|협회|협의체|협의회|기구|센터|그룹|본부|총영사관|대사관|정부|의회|법인|공사|공단|"
    r"연맹|연합|위원회|포럼|항만|"
    r"위원|당|소)$"
)
_PROVINCES_TEXT = """
경기 강원 충북 충남 전북 전남 경북 경남 제주 서울 부산 대구 인천 광주 대전 울산 세종
"""
_PROVINCES = frozenset(_PROVINCES_TEXT.split())
_OFFICE_END = re.compile(
    r"(?:시장|군수|지사|구청장|장관|의장|사장|총장)(?:이|가|은|는|과|와|을|의)$"
)
_LINKS = ("빈", "벤", "이븐", "알", "엘", "데", "드", "다", "반", "폰", "판", "라", "르")
_KO_PLACE = re.compile(r"[시군구도현성주]$")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z&.-]*")
_ADNOMINAL = re.compile(
    r"(?:방문|참석|참가|취임|동행|대신|대표|주재|위임|초청|방한|방북|역임|영접|환영|당선|자리|"
    r"함께|접견|이끄|이끈|맡은|겸)"
    r"(?:한|된|하는|중인|해|했던|하던|하여|는|은)?$"
)
_SURE_PARTICLE_END = re.compile(
    r".(?:에서는|에서|에게|으로|로서|에는|은|는|을|를|의|와|과|며|하는|되는|했던|하던|해|하고|"
    r"면서|따르면|중인|참석한)$"
)
_NAME_BRACKET = re.compile(
    r"\s?\(([A-Za-zÀ-ſ][^()]{2,50}|[一-鿿·]{2,8}|[^()]{2,40}[一-鿿A-Za-z])\)\s*$"
)
_HANJA = re.compile(r"[一-鿿·]{2,5}")
_KO_BRACKETED = re.compile(
    r"(?P<organisation>[가-힣A-Za-z·’‘'&-]{2,30})\s?\((?:[^()]{0,60},\s?)?(?P<office>[가-힣·\d\s]{0,14}?"
    r"(?:시장|군수|구청장|지사|사장|회장|총장|원장|대표|대표이사|장|총재|의장|"
    r"감)(?:\s?권한대행)?)\s+"
    r"(?P<name>[가-힣]{2,4}(?:\s[가-힣]{2,7}){0,3})\s?(?:[,)]|\()"
)
_LEAD_ORGANISATION = re.compile(
    r"(?:^|[\s·,(])([가-힣A-Za-z]{1,12}(?:시|군|구|도|성|공사|공단|대|대학교|대학|은행|재단|협회|"
    r"연구원|진흥원|기구))\s$"
)
_BEHIND_KO_OFFICE = re.compile(
    r"\s(?P<name>[가-힣]{3})(?=(?:은|는|이|가|을|를|와|과|도|께서)[\s,]|[,·]|\s\()"
)
_KO_BEFORE = re.compile(r"([가-힣]{1,10}(?:시|도|군|구|성|현|주|부))\s?$")


def korean_people_in(text: str, start: int, end: int, places: frozenset[str]) -> Iterator[Person]:
    """The people of a Korean sentence from `start` to `end`; places are no part of a name."""
    words = text[start:end]
    bracketed: list[Span] = []
    for match in _KO_BRACKETED.finditer(words):
        bracketed.append(match.span())
        yield Person(
            match["name"], shifted(start, match.span("name")), shifted(start, match.span()),
            match["office"].strip(), match["organisation"], is_bracketed=True,
        )  # fmt: skip
    for match in _KO_OFFICE.finditer(words):
        if any(first <= match.start() < last for first, last in bracketed):
            continue
        found = _before_office(words, match.start(), places)
        if found is None:
            if behind := _BEHIND_KO_OFFICE.match(words, match.end()):
                organisation = _KO_BEFORE.search(words[: match.start()])
                if organisation and is_korean_name(behind["name"]):
                    yield Person(
                        behind["name"], shifted(start, behind.span("name")),
                        shifted(start, (match.start(), behind.end("name"))),
                        match["office"], organisation[1],
                    )  # fmt: skip
            continue
        (first, last), side = found
        if not side and (lead := _LEAD_ORGANISATION.search(words[:first])):
            side = lead[1]  # 한남대 이승철 총장
        office = " ".join(match.group().split())
        reach = shifted(start, (first, match.end()))
        yield Person(words[first:last], shifted(start, (first, last)), reach, office, side)


def _before_office(words: str, office: int, places: frozenset[str]) -> tuple[Span, str] | None:
    """The name before an office at an offset, and the organisation between; None without one."""
    glued = re.search(r"[가-힣A-Za-z]+$", words[:office])
    organisation: list[str] = []
    at = office
    if glued:
        if glued.group() in _KO_NO_NAME:
            return None
        organisation.append(glued.group())
        at = glued.start()
    for _ in range(5):
        before = words[:at].rstrip()
        if at and before == words[:at] and not organisation:
            return None
        if bracket := _NAME_BRACKET.search(before):
            end = len(before[: bracket.start()].rstrip())
            one = re.search(r"[가-힣]{2,4}$", words[:end])
            if one and is_korean_name(one.group()) and _HANJA.fullmatch(bracket[1]):
                return one.span(), _joined(organisation)
            span = _foreign_name(words, end, places)
            return (span, _joined(organisation)) if span else None
        token = re.search(r"[^\s,(–·ㆍ-]+$", before)
        if token is None:
            return None
        word = token.group().strip("“”\"'‘’·")
        if word in _KO_NO_NAME or not word:
            return None
        is_known = word in places or bool(
            organisation and (word in _PROVINCES or word in lexicon().korean)
        )
        is_place = is_known or bool(_LATIN_WORD.fullmatch(word) and len(organisation) < 3)
        if not is_place and is_korean_name(word):
            alone = (token.end() - len(word), token.end())
            earlier = re.search(r"([가-힣]{3})\s$", words[: token.start()])
            is_led = bool(earlier and earlier[1][0] in _COMMON_SURNAMES)
            if is_led and earlier and is_korean_name(earlier[1]) and word.endswith("대"):
                organisation.insert(0, word)
                at = token.start()
                continue
            if word[0] in _COMMON_SURNAMES:
                return alone, _joined(organisation)
            return _foreign_name(words, token.end(), places) or alone, _joined(organisation)
        if len(word) == 1 and word in _SURNAMES:
            return (token.end() - 1, token.end()), _joined(organisation)
        # After a place, 타카시 is a name and no city.
        is_body = _KO_ORGANISATION.search(word) and not (organisation and _KO_PLACE.search(word))
        if is_place or (is_body and len(word) > 2):
            organisation.insert(0, word)
            at = token.start()
            continue
        if _SURE_PARTICLE_END.search(word) or word.endswith("의"):
            return _latin_name(words, at, office, organisation)
        span = _foreign_name(words, token.end(), places)
        return (span, _joined(organisation)) if span else None
    return None


def _latin_name(
    words: str, at: int, office: int, organisation: list[str]
) -> tuple[Span, str] | None:
    """A name in Latin letters in a Korean text: B.TSEREN 의장, Jane Doe 시장; no KOTRA 사장."""
    name = " ".join(organisation)
    is_name = re.fullmatch(r"[A-Z][A-Za-z'-]*(?:[. ]+[A-Z][A-Za-z'-]*)+", name)
    start = words.find(name, at)
    return ((start, start + len(name)), "") if is_name and 0 <= start < office else None


def is_korean_name(word: str) -> bool:
    """오세훈, 조순, 남궁민수, 왕웨이; no 기획재정부, 인천시."""
    if not re.fullmatch(r"[가-힣]{2,4}", word) or word in _KO_NO_NAME:
        return False
    if word[:2] in ("남궁", "황보", "제갈", "선우", "독고", "사공"):
        return len(word) >= 3
    if word[0] not in _SURNAMES or len(word) == 4 or _FOREIGN_SYLLABLE.search(word):
        return False
    if len(word) == 2:
        return not _KO_ORGANISATION.search(word)
    return (
        not re.search(r"(?:[가-힣]{2}(?:시|군|구|도|청))$", word)
        or word[0] in "김이박최정강조윤장임한오"
    )


def _foreign_name(words: str, end: int, places: frozenset[str]) -> Span | None:
    """A name of one to four words that ends at an offset."""
    start = end
    count = 0
    at = end
    while count < 4:
        token = re.search(r"[^\s,()·ㆍ–“”‘’\"'△▲▶]+$", words[:at].rstrip(" "))
        if token is None or token.end() < len(words[:at].rstrip(" ")):
            break
        word = token.group()
        if not re.fullmatch(r"[가-힣]{1,8}|[A-Z]\.?|[A-Z][a-zÀ-ſ'’-]+", word):
            break
        if (
            word in _KO_NO_NAME
            or _OFFICE_END.search(word)
            or _TIME_OR_PLACE_AT.search(word)
            or (count and (word in places or _is_stop(word)))
        ):
            break
        start, at = token.start(), token.start()
        count += word not in _LINKS
    return (start, end) if count else None


def _is_stop(word: str) -> bool:
    """Whether a word before a name is none of it: with a particle, or an organisation."""
    return bool(
        _SURE_PARTICLE_END.search(word)
        or _ADNOMINAL.fullmatch(word)
        or _TIME_OR_PLACE_AT.search(word)
        or (len(word) > 2 and re.search(r"(?:시|군|구|장|수|지사|대표단|에서|성)$", word))
        or re.fullmatch(r"[시도군구측그양국주현성][은는이가을를의와과]", word)
        or word in _KO_COUNTRIES
        or word in _PROVINCES
    )


_KO_COUNTRIES_TEXT = """
대한민국 한국 미국 중국 일본 대만 베트남 몽골 러시아 튀르키예 터키 독일 프랑스 영국 이탈리아
스페인 호주 뉴질랜드 캐나다 멕시코 브라질 페루 칠레 콜롬비아 에콰도르 아르헨티나 우루과이 인도
인도네시아 말레이시아 필리핀 태국 캄보디아 라오스 미얀마 네팔 우즈베키스탄 카자흐스탄 우크라이나
폴란드 체코 헝가리 오스트리아 스위스 네덜란드 벨기에 스웨덴 노르웨이 핀란드 덴마크 에스토니아
그리스 이집트 모로코 케냐 가나 에티오피아 르완다 남아공 이란 이스라엘 요르단 사우디아라비아
아랍에미리트
"""
_KO_COUNTRIES = frozenset(_KO_COUNTRIES_TEXT.split())


def _joined(words: list[str]) -> str:
    return " ".join(words)
