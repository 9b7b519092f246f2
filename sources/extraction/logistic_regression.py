"""Penalised logistic regression: how the weights of readable signs are learnt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def logistic_regression(
    rows: Sequence[Mapping[str, float]],
    right: Sequence[float],
    penalties: Mapping[str, float],
    start: Mapping[str, float],
) -> dict[str, float]:
    """The weight of each sign, by Newton's method; the start where there are no rows.

    rows: the signs of each case with their numbers, 0 where left out. right: 0 or 1 for each case.
    penalties: of the squared distance of a weight from where it starts, by sign; they say which
    signs there are, and their order. start: by sign, 0 where left out.
    """
    names = list(penalties)
    penalty, begin = np.array([*penalties.values()]), np.array([start.get(n, 0.0) for n in names])
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    table = table.reshape(len(rows), len(names))
    answers = np.array(right, dtype=np.float64)

    def loss(weights: Floats) -> float:
        odds = table @ weights
        fit = np.logaddexp(0, odds) - answers * odds
        return float(fit.sum() + (penalty * (weights - begin) ** 2).sum() / 2)

    weights: Floats = begin.copy()
    for _ in range(50):
        shares = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (answers - shares) - penalty * (weights - begin)
        curve = (table.T * (shares * (1 - shares))) @ table + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        size = 1.0
        while size > 1e-6 and loss(weights + size * step) > loss(weights):
            size /= 2  # Newton's step may go too far
        weights = weights + size * step
        if float(np.abs(size * step).max(initial=0.0)) < 1e-8:
            break
    return dict(zip(names, map(float, weights), strict=True))
