"""How unequally ties are spread over actors."""

from __future__ import annotations

import math
from collections.abc import Sequence


def gini(values: Sequence[float]) -> float | None:
    """The Gini coefficient, 0 where all are alike to nearly 1 where one has all (Gini 1912).

    G = 2 Σ i·x_i / (n Σ x_i) - (n + 1) / n, with the values in ascending order and i from 1. None
    without values, or where all are 0.

    >>> gini([1, 1, 1]), gini([0, 0, 3])
    (0.0, 0.6666666666666667)
    """
    ordered, total = sorted(values), sum(values)
    if not total:
        return None
    count = len(ordered)
    weighted = sum(place * value for place, value in enumerate(ordered, 1))
    return max(0.0, 2 * weighted / (count * total) - (count + 1) / count)


def balanced_inequality(values: Sequence[float]) -> float | None:
    """The share P such that the P with most have 1 - P of all (Kunegis and Preusse 2012, WebSci).

    Where the Lorenz curve crosses the other diagonal, between actors by a straight line: 0.5 where
    all are alike. None without values, or where all are 0.

    >>> balanced_inequality([1, 1, 1, 1])
    0.5
    """
    ordered, total = sorted(values), sum(values)
    if not total:
        return None
    share, count = 0.0, len(ordered)
    for place, value in enumerate(ordered, 1):
        before, share = share, share + value / total
        if share >= 1 - place / count:
            # On this piece the curve is before + part · value/total, at (place - 1 + part)/count.
            part = (1 - (place - 1) / count - before) / (value / total + 1 / count)
            return 1 - (place - 1 + part) / count
    return None


def relative_entropy(values: Sequence[float]) -> float | None:
    """The entropy of the shares by the most that it can be, ln n: 1 where all are alike.

    Kunegis and Preusse 2012, WebSci, there of degrees. None for less than two values, or all 0.

    >>> relative_entropy([2, 2])
    1.0
    """
    total = sum(values)
    if len(values) < 2 or not total:
        return None
    shares = [value / total for value in values if value]
    return -sum(share * math.log(share) for share in shares) / math.log(len(values))


__all__ = ["balanced_inequality", "gini", "relative_entropy"]
