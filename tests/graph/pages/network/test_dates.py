"""Dates of the network page: words in place of the marks of EDTF."""

from __future__ import annotations

import pytest

from citypact.graph.pages.network.plain import date_text


@pytest.mark.parametrize(
    ("edtf", "korean", "english"),
    [
        ("2012-06~", "2012년 6월경", "about June 2012"),
        ("XXXX-XX-30", "30일(연·월 미상)", "day 30 (month and year unknown)"),
        ("2012-06-01", "2012-06-01", "2012-06-01"),
        (2017, "2017", "2017"),
        (None, "", ""),
    ],
)
def test_dates_are_written_without_marks_of_edtf(edtf: object, korean: str, english: str) -> None:
    assert date_text(edtf) == {"ko": korean, "en": english}
