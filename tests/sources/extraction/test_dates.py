"""The day of signing: which date of a text it is, and how far text and metadata allow it."""

from __future__ import annotations

import pytest

from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.date_words import date_mentions
from citypact.sources.extraction.dates import date_of
from citypact.sources.extraction.extract import extract
from citypact.sources.extraction.model import Status
from tests.sources.extraction.relations_by_hand import relation_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016년 3월 15일", (2016, 3, 15)),
        ("'16. 3. 15", (2016, 3, 15)),
        ("2016.3.15.(화)", (2016, 3, 15)),
        ("1998.4.21", (1998, 4, 21)),
        ("2004년11월", (2004, 11, 0)),
        ("98년 5월", (1998, 5, 0)),
        ("25일 오전", (0, 0, 25)),
        ("11월 18~19일", (0, 11, 18)),
        ("Nov. 24 (Mon)", (0, 11, 24)),
        ("Tuesday, February 3", (0, 2, 3)),
        ("17 June 2006", (2006, 6, 17)),
        ("the 29th of March, 2005", (2005, 3, 29)),
        ("this fifth day of May, two thousand and fourteen", (2014, 5, 5)),
        ("28th day of October, Nineteen Ninety-Five", (1995, 10, 28)),
        ("25/12/2009", (2009, 12, 25)),
        ("03/04/2010", (2010, 0, 0)),  # March or April: the text doesn't tell
        ("summer of 2012", (2012, 0, 0)),
        ("OCTOBER 7, 1957", (1957, 10, 7)),
    ],
)
def test_words_for_dates(text: str, expected: tuple[int, int, int]) -> None:
    (mention,) = date_mentions(f"({text})")
    assert (mention.year, mention.month, mention.day) == expected


@pytest.mark.parametrize(
    "text",
    ["2박3일", "5일간", "3일 동안", "10일 만에", "12개 도시", "they may 5", "3일장", "1,957"],
)
def test_words_that_are_no_dates(text: str) -> None:
    assert not date_mentions(text)


KOREAN = [
    # text, parties, day of publication, date, meaning
    ("가람시와 나루시가 25일 오전 협약을 체결했다.", "2021-11-26", "2021-11-25", "signed"),
    ("가람시와 나루시가 25일 오전 협약을 체결했다.", "", None, ""),
    ("가람시는 지난 3일 나루시와 협약을 맺었다고 5일 "
     "밝혔다.", "2020-03-05", "2020-03-03", "signed"),
    ("가람시는 이달 24일 나루시와 협약을 체결했다.", "2023-05-30", "2023-05-24", "signed"),
    ("가람시는 지난달 30일 나루시와 협약을 체결했다.", "2023-01-05", "2022-12-30", "signed"),
    ("가람시와 나루시가 30일 협약을 체결했다.", "2023-01-05", "2022-12-30", "signed"),
    ("가람시는 오는 12일 나루시와 협약을 체결한다고 9일 알렸다.", "2012-05-09", "2012-05-12",
     "planned"),
    ("가람시가 13일(현지시간) 나루시와 협약에 서명했다고 14일 밝혔다.", "2014-08-14", "2014-08-13",
     "signed"),
    ("가람시는 나루시와 협약을 체결했다고 26일 밝혔다.", "2014-08-27", "2014-08", "announced"),
    ("가람시와 나루시가 9월 26일 협약을 체결했다.", "2024-02-01", "2023-09-26", "signed"),
    ("가람시와 나루시가 2월 29일(월) 협약을 체결했다.", "2017-01-10", "2016-02-29", "signed"),
    ("6일 가람시에 따르면 시는 지난 5일 나루시와 협약을 맺었다.", "2019-11-06", "2019-11-05",
     "signed"),
    ("가람시장은 지난해 5월 나루시를 방문해 협력을 논의했고 18일 나루시와 협약을 체결했다.",
     "2022-07-20", "2022-07-18", "signed"),
    ("가람시의회는 12일 동의안을 의결했다. 가람시는 20일 나루시와 협약을 체결했다.", "2022-07-21",
     "2022-07-20", "signed"),
    ("가람시 대표단이 25일 나루시에 도착했다. 두 시는 이날 협약을 체결했다.", "2022-07-26",
     "2022-07-25", "signed"),
    ("가람시 대표단은 16일 나루시를 찾는다고 14일 밝혔다. 이날 나루시와 협약을 체결한다.",
     "2006-10-14", "2006-10-16", "planned"),
    ("가람시와 나루시는 21일 '온라인 기념식'을 개최했다. 이 자리에서 나루시와 협약에 서명했다.",
     "2023-02-21", "2023-02-21", "signed"),
    ("가람시장은 3일 다솜시를 찾았다. 가람시는 전날 나루시와 협약을 체결했다.", "2015-02-03",
     "2015-02-02", "signed"),
    ("가람시와 나루시의 자매결연식이 5일 가람시청에서 시장들이 참석한 가운데 열렸다.", "2013-11-06",
     "2013-11-05", "signed"),
    ("가람시와 나루시가 26일 협약을 체결하기로 합의했다.", "2022-09-27", None, ""),
    ("가람시는 이달 말 나루시와 협약을 맺을 계획이다. 시장은 오는 27일 나루시와 협약에 서명한다.",
     "2016-05-19", "2016-05-27", "planned"),
    ("가람시와 나루시의 협약\n제1조 양 시는 협력한다.\n본 협약서에 서명한다.\n2021. 7. 5.", "",
     "2021-07-05", "signed"),
    ("가람시와 나루시는 자매결연 30주년(1986. 11. 25 체결)을 맞아 2일 공동선언문 서명식을 "
     "개최했다.",
     "2016-09-03", "2016-09-02", "signed"),
    ("가람시는 오는 24일부터 26일까지 나루시를 찾아 양해각서를 주고받는다고 22일 "
     "밝혔다.", "2025-01-22",
     None, ""),
    ("가람시는 나루시와 협약을 맺고 교류를 이어오고 있다.", "2023-02-15", None, ""),
    ("지난달 17일 의향서를 교환했던 나루시는 14일 가람시와 협정을 "
     "체결한다.", "2019-10-13", "2019-10-14",
     "planned"),
    ("2019-11-06 10:20\n가람시와 나루시가 5일 협약을 체결했다.", "", "2019-11-05", "signed"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "published", "expected", "meaning"), KOREAN)
