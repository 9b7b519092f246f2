"""The network of cities: who is tied to whom, how, since when."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest

from citypact.api import Graph
from citypact.graph.build.build import make_graph
from citypact.graph.export.gexf import to_gexf
from citypact.graph.export.network_rows import to_tables
from citypact.graph.networks.cities import cities, find_city
from citypact.graph.networks.filter import Filter
from citypact.graph.store.base import Store
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError
from tests.sources.small import write_small

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
    with pytest.raises(CitypactError, match=r"^Hanoi: no link of this city"):
        find_city(network, graph.names, LONDON.replace("london", "hanoi"))
    with pytest.raises(CitypactError, match="there is no city"):
        find_city(network, graph.names, "Atlantis")


# Terms: when a tie began, and when it ended

LINKS = """\
a,b,mine,1990,2010
a,c,mine,,2015
b,d,mine,1990,1995
d,b,mine,2001,
c,d,mine,1980,1999-05
d,c,mine,2001,2003
a,d,mine,,
b,c,mine,2020,2019
c,e,mine,1980,XXXX
"""


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A list of twin cities with terms; two cities may each state one of their own."""
    folder = tmp_path_factory.mktemp("terms")
    cities_of_list = "".join(f"{name},mine,,,,,,,{name.upper()}\n" for name in "abcde")
    tables = {
        "import.json": "{}",
        "documents.csv": "id,label.ko,label.en,type,address\n"
        "mine,목록,List,dataset,https://mine.example/\n",
        "countries.csv": "id,source,label.ko,label.en\n",
        "cities.csv": "id,source,country,latitude,longitude,population,wikidata,geonames,"
        f"label.en\n{cities_of_list}",
        "twins.csv": f"city,twinned_with,source,start,end\n{LINKS}",
    }
    (folder / "mine").mkdir()
    for name, text in tables.items():
        (folder / "mine" / name).write_text(text, encoding="utf-8")
    return make_graph(write_small(folder / "sources"), imports=[folder / "mine"])


def told(store: Store, chosen: Filter | None = None) -> dict[str, tuple[str, object, object]]:
    """Relation, year and end of the pairs of the list, such as `ab`."""
    return {
        one[-1] + other[-1]: (data["relation"], data.get("year"), data.get("end"))
        for one, other, data in cities(store, chosen).edges(data=True)
        if len(one.removeprefix(ID + "city/")) == 1
    }


def test_a_tie_begins_with_its_first_term_and_ends_with_its_last(listed: Store) -> None:
    assert told(listed) == {
        "ab": ("twinned", 1990, "2010"),
        "ac": ("twinned", None, "2015"),
        "ad": ("twinned", None, None),
        "bc": ("twinned", 2020, "2019"),  # a list's error: it stays as said, and builds
        "bd": ("twinned", 1990, None),
        "cd": ("twinned", 1980, "2003"),
        "ce": ("twinned", 1980, "XXXX"),  # it has ended, nobody says when
    }


def test_ties_that_had_ended_can_be_left_out(listed: Store) -> None:
    assert {*told(listed, Filter(current_on=date(2012, 1, 1)))} == {"ac", "ad", "bc", "bd"}
    assert {*told(listed, Filter(date(2005, 1, 1), current_on=date(2012, 1, 1)))} == {"bd"}
    assert {*told(listed, Filter(current_on=date.max))} == {"ad", "bd"}


def test_a_day_leaves_kinds_and_what_had_ended_by_then(listed: Store) -> None:
    assert told(listed, Filter(as_of=date(2020, 1, 1))) == {
        "ab": ("twinned", 1990, "2010"),
        "bd": ("twinned", 1990, None),
        "cd": ("twinned", 1980, "2003"),
        "ce": ("twinned", 1980, "XXXX"),
    }
    assert told(listed, Filter(as_of=date(2000, 1, 1)))["bd"] == ("twinned", 1990, "1995")


def test_ends_are_exported(listed: Store) -> None:
    network = cities(listed)
    rows = csv.DictReader(io.StringIO(to_tables(network)["edges.csv"].decode("utf-8-sig")))
    ends = {row["Source"][-1] + row["Target"][-1]: row["end"] for row in rows}
    assert (ends["ab"], ends["bd"]) == ("2010", "")
    spells = {
        edge.get("source", "")[-1] + edge.get("target", "")[-1]: dict(spell.items())
        for edge in ElementTree.fromstring(to_gexf(network)).findall(".//{*}edge")
        for spell in edge.findall(".//{*}spell")
    }
    assert spells["ab"] == {"start": "1990-01-01", "end": "2010-12-31"}
    assert spells["ac"] == {"end": "2015-12-31"}
    assert spells["bd"] == {"start": "1990-01-01"}
    assert "bc" not in spells
