"""What in a list is not understood, or was read with a change, with file, row and cure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from citypact.ontology.errors import Message, Problem, RecordError
from citypact.sources.files.csv_tables import CsvRow

if TYPE_CHECKING:
    from citypact.sources.twins.columns import TableReading

EMPTIED = Message("the cell is left empty")
ROW_LEFT_OUT = Message("the row is left out")
TOLD = Message("imported unchanged")
_SHOWN_OF_A_KIND = 20
"""So many faults of one kind are shown one by one."""


@dataclass(frozen=True)
class Doubt:
    """One cell or row that is in doubt.

    Attributes: file, line, column (a field, or empty for a row), value (the text of the cell),
    reason, cure, effect (what is done with it), is_fault (whether it keeps the list from being
    taken in, unless faults are skipped).
    """

    file: str
    line: int
    column: str
    value: str
    reason: str
    cure: str
    effect: str
    is_fault: bool

    @property
    def place(self) -> str:
        """File and line, as messages name them."""
        return f"{self.file}:{self.line}" if self.line else self.file


class ListFaults(RecordError):
    """The faults of a list, with how its tables were understood."""

    def __init__(self, problems: list[Problem], tables: list[TableReading]) -> None:
        super().__init__(problems)
        self.tables = tables


@dataclass
class Doubts:
    """Collects the doubts of a list, and counts what was done to texts that were understood."""

    found: list[Doubt] = field(default_factory=list)
    changes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def fault(
        self, row: CsvRow, column: str, reason: str, cure: str, effect: str = EMPTIED
    ) -> None:
        """A cell or row that is not understood: nothing is taken in unless faults are skipped."""
        self._add(row, column, reason, cure, effect, is_fault=True)

    def note(
        self, row: CsvRow, column: str, reason: str, cure: str = "", effect: str = EMPTIED
    ) -> None:
        """A cell or row that is left out or changed, and told."""
        self._add(row, column, reason, cure, effect, is_fault=False)

    def _add(
        self, row: CsvRow, column: str, reason: str, cure: str, effect: str, *, is_fault: bool
    ) -> None:
        value = row.get(column) if column else ""
        self.found.append(Doubt(row.file, row.line, column, value, reason, cure, effect, is_fault))

    def changed(self, column: str, what: str) -> None:
        """Counts a text that was understood in another form."""
        self.changes[column][what] += 1

    @property
    def faults(self) -> list[Doubt]:
        return [doubt for doubt in self.found if doubt.is_fault]

    def refuse(self, tables: list[TableReading]) -> None:
        """Raises ListFaults with every fault and note, where there is a fault."""
        if self.faults:
            raise ListFaults(problems(self.found, tables), tables)


def headings(tables: Iterable[TableReading]) -> dict[tuple[str, str], str]:
    """The headings that readers gave the columns of tables, by file and field."""
    return {
        (table.sheet.place, column.field): column.heading
        for table in tables
        for column in table.columns
        if column.field
    }


def problems(doubts: Iterable[Doubt], tables: Iterable[TableReading]) -> list[Problem]:
    """Doubts as problems; of many of one kind the first ones, and how many more there are.

    A column goes by the heading that the reader gave it.
    """
    names = headings(tables)

    def problem(doubt: Doubt, reason: str) -> Problem:
        heading = names.get((doubt.file, doubt.column), doubt.column)
        return Problem(doubt.file, doubt.line, heading, reason, doubt.cure)

    kinds: dict[tuple[str, str, str], list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        template = getattr(doubt.reason, "template", doubt.reason)
        kinds[doubt.file, doubt.column, template].append(doubt)
    found = []
    for same in kinds.values():
        found += [problem(doubt, doubt.reason) for doubt in same[:_SHOWN_OF_A_KIND]]
        if more := same[_SHOWN_OF_A_KIND:]:
            lines = ", ".join(str(doubt.line) for doubt in more[:10])
            reason = Message(
                "{count} more of this kind, in {count:line|lines} {lines}",
                count=len(more),
                lines=lines if len(more) <= 10 else f"{lines} …",
            )
            found.append(problem(more[-1], reason))
    return found


__all__ = [
    "EMPTIED",
    "ROW_LEFT_OUT",
    "TOLD",
    "Doubt",
    "Doubts",
    "ListFaults",
    "headings",
    "problems",
]
