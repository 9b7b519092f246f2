"""The day on which the paper of a relation was or will be signed, as far as text and day of
publication allow.

Words for dates (`date_words.py`) are resolved in the order of the text: against the day of the
document, against dates before them, and checked by the weekday. Of the dates near a relation the
one whose clause speaks of signing is chosen: the day of an announcement, a visit or a vote is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from citypact.sources.documents.normal_form import BlockKind
from citypact.sources.extraction.date_words import DateMention, date_mentions
from citypact.sources.extraction.model import (
    Context,
    DateFound,
    Drafted,
    Form,
    Relation,
    Sentence,
    Status,
)
from citypact.sources.extraction.parties import (
    is_about,
    names_of,
    partner_of,
    spans_of_parties,
)
from citypact.sources.extraction.sentences import kind_of, sentence_at
from citypact.sources.model import Span
from citypact.sources.reading.edtf import parse_edtf

STATED, RESOLVED, DERIVED = "stated", "resolved", "derived"
SIGNED, ANNOUNCED, PLANNED = "signed", "announced", "planned"

_KO_SIGNING = re.compile(
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
_KO_ANNOUNCING = re.compile(
    r"밝혔|밝힌|밝히|취재\s?결과|전했|알렸|발표|말했|설명했|공개했|보도했|에 따르면|소개했|전해졌|"
    r"예고|공고|공지"
)
_KO_FUTURE = re.compile(
    r"예정|계획|앞두|앞둔|하기로 했|갖기로|맺기로|체결한다|서명한다|맺는다|갖는다|열린다|연다|"
    r"[할될맺을] 것|"
    r"체결할|맺을|추진한다|개최한다|체결된다|방문한다|나선다|(?<![했었았였졌렸났됐])다고|"
    r"[한된는간린난]다\.?$"
)
_EN_STRONG = re.compile(
    r"\b(?:(?:re-?|co-?)?sign(?:ed|ing|s)?|singed|ink(?:ed|s|ing)?|penned|sealed?|conclud\w+|"
    r"enter(?:ed|ing|s)? into|establish\w*|form(?:ed|ali[sz]ed)|forg(?:ed|ing)|bec[ao]me|twinned|"
    r"paired|executed|done|made|ceremony|sworn|subscribed|renewed|agreed|reached|dat(?:es?|"
    r"ing) (?:back )?(?:to|from)|"
    r"goes back|affiliated|started|began|begun|initiated|joined)\b",
    re.I,
)
_EN_WEAK = re.compile(
    r"\b(?:agreements?|memorand\w+|mous?|pacts?|declaration|accord|charter|sister\w*|sibling|"
    r"twin\w*|friendship|partner\w*|relation\w*|ties|signature|protocol)\b",
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
_EN_FUTURE = re.compile(
    r"\b(?:will|to be signed|plans? to|set to|due to|scheduled|is to|are to|expected to|"
    r"upcoming)\b",
    re.I,
)
_EN_BREAK = re.compile(
    r"[;:]|,\s+(?:and|but)\b|\b(?:when|where|while|which|who|after|before|following|during)\b|"
    r"\band (?:is|was|are|were|will|has|have|shall)\b"
)
_DATELINE_WORDS = re.compile(
    r"입력|등록|승인|수정|작성|게시|발행|배포|보도시점|조간|석간|기자|보도자료|날짜|조회|"
    r"\b(?:posted|published|updated|submitted|source|press release|last modified|by)\b",
    re.I,
)
_DATELINE_BEFORE = re.compile(r"^(?:[A-Z][\w.’'-]*[\s,./()–—-]+|of |de |the ){1,9}$")
_DATELINE_AFTER = re.compile(r"^\s*(?:\([^)]{2,30}\)\s*)?\)?\s*[–—:-]|^\)|^\.?\s*$")
_CLOSING = re.compile(
    r"\W*(?:\d+\.\s*)?"
    r"(?:Signed|Done|Executed|Dated|Subscribed|Made|Concluded|Chartered|In witness)\b"
)
_DATE_LABEL = re.compile(
    r"(?:결\s?연|체\s?결|협\s?정|협\s?약|제\s?휴)\s?(?:일\s?자|연월일|년월일|날짜|일)\s*[:：]?\s*|"
    r"\b(?:date (?:of )?(?:signing|agreement|signed)?|signed|established|since)\s*:\s*",
    re.I,
)
_OF_OWNER = re.compile(
    r"[가-힣]{0,4}|\s(?:State|City|Province|Prefecture|County|Region|Oblast|District)|"
    r"(?:,| of| in)\s(?:the )?[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}"
)
GOES_ON = re.compile(r"(?:또한?|아울러|이와 함께|이어서?|더불어)\s|(?:Also|In addition|Moreover)\b")
_CEREMONY_BEFORE = re.compile(
    r"(?:체결|협약|협정|조인|서명|결연)식[은이](?:\s[가-힣]{2,4})?\s(?:지난\s|오는\s)?$"
)
_ANNIVERSARY = re.compile(r"주년|anniversary", re.I)
_TO_ANNIVERSARY = re.compile(
    r"^(?:[^.]{0,25}\b(?:mark|celebrat|commemorat|observ)\w*\b[^.]{0,30}|[^.]{0,12}(?:자매결연|"
    r"우호)[^.]{0,8})$",
    re.I,
)
_WORDS_OF_FORM = {
    Form.SISTER_CITY: re.compile(r"자매|친선|\b(?:sister|twin|sibling)", re.I),
    Form.FRIENDSHIP: re.compile(r"우호|\bfriend", re.I),
    Form.MOU: re.compile(r"양해각서|\b(?:MOU|memorand)", re.I),
}
_AGREED = re.compile(r"(?:체결|서명|조인)\s?(?:하기로|키로)|맺기로")
_OF_PAPERS = re.compile(r"제\s?1\s?조|\bArticle (?:1|I)\b|\b(?:hereinafter|WHEREAS|HEREBY)\b")
_NO_SCENE = re.compile(
    r"의결|승인|가결|취임|당선|\b(?:approv\w+|vot(?:ed|es)|passed|elected|resolution)\b", re.I
)
_ROWS = (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM)
_HEADER = re.compile(
    r"결연일|체결일|협정일|제휴일|일자|연월일|체결|결연|\b(?:date|agreement|signed|since|"
    r"established|year)\b",
    re.I,
)
_TIE = re.compile(
    r"결연|자매|우호|친선|협정|협약|체결|sister|twin|friend|partner|relationship|agreement", re.I
)
_NO_TIE = re.compile(
    r"수교|외교|창립|창설|개항|개청|설립|건국|독립|diplomatic|independence|found", re.I
)
_CUT = re.compile(r"[,;、]|\band\b|[가-힣](?:와|과)\s")
_FULL = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class _Day:
    """A date with the parts that are known; 0 for the others."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def edtf(self) -> str:
        return f"{self.year:04}" + (
            f"-{self.month:02}" + (f"-{self.day:02}" if self.day else "") if self.month else ""
        )

    @property
    def whole(self) -> date | None:
        return date(self.year, self.month, self.day) if self.day else None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention with its date; None where text and day of publication don't allow one."""

    mention: DateMention
    edtf: str | None
    how: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scored:
    score: float
    resolved: Resolved
    role: str


