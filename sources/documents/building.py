"""Builds a normal form run by run, so that every reader counts characters in the same way.

A run is cleaned as it is added: composed (NFC, since macOS writes syllables in parts), each kind of
space as one space, signs that nobody sees removed. So the text has no tabs, and line ends only
between blocks.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field, replace

from citypact.sources.documents.finishing import finish
from citypact.sources.documents.normal_form import (
    BLOCK_SEPARATOR,
    CELL_SEPARATOR,
    Block,
    BlockKind,
    LogEntry,
    Mark,
    Metadata,
    NormalForm,
    Origin,
)
from citypact.sources.model import Span

_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u3164\uffa0]+")
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]"
)
_HANGUL = re.compile("[가-힣]")
_LATIN = re.compile("[A-Za-zÀ-ɏ]")
_OTHER = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f]")
_KOREAN_SHARE = 0.2
"""A Korean sentence may have four Latin letters (names, abbreviations) to a syllable."""


def clean(text: str) -> str:
    """A text composed, with single spaces and without signs that nobody sees; not stripped."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _UNSEEN.sub("", text)))


def language_of(text: str) -> str:
    """`ko` or `en`, '' where neither is plain: numbers alone, or another script."""
    hangul = len(_HANGUL.findall(text))
    latin, other = len(_LATIN.findall(text)), len(_OTHER.findall(text))
    if other > hangul + latin:
        return ""
    if hangul and hangul >= _KOREAN_SHARE * (hangul + latin):
        return "ko"
    return "en" if latin > 1 else ""


def text_digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, as `text_sha256` of a normal form and records have it."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class FormBuilder:
    """A normal form in the making: runs make a block, `end` closes it, `form` closes all.

    >>> builder = FormBuilder("release.txt", b"", "plain 1")
    >>> _ = builder.run("Seoul signs ", "text", "line 1")
    >>> _ = builder.end(BlockKind.HEADING, level=1)
    >>> builder.form().text
    'Seoul signs'
    """

    file: str
    data: bytes
    reader: str
    _texts: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _origins: list[Origin] = field(default_factory=list)
    _log: list[LogEntry] = field(default_factory=list)
    _start: int = 0
    _open: str = ""
    _cells: list[Span] = field(default_factory=list)

    def run(
        self,
        text: str,
        part: str,
        path: str,
        box: tuple[float, float, float, float] | None = None,
    ) -> Span:
        """Add characters of one place of the file to the open block; the span they get.

        Spaces at the start of a block or cell, and after another space, are left out.
        """
        text = clean(text)
        if not self._open or self._open.endswith(" "):
            text = text.lstrip(" ")
        start = self._start + len(self._open)
        self._open += text
        span = (start, start + len(text))
        if text:
            self._origins.append(Origin(span, part, path, box))
        return span

    def joint(self, text: str) -> None:
        """Add what the file doesn't have, such as the space where two lines are joined."""
        if self._open and not self._open.endswith(" "):
            self._open += text

    def cell(self) -> None:
        """Close a cell of a row, also the last one; `end` closes the row."""
        start = self._cells[-1][1] + len(CELL_SEPARATOR) if self._cells else self._start
        self._strip(start)
        self._cells.append((start, self._start + len(self._open)))
        self._open += CELL_SEPARATOR

    def _strip(self, start: int) -> None:
        """Take the spaces from the end of the open text, not before a place."""
        kept = max(len(self._open.rstrip(" ")), start - self._start)
        self._open = self._open[:kept]
        end = self._start + kept
        while self._origins and self._origins[-1].span[1] > end:
            last = self._origins.pop()
            if last.span[0] < end:
                self._origins.append(replace(last, span=(last.span[0], end)))

    def end(
        self,
        kind: BlockKind = BlockKind.PARAGRAPH,
        *,
        number: str = "",
        level: int = 0,
        mark: Mark | None = None,
    ) -> Block | None:
        """Close the open block; None if nothing stands in it."""
        start, cells = self._start, tuple(self._cells)
        if cells:
            self._open = self._open[: cells[-1][1] - start]
        else:
            self._strip(start)
        text, self._open, self._cells = self._open, "", []
        if not text.replace(CELL_SEPARATOR, "").strip(" /"):
            while self._origins and self._origins[-1].span[0] >= start:
                self._origins.pop()
            return None
        span = (start, start + len(text))
        block = Block(span, kind, number, language_of(text), cells, mark, level)
        self._blocks.append(block)
        self._texts.append(text)
        self._start = span[1] + len(BLOCK_SEPARATOR)
        return block

    def log(self, action: str, words: str, span: Span | None = None) -> None:
        """Note something that a person should see."""
        self._log.append(LogEntry(action, words, span))

    def form(self, metadata: Metadata | None = None) -> NormalForm:
        """The normal form of all blocks so far, with what is no evidence marked."""
        self.end()
        text = BLOCK_SEPARATOR.join(self._texts)
        return finish(
            NormalForm(
                self.file,
                text,
                tuple(self._blocks),
                hashlib.sha256(self.data).hexdigest(),
                text_digest(text),
                self.reader,
                metadata or Metadata(),
                tuple(self._origins),
                tuple(self._log),
            )
        )
