"""Positions of nodes, computed in advance and the same for the same network.

Actors and agreements are placed first; topics are then placed in free space near their agreements
without covering the lines of the former; nodes that are hidden at first fill the remaining space.
"""

from __future__ import annotations

import math
import random
from functools import lru_cache, partial
from typing import NamedTuple

import networkx as nx

from citypact.graph.pages.network.attributes import actor_ties, opening_nodes
from citypact.graph.pages.network.free_space import (
    Area,
    FreeSpace,
    Point,
    Segment,
    area_of,
    cross,
    overlap,
    runs_through,
)
from citypact.graph.pages.network.style import SKELETON, Box, box_of, node_style, size_of

WIDE, TALL = 1.45, 0.5
# The area of a layout divided by that of its labels and shapes.
FILL = 1.5
# With up to FEW nodes several layouts are tried and the clearest is kept. With more than MANY nodes
# or lines, no space is free of lines, and searching for it would take long.
FEW, MANY = 150, 400
TRIES, KEPT = 32, 16
ARM = 96.0


class NodePosition(NamedTuple):
    """The position of a node in pixels at zoom 1, and whether its label is above it."""

    x: int
    y: int
    above: bool


class ComponentLayout(NamedTuple):
    """The layout of a connected component: points and label boxes of its nodes."""

    points: dict[str, Point]
    boxes: dict[str, Box]


def positions(
    network: nx.MultiDiGraph, aspect: float = WIDE, seed: int = 7
) -> dict[str, NodePosition]:
    """The position of every node by its IRI, for an aspect ratio (width divided by height).

    The first view is centred on 0, 0 and does not move when more is shown.
    """
    nodes = sorted(network)
    opening = opening_nodes(network)
    first = [node for node in nodes if node in opening] or nodes
    boxes = {node: box_of(network.nodes[node], size_of(network, node)) for node in nodes}
    simple = _simple(network, first)
    connected = sorted(nx.connected_components(simple), key=lambda piece: (-len(piece), min(piece)))
    placed = _packed(
        [_piece(network, simple.subgraph(piece), boxes, aspect, seed) for piece in connected],
        aspect,
    )
    _place_further(network, boxes, placed)
    return {
        node: NodePosition(round(x), round(y), placed.boxes[node] is not boxes[node])
        for node, (x, y) in sorted(placed.points.items())
    }


def _simple(network: nx.MultiDiGraph, nodes: list[str]) -> nx.Graph:
    """A simple network with one edge per pair that a line ties in the first view."""
    simple = nx.Graph()
    simple.add_nodes_from(nodes)
    inside = set(nodes)
    drawn = {
        (min(a, b), max(a, b))
        for a, b, data in network.edges(data=True)
        if a != b and not data.get("prospect")
    }
    if not any(_kind(network, node) == "agreement" for node in nodes):
        drawn |= actor_ties(network)
    simple.add_edges_from(sorted(pair for pair in drawn if inside.issuperset(pair)))
    return simple


def _kind(network: nx.MultiDiGraph, node: str) -> str:
    return str(network.nodes[node].get("kind", ""))


def _piece(
    network: nx.MultiDiGraph, piece: nx.Graph, boxes: dict[str, Box], aspect: float, seed: int
) -> ComponentLayout:
    """The best of several layouts of a connected component."""
    nodes = sorted(piece)
    edges = sorted((min(a, b), max(a, b)) for a, b in piece.edges)
    skeleton = [node for node in nodes if _kind(network, node) in SKELETON]
    skeleton.sort(key=lambda n: (node_style(_kind(network, n)).rank, -piece.degree(n), n))
    area = (FILL if len(nodes) <= MANY else 2 * FILL) * sum(
        (box.right - box.left + 16) * (box.bottom - box.top + 12)
        for box in (boxes[node] for node in nodes)
    )
    best: ComponentLayout | None = None
    least = math.inf
    for points in _drafts(tuple(nodes), tuple(edges), frozenset(skeleton), seed):
        ideal = dict(zip(nodes, _to_page(points, area, aspect), strict=True))
        settled = _settled(piece, edges, skeleton, boxes, ideal)
        cost = _cost(settled, edges, skeleton, aspect)
        if cost < least:
            best, least = settled, cost
    assert best is not None
    return best


def _cost(
    piece: ComponentLayout, edges: list[tuple[str, str]], skeleton: list[str], aspect: float
) -> float:
    """The size of a layout, increased for lines that cross or run through other nodes."""
    left, top, right, bottom = _extent(piece)
    size = max(right - left, (bottom - top) * aspect)
    if len(piece.points) > FEW:
        return size
    lines = [(piece.points[a], piece.points[b]) for a, b in edges]
    through = sum(
        piece.points[node] not in line and runs_through(line, area_of(_shape(piece, node), at))
        for node, at in ((node, piece.points[node]) for node in skeleton)
        for line in lines
    )
    return size * (1 + 0.01 * _crossings(lines) + 0.1 * through)


