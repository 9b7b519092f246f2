"""Places of circles: near those that they are tied to, and the same in every run."""

from __future__ import annotations

import math
import random
from itertools import combinations

from citypact.graph.pages.city_views.layout import apart, springs


def test_what_is_tied_is_near_and_what_is_not_stays_in_sight() -> None:
    # Two triangles and a circle that has no tie.
    weights = [[0.0] * 7 for _ in range(7)]
    for one, other in [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)]:
        weights[one][other] = weights[other][one] = 5.0
    weights[2][3] = weights[3][2] = 1.0
    points = springs(weights, 100.0)
    far = {(i, j): math.dist(points[i], points[j]) for i, j in combinations(range(7), 2)}
    tied = [far[pair] for pair in far if weights[pair[0]][pair[1]] == 5]
    across = [far[i, j] for i in (0, 1) for j in (4, 5)]
    assert max(tied) < far[2, 3] < min(across)
    assert 50 < sum(tied) / len(tied) < 150
    assert max(far.values()) < 1000


def test_the_same_weights_give_the_same_points() -> None:
    generator = random.Random(3)
    weights = [[0.0] * 30 for _ in range(30)]
    for one, other in combinations(range(30), 2):
        weights[one][other] = weights[other][one] = float(generator.choice([0, 0, 0, 1, 9]))
    random.seed(1)
    first = springs(weights, 100.0)
    state = random.getstate()
    assert springs(weights, 100.0) == first
    assert random.getstate() == state  # nobody else's chance is used up
    assert springs([], 100.0) == []
    assert springs([[0.0]], 100.0) == [(0.0, 0.0)]


def test_circles_keep_off_one_another() -> None:
    radii = [40.0, 10.0, 25.0, 25.0, 5.0]
    points = apart([(0.0, 0.0)] * 5, radii)
    for i, j in combinations(range(5), 2):
        assert math.dist(points[i], points[j]) >= radii[i] + radii[j]
