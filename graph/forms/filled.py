"""Reads what people filled in: the rows of a workbook or of a CSV file, by the form's columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from citypact.graph.forms.form import NOTE, FormSheet, form, is_note, sheet_called, sheet_with
from citypact.ontology.errors import CitypactError, Message, Problem, shown, suggestion
from citypact.sources.files.csv_tables import read_file
from citypact.sources.twins.sheets import Sheet, read_sheets


@dataclass(frozen=True)
class FilledRow:
    """A row that somebody filled in: where it stands, and its cells by field.

    Attributes: place (file and sheet, as messages call them), number (of the row, from 1), sheet,
    cells (those that hold something), headings (as they stand over the cells, by field).
    """

    place: str
    number: int
    sheet: FormSheet
    cells: dict[str, str]
    headings: dict[str, str]

    @property
    def language(self) -> str:
        """The language of the form."""
        return self.sheet.language(self.headings.values())

    def problem(self, field: str, message: str, cure: str) -> Problem:
        """A fault in one of its cells."""
        return Problem(self.place, self.number, self.headings.get(field, field), message, cure)


def read_filled(path: Path, problems: list[Problem]) -> list[FilledRow]:
    """The rows of a workbook, or of a CSV file whose headings tell which sheet it is.

    Faults of sheets and headings are added to `problems`. Raises CitypactError for a file that
    cannot be read, and for one without any sheet of the form.
    """
    sheets = read_sheets(read_file(path), path)
    found: list[FilledRow] = []
    fitting = 0
    for sheet in sheets:
        known = sheet_called(sheet.name) if sheet.name else None
        if known is None and sheet.rows:
            known = sheet_with(sheet.rows[0][1])
        if known is not None:
            fitting += 1
            found += _rows(sheet, known, problems)
    if not fitting:
        raise CitypactError(
            "{path}: has no sheet of the form; its sheets are {sheets}\n"
            "    -> write an empty form with `citypact new --form xlsx`, and fill it in",
            path=path,
            sheets=", ".join(shown(sheet.name or sheet.file) for sheet in sheets),
        )
    order = [sheet.register for sheet in form()]
    return sorted(found, key=lambda row: order.index(row.sheet.register))


def _rows(sheet: Sheet, known: FormSheet, problems: list[Problem]) -> Iterator[FilledRow]:
    if not sheet.rows:
        return
    (line, headings), *rows = sheet.rows
    language = known.language(headings)
    columns = [known.column(heading) if heading.strip() else None for heading in headings]
    ours = [each.heading[language] for each in known.columns]
    for number, (heading, column) in enumerate(zip(headings, columns, strict=True)):
        if column is not None and column in columns[:number]:
            message = Message("{heading} is there twice", heading=shown(heading))
            problems.append(Problem(sheet.place, line, "", message, Message("delete one column")))
        elif column is None and heading.strip() and not is_note(heading):
            message = Message("{heading} is not a column of this sheet", heading=shown(heading))
            cure = Message(
                "{cure}; or call it {note} if it is for yourself",
                cure=suggestion(heading, ours),
                note=NOTE[language],
            )
            problems.append(Problem(sheet.place, line, "", message, cure))
    named = {
        column.field: heading
        for heading, column in zip(headings, columns, strict=True)
        if column is not None
    }
    for column in known.columns:
        if column.is_needed and column.field not in named:
            message = Message("has no column {missing!r}", missing=column.heading[language])
            cure = Message("write an empty form with `citypact new --form xlsx`, and fill it in")
            problems.append(Problem(sheet.place, line, "", message, cure))
            return
    for number, at, text in sheet.unread:
        if at < len(columns) and columns[at] is not None:
            message = Message("{text} has no value", text=shown(text))
            cure = Message("write the value itself, or nothing")
            problems.append(Problem(sheet.place, number, headings[at], message, cure))
    for number, cells in rows:
        values = {
            column.field: cell.strip()
            for column, cell in zip(columns, cells, strict=False)
            if column is not None and cell.strip()
        }
        if values:
            yield FilledRow(sheet.place, number, known, values, named)


__all__ = ["FilledRow", "read_filled"]
