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

from citypact.sources.documents.normal_form import BlockKind
from citypact.sources.extraction.date_clauses import (
    ANNOUNCED,
    EN_STRONG,
    KO_SIGNING,
    PLANNED,
    SIGNED,
    english_role,
    korean_role,
)
from citypact.sources.extraction.date_resolution import (
    DERIVED,
    RESOLVED,
    STATED,
    Resolved,
    datelines_of,
    day_of_document,
    resolved_dates,
)
from citypact.sources.extraction.date_words import DateMention, date_mentions
from citypact.sources.extraction.model import (
    WEIGHED,
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
    kept,
    names_of,
    partner_of,
    spans_of_parties,
)
from citypact.sources.extraction.sentences import is_of_council, kind_of, sentence_at
from citypact.sources.model import Span

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
_STATE = re.compile(
    r"이어오고 있|이어가고 있|맺고 있|체결하고 있|유지하고 있|\b(?:has|have) long\b"
)
_HAD_SIGNED = re.compile(r"(?:체결|서명|교환|조인)(?:했던\s|한\s바\s있)|맺(?:었던\s|은\s바\s있)")
_ANNIVERSARY = re.compile(r"주년|anniversary", re.I)
_OF_ITS_DAY = re.compile(
    r"(?i)\banniversary\s(?:(?!\b(?:signed|established|which|that)\b)[^.;,])*$"
)
_TO_ANNIVERSARY = re.compile(
    r"^(?!.*\band\s(?:will|is|are|now)\b)(?:[^.]{0,25}\b(?:mark|celebrat|commemorat|observ)\w*\b[^.]{0,30}|[^.]{0,12}(?:자매결연|"
    r"우호)[^.]{0,8})$",
    re.I,
)
_SIGNED_FIRST = re.compile(r"^(?:Signed|Established|Formed|Forged|Begun) (?:in|on|back in) $")
_BOTH = re.compile(
    r"(?:두|양) ?(?:도시|시|지역|기관|측)[는가은이]? |\b(?:the two|both|the) "
    r"(?:cities|sides|towns|counties|provinces|municipalities|governments)\b"
)
_WORDS_OF_FORM = {
    Form.SISTER_CITY: re.compile(r"자매|친선|\b(?:sister|twin|sibling)", re.I),
    Form.FRIENDSHIP: re.compile(r"우호|\bfriend", re.I),
    Form.MOU: re.compile(r"양해각서|\b(?:MOU|memorand)", re.I),
}
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
_IS_ONLY_APPROVED = re.compile(
    r"\b(?:approv(?:ed|es|al\sof)|authori[sz](?:ed|es|ing)|recommends?)\b(?!.*\b(?:was|were|has|have)\ssigned)",
    re.I,
)
"""A council lets a paper be signed: when that will be isn't told."""
_FULL = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class _Scored:
    score: float
    resolved: Resolved
    role: str


@kept
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
    if relation.form.rule == WEIGHED:  # no sentence tells it, so none before or behind goes on
        scored = [
            each
            for each in scored
            if sentence_at(context, each.resolved.mention.span[0]) in relation.sentences
        ]
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
    if entry := _of_entry(relation, context, resolved):
        return entry
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