def date_of(relation: Relation, context: Context) -> Drafted[DateFound] | None:
    """The day of signing of a relation; None where the document doesn't tell.

    For a paper that the document announces as signed without a day, it is the month of the
    document (`derived`).
    """
    resolved = resolved_dates(context)
    scored = sorted(
        _candidates(relation, context, resolved),
        key=lambda each: (-each.score, each.resolved.mention.span),
    )
    scored = _more_precise(scored)
    is_sure = bool(scored) and scored[0].role not in ("weak", "plain")
    if not is_sure and (counted := _counted(relation, context)):
        return counted
    is_main = relation.status.value == Status.MAIN
    is_vague = bool(scored) and not is_sure and len(scored[0].resolved.edtf or "") < 7
    if scored and scored[0].score > 0 and not (is_main and is_vague):
        return _drafted(scored[0], relation, context)
    if labelled := _labelled(relation, context, resolved):
        return labelled
    if before := _of_scene(relation, context, resolved):
        return before
    return _month_of_document(relation, context)


def _more_precise(scored: list[_Scored]) -> list[_Scored]:
    """With a day first where the best date is the month or year in which it lies."""
    if not scored or _FULL.fullmatch(scored[0].resolved.edtf or ""):
        return scored
    best = scored[0].resolved.edtf or ""
    days = [
        each for each in scored[1:]
        if each.score > 1 and each.role == SIGNED and (each.resolved.edtf or "").startswith(best)
    ]  # fmt: skip
    return [*days[:1], *(each for each in scored if each not in days[:1])]


def day_of_document(context: Context) -> tuple[str, Span | None]:
    """The day from which a document's words count, in EDTF ('' where unknown), and its words.

    A dateline counts before the day of publication where it is at most a month older.
    """
    published = context.published if _is_plain(context.published) else ""
    last = parse_edtf(published).end if published else None
    for _, mention in _datelines(context):
        year = mention.year
        if not year and last and mention.month and mention.day:  # `SEOUL, Aug. 1 (Yonhap)`
            year = last.year - (mention.month > last.month)
        found = _Day(year, mention.month, mention.day)
        if not (year and mention.month) or not _exists(found):
            continue
        if last is None:
            return found.edtf, mention.span
        first = parse_edtf(found.edtf).begin
        if found.day and first and timedelta(0) <= last - first <= timedelta(31):
            return found.edtf, mention.span
    return published, None


def resolved_dates(context: Context) -> tuple[Resolved, ...]:
    """All words for dates in the evidence of a document, each with its date."""
    document, _ = day_of_document(context)
    return _resolved(context.form.text, document, tuple(s.span for s in context.sentences))


