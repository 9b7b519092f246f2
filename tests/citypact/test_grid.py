"""Tables of text have the columns and folds that rich gives them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table
from rich.text import Text

from citypact.grid import grid

WORDS = st.sampled_from(
    [
        "서울특별시",
        "a",
        "Los Angeles",
        "東京",
        "",
        "verylongwordthatfolds" * 2,
        "https://example.org",
    ]
)
CELLS = st.lists(WORDS, max_size=5).map(" ".join)


@given(
    st.integers(1, 5).flatmap(lambda n: st.lists(st.tuples(*[CELLS] * n), min_size=1, max_size=4)),
    st.sampled_from([60, 80, 120, 160]),
)
def test_a_table_is_folded_as_rich_folds_it(rows: list[tuple[str, ...]], width: int) -> None:
    headings = ["이름", "city", "a long heading", "date", "kind"][: len(rows[0])]
    other = Table(box=None, pad_edge=False, collapse_padding=True)
    for heading in headings:
        other.add_column(heading, overflow="fold")
    for row in rows:
        other.add_row(*map(Text, row))
    text = io.StringIO()
    Console(file=text, width=width, highlight=False).print(other)
    ours = [line for lines in grid(headings, rows, width) for line in lines]
    assert ours == [line.rstrip() for line in text.getvalue().splitlines()]


@pytest.mark.parametrize("width", range(1, 12))
def test_a_table_too_narrow_for_its_columns_is_still_written(width: int) -> None:
    written = grid(["이름", "x"], [["서울특별시 abc", "https://example.org"], ["", ""]], width)
    assert "".join("".join(lines) for lines in written).replace(" ", "").startswith("이")
