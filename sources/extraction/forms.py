"""Words that name a paper or a tie between places, with the family of forms that they stand for.

A cue is a noun phrase such as `우호협력도시 협정` or `sister city agreement`. Its family is that of
the first rule that fits: letter of intent, sister city, friendship, memorandum, business agreement,
other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from citypact.sources.extraction.model import TIES, Form
from citypact.sources.model import Span


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that name a paper or a tie.

    span: the whole phrase. is_tie: it names a lasting tie (자매도시), not a paper. is_plain: it
    says nothing of its kind (협약, agreement), so that it may mean one named elsewhere.
    """

    span: Span
    form: Form
    is_tie: bool = False
    is_plain: bool = False


# --- Korean -------------------------------------------------------------------------------------

_KO_TIE = (
    r"(?:(?:국제|해외|국내)\s?)?(?:자매|친선|우호|교류|협력|결연)[가-힣·‧ㆍ・․]{0,9}?(?:도시|결연|"
    r"지역|"
    r"자치단체|지자체|학교|대학|항만|항구|항|기관|마을|\s?관계)|결연(?:도시)?(?!\s?(?:명칭|일\b|일자|연도|연월|날짜|시기|국가|현황|내용))|자매\s결연(?:도시)?|자매의\s연|자매교"
)
_KO_PAPER = (
    r"의향서|(?:양해|합의|협력|교환)?\s?각서|비망록|업무\s?(?:협력\s?)?(?:협약|협정|약정)(?:서|"
    r"식)?|"
    r"업무\s?제휴|MOU|MOA|MOC|LOI|LoI|MoU|(?:협약|협정|약정|조인)(?:서|식)|협약|협정|약정|협의서|"
    r"합의서|합의문|공동\s?선언(?:문|서)?|공동\s?성명서?|선언문|의정서|파트너십"
)
_KO_HEAD = re.compile(f"{_KO_PAPER}|{_KO_TIE}")
_KO_NOT = re.compile(
    r"(?:기후변화|파리|기후|람사르|다양성|무역|한미|근로|단체|바젤|런던|교토|유산|시장|관세|"
    r"정전|휴전|"
    r"조세|과세|면제|항공|적정|노사|방지|이행|국제)$"
)
"""What stands before 협약 or 협정 in the names of treaties and of other contracts."""
_KO_JOIN = re.compile(
    r"\s?[「『‘’'\"“”()（）·‧ㆍ・․/]{0,2}\s?(?:체결\s?)?|(?:을|를)?\s?(?:위한|맺는|맺기\s위한)\s|"
    r"(?:에|에\s대한|에\s관한)\s(?:관한\s)?|\s?(?:관계|교류|협력|상호|결연|격상|체결|강화|도시|"
    r"구축)\s?"
    r"(?:에\s관한\s|을\s위한\s|를\s위한\s)?"
)
"""What may stand between two words of one phrase."""
_KO_BEFORE = re.compile(
    r"(?:[가-힣·‧ㆍ・․]*(?:자매|친선|우호|우정)[가-힣·‧ㆍ・․]*(?:에\s관한|에\s대한|을\s위한|를\s위한)?"
    r"\s?(?:[가-힣·‧ㆍ・․]{1,8}\s(?:[가-힣·‧ㆍ・․]{1,6}(?:을|를|에)\s(?:위한|관한)\s)?){0,2}"
    r"(?:(?<=\s)(?:교류|협력|상호|결연|친선|도시|협력도시){1,3})?)$"
)
_KO_LINKS = re.compile(r"(?:에|을|를)\s(?:관한|대한|위한)")
_KO_ENDS_WORD = re.compile(r"(?:은|는|이|가|을|를|와|과|에서|에게|로|고|며|인|된|한)(?:\s|$)")
_KO_STRENGTHENS = re.compile(r"(?:우호|친선|우정)[가-힣·‧ㆍ・․]*\s?(?:증진|강화|도모|확대|관계를)")

# --- English ------------------------------------------------------------------------------------

