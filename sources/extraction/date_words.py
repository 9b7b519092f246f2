"""Words for dates in Korean and English: which days, months and years a text names, and where.

A mention holds what the words say and no more: 25일 has a day alone, 지난해 a step of one year
back, 20주년 a count of years. `dates.py` resolves them. Numbers such as 03/04/2010 name a year
alone, since day and month cannot be told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from citypact.sources.model import Span
from citypact.sources.reading.written_dates import full_year


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that name a date.

    year, month, day: 0 where the words don't say. weekday: from 0 (Monday), -1 where not said.
    step and unit: how many units (`year`, `month`, `week`, `day`) from the day of the document,
    as -1 and `year` in 지난해; unit is '' without a step. toward: -1 for the last one such as 지난
    3일, 1 for the next such as 오는 12일. years: a count of years since (7년 만, 20th anniversary).
    same: `day` or `year` for one named before (이날, 같은 해). is_range: the first of several days.
    is_bare: digits that are a year only in a row or in brackets. is_vague: 초, 상반기, early.
    """

    span: Span
    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    step: int = 0
    unit: str = ""
    toward: int = 0
    years: int = 0
    same: str = ""
    is_range: bool = False
    is_bare: bool = False
    is_vague: bool = False


_YEAR = r"(?:1[6-9]|20)\d\d"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_KO_YEAR_STEPS = {
    "재작년": -2, "지난해": -1, "작년": -1, "올해": 0, "금년": 0, "내년": 1,
}  # fmt: skip
_KO_MONTH_STEPS = {
    "지난달": -1, "이달": 0, "이번달": 0, "금월": 0, "내달": 1, "다음달": 1,
}  # fmt: skip
_KO_DAY_STEPS = {"그제": -2, "어제": -1, "오늘": 0, "금일": 0, "내일": 1, "모레": 2}
_KO_WEEKDAYS = "월화수목금토일"
_KO = re.compile(
    rf"""(?<![\d.,박제~∼-])
    (?:(?P<toward>지난|오는|다가오는)\s*)?
    (?:
      (?:(?P<year>{_YEAR})\s*년(?![생산]|도[\s에의]|\s*(?:동안|간\b))
        |['’‘`](?P<short>\d\d)\s*년
        |(?P<short2>\d\d)년(?=\s*{_MONTH}\s*월)
        |(?P<year_step>재작년|지난해|작년|올해|금년|내년)
        |(?P<same_year>같은\s?해|그해|이듬해))
      (?:\s*(?P<month>{_MONTH})\s*월(?!\s*간)(?:\s*(?P<day>{_DAY})(?P<until>\s*[~∼-]\s*\d{{1,2}})?\s*일)?)?
    |
      (?:(?P<month_b>{_MONTH})\s*월(?!\s*간)|(?P<month_step>지난\s?달|이달|이번\s?달|금월|내달|다음\s?달)
        |(?P<same_month>같은\s?달))
      (?:\s*(?P<day_b>{_DAY})(?P<until_b>\s*[~∼-]\s*\d{{1,2}})?\s*일(?!\s*(?:간|동안|째|차)))?
    |
      (?P<day_c>{_DAY})(?P<until_c>\s*[~∼-]\s*\d{{1,2}})?\s*일
      (?!\s*(?:간|동안|째|차|정|여|만에|만의|장|자리|평균|이내|이상|전\b|뒤|후\b)|\w*\s*근무)
    )
    (?:\s*\((?P<weekday>[월화수목금토일])(?:요일)?\)|\s+(?P<weekday_b>[월화수목금토일])요일)?
    (?P<vague>\s*(?:초|말|중순|상순|하순|상반기|하반기|봄|여름|가을|겨울)(?=[\s에,·까부께쯤중]|$))?
    (?P<from>\s*(?:부터|까지))?
    """,
    re.X,
)
_KO_WEEK = re.compile(r"(?:(?P<toward>지난|오는|이번)\s*)?(?P<weekday>[월화수목금토일])요일")
_KO_DAY = re.compile(r"(?<![가-힣])(그제|어제|오늘|금일|내일|모레)(?![가-힣]{2})")
_KO_SAME = re.compile(
    r"이날|이 날(?=[\s은,에의])|같은 날|당일(?=[\s에,])|"
    r"(?P<before>전날)(?=[\s에,])|(?P<next>다음\s?날|이튿날)"
)
_KO_NUMBER = (
    {str(n): n for n in range(1, 200)}
    | dict(zip("한두세네", range(1, 5), strict=True))
    | {"열": 10, "스무": 20, "이십": 20, "삼십": 30, "십": 10, "오십": 50}
)
_KO_COUNT = re.compile(
    r"(?<![\d.])(?P<n>\d{1,3}|한|두|세|네|열|스무|십|이십|삼십|오십)\s*"
    r"(?:주년|년\s*(?:전(?![가-힣])|만(?=[에의이인\s])|째)|년(?=이\s*(?:됐|되었|지났|되는|흘렀)))"
)

