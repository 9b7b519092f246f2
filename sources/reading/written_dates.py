"""Dates as people write them, read as EDTF: 19760518, 1976년 5월 18일, '76.5.18, 昭和51年5月18日.

Nothing is guessed: whether 03/04/1990 is in March or in April is for the reader of a whole column,
or for a person, to say. What was done to a text is told with the result.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from citypact.ontology.errors import Message
from citypact.sources.reading.edtf import parse_edtf

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
_CENTURY_PIVOT = 30
"""A year of two digits below this is one of 2000 and after, any other one of 1900 and after."""
_LOCALES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "fi", "ru", "uk", "tr")
_ERAS = {
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018,
    "民國": 1911, "民国": 1911, "중화민국": 1911, "단기": -2333, "檀紀": -2333,
    "명치": 1867, "대정": 1911, "소화": 1925, "평성": 1988, "레이와": 2018,
    "m": 1867, "t": 1911, "s": 1925, "h": 1988, "r": 2018,
    "明": 1867, "大": 1911, "昭": 1925, "平": 1988, "令": 2018,
}  # fmt: skip
"""What is added to a year of an era; the letters are those of Japanese forms (S51.5.18)."""
_ERA = re.compile(
    rf"({'|'.join(era for era in _ERAS if len(era) > 1)}|[mthrs](?=\d)|[明大昭平令](?=[\d元]))"
    r"\s*(\d{1,4}|元)"
)
_ABOUT = re.compile(
    r"^(?:c\.|ca\.?|circa|about|around|um|env(?:iron|\.)|hacia|약|경|約|约)\s*|^~\s*"
)
_WEEKDAY = re.compile(r"\s*\([^()]{1,3}\)$|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+")
_AROUND = re.compile(
    r"^\((.+)\)$|^서기\s*(?=\d)|^(?:in|on|since|am|im|seit|en|le|el|depuis|desde|dal|od)\s+(?=.*\d)"
    r"|(?<=[\d일월년.])\s*(?:r\.?|г\.?|года?|부터|이후|(?:자매|우호|협정|협약|교류)?\s?(?:체결|결연|서명|협약)|調印|提携|締結|签署|簽署|~)$"
)
"""What stands around a date and says nothing of the day."""
_PART = re.compile(
    r"^(?:early|late|mid|spring|summer|autumn|fall|winter|q[1-4]|anfang|mitte|ende|frühjahr|frühling"
    r"|sommer|herbst|début|fin|printemps|été|automne|hiver|primavera|verano|otoño|invierno)[\s-]+"
    r"(?:(?:of|de|du|del)\s+)?(?=[\w ]*\d{4}$)"
    r"|(?<=[\d년월年月.])\s*(?:q[1-4]|[상하]반기|[1-4]분기|봄|여름|가을|겨울|초순?|중순?|하순|말경?"
    r"|上半年|下半年|春|夏|秋|冬|上旬|中旬|下旬|初|末)$"
)
"""A part of a year or month: EDTF has none that counts here, so the whole is read."""
_BLANK = re.compile(r"(?<=\d{4})[-./]00[-./]00$|(?:[-./](?:\?\?|xx|__))+$|(?<=-\d\d)-00$")
_VIETNAMESE = re.compile(r"(?:(?:ngày\s+)?(\d{1,2})\s+)?tháng\s+(\d{1,2}),?\s+năm\s+(\d{4})")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_YEARS = range(800, 2200)
"""Years in which a tie of cities can begin or end."""
_TIME = re.compile(r"(?<=\d)[t\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:z|[+-]\d{2}:?\d{2})?$")
_SEPARATORS = re.compile(r"[./\-–—‐‑·・,\s]+")
_PLAIN = re.compile(r"\d{4}(?:-\d\d){0,2}")


class OpenOrder(ValueError):
    """A date in which day and month cannot be told apart, such as 03/04/1990."""


@dataclass(frozen=True)
class WrittenDate:
    """A date as EDTF. change: what was done to the text, empty where it was EDTF already;
    order: DAY_FIRST or MONTH_FIRST where the text shows which one it has, else empty."""

    edtf: str
    change: str = ""
    order: str = ""


def is_year_of_a_tie(edtf: str) -> bool:
    """Whether a tie of cities can begin or end in the years of a date in EDTF.

    >>> is_year_of_a_tie("1988-09-03"), is_year_of_a_tie("2988")
    (True, False)
    """
    return all(int(year) in _YEARS for year in re.findall(r"(?<![\d-])\d{4}(?!\d)", edtf))


@lru_cache(maxsize=65_536)
def read_written_date(text: str, order: str = "") -> WrittenDate:
    """Reads a date in one of many forms; `order` decides where day and month are open.

    Raises OpenOrder where it is not decided, ValueError for what is not a date.

    >>> read_written_date("1976. 5. 18.").edtf, read_written_date("18 mai 1976").edtf
    ('1976-05-18', '1976-05-18')
    """
    text = text.strip()
    try:
        found = parse_edtf(text)
    except ValueError:
        if _PLAIN.fullmatch(text) and not _BLANK.search(text):
            raise
    else:
        if not is_year_of_a_tie(found.text):
            raise ValueError(Message("{text!r} cannot be the year of a partnership", text=text))
        return WrittenDate(found.text)
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    plain = plain.replace("’", "'").replace("‘", "'").replace("`", "'")
    plain = _TIME.sub("", _WEEKDAY.sub("", plain)).strip()
    about = _ABOUT.search(plain)
    is_about = bool(about) or plain.endswith(("경", "頃", "년대경"))
    plain = _ABOUT.sub("", plain).rstrip("경頃 ").strip()
    plain = _AROUND.sub(lambda match: match[1] or "", plain).strip()
    if decade := re.fullmatch(r"(\d{3})0(?:'?s|년대|年代)", plain):
        return WrittenDate(f"{decade[1]}X", Message("a decade"))
    if len(re.findall(r"(?<!\d)\d{4}(?!\d)", plain)) > 1:
        raise ValueError(Message("{text!r} holds two dates, or an interval", text=text))
    whole = _BLANK.sub("", _PART.sub("", plain))
    read = _read(whole, order)
    if not read:
        raise ValueError(Message("{text!r} is not a date that is understood", text=text))
    (year, month, day), change, shows = read
    if year not in _YEARS:
        raise ValueError(Message("{text!r} cannot be the year of a partnership", text=text))
    edtf = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    parse_edtf(edtf)
    if whole != plain:
        change = Message("a part of a year or month")
    if is_about:
        edtf, change = f"{edtf}~", Message("an approximate date")
    return WrittenDate(edtf, change, shows)


_Parts = tuple[int, int, int]


def _read(text: str, order: str) -> tuple[_Parts, str, str] | None:
    """Year, month and day (0 where not said), what was done, and which order the text shows."""
    if re.fullmatch(r"\d{8}|\d{6}", text):
        return _digits(text)
    era = _ERA.match(text)
    if era:
        year = _ERAS[era[1]] + (1 if era[2] == "元" else int(era[2]))
        parts = _numbers(text[era.end() :].lstrip("年년"))
        if parts is None or len(parts) > 2:
            return None
        return _parts(year, *parts), Message("a year of an era"), ""
    if re.search(r"[年년]", text):
        digits = _in_digits(text)
        written = re.match(r"'?(\d{2}|\d{4})\s*[年년]도?(?!대)", digits)
        parts = _numbers(digits[written.end() :]) if written else None
        if written is None or parts is None or len(parts) > 2:
            return None
        if len(written[1]) == 2 and "年" in text:
            # 65年 is 1976 in Taiwan, 1965 elsewhere.
            raise OpenOrder(Message("{text!r} can be read in several ways: write the year in full",
                                    text=text))  # fmt: skip
        return _year_first(written[1], parts, Message("a date in words"))
    if match := _VIETNAMESE.fullmatch(text):
        date = _parts(int(match[3]), int(match[2]), int(match[1] or 0))
        return date, Message("a date in words"), ""
    if re.fullmatch(r"\d{4}[\d\s.,/\-월月일日号號]+", text) and re.search(r"[월月일日号號]$", text):
        numbers = _numbers(text) or []
        if 1 < len(numbers) <= 3:
            return _parts(*numbers), Message("a date in words"), ""
    if re.search(r"[^\W\d_]", text):
        return _named_month(text)
    return _numeric(text, order)


_KANJI = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


def _in_digits(text: str) -> str:
    """A date with the numbers of Han script as digits: 一九七六年五月十八日 as 1976年5月18日."""

    def number(match: re.Match[str]) -> str:
        tens, ten, ones = match[0].rpartition("十")
        digits = "".join(str(_KANJI[sign]) for sign in ones)
        if not ten:
            return digits
        return str(_KANJI[tens] if tens else 1) + (digits or "0")

    sign = f"[{''.join(_KANJI)}]"
    return re.sub(rf"(?:{sign}?十{sign}*|{sign}+)(?=[年月日号號])", number, text)


def _digits(text: str) -> tuple[_Parts, str, str] | None:
    """Eight digits are year, month, day; six are year and month, or a short year and a day."""
    if len(text) == 8:
        return _parts(int(text[:4]), int(text[4:6]), int(text[6:])), Message("eight digits"), ""
    year, month = int(text[:4]), int(text[4:])
    if 1800 <= year <= 2100 and 1 <= month <= 12:
        return (year, month, 0), Message("six digits: year and month"), ""
    return _year_first(text[:2], [int(text[2:4]), int(text[4:])], Message("six digits"))


def _year_first(year: str, parts: list[int], change: str) -> tuple[_Parts, str, str]:
    if len(year) == 2:
        change = Message("a year of two digits")
    return _parts(full_year(year), *parts), change, ""


def full_year(text: str) -> int:
    """A year of four digits or two: 76 is 1976, 19 is 2019."""
    if len(text) == 4:
        return int(text)
    return int(text) + (2000 if int(text) < _CENTURY_PIVOT else 1900)


def _parts(year: int, month: int = 0, day: int = 0) -> _Parts:
    if not 1 <= year <= 9999 or not 0 <= month <= 12 or not 0 <= day <= 31:
        raise ValueError(Message("there is no such date"))
    return year, month, day


def _numbers(text: str) -> list[int] | None:
    """The numbers of a text that holds nothing else but words for month and day."""
    words = [word for word in re.split(r"[\s.,/\-월月일日号號]+", text) if word]
    return [int(word) for word in words] if all(w.isdecimal() for w in words) else None


def _numeric(text: str, order: str) -> tuple[_Parts, str, str] | None:
    """Numbers with points, hyphens, slashes or spaces between them."""
    is_short = text.startswith("'")
    if text.endswith(("-", "–", "—", "/")):
        return None  # an interval without its end
    words = [word for word in _SEPARATORS.split(text.strip("'.")) if word]
    if not 1 <= len(words) <= 3 or not all(re.fullmatch(r"\d{1,4}", word) for word in words):
        return None
    first, last = words[0], words[-1]
    change = Message("other separators")
    if len(first) == 4:
        return _parts(int(first), *map(int, words[1:])), change, ""
    if is_short and len(first) == 2:
        return _year_first(first, [int(word) for word in words[1:]], change)
    if len(words) == 2 and len(last) == 4:
        return _parts(int(last), int(first)), Message("month and year"), ""
    if len(words) != 3:
        return None
    if len(last) == 4:
        return _day_and_month(int(words[0]), int(words[1]), int(last), order)
    if (len(first) <= 2 and len(last) == 2) or (len(first) == 2 and len(last) == 1):
        return _short(words, order)
    return None


def _short(words: list[str], order: str) -> tuple[_Parts, str, str]:
    """Three numbers of which none is a full year: 76.5.18 or 18.5.76."""
    one, two, three = map(int, words)
    if one > 31 or one == 0:
        return _year_first(words[0], [two, three], "")
    if three > 31:
        return _day_and_month(one, two, full_year(f"{three:02}"), order)
    raise OpenOrder(
        Message(
            "{text!r} can be read in several ways: write the year in full", text=".".join(words)
        )
    )


def _day_and_month(one: int, two: int, year: int, order: str) -> tuple[_Parts, str, str]:
    if one > 12 or (order == DAY_FIRST and two <= 12) or one == two:
        shows = DAY_FIRST if one > 12 else ""
        change = Message("day first") if one != two else Message("other separators")
        return _parts(year, two, one), change, shows
    if two > 12 or order == MONTH_FIRST:
        return _parts(year, one, two), Message("month first"), MONTH_FIRST if two > 12 else ""
    raise OpenOrder(
        Message(
            "{text!r} can be {one} or {other}",
            text=f"{one}/{two}/{year}",
            one=f"{year}-{two:02}-{one:02}",
            other=f"{year}-{one:02}-{two:02}",
        )
    )


def _named_month(text: str) -> tuple[_Parts, str, str] | None:
    """May 1976, 18 mai 1976, 18 de mayo de 1976, May 18th, 1976, 18.V.1976, 18-May-76."""
    words = [word for word in re.split(r"[\s.,/\-]+", text) if word]
    months = [month_of(word) for word in words]
    if not any(months):
        months = [_ROMAN.index(word) + 1 if word in _ROMAN else 0 for word in words]
    found = [month for month in months if month]
    rest = [
        re.sub(r"(?<=\d)(?:st|nd|rd|th|er|º|ª|o|e|a)$", "", word)
        for word, month in zip(words, months, strict=True)
        if not month and word not in ("de", "of", "del", "den", "le", "el", "the", "am", "г", "г.")
    ]
    if len(found) != 1 or not 1 <= len(rest) <= 2:
        return None
    if not all(word.removeprefix("'").isdecimal() for word in rest):
        return None
    full = [word for word in rest if len(word) == 4]
    # A number that is no day of a month can only be a year: May-76.
    years = full or [word for word in rest if word[0] == "'" or int(word) > 31]
    if not full and len(years) != 1 and all(len(word) == 2 for word in rest):
        raise OpenOrder(
            Message("{text!r} can be read in several ways: write the year in full", text=text)
        )
    if len(years) != 1:
        return None
    days = [int(word) for word in rest if word is not years[0]]
    year = full_year(years[0].removeprefix("'"))
    return _parts(year, found[0], *days), Message("a month by its name"), ""


def month_of(word: str) -> int:
    """The month that a word names in one of fourteen languages; 0 where none or several do."""
    return _months().get(_bare(word), 0)


@cache
def _months() -> dict[str, int]:
    from babel import Locale

    found: dict[str, int] = {}
    open_words = set()
    for code in _LOCALES:
        months = Locale(code).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    word = _bare(name)
                    if found.setdefault(word, number) != number:
                        open_words.add(word)
    found |= {"sept": 9}
    return {word: number for word, number in found.items() if word not in open_words and word}


def _bare(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in bare if c.isalpha())


__all__ = [
    "DAY_FIRST",
    "MONTH_FIRST",
    "OpenOrder",
    "WrittenDate",
    "full_year",
    "is_year_of_a_tie",
    "read_written_date",
]
