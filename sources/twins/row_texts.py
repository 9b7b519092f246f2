"""What stands around names in lists: marks and links, titles, totals and names of continents."""

from __future__ import annotations

import re
from functools import lru_cache

from citypact.sources.twins.country_names import is_continent
from citypact.sources.twins.headings import kind_said, value_words
from citypact.sources.twins.name_texts import LONGEST

_LINKS = (
    re.compile(r'=HYPERLINK\(\s*"[^"]*"\s*[,;]\s*"([^"]*)"\s*\)', re.IGNORECASE),
    re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]"),
    re.compile(r"!?\[([^\[\]]+)\]\(\S*?\)"),
)
"""A text that a spreadsheet, a wiki or Markdown shows as a link."""
_MARKUP = re.compile(
    r"<(?:sup|ref)\b[^<>]*>.*?</(?:sup|ref)>|\{\{[^{}]*\}\}"
    r"|</?(?:a|b|i|u|p|em|img|ref|sub|sup|div|span|font|small|strong)\b[^<>]*>"
    "|[\U0001f1e6-\U0001f1ff]+",
    re.IGNORECASE,
)
"""Markup, templates and flags around a text."""
_DECORATION = re.compile(
    r"[\[\]{}<>=*†‡§¶※¹²³⁰⁴-⁹★☆■□●○◎◦▲△▶•·∙‣①-⑳\U0001f1e6-\U0001f1ff]|\d[.)）]|^\W"
)
"""What a text has that holds anything of the following; most names have nothing of it."""
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FOOTNOTES = re.compile(
    r"(?<=\w)(?<!^)\s*(?:\[(?:\d{1,3}|[a-z]|注\d*|주\d*)\]|[*†‡§¶※¹²³⁰⁴-⁹]|[(（](?:주\s*)?\d{1,2}[)）]"
    r"|(?<=[^\W\d_])\s*(?:주\s*)?\d{1,2}\))+$"
)
"""Marks of notes behind a name or a date: Tokyo*, Paris¹, 베이징1)."""
_ITEM_MARKS = re.compile(
    r"^(?:[※★☆■□●○◎◦▲△▶•·∙‣*†‡①-⑳]|[(（]\d{1,3}[)）]|[-–—]\s|\d{1,3}[.)](?=\s*[^\W\d_]))+\s*"
    r"(?=[^\W\d_])(?!(?:bezirk|arrondissement)\b)",
    re.IGNORECASE,
)
"""Marks and numbers of items before a name: 1. Tokyo, ③ Rome, ※파리."""
_NOTE = re.compile(
    r"(?:[※*†‡§]\s*)?[(（\[]?(?:quelle|source|notes?|stand|anm(?:erkung)?|remarque|fuente|nota"
    r"|as of|자료|출처|비고|참고|기준|주|資料|出典|备注|来源|注)\s*\d*\s*[:：)）]"
    r"|(?:[※*†‡§]|[(\[]?\d{1,2}[)\]])\s*\S+(?:\s+\S+){2,}$",
    re.IGNORECASE,
)
"""The beginning of a note; a mark or number of a note, and three words or more."""
_BRACKETS = re.compile(r"[(（\[].*")
_COUNTS = re.compile(r"\s*[:：]?\s*\d+(?:\s*(?:개\s*)?(?:도시|국|곳|건|개소?))?$")
_COUNTED = re.compile(
    r"(?:총\s*)?\d+\s*(?:개\s*(?:도시|국|지역|단체|소)?|곳|건|都市|か国|个城市|個城市"
    r"|(?:sister |partner )?(?:cities|towns|countries|partners)|städte|länder|villes|pays"
    r"|ciudades|países)",
    re.IGNORECASE,
)
"""A count of cities or countries: 5개 도시, 12 cities."""


@lru_cache(maxsize=65_536)
def plain_text(text: str, is_date: bool = False) -> str:
    """The text of a cell without links, markup, marks of notes and numbers of items.

    A date may begin as a number of items does: 18. Mai 1976.

    >>> plain_text("[Paris](https://example.org)"), plain_text("2) 베이징1)"), plain_text("1991²")
    ('Paris', '베이징', '1991')
    """
    if len(text) > LONGEST or not _DECORATION.search(text):
        return text
    for link in _LINKS:
        text = link.sub(r"\1", text)
    text = _MARKUP.sub("", _LINE_BREAK.sub("\n", text)).strip()
    text = _FOOTNOTES.sub("", text)
    return text if is_date else _ITEM_MARKS.sub("", text) or text


@lru_cache(maxsize=65_536)
def is_total(text: str) -> bool:
    """Whether a text counts rows in place of a name: `합계(12)`, `Total: 3`, `5개 도시`."""
    if len(text) > LONGEST:
        return False
    plain = " ".join(text.casefold().split())
    bare = _COUNTS.sub("", _BRACKETS.sub("", plain)).strip(" :：-·.,")
    return bool(plain) and (bare in value_words("total") or bool(_COUNTED.fullmatch(plain)))


def is_group_or_note(text: str) -> bool:
    """Whether a text that stands alone in a row names no city: a continent, `Sister cities`, or a
    note such as `Source: City of Busan`."""
    if len(text) > LONGEST:
        return True
    bare = _BRACKETS.sub("", text.strip("【】[]<>〈〉■□○● ")).strip()
    return is_continent(bare) or bool(kind_of_section(text) or _NOTE.match(text.strip()))


def kind_of_section(text: str) -> str:
    """The kind of partnership (`sister_city`, `friendship_city`) of which a line says that the rows
    below are of it: `2. 우호도시 현황`; else empty."""
    bare = _BRACKETS.sub("", plain_text(text.strip("【】[]<>〈〉 "))).strip().casefold()
    bare = re.sub(r"\s*(?:현황|목록|명단|一覧|名单|list)$", "", bare)
    return kind_said(bare)


__all__ = ["is_group_or_note", "is_total", "kind_of_section", "plain_text"]
