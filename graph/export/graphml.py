"""Networks as GraphML, and the text that XML can hold."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx


def to_graphml(network: nx.Graph) -> bytes:
    """GraphML in UTF-8. Characters that XML 1.0 cannot hold are left out.

    The ids of edges are their keys. networkx makes a multigraph again of a file without parallel
    edges only with `read_graphml(…, force_multigraph=True)`.
    """
    import networkx as nx

    clean = network.__class__(**network.graph)
    clean.add_nodes_from((node, _clean(data)) for node, data in network.nodes(data=True))
    if network.is_multigraph():
        clean.add_edges_from(
            (s, t, k, _clean(d)) for s, t, k, d in network.edges(keys=True, data=True)
        )
    else:
        clean.add_edges_from((s, t, _clean(d)) for s, t, d in network.edges(data=True))
    buffer = io.BytesIO()
    # Ids of attributes stay d0, d1 …: by name, one of a node and one of an edge would be the same.
    nx.write_graphml_xml(clean, buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue()


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
