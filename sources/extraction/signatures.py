"""The people in the signatures at the end of an agreement: lines of name, office and side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citypact.sources.extraction.english_people import (
    HONORIFIC,
    NAME,
    OFFICE,
    OFFICE_WORD,
    PART,
    is_name,
)
from citypact.sources.extraction.model import Context
from citypact.sources.extraction.parties import kept
from citypact.sources.extraction.person import Person, shifted
from citypact.sources.model import Span

_COLUMNS = re.compile(r"\s+/\s+|\t+|\s*\|\s*|\s{3,}")
_NAME_LINE = re.compile(rf"^\W*{HONORIFIC}(?P<name>{NAME}|{PART},\s{NAME})\W*$")
_NAME_AND_OFFICE = re.compile(
    rf"^\W*{HONORIFIC}(?P<name>{NAME})\s*,\s*(?P<office>{OFFICE})\b(?:\s+of\s+(?P<of>.+))?"
)
_OFFICE_LINE = re.compile(
    rf"^\W*(?:The\s+)?(?P<office>{OFFICE})\b[\s,]*(?:(?:of|for)\s+)?(?P<of>.*?)\W*$"
)
_SIDE_LINE = re.compile(r"\W*(?:For|On behalf of)\b", re.I)
_KO_PAIR_LINE = re.compile(
    r"^\s*(?P<one>[가-힣\s]+?(?:시장|군수|구청장|지사|사장|총장|장관))\s+"
    r"(?P<two>[가-힣\s]+?(?:시장|군수|구청장|지사|사장|총장|장관))\s*$"
)
_KO_TWO_SIGNED = re.compile(
    r"^\s*(?P<one>[가-힣]+(?:시장|군수|구청장|지사)\s[가-힣]{2,4})\s+"
    r"(?P<two>[가-힣]+(?:시장|군수|구청장|지사|성장|주지사)\s[가-힣]+(?:\s[가-힣]+){0,3})\s*$"
)
"""`가람시장 오세진  나루시장 아나 루이스`: two signatures in a line."""
_EN_TWO_SIGNED = re.compile(
    rf"^\W*(?P<one>{PART}(?:\s{PART}){{1,3}}, {OFFICE} of [A-Z][\w’'-]*)\s+"
    rf"(?P<two>{PART}(?:\s{PART}){{1,3}}, {OFFICE} of [A-Z][\w’' -]*)\W*$"
)
"""`Ada Berg, Mayor of Oslo  Ana Ruiz, Mayor of Lima`: two signatures in a line."""
_KO_PAIR_NAMES = re.compile(
    r"^\s*(?P<one>[가-힣](?:\s[가-힣]){1,2}(?=\s)|"
    r"[가-힣]{2,4})\s+(?P<two>[가-힣]+(?:\s[가-힣]+){0,3})\s*$"
)
_KO_OFFICE_LINE = re.compile(
    r"^\s*(?P<of>[가-힣A-Za-z\s]*?)\s?(?P<office>(?:특별|광역)?시장|군수|구청장|도지사|지사|사장|"
    r"이사장|회장|총장|원장|장관|"
    r"대표이사|대표|사무총장|이사장|총재|의장|부시장)\s*(?P<name>[가-힣]{2,4}|"
    r"[가-힣](?:\s[가-힣]){1,3}|[가-힣]{1,7}(?:\s[가-힣]{1,8}){1,3})?"
    r"\s*(?:\(\s?(?:서명|인|직인)\s?\))?\s*$"
)
_AGREEMENT_TEXT = re.compile(
    r"\b(?=[hdiauwtsc])(?:hereinafter\b|hereafter\b|copies of this\b|hereby\b|date of signature\b|"
    r"in witness\b|duplicate\b|authentic(?:ity)?\b|undersigned\b|WHEREAS\b|"
    r"the (?:parties|two cities|both cities) (?:shall|agree)|"
    r"signed (?:in|at|on|this)\b)|shall\b|"
    r"(?=[제각양서체])(?:제\s?1\s?조|각\s?[1일]\s?[부통]|양해각서에 서명|서명한다|체결한다\.)",
    re.I,
)


@kept
def people_in_signatures(context: Context) -> tuple[Person, ...]:
    """The people in the signatures at the end of an agreement: lines of name, office and side."""
    return tuple(_people_in_signatures(context))


def _people_in_signatures(context: Context) -> Iterator[Person]:
    text = context.form.text
    if not _AGREEMENT_TEXT.search(text):
        return
    lines: list[list[tuple[str, Span]]] = []
    for block in context.form.blocks:
        if block.mark is not None or block.span[0] < len(text) / 3:
            continue
        for line in re.finditer(r"[^\n]+", text[slice(*block.span)]):
            start = block.span[0] + line.start()
            cells = _cells(line.group(), start)
            if len(line.group()) > 140 or any(len(cell) > 70 for cell, _ in cells):
                lines.append([])
            else:
                lines.append(cells)
    yield from _signatures_of(_with_columns(lines))


def _with_columns(lines: list[list[tuple[str, Span]]]) -> list[list[tuple[str, Span]]]:
    """Lines of signatures side by side whose columns were lost: `Mayor Mayor`, two names."""
    found = [list(line) for line in lines]
    for i, line in enumerate(lines):
        words = line[0][0] if len(line) == 1 else ""
        if beside := _KO_TWO_SIGNED.match(words) or _EN_TWO_SIGNED.match(words):
            start = line[0][1][0]
            found[i] = [(beside[key], shifted(start, beside.span(key))) for key in ("one", "two")]
            continue
        both = _KO_PAIR_LINE.match(words)
        if both and i + 1 < len(lines) and len(lines[i + 1]) == 1:
            names = _KO_PAIR_NAMES.match(lines[i + 1][0][0])
            for at, match in ((i, both), (i + 1, names)):
                if names and match:
                    start = lines[at][0][1][0]
                    found[at] = [(match[key].strip(), shifted(start, match.span(key)))
                                 for key in ("one", "two")]  # fmt: skip
            continue
        offices = list(OFFICE_WORD.finditer(words))
        rest = re.sub(r"\W|\b(?:City|Municipal|Provincial|The)\b", "", OFFICE_WORD.sub("", words))
        if len(offices) < 2:
            continue
        start = line[0][1][0]
        if rest and offices[0].start() == 0:
            two = _OFFICES_OF.fullmatch(words)
            cells = [two.span(key) for key in ("one", "two")] if two else []
        else:
            cells = [o.span() for o in offices] if not rest else []
        if len(cells) < 2:
            continue
        count = len(cells)
        found[i] = [(words[a:b], (start + a, start + b)) for a, b in cells]
        for j in (i - 1, i - 2, i + 1):
            if not 0 <= j < len(lines) or len(lines[j]) != 1:
                continue
            cell, (first, _) = lines[j][0]
            found_sides = (pattern.findall(cell) for pattern in (_OF_SIDES, _OF_PLACES))
            if sides := next((each for each in found_sides if len(each) == count), []):
                places = [cell.index(side) for side in sides]
                parts = [(side, (first + at, first + at + len(side)))
                         for side, at in zip(sides, places, strict=True)]  # fmt: skip
            else:
                parts = [(words, (first + at, first + at + len(words)))
                         for at, words in _side_by_side(cell, count)]  # fmt: skip
            if len(parts) == count:
                found[j] = parts
    return found


_OFFICES_OF = re.compile(
    rf"(?P<one>{OFFICE} of (?:(?! of ).)+?)\s+(?P<two>{OFFICE} of (?:(?! of ).)+)"
)
"""`Mayor of Oslo Governor of Lima`."""
_OF_SIDES = re.compile(r"(?:For|On behalf of)\s.*?(?=\s(?:For|On behalf of)\s|$)", re.IGNORECASE)
_OF_PLACES = re.compile(r"(?:City of|The City of)\s.*?(?=\s(?:City of|The)\s|$)")
"""Sides next to each other in one line: `For the City of Oslo For the City of Lima`."""


def _side_by_side(cell: str, count: int) -> list[tuple[int, str]]:
    """Names side by side taken apart: in equal parts, or behind the surname after an initial."""
    tokens = list(re.finditer(r"\S+", cell))
    size, left = divmod(len(tokens), count)
    cuts = [size * k for k in range(1, count)] if size and not left else []
    if count == 2:
        initials = [k for k, t in enumerate(tokens[:-2]) if re.fullmatch(r"[A-Z]\.", t.group())]
        cuts = [initials[0] + 2] if initials else cuts
    if len(cuts) != count - 1:
        return []
    places = [tokens[k].start() for k in (0, *cuts)]
    ends = [tokens[k - 1].end() for k in (*cuts, len(tokens))]
    return [(at, cell[at:end]) for at, end in zip(places, ends, strict=True)]


def _cells(line: str, start: int) -> list[tuple[str, Span]]:
    cells = []
    at = 0
    for separator in [*_COLUMNS.finditer(line), None]:
        end = separator.start() if separator else len(line)
        if words := line[at:end].strip():
            first = start + at + len(line[at:end]) - len(line[at:end].lstrip())
            cells.append((words, (first, first + len(words))))
        at = separator.end() if separator else end
    return cells


def _signatures_of(lines: list[list[tuple[str, Span]]]) -> Iterator[Person]:
    width = max((len(line) for line in lines), default=0)
    for column in range(width):
        cells = [
            line[column] if column < len(line) and (len(line) > 1 or width == 1 or column == 0)
            else ("", (0, 0))
            for line in lines
        ]  # fmt: skip
        for i, (words, span) in enumerate(cells):
            near = [cells[j][0] for j in (i + 1, i - 1, i + 2, i - 2) if 0 <= j < len(cells)]
            if match := _NAME_AND_OFFICE.match(words):
                side = match["of"] or (near[0] if near else "")
                yield _signature(match["name"], match.span("name"), span, match["office"], side)
            elif (match := _KO_OFFICE_LINE.match(words)) and (match["of"] or match["name"]):
                name = match["name"]
                at = match.span("name")
                if name is None and i + 1 < len(cells) and _is_any_name(cells[i + 1][0]):
                    name, span = cells[i + 1]
                    at = (0, len(name))
                if name:
                    side = match["of"] or (cells[i - 1][0] if i else "")
                    yield _signature(name, at, span, match["office"], side)
            elif (match := _NAME_LINE.match(words)) and is_name(match["name"]):
                office = next((o for w in near[:2] if (o := _OFFICE_LINE.match(w))), None)
                if office and len(match["name"].split()) > 1:
                    above, below = near[1:2], near[2:3]
                    order = above + below if _SIDE_LINE.match("".join(above)) else below + above
                    side = office["of"] or next(
                        (w for w in order if w and not _OFFICE_LINE.match(w)), ""
                    )
                    yield _signature(
                        match["name"], match.span("name"), span, office["office"], side
                    )


def _signature(name: str, at: Span, cell: Span, office: str, side: str) -> Person:
    span = (cell[0] + at[0], cell[0] + at[1])
    if re.fullmatch(r"[가-힣](?:\s[가-힣]){1,3}", name):
        name = name.replace(" ", "")
    return Person(name, span, span, office, side.strip(" ,."), is_signature=True)


def _is_any_name(words: str) -> bool:
    return bool(
        re.fullmatch(r"[가-힣]{1,4}(?:\s[가-힣]{1,8}){0,3}|[一-鿿]{2,5}", words)
        or (_NAME_LINE.match(words) and is_name(words))
    )