_PLACE_WORD = (
    r"(?:city|cities|town|towns|state|states|county|counties|province|provinces|(?:sea)?ports?|school|"
    r"schools|district|districts|municipality|municipalities|island|islands|prefecture|"
    r"prefectures|region|regions|village|villages|airport|airports|park|parks|university|"
    r"universities|community|communities|borough|boroughs|capital|capitals|areas?)"
)
_PAPER_WORD = (
    r"(?:agreements?|pacts?|accords?|memorand(?:um|a)(?:\sof\s(?:understanding|cooperation|"
    r"agreement|collaboration|intent))?|MO[UC]s?|MoUs?|relationships?|relations|ties?|links?|"
    r"partnerships?|"
    r"declarations?|protocols?|charters?|affiliations?|connections?|arrangements?|contracts?|documents?|"
    r"treat(?:y|ies)|status|friendships?|alliances?|frameworks?|bonds?|covenants?|proclamations?|compacts?|linkages?|statements?)"
)
_ADJECTIVE = r"(?:\s(?:city|cities|town|state|port|school|international|formal|mutual))?"
_EN = tuple(
    (re.compile(pattern, re.IGNORECASE), form, is_tie, is_plain)
    for pattern, form, is_tie, is_plain in (
        (r"\bletters?\sof\sintent(?:ion)?(?:\s\(LOIs?\))?|\b(?-i:LO[Ii]|Lo[I])s?\b|"
         r"(?<!represents\sa\s)(?<!is\sa\s)\bstatements?\sof\sintent\b",
         Form.LETTER_OF_INTENT, False, False),
        (rf"\b(?:sister|twin)(?:(?:\s(?:and|or|&)\s|/|,\s)(?:friendship|friendly|partner|twin))+"
         rf"[-\s]{_PLACE_WORD}\b|"
         rf"[\"“‘'']?\b(?:sister|twin|sibling)[\"”’'']?[-\s–]{_PLACE_WORD}(?:\sand\s{_PLACE_WORD})?[\"”’']?(?:[-\s](?:{_PAPER_WORD}|co-?operation)){{0,2}}\b|"
         rf"\b(?:sister|twin|sibling)(?:ing|hood|ly)?[-\s](?:city\s)?{_PAPER_WORD}\b|"
         rf"\b{_PAPER_WORD}\sof\s(?:sisterhood|twinning)\b|"
         rf"\bsisterhood\b(?:\s{_PAPER_WORD})?|"
         rf"\b(?:town\s|city\s)?twinning\b(?:\s{_PAPER_WORD})?|\btwinned\b|(?:(?<=\bwere\s)|(?<=\bis\s)|(?<=\bare\s)|(?<=\bwas\s))paired(?=\s(?:on|in|with|to)\b)|\btwin(?:s)?\swith\b|"
         r"\bsister\srelationships?\b|(?<=['’]s\s)sisters(?=:|\s(?:are|include)\b)|\bsisters?(?=\sto\s(?:\w+\s(?:cities|towns)|[A-Z]))",
         Form.SISTER_CITY, True, False),
        (rf"(?<!-)\b(?:friendship|friendly|friend)(?:\sand\s(?:co-?operation|co-?operative|exchange))?"
         rf"(?:[-\s](?:co-?operation|co-?operative|"
         rf"exchange))?[-\s]{_PLACE_WORD}(?:[-\s]{_PAPER_WORD}){{0,2}}\b|"
         rf"\bfriendship[\"”’']?(?:\s(?:and|&)\s[a-z-]+)?(?:\s[a-z-]+)?{_ADJECTIVE}\s{_PAPER_WORD}\b|"
         rf"\bfriendly\s(?:exchange|co-?operation|"
         rf"co-?operative)(?:\sand\s[a-z]+)?\s{_PAPER_WORD}\b|"
         rf"\b{_PAPER_WORD}\)?\s(?:of|on|for|"
         rf"to\sestablish\s(?:a\s)?)\s?(?:the\s)?(?:establish(?:ment\sof|ing)\s(?:a\s|the\s)?)?"
         rf"(?:mutual\s)?(?:friendship|friendly)(?:\sand\s[a-z-]+)?(?:[-\s](?:{_PLACE_WORD}|"
         rf"{_PAPER_WORD}))*",
         Form.FRIENDSHIP, True, False),
        (r"\bletters?\sof\sfriendship(?:\sand\s[a-z-]+)?\b|(?<=and\s)friendly\s(?:relations(?:hip)?|ties)(?=\swith\b)",
         Form.FRIENDSHIP, True, False),
        (r"\bletters?\sof\s(?:co-?operation|understanding|agreement|commitment|partnership)\b",
         Form.OTHER, False, False),
        (r"(?:(?<=establishment\sof\s)|(?<=established\s)|(?<=established\sa\s))"
         r"friendly\s(?:relations(?:hip)?|ties)\b",
         Form.FRIENDSHIP, True, False),
        (r"\bmemos?\sof\sunderstanding(?:\sand\sco-?operation)?\b|"
         r"\bmemorand(?:ums?|a)\b(?:\sof\s(?:[a-z]+\sand\s)?(?:understanding|cooperation|co-operation|agreement|"
         r"collaboration|partnership|"
         r"intent))?(?:\s[(“\"]{1,2}(?:the\s)?[“\"]?MO[UCA]s?[”\"]?[)”\"]{0,2})?|"
         r"\bMo[Uu]s?\b|\bMO[UC]s?\b",
         Form.MOU, False, False),
        (r"\b(?:business|working)\s(?:co-?operation\s)?agreements?\b",
         Form.BUSINESS_AGREEMENT, False, False),
        (r"\b(?:strategic\s|formal\s|new\s|official\s|city\s|city-to-city\s)*(?:partnership|collaboration)(?:\sagreement)?s?\b(?![-\s](?:cit(?:y|ies)|towns?)\b)",
         Form.BUSINESS_AGREEMENT, False, False),
        (r"\b(?:similar|such)\s(?:pacts?|accords?)\b", Form.OTHER, False, True),
        (r"\b(?:joint|common)\s(?:declaration|statement|communiqu[eé])s?\b|"
         r"\bdeclarations?\s(?:of|on)\s[a-z]+(?:\sand\s[a-z]+)?\b|\bpacts?\b|\baccords?\b",
         Form.OTHER, False, False),
        (rf"\bpartner(?:ship)?[-\s]{_PLACE_WORD}\b", Form.OTHER, True, False),
        (r"\b(?-i:alliance)(?:\sagreement)?\b", Form.OTHER, False, False),
        (r"\b(?:similar|such)\s(?:arrangement|agreement|partnership|pact|tie|MO[Uu]|relation|contract|deal|accord|memorand|treat|protocol|document|charter|letter)\w*",
         Form.OTHER, False, True),
        (r"\b(?:exchange|co-?operation)\sprogramm?e?\b|\broad\s?maps?\b|"
         r"\bplans?\sof\sco-?operation\b|(?:(?<!\ba\s)|(?<=sign\sa\s)|(?<=signed\sa\s)|(?<=signing\sa\s))\bframeworks?\s(?:of|for)\sco-?operation\b",
         Form.OTHER, False, False),
        (r"\b(?:co-?operation|co-?operative|collaboration|partner|city-to-city|exchange|bilateral|framework|economic|trade|cultural|"
         r"exchange\sand\sco-?operation|relevant|official)\sagreements?\b",
         Form.OTHER, False, False),
        (r"(?:(?<=\bcity['’]s\s)|(?<=-year\s))relationship(?=\swith\b)|"
         r"\b(?:international|foreign|overseas|local|domestic|other)\s(?:partners|sisters|counterparts)(?=\sinclude)",
         Form.OTHER, True, True),
        (r"(?<=\b[Tt]he\s)relationship(?=\s(?:of|between)\b|,\swhich)|(?<=\b[Tt]heir\s)relationship\b",
         Form.OTHER, True, True),
        (r"\bagreements?\b|\bdeclarations?\b|\bprotocols?\b|\bdocuments?\b|(?<=\bnew\s)charter\b|(?<=\bthe\s)charter\b(?=[,.]|\s(?:was|is|will|has|on|between|to)\b)",
         Form.OTHER, False, True),
    )
)  # fmt: skip


