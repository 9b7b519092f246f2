"""Actors whose ties were collected by a rule of their own."""

from __future__ import annotations

import networkx as nx
import pytest

from citypact.graph.analysis.registers import own_partners, rank_elsewhere

HUBS = nx.Graph([("a", x) for x in "bcde"] + [("b", x) for x in "cdf"] + [("g", "h")])


def test_lists_of_one_actor_are_told_from_lists_of_all() -> None:
    behind = {edge: frozenset({"world"}) for edge in HUBS.edges}
    assert own_partners(behind) == {}, "a list of all adds ties everywhere"
    for other in "bcde":
        behind["a", other] = frozenset({"world", "list of a"})
    assert own_partners(behind) == {}, "the other list has these ties too"
    for other in "cde":
        behind["a", other] = frozenset({"list of a"})
    assert own_partners(behind) == {"a": frozenset("cde")}


def test_what_a_document_says_it_is_counts() -> None:
    behind = {edge: frozenset({"both"}) for edge in (("a", "c"), ("a", "d"), ("b", "f"))}
    assert own_partners(behind) == {}
    assert own_partners(behind, {"both": {"a"}}) == {"a": frozenset("cd")}


def test_single_reports_are_those_of_the_actor_that_most_of_them_are_about() -> None:
    behind = {("a", other): frozenset({f"report on {other}"}) for other in "bcd"}
    behind["b", "e"] = frozenset({"report on e"})
    assert own_partners(behind) == {"a": frozenset("bcd")}


def test_a_pair_without_a_source_is_nobodys() -> None:
    assert own_partners({("a", other): frozenset[str]() for other in "bcd"}) == {}


@pytest.mark.parametrize("node", sorted(HUBS))
def test_the_rank_elsewhere_is_that_of_the_network_without_the_ties(node: str) -> None:
    own = sorted(HUBS[node])[1:]
    left = HUBS.copy()
    left.remove_edges_from((node, other) for other in own)
    higher = sum(degree > left.degree(node) for _, degree in left.degree())
    assert rank_elsewhere(HUBS, node, own) == (left.degree(node), 1 + higher)
