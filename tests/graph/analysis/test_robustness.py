"""Figures with sources left out and drawn again."""

from __future__ import annotations

import math
from itertools import combinations
from statistics import mean, stdev

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citypact.graph.analysis.robustness import (
    Range,
    leave_one_out,
    ranges,
    redraw,
    sole_sources,
    without,
)
from tests.soak import times

Edge = tuple[str, str]


def ties(network: nx.Graph) -> float:
    return float(network.number_of_edges())


def degree_of_seoul(network: nx.Graph) -> float | None:
    return network.degree("seoul") if "seoul" in network else None


def mean_weight(network: nx.Graph) -> float | None:
    weights = [weight for *_, weight in network.edges(data="weight")]
    return float(mean(weights)) if weights else None


def share_of_old(network: nx.Graph) -> float:
    """Fails with a ZeroDivisionError where there is no tie."""
    old = [year < 2000 for *_, year in network.edges(data="year")]
    return float(sum(old) / len(old))


def made(**documents: str) -> tuple[nx.Graph, dict[Edge, frozenset[str]]]:
    """A star around Seoul: for each city its documents, as letters; all of them cities of 1990."""
    network = nx.Graph()
    network.add_edges_from(("seoul", city, {"year": 1990}) for city in documents)
    return network, {("seoul", city): frozenset(each) for city, each in documents.items()}


def test_an_edge_goes_with_its_last_document_and_nodes_stay() -> None:
    network, behind = made(hanoi="a", hue="ab", london="bc", quito="")
    assert set(without(network, behind, "a").edges) == {
        ("seoul", "hue"), ("seoul", "london"), ("seoul", "quito"),
    }  # fmt: skip
    assert set(without(network, behind, "abc").edges) == {("seoul", "quito")}
    assert set(without(network, behind, "abc")) == set(network)
    assert network.number_of_edges() == 4


def test_parallel_ties_go_one_by_one_whichever_end_is_named_first() -> None:
    network = nx.MultiGraph()
    network.add_edge("seoul", "hanoi", key="agreement", year=2015)
    network.add_edge("seoul", "hanoi", key="partnership")
    behind = {
        ("hanoi", "seoul", "agreement"): frozenset("a"),
        ("seoul", "hanoi", "partnership"): frozenset("b"),
    }
    left = without(network, behind, "b")
    assert list(left.edges(keys=True, data=True)) == [
        ("seoul", "hanoi", "agreement", {"year": 2015})
    ]


def test_leaving_out_by_hand() -> None:
    network, behind = made(hanoi="a", hue="ab", london="c", paris="c", lima="b")
    assert sole_sources(network, behind) == {
        "a": [("seoul", "hanoi")],
        "b": [("seoul", "lima")],
        "c": [("seoul", "london"), ("seoul", "paris")],
    }
    found = ranges(network, behind, {"ties": ties}, draws=20)["ties"]
    assert (found.value, found.least, found.greatest) == (5, 3, 5)
    assert (found.source, found.without, found.least_without) == ("c", 3, "c")
    assert found.greatest_without == ""
    assert (found.sources, found.sole) == (3, 3)
    # 4, 4 and 3 without a, b and c: √(2/3 · (1/9 + 1/9 + 4/9)) = 2/3.
    assert found.jackknife == pytest.approx(2 / 3)


def test_a_source_can_raise_a_figure_by_missing() -> None:
    network, behind = made(hanoi="a", hue="b", london="c")
    network.edges["seoul", "hanoi"]["year"] = 2015
    found = ranges(network, behind, {"old": share_of_old}, draws=1)["old"]
    assert found.value == pytest.approx(2 / 3)
    assert (found.greatest, found.greatest_without) == (1, "a")
    assert (found.least, found.least_without) == (0.5, "b")  # c does the same: b comes first
    assert found.source == "a"


def test_a_source_without_which_nothing_can_be_told_is_named() -> None:
    network, behind = made(hanoi="a", hue="a")
    found = ranges(network, behind, {"old": share_of_old, "ties": ties}, draws=5)
    assert found["old"].undefined_without == ("a",)
    assert (found["old"].least, found["old"].greatest) == (1, 1)
    assert found["old"].jackknife is None
    assert found["ties"].undefined_without == ()
    assert found["ties"].least == 0


def nothing(network: nx.Graph) -> float | None:
    return None


def no_number(network: nx.Graph) -> float:
    return math.nan


@pytest.mark.parametrize("measure", [nothing, no_number])
def test_a_figure_that_cannot_be_told_has_no_range(measure: object) -> None:
    network, behind = made(hanoi="a", hue="b")
    found = ranges(network, behind, {"it": measure}, draws=5)["it"]  # type: ignore[dict-item]
    assert found.value is None
    assert {found.least, found.greatest, found.low, found.high, found.mean} == {None}
    assert (found.defined, found.source, found.is_shifted) == (0, "", False)


@pytest.mark.parametrize("network", [nx.Graph(), nx.empty_graph(3), nx.MultiGraph()])
def test_a_network_without_edges_has_ranges_without_width(network: nx.Graph) -> None:
    found = ranges(network, {}, {"ties": ties}, draws=5)["ties"]
    assert (found.value, found.least, found.greatest, found.low, found.high) == (0, 0, 0, 0, 0)
    assert (found.sources, found.sole, found.source) == (0, 0, "")


def test_ties_without_documents_and_ties_of_many_stay() -> None:
    network, behind = made(hanoi="", hue="abcdefgh", london="abcdefgh")
    found = ranges(network, behind, {"ties": ties}, draws=50)["ties"]
    assert (found.low, found.high, found.least, found.kept) == (3, 3, 3, 1)


