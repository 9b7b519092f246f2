"""Lists of partners: who lists whom, which list is whole, and the network that they make."""

from __future__ import annotations

from pathlib import Path

from citypact.graph.networks.filter import Filter
from citypact.graph.relations.partner_lists import partner_lists
from citypact.graph.store.base import LocalStore
from citypact.ontology import ID
from tests.graph.report.chapters import store_of_lists

COUNTRIES = {
    "seoul": "south-korea",
    "busan": "south-korea",
    "kyoto": "japan",
    "lyon": "france",
    "paris": "france",
    "recife": "brazil",
    "natal": "brazil",
}
LISTS = {
    "seoul": {"kyoto": "established: 1990", "paris": "", "recife": "established: 201X"},
    "kyoto": {"seoul": "relation_type: sister-city", "paris": "", "lyon": "", "natal": ""},
    "paris": {"kyoto": "", "lyon": "", "recife": "established: 1980"},
    "busan": {"natal": ""},
}


def city(name: str) -> str:
    return f"{ID}city/{name}"


def test_lists_of_cities(tmp_path: Path) -> None:
    found = partner_lists(store_of_lists(tmp_path, COUNTRIES, LISTS, {"seoul": 3, "kyoto": 5}))
    # Busan's own side says of one partner only: that is no list.
    assert set(found.lists) == {city("seoul"), city("kyoto"), city("paris")}
    assert {name: each.completeness for name, each in found.lists.items()} == {
        city("seoul"): "whole",
        city("kyoto"): "part",
        city("paris"): "unknown",
    }
    assert found.whole == {city("seoul")}
    assert found.are_several
    assert found.lists[city("seoul")].partners == {city("kyoto"), city("paris"), city("recife")}
    listed = {tie.places: tie.listed_by for tie in found.partnerships}
    assert listed[city("kyoto"), city("seoul")] == {city("kyoto"), city("seoul")}
    assert listed[city("paris"), city("seoul")] == {city("seoul")}
    assert (city("busan"), city("natal")) not in listed


def test_what_is_on_record_of_a_list_goes_before_its_total(tmp_path: Path) -> None:
    said = {
        "kyoto": ("whole", "2001-05"),
        "seoul": ("part", "1999"),
        "paris": ("unknown", "2010/.."),
    }
    store = store_of_lists(tmp_path, COUNTRIES, LISTS, {"seoul": 3, "kyoto": 5}, said)
    lists = partner_lists(store).lists
    found = {name: (each.completeness, each.day and each.day.text) for name, each in lists.items()}
    assert found == {city(name): about for name, about in said.items()}
    # Without a source the list may lack ties: what was said of the whole of it no longer holds.
    some = partner_lists(store, Filter(left_out=(f"{ID}doc/list-of-paris",))).lists
    assert some[city("kyoto")].completeness == "part"
    alone = partner_lists(store, Filter(hubs=(city("kyoto"),))).lists
    assert alone[city("kyoto")].completeness == "whole"


def test_the_network_of_lists(tmp_path: Path) -> None:
    network = partner_lists(store_of_lists(tmp_path, COUNTRIES, LISTS)).network
    assert city("busan") not in network
    assert {
        node.rsplit("/", 1)[1] for node, side in network.nodes.data("side") if side == "hub"
    } == {
        "seoul",
        "kyoto",
        "paris",
    }
    edges = {
        (one.rsplit("/", 1)[1], other.rsplit("/", 1)[1]): data
        for one, other, data in network.edges(data=True)
    }
    assert edges["kyoto", "seoul"] == {
        "kind": "sister-city",
        "listed_by": f"{city('kyoto')}|{city('seoul')}",
        "first_year": 1990,
        "last_year": 1990,
    }
    # A decade has bounds, and what has no date has none.
    assert (edges["recife", "seoul"]["first_year"], edges["recife", "seoul"]["last_year"]) == (
        2010,
        2019,
    )
    assert "first_year" not in edges["paris", "seoul"]


def test_the_package_has_one_list(packaged: LocalStore) -> None:
    found = partner_lists(packaged)
    assert set(found.lists) == {city("seoul")}
    seoul = found.network.nodes[city("seoul")]
    # Sources count between 42 and 76 partners; of Seoul's last total some are not on record.
    assert (seoul["list"], seoul["capital"], found.are_several) == ("part", True, False)
    assert seoul["population"] > 9_000_000
    assert not found.network.nodes[city("honolulu")]["capital"]
