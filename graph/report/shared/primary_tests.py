"""The one family of primary tests of a report: corrected together; all others are exploratory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from citypact.graph.analysis.permutation import holm
from citypact.graph.analysis.significance import (
    LEVEL,
    Significance,
    Verdict,
    evaluate,
    least_p,
    monte_carlo_error,
)
from citypact.graph.text.bilingual import Words


@dataclass(frozen=True)
class PrimaryTest:
    """The test of a chapter that was chosen before its result was known.

    claim: what would be true if it is significant. p: for this test alone. draws: the random
    samples of which p is a share, 0 where it is exact; sides: as in `significance.least_p`.
    """

    claim: Words
    p: float
    draws: int = 0
    sides: int = 2

    @property
    def least(self) -> float:
        """The smallest p that its samples can give."""
        return least_p(self.draws, self.sides) if self.draws else 0.0


@dataclass(frozen=True)
class Member:
    """A primary test of a chapter, and its result in the family."""

    chapter: str
    title: Words
    test: PrimaryTest
    result: Significance

    @property
    def is_significant(self) -> bool:
        return self.result.verdict is Verdict.BEYOND


def family(tests: Sequence[tuple[str, Words, PrimaryTest]]) -> list[Member]:
    """The primary tests of all chapters, adjusted for their number by Holm's method (1979).

    tests: with the name and the title of the chapter of each.
    """
    results = evaluate([test.p for *_, test in tests], [test.least for *_, test in tests], holm)
    return [Member(*each, result) for each, result in zip(tests, results, strict=True)]


def as_json(members: Sequence[Member]) -> dict[str, Any]:
    """The family for other programs."""
    return {
        "method": "Holm 1979, Scandinavian Journal of Statistics 6(2), 65-70",
        "level": LEVEL,
        "other_tests": "exploratory",
        "tests": [
            {
                "chapter": each.chapter,
                "claim": each.test.claim,
                "p": each.test.p,
                "error": monte_carlo_error(each.test.p, each.test.least),
                "adjusted_p": each.result.p,
                "adjusted_error": each.result.error,
                "is_bound": each.result.is_least,
                "draws": each.test.draws,
                "result": each.result.verdict.value,
            }
            for each in members
        ],
    }


__all__ = ["Member", "PrimaryTest", "as_json", "family"]
