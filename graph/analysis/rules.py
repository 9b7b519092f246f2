"""Did a rule of one tie of a kind for each country hold, and what changed after it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

RowOfTwo = tuple[int, int]
"""Numbers of ties in a country without, and with, an earlier tie of the kind."""


@dataclass(frozen=True)
class RuledTie:
    """A tie: its first year, its country, and whether it is of the kind that the rule is about."""

    name: str
    year: int
    country: str
    is_of_kind: bool


@dataclass(frozen=True)
class RuleTable:
    """New ties by whether their country already had one of the kind.

    before, since: ties of the kind before the rule ended and since. other: those of other kinds
    since. p: of the exact test (Fisher 1935) that before and since are alike; p_of_titles: that the
    kind since does not depend on whether the country already had one. again: ties of the kind in a
    country that already had one, with their years.
    """

    before: RowOfTwo
    since: RowOfTwo
    other: RowOfTwo
    p: float
    p_of_titles: float
    again: Sequence[RuledTie]

    @property
    def increase(self) -> float:
        """By how much the share in countries that already had one rose after the rule."""
        shares = [
            again / (new + again) if new + again else 0.0
            for new, again in (self.before, self.since)
        ]
        return shares[1] - shares[0]


def rule_table(ties: Sequence[RuledTie], ended: int) -> RuleTable:
    """What was new and what was repeated before the year in which a rule ended, and since.

    Of ties of one year in one country the first by name counts as the earlier.

    >>> ties = [RuledTie(str(y), y, "x", True) for y in (1990, 2005)]
    >>> found = rule_table(ties, 2004)
    >>> found.before, found.since
    ((1, 0), (0, 1))
    """
    from scipy.stats import fisher_exact

    have: set[str] = set()
    numbers: dict[tuple[bool, bool], list[int]] = {
        (is_since, is_of_kind): [0, 0] for is_since in (False, True) for is_of_kind in (False, True)
    }
    again = []
    for tie in sorted(ties, key=lambda each: (each.year, each.name)):
        numbers[tie.year >= ended, tie.is_of_kind][tie.country in have] += 1
        if tie.is_of_kind:
            if tie.country in have:
                again.append(tie)
            have.add(tie.country)
    pairs = {key: (one, other) for key, (one, other) in numbers.items()}
    before, since, other = pairs[False, True], pairs[True, True], pairs[True, False]
    return RuleTable(
        before,
        since,
        other,
        float(fisher_exact([before, since]).pvalue),
        float(fisher_exact([since, other]).pvalue),
        again,
    )


__all__ = ["RuleTable", "RuledTie", "rule_table"]