def test_day_of_signing_in_korean(
    text: str, published: str, expected: str | None, meaning: str
) -> None:
    cue = (
        "협약을 체결"
        if "두 시는" in text
        else "협정을 체결"
        if "했던" in text
        else "나루시와 협약"
        if "의결" in text
        else ""
    )
    relation, context = relation_in(text, "가람시", "나루시", published=published, cue=cue)
    found = date_of(relation, context)
    assert (found.value.edtf if found else None) == expected
    assert not found or found.value.meaning == meaning
    assert not found or found.spans


ENGLISH = [
    ("Ashford signed an agreement with Brookton in July last year.", "2017-03-10", "2016-07"),
    ("On Nov 24 (Mon) Ashford signed an agreement with Brookton.", "2014-11-25", "2014-11-24"),
    ("Ashford signed an agreement with Brookton yesterday.", "2017-03-10", "2017-03-09"),
    ("Ashford and Brookton are to trade more under an agreement signed in Brookton on Thursday.",
     "2013-10-11", "2013-10-10"),
    ("Ashford announced on the 19th that it would sign an agreement with Brookton on February 22.",
     "2016-02-19", "2016-02-22"),
    ("Ashford and Brookton signed the memorandum on Tuesday.", "2026-11-26", "2026-11-24"),
    ("Ashford and Brookton signed the memorandum last month.", "2026-01-26", "2025-12"),
    ("Ashford and Brookton signed the memorandum on Tuesday.", "", None),
    ("The memorandum between Ashford and Brookton was signed on the morning of December 4, "
     "when the "
     "mayor was there for an event.", "2015-12-19", "2015-12-04"),
    ("Ashford announced on Monday that it signed a memorandum with Brookton on October 2.",
     "2023-10-09", "2023-10-02"),
    ("Ashford and Brookton have signed a memorandum.", "2006-06-17", "2006-06"),
    ("ASHFORD, Oct. 3, 2011 – Ashford and Brookton signed a memorandum today.", "", "2011-10-03"),
    ("Ashford and Brookton will sign a memorandum next year.", "2006-06-17", "2007"),
    ("The signing ceremony of Ashford and Brookton took place on the 22nd at the city hall.",
     "2023-11-24", "2023-11-22"),
    ("The declaration of Ashford and Brookton was signed by the mayors on the 29th of March, 2005 "
     "and is effective upon its signing.", "", "2005-03-29"),
    ("The delegation of Ashford visited Brookton on Dec 6, 2017. Ashford and Brookton signed the "
     "agreement.", "2017-12-08", "2017-12-06"),
    ("Ashford and Brookton signed an agreement on the hosting of next year's forum.", "2022-08-01",
     "2022-08"),
    ("ASHFORD, Jan 13 (News) – Ashford signed a memorandum with Brookton today.", "2020-01-14",
     "2020-01-13"),
    ("Ashford and Brookton signed the agreement this week.", "2019-06-01", None),
    ("The council approved the plan on May 2, 2019. Ashford and Brookton signed the agreement on "
     "June 9, 2019.", "2019-06-10", "2019-06-09"),
    ("Ashford and Brookton agree as follows.\n\nThe agreement takes effect upon signing and is "
     "made "
     "in duplicate.\n\nSigned this fifth day of May, two thousand and fourteen", "", "2014-05-05"),
    ("In 2023 with the help of a union, Ashford and Brookton signed a pact.", "2023-12-28", "2023"),
    ("In 2019 with the help of a union, Ashford and Brookton met, and signed a pact.", "2023-12-28",
     "2023-12"),
    ("RESOLUTION NO. 5\n\nAt a regular meeting Ashford became a sister city of Brookton.",
     "2007-04-05", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "published", "expected"), ENGLISH)
