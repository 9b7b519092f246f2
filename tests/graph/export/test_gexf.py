"""GEXF: valid by its specification, with times; networkx reads back what was written."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from networkx.readwrite.gexf import GEXF

from citypact.api import Graph
from citypact.graph.export.gexf import NAMESPACE, to_gexf
from tests.graph.export.test_export import EMPTY, NAMES, hostile, whole
from tests.graph.export.twins import HOSTILE, twins

# What GEXF 1.3 allows, after https://gexf.net/schema.html, as far as a network may use it:
# needed attributes, other attributes with what they may hold, and children in their order.
ANY, DAY, COUNT = r"(?s).*", r"\d{4}-\d\d-\d\d", r"\d+"
TOKEN = r"(\S+( \S+)*)?"
DIRECTION = "directed|undirected|mutual"
TYPE = (
    "integer|long|double|float|boolean|string|anyURI|bigdecimal|biginteger|byte|char|short"
    "|list(string|boolean|integer|long|float|double|byte|short|bigdecimal|biginteger|char)"
)
GRAMMAR: dict[str, tuple[dict[str, str], dict[str, str], str]] = {
    "gexf": ({"version": r"1\.3"}, {"variant": ANY}, "(meta )?graph "),
    "meta": ({}, {"lastmodifieddate": DAY}, "((creator|keywords|description) )*"),
    "creator": ({}, {}, ""),
    "description": ({}, {}, ""),
    "graph": (
        {},
        {
            "defaultedgetype": DIRECTION,
            "idtype": "integer|string|long",
            "mode": "static|dynamic|slice",
            "timeformat": "integer|double|date|dateTime",
            "timerepresentation": "interval|timestamp",
        },
        "(attributes )*nodes edges ",
    ),
    "attributes": ({"class": "node|edge"}, {"mode": "static|dynamic"}, "(attribute )*"),
    "attribute": ({"id": ANY, "title": ANY, "type": TYPE}, {}, "((default|options) )*"),
    "nodes": ({}, {"count": COUNT}, "(node )*"),
    "edges": ({}, {"count": COUNT}, "(edge )*"),
    "node": ({"id": ANY}, {"label": TOKEN}, "(attvalues )?(spells )?"),
    "edge": (
        {"source": ANY, "target": ANY},
        {"id": ANY, "type": DIRECTION, "label": TOKEN, "kind": TOKEN, "weight": r"-?\d+(\.\d+)?"},
        "(attvalues )?(spells )?",
    ),
    "attvalues": ({}, {}, "(attvalue )*"),
    "attvalue": ({"for": ANY, "value": ANY}, {}, ""),
    "spells": ({}, {}, "(spell )+"),
    "spell": ({}, {"start": DAY, "end": DAY}, ""),
}
VALUES = {"integer": r"-?\d+", "double": r"-?\d+(\.\d+)?(e[+-]?\d+)?", "boolean": "true|false"}


def assert_valid(data: bytes) -> ElementTree.Element:
    """Checks a file by the grammar above, its ids and references, and the values' types."""
    root = ElementTree.fromstring(data)
    assert root.tag == f"{{{NAMESPACE}}}gexf"
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        needed, others, children = GRAMMAR[name]
        assert needed.keys() <= element.attrib.keys() <= needed.keys() | others.keys(), name
        for key, value in element.items():
            assert re.fullmatch((needed | others)[key], value), (name, key, value)
        inside = "".join(child.tag.removeprefix(f"{{{NAMESPACE}}}") + " " for child in element)
        assert re.fullmatch(children, inside), (name, inside)
    declared = {}
    for kind in ("node", "edge"):
        for each in root.findall(f".//{{*}}attributes[@class='{kind}']/{{*}}attribute"):
            assert (kind, each.get("id")) not in declared
            declared[kind, each.get("id")] = each.get("type", "")
        for value in root.findall(f".//{{*}}{kind}/{{*}}attvalues/{{*}}attvalue"):
            wanted = VALUES.get(declared[kind, value.get("for")], ANY)
            assert re.fullmatch(wanted, value.get("value", "")), value.attrib
    nodes = [each.get("id") for each in root.iter(f"{{{NAMESPACE}}}node")]
    edges = [each.get("id") for each in root.iter(f"{{{NAMESPACE}}}edge")]
    assert len(nodes) == len(set(nodes)) and len(edges) == len(set(edges))
    for edge in root.iter(f"{{{NAMESPACE}}}edge"):
        assert {edge.get("source"), edge.get("target")} <= set(nodes)
    for spell in root.iter(f"{{{NAMESPACE}}}spell"):
        days = [
            date.fromisoformat(spell.attrib[key]) for key in ("start", "end") if key in spell.attrib
        ]
        assert days and days == sorted(days)
    for name, found in (("nodes", nodes), ("edges", edges)):
        holder = root.find(f".//{{*}}{name}")
        assert holder is not None and holder.get("count") == str(len(found))
    return root


