"""Reads Markdown (CommonMark with tables): headings, lists and tables as their signs say."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from citypact.sources.documents.building import FormBuilder, clean
from citypact.sources.documents.layout import DocumentTable, Paragraph, Run, add
from citypact.sources.documents.libraries import library
from citypact.sources.documents.limits import LIMITS, Limits
from citypact.sources.documents.list_marks import list_mark
from citypact.sources.documents.normal_form import BlockKind, Metadata, NormalForm
from citypact.sources.documents.plain import CAPTION, PlainLine, join_lines
from citypact.sources.reading.texts import decode_document
from citypact.sources.reading.written_dates import read_written_date

READER = "markdown 1"
"""Name and version of this reader; a change of the text that it gives changes the version."""
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|date|publisher|url|license)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"<br\s*/?>|(<[^<>]*>)", re.IGNORECASE)


def read_markdown(data: bytes, file: str, limits: Limits = LIMITS) -> NormalForm:
    """The normal form of a Markdown file; what stands in front of it (`---`) tells of the file.

    Raises CitypactError where its encoding is not sure, and beyond the limit of characters.
    """
    parser = library("markdown_it", "markdown-it-py", file).MarkdownIt("commonmark").enable("table")
    text = decode_document(data, file).text
    limits.check_characters(len(text), file)
    front = _FRONT.match(text)
    said = dict(_FIELD.findall(front[1])) if front else {}
    skipped = text[: front.end()].count("\n") if front else 0
    builder = FormBuilder(file, data, f"{READER} markdown-it-py {version('markdown-it-py')}")
    walk = _TokenWalk(skipped)
    for token in parser.parse(text[front.end() :] if front else text):
        walk.token(token)
    add(builder, walk.items, "text")
    try:
        published = read_written_date(said.get("date", "").strip("'\"")).edtf
    except ValueError:
        published = ""
    return builder.form(
        Metadata(
            address=said.get("url", "").strip("'\""),
            title=said.get("title", "").strip("'\""),
            publisher=said.get("publisher", "").strip("'\""),
            published=published,
            licence=said.get("license", "").strip("'\""),
        )
    )


class _TokenWalk:
    """Makes paragraphs and tables of the tokens of markdown-it."""

    def __init__(self, skipped: int) -> None:
        self.items: list[Paragraph | DocumentTable] = []
        self._skipped = skipped
        self._lists: list[int | None] = []  # the next number of each list that is open
        self._number: str | None = None
        self._heading = 0
        self._rows: list[tuple[tuple[Paragraph | DocumentTable, ...], ...]] = []
        self._cells: list[tuple[Paragraph | DocumentTable, ...]] | None = None

    def token(self, token: Any) -> None:
        """Take one token; blocks come as opening, contents and closing."""
        kind = token.type
        if kind == "ordered_list_open":
            self._lists.append(int(token.attrs.get("start", 1)))
        elif kind == "bullet_list_open":
            self._lists.append(None)
        elif kind in ("ordered_list_close", "bullet_list_close"):
            self._lists.pop()
        elif kind == "list_item_open":
            self._item(token)
        elif kind == "heading_open":
            self._heading = int(token.tag[1])
        elif kind == "heading_close":
            self._heading = 0
        elif kind == "tr_open":
            self._cells = []
        elif kind == "tr_close":
            self._rows.append(tuple(self._cells or ()))
            self._cells = None
        elif kind == "table_close":
            self.items.append(DocumentTable(tuple(self._rows)))
            self._rows = []
        elif kind == "inline":
            self._inline(token)
        elif kind in ("fence", "code_block", "html_block"):
            self._lines(token, _TAG.sub(_without, token.content))

    def _item(self, token: Any) -> None:
        """The number of a list item; one of a list of signs has none in the text."""
        following = self._lists[-1]
        self._number = ""
        if following is not None:
            self._number = f"{following}{token.markup}"
            self._lists[-1] = following + 1

    def _inline(self, token: Any) -> None:
        content = "".join(_shown(child) for child in token.children or ())
        if self._cells is not None:
            runs = (Run(content, self._path(token, 0)),)
            self._cells.append((Paragraph(runs),) if content.strip() else ())
            return
        self._lines(token, content)

    def _lines(self, token: Any, content: str) -> None:
        lines = [
            PlainLine(((line, self._path(token, i)),), line.strip(), False)
            for i, line in enumerate(content.split("\n"))
            if clean(line).strip()
        ]
        # Lines are one paragraph, unless they are items with signs of their own.
        groups = [lines] if not any(list_mark(line.text)[0] for line in lines[1:]) else []
        joined = _as_one(groups[0]) if groups and lines else join_lines(lines)[0]
        for line in joined:
            self.items.append(self._paragraph(line))

    def _paragraph(self, line: PlainLine) -> Paragraph:
        runs = tuple(Run(*piece) for piece in line.pieces)
        if self._heading:
            return Paragraph(runs, BlockKind.HEADING, level=self._heading)
        if self._lists and self._number is not None:
            number, self._number = self._number, None
            return Paragraph(runs, BlockKind.LIST_ITEM, number, len(self._lists))
        kind = BlockKind.CAPTION if CAPTION.match(line.text) else BlockKind.PARAGRAPH
        return Paragraph(runs, kind)

    def _path(self, token: Any, line: int) -> str:
        return f"line {(token.map[0] if token.map else 0) + line + self._skipped + 1}"


def _as_one(lines: list[PlainLine]) -> list[PlainLine]:
    """Lines of a paragraph as one; a soft line end in Markdown is a space."""
    pieces = [piece for line in lines for piece in line.pieces]
    spaced = [(words + " ", path) for words, path in pieces[:-1]] + pieces[-1:]
    return [replace(lines[0], pieces=tuple(spaced), text=" ".join(line.text for line in lines))]


def _shown(token: Any) -> str:
    """What is shown of a piece of a line."""
    if token.type in ("text", "code_inline"):
        return str(token.content)
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "image":
        return ""
    if token.type == "html_inline":
        return _TAG.sub(_without, token.content)
    return ""


def _without(match: re.Match[str]) -> str:
    """A tag as text: the end of a line or nothing."""
    return "" if match[1] else "\n"
