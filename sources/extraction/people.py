"""People whom a text names, with office and organisation, in Korean and English.

An office is found first: 시장, Secretary General. The name stands before or behind it, with the
organisation between, before or behind: 토리 화나우 웰링턴 시장, Mayor Jane Doe of Springfield,
John Roe, CEO of the Council. Nobody is found without an office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from citypact.sources.extraction.lexicon import lexicon
from citypact.sources.extraction.model import Context
from citypact.sources.model import Span


@dataclass(frozen=True, slots=True)
class Person:
    """Someone named with an office.

    name: without office. span: of the name; reach: of all words for the person. office and
    organisation: in the words of the text, '' where not said. is_bracketed: named in brackets
    behind an organisation. is_signature: stands in the signatures of an agreement. is_short:
    a surname alone for somebody named elsewhere, whose full name `name` then is.
    """

    name: str
    span: Span
    reach: Span
    office: str
    organisation: str = ""
    is_bracketed: bool = False
    is_signature: bool = False
    is_short: bool = False


# --- Korean -------------------------------------------------------------------------------------

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
_KO_ORGANISATION = re.compile(
    r"(?:특별자치시|특별시|광역시|특례시|특별자치도|시|군|구|도|현|성|주|부|청|처|원|회|사|단|국|"
    r"실|과|은행|대학교|대학|"
    r"대|재단|협회|협의체|협의회|기구|센터|그룹|본부|총영사관|대사관|정부|의회|법인|공사|공단|"
    r"연맹|연합|위원회|포럼|항만|"
    r"위원|당|소)$"
)
_KO_PLACE = re.compile(r"[시군구도현성주]$")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z&.-]*")
_PARTICLE_END = re.compile(
    r".(?:에서는|에서|에게|으로|로서|로|에는|에|은|는|을|를|의|와|과|이|가|도|며|고|인|한|된|하는|"
    r"되는|했던|하던|해|서|면|여)$"
)
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


def _korean(text: str, start: int, end: int, places: frozenset[str]) -> Iterator[Person]:
    words = text[start:end]
    bracketed: list[Span] = []
    for match in _KO_BRACKETED.finditer(words):
        bracketed.append(match.span())
        yield Person(
            match["name"], _at(start, match.span("name")), _at(start, match.span()),
            match["office"].strip(), match["organisation"], is_bracketed=True,
        )  # fmt: skip
    for match in _KO_OFFICE.finditer(words):
        if any(first <= match.start() < last for first, last in bracketed):
            continue
        found = _before_office(words, match.start(), places)
        if found is None:
            if behind := _BEHIND_KO_OFFICE.match(words, match.end()):
                organisation = _KO_BEFORE.search(words[: match.start()])
                if organisation and _is_korean_name(behind["name"]):
                    yield Person(
                        behind["name"], _at(start, behind.span("name")),
                        _at(start, (match.start(), behind.end("name"))),
                        match["office"], organisation[1],
                    )  # fmt: skip
            continue
        (first, last), side = found
        if not side and (lead := _LEAD_ORGANISATION.search(words[:first])):
            side = lead[1]  # 한남대 이승철 총장
        office = " ".join(match.group().split())
        reach = _at(start, (first, match.end()))
        yield Person(words[first:last], _at(start, (first, last)), reach, office, side)


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
            if one and _is_korean_name(one.group()) and _HANJA.fullmatch(bracket[1]):
                return one.span(), _joined(organisation)
            span = _foreign_name(words, end, places)
            return (span, _joined(organisation)) if span else None
        token = re.search(r"[^\s,(–·ㆍ-]+$", before)
        if token is None:
            return None
        word = token.group().strip("“”\"'‘’·")
        if word in _KO_NO_NAME or not word:
            return None
        is_known = word in places or bool(organisation and word in lexicon().korean)
        is_place = is_known or bool(_LATIN_WORD.fullmatch(word) and len(organisation) < 3)
        if not is_place and _is_korean_name(word):
            alone = (token.end() - len(word), token.end())
            earlier = re.search(r"([가-힣]{3})\s$", words[: token.start()])
            is_led = bool(earlier and earlier[1][0] in _COMMON_SURNAMES)
            if is_led and earlier and _is_korean_name(earlier[1]) and word.endswith("대"):
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


def _is_korean_name(word: str) -> bool:
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
        if word in _KO_NO_NAME or (count and (word in places or _is_stop(word))):
            break
        start, at = token.start(), token.start()
        count += 1
    return (start, end) if count else None


def _is_stop(word: str) -> bool:
    """Whether a word before a name is none of it: with a particle, or an organisation."""
    return bool(
        _SURE_PARTICLE_END.search(word)
        or _ADNOMINAL.fullmatch(word)
        or re.search(
            r"(?:시기|기간|당시|자리|가운데|이번|오후|오전|현지|[년월일날중때후전곳])에$|까운$",
            word,
        )
        or (len(word) > 2 and re.search(r"(?:시|군|구|장|수|지사|대표단|에서|성)$", word))
        or re.fullmatch(r"[시도군구측그양국주현성][은는이가을를의와과]", word)
        or word in _KO_COUNTRIES
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


# --- English ------------------------------------------------------------------------------------

_OFFICE = (
    r"(?:(?:[Aa]cting|[Ii]nterim|[Ff]ormer|[Tt]hen|[Dd]eputy|[Vv]ice|[Ll]ord|[Ff]irst|[Ss]econd|"
    r"[Ee]xecutive|[Mm]anaging|[Aa]ssistant|[Ss]enior|[Hh]onorary|[Ll]ieutenant|[Cc]ounty|"
    r"[Tt]own)[ -])*"
    r"(?:[Mm]ayor(?:ess)?(?: [Pp]ro [Tt]em(?:pore)?)?|[Gg]overnor(?:[ -][Gg]eneral)?|"
    r"[Pp]resident(?: and CEO)?|[Cc]hair(?:man|woman|person)?|CEO|COO|"
    r"[Cc]hief [Ee]xecutive(?: [Oo]fficer)?|"
    r"[Cc]hief [A-Z][a-z]+ [Oo]fficer|[Ss]ecretary[ -][Gg]eneral|[Dd]irector[ -][Gg]eneral|"
    r"[Ee]xecutive [Dd]irector|[Dd]irector|[Cc]ity [Mm]anager|[Cc]ounty [Ee]xecutive|"
    r"[Cc]ouncil ?(?:[Mm]ember|man|woman|member)|[Cc]ouncill?or|[Cc]ommissioner|"
    r"[Vv]ice[ -][Mm]inister|[Mm]inister|[Aa]mbassador|[Cc]onsul[ -][Gg]eneral|[Pp]remier|"
    r"[Cc]hancellor|[Rr]ector|[Ss]uperintendent|[Pp]arty [Ss]ecretary|[Aa]dministrator|"
    r"[Gg]eneral [Mm]anager|[Dd]ean|[Rr]eeve|[Aa]lderman|[Ss]upervisor|[Ss]ecretary|[Hh]ead|"
    r"[Mm]anager|[Cc]abinet [Mm]ember)"
)
_HONORIFIC = (
    r"(?:(?:Dr|Mr|Mrs|Ms|Madame?|Prof|Hon|Gen|Eng|H\.E|Sir|Dame|The Honou?rable|His Excellency|"
    r"Her Excellency|Dato[’']?|Datuk|Tan Sri|Tn)\.?\s+)?"
)
_PART = r"(?:[A-ZÀ-Þ][\w’'.-]*[\w.]|[A-ZÀ-Þ]\.?)"
_LINK = r"(?:de|da|del|della|van|von|der|den|bin|binti|ibn|al|el|la|le|dos|di|du|y|e)"
_NAME = rf"{_PART}(?:\s+(?:{_LINK}\s+)*{_PART}){{0,5}}"
_ORGANISATION = (
    r"(?:[A-ZÀ-Þ][\w&’'.-]*)(?:\s+(?:of|the|for|and|de|do|da|la)\b(?=\s+(?:the\s+)?[A-ZÀ-Þ])|"
    r"\s+(?:the\s+)?[A-ZÀ-Þ][\w&’'.-]*)*"
)
_BEFORE_OFFICE = r"[A-ZÀ-Þ][\w&’'.-]*(?:\s+(?:of\s+)?[A-ZÀ-Þ][\w&’'.-]*){0,5}"
_OFFICE_WORD = re.compile(rf"{_OFFICE}\b")
_OFFICE_END = re.compile(rf"{_OFFICE}\s*$")
_OFFICE_IN_NAME = re.compile(rf"\b{_OFFICE}\s+(?=[A-Z])")
_AND_OFFICE = re.compile(rf"\s+and\s+(?={_OFFICE}\b)")
_NAME_BEFORE = re.compile(rf"({_BEFORE_OFFICE})(?:[’']s)?\s+$")
_NAME_BEHIND = re.compile(rf"\s+{_HONORIFIC}(?P<name>{_NAME})")
_COMMA_NAME = re.compile(rf",\s+({_PART}(?:\s+{_PART})?)(?=\s*(?:,|$))")
_OF_BEHIND = re.compile(rf"(?:,)?\s+(?:of|from)\s+(?:the\s+)?({_ORGANISATION})")
_SPLIT = re.compile(
    rf"(?P<organisation>{_PART}(?:\s+(?:(?:and|of|the)\s+)*{_PART})*?)\s+"
    rf"(?P<name>{_PART}\s+(?:[A-Z]\.\s+)?{_PART})(?![\w’'-]|\s+{_PART})"
)
_EN_BEFORE = re.compile(
    rf"(?P<office>\b{_OFFICE})(?P<of>,?\s+of\s+(?:the\s+)?(?P<organisation>{_ORGANISATION}))?"
    rf"(?P<comma>,)?\s+{_HONORIFIC}(?P<name>{_NAME})"
)
_EN_BEHIND = re.compile(
    rf"(?P<name>{_NAME})\s*,\s+(?:the\s+|its\s+|then\s+|current\s+)?"
    rf"(?:(?P<before>{_ORGANISATION}?)(?:[’']s)?\s+)?(?P<office>{_OFFICE})\b"
    rf"(?:(?:\s+(?:of|for|at)|,)\s+(?:the\s+)?(?P<organisation>{_ORGANISATION}))?"
)
_NO_NAME_TEXT = """
the a an and or of for in on at by to with from as his her its their our this that these those
city county state province prefecture town village district region government council office
university institute organization organisation association committee department ministry agreement
memorandum understanding mou moa loi partnership sister cities relationship program january
february march april may june july august september october november december monday tuesday
wednesday thursday friday saturday sunday mayor governor president chairman ceo minister director
secretary general vice deputy international world united nations republic korea china japan
america usa uk europe asia signing ceremony hall center centre conference summit forum affairs
cooperation development both two mr mrs ms dr madam madame
sir prof hon cllr during after before when while also today yesterday
under according meanwhile
"""
_NO_NAME = frozenset(_NO_NAME_TEXT.split())


def _english(text: str, start: int, end: int, places: frozenset[str]) -> Iterator[Person]:
    words = text[start:end]
    taken: list[Span] = []
    span: Span | None
    for match in _EN_BEHIND.finditer(words):
        span = _trimmed(words, match.span("name"), places)
        if span is None or not _is_name(words[slice(*span)]):
            continue
        organisation = match["organisation"] or match["before"] or ""
        if _OFFICE_WORD.match(organisation):
            organisation = match["before"] or ""
        if _OFFICE_END.search(words[max(0, span[0] - 50) : span[0]]):
            continue
        is_title = not match["organisation"] and re.match(r"\s+[A-ZÀ-Þ]", words[match.end() :])
        if is_title or (words[slice(*span)] in places):
            continue  # `Vancouver, Mayor Jane Doe`: the office is that of the next one
        taken.append((span[0], match.end()))
        yield Person(
            words[slice(*span)], _at(start, span), _at(start, (span[0], match.end())),
            match["office"], _bare(organisation),
        )  # fmt: skip
    at, pending = 0, ""
    while found := _EN_BEFORE.search(words, at):
        match = found
        at = match.end("office")
        if any(first <= match.start("name") < last for first, last in taken):
            continue
        if second := _OFFICE_IN_NAME.search(match["name"]):
            # `C40 Chair Yuma Mayor Jane Doe`: the first office tells for whom she signs.
            before = _NAME_BEFORE.search(words[max(0, match.start() - 120) : match.start()])
            pending = before[1] if before else ""
            at = match.start("name") + second.start()
            continue
        span = _trimmed(words, match.span("name"), places)
        organisation = (match["organisation"] or "").strip(" ,.") or pending
        pending = ""
        if match["of"] and not match["comma"]:
            # `Mayor of Seoul Park Won Soon`: the organisation takes all, up to its own `and`.
            organisation, span = _split(words, match.start("organisation"), places)
            span = _trimmed(words, span, places) if span else None
        if span is None:
            continue
        name = words[slice(*span)]
        comma_name = _COMMA_NAME.match(words[span[1] :])
        if match["comma"] and " " not in name and comma_name:
            span = (span[0], span[1] + comma_name.end())
            name = words[slice(*span)]
        if not _is_name(name):
            continue
        at = span[1]
        behind = _OF_BEHIND.match(words[span[1] :])
        reach = (match.start(), span[1])
        if not organisation and behind:
            organisation = behind[1].strip(" ,.")
            reach = (match.start(), span[1] + behind.end())
        if not organisation:
            near = max(0, match.start() - 120)
            before = _NAME_BEFORE.search(words[near : match.start()])
            if before:
                organisation, reach = before[1], (near + before.start(), reach[1])
        if not organisation:
            leading = words[match.start("name") : span[0]].strip()
            organisation = leading if leading in places else ""
        yield Person(
            name, _at(start, span), _at(start, reach), match["office"], _bare(organisation)
        )


def _bare(organisation: str) -> str:
    alone = _AND_OFFICE.split(organisation.strip(" ,."))[0]
    return re.sub(r"[’']s?$", "", alone).strip()


def _trimmed(words: str, span: Span, places: frozenset[str]) -> Span | None:
    """A name without places and common words at its ends; None where nothing is left."""
    tokens = [
        (m.start() + span[0], m.end() + span[0]) for m in re.finditer(r"\S+", words[slice(*span)])
    ]
    while tokens:
        first = words[slice(*tokens[0])]
        if first.lower().strip(".") in _NO_NAME or (first in places and len(tokens) > 2):
            tokens = tokens[1:]
            continue
        last = words[slice(*tokens[-1])]
        if last.lower().strip(".’'") in _NO_NAME or last.endswith(("’s", "'s")):
            if last.endswith(("’s", "'s")) and last[:-2].lower() not in _NO_NAME:
                tokens[-1] = (tokens[-1][0], tokens[-1][1] - 2)
                break
            tokens = tokens[:-1]
            continue
        break
    if not tokens:
        return None
    # A sentence that ends in the middle (`Soon. The`) ends the name.
    for one, two in pairwise(tokens):
        word = words[slice(*one)]
        if word.endswith(".") and len(word) > 3 and word.lower() not in ("jr.", "sr.", "dr."):
            return tokens[0][0], one[1] - 1
        del two
    end = tokens[-1][1]
    if words[end - 1] == "." and len(words[slice(*tokens[-1])]) > 2:
        end -= 1
    return tokens[0][0], end


def _is_name(name: str) -> bool:
    parts = name.replace(",", "").split()
    return bool(parts) and not any(
        part.lower().strip(".") in _NO_NAME for part in (parts[0], parts[-1])
    )


def _split(words: str, start: int, places: frozenset[str]) -> tuple[str, Span | None]:
    """Organisation and name where nothing stands between them.

    The organisation is a known place; else the last two words are the name.
    """
    ends = sorted((start + len(p) for p in places if words.startswith(p, start)), reverse=True)
    for cut in ends:
        if rest := _NAME_BEHIND.match(words[cut:]):
            return words[start:cut], (cut + rest.start("name"), cut + rest.end("name"))
    both = _SPLIT.match(words[start:])
    if not both or re.search(r"\b(?:New|San|Los|Santa|Saint|El)$", both["organisation"]):
        return "", None
    name = (start + both.start("name"), start + both.end("name"))
    if name[0] < min(ends, default=0) < name[1]:
        return "", None  # the place reaches into it: Mayor of New Taipei City
    return both["organisation"], name


# --- Signatures ---------------------------------------------------------------------------------

_COLUMNS = re.compile(r"\s+/\s+|\t+|\s*\|\s*|\s{3,}")
_NAME_LINE = re.compile(rf"^\W*{_HONORIFIC}(?P<name>{_NAME}|{_PART},\s{_NAME})\W*$")
_NAME_AND_OFFICE = re.compile(
    rf"^\W*{_HONORIFIC}(?P<name>{_NAME})\s*,\s*(?P<office>{_OFFICE})\b(?:\s+of\s+(?P<of>.+))?"
)
_OFFICE_LINE = re.compile(
    rf"^\W*(?:The\s+)?(?P<office>{_OFFICE})\b[\s,]*(?:(?:of|for)\s+)?(?P<of>.*?)\W*$"
)
_SIDE_LINE = re.compile(r"\W*(?:For|On behalf of)\b", re.I)
_KO_PAIR_LINE = re.compile(
    r"^\s*(?P<one>[가-힣\s]+?(?:시장|군수|구청장|지사|사장|총장|장관))\s+"
    r"(?P<two>[가-힣\s]+?(?:시장|군수|구청장|지사|사장|총장|장관))\s*$"
)
_KO_PAIR_NAMES = re.compile(
    r"^\s*(?P<one>[가-힣](?:\s[가-힣]){1,2}(?=\s)|"
    r"[가-힣]{2,4})\s+(?P<two>[가-힣]+(?:\s[가-힣]+){0,3})\s*$"
)
_KO_OFFICE_LINE = re.compile(
    r"^\s*(?P<of>[가-힣A-Za-z\s]*?)\s?(?P<office>(?:특별|광역)?시장|군수|구청장|도지사|지사|사장|"
    r"이사장|회장|총장|원장|장관|"
    r"대표이사|대표|사무총장|이사장|총재|의장|부시장)\s*(?P<name>[가-힣]{2,4}|"
    r"[가-힣](?:\s[가-힣]){1,3}|[가-힣]{1,7}(?:\s[가-힣]{1,8}){1,3})?"
    r"\s*(?:\(\s?(?:서명|인|직인)\s?\))?\s*$"
)
_AGREEMENT_TEXT = re.compile(
    r"\bhereinafter\b|\bin witness\b|\bduplicate\b|\bauthentic\b|\bundersigned\b|\bWHEREAS\b|"
    r"\bthe (?:parties|two cities|both cities) (?:shall|agree)|\bsigned (?:in|at|on|this)\b|"
    r"제\s?1\s?조|"
    r"각\s?[1일]\s?[부통]|양해각서에 서명|서명한다|체결한다\.|shall\b",
    re.I,
)


def _signatures(context: Context) -> Iterator[Person]:
    """The people in the signatures at the end of an agreement: lines of name, office and side."""
    text = context.form.text
    if not _AGREEMENT_TEXT.search(text):
        return
    lines: list[list[tuple[str, Span]]] = []
    for block in context.form.blocks:
        if block.mark is not None or block.span[0] < len(text) / 3:
            continue
        for line in re.finditer(r"[^\n]+", text[slice(*block.span)]):
            start = block.span[0] + line.start()
            cells = _cells(line.group(), start)
            if len(line.group()) > 140 or any(len(cell) > 70 for cell, _ in cells):
                lines.append([])
            else:
                lines.append(cells)
    yield from _signatures_of(_with_columns(lines))


def _with_columns(lines: list[list[tuple[str, Span]]]) -> list[list[tuple[str, Span]]]:
    """Lines of signatures side by side whose columns were lost: `Mayor Mayor`, two names."""
    found = [list(line) for line in lines]
    for i, line in enumerate(lines):
        words = line[0][0] if len(line) == 1 else ""
        both = _KO_PAIR_LINE.match(words)
        if both and i + 1 < len(lines) and len(lines[i + 1]) == 1:
            names = _KO_PAIR_NAMES.match(lines[i + 1][0][0])
            for at, match in ((i, both), (i + 1, names)):
                if names and match:
                    start = lines[at][0][1][0]
                    found[at] = [(match[key].strip(), _at(start, match.span(key)))
                                 for key in ("one", "two")]  # fmt: skip
            continue
        offices = list(_OFFICE_WORD.finditer(words))
        rest = re.sub(r"\W|\b(?:City|Municipal|Provincial|The)\b", "", _OFFICE_WORD.sub("", words))
        if len(offices) < 2 or rest:
            continue
        count = len(offices)
        start = line[0][1][0]
        found[i] = [(o.group(), (start + o.start(), start + o.end())) for o in offices]
        for j in (i - 1, i - 2, i + 1):
            if not 0 <= j < len(lines) or len(lines[j]) != 1:
                continue
            cell, (first, _) = lines[j][0]
            if sides := re.findall(
                r"(?:For|City of|The City of)\s.*?(?=\s(?:For|City of|The)\s|$)", cell
            ):
                places = [cell.index(side) for side in sides]
                parts = [(side, (first + at, first + at + len(side)))
                         for side, at in zip(sides, places, strict=True)]  # fmt: skip
            else:
                parts = [(words, (first + at, first + at + len(words)))
                         for at, words in _side_by_side(cell, count)]  # fmt: skip
            if len(parts) == count:
                found[j] = parts
    return found


def _side_by_side(cell: str, count: int) -> list[tuple[int, str]]:
    """Names side by side taken apart: in equal parts, or behind the surname after an initial."""
    tokens = list(re.finditer(r"\S+", cell))
    size, left = divmod(len(tokens), count)
    cuts = [size * k for k in range(1, count)] if size and not left else []
    if count == 2:
        initials = [k for k, t in enumerate(tokens[:-2]) if re.fullmatch(r"[A-Z]\.", t.group())]
        cuts = [initials[0] + 2] if initials else cuts
    if len(cuts) != count - 1:
        return []
    places = [tokens[k].start() for k in (0, *cuts)]
    ends = [tokens[k - 1].end() for k in (*cuts, len(tokens))]
    return [(at, cell[at:end]) for at, end in zip(places, ends, strict=True)]


def _cells(line: str, start: int) -> list[tuple[str, Span]]:
    cells = []
    at = 0
    for separator in [*_COLUMNS.finditer(line), None]:
        end = separator.start() if separator else len(line)
        if words := line[at:end].strip():
            first = start + at + len(line[at:end]) - len(line[at:end].lstrip())
            cells.append((words, (first, first + len(words))))
        at = separator.end() if separator else end
    return cells


def _signatures_of(lines: list[list[tuple[str, Span]]]) -> Iterator[Person]:
    width = max((len(line) for line in lines), default=0)
    for column in range(width):
        cells = [
            line[column] if column < len(line) and (len(line) > 1 or width == 1 or column == 0)
            else ("", (0, 0))
            for line in lines
        ]  # fmt: skip
        for i, (words, span) in enumerate(cells):
            near = [cells[j][0] for j in (i + 1, i - 1, i + 2, i - 2) if 0 <= j < len(cells)]
            if match := _NAME_AND_OFFICE.match(words):
                side = match["of"] or (near[0] if near else "")
                yield _signature(match["name"], match.span("name"), span, match["office"], side)
            elif (match := _KO_OFFICE_LINE.match(words)) and (match["of"] or match["name"]):
                name = match["name"]
                at = match.span("name")
                if name is None and i + 1 < len(cells) and _is_any_name(cells[i + 1][0]):
                    name, span = cells[i + 1]
                    at = (0, len(name))
                if name:
                    side = match["of"] or (cells[i - 1][0] if i else "")
                    yield _signature(name, at, span, match["office"], side)
            elif (match := _NAME_LINE.match(words)) and _is_name(match["name"]):
                office = next((o for w in near[:2] if (o := _OFFICE_LINE.match(w))), None)
                if office and len(match["name"].split()) > 1:
                    above, below = near[1:2], near[2:3]
                    order = above + below if _SIDE_LINE.match("".join(above)) else below + above
                    side = office["of"] or next(
                        (w for w in order if w and not _OFFICE_LINE.match(w)), ""
                    )
                    yield _signature(
                        match["name"], match.span("name"), span, office["office"], side
                    )


def _signature(name: str, at: Span, cell: Span, office: str, side: str) -> Person:
    span = (cell[0] + at[0], cell[0] + at[1])
    if re.fullmatch(r"[가-힣](?:\s[가-힣]){1,3}", name):
        name = name.replace(" ", "")
    return Person(name, span, span, office, side.strip(" ,."), is_signature=True)


def _is_any_name(words: str) -> bool:
    return bool(
        re.fullmatch(r"[가-힣]{1,4}(?:\s[가-힣]{1,8}){0,3}|[一-鿿]{2,5}", words)
        or (_NAME_LINE.match(words) and _is_name(words))
    )


# --- A document ---------------------------------------------------------------------------------


def people_of(context: Context, places: frozenset[str]) -> tuple[Person, ...]:
    """Everybody whom a document names with an office, in the order of the text.

    places: words that are names of places and bodies, and so are no part of a person's name.
    """
    text = context.form.text
    found: list[Person] = list(_signatures(context))
    for sentence in context.sentences:
        finder = _korean if sentence.language == "ko" else _english
        for person in finder(text, *sentence.span, places):
            if not any(_overlap(person.span, other.span) for other in found):
                found.append(person)
    found += [*_by_surname(text, found), *_by_name_alone(text, found)]
    return tuple(sorted(_with_full_names(found), key=lambda person: person.span))


def _by_surname(text: str, found: list[Person]) -> Iterator[Person]:
    """Mr Clark, or Clark alone, for somebody whom an English text names in full elsewhere."""
    full = [p for p in found if (len(p.name.split()) > 1 and p.name.isascii()) or "-" in p.name]
    for person in {p.name: p for p in reversed(full)}.values():
        parts = person.name.replace(",", "").split()
        surname = parts[0] if "-" in parts[-1] and len(parts) == 2 else parts[-1]
        if len(surname) < 2 or not surname[0].isupper():
            continue
        for span, has_title in _surnames(text, surname):
            before = text[max(0, span[0] - 30) : span[0]]
            if not has_title and re.search(r"[A-Z][\w.’'-]*\s$", before):
                continue
            if not any(_overlap(span, other.reach) for other in found):
                yield replace(person, span=span, reach=span, is_short=True)


def _by_name_alone(text: str, found: list[Person]) -> Iterator[Person]:
    """경준해와 양승조는, for those whom a Korean text names with their offices before."""
    named = {p.name: p for p in reversed(found) if re.fullmatch(r"[가-힣]{3}", p.name)}
    for name, person in named.items():
        at = text.find(name, person.span[1])
        while at >= 0:
            end = at + len(name)
            is_free = not any(_overlap((at, end), other.reach) for other in found)
            is_alone = re.match(r"(?:은|는|이|가|와|과|도)\s", text[end : end + 2])
            if is_free and is_alone and re.match(r"[\s“‘\"'(]|$", text[at - 1 : at]):
                yield replace(person, span=(at, end), reach=(at, end), is_short=True)
            at = text.find(name, end)


_BEHIND_SURNAME = re.compile(r"[\w-]|[’']s|\s[A-Z]")
_TITLE_BEFORE = re.compile(r"(?:Mr|Ms|Mrs|Dr)\.?\s$")


def _surnames(text: str, surname: str) -> Iterator[tuple[Span, bool]]:
    """Where a surname stands alone, with a title that leads it, and whether one does."""
    at = text.find(surname)
    while at >= 0:
        end = at + len(surname)
        is_word = not at or not re.match(r"[\w.-]", text[at - 1])
        if is_word and not _BEHIND_SURNAME.match(text, end):
            title = _TITLE_BEFORE.search(text[max(0, at - 5) : at])
            yield (at - len(title.group()) if title else at, end), bool(title)
        at = text.find(surname, end)


_MARKET = re.compile(r"시장|사장|대표|의원|이사|현장|부장|국장|단장")
"""Offices that are also ordinary words, or those of many who don't sign."""


