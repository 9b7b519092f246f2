"""The chapter on null models, on small graphs whose answers are known beforehand."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from citypact.graph.analysis.features import standard
from citypact.graph.analysis.null_models import Comparison, compare, compared
from citypact.graph.analysis.partner_topics import (
    PartnerTopics,
    centre_of,
    of_governments,
    partner_topics,
)
from citypact.graph.analysis.significance import SampledTest, draws_needed
from citypact.graph.report.null_models.chapter import NullModelFindings, find, null_models
from citypact.graph.report.shared.chance import rounds, sampled
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.prose import Prose
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import LocalStore
from tests.graph.report.chapters import (
    check,
    cities_of,
    memberships,
    partnerships,
    rows,
    store_of,
    store_of_lists,
)
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
        f"parties: [{one}, {other}], form: agreement, status: signed, topics: [{topics}]}}\n"
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
    said = finding.answer[0]["en"]
    assert "higher transitivity" in said and "more ties within countries" in said
    assert "longer distances" in said and "clearer communities" in said
    within = values(finding, "within_country", "rewired")
    assert within["observed"] == pytest.approx(45 / 48)
    assert within["z"] > 3 and within["p"] <= within["adjusted"] < 0.05
    # Degrees are kept exactly, so the number of ties cannot differ.
    assert "z" not in values(finding, "edges", "rewired")


def test_few_draws_tell_nothing_of_features_and_say_how_many_would(cliques: LocalStore) -> None:
    finding = of(cliques, "cities", draws=30)
    # No draw comes near, but the least that p can be is 2 / 31, however far off a feature is.
    assert values(finding, "within_country", "rewired")["z"] > 3
    answer = finding.answer[0]
    assert "30 random samples are too few to decide whether" in answer["en"]
    assert "판단할 수 없습니다" in answer["ko"]
    tested = sum("adjusted" in row for row in rows(finding, "null-models-features"))
    assert f"at least {draws_needed(tested)} are needed" in answer["en"]
    assert "differ significantly" not in texts_of(finding)
    cautions = [words["en"] for words in finding.cautions]
    assert sum("samples are too few does not mean" in each for each in cautions) == 1


def test_enough_draws_need_no_such_caution(cliques: LocalStore) -> None:
    assert "too few does not mean" not in texts_of(of(cliques, "cities", draws=330))


def answer(found: NullModelFindings, language: str = "en") -> str:
    """The answer of the chapter to what was found, as one text."""
    prose = Prose(Study(LocalStore.of([])), "null-models", found, single_test_needs=draws_needed())
    return "\n".join(words[language] for words in prose.paragraphs("answer"))


def answer_on(topics: PartnerTopics, language: str = "en") -> str:
    return answer(find(nx.star_graph(2), "", {}, topics), language)


def beside(observed: float, draws: int) -> Comparison:
    """A feature beside draws about 10, by chance."""
    drawn = [{"value": 9.0 + at % 3} for at in range(draws)]
    return compared({"value": observed}, drawn, seed=1)["value"]


@pytest.mark.parametrize(
    ("observed", "draws", "said"),
    [
        (10.0, 99, "No tested feature (1) differs significantly from a null model"),
        (30.0, 99, "1 of 1 tested feature differs significantly from a null model"),
        (30.0, 30, "30 random samples are too few to decide"),
    ],
)
@pytest.mark.parametrize("model", ["rewired", "rewired-by-kind", "rewired-by-list"])
def test_what_differs_from_the_strictest_model_is_told_if_draws_suffice(
    observed: float, draws: int, said: str, model: str
) -> None:
    found = {"transitivity": beside(observed, draws)}
    text = answer(find(nx.path_graph(4), model, found, None))
    assert said in text
    with_kinds = model != "rewired" and draws == 99
    assert ("the degree for each kind of actor" in text) == with_kinds


def topics_beside(exactly: float, in_the_mean: float, draws: int) -> PartnerTopics:
    """Topics whose checkerboards are these beside draws about 10."""
    by_model = {"rewired-two-mode": exactly, "bicm": in_the_mean}
    network = nx.Graph()
    network.add_nodes_from(["a", "b"], bipartite=0)
    found = {
        (grain, model): {"checkerboards": beside(value, draws)}
        for grain in ("own", "broadest")
        for model, value in by_model.items()
    }
    return PartnerTopics(network, "", 1.0, found, [], [])


def test_the_model_is_named_that_topics_are_beyond() -> None:
    for topics, exactly, in_the_mean in (
        (topics_beside(20.0, 10.0, 99), "more segregated", "no significant difference"),
        (topics_beside(10.0, 20.0, 99), "no significant difference", "more segregated"),
        (topics_beside(20.0, 1.0, 99), "more segregated", "more overlap"),
    ):
        text = answer_on(topics)
        assert "depends on the model" in text
        assert f"degrees kept exactly: {exactly}" in text
        assert f"on average (BiCM): {in_the_mean}" in text
    korean = answer_on(topics_beside(20.0, 10.0, 99), "ko")
    assert "정확히 유지하는 모형: 귀무모형보다 더 갈라짐(귀무모형 평균의 2배, p ≤ 0.02)" in korean
    assert "평균적으로 유지하는 모형(BiCM): 귀무모형의 범위 안(" in korean


def test_few_draws_tell_nothing_of_topics() -> None:
    topics = topics_beside(20.0, 20.0, 38)
    assert topics.is_inconclusive
    text = answer_on(topics)
    assert "38 random samples are too few to decide whether topics are more segregated" in text
    assert "neither more nor less" not in text
    assert not topics_beside(20.0, 20.0, 39).is_inconclusive
    assert "neither more nor less" in answer_on(topics_beside(10.0, 10.0, 39))


def test_a_star_has_no_chances_and_says_why(star: LocalStore) -> None:
    finding = of(star, "cities")
    assert "No two ties of this network can be rewired" in finding.answer[0]["en"]
    assert "The network is a star: all ties include Seoul" in finding.answer[1]["en"]
    assert rows(finding, "null-models-features") == []


def test_cities_of_alike_topics_are_named_as_pairs_and_seoul_is_not_among_them(
    star: LocalStore,
) -> None:
    finding = of(star, "cities")
    text = texts_of(finding)
    assert "40 pairs of cities share more topics than in the null model" in text
    pairs = rows(finding, "null-models-cities")
    assert len(pairs) == 10 + 15 + 15 and {row["shared"] for row in pairs} == {6}
    assert not any("seoul" in row["one_id"] + row["other_id"] for row in pairs)
    assert "Topics are more segregated than in the null model" in text
    said = [row["statement_ko"] for row in rows(finding, "null-models-numbers")]
    ratios = [words for words in said if "갈라진 정도" in words]
    assert len(ratios) == 4 and not any("rewired" in words or "own" in words for words in ratios)


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
        f"parties: [{parties}], status: signed, topics: [{topics}]}}\n"
        for number, (parties, topics) in enumerate(
            [
                ("tokyo, paris", "tourism, design"),
                ("lyon, nice", "tourism"),
                ("busan, nara", "design"),
            ]
        )
    )
    store = store_of(tmp_path, cities_of(CITIES), {"list": document})
    found = partner_topics(Study(store).network("topics"), draws=5, seed=1)
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
    # A model without kinds, from which all differs, is not asked.
    assert not any(row["id"].endswith("/rewired") for row in rows(finding, "null-models-features"))


def test_lists_of_partners_alone_are_no_feature_of_the_network(tmp_path: Path) -> None:
    chance = random.Random(3)
    hubs, others = [f"hub-{at}" for at in range(8)], [f"place-{at}" for at in range(40)]
    lists = {
        hub: dict.fromkeys(chance.sample([*hubs[:at], *hubs[at + 1 :], *others], 12), "")
        for at, hub in enumerate(hubs)
    }
    countries = dict.fromkeys([*hubs, *others], "japan")
    study = Study(store_of_lists(tmp_path, countries, lists), network_name="cities", draws=99)
    found = {row["id"]: row for row in rows(null_models(study), "null-models-features")}
    told = ("transitivity", "assortativity", "components")
    assert all(found[f"{name}/rewired-by-list"]["p"] > 0.05 for name in told)
    # A model that ties two places without a list finds less of what no list could have shown.
    without = compare(study.simple(), standard, "rewired", draws=99)
    assert without["assortativity"].p < 0.05


def test_without_ties_there_is_nothing_to_tell(tmp_path: Path) -> None:
    store = store_of(tmp_path, cities_of({"seoul": "south-korea"}), {"list": ""})
    assert [words["en"] for words in of(store, "actors").answer] == ["There are no ties."]


def test_the_same_seed_gives_the_same_finding(cliques: LocalStore) -> None:
    one, again, other = (of(cliques, "cities", 20, seed=seed).tables[0].rows for seed in (1, 1, 2))
    assert one == again != other


def test_large_networks_begin_with_few_samples_and_are_not_capped() -> None:
    study = Study(LocalStore.of([]), draws=279, most=279 * 5)
    assert rounds(study, 100) == (279, 5 * 279)
    # As many as are said to be needed can be asked for, whatever the size.
    assert rounds(study, 20_000) == (100, 279) and draws_needed(7) == 279
    assert rounds(Study(LocalStore.of([]), draws=50), 20_000) == (50, 50)


def test_an_undecided_test_takes_more_networks_than_were_asked_for(cliques: LocalStore) -> None:
    few = null_models(Study(cliques, draws=20))
    more = null_models(Study(cliques, draws=20, most=400))
    draws = {row["draws"] for row in rows(more, "null-models-features")}
    assert {row["draws"] for row in rows(few, "null-models-features")} == {20}
    assert min(draws) > 20 and max(draws) <= 400
    assert "too few to decide" in texts_of(few) and "too few to decide" not in texts_of(more)


def test_an_undecided_permutation_test_takes_more_samples_than_were_asked_for() -> None:
    @dataclass(frozen=True)
    class Permuted(SampledTest):
        p: float
        draws: int

    study = Study(LocalStore.of([]), draws=100, most=350)

    def draws(p: float) -> int:
        return (sampled(study, lambda draws: Permuted(p, draws)) or pytest.fail()).draws

    assert (draws(0.04), draws(0.9)) == (350, 100)
    assert sampled(study, lambda draws: None) is None
