"""A report as of a day of the past: its coverage is of that day, and what is undated is counted."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from citypact.graph.networks.filter import Filter
from citypact.graph.networks.undated import undated_ties
from citypact.graph.report.missing.chapter import missing
from citypact.graph.report.report import Report, contents_of, left_out_words, make_report
from citypact.graph.report.shared.finding import Finding
from citypact.graph.report.shared.study import Study
from citypact.graph.store.base import Store
from citypact.graph.tables.show import shown
from tests.graph.provenance.test_coverage import graph, tie
from tests.graph.report.chapters import check, rows, texts

PAST = Filter(as_of=date(1997, 12, 31))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Seoul with a tie of 1996, one of 2010 and one without a date; totals of 1997 and of no year.

    A membership without a date comes with all small registers.

    The governments are named, so that the ties are those of actors too.
    """
    governments = (
        "id,source,label.ko,label.en,governs,partner_city_total,partner_city_total.as_of,"
        "partner_city_total.rank,partner_city_total.reason.ko,partner_city_total.reason.en\n"
        + "".join(
            f"{city},,{city}시,City of {city},city/{city},,,,,\n"
            for city in ("hue", "da-nang", "can-tho")
        )
        + "seoul,page,,,,4,,preferred,당사자이다.,It is a party.\nseoul,daily,,,,3,1997,,,\n"
    )
    return graph(
        tmp_path_factory.mktemp("past"),
        tie("hue", "page", "sister-city", "1996"),
        tie("da-nang", "daily", "friendship-city", "2010"),
        tie("can-tho", "daily", "sister-city"),
        governments=governments,
    )


def reported(store: Store, chosen: Filter) -> Report:
    return make_report(Study(store, chosen=chosen, draws=5), ["chronology", "missing"])


def under(report: Report, name: str) -> list[dict[str, str]]:
    return [value for label, value in contents_of(report).under if label["en"] == name]


@pytest.mark.parametrize(("network", "number"), [("actors", 2), ("cities", 1)])
def test_ties_that_no_day_lets_through_are_counted(store: Store, network: str, number: int) -> None:
    study = Study(store, network_name=network, chosen=PAST)
    found = undated_ties(store, network, PAST)
    assert sum(found.values()) == number
    # The day does not matter: what is dated after it is left out for its date.
    assert undated_ties(store, network, Filter(as_of=date(2020, 1, 1))) == found
    assert study.network().number_of_edges() == 1


def test_what_is_left_out_stands_beside_the_day(store: Store) -> None:
    past = reported(store, PAST)
    (left_out,) = under(past, "Ties left out because they have no date")
    assert left_out == {
        "ko": "2개(협력 관계 1건, 네트워크 회원 자격 1건)",
        "en": "2 (1 partnership, 1 membership)",
    }
    assert json.loads(past.to_json())["left_out_without_date"] == {
        "membership": 1,
        "partnership": 1,
    }
    today = reported(store, Filter())
    assert not under(today, "Ties left out because they have no date")
    assert json.loads(today.to_json())["left_out_without_date"] == {}
    assert left_out_words(Counter()) == {"ko": "없음", "en": "none"}
    assert left_out_words(Counter(twinned=1200))["en"] == "1,200"


def test_a_report_without_ended_ties_says_so(store: Store) -> None:
    current = reported(store, Filter(current_on=date(2011, 6, 1)))
    assert under(current, "Without ties that ended before") == [
        {"ko": "2011-06-01", "en": "2011-06-01"}
    ]
    assert "without ties that ended before 2011-06-01" in contents_of(current).about[0]["en"]
    assert json.loads(current.to_json())["current_on"] == "2011-06-01"
    assert "current_on" not in json.loads(reported(store, Filter()).to_json())


def test_coverage_under_findings_is_that_of_the_day(store: Store) -> None:
    (today,) = under(reported(store, Filter()), "Coverage")
    assert (
        "3 sister and friendship cities are documented, 1 of them by a primary source."
        in today["en"]
    )
    assert "The totals that sources give differ: 4, 3." in today["en"]
    (past,) = under(reported(store, PAST), "Coverage")
    assert "1 sister or friendship city is documented as begun by 1997-12-31" in past["en"]
    assert past["en"].endswith("The total that sources give is 3.")
    assert "1997-12-31까지 시작한 자매·우호도시 1곳" in past["ko"]
    (early,) = under(reported(store, Filter(as_of=date(1990, 1, 1))), "Coverage")
    assert early["en"].endswith("No source gives a total for 1990-01-01 or before.")


def test_coverage_of_the_chapter_is_that_of_the_day(store: Store) -> None:
    found = missing(Study(store, chosen=PAST, draws=5), [])
    check(found)
    assert "1 sister or friendship city is documented as begun by 1997-12-31" in texts(found)
    assert "1997-12-31까지 시작한 자매·우호도시 1곳이" in texts(found, "ko")
    assert [(row["total"], row["documented"]) for row in rows(found, "missing-coverage")] == [
        (3, 1)
    ]


def test_years_of_headlines_have_no_thousands_apart(store: Store) -> None:
    report = reported(store, Filter())
    chapter = next(
        each for each in contents_of(report).chapters if each.finding.name == "chronology"
    )
    median = chapter.lines[0]
    assert median.value == {"ko": "2003", "en": "2003"}
    for words in (median.left_out, median.halves):
        assert "," not in words["en"]
    values = {name["en"]: value["en"] for name, value in chapter.parameters}
    assert "," not in values["Year that divides the periods"]
    assert "2,0" not in _cells(report.finding("missing"), "Median year")
    assert "2003" in _cells(report.finding("missing"), "Median year")


def _cells(finding: Finding, label: str) -> str:
    """The row of a headline as the page shows it."""
    table = shown(finding.table("headlines"))
    (row,) = [row for row in table.rows if any(label in str(cell) for cell in row)]
    return " ".join(map(str, row))
