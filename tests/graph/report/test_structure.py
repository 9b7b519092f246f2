"""The chapter on structure: a star, a ring and a small network of actors, all worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from citypact.graph.analysis.network_measures import MEASURED
from citypact.graph.analysis.structure import MEASURES, largest_component_without, share_of_ties
from citypact.graph.report.shared.study import Study
from citypact.graph.report.structure.chapter import structure
from citypact.graph.store.base import LocalStore
from citypact.ontology import ID
from tests.graph.report.chapters import (
    check,
    cities_of,
    memberships,
    partnerships,
    rows,
    store_of,
    texts,
)

COUNTRIES = {
    "seoul": "south-korea", "tokyo": "japan", "osaka": "japan", "kyoto": "japan",
    "paris": "france", "busan": "south-korea", "recife": "brazil",
}  # fmt: skip
CLUB = "networks:\n  club: {label: {ko: 클럽, en: The Club}}\n"


def store(folder: Path, *pairs: tuple[str, str], members: tuple[str, ...] = ()) -> LocalStore:
    documents = {"ties": "partnerships:\n" + partnerships(*pairs)}
    if members:
        documents["members"] = "memberships:\n" + memberships("club", *members)
    return store_of(folder, cities_of(COUNTRIES) + (CLUB if members else ""), documents)


@pytest.fixture(scope="module")
def star(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """Seoul with four partners; no others have any."""
    others = ("tokyo", "osaka", "paris", "recife")
    return store(tmp_path_factory.mktemp("star"), *(("seoul", other) for other in others))


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """Seoul with four partners, and a club of Seoul and three others."""
    return store(
        tmp_path_factory.mktemp("club"),
        *(("seoul", other) for other in ("tokyo", "paris", "recife", "busan")),
        members=("seoul", "tokyo", "osaka", "kyoto"),
    )


def test_a_star_is_said_to_be_what_the_choice_of_sources_makes(star: LocalStore) -> None:
    finding = structure(Study(star, network_name="cities"))
    check(finding)
    said = texts(finding)
    assert "they were gathered around Seoul" in said
    assert "100% of the 4 connected pairs" in said
    assert "No other actor has more than one partner" in said
    assert "Without Seoul the other 4 fall apart: the largest connected component holds 25%" in said
    # A list of those that come next would be a list by alphabet.
    assert "The next by" not in said and "Osaka" not in said


def test_measures_and_ranks_of_a_star_by_hand(star: LocalStore) -> None:
    finding = structure(Study(star, network_name="cities"))
    seoul, *leaves = rows(finding, "structure-actors")
    assert seoul["id"] == ID + "city/seoul"
    assert (seoul["degree"], seoul["betweenness"], seoul["closeness"]) == (4, 1, 1)
    assert all(seoul[f"{name}_rank"] == 1 for name in MEASURES)
    assert len(leaves) == 4
    assert {leaf["degree_rank"] for leaf in leaves} == {2}
    assert {leaf["betweenness"] for leaf in leaves} == {0}
    whole = {row["id"]: row for row in rows(finding, "structure-network")}
    assert whole["degree_centralisation"]["value"] == 1
    assert whole["mean_distance"]["value"] == pytest.approx((4 * 1 + 6 * 2) / 10)
    assert whole["greatest_degree"]["value"] == 4
    # All ties leave Seoul's country; of the four, Tokyo and Osaka are in Asia as Seoul is.
    assert whole["country_assortativity"]["value"] < 0
    assert whole["country_assortativity"]["ties"] == 4
    # Five actors have no tail, nobody's population is known, directions are not.
    assert not {"exponent", "tail_exponent", "population_assortativity", "reciprocity"} & set(whole)
    assert list(whole) == [name for name in MEASURED if name in whole]


def test_a_second_centre_is_named_and_taken_out(club: LocalStore) -> None:
    finding = structure(Study(club))
    check(finding)
    said = texts(finding)
    # Eight ties: four with Seoul's partners, four with the club; Seoul has five of them.
    assert "62% of the 8 connected pairs" in said
    assert "The next by number of partners are The Club (4*), Tokyo (2)" in said
    # Without Seoul the club joins three others; Paris, Recife and Busan are alone.
    assert "Without Seoul, 57% of the other 7 remain connected" in said
    assert (
        "Without the next 2 as well, the largest connected component holds 20% of the rest" in said
    )
    assert {row["component"] for row in rows(finding, "structure-actors")} == {1}


def test_a_list_of_members_is_named_as_what_makes_a_centre(tmp_path: Path) -> None:
    members = ("tokyo", "osaka", "kyoto", "paris")
    finding = structure(Study(store(tmp_path / "list", ("seoul", "tokyo"), members=members)))
    check(finding)
    assert "The Club is at the centre" in texts(finding)
    assert "they include a list of its members" in texts(finding)
    assert "gathered around The Club" not in texts(finding)


def test_headlines_are_measured_from_a_network_alone(club: LocalStore) -> None:
    study = Study(club)
    network, seoul = study.network(), ID + "government/seoul"
    values = {each.name: each.measure(network) for each in structure(study).headlines}
    assert values["share-of-first"] == share_of_ties(network, seoul) == 5 / 8
    assert (
        values["held-without-first"]
        == largest_component_without(network, [seoul])
        == pytest.approx(4 / 7)
    )
    assert values["transitivity"] == pytest.approx(3 / 17)
    left = network.copy()
    left.remove_edges_from(list(left.edges(keys=True)))
    measured = [each.measure(left) for each in structure(study).headlines]
    assert measured == [None, pytest.approx(1 / 7), None]


def test_a_ring_has_no_single_centre(tmp_path: Path) -> None:
    names = list(COUNTRIES)
    ring = [(one, other) for one, other in zip(names, [*names[1:], names[0]], strict=True)]
    across = [(names[0], names[3]), (names[1], names[4]), (names[2], names[5])]
    finding = structure(Study(store(tmp_path / "ring", *ring, *across), network_name="cities"))
    check(finding)
    # Six cities have three partners, Recife two: a part in 3 of 10 pairs is a part for everybody.
    assert "only 30.0% of the 10 connected pairs: there is no single centre" in texts(finding)
    assert "gathered around" not in texts(finding)
    assert "Without Busan, 100% of the other 6 remain connected" in texts(finding)


def test_a_first_place_that_comes_of_sources_on_one_city_is_told(tmp_path: Path) -> None:
    """A list knows two partners of Seoul and three of Tokyo; five sources tell of Seoul alone."""
    listed = [("seoul", "tokyo"), ("seoul", "osaka"), ("tokyo", "osaka"), ("tokyo", "kyoto")]
    listed += [("osaka", "kyoto"), ("kyoto", "busan"), ("busan", "recife"), ("recife", "paris")]
    listed += [("paris", "osaka"), ("paris", "busan")]
    more = {
        f"news-{city}": "partnerships:\n" + partnerships(("seoul", city))
        for city in ("paris", "recife", "busan")
    }
    documents = {"list": "partnerships:\n" + partnerships(*listed), **more}
    graph = store_of(tmp_path / "own", cities_of(COUNTRIES), documents)
    finding = structure(Study(graph, network_name="cities"))
    check(finding)
    said = texts(finding)
    assert "Seoul has the most partners, 5*" in said
    # By the list Osaka has four, Tokyo, Kyoto, Busan and Paris three, Recife two.
    assert "Seoul (2 of 5 partners without its list, rank 6)" in said
    (seoul,) = (row for row in rows(finding, "structure-actors") if row["id"] == f"{ID}city/seoul")
    assert (seoul["degree"], seoul["elsewhere"]) == (5, 2)


def test_the_same_graph_gives_the_same_finding(club: LocalStore) -> None:
    one, again = (structure(Study(club)) for _ in range(2))
    assert [table.rows for table in one.tables] == [table.rows for table in again.tables]
    assert one.answer == again.answer
    assert one.sources == [f"{ID}doc/members", f"{ID}doc/ties"]


def test_without_ties_the_chapter_says_so() -> None:
    finding = structure(Study(LocalStore.of([])))
    assert finding.answer[0]["en"] == "There are no ties."
    assert (finding.tables, finding.figures) == ((), ())
