"""The chapter on topics, on small graphs made for it and on the real one."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import networkx as nx
import pytest

from citypact.graph.analysis.partner_topics import without_documents
from citypact.graph.analysis.topics import (
    grouped,
    share_in_one_agreement,
    share_of_group,
    topics_per_agreement,
)
from citypact.graph.networks.agreement_topics import agreement_topics, documents_of_topics
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.study import Study
from citypact.graph.report.topics.chapter import topics
from citypact.graph.store.base import LocalStore
from citypact.ontology import ID
from citypact.sources import PACKAGED
from tests.graph.report.chapters import check, cities_of, rows, store_of, texts

PARTNERS = {"tokyo": "japan", "osaka": "japan", "paris": "france", "lyon": "france"}
ENTITIES = cities_of({"seoul": "south-korea", **PARTNERS})
# Of the scheme: design is of arts and culture and of the economy, tourism of culture and tourism,
# capacity building of ways of cooperation.
CULTURE, ECONOMY, WAYS = "Culture and tourism", "Economy and business", "Cooperation methods"
FULL = f"  sha256: {'0' * 64}\n  characters: 100\n"


def agreements(listed: Mapping[str, tuple[str, str, str]], more: str = "") -> str:
    """Lines of agreements: by name, parties, day and topics."""
    return "agreements:\n" + "".join(
        f"  {name}: {{label: {{ko: {name}번 협정, en: No {name}}}, parties: [{parties}], "
        f"form: agreement, signed: {day}, status: signed, topics: [{about}]{more}}}\n"
        for name, (parties, day, about) in listed.items()
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """Seven agreements of Seoul and one of two other cities; one document has a digest."""
    listed = {
        "a": ("seoul, tokyo", "2001-01-01", "arts-and-culture, tourism"),
        "b": ("seoul, tokyo", "2002-01-01", "design"),
        "c": ("seoul, osaka", "2003-01-01", "tourism"),
        "d": ("seoul, paris", "2004-04-04", "capacity-building"),
        "e": ("seoul, lyon", "2004-04-04", "capacity-building"),
        "f": ("seoul, paris", "2005-01-01", "arts-and-culture, economy"),
        "g": ("paris, lyon", "2006-01-01", "economy"),
    }
    whole = {
        "h": ("seoul, osaka", "2007-01-01", "arts-and-culture, economy, tourism, capacity-building")
    }
    return store_of(
        tmp_path_factory.mktemp("small"),
        ENTITIES,
        {"list": agreements(listed), "text": FULL + agreements(whole, ", at: 0-100")},
    )


@pytest.fixture(scope="module")
def found(small: LocalStore) -> Finding:
    return topics(Study(small, draws=60, seed=3))


def test_fields_count_an_agreement_once_and_a_topic_of_two_fields_in_both(found: Finding) -> None:
    check(found)
    fields = {row["label_en"]: row for row in rows(found, "topics-fields")}
    # Culture: a, b, c, f, h; economy: b (design), f, g, h; training: d, e, h.
    assert {name: row["agreements"] for name, row in fields.items()} == {
        CULTURE: 5,
        ECONOMY: 4,
        WAYS: 3,
    }
    assert fields[CULTURE]["share"] == pytest.approx(5 / 8)
    # Seoul is left out: Tokyo, Osaka and Paris.
    assert fields[CULTURE]["partners"] == 3
    assert fields[CULTURE]["topics"] == 3
    assert f"{CULTURE} (5), {ECONOMY} (4), {WAYS} (3)" in texts(found)
    # Without the document that was read in full: h goes, and economy is no more than three.
    assert {name: row["without_closely_read"] for name, row in fields.items()} == {
        CULTURE: 4,
        ECONOMY: 3,
        WAYS: 2,
    }
    assert "1 document was read in full" in texts(found)
    assert "1.62 topics, or 1.29 without" in texts(found)  # 13 topics of 8 agreements, 9 of 7
    assert "this removes 2 agreements" in texts(found)  # h, and one of d and e
    topics_of = {row["label_en"]: row for row in rows(found, "topics-topics")}
    assert topics_of["Design"]["fields_en"] == f"{CULTURE}, {ECONOMY}"
    assert topics_of["Arts and culture"]["agreements"] == 3


def test_partners_are_compared_without_seoul(found: Finding) -> None:
    profiles = {row["label_en"]: row for row in rows(found, "topics-profiles")}
    assert set(profiles) == {"Tokyo", "Osaka", "Paris", "Lyon"}
    assert found.parameters["left-out"] == {"ko": "seoul시", "en": "Seoul"}
    assert "Seoul is a party to half of the agreements or more" in texts(found)
    # Tokyo: culture twice, economy once; Lyon: training and economy.
    assert profiles["Tokyo"]["fields"] == 2
    assert profiles["Lyon"]["diversity"] == pytest.approx(1)
    leaning = {(row["label_en"], row["field_en"]): row for row in rows(found, "topics-advantage")}
    # Mentions without Seoul: Tokyo 3, Osaka 4, Paris 4, Lyon 2, of them culture 2, 2, 1, 0.
    assert leaning["Tokyo", CULTURE]["advantage"] == pytest.approx((2 / 3) / (5 / 13))
    assert ("Lyon", CULTURE) not in leaning


def test_headlines_are_measured_from_a_network_alone(small: LocalStore, found: Finding) -> None:
    network = Study(small).network("topics")
    values = {each.name: each.measure(network) for each in found.headlines}
    assert values["share-of-first-field"] == pytest.approx(5 / 8)
    assert values["topics-of-one-agreement"] == pytest.approx(1 / 5)  # design
    assert values["topics-by-agreement"] == pytest.approx((2 + 1 + 1 + 1 + 1 + 2 + 1 + 4) / 8)
    empty = nx.Graph()
    assert share_of_group(empty, "culture", {}) is None
    assert (share_in_one_agreement(empty), topics_per_agreement(empty)) == (None, None)


def test_an_agreement_leaves_a_topic_with_the_last_document_that_says_so(
    small: LocalStore,
) -> None:
    study = Study(small)
    data = agreement_topics(study.store, study.network("topics"))
    art, osaka = f"{ID}topic/arts-and-culture", f"{ID}government/osaka"
    tourism = f"{ID}topic/tourism"
    known = documents_of_topics(study.store, data, study.chosen)
    assert known["agreement/h", art] == {f"{ID}doc/text"}
    assert known["agreement/c", tourism] == {f"{ID}doc/list"}
    left = without_documents(data.network, known, [f"{ID}doc/text"])
    assert data.network.edges[osaka, tourism]["agreements"] == "agreement/c|agreement/h"
    assert left.edges[osaka, tourism]["agreements"] == "agreement/c"
    assert left.edges[osaka, tourism]["weight"] == 1
    assert not left.has_edge(osaka, art)
    assert set(left) == set(data.network)


def test_the_seed_decides(small: LocalStore, found: Finding) -> None:
    again = topics(Study(small, draws=60, seed=3))
    assert [table.rows for table in again.tables] == [table.rows for table in found.tables]
    assert again.answer == found.answer


def test_a_topic_of_two_fields_does_not_bring_them_together(small: LocalStore) -> None:
    data = agreement_topics(small, Study(small).network("topics"))
    culture, economy, ways = (
        f"{ID}topic/{name}" for name in ("culture-and-tourism", "economy", "cooperation-methods")
    )
    assert data.by_field[culture] & data.by_field[economy] == {
        f"agreement/{name}" for name in "bfh"
    }
    # The second is on design alone, which is of both.
    found = grouped(data.by_topic, data.above, is_exclusive=True)
    assert found[culture] & found[economy] == {f"agreement/{name}" for name in "fh"}
    assert set(found) == {culture, economy, ways}


def test_without_the_documents_read_in_full_nothing_may_be_left(tmp_path: Path) -> None:
    record = agreements({"h": ("seoul, osaka", "2007-01-01", "tourism")}, ", at: 0-100")
    finding = topics(Study(store_of(tmp_path, ENTITIES, {"text": FULL + record}), draws=9))
    check(finding)
    assert "Without the documents read in full, no agreement has known topics." in texts(finding)
    assert "The average agreement has 1 topic;" in texts(finding)


def test_without_topics_the_chapter_says_so() -> None:
    finding = topics(Study(LocalStore.of([])))
    assert finding.answer[0]["en"] == "No agreement has known topics."
    assert not finding.tables
    check(finding)


# The real graph


@pytest.fixture(scope="module")
def real(whole_build: Path) -> LocalStore:
    return LocalStore.open(whole_build)


@pytest.fixture(scope="module")
def real_finding(real: LocalStore) -> Finding:
    return topics(Study(real, draws=40))


def asked(store: LocalStore, query: str) -> list[list[str]]:
    return [[row[name].value for name in ("a", "b")] for row in store.solutions(query)]


def test_counts_of_the_real_graph_are_those_of_sparql(
    real: LocalStore, real_finding: Finding
) -> None:
    check(real_finding)
    pairs = asked(
        real,
        "SELECT DISTINCT ?a ?b WHERE { ?a a citypact:Agreement ; citypact:party ?p ; "
        "citypact:status code-agreement-status:signed ; citypact:covers/skos:broader* ?b "
        "FILTER NOT EXISTS { ?b skos:broader ?c } }",
    )
    counted = Counter(field for _, field in pairs)
    fields = {row["id"]: row for row in rows(real_finding, "topics-fields")}
    assert {iri: row["agreements"] for iri, row in fields.items()} == counted
    known = len({agreement for agreement, _ in pairs})
    assert all(row["share"] == row["agreements"] / known for row in fields.values())
    covers = asked(
        real,
        "SELECT DISTINCT ?a ?b WHERE { ?a a citypact:Agreement ; citypact:party ?p ; "
        "citypact:status code-agreement-status:signed ; citypact:covers ?b }",
    )
    by_topic = Counter(topic for _, topic in covers)
    assert {r["id"]: r["agreements"] for r in rows(real_finding, "topics-topics")} == by_topic


def test_pairs_of_the_real_graph_are_those_of_the_register(real_finding: Finding) -> None:
    about: dict[str, set[str]] = {}
    register = PACKAGED / "registers/agreements.csv"
    with register.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            about.setdefault(row["id"], set()).update(filter(None, row["topics"].split(";")))
    both = {name for name, words in about.items() if {"arts-and-culture", "tourism"} <= words}
    never = {name for name, words in about.items() if {"capacity-building", "tourism"} <= words}
    pairs = {
        (row["one_id"].split("/")[-1], row["other_id"].split("/")[-1]): row
        for row in rows(real_finding, "topics-together")
    }
    first = pairs["arts-and-culture", "tourism"]
    # The documents that were read in full may add to what registers say.
    assert len(both) <= first["together"] <= len(both) + 5
    assert len(never) <= pairs["capacity-building", "tourism"]["together"] <= len(never) + 5
    assert first["together"] > first["mean"] + 3 * first["deviation"]


def test_fields_by_wealth_of_the_real_graph_are_explored(real_finding: Finding) -> None:
    found = rows(real_finding, "topics-wealth")
    assert {row["field_id"] for row in found} <= {
        row["id"] for row in rows(real_finding, "topics-fields")
    }
    for row in found:
        assert row["difference"] == pytest.approx(row["richer"] - row["poorer"])
        assert row["low"] <= row["difference"] <= row["high"]
    assert found and [row["p"] for row in found] == sorted(row["p"] for row in found)
    said = texts(real_finding)
    assert "richer or poorer makes no demonstrable difference" in said
    # What would not have been found is said, and what wealth cannot tell.
    least = round(100 * found[0]["detectable"])
    assert f"at least {least} percentage points to be significant" in said
    assert abs(found[0]["difference"]) < found[0]["detectable"]
    assert "does not show whether Seoul cooperates as a donor or as a peer" in said
    assert "다르다고 할 수 없습니다" in texts(real_finding, "ko")


def test_partners_of_the_real_graph_leave_seoul_out(
    real: LocalStore, real_finding: Finding
) -> None:
    named = {row["id"] for row in rows(real_finding, "topics-profiles")}
    assert f"{ID}government/seoul" not in named
    parties = asked(
        real,
        "SELECT DISTINCT ?a ?b WHERE { ?a a citypact:Agreement ; citypact:covers ?t ; "
        "citypact:status code-agreement-status:signed ; citypact:party ?b }",
    )
    several = {actor for actor, n in Counter(actor for _, actor in parties).items() if n > 1}
    assert named == several - {f"{ID}government/seoul"}
