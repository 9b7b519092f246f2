"""The documents behind the ties of a view, for its panels."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import networkx as nx

from citypact.graph.networks.documents import documents_of_edges
from citypact.graph.networks.node_names import key
from citypact.graph.pages.city_views import limits
from citypact.graph.pages.city_views.view import View
from citypact.graph.provenance.documents import SourceDocuments
from citypact.graph.store.base import Store
from citypact.graph.store.labels import Names
from citypact.graph.things.sections import address
from citypact.ontology import NS, is_editors


def tie_sources(store: Store, network: nx.Graph, view: View) -> dict[str, Any]:
    """Documents with their names and addresses, and which of them support each tie of a view.

    Ties go by the keys of what the view draws, in order and with a space between. Of networks with
    more than `limits.SOURCED` ties nothing is given: `citypact why` tells their sources.
    """
    if network.number_of_edges() > limits.SOURCED:
        return {"documents": [], "ties": {}}
    names = Names.of(store)
    known = SourceDocuments(store, names)
    addresses = {
        row["d"].value: row["a"].value
        for row in store.solutions(f"SELECT ?d ?a WHERE {{ ?d <{NS}address> ?a }}")
    }
    behind: dict[str, set[str]] = defaultdict(set)
    for (one, other, *_), documents in documents_of_edges(store, network).items():
        ends = sorted(view.groups.get(city, key(city)) for city in (one, other))
        behind[" ".join(ends)] |= {each for each in documents if not is_editors(each)}
    used = sorted(set().union(*behind.values()))
    place = {iri: number for number, iri in enumerate(used)}
    return {
        "documents": [
            {"name": known.described(iri), "link": address(known.link(iri) or addresses.get(iri))}
            for iri in used
        ],
        "ties": {pair: sorted(place[iri] for iri in found) for pair, found in behind.items()},
    }


__all__ = ["tie_sources"]
