"""Dates as precise as their source: what is read, which days are possible, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from citypact.graph.rdf.terms import date_iri, read_date
from citypact.sources.reading.edtf import (
    Date,
    agreed_dates,
    ends_before,
    is_within,
    parse_edtf,
)

digits = st.sampled_from("0123456789X")
edtf_like = st.text(st.sampled_from("0123456789X-/.?~%[],"), max_size=24)
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
    return str(span.begin or ""), str(span.end or "")


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2013-10-21", "2013-10-21", "2013-10-21"),
        ("2015-12", "2015-12-01", "2015-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-02", "2015-02-01", "2015-02-28"),
        ("1976", "1976-01-01", "1976-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("[2002-07..2006-06]", "2002-07-01", "2006-06-30"),
        ("[..2013-05]", "", "2013-05-31"),
        ("[2011-10..]", "2011-10-01", ""),
        ("[1998,1996]", "1996-01-01", "1998-12-31"),
        ("[1990..1992,199X?]", "1990-01-01", "1999-12-31"),
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
        ("[2016-05-01..2016-05-01]", "2016-05-01", "2016-05-01"),
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
    assert parse_edtf(text).text == text


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
        ("2000/[2001,2002]", "is not an interval"),
        ("2016-02-30/2018", "does not exist"),
    ],
)
def test_refuses_what_is_no_date(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_edtf(text)


@pytest.mark.parametrize("between", ["/", "..", ","])
@pytest.mark.parametrize(
    ("first", "last", "together"),
    [("?", "?", "?"), ("", "~", "~"), ("%", "", "%"), ("?", "~", "%"), ("", "", "")],
)
def test_what_is_doubtful_of_one_date_is_so_of_both(
    between: str, first: str, last: str, together: str
) -> None:
    text = f"2016{first}{between}2018{last}"
    assert parse_edtf(text if between == "/" else f"[{text}]").qualifier == together


@pytest.mark.parametrize("wrong", ["123456789/" * 9, "[" + "123456789," * 9])
def test_of_a_long_text_the_beginning_is_named(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not a") as raised:
        parse_edtf(wrong)
    assert f"{wrong[:40]}'" in str(raised.value)


@given(st.text() | edtf_like | masks)
@example("2016/2016/")
@example("XX16-02-29")
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        span = parse_edtf(text)
    except ValueError:
        return
    assert span.text == text
    if span.begin and span.end:
        assert span.begin <= span.end


@given(st.dates())
def test_a_day_allows_itself_alone(day: date) -> None:
    assert parse_edtf(day.isoformat()) == Date(day.isoformat(), day, day, "day")


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
    assert span.begin is not None and span.end is not None
    assert span.begin <= day <= span.end


@pytest.mark.parametrize(
    ("text", "last"),
    [("2015-12-31", "2015-12-31"), ("2016-02-29", "2016-02-29"), ("2015-04", "2015-04-30"),
     ("2015", "2015-12-31"), ("2016-02-2X", "2016-02-29"), ("2015-01-3X", "2015-01-31")],
)  # fmt: skip
def test_the_last_day_of_a_month_is_a_day(text: str, last: str) -> None:
    assert str(parse_edtf(text).end) == last


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
        date = parse_edtf(text)
    except ValueError:
        return
    iri = date_iri(date).value
    assert read_date(iri) == date
    assert not set(iri) & set(' <>"{}|^`\\?#')


@pytest.mark.parametrize("iri", ["", "https://w3id.org/citypact/id/city/seoul", "2016"])
def test_refuses_an_iri_that_is_not_of_a_date(iri: str) -> None:
    with pytest.raises(ValueError, match="not the IRI of a date"):
        read_date(iri)


@pytest.mark.parametrize(
    ("text", "precision", "qualifier"),
    [
        ("2013-10-21", "day", ""),
        ("2012-05-06%", "day", "%"),
        ("2015-12", "month", ""),
        ("2013-10-1X", "month", ""),
        ("1976~", "year", "~"),
        ("2013-1X", "year", ""),
        ("2013-XX-31", "year", ""),
        ("201X?", "decade", "?"),
        ("19XX-02-29", "century", ""),
        ("1XXX", "millennium", ""),
        ("XXXX-XX-30", "unknown", ""),
        ("2016/2018", "interval", ""),
        ("2012?/2013", "interval", "?"),
        ("2012?/2013~", "interval", "%"),
    ],
)
def test_says_how_precise_and_how_sure_a_date_is(text: str, precision: str, qualifier: str) -> None:
    date = parse_edtf(text)
    assert (date.precision, date.qualifier) == (precision, qualifier)


@pytest.mark.parametrize(
    ("text", "beginning"),
    [("2016/2018", "2016"), ("2016-05/..", "2016-05"), ("../2018", "../2018"), ("201X", "201X")],
)
def test_an_interval_begins_with_its_first_half(text: str, beginning: str) -> None:
    assert parse_edtf(text).beginning == parse_edtf(beginning)


@pytest.mark.parametrize(
    ("one", "other", "within"),
    [
        ("1988-09-03", "1988", True),
        ("1988", "1988-09-03", False),
        ("1988-09-03", "1988-09-03", True),
        ("1988-09-03", "XXXX", True),
        ("XXXX", "1988", False),
        ("XXXX", "XXXX-XX-03", True),
        ("1988-09-03", "../1988", True),
        ("1989-01-01", "../1988-12-31", False),
        ("1988-12-31", "../1988-12-31", True),
        ("1988-01-01", "1988-01-01/..", True),
        ("1987-12-31", "1988-01-01/..", False),
        ("../1988", "1988", False),
        ("1988/..", "1988", False),
        ("1988/1990", "1987/1990", True),
        ("1988/1990", "1988/1989", False),
        ("1986/1988", "1987/1990", False),
    ],
)
def test_a_date_lies_within_another(one: str, other: str, within: bool) -> None:
    assert is_within(one, other) is within


@pytest.mark.parametrize(
    ("one", "other", "agreed"),
    [
        ("1988", "1988-09-03", ("1988-09-03", "1988")),
        ("1988-09-03", "1988", ("1988-09-03", "1988")),
        ("1988", "1988", ("1988",)),
        ("", "1988", ("1988",)),
        ("1988", "", ("1988",)),
        ("", "", ("",)),
        ("1988", "1989", None),
        ("1988/1990", "1989/1991", None),
    ],
)
def test_of_two_dates_that_agree_the_more_exact_comes_first(
    one: str, other: str, agreed: tuple[str, ...] | None
) -> None:
    assert agreed_dates(one, other) == agreed
    assert agreed_dates(one, other.encode().decode()) == agreed  # equal, and not the same object


@pytest.mark.parametrize(
    ("end", "start", "before"),
    [
        ("1988", "1989", True),
        ("1988-12-31", "1989-01-01", True),
        ("1988", "1988-12-31", False),
        ("1988-12-31", "1988-12-31", False),
        ("1990", "1989", False),
        ("", "1989", False),
        ("1988", "", False),
        ("1988/..", "1990", False),
        ("1988", "../1990", False),
    ],
)
def test_an_end_before_a_start_is_sure(end: str, start: str, before: bool) -> None:
    assert ends_before(end, start) is before
