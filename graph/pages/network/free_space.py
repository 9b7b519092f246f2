"""Free space on a plane: which areas boxes and lines occupy, and where a box still fits."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from citypact.graph.pages.network.style import Box

Point = tuple[float, float]
Segment = tuple[Point, Point]
Area = tuple[float, float, float, float]

CELL = 80
STEP = 9.0
FAR = 16


class FreeSpace:
    """The occupied areas, indexed by a grid of cells so that queries are fast."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Area]] = {}
        self._rings: dict[tuple[int, int], int] = {}

    def take(self, box: Box, at: Point) -> None:
        """Marks a box around a point as occupied."""
        area = area_of(box, at)
        for cell in _touched(area):
            self._cells.setdefault(cell, []).append(area)

    def take_lines(self, lines: Iterable[Segment]) -> None:
        """Marks straight lines as occupied, so that labels avoid them."""
        dot = Box(-3, -3, 3, 3)
        for (x0, y0), (x1, y1) in lines:
            parts = max(1, int(math.hypot(x1 - x0, y1 - y0) / 10))
            for part in range(1, parts):
                share = part / parts
                self.take(dot, (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share))

    def blocking(self, box: Box, at: Point, margin: float, likely: Area | None) -> Area | None:
        """An area that a box with a margin overlaps, the likely one first; None if it is free."""
        left, top = at[0] + box.left - margin, at[1] + box.top - margin
        right, bottom = at[0] + box.right + margin, at[1] + box.bottom + margin
        if likely:
            x0, y0, x1, y1 = likely
            if left < x1 and x0 < right and top < y1 and y0 < bottom:
                return likely
        # `_touched` and `overlap` inlined: this runs some hundred thousand times per page.
        cells = self._cells
        rows = range(int(top // CELL), int(bottom // CELL) + 1)
        for column in range(int(left // CELL), int(right // CELL) + 1):
            for row in rows:
                if (column, row) in cells:
                    for area in cells[column, row]:
                        x0, y0, x1, y1 = area
                        if left < x1 and x0 < right and top < y1 and y0 < bottom:
                            return area
        return None

    def nearest(
        self,
        box: Box,
        ideal: Point,
        margin: float,
        wanted: Callable[[Point], bool] | None = None,
    ) -> Point:
        """The first free point on rings around the ideal one, preferably a wanted one."""
        # Crowded areas were searched before: begin at the ring that last had free space.
        key = (int(ideal[0] // CELL), int(ideal[1] // CELL))
        ring = max(0, self._rings.get(key, 0) - 3)
        second_best: Point | None = None
        in_the_way: Area | None = None  # of a point, and mostly of the next one, too
        while True:
            for point in _ring(ideal, ring):
                in_the_way = self.blocking(box, point, margin, in_the_way)
                if in_the_way:
                    continue
                if wanted is None or wanted(point):
                    self._rings[key] = ring
                    return point
                second_best = second_best or point
            ring += 1
            if second_best and ring > FAR:
                return second_best


def _touched(area: Area) -> Iterator[tuple[int, int]]:
    for column in range(int(area[0] // CELL), int(area[2] // CELL) + 1):
        for row in range(int(area[1] // CELL), int(area[3] // CELL) + 1):
            yield column, row


def _ring(centre: Point, ring: int) -> Iterator[Point]:
    """Points on an ellipse around a centre, wider than high as labels are."""
    x, y = centre
    for across, down in _steps(ring):
        yield round(x + across), round(y + down)


@cache
def _steps(ring: int) -> list[Point]:
    if not ring:
        return [(0.0, 0.0)]
    count = min(6 * ring, 36)
    # Steps grow with the distance from the centre.
    radius = STEP * ring * (1 + ring / 24)
    angles = [2 * math.pi * (index + 0.37 * (ring % 3)) / count for index in range(count)]
    return [(1.25 * radius * math.cos(at), 0.85 * radius * math.sin(at)) for at in angles]


def area_of(box: Box, at: Point) -> Area:
    """The area of a box around a point."""
    return at[0] + box.left, at[1] + box.top, at[0] + box.right, at[1] + box.bottom


def overlap(one: Area, other: Area) -> bool:
    """Whether two areas share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def cross(one: Segment, other: Segment) -> bool:
    """Whether two straight lines cross."""
    (a, b), (c, d) = one, other
    return _side(a, b, c) != _side(a, b, d) and _side(c, d, a) != _side(c, d, b)


def _side(p: Point, q: Point, r: Point) -> bool:
    return (q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0])


def runs_through(line: Segment, area: Area) -> bool:
    """Whether a straight line runs through an area (after Liang and Barsky)."""
    (x0, y0), (x1, y1) = line
    enter, leave = 0.0, 1.0
    for step, room in (
        (x0 - x1, x0 - area[0]),
        (x1 - x0, area[2] - x0),
        (y0 - y1, y0 - area[1]),
        (y1 - y0, area[3] - y0),
    ):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    return enter < leave
