"""Paragraphs, tables and notes of a file in reading order, and how they become blocks.

Office formats differ in how they write a table or a footnote; readers make these of it, and the
same words give the same blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from citypact.sources.documents.building import FormBuilder, clean
from citypact.sources.documents.list_marks import list_mark
from citypact.sources.documents.normal_form import BlockKind, Mark
from citypact.sources.documents.plain import PlainLine, first_sentence, is_heading

_SENTENCE_END = re.compile(r"[.!?。][\s\"'”’)\]]*$")
_HEADING_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Run:
    """Words as they stand in the file, and where (see `Origin`)."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. number: what the file computes for it; notes: footnotes and memos in it."""

    runs: tuple[Run, ...]
    kind: BlockKind = BlockKind.PARAGRAPH
    number: str = ""
    level: int = 0
    mark: Mark | None = None
    notes: tuple[Paragraph, ...] = ()

    @property
    def is_seen(self) -> bool:
        """Whether a reader sees anything of it, apart from its notes."""
        return bool(self.number) or any(clean(run.words).strip() for run in self.runs)


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table: rows of cells, each with the paragraphs and tables in it.

    A cell merged over several rows or columns stands once, where it begins.
    """

    rows: tuple[Row, ...]


Cell = tuple[Paragraph | DocumentTable, ...]
Row = tuple[Cell, ...]


def add(builder: FormBuilder, items: Iterable[Paragraph | DocumentTable], part: str) -> None:
    """Add what stands in a part of a file; notes follow their paragraph or row as blocks."""
    for item in items:
        if isinstance(item, DocumentTable):
            is_box = all(len(row) <= 1 for row in item.rows)
            for row in item.rows:
                _add_row(builder, row, part, is_box)
            continue
        if item.is_seen:
            _write(builder, item, part)
            kind, number, level = item.kind, item.number, item.level
            if kind is BlockKind.PARAGRAPH and not number:
                number, level = list_mark(clean("".join(run.words for run in item.runs)).strip())
                kind = BlockKind.LIST_ITEM if number else kind
            builder.end(kind, number=clean(number), level=level, mark=item.mark)
        add(builder, item.notes, part)


def split(paragraph: Paragraph) -> list[Paragraph]:
    """The lines of a paragraph as paragraphs, where line ends in it part the items of a list."""
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        first, *others = run.words.split("\n")
        lines[-1].append(replace(run, words=first))
        lines.extend([replace(run, words=other)] for other in others)
    texts = [clean("".join(run.words for run in line)).strip() for line in lines]
    if not any(list_mark(text)[0] or not text for text in texts[1:]):
        return [paragraph]
    runs = [tuple(line) for line, text in zip(lines, texts, strict=True) if text]
    parts = [replace(paragraph, runs=one, notes=()) for one in runs] or [paragraph]
    parts[1:] = [replace(part, number="") for part in parts[1:]]
    parts[-1] = replace(parts[-1], notes=paragraph.notes)
    return parts


def with_headings(items: Iterable[Paragraph | DocumentTable]) -> list[Paragraph | DocumentTable]:
    """The same items; short lines that stand like headings are headings, as in a plain text.

    Few authors of office documents use styles for them.
    """
    found = list(items)
    notes = {place for place, item in enumerate(found) if _is_note(item)}
    seen = [place for place, item in enumerate(found) if place not in notes and _is_seen(item)]
    shown = {*seen, *notes}
    lines = [
        PlainLine(((words, ""),), words, place > 0 and place - 1 not in shown)
        for place in seen
        for words in (clean(_first_words(found[place])).strip(),)
    ]
    body = first_sentence(lines)
    for i, place in enumerate(seen):
        item = found[place]
        if (
            isinstance(item, Paragraph)
            and item.kind is BlockKind.PARAGRAPH
            and not item.number
            and item.mark is None
            and not list_mark(lines[i].text)[0]
            and is_heading(lines, i, body)
        ):
            found[place] = replace(item, kind=BlockKind.HEADING, level=1 if i == 0 else 2)
    return found


def _is_note(item: Paragraph | DocumentTable) -> bool:
    """Whether a paragraph is a note that stands among others."""
    return isinstance(item, Paragraph) and item.kind is BlockKind.FOOTNOTE


def _first_words(item: Paragraph | DocumentTable) -> str:
    """The words of a paragraph, or of the first row of a table."""
    if isinstance(item, Paragraph):
        return "".join(run.words for run in item.runs)
    cells = item.rows[0] if item.rows else ()
    return " / ".join(_first_words(inner) for cell in cells for inner in cell)


def _add_row(builder: FormBuilder, row: Row, part: str, is_box: bool) -> None:
    """A row as one block; what fills it alone, and is more than a line, as blocks of its own.

    Pages are laid out with tables of one cell, and there each paragraph is a block. A table inside
    a cell of a row with other cells follows that row.
    """
    filled = [cell for cell in row if any(map(_is_seen, cell))]
    if len(filled) == 1 and (is_box or sum(map(_is_seen, filled[0])) > 1):
        add(builder, filled[0], part)
        return
    after: list[Paragraph | DocumentTable] = []
    for cell in row:
        for item in cell:
            if isinstance(item, DocumentTable):
                after.append(item)
                continue
            builder.joint(" ")
            _write(builder, item, part)
            after.extend(item.notes)
        builder.cell()
    builder.end(BlockKind.TABLE_ROW)
    add(builder, after, part)


def _write(builder: FormBuilder, paragraph: Paragraph, part: str) -> None:
    """The number and the words of a paragraph."""
    if paragraph.number:
        builder.run(paragraph.number, part, paragraph.runs[0].path if paragraph.runs else "")
        builder.joint(" ")
    for run in paragraph.runs:
        builder.run(run.words, part, run.path)


def is_like_heading(words: str) -> bool:
    """Whether a paragraph of an outline is a heading: short, and no sentence.

    >>> is_like_heading("추진 개요"), is_like_heading("두 도시는 교통 분야에서 협력한다.")
    (True, False)
    """
    return len(words) <= _HEADING_LENGTH and not _SENTENCE_END.search(words)


def _is_seen(item: Paragraph | DocumentTable) -> bool:
    """Whether a reader sees anything of a paragraph or a table."""
    if isinstance(item, Paragraph):
        return item.is_seen or bool(item.notes)
    return any(_is_seen(inner) for row in item.rows for cell in row for inner in cell)


__all__ = [
    "Cell",
    "DocumentTable",
    "Paragraph",
    "Row",
    "Run",
    "add",
    "is_like_heading",
    "split",
    "with_headings",
]
