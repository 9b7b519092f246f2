"""Masks how to reach people in sentences of documents that are quoted: numbers, addresses, lines.

What documents say of agreements is public; the direct number or the desk of an official is not
what a quotation is for. Characters are replaced one by one, so that positions in a text stay.
"""

from __future__ import annotations

import re
from functools import lru_cache

MASK = "•"
"""What stands in place of each letter and digit."""

_EMAIL = r"[\w.+-]+(?:@|\s*\(at\)\s*)[\w-]+(?:\.[\w-]+)+"
_PHONE = (
    r"(?<![\w.,/-])"
    r"(?:\+\d{1,3}[ .-]?(?:\(0\))?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}"  # +82 2 2133 6193
    r"|\(?0\d{1,2}\)?[ .)-]{1,2}\d{3,4}[ .-]\d{4}"  # 02-2133-0000, 031) 120 1234
    r"|1[5-8]\d{2}-\d{4})"  # 1588-0000
    r"(?![0-9A-Za-z/]|[.,-]\d)"
)
_DESK = r"담당자?\s+(?P<name>[가-힣]{2,4})(?=\s*[(☎0])"
_HEADING = (
    r"(?:담당자|담당 ?부서|담당|문의처|문의|연락처|전화번호|전화|직통|팩스|이메일|전자우편"
    r"|tel(?:ephone)?|phone|mobile|fax|e-?mail|(?:media |press )?contacts?|for enquiries)"
)
_LINE = rf"(?:(?<=^)|(?<=[\n\s(\[·|,]))(?:{_HEADING}\s*[:：]|☎|☏)(?P<rest>[^\n]*)"
_PERSONAL = re.compile(f"(?:{_LINE})|(?:{_DESK})|(?:{_EMAIL})|(?:{_PHONE})", re.IGNORECASE)


@lru_cache(maxsize=64)
def masked(text: str) -> str:
    """A text of the same length with telephone numbers, e-mail addresses and contact lines masked.

    >>> masked("문의: 국제협력과 02-2133-0000")
    '문의: ••••• ••-••••-••••'
    """
    return _PERSONAL.sub(_hidden, text)


def _hidden(match: re.Match[str]) -> str:
    group = next((name for name in ("rest", "name") if match[name] is not None), 0)
    found, start = match[0], match.start(group) - match.start()
    return found[:start] + re.sub(r"\w", MASK, found[start:])


__all__ = ["MASK", "masked"]
