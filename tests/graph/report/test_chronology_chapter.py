"""The chapter on chronology: a small history worked out by hand, and the registers counted anew."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from scipy.stats import binomtest

from citypact.graph.analysis.chronology import Timing, spread
from citypact.graph.analysis.permutation import difference
from citypact.graph.analysis.significance import Significance, Verdict
from citypact.graph.analysis.tempo import compare_rates
from citypact.graph.build.build import make_graph
from citypact.graph.networks.dormancy import Dormancy, dormancy
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.networks.timeline import DatedTie, field_timings, one_a_day
from citypact.graph.networks.timeline_sources import without_read_in_full
from citypact.graph.rdf.terms import read_date
from citypact.graph.report.chronology.chapter import chronology, key_findings, prose_of
from citypact.graph.report.chronology.data import (
    ChronologyFindings,
    find,
    timeline_of,
)
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import LocalStore
from citypact.ontology import CODE, ID
from citypact.sources.reading.edtf import parse_edtf
from tests.graph.report.chapters import COUNTRIES, check, cities_of, rows, texts

PLACES = {
    "seoul": "south-korea",
    "tokyo": "japan",
    "osaka": "japan",
    "paris": "france",
    "lyon": "france",
    "recife": "brazil",
}
OFFICE = """\
offices:
  metro: {label: {ko: 서울지하철, en: Metro of Seoul}, unit_of: seoul}
"""
OLD = """\
partnerships:
  seoul-tokyo: {label: {ko: 서울–도쿄, en: Seoul–Tokyo}, partners: [seoul, tokyo],
    relation_type: sister-city, established: 1968}
  seoul-osaka: {label: {ko: 서울–오사카, en: Seoul–Osaka}, partners: [seoul, osaka],
    relation_type: sister-city, established: 197X}
"""
NEW = """\
partnerships:
  seoul-paris: {label: {ko: 서울–파리, en: Seoul–Paris}, partners: [seoul, paris],
    relation_type: friendship-city, established: 2010-05}
  seoul-lyon-friendship: {label: {ko: 서울–리옹 우호, en: Seoul–Lyon friends},
    partners: [seoul, lyon], relation_type: friendship-city, established: 2011-03-01,
    end: 2016-04-01}
  seoul-lyon: {label: {ko: 서울–리옹 자매, en: Seoul–Lyon sisters}, partners: [seoul, lyon],
    relation_type: sister-city, established: 2016-04-01, supersedes: seoul-lyon-friendship}
agreements:
  seoul-paris-2010: {label: {ko: 협정 가, en: First}, parties: [seoul, paris], form: agreement,
    signed: 2010-05-05, status: signed, topics: [transport]}
  seoul-paris-2014: {label: {ko: 협정 나, en: Second}, parties: [seoul, paris],
    form: memorandum-of-understanding, signed: 2014-05-05, status: signed,
    topics: [transport, tourism], builds_on: seoul-paris-2010}
  metro-lyon-2014: {label: {ko: 협정 다, en: Third}, parties: [metro, lyon],
    form: memorandum-of-understanding, signed: 2014-05-05, status: signed, topics: [transport]}
  seoul-recife: {label: {ko: 협정 라, en: Fourth}, parties: [seoul, recife], form: agreement,
    signed: XXXX-XX-30, status: signed, topics: [tourism]}
  paris-lyon: {label: {ko: 협정 마, en: Fifth}, parties: [paris, lyon], form: agreement,
    signed: 2001, status: signed, topics: [tourism]}
