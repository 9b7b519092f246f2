"""What a question mentions: things of the graph by their names, days and years."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from citypact.graph.store.labels import Names
from citypact.sources.model import Span

LONGEST = 12
"""How many words a name has at most."""
PARTICLES = (
    "에게서|에서는|에서도|으로는|으로서|이라는|이라고|에게는|하고는|까지는|부터는|에서|에게|한테|으로|이나|이랑|"
    "하고|라는|라고|까지|부터|마다|에는|에도|와는|과는|와의|과의|처럼|보다|이란|은|는|이|가|을|를|과|와|의|에|도|로|"
    "랑|나|만|께|란"
)
"""Korean particles after a name, longer ones first."""
_WORD = re.compile(r"[^\W_]+(?:['’]s\b)?")
_AFTER_NAME = re.compile(
    r"(?:업무협약|협정|협약|양해각서|공동선언|선언|기사|문서|보도자료|체결식|시장님?|시민|정부|측|관련|출신|회원|"
    rf"대표단|사무총장|총회)?(?:{PARTICLES})?(?:은|는|도|만|이었나|였나|이었지|였지|인가|인지|이야|입니까)?"
)
"""What may stand behind a name in the same Korean word."""
_POSTS = re.compile(
    r"시장|지사|도지사|구청장|주지사|총장|은행장|mayor|governor|secretary|president", re.IGNORECASE
)
_MONTHS = tuple(calendar.month_name[month].lower() for month in range(1, 13))
_MONTH = "|".join(_MONTHS)
_DAY_FORMS = (
    re.compile(r"(?P<y>\d{4})\s*년\s*(?P<m>\d{1,2})\s*월\s*(?P<d>\d{1,2})\s*일"),
    re.compile(r"(?P<y>\d{4})[-./]\s?(?P<m>\d{1,2})[-./]\s?(?P<d>\d{1,2})\b"),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<n>{_MONTH}),?\s+(?P<y>\d{{4}})\b", re.I),
    re.compile(rf"\b(?P<n>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b", re.I),
)
_YEAR_ENDS = (
    re.compile(r"(?P<y>\d{4})\s*년\s*(?:말|연말|12월\s*말)"),
    re.compile(r"\bend of (?P<y>\d{4})\b", re.I),
)
_DECADES = (
    re.compile(r"(?P<y>(?:1[89]|20)\d0)\s*년대(?:에|의|에는)?"),
    re.compile(r"\b(?P<y>(?:1[89]|20)\d0)s\b", re.I),
)
_YEARS = (
    re.compile(r"(?P<y>(?:1[89]|20)\d\d)\s*년(?:\s*\d{1,2}\s*월)?"),
    re.compile(rf"\b(?:(?:{_MONTH})\s+)?(?P<y>(?:1[89]|20)\d\d)(?![\da-z])", re.I),
)


@dataclass(frozen=True)
class NameMention:
    """A name in a question, and the things (IRIs) that it may mean, with all their classes.

    particle: what stands behind it in Korean, such as 과 or 에게.
    """

    span: Span
    text: str
    things: tuple[str, ...]
    kinds: frozenset[str]
    particle: str = ""


@dataclass(frozen=True)
class QuestionDate:
    """A day (`2013-10-21`) or a year (`2013`) in a question; the last day of a year
    where that is meant.

    bound: `from` where it is said as a beginning, `to` as an end, '' as itself.
    """

    span: Span
    day: str
    year: int
    bound: str = ""


@dataclass(frozen=True)
class Mentions:
    """Everything that a question mentions, in the order of the text; `words` are all its words."""

    text: str
    names: tuple[NameMention, ...]
    dates: tuple[QuestionDate, ...]
    words: tuple[Span, ...] = field(repr=False)

    @property
    def language(self) -> str:
        """The language of the question: Korean where it has Hangul."""
        return "ko" if re.search("[가-힣]", self.text) else "en"

    @property
    def spans(self) -> list[Span]:
        """Where names and dates are."""
        return [name.span for name in self.names] + [date.span for date in self.dates]


def mentions(text: str, names: Names) -> Mentions:
    """What a question mentions. Of names that overlap the longest counts, then the first."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    words = tuple(match.span() for match in _WORD.finditer(text))
    dates = tuple(_dates(text))
    taken = [date.span for date in dates]
    found: list[NameMention] = []
    for mention in sorted(_names(text, words, names), key=lambda m: (-_length(m.span), m.span)):
        if not any(overlap(mention.span, span) for span in taken):
            found.append(mention)
            taken.append(mention.span)
    return Mentions(text, tuple(sorted(found, key=lambda m: m.span)), dates, words)


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans have a character in common."""
    return one[0] < other[1] and other[0] < one[1]


def _length(span: Span) -> int:
    return span[1] - span[0]


def _names(text: str, words: tuple[Span, ...], names: Names) -> Iterator[NameMention]:
    for first in range(len(words)):
        for last in range(first, min(len(words), first + LONGEST)):
            start, end = words[first][0], words[last][1]
            yield from _named(text, start, words[last][0], end, names)


def _named(text: str, start: int, last: int, end: int, names: Names) -> Iterator[NameMention]:
    """The longest name from a place on that ends in the last word, with what is behind it."""
    for stop in _stops(text, last, end):
        said = text[start:stop]
        if things := _things(said, names):
            particle = re.search(rf"(?:{PARTICLES})$", text[stop:end])
            kinds = frozenset().union(*(names.kinds(iri) for iri in things))
            yield NameMention((start, stop), said, things, kinds, particle[0] if particle else "")
            return


def _stops(text: str, last: int, end: int) -> Iterator[int]:
    """Where a name may end in its last word: at the end, else before what Korean puts behind it."""
    yield end
    word = text[last:end]
    if word.lower().endswith(("'s", "’s")):
        yield end - 2
    if not re.search("[가-힣]", word):
        return
    for stop in range(end - 1, last + 1, -1):
        if _AFTER_NAME.fullmatch(text[stop:end]):
            yield stop


def _things(said: str, names: Names) -> tuple[str, ...]:
    found = names.meanings(said)
    if not found and _POSTS.search(said) and len(said.split()) <= 3:
        found = names.person_in_post(said)
    if said.isascii() and said == said.lower() and len(said) < 5:
        # What is written small is a word of the language, not the name of a city or body.
        found = [iri for iri in found if "Topic" in names.kinds(iri) and len(said) > 2]
    return tuple(iri for iri in found if names.kinds(iri) - {"DateSpan"})


def _dates(text: str) -> Iterator[QuestionDate]:
    taken: list[Span] = []

    def free(matches: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
        for match in matches:
            if not any(overlap(match.span(), span) for span in taken):
                taken.append(match.span())
                yield match

    found = []
    for form in _DAY_FORMS:
        for match in free(form.finditer(text)):
            parts = match.groupdict()
            month = (
                _MONTHS.index(parts["n"].lower()) + 1 if parts.get("n") else int(parts["m"] or 0)
            )
            day = f"{parts['y']}-{month:02}-{int(parts['d']):02}"
            found.append(QuestionDate(match.span(), day, int(parts["y"])))
    for form in _YEAR_ENDS:
        for match in free(form.finditer(text)):
            found.append(QuestionDate(match.span(), f"{match['y']}-12-31", int(match["y"])))
    for form in _DECADES:
        for match in free(form.finditer(text)):
            first = int(match["y"])
            found.append(QuestionDate(match.span(), "", first, "from"))
            found.append(QuestionDate(match.span(), "", first + 9, "to"))
    for form in _YEARS:
        for match in free(form.finditer(text)):
            bound, span, further = _bound(text, match.span())
            found.append(QuestionDate(span, "", int(match["y"]) + further, bound))
    yield from sorted(found, key=lambda date: (date.span, date.year))


_BOUNDS = (
    (
        "from",
        re.compile(r"\s*(?:부터|이후|이래)"),
        re.compile(r"\b(?:since|from|(after))\s*$", re.I),
    ),
    ("to", re.compile(r"\s*(?:까지|이전)"), re.compile(r"\b(?:until|(before)|to|by)\s*$", re.I)),
)
"""The words that make a year a first or last one: those behind it and those before it. Whoever
says after or before does not mean the year itself; 이후 and 이전 include it."""


def _bound(text: str, span: Span) -> tuple[str, Span, int]:
    """Whether a year is a first or last one, the span with the word that says so, and how many
    years from it the bound is."""
    for bound, behind, before in _BOUNDS:
        if match := behind.match(text, span[1]):
            return bound, (span[0], match.end()), 0
        if match := before.search(text[: span[0]]):
            further = 0 if not match[1] else 1 if bound == "from" else -1
            return bound, (match.start(), span[1]), further
    return "", span, 0


__all__ = ["Mentions", "NameMention", "QuestionDate", "mentions", "overlap"]