def _shape(piece: ComponentLayout, node: str) -> Box:
    """The box of the shape of a node without its label, with a small margin."""
    box = piece.boxes[node]
    size = min(-box.top, box.bottom) + 6
    return Box(-size, -size, size, size)


@lru_cache(maxsize=8)
def _drafts(
    nodes: tuple[str, ...], edges: tuple[tuple[str, str], ...], skeleton: frozenset[str], seed: int
) -> list[list[Point]]:
    """Layouts that ignore labels, those with the fewest crossings first.

    They are cached, since the wide and the tall layout of a page use the same ones.
    """
    if len(nodes) == 1:
        return [[(0.0, 0.0)]]
    import igraph

    index = {node: number for number, node in enumerate(nodes)}
    links = [(index[a], index[b]) for a, b in edges]
    graph = igraph.Graph(n=len(nodes), edges=links)
    rng = random.Random(seed)
    igraph.set_random_number_generator(rng)
    try:
        if len(nodes) > MANY:
            start = [(rng.random(), rng.random()) for _ in nodes]
            drawn = graph.layout_fruchterman_reingold(niter=400, seed=start)
            return [[(x, y) for x, y in drawn.coords]]
        lengths = [1.5 if a in skeleton and b in skeleton else 1.0 for a, b in edges]
        drafts = []
        for _ in range(TRIES if len(nodes) <= FEW else 1):
            turns = list(range(len(nodes)))
            rng.shuffle(turns)
            step = 2 * math.pi / len(nodes)
            start = [(math.cos(step * turn), math.sin(step * turn)) for turn in turns]
            drawn = graph.layout_kamada_kawai(weights=lengths, seed=start)
            drafts.append([(x, y) for x, y in drawn.coords])
    finally:
        igraph.set_random_number_generator(random)
    drafts.sort(key=lambda points: _crossings([(points[a], points[b]) for a, b in links]))
    return drafts[:KEPT]


def _crossings(lines: list[Segment]) -> int:
    """The number of pairs of lines that cross, other than at a common end."""
    return sum(
        len({*one, *other}) == 4 and cross(one, other)
        for number, one in enumerate(lines)
        for other in lines[number + 1 :]
    )


def _to_page(points: list[Point], area: float, aspect: float) -> list[Point]:
    """Points rotated so that the longest axis lies along the page, and scaled to an area."""
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
    width = max(x for x, _ in turned) - min(x for x, _ in turned)
    height = max(y for _, y in turned) - min(y for _, y in turned)
    # Points in a row are given some breadth, or they would be stretched without limit.
    width, height = max(width, height / 4) or 1.0, max(height, width / 4) or 1.0
    # Fill the page without distorting the layout much.
    stretch = min(2.5, max(0.5, width / height / aspect))
    across = math.sqrt(area / (width * height) / stretch)
    return [(x * across, y * across * stretch) for x, y in turned]


def _settled(
    piece: nx.Graph,
    edges: list[tuple[str, str]],
    skeleton: list[str],
    boxes: dict[str, Box],
    ideal: dict[str, Point],
) -> ComponentLayout:
    """Free positions near the ideal ones: actors and agreements first, then the rest."""
    space = FreeSpace()
    points: dict[str, Point] = {}
    inner = [node for node in skeleton if piece.degree(node) > 1 or len(skeleton) < 3]
    leaves = [node for node in skeleton if node not in set(inner)]
    for node in inner + leaves:
        near = [points[other] for other in sorted(piece[node]) if other in points]
        # Nodes with a single line stay close to its other end.
        wish = _drawn_in(ideal[node], near[0]) if node not in inner and near else ideal[node]
        points[node] = space.nearest(boxes[node], wish, 14)
        space.take(boxes[node], points[node])
    lines = [(points[a], points[b]) for a, b in edges if a in points and b in points]
    chosen = {node: boxes[node] for node in piece}
    space = FreeSpace()
    for node in skeleton:
        if len(piece) <= MANY:
            chosen[node] = _better_side(node, points, chosen, lines)
        space.take(chosen[node], points[node])
    if len(lines) <= MANY:
        space.take_lines(lines)
    # The nodes that topics are tied to, usually agreements.
    hubs = [points[n] for n in skeleton if any(other not in points for other in piece[n])]
    for node in sorted(set(piece) - points.keys(), key=lambda n: (-piece.degree(n), n)):
        ends = [points[other] for other in sorted(piece[node]) if other in points]
        alone = len(ends) == 1 and len(piece) <= MANY
        wanted = partial(_belongs, ends[0], hubs, lines) if alone else None
        wish = _drawn_in(ideal[node], ends[0]) if len(ends) == 1 else ideal[node]
        points[node] = space.nearest(boxes[node], wish, 6, wanted)
        space.take(boxes[node], points[node])
    return ComponentLayout(points, chosen)