"""


def _document(name: str, published: str, record: str) -> str:
    return (
        f"document:\n  id: {name}\n  label: {{ko: {name} 문서, en: Document {name}}}\n"
        f"  title: {{ko: {name} 문서}}\n  type: web-notice\n"
        f"  address: https://{name}.example/\n"
        + (f"  published: {published}\n" if published else "  said_after_signing: true\n")
        + record
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> LocalStore:
    """Six cities; an old list of 1999 and a list without a date."""
    folder = tmp_path_factory.mktemp("history")
    for part in ("entities", "records"):
        (folder / part).mkdir()
    world = COUNTRIES + cities_of(PLACES) + OFFICE
    (folder / "entities/world.yaml").write_text(world, encoding="utf-8")
    for name, published, record in (("old", "1999-06", OLD), ("new", "", NEW)):
        text = _document(name, published, record)
        (folder / f"records/{name}.yaml").write_text(text, encoding="utf-8")
    return make_graph(folder)


@pytest.fixture(scope="module")
def study(small: LocalStore) -> Study:
    return Study(small, draws=50)


@pytest.fixture(scope="module")
def finding(study: Study) -> Finding:
    return chronology(study)


def answer(study: Study, found: ChronologyFindings, language: str = "en") -> str:
    """The answer to these findings as one text."""
    prose = prose_of(study, found)
    return "\n".join(words[language] for words in prose.paragraphs("answer"))


def dormant(study: Study, years: int) -> Dormancy:
    """Dormant partners of a study, if so many years count."""
    return dormancy(study.store, timeline_of(study), years, study.chosen.as_of)


def _government(slug: str) -> str:
    return f"{ID}government/{slug}"


def test_the_finding_is_whole(finding: Finding) -> None:
    check(finding)
    assert {each.name for each in finding.figures} == {
        "chronology-cumulative",
        "chronology-agreements",
        "chronology-kinds",
        "chronology-forms",
        "chronology-topics",
    }


def test_the_own_side_is_no_partner(study: Study) -> None:
    line = timeline_of(study)
    assert line.hub == _government("seoul")
    assert line.own == {_government("seoul"), f"{ID}office/metro"}
    assert line.partners == [_government(s) for s in ("lyon", "osaka", "paris", "tokyo")]
    # Paris and Lyon without Seoul are another matter.
    assert (len(line.agreements), line.elsewhere) == (4, 1)
    partners = {each.iri.split("/")[-1]: each.partners for each in line.agreements}
    assert partners["metro-lyon-2014"] == (_government("lyon"),)


def test_decades_by_hand(finding: Finding) -> None:
    found = {row["decade"]: row for row in rows(finding, "chronology-decades")}
    # Osaka is known to the decade; Recife's agreement has a day but no year.
    assert [(d, r["partnerships"], r["agreements"]) for d, r in found.items()] == [
        ("1960", 1, 0),
        ("1970", 1, 0),
        ("1980", 0, 0),
        ("1990", 0, 0),
        ("2000", 0, 0),
        ("2010", 3, 3),
        ("unknown", 0, 1),
    ]
    assert [found[d]["ties"] for d in ("1960", "1970", "2000")] == [1, 2, 3]
    assert "The year of 1 other is unknown" in texts(finding)
    # Osaka may be of any year of the seventies, so that nothing is known to be empty before 1980.
    assert "in which no partnership can have begun is 1980 to 2009" in texts(finding)


def test_forms_by_hand(finding: Finding) -> None:
    found = {
        (row["kind_id"], row["decade"]): (row["number"], row["share"])
        for row in rows(finding, "chronology-forms")
    }
    assert found == {
        ("sister-city", "1960"): (1, 1.0),
        ("sister-city", "1970"): (1, 1.0),
        ("sister-city", "2010"): (1, 1 / 3),
        ("friendship-city", "2010"): (2, 2 / 3),
        ("agreement", "2010"): (1, 1 / 3),
        ("memorandum-of-understanding", "2010"): (2, 2 / 3),
        ("agreement", "unknown"): (1, 1.0),
    }


def test_topics_by_hand(finding: Finding) -> None:
    found = {row["id"]: row for row in rows(finding, "chronology-topics")}
    transport = found[f"{ID}topic/transport"]
    assert (transport["first_year"], transport["partners"]) == (2010, 2)
    assert transport["with_en"] == ["Paris"]
    # Recife's agreement has no year, that of Paris and Lyon is not Seoul's.
    tourism = found[f"{ID}topic/tourism"]
    assert (tourism["first_year"], tourism["partners"]) == (2014, 1)


def test_documents_read_in_full_are_left_out_topic_by_topic(tmp_path: Path) -> None:
    for part in ("entities", "records"):
        (tmp_path / part).mkdir()
    (tmp_path / "entities/world.yaml").write_text(COUNTRIES + cities_of(PLACES), encoding="utf-8")
    listed = "agreements:\n" + "".join(
        f"  {name}: {{label: {{ko: 협정 {year}, en: Of {year}}}, parties: [seoul, {name}], "
        f"form: agreement, signed: {year}, status: signed, topics: [{topic}]}}\n"
        for name, year, topic in (
            *((name, 2001, "tourism") for name in ("tokyo", "osaka", "paris")),
            *((name, 2021, "transport") for name in ("lyon", "recife")),
        )
    )
    whole = (
        f"  sha256: {'0' * 64}\n  characters: 100\nagreements:\n"
        "  lyon: {topics: [transport, smart-city], at: 0-100}\n"
        "  seoul-osaka: {label: {ko: 협정 전문, en: Whole}, parties: [seoul, osaka], "
        "form: agreement, signed: 2021, status: signed, topics: [transport], at: 0-100}\n"
    )
    for name, record in (("list", listed), ("text", whole)):
        text = _document(name, "2024", record)
        (tmp_path / f"records/{name}.yaml").write_text(text, encoding="utf-8")
    study = Study(make_graph(tmp_path), draws=200)
    line = timeline_of(study)
    topics = study.network("topics")
    sifted = without_read_in_full(line.agreements, study.store, topics, study.chosen)
    left = {each.iri.split("/")[-1]: each.topics for each in sifted}
    # Of Lyon's agreement the list tells too, but of its transport alone.
    assert left["lyon"] == (f"{ID}topic/transport",)
    assert left["seoul-osaka"] == ()
    assert left["tokyo"] == (f"{ID}topic/tourism",)
    broader = NetworkReader.of(study.store).pairs("?a skos:broader ?b")
    timed = field_timings(line.agreements, broader, study.draws, study.seed)
    rest = field_timings(sifted, broader, study.draws, study.seed)
    fields = {each.field.split("/")[-1]: each.test.number_of_first for each in timed}
    assert fields == {"culture-and-tourism": 3, "transport-and-safety": 3, "smart-city": 1}
    again = {each.field.split("/")[-1]: each.test for each in rest}
    assert set(again) == {"culture-and-tourism", "transport-and-safety"}
    assert again["transport-and-safety"].difference == 20
    assert again["transport-and-safety"].number_of_first == 2


def test_agreements_of_one_day_are_one_with_the_topics_of_all() -> None:
    ties = [
        DatedTie(name, ("tokyo",), date, (), topics)
        for name, date, topics in (
            ("a", "2011-03-04", ("x",)),
            ("b", "2011-03-04", ("y", "x")),
            ("c", "2011-03-05", ("x",)),
            ("d", "2011-03", ("x",)),
            ("e", "2011-03", ("y",)),
            ("f", "", ()),
            ("g", "", ()),
        )
    ]
    found = [(each.iri, each.topics) for each in one_a_day(ties)]
    assert found[:2] == [("a", ("x", "y")), ("c", ("x",))]
    assert [name for name, _ in found] == ["a", "c", "d", "e", "f", "g"]


def result_of(p: float) -> Significance:
    return Significance(p, Verdict.BEYOND if p < 0.05 else Verdict.WITHIN, error=p / 5)


def test_what_hangs_on_documents_read_in_full_is_said(study: Study) -> None:
    late = Timing(
        f"{ID}topic/transport", difference([2020.0, 2021.0], [2001.0], 50), result_of(0.01)
    )
    found = replace(find(study), spreads=spread([(f"{ID}topic/tourism", "paris", 2014)]))

    stays = answer(
        study, replace(found, timings=[late], timings_again=[late], timings_by_day=[late])
    )
    assert "Transport and traffic management (19.50 years later, adjusted p = 0.010 ± " in stays
    assert "also the case without the documents read in full" in stays
    neither = {"timings_again": [], "timings_by_day": []}
    lost = answer(study, replace(found, timings=[late], **neither))
    assert "agreements of one day are counted as one, this is no longer the case" in lost
    assert "no longer the case for Transport and traffic management" in lost
    unclear = Timing(late.field, late.test, result_of(0.2))
    none = answer(study, replace(found, timings=[unclear], timings_again=[]))
    assert "No broad field (1 tested) is significantly earlier or later" in none


def test_renewals_and_chains_by_hand(finding: Finding) -> None:
    (paris,) = rows(finding, "chronology-renewals")
    assert (paris["id"], paris["agreements"]) == (_government("paris"), 2)
    assert (paris["years"], paris["between"]) == (["2010", "2014"], ["4"])
    chains = [row["chain_id"] for row in rows(finding, "chronology-chains")]
    assert chains == [
        [f"{ID}agreement/seoul-paris-2010", f"{ID}agreement/seoul-paris-2014"],
        [f"{ID}partnership/seoul-lyon-friendship", f"{ID}partnership/seoul-lyon"],
    ]


def test_agreements_collected_around_one_city_give_no_ranks(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = find(study)
    found = replace(found, renewals=[*found.renewals, *found.renewals])
    monkeypatch.setattr(LocalStore, "centre", f"{ID}city/seoul")
    # Of a hub the partners alone are counted; where it is one of many, its number is another's.
    assert found.line.hub and "collected around" not in answer(study, found)
    found.line.__dict__["hub"] = ""
    try:
        assert "Agreements were collected around Seoul" in answer(study, found)
        assert "중심으로 수집했으므로" in answer(study, found, "ko")
    finally:
        del found.line.__dict__["hub"]


def test_dormancy_by_hand(study: Study) -> None:
    found = dormant(study, 10)
    # The last thing that began: not the end of anything, and not today.
    assert found.day == date(2016, 4, 1)
    assert found.dormant == [_government("osaka"), _government("tokyo")]
    tokyo = found.last[_government("tokyo")]
    # The list of 1999 speaks of Tokyo thirty years after the partnership began.
    assert (tokyo.kind, tokyo.latest) == ("document", date(1999, 6, 30))
    assert found.last[_government("lyon")].kind == "partnership"
    assert found.undated[_government("paris")] == 1
    assert found.undated[_government("tokyo")] == 0
    assert dormant(study, 20).dormant == []


def test_an_undated_document_is_hardly_older_than_what_it_tells_of(study: Study) -> None:
    found = dormant(study, 1)
    # The list without a date speaks of Paris, and of Lyon's partnership of 2016.
    assert found.dormant == [_government(s) for s in ("osaka", "tokyo", "paris")]
    assert found.mentioned[_government("paris")] == date(2016, 4, 1)
    # The list of 1999 has a date: nothing has to be guessed of it.
    assert _government("tokyo") not in found.mentioned
    # Paris is without evidence only if that document is old, Lyon's partnership is of the last day.
    assert [found.bounds(years) for years in (0, 1, 10, 20)] == [(2, 4), (2, 3), (2, 2), (0, 0)]


def test_partners_without_evidence_are_bounded_and_not_ranked(
    finding: Finding, study: Study
) -> None:
    said = texts(finding)
    assert (
        "2 of the 4 partner cities with a partnership are in no document of the 10 years up to "
        "2016-04-01." in said
    )
    assert "With a threshold of 5 years, it would be 2; with 15 years, 2." in said
    found = replace(find(study), dormancy=dormant(study, 1))
    bounded = answer(study, found)
    assert "partner cities with a partnership, between 2 and 3 have no evidence" in bounded
    assert "not whether a partnership is active" in bounded
    assert "2곳에서 3곳 사이" in answer(study, found, "ko")
    for text in (said, bounded):
        assert "longest" not in text.replace("longest period in which", "").casefold()
    bounds = {row["claim_id"]: row for row in rows(finding, "chronology-missing-dates")}
    assert (bounds["without_evidence_10"]["if_old"], bounds["without_evidence_10"]["if_new"]) == (
        2,
        2,
    )


def test_a_claim_on_time_that_missing_dates_undo_is_not_made(study: Study) -> None:
    found = find(study)
    years = [*range(1990, 2000, 3), *range(2000, 2010), *range(2000, 2010)]
    dates = [*map(str, years), *[""] * 14]
    rates = compare_rates(dates, 2000, 2009, 99)
    assert rates and rates.change.p <= 0.05 and rates.if_old and rates.if_old.p > 0.05
    assert not rates.holds(0.05)
    said = answer(study, replace(found, rates=rates))
    assert "14 partnerships of unknown year are left out" in said
    assert "depends on dates that are missing" in said
    assert "알려지지 않은 날짜에 달려 있습니다" in answer(study, replace(found, rates=rates), "ko")
    sure = compare_rates(dates[:-13], 2000, 2009, 99)
    assert sure and sure.holds_undated(0.05)
    assert "is significant in either case" in answer(study, replace(found, rates=sure))
    # Years that depend on each other: the primary test, of blocks of years, has the last word.
    assert sure.blocks
    assert replace(sure, blocks=replace(sure.blocks, p=0.01)).holds(0.05)
    clustered = replace(sure, blocks=replace(sure.blocks, p=0.3))
    assert clustered.holds_undated(0.05) and not clustered.holds(0.05)
    said = answer(study, replace(found, rates=clustered))
    assert "By this primary test the rates do not differ significantly" in said
    assert "유의하지 않습니다" in answer(study, replace(found, rates=clustered), "ko")


def test_what_the_chapter_cannot_tell_is_said_before_its_answer(finding: Finding) -> None:
    assert finding.limits and "cannot tell whether a partnership is active" in finding.limits["en"]
    assert "알 수 없습니다" in finding.limits["ko"]


def test_a_day_in_the_past_knows_nothing_later(small: LocalStore) -> None:
    past = Study(small, chosen=Filter(as_of=date(2012, 12, 31)), draws=20)
    found = dormant(past, 10)
    assert found.day == date(2012, 12, 31)
    assert found.last[_government("lyon")].latest == date(2011, 3, 1)
    assert found.last[_government("paris")].latest == date(2010, 5, 31)
    # The list without a date may have been written after that day.
    assert found.mentioned == {}
    finding = chronology(past)
    check(finding)
    decades = {row["decade"]: row for row in rows(finding, "chronology-decades")}
    assert (decades["2010"]["partnerships"], decades["2010"]["agreements"]) == (2, 1)


def test_a_day_in_the_past_has_neither_later_chains_nor_what_is_undated(
    small: LocalStore,
) -> None:
    past = chronology(Study(small, chosen=Filter(as_of=date(2012, 12, 31)), draws=20))
    # The second agreement with Paris and the sisters of Lyon came later.
    assert rows(past, "chronology-chains") == []
    assert "chain" not in "".join(words["en"] for words in past.answer)
    said = texts(past)
    assert "1 agreement without a known date is left out" in said
    assert "날짜를 모르는 협정 1건은 기준일까지" in texts(past, "ko")
    # Osaka's partnership of the seventies is dated, though not to the year.
    assert "The year of 1 other is unknown" in said
    later = chronology(Study(small, chosen=Filter(as_of=date(2015, 12, 31)), draws=20))
    assert (
        "Sources state one chain in which one thing continues or replaces another; in it, no"
        in texts(later)
    )


def test_one_partnership_is_called_one(small: LocalStore) -> None:
    first = chronology(Study(small, chosen=Filter(as_of=date(1968, 12, 31)), draws=20))
    check(first)
    answer = [words["en"] for words in first.answer]
    assert answer[0] == "The only partnership with a known year began in 1968."
    assert "There are no signed agreements." in answer
    assert "The only partner city has dated evidence in the 10 years up to 1968-12-31." in answer
    for words in (*first.answer, *first.cautions):
        assert not re.search(r"\b[01] (partnerships|agreements|partners|chains)\b", words["en"])
        assert not re.search(r"\b(of|Of) (none of )?0\b", words["en"])
        assert "between 1968 and 1968" not in words["en"]
    # Without two periods there is no pace to doubt.
    assert "The recorded period" not in texts(first)


def test_the_hub_is_that_of_the_whole_graph(small: LocalStore) -> None:
    past = timeline_of(Study(small, chosen=Filter(as_of=date(2001, 12, 31))))
    # By then Paris and Lyon have as much as Seoul; the graph is still collected around Seoul.
    assert past.hub == _government("seoul")
    assert past.elsewhere == 1


def test_the_rates_are_given_with_their_dispersion(finding: Finding) -> None:
    row, old, new = rows(finding, "chronology-pace")
    # 1968 to 2016 has its middle in 1992: Tokyo before, Paris and Lyon twice since; Osaka, of the
    # seventies, is before it however late it began.
    assert [(each["before"], each["after"]) for each in (old, new)] == [(2, 3), (2, 3)]
    assert (row["year"], row["before"], row["after"]) == (1992, 1, 3)
    assert row["within"] < row["whole"] * 1.1
    said = texts(finding)
    assert "The dispersion index of the yearly numbers is" in said
    assert "a length that follows from their autocorrelation, gives p " in said
    assert "1 partnership of unknown year is left out" in said
    assert row["blocks_error"] > 0 and row["blocks_length"] >= 1
    assert "begins with the first known partnership" in said
    assert "알려진 첫 협력 관계의 해에 시작합니다" in texts(finding, "ko")


def test_years_are_written_without_thousands_apart(finding: Finding) -> None:
    median = finding.headlines[0]
    assert [median.written(year) for year in (2010.0, 2010.5, None)] == ["2010", "2010.5", "–"]
    assert finding.headlines[1].written(1234.0) == "1,234"
    assert finding.parameters["middle-year"] == "1992"


def test_a_graph_of_cities_without_a_hub_counts_all(tmp_path: Path) -> None:
    for part in ("entities", "records"):
        (tmp_path / part).mkdir()
    (tmp_path / "entities/world.yaml").write_text(COUNTRIES + cities_of(PLACES), encoding="utf-8")
    pairs = [("seoul", "tokyo"), ("paris", "lyon"), ("osaka", "recife")]
    lines = "".join(
        f"  {a}-{b}: {{label: {{ko: {a}–{b} 관계, en: {a}–{b}}}, partners: [{a}, {b}]}}\n"
        for a, b in pairs
    )
    text = _document("list", "", f"partnerships:\n{lines}")
    (tmp_path / "records/list.yaml").write_text(text, encoding="utf-8")
    study = Study(make_graph(tmp_path), draws=20)
    line = timeline_of(study)
    assert (line.hub, line.own, line.elsewhere) == ("", frozenset(), 0)
    assert len(line.partners) == 6
    # Nothing has a date: said so, nothing invented.
    finding = chronology(study)
    check(finding)
    assert "The year of all 3 partnerships is unknown" in texts(finding)
    assert [row["decade"] for row in rows(finding, "chronology-decades")] == ["unknown"]


def test_an_empty_graph_has_an_answer() -> None:
    finding = chronology(Study(LocalStore.of([])))
    check(finding)
    assert not finding.tables


# The registers, counted anew

REGISTERS = Path(__file__).parents[3] / "sources/registers"
NO_FACT = {"expected", "proposed", "requested", "invited", "hypothetical", "optional"}


def _register(name: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (REGISTERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["id"]].append(row)
    return found


def _told_by_records() -> set[str]:
    """The things of which records read closely tell too: a register does not decide of those."""
    texts = (path.read_text("utf-8") for path in REGISTERS.parent.glob("records/*.yaml"))
    return {name for text in texts for name in re.findall(r"^  ([a-z0-9-]+):", text, re.M)}


def _years(rows: list[dict[str, str]], column: str) -> set[int]:
    """The years that sources give a thing: those preferred, else all that are no mere plans."""
    known = [r for r in rows if r[column] and r.get(f"{column}.modality", "") not in NO_FACT]
    best = [r for r in known if r[f"{column}.rank"] == "preferred"] or known
    return {int(r[column][:4]) for r in best if re.match(r"\d{4}", r[column])}


def _within_a_decade(rows: list[dict[str, str]]) -> set[int]:
    """The first years of the spans of years that lie in one decade."""
    spans = [re.match(r"\[(\d{4})[-\d]*\.\.(\d{4})", row["established"]) for row in rows]
    found = [(int(span[1]), int(span[2])) for span in spans if span]
    return {first for first, last in found if first // 10 == last // 10}


@pytest.fixture(scope="module")
def whole(whole_build: Path) -> Study:
    return Study(LocalStore.open(whole_build), draws=100)


@pytest.fixture(scope="module")
def told(whole: Study) -> Finding:
    return chronology(whole)


@pytest.mark.parametrize(
    ("name", "column"), [("partnerships", "established"), ("agreements", "signed")]
)
def test_years_are_those_of_the_register(whole: Study, name: str, column: str) -> None:
    line = timeline_of(whole)
    things: list[DatedTie] = line.partnerships if name == "partnerships" else line.agreements
    found = {each.iri.split("/")[-1]: each for each in things}
    register = _register(name)
    # Records read closely bring a few more; agreements without Seoul's side are left out.
    assert set(register) - set(found) <= _only_expected(whole) | {
        slug
        for slug in register
        if name == "agreements"
        # The council is no body of the government.
        and (not slug.startswith("seoul-") or slug.startswith("seoul-metropolitan-council-"))
    }
    for slug, lines in register.items():
        if slug in found and slug not in _told_by_records():
            years = _years(lines, column)
            assert (found[slug].year in years) if years else (found[slug].year is None), slug


def _only_expected(study: Study) -> set[str]:
    """What tables of signed agreements and begun partnerships leave out."""
    announced = f"{{ ?x citypact:status <{CODE}agreement-status/announced> }}"
    rows = study.store.solutions(
        f"SELECT ?x WHERE {{ {announced} UNION {{ ?x citypact:expectedPartner ?city }} }}"
    )
    return {row["x"].value.split("/")[-1] for row in rows}


def test_decades_of_partnerships_are_those_of_the_register(whole: Study, told: Finding) -> None:
    register = _register("partnerships")
    expected: Counter[str] = Counter()
    of_records = _told_by_records()
    for slug in sorted(set(register) - of_records - _only_expected(whole)):
        years = _years(register[slug], "established") or _within_a_decade(register[slug])
        expected[str(min(years) // 10 * 10) if years else "unknown"] += 1
    for thing in timeline_of(whole).partnerships:
        if thing.iri.split("/")[-1] in of_records:
            expected["unknown" if thing.decade is None else str(thing.decade)] += 1
    check(told)
    found = {row["decade"]: row["partnerships"] for row in rows(told, "chronology-decades")}
    assert found == {**dict.fromkeys(found, 0), **expected}
    assert sum(found.values()) >= len(set(register) - _only_expected(whole))


def test_the_same_bytes_again(whole: Study, told: Finding) -> None:
    again = chronology(Study(whole.store, draws=whole.draws))
    assert repr(again.answer) == repr(told.answer)
    assert repr(again.tables) == repr(told.tables)


def test_the_real_history(told: Finding) -> None:
    chains = [row["chain_id"] for row in rows(told, "chronology-chains")]
    superseding = {
        (row["supersedes"], slug)
        for slug, lines in _register("partnerships").items()
        for row in lines
        if row["supersedes"]
    }
    replaced = {
        (old.split("/")[-1], new.split("/")[-1])
        for old, new in chains
        if old.startswith(f"{ID}partnership/") and new.startswith(f"{ID}partnership/")
    }
    assert replaced == superseding
    # Terms of office reach to the end of 2026; what has happened does not.
    assert str(told.parameters["as-of"]) < "2026-12"
    dated = [row for row in rows(told, "chronology-dormant") if "last" in row]
    day = date.fromisoformat(str(told.parameters["as-of"]))
    assert all(row["last"] <= day.replace(year=day.year - 10) for row in dated)


def test_the_rates_of_the_whole_allow_for_clusters(told: Finding) -> None:
    row, *bounds = rows(told, "chronology-pace")
    assert [each["missing_id"] for each in bounds] == ["old", "new"]
    # Those of which the register gives no year at all count in either period.
    assert bounds[0]["ratio"] < row["ratio"] < bounds[1]["ratio"]
    poisson = binomtest(row["after"], row["before"] + row["after"], 0.5)
    assert row["within"] > 1
    assert row["whole_p"] < 0.05
    assert poisson.pvalue < row["p"] < 0.05
    assert row["low"] < row["ratio"] < row["high"]


def test_the_rate_is_a_key_finding_that_holds_under_each_assumption(told: Finding) -> None:
    row, old, new = rows(told, "chronology-pace")
    key, *_ = told.key_findings
    checks = {each.name: each for each in key.checks}
    assert key.value == row["ratio"] and key.holds
    assert checks["undated-early"].low == old["ratio"] > 1
    assert checks["undated-late"].low == new["ratio"]
    assert (checks["interval"].low, checks["interval"].high) == (row["low"], row["high"])
    for name in ("sources", "cities"):
        low, high = checks[name].low, checks[name].high
        assert low and high and 1 < low < key.value < high
    assert "1997" in key.statement["en"] and "1997" in key.statement["ko"]


def test_a_field_that_came_late_is_a_key_finding_of_an_exploratory_test(study: Study) -> None:
    field = f"{ID}topic/transport"

    def later(by: float, p: float = 0.01) -> Timing:
        return Timing(field, difference([2001.0 + by, 2002.0 + by], [2001.5], 50), result_of(p))

    found = replace(
        find(study),
        rates=None,
        timings=[later(9.0)],
        timings_again=[later(8.0)],
        timings_by_day=[later(6.0)],
        timings_if=[[later(3.0)], [later(7.0)]],
        differences_without={field: {"one": 4.0, "other": 12.0}},
    )
    (key,) = key_findings(prose_of(study, found), found)
    assert key.holds and key.is_exploratory and (key.value, key.neutral) == (9.0, 0)
    assert [(each.name, each.low, each.high) for each in key.checks] == [
        ("sources", 4, 12),
        ("read-in-full", 8, 8),
        ("same-day", 6, 6),
        ("undated-early", 3, 3),
        ("undated-late", 7, 7),
    ]
    assert "came late: on average they were signed 9 years after the others" in key.statement["en"]
    assert "평균 9년 늦게 체결" in key.statement["ko"]
    for changed in (
        replace(found, timings_again=[later(8.0, 0.2)]),
        replace(found, timings_by_day=[later(6.0, 0.2)]),
        replace(found, timings_if=[[later(3.0, 0.2)], [later(7.0)]]),
        replace(found, differences_without={field: {"one": -1.0, "other": 12.0}}),
    ):
        (key,) = key_findings(prose_of(study, changed), changed)
        assert not key.holds


def test_the_rate_does_not_hold_if_missing_dates_or_one_source_undo_it(study: Study) -> None:
    found = find(study)
    (key,) = key_findings(prose_of(study, found), found)
    checks = {each.name: each for each in key.checks}
    # Without the old list nothing is left of the earlier period, nor without Tokyo.
    assert checks["sources"].low is None and checks["sources"].by.endswith("/old")
    assert checks["cities"].low is None and checks["cities"].by == _government("tokyo")
    years = [*range(1990, 2000, 3), *range(2000, 2010), *range(2000, 2010)]
    dates = [*map(str, years), *[""] * 14]
    for undated, is_significant in ((14, False), (1, True)):
        rates = compare_rates(dates[: len(years) + undated], 2000, 2009, 99)
        assert rates and rates.blocks
        rates = replace(rates, blocks=replace(rates.blocks, p=0.01))
        changed = replace(found, rates=rates, ratio_without={"sources": {"one": 2.0}})
        (key,) = key_findings(prose_of(study, changed), changed)
        assert (key.is_significant, key.holds) == (is_significant, is_significant)


def test_documents_foretell_by_months_at_most(whole: Study) -> None:
    # Why an undated document is taken to be about as young as what it tells of.
    reader = NetworkReader.of(whole.store)
    days = reader.pairs("?a citypact:publishedOn ?b")
    told = reader.pairs("?a a citypact:SourceDocument ; citypact:mentions ?b")
    ahead = []
    for document in sorted(set(days) & set(told)):
        published = read_date(days[document][0]).end
        for thing in told[document]:
            begun = parse_edtf(str(reader.dated(thing).get("date", "XXXX"))).begin
            if published and begun:
                ahead.append((begun - published).days)
    assert len(ahead) > 100
    assert max(ahead) < 366
    assert sum(each > 0 for each in ahead) < len(ahead) / 8
