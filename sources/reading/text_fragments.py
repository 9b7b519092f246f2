"""Links that open a web page at a passage: `address#:~:text=first%20words,last%20words`.

The browser looks for these words in the page ("URL Fragment Text Directives",
https://wicg.github.io/scroll-to-text-fragment/). It ignores case, needs whole words in the sense of
Unicode Standard Annex #29, and finds no words that go from one block of the page into the next.
Chromium, Firefox and Safari follow such links; others open the page at its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from citypact.sources.model import PassageWords, Span

MAXIMUM_CHARACTERS = 25
"""How many characters of a source text each part of a passage has at most."""

_ENOUGH = 12
"""How many characters a part should have: one short word is on most pages more than once."""

_JOINERS = ".,:;'_·‘’․‧﹒＇．：\u00ad\u200d\u2060"
"""Between two letters or digits these do not end a word (MidLetter, MidNum, MidNumLet, Format)."""

_WORD = re.compile(rf"\w+(?:[{_JOINERS}]+\w+)*")
"""A run of letters with a boundary of words on both sides; there may be further ones within."""

_HANGUL = "(?-i:[가-힣])"
_CHINESE = "(?-i:[\u3040-\u30ff\u3400-\u9fff])"
"""Chinese characters and kana, which browsers part by dictionaries.

