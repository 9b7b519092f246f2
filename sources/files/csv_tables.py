"""CSV as it is read and written everywhere here: one dialect, with file and line in errors.

Read: UTF-8 with or without a byte order mark, any line ends, cells in double quotes, doubled within
(RFC 4180); commas, in tables of others also semicolons or tabs. Written: UTF-8 without that mark,
lines ended by CR LF, and no text that a spreadsheet would take for a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citypact.ontology.errors import (
    CitypactError,
    Message,
    Problem,
    RecordError,
    shown,
    system_reason,
)
from citypact.sources.files.input_files import read_at_most
from citypact.sources.files.spreadsheet_cells import guarded, unguarded

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
        return CitypactError(
            "{file}:{line}: {reason}\n    -> {cure}",
            file=self.file,
            line=self.line,
            reason=message,
            cure=cure,
        )


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
            raise IsADirectoryError
        data = read_at_most(path, MAXIMUM_BYTES, is_named=True)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(data) > MAXIMUM_BYTES:
        raise CitypactError(
            "{path}: is larger than {maximum_bytes} bytes\n    -> split it",
            path=path,
            maximum_bytes=MAXIMUM_BYTES,
        )
    return data


def unreadable(path: Path, error: OSError) -> CitypactError:
    """What to say of a file that the system does not let us read."""
    if isinstance(error, IsADirectoryError):
        return CitypactError("{path}: is a folder\n    -> name a file", path=path)
    return CitypactError(
        "{path}: cannot be read ({reason})\n    -> check the path",
        path=path,
        reason=system_reason(error),
    )


class _Fault(Exception):
    """What is wrong with a text at a line of it (0: as a whole), and the cure."""

    def __init__(self, line: int, message: str, cure: str) -> None:
        super().__init__(message)
        self.line, self.message, self.cure = line, message, cure


@contextmanager
def _faults_of(file: str) -> Iterator[None]:
    try:
        yield
    except _Fault as fault:
        place = f"{file}:{fault.line}" if fault.line else file
        raise CitypactError(
            "{place}: {reason}\n    -> {cure}",
            place=place,
            reason=fault.message,
            cure=fault.cure,
        ) from fault


def decode(data: bytes, file: str) -> str:
    """Text of UTF-8 bytes, with or without a byte order mark.

    Raises CitypactError that names the line and, where it looks so, the encoding to convert from.
    """
    with _faults_of(file):
        return _decoded(data)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Fault(0, "is UTF-16, not UTF-8", "save it as “CSV UTF-8”")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        command = f"iconv -f {_encoding(data)} -t UTF-8 FILE > NEW"
        cure = Message("save it as “CSV UTF-8”, or convert it: {command}", command=command)
        raise _Fault(line, "is not UTF-8", cure) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise _Fault(line, "contains a NUL character", "save it as CSV again")
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


def parse_table(
    text: str, file: str, known: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> CsvTable:
    """A table whose first line names its columns; `file` is how messages call it.

    `known` gives for each of our columns the names that tables use for it; case and `_` or `-` for
    a space do not count. Other columns are left alone. Raises CitypactError with file and line for
    a column that is needed and missing or stands twice, for ragged rows and for no rows.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    rows = []
    with _faults_of(file):
        lines = _lines(text, separator)
        _, heads = next(lines, (0, []))
        if not heads:
            raise CitypactError(
                "{file}: is empty\n    -> its first line names the columns", file=file
            )
        columns = _columns(heads, file, known, needed)
        for line, cells in lines:
            if len(cells) != len(heads):
                raise CitypactError(
                    "{file}:{line}: has {count} {count:cell|cells}, the first line has {count2}\n"
                    "    -> put a cell that holds the separator in double quotes",
                    file=file,
                    line=line,
                    count=len(cells),
                    count2=len(heads),
                )
            rows.append(CsvRow(file, line, {name: cells[at] for name, at in columns.items()}))
    if not rows:
        raise CitypactError(
            "{file}: has no rows below the first line\n    -> check the file", file=file
        )
    return CsvTable(file, rows, frozenset(columns), separator)


def csv_lines(text: str, file: str, separator: str) -> list[tuple[int, list[str]]]:
    """The rows of a text that are not empty, with the line where each begins (from 1).

    `file` is how messages call it. Raises CitypactError for what is not CSV.
    """
    with _faults_of(file):
        return list(_lines(text, separator))


