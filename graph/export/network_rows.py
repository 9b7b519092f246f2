"""Networks as tables of nodes and edges in CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citypact.graph.tables.table import Row
from citypact.sources.files.csv_tables import write_table

if TYPE_CHECKING:
    import networkx as nx

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""By which Excel knows a CSV file as UTF-8."""


def nodes_and_edges(network: nx.Graph) -> tuple[list[Row], list[Row], list[str]]:
    """The rows of nodes, the rows of edges, and the columns that name an edge.

    A node's row is its id and its attributes; that of an edge its source and target, its key where
    parallel edges may be, and its attributes.
    """
    nodes = [{"id": node, **data} for node, data in network.nodes(data=True)]
    if network.is_multigraph():
        ends = ["source", "target", "key"]
        edges = network.edges(keys=True, data=True)
    else:
        ends = ["source", "target"]
        edges = network.edges(data=True)
    return nodes, [{**dict(zip(ends, edge, strict=False)), **edge[-1]} for edge in edges], ends


def columns_of(rows: list[Row], first: list[str]) -> list[str]:
    """The columns of rows: some first, then all others by name."""
    return first + sorted({key for row in rows for key in row} - set(first))


def to_tables(network: nx.Graph, language: str = "en") -> dict[str, bytes]:
    """`nodes.csv` and `edges.csv` (RFC 4180, UTF-8): attributes as columns, missing ones empty.

    They begin with a byte order mark, for Excel, and with the columns that Gephi looks for (Id,
    Label; Source, Target), names in a language. A text that a spreadsheet would take for a formula
    gets an apostrophe before it.
    """
    nodes, edges, ends = nodes_and_edges(network)
    names = {row["id"]: row.get(f"label_{language}", "") for row in nodes}
    nodes = [{"Id": row["id"], "Label": names[row["id"]], **row} for row in nodes]
    edges = [
        {
            "Source": row["source"],
            "Target": row["target"],
            "source_label": names[row["source"]],
            "target_label": names[row["target"]],
            **row,
        }
        for row in edges
    ]
    for row in (*nodes, *edges):
        for name in ("id", "source", "target"):
            row.pop(name, None)
    first = ["Source", "Target", "source_label", "target_label", *ends[2:]]
    return {
        "nodes.csv": BYTE_ORDER_MARK + write_table(columns_of(nodes, ["Id", "Label"]), nodes),
        "edges.csv": BYTE_ORDER_MARK + write_table(columns_of(edges, first), edges),
    }


__all__ = ["columns_of", "nodes_and_edges", "to_tables"]
