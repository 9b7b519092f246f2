"""Reads HWP 5: the text by unhwp, behind our own look at what unhwp does not tell.

unhwp takes a distribution document's notice for its text, gives nothing of a document that tracks
changes, and sets notes, headers and footers among the paragraphs. So the header is looked at first,
and the records of the body tell which paragraphs are notes, which words are deleted, and whether
any are missing.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from citypact.ontology.errors import CitypactError, Message
from citypact.sources.documents import layout
from citypact.sources.documents.building import FormBuilder
from citypact.sources.documents.layout import DocumentTable, Paragraph, Run
from citypact.sources.documents.libraries import library
from citypact.sources.documents.limits import LIMITS, Limits
from citypact.sources.documents.normal_form import BlockKind, Mark, Metadata, NormalForm

VERSION = "hwp 1"
"""Of this reader; a change of the text that it gives changes it."""

_SIGNATURE = b"HWP Document File"
_COMPRESSED, _PASSWORD, _DISTRIBUTION, _TRACKED = 1 << 0, 1 << 1, 1 << 2, 1 << 14
_RIGHTS = 1 << 4 | 1 << 8 | 1 << 10  # DRM, and two kinds of certificates
_PACKED = ("BodyText/", "ViewText/", "BinData/", "DocInfo")
_CURE = Message("ask for the file without protection, or save it as PDF where it can be opened")
_PIECE = 1 << 16

# Records (HWP 5.0 revision 1.3, tables 57 and 60), and what stands in 16 bits of a text below 32.
_PARAGRAPH_TEXT, _RANGES, _CONTROL, _MEMOS = 67, 70, 71, 93
_DELETED = 17
"""The kind of a range of text that a tracked change deletes."""
_ONE_UNIT = {0, 10, 13, *range(24, 32)}
_SHOWN = {9: "\t", 10: "\n", 24: "-", 30: " ", 31: " "}
_APART = {b"fn  ": "note", b"en  ": "note", b"tcmt": "note", b"head": "margin", b"foot": "margin"}


@dataclass
class _Told:
    """What the records tell of a paragraph.

    kind: '' for the body, `note` or `margin`. number: of a note. shown: its words without those
    that a tracked change deletes; None where there are none.
    """

    kind: str
    number: str = ""
    shown: str | None = None


@dataclass
class _Body:
    """What the records of the sections tell of their paragraphs.

    told: for each text (letters and digits alone) of its paragraphs in the order of the file.
    words: for each text as it is shown. deleted: the words of tracked changes.
    """

    told: dict[str, deque[_Told]] = field(default_factory=lambda: defaultdict(deque))
    words: dict[str, str] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)

    def take(self, words: str) -> _Told:
        """What is told of the next paragraph with these words."""
        left = self.told.get(_key(words))
        return left.popleft() if left else _Told("")


def read_hwp(data: bytes, file: str, limits: Limits = LIMITS) -> NormalForm:
    """The normal form of an HWP 5 file.

    Tracked changes are read as accepted, and the log has what they delete. Raises CitypactError for
    what is damaged, locked or beyond the limits, and where unhwp is missing, as on Linux for ARM.
    """
    body, with_text = _body(data, file, limits)
    try:
        unhwp = library("unhwp", "unhwp", file)
    except (CitypactError, OSError) as error:
        raise CitypactError(
            "{file}: reading HWP 5 requires the package unhwp\n    -> pip install "
            "'citypact[reading]'; where it is not offered (Linux on ARM), save the file as HWPX",
            file=file,
        ) from error
    try:
        with unhwp.parse_bytes(with_text) as parsed:
            document = json.loads(parsed.json)
    except (unhwp.UnhwpError, ValueError) as error:
        raise _damaged(file) from error
    if document.get("skipped_sections"):
        raise _damaged(file)
    builder = FormBuilder(file, data, f"{VERSION} unhwp {unhwp.__version__}")
    sections = [
        (f"BodyText/Section{section['index']}", list(_items(section["content"], body, "")))
        for section in document["sections"]
    ]
    for is_margin in (False, True):  # headers and footers come last
        for part, items in sections:
            chosen = [item for item in items if _is_margin(item) is is_margin]
            layout.add(builder, chosen if is_margin else layout.with_headings(chosen), part)
    title = (document.get("metadata") or {}).get("title") or ""
    whole = builder.form().text
    limits.check_characters(len(whole), file)
    whole = _key(whole)
    for words in body.deleted:
        builder.log("deleted", words)
    for key, words in body.words.items():
        if key not in whole:
            builder.log("left out", words)
    return builder.form(Metadata(title=title.strip()))


def _is_margin(item: Paragraph | DocumentTable) -> bool:
    """Whether a paragraph stands in a header or footer."""
    return isinstance(item, Paragraph) and item.mark is Mark.PAGE_NOISE


def _items(content: list[Any], body: _Body, at: str) -> Iterator[Paragraph | DocumentTable]:
    """Paragraphs and tables of unhwp."""
    for number, item in enumerate(content, 1):
        if "Paragraph" in item:
            yield from layout.split(_paragraph(item["Paragraph"], body, f"{at}paragraph {number}"))
        elif "Table" in item:
            yield _table(item["Table"], body, f"{at}table {number}")


def _table(table: dict[str, Any], body: _Body, at: str) -> DocumentTable:
    rows = []
    for r, row in enumerate(table["rows"], 1):
        cells = []
        for c, cell in enumerate(row["cells"], 1):
            place = f"{at}, row {r}, cell {c}, "
            cell_items: list[Paragraph | DocumentTable] = [
                _paragraph(each, body, f"{place}paragraph {number}")
                for number, each in enumerate(cell["content"], 1)
            ]
            for number, inner in enumerate(cell.get("nested_tables") or (), 1):
                cell_items.append(_table(inner, body, f"{place}table {number}"))
            cells.append(tuple(cell_items))
        rows.append(tuple(cells))
    return DocumentTable(tuple(rows))


def _paragraph(paragraph: dict[str, Any], body: _Body, path: str) -> Paragraph:
    words = [_inline(inline) for inline in paragraph["content"]]
    head = (paragraph.get("style") or {}).get("head")
    number, level, kind = "", 0, BlockKind.PARAGRAPH
    if head and len(words) > 1 and words[0].endswith(" ") and len(words[0]) <= 16:
        number, level, kind = words[0].strip(), head["level"] + 1, BlockKind.LIST_ITEM
        words = words[1:]
    text = "".join(words)
    if head and head["kind"] == "Outline" and layout.is_like_heading(text):
        level, kind = head["level"] + 1, BlockKind.HEADING
    told = body.take(text)
    if told.kind == "note":
        number, level, kind = told.number, 0, BlockKind.FOOTNOTE
    if told.shown is not None:
        text, number = told.shown, number if told.shown.strip() else ""
    mark = Mark.PAGE_NOISE if told.kind == "margin" else None
    return Paragraph((Run(text, path),), kind, number, level, mark)


def _inline(inline: Any) -> str:
    """The words of a run, link or break; '' for pictures and equations."""
    if isinstance(inline, str):
        return "\n" if inline == "LineBreak" else ""
    ((kind, value),) = inline.items()
    if kind in ("Image", "Equation") or not isinstance(value, dict):
        return ""
    text = value.get("text", "")
    return text if isinstance(text, str) else ""


def _body(data: bytes, file: str, limits: Limits) -> tuple[_Body, bytes]:
    """Looks at the header, unpacks within the limits, and reads the texts of the sections.

    With what they tell the file as unhwp finds its text in it.
    """
    olefile = library("olefile", "olefile", file)
    body = _Body()
    try:
        with olefile.OleFileIO(BytesIO(data)) as compound:
            flags = _flags(compound.openstream("FileHeader").read(256), file)
            names = ["/".join(name) for name in compound.listdir()]
            part = "BodyText/"
            if flags & _TRACKED and any(name.startswith("ViewText/") for name in names):
                part, data = "ViewText/", _with_view_as_body(data)
            room = limits.expanded
            for name in names:
                packed = compound.openstream(name).read()
                is_section = name.startswith(part)
                if not flags & _COMPRESSED or not name.startswith(_PACKED):
                    unpacked, room = packed, room - len(packed)
                else:
                    unpacked, room = _inflated(packed, room, is_kept=is_section)
                if room < 0:
                    raise CitypactError(
                        "{file}: unpacks to more than is read (size, number or depth of its parts)"
                        "\n    -> save the text alone, without pictures, or raise the limits",
                        file=file,
                    )
                if is_section:
                    _collect(unpacked, body)
    except (OSError, ValueError, struct.error, IndexError, AttributeError, TypeError) as error:
        raise _damaged(file) from error  # olefile has no error of its own for broken chains
    return body, data


def _with_view_as_body(data: bytes) -> bytes:
    """A file that tracks changes, with its two folders of sections exchanged.

    Its text with all changes is in ViewText, while BodyText holds an empty paragraph. An entry of a
    folder (128 bytes) has its name, the length of that, the kind 1, and at 76 its first child.
    """
    places = []
    for name in ("BodyText", "ViewText"):
        beginning = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HB", 18, 1)
        places.append(data.index(beginning) + 76)
    changed = bytearray(data)
    for here, there in (places, places[::-1]):
        changed[here : here + 4] = data[there : there + 4]
    return bytes(changed)


def _flags(header: bytes, file: str) -> int:
    """The properties of a document. Raises CitypactError where they lock its text."""
    if not header.startswith(_SIGNATURE) or len(header) < 40:
        raise _damaged(file)
    (flags,) = struct.unpack_from("<I", header, 36)
    for bits, kind in (
        (_PASSWORD, Message("is protected by a password")),
        (_DISTRIBUTION, Message("is a distribution document (배포용 문서), whose text is locked")),
        (_RIGHTS, Message("is protected by DRM or a certificate")),
    ):
        if flags & bits:
            raise CitypactError("{file}: {kind}\n    -> {cure}", file=file, kind=kind, cure=_CURE)
    return int(flags)


def _inflated(packed: bytes, room: int, *, is_kept: bool) -> tuple[bytes, int]:
    """A stream unpacked, and the room that is left; it stops where there is none."""
    pieces: list[bytes] = []
    inflater = zlib.decompressobj(-15)
    rest = packed
    try:
        while rest and room >= 0 and not inflater.eof:
            piece = inflater.decompress(rest, _PIECE)
            rest = inflater.unconsumed_tail
            room -= len(piece)
            if is_kept:
                pieces.append(piece)
    except zlib.error as error:
        if is_kept:
            raise ValueError("a section that does not unpack") from error
        room -= len(packed)  # a picture that is stored as it is
    return b"".join(pieces), room


def _collect(records: bytes, body: _Body) -> None:
    """Reads the texts of a section, what they belong to, and what changes delete."""
    within: list[tuple[int, str]] = []  # the level from which on records belong to it, and its kind
    text, key = b"", ""
    for tag, level, content in _records(records):
        while within and level < within[-1][0]:
            within.pop()
        if tag == _CONTROL:
            name = content[:4][::-1]
            if kind := _APART.get(name):
                within.append((level + 1, kind))
            elif name == b"atno" and key and within:
                body.told[key][-1].number = _note_number(content)
        elif tag == _MEMOS:
            within.append((level, "note"))
        elif tag == _PARAGRAPH_TEXT:
            text, key = content, _key(_text(content))
            if key:
                body.told[key].append(_Told(within[-1][1] if within else ""))
                body.words.setdefault(key, " ".join(_text(content).split()))
        elif tag == _RANGES and key and (ranges := _deleted(content)):
            body.deleted += [words for a, b in ranges if (words := _text(text, [(a, b)], True))]
            shown = _text(text, ranges)
            body.told[key][-1].shown = shown
            body.words.pop(key, None)
            body.words.setdefault(_key(shown), " ".join(shown.split()))


def _deleted(content: bytes) -> list[tuple[int, int]]:
    """The ranges that tracked changes delete, in units of 16 bits (HWP 5.0, table 63)."""
    ranges = struct.iter_unpack("<III", content[: len(content) // 12 * 12])
    return [(start, end) for start, end, kind in ranges if kind >> 24 == _DELETED]


def _records(records: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Tag, level and content of each record (HWP 5.0, 4.1: bits 0-9, 10-19 and 20-31)."""
    at = 0
    while at + 4 <= len(records):
        (head,) = struct.unpack_from("<I", records, at)
        at += 4
        size = head >> 20
        if size == 0xFFF:
            (size,) = struct.unpack_from("<I", records, at)
            at += 4
        if at + size > len(records):
            raise ValueError("a record beyond the end of its section")
        yield head & 0x3FF, head >> 10 & 0x3FF, records[at : at + size]
        at += size


