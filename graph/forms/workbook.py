"""Writes the form as an Excel workbook: empty, or filled with rows."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from citypact.graph.forms.form import FormColumn, FormSheet, form
from citypact.graph.store.labels import Names
from citypact.graph.text.messages import Messages
from citypact.ontology import CODE
from citypact.ontology.vocabulary import vocabulary

Rows = Mapping[str, Sequence[Mapping[str, str]]]
"""Rows by the register of their sheet; each by the fields of its columns."""

LISTS = "lists"
ROWS_WITH_LISTS = 2000
"""As many rows of an empty sheet have drop-down lists."""
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_FIXED = datetime.datetime(2000, 1, 1)
_MESSAGES = Messages("forms/words.toml")


def workbook(names: Names, language: str, rows: Rows | None = None) -> bytes:
    """The form as a workbook in a language, with drop-down lists of the codes and a guide.

    names: gives the codes their labels. rows: what is filled in; values of codes are labels. The
    same input gives the same bytes.
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.properties.created = _FIXED
    book.properties.creator = "Citypact"
    guide = book.active
    assert guide is not None
    _write_guide(guide, language)
    lists = _Lists(names, language)
    for sheet in form():
        page = book.create_sheet(sheet.title[language])
        _write_sheet(page, sheet, language, (rows or {}).get(sheet.register, ()), lists)
    lists.write(book.create_sheet(LISTS))
    written = io.BytesIO()
    book.save(written)
    return _undated(written.getvalue())


def answer(value: str, language: str) -> str:
    """What the form writes for `true` and `false`; '' for neither."""
    return _MESSAGES(f"answer.{value}")[language] if value else ""


def _write_guide(page: Any, language: str) -> None:
    from openpyxl.styles import Alignment, Font

    page.title = _MESSAGES("guide.title")[language]
    lines = [text[language] for text in map(_MESSAGES, _GUIDE)]
    for number, line in enumerate(lines, 1):
        cell = page.cell(number, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if number == 1:
            cell.font = Font(bold=True, size=14)
    page.column_dimensions["A"].width = 100


_GUIDE = ("guide.title", "guide.rows", "guide.names", "guide.dates", "guide.sources",
          "guide.signed", "guide.new", "guide.add")  # fmt: skip


def _write_sheet(
    page: Any,
    sheet: FormSheet,
    language: str,
    rows: Sequence[Mapping[str, str]],
    lists: _Lists,
) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        head = page.cell(1, number, column.heading[language])
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="FFE8D9" if column.is_needed else "E8EEF4")
        head.comment = Comment(column.hint[language], "Citypact", width=320, height=120)
        page.column_dimensions[letter].width = column.width
        lists.offer(page, column, letter, 1 + max(len(rows), ROWS_WITH_LISTS))
    for number, row in enumerate(rows, 2):
        for place, column in enumerate(sheet.columns, 1):
            if value := row.get(column.field, ""):
                cell = page.cell(number, place, value)
                cell.data_type = "s"  # also what begins with =, which is no formula
                cell.number_format = "@"  # and stays as it is: 2019-05, Q42


class _Lists:
    """The drop-down lists: one column each on a hidden sheet, so that there may be any number."""

    def __init__(self, names: Names, language: str) -> None:
        self.names, self.language = names, language
        self.labels: dict[str, list[str]] = {}

    def offer(self, page: Any, column: FormColumn, letter: str, last: int) -> None:
        """Gives a column its drop-down list, if it has one."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        if column.kind not in ("code", "answer"):
            return
        name = column.codes or column.kind
        if name not in self.labels:
            self.labels[name] = self._labels(column)
        labels = self.labels[name]
        source = get_column_letter(list(self.labels).index(name) + 1)
        choice = DataValidation(
            type="list",
            formula1=f"={LISTS}!${source}$1:${source}${len(labels)}",
            allow_blank=True,
            showErrorMessage=False,  # other words are told by `citypact add`, with suggestions
        )
        page.add_data_validation(choice)
        choice.add(f"{letter}2:{letter}{last}")

    def _labels(self, column: FormColumn) -> list[str]:
        if column.kind == "answer":
            return [answer(each, self.language) for each in ("true", "false")]
        codes = vocabulary().codes[column.codes]
        return sorted(
            self.names.label(f"{CODE}{column.codes}/{each}", self.language) for each in codes
        )

    def write(self, page: Any) -> None:
        page.sheet_state = "hidden"
        for number, labels in enumerate(self.labels.values(), 1):
            for row, label in enumerate(labels, 1):
                page.cell(row, number, label)


def _undated(data: bytes) -> bytes:
    """The archive with one time for all its members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(out, "w") as write:
        for name in read.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            # openpyxl writes the time of saving, whatever the property says.
            write.writestr(member, _SAVED.sub(rb"\g<1>2000-01-01T00:00:00Z", read.read(name)))
    return out.getvalue()


__all__ = ["Rows", "answer", "workbook"]
