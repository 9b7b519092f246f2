"""The style of nodes and edges: shape, colour, size and label.

Canvas, print, legend and layout share these definitions, so that a label takes the space that the
layout has reserved for it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import networkx as nx

from citypact.graph.charts.palette import (
    AMBER,
    BLUE,
    BROWN,
    DARK_GREEN,
    DARK_STEEL,
    DEEP_BLUE,
    LIGHT_STEEL,
    ORANGE,
    PALE_STEEL,
    ROSE,
    SLATE,
    STEEL,
    TEAL,
    TOPIC,
    VIOLET,
)
from citypact.graph.text.bilingual import other_language
from citypact.ontology import LANGUAGES


@dataclass(frozen=True)
class NodeStyle:
    """The style of a kind of node, whose name is the message `kinds.…`.

    strong: whether nodes grow with their ties and have bold labels. rank: nodes of a lower rank are
    labelled first.
    """

    shape: str
    colour: str
    size: int
    font: int
    rank: int
    filled: bool = True
    strong: bool = False


NODE_STYLES: dict[str, NodeStyle] = {
    "government": NodeStyle("circle", BLUE, 20, 15, 0, strong=True),
    "network": NodeStyle("hexagon", DARK_GREEN, 17, 14, 1, strong=True),
    "organization": NodeStyle("square", ORANGE, 15, 13, 2, strong=True),
    "agreement": NodeStyle("document", SLATE, 21, 12, 3, filled=False),
    "office": NodeStyle("square", ORANGE, 9, 12, 4, filled=False),
    "country": NodeStyle("circle", BLUE, 10, 12, 5, filled=False),
    "region": NodeStyle("circle", BLUE, 10, 12, 5, filled=False),
    "person": NodeStyle("person", ROSE, 12, 12, 6),
    "event": NodeStyle("diamond", AMBER, 12, 12, 7),
    "project": NodeStyle("triangle", VIOLET, 12, 12, 7),
    "solution": NodeStyle("star", BROWN, 14, 12, 7),
    "prospect": NodeStyle("circle", STEEL, 8, 12, 8, filled=False),
    "topic": NodeStyle("pill", TOPIC, 4, 11, 9),
}
OTHER_NODE = NodeStyle("circle", STEEL, 9, 12, 8)

# The closest shapes of vis-network, for use outside of the page.
VIS_SHAPES = {"circle": "dot", "document": "box", "pill": "ellipse", "person": "dot"}

SKELETON = ("government", "network", "organization", "office", "agreement")
LAYERS = ("person", "event", "project", "solution", "prospect")


def _polygon(corners: int, radii: tuple[float, ...] = (1.0,), turn: float = -90.0) -> str:
    points = []
    for index in range(corners):
        angle = math.radians(turn + 360 * index / corners)
        radius = radii[index % len(radii)]
        points.append(f"{radius * math.cos(angle):.3f} {radius * math.sin(angle):.3f}")
    return "M" + "L".join(points) + "Z"


# Paths in a square from -1 to 1, for SVG and Path2D alike.
SHAPES: dict[str, str] = {
    "circle": "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z",
    "square": "M-.7 -.9H.7Q.9 -.9 .9 -.7V.7Q.9 .9 .7 .9H-.7Q-.9 .9 -.9 .7V-.7Q-.9 -.9 -.7 -.9Z",
    "hexagon": _polygon(6, turn=0.0),
    "diamond": _polygon(4),
    "triangle": "M0 -.95L1 .8H-1Z",
    "star": _polygon(10, (1.0, 0.45)),
    "document": "M-.8 -1H.42L.8 -.6V1H-.8Z",
    "person": "M0 -1A.46 .46 0 1 1 0 -.08A.46 .46 0 1 1 0 -1ZM-.85 1Q-.85 .06 0 .06Q.85 .06 .85 1Z",
    "pill": "M-.6 -.5H.6Q1 -.5 1 0Q1 .5 .6 .5H-.6Q-1 .5 -1 0Q-1 -.5 -.6 -.5Z",
}
# The folded corner of a document, drawn over its outline.
FOLD = "M.42 -1V-.6H.8"


@dataclass(frozen=True)
class EdgeStyle:
    """The style of an edge: colour, and width in pixels."""

    colour: str
    width: float


EDGE_STYLES: dict[str, EdgeStyle] = {
    "party": EdgeStyle(DARK_STEEL, 2.2),
    "follow-up": EdgeStyle(DARK_STEEL, 1.2),
    "sister-city": EdgeStyle(DEEP_BLUE, 3.2),
    "friendship-city": EdgeStyle(TEAL, 2.2),
    "partner-city": EdgeStyle(DEEP_BLUE, 1.6),
    "partnership": EdgeStyle(STEEL, 2.2),
    "agreement": EdgeStyle(SLATE, 1.6),
    "membership": EdgeStyle(DARK_GREEN, 2.2),
    "chair": EdgeStyle(DARK_GREEN, 4.0),
    "brokering": EdgeStyle(ORANGE, 2.4),
    "office": EdgeStyle(ORANGE, 1.2),
    "topic": EdgeStyle(PALE_STEEL, 0.9),
    "signature": EdgeStyle(ROSE, 1.4),
    "post": EdgeStyle(ROSE, 1.0),
    "event": EdgeStyle(AMBER, 1.4),
    "project": EdgeStyle(VIOLET, 1.4),
    "solution": EdgeStyle(BROWN, 1.4),
    "operates": EdgeStyle(BROWN, 1.4),
    "transfer": EdgeStyle(BROWN, 2.2),
    "prospect": EdgeStyle(STEEL, 1.4),
}
OTHER_EDGE = EdgeStyle(LIGHT_STEEL, 1.4)


def node_styles() -> dict[str, NodeStyle]:
    """The styles of all kinds of nodes; "other" is for unknown kinds."""
    return NODE_STYLES | {"other": OTHER_NODE}


def edge_styles() -> dict[str, EdgeStyle]:
    """The styles of all relations; "other" is for unknown relations."""
    return EDGE_STYLES | {"other": OTHER_EDGE}


def node_style(kind: str) -> NodeStyle:
    """The style of a kind of node; a grey dot for unknown kinds."""
    return NODE_STYLES.get(kind, OTHER_NODE)


def line_of(data: Mapping[str, Any]) -> str:
    """The name of the style of an edge: that of its kind of partnership, or of its relation."""
    for name in ("relation_type", "relation"):
        if (known := str(data.get(name) or "")) in EDGE_STYLES:
            return known
    return "other"


def edge_style(data: Mapping[str, Any]) -> EdgeStyle:
    """The style of an edge; a grey line for unknown relations."""
    return edge_styles()[line_of(data)]


def size_of(network: nx.MultiDiGraph, node: str) -> int:
    """Half the height of a node in pixels; actors grow with their ties other than to topics."""
    look = node_style(str(network.nodes[node].get("kind", "")))
    if not look.strong:
        return look.size
    ties = sum(
        1
        for _, _, data in (*network.in_edges(node, data=True), *network.out_edges(node, data=True))
        if data.get("first_view") and data.get("relation") != "topic"
    )
    return look.size + round(4 * math.log2(1 + min(ties, 30)))


def plain(text: object) -> str:
    """Text for a label: one line without control, direction or private-use characters."""
    kept = (
        " " if unicodedata.category(c) in ("Zl", "Zp", "Zs") or c in "\t\n\r" else c
        for c in str(text)[:400]
        if c in "\t\n\r" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return " ".join("".join(kept).split())


def ems(text: str) -> float:
    """The estimated width of a line of text in ems, too wide rather than too narrow."""
    width = 0.0
    for character in text:
        if unicodedata.east_asian_width(character) in "WF":
            width += 0.96
        elif unicodedata.combining(character):
            continue
        elif character == " ":
            width += 0.29
        elif character.isupper() or character in "@%&mw—":
            width += 0.72
        elif character in "iljftr.,:;'|()[]·-/":
            width += 0.37
        else:
            width += 0.57
    return width


def wrapped(text: str, width: float, lines: int = 2) -> list[str]:
    """A label as at most `lines` lines of similar length up to `width` ems; … marks a cut."""
    return list(_wrapped(text, width, lines))


@lru_cache(maxsize=4096)  # layouts and nodes of a page wrap the same labels many times
def _wrapped(text: str, width: float, lines: int) -> tuple[str, ...]:
    pieces = _pieces(plain(text), width)
    # A smaller width that needs no more lines gives lines of similar length.
    rows = _filled(pieces, width)
    for share in (0.6, 0.7, 0.8, 0.9):
        narrow = _filled(pieces, width * share)
        if len(narrow) <= len(rows) and all(ems(row) <= width for row in narrow):
            rows = narrow
            break
    if len(rows) > lines:
        rows = _filled(pieces, width)[:lines]
        while rows[-1] and ems(rows[-1] + "…") > width:
            rows[-1] = rows[-1][:-1]
        rows[-1] = rows[-1].rstrip() + "…"
    return tuple(rows)


def _pieces(text: str, width: float) -> list[str]:
    """The pieces between which a label may be broken: words, parts at · - and (, slices."""
    pieces: list[str] = []
    for word in text.split(" "):
        for part in re.split(r"(?<=[·‐–/-])(?=\w{2})|(?<=\w{2})(?=\()", word):
            slices = max(1, math.ceil(ems(part) / width))
            step = max(1, math.ceil(len(part) / slices))
            pieces += [part[i : i + step] for i in range(0, len(part), step)]
        if pieces:
            pieces[-1] += " "
    return pieces


def _filled(pieces: list[str], width: float) -> list[str]:
    rows: list[str] = []
    for piece in pieces:
        if rows and ems((rows[-1] + piece).rstrip()) <= width:
            rows[-1] += piece
        else:
            rows.append(piece)
    return [row.rstrip() for row in rows if row.strip()]


def label(data: Mapping[str, Any], language: str) -> str:
    """The full label of a node in a language, or in the other one if it has none."""
    other = other_language(language)
    return str(data.get(f"label_{language}") or data.get(f"label_{other}") or "")


def label_lines(data: Mapping[str, Any], language: str) -> list[str]:
    """The lines of the label of a node: the form of an agreement, the name of others.

    An actor with a name that is too long has its short name, if there is one.
    """
    look = node_style(str(data.get("kind", "")))
    text = label(data, language)
    if data.get("kind") == "agreement":
        text = str(data.get(f"form_{language}") or text).replace("|", ", ")
    lines = wrapped(text, 10.5, 3) if look.strong else wrapped(text, 9.0)
    short = short_name(data, language)
    return [short] if short and lines[-1].endswith("…") else lines


def short_name(data: Mapping[str, Any], language: str) -> str:
    """The abbreviation of an organisation: in brackets after its name, or an alias."""
    if data.get("kind") not in ("network", "organization", "office"):
        return ""
    bracketed = re.search(r"\(([^()]+)\)$", label(data, language))
    names = [bracketed[1]] if bracketed else []
    names += sorted(str(data.get("aliases") or "").split("|"))
    short = (
        n
        for n in names
        if re.fullmatch(r"[A-Za-z][A-Za-z0-9.&-]{1,9}", n) and len(re.findall("[A-Z0-9]", n)) > 2
    )
    return next(short, "")


@dataclass(frozen=True)
class Box:
    """The area of a node around its centre, including its label in either language."""

    left: float
    top: float
    right: float
    bottom: float

    def flipped(self) -> Box:
        """The same box with the label above the shape."""
        return Box(self.left, -self.bottom, self.right, -self.top)


def line_height(font: int) -> float:
    """The distance between lines of a label in pixels."""
    return round(font * 1.25, 2)


def box_of(data: Mapping[str, Any], size: int) -> Box:
    """The box of a node with its label: below the shape, or within the pill of a topic."""
    look = node_style(str(data.get("kind", "")))
    lines = {language: label_lines(data, language) for language in LANGUAGES}
    width = max((ems(line) for rows in lines.values() for line in rows), default=0.0) * look.font
    width *= 1.06 if look.strong else 1.0
    height = max(len(rows) for rows in lines.values()) * line_height(look.font)
    if look.shape == "pill":
        return Box(-width / 2 - 8, -height / 2 - 3, width / 2 + 8, height / 2 + 3)
    half = max(size, width / 2)
    return Box(-half, -size, half, size + 4 + height)