def test_day_of_signing_in_english(text: str, published: str, expected: str | None) -> None:
    cue = "signed the agreement" if "council" in text else "agree as" if "agree as" in text else ""
    relation, context = relation_in(text, "Ashford", "Brookton", published=published, cue=cue)
    found = date_of(relation, context)
    assert (found.value.edtf if found else None) == expected


PAST = [
    ("가람시는 나루시(2004년11월), 다솜시(2005년7월)와 협약을 맺었다.", "나루시", "", "2004-11"),
    ("가람시는 나루시(2004년11월), 다솜시(2005년7월)와 협약을 맺었다.", "다솜시", "", "2005-07"),
    ("가람시는 1989년 나루시, 1994년 다솜시와 자매결연을 맺었다.", "다솜시", "", "1994"),
    ("가람시는 1994년 나루시에 이어 2016년 다솜시와 자매결연을 했다.", "나루시", "", "1994"),
    ("가람시 자매결연\n1. 나루시\n   1992년 12월 2일\n2. 다솜시\n   1996년 10월 23일", "나루시", "",
     "1992-12-02"),
    ("가람시가 13일 다솜시와 협약을 맺었다. 나루시와는 자매결연 30주년이 "
     "된다.", "나루시", "2015-05-14",
     "1985"),
    ("The year 2015 will mark the 50th anniversary of the sister city agreement of 가람시 and "
     "나루시.",
     "나루시", "", "1965"),
    ("가람시의 자매결연 도시에는 나루시가 있다.\n\n나루시 (1965년 6월)\n\n나루시는 "
     "항구다.", "나루시", "",
     "1965-06"),
    ("Sister Cities of 가람시\n\n나루시, Japan\nDate of agreement: April 6, 2010\n\n다솜시, China\n"
     "Date of agreement: December 7, 1993", "나루시", "", "2010-04-06"),
    ("가람시는 나루시와 자매결연 20주년을 맞았다.", "나루시", "2014-10-26", "1994"),
    ("가람시는 나루시와 수교 20주년을 맞아 협약을 논의했다.", "나루시", "2014-10-26", None),
    ("• 결 연 일 : 1998년 8월 3일\n• 결연명칭 : 가람시 - 나루시 우호도시 협정", "나루시", "",
     "1998-08-03"),
    ("가람시가 나루시와 우호 협약을 체결한 것은 2016년 "
     "8월이다.", "나루시", "2020-01-02", "2016-08"),
    ("• 가람시 자매결연 도시 나루시(1998.4.21)", "나루시", "", "1998-04-21"),
    ("Nation / City / Population census / Agreement\nHungary / 나루시 / 2010 / 1994-04-20 "
     "가람시 협약",
     "나루시", "", "1994-04-20"),
    ("가람시 became sister cities with 나루시 in 1989 and 다솜시 in 1994.", "다솜시", "", "1994"),
    ("The sister city agreement of 가람시 and 나루시 goes back to October 7, 1957.", "나루시", "",
     "1957-10-07"),
    ("가람시 and 나루시 celebrated the 20th anniversary of their sister city agreement.", "나루시",
     "2010-05-05", "1990"),
    ("가람시 is a sister state of 나루시. Signed in 1979, the tie is kept up by yearly visits.",
     "나루시", "", "1979"),
    ("가람시 has a memorandum with 나루시. Its council said that the two cities signed the MOU in "
     "1980.", "나루시", "", "1980"),
    ("가람시 has a memorandum with 나루시. Its council said that the two cities met in 1980.",
     "나루시", "", None),
    ("가람시 told 나루시 on Tuesday that it ends the sister city "
     "agreement.", "나루시", "2018-10-03",
     None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "partner", "published", "expected"), PAST)
def test_day_of_an_earlier_paper(
    text: str, partner: str, published: str, expected: str | None
) -> None:
    relation, context = relation_in(
        text,
        "가람시",
        partner,
        status=Status.PAST,
        published=published,
        cue=next(
            (
                c
                for c in ("가람시 협약", "1. 나루시", "자매결연 30주년", "나루시, Japan")
                if c in text
            ),
            "",
        ),
    )
    found = date_of(relation, context)
    assert (found.value.edtf if found else None) == expected


def test_day_below_the_heading_of_a_partner() -> None:
    """The text of an entry says since when; another year in it, or the next entry, says nothing."""
    text = (
        "Sister Cities of Oslo\n\nLima, Peru\n\nLima is a port. Their relationship as sister "
        "cities started in 1965.\n\nKyoto, Japan\n\nKyoto is old; its park is from 1971.\n\n"
        "Hanoi, Vietnam\n\nHanoi is large. It has been a sister city since May 1980."
    )
    drafted = extract(plain_form(text)).agreements
    found = {a.parties[1].value.text: a.date.value.edtf if a.date else None for a in drafted}
    assert found == {"Lima": "1965", "Kyoto": None, "Hanoi": "1980-05"}


def test_day_of_a_tie_whose_anniversary_is_to_come() -> None:
    text = "Oslo began the sister city program with Lima in 1957 and will be celebrating 60 years."
    (agreement,) = extract(plain_form(text), published="2016-09-01").agreements
    assert agreement.date is not None
    assert agreement.date.value.edtf == "1957"