@st.composite
def networks(draw: st.DrawFn) -> tuple[nx.Graph, dict[Edge, frozenset[str]]]:
    pairs = list(combinations("stuvw", 2))
    edges = draw(st.lists(st.sampled_from(pairs), unique=True))
    network = nx.Graph()
    network.add_nodes_from("stuvw")
    network.add_edges_from(sorted(edges))
    return network, {edge: draw(st.frozensets(st.sampled_from("abcd"))) for edge in edges}


@given(networks())
@settings(max_examples=times(60))
def test_leaving_out_is_what_trying_every_source_gives(
    given: tuple[nx.Graph, dict[Edge, frozenset[str]]],
) -> None:
    network, behind = given
    measures = {"triangles": lambda n: sum(nx.triangles(n).values()) / 3, "share": nx.transitivity}
    every = sorted(frozenset().union(*behind.values()))
    found = ranges(network, behind, measures, draws=1)
    for name, measure in measures.items():
        values = [measure(network)] + [measure(without(network, behind, each)) for each in every]
        assert (found[name].least, found[name].greatest) == (min(values), max(values))
        if found[name].source:
            moved = measure(without(network, behind, found[name].source))
            assert moved == found[name].without
            assert abs(moved - values[0]) == max(abs(each - values[0]) for each in values)


def test_only_sole_sources_are_left_out() -> None:
    network, behind = made(hanoi="ab", hue="b", london="cd")
    found = leave_one_out(network, behind, {"ties": ties})
    assert list(found.without) == ["b"]
    assert (found.sources, found.sole) == (4, 1)


def test_only_the_sources_with_most_ties_can_be_asked_for() -> None:
    network, behind = made(hanoi="a", hue="b", london="c", paris="c", lima="d", rome="d")
    found = ranges(network, behind, {"ties": ties}, draws=1, most=2)["ties"]
    assert (found.sole, found.tried, found.source, found.jackknife) == (4, 2, "c", None)
    assert list(leave_one_out(network, behind, {"ties": ties}, most=2).without) == ["c", "d"]


# Draws


def of_one_document_each(number: int) -> tuple[nx.Graph, dict[Edge, frozenset[str]]]:
    network = nx.Graph()
    weights = np.random.default_rng(5).normal(10, 2, number)
    for i, weight in enumerate(weights):
        network.add_edge("seoul", f"city{i}", weight=float(weight))
    return network, {edge: frozenset({f"document{edge[1]}"}) for edge in network.edges}


def test_halves_keep_half_of_what_single_documents_tell() -> None:
    network, behind = of_one_document_each(40)
    found = redraw(network, behind, {"ties": ties}, draws=30)
    assert {each["ties"] for each in found.values} == {20}
    assert set(found.kept) == {0.5}


def test_draws_with_replacement_keep_what_probability_says() -> None:
    network, behind = of_one_document_each(40)
    found = redraw(network, behind, {"ties": ties}, draws=400, replacement=True)
    expected = 1 - (1 - 1 / 40) ** 40
    assert mean(found.kept) == pytest.approx(expected, abs=0.01)


def test_the_spread_of_a_mean_is_its_standard_error() -> None:
    """Halves vary as the bootstrap does: s/√n; drawn with replacement, presence varies less."""
    network, behind = of_one_document_each(100)
    weights = [weight for *_, weight in network.edges(data="weight")]
    error = stdev(weights) / math.sqrt(len(weights))
    found = ranges(network, behind, {"mean": mean_weight}, draws=1500)["mean"]
    assert found.deviation == pytest.approx(error, rel=0.06)
    assert found.jackknife == pytest.approx(error, rel=0.02)
    assert found.low is not None and found.high is not None
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * error, rel=0.1)
    assert not found.is_shifted
    repeated = redraw(network, behind, {"mean": mean_weight}, 1500, replacement=True)
    spread = stdev(each["mean"] or 0 for each in repeated.values)
    assert spread == pytest.approx(error * math.sqrt(math.exp(-1) / (1 - math.exp(-1))), rel=0.08)


def test_counts_are_known_to_shrink() -> None:
    network, behind = of_one_document_each(40)
    found = ranges(network, behind, {"ties": ties, "mean": mean_weight}, draws=200)
    assert found["ties"].is_shifted
    assert found["ties"].high == 20


def test_the_same_seed_gives_the_same_draws_and_more_begin_with_them() -> None:
    network, behind = made(hanoi="a", hue="ab", london="bc", quito="d", lima="e")
    few, again = (redraw(network, behind, {"ties": ties}, 20, seed=3) for _ in range(2))
    more = redraw(network, behind, {"ties": ties}, 40, seed=3)
    other = redraw(network, behind, {"ties": ties}, 20, seed=4)
    assert few == again
    assert more.values[:20] == few.values
    assert other.values != few.values


def test_edges_of_one_document_come_and_go_together() -> None:
    network, behind = made(hanoi="a", hue="a", london="a", lima="b", quito="b")
    found = redraw(network, behind, {"seoul": degree_of_seoul}, draws=50)
    assert {each["seoul"] for each in found.values} == {2, 3}


def test_a_range_says_with_what_it_was_made() -> None:
    network, behind = made(hanoi="a", hue="b")
    found = ranges(network, behind, {"ties": ties}, draws=7, seed=9)["ties"]
    assert isinstance(found, Range)
    assert (found.draws, found.defined, found.seed) == (7, 7, 9)
