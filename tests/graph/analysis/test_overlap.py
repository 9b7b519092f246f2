"""Overlap in two-mode networks, against values worked out by hand."""

from __future__ import annotations

import statistics

import networkx as nx
import pytest

from citypact.graph.analysis.null_models import compare
from citypact.graph.analysis.overlap import overlap
from citypact.ontology.errors import CitypactError


def two_mode(**rows: str) -> nx.Graph:
    """A network of rows and their columns, a letter each."""
    found = nx.Graph()
    found.add_nodes_from(rows, bipartite=0)
    found.add_nodes_from({letter for letters in rows.values() for letter in letters}, bipartite=1)
    found.add_edges_from((row, letter) for row, letters in rows.items() for letter in letters)
    return found


def test_overlap_worked_out_by_hand() -> None:
    # The example of Almeida-Neto et al. 2008, figure 2, has NODF 58.
    network = two_mode(r1="ace", r2="abe", r3="abd", r4="ab", r5="ab")
    found = overlap(network)
    # Shared: 12 of r1 and r2 two; of r1 and the others one each; of the rest two each.
    shared = [2, 1, 1, 1, 2, 2, 2, 2, 2, 2]
    assert found["shared"] == pytest.approx(sum(shared) / 10)
    assert found["unevenness"] == pytest.approx(statistics.pstdev(shared))
    rows = (1 / 2 + 1 / 2 + 1 + 1 + 1 + 1) / 10
    columns = {"a": 5, "b": 4, "c": 1, "d": 1, "e": 2}
    both = {"ab": 4, "ac": 1, "ad": 1, "ae": 2, "bc": 0, "bd": 1, "be": 1, "ce": 1, "de": 0}
    of_columns = sum(n / min(columns[a] for a in pair) for pair, n in both.items()) / 10
    assert found["nestedness"] == pytest.approx(100 * (rows + of_columns) / 2)
    # Checkerboards: only rows that each have what the other lacks.
    ways = {"12": 1, "13": 4, "14": 2, "15": 2, "23": 1, "24": 0, "25": 0, "34": 0, "35": 0}
    assert found["checkerboards"] == pytest.approx(sum(ways.values()) / 10)


def test_pairs_that_are_set_apart_do_not_count() -> None:
    network = two_mode(x="abc", y="abc", z="a")
    assert overlap(network)["shared"] == pytest.approx(5 / 3)
    assert overlap(network, [("y", "x")])["shared"] == 1
    assert overlap(network, [("y", "x")])["unevenness"] == 0
    assert "shared" not in overlap(network, [("x", "y"), ("x", "z"), ("y", "z")])


def test_blocks_are_neither_nested_nor_by_chance() -> None:
    network = two_mode(a="uvw", b="uvw", c="xyz", d="xyz", e="klm", f="klm")
    assert overlap(network)["nestedness"] == 0
    for model in ("bicm", "rewired-two-mode"):
        found = compare(network, overlap, model, draws=200)
        assert found["checkerboards"].p_above < 0.05
        assert found["unevenness"].p_above < 0.1


def test_what_all_rows_share_in_the_mean_follows_from_degrees() -> None:
    network = two_mode(a="uvw", b="uxy", c="xyz", d="w")
    found = compare(network, overlap, "rewired-two-mode", draws=30)
    assert (found["shared"].z, found["shared"].deviation) == (None, 0)
    assert found["unevenness"].deviation > 0


def test_what_is_not_defined_is_left_out() -> None:
    assert overlap(nx.Graph()) == {}
    assert overlap(two_mode(a="x")) == {}
    assert overlap(two_mode(a="x", b="x")) == {"shared": 1, "unevenness": 0, "checkerboards": 0}
    with pytest.raises(CitypactError, match="bipartite"):
        overlap(nx.path_graph(3))
