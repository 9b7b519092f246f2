"""The chapter on possible next partners: a graph made for it, lists of cities, the packaged one."""

from __future__ import annotations

from pathlib import Path

import pytest

from citypact.graph.analysis.members import group_of
from citypact.graph.analysis.prediction import METHODS
from citypact.graph.networks.comparison_group import comparison_group
from citypact.graph.report.prediction.chapter import prediction
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

SEOUL = ID + "government/seoul"
COUNTRIES = {
    "seoul": "south-korea", "busan": "south-korea", "tokyo": "japan", "osaka": "japan",
    "kyoto": "japan", "paris": "france", "lyon": "france", "nice": "france", "recife": "brazil",
    "bahia": "brazil", "natal": "brazil",
}  # fmt: skip
NETWORKS = """\
networks:
  club: {label: {ko: 클럽, en: The Club}}
  league: {label: {ko: 리그, en: The League}}
"""


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """Members of both networks are partners, all but Recife; of one, Lyon alone. Bahia is a partner
    and a member of nothing."""
    members = memberships(
        "club", "seoul", "busan", "tokyo", "osaka", "kyoto", "recife", "lyon", "nice", "natal"
    ) + memberships("league", "seoul", "tokyo", "osaka", "kyoto", "recife", "paris")
    ties = partnerships(("seoul", "tokyo"), ("seoul", "osaka"), year=1990)
    ties += partnerships(("seoul", "kyoto"), ("seoul", "lyon"), ("seoul", "bahia"), year=2020)
    agreement = """\
agreements:
  seoul-tokyo-2001:
    label: {ko: 서울–도쿄 협정, en: Seoul–Tokyo agreement}
    parties: [seoul, tokyo]
    form: agreement
    signed: 2001
    status: signed
    topics: [smart-city, tourism]
prospects:
  natal-invited:
    label: {ko: 나타우 초청, en: Natal invited}
    modality: invited
    by: government/seoul
    to: government/natal
"""
    return store_of(
        tmp_path_factory.mktemp("club"),
        cities_of(COUNTRIES) + NETWORKS,
        {"list": f"memberships:\n{members}", "ties": f"partnerships:\n{ties}{agreement}"},
    )


def test_members_with_several_networks_in_common_are_named(club: LocalStore) -> None:
    finding = prediction(Study(club, draws=200))
    check(finding)
    assert "1 foreign city shares two or more networks with Seoul" in texts(finding)
    assert "Recife" in texts(finding)
    assert "Natal invited (Invited)" in texts(finding)


def test_candidates_have_reasons_and_partners_are_none(club: LocalStore) -> None:
    found = rows(prediction(Study(club, draws=50)), "prediction-candidates")
    assert [row["label_en"] for row in found] == ["Recife", "Paris", "Natal", "Nice"]
    recife = found[0]
    assert recife["id"] == ID + "government/recife"
    assert (recife["networks"], recife["partners_in_country"]) == (2, 1)
    assert set(recife["shared_networks_en"]) == {"The Club", "The League"}
    assert "contacts_en" not in recife
    # The League has fewer ties than the Club, so that Paris comes before Natal and Nice.
    assert found[1]["score"] > found[2]["score"] == found[3]["score"]


def test_headlines_are_measured_from_the_network_alone(club: LocalStore) -> None:
    study = Study(club, draws=20)
    values = {h.name: h.measure(study.network(h.network)) for h in prediction(study).headlines}
    # Of both networks are Tokyo, Osaka and Kyoto, which are partners, and Recife.
    assert values == {"several-networks": 1}
    empty = study.network("actors").copy()
    empty.remove_edges_from(list(empty.edges(keys=True)))
    assert {h.measure(empty) for h in prediction(study).headlines} == {None}


