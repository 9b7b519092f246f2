"""What one query may take, and how many may wait."""

from __future__ import annotations

import os
from dataclasses import dataclass


def usual_number_at_once() -> int:
    """Twice as many queries as processors, as a query also waits for its client; at most 16."""
    return max(2, min(16, 2 * (os.cpu_count() or 1)))


@dataclass(frozen=True)
class QueryLimits:
    """seconds, rows and bytes (size) of an answer; bytes of memory for the engine of one query;
    queries at once; queries that wait for one of these to end."""

    seconds: float = 30
    rows: int = 100_000
    size: int = 100_000_000
    memory: int = 1_000_000_000
    at_once: int = 4
    waiting: int = 64


__all__ = ["QueryLimits", "usual_number_at_once"]
