"""Names of places, governments and bodies in sentences: known ones first, others by their form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from citypact.sources.extraction.lexicon import Entry, lexicon, word_list
from citypact.sources.extraction.model import Context, Name
from citypact.sources.model import Span


class Role(StrEnum):
    """What the particle or the word behind a name makes of it."""

    SUBJECT = "subject"
    WITH = "with"  # 와, 과: joins the next name or names the other party
    LISTED = "listed"  # a comma, a dot or a dash behind
    BETWEEN = "between"  # 간, 사이
    OBJECT = "object"
    PLACE = "place"
    GENITIVE = "genitive"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands, or words that stand for one named elsewhere.

    span: its words. reach: with its country, office, person and particle. office: of the person
    who stands for it, such as 시장; '' without. is_sure: known, or of the form of a name beyond
    doubt. refers: `owner` (시는, the city) or `pair` (두 도시, both parties); '' for a name.
    """

    span: Span
    reach: Span
    name: Name
    role: Role = Role.NONE
    office: str = ""
    is_sure: bool = True
    refers: str = ""


# --- Korean -------------------------------------------------------------------------------------

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
    "대학교|대학원|대학|항만공사|공항공사|관광공사|도시공사|개발공사|교통공사|공사|공단|재단|"
    "은행|협회|진흥원|"
    "연구원|연구소|개발원|정보원|기술원|교육원|문화원|협의회|위원회|상공회의소|상의|교육지원청|"
    "교육청|경찰청|"
    "경찰서|소방서|소방본부|도서관|박물관|미술관|병원|의료원|센터|그룹|주식회사|사무국|기구|"
    "연합회|연합|"
    "연맹|조합|테크노파크|무역관|고등학교|중학교|초등학교|초교|고교|의회|시의회|공원|공항|방송|"
    "신문|"
    "대사관|영사관|총영사관|문화관광청|관광청|무역청|개발청|투자청|산림청|조달청|특허청|기상청|"
    "관세청|전자|건설|통신|생명|중공업|"
    "포럼|펀드|기금|학회|동맹|총회|협력단|진흥회|진흥공사|교류회"
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
    rf"(?:\s[가-힣A-Za-z·.]{{0,10}}[^\s은는을를의로에서며고]){{0,4}}?\s(?:[가-힣]{{1,12}}\s)?{_OFFICE_WORD}"
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
_OWNER = re.compile(
    r"(?<![가-힣A-Za-z\d])(?:(?P<unit>시|군|구|도)(?P<p1>는|은|가|와|과|이|에서는)"
    r"|(?:[가-힣]{1,5}\s)?(?P<office>시장|군수|구청장|도지사|지사)(?P<p2>은|는|이|가|과|"
    r"와))(?![가-힣])"
)
_PAIR = re.compile(
    r"(?<![가-힣])(?:(?:두|양|세|네)\s?(?:도시|기관|지역|지자체|자치단체|시장|시·?군|시|도|단체|"
    r"측|대학|학교|기초단체|정부|항만|공사|군|구)"
    r"|양측|쌍방|양자|3자)(?:은|는|이|가|간의|간|의|도)?(?![가-힣])"
)


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


@lru_cache(maxsize=50_000)
def _parse(token: str) -> Parsed | None:
    """The name that a Korean word begins with; None for one that begins with none."""
    known = lexicon().korean
    for length in range(min(len(token), 24), 1, -1):
        entry = known.get(token[:length])
        tail = _KNOWN_TAIL.fullmatch(token, length) if entry else None
        if entry is None or tail is None:
            continue
        suffix = tail["suffix"] or ""
        if suffix and entry.kind != "country" and not re.fullmatch(_CITY_SUFFIX, suffix):
            # 키이우주 isn't 키이우, but 서울도 is 서울 with a particle.
            if suffix == "도" and not (tail["office"] or tail["particle"] or tail["building"]):
                return Parsed(token[:length], entry, entry.kind, "", "", "도", True)
            return _parse_form(token) or _parse_body(token)
        if suffix and entry.kind == "country":
            return None
        words = token[: length + len(suffix)]
        office = tail["office"] or ("청" if tail["building"] else "")
        return Parsed(words, entry, entry.kind, suffix, office, tail["particle"] or "", True)
    return _parse_body(token) or _parse_form(token)