def test_what_is_hidden_is_said_and_the_latest_are_those_of_2020(club: LocalStore) -> None:
    finding = prediction(Study(club, draws=20))
    assert finding.parameters["latest-from"] == "2020"
    scopes = {row["scope_id"]: row for row in rows(finding, "prediction-scores")}
    assert set(scopes) == {"all", "everyone", "members", "latest"}
    assert (scopes["latest"]["hidden"], scopes["latest"]["unlinked"]) == (2, 4)
    assert scopes["everyone"]["unlinked"] == 4
    assert "0.5 is chance" in texts(finding)


def test_members_in_other_countries_are_compared(club: LocalStore) -> None:
    study = Study(club)
    group = comparison_group(study.store, study.network("actors"), ID + "city/seoul")
    assert group == group_of(study.network("actors"), SEOUL)
    assert group is not None
    assert group.networks == (ID + "network/club", ID + "network/league")
    abroad = ("kyoto", "lyon", "natal", "nice", "osaka", "paris", "recife", "tokyo")
    assert group.members == tuple(f"{ID}government/{city}" for city in abroad)
    assert group.domestic == 1  # Busan
    assert comparison_group(study.store, study.network("actors"), ID + "city/bahia") is None


def test_common_networks_are_no_reason_that_the_chapter_claims(club: LocalStore) -> None:
    # Three of four members of both networks are partners, one of four members of one: the members
    # are in the data because their lists are, so that the difference says nothing.
    finding = prediction(Study(club, draws=50))
    said = "\n".join(words["en"] for words in (*finding.answer, *finding.method))
    assert "partners more often" not in said and "p-value" not in said and "75%" not in said
    # A score is judged by what size alone gives, not by its height.
    assert "fairly well" not in said and "size alone" in said
    assert finding.limits and "cannot tell whether common networks" in finding.limits["en"]
    methods = {row["method_id"] for row in rows(finding, "prediction-scores")}
    assert methods == set(METHODS)


def test_partners_in_common_tell_where_other_ties_are_known(tmp_path: Path) -> None:
    ties = partnerships(
        ("seoul", "tokyo"), ("seoul", "paris"), ("tokyo", "recife"), ("paris", "recife"),
        ("tokyo", "lyon"), ("natal", "bahia"), ("tokyo", "busan"), ("seoul", "kyoto"),
        ("seoul", "osaka"),
    )  # fmt: skip
    store = store_of(tmp_path, cities_of(COUNTRIES), {"ties": f"partnerships:\n{ties}"})
    finding = prediction(Study(store, network_name="cities", draws=20))
    check(finding)
    found = rows(finding, "prediction-cities")
    assert [(row["label_en"], row["shared"]) for row in found] == [("Recife", 2), ("Lyon", 1)]
    assert found[0]["through_en"] == ["Paris", "Tokyo"]  # Paris has fewer ties; Busan is at home
    assert "2 foreign cities share a partner with Seoul" in texts(finding)
    study = Study(store)
    (headline,) = finding.headlines
    assert headline.measure(study.network("cities")) == 2
    assert {row["scope_id"] for row in rows(finding, "prediction-scores")} == {"cities"}


def test_a_star_without_memberships_tells_nothing(tmp_path: Path) -> None:
    ties = partnerships(("seoul", "tokyo"), ("seoul", "paris"))
    store = store_of(tmp_path, cities_of(COUNTRIES), {"ties": f"partnerships:\n{ties}"})
    finding = prediction(Study(store, draws=10))
    check(finding)
    assert "do not show which cities may become partners of Seoul" in texts(finding)
    assert finding.tables == ()


def test_without_ties_the_chapter_says_so() -> None:
    finding = prediction(Study(LocalStore.of([])))
    check(finding)
    assert finding.answer[0]["en"] == "There are no ties between cities."


def test_the_same_seed_gives_the_same_chapter(club: LocalStore) -> None:
    one, again = (prediction(Study(club, draws=30, seed=3)) for _ in range(2))
    assert one.answer == again.answer
    assert [table.rows for table in one.tables] == [table.rows for table in again.tables]
    assert one.sources == again.sources == [ID + "doc/list", ID + "doc/ties"]
