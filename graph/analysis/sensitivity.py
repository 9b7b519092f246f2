"""A figure under other assumptions than the one it was measured under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """A figure under another assumption.

    name: of the assumption. low, high: the smallest and the largest value of the figure, the same
    where there is one; None where it is not defined. by: what was left out for the value nearest
    to no effect, '' where it is nothing.
    """

    name: str
    low: float | None
    high: float | None
    by: str = ""

    def keeps(self, value: float, neutral: float) -> bool:
        """Whether the figure stays on the side of no effect (`neutral`) on which its value is.

        >>> Check("one left out", 1.2, 1.5).keeps(1.4, neutral=1)
        True
        """
        if self.low is None or self.high is None:
            return False
        return self.low > neutral if value > neutral else self.high < neutral


def assumed(name: str, value: float | None) -> Check:
    """The check of one assumption, under which the figure has one value."""
    return Check(name, value, value)


def left_out(name: str, values: Mapping[str, float | None], neutral: float) -> Check:
    """The check that one thing after the other is left out; values: the figure without each.

    It is not defined if the figure is not defined without one of them.

    >>> left_out("lists", {"a": 1.5, "b": 1.2}, neutral=1)
    Check(name='lists', low=1.2, high=1.5, by='b')
    """
    known = {each: value for each, value in values.items() if value is not None}
    if not known or len(known) < len(values):
        return Check(name, None, None, min(values.keys() - known.keys(), default=""))
    nearest = min(known, key=lambda each: (abs(known[each] - neutral), each))
    return Check(name, min(known.values()), max(known.values()), nearest)


__all__ = ["Check", "assumed", "left_out"]
