"""Reads DOCX: WordprocessingML (ISO/IEC 29500-1), XML in a zip archive, in the order of the body.

Libraries drop list numbers, text boxes and tracked changes, so the elements are read here; they are
known by their local names, since strict files have other namespaces.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from citypact.sources.documents import numerals
from citypact.sources.documents.archives import Archive
from citypact.sources.documents.building import FormBuilder, clean
from citypact.sources.documents.layout import (
    Cell,
    DocumentTable,
    Paragraph,
    Row,
    Run,
    add,
    split,
    with_headings,
)
from citypact.sources.documents.limits import LIMITS, Limits
from citypact.sources.documents.list_marks import list_mark
from citypact.sources.documents.normal_form import BlockKind, Mark, Metadata, NormalForm
from citypact.sources.documents.plain import CAPTION, SENTENCE_END

READER = "docx 1"
"""Name and version of this reader; a change of the text that it gives changes the version."""
_DOCUMENT = "word/document.xml"
_HEADING_LENGTH = 120
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_UNREAD = frozenset(
    {"pPr", "rPr", "instrText", "delInstrText", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "rt"}
)
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_BULLETS = {"o": "○", "§": "▪", "Ø": "➢", "ü": "✓", "v": "❖", "q": "□", "n": "■", "l": "●"}
"""Letters that Wingdings and Courier show as signs of lists."""
_WRITTEN: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": numerals.roman,
    "lowerRoman": lambda number: numerals.roman(number).lower(),
    "upperLetter": numerals.letters,
    "lowerLetter": lambda number: numerals.letters(number).lower(),
    "decimalEnclosedCircle": numerals.circled,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "ganada": numerals.syllables,
    "chosung": numerals.jamo,
    "koreanDigital": numerals.spoken,
    "koreanCounting": numerals.spoken,
    "koreanDigital2": numerals.hanja,
    "ideographDigital": numerals.hanja,
    "japaneseCounting": numerals.hanja,
    "none": lambda number: "",
}
"""How numFmt (ST_NumberFormat) writes a number; others are decimal."""


def read_docx(data: bytes, file: str, limits: Limits = LIMITS) -> NormalForm:
    """The normal form of a DOCX file.

    Tracked changes are read as accepted, and the log has what they delete, with comments and
    hidden text. Headers and footers are page noise. Raises CitypactError for what is damaged,
    encrypted or beyond the limits.
    """
    archive = Archive(data, file, limits)
    body = _first(archive.xml(_DOCUMENT), "body")
    if body is None:
        raise archive.damaged()
    builder = FormBuilder(file, data, READER)
    reader = _DocxParts(archive, builder)
    add(builder, with_headings(reader.blocks(body, "")), "body")
    reader.end_deletion()
    for part in reader.margins():
        blocks = reader.blocks(archive.xml(part), "")
        noise = [replace(each, mark=Mark.PAGE_NOISE) for each in _flat(blocks)]
        add(builder, noise, part)
    for comment in _all(reader.part("comments"), "comment"):
        builder.log("comment", _words(comment))
    core = archive.xml("docProps/core.xml") if "docProps/core.xml" in archive.names else None
    title = _first(core, "title") if core is not None else None
    text = clean("".join(title.itertext())).strip() if title is not None else ""
    form = builder.form(Metadata(title=text))
    limits.check_characters(len(form.text), file)
    return form


def _flat(items: Iterable[Paragraph | DocumentTable]) -> Iterator[Paragraph]:
    """All paragraphs, those in tables too."""
    for item in items:
        if isinstance(item, Paragraph):
            yield item
        else:
            yield from _flat(inner for row in item.rows for cell in row for inner in cell)


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says, itself or by the one that it is based on."""

    name: str
    based_on: str
    numbering: str
    level: int | None
    outline: int | None


@dataclass
class _Open:
    """What has been read of a paragraph."""

    runs: list[Run] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    after: list[Paragraph | DocumentTable] = field(default_factory=list)
    is_bold: bool = True


