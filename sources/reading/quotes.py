"""Where quoted words are in a text: quotes become spans, and doubts are told with their places.

Words are looked for as they are written first, with any white space for white space; then in other
spellings of the same: capitals, typographic marks, full-width letters, breaks within words. A
person or a program that quotes a text need not count its characters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, reduce

from citypact.ontology.errors import Message, shown
from citypact.sources.model import Span
from citypact.sources.reading.values import ValueFault

MAXIMUM_PLACES = 9
"""So many places of words that are there several times are shown."""
_AROUND = 24
"""Characters of the text that are shown on either side of a place."""
_CONTEXT = 30
"""Characters of context on each side by which words are found again."""
_LETTERS = re.compile(r"\s+|.[\u0300-\u036f\u1160-\u11ff\u3099\u309a]*", re.DOTALL)
"""White space, or a letter with what belongs to it: accents, the rest of a syllable of Hangul."""
_MARKS = {
    **dict.fromkeys(map(ord, "‘’‚‛′ʼ`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»「」『』《》〈〉"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−－~〜～"), "-"),
    **dict.fromkeys(map(ord, "·ㆍ・‧∙•"), "·"),
    **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), ""),
}
"""One for all marks that are typed for each other; characters that nobody sees have none."""
_WORD = "[0-9A-Za-z\u00c0-\u024f]"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the text with what stands around them, and where they were."""

    words: str
    before: str
    after: str
    span: Span

    @classmethod
    def of(cls, text: str, span: Span, context: int = _CONTEXT) -> Quote:
        """The words of a span, with so many characters of context on each side."""
        start, end = span
        before = text[max(0, start - context) : start]
        return cls(text[start:end], before, text[end : end + context], span)

    def find(self, text: str) -> Span | None:
        """Where the words are in a text; None where they are not, or could be several."""
        if self == Quote.of(text, self.span):
            return self.span
        starts = [each.start() for each in re.finditer(f"(?={re.escape(self.words)})", text)]
        before = [each for each in starts if text.endswith(self.before, 0, each)]
        after = [each for each in starts if text.startswith(self.after, each + len(self.words))]
        both = [each for each in before if each in after]
        if self.span[0] in both:
            return self.span
        # One side is enough where it is plain; an empty side fits anywhere and tells nothing.
        sides = [both, before if self.before else [], after if self.after else []]
        chosen = next((each for each in sides if each), [])
        if len(chosen) != 1:
            return None
        return chosen[0], chosen[0] + len(self.words)


@dataclass(frozen=True)
class _Folded:
    """A text of which some spellings are one, and where each of its characters is in the text."""

    text: str
    spans: list[Span]

    def find(self, words: str, *, whole: bool) -> list[Span]:
        """Where folded words are; with `whole` only where no word of Latin letters goes on."""
        if not words:
            return []
        before = f"(?<!{_WORD})" if whole and re.match(_WORD, words) else ""
        after = f"(?!{_WORD})" if whole and re.match(_WORD, words[-1]) else ""
        found = re.finditer(before + re.escape(words) + after, self.text)
        return [(self.spans[m.start()][0], self.spans[m.end() - 1][1]) for m in found]


def _fold(text: str, *, loosely: bool) -> _Folded:
    letters: list[str] = []
    spans: list[Span] = []
    for match in _LETTERS.finditer(text):
        letter = match[0]
        if letter.isspace():
            letter = "" if loosely else " "
        elif loosely:
            plain = unicodedata.normalize("NFKC", letter.translate(_MARKS))
            letter = plain.translate(_MARKS).casefold()
        else:
            letter = unicodedata.normalize("NFC", letter)
        letters += letter
        spans += [match.span()] * len(letter)
    return _Folded("".join(letters), spans)


def _moved(text: str, span: Span, other: str) -> Span | None:
    """Where the words of a span are in another text; near context counts where far one differs."""
    words = text[slice(*span)]
    if text.count(words) == other.count(words) == 1:
        start = other.index(words)
        return start, start + len(words)
    found = (Quote.of(text, span, context).find(other) for context in (_CONTEXT, 15, 8))
    return next(filter(None, found), None)


