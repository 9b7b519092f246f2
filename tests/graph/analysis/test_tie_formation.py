"""Event histories of ties: the pairs at risk by hand, and a process whose odds are known."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import numpy as np
import pytest

from citypact.graph.analysis.places import Places, places
from citypact.graph.analysis.regression import NotFitted
from citypact.graph.analysis.tie_formation import (
    EARLY,
    LATE,
    WITHOUT,
    Formation,
    History,
    tie_formation,
)

pytest.importorskip("statsmodels")
CODES = ("KR", "JP", "FR", "BR", "DE", "US", "IN", "EG")


def world(hubs: int, others: int, seed: int) -> nx.Graph:
    """Places without ties, each in a country of its own but for the eight that are named."""
    generator = np.random.default_rng(seed)
    network = nx.Graph()
    for node in range(hubs + others):
        network.add_node(
            node,
            side="hub" if node < hubs else "other",
            population=int(np.exp(generator.normal(13, 1))),
            capital=bool(generator.random() < 0.3),
            country=f"c{node}",
            latitude=float(generator.uniform(-60, 60)),
            longitude=float(generator.uniform(-180, 180)),
        )
    return network


def where(network: nx.Graph) -> Places:
    return places(network, {f"c{i}": CODES[i % len(CODES)] for i in range(len(network))})


def grown(
    network: nx.Graph, log_odds: float, years: range, seed: int, base: float = 5.5
) -> nx.Graph:
    """Ties of hubs that form year by year; each common hub adds `log_odds`."""
    generator = np.random.default_rng(seed)
    hubs = {node for node, side in network.nodes.data("side") if side == "hub"}
    for year in years:
        formed = []
        for hub in sorted(hubs):
            for other in network:
                # Hubs among each other once.
                if other == hub or (other in hubs and other < hub) or network.has_edge(hub, other):
                    continue
                common = len(hubs & network.adj[hub].keys() & network.adj[other].keys())
                if generator.random() < 1 / (1 + math.exp(base - log_odds * common)):
                    formed.append((hub, other))
        network.add_edges_from(formed, first_year=year, last_year=year)
    return network


def fitted(network: nx.Graph, **more: Any) -> Formation:
    hubs = [node for node, side in network.nodes.data("side") if side == "hub"]
    history = History(network, hubs, dict.fromkeys(hubs, 2000), {}, {})
    return tie_formation(history, where(network), **more)


def test_the_odds_of_partners_in_common_are_found() -> None:
    network = grown(world(14, 60, seed=1), 0.5, range(1970, 2001), seed=3)
    found = fitted(network)
    common = found.model.coefficient("common_partners")
    assert common and common.low is not None and common.high is not None
    assert common.low < 0.5 < common.high
    assert common.low > 0
    assert found.without and all(
        abs(each - common.estimate) < 0.3 for each in found.without.values()
    )


def test_pairs_are_at_risk_until_they_are_tied_and_as_long_as_the_list_reaches() -> None:
    network = grown(world(10, 40, seed=2), 0.2, range(1970, 1999), seed=5, base=4.3)
    untimed = [(0, 45), (1, 46)]
    network.remove_edges_from(untimed)
    network.add_edges_from(untimed)
    until = dict.fromkeys(range(10), 1998) | {3: 1980}
    history = History(network, range(10), until, {}, {})
    place = where(network)
    risk = tie_formation(history, place).risk
    same = {(a, b) for a in network for b in network if a % len(CODES) == b % len(CODES)}
    pairs, pair_years, events = set(), 0, 0
    for year in range(risk.first_year, 1999):
        for hub in range(10):
            for other in network:
                if hub == other or (hub, other) in same or until[hub] < year:
                    continue
                if other in until and until[other] >= year and other < hub:
                    continue
                data = network.get_edge_data(hub, other)
                begun = 9999 if data is None else data.get("first_year", 0)
                if begun >= year:
                    pairs.add(frozenset((hub, other)))
                    pair_years += 1
                    events += begun == year
    assert (risk.pairs, risk.pair_years, risk.events) == (len(pairs), pair_years, events)
    assert risk.left_out == 2
    late = tie_formation(history, place, LATE).risk
    is_foreign = [each for each in untimed if each not in same]
    assert late.events - events == len(is_foreign)
    early = tie_formation(history, place, EARLY).risk
    assert (early.events, early.left_out) == (events, 0)


def test_a_few_ties_are_no_history() -> None:
    network = world(4, 20, seed=1)
    network.add_edge(0, 10, first_year=1990, last_year=1990)
    with pytest.raises(NotFitted):
        fitted(network, undated=WITHOUT)
