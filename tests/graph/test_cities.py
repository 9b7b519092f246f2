"""The network of cities: who is tied to whom, how, since when."""

from __future__ import annotations

from datetime import date

import pytest

from citypact.api import Graph
from graph.cities import cities, find_city
from graph.ties import Filter
from ontology import ID
from ontology.errors import CitypactError

SEOUL, LONDON, FRISCO = (ID + f"city/{slug}" for slug in ("seoul", "london", "san-francisco"))
GUAYAQUIL = ID + "city/guayaquil"


def test_the_edges_are_the_derived_facts(graph: Graph) -> None:
    network = graph.network("cities")
    facts = graph.store.solutions("SELECT ?a ?b WHERE { ?a citypact:cooperatesWith ?b }")
    expected = {frozenset((row["a"].value, row["b"].value)) for row in facts}
    assert {frozenset(edge) for edge in network.edges()} == expected
    assert len(expected) > 3
    assert list(network) == sorted(network)


def test_edges_say_what_ties_cities_and_since_when(graph: Graph) -> None:
    network = graph.network("cities")
    tie = network.edges[SEOUL, FRISCO]
    assert "sister-city" in tie["relation"].split("|")
    assert "자매" in tie["relation_ko"]
    assert tie["year"] == 1976
    assert tie["agreements"] == 2


def test_nodes_have_names_country_and_place(graph: Graph) -> None:
    data = graph.network("cities").nodes[GUAYAQUIL]
    assert (data["label_ko"], data["label_en"]) == ("과야킬", "Guayaquil")
    assert (data["country"], data["country_ko"]) == ("ecuador", "에콰도르")
    assert (data["latitude"], data["longitude"]) == (-2.1962, -79.8862)
    assert "과야킬시" in data["aliases"].split("|")


def test_filters_leave_what_they_say(graph: Graph) -> None:
    early = cities(graph.store, Filter(as_of=date(1980, 1, 1)))
    assert {frozenset(edge) for edge in early.edges()} == {frozenset((SEOUL, FRISCO))}
    inclusion = graph.network("cities", topic="디지털 포용")
    assert set(inclusion) == {SEOUL, ID + "city/los-angeles"}
    assert len(cities(graph.store, Filter(as_of=date(1900, 1, 1)))) == 0


@pytest.mark.parametrize("filters", [{"kinds": ("government",)}, {"prospects": True}])
def test_filters_without_a_meaning_here_are_refused(graph: Graph, filters: dict[str, bool]) -> None:
    with pytest.raises(CitypactError, match="neither kinds of actors nor prospects"):
        graph.network("cities", **filters)


def test_a_city_is_found_by_any_name(graph: Graph) -> None:
    network = graph.network("cities")
    for name in ("런던", "London", "City of London", "city/london", LONDON):
        assert find_city(network, graph.names, name) == LONDON
    with pytest.raises(CitypactError, match="no link of this city"):
        find_city(network, graph.names, "Hanoi")
    with pytest.raises(CitypactError, match="is called"):
        find_city(network, graph.names, "Atlantis")
