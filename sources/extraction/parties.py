"""Where a document names the parties of a relation, and which sentences are about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import ParamSpec, TypeVar

from citypact.sources.extraction.groups import key_of
from citypact.sources.extraction.lexicon import lexicon
from citypact.sources.extraction.mentions import Mention, Role
from citypact.sources.extraction.model import Context, Name, Relation
from citypact.sources.extraction.names import mentions_of
from citypact.sources.model import Span

P = ParamSpec("P")
R = TypeVar("R")
_PLACES = ("city", "government")
_PERSON = (
    r"[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민"
    r"진지엄원천방공][가-힣]{2}"
)
_SUFFIX = re.compile(
    r"(?:특별자치시|특별자치도|광역시|특별시|특례시|직할시|시|군|구|도|현|성|주|청|정부)(?:청|"
    r"정부)?$"
)


_KEPT = 48


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Keeps the last results of a function by the identity of its arguments.

    A context is read by many rules in turn, and is large to compare by value.
    """
    last: dict[tuple[int, ...], tuple[tuple[object, ...], R]] = {}  # with what keeps the numbers

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        key = tuple(map(id, args))
        if key not in last:
            result = function(*args, **kwargs)
            while len(last) >= _KEPT:
                del last[next(iter(last))]
            last[key] = args, result
        return last[key][1]

    return call


@kept
def names_of(context: Context) -> tuple[tuple[Mention, ...], ...]:
    """The names of each sentence; kept for the last few documents."""
    return mentions_of(context)


@kept
def spans_of_parties(relation: Relation, context: Context) -> tuple[tuple[Span, ...], ...]:
    """All places where the text names each party, in the order of the parties."""
    found = []
    for party in relation.parties:
        key = key_of(party.value)
        spans = set(party.spans)
        for mentions in names_of(context):
            spans |= {m.span for m in mentions if not m.refers and key_of(m.name) == key}
        spans |= set(_occurrences(party.value.text, context.form.text))
        outer = [
            span for span in spans
            if not any(s != span and s[0] <= span[0] and span[1] <= s[1] for s in spans)
        ]  # fmt: skip
        found.append(tuple(sorted(outer)))
    return tuple(found)


def partner_of(relation: Relation, context: Context) -> int:
    """The place of the party that the text names least: it tells relations of one owner apart."""
    spans = spans_of_parties(relation, context)
    return min(reversed(range(len(spans))), key=lambda place: len(spans[place]))


def is_about(relation: Relation, context: Context, place: int) -> bool:
    """Whether a sentence can speak of a relation: it names its partner, or nobody else.

    A sentence without names goes on with what the one before is about.
    """
    return _about(relation, context)[place]


@kept
def _about(relation: Relation, context: Context) -> tuple[bool, ...]:
    """`is_about` for each sentence: many rules ask about each of them."""
    return tuple(_is_about(relation, context, place) for place in range(len(context.sentences)))


def _is_about(relation: Relation, context: Context, place: int) -> bool:
    spans = spans_of_parties(relation, context)
    keys = {key_of(party.value) for party in relation.parties}
    partner = spans[partner_of(relation, context)]
    for at in range(place, -1, -1):
        start, end = context.sentences[at].span
        if any(start <= span[0] < end for span in partner):
            return True
        mentions = [m for m in names_of(context)[at] if not m.refers and m.name.kind in _PLACES]
        if any(_is_other(m, relation, keys, context) for m in mentions):
            return False
        if any(key_of(m.name) in keys for m in mentions):
            return True
    return True


def _is_other(mention: Mention, relation: Relation, keys: set[str], context: Context) -> bool:
    """Whether a name is plainly that of a place which is no party, nor within the name of one."""
    name = mention.name
    if key_of(name) in keys or mention.role is Role.PLACE:
        return False
    if any(name.label_en in p.value.label_en or name.text in p.value.text
           for p in relation.parties):  # fmt: skip
        return False
    return _is_plainly_place(mention, context)


def _is_plainly_place(mention: Mention, context: Context) -> bool:
    """Whether a name is one that the package knows, or says that it is a place: 이우시, Yuma City.

    A gazetteer knows many first names as towns: 피에르, Pierre.
    """
    name = mention.name
    if name.entity:
        return True
    text = context.form.text
    start, end = mention.span
    if re.search("[가-힣]", name.text):
        return bool(_SUFFIX.search(name.text)) and not re.fullmatch(_PERSON, name.text)
    return bool(
        re.match(r",? (?:City|County|Province|Prefecture|District|[A-Z]\w+,)", text[end : end + 30])
        or re.search(
            r"\b(?:with|of|between|from|[Cc]it(?:y|ies) of) (?:the )?$", text[:start][-30:]
        )
        or re.search(r" (?:City|County|Province|Prefecture|District)$", name.text)
    )


def _occurrences(words: str, text: str) -> Iterator[Span]:
    at = text.find(words)
    while words and at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + len(words))


@kept
def names_in_text(context: Context) -> frozenset[str]:
    """The names of places and bodies in a document, with and without 시, 군 and the like."""
    words: set[str] = set()
    for mentions in names_of(context):
        for mention in mentions:
            name = mention.name
            is_body = name.kind not in _PLACES and mention.is_sure
            if not mention.refers and (is_body or _is_plainly_place(mention, context)):
                words |= {name.text, _SUFFIX.sub("", name.text)}
    return frozenset(word for word in words if len(word) > 1)


def known_key(words: str) -> str:
    """What tells a known name from others (see `key_of`); '' for one that we don't know."""
    plain = " ".join(words.split())
    forms = [plain, _SUFFIX.sub("", plain), *plain.split()[-1:]]
    for form in dict.fromkeys(forms):
        table = lexicon().korean if re.search("[가-힣]", form) else lexicon().latin
        entry = table.get(form if re.search("[가-힣]", form) else form.lower())
        if entry is not None and entry.kind != "country":
            return key_of(Name(form, entry.entity, entry.label_en, entry.kind))
    return ""
