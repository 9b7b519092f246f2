"""The looks of nodes on the page, for programs that draw an exported network."""

from __future__ import annotations

import networkx as nx

from citypact.graph.export.look import Look
from citypact.graph.pages.network.layout import positions
from citypact.graph.pages.network.style import node_style, size_of

MOST = 2000
"""Networks with more nodes are left to the layouts of the program that opens them."""


def looks_of(network: nx.Graph) -> dict[str, Look]:
    """The look of every node by its IRI; none for an empty or a very large network.

    Nodes without a kind, the cities of the network of cities, look like governments.
    """
    if not 0 < len(network) <= MOST:
        return {}
    drawn = nx.MultiDiGraph(network)
    for _, data in drawn.nodes(data=True):
        data.setdefault("kind", "government")
    places = positions(drawn)
    return {
        iri: Look(
            places[iri].x,
            places[iri].y,
            size_of(drawn, iri),
            node_style(str(data["kind"])).colour,
        )
        for iri, data in drawn.nodes(data=True)
    }


__all__ = ["looks_of"]
