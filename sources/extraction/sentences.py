"""Sentences, headings, list items and rows of a document, in Korean and English.

A sentence never leaves its block, and a quotation that closes within the block isn't cut.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from citypact.sources.documents.normal_form import Block, BlockKind, NormalForm
from citypact.sources.extraction.model import Context, Sentence
from citypact.sources.model import Span

_SHORTENED = """
smt cllr coun hon engr atty
jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
mr mrs ms dr prof gov sen rep hon st mt ft no nos vol art arts sec par para fig ref approx
inc ltd co corp dept est vs etc e.g i.e a.m p.m u.s u.k u.n u.s.a d.c ph.d gen col lt sgt
rev jr sr messrs tel ext p pp cf ca viz
"""
ABBREVIATIONS = frozenset(_SHORTENED.split())
"""Words before a point that ends no sentence, in small letters. `may` is none: it is a word."""

_LONGEST = 3000
"""No sentence is longer: rules look through a sentence again for each of its cues."""
_CANDIDATE = re.compile(
    r"""[.!?。…]+["'”’」』》)\]]*(?=\s|$)|(?<=[다요음임함됨])\.(?=[가-힣“"‘△▲▶])"""
)
_QUOTED = re.compile(
    r"“[^“”\n]{0,900}”|「[^「」\n]{0,300}」|『[^『』\n]{0,300}』|\"[^\"\n]{0,900}\""
)
_ENDS_DAY = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s\d{1,2}$")
"""`It was signed on July 4. The mayor …`"""
_DATELINE_GOES_ON = re.compile(r"—|–|--|\([\w ./]{2,24}\)\s?(?:—|–|-)")
_LAST_WORD = re.compile(r"[\w.’'-]+$")
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")


def context_of(form: NormalForm, *, published: str = "", address: str = "") -> Context:
    """A document as the rules see it: the sentences of its evidence, in the order of the text.

    published: EDTF. address: of the document; both default to what the file says about itself.
    """
    sentences = [
        Sentence(span, place, block.language or language_of(form.words(span)))
        for place, block in enumerate(form.blocks)
        if block.mark is None
        for span in _spans_of(form, block)
    ]
    return Context(
        form,
        tuple(sentences),
        published or form.metadata.published,
        address or form.metadata.address,
    )


def language_of(words: str) -> str:
    """`ko` if one letter in six is Hangul, `en` for other letters, '' without letters.

    Korean sentences hold English names and offices; English ones hold a Korean name at most.
    """
    hangul, latin = len(_HANGUL.findall(words)), len(_LATIN.findall(words))
    if hangul * 5 >= latin and hangul:
        return "ko"
    return "en" if latin else ""


def sentence_at(context: Context, offset: int) -> int | None:
    """The place of the sentence that holds a character of the text; None between sentences."""
    low, high = 0, len(context.sentences)
    while low < high:
        middle = (low + high) // 2
        if context.sentences[middle].span[1] <= offset:
            low = middle + 1
        else:
            high = middle
    if low < len(context.sentences) and context.sentences[low].span[0] <= offset:
        return low
    return None


def kind_of(context: Context, place: int) -> BlockKind:
    """Which kind of block a sentence stands in."""
    return context.form.blocks[context.sentences[place].block].kind


def _spans_of(form: NormalForm, block: Block) -> list[Span]:
    start, end = block.span
    if block.kind == BlockKind.TABLE_ROW:
        return [block.span] if form.text[start:end].strip() else []
    words = form.text[start:end]
    quoted = [match.span() for match in _QUOTED.finditer(words)]
    cuts = [0]
    for match in _CANDIDATE.finditer(words):
        inside = any(first < match.start() and match.end() < last for first, last in quoted)
        if not inside and _ends(words, cuts[-1], match):
            cuts.append(match.end())
    cuts.append(len(words))
    return [
        (start + first + len(part) - len(part.lstrip()), start + first + len(part.rstrip()))
        for first, last in pairwise(_with_longest(words, cuts))
        if (part := words[first:last]).strip()
    ]


def _with_longest(words: str, cuts: list[int]) -> list[int]:
    """The cuts with more of them, at spaces, where a text has no sentences for long."""
    more = [0]
    for cut in cuts[1:]:
        while cut - more[-1] > _LONGEST:
            space = words.rfind(" ", more[-1] + 1, more[-1] + _LONGEST)
            more.append(space if space > 0 else more[-1] + _LONGEST)
        more.append(cut)
    return more


def _ends(words: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a point (with closing quotes) ends the sentence that begins at `begin`."""
    if match.end() >= len(words.rstrip()):
        return False
    if match.group()[0] != ".":
        return True
    before = words[max(begin, match.start() - 60) : match.start()]
    following = words[match.end() :].lstrip()
    if not before.strip() or _DATELINE_GOES_ON.match(following):
        return False  # a dateline: `SPRINGFIELD, Ill. — The city`
    last = _LAST_WORD.search(before)
    word = last.group() if last else ""
    if word and before.strip() == word and (len(word) <= 3 or word.isdigit()):
        return False  # a number or letter that counts: `1.`, `iv.`, `가.`
    if _ENDS_DAY.search(before) and following[:1].isupper():
        return True
    if word.isdigit() or re.fullmatch(r"[\d.]+", word):
        # A date such as `2019. 6. 5.` goes on; an English sentence may end with a year.
        return len(word) != 1 and following[:1].isupper() and following[:1].isascii()
    if word.lower().rstrip(".") in ABBREVIATIONS:
        return False
    if word == "May" and following[:1].isdigit():
        return False  # May. 04, 2010
    if re.fullmatch(r"[A-Za-z]", word) or re.fullmatch(r"(?:\w+-)?(?:[A-Za-z]\.)+[A-Za-z]", word):
        return False  # an initial, or `U.S.`
    return not following[:1].islower()


_OF_COUNCIL = re.compile(
    r"\b(?:RESOLUTION\b|Resolution\s(?:No|of)|[Aa]\sresolution\sof|ORDINANCE|PROCLAMATION|Proclam(?:ation|ing)|"
    r"MINUTES|Minutes\b|AGENDA|Agenda\s[Ii]tem|STAFF\sREPORT|Staff\sReport|REPORT\sTO\sCOUNCIL)"
)


def is_of_council(context: Context) -> bool:
    """Whether a document is a resolution, minutes or the like, whose day is no day of signing."""
    return _is_of_council(context.form.text[:250])


@lru_cache(maxsize=16)
def _is_of_council(head: str) -> bool:
    return _OF_COUNCIL.search(head) is not None