_MONTH_NAMES = """
january jan, february feb, march mar, april apr, may, june jun, july jul, august aug,
september sept sep, october oct, november nov, december dec
"""
_WEEKDAY_NAMES = """
monday mon, tuesday tues tue, wednesday wed, thursday thurs thur thu, friday fri, saturday sat,
sunday sun
"""
_ONE_NAMES = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
"""
_TEN_NAMES = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINAL_NAMES = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
"""


def _numbered(names: str, first: int, separator: str | None = None) -> dict[str, int]:
    """Words with the number of their place; names of one place stand side by side."""
    places = names.split(separator)
    return {name: i for i, place in enumerate(places, first) for name in place.split()}


_MONTHS = _numbered(_MONTH_NAMES, 1, ",")
MONTHS = tuple(names.split()[0].capitalize() for names in _MONTH_NAMES.split(","))
"""The English names of the months, January first."""
_WEEKDAYS = _numbered(_WEEKDAY_NAMES, 0, ",")
_ONES = _numbered(_ONE_NAMES, 1)
_TENS = {name: 10 * i for name, i in _numbered(_TEN_NAMES, 2).items()}
_ORDINALS = _numbered(_ORDINAL_NAMES, 1) | {
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60
}  # fmt: skip
_M = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_W = (
    r"(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs?(?:day)?)?|Fri(?:day)?|"
    r"Sat(?:urday)?|Sun(?:day)?)"
)
_TH = r"(?:\s?(?:st|nd|rd|th))?"
_ONE_WORD = "|".join([*_ONES, *_TENS])
_ORDINAL = (
    rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ])?"
    rf"(?:{'|'.join(_ORDINALS)})"
)
_YEAR_WORDS = (
    rf"(?:two\s+thousand(?:,?\s+(?:and\s+)?(?:{_ONE_WORD})(?:[- ](?:{_ONE_WORD}))?)?"
    rf"|(?:nineteen|twenty)(?:\s+hundred(?:\s+and)?)?\s+(?:{_ONE_WORD})(?:[- ](?:{_ONE_WORD}))?)"
)
_EN_DATE = re.compile(
    rf"""(?<![\w/-])
    (?:(?P<weekday>{_W})\.?,?\s+(?:the\s+)?)?
    (?:
      (?P<month>{_M})\s*(?P<day>{_DAY}){_TH}(?!\d|:\d|\s?[ap]\.?m)
        (?P<until>\s?(?:-|–|to|and)\s?{_DAY}{_TH}(?!\d))?
        (?:\s?\((?P<weekday_b>{_W})\.?\))?
        (?:(?:,|\.|\s+in|\s+of)?\s*(?P<year>{_YEAR})(?![\d-]))?
    | (?P<day_b>{_DAY}){_TH}(?P<until_b>\s?[-–]\s?{_DAY}{_TH})?
        (?:\s+(?:day\s+)?of)?\s*-?(?P<month_b>{_M})(?:[,\s-]*(?:in\s+the\s+year\s+)?
        (?:(?P<year_b>{_YEAR})|(?P<words_b>{_YEAR_WORDS})))?(?![\w-])
    | (?P<ordinal>{_ORDINAL})\s+(?:day\s+)?(?:of\s+)?(?P<month_c>{_M})
        (?:[,\s]*(?:in\s+the\s+year\s+)?
        (?:(?P<year_c>{_YEAR})|(?P<words_c>{_YEAR_WORDS})))?(?!\w)
    | (?P<month_d>{_M})(?:,?\s+(?:of\s+)?)(?P<year_d>{_YEAR})(?![\d-])
    )
    """,
    re.X | re.I,
)
_EN_MONTH = re.compile(
    rf"\b(?:(?P<toward>last|next)|this|[Ii]n|[Ss]ince|of|(?P<vague>early|late|mid)-?)\s+"
    rf"(?P<month>{_M})(?![\w.]*\s*\d)(?!\w)"
)
_EN_MONTH_LAST_YEAR = re.compile(
    rf"\b(?P<month>{_M})\s+(?:of\s+)?(?P<which>last|this|next) year\b", re.I
)
_EN_YEAR = re.compile(
    rf"\b(?:[Ii]n|[Ss]ince|[Ff]rom|of|[Dd]uring|[Bb]y|until|to|around|circa|year|[Ww]as|(?P<vague>early|"
    rf"late|mid)"
    rf"|(?P<season>spring|summer|autumn|fall|winter)(?:\s+of)?)[\s-]+(?:the year\s+)?"
    rf"(?P<year>{_YEAR})(?![\d-]|s\b|\s(?:quake|earthquake|World|Olympic))"
)
_EN_WEEK = re.compile(
    r"\b(?:(?P<toward>last|this past|next)\s+|on\s+|this\s+|(?<=[a-z] ))(?P<weekday>"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_EN_STEP = re.compile(
    r"\b(?:(?P<day>today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening))"
    r"|(?P<which>last|this|next|earlier this|later this|the previous|the coming) "
    r"(?P<unit>week|month|year))\b(?![’']s)",
    re.I,
)
_EN_DAY = re.compile(
    rf"\b(?:[Oo]n|of|until|from) the (?P<day>{_DAY})(?:st|nd|rd|th)(?=[\s,.;)])"
    r"(?!\s+(?:anniversary|floor|century|session|meeting|edition|of|and|annual|[A-Z]))"
)
_EN_DAY_OF_STEP = re.compile(
    rf"\bthe (?P<day>{_DAY})(?:st|nd|rd|th) of (?P<which>last|this|next) month\b", re.I
)
_EN_SAME = re.compile(
    r"\b(?:that|the) same day\b|\b(?:that|on this) day\b|\b(?P<year>the same year)\b", re.I
)
_EN_NUMBER = rf"(?:\d{{1,3}}|(?:{_ONE_WORD})(?:[- ](?:{_ONE_WORD}))?)"
_EN_LATER = re.compile(
    rf"\b(?:(?P<n>an?|{_EN_NUMBER})\s(?P<unit>day|week|year)s?\s(?P<way>later|earlier|afterwards)"
    r"|(?:the|on\sthe)\s(?:next|following)\s(?P<next>day|year))\b(?!\s(?:this|that|in)\s)",
    re.I,
)
"""`two days later`, `the following year`: counted from the date before."""
_EN_COUNT = re.compile(
    rf"\b(?P<n>{_EN_NUMBER})[- ]years? ago\b"
    rf"|\b(?P<th>\d{{1,3}}{_TH}|{_ORDINAL})[- ](?:year )?anniversary\b"
    rf"|\b(?P<for>{_EN_NUMBER})[- ]years?(?:[- ]old)? (?:of|as|since)\b"
    rf"|(?:sister|twin|friendship) (?:cities|towns|states) for (?P<span>{_EN_NUMBER}) years\b",
    re.I,
)
_NUMERIC = re.compile(
    rf"(?<![\d.,/-])(?:"
    rf"(?P<year>{_YEAR})\s*(?P<sign>[./-])\s*(?P<month>{_MONTH})"
    rf"(?:\s*(?P=sign)\s*(?P<day>{_DAY})\.?)?(?![\d/-]|\.\d)"
    rf"|(?P<mark>['’‘`])?(?P<short>\d\d)\s*\.\s*(?P<month_b>{_MONTH})\s*\.\s*(?P<day_b>{_DAY})\.?"
    rf"(?![\d])"
    rf"|['’‘`](?P<short_c>\d\d)\s*\.\s*(?P<month_c>{_MONTH})\.?(?![\d])"
    rf"|(?P<one>\d{{1,2}})(?P<sign_d>[./-])(?P<two>\d{{1,2}})(?P=sign_d)(?P<year_d>{_YEAR})(?![\d])"
    rf"|(?P<month_e>{_MONTH})[./]\s?(?P<day_e>{_DAY})\.?\s?\((?P<weekday>[월화수목금토일])\)"
    rf")"
)
_BARE = re.compile(rf"(?<![\d.,/-])(?<!['’])(?P<year>{_YEAR})(?![\d]|[.,/-]\d|\s*년|s\b|%)")


@lru_cache(maxsize=16)
def date_mentions(text: str) -> tuple[DateMention, ...]:
    """All words for dates in a text, in its order; where two overlap the longer one.

    >>> [(m.year, m.month, m.day) for m in date_mentions("2016년 3월 15일, Nov 24 (Mon)")]
    [(2016, 3, 15), (0, 11, 24)]
    """
    found = sorted(
        (mention for finder in _FINDERS for mention in finder(text)),
        key=lambda mention: (mention.is_bare, mention.span[0] - mention.span[1], mention.span),
    )
    taken: list[DateMention] = []
    for mention in found:
        start, end = mention.span
        if all(end <= other.span[0] or other.span[1] <= start for other in taken):
            taken.append(mention)
    return tuple(sorted(taken, key=lambda mention: mention.span))


def _korean(text: str) -> Iterator[DateMention]:
    for match in _KO.finditer(text):
        words = match.groupdict()
        month_step = (words["month_step"] or "").replace(" ", "")
        weekday = words["weekday"] or words["weekday_b"]
        step, unit = 0, ""
        if words["year_step"]:
            step, unit = _KO_YEAR_STEPS[words["year_step"]], "year"
        elif month_step:
            step, unit = _KO_MONTH_STEPS[month_step], "month"
        same = words["same_year"]
        if same and same.startswith("이듬"):
            step = 1
        start = match.start()
        end = match.end() if not words["from"] else match.start("from")
        yield DateMention(
            (start, end),
            _full(words["year"] or words["short"] or words["short2"]),
            int(words["month"] or words["month_b"] or 0),
            int(words["day"] or words["day_b"] or words["day_c"] or 0),
            _KO_WEEKDAYS.index(weekday) if weekday else -1,
            step,
            unit,
            {"지난": -1, "오는": 1, "다가오는": 1}.get(words["toward"] or "", 0),
            same="year" if same else "month" if words["same_month"] else "",
            is_range=bool(words["until"] or words["until_b"] or words["until_c"] or words["from"]),
            is_vague=bool(words["vague"]),
        )
    for match in _KO_WEEK.finditer(text):
        toward = {"지난": -1, "오는": 1}.get(match["toward"] or "", 0)
        yield DateMention(match.span(), weekday=_KO_WEEKDAYS.index(match["weekday"]), toward=toward)
    for match in _KO_DAY.finditer(text):
        yield DateMention(match.span(1), step=_KO_DAY_STEPS[match[1]], unit="day")
    for match in _KO_SAME.finditer(text):
        step = -1 if match["before"] else 1 if match["next"] else 0
        yield DateMention(match.span(), same="day", step=step)
    for match in _KO_COUNT.finditer(text):
        if number := _KO_NUMBER.get(match["n"]):
            yield DateMention(match.span(), years=number)


_OF_YEARS = re.compile(r"(?i)year|anniversary")
_OF_MONTHS = re.compile("|".join(f"{month[:3]}|{month[:3].upper()}" for month in MONTHS))
_AROUND = 90
"""No words for a date reach so far from the month or from `year`."""


def _near(pattern: re.Pattern[str], hint: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What a pattern finds around the words that it cannot do without: faster than everywhere."""
    start = end = -1
    for match in hint.finditer(text):
        if match.start() - _AROUND > end:
            if end >= 0:
                yield from pattern.finditer(text, start, end)
            start = max(0, match.start() - _AROUND)
        end = min(len(text), match.end() + _AROUND)
    if end >= 0:
        yield from pattern.finditer(text, start, end)


def _english(text: str) -> Iterator[DateMention]:
    for match in _near(_EN_DATE, _OF_MONTHS, text):
        words = match.groupdict()
        month = words["month"] or words["month_b"] or words["month_c"] or words["month_d"]
        if month.lower() == "may" and month != "May" and month != "MAY":
            continue
        if not month[0].isupper():
            continue
        weekday = words["weekday"] or words["weekday_b"]
        year = words["year"] or words["year_b"] or words["year_c"] or words["year_d"]
        in_words = words["words_b"] or words["words_c"]
        day = words["day"] or words["day_b"]
        yield DateMention(
            match.span(),
            int(year) if year else _year_in_words(in_words) if in_words else 0,
            _MONTHS[month.lower().rstrip(".")],
            int(day) if day else _ordinal(words["ordinal"] or ""),
            _WEEKDAYS[weekday.lower()] if weekday else -1,
            is_range=bool(words["until"] or words["until_b"]),
        )
    for match in _near(_EN_MONTH, _OF_MONTHS, text):
        yield DateMention(
            match.span(),
            month=_MONTHS[match["month"].lower().rstrip(".")],
            toward={"last": -1, "next": 1}.get(match["toward"] or "", 0),
            is_vague=bool(match["vague"]),
        )
    for match in _EN_MONTH_LAST_YEAR.finditer(text):
        yield DateMention(
            match.span(),
            month=_MONTHS[match["month"].lower().rstrip(".")],
            step={"last": -1, "next": 1}.get(match["which"].lower(), 0),
            unit="year",
        )
    for match in _EN_YEAR.finditer(text):
        vague = bool(match["vague"] or match["season"])
        start = match.start() if vague else match.start("year")
        yield DateMention((start, match.end()), int(match["year"]), is_vague=vague)
    for match in _EN_WEEK.finditer(text):
        toward = {"last": -1, "this past": -1, "next": 1}.get(match["toward"] or "", 0)
        yield DateMention(
            match.span("weekday"), weekday=_WEEKDAYS[match["weekday"].lower()], toward=toward
        )
    for match in _EN_STEP.finditer(text):
        if word := match["day"]:
            step = {"yesterday": -1, "tomorrow": 1}.get(word.lower(), 0)
            yield DateMention(match.span(), step=step, unit="day")
        else:
            which = match["which"].lower().split()[-1]
            step = {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
            yield DateMention(match.span(), step=step, unit=match["unit"].lower())
    for match in _EN_DAY_OF_STEP.finditer(text):
        step = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
        yield DateMention(match.span(), day=int(match["day"]), step=step, unit="month")
    for match in _EN_DAY.finditer(text):
        yield DateMention(match.span("day"), day=int(match["day"]))
    for match in _EN_SAME.finditer(text):
        yield DateMention(match.span(), same="year" if match["year"] else "day")
    for match in _EN_LATER.finditer(text):
        unit = (match["unit"] or match["next"]).lower()
        count = _number_or_one(match["n"] or "one") * (7 if unit == "week" else 1)
        step = -count if (match["way"] or "").lower() == "earlier" else count
        yield DateMention(match.span(), step=step, same="year" if unit == "year" else "day")
    for match in _near(_EN_COUNT, _OF_YEARS, text):
        number = match["n"] or match["for"] or match["span"]
        count = _number(number) if number else _ordinal(match["th"])
        if count:
            yield DateMention(match.span(), years=count)


def _numeric(text: str) -> Iterator[DateMention]:
    """Dates in digits. Those in which day and month cannot be told apart name a year alone."""
    shows_order = ""
    open_ones: list[tuple[DateMention, int, int]] = []
    for match in _NUMERIC.finditer(text):
        words = match.groupdict()
        if words["one"]:
            one, two = int(words["one"]), int(words["two"])
            mention = DateMention(match.span(), int(words["year_d"]))
            if one > 12 >= two >= 1:
                shows_order = "day"
                yield replace(mention, month=two, day=one)
            elif two > 12 >= one >= 1:
                shows_order = "month"
                yield replace(mention, month=one, day=two)
            elif 1 <= one == two:
                yield replace(mention, month=one, day=two)
            else:
                open_ones.append((mention, one, two))
            continue
        if words["short"] and not words["mark"] and int(words["short"]) in range(32, 50):
            continue
        weekday = words["weekday"]
        yield DateMention(
            match.span(),
            _full(words["year"] or words["short"] or words["short_c"]),
            int(words["month"] or words["month_b"] or words["month_c"] or words["month_e"] or 0),
            int(words["day"] or words["day_b"] or words["day_e"] or 0),
            _KO_WEEKDAYS.index(weekday) if weekday else -1,
        )
    for mention, one, two in open_ones:
        month, day = (one, two) if shows_order == "month" else (two, one)
        yield replace(mention, month=month, day=day) if shows_order else mention
    for match in _BARE.finditer(text):
        yield DateMention(match.span("year"), int(match["year"]), is_bare=True)


_FINDERS = (_korean, _english, _numeric)


def _full(year: str | None) -> int:
    return full_year(year) if year else 0


def _number(words: str) -> int:
    """A number in digits or English words below 100; 0 for what isn't one."""
    if words.isdigit():
        return int(words)
    parts = re.split(r"[- ]+", words.lower())
    return sum(_ONES.get(part, 0) + _TENS.get(part, 0) for part in parts)


def _number_or_one(words: str) -> int:
    return 1 if words.lower() in ("a", "an") else _number(words)


def _ordinal(words: str) -> int:
    if digits := re.match(r"\d+", words):
        return int(digits.group())
    parts = re.split(r"[- ]+", words.lower())
    return sum(_ORDINALS.get(part, 0) + _TENS.get(part, 0) for part in parts)


def _year_in_words(words: str) -> int:
    """`two thousand and six` and `nineteen ninety-five` as numbers."""
    parts = [part for part in re.split(r"[-,\s]+", words.lower()) if part not in ("and", "hundred")]
    if parts[:2] == ["two", "thousand"]:
        return 2000 + _number(" ".join(parts[2:]))
    century = {"nineteen": 1900, "twenty": 2000}[parts[0]]
    return century + _number(" ".join(parts[1:]))
