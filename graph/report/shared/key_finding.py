"""What a chapter finds in one sentence, and whether that holds under other assumptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citypact.graph.text.bilingual import Words


@dataclass(frozen=True)
class Check:
    """The figure of a key finding under another assumption.

    name: of the assumption, whose words are those of `[checks]` in `report/words.toml`. low, high:
    its smallest and largest value, the same where there is one; None where it is not defined. by:
    what was left out for the value nearest to no effect (IRI), '' where it is nothing.
    """

    name: str
    low: float | None
    high: float | None
    by: str = ""


@dataclass(frozen=True)
class KeyFinding:
    """A sentence for the first page, and what could overturn it.

    figure: the name of the number that it rests on; value: that number. neutral: the number that
    would mean that there is no effect. is_significant: whether chance is ruled out. is_exploratory:
    whether its test is outside the family of primary tests. is_inconclusive: whether its random
    samples are too few to say.
    """

    statement: Words
    overturned: Words
    figure: Words
    value: float
    neutral: float
    is_significant: bool
    checks: Sequence[Check] = ()
    is_exploratory: bool = False
    is_inconclusive: bool = False

    @property
    def holds(self) -> bool:
        """Whether every check leaves the figure on the same side of no effect."""
        return self.is_significant and not self.failed

    @property
    def failed(self) -> list[Check]:
        """The checks in which the effect is gone or not defined."""
        return [each for each in self.checks if not self._is_kept(each)]

    def _is_kept(self, check: Check) -> bool:
        if check.low is None or check.high is None:
            return False
        if self.value > self.neutral:
            return check.low > self.neutral
        return check.high < self.neutral


def assumed(name: str, value: float | None) -> Check:
    """The check of one assumption, under which the figure has one value."""
    return Check(name, value, value)


def left_out(name: str, values: Mapping[str, float | None], neutral: float) -> Check:
    """The check that one thing after the other is left out; values: the figure without each.

    It is not defined if the figure is not defined without one of them.
    """
    known = {each: value for each, value in values.items() if value is not None}
    if not known or len(known) < len(values):
        return Check(name, None, None, min(values.keys() - known.keys(), default=""))
    nearest = min(known, key=lambda each: (abs(known[each] - neutral), each))
    return Check(name, min(known.values()), max(known.values()), nearest)


__all__ = ["Check", "KeyFinding", "assumed", "left_out"]
