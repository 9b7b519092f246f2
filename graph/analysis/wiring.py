"""A network by chance as arrays: the nodes of a given network, and other edges between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from citypact.graph.analysis.shared_results import shareable

Array = NDArray[np.integer[Any]]
Function = TypeVar("Function", bound=Callable[..., Any])

_TAKES_WIRINGS: set[Callable[..., Any]] = set()


@dataclass(frozen=True, eq=False)
class Wiring:
    """The nodes of a network and edges by the numbers of their ends: pairs in sorted order.

    What is measured of thousands of draws is measured here: a network of networkx takes longer to
    make than most numbers take to compute. `network` makes it where it is asked for.
    """

    base: nx.Graph
    edges: Array

    @classmethod
    def of(cls, network: nx.Graph) -> Wiring:
        """A network as it is, its edges in its own order."""
        index = {node: i for i, node in enumerate(network)}
        ends = [(index[one], index[other]) for one, other in network.edges()]
        return cls(network, np.array(ends, dtype=np.int64).reshape(-1, 2))

    @classmethod
    def sorted(cls, base: nx.Graph, edges: Array) -> Wiring:
        """Edges in any order, by the numbers of their ends in the order of the network's nodes."""
        ends = np.sort(edges.reshape(-1, 2), axis=1)
        return cls(base, ends[np.lexsort((ends[:, 1], ends[:, 0]))])

    @cached_property
    def network(self) -> nx.Graph:
        """The same for networkx: nodes keep their attributes and order, edges have none."""
        found = nx.Graph(**self.base.graph)
        found.add_nodes_from(self.base.nodes(data=True))
        nodes = list(self.base)
        found.add_edges_from((nodes[one], nodes[other]) for one, other in self.edges.tolist())
        return found

    @cached_property
    def graph(self) -> Any:
        """The same for igraph."""
        import igraph

        return igraph.Graph(n=len(self.base), edges=self.edges)

    def same_ends(self, attribute: str) -> tuple[int, int]:
        """How many edges join two nodes with one value of an attribute, and of how many edges.

        Counted are those both of whose ends have a value.
        """
        one, other = _codes(self.base, attribute)[self.edges.T]
        known = (one >= 0) & (other >= 0)
        return int((known & (one == other)).sum()), int(known.sum())


@shareable
def _codes(network: nx.Graph, attribute: str) -> NDArray[np.int64]:
    """The values of an attribute of nodes as numbers; -1 where there is none."""
    numbers: dict[Any, int] = {None: -1}
    found = [numbers.setdefault(v, len(numbers) - 1) for _, v in network.nodes.data(attribute)]
    return np.array(found, dtype=np.int64)


def on_wirings(function: Function) -> Function:
    """Marks a statistic that takes a `Wiring` as well as a network."""
    _TAKES_WIRINGS.add(function)
    return function


def takes_wirings(statistic: Callable[..., Any]) -> bool:
    """Whether a statistic, or the function that it is a functools.partial of, is marked so."""
    while isinstance(statistic, partial):
        statistic = statistic.func
    return statistic in _TAKES_WIRINGS


def wiring_of(network: nx.Graph | Wiring) -> Wiring:
    """The wiring of a network, or what is one already."""
    return network if isinstance(network, Wiring) else Wiring.of(network)


def steps_between(wiring: Wiring, sources: Sequence[int]) -> int:
    """The sum of the steps from some nodes, by their numbers, to all that can be reached.

    A search in breadth from all of them at once, each a bit of the words that are handed on to
    neighbours.
    """
    count = len(wiring.base)
    one, other = wiring.edges.T
    tails, heads = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.argsort(tails, kind="stable")
    flat = heads[order]
    tied, begin = np.unique(tails[order], return_index=True)
    word, bit = np.divmod(np.arange(len(sources)), 64)
    reached = np.zeros((count, int(word[-1]) + 1), dtype=np.uint64)
    np.bitwise_or.at(reached, (np.asarray(sources), word), np.uint64(1) << bit.astype(np.uint64))
    last, total, step = reached, 0, 0
    while True:
        step += 1
        following = np.zeros_like(reached)
        following[tied] = np.bitwise_or.reduceat(last[flat], begin, axis=0)
        following &= ~reached
        new = int(np.bitwise_count(following).sum(dtype=np.int64))
        if not new:
            return total
        total += step * new
        reached, last = reached | following, following


__all__ = ["Wiring", "on_wirings", "steps_between", "takes_wirings", "wiring_of"]
