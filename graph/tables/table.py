"""A table and its columns, described in Korean and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from citypact.graph.text.bilingual import Words

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]
"""The values of a row by the names of its columns."""


@dataclass(frozen=True)
class Column:
    """A column: its name, its kind, and its description in Korean and English.

    kind: text, integer, number, boolean, day or list (of texts). of: the name of the table whose
    ids the column holds, or ''.
    """

    name: str
    kind: str
    ko: str
    en: str
    of: str = ""


def in_both(name: str, ko: str, en: str, kind: str = "text") -> tuple[Column, Column]:
    """A text in Korean and in English, or a list of texts, as two columns."""
    return (
        Column(f"{name}_ko", kind, ko, f"{en} (in Korean)"),
        Column(f"{name}_en", kind, f"{ko}(영문)", en),
    )


def texts(name: str, words: Words) -> dict[str, str]:
    """A text in both languages as the values of the columns of `in_both`."""
    return {f"{name}_{language}": text for language, text in words.items()}


ID = Column("id", "text", "식별자(IRI)", "Identifier (IRI)")


@dataclass(frozen=True)
class DataTable:
    """A table: its columns, those of its key, and its rows in the order of the key.

    A row has the values that are known, of the Python type of the column's kind: str, int, float,
    bool, datetime.date, or a list of str.
    """

    name: str
    ko: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: list[Row]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a DataFrame. Needs pandas: `pip install citypact[research]`."""
        import pandas

        return pandas.DataFrame(self.rows, columns=[column.name for column in self.columns])
