"""The chapter on brokers and policy transfers: the packaged records, and graphs made for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from citypact.graph.analysis.brokerage import share_between
from citypact.graph.networks.country_codes import country_codes
from citypact.graph.networks.filter import Filter
from citypact.graph.report.brokerage.chapter import brokerage, brokered_agreements
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import LocalStore
from citypact.ontology import ID
from citypact.sources.reading.edtf import parse_edtf
from tests.graph.report.chapters import (
    check,
    cities_of,
    memberships,
    partnerships,
    rows,
    store_of,
    texts,
)

GUAYAQUIL = ID + "agreement/seoul-guayaquil-2020"


def test_brokers_are_those_that_the_documents_name(records: LocalStore) -> None:
    finding = brokerage(Study(records, draws=50))
    check(finding)
    brokers = {row["id"].rsplit("/", 1)[-1]: row for row in rows(finding, "brokerage-brokers")}
    assert {name: row["how_en"] for name, row in brokers.items()} == {
        "kotra": "facilitated",
        "kotra-latin-america": "proposed",
        "kotra-quito": "proposed",
    }
    assert {row["agreement_id"] for row in brokers.values()} == {GUAYAQUIL}
    assert "For 1 of the 7 agreements a source names who brought the parties together" in texts(
        finding
    )


def test_a_transfer_has_come_as_far_as_its_stage(records: LocalStore) -> None:
    finding = brokerage(Study(records, draws=10))
    (transfer,) = rows(finding, "brokerage-transfers")
    assert transfer["provider_en"] == "Seoul Metropolitan Government"
    assert transfer["recipient_en"] == transfer["requested_by_en"] == "Municipality of Guayaquil"
    assert "KOTRA Quito Trade Office" in transfer["proposed_by_en"]
    assert transfer["stage_en"] == "Announced"
    assert "only up to its recorded stage" in texts(finding)


def test_what_was_only_proposed_is_no_transfer_and_no_tie(records: LocalStore) -> None:
    study = Study(records, draws=10)
    finding = brokerage(study)
    proposals = {row["id"].rsplit("/", 1)[-1]: row for row in rows(finding, "brokerage-proposals")}
    assert proposals["london-suggested-for-wego"]["modality_en"] == "Proposed"
    assert proposals["kotra-proposal-of-policy-export"]["addressed_to_en"].startswith("Seoul")
    network = study.network("actors")
    assert not network.has_edge(ID + "government/london", ID + "network/wego")
    policies = rows(finding, "brokerage-policies")
    meant = {row["id"] for row in policies if row["how_id"] == "intends"}
    passed = {row["id"] for row in policies if row["how_id"] == "transfers"}
    assert meant
    assert passed == {ID + "solution/seoul-smart-city-policy"}


def test_wego_acts_where_the_bank_runs_the_fund(records: LocalStore) -> None:
    said = texts(brokerage(Study(records, draws=10)))
    assert "WeGO's advice in EDCF feasibility studies" in said
    assert "(Export-Import Bank of Korea, Planned)" in said


def test_a_day_leaves_out_what_came_later(records: LocalStore) -> None:
    day = parse_edtf("2018-01-01").end
    finding = brokerage(Study(records, chosen=Filter(as_of=day), draws=10))
    check(finding)
    assert rows(finding, "brokerage-brokers") == rows(finding, "brokerage-transfers") == []
    assert "For none of the" in texts(finding)


def test_headlines_are_measured_from_the_network_alone(records: LocalStore) -> None:
    study = Study(records, draws=10)
    network = study.network("actors")
    assert brokered_agreements(network) == 1
    left = network.copy()
    left.remove_edges_from(list(left.edges(keys=True)))
    assert brokered_agreements(left) == 0
    for headline in brokerage(study).headlines:
        assert headline.measure(network) is not None
        assert headline.measure(left) in (None, 0)


COUNTRIES = {
    "seoul": "south-korea", "tokyo": "japan", "osaka": "japan", "kyoto": "japan",
    "paris": "france", "lyon": "france", "nice": "france", "recife": "brazil",
}  # fmt: skip


@pytest.fixture(scope="module")
def leagues(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """Seoul's partners in three continents; a league of Asia and a club of all."""
    entities = cities_of(COUNTRIES) + (
        "networks:\n  league: {label: {ko: 리그, en: The League}}\n"
        "  club: {label: {ko: 클럽, en: The Club}}\n"
    )
    ties = partnerships(("seoul", "tokyo"), ("seoul", "paris"), ("seoul", "recife"))
    members = memberships("league", "tokyo", "osaka", "kyoto", "seoul")
    members += memberships("club", "tokyo", "paris", "lyon", "nice", "recife")
    return store_of(
        tmp_path_factory.mktemp("leagues"),
        entities,
        {"ties": f"partnerships:\n{ties}", "members": f"memberships:\n{members}"},
    )


