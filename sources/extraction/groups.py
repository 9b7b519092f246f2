"""What sentences of both languages share: events in them, and names that belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from citypact.sources.extraction.forms import Cue
from citypact.sources.extraction.mentions import Mention, Role
from citypact.sources.extraction.model import Context, Form, Name
from citypact.sources.model import Span

_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?!\d|[,.]\d{3})(?:년|\.|-|\b)|[’'‘](\d\d)년")


class Tense(StrEnum):
    """What a sentence says of a paper or a tie."""

    DONE = "done"  # it is signed or begins
    PLANNED = "planned"  # it will be
    STATE = "state"  # it lasts, or was signed before
    ENDED = "ended"  # it ends: it was signed before


@dataclass(frozen=True, slots=True)
class Event:
    """A sentence that asserts a paper or a tie between parties.

    sentence: its place in the context. parties: the mentions, each standing for one party; empty
    where the sentence speaks of parties named before. is_past: told as something earlier. years:
    that are told of it. rule: what found it. words: the words that assert it.
    """

    sentence: int
    cue: Cue
    tense: Tense
    parties: tuple[Mention, ...]
    words: Span
    rule: str
    is_past: bool = False
    years: frozenset[int] = frozenset()
    is_heading: bool = False
    confidence: float = 0.8
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Names next to each other that have one role: `A시와 B시가`, `with A, B and C`."""

    mentions: tuple[Mention, ...]
    role: Role

    @property
    def span(self) -> Span:
        """From the first to the last of the group, with what belongs to them."""
        return self.mentions[0].reach[0], self.mentions[-1].reach[1]


@dataclass(slots=True)
class Scene:
    """A document on the way: its names by sentence, its owner, and who was named last.

    owner: the city or body that publishes the document or whose affairs it reports. pair: the
    parties of the relation last found. year: of publication, 0 unknown. is_paper: it is the text
    of an agreement. form: of the paper last found that is signed or about to be. later: events
    whose parties the text names only afterwards.
    """

    context: Context
    mentions: tuple[tuple[Mention, ...], ...]
    owner: Mention | None = None
    pair: tuple[Mention, ...] = ()
    year: int = 0
    is_paper: bool = False
    form: Form | None = None
    later: list[Event] = field(default_factory=list)

    def sentence(self, place: int) -> str:
        """The words of a sentence."""
        return self.context.form.words(self.context.sentences[place].span)


_SUFFIXES = {"gun": "county", "gu": "district", "si": "city", "do": "province"}
_KOREAN_SUFFIX = re.compile(r"-(gun|gu|si|do)(?:county|district|city|province)?$")
"""What Korean names end in that some texts translate: Yeongdong-gun is Yeongdong County."""


_PORT = re.compile(r"^portof(?:the)?|ports?(?:authority|corporation)?$")
"""The Port of Busan and the Busan Port Authority are one."""


def key_of(name: Name) -> str:
    """What tells two names apart: the identifier, else the words without 시 and the like."""
    if name.entity:
        return name.entity.split("/", 1)[1] if name.kind == "city" else name.entity
    words = name.label_en.casefold().replace(" ", "").replace("’", "'")
    if name.kind == "port":
        return f"port:{_PORT.sub('', words)}"
    if name.kind in ("city", "government"):
        words = _KOREAN_SUFFIX.sub(lambda match: _SUFFIXES[match[1]], words)
        words = words.removesuffix("government") or words
    if name.kind == "city":
        for ending in ("특별자치시", "특별시", "광역시", "특례시", "시", "city"):
            if words.endswith(ending) and len(words) > len(ending) + 1:
                return words.removesuffix(ending)
    return words


def distinct(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions without those of a name that came before; countries are no parties."""
    seen: set[str] = set()
    kept = []
    for mention in mentions:
        key = key_of(mention.name)
        if key not in seen and mention.name.kind != "country":
            seen.add(key)
            kept.append(mention)
    return tuple(kept)


def pairs_of(owner: Mention, others: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    """The owner with each of the others that is a party of its own, as in a list of partners."""
    pairs = [distinct((owner, other)) for other in others]
    return [pair for pair in pairs if len(pair) == 2]


def is_earlier(scene: Scene, words: str) -> bool:
    """Whether words name a year before that of the document."""
    years = years_in(words)
    return bool(years) and max(years) < scene.year


def years_in(words: str) -> frozenset[int]:
    """The years that words name."""
    return frozenset(int(a or f"20{b}") for a, b in _YEAR.findall(words))
