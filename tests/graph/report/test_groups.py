"""The chapter on groups: cliques that agreements and memberships make, and one that they do not."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import pytest

from citypact.graph.analysis.groups import largest_clique, share_in_cliques
from citypact.graph.report.groups.chapter import groups
from citypact.graph.report.shared.study import Study
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
    "seoul": "south-korea", "busan": "south-korea", "tokyo": "japan", "osaka": "japan",
    "paris": "france", "lyon": "france", "recife": "brazil",
}  # fmt: skip
AGREEMENT = """\
agreements:
  three:
    label: {ko: 세 도시 협정, en: Agreement of three}
    parties: [paris, lyon, recife]
    form: agreement
    status: signed
    signed: 2001-01-01
"""


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """Seoul and three partners in one club; an agreement of three; Busan has but one partner."""
    entities = cities_of(COUNTRIES) + "networks:\n  club: {label: {ko: 클럽, en: The Club}}\n"
    ties = partnerships(*(("seoul", other) for other in ("tokyo", "osaka", "paris", "busan")))
    members = memberships("club", "seoul", "tokyo", "osaka", "paris")
    return store_of(
        tmp_path_factory.mktemp("club"),
        entities,
        {
            "ties": f"partnerships:\n{ties}",
            "members": f"memberships:\n{members}",
            "three": AGREEMENT,
        },
    )


def test_cliques_that_an_agreement_makes_are_described(club: LocalStore) -> None:
    finding = groups(Study(club))
    check(finding)
    cliques = [set(row["members_en"]) for row in rows(finding, "groups-cliques")]
    triangles = [{"Seoul", "The Club", city} for city in ("Osaka", "Paris", "Tokyo")]
    assert len(cliques) == 4
    for expected in (*triangles, {"Lyon", "Paris", "Recife"}):
        assert expected in cliques
    said = texts(finding)
    assert "1 results from a single agreement" in said
    # No member is in all four.
    assert "The 4 largest maximal cliques have 3 members each, for example" in said
    assert "In all of them" not in said
    assert "7 of 8 actors are in at least one" in said


def test_chains_of_cliques_are_groups_that_overlap(club: LocalStore) -> None:
    first, second = rows(groups(Study(club)), "groups-overlapping")
    # The triangles share the tie of Seoul and the club; the agreement shares Paris alone.
    assert set(first["members_en"]) == {"Osaka", "Paris", "Seoul", "The Club", "Tokyo"}
    assert (first["size"], first["cliques"]) == (5, 3)
    assert set(second["members_en"]) == {"Lyon", "Paris", "Recife"}


def test_cities_that_are_all_partners_are_one_group(tmp_path: Path) -> None:
    four = ("busan", "lyon", "osaka", "recife")
    ties = partnerships(*combinations(four, 2), ("seoul", "busan"))
    store = store_of(tmp_path / "four", cities_of(COUNTRIES), {"ties": f"partnerships:\n{ties}"})
    study = Study(store, network_name="cities")
    finding = groups(study)
    check(finding)
    (row,) = rows(finding, "groups-cliques")
    assert row["members_id"] == [f"{ID}city/{name}" for name in four]
    values = {each.name: each.measure(study.network("cities")) for each in finding.headlines}
    assert values == {"largest-clique": 4, "in-cliques": 4 / 5}
    said = texts(finding)
    assert "single agreement" not in said
    assert (
        "The largest maximal clique has 4 members in 4 countries: Busan, Lyon, Osaka, Recife."
        in said
    )
    assert finding.sources == [f"{ID}doc/ties"]


def test_cliques_of_clubs_differ_from_the_null_model_and_those_of_a_ring_do_not(
    tmp_path: Path,
) -> None:
    names = [f"city-{number:02}" for number in range(48)]
    clubs = [pair for at in range(0, 48, 4) for pair in combinations(names[at : at + 4], 2)]
    chain = [(names[at], names[at + 3]) for at in range(2, 44, 4)]
    ring = [(names[at], names[(at + step) % 48]) for at in range(48) for step in (1, 5)]
    said = {}
    for name, pairs in (("clubs", [*clubs, *chain]), ("ring", ring)):
        ties = partnerships(*sorted({(min(pair), max(pair)) for pair in pairs}))
        entities = cities_of(dict.fromkeys(names, "japan"))
        store = store_of(tmp_path / name, entities, {"ties": f"partnerships:\n{ties}"})
        finding = groups(Study(store, network_name="cities", draws=99))
        check(finding)
        said[name] = texts(finding)
        if name == "clubs":
            number, largest, _ = rows(finding, "groups-chance")
            assert (number["observed"], largest["observed"]) == (12, 4)
            assert (number["p"], number["draws"]) == (0.02, 99)
            assert largest["mean"] < 4
    assert "This number is higher than in the null model" in said["clubs"]
    assert "higher than in" not in said["ring"]


def test_what_cannot_be_compared_with_a_null_model_is_said(tmp_path: Path) -> None:
    ring = [f"city-{number}" for number in range(8)]
    for name, pairs, says in (
        ("star", [("seoul", "busan"), ("seoul", "tokyo")], "The ties cannot be rewired"),
        ("ring", list(pairwise([*ring, ring[0]])), "At least 39 samples are needed"),
    ):
        entities = cities_of(COUNTRIES | dict.fromkeys(ring, "japan"))
        store = store_of(
            tmp_path / name, entities, {"ties": f"partnerships:\n{partnerships(*pairs)}"}
        )
        assert says in texts(groups(Study(store, network_name="cities", draws=20)))


def test_the_next_group_has_no_member_of_the_largest(tmp_path: Path) -> None:
    five = ("seoul", "busan", "tokyo", "osaka", "lyon")
    four = ("paris", "recife", "manaus", "sapporo")
    # Nice with three of the five is a group of four too, but hardly another one.
    beside = (("nice", "busan"), ("nice", "tokyo"), ("nice", "osaka"))
    ties = partnerships(*combinations(five, 2), *combinations(four, 2), *beside)
    entities = cities_of(COUNTRIES | {"manaus": "brazil", "sapporo": "japan", "nice": "france"})
    store = store_of(tmp_path / "next", entities, {"ties": f"partnerships:\n{ties}"})
    finding = groups(Study(store, network_name="cities"))
    check(finding)
    said = texts(finding)
    assert [row["size"] for row in rows(finding, "groups-cliques")] == [5, 4, 4]
    assert "has 5 members in 3 countries: Busan, Lyon, Osaka, Seoul, Tokyo." in said
    assert (
        "without a common member: 4 members in 3 countries – Manaus, Paris, Recife, Sapporo."
        in said
    )
    assert "Nice" not in said


def test_where_nobody_is_in_a_group_the_chapter_says_so(tmp_path: Path) -> None:
    ties = partnerships(("seoul", "busan"), ("seoul", "tokyo"))
    store = store_of(tmp_path / "path", cities_of(COUNTRIES), {"ties": f"partnerships:\n{ties}"})
    study = Study(store, network_name="cities")
    finding = groups(study)
    check(finding)
    assert finding.answer[0]["en"].startswith("No: no three actors are all tied")
    assert not finding.tables and not finding.figures
    network = study.network()
    assert largest_clique(network) == 0
    assert share_in_cliques(network) == 0
    check(groups(Study(LocalStore.of([]))))
