"""How often tests repeat what chance or the clock decides: little in each run, much in a soak.

`make soak` sets CITYPACT_SOAK=1 and runs what is marked `soak` and the tests of Hypothesis.
"""

from __future__ import annotations

import os

SOAK = os.environ.get("CITYPACT_SOAK") == "1"
FACTOR = 20


def times(usual: int, soak: int | None = None) -> int:
    """A number of repetitions: the usual one, or in a soak the other (twenty times as many)."""
    if not SOAK:
        return usual
    return usual * FACTOR if soak is None else soak