_FORM_TAIL = re.compile(
    rf"(?P<suffix>{_CITY_SUFFIX}|{_AREA_SUFFIX})(?P<building>청사?)?"
    rf"(?P<office>(?:행정|정무|경제)?부?(?:{_OFFICE}|장|수|지사))?(?P<particle>{_PARTICLE})?"
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
        if office in ("장", "수", "지사") and not _fits(suffix, office):
            continue
        is_city = re.fullmatch(_CITY_SUFFIX, suffix) is not None
        if length < 2 and len(suffix) == 1 and not office:
            continue
        return Parsed(
            words,
            None,
            "city" if is_city else "government",
            suffix,
            office or ("청" if tail["building"] else ""),
            tail["particle"] or "",
            bool(office) or is_city or suffix in ("군", "구", "현", "카운티", "특별자치도"),
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
    match = _BODY.fullmatch(token)
    if match:
        words = match["base"]
        if re.fullmatch(_BODY_SUFFIX, words) or words in word_list("ordinary"):
            return None
        kind = "organization"
        if words.endswith(("대학교", "대학", "대학원")):
            kind = "university"
        elif words.endswith(("학교", "초교", "고교")):
            kind = "school"
        return Parsed(words, None, kind, "", match["office"] or "", match["particle"] or "")
    match = _ACRONYM.fullmatch(token)
    if match and match["base"] not in word_list("no_bodies"):
        entry = lexicon().latin.get(match["base"].lower())
        kind = entry.kind if entry else "organization"
        return Parsed(match["base"], entry, kind, "", "", match["particle"] or "", bool(entry))
    return None


def _korean_mentions(text: str, span: Span) -> list[Mention]:
    found: list[Mention] = []
    at, qualifier = span[0], -1
    for match in _TOKEN.finditer(text, *span):
        if match.start() < at:
            continue
        begin = match.start()
        if qualifier >= 0 and text[qualifier:begin].strip():
            qualifier = -1
        parsed = _parse(match.group())
        if parsed is None and (qualifier >= 0 or _stands_in_list(text, match, found)):
            parsed = _parse_unknown(match.group())
        if parsed is None:
            continue
        if parsed.office == "장" and _MARKETS.fullmatch(parsed.words + parsed.office):
            continue
        if parsed.entry is None and not parsed.is_sure and parsed.suffix and qualifier < 0:
            continue
        if parsed.kind == "country":
            qualifier = match.end() if parsed.particle in ("", "의") else -1
            at = match.end()
            continue
        mention = _korean_mention(text, span[1], match, parsed, qualifier >= 0)
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
        qualifier = mention.span[1] if parsed.kind == "government" else -1
    return found


_UNKNOWN = re.compile(rf"(?P<base>[가-힣]{{2,8}}?)(?P<particle>{_PARTICLE})?")


def _parse_unknown(token: str) -> Parsed | None:
    """A name that nothing but its place in a list of places tells: `B국 나루, 다라시`."""
    match = _UNKNOWN.fullmatch(token)
    if match is None or match["base"] in word_list("ordinary") | word_list("no_place"):
        return None
    return Parsed(match["base"], None, "city", "", "", match["particle"] or "", False)


def _stands_in_list(text: str, match: re.Match[str], found: list[Mention]) -> bool:
    """Whether a word stands between list signs right behind a place, or before one with a date."""
    behind = text[match.end() : match.end() + 2]
    if behind[:1] == " " and not match.group().endswith(("와", "과", "에", "의", "로")):
        return False
    if found and found[-1].role is Role.LISTED and found[-1].name.kind == "city":
        return re.fullmatch(r"[·ㆍ・]|,\s", text[found[-1].reach[1] : match.start()]) is not None
    return behind[:1] in ("(", "（") and re.match(
        r"[(（](?:19|20)\d\d[^()]{0,12}[)）](?:,|·)", text[match.end() : match.end() + 20]
    ) is not None  # fmt: skip


def _joined(text: str, found: list[Mention], mention: Mention) -> Mention:
    """A name right behind another place: 경남 창원시 is 창원시, 두바이 도로교통청 is one body."""
    before = found[-1]
    if mention.name.kind in ("city", "government") and before.name.kind in ("city", "government"):
        found.pop()
        return replace(mention, reach=(before.reach[0], mention.reach[1]), is_sure=True)
    if before.name.kind in ("city", "government") and not mention.name.entity:
        found.pop()
        span = (before.span[0], mention.span[1])
        words = text[slice(*span)]
        name = replace(mention.name, text=words, label_en=words)
        return replace(mention, span=span, reach=(before.reach[0], mention.reach[1]), name=name)
    return mention


def _korean_mention(
    text: str, end: int, match: re.Match[str], parsed: Parsed, is_qualified: bool
) -> Mention:
    """The mention of a parsed word, with brackets, office, person and particle behind it."""
    begin, reach = match.span()
    words, entry, kind = parsed.words, parsed.entry, parsed.kind
    stop = begin + len(words)
    particle, office = parsed.particle, parsed.office
    sure = parsed.is_sure or (is_qualified and kind in ("city", "government"))
    if words in word_list("words_too") and not (is_qualified or parsed.suffix or parsed.office):
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
    if office == "청":
        role = Role.PLACE
    elif role is Role.PLACE and office:
        role = Role.NONE
    name = Name(
        words, entry.entity if entry else "", entry.label_en if entry else words, kind
    )  # fmt: skip
    return Mention((begin, stop), (begin, reach), name, role, office, sure)


# --- English ------------------------------------------------------------------------------------

_CAPITAL = r"(?:[A-ZÀ-ÞŠŽČĐ][\w’'&.-]*[\w’'&]|[A-Z])"
_WORD = re.compile(r"[\wÀ-ž][\w’'&-]*(?:\.(?=[\w]))?[\w’'&-]*")
_KIND_WORD = (
    "City|Town|Municipality|Metropolitan Municipality|Metropolis|County|Province|State|Prefecture|"
    "Port|Borough|District|Region|Commonwealth|Canton|Village|Township|Government|Capital City"
)
_BODY_WORD = (
    "University|Ministry|Department|Bank|Chamber of Commerce|Institute|Office|Embassy|Council|"
    "Association|Federation|Organization|Organisation|Agency|Authority"
)
_BEFORE = re.compile(
    rf"(?:[Tt]he )?(?P<word>{_KIND_WORD}|{_BODY_WORD})(?: and County)? of (?:the )?(?={_CAPITAL})"
)
_BEHIND = re.compile(
    r"\s(?P<word>Metropolitan Government|Metropolitan City Government|Metropolitan City|"
    r"Metropolitan "
    r"Municipality|Metropolitan Administration|Special Self-Governing City|Special City|"
    r"Special Self-Governing Province|City Government|City Council|City Hall|City|city|"
    r"City Corporation|"
    r"Municipal Government|Municipal Council|Municipality|Municipal Corporation|Town Council|"
    r"Town|Township|"
    r"Provincial Government|Province|province|Prefectural Government|Prefecture|prefecture|"
    r"County|Oblast|"
    r"Region|State Government|State|District|Borough|Canton|Governorate|-si|-do|-gun|-gu)\b"
)
_BODY_BEHIND = re.compile(
    r"\s(?P<word>(?:[A-Z][\w&-]*\s(?:(?:and|of|for|&)\s)?){0,4}?(?:University|Port Authority|"
    r"Authority|Ports?|"
    r"Corporation|Foundation|Association|Institute|Agency|Ministry|Bank|Organi[sz]ation|Company|"
    r"Group|"
    r"Chamber of Commerce|Council|Committee|Commission|Museum|Library|School|College|Airport|"
    r"Center|"
    r"Centre|Society|Federation|Alliance|Network|Fund|Inc|Ltd|LLC|Co|Corp|Board|Union|Secretariat|"
    r"Initiative|Department|Hospital))\b(?:\s(?:of|"
    r"for)\s(?:the\s)?(?P<of>[A-Z][\w&-]*(?:\s(?:and\s)?[A-Z][\w&-]*){0,3}))?"
)
_TITLE = (
    r"(?:(?:Vice|Deputy|Lord|Acting|Lady|Former|Then|Executive|Lieutenant)[-\s])*(?:Mayors?|"
    r"Governors?|President|"
    r"Chairman|Chairwoman|Chair|Councill?or|Ambassador|Minister|Secretary(?:[-\s]General)?|"
    r"Director(?:[-\s]General)?|"
    r"Consul(?:[-\s]General)?|Mr|Mrs|Ms|Dr|Prof|Professor|Sir|Premier|Commissioner|Superintendent|"
    r"Alderman|CEO|Senator|Representative|Manager|Lord Provost|Provost|Prime Minister)"
)
_PERSON = re.compile(
    rf"\b{_TITLE}\.?,?\s(?P<name>(?:(?:H\.?E\.?|Dr|Mr|Ms|Mrs|Sir|Dato|"
    rf"Hon)\.?,?[’']?\s)*{_CAPITAL}(?:,?\s(?:de|da|del|van|von|bin|al|el|la|"
    rf"Jr)?\s?{_CAPITAL}){{0,4}})"
)
_EN_LISTED = re.compile(r"\s?(?:,|/|&|–|—|-\s|\sand\b|\sas\swell\sas\b)")
_EN_OWNER = re.compile(
    r"\b(?:[Tt]he|[Oo]ur|[Hh]is|[Hh]er)\s(?P<unit>[Cc]ity|[Cc]ounty|[Ss]tate|[Pp]rovince|"
    r"[Tt]own|[Mm]unicipality|[Bb]orough|"
    r"[Mm]ayor|[Cc]ity [Cc]ouncil|[Cc]apital)(?![-\w]|\s(?:of|and|government|council|hall|[A-Z]))"
)
_EN_PAIR = re.compile(
    r"\b(?:[Tt]he|[Tt]hese|[Tt]heir)\s(?:two|three|four|"
    r"respective)\s(?:sister\s)?(?:[a-z]+\s)?(?:cities|mayors|sides|parties|governments|"
    r"administrations|capitals|towns|organi[sz]ations|governors|states|provinces|counties|"
    r"leaders|communities|ports|"
    r"municipalities|universities|institutions|metropolises|regions|partners)\b|"
    r"\b[Bb]oth\s(?:cities|parties|sides|mayors|governments|towns|leaders|organi[sz]ations)\b|"
    r"\b[Tt]he\s(?:cities|mayors|parties|sides|governors|partners|pair|two)\b(?!\sof)|\b[Tt]hey\b"
)


def _english_mentions(text: str, span: Span) -> list[Mention]:
    start, end = span
    persons = [m.span("name") for m in _PERSON.finditer(text, start, end)]
    known = lexicon().latin
    found: list[Mention] = []
    at = start
    tokens = list(_WORD.finditer(text, start, end))
    for place, token in enumerate(tokens):
        begin = token.start()
        if begin < at or not (token.group()[0].isupper() or token.group() == "the"):
            continue
        before = _BEFORE.match(text, begin, end)
        first = begin
        word = ""
        if before:
            word, first = before["word"], before.end()
            place = next((i for i, t in enumerate(tokens) if t.start() >= first), place)
        elif token.group() == "the":
            continue
        if not before and any(a <= begin < b for a, b in persons):
            inside = next(b for a, b in persons if a <= begin < b)
            length, entry = _longest(known, text, tokens, place)
            if not (
                entry and entry.kind != "country" and _is_office_behind(text, tokens, place, length)
            ):
                at = inside
                continue
        mention = _english_mention(text, end, tokens, place, begin, first, word)
        if mention is None:
            continue
        at = mention.reach[1]
        if mention.name.kind == "country":
            if found and re.fullmatch(r",?\s", text[found[-1].reach[1] : mention.reach[0]]):
                found[-1] = replace(found[-1], reach=(found[-1].reach[0], mention.reach[1]))
            continue
        if (
            found
            and mention.name.kind == "government"
            and found[-1].name.kind == "city"
            and text[found[-1].reach[1] : mention.reach[0]] == ", "
        ):  # Portland, Oregon
            found[-1] = replace(found[-1], reach=(found[-1].reach[0], mention.reach[1]))
            continue
        found.append(mention)
    return [_with_role(text, start, end, mention) for mention in found]


def _longest(
    known: Mapping[str, Entry], text: str, tokens: list[re.Match[str]], place: int
) -> tuple[int, Entry | None]:
    """How many words from a place on are a known name, and which."""
    begin = tokens[place].start()
    for last in range(min(len(tokens), place + 8) - 1, place - 1, -1):
        words = text[begin : tokens[last].end()].lower().replace("’", "'")
        for form in (words, words.removesuffix("'s").removesuffix("'")):
            entry = known.get(form)
            if entry is not None:
                return last - place + 1, entry
    return 0, None


def _is_office_behind(text: str, tokens: list[re.Match[str]], place: int, length: int) -> bool:
    behind = place + length
    return behind < len(tokens) and re.fullmatch(_TITLE, tokens[behind].group()) is not None


def _english_mention(
    text: str,
    end: int,
    tokens: list[re.Match[str]],
    place: int,
    begin: int,
    first: int,
    word: str,
) -> Mention | None:
    """The name that begins with a word, with the words for its kind before and behind it."""
    known = lexicon().latin
    if place >= len(tokens):
        return None
    length, entry = _longest(known, text, tokens, place)
    if (
        entry is not None
        and not word
        and text[first : tokens[place + length - 1].end()].lower() in word_list("no_names")
    ):
        return None
    sure, office = entry is not None, ""
    if entry is None:
        length = _capitals(text, tokens, place)
        if not length:
            return None
    stop = tokens[place + length - 1].end()
    stop -= 2 if text[stop - 2 : stop] in ("'s", "’s") else 0
    words = text[first:stop]
    kind = entry.kind if entry else ""
    reach = stop
    behind = _BEHIND.match(text, stop, end) if not word else None
    body = _BODY_BEHIND.match(text, stop, end) if not word else None
    if behind and not (body and body.end() > behind.end()) and kind in ("", "city", "government"):
        place_kind = (
            "city"
            if re.search("(?i)city|town|metropol|municip|-si", behind["word"])
            else "government"
        )
        if kind == "city" and place_kind == "government":
            entry = None
        kind = place_kind
        sure = True
        if entry is None or kind == "government":
            whole = known.get(text[first : behind.end()].lower())
            entry = whole or (entry if kind == "city" else None)
            stop = behind.end()
            words = text[first:stop]
        reach = behind.end()
    elif body and kind in ("", "city", "government", "country"):
        stop = reach = body.end()
        words = text[first:stop]
        entry = known.get(words.lower())
        kind = (
            "port"
            if re.search("Port", body["word"])
            else "university"
            if "University" in words
            else "organization"
        )
        sure = True
    elif word:
        if re.fullmatch(_BODY_WORD, word):
            kind = "university" if word == "University" else "organization"
            if word in ("Ministry", "Department"):
                kind = "government"
            words = text[begin:stop].removeprefix("the ").removeprefix("The ")
            entry = known.get(words.lower())
        elif word in (
            "City",
            "Town",
            "Municipality",
            "Metropolitan Municipality",
            "Metropolis",
            "Capital City",
        ):
            kind = "city"
            if entry and entry.kind != "city":
                entry = None
        else:
            kind = "port" if word == "Port" else "government"
            in_full = text[begin:stop].removeprefix("the ").removeprefix("The ")
            entry = known.get(in_full.lower()) or (
                entry if entry and entry.kind == "government" else None
            )
            if entry is None:
                words = in_full
        sure = True
    elif not kind:
        # An unknown name needs something that says what it is.
        follows = re.match(rf"\s(?:{_TITLE})\s[A-Z]", text[stop : stop + 40])
        leads = re.search(r"\b(?:Mayor|Governor) of (?:the )?$", text[max(0, begin - 30) : begin])
        is_in_country = re.match(r",\s", text[stop : stop + 2]) and _is_country_at(text, stop + 2)
        if not (follows or leads or is_in_country):
            acronym = re.fullmatch(r"[A-Z][A-Za-z]*[A-Z]{1,}[A-Za-z-]*", words)
            if not acronym or words in word_list("no_bodies"):
                return None
            kind = "organization"
        sure, kind = not kind, kind or "city"
    gloss = re.compile(r"\s[(（][^()]{1,60}[)）]").match(text, reach, end)
    if gloss:
        reach = gloss.end()
    office_behind = re.compile(
        rf"(?:['’]s?)?\s(?P<o>{_TITLE})\b(?:\s{_CAPITAL}(?:,?\s{_CAPITAL}){{0,4}})?"
    ).match(text, reach, end)
    office_ahead = re.search(
        rf"\b(?P<o>{_TITLE}) of (?:the )?$|"
        rf"\b(?P<p>{_TITLE})\.?,?\s{_CAPITAL}(?:,?\s{_CAPITAL}){{0,4}},?"
        r"(?: and .{0,30})? of (?:the )?$",
        text[max(0, begin - 70) : begin],
    )
    if office_behind:
        reach = office_behind.end()
    name = Name(
        words, entry.entity if entry else "", entry.label_en if entry else words, kind or "city"
    )  # fmt: skip
    if office_behind:
        office = office_behind["o"]
    elif office_ahead:
        office = office_ahead["o"] or office_ahead["p"]
    return Mention((begin if word else first, stop), (begin, reach), name, Role.NONE, office, sure)


def _is_country_at(text: str, at: int) -> bool:
    match = re.compile(rf"{_CAPITAL}(?:\s(?:of\s)?{_CAPITAL}){{0,3}}").match(text, at)
    while match:
        words = match.group().rstrip(".")
        entry = lexicon().latin.get(words.lower())
        if entry is not None:
            return entry.kind in ("country", "government")
        cut = words.rfind(" ")
        if cut < 0:
            return False
        match = re.compile(re.escape(words[:cut])).match(text, at)
    return False


def _capitals(text: str, tokens: list[re.Match[str]], place: int) -> int:
    """How many words from a place on are capitalised and next to each other."""
    count = 0
    for index in range(place, min(len(tokens), place + 5)):
        token = tokens[index].group()
        if (
            not token[0].isupper()
            or token.lower() in word_list("no_names")
            or re.fullmatch(_TITLE, token)
        ):
            break
        if count and text[tokens[index - 1].end() : tokens[index].start()] != " ":
            break
        count += 1
        if token.endswith(("'s", "’s")):
            break
    return count


_EN_PLACE = re.compile(
    r"\b(?:in|at|from|near|to|visit(?:ed|ing)?|throughout|across|around|outside)\s(?:the\s)?$"
)


def _with_role(text: str, start: int, end: int, mention: Mention) -> Mention:
    before = text[max(start, mention.reach[0] - 14) : mention.reach[0]]
    role = Role.NONE
    if _EN_PLACE.search(before) and not mention.office:
        role = Role.PLACE
    elif (
        re.match(r"['’]s?\s", text[mention.reach[1] : mention.reach[1] + 3]) and not mention.office
    ):
        role = Role.GENITIVE
    elif _EN_LISTED.match(text, mention.reach[1], end):
        role = Role.LISTED
    return replace(mention, role=role)


# --- Both ---------------------------------------------------------------------------------------


_IN_BRACKETS = re.compile(
    r"[(（][“\"‘']?(?:the |이하 )?[“\"‘']?([^()（）“”\"‘’']{2,40})[”\"’']?[)）]"
)


def mentions_of(context: Context) -> tuple[tuple[Mention, ...], ...]:
    """The names of each sentence of a document, in the order of the text.

    Short names that the text defines, as in `Greater London Authority (GLA)`, stand for the long.
    """
    text = context.form.text
    found = [
        (_korean_mentions if sentence.language == "ko" else _english_mentions)(text, sentence.span)
        for sentence in context.sentences
    ]
    defined: dict[str, Name] = {}
    for mentions in found:
        for mention in mentions:
            gloss = _IN_BRACKETS.match(text[mention.span[1] : mention.reach[1]].lstrip())
            if gloss and re.search("[A-Z]{2}|기금|공사|공단|기구", gloss[1]):
                defined.setdefault(gloss[1].strip(), mention.name)
    for short, name in list(defined.items()):
        if not name.entity and re.fullmatch("[A-Z]{2,}", name.text) and short in lexicon().korean:
            # GCF(녹색기후기금): the long name is the one that is known
            entry = lexicon().korean[short]
            defined[name.text] = Name(short, entry.entity, entry.label_en, entry.kind)
    return tuple(
        tuple(
            replace(m, name=defined[m.name.text], is_sure=True) if m.name.text in defined else m
            for m in mentions
            if m.is_sure or _has_company(m, mentions) or m.name.kind not in ("city", "government")
        )
        for mentions in found
    )


def _has_company(mention: Mention, mentions: list[Mention]) -> bool:
    """Whether another place stands next to one whose name is a word too."""
    near = {Role.LISTED, Role.WITH}
    place = mentions.index(mention)
    before = mentions[place - 1] if place else None
    behind = mentions[place + 1] if place + 1 < len(mentions) else None
    return bool(
        (before and before.role in near and mention.span[0] - before.reach[1] < 8)
        or (behind and mention.role in near and behind.span[0] - mention.reach[1] < 8)
    )
