"""Reads plain texts: paragraphs, headings, lists and tables by the form of their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from citypact.sources.documents.building import FormBuilder, clean
from citypact.sources.documents.limits import LIMITS, Limits
from citypact.sources.documents.line_ends import LineJoiner, width
from citypact.sources.documents.list_marks import list_mark
from citypact.sources.documents.normal_form import BlockKind, Mark, NormalForm
from citypact.sources.reading.texts import decode_document

READER = "plain 1"
"""Name and version of this reader; a change of the text that it gives changes the version."""
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
SENTENCE_END = re.compile(r"(?:[.!?。…;:,]|[다요음함임됨]\.?)[\s\"'”’」』)\]]*$")
_PLAIN_END = re.compile(r"[.!?。;,][\s\"'”’」』)\]]*$")
CAPTION = re.compile(r"[\[(<【]?\s?(?:사진|그림|포토|Photo|Image|Figure|Caption)\b", re.IGNORECASE)
_SENTENCES = re.compile(r"다\.?\s|[a-z]{3,}[.!?]\s+[A-Z]")
"""What a row has not: the end of a sentence before another."""
_RULE = re.compile(r"[\s|+:=_*~#─━═—–-]{3,}$")
_HEADING_LENGTH = 140
_NARROW, _WIDE = 30, 130
"""Columns of texts whose lines are broken by hand or by a program."""
_IN_SENTENCES = re.compile(r"[^\W\d][.!?。][\"'”’)\]]*(?:\s|$)|(?:[다요]|[:;])$")
_ROWS = 4
"""So many lines of equal width may be rows."""
_LOWER = 0.15
"""So many lines of an English paragraph begin with a small letter at least."""
_SURE = 2
"""So many more lines go on in the next one than end without filling their line."""
_TITLE_LINES = 6
"""At most so many lines at the start of a text are its headings."""


@dataclass(frozen=True, slots=True)
class PlainLine:
    """A line, or several that make one paragraph: their words, each with its place in the file."""

    pieces: tuple[tuple[str, str], ...]
    text: str
    blank_before: bool


def read_plain(data: bytes, file: str, limits: Limits = LIMITS) -> NormalForm:
    """The normal form of a text file.

    Raises CitypactError where its encoding is not sure, and beyond the limit of characters.
    """
    text = decode_document(data, file).text
    limits.check_characters(len(text), file)
    return plain_form(text, file, data)


def plain_form(
    text: str, file: str = "", data: bytes | None = None, use_kiwi: bool = True
) -> NormalForm:
    """The normal form of a text that is at hand; `data` are its bytes, UTF-8 where not given.

    use_kiwi: whether Kiwi, if installed, may decide where lines end inside words.
    """
    lines, asked = lines_of(text, use_kiwi)
    builder = FormBuilder(file, text.encode() if data is None else data, READER + asked)
    add_lines(builder, lines)
    return builder.form()


def lines_of(text: str, use_kiwi: bool = True) -> tuple[list[PlainLine], str]:
    """The lines of a text that say something; see `join_lines`."""
    lines: list[PlainLine] = []
    blank = False
    for number, raw in enumerate(_LINE_END.split(text), 1):
        words = raw.strip()
        if clean(words).strip():
            lines.append(PlainLine(((words, f"line {number}"),), words, blank))
        blank = not words
    return join_lines(lines, use_kiwi)


def join_lines(lines: list[PlainLine], use_kiwi: bool = True) -> tuple[list[PlainLine], str]:
    """Lines that go on in the next one, joined with it, where a text has a right margin.

    A line goes on if the first word of the next would not have fitted into the widest line. With
    the lines what the reader's name has to say of the analyser, '' where it wasn't asked.
    """
    widths = [width(line.text) for line in lines]
    margin = max(widths, default=0)
    if not _NARROW <= margin <= _WIDE:
        return lines, ""
    open_ends, full = 0, set[int]()
    for i, (line, after) in enumerate(pairwise(lines)):
        if after.blank_before or list_mark(after.text)[0] or _separator(line.text):
            continue
        is_full = widths[i] + 1 + width(after.text.split()[0]) > margin
        if is_full:
            full.add(i)
        if not SENTENCE_END.search(line.text):
            open_ends += 1 if is_full else -1
    if open_ends < _SURE:
        return lines, ""
    groups: list[list[PlainLine]] = []
    for i, line in enumerate(lines):
        if i - 1 in full:
            groups[-1].append(line)
        else:
            groups.append([line])
    if _are_rows(groups):
        return lines, ""
    groups = [part for group in groups for part in _prose(group)]
    joiner = LineJoiner([[line.text for line in group] for group in groups], use_kiwi)
    return [_one_line(group, joiner) for group in groups], joiner.asked


def _are_rows(groups: Sequence[Sequence[PlainLine]]) -> bool:
    """Whether the lines that seem to go on are rows of English: they begin with capitals."""
    starts = [line.text[0] for group in groups for line in group[1:]]
    letters = [start for start in starts if start.isascii() and start.isalpha()]
    return len(letters) >= _ROWS and sum(map(str.islower, letters)) < _LOWER * len(letters)


def _prose(group: list[PlainLine]) -> list[list[PlainLine]]:
    """Lines that may be one paragraph, if they read like one, else each on its own."""
    text = " ".join(line.text for line in group)
    dated = sum(line.text[0].isdigit() for line in group)
    if (
        len(group) < _ROWS
        or list_mark(text)[0]
        or any(line.text[0].islower() for line in group[1:])
        or (_IN_SENTENCES.search(text) and dated < len(group) / 2)
    ):
        return [group]
    return [[line] for line in group]


def _one_line(group: Sequence[PlainLine], joiner: LineJoiner) -> PlainLine:
    text = group[0].text
    pieces = list(group[0].pieces)
    for line in group[1:]:
        joint = joiner.joint(text, line.text)
        pieces[-1] = (pieces[-1][0] + joint, pieces[-1][1])
        pieces.extend(line.pieces)
        text += joint + line.text
    return PlainLine(tuple(pieces), text, group[0].blank_before)


def add_lines(builder: FormBuilder, lines: Sequence[PlainLine], part: str = "text") -> None:
    """Add lines as blocks of a form."""
    separators = [_separator(line.text) for line in lines]
    body = first_sentence(lines)
    for i, line in enumerate(lines):
        if separator := _row_separator(separators, i):
            for cell in _cells(line.text, separator):
                builder.run(cell, part, line.pieces[0][1])
                builder.cell()
            builder.end(BlockKind.TABLE_ROW)
            continue
        for words, path in line.pieces:
            builder.run(words, part, path)
        mark, depth = list_mark(line.text)
        if _RULE.match(line.text):
            builder.end(mark=Mark.PAGE_NOISE)
        elif mark:
            builder.end(BlockKind.LIST_ITEM, number=clean(mark), level=depth)
        elif CAPTION.match(line.text):
            builder.end(BlockKind.CAPTION)
        elif is_heading(lines, i, body):
            builder.end(BlockKind.HEADING, level=1 if i == 0 else 2)
        else:
            builder.end()


def first_sentence(lines: Sequence[PlainLine]) -> int:
    """The place of the first line that is a sentence; headings stand before it."""
    for i, line in enumerate(lines[:_TITLE_LINES]):
        if _PLAIN_END.search(line.text) or len(line.text) > _HEADING_LENGTH:
            return i
    return 1


def is_heading(lines: Sequence[PlainLine], i: int, body: int) -> bool:
    """Whether a line is a heading: short, no sentence, and something follows it."""
    line = lines[i]
    if len(line.text) > _HEADING_LENGTH or i == len(lines) - 1:
        return False
    if i < body:
        return True
    if SENTENCE_END.search(line.text):
        return False
    return line.blank_before or lines[i + 1].blank_before or len(lines[i + 1].text) > len(line.text)


def _separator(text: str) -> str:
    """What parts a line into cells, as far as the line itself tells; '' for a sentence."""
    text = text[len(list_mark(text)[0]) :].strip()  # a tab may stand behind a number
    if "\t" in text:
        return "\t"
    if text.count("|") >= 2 or " | " in text:
        return "|"
    if _SENTENCES.search(text):
        return ""
    return "/" if re.search(r"\s/(?:\s|$)", text) else ""


def _row_separator(separators: Sequence[str], i: int) -> str:
    """The separator of a row: one that a line beside it has too."""
    own = separators[i]
    if own and own in (separators[i - 1] if i else "", *separators[i + 1 : i + 2]):
        return own
    return ""


def _cells(text: str, separator: str) -> list[str]:
    """The cells of a row."""
    if separator == "|":
        return text.strip().removeprefix("|").removesuffix("|").split("|")
    return re.split(r"\s/(?:\s|$)" if separator == "/" else "\t+", text)
