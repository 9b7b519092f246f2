"""Someone whom a text names with an office."""

from __future__ import annotations

from dataclasses import dataclass

from citypact.sources.model import Span


@dataclass(frozen=True, slots=True)
class Person:
    """Someone named with an office.

    name: without office. span: of the name; reach: of all words for the person. office and
    organisation: in the words of the text, '' where not said. is_bracketed: named in brackets
    behind an organisation. is_signature: stands in the signatures of an agreement. is_short:
    a surname alone for somebody named elsewhere, whose full name `name` then is.
    """

    name: str
    span: Span
    reach: Span
    office: str
    organisation: str = ""
    is_bracketed: bool = False
    is_signature: bool = False
    is_short: bool = False


def overlap(one: Span, two: Span) -> bool:
    """Whether two spans have a character in common."""
    return one[0] < two[1] and two[0] < one[1]


def shifted(start: int, span: Span) -> Span:
    """A span that counts from an offset, counted from the beginning of the text."""
    return start + span[0], start + span[1]
