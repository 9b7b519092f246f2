"""Circles and the lines between them, as diagram.js draws them."""

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
    """A circle at its position, in pixels at zoom 1 with y downwards.

    weight: circles of higher weight have their names placed first. facts, members: the content of
    the panel; `more` is the number of members that it does not name. tone: index of the colour of a
    community, -1 for none. angle: degrees clockwise from the right, for names along the rays of a
    ring. lines: the name broken into lines, to fit inside the circle.
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
        """The circle as the page holds it, without empty values."""
        values = {**vars(self), "members": [[words, number] for words, number in self.members]}
        if self.tone < 0:
            del values["tone"]
        return {k: v for k, v in values.items() if v is not None and v != [] and v != ()}


@dataclass(frozen=True)
class Link:
    """A line between two circles, given by their indices; faint lines are drawn lighter."""

    one: int
    other: int
    number: int
    faint: bool = False


def diagram(
    circles: Sequence[Circle], lines: Sequence[Link], begin: int = 1, rings: Sequence[float] = ()
) -> dict[str, Any]:
    """The data of a page. At first, lines of at least `begin` ties are drawn."""
    return {
        "kind": "diagram",
        "circles": [circle.data() for circle in circles],
        "lines": [[line.one, line.other, line.number, int(line.faint)] for line in lines],
        "begin": begin,
        "rings": list(rings),
    }


def start(lines: Sequence[Link]) -> int:
    """The least number of ties per line for which at most LINES lines are drawn."""
    numbers = sorted((line.number for line in lines), reverse=True)
    return numbers[limits.LINES] + 1 if len(numbers) > limits.LINES else 1


def radii(numbers: Sequence[int], whole: float, least: float) -> list[float]:
    """Radii of circles whose areas are proportional to the numbers and sum to `whole` pixels.

    Radii are at least `least`, at most LARGEST, and no circle has more than a seventh of the area.
    """
    total = max(sum(numbers), 1)
    most = min(LARGEST, math.sqrt(whole / 7 / math.pi))
    return [
        round(min(most, max(least, math.sqrt(whole * number / total / math.pi))), 1)
        for number in numbers
    ]
