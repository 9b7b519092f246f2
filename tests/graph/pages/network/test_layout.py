"""Positions: the same every time, no label over another, the first view unmoved by what follows."""

from __future__ import annotations

import itertools
import math

import networkx as nx
import pytest

from citypact.graph.pages.network.free_space import area_of, overlap
from citypact.graph.pages.network.layout import TALL, WIDE, NodePosition, positions
from citypact.graph.pages.network.style import (
    NODE_STYLES,
    OTHER_NODE,
    box_of,
    label_lines,
    size_of,
    wrapped,
)
from tests.graph.pages.network.page_fixture import BASE, build_network

Area = tuple[float, float, float, float]


def areas(
    network: nx.MultiDiGraph, places: dict[str, NodePosition], first: bool
) -> dict[str, Area]:
    """The area of each node with its label, of the first view or of all."""
    found = {}
    for node, place in places.items():
        if first and not network.nodes[node]["first_view"]:
            continue
        box = box_of(network.nodes[node], size_of(network, node))
        found[node] = area_of(box.flipped() if place.above else box, (place.x, place.y))
    return found


@pytest.mark.parametrize("aspect", [WIDE, TALL])
@pytest.mark.parametrize("first", [True, False])
def test_no_label_lies_over_another(aspect: float, first: bool) -> None:
    network = build_network()
    boxes = areas(network, positions(network, aspect), first)
    assert len(boxes) == (77 if first else 108)
    clashes = [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(boxes.items(), 2)
        if overlap(a, b)
    ]
    assert clashes == []


def test_first_view_is_compact_and_as_wide_as_a_page() -> None:
    network = build_network()
    boxes = list(areas(network, positions(network), True).values())
    width = max(b[2] for b in boxes) - min(b[0] for b in boxes)
    height = max(b[3] for b in boxes) - min(b[1] for b in boxes)
    assert 1.1 < width / height < 1.9
    assert sum((b[2] - b[0]) * (b[3] - b[1]) for b in boxes) > 0.2 * width * height


def test_positions_do_not_depend_on_the_order_of_building() -> None:
    network = build_network()
    backwards = nx.MultiDiGraph()
    backwards.add_nodes_from(reversed(list(network.nodes(data=True))))
    backwards.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    assert positions(backwards) == positions(network)


def test_later_layers_leave_the_first_view_where_it_is() -> None:
    network = build_network()
    first = network.subgraph([n for n, d in network.nodes(data=True) if d["first_view"]]).copy()
    alone, whole = positions(first), positions(network)
    assert len(alone) < len(whole)
    assert {node: whole[node] for node in alone} == alone


def test_topics_stand_near_their_agreement() -> None:
    network = build_network()
    places = positions(network)
    near = []
    for topic, data in network.nodes(data=True):
        agreements = list(network.predecessors(topic))
        if data["kind"] != "topic" or len(agreements) != 1:
            continue
        reach = {
            other: math.dist(places[topic][:2], places[other][:2])
            for other, attributes in network.nodes(data=True)
            if attributes["kind"] == "agreement"
        }
        near.append(min(reach, key=lambda other: reach[other]) == agreements[0])
    assert len(near) > 40
    assert sum(near) >= 0.8 * len(near)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_tiny_networks(count: int) -> None:
    network = nx.MultiDiGraph()
    for number in range(count):
        network.add_node(f"n{number}", kind="government", label_ko="이름", first_view=True)
    places = positions(network)
    assert len(places) == count
    assert len({place[:2] for place in places.values()}) == count


@pytest.mark.parametrize("count", [2, 3, 12])
def test_rows_stay_on_the_page(count: int) -> None:
    network = nx.MultiDiGraph()
    for number in range(count):
        network.add_node(f"n{number:02}", kind="government", label_en="Name", first_view=True)
    nx.add_path(network, sorted(network), key="party", relation="party", first_view=True)
    places = positions(network)
    assert len({place[:2] for place in places.values()}) == count
    assert all(
        abs(place.x) < 200 * count and abs(place.y) < 200 * count for place in places.values()
    )


def test_separate_pieces_stand_side_by_side() -> None:
    network = nx.MultiDiGraph()
    for piece in "abc":
        for number in range(4):
            network.add_node(f"{piece}{number}", kind="government", label_en="N", first_view=True)
            network.add_edge(f"{piece}0", f"{piece}{number}", key="party", relation="party")
    places = positions(network)
    hulls = []
    for piece in "abc":
        points = [place for node, place in places.items() if node.startswith(piece)]
        xs, ys = [p.x for p in points], [p.y for p in points]
        hulls.append((min(xs), min(ys), max(xs), max(ys)))
    assert not any(overlap(a, b) for a, b in itertools.combinations(hulls, 2))