def _candidates(
    relation: Relation, context: Context, resolved: tuple[Resolved, ...]
) -> Iterator[_Scored]:
    """The dates that may be the day of signing, with how well they fit."""
    datelines = {mention.span for _, mention in datelines_of(context)}
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
        if is_past and relation.form.rule == "anniversary" and each.edtf[:4] == anchor[:4]:
            continue  # the day on which the anniversary is kept
        if (
            is_past
            and each.how == RESOLVED
            and _OF_ITS_DAY.search(context.form.text, sentence.span[0], mention.span[0])
        ):
            continue  # mark the 19th anniversary of their ties on October 20
        if place not in here and is_past:
            score -= 1
        elif place not in here:
            if role not in (SIGNED, "closing") or not _FULL.fullmatch(each.edtf):
                continue
            if mention.is_range or not (role == "closing" or is_about(relation, context, place)):
                continue
            is_news = bool(anchor) and _is_news(each.edtf, anchor)
            score -= (1 if role == "closing" or is_news else 2) + 0.05 * min(
                abs(place - min(here, default=place)), 20
            )
        elif relation.sentences and place == relation.sentences[0]:
            score += 1
        elif relation.status.value == Status.MAIN and len(each.edtf) < 7:
            continue
        score += 0.4 * bool(mention.day) + 0.2 * bool(mention.month)
        score -= 0.7 * mention.is_vague + 1.5 * mention.is_range
        if relation.status.value == Status.MAIN and anchor and each.how == STATED:
            is_older = int(each.edtf[:4]) < int(anchor[:4]) - 1
            if is_older and role == "bracket":
                continue
            score -= 3 * is_older
        if _is_long_before(each, relation, anchor, place):
            continue
        if mention.is_range and relation.status.value != Status.PAST and (
            relation.status.value == Status.PLANNED or is_ahead(relation, context)
        ):  # fmt: skip
            continue  # a trip of several days
        if relation.status.value == Status.PAST:
            if anchor and each.edtf > anchor and role not in ("row", "bracket"):
                continue
            if role in (SIGNED, "weak", "plain") and _belongs_to_another(each, relation, context):
                continue
            is_told = _HAD_SIGNED.search(context.form.text[mention.span[1] : sentence.span[1]])
            if each.how == RESOLVED and _is_news(each.edtf, anchor) and not is_told:
                continue
        elif _HAD_SIGNED.search(context.form.text[mention.span[1] : relation.cue[0]]):
            continue  # 지난달 의향서를 교환했던 나루시와 협정을 맺는다
        if relation.status.value == Status.PLANNED:
            if not mention.day and (mention.unit == "year" or mention.is_vague):
                continue
            if anchor and each.edtf < anchor[: len(each.edtf)]:
                continue
        yield _Scored(score, each, role)


def _is_long_before(each: Resolved, relation: Relation, anchor: str, place: int) -> bool:
    """Whether a month or year further down tells what led to a paper that is announced as new."""
    edtf = each.edtf or ""
    if relation.status.value != Status.MAIN or len(anchor) < 7 or len(edtf) != 7:
        return False
    if not relation.sentences or place == relation.sentences[0] or each.how == STATED:
        return False
    months = (int(anchor[:4]) - int(edtf[:4])) * 12 + int(anchor[5:7]) - int(edtf[5:7])
    return months > 1


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
        goes_on = _SIGNED_FIRST.search(text[start:first]) or _BOTH.search(text[start:end])
        if not goes_on or not is_about(relation, context, sentence_at(context, start) or 0):
            return False
        if goes_on.re is _SIGNED_FIRST:
            return sentence_at(context, start) == min(relation.sentences, default=-2) + 1
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
    is_row = _is_row(text, sentence, context.form.blocks[sentence.block].kind) or (
        relation.form.rule == "row"
        and any(context.sentences[place] is sentence for place in relation.sentences)
    )
    inside = _bracket(before, after)
    if inside is not None and not (is_row and not others):
        name_end = sentence.span[0] + inside
        owner = [s for s in parties if s[1] <= name_end and _is_owner(text[s[1] : name_end])]
        if owner:
            partner = spans_of_parties(relation, context)[partner_of(relation, context)]
            return "bracket", 4 if owner[-1] in partner else 3.8
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
        role, fit = korean_role(before, after, min(following, default=0) - mention.span[1])
    else:
        role, fit = english_role(before, after)
    if re.fullmatch(r"\W*(?:The|This|On|Date)?\W*", before) and not after.strip(" ).,"):
        return ("closing", 2.5) if _is_closing(sentence, context) else ("plain", -1)
    return role, fit + score


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
    before = {date: _name_ahead(date, place, context) for date in (mention, *others)}
    own = _spans_in(relation, context, sentence.span)
    if any(span in own for span in before.values()):
        # with Lima since 1989 and with Bonn, Germany, since 2005
        return 2.5 if before[mention] in own else -1.5
    if any(_distance(date, span, text) < 0.32 for date in (mention, *others) for span in spans):
        return 1 - 2 * min(_distance(mention, span, text) for span in spans)
    if sentence.span[0] <= relation.cue[0] < sentence.span[1]:
        return -_distance(mention, relation.cue, text)
    return 0.0


