"""Networks as GEXF 1.3 with time, for Gephi and whatever else shows how a network grew.

The writer is our own (https://gexf.net/schema.html, version 1.3). That of networkx 3.6 writes
spells as well, but not the `kind` of edges, by which Gephi keeps parallel edges apart. It gives an
attribute the type of its first value, so that 1.5 may follow as a whole number; it writes
characters that XML cannot hold, and the day of writing, so that no two files are the same. Before
3.6 it knows GEXF 1.2 only.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from citypact.graph.export.graphml import xml_text
from citypact.graph.export.look import Look
from citypact.graph.export.network_rows import columns_of, nodes_and_edges
from citypact.graph.tables.table import Row
from citypact.sources.reading.edtf import parse_edtf

if TYPE_CHECKING:
    import networkx as nx

NAMESPACE = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"
TYPES = {bool: "boolean", int: "integer", float: "double", str: "string"}
PASSING = ("occurrence",)
"""What a date may be the date of that is over when the date is over; all else goes on."""


def to_gexf(
    network: nx.Graph, looks: Mapping[str, Look] = MappingProxyType({}), language: str = "en"
) -> bytes:
    """GEXF 1.3 in UTF-8 with a spell for every node and edge that has a date.

    A spell begins on the first day that `date` (else `year`) allows and ends on the last day that
    `end` allows; where no end is known it has none. What occurs (an event) ends with its date. What
    has no date has no spell and is always there: an actor does not begin with its first tie. Labels
    are those of a language, `label_ko` and all else are typed attributes; `kind` of an edge is its
    relation, so that Gephi tells parallel edges of several relations apart. With looks, nodes have
    the positions, sizes and colours of our page. Characters that XML 1.0 cannot hold are left out.

    Ids of attributes are numbers: graphology-gexf takes any other id for the name of its attribute.
    """
    root = ElementTree.Element("gexf", {"xmlns": NAMESPACE, "xmlns:viz": VIZ, "version": "1.3"})
    meta = ElementTree.SubElement(root, "meta")
    ElementTree.SubElement(meta, "creator").text = "Citypact"
    ElementTree.SubElement(meta, "description").text = xml_text(str(network.graph.get("name", "")))
    graph = ElementTree.SubElement(
        root,
        "graph",
        {
            "defaultedgetype": "directed" if network.is_directed() else "undirected",
            "idtype": "string",
            "mode": "dynamic",
            "timeformat": "date",
            "timerepresentation": "interval",
        },
    )
    nodes, edges, ends = nodes_and_edges(network)
    ids = {
        "node": _attributes(graph, "node", nodes, ["id"]),
        "edge": _attributes(graph, "edge", edges, [*ends, "weight"]),
    }
    within = ElementTree.SubElement(graph, "nodes", {"count": str(len(nodes))})
    for row in nodes:
        about = {"id": row["id"], "label": row.get(f"label_{language}", row["id"])}
        element = ElementTree.SubElement(within, "node", _texts(about))
        _about(element, row, ids["node"])
        _drawn(element, looks.get(row["id"]))
    within = ElementTree.SubElement(graph, "edges", {"count": str(len(edges))})
    for number, row in enumerate(edges):
        about = {"id": row.get("key", str(number)), "source": row["source"]}
        about["target"] = row["target"]
        for name, key in (
            ("label", f"label_{language}"),
            ("weight", "weight"),
            ("kind", "relation"),
        ):
            if key in row:
                about[name] = str(row[key])
        _about(ElementTree.SubElement(within, "edge", _texts(about)), row, ids["edge"])
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _texts(about: dict[str, Any]) -> dict[str, str]:
    """Labels and kinds are tokens there: without tabs, line ends and double spaces."""
    texts = {name: xml_text(str(value)) for name, value in about.items()}
    return {k: " ".join(v.split()) if k in ("label", "kind") else v for k, v in texts.items()}


def _attributes(
    graph: ElementTree.Element, kind: str, rows: list[Row], others: list[str]
) -> dict[str, str]:
    """Declares the attributes of nodes or edges but some others; gives their ids by name."""
    declared = ElementTree.SubElement(graph, "attributes", {"class": kind, "mode": "static"})
    ids: dict[str, str] = {}
    for name in columns_of(rows, others)[len(others) :]:
        ids[name] = str(len(ids))
        found = {type(row[name]) for row in rows if name in row}
        only = found.pop() if len(found) == 1 else float if found == {int, float} else str
        ElementTree.SubElement(
            declared, "attribute", {"id": ids[name], "title": name, "type": TYPES[only]}
        )
    return ids


def _about(element: ElementTree.Element, row: Row, ids: dict[str, str]) -> None:
    """The attributes of a node or an edge, then its spell."""
    known = [name for name in ids if name in row]
    if known:
        values = ElementTree.SubElement(element, "attvalues")
        for name in known:
            value = row[name]
            text = str(value).lower() if isinstance(value, bool) else xml_text(str(value))
            ElementTree.SubElement(values, "attvalue", {"for": ids[name], "value": text})
    spell = _spell(row)
    if spell:
        spells = ElementTree.SubElement(element, "spells")
        ElementTree.SubElement(spells, "spell", spell)


def _drawn(element: ElementTree.Element, look: Look | None) -> None:
    """How a node looks; y is upwards there."""
    if look is None:
        return
    red, green, blue = map(str, look.rgb)
    ElementTree.SubElement(element, "viz:color", {"r": red, "g": green, "b": blue})
    place = {"x": f"{look.x:g}", "y": f"{-look.y:g}", "z": "0"}
    ElementTree.SubElement(element, "viz:position", place)
    ElementTree.SubElement(element, "viz:size", {"value": f"{look.size:g}"})


def _spell(row: Row) -> dict[str, str]:
    """First and last day of a row, as far as they are known; nothing where they contradict."""
    began = row.get("date") or (f"{row['year']:04}" if "year" in row else "")
    start = parse_edtf(began) if began else None
    end = parse_edtf(row["end"]) if "end" in row else None
    if start and not end and row.get("date_of") in PASSING:
        end = start
    first, last = start and start.begin, end and end.end
    if first and last and first > last:
        return {}
    days = {"start": first, "end": last}
    return {name: day.isoformat() for name, day in days.items() if day}


__all__ = ["NAMESPACE", "to_gexf"]
