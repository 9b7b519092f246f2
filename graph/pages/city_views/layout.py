"""Places for circles, computed beforehand: near where they belong, and none over another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]

GAP = 5.0
STEPS = 400


def apart(
    points: Sequence[tuple[float, float]], radii: Sequence[float]
) -> list[tuple[float, float]]:
    """The same points moved as little as it takes for their circles to keep off one another.

    In each step circles that overlap push each other away, and all are drawn a little towards
    where they belong. After Dorling 1996, Area Cartograms: Their Use and Creation, CATMOG 59.
    Circles on one spot leave it in a spiral, in their order.
    """
    import numpy as np

    if not points:
        return []
    # Nothing may lie exactly on another: there is no way off then.
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
    # The large stay, the small give way.
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

    They begin on a circle in their order; all push one another away, links draw together.
    Fruchterman and Reingold 1991, Software: Practice and Experience 21(11), 1129-1164, with weights
    relative to the heaviest.
    """
    import numpy as np

    count = len(weights)
    turns = [2 * math.pi * i / max(count, 1) for i in range(count)]
    at = length * math.sqrt(max(count, 1)) * np.array([(math.cos(t), math.sin(t)) for t in turns])
    if count < 2:
        return [(0.0, 0.0)] * count
    pull = np.array(weights, dtype=float)
    pull = np.sqrt(pull / max(pull.max(), 1e-9))
    for step in range(STEPS):
        between = at[:, None, :] - at[None, :, :]
        far = np.maximum(np.sqrt((between**2).sum(axis=2)), 1e-9)
        force = length**2 / far - pull * far**2 / length
        np.fill_diagonal(force, 0)
        move = (between / far[:, :, None] * force[:, :, None]).sum(axis=1) - 0.5 * at
        reach = np.maximum(np.sqrt((move**2).sum(axis=1)), 1e-9)
        most = length * 1.5 * (1 - step / STEPS) + 0.5
        at += move / reach[:, None] * np.minimum(reach, most)[:, None]
    return [(round(float(x), 1), round(float(y), 1)) for x, y in at]
