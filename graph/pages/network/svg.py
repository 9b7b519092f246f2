"""The network as data for an SVG, for print and for pages without scripts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from citypact.graph.pages.network import style
from citypact.ontology import LANGUAGES


def svg(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> dict[str, Any]:
    """Edges and nodes of the SVG, those of higher rank last, and the box of the first view.

    nodes, edges: those of the pyvis network.
    """
    points = {node["id"]: (node["x"], node["y"]) for node in nodes}
    shown = [node for node in nodes if not node["hidden"]] or nodes
    boxes = [_box(node) for node in shown]
    left = min((box[0] for box in boxes), default=0) - 12
    top = min((box[1] for box in boxes), default=0) - 12
    right = max((box[2] for box in boxes), default=0) + 12
    bottom = max((box[3] for box in boxes), default=0) + 12
    return {
        "box": f"{left} {top} {right - left} {bottom - top}",
        "shapes": style.SHAPES,
        "fold": style.FOLD,
        "edges": [_drawn_edge(edge, points) for edge in edges],
        "nodes": [
            _drawn_node(node)
            for node in sorted(
                nodes, key=lambda n: -style.node_styles()[n["citypact"]["kind"]].rank
            )
        ],
    }


def _box(node: Mapping[str, Any]) -> tuple[int, int, int, int]:
    left, top, right, bottom = node["citypact"]["box"]
    if node["citypact"]["above"]:
        top, bottom = -bottom, -top
    return node["x"] + left, node["y"] + top, node["x"] + right, node["y"] + bottom


def _via(start: tuple[int, int], end: tuple[int, int], smooth: Mapping[str, Any]) -> str:
    """The control point of a curved edge, by the formula that vis-network uses."""
    across, up = end[0] - start[0], start[1] - end[1]
    roundness = float(smooth["roundness"])
    reach = (0.5 * roundness + 0.5) * math.hypot(across, up)
    side = roundness if smooth["type"] == "curvedCW" else -roundness
    angle = math.atan2(up, across) + (0.5 * side + 0.5) * math.pi
    return f"{start[0] + reach * math.sin(angle):.0f} {start[1] + reach * math.cos(angle):.0f}"


def _drawn_edge(edge: Mapping[str, Any], points: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    (x0, y0), (x1, y1) = points[edge["from"]], points[edge["to"]]
    curved = edge["smooth"]["enabled"]
    via = _via((x0, y0), (x1, y1), edge["smooth"]) if curved else ""
    bend = f"Q{via} {x1} {y1}" if curved else f"L{x1} {y1}"
    return {
        "id": edge["id"],
        "path": f"M{x0} {y0}{bend}",
        "colour": edge["color"]["color"],
        "width": edge["width"],
        "dashed": bool(edge["dashes"]),
        "off": edge["hidden"],
    }


def _drawn_node(node: Mapping[str, Any]) -> dict[str, Any]:
    about = node["citypact"]
    look = style.node_styles()[about["kind"]]
    step = style.line_height(look.font)
    labels: dict[str, Any] = {}
    for language in LANGUAGES:
        lines = about["lines"][language]
        height = len(lines) * step
        if look.shape == "pill":
            start = -height / 2
        else:
            start = -node["size"] - 4 - height if about["above"] else node["size"] + 4
        width = max((style.ems(line) for line in lines), default=0) * look.font
        labels[language] = {
            "lines": [
                (round(start + (index + 0.78) * step, 1), line) for index, line in enumerate(lines)
            ],
            "width": round(width + 14, 1),
            "height": round(height + 6, 1),
        }
    return {
        "id": node["id"],
        "x": node["x"],
        "y": node["y"],
        "size": node["size"],
        "style": look,
        "dashed": about["kind"] == "prospect" or about["status"] == "announced",
        "year": about["year"] if about["kind"] == "agreement" else 0,
        "labels": labels,
        "off": node["hidden"],
    }
