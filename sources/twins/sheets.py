"""Files of others as sheets of rows: CSV and TSV, workbooks, JSON, GraphML and GEXF.

A sheet is rows of texts with their numbers; what the columns mean is for `columns` to find out.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from citypact.ontology.errors import CitypactError, Message, shown
from citypact.sources.files.csv_tables import csv_lines
from citypact.sources.files.encodings import decode_text
from citypact.sources.twins.row_texts import plain_text

SEPARATORS = (",", ";", "\t", "|")
_LOOKED_AT = 60
"""Lines from which the separator is told."""
MOST_IN_WORKBOOK = 100_000_000
"""Bytes of an unpacked workbook, which takes some twenty times as many when it is read."""
MOST_CELLS = 2_000_000
"""Cells of a sheet up to its last row and column, be they empty: 200,000 rows of ten columns."""
_CELL_TYPES = ("n", "s", "b", "d", "e", "f", "str", "inlineStr")
"""What a cell may hold (ISO 29500, ST_CellType); `f` is what openpyxl calls a formula."""
_MERGED_AREA = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"'
)
AS_CSV = Message("open it in its program and save it as “CSV UTF-8” or as .xlsx")
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"),
    (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7-Zip"), (b"SQLite", "SQLite"), (b"PAR1", "Parquet"),
    (b"{\\rtf", "RTF"), (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_ZIP = {
    "word/": "Word", "ppt/": "PowerPoint", "Contents/section0.xml": "HWPX",
    "content.xml": "OpenDocument",
}  # fmt: skip

SheetRow = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """Rows of texts.

    Attributes: file, name (of the sheet; empty where a file has one), rows (each with its number
    from 1, empty ones left out), format (such as `CSV` or `XLSX`), separator (of a text, else
    empty), encoding and confidence, remarks (what a reader should know of how it was read),
    day_zero (of a workbook, whose numbers can be days: the day before day 1), unread (row
    from 1, column from 0 and what stands there, of cells that are read as empty all the same).
    """

    file: str
    name: str
    rows: list[SheetRow]
    format: str
    separator: str = ""
    encoding: str = ""
    confidence: float = 1.0
    remarks: list[Message] = field(default_factory=list)
    day_zero: date | None = None
    unread: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def place(self) -> str:
        """How messages call it."""
        return f"{self.file}[{self.name}]" if self.name else self.file


def read_sheets(data: bytes, path: Path, encoding: str = "") -> list[Sheet]:
    """The sheets of a file. Raises CitypactError for a file that holds none, and says what it is.

    `encoding` is that of a text where it is neither UTF-8 nor surely another.
    """
    file = path.name
    if data.startswith(b"PK\x03\x04"):
        return _workbook(data, file)
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise CitypactError(
            "{file}: is protected by a password\n    -> open it in Excel and save it without one",
            file=file,
        )
    if other := _other_format(data):
        raise CitypactError("{file}: is a file of {other}\n    -> {cure}", file=file, other=other,
                            cure=AS_CSV)  # fmt: skip
    if _is_binary(data):
        raise CitypactError(
            "{file}: is neither a text nor a workbook\n"
            "    -> save the list as “CSV UTF-8” or as .xlsx",
            file=file,
        )
    decoded = decode_text(data, file, encoding)
    text = decoded.text
    begin = text.lstrip()[:300].casefold()
    if begin.startswith("{|"):
        cure = Message("copy the table into a spreadsheet and save it")
        raise CitypactError("{file}: is a file of {other}\n    -> {cure}", file=file,
                            other="Wikitext", cure=cure)  # fmt: skip
    if begin.startswith(("{", "[")):
        return _json(text, file)
    if begin.startswith("<"):
        return _xml(text, file)
    sheet = _csv(text, file)
    return [
        Sheet(
            file, "", sheet.rows, sheet.format, sheet.separator, decoded.encoding,
            decoded.confidence,
        )
    ]  # fmt: skip


def _other_format(data: bytes) -> str:
    """The name of a format that is no text; empty where it may be one."""
    for begin, name in _SIGNATURES:
        if data.startswith(begin):
            return name
    if data.startswith(_OLE):
        if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
            return Message("old Excel (.xls)")
        return Message("an old office program (.xls, .doc or .hwp)")
    return ""


def _is_binary(data: bytes) -> bool:
    """Whether the beginning of a file holds control characters that no text has."""
    part = data[:4000]
    if part.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    return sum(byte < 32 and byte not in b"\t\n\f\r\x1b" for byte in part) > len(part) / 50 + 2


# Texts


def _csv(text: str, file: str) -> Sheet:
    separator = _separator(text)
    rows = csv_lines(text, file, separator)
    return Sheet(file, "", rows, "TSV" if separator == "\t" else "CSV", separator)


def _separator(text: str) -> str:
    """The sign that stands equally often in most of the first lines."""
    lines = [line for line in text[:100_000].splitlines()[:_LOOKED_AT] if line.strip()]

    def regularity(separator: str) -> tuple[int, int]:
        counts = Counter(count for line in lines if (count := line.count(separator)))
        return max(((lines, count) for count, lines in counts.items()), default=(0, 0))

    return max(SEPARATORS, key=regularity)


# Workbooks


def _workbook(data: bytes, file: str) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            size = sum(member.file_size for member in archive.infolist())
            is_small = size <= MOST_IN_WORKBOOK
            pages = [name for name in names if is_small and name.startswith("xl/worksheets/")]
            merged = [
                area.decode() for name in pages for area in _MERGED_AREA.findall(archive.read(name))
            ]
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _no_workbook(file, error) from error
    if "xl/workbook.xml" not in names:
        kind = next((kind for name, kind in _IN_ZIP.items() if any(
            each.startswith(name) for each in names)), "ZIP")  # fmt: skip
        raise CitypactError("{file}: is a file of {other}\n    -> {cure}", file=file, other=kind,
                            cure=AS_CSV)  # fmt: skip
    if not is_small:
        raise CitypactError(
            "{file}: is larger than {maximum_bytes} bytes when unpacked\n    -> split it",
            file=file,
            maximum_bytes=MOST_IN_WORKBOOK,
        )
    _check_extent(file, *merged)  # openpyxl makes a cell of each that is merged
    try:
        return _sheets(data, file)
    except CitypactError:
        raise
    except Exception as error:  # openpyxl lets through whatever a damaged file brings about
        raise _no_workbook(file, error) from error


def _check_extent(place: str, *areas: str) -> None:
    """Raises CitypactError for areas of more cells than are read, such as `A1:XFD1048576`."""
    from openpyxl.worksheet.cell_range import CellRange

    counts = {}
    for area in areas:
        size = CellRange(area).size
        counts[area] = size["rows"] * size["columns"]
    if sum(counts.values()) > MOST_CELLS:
        raise CitypactError(
            "{place}: has {count} cells (such as {area}), more than {most}\n"
            "    -> delete the empty rows and columns behind the list, or save it as CSV",
            place=place,
            area=max(counts, key=lambda area: counts[area]),
            count=sum(counts.values()),
            most=MOST_CELLS,
        )


def _no_workbook(file: str, error: Exception) -> CitypactError:
    return CitypactError(
        "{file}: is a damaged Excel file that cannot be read ({what})\n"
        "    -> open it in Excel and save it again",
        file=file,
        what=str(error).split("\n")[0][:120],
    )


def _sheets(data: bytes, file: str) -> list[Sheet]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    values = book
    for page in book.worksheets:
        _check_extent(f"{file}[{page.title}]", f"A1:{page.dimensions.split(':')[-1]}")
    has_formulas = any(
        cell.data_type == "f"
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
    )
    if has_formulas:
        values = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    _check_types(values, file)  # which has the types that formulas hide
    found, hidden = [], []
    for page in values.worksheets:
        if page.sheet_state != "visible":
            hidden.append(page.title)
            continue
        rows = {
            number: [_cell_text(cell) for cell in cells]
            for number, cells in enumerate(page.iter_rows(), 1)
        }
        unread = _unread(page, book[page.title], rows)
        remarks = [*_merged(page, rows), *_empty(unread)]
        kept = [(number, row) for number, row in rows.items() if any(cell.strip() for cell in row)]
        found.append(
            Sheet(file, page.title, kept, "XLSX", remarks=remarks, day_zero=values.epoch.date(),
                  unread=unread)
        )  # fmt: skip
    if hidden:
        remark = Message("hidden sheets are skipped: {names}", names=", ".join(hidden))
        if not found:
            raise CitypactError(
                "{file}: all its sheets are hidden ({names})\n    -> show the one with the list",
                file=file,
                names=", ".join(hidden),
            )
        found[0].remarks.append(remark)
    return found


def _check_types(book: Any, file: str) -> None:
    """Raises CitypactError for cells of a type that Excel has not.

    openpyxl takes what they hold for the text, so the place of a word would be read as a number.
    """
    for page in book.worksheets:
        for cell in (cell for cells in page.iter_rows() for cell in cells):
            if cell.data_type not in _CELL_TYPES:
                raise CitypactError(
                    "{file}[{sheet}]: cell {cell} has the unknown type {type}\n"
                    "    -> open it in Excel and save it again",
                    file=file,
                    sheet=page.title,
                    cell=cell.coordinate,
                    type=shown(str(cell.data_type)),
                )


def _cell_text(cell: Any) -> str:
    """What a cell shows: a date no more precise than its format, a whole number without `.0`."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, datetime | date):
        form = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", str(cell.number_format)).lower()
        text = value.strftime("%Y-%m-%d")
        return text if "d" in form else text[:7] if "m" in form else text[:4]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _merged(page: Any, rows: dict[int, list[str]]) -> list[Message]:
    """Fills cells that are merged downwards with the text of the first, as a reader sees them."""
    count = 0
    for area in page.merged_cells.ranges:
        first = rows.get(area.min_row)
        if first is None or area.min_row == area.max_row or area.min_col > len(first):
            continue
        text = first[area.min_col - 1]
        for number in range(area.min_row + 1, area.max_row + 1):
            row = rows.get(number)
            # Rows that hold nothing else stay empty.
            if row and any(row) and text:
                row[area.min_col - 1] = text
                count += 1
    return (
        [Message("{count} merged {count:cell was|cells were} filled", count=count)] if count else []
    )


