"""One place under two entries is found, and namesakes are told apart."""

from __future__ import annotations

import networkx as nx
import pytest

from citypact.graph.networks.same_places import same_places

MELBOURNE = {"kind": "city", "country": "australia", "label_en": "Melbourne", "label_ko": "멜버른"}
PLACED = MELBOURNE | {"latitude": -37.81, "longitude": 144.96}


@pytest.mark.parametrize(
    ("entry", "is_same"),
    [
        (MELBOURNE | {"label_en": "City of Melbourne", "label_ko": ""}, True),
        (MELBOURNE | {"label_en": "Naarm", "label_ko": "", "aliases": "Melbourne|Batman"}, True),
        (PLACED | {"label_en": "Naarm", "label_ko": ""}, True),
        (PLACED | {"latitude": 28.08, "longitude": -80.6}, False),
        (MELBOURNE | {"country": "united-states"}, False),
        (MELBOURNE | {"kind": "territory"}, False),
        (MELBOURNE | {"label_en": "Melbourne Province", "label_ko": "멜버른주"}, False),
        (PLACED | {"label_en": "Hobart", "label_ko": "", "latitude": -42.88}, False),
    ],
)
def test_entries_of_one_place(entry: dict[str, object], is_same: bool) -> None:
    network = nx.Graph()
    network.add_node("melbourne", **PLACED)
    network.add_node("entry", **entry)
    assert same_places(network, ["entry"], ["melbourne"]) == ["entry"] * is_same
    assert same_places(network, ["melbourne"], ["melbourne"]) == []


def test_a_province_that_a_list_calls_a_city_may_be_the_territory() -> None:
    network = nx.Graph()
    province = {"country": "china", "label_ko": "산둥성", "label_en": "Shandong Province"}
    network.add_node("territory", kind="territory", **province)
    network.add_node("entry", kind="city", **province | {"label_ko": ""})
    network.add_node("city", kind="city", country="china", label_en="Shandong", label_ko="산둥")
    assert same_places(network, ["entry", "city"], ["territory"]) == ["entry"]
