"""What a chapter finds in one sentence, and whether that holds under other assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from citypact.graph.analysis.sensitivity import Check
from citypact.graph.text.bilingual import Words


@dataclass(frozen=True)
class KeyFinding:
    """A sentence for the first page, and what could overturn it.

    figure: the name of the number that it rests on; value: that number. neutral: the number that
    would mean that there is no effect. is_significant: whether chance is ruled out. is_exploratory:
    whether its test is outside the family of primary tests. is_inconclusive: whether its random
    samples are too few to say. checks: the figure under other assumptions, whose names are messages
    of `[checks]` in `report/words.toml`; what they leave out are IRIs.
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
        return [each for each in self.checks if not each.keeps(self.value, self.neutral)]


__all__ = ["KeyFinding"]
