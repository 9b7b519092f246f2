"""Circles and lines between them, as the script diagram.js draws them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from citypact.graph.pages.city_views import limits
from citypact.graph.text.bilingual import Words

LARGEST = 100.0


@dataclass(frozen=True)
class Circle:
    """A thing in its place, in pixels at zoom 1, y downwards.

    weight: what decides whose name is shown first. facts and members: what its panel says; `more`
    members are not named there. tone: number of a colour, -1 for the plain one. angle: in degrees
    clockwise from the right, for names that stand on rays of a ring. lines: the words once more,
    line by line, for a name inside a circle.
    """

    key: str
    words: Words
    x: float
    y: float
    r: float
    weight: int
    facts: Sequence[Words] = ()
    members: Sequence[tuple[Words, int]] = ()
    more: int = 0
    tone: int = -1
    angle: float | None = None
    lines: Sequence[Words] = ()
    others: Sequence[str] = field(default_factory=tuple)

    def data(self) -> dict[str, Any]:
        """For the page; what is empty is left out."""
        values = {**vars(self), "members": [[words, number] for words, number in self.members]}
        if self.tone < 0:
            del values["tone"]
        return {k: v for k, v in values.items() if v is not None and v != [] and v != ()}


@dataclass(frozen=True)
class Link:
    """A line between two circles by their places in the list; faint ones stand behind."""

    one: int
    other: int
    number: int
    faint: bool = False


def diagram(
    circles: Sequence[Circle], lines: Sequence[Link], begin: int = 1, rings: Sequence[float] = ()
) -> dict[str, Any]:
    """The data of a page. `begin` is the number of links from which lines are drawn at first."""
    return {
        "kind": "diagram",
        "circles": [circle.data() for circle in circles],
        "lines": [[line.one, line.other, line.number, int(line.faint)] for line in lines],
        "begin": begin,
        "rings": list(rings),
    }


def start(lines: Sequence[Link]) -> int:
    """The least number of links at which no more than LINES lines are drawn."""
    numbers = sorted((line.number for line in lines), reverse=True)
    return numbers[limits.LINES] + 1 if len(numbers) > limits.LINES else 1


def radii(numbers: Sequence[int], whole: float, least: float) -> list[float]:
    """Radii of circles whose areas are as the numbers and fill `whole` square pixels together.

    None is smaller than `least`, nor larger than LARGEST or than a seventh of all would make it.
    """
    total = max(sum(numbers), 1)
    most = min(LARGEST, math.sqrt(whole / 7 / math.pi))
    return [
        round(min(most, max(least, math.sqrt(whole * number / total / math.pi))), 1)
        for number in numbers
    ]
