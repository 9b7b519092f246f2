"""Likeness of partners, worked out by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from citypact.graph.analysis.likeness import dyads, group_differences, likeness, place_statistic
from citypact.graph.analysis.places import places


def _network() -> nx.Graph:
    network = nx.Graph()
    network.add_node("lisbon", country="PT", latitude=38.72, longitude=-9.13, population=500_000)
    network.add_node("sao-paulo", country="BR", population=10_000_000)
    network.add_node("madrid", country="ES", latitude=40.42, longitude=-3.7, population=3_000_000)
    network.add_node("porto", country="PT", population=250_000)
    network.add_node("atlantis")
    nx.add_path(network, ["sao-paulo", "lisbon", "madrid"])
    network.add_edges_from([("lisbon", "porto"), ("lisbon", "atlantis")])
    return network


def test_dyads_tell_what_two_cities_have_in_common() -> None:
    network = _network()
    found = {(dyad.one, dyad.other): dyad for dyad in dyads(network, places(network))}
    assert list(found) == list(network.edges())
    overseas = found["lisbon", "sao-paulo"]
    assert (overseas.shared_language, overseas.same_continent, overseas.common_border) == (
        True,
        False,
        False,
    )
    assert overseas.population_ratio == pytest.approx(20)
    assert overseas.kilometres is None
    near = found["lisbon", "madrid"]
    assert (near.shared_language, near.same_continent, near.common_border) == (False, True, True)
    assert near.kilometres == pytest.approx(503, abs=3)
    lost = found["lisbon", "atlantis"]
    assert (lost.same_country, lost.kilometres, lost.wealth_ratio) == (None, None, None)


def test_shares_are_of_the_ties_that_are_known_and_the_others_are_counted() -> None:
    network = _network()
    found = {each.trait: each for each in likeness(network, places(network))}
    assert {(each.known, each.unknown) for each in found.values()} == {(3, 1)}
    assert found["same_country"].value == pytest.approx(1 / 3)
    assert found["same_continent"].value == pytest.approx(2 / 3)
    assert found["shared_language"].value == pytest.approx(2 / 3)
    assert found["common_border"].value == pytest.approx(1 / 3)
    assert found["population_ratio"].value == pytest.approx(6)  # of 20, 6 and 2


def test_without_ties_nothing_is_alike() -> None:
    network = nx.empty_graph(["a", "b"])
    for each in likeness(network, places(network)):
        assert (each.value, each.known, each.unknown) == (None, 0, 0)


def test_groups_differ_in_what_they_have_in_common_with_one_place() -> None:
    where = places(_network())
    found = {
        each.trait: each
        for each in group_differences(where, "lisbon", ["madrid", "porto"], ["sao-paulo"], draws=99)
    }
    # Nobody knows how far Porto and São Paulo are; every city has a country.
    assert "kilometres" not in found and "same_country" not in found
    continent = found["same_continent"]
    assert (continent.summaries, continent.unknown) == ((1, 0), 0)
    assert not continent.is_constant
    # The median of 6 and 2; the test compares means of logarithms.
    people = found["population_ratio"]
    assert people.summaries == (pytest.approx(4), pytest.approx(20))
    assert people.test.first == pytest.approx(np.log(12) / 2)
    language = group_differences(where, "lisbon", ["madrid"], ["atlantis", "madrid"], draws=9)[0]
    assert (language.trait, language.is_constant, language.unknown) == ("kilometres", True, 1)


def test_places_tell_of_distances_traits_and_continents_of_ties() -> None:
    network = _network()
    found = place_statistic(network, places(network), (100, 1000))
    # Lisbon–Madrid alone has a length; Lisbon–Porto is in Europe too.
    assert (found["within 100"], found["within 1000"]) == (0, 1)
    assert found["same_continent"] == pytest.approx(2 / 3)
    assert (found["ties EU EU"], found["ties EU SA"], found["ties SA SA"]) == (2, 1, 0)
