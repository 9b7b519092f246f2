"""Dates as precise as their source: what is read, which days are possible, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from citypact.sources.reading.edtf import DateSpan, overlaps, parse_edtf
from citypact.sources.reading.values import date_iri, date_of

digits = st.sampled_from("0123456789X")
edtf_like = st.text(st.sampled_from("0123456789X-/.?~%"), max_size=24)
masks = st.builds(
    "-".join,
    st.tuples(
        st.text(digits, min_size=4, max_size=4),
        st.text(digits, min_size=2, max_size=2),
        st.text(digits, min_size=2, max_size=2),
    ),
)


def bounds(text: str) -> tuple[str, str]:
    """First and last possible day as text; '' where unknown."""
    span = parse_edtf(text)
    return str(span.earliest or ""), str(span.latest or "")


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2013-10-21", "2013-10-21", "2013-10-21"),
        ("2015-12", "2015-12-01", "2015-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-02", "2015-02-01", "2015-02-28"),
        ("1976", "1976-01-01", "1976-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2013-XX-31", "2013-01-31", "2013-12-31"),
        ("2013-1X", "2013-10-01", "2013-12-31"),
        ("2013-10-1X", "2013-10-10", "2013-10-19"),
        ("2013-02-XX", "2013-02-01", "2013-02-28"),
        ("19XX-02-29", "1904-02-29", "1996-02-29"),
        ("201X-02-29", "2012-02-29", "2016-02-29"),
        ("XXXX", "", ""),
        ("XXXX-XX-30", "", ""),
        ("XXXX-10-30", "", ""),
        ("XXXX-02-29", "", ""),
        ("2012?", "2012-01-01", "2012-12-31"),
        ("2012-05~", "2012-05-01", "2012-05-31"),
        ("2012-05-06%", "2012-05-06", "2012-05-06"),
        ("2016/2018", "2016-01-01", "2018-12-31"),
        ("2016-05-01/2016-05-01", "2016-05-01", "2016-05-01"),
        ("2016/..", "2016-01-01", ""),
        ("2016/", "2016-01-01", ""),
        ("../2018", "", "2018-12-31"),
        ("/2018", "", "2018-12-31"),
        ("XXXX-XX-30/2018", "", "2018-12-31"),
        ("0001-01-01", "0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_reads_dates_with_the_days_they_allow(text: str, earliest: str, latest: str) -> None:
    assert bounds(text) == (earliest, latest)
    assert parse_edtf(text).edtf == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2013-02-30", "does not exist"),
        ("2015-02-29", "does not exist"),
        ("1900-02-29", "does not exist"),
        ("2013-04-31", "does not exist"),
        ("XXXX-02-30", "does not exist"),
        ("XXXX-04-31", "does not exist"),
        ("1XXX-02-30", "does not exist"),
        ("2013-13", "no such month"),
        ("2013-00", "no such month"),
        ("2013-2X", "no such month"),
        ("2013-01-00", "no such day"),
        ("XXXX-XX-32", "no such day"),
        ("2013-01-4X", "no such day"),
        ("0000", "no such year"),
        ("2X13", "no such year"),
        ("21.10.2013", "is not a date"),
        ("2013-1-1", "is not a date"),
        ("13-10-21", "is not a date"),
        ("2013-10-21T09:00", "is not a date"),
        ("2013-10-21\n", "is not a date"),
        ("２０１３", "is not a date"),
        ("30일", "is not a date"),
        ("", "is not a date"),
        ("..", "is not a date"),
        ("/", "is not an interval"),
        ("../..", "is not an interval"),
        ("2016/2017/2018", "is not an interval"),
        ("2016/" * 5000, "is not an interval"),
        ("2018/2016", "ends before it begins"),
        ("2016-02-30/2018", "does not exist"),
    ],
)
def test_refuses_what_is_no_date(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_edtf(text)


@given(st.text() | edtf_like | masks)
@example("2016/2016/")
@example("XX16-02-29")
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        span = parse_edtf(text)
    except ValueError:
        return
    assert span.edtf == text
    if span.earliest and span.latest:
        assert span.earliest <= span.latest


@given(st.dates())
def test_a_day_allows_itself_alone(day: date) -> None:
    assert parse_edtf(day.isoformat()) == DateSpan(day.isoformat(), day, day)


@given(st.dates(min_value=date(1000, 1, 1)), st.lists(st.integers(0, 9), max_size=6))
def test_unknown_digits_widen_the_days(day: date, hidden: list[int]) -> None:
    text = day.isoformat()
    # Digits are hidden from the end of the year, and anywhere in month and day.
    years = sum(1 for position in hidden if position == 3)
    mask = "".join(
        "X" if c != "-" and (4 - min(years, 3) <= i < 4 or (i > 4 and i in hidden)) else c
        for i, c in enumerate(text)
    )
    span = parse_edtf(mask)
    assert span.earliest is not None and span.latest is not None
    assert span.earliest <= day <= span.latest


@given(st.dates(), st.dates())
def test_an_interval_goes_from_its_first_to_its_last_day(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert bounds(f"{first}/{last}") == (str(first), str(last))
    if first != last:
        with pytest.raises(ValueError, match="ends before it begins"):
            parse_edtf(f"{last}/{first}")


@given(edtf_like | masks)
@example("2016/..")
@example("2012-05-06%")
@example("2012?/2013~")
def test_every_date_has_an_iri_that_leads_back(text: str) -> None:
    try:
        parse_edtf(text)
    except ValueError:
        return
    assert date_of(date_iri(text)) == text
    assert not set(date_iri(text)) & set(' <>"{}|^`\\?#')


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("2016", date(2016, 1, 1), True),
        ("2016", date(2017, 1, 1), False),
        ("2016/..", date(2999, 1, 1), True),
        ("../2016", date(2017, 1, 1), False),
        ("XXXX-XX-30", date(1900, 1, 1), True),
    ],
)
def test_overlaps(text: str, day: date, expected: bool) -> None:
    assert overlaps(parse_edtf(text), day) is expected
