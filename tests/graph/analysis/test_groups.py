"""Closed groups: the cliques of networkx, and the known one of the world's sister cities."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citypact.graph.analysis.groups import Cliques, maximal_cliques, overlapping_groups, separate
from citypact.ontology.errors import CitypactError

WORLD = Path(os.environ.get("CITYPACT_MATERIAL") or "nowhere") / "world"

networks = st.builds(
    nx.Graph, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=40)
)


def rows(name: str) -> list[dict[str, str]]:
    if not (WORLD / name).is_file():
        pytest.skip(f"CITYPACT_MATERIAL has no world/{name}: there are no groups to find")
    with (WORLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@given(networks, st.integers(2, 5))
def test_groups_are_those_of_networkx(network: nx.Graph, k: int) -> None:
    network.remove_edges_from(list(nx.selfloop_edges(network)))
    ours = {frozenset(clique) for clique in maximal_cliques(network, k)}
    assert ours == {frozenset(c) for c in nx.find_cliques(network) if len(c) >= k}
    groups = [frozenset(group.members) for group in overlapping_groups(network, k)]
    assert sorted(map(sorted, groups)) == sorted(
        map(sorted, nx.community.k_clique_communities(network, k))
    )
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)


@given(networks)
def test_separate_cliques_have_nobody_in_common_and_leave_none_that_could_be_added(
    network: nx.Graph,
) -> None:
    cliques = maximal_cliques(network, 2)
    found = separate(cliques, len(cliques))
    members = [node for clique in found for node in clique]
    assert len(members) == len(set(members))
    assert found[:1] == cliques[:1]
    assert all(set(clique).intersection(members) for clique in cliques)
    assert separate(cliques, 1) == cliques[:1]


def test_the_largest_clique_of_the_world_is_the_douzelage_association() -> None:
    world = nx.Graph((row["source"], row["target"]) for row in rows("wikipedia_2026/links.csv"))
    known = {
        row["id"]
        for row in rows("known_clique_douzelage.csv")
        if row["dataset"] == "wikipedia_2026"
    }
    [largest, *others] = maximal_cliques(world)
    assert len(largest) == 28
    assert set(largest) == known
    assert all(len(clique) < 28 for clique in others)


def test_the_largest_clique_of_2017_has_the_published_size() -> None:
    world = nx.Graph((int(r["source"]), int(r["target"])) for r in rows("konect_2017/links.csv"))
    assert len(maximal_cliques(world)[0]) == 27


def test_a_network_without_ties_has_no_groups() -> None:
    assert maximal_cliques(nx.empty_graph(3)) == []
    assert overlapping_groups(nx.Graph()) == []
    with pytest.raises(CitypactError, match="join nothing"):
        overlapping_groups(nx.Graph(), 1)


def test_what_makes_cliques_is_told_by_their_ties() -> None:
    ties = nx.MultiGraph()
    ties.add_nodes_from(["club"], kind="network")
    for member in ("kyoto", "lima", "paris"):
        ties.add_edges_from([("seoul", member), ("seoul", "club"), (member, "club")])
    for one, other in (("lyon", "nice"), ("lyon", "oslo"), ("nice", "oslo")):
        ties.add_edge(one, other, agreement="of 2001")
    nx.set_node_attributes(ties, {"lyon": "FR", "nice": "FR", "oslo": "NO"}, "country")
    found = Cliques(nx.Graph(ties), ties)
    assert (found.sizes, len(found.largest), found.of_one_agreement) == ({3: 4}, 4, 1)
    assert found.countries(("lyon", "nice", "oslo")) == 2
    assert found.countries(("club", "lima", "seoul")) is None
    ties.remove_nodes_from(["lyon", "nice", "oslo"])
    found = Cliques(nx.Graph(ties), ties)
    assert set(found.in_all_largest) == {"club", "seoul"}
    assert Cliques(nx.path_graph(3), nx.path_graph(3)).cliques == []
