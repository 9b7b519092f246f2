"""What readers of all formats do last: blocks that are no evidence are marked, and the log says so.

Nothing is cut. A rule looks at whole blocks, since a byline or a copyright line that stands in a
paragraph with other words takes nothing away from these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from citypact.sources.documents.normal_form import (
    Block,
    BlockKind,
    LogEntry,
    Mark,
    NormalForm,
)
from citypact.sources.reading.written_dates import read_written_date

_SHORT = 160
"""Characters of a block that a rule of words may mark: more say something of their own."""
_REPEATED = 40
"""Letters of a block that is repeated on purpose by no writer."""
_TITLE, _TITLES = 15, 8
"""Letters of a title, and the first blocks of a page, on which it may be given twice."""
_FIELDS = (
    r"(?:담당\s?(?:부서|자)|연\s?락\s?처|문의\s?처?|조회\s?수?|첨부\s?(?:파일)?|작성자|출처"
    r"|관련\s?사진)"
)
_RULES: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (
        Mark.PAGE_NOISE,
        re.compile(
            r"[-–—~\[(<]?\s?\d{1,3}\s?(?:[/／]\s?\d{1,4})?\s?[-–—~\])>]?"
            r"|(?:page|p\.)\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?|\d{1,4}\s?(?:쪽|페이지)",
            re.IGNORECASE,
        ),
    ),
    (
        Mark.EMBARGO,
        re.compile(
            r"[^\w]{0,3}(?:엠바고|보도\s?(?:시점|일시|가능\s?시각)|즉시\s?보도|embargo(?:ed)?\b"
            r"|for immediate release|not for (?:release|publication)).*"
            r"|.*(?:이후|부터)\s?보도(?:해\s?주시기|하여\s?주시기|가능|\s?바랍니다).*"
            r"|.*(?:조간|석간)(?:\s?(?:부터|이후))?\s?보도.*",
            re.IGNORECASE,
        ),
    ),
    (
        Mark.BOILERPLATE,
        re.compile(
            r".*(?:무단\s?(?:전재|복제|배포|사용)|재배포\s?(?:및|금지)|저작권자|copyrights?\s?[ⓒ©(:\d]"
            r"|all rights reserved|[ⓒ©]\s?\w|공공누리).*",
            re.IGNORECASE,
        ),
    ),
    (
        Mark.BOILERPLATE,  # bylines
        re.compile(
            r"[/▶■\[(]?\s?(?:[가-힣A-Za-z]{2,10}\s?[=|/]\s?)?[가-힣]{2,4}\s?(?:[가-힣]{2,4}\s?)?"
            r"(?:기자|특파원|통신원)\]?\)?[\s|/·(]*(?:[\w.+-]+@[\w.-]*|[\w.+-]+@?)?\s?\)?"
            r"|(?:by|reporter|written by|posted by|author)[:\s]+"
            r"(?-i:[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3})"
            r"(?:\s?[|,–-].{0,60})?"
            r"|[\w.+-]+@[\w-]+\.[\w.-]+",
            re.IGNORECASE,
        ),
    ),
    (
        Mark.BOILERPLATE,  # what a page or a form offers
        re.compile(
            rf"[\[(▶■○□※*·•-]*\s?{_FIELDS}\s?[:：|/].{{0,100}}"
            r"|(?:이전|다음)\s?(?:글|기사).{0,80}|목록(?:으로|보기)?|인쇄(?:하기)?|프린트|공유(?:하기)?|스크랩"
            r"|글자\s?(?:크기|크게|작게).{0,20}|(?:페이스북|트위터|카카오스토리|카카오톡|네이버|밴드|URL\s?복사|링크\s?복사)"
            r"(?:[\s,·|]*(?:페이스북|트위터|카카오스토리|카카오톡|네이버|밴드|URL\s?복사|링크\s?복사|공유하기?))*"
            r"|(?:share|tweet|print|email|facebook|twitter|linkedin|whatsapp)"
            r"(?:[\s,|·]+(?:this|on|page|article|share|tweet|print|email|facebook|twitter|linkedin"
            r"|whatsapp|x))*|(?:skip to|back to|return to)\s.{0,30}"
            r"|(?:media|press) (?:contact|inquiries|enquiries)\b.{0,100}"
            r"|(?:tags?|filed under|categories|category)\s?:.{0,100}",
            re.IGNORECASE,
        ),
    ),
)
_OTHER_NEWS = re.compile(
    r"[\[<◆■▶●【]?\s?(?:관련\s?(?:기사|뉴스|글)|(?:많이\s?본|인기|최신|주요|추천|오늘의|이\s?시각|댓글\s?많은)\s?"
    r"(?:기사|뉴스|글)|더\s?보기|다른\s?기사(?:\s?보기)?|핫\s?이슈"
    r"|(?:related|latest|recent|most read|more|other|popular|trending|top)\s"
    r"(?:articles?|news|stories|posts?|headlines|press releases)|most (?:read|popular|viewed)"
    r"|you (?:may|might) also (?:like|be interested in)|read (?:more|next|also))\s?[\]>】:+]*",
    re.IGNORECASE,
)
"""What stands over a list of other news."""
_SENTENCE = re.compile(r"[.!?。][\s\"'”’)\]]*$")
_LONG = 50
_LABEL = 20
"""Characters of a label or a day."""
_DAY = re.compile(
    r"(?:등록일?|작성일?|게시일?|입력|배포일?|보도일?|발행일?|posted|published|date|release date)"
    r"(?:자|시|일시)?(?:\s?on)?\s?[:：|/]?\s?"
    r"((?:19|20)\d\d\s?[-./년]\s?\d{1,2}\s?[-./월]\s?\d{1,2}"
    r"|[a-z]{3,9}\.?\s\d{1,2},\s(?:19|20)\d\d|\d{1,2}\s[a-z]{3,9}\.?\s(?:19|20)\d\d)",
    re.IGNORECASE,
)
_LICENCE = re.compile(r"공공누리[^.\n]{0,30}?제?\s?([1-4])\s?유형|(creativecommons\.org/[\w./-]+)")


def finish(form: NormalForm) -> NormalForm:
    """A normal form with all blocks marked that are no evidence, each in the log.

    The day of publication and the terms of use are taken from lines that name them as such, where
    the file's metadata don't.
    """
    marks = _marks(form)
    blocks = tuple(
        replace(block, mark=mark) for block, mark in zip(form.blocks, marks, strict=True)
    )
    log = [
        LogEntry("marked", f"{block.mark}: {form.words(block.span)}", block.span)
        for block in blocks
        if block.mark
    ]
    metadata = replace(
        form.metadata,
        published=form.metadata.published or _published(form),
        licence=form.metadata.licence or licence_in(form.text),
    )
    return replace(form, blocks=blocks, log=(*form.log, *log), metadata=metadata)


def _marks(form: NormalForm) -> list[Mark | None]:
    words = [form.words(block.span) for block in form.blocks]
    marks = [block.mark for block in form.blocks]
    for i, text in enumerate(words):
        if marks[i] is None and len(text) <= _SHORT:
            rules = _RULES[1:] if form.blocks[i].cells else _RULES  # a row may be a number
            marks[i] = next((mark for mark, rule in rules if rule.fullmatch(text)), None)
    for i in _repeated(form.blocks, words):
        marks[i] = marks[i] or Mark.REPEATED
    for i in _other_news(form.blocks, words):
        marks[i] = marks[i] or Mark.BOILERPLATE
    return marks


def _repeated(blocks: Sequence[Block], words: Sequence[str]) -> Iterator[int]:
    """Blocks with the words of an earlier one: long ones, the lines between them, and titles.

    A short heading or label that comes again, such as 자매도시, stands over another list.
    """
    seen: dict[str, int] = {}
    previous = -2
    for i, (block, text) in enumerate(zip(blocks, words, strict=True)):
        letters = re.sub(r"[\W_]+", "", text)
        first = seen.setdefault(letters, i)
        if first == i or not letters:
            continue
        if (
            len(letters) >= _REPEATED
            or previous == i - 1
            or (block.kind is BlockKind.HEADING and i < _TITLES and len(letters) >= _TITLE)
        ) and block.kind is not BlockKind.TABLE_ROW:
            yield i
            previous = i


def _other_news(blocks: Sequence[Block], words: Sequence[str]) -> Iterator[int]:
    """A line such as 관련기사, and the headlines under it up to the next sentence."""
    is_open = False
    for i, text in enumerate(words):
        if _OTHER_NEWS.fullmatch(text):
            is_open = True
        elif is_open and (
            (len(text) > _LONG and _SENTENCE.search(text))
            or blocks[i].kind is BlockKind.TABLE_ROW
            or len(text) > _SHORT
        ):
            is_open = False
        if is_open:
            yield i


def _published(form: NormalForm) -> str:
    """The day that a line of the document gives as that of its publication."""
    blocks = [form.words(block.span) for block in form.blocks if block.mark is not Mark.REPEATED]
    # In lists of terms the label is one block, and the day the next.
    for text, after in pairwise([*blocks, ""]):
        if len(text) > _SHORT:
            continue
        if found := _DAY.search(text if len(text) > _LABEL else f"{text} {after[:_LABEL]}"):
            try:
                return read_written_date(found[1]).edtf
            except ValueError:
                continue
    return ""


def licence_in(text: str) -> str:
    """The terms of use that a text names: 공공누리 by its type, Creative Commons by its address."""
    found = _LICENCE.search(text)
    if not found:
        return ""
    return f"공공누리 제{found[1]}유형" if found[1] else f"https://{found[2]}"


__all__ = ["finish", "licence_in"]
