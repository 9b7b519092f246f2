"""Networks as GraphML, and the text that XML can hold."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from citypact.graph.export.look import Look

if TYPE_CHECKING:
    import networkx as nx


def to_graphml(
    network: nx.Graph, looks: Mapping[str, Look] = MappingProxyType({}), language: str = "en"
) -> bytes:
    """GraphML in UTF-8. Characters that XML 1.0 cannot hold are left out.

    The ids of edges are their keys, and so is the attribute `key`, since igraph does not read ids.
    networkx makes a multigraph again of a file without parallel edges only with
    `read_graphml(…, force_multigraph=True)`. With looks, nodes have what Gephi draws by: `label`,
    in a language, `x`, `y` (upwards), `size`, `r`, `g` and `b`.
    """
    import networkx as nx

    clean = network.__class__(**network.graph)
    clean.add_nodes_from(
        (node, _clean(data | _drawn(data, looks.get(node), language)))
        for node, data in network.nodes(data=True)
    )
    if network.is_multigraph():
        clean.add_edges_from(
            (s, t, k, _clean(d | {"key": k})) for s, t, k, d in network.edges(keys=True, data=True)
        )
    else:
        clean.add_edges_from((s, t, _clean(d)) for s, t, d in network.edges(data=True))
    buffer = io.BytesIO()
    # Ids of attributes stay d0, d1 …: by name, one of a node and one of an edge would be the same.
    nx.write_graphml_xml(clean, buffer, encoding="utf-8", prettyprint=True)
    return _truth_values(buffer.getvalue())


def _truth_values(data: bytes) -> bytes:
    """Writes truth values as XML has them: networkx writes True, which strict readers refuse."""
    keys = re.findall(rb"<key [^>]*>", data)
    booleans = [
        re.escape(found[1])
        for key in keys
        if b'attr.type="boolean"' in key and (found := re.search(rb'\bid="([^"]*)"', key))
    ]
    if not booleans:
        return data
    cell = rb'(<data key="(?:%s)">)(True|False)(</data>)' % b"|".join(booleans)
    return re.sub(cell, lambda found: found[1] + found[2].lower() + found[3], data)


def _drawn(data: dict[str, Any], look: Look | None, language: str) -> dict[str, Any]:
    """The attributes by which Gephi draws a node; nothing without a look."""
    if look is None:
        return {}
    red, green, blue = look.rgb
    label = str(data.get(f"label_{language}", ""))
    return {
        "label": label, "x": float(look.x), "y": -float(look.y), "size": float(look.size),
        "r": red, "g": green, "b": blue,
    }  # fmt: skip


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    return {k: xml_text(v) if isinstance(v, str) else v for k, v in data.items()}


def xml_text(text: str) -> str:
    """A text without the characters that XML 1.0 cannot hold or would change (carriage returns)."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


__all__ = ["to_graphml", "xml_text"]
