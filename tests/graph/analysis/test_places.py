"""Places of nodes and pairs of them, against distances one by one and known countries."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citypact.graph.analysis.places import TRAITS, kilometres, places
from citypact.sources.reading.distances import distance

degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(st.lists(st.tuples(degrees, degrees), min_size=1, max_size=5))
def test_distances_at_once_are_those_one_by_one(
    pairs: list[tuple[tuple[float, float], tuple[float, float]]],
) -> None:
    numbers = np.array(pairs)
    found = kilometres(numbers[:, 0, 0], numbers[:, 0, 1], numbers[:, 1, 0], numbers[:, 1, 1])
    assert found == pytest.approx([distance(*pair) for pair in pairs], abs=1e-6)


def _network() -> nx.Graph:
    network = nx.Graph()
    network.add_node(
        "seoul", country="south-korea", latitude=37.566, longitude=126.978, population=9_600_000
    )
    network.add_node(
        "busan", country="south-korea", latitude=35.102, longitude=129.04, population=3_200_000
    )
    network.add_node("pyongyang", country="north-korea", latitude=39.034, longitude=125.754)
    network.add_node("lima", country="peru", latitude=-12.043)
    network.add_node("madrid", country="ES", population=0)
    network.add_node("shangri-la", country="nowhere")
    network.add_node("atlantis")
    return network


CODES = {"south-korea": "KR", "north-korea": "KP", "peru": "PE"}


def _traits(one: str, other: str) -> dict[str, float]:
    where = places(_network(), CODES)
    found = where.compared(where.pairs([(one, other)]))
    assert tuple(found) == TRAITS
    return {name: float(values[0]) for name, values in found.items()}


def test_two_cities_of_one_country() -> None:
    found = _traits("seoul", "busan")
    assert found["kilometres"] == pytest.approx(330, abs=1)
    assert found["same_country"] == found["same_continent"] == found["shared_language"] == 1
    assert found["common_border"] == 0
    assert found["population_ratio"] == pytest.approx(3)
    assert found["wealth_ratio"] == 1


def test_neighbouring_countries_with_one_language() -> None:
    found = _traits("pyongyang", "seoul")
    assert found["same_country"] == 0
    assert found["common_border"] == found["shared_language"] == found["same_continent"] == 1
    assert np.isnan(found["population_ratio"])
    assert np.isnan(found["wealth_ratio"])


def test_countries_far_apart_with_one_language() -> None:
    found = _traits("lima", "madrid")
    assert (found["shared_language"], found["same_continent"]) == (1, 0)
    # A latitude without a longitude is no place, and 0 inhabitants is no number of a city.
    assert np.isnan(found["kilometres"])
    assert np.isnan(found["population_ratio"])
    assert found["wealth_ratio"] > 3


def test_what_is_not_known_stays_unknown() -> None:
    assert all(np.isnan(value) for value in _traits("seoul", "atlantis").values())
    found = _traits("seoul", "shangri-la")
    assert found["same_country"] == 0
    assert all(np.isnan(found[name]) for name in TRAITS if name != "same_country")


def test_labels_are_codes_and_continents_and_empty_where_unknown() -> None:
    where = places(_network(), CODES)
    assert where.labels("country") == ["KR", "KR", "KP", "PE", "ES", "nowhere", ""]
    assert where.labels("continent") == ["AS", "AS", "AS", "SA", "EU", "", ""]


def test_an_empty_network_has_no_places() -> None:
    where = places(nx.Graph())
    assert where.nodes == ()
    assert all(values.size == 0 for values in where.compared(where.pairs([])).values())