@lru_cache(maxsize=16)
def _resolved(text: str, document: str, sentences: tuple[Span, ...]) -> tuple[Resolved, ...]:
    anchor = _parts(document) if document else None
    found: list[Resolved] = []
    before: list[tuple[DateMention, _Day]] = []
    for mention in date_mentions(text):
        span = next((s for s in sentences if s[0] <= mention.span[0] < s[1]), None)
        if span is None:
            continue
        after = text[mention.span[1] : span[1]]
        is_future = mention.toward > 0 or bool(_KO_FUTURE.search(after) or _EN_FUTURE.search(
            text[span[0] : span[1]]
        ))  # fmt: skip
        result = _resolve(mention, anchor, before, text, is_future)
        day, how, doubts = result or (None, "", ())
        if day is not None and not _exists(day):
            day = None
        if day is not None and not mention.years:
            before.append((mention, day))
        found.append(Resolved(mention, day.edtf if day else None, how, doubts))
    return tuple(found)


_Result = tuple[_Day, str, tuple[str, ...]]


def _resolve(
    mention: DateMention,
    anchor: _Day | None,
    before: list[tuple[DateMention, _Day]],
    text: str,
    is_future: bool,
) -> _Result | None:
    """The date of a mention, how it was found, and doubts."""
    if mention.years:
        return None
    if mention.same:
        return _same(mention, before, text)
    if mention.year:
        day = _Day(mention.year, mention.month, mention.day)
        return day, STATED, _weekday_doubt(day, mention)
    if mention.unit:
        return _stepped(mention, anchor) if anchor else None
    if mention.month:
        if anchor:
            return _month_day(mention, anchor, is_future)
        if before and before[-1][1].year and mention.span[0] - before[-1][0].span[1] < 80:
            day = _Day(before[-1][1].year, mention.month, mention.day)
            return day, RESOLVED, ("the year is that of the date before",)
        return None
    if mention.day:
        if carried := _carried(mention, before, text):
            return carried, RESOLVED, ()
        return _day_alone(mention, anchor, is_future) if anchor else None
    return _weekday_alone(mention, anchor, is_future) if anchor else None


def _same(
    mention: DateMention, before: list[tuple[DateMention, _Day]], text: str
) -> _Result | None:
    """이날, 같은 해, the same day: the last such date, rather than the day of an announcement."""
    days = [(m, day) for m, day in before if day.day or mention.same != "day"]
    events = [
        (m, day) for m, day in days[-2:]
        if not _KO_ANNOUNCING.match(text[m.span[1] : m.span[1] + 6].lstrip())
    ]  # fmt: skip
    for _, day in reversed(events or days):
        if mention.same == "day" and day.whole:
            return _of(day.whole + timedelta(mention.step)), RESOLVED, ()
        if mention.same == "year":
            return _Day(day.year + mention.step, mention.month, mention.day), RESOLVED, ()
        if day.month:
            return _Day(day.year, day.month, mention.day), RESOLVED, ()
    return None


