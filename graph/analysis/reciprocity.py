"""Do both cities list a partnership, and may the silence of one be read as an answer?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Silence(Enum):
    """Why one of two lists does not have a tie that the other has.

    The first three say nothing of the tie: the list is not whole, it is older than the tie, or it
    has no ties of the kind. UNEXPLAINED is left.
    """

    NOT_WHOLE = "not-whole"
    OLDER = "older"
    OTHER_KIND = "other-kind"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class Mutual:
    """A tie of two places that both have lists: who lists it, and why the other does not.

    silence: None where both list it. is_active: whether an agreement of the last years is on
    record; None where agreements were not collected for either. has_ended: whether a source says.
    """

    places: tuple[Any, Any]
    silence: Silence | None
    is_active: bool | None
    has_ended: bool


@dataclass(frozen=True)
class Reciprocity:
    """Ties by who lists them, and the share of ties that both list, with its bounds.

    share: of the ties about which both lists can answer. low, high: of all ties, if no list, and
    if every list, that says nothing had the tie.
    """

    ties: int
    both: int
    silences: Counter[Silence]
    ended: int
    ended_both: int

    @property
    def unexplained(self) -> int:
        return self.silences[Silence.UNEXPLAINED]

    @property
    def unknown(self) -> int:
        """Ties about which one of the lists says nothing."""
        return self.ties - self.both - self.unexplained

    @property
    def share(self) -> float | None:
        answered = self.both + self.unexplained
        return self.both / answered if answered else None

    @property
    def low(self) -> float:
        return self.both / self.ties

    @property
    def high(self) -> float:
        return (self.both + self.unknown) / self.ties


def reciprocity(ties: Sequence[Mutual]) -> Reciprocity:
    """How many ties both list.

    >>> silences = (None, Silence.OLDER)
    >>> found = reciprocity([Mutual(("a", "b"), each, None, has_ended=False) for each in silences])
    >>> found.low, found.share, found.high
    (0.5, 1.0, 1.0)
    """
    ended = [tie for tie in ties if tie.has_ended]
    return Reciprocity(
        len(ties),
        sum(tie.silence is None for tie in ties),
        Counter(tie.silence for tie in ties if tie.silence is not None),
        len(ended),
        sum(tie.silence is None for tie in ended),
    )


@dataclass(frozen=True)
class Life:
    """Whether ties that both list are more often active: numbers of active and of all ties.

    p: of the exact test (Fisher 1935). least_p: the smallest that so many ties could give. low,
    high: the difference of the two shares if the unknown ties are listed by both or by one side
    alone, whichever makes it smallest and largest.
    """

    both: tuple[int, int]
    one: tuple[int, int]
    unknown: tuple[int, int]
    p: float
    least_p: float
    low: float | None
    high: float | None

    @property
    def difference(self) -> float | None:
        """The share that is active of ties that both list, less that of ties that one does."""
        return _difference(self.both, self.one)


def life(ties: Sequence[Mutual]) -> Life | None:
    """Reciprocity and activity, for ties of which activity is known; None where there are none."""
    known = [tie for tie in ties if tie.is_active is not None]
    if not known:
        return None
    from scipy.stats import fisher_exact

    def active(group: Sequence[Mutual]) -> tuple[int, int]:
        return sum(bool(tie.is_active) for tie in group), len(group)

    both = active([tie for tie in known if tie.silence is None])
    one = active([tie for tie in known if tie.silence is Silence.UNEXPLAINED])
    unknown = active([tie for tie in known if tie.silence not in (None, Silence.UNEXPLAINED)])
    found = []
    for moved_active in range(unknown[0] + 1):
        for moved_still in range(unknown[1] - unknown[0] + 1):
            moved = moved_active + moved_still
            found.append(
                _difference(
                    (both[0] + moved_active, both[1] + moved),
                    (one[0] + unknown[0] - moved_active, one[1] + unknown[1] - moved),
                )
            )
    defined = [each for each in found if each is not None]
    total = both[0] + one[0]

    def p(of_both: int) -> float:
        table = [[of_both, both[1] - of_both], [total - of_both, one[1] - (total - of_both)]]
        return float(fisher_exact(table).pvalue)

    return Life(
        both,
        one,
        unknown,
        p(both[0]),
        min(p(k) for k in range(max(0, total - one[1]), min(total, both[1]) + 1)),
        min(defined, default=None),
        max(defined, default=None),
    )


def _difference(one: tuple[int, int], other: tuple[int, int]) -> float | None:
    if not one[1] or not other[1]:
        return None
    return one[0] / one[1] - other[0] / other[1]


__all__ = ["Life", "Mutual", "Reciprocity", "Silence", "life", "reciprocity"]
