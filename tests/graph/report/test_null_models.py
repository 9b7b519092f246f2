"""The chapter on null models, on small graphs whose answers are known beforehand."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from graph.report.finding import Finding
from graph.report.null_models import null_models
from graph.report.partner_topics import centre_of, of_governments, partner_topics
from graph.report.study import Study
from graph.store import LocalStore
from tests.graph.report.chapters import check, cities_of, memberships, partnerships, rows, store_of
from tests.graph.report.chapters import texts as texts_of

KOREAN = ("seoul", "busan", "incheon", "daegu", "sejong", "jeju")
JAPANESE = ("tokyo", "osaka", "kyoto", "nagoya", "kobe", "nara")
FRENCH = ("paris", "lyon", "lille", "nantes", "nice", "brest")
TOPICS = (
    "smart-city, e-government, transport, economy, urban-rail, air-quality",
    "tourism, design, arts-and-culture, environment, public-transport, water-and-sanitation",
    "capacity-building, trade-and-investment, climate-change-response, information-technology, "
    "urban-regeneration, urban-development",
)
CITIES = {
    **dict.fromkeys(KOREAN, "south-korea"),
    **dict.fromkeys(JAPANESE, "japan"),
    **dict.fromkeys(FRENCH, "france"),
}


def agreements(*topics_of: tuple[str, str, str]) -> str:
    """Agreements between two governments, with the topics that they cover."""
    return "agreements:\n" + "".join(
        f"  {one}-{other}: {{label: {{ko: {one}–{other} 협정, en: {one}–{other}}}, "
        f"parties: [{one}, {other}], form: agreement, status: announced, topics: [{topics}]}}\n"
        for one, other, topics in topics_of
    )


@pytest.fixture(scope="module")
def cliques(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """Three countries in which all cities are partners, joined in a ring."""
    pairs = [pair for part in (KOREAN, JAPANESE, FRENCH) for pair in combinations(part, 2)]
    pairs += [("seoul", "tokyo"), ("osaka", "paris"), ("lyon", "busan")]
    document = "partnerships:\n" + partnerships(*pairs)
    return store_of(tmp_path_factory.mktemp("cliques"), cities_of(CITIES), {"list": document})


@pytest.fixture(scope="module")
def star(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """Seoul and its partners, with topics of their own for each of three countries."""
    parts = zip((KOREAN[1:], JAPANESE, FRENCH), TOPICS, strict=True)
    document = agreements(*(("seoul", city, topics) for part, topics in parts for city in part))
    return store_of(tmp_path_factory.mktemp("star"), cities_of(CITIES), {"list": document})


def of(store: LocalStore, network: str, draws: int = 60, **choices: Any) -> Finding:
    found = null_models(Study(store, network, draws=draws, **choices))
    check(found)
    return found


def values(finding: Finding, name: str, model: str) -> dict[str, Any]:
    return next(
        row for row in rows(finding, "null-models-features") if row["id"] == f"{name}/{model}"
    )


def test_planted_features_are_told_and_others_are_not(cliques: LocalStore) -> None:
    finding = of(cliques, "cities", draws=330)
    answer = finding.answer[0]["en"]
    assert "more closed triangles" in answer and "more ties within a country" in answer
    assert "longer distances" in answer and "clearer communities" in answer
    within = values(finding, "within_country", "rewired")
    assert within["observed"] == pytest.approx(45 / 48)
    assert within["z"] > 3 and within["p"] <= within["adjusted"] < 0.05
    # Degrees are kept exactly, so the number of ties cannot differ; stubs lose some.
    assert "z" not in values(finding, "edges", "rewired")
    assert values(finding, "edges", "configuration")["mean"] < 48


def test_a_star_has_no_chances_and_says_why(star: LocalStore) -> None:
    finding = of(star, "cities")
    assert "No two ties of this network can be exchanged" in finding.answer[0]["en"]
    assert "It is a star, with Seoul" in finding.answer[1]["en"]
    assert rows(finding, "null-models-features") == []


def test_cities_of_alike_topics_are_named_as_pairs_and_seoul_is_not_among_them(
    star: LocalStore,
) -> None:
    finding = of(star, "cities")
    text = texts_of(finding)
    assert "40 pairs of cities share more topics than by chance" in text
    pairs = rows(finding, "null-models-cities")
    assert len(pairs) == 10 + 15 + 15 and {row["shared"] for row in pairs} == {6}
    assert not any("seoul" in row["one_id"] + row["other_id"] for row in pairs)
    assert "topics are set apart more than by chance" in text.lower()


def test_only_the_party_to_half_of_the_agreements_is_taken_out(tmp_path: Path) -> None:
    document = agreements(
        ("seoul", "tokyo", "tourism"), ("seoul", "paris", "design"), ("lyon", "nice", "tourism")
    )
    store = store_of(tmp_path, cities_of(CITIES), {"list": document})
    network = Study(store).network("topics")
    assert centre_of(network).endswith("/seoul")
    rest = of_governments(network, centre_of(network))
    assert sum(side == 0 for _, side in rest.nodes(data="bipartite")) == 4
    network.remove_node(centre_of(network))
    assert centre_of(network) == ""


def test_parties_of_one_agreement_do_not_count_as_overlap(tmp_path: Path) -> None:
    document = "agreements:\n" + "".join(
        f"  a{number}: {{label: {{ko: 협정 {number}, en: Agreement {number}}}, form: agreement, "
        f"parties: [{parties}], status: announced, topics: [{topics}]}}\n"
        for number, (parties, topics) in enumerate(
            [
                ("tokyo, paris", "tourism, design"),
                ("lyon, nice", "tourism"),
                ("busan, nara", "design"),
            ]
        )
    )
    store = store_of(tmp_path, cities_of(CITIES), {"list": document})
    found = partner_topics(Study(store, draws=5))
    assert found is not None
    # Of 15 pairs 3 have an agreement; tokyo and paris share one topic with each of the other four.
    assert found.shared == pytest.approx(8 / 12)


def test_lists_of_members_explain_what_degrees_do_not(tmp_path: Path) -> None:
    entities = cities_of(CITIES) + (
        "networks:\n  club: {label: {ko: 클럽, en: The Club}}\n"
        "  union: {label: {ko: 연합, en: The Union}}\n"
    )
    document = "memberships:\n" + memberships("club", *KOREAN, *JAPANESE)
    document += memberships("union", *JAPANESE, *FRENCH)
    store = store_of(tmp_path, entities, {"list": document})
    finding = of(store, "actors", draws=100)
    # All ties join a member and a network: chance that knows of kinds has no triangles either.
    assert values(finding, "triangles", "rewired-by-kind")["mean"] == 0
    assert values(finding, "within_kind", "rewired-by-kind")["mean"] == 0
    assert values(finding, "within_kind", "rewired")["mean"] > 0


def test_without_ties_there_is_nothing_to_tell(tmp_path: Path) -> None:
    store = store_of(tmp_path, cities_of({"seoul": "south-korea"}), {"list": ""})
    assert [words["en"] for words in of(store, "actors").answer] == ["There are no ties."]


def test_the_same_seed_gives_the_same_finding(cliques: LocalStore) -> None:
    one, again, other = (of(cliques, "cities", 20, seed=seed).tables[0].rows for seed in (1, 1, 2))
    assert one == again != other