def _lines(text: str, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
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
        cure = Message("close the quotes, and write a double quote within quotes twice")
        raise _Fault(begin, Message("is not CSV ({error})", error=error), cure) from error
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
                    "{file}:1: has the column {other} twice\n    -> rename one of them",
                    file=file,
                    other=shown(other),
                )
            if other in places:
                found.setdefault(name, places[other][0])
    for name in needed:
        if name not in found:
            names = ", ".join(dict.fromkeys((name, *known[name])))
            raise CitypactError(
                "{file}:1: has no column for {name}\n"
                "    -> name one of its columns: {names} (it has: {heads})",
                file=file,
                name=name,
                names=names,
                heads=", ".join(shown(head) for head in heads[:12]),
            )
    return found


def _head(text: str) -> str:
    return " ".join(text.strip().lstrip("?").casefold().replace("_", " ").replace("-", " ").split())


def read_rows(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of a CSV file that are not empty, with the line where each begins (from 1).

    Raises CitypactError for a file that cannot be read, or is not CSV in UTF-8.
    """
    with _faults_of(str(path)):
        return list(_lines(_decoded(read_file(path))))


def read_data(path: Path) -> list[dict[str, str]]:
    """The rows of a table that comes with the package, by column."""
    (_, header), *rows = read_rows(path)
    return [dict(zip(header, cells, strict=True)) for _, cells in rows]


def write_rows(rows: Iterable[Iterable[object]], line_end: str = "\r\n") -> bytes:
    """Rows as CSV, cells as `str` gives them. Texts are not changed: see `write_table`."""
    buffer = io.StringIO(newline="")
    # Only the characters of its own line end make csv quote a cell: a lone carriage return would
    # break a row, and what follows it could be a formula.
    writer = csv.writer(_Lines(buffer, line_end), lineterminator="\r\n")
    writer.writerows(rows)
    return buffer.getvalue().encode()


@dataclass(frozen=True)
class _Lines:
    """Writes the rows of a csv writer, which come one at a time, with another line end."""

    buffer: io.StringIO
    line_end: str

    def write(self, row: str) -> int:
        return self.buffer.write(row.removesuffix("\r\n") + self.line_end)


def write_table(
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    *,
    guards: bool = True,
    line_end: str = "\r\n",
) -> bytes:
    """A table with a header; columns that a row does not have stay empty.

    `guards` puts an apostrophe before texts that a spreadsheet would take for a formula.
    """

    body = ([row.get(name, "") for name in columns] for row in rows)
    if guards:
        body = ([guarded(v) if isinstance(v, str) else v for v in cells] for cells in body)
    return write_rows([columns, *body], line_end)


def table(path: Path, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header of a CSV file and its rows with their lines (from 1); empty rows are left out.

    Raises RecordError for text that is not UTF-8, not CSV, or not as wide as its header.
    """

    def problem(line: int, message: str, cure: str) -> RecordError:
        return RecordError([Problem(name, line, "", message, cure)])

    try:
        data = read_at_most(path, MAXIMUM_BYTES)
        if len(data) > MAXIMUM_BYTES:
            message = Message("is larger than {maximum_bytes} bytes", maximum_bytes=MAXIMUM_BYTES)
            raise problem(0, message, "split it")
        found = list(_lines(_decoded(data)))
    except OSError as error:
        raise problem(
            0, Message("cannot be read: {reason}", reason=system_reason(error)), "check the path"
        ) from error
    except _Fault as fault:
        raise problem(fault.line, fault.message, fault.cure) from fault
    rows = [(line, [unguarded(cell.strip()) for cell in cells]) for line, cells in found]
    if not rows:
        raise problem(1, "is empty", "begin with a line that names the columns")
    header = rows[0][1]
    doubled = sorted({column for column in header if header.count(column) > 1})
    if doubled:
        raise problem(
            rows[0][0],
            Message("has the column {doubled} twice", doubled=shown(doubled[0])),
            "rename one of them",
        )
    for line, row in rows[1:]:
        if len(row) != len(header):
            message = Message(
                "has {count} {count:cell|cells} where the header has {count2}",
                count=len(row),
                count2=len(header),
            )
            raise problem(line, message, "put a cell that has a comma in double quotes")
    return header, rows[1:]


__all__ = [
    "CsvRow",
    "CsvTable",
    "csv_lines",
    "decode",
    "parse_table",
    "read_data",
    "read_file",
    "read_rows",
    "table",
    "write_rows",
    "write_table",
]