def _unread(values: Any, page: Any, rows: dict[int, list[str]]) -> list[tuple[int, int, str]]:
    """Formulas whose value the file does not hold, and errors: row, column, text."""
    found = []
    pairs = zip(page.iter_rows(), values.iter_rows(), strict=True)
    for cell, value in (pair for pages in pairs for pair in zip(*pages, strict=True)):
        row, at = rows[cell.row], cell.column - 1
        if value.data_type == "e":
            found.append((cell.row, at, str(value.value)))
        elif cell.data_type == "f" and not row[at]:
            formula = str(getattr(cell.value, "text", cell.value))
            if (text := plain_text(formula)) != formula:
                row[at] = text  # a link, whose text stands in the formula
            else:
                found.append((cell.row, at, formula))
    return found


def _empty(unread: list[tuple[int, int, str]]) -> list[Message]:
    """Tells of cells that are read as empty, though something stands in them."""
    from openpyxl.utils import get_column_letter

    if not unread:
        return []
    return [
        Message(
            "errors, and formulas without a saved value, are empty: {cells}; open the file in "
            "Excel, correct and save it",
            cells=", ".join(
                f"{get_column_letter(at + 1)}{row} ({shown(text)})" for row, at, text in unread[:5]
            )
            + (" …" if len(unread) > 5 else ""),
        )
    ]


