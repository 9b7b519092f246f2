"""Reads HWPX: OWPML (KS X 6101), XML in a zip archive, by its text in the order of the file.

A reader of our own, since libraries lose what follows a footnote, a tab or a tracked change.
Elements are known by their local names: the standard of 2024 has other namespaces than Hancom's
files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from citypact.ontology.errors import CitypactError
from citypact.sources.documents import numerals
from citypact.sources.documents.archives import Archive
from citypact.sources.documents.building import FormBuilder
from citypact.sources.documents.layout import (
    Cell,
    DocumentTable,
    Paragraph,
    Run,
    add,
    is_like_heading,
    split,
    with_headings,
)
from citypact.sources.documents.limits import LIMITS, Limits
from citypact.sources.documents.normal_form import BlockKind, Mark, Metadata, NormalForm

READER = "hwpx 1"
"""Name and version of this reader; a change of the text that it gives changes the version."""

_SECTION = re.compile(r"(?:^|/)section(\d+)\.xml$", re.IGNORECASE)
_LEVEL_NUMBER = re.compile(r"\^(\d{1,2}|[nN])")
_SPACES = {"tab": "\t", "lineBreak": "\n", "nbSpace": " ", "fwSpace": " ", "hyphen": "-"}
_NOTES = {"footNote": "footnote", "endNote": "endnote", "hiddenComment": "comment"}
_UNREAD = frozenset({"shapeComment", "parameters", "metaTag", "sz", "pos", "secPr", "linesegarray"})
"""What objects have beside their text; `shapeComment` is what Hancom writes of each picture."""

_WRITTEN: dict[str, Callable[[int], str]] = {
    "DIGIT": numerals.decimal,
    "CIRCLED_DIGIT": numerals.circled,
    "ROMAN_CAPITAL": numerals.roman,
    "ROMAN_SMALL": lambda number: numerals.roman(number).lower(),
    "LATIN_CAPITAL": numerals.letters,
    "LATIN_SMALL": lambda number: numerals.letters(number).lower(),
    "CIRCLED_LATIN_CAPITAL": numerals.circled_capitals,
    "CIRCLED_LATIN_SMALL": numerals.circled_letters,
    "HANGUL_SYLLABLE": numerals.syllables,
    "CIRCLED_HANGUL_SYLLABLE": numerals.circled_syllables,
    "HANGUL_JAMO": numerals.jamo,
    "CIRCLED_HANGUL_JAMO": numerals.circled_jamo,
    "HANGUL_PHONETIC": numerals.spoken,
    "IDEOGRAPH": numerals.hanja,
    "CIRCLED_IDEOGRAPH": numerals.circled_hanja,
}
"""How OWPML calls the ways of writing a number (NumberType1)."""


def read_hwpx(data: bytes, file: str, limits: Limits = LIMITS) -> NormalForm:
    """The normal form of an HWPX file.

    Tracked changes are read as accepted, and the log has what they delete. Headers and footers are
    page noise. Raises CitypactError for what is damaged, encrypted or beyond the limits.
    """
    archive = Archive(data, file, limits)
    if "META-INF/manifest.xml" in archive.names and any(
        _tag(element) == "encryption-data"
        for element in archive.xml("META-INF/manifest.xml").iter()
    ):
        raise CitypactError(
            "{file}: is encrypted or a distribution document (배포용 문서): its text is locked\n"
            "    -> ask for the file without protection, or save it as PDF where it can be opened",
            file=file,
        )
    package = _package(archive)
    sections = _sections(archive, package)
    if not sections:
        raise archive.damaged()
    builder = FormBuilder(file, data, READER)
    header = "Contents/header.xml"
    headings = _Headings(archive.xml(header)) if header in archive.names else None
    for name in sections:
        _Section(archive.xml(name), name, builder, headings).add()
    title = _first(package, "title") if package is not None else None
    words = "" if title is None else title.text or ""
    form = builder.form(Metadata(title=words.strip()))
    limits.check_characters(len(form.text), file)
    return form


def _package(archive: Archive) -> Element | None:
    """The list of parts; files of other programs may lack it."""
    name = "Contents/content.hpf"
    return archive.xml(name) if name in archive.names else None


def _sections(archive: Archive, package: Element | None) -> list[str]:
    """The sections in the order of the spine, else in that of their numbers."""
    found = {name: int(match[1]) for name in archive.names if (match := _SECTION.search(name))}
    numbered = sorted(found, key=lambda name: (found[name], name))
    if package is None:
        return numbered
    items = {item.get("id"): item.get("href", "") for item in _all(package, "item")}
    listed = [items.get(entry.get("idref"), "") for entry in _all(package, "itemref")]
    by_end = {name.rpartition("/")[2]: name for name in found}
    spine = [by_end[end] for href in listed if (end := href.rpartition("/")[2]) in by_end]
    return list(dict.fromkeys([*spine, *numbered]))


@dataclass(frozen=True, slots=True)
class _NumberLevel:
    """How paragraphs of a level are numbered: a text such as `제^1조`, and the first number."""

    text: str
    way: str
    start: int


class _Headings:
    """Numbers and signs that paragraphs get from their properties, counted in reading order."""

    def __init__(self, header: Element) -> None:
        self._kinds: dict[str, tuple[str, str, int]] = {}
        for properties in _all(header, "paraPr"):
            if (heading := _first(properties, "heading")) is not None:
                kind = heading.get("type", "NONE")
                level = _number(heading.get("level"), 0)
                self._kinds[properties.get("id", "")] = kind, heading.get("idRef", ""), level
        self._levels = {
            numbering.get("id", ""): {
                _number(head.get("level"), 1): _NumberLevel(
                    "".join(head.itertext()).strip(),
                    head.get("numFormat", "DIGIT"),
                    _number(head.get("start"), 1),
                )
                for head in _all(numbering, "paraHead")
            }
            for numbering in _all(header, "numbering")
        }
        self._signs = {
            bullet.get("id", ""): bullet.get("char", "") for bullet in _all(header, "bullet")
        }
        self._counts: dict[str, dict[int, int]] = {}

    def of(self, properties: str, outline: str) -> tuple[str, str, int]:
        """Kind (OUTLINE, NUMBER, BULLET or NONE), number and level (from 1) of the next paragraph.

        properties: its paraPr. outline: the numbering of the section's outline.
        """
        kind, reference, depth = self._kinds.get(properties, ("NONE", "", 0))
        if kind == "BULLET":
            return kind, self._signs.get(reference, ""), depth + 1
        if kind not in ("OUTLINE", "NUMBER"):
            return "NONE", "", 0
        numbering = reference if reference in self._levels else outline
        levels, level = self._levels.get(numbering, {}), depth + 1
        counts = self._counts.setdefault(f"{kind} {numbering}", {})
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        start = levels[level].start if level in levels else 1
        counts[level] = counts[level] + 1 if level in counts else start
        return kind, self._written(levels, counts, level), level

    def _written(self, levels: dict[int, _NumberLevel], counts: dict[int, int], level: int) -> str:
        if level not in levels:
            return ""

        def one(at: int) -> str:
            form = levels.get(at, levels[level])
            write = _WRITTEN.get(form.way, numerals.decimal)
            return write(counts.get(at, form.start))

        def filled(match: re.Match[str]) -> str:
            if match[1].isdigit():
                return one(int(match[1]))
            path = ".".join(one(at) for at in range(1, level + 1))
            return path + ("." if match[1] == "N" else "")

        return _LEVEL_NUMBER.sub(filled, levels[level].text)


@dataclass
class _OpenParagraph:
    """What has been read of a paragraph: its runs, the notes in it, the objects around it."""

    runs: list[Run] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    before: list[Paragraph | DocumentTable] = field(default_factory=list)
    after: list[Paragraph | DocumentTable] = field(default_factory=list)
    number: str = ""
    joins_next: bool = False  # the mark between it and the next paragraph is deleted


class _Section:
    """Reads one section into the blocks of a form."""

    def __init__(
        self, root: Element, part: str, builder: FormBuilder, headings: _Headings | None
    ) -> None:
        self._root, self._part, self._builder, self._headings = root, part, builder, headings
        outline = next((e.get("outlineShapeIDRef") for e in _all(root, "secPr")), None)
        self._outline = outline or "1"
        self._ended = {_change(element) for element in _all(root, "deleteEnd")}
        self._deleting: set[str] = set()
        self._deleted: list[str] = []
        self._margins: list[Paragraph] = []
        self._memos: set[str] = set()

    def add(self) -> None:
        """Add all paragraphs, then headers and footers, then memos that no paragraph has."""
        add(self._builder, with_headings(self._paragraphs(self._root, "")), self._part)
        self._end_deletion()
        add(self._builder, self._margins, self._part)
        for group in _all(self._root, "memogroup"):
            for number, memo in enumerate(_all(group, "memo"), 1):
                if _words(memo) not in self._memos:
                    add(self._builder, self._noted(memo, f"memo {number}, "), self._part)

    def _paragraphs(self, parent: Element, at: str) -> Iterator[Paragraph | DocumentTable]:
        """The paragraphs of an element, with what is anchored in them, in reading order."""
        begun = _OpenParagraph()
        number = 0
        for element in parent:
            if _tag(element) != "p":
                continue
            number += 1
            path = f"{at}paragraph {number}"
            begun.joins_next = False
            for place, run in _each(element, "run"):
                self._read_run(run, f"{path}, run {place}", begun)
            self._deleting &= self._ended  # a deletion without an end holds to the paragraph's
            if not self._deleting:
                self._end_deletion()
            if begun.joins_next:
                continue
            yield from self._closed(begun, element)
            begun = _OpenParagraph()
        if begun.runs or begun.notes or begun.before or begun.after:
            yield from self._closed(begun, None)

    def _closed(
        self, begun: _OpenParagraph, element: Element | None
    ) -> Iterator[Paragraph | DocumentTable]:
        yield from begun.before
        paragraph = Paragraph(tuple(begun.runs), number=begun.number, notes=tuple(begun.notes))
        if self._headings is not None and element is not None and paragraph.is_seen:
            kind, number, level = self._headings.of(element.get("paraPrIDRef", ""), self._outline)
            if kind != "NONE" and (number or kind == "OUTLINE"):
                words = "".join(run.words for run in begun.runs)
                is_heading = kind == "OUTLINE" and is_like_heading(words)
                paragraph = replace(
                    paragraph,
                    kind=BlockKind.HEADING if is_heading else BlockKind.LIST_ITEM,
                    number=number,
                    level=level,
                )
        yield from split(paragraph)
        yield from begun.after

    def _read_run(self, run: Element, path: str, begun: _OpenParagraph) -> None:
        for element in run:
            tag = _tag(element)
            if tag == "t":
                self._read_text(element, path, begun)
            elif tag == "ctrl":
                self._read_control(element, path, begun)
            elif tag == "compose":
                self._write(element.get("composeText", ""), path, begun)
            elif tag == "dutmal":
                for main in _all(element, "mainText"):
                    self._write("".join(main.itertext()), path, begun)
            elif tag == "equation":
                for script in _all(element, "script"):
                    self._builder.log("left out", "".join(script.itertext()))
            elif tag not in _UNREAD:
                objects = list(self._objects(element, f"{path}, "))  # of a deleted one, the log
                (begun.after if begun.runs else begun.before).extend(objects)

    def _read_text(self, text: Element, path: str, begun: _OpenParagraph) -> None:
        """The mixed content of `t`: characters, and elements whose tail goes on with them."""
        self._write(text.text or "", path, begun)
        for element in text:
            tag = _tag(element)
            if tag == "deleteBegin":
                self._deleting.add(_change(element))
            elif tag == "deleteEnd":
                self._deleting.discard(_change(element))
                if not self._deleting:
                    self._end_deletion()
                begun.joins_next = element.get("paraend", "0") in ("1", "true")
            else:
                self._write(_SPACES.get(tag) or "".join(element.itertext()), path, begun)
            self._write(element.tail or "", path, begun)

    def _read_control(self, control: Element, path: str, begun: _OpenParagraph) -> None:
        """Notes, memos and automatic numbers; headers and footers are kept for the end."""
        for element in control:
            tag = _tag(element)
            if tag in _NOTES or (tag == "fieldBegin" and element.get("type") == "MEMO"):
                if tag == "fieldBegin":
                    self._memos.add(_words(element))
                notes = self._noted(element, f"{path}, {_NOTES.get(tag, 'memo')}, ")
                if not self._deleting:
                    begun.notes.extend(notes)
                elif words := " ".join(run.words for note in notes for run in note.runs):
                    self._deleted.append(words)
            elif tag in ("header", "footer"):
                for note in self._noted(element, f"{path}, {tag}, "):
                    mark = Mark.PAGE_NOISE
                    self._margins.append(replace(note, kind=BlockKind.PARAGRAPH, mark=mark))
            elif tag == "autoNum" and element.get("numType") in ("FOOTNOTE", "ENDNOTE"):
                begun.number = _auto_number(element)
            elif tag == "autoNum" and element.get("numType") != "PAGE":
                self._write(_auto_number(element), path, begun)

    def _noted(self, element: Element, at: str) -> list[Paragraph]:
        """The paragraphs of a note, also those of tables in it."""
        deleting, self._deleting = self._deleting, set()
        notes = [
            replace(item, kind=BlockKind.FOOTNOTE)
            for parent in element
            if _tag(parent) in ("subList", "paraList")
            for item in _flat(self._paragraphs(parent, at))
            if item.is_seen
        ]
        self._deleting = deleting
        return notes

    def _objects(self, element: Element, at: str) -> Iterator[Paragraph | DocumentTable]:
        """What an object in a paragraph holds: a table, the text of a box, a caption."""
        if _tag(element) == "tbl":
            rows = tuple(
                tuple(self._cell(cell, f"{at}row {r}, cell {c}, ") for c, cell in _each(row, "tc"))
                for r, row in _each(element, "tr")
            )
            yield DocumentTable(rows)
        is_case_read = False
        for child in element:
            tag = _tag(child)
            if tag == "subList":
                yield from self._paragraphs(child, at)
            elif tag == "caption":
                for item in self._objects(child, f"{at}caption, "):
                    if isinstance(item, Paragraph):
                        item = replace(item, kind=BlockKind.CAPTION)
                    yield item
            elif tag not in _UNREAD and tag != "tr" and not (tag == "default" and is_case_read):
                items = list(self._objects(child, at))
                is_case_read = is_case_read or (tag == "case" and bool(items))
                yield from items

    def _cell(self, cell: Element, at: str) -> Cell:
        return tuple(
            item
            for child in cell
            if _tag(child) == "subList"
            for item in self._paragraphs(child, at)
        )

    def _write(self, words: str, path: str, begun: _OpenParagraph) -> None:
        """Words that are shown; deleted ones are for the log."""
        if self._deleting:
            self._deleted.append(words)
        elif words and begun.runs and begun.runs[-1].path == path:
            begun.runs[-1] = Run(begun.runs[-1].words + words, path)
        elif words:
            begun.runs.append(Run(words, path))

    def _end_deletion(self) -> None:
        if words := "".join(self._deleted).strip():
            self._builder.log("deleted", words)
        self._deleted = []


def _flat(items: Iterable[Paragraph | DocumentTable]) -> Iterator[Paragraph]:
    """The paragraphs, also those in cells of tables."""
    for item in items:
        if isinstance(item, Paragraph):
            yield item
        else:
            for row in item.rows:
                for cell in row:
                    yield from _flat(cell)


def _auto_number(element: Element) -> str:
    """A number that Hancom computed when it saved, such as that of a footnote or a table."""
    form = _first(element, "autoNumFormat")
    number = _number(element.get("num"), 0)
    if form is None or not number:
        return str(number or "")
    write = _WRITTEN.get(form.get("type", ""), numerals.decimal)
    return f"{form.get('prefixChar', '')}{write(number)}{form.get('suffixChar', '')}"


def _tag(element: Element) -> str:
    """The local name of an element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: Element, tag: str) -> Iterator[Element]:
    """All elements of a name within another."""
    return (inner for inner in element.iter() if _tag(inner) == tag)


def _each(element: Element, tag: str) -> Iterator[tuple[int, Element]]:
    """The children of a name, counted from 1."""
    return enumerate((child for child in element if _tag(child) == tag), 1)


def _first(element: Element, tag: str) -> Element | None:
    return next(_all(element, tag), None)


def _words(element: Element) -> str:
    """All words within an element, apart from the parameters of fields."""
    texts = ("".join(text.itertext()) for text in _all(element, "t"))
    return " ".join(" ".join(texts).split())


def _number(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else default


def _change(element: Element) -> str:
    """The tracked change that an element begins or ends."""
    return element.get("TcId") or element.get("tcId") or element.get("Id") or ""


__all__ = ["READER", "read_hwpx"]