class _DocxParts:
    """Reads the parts of one file."""

    def __init__(self, archive: Archive, builder: FormBuilder) -> None:
        self._archive, self._builder = archive, builder
        self._styles = _styles(self.part("styles"))
        self._numbers = _Numbers(self.part("numbering"))
        self._notes = {
            kind: {_get(note, "id"): note for note in _all(self.part(kind), kind[:-1])}
            for kind in _NOTES.values()
        }
        self._deleted: list[str] = []

    def part(self, name: str) -> Element:
        """A part of the file; an empty element if it has none."""
        path = f"word/{name}.xml"
        return self._archive.xml(path) if path in self._archive.names else Element("none")

    def margins(self) -> list[str]:
        """The parts with headers and footers, in the order of their names."""
        found = [name for name in self._archive.names if re.match(r"word/(header|footer)\d", name)]
        return sorted(found, key=posixpath.basename)

    def end_deletion(self) -> None:
        """Log what was deleted since the last time."""
        if words := "".join(self._deleted).strip():
            self._builder.log("deleted", words)
        self._deleted.clear()

    def blocks(self, parent: Element, at: str) -> Iterator[Paragraph | DocumentTable]:
        """The paragraphs and tables in an element, in order."""
        begun = _Open()
        for place, element in _numbered(parent):
            path = f"{at}{place}"
            if _tag(element) == "tbl":
                yield self._table(element, path)
            elif _tag(element) == "p":
                self._runs(element, path, begun)
                if self._is_joined(element):
                    continue  # its mark is deleted: the next paragraph goes on in it
                self.end_deletion()
                yield from self._paragraph(begun, element)
                begun = _Open()
        if begun.runs or begun.after:
            yield from self._paragraph(begun, Element("none"))

    def _is_joined(self, paragraph: Element) -> bool:
        properties = _child(_child(paragraph, "pPr"), "rPr")
        return any(_tag(each) in ("del", "moveFrom") for each in properties)

    def _paragraph(self, begun: _Open, element: Element) -> Iterator[Paragraph | DocumentTable]:
        properties = _child(element, "pPr")
        style = _get(_child(properties, "pStyle"), "val")
        names, outline, numbering, level = self._inherited(style)
        outline = _integer(_get(_child(properties, "outlineLvl"), "val"), outline)
        direct = _child(properties, "numPr")
        if len(direct):
            numbering = _get(_child(direct, "numId"), "val") or numbering
            level = _integer(_get(_child(direct, "ilvl"), "val"), level)
        whole = Paragraph(tuple(begun.runs), notes=tuple(begun.notes))
        number = self._numbers.next(numbering, level) if whole.is_seen else None
        words = "".join(run.words for run in begun.runs).strip()
        kind, depth = BlockKind.PARAGRAPH, 0
        if number is not None:
            kind, depth = BlockKind.LIST_ITEM, level + 1
        if outline < 9 or "title" in names:
            kind, depth = BlockKind.HEADING, 1 if "title" in names else outline + 1
        elif "caption" in names or CAPTION.match(words):
            kind = BlockKind.CAPTION
        elif kind is BlockKind.PARAGRAPH and begun.is_bold and words and _is_short(whole):
            kind, depth = BlockKind.HEADING, 3
        mark = Mark.BOILERPLATE if any(name.startswith("toc ") for name in names) else None
        if number and (typed := list_mark(clean(words))[0]) and typed == number:
            number = ""
        yield from split(replace(whole, kind=kind, number=number or "", level=depth, mark=mark))
        yield from begun.after

    def _inherited(self, style: str) -> tuple[list[str], int, str, int]:
        """Names of a style and those it is based on, its outline level, numbering and level."""
        names: list[str] = []
        outline, numbering, level = 9, "", 0
        seen: set[str] = set()
        while (found := self._styles.get(style)) and style not in seen:
            seen.add(style)
            names.append(found.name)
            if found.outline is not None and outline == 9:
                outline = found.outline
            if found.numbering and not numbering:
                numbering, level = found.numbering, found.level or 0
            style = found.based_on
        return names, outline, numbering, level

    def _runs(self, parent: Element, path: str, begun: _Open) -> None:
        """The words of a paragraph or of what is in it, such as a link or an insertion."""
        for place, element in enumerate(parent, 1):
            tag = _tag(element)
            if tag in ("del", "moveFrom"):
                self._deleted.append(_words(element))
            elif tag == "r":
                self._run(element, f"{path}, run {place}", begun)
            elif tag == "AlternateContent":
                self._runs(_alternative(element), f"{path}, choice {place}", begun)
            elif tag == "oMath":
                begun.runs.append(Run(_words(element), f"{path}, formula {place}"))
            elif tag not in _UNREAD:
                self._runs(element, f"{path}, {tag} {place}", begun)

    def _run(self, run: Element, path: str, begun: _Open) -> None:
        properties = _child(run, "rPr")
        is_bold = _is_on(properties, "b")
        if _is_on(properties, "vanish"):
            if words := _words(run).strip():
                self._builder.log("hidden", words)
            return
        for element in run:
            tag = _tag(element)
            if tag == "t":
                begun.runs.append(Run(element.text or "", path))
                begun.is_bold &= is_bold or not (element.text or "").strip()
            elif tag in _SPACES:
                is_page = _get(element, "type") in ("page", "column")
                begun.runs.append(Run(" " if is_page else _SPACES[tag], path))
            elif tag in _NOTES:
                begun.notes.extend(self._note(_NOTES[tag], element))
            elif tag == "ruby":
                for base in _all(element, "rubyBase"):
                    self._runs(base, path, begun)
            elif tag == "AlternateContent":
                self._run(_alternative(element), path, begun)
            elif tag in ("drawing", "pict", "object"):
                for number, box in enumerate(_outermost(element, "txbxContent"), 1):
                    begun.after.extend(self.blocks(box, f"{path}, box {number}, "))

    def _note(self, kind: str, reference: Element) -> Iterator[Paragraph]:
        note = self._notes[kind].pop(_get(reference, "id"), None)
        if note is None:
            return
        for item in self.blocks(note, f"{kind[:-1]} {_get(note, 'id')}, "):
            if isinstance(item, Paragraph) and item.is_seen:
                yield replace(item, kind=BlockKind.FOOTNOTE, number="", level=0)

    def _table(self, table: Element, path: str) -> DocumentTable:
        rows: list[Row] = []
        for r, row in enumerate(_children(table, "tr"), 1):
            if any(_tag(each) == "del" for each in _child(row, "trPr")):
                self._deleted.append(_words(row))
                continue
            cells: list[Cell] = []
            for c, cell in enumerate(_children(row, "tc"), 1):
                properties = _child(cell, "tcPr")
                merged = _children(properties, "vMerge")
                if merged and _get(merged[0], "val") != "restart":
                    cells.append(())
                else:
                    cells.append(tuple(self.blocks(cell, f"{path}, row {r}, cell {c}, ")))
                wide = _integer(_get(_child(properties, "gridSpan"), "val"), 1)
                cells.extend([()] * (min(wide, 100) - 1))
            while cells and not cells[-1]:
                cells.pop()
            rows.append(tuple(cells))
        return DocumentTable(tuple(rows))


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered: `제%1조`, the way of the number, where it starts."""

    text: str
    way: str
    start: int
    restarts_after: int
    is_legal: bool


class _Numbers:
    """The numbers and signs of lists, which Word computes from `numbering.xml`."""

    def __init__(self, numbering: Element) -> None:
        abstract = {
            _get(each, "abstractNumId"): each for each in _children(numbering, "abstractNum")
        }
        styles = {
            _get(_child(each, "styleLink"), "val"): each
            for each in abstract.values()
            if len(_children(each, "styleLink"))
        }
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counted_by: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for number in _children(numbering, "num"):
            name, of = _get(number, "numId"), _get(_child(number, "abstractNumId"), "val")
            root = abstract.get(of, Element("none"))
            root = styles.get(_get(_child(root, "numStyleLink"), "val"), root)
            levels = {
                _integer(_get(each, "ilvl"), 0): _level(each) for each in _children(root, "lvl")
            }
            self._counted_by[name] = of
            for override in _children(number, "lvlOverride"):
                at = _integer(_get(override, "ilvl"), 0)
                for own in _children(override, "lvl"):
                    levels[at] = _level(own)
                start = _first(override, "startOverride")
                if start is not None and at in levels:
                    levels[at] = replace(levels[at], start=_integer(_get(start, "val"), 1))
                    self._counted_by[name] = f"num {name}"  # it counts for itself
            self._levels[name] = levels

    def next(self, numbering: str, level: int) -> str | None:
        """The number or sign of the next paragraph of a list; None outside lists."""
        levels = self._levels.get(numbering)
        if not levels or level not in levels:
            return None
        form = levels[level]
        if form.way == "bullet":
            return _bullet(form.text)
        counts = self._counts.setdefault(self._counted_by[numbering], {})
        counts[level] = counts[level] + 1 if level in counts else form.start
        for deeper in [other for other in counts if other > level]:
            after = levels[deeper].restarts_after if deeper in levels else deeper
            if level < after or after < 0:
                del counts[deeper]

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, form)
            write = _WRITTEN.get("decimal" if form.is_legal else other.way, numerals.decimal)
            return write(counts.get(at, other.start))

        return re.sub(r"%(\d)", written, form.text)


def _level(element: Element) -> _Level:
    at = _integer(_get(element, "ilvl"), 0)
    ways = [_get(each, "val") for each in element.iter() if _tag(each) == "numFmt"]
    restart = _integer(_get(_child(element, "lvlRestart"), "val"), at)
    return _Level(
        _get(_child(element, "lvlText"), "val"),
        next((way for way in ways if way != "custom"), "decimal"),
        _integer(_get(_child(element, "start"), "val"), 0),
        restart if restart else 1_000 if len(_children(element, "lvlRestart")) else at,
        bool(_children(element, "isLgl")) and _is_on(element, "isLgl"),
    )


def _bullet(text: str) -> str:
    """The sign of a list; fonts of signs have theirs in the private part of Unicode."""
    if any(0xE000 <= ord(each) <= 0xF8FF for each in text):
        return _BULLETS.get(chr(ord(text[0]) - 0xF000) if ord(text[0]) >= 0xF020 else "", "•")
    return _BULLETS.get(text, text)


def _styles(styles: Element) -> dict[str, _Style]:
    found = {}
    for style in _children(styles, "style"):
        if _get(style, "type") not in ("paragraph", ""):
            continue
        properties = _child(style, "pPr")
        name = _get(_child(style, "name"), "val").lower()
        numbering = _child(properties, "numPr")
        outline = _get(_child(properties, "outlineLvl"), "val")
        heading = re.fullmatch(r"heading ([1-9])", name)
        found[_get(style, "styleId")] = _Style(
            name,
            _get(_child(style, "basedOn"), "val"),
            _get(_child(numbering, "numId"), "val"),
            _integer(_get(_child(numbering, "ilvl"), "val"), 0),
            int(heading[1]) - 1 if heading else _integer(outline, 9) if outline else None,
        )
    return found


def _is_short(paragraph: Paragraph) -> bool:
    """Whether a paragraph is like a heading: short, and no sentence or item."""
    text = clean("".join(run.words for run in paragraph.runs)).strip()
    return len(text) <= _HEADING_LENGTH and not SENTENCE_END.search(text) and not list_mark(text)[0]


def _tag(element: Element) -> str:
    """The local name of an element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _get(element: Element, name: str) -> str:
    """An attribute by its local name, '' without it."""
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _children(element: Element, tag: str) -> list[Element]:
    """Children of a name, also those in content controls."""
    found: list[Element] = []
    for child in element:
        if _tag(child) == tag:
            found.append(child)
        elif _tag(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            found.extend(_children(child, tag))
    return found


def _child(element: Element, tag: str) -> Element:
    """The first child of a name; an empty element without it."""
    return next((child for child in element if _tag(child) == tag), Element("none"))


def _first(element: Element, tag: str) -> Element | None:
    return next(iter(_all(element, tag)), None)


def _all(element: Element, tag: str) -> Iterator[Element]:
    return (each for each in element.iter() if _tag(each) == tag)


def _outermost(element: Element, tag: str) -> Iterator[Element]:
    """Elements of a name that are not in another of them; of two versions of a box the first."""
    for child in element:
        if _tag(child) == tag:
            yield child
        elif _tag(child) == "AlternateContent":
            yield from _outermost(_alternative(child), tag)
        else:
            yield from _outermost(child, tag)


def _alternative(element: Element) -> Element:
    """What is read of content in several versions: the newest."""
    return next((each for each in element if _tag(each) == "Choice"), _child(element, "Fallback"))


def _numbered(parent: Element) -> Iterator[tuple[str, Element]]:
    """Paragraphs and tables in an element, also those in content controls, with their places."""
    counts = {"p": 0, "tbl": 0}
    elements = list(parent)
    while elements:
        element = elements.pop(0)
        tag = _tag(element)
        if tag in counts:
            counts[tag] += 1
            yield f"{'paragraph' if tag == 'p' else 'table'} {counts[tag]}", element
        elif tag == "AlternateContent":
            elements = [*_alternative(element), *elements]
        elif tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            elements = [*element, *elements]


def _words(element: Element) -> str:
    """All words in an element, deleted ones too."""
    texts = [each.text or "" for each in element.iter() if _tag(each) in ("t", "delText")]
    return "".join(texts)


def _is_on(properties: Element, name: str) -> bool:
    """Whether a property is switched on."""
    found = next((each for each in properties if _tag(each) == name), None)
    return found is not None and _get(found, "val") not in ("0", "false", "off", "none")


def _integer(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else otherwise