def test_large_networks_are_laid_out_without_overlap() -> None:
    network = nx.MultiDiGraph()
    for number in range(2000):
        kind = ("agreement", "government", "topic", "topic")[number % 4]
        network.add_node(f"n{number:04}", kind=kind, label_en=f"Name {number}", first_view=True)
    for number in range(0, 2000, 4):
        for step in (1, 2, 3, 5, 9, 41):
            network.add_edge(f"n{number:04}", f"n{(number + step) % 2000:04}", key=str(step))
    boxes = sorted(areas(network, positions(network), True).values())
    assert len(boxes) == 2000
    for index, box in enumerate(boxes):
        for other in itertools.takewhile(lambda o, b=box: o[0] < b[2], boxes[index + 1 :]):
            assert not overlap(box, other)


def test_labels_break_where_readers_would() -> None:
    assert wrapped("Export-Import Bank of Korea", 10.5) == ["Export-Import", "Bank of Korea"]
    assert wrapped("개발원조자금·EDCF 지원", 9) == ["개발원조자금·", "EDCF 지원"]
    assert wrapped("세계도시전자정부협의체", 9) == ["세계도시전자", "정부협의체"]
    assert wrapped("", 9) == []
    long = wrapped("가" * 10_000, 9)
    assert len(long) == 2
    assert long[-1].endswith("…")
    assert wrapped("\u202eabc\x00\ndef", 9) == ["abc def"]


def test_bodies_with_long_names_go_by_their_short_ones() -> None:
    wego = {
        "kind": "network",
        "label_ko": "세계도시전자정부협의체(WeGO)",
        "label_en": "World e-Governments Organization of Cities and Local Governments (WeGO)",
    }
    assert label_lines(wego, "en") == ["WeGO"]
    assert "".join(label_lines(wego, "ko")) == "세계도시전자정부협의체(WeGO)"
    bank = {"kind": "organization", "label_en": "A very long name " * 6, "aliases": "수은|KEXIM"}
    assert label_lines(bank, "en") == ["KEXIM"]


def test_shapes_and_colours_tell_kinds_apart() -> None:
    looks = [(m.shape, m.colour, m.filled) for kind, m in NODE_STYLES.items() if kind != "region"]
    assert len(set(looks)) == len(looks)
    for mark in (*NODE_STYLES.values(), OTHER_NODE):
        assert contrast(mark.colour, "#ffffff") >= 3
    # Where two kinds share a shape, readers without red, green or blue cones see two colours.
    filled = [mark for mark in NODE_STYLES.values() if mark.filled and mark.shape != "pill"]
    for sight in (PROTANOPIA, DEUTERANOPIA, TRITANOPIA):
        for one, other in itertools.combinations(filled, 2):
            if one.shape == other.shape:
                assert math.dist(seen(one.colour, sight), seen(other.colour, sight)) > 60
        blue, green, orange = (
            NODE_STYLES[k].colour for k in ("government", "network", "organization")
        )
        for a, b in itertools.combinations((blue, green, orange), 2):
            assert math.dist(seen(a, sight), seen(b, sight)) > 40


# How colours look without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1).
Matrix = tuple[tuple[float, float, float], ...]
PROTANOPIA: Matrix = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTERANOPIA: Matrix = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
TRITANOPIA: Matrix = (
    (1.255528, -0.076749, -0.178779),
    (-0.078411, 0.930809, 0.147602),
    (0.004733, 0.691367, 0.303900),
)


def linear(colour: str) -> list[float]:
    """The linear red, green and blue of a colour, each from 0 to 1."""
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]


def seen(colour: str, sight: Matrix) -> list[float]:
    """A colour as seen, in steps from 0 to 255."""
    mixed = [sum(a * b for a, b in zip(row, linear(colour), strict=True)) for row in sight]
    bound = [min(1.0, max(0.0, value)) for value in mixed]
    return [255 * (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055) for v in bound]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG counts it."""
    luminances = sorted(
        sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))
        for colour in (one, other)
    )
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)


def test_seoul_is_the_largest_of_all() -> None:
    network = build_network()
    sizes = {node: size_of(network, node) for node in network}
    assert max(sizes, key=lambda node: sizes[node]) == BASE + "government/seoul"
