"""Closure among partners, against counting by hand and a network made without closure."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest

from citypact.graph.analysis.closure import (
    ALL,
    AS_WHOLE,
    closure_regression,
    closure_shares,
    closures,
    ratio,
)
from citypact.graph.analysis.null_models import Comparison, compare
from citypact.graph.analysis.places import places


def listed(hubs: int, others: int, per_hub: int, seed: int) -> nx.Graph:
    """A network of hubs that are tied to any places at random."""
    generator = np.random.default_rng(seed)
    network = nx.Graph()
    for node in range(hubs + others):
        network.add_node(node, side="hub" if node < hubs else "other")
    for hub in range(hubs):
        chosen = generator.choice(hubs + others, per_hub, replace=False).tolist()
        network.add_edges_from((hub, place) for place in chosen if place != hub)
    return network


def by_hand(network: nx.Graph, hub: int, judges: set[int]) -> tuple[int, int]:
    pairs = [
        pair for pair in combinations(network[hub], 2) if pair[0] in judges or pair[1] in judges
    ]
    return len(pairs), sum(network.has_edge(*pair) for pair in pairs)


def test_known_pairs_are_those_that_a_whole_list_tells_of() -> None:
    network, judges = listed(12, 40, 15, seed=4), {0, 2, 3, 7, 11}
    for hub, found in closures(network, judges).items():
        assert (found.pairs, found.tied) == by_hand(network, hub, judges)
        assert found.partners == network.degree(hub)
    shares = closure_shares(network, judges)
    counts = [by_hand(network, hub, judges) for hub in range(12)]
    assert shares[ALL] == pytest.approx(sum(c[1] for c in counts) / sum(c[0] for c in counts))
    assert shares[AS_WHOLE] == closure_shares(network, set(range(12)))[ALL]


def test_leaving_a_hub_out_is_removing_it() -> None:
    network, judges = listed(12, 40, 15, seed=4), {0, 2, 3, 7, 11}
    shares = closure_shares(network, judges)
    for hub in range(12):
        part = nx.Graph(network)
        part.remove_node(hub)
        assert shares[ALL, hub] == pytest.approx(closure_shares(part, judges)[ALL])


def by_chance(network: nx.Graph, judges: Collection[Any]) -> dict[Any, Comparison]:
    return compare(network, partial(closure_shares, judges=judges), "rewired-by-side", 100)


def test_lists_made_at_random_show_no_closure_and_lists_of_friends_do() -> None:
    chance = listed(12, 60, 12, seed=2)
    found = by_chance(chance, set(range(12)))
    assert found[ALL].p > 0.05
    assert 0.7 < (ratio(found) or pytest.fail()).ratio < 1.4
    # Two circles of hubs, each of which is tied to its own and to places of its own.
    friends = nx.Graph()
    for circle in (0, 1):
        hubs = [f"hub {circle} {i}" for i in range(6)]
        others = [f"other {circle} {i}" for i in range(8)]
        friends.add_nodes_from(hubs, side="hub")
        friends.add_nodes_from(others, side="other")
        friends.add_edges_from(combinations(hubs, 2))
        friends.add_edges_from((hub, place) for hub in hubs for place in others)
    judges = {node for node, side in friends.nodes.data("side") if side == "hub"}
    found = by_chance(friends, judges)
    assert found[ALL].p <= 2 / 101
    assert (ratio(found) or pytest.fail()).ratio > 1.5
    assert min((ratio(found) or pytest.fail()).without.values()) > 1.3


def test_the_model_finds_what_made_the_ties() -> None:
    """Ties that follow from the size of places alone have no effect of partners in common."""
    generator = np.random.default_rng(5)
    network = nx.Graph()
    for node in range(150):
        network.add_node(
            node,
            side="hub" if node < 20 else "other",
            population=int(np.exp(generator.normal(13, 1))),
            capital=bool(node % 3 == 0),
            country=f"c{node}",
            latitude=float(generator.uniform(-60, 60)),
            longitude=float(generator.uniform(-180, 180)),
        )
    for hub in range(20):
        for place in range(150):
            size = np.log(network.nodes[place]["population"]) - 13
            if place > hub and generator.random() < 1 / (1 + np.exp(2 - size)):
                network.add_edge(hub, place)
    pytest.importorskip("statsmodels")
    where = places(network, {f"c{i}": code for i, code in enumerate(["KR", "JP", "FR", "BR"] * 38)})
    found = closure_regression(network, set(range(20)), where)
    size = found.coefficient("log_population")
    common = found.coefficient("common_partners")
    assert size and size.low and size.high and size.low < 1 < size.high
    assert common and common.low is not None and common.high is not None
    assert common.low < 0.1 and common.high > -0.1