_STEM_TEXT = """
intent loi letter sister twin sibling pair friend memo mou moc agreement partner collaborat declarat
statement communiq pact accord alliance similar such program road plan framework relation
counterpart protocol document charter
"""
_STEMS = tuple(_STEM_TEXT.split())
"""Without one of these no English sentence has a cue: looked for first, since faster. A new kind of
cue needs its stem here."""
_RANKS = {form: rank for rank, form in enumerate(Form)}
_NAMES_BODY = re.compile(
    r"\s(?:International|Association|(?:Sub-?)?[Cc]ommittee|[Pp]olic(?:y|ies)|Commission|Program(?:me)?|Foundation|Council|Network|"
    r"Conference|Forum|Summit|Festival|Week|Day|Youth|Park|Society|Board|Coordinator|"
    r"Cell|Unit|Desk|Office|Division|Cent(?:er|re)|Library|Museum|Garden|Delegation|[Rr]esponsibilities|[Gg]uidelines|[Aa]pplications?|[Mm]embership|[Cc]oncept|[Mm]ovement)\b"
)
THIS = re.compile(r"\b(?:[Tt]his|[Tt]he\ssaid|[Tt]he\spresent|[Tt]oday['’]s)\s$")
_PAPERS = (Form.LETTER_OF_INTENT, Form.MOU, Form.OTHER, Form.BUSINESS_AGREEMENT)
_PURPOSE = re.compile(
    r"(?i)\)?(?:\s(?:on\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day|\son\s[A-Z][a-z]+\.?\s\d{1,2},|\son\s\d{1,2}\s[A-Z][a-z]+,)?,?\s(?:regarding|to|on|for|of|establishing|confirming|concerning|creating|forming|as)\b"
    r"(?:(?!\bwith\b|\bbetween\b|[,.;]).){0,70}|"
    r"\)?\swith\s(?:(?![,.;]\s[a-z]).){2,110}\bto\s(?:establish|form|become|create)\s(?:an?\s)?"
)
_FOR_MORE = re.compile(
    r"\bto\s(?:\w+ly\s)?(?:widen|deepen|strengthen|expand|enhance|boost|build\son|further|mark|celebrate|develop)\s"
    r"(?:the|their|its)\s"
)
"""`A letter of intent to widen the sister city partnership`: that is there."""
_LINK = re.compile(r"\b(?:and|or|of|on|with|for|to|in|as|the|a|an)\b|\(")


