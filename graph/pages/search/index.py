"""The index of the search by names: what names.js reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

Entry = list[str | int]
"""A key, a weight and names: what a page has as JSON for names.js."""


class Named(NamedTuple):
    """A thing to be found: a key of the page's own, and its names.

    weight: things of a higher weight come first where a search fits several equally well, for
    example the number of ties.
    """

    key: str
    ko: str
    en: str
    others: tuple[str, ...] = ()
    weight: int = 0


def name_index(things: Iterable[Named]) -> list[Entry]:
    """The index of things, in their order; each name once."""
    return [
        [thing.key, thing.weight, *dict.fromkeys(filter(None, (thing.ko, thing.en, *thing.others)))]
        for thing in things
    ]


__all__ = ["Entry", "Named", "name_index"]
