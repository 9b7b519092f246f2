"""Masks how to reach people in sentences of documents that are quoted: numbers, addresses, lines.

What documents say of agreements is public; the direct number or the desk of an official is not
what a quotation is for. Characters are replaced one by one, so that positions in a text stay.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

MASK = "•"
"""What stands in place of each letter and digit."""

_PLAIN = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63", "-")
    | dict.fromkeys("\u00a0\u2007\u202f\u3000", " ")
    | dict.fromkeys("\u223c\u301c", "~")
)
"""Full-width characters and other dashes and spaces as those of ASCII, one for one."""

_EMAIL = r"[\w.+-]{1,64}(?:@|\s?[(\[](?:at|@)[)\]]\s?)[\w-]+(?:\.[\w-]+)+"
_PHONE = (
    r"(?<![0-9A-Za-z_.,/-])"
    r"(?:\(?(?:\+|00)\d{1,3}\)?[ .-]?(?:\(0\))?[ .-]?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}(?:-\d)?"
    r"|82[ .-]\(?\d{1,2}\)?[ .-]\d{3,4}[ .-]\d{4}"  # 82-2-2133-0000
    r"|\(?0(?:50\d|\d{1,2})\)?[ .)-]{1,2}\d{3,4}[ .-]\d{4}"  # 02-2133-0000, 031) 120 1234
    r"|\(0\d{1,2}\)\d{3,4}[ .-]\d{4}"  # (02)2133-0000
    r"|0(?:1[016-9]|2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70)\d{7,8}"  # 01012345678
    r"|(?:\([2-9]\d\d\) ?|[2-9]\d\d[.-])[2-9]\d\d[.-]\d{4}"  # (213) 978-0600
    r"|1[5-8]\d{2}-\d{4})"  # 1588-0000
    r"(?![0-9A-Za-z]|[.,-]\d)"
    r"(?: ?[/~] ?(?:[0-9]{1,4}-)*[0-9]{1,4}(?![0-9])|,? ?(?:ext\.?|내선) ?[0-9]{1,5})*"
)
_POST = r"(?:주무관|사무관|서기관|담당관|연구원|매니저|과장|팀장|국장|실장|계장|차장|부장|대리)"
_NAME = r"(?!부서|업무|기관|공무)[가-힣]{2,4}"
_REACHED = r"\s*[(☎☏,]?\s*[0+]\d"
"""What follows a name where the number of its telephone does."""
_LOCAL = r"(?!(?:19|20)\d\d-(?:19|20)\d\d)\d{3,4}[ .-]\d{4}(?![0-9A-Za-z])(?: ?~ ?\d{1,4}(?!\d))?"
"""A number without an area code; alone it could be years or a range."""
_SHORT = (
    rf"(?:(?:연락처|전화(?:번호)?|직통|팩스|\b(?:tel|phone|fax))[.):]?\s?\(?(?P<local>{_LOCAL})"
    r"|(?:내선(?: ?번호)?|\bext)[.:]?\s?(?P<extension>\d{3,5})(?![0-9A-Za-z]|[.,-]\d)"
    rf"|{_POST}\s+(?P<desk>{_NAME}[\s(☎☏,]{{1,3}}{_LOCAL}))"
)
_DESK = (
    rf"(?:(?:담당(?:자|{_POST})?|연락처|문의처?)\s+(?P<name>{_NAME})(?={_REACHED}|\s*[(☎0]|\s?{_POST})"
    rf"|담당자\s+(?P<alone>[김이박최정강조윤장임한오서신권황송홍][가-힣]{{2}})(?=\s*$)"
    rf"|{_POST}\s+(?P<official>{_NAME})(?={_REACHED})"
    r"|\bcontact\s+(?P<person>(?-i:[A-Z])[\w.'-]*(?: (?-i:[A-Z])[\w.'-]*){1,3})"
    rf"(?=,?\s*(?:(?:at|on|via|by)\s+)?(?:{_PHONE}|{_EMAIL})))"
)
_HEADING = (
    rf"(?:담\s?당\s?자|담당 ?부서|담당 ?{_POST}|담\s?당|문\s?의\s?처|문\s?의|연\s?락\s?처"
    r"|전\s?화\s?번\s?호|전\s?화|직통|팩\s?스|휴대 ?전화|휴대폰|이\s?메\s?일|전자 ?우편"
    r"|tel(?:ephone)?|phone|mobile|cell|fax|e-?mail|(?:media |press |point of )?contacts?"
    r"|contact (?:person|details|information)|for (?:more|further) information"
    r"|(?:for |media |press )?[ei]nquiries)"
)
_COLON = r"(?:\s*:|\s+-\s(?=(?-i:[A-Z가-힣0-9+(])))"
_LINE = (
    r"(?:(?<=^)|(?<=[\n\s(\[·|,]))"
    rf"(?:{_HEADING}(?: ?\([^()\n]{{1,20}}\))?\.?{_COLON}|☎|☏)(?P<rest>[^\n]*)"
)


@cache
def _personal() -> re.Pattern[str]:
    """What is masked: compiled at the first need, as that takes longer than many a question."""
    parts = "|".join(f"(?:{part})" for part in (_LINE, _SHORT, _DESK, _EMAIL, _PHONE))
    return re.compile(parts, re.IGNORECASE | re.MULTILINE)


@lru_cache(maxsize=64)
def masked(text: str) -> str:
    """A text of the same length with telephone numbers, e-mail addresses and contact lines masked.

    >>> masked("문의: 국제협력과 02-2133-0000")
    '문의: ••••• ••-••••-••••'
    """
    found, done = [], 0
    for match in _personal().finditer(text.translate(_PLAIN)):
        group = next((name for name, words in match.groupdict().items() if words is not None), 0)
        first, last = match.span(group)
        found += [text[done:first], re.sub(r"\w", MASK, text[first:last])]
        done = last
    return "".join([*found, text[done:]])


__all__ = ["MASK", "masked"]
