"""The chapter on brokers and policy transfers: the packaged records, and graphs made for it."""

from __future__ import annotations

from pathlib import Path

from citypact.graph.networks.filter import Filter
from citypact.graph.report.brokerage.chapter import brokerage, brokered_agreements
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import LocalStore
from citypact.ontology import ID
from citypact.sources.reading.edtf import parse_edtf
from tests.graph.report.chapters import check, rows, texts

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


def test_an_empty_graph_has_no_brokers(tmp_path: Path) -> None:
    finding = brokerage(Study(LocalStore.of([])))
    check(finding)
    assert finding.tables == ()
    assert "No policy transfer is recorded" in texts(finding)
