"""Positions of circles, computed in advance: near their ideal positions and without overlap."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from citypact.graph.analysis.simple import igraph_seeded

if TYPE_CHECKING:
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]

GAP = 5.0
STEPS = 400


def apart(
    points: Sequence[tuple[float, float]], radii: Sequence[float]
) -> list[tuple[float, float]]:
    """The points, moved as little as needed for their circles not to overlap.

    In each step overlapping circles push each other away, and all are drawn a little towards
    their ideal positions. After Dorling 1996, Area Cartograms: Their Use and Creation, CATMOG 59.
    Circles at the same point are moved apart along a spiral, in their order.
    """
    import numpy as np

    if not points:
        return []
    # Circles at exactly the same point would have no direction in which to move apart.
    turn = math.pi * (3 - math.sqrt(5))
    home = np.array(
        [
            (
                x + 0.01 * math.sqrt(i) * math.cos(i * turn),
                y + 0.01 * math.sqrt(i) * math.sin(i * turn),
            )
            for i, (x, y) in enumerate(points)
        ]
    )
    size = np.array(radii, dtype=float)
    least = size[:, None] + size[None, :] + GAP
    np.fill_diagonal(least, 0)
    # Small circles move more than large ones.
    share = size[None, :] ** 2 / (size[:, None] ** 2 + size[None, :] ** 2)
    at = home.copy()
    for step in range(STEPS):
        pull = 0.06 * (1 - step / STEPS) if step < 0.8 * STEPS else 0.0
        at += pull * (home - at)
        between = at[:, None, :] - at[None, :, :]
        far = np.maximum(np.sqrt((between**2).sum(axis=2)), 1e-9)
        over = np.maximum(least - far, 0) * share * 0.7
        at += (between / far[:, :, None] * over[:, :, None]).sum(axis=1)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in at]


def springs(weights: Sequence[Sequence[float]], length: float) -> list[tuple[float, float]]:
    """Points of which those with heavier links are nearer, `length` being a usual distance.

    weights: a symmetric matrix. By igraph, after Fruchterman and Reingold 1991, Software: Practice
    and Experience 21(11), 1129-1164. They begin on a circle in their order, so the same weights
    always give the same points; a link draws with the root of its share of the heaviest.
    """
    import igraph

    count = len(weights)
    if count < 2:
        return [(0.0, 0.0)] * count
    links = [(i, j) for i in range(count) for j in range(i) if weights[i][j] > 0]
    most = max((weights[i][j] for i, j in links), default=1.0)
    turns = [2 * math.pi * i / count for i in range(count)]
    size = math.sqrt(count)
    with igraph_seeded(1):
        drawn = igraph.Graph(n=count, edges=links).layout_fruchterman_reingold(
            weights=[math.sqrt(weights[i][j] / most) for i, j in links],
            seed=[(size * math.cos(turn), size * math.sin(turn)) for turn in turns],
            niter=STEPS,
            grid=False,
        )
    drawn.center()
    return [(round(length * x, 1), round(length * y, 1)) for x, y in drawn.coords]
