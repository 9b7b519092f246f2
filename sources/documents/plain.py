"""Reads plain texts: paragraphs, headings, lists and tables by the form of their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from citypact.sources.documents.building import FormBuilder, clean
from citypact.sources.documents.limits import LIMITS, Limits
from citypact.sources.documents.list_marks import list_mark
from citypact.sources.documents.normal_form import BlockKind, Mark, Metadata, NormalForm
from citypact.sources.files.encodings import decode_text

READER = "plain 1"
"""Name and version of this reader; a change of the text that it gives changes the version."""
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SENTENCE_END = re.compile(r"(?:[.!?。…;:,]|[다요음함임됨]\.?)[\s\"'”’」』)\]]*$")
_PLAIN_END = re.compile(r"[.!?。;,][\s\"'”’」』)\]]*$")
_CAPTION = re.compile(r"[\[(<【]?\s?(?:사진|그림|포토|Photo|Image|Figure|Caption)\b", re.IGNORECASE)
_RULE = re.compile(r"[\s|+:=_*~#─━═—–-]{3,}$")
_HEADING_LENGTH = 140
_TITLE_LINES = 6
"""At most so many lines at the start of a text are its headings."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: its words without spaces around, its number from 1, and how it stands."""

    text: str
    number: int
    blank_before: bool
    indent: int


def read_plain(data: bytes, file: str, limits: Limits = LIMITS) -> NormalForm:
    """The normal form of a text file.

    Raises CitypactError where its encoding is not sure, and beyond the limit of characters.
    """
    text = decode_text(data, file).text
    limits.check_characters(len(text), file)
    return plain_form(text, file, data)


def plain_form(text: str, file: str = "", data: bytes | None = None) -> NormalForm:
    """The normal form of a text that is at hand; `data` are its bytes, UTF-8 where not given."""
    builder = FormBuilder(file, text.encode() if data is None else data, READER)
    add_lines(builder, lines_of(text))
    return builder.form(Metadata())


def lines_of(text: str) -> list[Line]:
    """The lines of a text that say something."""
    lines: list[Line] = []
    blank = False
    for number, raw in enumerate(_LINE_END.split(text), 1):
        words = raw.strip()
        if not clean(words).strip():
            blank = True
            continue
        lines.append(Line(words, number, blank, len(raw) - len(raw.lstrip())))
        blank = False
    return lines


def add_lines(builder: FormBuilder, lines: Sequence[Line], part: str = "text") -> None:
    """Add lines as blocks of a form."""
    separators = [_separator(line.text) for line in lines]
    body = _first_sentence(lines)
    for i, line in enumerate(lines):
        path = f"line {line.number}"
        if _RULE.match(line.text):
            builder.run(line.text, part, path)
            builder.end(mark=Mark.PAGE_NOISE)
            continue
        if separator := _row_separator(separators, i):
            for cell in _cells(line.text, separator):
                builder.run(cell, part, path)
                builder.cell()
            builder.end(BlockKind.TABLE_ROW)
            continue
        mark, depth = list_mark(line.text)
        builder.run(line.text, part, path)
        if mark:
            builder.end(BlockKind.LIST_ITEM, number=clean(mark), level=depth)
        elif _CAPTION.match(line.text):
            builder.end(BlockKind.CAPTION)
        elif _is_heading(lines, i, body):
            builder.end(BlockKind.HEADING, level=1 if i == 0 else 2)
        else:
            builder.end()


def _first_sentence(lines: Sequence[Line]) -> int:
    """The place of the first line that is a sentence; headings stand before it."""
    for i, line in enumerate(lines[:_TITLE_LINES]):
        if _PLAIN_END.search(line.text) or len(line.text) > _HEADING_LENGTH:
            return i
    return 1


def _is_heading(lines: Sequence[Line], i: int, body: int) -> bool:
    """Whether a line is a heading: short, no sentence, and something follows it."""
    line = lines[i]
    if len(line.text) > _HEADING_LENGTH or i == len(lines) - 1:
        return False
    if i < body:
        return True
    if _SENTENCE_END.search(line.text):
        return False
    return line.blank_before or lines[i + 1].blank_before or len(lines[i + 1].text) > len(line.text)


def _separator(text: str) -> str:
    """What parts a line into cells, as far as the line itself tells; '' for a sentence."""
    if "\t" in text:
        return "\t"
    if text.count("|") >= 2 or " | " in text:
        return "|"
    if re.search(r"\s/(?:\s|$)", text) and not re.search(r"[.다]\s", text):
        return "/"
    return ""


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