These letters have no case. To say so spares `re` from looking for the other case of each of them,
which took most of the time of `citypact check --documents`.
"""

_EDGES = re.compile(r"^\W+|\W+$")
"""The marks around words, which pages write in several ways: `'`, `‘`, `「`."""


def passage_words(text: str, span: Span) -> PassageWords | None:
    """The words by which a browser finds a span of a text; None where no such words are short.

    The span is widened to whole words. The lines of the text are taken for the blocks of the page.
    The words are as few as make the span the first place in the text that they fit. Where none do,
    because the passage begins like another one, its first words are left out.
    """
    words = [m.span() for m in _WORD.finditer(text) if m.end() > span[0] and m.start() < span[1]]
    while words:
        passage = (words[0][0], words[-1][1])
        for found in _choices(text, passage, words):
            if first_match(text, found) == passage:
                return found
        del words[0]
    return None


def _choices(text: str, passage: Span, words: list[Span]) -> Iterator[PassageWords]:
    """Ways to name a passage, the shortest first: without context, with what is before, after."""
    prefixes = ["", *_before(text, passage[0])]
    suffixes = ["", *_after(text, passage[1])]
    contexts = sorted(
        ((prefix, suffix) for prefix in prefixes for suffix in suffixes),
        key=lambda context: (bool(context[0]) + bool(context[1]), len("".join(context))),
    )
    bodies = list(_bodies(text, passage, words))
    for prefix, suffix in contexts:
        for start, end in bodies:
            yield PassageWords(start, end, prefix, suffix)


def _bodies(text: str, passage: Span, words: list[Span]) -> Iterator[tuple[str, str]]:
    whole = text[slice(*passage)]
    if len(_plain(whole)) <= MAXIMUM_CHARACTERS and "\n" not in whole:
        yield _plain(whole), ""
        return
    starts = _parts(text, [(words[0][0], end) for _, end in words[:-1]])
    ends = _parts(text, [(start, words[-1][1]) for start, _ in reversed(words[1:])])
    for last_of_start, start in starts:
        for first_of_end, end in ends:
            if last_of_start[1] <= first_of_end[0]:
                yield start, end


def _parts(text: str, spans: list[Span]) -> list[tuple[Span, str]]:
    """The spans that are short and within one line; those with enough characters first."""
    found = [
        (span, _plain(part))
        for span in spans
        if "\n" not in (part := text[slice(*span)]) and len(_plain(part)) <= MAXIMUM_CHARACTERS
    ]
    return sorted(found, key=lambda each: (len(each[1]) < _ENOUGH, abs(len(each[1]) - _ENOUGH)))


def _before(text: str, end: int) -> Iterator[str]:
    """What comes right before a place, from the beginning of a word on: short ones first."""
    before = text[:end].rstrip()
    line = text[before.rfind("\n") + 1 : end]
    for match in reversed(list(_WORD.finditer(line))):
        if 0 < len(part := _plain(line[match.start() :])) <= MAXIMUM_CHARACTERS:
            yield part


def _after(text: str, start: int) -> Iterator[str]:
    """What comes right after a place, up to the end of a word: short ones first."""
    line = text[start:].lstrip().split("\n", 1)[0]
    for match in _WORD.finditer(line):
        if 0 < len(part := _plain(line[: match.end()])) <= MAXIMUM_CHARACTERS:
            yield part


def _plain(words: str) -> str:
    """Words with single spaces, as a page shows them."""
    return " ".join(words.split())


def first_match(text: str, words: PassageWords) -> Span | None:
    """Where a browser that reads this text, a block a line, would find a passage; None: nowhere.

    Some browsers end a word between Hangul and other letters (`WeGO|의`), as they do around
    Chinese characters, others do not. All places where any browser may find the words count.
    """
    start = rf"(?P<passage>{_pattern(words.start)}"
    if words.prefix:
        start = rf"{_begin(words.prefix)}{_pattern(words.prefix)}\s*{start}"
    else:
        start = _begin(words.start) + start
    if words.end:
        start += rf"{_stop(words.start)}.*?{_begin(words.end)}{_pattern(words.end)}"
    last = words.end or words.start
    end = (
        rf")\s*{_pattern(words.suffix)}{_stop(words.suffix)}" if words.suffix else f"){_stop(last)}"
    )
    match = re.search(start + end, text, re.IGNORECASE | re.DOTALL)
    return match.span("passage") if match else None


def _begin(words: str) -> str:
    """What is not before words where a word may begin: letters that go on in the same script."""
    return f"(?<!{_same_script(words[0])})"


def _stop(words: str) -> str:
    return f"(?!{_same_script(words[-1])})"


def _same_script(character: str) -> str:
    """The characters that no browser parts from one: of its script; none for Chinese characters."""
    if re.match(_HANGUL, character):
        return _HANGUL
    if re.match(_CHINESE, character) or not re.match(r"\w", character):
        return r"\b\B"  # fits nothing
    return rf"(?!{_HANGUL}|{_CHINESE})\w"


def _pattern(words: str) -> str:
    return r"[^\S\n]+".join(re.escape(word) for word in words.split())


def text_directive(words: PassageWords) -> str:
    """The part of an address that names a passage: `text=prefix-,start,end,-suffix`, encoded."""
    parts = [
        f"{_encoded(words.prefix)}-" if words.prefix else "",
        _encoded(_EDGES.sub("", words.start)),
        _encoded(_EDGES.sub("", words.end)),
        f"-{_encoded(words.suffix)}" if words.suffix else "",
    ]
    return "text=" + ",".join(filter(None, parts))


def _encoded(words: str) -> str:
    """Words for a directive, in which `-`, `,` and `&` have a meaning of their own."""
    return quote(words, safe="").replace("-", "%2D")


def passage_link(address: str, words: PassageWords | None) -> str:
    """The address of a page with the passage at which it opens; '' for what is no web address.

    An address that has a fragment keeps it: browsers that know no passages go there.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if words is None or parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    separator = "" if "#" in address else "#"
    return f"{address}{separator}:~:{text_directive(words)}"


def words_of_link(link: str) -> str:
    """The words at which a link of `passage_link` opens, such as `first … last`; '' without any.

    >>> words_of_link("https://example.org/#:~:text=a-,first%20words,last%20words")
    'first words … last words'
    """
    _, mark, directive = link.partition(":~:text=")
    parts = directive.split(",") if mark else []
    shown = [unquote(part) for part in parts if not (part.endswith("-") or part.startswith("-"))]
    return " … ".join(shown)


def readable(link: str) -> str:
    """A link in which the words of the passage can be read: letters are not encoded.

    Browsers take both forms. The address itself stays as it is.
    """
    address, mark, words = link.partition(":~:")
    return address + mark + re.sub(r"(?:%[89A-F][0-9A-F])+", _letters, words)


def _letters(match: re.Match[str]) -> str:
    return _decoded(match[0])


@lru_cache(maxsize=10_000)  # a page has the same words in many links
def _decoded(encoded: str) -> str:
    return "".join(c if c.isalnum() else quote(c) for c in unquote(encoded))


__all__ = [
    "MAXIMUM_CHARACTERS",
    "first_match",
    "passage_link",
    "passage_words",
    "readable",
    "text_directive",
]
