"""The ledger of commitments, the timeline and the language versions, on the packaged documents."""

from __future__ import annotations

from itertools import pairwise

from citypact.api import Graph
from citypact.graph.relations.ledger import STATES
from citypact.ontology import ID, NS
from citypact.ontology.vocabulary import vocabulary


def test_the_ledger_says_what_became_of_a_promise(graph: Graph) -> None:
    found = {promise.matter.removeprefix(ID): promise for promise in graph.promises(city="과야킬")}
    plan = found["agreement/seoul-guayaquil-2020/provision/master-plan"]
    assert (plan.state, plan.forces) == ("agreed", ("commits",))
    assert plan.outcomes == (ID + "project/guayaquil-smart-city-master-plan",)
    assert [stage.rsplit("/", 1)[1] for stage in plan.outcome_stages] == ["planned"]
    asked = next(promise for promise in found.values() if promise.state == "requested")
    assert asked.actors == (ID + "person/cynthia-viteri-jimenez",)
    assert asked.outcomes == (ID + "agreement/seoul-guayaquil-2020",)


def test_every_promise_has_a_known_state_and_a_claim(graph: Graph) -> None:
    found = graph.promises()
    assert set(STATES) == set(vocabulary().codes["commitment-state"])
    assert {promise.state for promise in found} <= set(STATES)
    assert all(promise.claims for promise in found)
    assert [STATES.index(p.state) for p in found] == sorted(STATES.index(p.state) for p in found)


def test_an_announced_agreement_is_no_promise_that_was_agreed(graph: Graph) -> None:
    found = graph.promises(agreement="wego-eximbank-2016")
    assert found
    assert {promise.state for promise in found} <= {"announced", "planned"}


def test_the_timeline_is_in_order_and_ends_with_what_nobody_dates(graph: Graph) -> None:
    found = graph.timeline("Seoul", "San Francisco")
    dated = [entry for entry in found if entry.date]
    assert found[: len(dated)] == dated
    assert all(one.date.begin <= other.date.begin for one, other in pairwise(dated))  # type: ignore
    assert ID + "agreement/seoul-san-francisco-2013" in {entry.thing for entry in dated}
    assert all(entry.claims for entry in found)


def test_two_versions_show_where_they_bind_differently(graph: Graph) -> None:
    versions = graph.language_versions("seoul-los-angeles-2019")
    assert versions is not None
    assert set(versions.languages) == {"ko", "en"}
    articles = [p.number for p in versions.provisions if p.kind == "article"]
    assert articles == ["1", "2", "3", "4"]
    forces = {
        (provision.iri.rsplit("/", 1)[1], said.value.value.rsplit("/", 1)[1], said.languages)
        for provision in versions.provisions
        for said in provision.differences
        if said.predicate == NS + "force"
    }
    assert {force for _, force, languages in forces if languages == ("ko",)} == {"strives"}
    assert any(languages == ("en",) for _, _, languages in forces)
    assert graph.language_versions("seoul-guayaquil-2020") is None
