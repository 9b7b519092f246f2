"""What all chapters of one report share: the graph, its networks, seed, draws and day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from citypact.graph.analysis.places import Places, places
from citypact.graph.analysis.registers import own_partners
from citypact.graph.analysis.simple import simple
from citypact.graph.networks.country_codes import country_codes
from citypact.graph.networks.documents import Documents, EdgeId, documents_of_edges
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.networks import NETWORKS
from citypact.graph.networks.tie_documents import TieDocuments
from citypact.graph.relations.partner_lists import PartnerLists, partner_lists
from citypact.graph.store.base import Store
from citypact.graph.store.labels import Names
from citypact.graph.text.bilingual import Words, both

if TYPE_CHECKING:
    import networkx as nx

    from citypact.graph.analysis.null_models import Comparison
    from citypact.graph.analysis.robustness import Range


@dataclass
class Study:
    """The graph under study, and what its chapters may choose.

    network_name: the network of one kind of actors that is studied, `actors` or `cities`. chosen:
    the filter, of which `as_of` counts. seed and draws: of all that chance has a part in. most: so
    many draws at most, while a test is undecided; as many as `draws` where not more. cluster:
    address of a Dask scheduler (`tcp://…`); '' draws in this process. progress: takes what is being
    done, for a person who watches. Networks are made once and only to be read.
    """

    store: Store
    network_name: str = "actors"
    chosen: Filter = field(default_factory=Filter)
    seed: int = 1
    draws: int = 1000
    cluster: str = ""
    progress: Callable[[str], None] = lambda step: None
    most: int = 0

    def __post_init__(self) -> None:
        self._networks: dict[str, nx.Graph] = {}
        self._simple: dict[str, nx.Graph] = {}
        self._collected: dict[str, nx.Graph] = {}
        self._documents: dict[str, dict[EdgeId, Documents]] = {}
        self._own: dict[str, dict[str, frozenset[str]]] = {}
        self.compared: dict[str, dict[str, Comparison]] = {}
        """Features compared with chance, by null model and name."""
        self.ranges: dict[tuple[str, str], Range] = {}
        """Ranges that were measured, by the names of finding and headline."""

    @cached_property
    def lists(self) -> PartnerLists:
        """The lists of partners that cities give from their own side."""
        return partner_lists(self.store, self.chosen)

    @cached_property
    def names(self) -> Names:
        """The names of things."""
        return Names.of(self.store)

    @property
    def most_draws(self) -> int:
        """The draws at most, while a test is undecided."""
        return max(self.draws, self.most)

    def label(self, node: str) -> Words:
        """The name of a node in both languages: as a network has it, else as the graph has it."""
        for network in self._networks.values():
            data = network.nodes.get(node, {})
            if "label_ko" in data and "label_en" in data:
                return both(str(data["label_ko"]), str(data["label_en"]))
        return self.names.both(node)

    def network(self, name: str = "") -> nx.Graph:
        """A network by its name, with the filter; the one under study where not given."""
        name = name or self.network_name
        if name not in self._networks:
            self._networks[name] = NETWORKS[name](self.store, self.chosen)
        return self._networks[name]

    def simple(self, name: str = "") -> nx.Graph:
        """The same as a simple network: one edge a pair, no loops, no prospects."""
        name = name or self.network_name
        if name not in self._simple:
            self._simple[name] = simple(self.network(name))
        return self._simple[name]

    def places(self, name: str = "") -> Places:
        """The places of the nodes of a network, countries by their codes."""
        network = self.network(name)
        return places(network, country_codes(self.store, network))

    def documents(self, name: str = "") -> dict[EdgeId, Documents]:
        """The documents (IRIs) behind each edge of a network: `actors`, `cities` or `topics`."""
        name = name or self.network_name
        if name not in self._documents:
            network = self.network(name)
            self._documents[name] = documents_of_edges(self.store, network, self.chosen)
        return self._documents[name]

    def own_partners(self, name: str = "") -> dict[str, frozenset[str]]:
        """By actor the partners that only a register of its own reports (`analysis.registers`)."""
        name = name or self.network_name
        if name not in self._own:
            ties = TieDocuments.of(self.store)
            self._own[name] = own_partners(self.documents(name), ties.declared)
        return self._own[name]

    @cached_property
    def share_of_lists(self) -> float:
        """The share of connected pairs that only the list of one of the two reports."""
        pairs = {
            frozenset((node, other)) for node, near in self.own_partners().items() for other in near
        }
        return len(pairs) / max(1, int(self.simple().number_of_edges()))

    @property
    def is_of_lists(self) -> bool:
        """Whether most ties are on the list of one end alone: the lists make centres and groups."""
        return self.share_of_lists > 0.5

    def collected(self, name: str = "") -> nx.Graph:
        """The same as `simple`, and as `collected` of each node its kind, and if it has a list.

        Null models keep how many ties a node has to each: a tie of two nodes without a list is
        hardly ever on record, and one that a model draws there is no triangle, community or
        distance that the network could have shown.
        """
        name = name or self.network_name
        if name not in self._collected:
            network, own = self.simple(name).copy(), self.own_partners(name)
            for node, data in network.nodes(data=True):
                known = "with" if node in own else "without"
                data["collected"] = f"{data.get('kind', '')} {known} list"
            self._collected[name] = network
        return self._collected[name]

    def sources(
        self, name: str = "", only: Callable[[EdgeId], bool] = lambda edge: True
    ) -> set[str]:
        """The documents behind the edges of a network, or behind those that `only` holds for."""
        known = self.documents(name).items()
        return {iri for edge, documents in known if only(edge) for iri in documents}


__all__ = ["Study"]