def test_roles_between_continents_by_hand(leagues: LocalStore) -> None:
    finding = brokerage(Study(leagues, draws=50))
    check(finding)
    roles = {row["label_en"]: row for row in rows(finding, "brokerage-roles")}
    # The Club: one pair of Lyon, Nice and Paris each, three; the others of its ten across.
    assert (roles["The Club"]["itinerant"], roles["The Club"]["liaison"]) == (6, 14)
    assert roles["The Club"]["between"] == 0.7
    # The League: Tokyo, Osaka, Kyoto, Seoul, of whom Seoul and Tokyo are tied: five pairs of Asia.
    assert (roles["The League"]["itinerant"], roles["The League"]["total"]) == (10, 10)
    # Seoul: with Tokyo, Paris, Recife and the League (of no continent, tied with Tokyo).
    assert (roles["Seoul"]["liaison"], roles["Seoul"]["representative"]) == (6, 2)
    assert roles["Seoul"]["gatekeeper"] == 2
    assert "For none of" not in texts(finding)


def test_few_draws_do_not_make_brokers_seem_like_chance(tmp_path: Path) -> None:
    # A league of twelve cities of one country, a club of three in each of four.
    lands = ("south-korea", "japan", "france", "brazil")
    of_land = {land: [f"{land[0]}{number}" for number in range(12)] for land in lands}
    cities = {city: land for land, names in of_land.items() for city in names}
    entities = cities_of(cities) + (
        "networks:\n  league: {label: {ko: 리그, en: The League}}\n"
        "  club: {label: {ko: 클럽, en: The Club}}\n"
    )
    members = memberships("league", *of_land["france"])
    members += memberships("club", *(city for land in lands for city in of_land[land][:3]))
    store = store_of(tmp_path, entities, {"members": f"memberships:\n{members}"})
    few, enough = (texts(brokerage(Study(store, draws=draws))) for draws in (60, 200))
    assert "Inconclusive with 60 random samples" in few and "No significant difference" not in few
    assert few.count("random samples are inconclusive does not mean") == 1
    assert "the same continent than in the null model: The League" in enough
    assert "nconclusive" not in enough


def test_a_share_can_be_measured_again_on_what_is_left(leagues: LocalStore) -> None:
    study = Study(leagues)
    network = study.network("actors")
    codes = country_codes(leagues, network)
    club = ID + "network/club"
    assert share_between(network, club, codes) == 0.7
    left = network.copy()
    left.remove_node(ID + "government/recife")
    # Three pairs of the French, three of one of them with Tokyo.
    assert share_between(left, club, codes) == 0.5
    assert share_between(left, ID + "government/recife", codes) is None


def test_the_network_of_cities_has_brokers_too(leagues: LocalStore) -> None:
    finding = brokerage(Study(leagues, network_name="cities", draws=10))
    check(finding)
    (seoul,) = rows(finding, "brokerage-roles")
    assert (seoul["total"], seoul["liaison"], seoul["representative"]) == (6, 2, 2)


def test_an_empty_graph_has_no_brokers(tmp_path: Path) -> None:
    finding = brokerage(Study(LocalStore.of([])))
    check(finding)
    assert finding.tables == ()
    assert "No policy transfer is recorded" in texts(finding)


def test_the_same_seed_gives_the_same_chapter(leagues: LocalStore) -> None:
    one, again = (brokerage(Study(leagues, draws=30, seed=3)) for _ in range(2))
    assert one.answer == again.answer
    assert [table.rows for table in one.tables] == [table.rows for table in again.tables]
