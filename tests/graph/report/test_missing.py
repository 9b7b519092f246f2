"""The chapter on missing documents: ranges of headlines against what a graph without them says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import networkx as nx
import pytest

from citypact.graph.analysis.robustness import ranges as ranges_of
from citypact.graph.build.build import make_graph
from citypact.graph.networks.filter import Filter
from citypact.graph.report.missing.chapter import missing
from citypact.graph.report.report import Report, report_files
from citypact.graph.report.shared.finding import Finding, Headline
from citypact.graph.report.shared.ranges import ranges
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import LocalStore
from citypact.graph.text.bilingual import both
from citypact.graph.text.numbers import written
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError
from tests.graph.report.chapters import (
    check,
    cities_of,
    memberships,
    partnerships,
    rows,
    store_of,
    store_of_member_lists,
    texts,
)
from tests.sources.small_registers import write_registers

COUNTRIES = {
    "seoul": "south-korea", "tokyo": "japan", "osaka": "japan", "paris": "france",
    "lyon": "france", "recife": "brazil",
}  # fmt: skip
ENTITIES = cities_of(COUNTRIES) + "networks:\n  club: {label: {ko: 클럽, en: The Club}}\n"
RECORDS = {
    "first": partnerships(("seoul", "tokyo"), ("seoul", "paris")),
    "second": partnerships(("tokyo", "seoul"), ("seoul", "lyon"), ("seoul", "osaka")),
    "third": partnerships(("seoul", "recife")),
}


def documents(records: Mapping[str, str] = RECORDS) -> dict[str, str]:
    found = {name: f"partnerships:\n{ties}" for name, ties in records.items()}
    members = memberships("club", "seoul", "lyon", "recife")
    return {**found, "members": f"memberships:\n{members}"}


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """Three documents that tell of partnerships, two of them of Seoul and Tokyo; a fourth of all
    memberships."""
    return store_of(tmp_path_factory.mktemp("four"), ENTITIES, documents())


def ties(network: nx.Graph) -> float:
    return float(network.number_of_edges())


def share_in(network: nx.Graph, country: str) -> float | None:
    countries = nx.get_node_attributes(network, "country")
    found = [country in (countries[a], countries[b]) for a, b in network.edges()]
    return float(sum(found) / len(found)) if found else None


def finding(*headlines: Headline) -> Finding:
    title = both("시험", "Trial")
    return Finding("trial", title, title, [title], [title], {}, headlines)


def headline(name: str, network: str, measure: object) -> Headline:
    return Headline(name, both(f"{name} 값", f"The {name}"), network, measure)  # type: ignore[arg-type]


TRIAL = finding(
    headline("ties", "cities", ties),
    headline("japan", "cities", partial(share_in, country="japan")),
    headline("edges", "actors", ties),
)


def test_ranges_are_those_of_graphs_made_without_each_document(
    four: LocalStore, tmp_path: Path
) -> None:
    study = Study(four, draws=40)
    found = ranges(study, [TRIAL])
    for name, measure in (("ties", ties), ("japan", partial(share_in, country="japan"))):
        whole = measure(study.network("cities"))
        values = {"": whole}
        for left_out in RECORDS:
            rest = {each: text for each, text in RECORDS.items() if each != left_out}
            store = store_of(tmp_path / f"{name}-{left_out}", ENTITIES, documents(rest))
            values[left_out] = measure(Study(store).network("cities"))
        known = found["trial", name]
        assert known.value == whole
        assert (known.least, known.greatest) == (min(values.values()), max(values.values()))  # type: ignore[type-var]
        source = known.source.rsplit("/", 1)[-1]
        assert known.without == values[source]
        assert abs(values[source] - whole) == max(abs(v - whole) for v in values.values())  # type: ignore[operator]


def test_each_headline_is_measured_on_its_network(four: LocalStore) -> None:
    study = Study(four, draws=30, seed=7)
    found = ranges(study, [TRIAL])
    assert set(found) == {("trial", "ties"), ("trial", "japan"), ("trial", "edges")}
    assert (found["trial", "ties"].value, found["trial", "edges"].value) == (5, 9)
    assert found["trial", "edges"].source == ID + "doc/members"
    own = ranges_of(
        study.network("cities"), study.documents("cities"), {"ties": ties}, draws=30, seed=7
    )
    assert found["trial", "ties"] == own["ties"]


def test_what_was_measured_is_not_measured_again(four: LocalStore) -> None:
    study = Study(four, draws=5)
    first = ranges(study, [TRIAL])
    broken = replace(TRIAL, headlines=[headline("ties", "cities", None)])
    assert ranges(study, [broken]) == {("trial", "ties"): first["trial", "ties"]}


def test_a_headline_of_a_network_without_documents_is_refused(four: LocalStore) -> None:
    with pytest.raises(CitypactError, match="-> give the network"):
        ranges(Study(four, draws=2), [finding(headline("ties", "everything", ties))])


def test_the_chapter_says_what_rests_on_single_documents(four: LocalStore) -> None:
    found = missing(Study(four, network_name="cities", draws=40), [TRIAL])
    check(found)
    # Of five ties only that of Seoul and Tokyo has two documents; the club joins nobody here.
    assert "Of 5 ties (ties between cities), 4 (80.0%) are supported by a single document" in texts(
        found
    )
    assert "3 supporting documents, and 3 of these are the only source for a tie" in texts(found)
    second_alone = Filter(sources=(f"{ID}doc/second",))
    one = missing(Study(four, network_name="cities", chosen=second_alone, draws=2), [TRIAL])
    assert "All 3 ties (ties between cities) are supported by one and the same document" in texts(
        one
    )
    assert "most ties would be lost is “Document second” (2 ties)." in texts(found)
    alone = {row["label_en"]: row for row in rows(found, "missing-sources")}
    assert next(iter(alone)) == "Document second"
    second = alone["Document second"]
    assert (second["cities_alone"], second["cities_all"]) == (2, 3)
    assert (alone["Document members"]["actors_alone"], second["actors_alone"]) == (3, 3)
    support = {
        (row["network_id"], row["documents"]): row["ties"] for row in rows(found, "missing-support")
    }
    assert support["cities", 1], support["cities", 2] == (4, 1)


def test_every_headline_has_a_row_with_its_ranges(four: LocalStore) -> None:
    found = missing(Study(four, draws=40), [TRIAL])
    by_name = {row["headline_id"]: row for row in rows(found, "missing-headlines")}
    assert set(by_name) == {"ties", "japan", "edges"}
    assert (by_name["ties"]["value"], by_name["ties"]["least"]) == (5, 3)
    assert by_name["ties"]["source_en"] == "Document second"
    assert by_name["ties"]["low"] < by_name["ties"]["high"] <= 5
    assert "3 of 3 key figures change by more than 10% if one document is left out" in texts(found)
    assert found.parameters["draws-cities"] == 40


def test_a_figure_that_few_draws_tell_has_no_range(four: LocalStore) -> None:
    """Only with all of its ties can it be told, as of a group that half of the sources break."""

    def whole(network: nx.Graph) -> float | None:
        return 1.0 if network.number_of_edges() == 5 else None

    trial = finding(headline("whole", "cities", whole), TRIAL.headlines[0])
    study = Study(four, draws=40)
    rare, common = rows(missing(study, [trial]), "missing-headlines")
    assert rare["defined"] < 36
    assert rare["draws"] == common["defined"] == 40
    assert "low" not in rare
    assert common["low"] < common["high"]
    page = report_files(make_page(study, trial))["report.html"].decode()
    assert f"defined in {rare['defined']} of 40 samples" in page
    # Half of the sources lie below: the mean of the draws says how far.
    assert f"(shifted, mean {written(common['mean'])})" in page


def make_page(study: Study, found: Finding) -> Report:
    return Report(study, [found], ranges(study, [found]), study.store.summary(), [])


def test_totals_of_sources_stand_beside_what_is_documented(tmp_path: Path) -> None:
    store = make_graph(write_registers(tmp_path))
    found = missing(Study(store, draws=5), [])
    check(found)
    totals = {row["total"]: row for row in rows(found, "missing-coverage")}
    assert {total: row["documented"] for total, row in totals.items()} == {2: 1, 5: 1}
    # A total is that of a government, whose name is given in full, unlike that of a node.
    assert {(row["label_ko"], row["label_en"]) for row in totals.values()} == {
        ("서울특별시", "Seoul Metropolitan Government")
    }
    assert totals[2]["source_en"] == "A page of Seoul"
    assert totals[2]["share"] == 0.5
    assert "The totals that sources give differ: 5, 2." in texts(found)
    assert ID + "doc/weekly" in found.sources


def test_without_ties_and_findings_the_chapter_says_so() -> None:
    found = missing(Study(LocalStore.of([]), draws=5), [])
    check(found)
    assert found.answer[0]["en"] == "There are no ties."
    assert not found.tables


def test_the_same_seed_gives_the_same_chapter(four: LocalStore) -> None:
    one, again = (missing(Study(four, draws=20, seed=3), [TRIAL]) for _ in range(2))
    assert one.answer == again.answer
    assert [table.rows for table in one.tables] == [table.rows for table in again.tables]
    assert one.parameters["seed"] == 3


def test_halves_of_few_documents_are_said_to_tell_little(four: LocalStore) -> None:
    assert "With only 4 documents, random halves differ little" in texts(
        missing(Study(four, draws=5), [TRIAL])
    )


def test_each_list_of_members_is_told_with_its_day_total_and_completeness(tmp_path: Path) -> None:
    found = missing(Study(store_of_member_lists(tmp_path), draws=2), [])
    check(found)
    names = ("as_of", "members", "total", "approximate", "completeness_id")
    told = rows(found, "missing-member-lists")
    assert [tuple(row.get(name) for name in names) for row in told] == [
        (None, 1, None, False, "whole"),
        ("2010", 2, 3, False, "part"),
        ("2012", 1, 40, True, "unknown"),
    ]
    assert [row["source_id"] for row in told][1] == f"{ID}doc/first"
