"""Reads PDF: pdfium gives the place of each character, `page_layout` what a person reads.

The order of characters in a file is that of its program: columns, tables and the ends of
paragraphs are found by where the words stand.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any

from citypact.ontology.errors import CitypactError
from citypact.sources.documents import plain
from citypact.sources.documents.building import FormBuilder, clean
from citypact.sources.documents.libraries import library
from citypact.sources.documents.limits import LIMITS, Limits
from citypact.sources.documents.line_ends import LineJoiner
from citypact.sources.documents.list_marks import list_mark
from citypact.sources.documents.normal_form import BlockKind, Mark, Metadata, NormalForm
from citypact.sources.documents.numerals import SYLLABLES
from citypact.sources.documents.page_layout import (
    HYPHENS,
    DrawnLine,
    Fragment,
    PageBox,
    RowBlock,
    TextBlock,
    TextLine,
    around,
    read_region,
    rows_of,
    ruled_tables,
)

VERSION = "pdf 1"
"""Of this reader; a change of the text that it gives changes it."""

_MARGIN = 0.11
"""The share of a page, above and below, in which running heads and page numbers stand."""
_PAGE_NUMBER = re.compile(
    r"[-–—\s(\[<|]*(?:page|p\.|쪽)?\s*\d{1,4}\s*(?:(?:/|of|중)\s*\d{1,4})?\s*(?:쪽|페이지|면)?"
    r"[-–—\s)\]>|]*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?。:;][\s\"'”’」』)\]]*$")
_HANGUL = re.compile("[가-힣]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HEADING_LENGTH = 140
_UNKNOWN_SHARE = 0.3
"""Above this share of letters without a meaning a text cannot be read."""
_OBLIQUE = 5
"""Degrees beyond which letters are no lines of text."""
_MOST_PATHS = 20_000
_NO_TITLES = ("(anonymous)", "untitled", "about:blank")
"""What programs write where a document has no title."""


@dataclass
class _Page:
    """A page: its number from 1, its size, its words, its drawn lines."""

    number: int
    width: float
    height: float
    fragments: list[Fragment]
    across: list[DrawnLine] = field(default_factory=list)
    down: list[DrawnLine] = field(default_factory=list)
    margins: list[TextLine] = field(default_factory=list)
    blocks: list[TextBlock | RowBlock] = field(default_factory=list)


@dataclass(frozen=True)
class _Placed:
    """A block with the page on which each of its lines stands."""

    block: TextBlock | RowBlock
    pages: tuple[int, ...]


def read_pdf(data: bytes, file: str, limits: Limits = LIMITS) -> NormalForm:
    """The normal form of a PDF.

    Raises CitypactError for what is damaged, encrypted, has too many pages, or letters that mean
    nothing. A scan gives a form without text.
    """
    pdfium = library("pypdfium2", "pypdfium2", file)
    raw = library("pypdfium2.raw", "pypdfium2", file)
    document = _opened(pdfium, data, file)
    try:
        if len(document) > limits.pages:
            raise CitypactError(
                "{file}: has {number} pages, more than {most}\n    -> save the pages that matter, "
                "or raise the limit",
                file=file,
                number=len(document),
                most=limits.pages,
            )
        pages = _pages(document, pdfium, raw, file, limits)
        title = document.get_metadata_value("Title") or ""
    except pdfium.PdfiumError as error:
        raise _damaged(file) from error
    finally:
        document.close()
    _part_margins(pages)
    for page in pages:
        tables, rest = ruled_tables(page.across, page.down, page.fragments)
        page.blocks = read_region([*tables, *rest], _starts_item)
    version = pdfium.version.PYPDFIUM_INFO
    return _form(pages, FormBuilder(file, data, f"{VERSION} pypdfium2 {version}"), title)


def _opened(pdfium: Any, data: bytes, file: str) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error) or "security" in str(error):
            raise CitypactError(
                "{file}: is encrypted\n    -> save it without a password", file=file
            ) from error
        raise _damaged(file) from error


def _damaged(file: str) -> CitypactError:
    return CitypactError(
        "{file}: is damaged, or not of the format that its name tells\n"
        "    -> get it again, or save it again in the program that it is from",
        file=file,
    )


def _pages(document: Any, pdfium: Any, raw: Any, file: str, limits: Limits) -> list[_Page]:
    """The words and drawn lines of all pages."""
    pages: list[_Page] = []
    letters = unknown = 0
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        text = page.get_textpage()
        letters += text.count_chars()
        limits.check_characters(letters, file)
        turned = _Turned(page)
        across, down = _rules(page, raw, turned)
        fragments, oblique, without_meaning = _fragments(text, raw, turned, down)
        unknown += without_meaning
        pages.append(_Page(number, turned.width, turned.height, fragments, across, down))
        if oblique:
            pages[-1].margins.append(TextLine((oblique,)))
        text.close()
        page.close()
    if unknown > _UNKNOWN_SHARE * max(letters, 1):
        raise CitypactError(
            "{file}: its fonts do not tell which letters they show\n    -> save it again in the "
            "program that it is from, or use text recognition",
            file=file,
        )
    return pages


class _Turned:
    """Turns places on a page as the page is turned when it is shown."""

    def __init__(self, page: Any) -> None:
        self.quarters = page.get_rotation() // 90
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.width, self.height = self.right - self.left, self.top - self.bottom
        if self.quarters % 2:
            self.width, self.height = self.height, self.width

    def box(self, left: float, bottom: float, right: float, top: float) -> PageBox:
        """A box as it is shown, with the origin at the lower left."""
        left, right = left - self.left, right - self.left
        bottom, top = bottom - self.bottom, top - self.bottom
        if self.quarters == 1:
            left, bottom, right, top = bottom, self.height - right, top, self.height - left
        elif self.quarters == 2:
            left, right = self.width - right, self.width - left
            bottom, top = self.height - top, self.height - bottom
        elif self.quarters == 3:
            left, bottom, right, top = self.width - top, left, self.width - bottom, right
        return PageBox(left, bottom, right, top)


def _rules(page: Any, raw: Any, turned: _Turned) -> tuple[list[DrawnLine], list[DrawnLine]]:
    """The horizontal and vertical lines that are drawn on a page, also those of frames."""
    across: list[DrawnLine] = []
    down: list[DrawnLine] = []

    def add(box: PageBox) -> None:
        if box.top - box.bottom <= 2.5 and box.right - box.left >= 5:
            across.append(DrawnLine(box.middle, box.left, box.right))
        elif box.right - box.left <= 2.5 and box.top - box.bottom >= 4:
            down.append(DrawnLine((box.left + box.right) / 2, box.bottom, box.top))

    paths = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)
    for count, path in enumerate(paths):
        if count > _MOST_PATHS:
            return [], []
        box = turned.box(*path.get_bounds())
        if min(box.right - box.left, box.top - box.bottom) <= 2.5:
            add(box)
        elif _is_stroked(path, raw):
            for line in _strokes(path, raw):
                add(turned.box(*line))
    return across, down


def _is_stroked(path: Any, raw: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path.raw, fill, stroke)
    return bool(stroke.value)


def _strokes(path: Any, raw: Any) -> Iterator[tuple[float, float, float, float]]:
    """The straight lines of a path, as boxes."""
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    last = start = (0.0, 0.0)
    for place in range(min(raw.FPDFPath_CountSegments(path.raw), 2000)):
        segment = raw.FPDFPath_GetPathSegment(path.raw, place)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield _box_of(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield _box_of(point, start)
            last = start


def _box_of(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float, float, float]:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _fragments(
    text: Any, raw: Any, turned: _Turned, down: Sequence[DrawnLine]
) -> tuple[list[Fragment], Fragment | None, int]:
    """Characters that follow each other on a line, and how many have no meaning.

    Between them oblique characters, as those of a watermark, all in one.
    """
    fragments: list[Fragment] = []
    words: list[str] = []
    boxes: list[PageBox] = []
    spaces: list[float] = []
    oblique: list[tuple[str, PageBox]] = []
    unknown = 0
    gap = ""  # what the file, or pdfium, has between the last character and the next
    rectangle = raw.FS_RECTF()

    def close() -> None:
        if words:
            size = median(box.top - box.bottom for box in boxes)
            spaced, gaps = gap == "space", tuple(spaces)
            fragments.append(Fragment("".join(words), around(boxes), size, spaced, gaps))
            words.clear()
            boxes.clear()
            spaces.clear()

    handle = text.raw
    for place in range(text.count_chars()):
        sign = chr(min(raw.FPDFText_GetUnicode(handle, place), 0x10FFFF))
        if sign.isspace() and sign not in "\r\n":
            is_made_up = raw.FPDFText_IsGenerated(handle, place) == 1
            gap = "maybe" if is_made_up and gap != "space" else "space"
            continue
        if sign in "\r\n":
            close()
            gap = ""
            continue
        if sign in "\0\ufffd\ufffe\uffff" or "\ue000" <= sign <= "\uf8ff":
            unknown += 1
            if sign in "\0\ufffe\uffff":
                continue
        raw.FPDFText_GetLooseCharBox(handle, place, rectangle)
        box = turned.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        size = box.top - box.bottom
        if _OBLIQUE < math.degrees(raw.FPDFText_GetCharAngle(handle, place)) % 90 < 90 - _OBLIQUE:
            oblique.append((sign, box))
            continue
        if boxes:
            last = boxes[-1]
            room = box.left - last.right
            if (
                not _on_line(last, box)
                or room < -0.6 * size
                or room > (2.5 if gap == "space" else 1.5) * size
                or _is_between(down, last, box)
            ):
                close()
            elif gap == "space" or (gap and room > 0.08 * size):
                words.append(" ")
                spaces.append(room)
        gap = ""
        words.append(sign)
        boxes.append(box)
    close()
    watermark = None
    if oblique:
        box = around(box for _, box in oblique)
        watermark = Fragment("".join(sign for sign, _ in oblique), box, box.top - box.bottom)
    return fragments, watermark, unknown


def _on_line(last: PageBox, box: PageBox) -> bool:
    overlap = min(last.top, box.top) - max(last.bottom, box.bottom)
    return overlap > 0.4 * min(last.top - last.bottom, box.top - box.bottom)


def _is_between(down: Sequence[DrawnLine], last: PageBox, box: PageBox) -> bool:
    """Whether a drawn line stands between two characters."""
    return any(
        last.right - 1 <= rule.at <= box.left + 1 and rule.start <= box.middle <= rule.end
        for rule in down
    )


def _part_margins(pages: Sequence[_Page]) -> None:
    """Takes running heads and page numbers from the pages."""
    edges: list[tuple[_Page, TextLine, tuple[str, int]]] = []
    for page in pages:
        rows = rows_of(page.fragments)
        for row in {id(row): row for row in (*rows[:3], *rows[-3:])}.values():
            middle = row.box.middle
            if not _MARGIN * page.height < middle < (1 - _MARGIN) * page.height:
                same = re.sub(r"\d+", "#", row.words), round(middle / 6)
                edges.append((page, row, same))
    counts = Counter(same for _, _, same in edges)
    for page, row, same in edges:
        is_number = bool(_PAGE_NUMBER.match(row.words)) and any(c.isdigit() for c in row.words)
        if is_number or (counts[same] > 1 and counts[same] >= len(pages) / 3):
            page.margins.append(row)
            gone = set(map(id, row.fragments))
            page.fragments = [f for f in page.fragments if id(f) not in gone]


def _starts_item(words: str, before: Sequence[str], is_full: bool) -> bool:
    """Whether a line begins a list item, and is no part of the sentence before it.

    Example: `나. 관광` after `가. 교통`. Counter-examples, after a full line: `다. 두 도시는` after
    `체결했다고 밝혔`, `아)와` after `(시장 응우옌 반`, `△환경` after `분야는 △교통`.
    """
    mark = list_mark(words)[0]
    if not mark or not before:
        return bool(mark)
    text = "".join(before)
    if text.count("(") > text.count(")") and "(" not in mark:
        return False
    if not is_full or _SENTENCE_END.search(text):
        return True
    if (place := SYLLABLES.find(mark.strip("().")[:1])) >= 0:
        # `나.` goes on after `가.`; else it is the end of a word
        return place > 0 and list_mark(before[0])[0].strip("().") == SYLLABLES[place - 1]
    return mark[0].isalnum() or mark[0] not in text[1:]


def _form(pages: Sequence[_Page], builder: FormBuilder, title: str) -> NormalForm:
    """All blocks of all pages, then running heads and page numbers."""
    placed = _joined_over_pages(pages)
    texts = [
        [line.words for line in lines]
        for one in placed
        for lines in (one.block.cells if isinstance(one.block, RowBlock) else (one.block.lines,))
    ]
    joiner = LineJoiner(texts, splits_words=_splits_words(placed))
    writer = _BlockWriter(builder, pages, joiner, texts)
    headings = _headings(placed)
    for place, one in enumerate(placed):
        writer.add(one, headings.get(place, 0))
    for page in pages:
        if not page.fragments and not page.margins:
            builder.log("left out", f"page {page.number}")
        for line in page.margins:
            writer.line(line, page.number)
            builder.end(mark=Mark.PAGE_NOISE)
    builder.reader += writer.joiner.asked
    title = clean(title).strip()
    return builder.form(Metadata(title="" if title.lower() in _NO_TITLES else title))


def _headings(placed: Sequence[_Placed]) -> dict[int, int]:
    """The blocks that stand like headings of a plain text, with their level."""
    lines: list[plain.PlainLine] = []
    for one in placed:
        block = one.block
        cells = (block.lines,) if isinstance(block, TextBlock) else block.cells
        parts = [line for cell in cells for line in cell]
        words = clean(" ".join(line.words for line in parts)).strip()
        lines.append(plain.PlainLine(((words, ""),), words, False))
    body = plain.first_sentence(lines)
    return {
        place: 1 if place == 0 else 2
        for place, one in enumerate(placed)
        if isinstance(one.block, TextBlock)
        and (place < body or not one.block.is_open)
        and plain.is_heading(lines, place, body)
    }


def _joined_over_pages(pages: Sequence[_Page]) -> list[_Placed]:
    """The blocks of all pages; a paragraph that goes on in the next column or page is one."""
    placed: list[_Placed] = []
    for page in pages:
        for block in page.blocks:
            last = placed[-1] if placed else None
            if (
                last is not None
                and isinstance(block, TextBlock)
                and isinstance(last.block, TextBlock)
                and _goes_on(last.block, block)
            ):
                lines = last.block.lines + block.lines
                placed[-1] = _Placed(
                    replace(
                        block,
                        lines=lines,
                        is_first=last.block.is_first,
                        rights=last.block.rights + block.rights,
                    ),
                    last.pages + (page.number,) * len(block.lines),
                )
                continue
            count = len(block.lines) if isinstance(block, TextBlock) else 1
            placed.append(_Placed(block, (page.number,) * count))
    return placed


def _goes_on(before: TextBlock, after: TextBlock) -> bool:
    """Whether a paragraph of a column goes on at the top of the next."""
    last, first = before.lines[-1], after.lines[0]
    return (
        before.is_open
        and after.is_first
        and first.box.middle > last.box.middle - 0.5 * last.size  # not below it in one column
        and len(before.lines) > 1
        and abs(last.size - first.size) < 0.06 * last.size
        and not _SENTENCE_END.search(last.words)
        and not _starts_item(first.words, [line.words for line in before.lines], True)
    )


class _BlockWriter:
    """Writes blocks into a form, with the joints of their lines."""

    def __init__(
        self,
        builder: FormBuilder,
        pages: Sequence[_Page],
        joiner: LineJoiner,
        texts: Sequence[Sequence[str]],
    ) -> None:
        self.joiner = joiner
        self._builder = builder
        self._counts = {page.number: 0 for page in pages}
        self._words = _whole_words(texts)
        ends = [line.is_spaced for page in pages for line in _inner_lines(page.blocks)]
        self._has_spaces = sum(ends) > 0.2 * len(ends)
        sizes: Counter[float] = Counter()
        for page in pages:
            for fragment in page.fragments:
                sizes[round(fragment.size * 2) / 2] += len(fragment.words)
        self._body = max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 0.0

    def add(self, placed: _Placed, heading: int) -> None:
        """Add a block; heading: its level if it stands like one, else 0."""
        block = placed.block
        if isinstance(block, RowBlock):
            for lines in block.cells:
                self._lines(lines, placed.pages * len(lines))
                self._builder.cell()
            self._builder.end(BlockKind.TABLE_ROW)
            return
        self._lines(block.lines, placed.pages)
        words = clean(" ".join(line.words for line in block.lines)).strip()
        number, level = list_mark(words)
        size = block.lines[0].size
        if size > 1.12 * self._body and len(words) <= _HEADING_LENGTH and not number:
            self._builder.end(BlockKind.HEADING, level=1 if size > 1.35 * self._body else 2)
        elif number:
            self._builder.end(BlockKind.LIST_ITEM, number=clean(number), level=level)
        elif heading:
            self._builder.end(BlockKind.HEADING, level=heading)
        else:
            self._builder.end()

    def line(self, line: TextLine, page: int, words: str | None = None) -> None:
        """Add a line to the open block."""
        self._counts[page] += 1
        box = tuple(round(value, 1) for value in line.box)
        path = f"line {self._counts[page]}"
        shown = line.words if words is None else words
        self._builder.run(shown, f"page {page}", path, (box[0], box[1], box[2], box[3]))

    def _lines(self, lines: Sequence[TextLine], pages: Sequence[int]) -> None:
        """Lines of one paragraph, joined with a space, without, or without their hyphen."""
        for place, line in enumerate(lines):
            words = line.words
            after = lines[place + 1] if place + 1 < len(lines) else None
            joint = ""
            if after is not None:
                words, joint = self._joint(line, after)
            self.line(line, pages[place], words)
            self._builder.joint(joint)

    def _joint(self, line: TextLine, after: TextLine) -> tuple[str, str]:
        """What remains of a line, and what stands between it and the next."""
        before, following = line.words, after.words
        if before[-1] in HYPHENS and before[:-1] and before[-2:-1].isalpha():
            first, second = _WORD.findall(before[:-1])[-1:], _WORD.findall(following)[:1]
            if first and second and following[0].isalpha():
                whole, parted = first[0] + second[0], f"{first[0]}-{second[0]}"
                is_kept = (
                    parted in self._words
                    or not following[0].islower()
                    or len(first[0]) == 1  # e-government
                    or (first[0] in self._words and second[0] in self._words)
                )
                if not is_kept or whole in self._words:
                    self._builder.log("joined", f"{first[0]}- {second[0]}")
                    return before[:-1], ""
                return before[:-1] + "-", ""
        if line.is_spaced:
            return before, " "
        if self._has_spaces and "가" <= before[-1] <= "힣" and "가" <= following[0] <= "힣":
            return before, ""
        return before, self.joiner.joint(before, following)


def _whole_words(texts: Sequence[Sequence[str]]) -> set[str]:
    """The words of lines, without those that may be parted by a hyphen at an end of a line."""
    words: set[str] = set()
    for lines in texts:
        is_parted = False
        for line in lines:
            found = _WORD.findall(line)
            is_next = line.endswith(tuple(HYPHENS))
            words.update(found[is_parted : len(found) - is_next])
            is_parted = is_next
    return words


def _splits_words(placed: Sequence[_Placed]) -> bool | None:
    """Whether lines of Korean end inside words; None where a document does not tell.

    A line that ends between words leaves room for a word that did not fit, though justified text
    spreads it over its spaces; a line that ends between any syllables leaves room for less than
    one.
    """
    blocks = [one.block for one in placed if isinstance(one.block, TextBlock)]
    lines = [
        (line, right)
        for block in blocks
        for (line, after), right in zip(pairwise(block.lines), block.rights, strict=False)
        if line.gaps and _HANGUL.match(line.words[-1]) and _HANGUL.match(after.words)
    ]
    if not lines:
        return None
    # last lines of paragraphs have spaces as they are
    gaps = sorted(gap / line.size for one in blocks for line in one.lines for gap in line.gaps)
    usual = gaps[len(gaps) // 10]
    rooms = [
        (right - line.box.right) / line.size
        + sum(max(gap / line.size - usual, 0.0) for gap in line.gaps)
        for line, right in lines
    ]
    narrow = sum(room < 1.2 for room in rooms)
    if len(rooms) == 1 and narrow:
        return None  # a line alone may be what its column is measured by
    return narrow >= 0.8 * len(rooms)


def _inner_lines(blocks: Sequence[TextBlock | RowBlock]) -> Iterator[TextLine]:
    """Lines after which their paragraph goes on."""
    for block in blocks:
        if isinstance(block, TextBlock):
            yield from (line for line, _ in pairwise(block.lines))


__all__ = ["VERSION", "read_pdf"]
