"""How two lines of one paragraph are joined: with a space, or as the halves of one word.

English breaks lines between words. Korean text is set both ways: many programs break it between
any two syllables (지/역), and what is left on either line tells which it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from typing import Any

_HANGUL = "가-힣"
_PARTICLES = (
    "은|는|이|가|을|를|에|의|와|과|도|로|만|께|나|에서|에게|으로|까지|부터|처럼|보다|이나|이며|이고|인|이다|"
    "라고|이라고|라는|이라는|으로서|로서|으로써|로써|에는|에도|에서는|에서도|으로는|와의|과의|와는|과는|라며|이라며"
)
_ALONE = re.compile(
    rf"(?:(?:장|청장|들)?(?:{_PARTICLES})|(?:적으로|적인|청장|시장|장|들))(?![{_HANGUL}])|(?:다|요|며|고|서|지)[.,]"
)
"""What begins a line only where a word goes on: a particle or an ending without its word."""
_VERB = re.compile(
    r"하(?:고|며|는|기|여|였|면|겠|도록|려|거나|던)|했|한다|되(?:고|며|는|기|어|었|면|도록|던)|됐|된다"
)
_NO_NOUN = re.compile(r"[을를이가은는도만게로고면야지]$")
"""Ends of words behind which a form of 하다 or 되다 is a word of its own."""
_ENDING = re.compile(
    rf"[{_HANGUL}\w)\]」』’”'\"](?:은|는|을|를|이|가|고|의|면서|에|에서|에게|으로|로|와|과|까지|부터|하고|하며|하여|해|했고|했으며|"
    r"하는|되는|있는|없는|위한|위해|대한|대해|통해|통한|따라|따른|또는|및|등|등을|등의|등이|"
    r"[했였됐렸갔왔졌]다|한다|된다|있다|이다|밝혔다|지난|오는|함께|서로|모두|오전|오후|간|중|후|전)$"
)
"""How a Korean word ends before a space, as far as few other words go on like that."""
_SHORT = frozenset("그이저및등한두세네수것때중후전간각약총첫더또꼭못안새옛양당곳")
"""Words of one syllable; another syllable alone at the end of a line is the half of a word."""
_OPENING, _CLOSING = "△▲▴▷▪([{「『〈《“‘<·/ㆍ∙․・~∼", ".,;:!?)]}」』〉》”’>·/ㆍ∙․・%~∼"
_KOREAN_BREAK = re.compile(rf"[{_HANGUL}]\n[{_HANGUL}]")
_ENOUGH = 4
"""Lines that end between two syllables, from which a habit is seen."""
_EVEN = 3
"""Columns by which lines differ that are broken between any two syllables."""
_WORD = re.compile(r"[^\s()\[\]「」『』“”‘’'\",.;:!?·]+")


class LineJoiner:
    """Joins lines of one document, from whose other words and lines it learns.

    paragraphs: the lines of each. asked: what the reader's name has to say of the analyser, such
    as ` kiwi 0.24.1`: another version may join other lines. '' where it decided nothing.
    splits_words: whether lines end inside words, where their places on a page tell.
    """

    def __init__(
        self,
        paragraphs: Iterable[Sequence[str]],
        use_kiwi: bool = True,
        splits_words: bool | None = None,
    ) -> None:
        paragraphs = [lines for lines in paragraphs if lines]
        self._words: set[str] = set()
        for lines in paragraphs:
            for line in lines:
                # The first and last word of a line may be halves.
                self._words.update(_WORD.findall(line)[1:-1])
        self._splits = self._splits_words(paragraphs) if splits_words is None else splits_words
        self._use_kiwi = use_kiwi
        self.asked = ""

    def _splits_words(self, paragraphs: Sequence[Sequence[str]]) -> bool | None:
        """Whether lines end inside words: halves of words stand there, or all are equally wide.

        None where too few lines end between two syllables to tell.
        """
        pairs = [pair for lines in paragraphs for pair in pairwise(lines) if all(pair)]
        korean = [(a, b) for a, b in pairs if _KOREAN_BREAK.search(a.rstrip() + "\n" + b.lstrip())]
        if any(self._is_split(a, b) for a, b in korean):
            return True
        widths = [width(line.strip()) for line, _ in korean]
        if len(widths) < _ENOUGH:
            return None
        return max(widths) - min(widths) <= _EVEN

    def _is_split(self, before: str, after: str) -> bool:
        """Whether the words show plainly that one word is on two lines."""
        left, right = before.split()[-1], after.split()[0]
        if _ALONE.match(right) or (
            _VERB.match(right) and re.search(f"[{_HANGUL}]$", left) and not _NO_NOUN.search(left)
        ):
            return True
        half, rest = _bare(left), _bare(right)
        return half + rest in self._words and half not in self._words

    def joint(self, before: str, after: str) -> str:
        """What stands between two lines of a paragraph: a space or nothing.

        `지` + `역` gives nothing, `서울시는` + `하노이와` a space.
        """
        if not before or not after or before[-1].isspace() or after[0].isspace():
            return "" if not before or not after else " "
        before, after = before.rstrip(), after.lstrip()
        last, first = before[-1], after[0]
        if last in _OPENING or first in _CLOSING or re.search(r"(?:^|\s)[\"']$", before):
            return ""
        if not re.match(f"[{_HANGUL}]", first):
            return self._before_others(before, after)
        return " " if self._has_space(before, after) else ""

    def _before_others(self, before: str, after: str) -> str:
        """Before Latin letters, digits and brackets."""
        if before.endswith("-") and re.search(r"\w-$", before) and after[0].isalnum():
            return ""
        if after[0] in "([" and re.search(f"[{_HANGUL}A-Za-z]$", before):
            # 서울시(시장 …) has no space in Korean, Seoul (capital …) has one.
            return "" if re.search(f"[{_HANGUL}]$", before) else " "
        return " "

    def _has_space(self, before: str, after: str) -> bool:
        """Whether two words are on two lines, of which the second begins with Hangul."""
        left, right = before.split()[-1], after.split()[0]
        if self._is_split(before, after):
            return False
        if re.search(r"\d$", left):  # 20 / 일, 3 / 개 도시
            return False
        if self._splits is False or not re.search(f"[{_HANGUL}]$", left):
            return True
        half, rest = _bare(left), _bare(right)
        is_short = len(half) == 1 and half == left
        if is_short and self._splits and half not in _SHORT:
            return False
        if not is_short and half in self._words and rest in self._words:
            return True
        if self._use_kiwi and (decided := _kiwi_space(before, after)) is not None:
            self.asked = f" kiwi {version('kiwipiepy')}"
            return decided
        if is_short:
            return half in _SHORT
        return not self._splits or half in self._words | _SHORT or bool(_ENDING.search(left))


def width(line: str) -> int:
    """The width of a line in columns, of which a syllable takes two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line)


def _bare(word: str) -> str:
    """A word without brackets and punctuation around it."""
    found = _WORD.findall(word)
    return found[-1] if found else word


def _kiwi_space(before: str, after: str) -> bool | None:
    """Whether Kiwi's spacing parts two lines; None without Kiwi."""
    kiwi = _kiwi()
    if kiwi is None:
        return None
    left = " ".join(before.split()[-3:])
    spaced: str = kiwi.space(left + " ".join(after.split()[:3]))
    seen = 0
    letters = len(left.replace(" ", ""))
    for place, character in enumerate(spaced):
        if character != " ":
            seen += 1
            if seen == letters:
                return spaced[place + 1 : place + 2] == " "
    return None


@cache
def _kiwi() -> Any:
    """The analyser, if it is installed: it takes seconds and half a gigabyte."""
    try:
        from kiwipiepy import Kiwi  # type: ignore[import-untyped]
    except ImportError:
        return None
    return Kiwi(num_workers=0)  # threads would each take memory, and none is needed


__all__ = ["LineJoiner", "width"]