def read(data: bytes) -> nx.Graph:
    """What networkx reads; one that knows no GEXF 1.3 yet (3.4) is told that it is 1.2."""
    if "1.3" not in GEXF.versions:
        head = data[:200].replace(b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft")
        data = head.replace(b'version="1.3"', b'version="1.2"') + data[200:]
        return nx.read_gexf(io.BytesIO(data), version="1.2draft")
    return nx.read_gexf(io.BytesIO(data), version="1.3")


def known(data: dict[str, Any]) -> dict[str, Any]:
    """Attributes without those that stand for others in GEXF."""
    return {
        k: v for k, v in data.items() if k not in ("label", "id", "spells", "start", "end", "kind")
    }


@pytest.mark.parametrize("name", NAMES)
def test_gexf_is_valid_and_networkx_reads_the_same_network(graph: Graph, name: str) -> None:
    network = whole(graph, name)
    data = to_gexf(network)
    assert_valid(data)
    found = read(data)
    assert found.is_directed() == network.is_directed()
    assert {n: known(d) for n, d in found.nodes(data=True)} == {
        n: known(d) for n, d in network.nodes(data=True)
    }
    # networkx takes the ids of edges for their keys.
    one = {(frozenset(e[:2]), e[2].get("id")): known(e[2]) for e in found.edges(data=True)}
    if network.is_multigraph():
        two = {(frozenset(e[:2]), e[2]): known(e[3]) for e in network.edges(data=True, keys=True)}
    else:
        two = {
            (frozenset(e[:2]), str(i)): known(e[2]) for i, e in enumerate(network.edges(data=True))
        }
    assert one == two


def spells(root: ElementTree.Element, name: str) -> dict[str, dict[str, str]]:
    """The spells of nodes or edges by id."""
    return {
        each.get("id", ""): dict(spell.attrib)
        for each in root.iter(f"{{{NAMESPACE}}}{name}")
        for spell in each.iter(f"{{{NAMESPACE}}}spell")
    }


def test_spells_follow_from_dates_and_ends(tmp_path: Path) -> None:
    root = assert_valid(to_gexf(twins(tmp_path).network("actors")))
    assert spells(root, "edge") == {
        "agreement/seoul-taipei-1968": {"start": "1968-03-01"},
        "membership/seoul-wego": {"start": "2010-01-01", "end": "2015-12-31"},
        "partnership/seoul-taipei": {"start": "1968-03-23", "end": "1992-08-31"},
    }
    assert spells(root, "node") == {}


def test_what_occurs_ends_and_what_has_no_year_never_begins() -> None:
    network = nx.MultiDiGraph(name="times")
    dates = {
        "event": {"date": "2013-10-21", "date_of": "occurrence"},
        "fair": {"date": "2013-10-21/2013-10-23", "date_of": "occurrence"},
        "decade": {"date": "201X", "date_of": "signing"},
        "some day": {"date": "XXXX-XX-30", "date_of": "signing"},
        "ended": {"end": "1992-08"},
        "open": {"date": "../2018", "date_of": "start"},
        "contradiction": {"date": "2015", "date_of": "start", "end": "2010"},
        "year": {"year": 1976},
        "undated": {},
    }
    for name, data in dates.items():
        network.add_node(name, **data)
    assert spells(assert_valid(to_gexf(network)), "node") == {
        "event": {"start": "2013-10-21", "end": "2013-10-21"},
        "fair": {"start": "2013-10-21", "end": "2013-10-23"},
        "decade": {"start": "2010-01-01"},
        "ended": {"end": "1992-08-31"},
        "year": {"start": "1976-01-01"},
    }


def test_as_of_leaves_no_spell_that_begins_later(graph: Graph) -> None:
    root = assert_valid(to_gexf(graph.network("actors", as_of="2013-10-21")))
    starts = [spell["start"] for spell in spells(root, "edge").values()]
    assert starts and max(starts) <= "2013-10-21"


def test_hostile_labels_stay_data(tmp_path: Path) -> None:
    network = hostile()
    found = read(to_gexf(network))
    assert_valid(to_gexf(network))
    for name, data in network.nodes(data=True):
        assert found.nodes[name]["label_ko"] == data["label_ko"].replace("\r", "")
    assert (
        HOSTILE
        in nx.get_edge_attributes(
            read(to_gexf(twins(tmp_path).network("actors"))), "label_ko"
        ).values()
    )


@pytest.mark.parametrize("name", ["actors", "topics", "overview"])
def test_an_empty_network_is_valid_too(graph: Graph, name: str) -> None:
    data = to_gexf(graph.network(name, as_of=EMPTY))
    assert_valid(data)
    assert len(read(data)) == 0
