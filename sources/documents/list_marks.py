"""Signs and numbers that begin the items of lists, articles and notes."""

from __future__ import annotations

import re

SIGNS = "△▲▴▵▷▶▸▹►▻▪▫■□◾◽•◦∙●○◎◉◆◇❖★☆✓✔➢➤➔→⇒☞※ㅇㆍ·"
"""Signs that begin an item at the start of a line; `·` and `ㆍ` are none inside a topic."""

_SERIES = "가나다라마바사아자차카타파하"
_NUMBER = r"\d{1,2}(?:\.\d{1,2}){0,3}"
_PATTERNS = {
    "sign": rf"[{SIGNS}](?=[\s\w(\[「『‘“'\"<])",
    "dash": r"[-–—*](?=\s|[가-힣(「‘“])|o(?=\s+[가-힣])",
    "circled": "[①-⑳⑴-⒇㉠-㉻ⓐ-ⓩ❶-❿➀-➓]",
    "article": r"제\s?\d{1,3}\s?[조항장절](?:의\s?\d{1,2})?(?=[\s(\[.:]|$)"
    r"|(?i:article|section|clause)\s(?:\d{1,3}|[IVXL]{1,6})\b[.:]?",
    "number": rf"\(?{_NUMBER}\)(?=\s|[^\W\d])|{_NUMBER}\.(?=\s\D)"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}(?=\s+[^\W\d])",
    "roman": r"\(?x{0,2}(?:ix|iv|v?i{1,3}|v)[).](?=\s)|X{0,2}(?:IX|IV|V?I{1,3}|V)\.(?=\s)"
    r"|[Ⅰ-Ⅻⅰ-ⅻ][.)]?(?=\s)",
    "letter": r"\(?[a-z]\)(?=\s|[A-Z])|[a-z]\.(?=\s)"
    rf"|\(?[{_SERIES}]\)(?=\s|[가-힣])|[{_SERIES}]\.(?=\s)",
}
_MARK = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))
_DEPTH = {"sign": 1, "dash": 2, "circled": 2, "article": 1, "number": 1, "letter": 2, "roman": 2}


def list_mark(line: str) -> tuple[str, int]:
    """The sign or number that a line begins with, and its usual depth; `('', 0)` without one.

    Example: `① 교통`, `△관광 △교통`, `a) transport`, `제1조 (목적)`. Counter-example: `3.1절 기념`,
    `2014.08.14`, `-5도`, `e-Government`.
    """
    if found := _MARK.match(line):
        return found.group(), _DEPTH[str(found.lastgroup)]
    return "", 0