_WITH_WHICH = re.compile(r",\s(?:with\s)?(?:which|whom)\b[^,;.]*$")
"""`Lima, with which ties were established in 1970`: the year is that of Lima."""
_BEHIND_NAME = re.compile(
    r"(?:,\s[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,2}){0,2},?\s?(?:(?:since|in|on|from)\s)?(?:the\s)?"
)


def _name_ahead(mention: Span, place: int, context: Context) -> Span | None:
    """The name behind which a date stands, with nothing but its country between."""
    text = context.form.text
    names = [m for m in names_of(context)[place] if m.reach[1] <= mention[0]]
    if not names or context.sentences[place].language != "en":
        return None
    last = max(names, key=lambda name: name.reach[1])
    return last.span if _BEHIND_NAME.fullmatch(text, last.reach[1], mention[0]) else None


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
    if (
        before
        and before[-1] not in own
        and _WITH_WHICH.search(context.form.text, before[-1][1], at)
    ):
        return True
    if before and ";" in context.form.text[resolved.mention.span[1] : own[0][0]]:
        return True  # with Lima, was formed in 1965; the latest, with Bonn, in 2016
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
        r"체결키로|주고받는|교환한다|(?:열린|연|개최한|진행한|체결된)다",
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
    datelines = {mention.span for _, mention in datelines_of(context)}
    for at in (place, place - 1):
        goes_on = GOES_ON.match(words) is not None
        if at < 0 or (at < place and not goes_on and not is_about(relation, context, at)):
            continue
        scene = context.sentences[at]
        if scene.block < here.block - 1 or _NO_SCENE.search(context.form.words(scene.span)):
            continue
        if at < place and not goes_on and not (KO_SIGNING.search(words) or EN_STRONG.search(words)):
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
        korean_role(before, after, -1) if sentence.language == "ko" else english_role(before, after)
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
    if is_of_council(context):
        return None
    asserting = [context.sentences[place].span for place in relation.sentences[:1]]
    if year := _year_ahead(context, asserting, document):
        return year
    if any(_STATE.search(context.form.words(span)) for span in asserting):
        return None  # what has long been so
    if any(_IS_ONLY_APPROVED.search(context.form.words(span)) for span in asserting):
        return None
    if any(
        each.mention.unit == "week" and each.edtf is None and start <= each.mention.span[0] < end
        for each in resolved_dates(context) for start, end in asserting
    ):  # fmt: skip
        return None  # a week with days of two months
    return Drafted(
        DateFound(document[:7], DERIVED, ANNOUNCED), (words or relation.cue,), 0.6,
        "date-month-of-document", ("the day of signing isn't in the text",),
    )  # fmt: skip


_YEAR_AHEAD = re.compile(r"In\s((?:19|20)\d\d)\b")


def _year_ahead(
    context: Context, asserting: list[Span], document: str
) -> Drafted[DateFound] | None:
    """The year of the document itself, where the sentence begins with it: `In 2023, … signed`."""
    for span in asserting:
        match = _YEAR_AHEAD.match(context.form.text, *span)
        if match and match[1] == document[:4]:
            return Drafted(DateFound(match[1], STATED, SIGNED), (match.span(1),), 0.7, "date-year")
    return None


_OF_ENTRY = re.compile(
    r"\b(?:since|starting|start(?:ed|s)|beg[ua]n|established|formed|founded|signed|formali[sz]ed|twinned|"
    r"initiated)\s(?:in|on|back\sin)?\s?$"
)


def _of_entry(
    relation: Relation, context: Context, resolved: tuple[Resolved, ...]
) -> Drafted[DateFound] | None:
    """The date in the text below the heading of a partner: `Their relationship started in 1965`."""
    if relation.form.rule != "row" or relation.status.value != Status.PAST:
        return None
    first = min(relation.sentences, default=-1)
    for place in range(first + 1, min(first + 6, len(context.sentences))):
        start, end = context.sentences[place].span
        if kind_of(context, place) in (*_ROWS, BlockKind.HEADING):
            return None
        for each in resolved:
            at, last = each.mention.span
            if not (start <= at < end and each.edtf and each.how == STATED):
                continue
            if _OF_ENTRY.search(context.form.text, start, at) and _TIE.search(
                context.form.text, start, end
            ):
                found = DateFound(each.edtf, each.how, SIGNED)
                return Drafted(found, ((at, last),), 0.75, "date-of-entry")
    return None


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
