"""How often Python looks for objects in circles that nobody can reach any more."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (50_000, 20, 20)
"""Thresholds (`gc.set_threshold`) for work that makes millions of objects and few circles."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Lets the garbage collector look seldom meanwhile; also a decorator of functions.

    It looks after every 700 new objects by default, which takes up to a third of a build or an
    analysis. To look seldom costs a tenth more memory. Who collects still less often, or never,
    goes on so.
    """
    before = gc.get_threshold()
    if 0 < before[0] < SELDOM[0]:
        gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


__all__ = ["SELDOM", "collecting_seldom"]
