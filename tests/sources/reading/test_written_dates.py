"""Dates as people write them: what is read, what is asked, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citypact.sources.reading.edtf import parse_edtf
from citypact.sources.reading.written_dates import (
    DAY_FIRST,
    MONTH_FIRST,
    OpenOrder,
    read_written_date,
)

DAY = "1976-05-18"
READ = {
    DAY: [
        "1976-05-18", "19760518", "1976.5.18.", "1976. 5. 18", "1976/05/18", "1976 5 18",
        "1976-5-18",
        "1976년 5월 18일", "1976년5월18일", "'76.5.18", "’76. 5. 18.", "76.5.18", "760518",
        "昭和51年5月18日", "S51.5.18", "昭和51.5.18", "1976年5月18日", "１９７６年５月１８日",
        "民國65年5月18日",
        "단기 4309년 5월 18일", "18 mai 1976", "May 18, 1976", "18th May 1976", "18. Mai 1976",
        "18 de mayo de 1976", "18-May-1976", "1976-05-18 00:00:00", "1976-05-18T00:00:00Z",
        "1976. 5. 18.(화)", "18/05/1976", "05/18/1976", "18.5.76",
        "5/18/76", "18-May-76", "18.V.1976", "昭51.5.18", "一九七六年五月十八日", "1976年5月18号",
        "18 tháng 5 năm 1976", "18 maja 1976 r.", "18 мая 1976 г.", "am 18.5.1976",
        "1976·5·18", "1976‐05‐18", "1976년 5월 18일 체결", "1976.5.18일", "(1976-05-18)",
    ],
    "1976-05": ["May 1976", "1976년 5월", "1976.5.", "1976. 05", "197605", "5/1976", "mai 1976",
    "mayo de 1976",
                "昭和51年5月", "May-76", "im Mai 1976", "en mayo de 1976", "1976. 5월", "V 1976",
                "1976년 5월 중순", "1976-05-??", "1976-05-00"],
    "1976": ["1976", "1976년", "1976.", "昭和51年", "1976年", "1976년도",
             "spring 1976", "1976년 상반기", "Q2 1976", "1976.xx.xx", "1976-00-00", "since 1976",
             "1976년부터"],
    "1989-01-08": ["平成元年1月8日", "H1.1.8"],
    "1976~": ["c. 1976", "ca. 1976", "약 1976년", "1976년경", "1976頃"],
    "197X": ["1970s", "1970년대", "197X"],
}  # fmt: skip


@pytest.mark.parametrize(("expected", "texts"), READ.items())
def test_forms_of_one_date_are_read_alike_and_what_was_done_is_told(
    expected: str, texts: list[str]
) -> None:
    for text in texts:
        found = read_written_date(text)
        assert found.edtf == expected, text
        assert bool(found.change) == (text != expected), text


@pytest.mark.parametrize(
    "text",
    [
        "n.d.", "19x6", "1976-13-01", "1976.2.30", "1976-1980", "1976–", "2018-", "봄", "5월 18일",
        "May",
        "1976 / 2001", "65年5月18日", "二〇二十年五月",
        "05-May-12", "7605", "0000-00-00", "9999999", "20601", "19760532", "12", "1976.5.18.19",
        "昭和", "",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_written_date(text)


@pytest.mark.parametrize("text", ["03/04/1990", "3.4.1990", "3-4-1990", "01.02.03"])
def test_day_and_month_are_asked_for_where_they_are_open(text: str) -> None:
    with pytest.raises(OpenOrder):
        read_written_date(text)


def test_the_order_that_is_given_decides_only_what_is_open() -> None:
    assert read_written_date("03/04/1990", DAY_FIRST).edtf == "1990-04-03"
    assert read_written_date("03/04/1990", MONTH_FIRST).edtf == "1990-03-04"
    assert read_written_date("25/12/1990", MONTH_FIRST).edtf == "1990-12-25"
    assert read_written_date("25/12/1990").order == DAY_FIRST
    assert read_written_date("12/25/1990").order == MONTH_FIRST
    assert read_written_date("5/5/1976").edtf == "1976-05-05"


@given(st.one_of(st.text(max_size=14), st.text("0123456789년월일年月日./- '", max_size=14)))
def test_any_text_is_a_date_in_edtf_or_refused(text: str) -> None:
    try:
        found = read_written_date(text)
    except ValueError:
        return
    assert parse_edtf(found.edtf).text == found.edtf