def _text(content: bytes, ranges: Sequence[tuple[int, int]] = (), inside: bool = False) -> str:
    """The words of a text record outside of ranges, or inside; units of 16 bits are counted.

    A control takes one unit or eight.
    """
    pieces: list[bytes] = []
    at = 0
    while at + 2 <= len(content):
        (unit,) = struct.unpack_from("<H", content, at)
        if any(start <= at // 2 < end for start, end in ranges) is inside:
            if unit >= 32:
                pieces.append(content[at : at + 2])
            else:
                pieces.append(_SHOWN.get(unit, "").encode("utf-16-le"))
        at += 2 if unit >= 32 or unit in _ONE_UNIT else 16
    return b"".join(pieces).decode("utf-16-le", "replace")


def _note_number(content: bytes) -> str:
    """The number of a note as it is shown, such as `1)` (HWP 5.0, table 144)."""
    if len(content) < 16:
        return ""
    number, _, before, after = struct.unpack_from("<HHHH", content, 8)
    signs = [chr(sign) if sign >= 32 else "" for sign in (before, after)]
    return f"{signs[0]}{number}{signs[1]}"


def _key(words: str) -> str:
    """Letters and digits alone, by which texts of two readers are compared."""
    return "".join(sign for sign in words if sign.isalnum())


def _damaged(file: str) -> CitypactError:
    return CitypactError(
        "{file}: is damaged, or not of the format that its name tells\n"
        "    -> get it again, or save it again in the program that it is from",
        file=file,
    )


__all__ = ["VERSION", "read_hwp"]
