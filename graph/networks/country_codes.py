"""The countries of a network by their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from citypact.graph.networks.reader import NetworkReader
from citypact.graph.rdf.terms import short
from citypact.sources.twins.country_names import country_code

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.store.base import Store


def country_codes(store: Store, network: nx.Graph) -> dict[str, str]:
    """The ISO 3166-1 code of each country of a network's nodes, by what their `country` says.

    As the store has it, else by the country's name; a country without either is left out.
    """
    reader = NetworkReader.of(store)
    known = {
        short(iri).split("/")[-1]: codes[0]
        for iri, codes in reader.pairs("?a citypact:countryCode ?b").items()
    }
    found: dict[str, str] = {}
    for _, data in network.nodes(data=True):
        name = str(data.get("country", ""))
        code = known.get(name) or country_code(str(data.get("country_en", "")))
        if name and code:
            found[name] = code
    return dict(sorted(found.items()))


__all__ = ["country_codes"]
