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


def test_a_network_of_lists_has_no_centre_that_is_a_result(star: LocalStore) -> None:
    finding = structure(Study(star, network_name="cities"))
    check(finding)
    said = texts(finding)
    assert "100% of the 4 connected pairs are known only from a list of one of the two" in said
    assert "Most ties on record: Seoul (4*)." in said
    assert "no chapters on them" in said and "remain connected" not in said
    # Key figures and ranks would be those of the list.
    assert [each.name for each in finding.headlines] == ["transitivity"]
    assert [each.name for each in finding.figures] == ["structure-degrees"]
    # A list of those that come next would be a list by alphabet.
    assert "Osaka" not in said


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


def test_lists_of_members_and_of_partners_are_named_with_their_marks(club: LocalStore) -> None:
    finding = structure(Study(club))
    check(finding)
    said = texts(finding)
    # Eight ties: four with Seoul's partners, four with the club, and each is on one list alone.
    assert "100% of the 8 connected pairs are known only from a list" in said
    assert "Most ties on record: Seoul (5*), The Club (4*), Tokyo (2)." in said
    assert {row["component"] for row in rows(finding, "structure-actors")} == {1}


def test_headlines_are_measured_from_a_network_alone(ring: LocalStore) -> None:
    study = Study(ring, network_name="cities")
    network, busan = study.network(), ID + "city/busan"
    values = {each.name: each.measure(network) for each in structure(study).headlines}
    assert values["share-of-first"] == share_of_ties(network, busan) == 3 / 10
    assert values["held-without-first"] == largest_component_without(network, [busan]) == 1
    assert values["transitivity"] == 0
    left = network.copy()
    left.remove_edges_from(list(left.edges))
    measured = [each.measure(left) for each in structure(study).headlines]
    assert measured == [None, pytest.approx(1 / 6), None]


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    names = list(COUNTRIES)
    pairs = [(one, other) for one, other in zip(names, [*names[1:], names[0]], strict=True)]
    across = [(names[0], names[3]), (names[1], names[4]), (names[2], names[5])]
    return store(tmp_path_factory.mktemp("ring"), *pairs, *across)


def test_a_network_that_is_no_list_of_one_city_is_described(ring: LocalStore) -> None:
    finding = structure(Study(ring, network_name="cities"))
    check(finding)
    # Six cities have three partners, Recife two: a part in 3 of 10 pairs is a part for everybody.
    assert "Busan has the most partners, 3, and is part of 30.0% of the 10" in texts(finding)
    assert "only from a list" not in texts(finding)
    assert "Without Busan, 100% of the other 6 remain connected" in texts(finding)
    assert len(finding.figures) == 2


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
