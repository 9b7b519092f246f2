"""Words for dates resolved in the order of a text, as far as it and its day of publication allow.

Against the day of the document, against dates before them, and checked by the weekday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from citypact.sources.extraction.date_clauses import EN_STRONG, KO_ANNOUNCING, KO_SIGNING
from citypact.sources.extraction.date_words import DateMention, date_mentions
from citypact.sources.extraction.model import (
    Context,
    Sentence,
)
from citypact.sources.extraction.parties import kept
from citypact.sources.model import Span
from citypact.sources.reading.edtf import parse_edtf

STATED = "stated"
RESOLVED = "resolved"
DERIVED = "derived"
_KO_FUTURE = re.compile(
    r"예정|계획|앞두|앞둔|하기로 했|갖기로|맺기로|체결한다|서명한다|맺는다|갖는다|열린다|연다|"
    r"[할될맺을] 것|"
    r"체결할|맺을|추진한다|개최한다|체결된다|방문한다|나선다|(?<![했었았였졌렸났됐])다고|"
    r"[한된는간린난]다\.?$"
)
_EN_FUTURE = re.compile(
    r"\b(?:will|to be signed|plans? to|set to|due to|scheduled|is to|are to|expected to|"
    r"would (?:be )?(?:sign|conclud|ink|hold|visit)\w*|upcoming)\b",
    re.I,
)
_EN_DONE = re.compile(
    r"(?<!\bbe\s)\b(?:signed|inked|concluded|penned)\b(?![^.;]*\b(?:will|would|to)\s)[^.;]{0,60}$"
)
"""`They are to trade more under a pact signed on Thursday`: that Thursday has been."""
_DATELINE_WORDS = re.compile(
    r"입력|등록|승인|수정|작성|게시|발행|배포|보도시점|조간|석간|기자|보도자료|날짜|조회|"
    r"\b(?:posted|published|updated|submitted|source|press release|last modified|by)\b",
    re.I,
)
_DATELINE_BEFORE = re.compile(r"^(?:[A-Z][\w.’'-]*[\s,./()–—-]+|of |de |the ){1,9}$")
_DATELINE_AFTER = re.compile(r"^\s*(?:\([^)]{2,30}\)\s*)?\)?\s*[–—:-]|^\)|^\.?\s*$")
_OF_PAPERS = re.compile(r"제\s?1\s?조|\bArticle (?:1|I)\b|\b(?:hereinafter|WHEREAS|HEREBY)\b")


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


@kept
def day_of_document(context: Context) -> tuple[str, Span | None]:
    """The day from which a document's words count, in EDTF ('' where unknown), and its words.

    A dateline counts before the day of publication where it is at most a month older.
    """
    published = context.published if _is_plain(context.published) else ""
    last = parse_edtf(published).end if published else None
    for _, mention in datelines_of(context):
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


@kept
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
        is_ahead = _EN_FUTURE.search(text[slice(*span)]) and not _EN_DONE.search(
            text, span[0], mention.span[0]
        )
        is_future = mention.toward > 0 or bool(_KO_FUTURE.search(after) or is_ahead)
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
        if not KO_ANNOUNCING.match(text[m.span[1] : m.span[1] + 6].lstrip())
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


@kept
def datelines_of(context: Context) -> tuple[tuple[Sentence, DateMention], ...]:
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
            is_lone = len(rest) < 30 and not KO_SIGNING.search(rest) and not re.search(
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
                    and not EN_STRONG.search(before)
                )
            ):  # fmt: skip
                (found if after.strip() else lone).append((sentence, mention))
    # A list gives each of its entries a date of its own.
    days = {(m.year, m.month, m.day) for _, m in lone}
    return tuple(sorted(found + (lone if len(days) < 2 else []), key=lambda pair: pair[1].span))


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
