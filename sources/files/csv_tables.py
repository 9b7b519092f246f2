"""Tables of others: CSV in UTF-8 with commas, semicolons or tabs, read with file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from citypact.ontology.errors import CitypactError, Problem, RecordError, shown
from citypact.sources.files.spreadsheet_cells import unguarded

MAXIMUM_BYTES = 500_000_000
SEPARATORS = ",;\t"
_LONGEST_CELL = 1_000_000


@dataclass(frozen=True)
class CsvRow:
    """A row of a table: the file, the line where it begins, and its cells by the name we use."""

    file: str
    line: int
    cells: dict[str, str]

    def get(self, name: str) -> str:
        """The cell without spaces around it; empty where the table has no such column."""
        return self.cells.get(name, "").strip()

    def fault(self, message: str, cure: str) -> CitypactError:
        return CitypactError(f"{self.file}:{self.line}: {message}\n    -> {cure}")


@dataclass(frozen=True)
class CsvTable:
    """A table: its name for messages, its rows, which of our columns it has, its separator."""

    file: str
    rows: list[CsvRow]
    columns: frozenset[str]
    separator: str


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises CitypactError where it cannot be read or is too large."""
    try:
        if path.is_dir():
            raise CitypactError(f"{path}: is a folder\n    -> name a file")
        if path.stat().st_size > MAXIMUM_BYTES:
            raise CitypactError(f"{path}: is larger than {MAXIMUM_BYTES} bytes\n    -> split it")
        return path.read_bytes()
    except OSError as error:
        raise CitypactError(
            f"{path}: cannot be read ({error.strerror})\n    -> check the path"
        ) from error


def decode(data: bytes, file: str) -> str:
    """Text of UTF-8 bytes, with or without a byte order mark.

    Raises CitypactError that names the line and, where it looks so, the encoding to convert from.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CitypactError(f"{file}: is UTF-16, not UTF-8\n    -> save it as “CSV UTF-8”")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        command = f"iconv -f {_encoding(data)} -t UTF-8 FILE > NEW"
        raise CitypactError(
            f"{file}:{line}: is not UTF-8\n    -> save it as “CSV UTF-8”, or convert it: {command}"
        ) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise CitypactError(
            f"{file}:{line}: holds a NUL character\n    -> this is no text; save it as CSV again"
        )
    return text


def _encoding(data: bytes) -> str:
    """The encoding of a text that is not UTF-8: Korean where it reads so, else Western."""
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        return "CP1252"
    hangul = sum("가" <= c <= "힣" for c in text)
    foreign = sum(ord(c) > 127 for c in text) - hangul
    return "CP949" if hangul > foreign else "CP1252"


def read_table(path: Path, known: Mapping[str, Sequence[str]], needed: Sequence[str]) -> CsvTable:
    """Reads a table whose first line names its columns.

    `known` gives for each of our columns the names that tables use for it; case and `_` or `-` for
    a space do not count. Other columns are left alone. Raises CitypactError with file and line for
    a column that is needed and missing or stands twice, for ragged rows and for no rows.
    """
    file = path.name
    return parse_table(decode(read_file(path), file), file, known, needed)


def parse_table(
    text: str, file: str, known: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> CsvTable:
    """The same for a text; `file` is how messages call it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise CitypactError(f"{file}: is empty\n    -> its first line names the columns")
    separator = max(SEPARATORS, key=first.count)
    lines = _lines(text, file, separator)
    _, heads = next(lines)
    columns = _columns(heads, file, known, needed)
    rows = []
    for line, cells in lines:
        if len(cells) != len(heads):
            raise CitypactError(
                f"{file}:{line}: has {len(cells)} cells, the first line has {len(heads)}\n"
                "    -> put a cell that holds the separator in double quotes"
            )
        rows.append(CsvRow(file, line, {name: cells[at] for name, at in columns.items()}))
    if not rows:
        raise CitypactError(f"{file}: has no rows below the first line\n    -> check the file")
    return CsvTable(file, rows, frozenset(columns), separator)


def _lines(text: str, file: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line where it begins."""
    previous = csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as error:
        raise CitypactError(
            f"{file}:{begin}: is not CSV ({error})\n"
            "    -> close the quotes, and write a double quote within quotes twice"
        ) from error
    finally:
        csv.field_size_limit(previous)


def _columns(
    heads: list[str], file: str, known: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> dict[str, int]:
    places: dict[str, list[int]] = {}
    for at, head in enumerate(heads):
        places.setdefault(_head(head), []).append(at)
    found: dict[str, int] = {}
    for name, others in known.items():
        # The first of the names that the table has: `wikidata` before a mere `qid`.
        for other in dict.fromkeys(map(_head, (name, *others))):
            if len(places.get(other, [])) > 1:
                raise CitypactError(
                    f"{file}:1: has the column {shown(other)} twice\n    -> rename one of them"
                )
            if other in places:
                found.setdefault(name, places[other][0])
    for name in needed:
        if name not in found:
            names = ", ".join(dict.fromkeys((name, *known[name])))
            raise CitypactError(
                f"{file}:1: has no column for {name}\n    -> name one of its columns: {names} "
                f"(it has: {', '.join(shown(head) for head in heads[:12])})"
            )
    return found


def _head(text: str) -> str:
    return " ".join(text.strip().lstrip("?").casefold().replace("_", " ").replace("-", " ").split())


def write_table(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    """A table (RFC 4180, UTF-8); columns that a row does not have stay empty."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def table(path: Path, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header of a CSV file and its rows with their lines (from 1); empty rows are left out.

    Raises RecordError for text that is not UTF-8, not CSV, or not as wide as its header.
    """

    def fault(line: int, message: str, cure: str) -> RecordError:
        return RecordError([Problem(name, line, "", message, cure)])

    try:
        data = path.read_bytes()
    except OSError as error:
        raise fault(0, f"cannot be read: {error.strerror}", "check the path") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise fault(line, "is not UTF-8", "save the file with the encoding UTF-8") from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise fault(line, "has the control character U+0000", "remove it")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    before = 0
    try:
        for row in reader:
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in row):
                rows.append((line, [unguarded(cell.strip()) for cell in row]))
    except csv.Error as error:
        raise fault(reader.line_num, f"is not CSV: {error}", "mend the quotes there") from error
    if not rows:
        raise fault(1, "is empty", "begin with a line that names the columns")
    header = rows[0][1]
    doubled = sorted({column for column in header if header.count(column) > 1})
    if doubled:
        raise fault(rows[0][0], f"has the column {shown(doubled[0])} twice", "rename one of them")
    for line, row in rows[1:]:
        if len(row) != len(header):
            message = f"has {len(row)} cells where the header has {len(header)}"
            raise fault(line, message, "put a cell that has a comma in double quotes")
    return header, rows[1:]


__all__ = [
    "CsvRow",
    "CsvTable",
    "decode",
    "parse_table",
    "read_file",
    "read_table",
    "write_table",
]
