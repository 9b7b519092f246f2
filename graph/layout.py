"""Positions for the picture, computed beforehand: the same network always gets the same ones.

Actors and agreements make the skeleton, topics find free room beside their agreements without
covering the skeleton's lines, and what is off at first is laid into the room that is left.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

import networkx as nx

from graph.marks import SKELETON, Box, box_of, mark_of, size_of

Point = tuple[float, float]


class Place(NamedTuple):
    """Where a node stands, in whole pixels at zoom 1, and whether its label is above it."""

    x: int
    y: int
    above: bool


CELL = 80
STEP = 9.0
FAR = 30
FILL = 1.6
WIDE, TALL = 1.5, 0.75


class Room:
    """Which rectangles are taken, in a grid of cells so that a question looks at few of them."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}
        self._rings: dict[tuple[int, int], int] = {}

    def take(self, box: Box, at: Point) -> None:
        """Mark the box, centred at a point, as taken."""
        area = (at[0] + box.left, at[1] + box.top, at[0] + box.right, at[1] + box.bottom)
        for cell in self._touched(area):
            self._cells.setdefault(cell, []).append(area)

    def free(self, box: Box, at: Point, margin: float) -> bool:
        """Whether the box, widened by the margin, would touch nothing."""
        left, top = at[0] + box.left - margin, at[1] + box.top - margin
        right, bottom = at[0] + box.right + margin, at[1] + box.bottom + margin
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for cell in self._touched((left, top, right, bottom))
            for other in self._cells.get(cell, ())
        )

    def nearest(
        self,
        box: Box,
        ideal: Point,
        margin: float,
        wanted: Callable[[Point], bool] | None = None,
    ) -> Point:
        """The first free place on rings around the ideal one; a wanted one if not too far."""
        # Crowded places were searched before: begin at the ring that last had room.
        key = (int(ideal[0] // CELL), int(ideal[1] // CELL))
        ring = max(0, self._rings.get(key, 0) - 3)
        second_best: Point | None = None
        while True:
            for point in _ring(ideal, ring):
                if not self.free(box, point, margin):
                    continue
                if wanted is None or wanted(point):
                    self._rings[key] = ring
                    return point
                second_best = second_best or point
            ring += 1
            if second_best and ring > FAR:
                return second_best

    @staticmethod
    def _touched(area: tuple[float, float, float, float]) -> Iterator[tuple[int, int]]:
        for column in range(int(area[0] // CELL), int(area[2] // CELL) + 1):
            for row in range(int(area[1] // CELL), int(area[3] // CELL) + 1):
                yield column, row


def _ring(centre: Point, ring: int) -> Iterator[Point]:
    """Places on an ellipse, wide as labels are; those nearest the centre line first."""
    if not ring:
        yield centre
        return
    count = min(6 * ring, 72)
    for index in range(count):
        angle = 2 * math.pi * (index + 0.37 * (ring % 3)) / count
        yield (
            round(centre[0] + 1.25 * STEP * ring * math.cos(angle)),
            round(centre[1] + 0.85 * STEP * ring * math.sin(angle)),
        )


def positions(
    network: nx.MultiDiGraph, aspect: float = WIDE, seed: int = 7
) -> dict[str, Place]:
    """The place of every node by its IRI, for a page of an aspect (its width by its height).

    The first view is centred on 0, 0, and stays where it is whatever else is shown.
    """
    nodes = sorted(network)
    first = [node for node in nodes if network.nodes[node].get("first_view")] or nodes
    boxes = {node: box_of(network.nodes[node], size_of(network, node)) for node in nodes}
    below = dict(boxes)
    simple = _simple(network, first)
    pieces = sorted(nx.connected_components(simple), key=lambda piece: (-len(piece), min(piece)))
    # Boxes turn over where a label has more room above its shape.
    placed = _packed(
        [
            _piece(network, simple.subgraph(sorted(piece)), boxes, aspect, seed)
            for piece in pieces
        ],
        boxes,
        aspect,
    )
    _place_further(network, boxes, placed)
    return {
        node: Place(*map(round, placed[node]), above=boxes[node] is not below[node])
        for node in nodes
    }


def _simple(network: nx.MultiDiGraph, nodes: list[str]) -> nx.Graph:
    """One undirected edge for each pair that is tied in the first view."""
    simple = nx.Graph()
    simple.add_nodes_from(nodes)
    inside = set(nodes)
    simple.add_edges_from(
        sorted(
            (min(a, b), max(a, b))
            for a, b, data in network.edges(data=True)
            if a != b and a in inside and b in inside and not data.get("prospect")
        )
    )
    return simple


def _kind(network: nx.MultiDiGraph, node: str) -> str:
    return str(network.nodes[node].get("kind", ""))


def _piece(
    network: nx.MultiDiGraph, piece: nx.Graph, boxes: dict[str, Box], aspect: float, seed: int
) -> dict[str, Point]:
    """Place one connected piece: skeleton first, then the rest around it."""
    nodes = sorted(piece)
    edges = sorted((min(a, b), max(a, b)) for a, b in piece.edges)
    skeleton = [node for node in nodes if _kind(network, node) in SKELETON]
    ideal = _ideal(nodes, edges, boxes, set(skeleton), aspect, seed)
    room = Room()
    placed: dict[str, Point] = {}
    for node in sorted(skeleton, key=lambda n: (mark_of(_kind(network, n)).rank, -piece.degree(n))):
        placed[node] = room.nearest(boxes[node], ideal[node], 16)
        room.take(boxes[node], placed[node])
    lines = [(placed[a], placed[b]) for a, b in edges if a in placed and b in placed]
    room = Room()
    for node in skeleton:
        boxes[node] = _better_side(node, placed, boxes, lines)
        room.take(boxes[node], placed[node])
    _take_lines(room, placed, edges)
    for node in sorted(set(nodes) - placed.keys(), key=lambda n: (-piece.degree(n), n)):
        ends = [placed[other] for other in sorted(piece[node]) if other in placed]
        wanted = partial(_reaches, ends, lines) if len(ends) == 1 and len(nodes) <= 400 else None
        placed[node] = room.nearest(boxes[node], ideal[node], 5, wanted)
        room.take(boxes[node], placed[node])
    return placed


def _reaches(ends: list[Point], lines: list[tuple[Point, Point]], point: Point) -> bool:
    """Whether a place sees what it is tied to without a line of the skeleton between them."""
    return not any(
        end not in line and _cross(point, end, *line) for end in ends for line in lines
    )


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the stretch from a to b crosses the stretch from c to d."""

    def side(p: Point, q: Point, r: Point) -> bool:
        return (q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) != side(a, b, d) and side(c, d, a) != side(c, d, b)


def _better_side(
    node: str,
    placed: dict[str, Point],
    boxes: dict[str, Box],
    lines: list[tuple[Point, Point]],
) -> Box:
    """The box with its label above or below, whichever fewer lines run through."""
    x, y = placed[node]
    below = boxes[node]
    above = below.flipped()

    def cost(box: Box, top: float, bottom: float) -> int:
        area = (x + box.left, y + top, x + box.right, y + bottom)
        crossed = sum(_crosses(area, *line) for line in lines)
        covered = sum(
            area[0] < px + other.right
            and px + other.left < area[2]
            and area[1] < py + other.bottom
            and py + other.top < area[3]
            for name, other in boxes.items()
            if name != node and name in placed
            for px, py in [placed[name]]
        )
        return crossed + 100 * covered

    size = -below.top
    return above if cost(above, above.top, -size) < cost(below, size, below.bottom) else below


def _crosses(area: tuple[float, float, float, float], start: Point, end: Point) -> bool:
    """Whether a straight line runs through an area (Liang and Barsky)."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    enter, leave = 0.0, 1.0
    for step, room in (
        (-dx, start[0] - area[0]),
        (dx, area[2] - start[0]),
        (-dy, start[1] - area[1]),
        (dy, area[3] - start[1]),
    ):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    return enter < leave


def _take_lines(room: Room, placed: dict[str, Point], edges: Iterable[tuple[str, str]]) -> None:
    """Keep labels off the lines between placed nodes."""
    dot = Box(-3, -3, 3, 3)
    for source, target in edges:
        if source in placed and target in placed:
            (x0, y0), (x1, y1) = placed[source], placed[target]
            parts = max(1, int(math.hypot(x1 - x0, y1 - y0) / 10))
            for part in range(1, parts):
                share = part / parts
                room.take(dot, (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share))


def _ideal(
    nodes: list[str],
    edges: list[tuple[str, str]],
    boxes: dict[str, Box],
    skeleton: set[str],
    aspect: float,
    seed: int,
) -> dict[str, Point]:
    """Where the nodes would stand if labels took no room, turned and stretched to a page."""
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    import igraph

    index = {node: number for number, node in enumerate(nodes)}
    graph = igraph.Graph(n=len(nodes), edges=[(index[a], index[b]) for a, b in edges])
    rng = random.Random(seed)
    igraph.set_random_number_generator(rng)
    try:
        if len(nodes) <= 400:
            degree = graph.degree()
            lengths = [
                1.0
                if not {a, b} <= skeleton
                else 1.1
                if 1 in (degree[index[a]], degree[index[b]])
                else 1.5
                for a, b in edges
            ]
            tries = []
            for _ in range(12 if len(nodes) <= 150 else 1):
                start = [(math.cos(turn), math.sin(turn)) for turn in _shuffled(len(nodes), rng)]
                tries.append(graph.layout_kamada_kawai(weights=lengths, seed=start).coords)
            links = [(index[a], index[b]) for a, b in edges]
            points = min(tries, key=lambda coords: _crossings(coords, links))
        else:
            start = [(rng.random(), rng.random()) for _ in nodes]
            points = graph.layout_fruchterman_reingold(niter=400, seed=start).coords
    finally:
        igraph.set_random_number_generator(random)
    area = sum((b.right - b.left + 16) * (b.bottom - b.top + 12) for b in boxes.values())
    share = len(nodes) / max(1, len(boxes))
    return dict(zip(nodes, _to_page(points, FILL * area * share, aspect), strict=True))


def _shuffled(count: int, rng: random.Random) -> list[float]:
    order = list(range(count))
    rng.shuffle(order)
    return [2 * math.pi * number / count for number in order]


def _crossings(points: list[Point], links: list[tuple[int, int]]) -> int:
    """How many pairs of edges cross: the fewer, the calmer the picture."""
    return sum(
        len({a, b, c, d}) == 4 and _cross(points[a], points[b], points[c], points[d])
        for number, (a, b) in enumerate(links)
        for c, d in links[number + 1 :]
    )


def _to_page(points: list[Point], area: float, aspect: float) -> list[Point]:
    """Turn the longest axis along the page, and stretch to the room that the labels need."""
    count = len(points)
    mx, my = sum(p[0] for p in points) / count, sum(p[1] for p in points) / count
    centred = [(p[0] - mx, p[1] - my) for p in points]
    xx = sum(x * x for x, _ in centred)
    yy = sum(y * y for _, y in centred)
    xy = sum(x * y for x, y in centred)
    turn = -0.5 * math.atan2(2 * xy, xx - yy) + (0 if aspect > 1 else math.pi / 2)
    turned = [
        (x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn))
        for x, y in centred
    ]
    width = max(x for x, _ in turned) - min(x for x, _ in turned) or 1.0
    height = max(y for _, y in turned) - min(y for _, y in turned) or 1.0
    # Fill the page, but don't pull a layout much out of its own shape.
    stretch = min(1.35, max(0.74, width / height / aspect))
    across = math.sqrt(area / (width * height) / stretch)
    return [(x * across, y * across * stretch) for x, y in turned]


def _packed(
    pieces: list[dict[str, Point]], boxes: dict[str, Box], aspect: float
) -> dict[str, Point]:
    """Set the pieces side by side in rows, the largest first, and centre the whole."""
    gap = 50.0
    extents = [_extent(piece, boxes) for piece in pieces]
    total = sum((e[2] - e[0] + gap) * (e[3] - e[1] + gap) for e in extents)
    row_width = max([math.sqrt(total * aspect), *(e[2] - e[0] for e in extents)], default=0.0)
    placed: dict[str, Point] = {}
    x = y = row_height = 0.0
    for piece, (left, top, right, bottom) in zip(pieces, extents, strict=True):
        if x and x + right - left > row_width:
            x, y, row_height = 0.0, y + row_height + gap, 0.0
        for node, point in piece.items():
            placed[node] = (point[0] - left + x, point[1] - top + y)
        x += right - left + gap
        row_height = max(row_height, bottom - top)
    if not placed:
        return placed
    left, top, right, bottom = _extent(placed, boxes)
    dx, dy = round((left + right) / 2), round((top + bottom) / 2)
    return {node: (round(px) - dx, round(py) - dy) for node, (px, py) in placed.items()}


def _extent(points: dict[str, Point], boxes: dict[str, Box]) -> tuple[float, float, float, float]:
    return (
        min(x + boxes[node].left for node, (x, _) in points.items()),
        min(y + boxes[node].top for node, (_, y) in points.items()),
        max(x + boxes[node].right for node, (x, _) in points.items()),
        max(y + boxes[node].bottom for node, (_, y) in points.items()),
    )


def _place_further(
    network: nx.MultiDiGraph, boxes: dict[str, Box], placed: dict[str, Point]
) -> None:
    """Give the layers that are off at first the room that is left, near what they belong to."""
    room = Room()
    for node, point in placed.items():
        room.take(boxes[node], point)
    _take_lines(room, placed, sorted({(min(a, b), max(a, b)) for a, b in network.edges()}))
    waiting = [node for node in sorted(network) if node not in placed]
    around = network.to_undirected(as_view=True)
    while waiting:
        ready = [node for node in waiting if any(n in placed for n in around[node])] or waiting
        anchors = {
            node: [placed[other] for other in sorted(around[node]) if other in placed]
            for node in ready
        }
        for node in ready:
            points = anchors[node] or [(0.0, 0.0)]
            x = sum(p[0] for p in points) / len(points)
            y = sum(p[1] for p in points) / len(points)
            away = 50 / (math.hypot(x, y) or 1.0)
            placed[node] = room.nearest(boxes[node], (x + x * away, y + y * away), 5)
            room.take(boxes[node], placed[node])
        waiting = [node for node in waiting if node not in placed]
