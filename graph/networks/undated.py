"""Ties that no day lets through because nobody knows when they began."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import networkx as nx

from citypact.graph.networks.filter import Filter
from citypact.graph.networks.networks import NETWORKS
from citypact.graph.store.base import Store


def undated_ties(store: Store, network_name: str, chosen: Filter) -> Counter[str]:
    """The number of ties of a network that every day excludes, by their relation.

    They have no date, or one without a year. Offices belong to their bodies at any time, and do
    not count.
    """
    whole, dated = (
        _ties(NETWORKS[network_name](store, replace(chosen, as_of=day))) for day in (None, date.max)
    )
    relations = Counter(str(whole[key].get("relation")) for key in whole.keys() - dated.keys())
    del relations["office"]
    return relations


def _ties(network: nx.Graph) -> dict[Any, dict[str, Any]]:
    """The attributes of ties by their key, or by the two that they join."""
    if network.is_multigraph():
        return {key: data for *_, key, data in network.edges(keys=True, data=True)}
    return {frozenset((one, other)): data for one, other, data in network.edges(data=True)}


__all__ = ["undated_ties"]