def cues_in(text: str, span: Span, language: str) -> list[Cue]:
    """The cues of a sentence, from the left; none overlaps another."""
    return list((_korean if language == "ko" else _english)(text, span))


@lru_cache(maxsize=1024)  # lists and clauses ask about the same sentences
def _korean(text: str, span: Span) -> tuple[Cue, ...]:
    start, end = span
    phrases: list[list[re.Match[str]]] = []
    for match in _KO_HEAD.finditer(text, start, end):
        words = match.group()
        if words.startswith(("협약", "협정")) and _KO_NOT.search(text, start, match.start()):
            continue
        gap = text[phrases[-1][-1].end() : match.start()] if phrases else "."
        if phrases and (not gap or _KO_JOIN.fullmatch(gap)):
            phrases[-1].append(match)
        else:
            phrases.append([match])
    return tuple(_korean_cue(text, start, phrase) for phrase in phrases)


def _korean_cue(text: str, start: int, phrase: list[re.Match[str]]) -> Cue:
    before = text[max(start, phrase[0].start() - 40) : phrase[0].start()]
    modifier = _KO_BEFORE.search(before)
    lead = modifier.group() if modifier else ""
    if lead and (_KO_STRENGTHENS.search(lead) or _KO_ENDS_WORD.search(_KO_LINKS.sub("", lead))):
        lead = ""
    begin = phrase[0].start() - len(lead)
    words = text[begin : phrase[-1].end()]
    is_tie = bool(re.search("도시|결연|관계|자매|지역|자치단체|지자체|마을|기관", words))
    behind = text[phrase[-1].end() : phrase[-1].end() + 12]
    glossed = re.match(r"\s?[(（](?:MOU|양해각서)[)）]", behind, re.IGNORECASE)
    if re.search("의향서|LOI|LoI", words):
        form = Form.LETTER_OF_INTENT
    elif re.search("자매|친선", words) or ("결연" in words and "우호" not in words):
        form = Form.SISTER_CITY
    elif "우호" in words and not _KO_STRENGTHENS.search(words):
        form = Form.FRIENDSHIP
    elif re.search("(?:양해|합의|협력|교환)?\\s?각서|비망록|M[Oo][UC]", words) or glossed:
        form = Form.MOU
    elif re.search("업무", words):
        form = Form.BUSINESS_AGREEMENT
    else:
        form = Form.OTHER
    plain = form is Form.OTHER and bool(
        re.fullmatch("(?:협약|협정|약정|조인)(?:서|식)?|협의서|합의서|합의문|각서", words)
    )
    ahead = text[max(start, begin - 4) : begin]
    plain = plain or re.search(r"(?:본|상기|동)\s$", ahead) is not None
    return Cue((begin, phrase[-1].end()), form, is_tie, plain)


