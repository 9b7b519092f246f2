"""Which format a file has, by its content; the name decides only between kinds of plain text."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath

from citypact.ontology.errors import CitypactError, Message


class Format(StrEnum):
    """The formats that are read."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    HWPX = "hwpx"
    HWP = "hwp"
    PDF = "pdf"


_LOOKED_AT = 4096
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b"
    rb"|.*<(?:html|body|div|article|table|p|br)(?:\s[^<>]*)?/?>",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = (".md", ".markdown", ".mdown")
_SAVE_AS = Message("save it as DOCX, PDF or text")
_OTHERS: tuple[tuple[bytes, Message, Message], ...] = (
    (b"HWP Document File V3", Message("a document of HWP 3"), Message("save it as HWPX or PDF")),
    (b"{\\rtf", Message("a document in RTF"), _SAVE_AS),
    (b"\x89PNG", Message("a picture"), Message("name a file with the text")),
    (b"\xff\xd8\xff", Message("a picture"), Message("name a file with the text")),
    (b"GIF8", Message("a picture"), Message("name a file with the text")),
    (b"II*\0", Message("a picture"), Message("name a file with the text")),
    (b"MM\0*", Message("a picture"), Message("name a file with the text")),
    (b"7z\xbc\xaf", Message("an archive"), Message("unpack it first")),
    (b"Rar!", Message("an archive"), Message("unpack it first")),
    (b"\x1f\x8b", Message("an archive"), Message("unpack it first")),
)
"""Beginnings of files that are not read, what they are, and the cure."""


def format_of(data: bytes, file: str) -> Format:
    """The format of a file. Raises CitypactError for one that is not read, with the cure."""
    if not data.strip(b"\0 \t\r\n"):
        raise CitypactError("{file}: is empty\n    -> name a file with a text", file=file)
    if data.startswith(b"PK\x03\x04"):
        return _in_zip(data, file)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _in_compound_file(data, file)
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    for beginning, kind, cure in _OTHERS:
        if data.startswith(beginning):
            raise _unread(file, kind, cure)
    beginning = data[:_LOOKED_AT]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        beginning = beginning.replace(b"\0", b"").lstrip(b"\xff\xfe")
    elif b"\0" in beginning:
        raise _unread(
            file, Message("no document"), Message("name a text, HTML, PDF, DOCX, HWPX or HWP file")
        )
    suffix = PurePath(file).suffix.lower()
    if suffix in _MARKDOWN:
        return Format.MARKDOWN
    found = _HTML.match(beginning.removeprefix(b"\xef\xbb\xbf"))
    return Format.HTML if found or suffix in (".html", ".htm", ".xhtml") else Format.PLAIN


def _in_zip(data: bytes, file: str) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise CitypactError(
            "{file}: is damaged ({reason})\n    -> get the file again, or save it as PDF or text",
            file=file,
            reason=str(error),
        ) from error
    if "Contents/content.hpf" in names or "Contents/section0.xml" in names:
        return Format.HWPX
    if "word/document.xml" in names:
        return Format.DOCX
    if "xl/workbook.xml" in names:
        raise _unread(
            file, Message("a spreadsheet"), Message("read lists of cities with `citypact import`")
        )
    if "content.xml" in names or "ppt/presentation.xml" in names:
        raise _unread(file, Message("a document of another program"), _SAVE_AS)
    if any(name.startswith("word/") for name in names):
        return Format.DOCX
    raise _unread(file, Message("an archive"), Message("unpack it first"))


def _in_compound_file(data: bytes, file: str) -> Format:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise _unread(
            file,
            Message("protected by a password"),
            Message("save it without a password"),
        )
    if has("WordDocument"):
        raise _unread(file, Message("a document of Word 97"), _SAVE_AS)
    if has("FileHeader"):
        return Format.HWP
    raise _unread(file, Message("a document of another program"), _SAVE_AS)


def _unread(file: str, kind: Message, cure: Message) -> CitypactError:
    return CitypactError("{file}: is {kind}\n    -> {cure}", file=file, kind=kind, cure=cure)
