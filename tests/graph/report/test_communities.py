"""The chapter on communities, on small graphs whose answers are known beforehand."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from citypact.graph.report.communities.chapter import communities
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import LocalStore
from tests.graph.report.chapters import (
    check,
    cities_of,
    partnerships,
    rows,
    store_of,
    texts,
)

COUNTRIES = ("south-korea", "japan", "france")
PARTS = [[f"{land[0]}{number}" for number in range(6)] for land in COUNTRIES]
CITIES = {city: land for land, part in zip(COUNTRIES, PARTS, strict=True) for city in part}


def of(store: LocalStore, network: str, draws: int = 60) -> Finding:
    found = communities(Study(store, network, draws=draws))
    check(found)
    return found


def test_planted_communities_are_found_and_clearer_than_in_the_null_model(tmp_path: Path) -> None:
    pairs = [pair for part in PARTS for pair in combinations(part, 2)]
    pairs += [("s0", "j0"), ("j1", "f0"), ("f1", "s1")]
    document = "partnerships:\n" + partnerships(*pairs)
    finding = of(store_of(tmp_path, cities_of(CITIES), {"list": document}), "cities")
    text = texts(finding)
    assert "agreement 1): there are 3 communities" in text
    assert "Modularity is higher than in the null model" in text
    members = rows(finding, "communities-members")
    found = {frozenset(r["label_en"] for r in members if r["community"] == at) for at in (1, 2, 3)}
    assert found == {frozenset(city.capitalize() for city in part) for part in PARTS}
    assert {row["certainty"] for row in members} == {1}


def test_a_star_has_no_communities_and_nothing_to_compare_with(tmp_path: Path) -> None:
    document = "partnerships:\n" + partnerships(*(("s0", city) for city in CITIES if city != "s0"))
    finding = of(store_of(tmp_path, cities_of(CITIES), {"list": document}), "cities")
    assert finding.answer[0]["en"].startswith("There are none")
    assert "cannot be rewired" in texts(finding)
    assert "draws" not in finding.parameters


def test_a_ring_has_no_division_that_holds(tmp_path: Path) -> None:
    names = list(CITIES)
    pairs = [
        (names[i], names[(i + step) % len(names)]) for i in range(len(names)) for step in (1, 4)
    ]
    document = "partnerships:\n" + partnerships(*pairs)
    finding = of(store_of(tmp_path, cities_of(CITIES), {"list": document}), "cities")
    # All places of a ring are alike: wherever it is cut is as good, and other seeds cut elsewhere.
    assert finding.answer[0]["en"].startswith("There is no single best division")
    assert "1. " not in texts(finding)


def test_few_samples_are_inconclusive(tmp_path: Path) -> None:
    pairs = [pair for part in PARTS for pair in combinations(part, 2)] + [("s0", "j0")]
    document = "partnerships:\n" + partnerships(*pairs)
    finding = of(store_of(tmp_path, cities_of(CITIES), {"list": document}), "cities", draws=9)
    text = texts(finding)
    assert "9 random samples are too few" in text and "at least 39 are needed" in text
    assert text.count("samples are too few does not mean") == 1


def test_without_ties_nothing_is_described(tmp_path: Path) -> None:
    store = store_of(tmp_path, cities_of({"seoul": "south-korea"}), {"list": ""})
    assert [words["en"] for words in of(store, "actors").answer] == ["There are no ties."]