# JSON


def _json(text: str, file: str) -> list[Sheet]:
    try:
        body = _lines_of_json(text) or json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise CitypactError(
            "{file}:{line}: is not JSON ({error})\n    -> save it again, whole",
            file=file,
            line=line,
            error=str(error).split(":")[0],
        ) from error
    try:
        found = [
            _from_records(file, name, records)
            for name, records in _lists_of_records(body)
            if records
        ]
    except RecursionError:
        found = []
    if not found:
        raise CitypactError(
            "{file}: holds no list of records such as [{example}]\n"
            "    -> save the list as records, or as CSV",
            file=file,
            example='{"city": "…", "partner": "…"}',
        )
    return found


def _lines_of_json(text: str) -> list[Any]:
    """The objects of a text that has one a line (JSON Lines); none for any other text."""
    stripped = enumerate(map(str.strip, text.splitlines()), 1)
    lines = [(number, line) for number, line in stripped if line]
    if len(lines) < 2 or not all(line[0] == "{" and line[-1] == "}" for _, line in lines):
        return []
    found = []
    for number, line in lines:
        try:
            found.append(json.loads(line))
        except json.JSONDecodeError as error:
            error.lineno = number
            raise
    return found


def _lists_of_records(body: Any) -> Iterable[tuple[str, list[dict[str, str]]]]:
    """The lists of objects in a JSON text, each as flat records, with the name it stands under."""
    if isinstance(body, list):
        yield "", [record for each in body if isinstance(each, dict) for record in _flat(each)]
        return
    if not isinstance(body, dict):
        return
    if body.get("type") == "FeatureCollection" and isinstance(body.get("features"), list):
        features = [each for each in body["features"] if isinstance(each, dict)]
        said = [p for each in features if isinstance(p := each.get("properties"), dict)]
        yield "", [record for each in said for record in _flat(each)]
        return
    lists = {k: v for k, v in body.items() if isinstance(v, list) and v}
    if lists and all(_is_plain(each) for value in lists.values() for each in value):
        # {"Seoul": ["Tokyo", "Paris"]}
        yield (
            "",
            [
                {"source": str(key), "target": _plain(each)}
                for key, value in lists.items()
                for each in value
            ],
        )
        return
    inner = {k: v for k, v in lists.items() if any(isinstance(each, dict) for each in v)}
    is_network = {"nodes", "links", "edges"} & inner.keys()
    if len(inner) == len(body) and len(inner) > 1 and not is_network:
        # {"Seoul": [{"city": "Tokyo"}]}
        yield (
            "",
            [
                {"source": str(key), **_sided(record)}
                for key, value in inner.items()
                for each in value
                if isinstance(each, dict)
                for record in _flat(each)
            ],
        )
        return
    for key, value in inner.items():
        name = key if len(inner) > 1 else ""
        yield name, [record for each in value if isinstance(each, dict) for record in _flat(each)]
    if not inner:
        for key, value in body.items():
            if isinstance(value, dict):
                yield from ((name or key, records) for name, records in _lists_of_records(value))