class QuotedText:
    """A text that is quoted: finds the span of words in it."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _exact(self) -> _Folded:
        return _fold(self.text, loosely=False)

    @cached_property
    def _loose(self) -> _Folded:
        return _fold(self.text, loosely=True)

    def moved(self, span: Span, other: QuotedText) -> Span | None:
        """Where the words of a span are in another text of the same document, by their context.

        None where they are not there, or could be several. White space, capitals and typographic
        marks may differ, as they do between readers of one file. Words that are there once in both
        texts need no context.
        """
        if found := _moved(self.text, span, other.text):
            return found
        starts = [i for i, (start, _) in enumerate(self._loose.spans) if start >= span[0]]
        ends = [i for i, (_, end) in enumerate(self._loose.spans) if end <= span[1]]
        if not starts or not ends or starts[0] > ends[-1]:
            return None
        folded = _moved(self._loose.text, (starts[0], ends[-1] + 1), other._loose.text)
        if not folded:
            return None
        return other._loose.spans[folded[0]][0], other._loose.spans[folded[1] - 1][1]

    @cached_property
    def _matcher(self) -> SequenceMatcher[str]:
        return SequenceMatcher(None, "", self._exact.text, autojunk=False)

    def spans(self, words: str) -> list[Span]:
        """Every place of some words, in order; none where they are nowhere.

        Places where the words are as they are written come alone, and of those the ones that do
        not begin or end within a longer word.
        """
        exact = _fold(words.strip(), loosely=False).text
        loose = _fold(words, loosely=True).text
        return (
            self._exact.find(exact, whole=True)
            or self._exact.find(exact, whole=False)
            or self._loose.find(loose, whole=False)
        )

    def span(self, words: str, occurrence: int = 0) -> Span:
        """The one place of some words, or the one that `occurrence` (from 1) chooses.

        Raises ValueFault where the words are nowhere, with the passage that is most like them;
        where they are in several places and none is chosen, with each of these; and where there
        are not so many.
        """
        found = self.spans(words)
        if not found:
            raise self._nowhere(words)
        if occurrence > len(found):
            raise ValueFault(
                Message(
                    "{words} is in the text only {count} times:\n{places}",
                    words=shown(words),
                    count=len(found),
                    places=self._places(found),
                )
                if len(found) > 1
                else Message("{words} is in the text only once", words=shown(words)),
                Message("correct `occurrence`, or leave it out")
                if len(found) == 1
                else Message("write a number from 1 to {count}", count=len(found)),
            )
        if len(found) > 1 and not occurrence:
            raise ValueFault(
                Message(
                    "{words} is in the text {count} times:\n{places}",
                    words=shown(words),
                    count=len(found),
                    places=self._places(found),
                ),
                Message(
                    "quote more words, or choose a place by its number, such as `occurrence: 1`"
                ),
            )
        return found[max(occurrence, 1) - 1]

    def nearest(self, words: str) -> Span | None:
        """The passage that is most like some words; None where nothing is like them."""
        wanted = _fold(words.strip(), loosely=False).text
        self._matcher.set_seq1(wanted)
        found = self._matcher.find_longest_match(0, len(wanted), 0, len(self._exact.text))
        if found.size < max(3, len(wanted) // 6):
            return None
        start = max(found.b - found.a, 0)
        end = min(max(start + len(wanted), found.b + found.size), len(self._exact.text))
        return self._exact.spans[start][0], self._exact.spans[end - 1][1]

    def line(self, span: Span) -> int:
        """The line of the text, from 1, in which a span begins."""
        return self.text.count("\n", 0, span[0]) + 1

    def passage(self, span: Span) -> str:
        """A span within what is around it, on one line: `… and «signed» a …`."""
        start, end = max(span[0] - _AROUND, 0), min(span[1] + _AROUND, len(self.text))
        parts = (
            ("…" if start else "") + self.text[start : span[0]],
            f"«{self.text[slice(*span)]}»",
            self.text[span[1] : end] + ("…" if end < len(self.text) else ""),
        )
        return " ".join("".join(parts).split())

    def _places(self, found: list[Span]) -> Message:
        places = [
            Message(
                "        {number}: line {line}: {passage}",
                number=number,
                line=self.line(span),
                passage=self.passage(span),
            )
            for number, span in enumerate(found[:MAXIMUM_PLACES], 1)
        ]
        if len(found) > MAXIMUM_PLACES:
            places.append(Message("        …"))
        return reduce(lambda one, other: Message("{one}\n{other}", one=one, other=other), places)

    def _nowhere(self, words: str) -> ValueFault:
        near = self.nearest(words)
        if near is None:
            return ValueFault(
                Message("{words} is not in the text", words=shown(words)),
                Message("copy the words from the text"),
            )
        return ValueFault(
            Message(
                "{words} is not in the text; the nearest passage is:\n"
                "        line {line}: {passage}",
                words=shown(words),
                line=self.line(near),
                passage=self.passage(near),
            ),
            Message("copy the words from the text"),
        )


__all__ = ["Quote", "QuotedText"]