def _with_full_names(people: list[Person]) -> Iterator[Person]:
    """히메네스 시장 and Mayor Garcetti with the full name that the text gives elsewhere.

    A single word of a foreign name that nobody bears in full is left out in Korean.
    """
    full = [person for person in people if len(_name_parts(person.name)) > 1]
    names = {person.name for person in full}
    for person in people:
        if len(_name_parts(person.name)) > 1:
            # `Springfield Jane Doe` where the text has `Jane Doe` elsewhere.
            shorter = [name for name in names if person.name.endswith(f" {name}")]
            yield replace(person, name=max(shorter, key=len)) if shorter else person
            continue
        name = person.name
        bearers = [
            other
            for other in full
            if name in _name_parts(other.name) or (len(name) == 1 and other.name.startswith(name))
        ]
        if bearers:
            bearer = min(bearers, key=lambda other: abs(other.span[0] - person.span[0]))
            yield replace(
                person, name=bearer.name, is_short=True,
                organisation=person.organisation or bearer.organisation,
            )  # fmt: skip
        elif (
            not re.fullmatch(r"[가-힣]+", name)
            or _is_korean_name(name)
            or (len(name) > 2 and not _MARKET.fullmatch(person.office))
        ):
            yield person


def _name_parts(name: str) -> list[str]:
    """The words of a name; the syllables of a Korean one are surname and given name."""
    if re.fullmatch(r"[가-힣]{2,4}", name) and _is_korean_name(name):
        return [name[0], name[1:]]
    return name.replace(",", " ").split()


def _overlap(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _at(start: int, span: Span) -> Span:
    return start + span[0], start + span[1]