def _stepped(mention: DateMention, anchor: _Day) -> _Result | None:
    """지난해 9월, 이달 24일, yesterday, last month: steps from the day of the document."""
    if mention.unit == "year":
        day = _Day(anchor.year + mention.step, mention.month, mention.day)
        return day, RESOLVED, _weekday_doubt(day, mention)
    if mention.unit == "month" and anchor.month:
        months = anchor.year * 12 + anchor.month - 1 + mention.step
        day = _Day(months // 12, months % 12 + 1, mention.day)
        return day, RESOLVED, _weekday_doubt(day, mention)
    whole = anchor.whole
    if whole is None:
        return None
    if mention.unit == "day":
        return _of(whole + timedelta(mention.step)), RESOLVED, ()
    middle = whole + timedelta(7 * mention.step)
    week = [middle - timedelta(middle.weekday()), middle + timedelta(6 - middle.weekday())]
    if week[0].month != week[1].month:
        return None
    return _Day(middle.year, middle.month), RESOLVED, ()


def _month_day(mention: DateMention, anchor: _Day, is_future: bool) -> _Result:
    """A month, perhaps with a day, without a year: the last one, or the next one."""
    years = [anchor.year, anchor.year - 1, anchor.year + 1]
    fitting = [
        year
        for year in years
        if not _weekday_doubt(_Day(year, mention.month, mention.day), mention)
    ]
    months = mention.month - anchor.month if anchor.month else 0
    is_later = months > 0 or (months == 0 and mention.day > (anchor.day or 31))
    is_earlier = months < 0 or (months == 0 and 0 < mention.day < anchor.day)
    year = anchor.year
    if is_later and mention.toward <= 0 and not is_future:
        year -= 1
    elif is_earlier and mention.toward > 0:
        year += 1
    doubts: tuple[str, ...] = ()
    if mention.weekday >= 0 and mention.day and year not in fitting:
        year, doubts = (fitting[0], ()) if fitting else (year, ("the weekday doesn't fit",))
    return _Day(year, mention.month, mention.day), RESOLVED, doubts


def _day_alone(mention: DateMention, anchor: _Day, is_future: bool) -> _Result | None:
    """A day without a month: the last such day, or the next one where the text looks ahead."""
    if not anchor.month:
        return None
    step = 0
    if anchor.day and mention.day > anchor.day and mention.toward <= 0 and not is_future:
        step = -1
    elif anchor.day and mention.day < anchor.day and mention.toward > 0:
        step = 1
    steps = [step, *(s for s in (0, -1, 1) if s != step)]
    for at in steps if mention.weekday >= 0 else steps[:1]:
        months = anchor.year * 12 + anchor.month - 1 + at
        day = _Day(months // 12, months % 12 + 1, mention.day)
        if _exists(day) and not _weekday_doubt(day, mention):
            return day, RESOLVED, ()
    months = anchor.year * 12 + anchor.month - 1 + step
    day = _Day(months // 12, months % 12 + 1, mention.day)
    return day, RESOLVED, ("the weekday doesn't fit",) if mention.weekday >= 0 else ()


def _weekday_alone(mention: DateMention, anchor: _Day, is_future: bool) -> _Result | None:
    whole = anchor.whole
    if whole is None or mention.weekday < 0:
        return None
    if mention.toward > 0 or (is_future and mention.toward == 0):
        ahead = (mention.weekday - whole.weekday()) % 7
        return _of(whole + timedelta(ahead or 7)), RESOLVED, ()
    back = (whole.weekday() - mention.weekday) % 7
    if mention.toward < 0 and back == 0:
        back = 7
    return _of(whole - timedelta(back)), RESOLVED, ()


def _carried(
    mention: DateMention, before: list[tuple[DateMention, _Day]], text: str
) -> _Day | None:
    """The second day of `10월 6일과 7일`, in the month of the first."""
    if not before or mention.toward or not before[-1][1].day:
        return None
    last, day = before[-1]
    between = text[last.span[1] : mention.span[0]]
    if mention.day > day.day and re.fullmatch(
        r"\s*(?:과|와|,|~|∼|-|–|·|및|부터|에서|\([^)]*\))*\s*", between
    ):
        return _Day(day.year, day.month, mention.day)
    return None


def _weekday_doubt(day: _Day, mention: DateMention) -> tuple[str, ...]:
    if mention.weekday < 0 or not day.day or not _exists(day):
        return ()
    fits = date(day.year, day.month, day.day).weekday() == mention.weekday
    return () if fits else ("the weekday doesn't fit",)


def _candidates(
    relation: Relation, context: Context, resolved: tuple[Resolved, ...]
) -> Iterator[_Scored]:
    """The dates that may be the day of signing, with how well they fit."""
    datelines = {mention.span for _, mention in _datelines(context)}
    anchor, _ = day_of_document(context)
    here = set(relation.sentences)
    cue = sentence_at(context, relation.cue[0])
    if cue is not None:
        here.add(cue)
    for each in resolved:
        mention = each.mention
        if each.edtf is None or mention.span in datelines:
            continue
        place = sentence_at(context, mention.span[0])
        if place is None:
            continue
        sentence = context.sentences[place]
        if place not in here and relation.status.value != Status.MAIN and not (
            _tells_of(relation, context, each, sentence)
        ):  # fmt: skip
            continue
        role, score = _role(mention, sentence, context, relation, resolved)
        if mention.is_bare and role not in ("row", "bracket"):
            continue
        is_past = relation.status.value == Status.PAST
        if is_past and _is_of_anniversary(mention, sentence, context):
            continue
        if place not in here and is_past:
            score -= 1
        elif place not in here:
            if role not in (SIGNED, "closing") or not _FULL.fullmatch(each.edtf):
                continue
            if mention.is_range or not is_about(relation, context, place):
                continue
            is_news = bool(anchor) and _is_news(each.edtf, anchor)
            score -= (1 if role == "closing" or is_news else 2) + 0.05 * min(
                abs(place - min(here, default=place)), 20
            )
        elif relation.sentences and place == relation.sentences[0]:
            score += 1
        elif relation.status.value == Status.MAIN and not _FULL.fullmatch(each.edtf):
            continue
        score += 0.4 * bool(mention.day) + 0.2 * bool(mention.month)
        score -= 0.7 * mention.is_vague + 0.3 * mention.is_range
        if relation.status.value == Status.MAIN and anchor and each.how == STATED:
            score -= 3 * (int(each.edtf[:4]) < int(anchor[:4]) - 1)
        if relation.status.value == Status.PAST:
            if anchor and each.edtf > anchor and role not in ("row", "bracket"):
                continue
            if role in (SIGNED, "weak", "plain") and _belongs_to_another(each, relation, context):
                continue
            if each.how == RESOLVED and _is_news(each.edtf, anchor):
                continue
        if relation.status.value == Status.PLANNED:
            if not mention.day and (mention.unit == "year" or mention.is_vague):
                continue
            if anchor and each.edtf < anchor[: len(each.edtf)]:
                continue
        yield _Scored(score, each, role)


def _tells_of(relation: Relation, context: Context, resolved: Resolved, sentence: Sentence) -> bool:
    """Whether another sentence gives an earlier paper its date: that of its partner and its form.

    As a heading does, `Weston (since June 1965)`, or a sentence with the words for such a tie.
    """
    if relation.status.value != Status.PAST or resolved.how != STATED:
        return False
    start, end = sentence.span
    text = context.form.text
    first, last = resolved.mention.span
    spans = spans_of_parties(relation, context)
    if _bracket(text[start:first], text[last:end]) is not None:
        return end - start < 80 and any(span[0] - start < 4 for each in spans for span in each
                                        if start <= span[0] < end)  # fmt: skip
    if not any(start <= span[0] < end for span in spans[partner_of(relation, context)]):
        return False
    words = _WORDS_OF_FORM.get(relation.form.value)
    near = text[max(start, first - 45) : min(end, last + 45)]
    return bool(words and words.search(near))


def _is_of_anniversary(mention: DateMention, sentence: Sentence, context: Context) -> bool:
    """Whether a date is that of an anniversary: `2015 will mark the 50th anniversary`."""
    text = context.form.text
    counts = [
        m for m in date_mentions(text)
        if m.years and sentence.span[0] <= m.span[0] < sentence.span[1]
    ]  # fmt: skip
    return any(
        _ANNIVERSARY.search(text[slice(*count.span)])
        and _TO_ANNIVERSARY.search(text[mention.span[1] : count.span[0]])
        for count in counts
    )


def _role(
    mention: DateMention,
    sentence: Sentence,
    context: Context,
    relation: Relation,
    resolved: tuple[Resolved, ...],
) -> tuple[str, float]:
    """What a date is to a relation, and how well it fits as its day of signing."""
    text = context.form.text
    before = text[sentence.span[0] : mention.span[0]]
    after = text[mention.span[1] : sentence.span[1]]
    parties = _spans_in(relation, context, sentence.span)
    others = _others(mention, sentence, resolved)
    is_main = relation.status.value == Status.MAIN
    if is_main and _CLOSING.match(before):
        return "closing", 4
    is_row = _is_row(text, sentence, context.form.blocks[sentence.block].kind)
    inside = _bracket(before, after)
    if inside is not None and not (is_row and not others):
        name_end = sentence.span[0] + inside
        owner = [s for s in parties if s[1] <= name_end and _is_owner(text[s[1] : name_end])]
        if owner:
            return "bracket", 4
        paper = text[relation.cue[1] : name_end]
        if relation.cue[1] <= name_end and len(paper) < 60 and not re.search(r"[(),.]", paper):
            return "bracket", 3.5
        if (
            parties
            and re.search(r"\w$", text[:name_end].rstrip())
            and not _TIE.search(text[max(sentence.span[0], name_end - 8) : name_end])
        ):
            return "bracket of another", -4
    if is_row:
        return "row", _row_score(mention, sentence, context)
    if is_main and re.search(r"\bsince\s*$", before):
        return "other", -3
    score = _among_dates(mention.span, others, sentence, relation, context) if others else 0.0
    if sentence.language == "ko":
        following = [span[0] for span in others if span[0] > mention.span[0]]
        role, fit = _korean_role(before, after, min(following, default=0) - mention.span[1])
    else:
        role, fit = _english_role(before, after)
    if re.fullmatch(r"\W*(?:The|This|On|Date)?\W*", before) and not after.strip(" ).,"):
        return ("closing", 2.5) if _is_closing(sentence, context) else ("plain", -1)
    return role, fit + score


def _korean_role(before: str, after: str, to_next: int) -> tuple[str, float]:
    """By the first predicates after a date: 서명했다, 방문해, 밝혔다."""
    signing, other = _KO_SIGNING.search(after), _KO_OTHER.search(after)
    announcing = _KO_ANNOUNCING.search(after)
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


def _english_role(before: str, after: str) -> tuple[str, float]:
    """By the nearest predicate on either side that no clause breaks off."""
    strong, weak, other = (
        _nearest(pattern, before, after) for pattern in (_EN_STRONG, _EN_WEAK, _EN_OTHER)
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


def _is_owner(between: str) -> bool:
    """Whether nothing but 시 or a country stands between a name and the bracket behind it."""
    return len(between) < 3 or bool(_OF_OWNER.fullmatch(between))


def _others(mention: DateMention, sentence: Sentence, resolved: tuple[Resolved, ...]) -> list[Span]:
    """The other dates of a sentence."""
    return [
        each.mention.span
        for each in resolved
        if each.mention.span != mention.span
        and not each.mention.years
        and sentence.span[0] <= each.mention.span[0] < sentence.span[1]
    ]


def _bracket(before: str, after: str) -> int | None:
    """Where the name ends that a date in brackets follows; None for a date outside brackets."""
    opening = before.rfind("(")
    if opening < 0 or ")" in before[opening:] or ")" not in after or len(before) - opening > 40:
        return None
    return len(before[:opening].rstrip())


def _among_dates(
    mention: Span, others: list[Span], sentence: Sentence, relation: Relation, context: Context
) -> float:
    """Between several dates of a sentence: how near the partner stands, or the words for the paper.

    The partner decides where a date stands right beside it: Springfield in 1989 and Weston in 1994.
    """
    text = context.form.text
    partner = spans_of_parties(relation, context)[partner_of(relation, context)]
    spans = [s for s in partner if sentence.span[0] <= s[0] < sentence.span[1]]
    place = sentence_at(context, sentence.span[0]) or 0
    names = [m.span for m in names_of(context)[place]]
    follows = {
        date: [span for span in names if 0 <= span[0] - date[1] < 3] for date in (mention, *others)
    }
    if spans and sum(map(bool, follows.values())) > 1 and follows[mention]:
        # 1994년 나루시에 이어 2016년 다솜시와: each date stands right before its partner.
        return 2.5 if any(span in spans for span in follows[mention]) else -1.5
    if any(_distance(date, span, text) < 0.32 for date in (mention, *others) for span in spans):
        return 1 - 2 * min(_distance(mention, span, text) for span in spans)
    if sentence.span[0] <= relation.cue[0] < sentence.span[1]:
        return -_distance(mention, relation.cue, text)
    return 0.0


def _belongs_to_another(resolved: Resolved, relation: Relation, context: Context) -> bool:
    """Whether a date follows the name of another partner: Weston, signed in 2015, and Brookton."""
    at = resolved.mention.span[0]
    place = sentence_at(context, at)
    if place is None:
        return False
    start, end = context.sentences[place].span
    partner = spans_of_parties(relation, context)[partner_of(relation, context)]
    own = [span for span in partner if start <= span[0] < end]
    if not own or any(span[1] <= at for span in own):
        return False
    before = [m.span for m in names_of(context)[place] if m.span[1] <= at]
    return (
        bool(before)
        and at - before[-1][1] < 20
        and bool(
            _CUT.search(context.form.text[resolved.mention.span[1] : own[0][0]])
            and "," in context.form.text[before[-1][1] : at]
        )
    )


def _is_news(edtf: str, anchor: str) -> bool:
    """Whether a day lies in the month before the document: that of what it tells as new."""
    if not _FULL.fullmatch(edtf) or not _FULL.fullmatch(anchor):
        return False
    return timedelta(0) <= date.fromisoformat(anchor) - date.fromisoformat(edtf) < timedelta(31)


def _is_row(text: str, sentence: Sentence, kind: BlockKind) -> bool:
    """Whether a line is a row or an entry of a list rather than a sentence with a number."""
    words = text[slice(*sentence.span)]
    if kind == BlockKind.LIST_ITEM:
        return len(words) < 110 or "(" in words
    return (
        kind == BlockKind.TABLE_ROW
        or bool(re.match(r"\s*[•▪*·○◦-]\s", words))
        or words.count(" / ") > 1
        or "\t" in words
    )


def _row_score(mention: DateMention, sentence: Sentence, context: Context) -> float:
    """4 for the date in the column that a header calls the date of the agreement, else 3 or 1."""
    text = context.form.text
    start = context.form.blocks[sentence.block].span[0]
    column = len(re.findall(r"\s/\s|\t|\|", text[start : mention.span[0]]))
    for block in reversed(context.form.blocks[: sentence.block]):
        if block.kind != context.form.blocks[sentence.block].kind:
            break
        cells = re.split(r"\s/\s|\t|\|", text[slice(*block.span)])
        if len(cells) > column and not any(c.isdigit() for c in text[slice(*block.span)]):
            return 4 if _HEADER.search(cells[column]) else 1
    return 3 if not mention.is_bare else 2


def _is_closing(sentence: Sentence, context: Context) -> bool:
    """Whether a lone date stands where the signatures of an agreement do."""
    text = context.form.text
    around = text[max(0, sentence.span[0] - 700) : sentence.span[1] + 300]
    return sentence.span[0] > len(text) / 3 and bool(
        re.search(
            r"서명|날인|각\s?1[부통]|효력|이행|\bsign|\bduplicate|\bauthentic|\beffect",
            around,
            re.I,
        )
    )


def _drafted(best: _Scored, relation: Relation, context: Context) -> Drafted[DateFound]:
    resolved, role = best.resolved, best.role
    edtf = resolved.edtf or ""
    document, _ = day_of_document(context)
    is_later = bool(document) and edtf > document[: len(edtf)]
    meaning = SIGNED
    if (
        relation.status.value == Status.PLANNED
        or is_later
        or resolved.mention.toward > 0
        or (relation.status.value == Status.MAIN and is_ahead(relation, context))
    ):
        meaning = PLANNED
    confidence = {"row": 0.96, "bracket": 0.96, SIGNED: 0.93, "closing": 0.9}.get(role, 0.7)
    doubts = list(resolved.doubts)
    if role in ("plain", "weak"):
        doubts.append("no word for signing is near")
    if best.score < 1.5:
        confidence -= 0.15
    if resolved.doubts:
        confidence -= 0.2
    if len(edtf) < 10 and resolved.how != STATED:
        confidence -= 0.1
    return Drafted(
        DateFound(edtf, resolved.how, meaning),
        (resolved.mention.span,),
        round(confidence, 2),
        f"date-{role.replace(' ', '-')}",
        tuple(doubts),
    )


def is_ahead(relation: Relation, context: Context) -> bool:
    """Whether the sentence that asserts a relation speaks of what is still to come."""
    if not relation.sentences:
        return False
    words = context.form.words(context.sentences[relation.sentences[0]].span)
    korean = re.search(
        r"체결한다|체결할|맺는다|맺을|서명한다|갖기로|갖는다|가진다|예정|계획|앞두|체결하기로|"
        r"맺기로|서명하기로|"
        r"체결키로|(?:열린|연|개최한|진행한|체결된)다",
        words,
    )
    english = re.search(
        r"\b(?:will (?:be )?sign|will ink|to sign|to be signed|plans? to|set to|is to|are to)",
        words,
    )
    return bool(korean or english)


def _labelled(
    relation: Relation, context: Context, resolved: tuple[Resolved, ...]
) -> Drafted[DateFound] | None:
    """The date that a list gives for an entry in a line of its own: 결연일 : 1998년 8월 3일."""
    for place in relation.sentences:
        if place + 1 < len(context.sentences):
            span = context.sentences[place + 1].span
            if label := _DATE_LABEL.match(context.form.text, *span):
                for each in resolved:
                    if each.edtf and 0 <= each.mention.span[0] - label.end() < 4:
                        found = DateFound(each.edtf, each.how, SIGNED)
                        return Drafted(found, (each.mention.span,), 0.9, "date-label")
        if kind_of(context, place) not in _ROWS:
            continue
        if below := _line_below(context, place, resolved):
            return below
        for step in (-1, 1):
            at = place + step
            while 0 <= at < len(context.sentences) and abs(at - place) < 5:
                sentence = context.sentences[at]
                if kind_of(context, at) not in _ROWS:
                    break
                if label := _DATE_LABEL.search(context.form.text, *sentence.span):
                    for each in resolved:
                        if each.edtf and 0 <= each.mention.span[0] - label.end() < 4:
                            return Drafted(
                                DateFound(each.edtf, each.how, SIGNED),
                                (each.mention.span,),
                                0.9,
                                "date-label",
                            )
                    break
                at += step
    return None


def _line_below(
    context: Context, place: int, resolved: tuple[Resolved, ...]
) -> Drafted[DateFound] | None:
    """The date that is all of the line below an entry of a list."""
    if place + 1 >= len(context.sentences):
        return None
    start, end = context.sentences[place + 1].span
    for each in resolved:
        first, last = each.mention.span
        rest = context.form.text[start:first] + context.form.text[last:end]
        if start <= first < end and each.edtf and not re.search(r"\w", rest):
            found = DateFound(each.edtf, each.how, SIGNED)
            return Drafted(found, (each.mention.span,), 0.85, "date-line-below")
    return None


def _of_scene(
    relation: Relation, context: Context, resolved: tuple[Resolved, ...]
) -> Drafted[DateFound] | None:
    """The only day of the sentence that asserts a relation, or of the one before it.

    "The delegation visited Weston on Dec 6. Both cities signed the agreement."
    """
    if relation.status.value != Status.MAIN or is_ahead(relation, context):
        return None
    if not relation.sentences:
        return None
    place = relation.sentences[0]
    here = context.sentences[place]
    words = context.form.words(here.span)
    document, _ = day_of_document(context)
    datelines = {mention.span for _, mention in _datelines(context)}
    for at in (place, place - 1):
        goes_on = GOES_ON.match(words) is not None
        if at < 0 or (at < place and not goes_on and not is_about(relation, context, at)):
            continue
        scene = context.sentences[at]
        if scene.block < here.block - 1 or _NO_SCENE.search(context.form.words(scene.span)):
            continue
        if (
            at < place
            and not goes_on
            and not (_KO_SIGNING.search(words) or _EN_STRONG.search(words))
        ):
            continue
        days = [
            each for each in resolved
            if each.edtf and scene.span[0] <= each.mention.span[0] < scene.span[1]
            and _FULL.fullmatch(each.edtf) and not each.mention.is_range
            and each.mention.span not in datelines
            and not _is_announced(each.mention, scene, context)
        ]  # fmt: skip
        if len(days) == 1 and (not document or _is_news(days[0].edtf or "", document)):
            return Drafted(
                DateFound(days[0].edtf or "", days[0].how, SIGNED), (days[0].mention.span,), 0.6,
                "date-of-scene", ("the sentence of the day doesn't speak of signing",),
            )  # fmt: skip
    return None


def _is_announced(mention: DateMention, sentence: Sentence, context: Context) -> bool:
    text = context.form.text
    before = text[sentence.span[0] : mention.span[0]]
    after = text[mention.span[1] : sentence.span[1]]
    role, _ = (
        _korean_role(before, after, -1)
        if sentence.language == "ko"
        else _english_role(before, after)
    )
    return role == ANNOUNCED


def _counted(relation: Relation, context: Context) -> Drafted[DateFound] | None:
    """A year from a count: 20주년, 7년 만에, seven years ago, twentieth anniversary.

    Only of a tie between cities: the anniversary of diplomatic relations is none.
    """
    text = context.form.text
    present, reason = _present_year(context)
    if relation.status.value == Status.PLANNED:
        return None
    for place in relation.sentences:
        sentence = context.sentences[place]
        for mention in date_mentions(text):
            if not mention.years or not sentence.span[0] <= mention.span[0] < sentence.span[1]:
                continue
            around = text[max(sentence.span[0], mention.span[0] - 40) : mention.span[1] + 45]
            near = text[max(sentence.span[0], mention.span[0] - 8) : mention.span[0]]
            words = text[slice(*mention.span)]
            if _NO_TIE.search(near) or not _TIE.search(around):
                continue
            if relation.status.value == Status.MAIN:
                if "만" not in words or not reason:
                    continue
                year, spans = present, [mention.span, reason]
            else:
                year, spans = present - mention.years, [mention.span]
                for other in date_mentions(text):
                    if other.year and not other.is_bare and _is_of_anniversary(
                        other, sentence, context
                    ):  # fmt: skip
                        year, spans = other.year - mention.years, [mention.span, other.span]
                if year <= 0:
                    continue
            return Drafted(
                DateFound(f"{year:04}", DERIVED, SIGNED), tuple(spans), 0.7, "date-counted",
                ("counted from a number of years",),
            )  # fmt: skip
    return None


def _present_year(context: Context) -> tuple[int, Span | None]:
    """The year in which a document was written: of its day, or of `2016년` and `7년 만에`.

    The span is that of the year from which it was counted; None where the day is known.
    """
    document, _ = day_of_document(context)
    if document:
        return int(document[:4]), None
    mentions = date_mentions(context.form.text)
    counts = [m for m in mentions if m.years and "만" in context.form.words(m.span)]
    years = [m for m in mentions if m.year and not m.is_bare]
    for count in counts:
        for year in years:
            if abs(year.span[0] - count.span[0]) < 200:
                return year.year + count.years, year.span
    return 0, None


def _month_of_document(relation: Relation, context: Context) -> Drafted[DateFound] | None:
    """For a paper that was signed without a day: the month in which the document tells of it."""
    document, words = day_of_document(context)
    if relation.status.value != Status.MAIN or len(document) < 7 or is_ahead(relation, context):
        return None
    asserting = [context.sentences[place].span for place in relation.sentences[:1]]
    if any(
        each.mention.unit == "week" and each.edtf is None and start <= each.mention.span[0] < end
        for each in resolved_dates(context) for start, end in asserting
    ):  # fmt: skip
        return None  # a week with days of two months
    return Drafted(
        DateFound(document[:7], DERIVED, ANNOUNCED), (words or relation.cue,), 0.6,
        "date-month-of-document", ("the day of signing isn't in the text",),
    )  # fmt: skip


def _datelines(context: Context) -> tuple[tuple[Sentence, DateMention], ...]:
    """The dates of a document as a page: above its text, in a dateline, beside a byline."""
    return _datelines_of(context.form.text, context.sentences)


@lru_cache(maxsize=16)
def _datelines_of(
    text: str, sentences: tuple[Sentence, ...]
) -> tuple[tuple[Sentence, DateMention], ...]:
    found: list[tuple[Sentence, DateMention]] = []
    lone: list[tuple[Sentence, DateMention]] = []
    mentions = [m for m in date_mentions(text) if m.month and (m.day or m.year)]
    for place, sentence in enumerate(sentences):
        for mention in mentions:
            if not sentence.span[0] <= mention.span[0] < sentence.span[1]:
                continue
            if re.search(r"\bday of\b", text[slice(*mention.span)]):
                continue  # the form of papers, not of pages
            before = text[sentence.span[0] : mention.span[0]]
            after = text[mention.span[1] : sentence.span[1]]
            rest = re.sub(r"[\W\d_]+", "", before + after)
            is_lone = len(rest) < 30 and not _KO_SIGNING.search(rest) and not re.search(
                r"sign|date of", before + after, re.I
            )  # fmt: skip
            is_full = bool(mention.year and mention.day)
            if is_full and place < 6 and is_lone and len(rest) < 4:
                if _OF_PAPERS.search(text[: mention.span[0]]):
                    continue  # below the articles of an agreement
                lone.append((sentence, mention))
            elif (
                (is_lone and _DATELINE_WORDS.search(before + after))
                or (len(before + after) < 120 and re.match(r"\W*source\b", before, re.I))
                or (
                    mention.day and place < 8 and sentence.language == "en"
                    and _DATELINE_BEFORE.match(before) and _DATELINE_AFTER.match(after)
                    and not _EN_STRONG.search(before)
                )
            ):  # fmt: skip
                found.append((sentence, mention))
    # A list gives each of its entries a date of its own.
    days = {(m.year, m.month, m.day) for _, m in lone}
    return tuple(sorted(found + (lone if len(days) < 2 else []), key=lambda pair: pair[1].span))


def _spans_in(relation: Relation, context: Context, sentence: Span) -> list[Span]:
    return [
        span
        for spans in spans_of_parties(relation, context)
        for span in spans
        if sentence[0] <= span[0] and span[1] <= sentence[1]
    ]


def _distance(one: Span, two: Span, text: str) -> float:
    """How far a date stands from the words for the paper, at most 4; a comma counts as sixty."""
    between = text[min(one[1], two[1]) : max(one[0], two[0])]
    return min(len(between) / 80 + 0.75 * len(_CUT.findall(between)), 4)


def _parts(edtf: str) -> _Day:
    return _Day(*(int(part) for part in edtf.split("-")))


def _of(day: date) -> _Day:
    return _Day(day.year, day.month, day.day)


def _is_plain(edtf: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(?:-\d\d){0,2}", edtf))


def _exists(day: _Day) -> bool:
    try:
        parse_edtf(day.edtf)
    except ValueError:
        return False
    return True
