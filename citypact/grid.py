"""A table of text in columns, folded to a width.

Column widths and folds are those of a `rich.table.Table` without borders. rich itself takes longer
to load and to write a hundred rows than the graph takes to find them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len, chop_cells, set_cell_size

_WORD = re.compile(r"\s*\S+\s*")


def grid(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """The lines of each row, the headings first: columns with a space between them.

    Every text is one line. A column that is too wide is folded at words, longest columns first;
    a word longer than its column is folded where the column ends.
    """
    table = [headings, *rows]
    widths = _fitted([max(map(cell_len, column)) for column in zip(*table, strict=True)], width)
    return [_lines(headings, widths, is_heading=True), *(_lines(row, widths) for row in rows)]


def _lines(row: Sequence[str], widths: Sequence[int], *, is_heading: bool = False) -> list[str]:
    cells = [
        list(_folded(text, columns)) if cell_len(text) > columns else [text]
        for text, columns in zip(row, widths, strict=True)
    ]
    if is_heading:  # the last lines of headings stand next to each other
        height = max(map(len, cells))
        cells = [[""] * (height - len(cell)) + cell for cell in cells]
    return [
        " ".join(map(set_cell_size, parts, widths)).rstrip()
        for parts in zip_longest(*cells, fillvalue="")
    ]


def _fitted(natural: list[int], width: int) -> list[int]:
    """Widths of columns that fit into a width: what is missing is taken from the widest first.

    Each keeps two, the width of a letter of Korean, however narrow the whole is.
    """
    gaps = [1] * (len(natural) - 1) + [0]
    widths = [min(max(one + gap, 1), width) for one, gap in zip(natural, gaps, strict=True)]
    while (missing := sum(widths) - width) > 0:
        widest = max(widths)
        next_widest = max((each for each in widths if each < widest), default=0)
        step = min(missing, widest - next_widest)
        widths = _shrunk(widths, missing, [each == widest for each in widths], [step] * len(widths))
    return [
        max(min(columns + gap, allowed) - gap, min(columns, 2))
        for columns, gap, allowed in zip(natural, gaps, widths, strict=True)
    ]


def _shrunk(
    widths: list[int], missing: int, shrinks: Sequence[bool], at_most: Sequence[int]
) -> list[int]:
    """Takes what is missing from some columns in equal parts, each at most so much."""
    rest, parts, found = missing, sum(shrinks), []
    for each, may, most in zip(widths, shrinks, at_most, strict=True):
        taken = min(most, round(rest / parts)) if may else 0
        found.append(each - taken)
        rest -= taken
        parts -= may
    return found


def _folded(text: str, width: int) -> Iterator[str]:
    """A text in lines of a width at most."""
    breaks, used = [0], 0
    for match in _WORD.finditer(text):
        word, start = match[0], match.start()
        length = cell_len(word.rstrip())
        if length <= width - used:
            used += cell_len(word)
        elif length > width:
            parts = chop_cells(word, width)
            for part in parts:
                breaks.append(start)
                start += len(part)
            used = cell_len(parts[-1])
        elif used and start:
            breaks.append(start)
            used = cell_len(word)
    breaks = sorted(set(breaks))
    for begin, end in zip(breaks, [*breaks[1:], len(text)], strict=True):
        yield text[begin:end]


__all__ = ["grid"]
