"""The chapter on geography: around one city, over many cities, and without ties."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from citypact.graph.analysis.tie_geography import network_findings
from citypact.graph.build.build import make_graph
from citypact.graph.networks.country_codes import country_codes
from citypact.graph.report.geography.chapter import geography, key_findings
from citypact.graph.report.shared.prose import Prose
from citypact.graph.report.shared.ranges import ranges
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import LocalStore
from citypact.graph.text.numbers import written
from citypact.ontology import ID
from tests.graph.report.chapters import check, rows, texts

COUNTRIES = """\
countries:
  south-korea: {label: {ko: 대한민국, en: South Korea}, code: KR}
  japan: {label: {ko: 일본, en: Japan}}
  france: {label: {ko: 프랑스, en: France}, code: FR}
  brazil: {label: {ko: 브라질, en: Brazil}, code: BR}
"""
RECORD = """\
document:
  id: list
  label: {ko: 목록, en: List}
  title: {ko: 목록}
  type: web-notice
  address: https://example.org/list
  published: 2024-05
"""


def _store(folder: Path, entities: str, record: str) -> LocalStore:
    for part, name, text in (
        ("entities", "world.yaml", COUNTRIES + entities),
        ("records", "list.yaml", RECORD + record),
    ):
        (folder / part).mkdir(parents=True)
        (folder / part / name).write_text(text, encoding="utf-8")
    return make_graph(folder)


CITIES = {
    # slug: country, latitude and longitude, whether a member of the network
    "seoul": ("south-korea", (37.566, 126.978), True),
    "busan": ("south-korea", (35.102, 129.04), True),
    "tokyo": ("japan", (35.69, 139.692), True),
    "osaka": ("japan", (34.694, 135.502), True),
    "kyoto": ("japan", (35.021, 135.754), True),
    "paris": ("france", (48.853, 2.349), True),
    "lyon": ("france", (45.748, 4.847), True),
    "nice": ("france", (43.703, 7.266), True),
    "recife": ("brazil", (-8.054, -34.881), True),
    "bahia": ("brazil", None, False),
}
PARTNERS = {"tokyo": "1988-01", "osaka": "1992", "kyoto": "1995-05", "bahia": ""}


@pytest.fixture(scope="module")
def star(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """Seoul with near partners and far fellow members that are none."""
    return _star(tmp_path_factory.mktemp("star"))


def _star(folder: Path, others: tuple[tuple[str, str], ...] = ()) -> LocalStore:
    cities = governments = ""
    for slug, (country, place, _) in CITIES.items():
        label = f"label: {{ko: {slug}시, en: {slug.capitalize()}}}"
        at = f", latitude: {place[0]}, longitude: {place[1]}" if place else ""
        cities += f"  {slug}: {{{label}, country: {country}{at}}}\n"
        governments += f"  {slug}: {{{label}, governs: {slug}}}\n"
    partnerships = "".join(
        f"  seoul-{slug}: {{label: {{ko: 서울–{slug}, en: Seoul–{slug}}}, "
        f"partners: [seoul, {slug}], relation_type: sister-city"
        + (f", established: {year}}}\n" if year else "}\n")
        for slug, year in PARTNERS.items()
    ) + "".join(
        f"  {one}-{other}: {{label: {{ko: {one}–{other} 관계, en: {one}–{other}}}, "
        f"partners: [{one}, {other}], relation_type: sister-city}}\n"
        for one, other in others
    )
    memberships = "".join(
        f"  {slug}-club: {{member: {slug}, organization: club}}\n"
        for slug, (_, _, is_member) in CITIES.items()
        if is_member
    )
    return _store(
        folder,
        f"cities:\n{cities}governments:\n{governments}"
        "networks:\n  club: {label: {ko: 클럽, en: The Club}}\n",
        f"partnerships:\n{partnerships}memberships:\n{memberships}",
    )


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """Forty-eight towns along the equator; each is a partner of the four nearest."""
    return _towns(tmp_path_factory.mktemp("ring"), lambda a, b: min(b - a, 48 - b + a) <= 2)


def _towns(folder: Path, are_partners: Callable[[int, int], bool]) -> LocalStore:
    names = ["south-korea", "japan", "france", "brazil"]
    cities = ""
    for n in range(48):
        place = f"latitude: {n % 3}, longitude: {n * 7.5 - 180}"
        people = 10_000 + n * n * 977 % 90_000
        cities += (
            f"  town-{n}: {{label: {{ko: 마을 {n}, en: Town {n}}}, country: {names[n // 12]}, "
            f"{place}, population: {people}}}\n"
        )
    partnerships = "".join(
        f"  town-{a}-{b}: {{label: {{ko: 마을 {a}–{b}, en: Towns {a}–{b}}}, "
        f"partners: [town-{a}, town-{b}], relation_type: sister-city}}\n"
        for a, b in combinations(range(48), 2)
        if are_partners(a, b)
    )
    return _store(
        folder,
        f"cities:\n{cities}  atlantis: {{label: {{ko: 아틀란티스, en: Atlantis}}}}\n",
        f"partnerships:\n{partnerships}"
        "  lost: {label: {ko: 잃은 관계, en: Lost}, partners: [town-0, atlantis],"
        " relation_type: sister-city}\n",
    )


def test_around_one_city_partners_are_held_against_fellow_members(star: LocalStore) -> None:
    finding = geography(Study(star, draws=500))
    check(finding)
    beside = {row["trait_id"]: row for row in rows(finding, "geography-traits")}
    # Tokyo, Osaka and Kyoto, against Paris, Lyon, Nice and Recife; Busan is at home.
    assert beside["kilometres"]["known_partners"] == 3
    assert beside["kilometres"]["known_others"] == 4
    assert beside["kilometres"]["partners"] == pytest.approx((1153 + 828 + 835) / 3, abs=5)
    assert (beside["same_continent"]["partners"], beside["same_continent"]["others"]) == (1, 0)
    # One of 35 ways to choose three of seven has the three that are nearest.
    assert beside["kilometres"]["p"] == pytest.approx(1 / 35, abs=0.03)
    assert beside["kilometres"]["adjusted"] >= beside["kilometres"]["p"]
    assert "4 of the 4 ties in the sources are those of one city" in texts(finding)
    assert "z" not in {column.name for table in finding.tables for column in table.columns}
    assert "1 member in the same country" in texts(finding)


def test_a_few_other_ties_do_not_make_a_network_to_hold_against_chance(tmp_path: Path) -> None:
    store = _star(tmp_path / "other", (("paris", "lyon"), ("nice", "recife")))
    finding = geography(Study(store, draws=10))
    check(finding)
    assert "4 of the 6 ties in the sources are those of one city" in texts(finding)
    assert len(rows(finding, "geography-partners")) == 4


def test_partners_come_with_distances_and_those_without_a_place_last(star: LocalStore) -> None:
    finding = geography(Study(star, draws=10))
    partners = rows(finding, "geography-partners")
    assert [row["label_en"] for row in partners] == ["Osaka", "Kyoto", "Tokyo", "Bahia"]
    assert partners[0]["id"] == f"{ID}city/osaka"
    assert partners[2]["kilometres"] == pytest.approx(1153, abs=1)
    assert "kilometres" not in partners[3]
    assert "1 of 4 ties has no distance" in texts(finding)
    continents = {
        row["continent_id"]: row["partners"] for row in rows(finding, "geography-continents")
    }
    assert continents == {"AS": 3, "SA": 1, "EU": 0}
    assert "Partners by continent: Asia 3, South America 1." in texts(finding)
    decades = [(r["decade"], r["partners"]) for r in rows(finding, "geography-decades")]
    assert decades == [(1980, 1), (1990, 2)]
    assert "1 partner is missing from the table and figure by decade" in texts(finding)


def test_headlines_are_measured_from_a_network_alone(star: LocalStore) -> None:
    study = Study(star, draws=10)
    values = {h.name: h.measure(study.network(h.network)) for h in geography(study).headlines}
    assert values["median-distance"] == pytest.approx(835, abs=5)  # Kyoto
    assert values["near"] == pytest.approx(2 / 3)
    assert values["continent"] == pytest.approx(3 / 4)
    empty = study.network("cities").copy()
    empty.remove_edges_from(list(empty.edges()))
    assert {h.measure(empty) for h in geography(study).headlines} == {None}


def test_countries_without_a_code_are_known_by_their_names(star: LocalStore) -> None:
    study = Study(star)
    codes = country_codes(star, study.network("cities"))
    assert codes == {"brazil": "BR", "japan": "JP", "south-korea": "KR"}
    assert set(study.places("actors").labels("continent")) == {"AS", "EU", "SA", ""}


def test_many_cities_are_held_against_chance_and_explained(ring: LocalStore) -> None:
    finding = geography(Study(ring, network_name="cities", draws=120))
    check(finding)
    likeness = {row["trait_id"]: row for row in rows(finding, "geography-tie-traits")}
    # Neighbours are 834 or 1,668 km apart; two towns at random some quarter of the globe.
    assert likeness["kilometres"]["value"] == pytest.approx(1251, rel=0.01)
    assert likeness["kilometres"]["expected"] == pytest.approx(10_007, rel=0.08)
    assert likeness["kilometres"]["z"] < -10  # type: ignore[operator]
    assert likeness["continent"]["value"] > 0.8  # type: ignore[operator]
    assert finding.answer[0]["en"].startswith("Ties are shorter than in the null model")
    assert finding.answer[0]["ko"].startswith("연결은 귀무모형에서보다 짧습니다")
    assert "1 of 97 ties is left out" in texts(finding)
    pairs = {(r["one_id"], r["other_id"]): r for r in rows(finding, "geography-tie-continents")}
    # Korea beside Japan, and each country's twelve towns with 21 ties among them; 3 over a border.
    assert pairs["AS", "AS"]["ties"] == 21 + 21 + 3
    assert pairs["EU", "EU"]["ties"] == 21
    assert pairs["AS", "SA"]["ties"] == 3
    assert sum(row["ties"] for row in pairs.values()) == 96  # type: ignore[misc]
    countries = {(r["one_id"], r["other_id"]): r for r in rows(finding, "geography-countries")}
    assert countries[f"{ID}country/japan", f"{ID}country/south-korea"]["ties"] == 3


def test_few_draws_do_not_make_near_ties_seem_like_chance(ring: LocalStore) -> None:
    finding = geography(Study(ring, network_name="cities", draws=20))
    check(finding)
    near = finding.answer[0]
    # Three shares are tested, so that 2 / 21 is far from 5 %, though z is large.
    assert near["en"].startswith("20 random samples are too few to decide whether ties are shorter")
    assert "at least 119 are needed" in near["en"] and "적어도 119개 필요합니다" in near["ko"]
    assert "about as long" not in near["en"]
    assert texts(finding).count("samples are too few does not mean") == 1


def test_near_ties_are_a_key_finding_with_each_source_left_out_and_the_gravity_model(
    ring: LocalStore,
) -> None:
    finding = geography(Study(ring, network_name="cities", draws=120))
    near = next(
        row for row in rows(finding, "geography-tie-distances") if row["kilometres"] == 1000
    )
    (key,) = finding.key_findings
    assert key.value == pytest.approx(near["share"] / near["expected"]) and key.is_significant
    assert f"{written(key.value)} times as many join cities at most 1,000 km" in key.statement["en"]
    checks = {each.name: each for each in key.checks}
    # All ties are in one document, without which there are none.
    assert checks["sources"].low is None and not key.holds


def test_without_any_source_near_ties_have_to_stay_nearer_than_chance(ring: LocalStore) -> None:
    study = Study(ring, network_name="cities", draws=120)
    network, where = study.simple("cities"), study.places("cities")
    found = network_findings(network, where, 120, 1)
    prose = Prose(study, "geography", found, scope="network", unfitted=[])
    mean = found.compared["within 1000"].mean
    share = found.compared["within 1000"].observed
    measured = ranges(study, [geography(study)])["geography", "near"]
    for least, low, of, holds in (
        (2 * mean, None, "halves", True),
        (mean / 2, None, "halves", False),
        (None, 2 * mean, "vertices", True),
        (None, mean / 2, "vertices", False),
    ):
        near = replace(
            measured, undefined_without=(), of=of, least=least, greatest=share, low=low, high=share
        )
        alone = replace(found, double=None, double_of_countries=None)
        (key,) = key_findings(prose, alone, near)
        assert (key.checks[0].name, key.holds) == ("vertices" if low else "sources", holds)
        # Where cities cannot be explained, countries may: twice as far, fewer ties, or not.
        for odds, is_near in (((0.5, 0.4, 0.8), True), ((0.9, 0.7, 1.3), False)):
            (key,) = key_findings(prose, replace(alone, double_of_countries=odds), near)
            assert key.checks[-1].name == "countries"
            assert key.holds is (holds and is_near)


def test_p_has_two_sides_in_tables_and_is_adjusted_in_the_answer(ring: LocalStore) -> None:
    finding = geography(Study(ring, network_name="cities", draws=120))
    near = next(
        row for row in rows(finding, "geography-tie-distances") if row["kilometres"] == 1000
    )
    # No draw has as many near ties: the least p of both sides, and no longer half of it.
    assert near["p"] == pytest.approx(2 / 121)
    columns = finding.table("tie-distances").columns
    assert [(each.ko, each.en) for each in columns if each.name == "p"] == [("p값", "p-value")]
    shares = [0.017, 0.017, 0.017]  # all three are at the least p, so that none is corrected
    found = [float(each) for each in re.findall(r"adjusted p ≤ ([\d.]+)", texts(finding))]
    assert found == shares
    assert "samples are too few does not mean" not in texts(finding)


def test_few_draws_do_not_make_partners_seem_as_far_as_other_members(star: LocalStore) -> None:
    finding = geography(Study(star, draws=10))
    assert "10 random samples are too few to decide" in finding.answer[0]["en"]
    assert "not significant" not in texts(finding)
    assert texts(finding).count("samples are too few does not mean") == 1
    assert "samples are too few does not mean" not in texts(geography(Study(star, draws=500)))


def test_what_a_regression_of_cities_leaves_out_is_counted(tmp_path: Path) -> None:
    # Near and far, within countries and across: the distance alone does not part ties from others.
    towns = _towns(tmp_path, lambda a, b: b - a <= 2 or a * b * 7919 % 101 < 9)
    finding = geography(Study(towns, network_name="cities", draws=5))
    assert "cities" in {row["model_id"] for row in rows(finding, "geography-regression")}
    counted = {row["id"]: row["value"] for row in rows(finding, "geography-numbers")}
    assert counted["regression-ties"] == counted["left-out"] == 1
    assert counted["regression-pairs"] == 0


def test_models_that_cannot_be_fitted_are_told(ring: LocalStore) -> None:
    finding = geography(Study(ring, network_name="cities", draws=5))
    fitted = {row["model_id"] for row in rows(finding, "geography-regression")}
    # Six pairs of countries with few ties between them are too little for seven covariates.
    assert "countries" not in fitted
    assert "Models that could not be fitted" in texts(finding)
    assert "Countries: number of ties" in texts(finding)


def test_the_seed_decides_all_that_chance_has_a_part_in(star: LocalStore, ring: LocalStore) -> None:
    for store in (star, ring):
        one, again = (geography(Study(store, draws=20, seed=4)) for _ in range(2))
        assert [table.rows for table in one.tables] == [table.rows for table in again.tables]
        assert one.answer == again.answer
        assert one.parameters["seed"] == 4
        assert one.sources == [f"{ID}doc/list"]


def test_without_ties_the_chapter_says_so() -> None:
    finding = geography(Study(LocalStore.of([])))
    assert finding.answer[0]["en"] == "There are no ties between cities."
    assert (finding.tables, finding.figures) == ((), ())
    check(finding)