@lru_cache(maxsize=1024)
def _english(text: str, span: Span) -> tuple[Cue, ...]:
    taken: list[Cue] = []
    words = text[slice(*span)].lower()
    if not any(stem in words for stem in _STEMS):
        return ()
    for pattern, form, is_tie, is_plain in _EN:
        for match in pattern.finditer(text, *span):
            is_name = _NAMES_BODY.match(text, match.end()) is not None
            is_free = all(match.end() <= c.span[0] or c.span[1] <= match.start() for c in taken)
            if is_free and is_tie and text.startswith(" intention", match.end()):
                taken.append(Cue(match.span(), Form.LETTER_OF_INTENT))
            elif is_free and not is_name:
                taken.append(Cue(match.span(), form, is_tie, is_plain))
    taken = [replace(cue, is_plain=True) if _is_definite(text, cue, span) else cue for cue in taken]
    cues: list[Cue] = []
    for cue in sorted(taken, key=lambda cue: cue.span):
        gap = text[cues[-1].span[1] : cue.span[0]] if cues else ""
        is_near = re.fullmatch(r"\s(?:[a-z]+\s)?|\s\(", gap) is not None
        are_joined = is_near and not _LINK.search(gap)
        if cues and cues[-1].is_tie and cue.is_tie and re.fullmatch(r"\s(?:and|or|&)\s|/", gap):
            are_joined = True
        if cues and are_joined:
            first = cues.pop()
            best = min((first, cue), key=lambda c: (c.is_plain, _RANKS[c.form]))
            span = (first.span[0], cue.span[1])
            cue = replace(best, span=span)
        elif cues and _is_for_a_tie(cues[-1], cue, gap):
            # A memorandum to establish a sister city relationship
            paper = cues.pop()
            best = paper if paper.form is Form.LETTER_OF_INTENT else cue
            cue = replace(best, span=(paper.span[0], cue.span[1]))
        cues.append(cue)
    return tuple(cues)


_THE = re.compile(
    r"\b[Tt]he\s(?:above|said|new|present|(?:(?:newly|freshly|just|recently)[-\s])?signed(?:\s[\w-]+)?)?\s?$"
)


def _is_definite(text: str, cue: Cue, sentence: Span) -> bool:
    """Whether a cue means a paper that the text has named: `this memorandum`, `the pact`."""
    ahead = text[max(sentence[0], cue.span[0] - 26) : cue.span[0]]
    is_the = not cue.is_tie and _THE.search(ahead)
    return bool(THIS.search(ahead) or is_the)


def _is_for_a_tie(paper: Cue, tie: Cue, gap: str) -> bool:
    """Whether a paper is said to make a tie, which then gives its family."""
    is_named = tie.is_tie and tie.form in TIES
    if "anniversary" in gap or _FOR_MORE.search(gap):
        return False
    return is_named and paper.form in _PAPERS and _PURPOSE.fullmatch(gap) is not None