def _sided(record: dict[str, str]) -> dict[str, str]:
    return {k if k.startswith("target") else f"target {k}": v for k, v in record.items()}


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float | bool) or value is None


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _flat(record: Mapping[str, Any]) -> list[dict[str, str]]:
    """A record as flat ones: nested objects with both names, one record for each item of a list."""
    flat: dict[str, str] = {}
    lists: list[tuple[str, list[Any]]] = []
    for key, value in record.items():
        if isinstance(value, Mapping):
            for inner, text in _flat(value)[0].items():
                flat[f"{key} {inner}"] = text
        elif isinstance(value, list):
            lists.append((key, value))
        else:
            flat[key] = _plain(value)
    for key, values in lists:
        if len(values) == 2 and all(isinstance(v, int | float) for v in values):
            flat[key] = f"{values[0]}, {values[1]}"
    nested = [(k, v) for k, v in lists if k not in flat and v]
    if not nested:
        return [flat]
    _, items = max(nested, key=lambda pair: len(pair[1]))
    records = []
    first: Mapping[str, Any] = next((each for each in items if isinstance(each, Mapping)), {})
    name = next(iter(first), "")
    for item in items:
        partner = _flat(item)[0] if isinstance(item, Mapping) else {name: _plain(item)}
        # What the list holds are the partners of the record.
        records.append(
            flat | {" ".join(filter(None, ("target", key))): v for key, v in partner.items()}
        )
    return records


def _from_records(file: str, name: str, records: list[dict[str, str]]) -> Sheet:
    heads = list(dict.fromkeys(key for record in records for key in record))
    rows: list[SheetRow] = [(1, heads)]
    rows += [
        (number, [record.get(head, "") for head in heads])
        for number, record in enumerate(records, 2)
    ]
    return Sheet(file, name, rows, "JSON")


# GraphML and GEXF


def _xml(text: str, file: str) -> list[Sheet]:
    begin = text[:4000].casefold()
    form = "GraphML" if "<graphml" in begin else "GEXF" if "<gexf" in begin else ""
    if not form or "<!doctype" in begin or "<!entity" in begin:
        what = "HTML" if "<html" in begin or "<!doctype html" in begin else "XML"
        raise CitypactError("{file}: is a file of {other}\n    -> {cure}", file=file, other=what,
                            cure=AS_CSV)  # fmt: skip
    import networkx as nx

    read = nx.read_graphml if form == "GraphML" else nx.read_gexf
    try:
        network = read(io.BytesIO(text.encode()))
    except Exception as error:  # whatever a damaged file brings about in the reader of networkx
        raise CitypactError(
            "{file}: is not complete {form} ({what})\n    -> export it again",
            file=file,
            form=form,
            what=str(error).split("\n")[0][:120],
        ) from error
    nodes = [
        {"id": str(node)} | {str(k): _plain(v) for k, v in data.items() if _is_plain(v)}
        for node, data in network.nodes(data=True)
    ]
    edges = [
        {str(k): _plain(v) for k, v in data.items() if _is_plain(v) and k not in ("id", "label")}
        | {"source": str(one), "target": str(other)}
        for one, other, data in network.edges(data=True)
    ]
    if not edges:
        raise CitypactError(
            "{file}: has no edges\n    -> export the edges with the nodes", file=file
        )
    sheets = [_from_records(file, "edges", edges), _from_records(file, "nodes", nodes)]
    return [Sheet(each.file, each.name, each.rows, form) for each in sheets]


__all__ = ["Sheet", "SheetRow", "read_sheets"]
