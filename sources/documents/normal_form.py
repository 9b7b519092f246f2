"""The normal form of a document: one text of blocks, and where each part of it stands in the file.

Every format is read into it. The spans of a record count its characters (Unicode code points).
Nothing of the document is cut from the text: what is no evidence is marked, and the log says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from citypact.sources.model import Span


class BlockKind(StrEnum):
    """What a block is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"  # its cells are joined by CELL_SEPARATOR
    FOOTNOTE = "footnote"
    CAPTION = "caption"


class Mark(StrEnum):
    """Why a block is no evidence, or is evidence already given."""

    BOILERPLATE = "boilerplate"  # copyright lines, menus, bylines, lists of other news
    EMBARGO = "embargo"
    PAGE_NOISE = "page-noise"  # running heads, page numbers
    REPEATED = "repeated"  # the words of an earlier block again


CELL_SEPARATOR = " / "
"""What stands between two cells of a row in the text."""
BLOCK_SEPARATOR = "\n"
"""What stands between two blocks in the text."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a run of the text stands in the file.

    span: the run in the text. part: the part of the file, such as `Contents/section0.xml`, `body`
    or `page 3`. path: the element, paragraph and run within it, as the reader counts them (from 1).
    box: on a page left, bottom, right and top in points; None where the format has no pages.
    """

    span: Span
    part: str
    path: str
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item or row of a table.

    span: its characters in the text. number: the number or sign that the file gives it, as `제1조`
    or `①`; it stands in the text too. language: `ko` or `en`, '' where neither is plain.
    cells: the spans of the cells of a row. mark: None for evidence. level: depth of a heading or
    of a list item, from 1.
    """

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    number: str = ""
    language: str = ""
    cells: tuple[Span, ...] = ()
    mark: Mark | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What a reader did that a person should see: text deleted in the file, marked, or joined.

    span: where in the text; None for what is not in it. action: such as `deleted`, `marked`.
    words: the words in question, as they stand in the file.
    """

    action: str
    words: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about itself; '' where it doesn't.

    published: EDTF. licence: the name or the address of the terms of use.
    """

    address: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class NormalForm:
    """A document as text, with its blocks in order and the way back to the file.

    file: its name. sha256: of the bytes of the file. text_sha256: of the text in UTF-8. reader:
    name and version of what read it, as `html resiliparse 2.0.1`: another version may give another
    text.
    """

    file: str
    text: str
    blocks: tuple[Block, ...]
    sha256: str
    text_sha256: str
    reader: str
    metadata: Metadata = field(default_factory=Metadata)
    origins: tuple[Origin, ...] = ()
    log: tuple[LogEntry, ...] = ()

    def words(self, span: Span) -> str:
        """The characters of a span."""
        return self.text[slice(*span)]

    @property
    def evidence(self) -> tuple[Block, ...]:
        """The blocks that are evidence: those without a mark."""
        return tuple(block for block in self.blocks if block.mark is None)