def _drawn_in(ideal: Point, anchor: Point) -> Point:
    """The ideal point, moved towards its anchor to a distance of at most ARM."""
    dx, dy = ideal[0] - anchor[0], ideal[1] - anchor[1]
    share = min(1.0, ARM / (math.hypot(dx, dy) or 1.0))
    return anchor[0] + dx * share, anchor[1] + dy * share


def _belongs(end: Point, hubs: list[Point], lines: list[Segment], point: Point) -> bool:
    """Whether a point is closest to its own agreement, with no line between them."""
    own = math.dist(point, end)
    return all(own <= math.dist(point, hub) for hub in hubs) and not any(
        end not in line and cross((point, end), line) for line in lines
    )


def _better_side(
    node: str, points: dict[str, Point], boxes: dict[str, Box], lines: list[Segment]
) -> Box:
    """The box with its label above or below the node, whichever fewer lines cross."""
    below = boxes[node]
    above = below.flipped()
    size = -below.top
    # Nothing else can be in the way of either.
    around = _joined(area_of(below, points[node]), area_of(above, points[node]))
    lines = [line for line in lines if _beside(line, around)]
    others = [
        area
        for name, point in points.items()
        if name != node and overlap(around, area := area_of(boxes[name], point))
    ]

    def cost(box: Box) -> int:
        flipped = box is above
        words = Box(
            box.left, box.top if flipped else size, box.right, -size if flipped else box.bottom
        )
        area = area_of(words, points[node])
        covered = sum(overlap(area, other) for other in others)
        return sum(runs_through(line, area) for line in lines) + 100 * covered

    return above if cost(above) < cost(below) else below


def _joined(one: Area, other: Area) -> Area:
    """The smallest area that contains both."""
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _beside(line: Segment, area: Area) -> bool:
    """Whether a line may run through an area: not where it lies on one side of it."""
    (x0, y0), (x1, y1) = line
    return not (
        (x0 < area[0] and x1 < area[0])
        or (x0 > area[2] and x1 > area[2])
        or (y0 < area[1] and y1 < area[1])
        or (y0 > area[3] and y1 > area[3])
    )


def _packed(pieces: list[ComponentLayout], aspect: float) -> ComponentLayout:
    """Components side by side in rows, the largest first, centred on 0, 0."""
    gap = 50.0
    extents = [_extent(piece) for piece in pieces]
    total = sum((e[2] - e[0] + gap) * (e[3] - e[1] + gap) for e in extents)
    row_width = max([math.sqrt(total * aspect), *(e[2] - e[0] for e in extents)], default=0.0)
    whole = ComponentLayout({}, {})
    x = y = row_height = 0.0
    for piece, (left, top, right, bottom) in zip(pieces, extents, strict=True):
        if x and x + right - left > row_width:
            x, y, row_height = 0.0, y + row_height + gap, 0.0
        whole.boxes.update(piece.boxes)
        for node, point in piece.points.items():
            whole.points[node] = (point[0] - left + x, point[1] - top + y)
        x += right - left + gap
        row_height = max(row_height, bottom - top)
    if whole.points:
        left, top, right, bottom = _extent(whole)
        dx, dy = round((left + right) / 2), round((top + bottom) / 2)
        for node, (px, py) in whole.points.items():
            whole.points[node] = (round(px) - dx, round(py) - dy)
    return whole


def _extent(piece: ComponentLayout) -> tuple[float, float, float, float]:
    areas = [area_of(piece.boxes[node], point) for node, point in piece.points.items()]
    return (
        min(area[0] for area in areas),
        min(area[1] for area in areas),
        max(area[2] for area in areas),
        max(area[3] for area in areas),
    )


def _place_further(
    network: nx.MultiDiGraph, boxes: dict[str, Box], placed: ComponentLayout
) -> None:
    """Adds the nodes that are hidden at first, in free space near the nodes they are tied to."""
    space = FreeSpace()
    points = placed.points
    for node, point in points.items():
        space.take(placed.boxes[node], point)
    pairs = sorted({(min(a, b), max(a, b)) for a, b in network.edges()})
    lines = [(points[a], points[b]) for a, b in pairs if a in points and b in points]
    if len(lines) <= MANY:
        space.take_lines(lines)
    around = network.to_undirected(as_view=True)
    waiting = [node for node in sorted(network) if node not in points]
    while waiting:
        ready = [node for node in waiting if any(n in points for n in around[node])] or waiting
        anchors = {
            node: [points[other] for other in sorted(around[node]) if other in points]
            for node in ready
        }
        for node in ready:
            near = anchors[node] or [(0.0, 0.0)]
            x, y = sum(p[0] for p in near) / len(near), sum(p[1] for p in near) / len(near)
            away = 50 / (math.hypot(x, y) or 1.0)
            placed.boxes[node] = boxes[node]
            points[node] = space.nearest(boxes[node], (x + x * away, y + y * away), 5)
            space.take(boxes[node], points[node])
        waiting = [node for node in waiting if node not in points]
