"""How much of what is known to exist is documented, on small sources and on the packaged ones."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import rdflib

from citypact.api import Graph
from citypact.graph.build.build import make_graph
from citypact.graph.build.summary import NUMBERS
from citypact.graph.export.dataset import dataset_of
from citypact.graph.export.dcat import to_dcat
from citypact.graph.pages.site.front import front_page
from citypact.graph.pages.site.lists import list_page
from citypact.graph.provenance.counts import claims_by_place, count, shares
from citypact.graph.provenance.coverage import Coverage, as_json, coverage, coverages, coverages_of
from citypact.graph.store.base import LocalStore, Store
from citypact.graph.store.labels import Names
from citypact.ontology import ID, NS
from citypact.show import claim_lines
from citypact.site import site_of
from tests.sources.small_registers import write_registers

ROOT = Path(__file__).parents[3]
SEOUL = ID + "government/seoul"
DOCUMENTS = """\
id,label.ko,label.en,type,issued_by,address
daily,기사,Article,press-article,,https://daily.example/1
page,서울 글,Page of Seoul,web-notice,government/seoul,https://seoul.example/1
office,서울 부서 글,Page of an office of Seoul,web-notice,office/seoul-bureau,https://seoul.example/2
partner,후에 글,Page of Hue,web-notice,government/hue,https://hue.example/1
stranger,다낭 글,Page of Da Nang,web-notice,government/da-nang,https://danang.example/1
text,협정문,Text of an agreement,agreement-text,,https://text.example/1
release,남의 보도자료,Press release of others,press-release,network/wego,https://wego.example/1
own,후에 보도자료,Press release of Hue,press-release,government/hue,https://hue.example/2
"""
CITIES = """\
id,source,label.ko,label.en,country
hue,,후에,Hue,vietnam
da-nang,,다낭,Da Nang,vietnam
can-tho,,껀터,Can Tho,vietnam
"""
GOVERNMENTS = """\
id,source,label.ko,label.en,governs,partner_city_total,partner_city_total.as_of,\
partner_city_total.rank,partner_city_total.reason.ko,partner_city_total.reason.en
hue,,후에시,City of Hue,city/hue,,,,,
da-nang,,다낭시,City of Da Nang,city/da-nang,,,,,
seoul,page,,,,4,,preferred,당사자이다.,It is a party.
seoul,daily,,,,3,1997,,,
"""
OFFICES = """\
id,source,label.ko,label.en,type,unit_of
seoul-bureau,,서울 국,Bureau of Seoul,bureau,government/seoul
"""
PARTNERSHIPS = "id,source,label.ko,label.en,partners,relation_type,established,end\n"
NO_ROWS = {
    "agreements": "id,source\n",
    "agreements_signatures": "of,id,source\n",
}


def tie(city: str, source: str, relation: str, date: str = "", end: str = "") -> str:
    return f"seoul-{city},{source},관계,Tie,city/seoul;city/{city},{relation},{date},{end}\n"


def graph(folder: Path, *rows: str, **registers: str) -> Store:
    """The graph of the small set with these ties of Seoul."""
    given = {
        "documents": DOCUMENTS,
        "cities": CITIES,
        "governments": GOVERNMENTS,
        "offices": OFFICES,
        "partnerships": PARTNERSHIPS + "".join(rows),
    }
    return make_graph(write_registers(folder, **(NO_ROWS | given | registers)))


def cities(iris: tuple[str, ...]) -> list[str]:
    return [iri.rsplit("/", 1)[1] for iri in iris]


def test_a_standing_title_makes_a_partner(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        tie("hue", "daily", "sister-city"),
        tie("da-nang", "daily", "friendship-city"),
        tie("can-tho", "daily", ""),
        tie("hanoi", "daily", "friendship-and-cooperation"),
    )
    found = coverage(store, SEOUL)
    assert cities(found.partners) == ["da-nang", "hue"]
    assert cities(found.others) == ["can-tho", "hanoi"]
    assert found.by_relation == {
        "": 1,
        "friendship-and-cooperation": 1,
        "friendship-city": 1,
        "sister-city": 1,
    }


def test_a_tie_that_ended_counts_for_its_city_but_for_no_relation(tmp_path: Path) -> None:
    older = tie("hue", "daily", "friendship-city", "2006", "2010").replace("seoul-hue", "older", 1)
    found = coverage(graph(tmp_path, older, tie("hue", "daily", "sister-city", "2010")), SEOUL)
    assert cities(found.partners) == ["hue"]
    assert found.by_relation == {"sister-city": 1}


@pytest.mark.parametrize(
    ("source", "is_primary"),
    [
        ("daily", False),
        ("page", True),
        ("office", True),
        ("partner", True),
        ("stranger", False),
        ("text", True),
        ("release", False),
        ("own", True),
    ],
)
def test_a_primary_document_is_a_text_or_of_a_party(
    source: str, is_primary: bool, tmp_path: Path
) -> None:
    found = coverage(graph(tmp_path, tie("hue", source, "sister-city")), SEOUL)
    assert cities(found.primary) == (["hue"] if is_primary else [])


def test_an_agreement_of_the_governments_is_as_good(tmp_path: Path) -> None:
    agreements = (
        "id,source,label.ko,label.en,parties,form,status\n"
        "seoul-hue,text,협정,Agreement,government/seoul;government/hue,agreement,announced\n"
    )
    store = graph(tmp_path, tie("hue", "daily", "sister-city"), agreements=agreements)
    assert cities(coverage(store, SEOUL).primary) == ["hue"]


def test_an_agreement_alone_makes_no_partner(tmp_path: Path) -> None:
    agreements = (
        "id,source,label.ko,label.en,parties,form,status\n"
        "seoul-hue,text,협정,Agreement,government/seoul;government/hue,agreement,announced\n"
    )
    store = graph(tmp_path, tie("da-nang", "daily", "sister-city"), agreements=agreements)
    found = coverage(store, SEOUL)
    assert (cities(found.partners), found.primary) == (["da-nang"], ())


def test_a_total_of_a_year_is_held_against_the_partners_known_by_then(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        tie("hue", "daily", "sister-city", "1996-05-01"),
        tie("da-nang", "daily", "sister-city", "1997"),
        tie("hanoi", "daily", "sister-city", "1998-01-01"),
        tie("can-tho", "daily", "sister-city"),
    )
    totals = coverage(store, SEOUL).totals
    assert [(t.value, t.as_of, t.documented, t.followed, t.address) for t in totals] == [
        (4, "", 4, True, "https://seoul.example/1"),
        (3, "1997", 3, False, "https://daily.example/1"),  # one of them has no date
    ]


def test_as_of_a_day_nothing_later_or_undated_counts(tmp_path: Path) -> None:
    store = graph(
        tmp_path,
        tie("hue", "page", "sister-city", "1996-05-01", "1999-01-01"),
        tie("da-nang", "page", "sister-city", "1998"),
        tie("can-tho", "daily", "sister-city"),
        tie("hanoi", "daily", "", "1996"),
    )
    past = coverage(store, SEOUL, date(1997, 12, 31))
    assert (cities(past.partners), cities(past.others)) == (["hue"], ["hanoi"])
    assert cities(past.primary) == ["hue"]
    # What ended later had not ended; a total without a date may be of today.
    assert past.by_relation == {"": 1, "sister-city": 1}
    assert [(total.value, total.documented) for total in past.totals] == [(3, 1)]
    (early,) = coverages(store, date(1997, 6, 1))
    assert early.totals == ()  # the total of 1997 may be of its last day
    assert coverage(store, SEOUL, date(1999, 6, 1)).by_relation == {"": 1, "sister-city": 1}
    assert cities(coverage(store, SEOUL).partners) == ["can-tho", "da-nang", "hue"]


def test_a_date_that_is_only_expected_is_none(tmp_path: Path) -> None:
    partnerships = PARTNERSHIPS.replace("end\n", "established.modality\n") + (
        "seoul-hue,daily,관계,Tie,city/seoul;city/hue,sister-city,2001-01-01,expected\n"
    )
    found = coverage(graph(tmp_path, partnerships=partnerships), SEOUL)
    assert [total.documented for total in found.totals] == [1, 1]


def test_a_government_without_a_total_has_no_coverage(tmp_path: Path) -> None:
    store = graph(tmp_path, tie("hue", "daily", "sister-city"))
    assert [each.government for each in coverages(store)] == [SEOUL]


# The packaged sources


def test_around_another_centre_totals_of_seoul_are_left_out(packaged: LocalStore) -> None:
    assert [each.government for each in coverages_of(packaged, f"{ID}city/seoul")] == [SEOUL]
    assert not coverages_of(packaged, f"{ID}city/busan")


@pytest.fixture(scope="module")
def seoul(packaged: LocalStore) -> Coverage:
    """How well the partners of Seoul are documented by the packaged sources."""
    (found,) = coverages(packaged)
    return found


def test_counts_of_the_packaged_sources_hold_together(seoul: Coverage) -> None:
    assert seoul.government == SEOUL
    assert set(seoul.primary) < set(seoul.partners)
    assert not set(seoul.partners) & set(seoul.others)
    standing = seoul.by_relation["sister-city"] + seoul.by_relation["friendship-city"]
    assert standing == len(seoul.partners)
    assert seoul.by_relation[""] == len(seoul.others)
    assert sorted({total.value for total in seoul.totals}) == [42, 57, 58, 68, 71, 76]
    assert [total.value for total in seoul.totals if total.followed] == [76]
    for total in seoul.totals:
        assert total.address.startswith(("http://", "https://"))
        assert 0 < total.documented <= len(seoul.partners)
        assert total.as_of or total.documented == len(seoul.partners)


def test_cities_of_the_five_documents_have_primary_documents(seoul: Coverage) -> None:
    assert {"london", "san-francisco"} <= set(cities(seoul.primary))
    assert "quebec" not in cities(seoul.partners + seoul.others)


def test_numbers_are_the_same_on_every_surface(
    seoul: Coverage,
    packaged: LocalStore,
    whole_build: Path,
    said_by_build: str,
    checked: Callable[..., str],
    report: Path,
) -> None:
    """Build, summary, check, page, networks, queries, tables and report count the same things."""
    summary = json.loads((whole_build / "summary.json").read_text(encoding="utf-8"))
    wanted = json.loads(json.dumps(as_json(seoul)))
    assert summary["coverage"] == [wanted]
    said = dict(re.findall(r"^ *(\S.*?)  (\d+)$", said_by_build, re.M))
    names = {
        "documents": "source documents",
        "documents with text": "documents read in full",
        "actors": "actors (organisations with ties)",
        "topics in use": "topics of agreements",
    }
    for name in NUMBERS:
        assert said[names.get(name, name)] == str(summary[name]), name

    graph = Graph(packaged)
    actors, topics = graph.network("actors"), graph.network("topics", prospects=True)
    kinds = [data["kind"] for _, data in topics.nodes(data=True)]
    assert summary["actors"] == len(actors) < summary["organisations"]
    assert summary["topics in use"] == kinds.count("topic")
    agreements = graph.query("agreements")
    assert summary["agreements"] == len(agreements)
    assert summary["partnerships"] == len(graph.query("partnerships", status="established"))

    page = (whole_build / "network.html").read_text(encoding="utf-8")
    footer = page[page.index('class="about"') :].split("</p>")[0]
    figures = [int(n.replace(",", "")) for n in re.findall(r"([\d,]+) [a-z]+s\b[^<]*<", footer)]
    counted = ("documents", "claims", "agreements", "actors", "topics in use")
    assert figures == [summary[name] for name in counted]

    told = json.loads(checked("--json"))
    assert told["coverage"] == [wanted]
    assert told["claims with a document"] + told["editorial claims"] == summary["claims"]
    assert (
        sum(document["claims"] for document in told["documents"]) == told["claims with a document"]
    )

    places = summary["claims by place"]
    assert told["claims by place"] == places
    assert sum(places.values()) == summary["claims"]
    assert places["editors"] == told["editorial claims"]
    part = {name: f"{share:.1%}" for name, share in shares(places).items()}
    sentence = f"{part['passages']} of the claims open at a passage of the source ({part['words']}"
    assert sentence in said_by_build and sentence in checked("--language", "en")

    partners = len(seoul.cooperating)
    assert partners == len(graph.query("partners-of-city", city="Seoul", status="established"))
    assert partners == graph.network("cities").degree(ID + "city/seoul")
    findings = (report / "findings.json").read_text(encoding="utf-8")
    assert re.findall(r"of (\d+) signed agreements", findings) == [
        str(summary["signed agreements"])
    ]
    table = (report / "tables" / "geography-partners.csv").read_text(encoding="utf-8")
    assert partners == len(table.splitlines()) - 1
    n, primary = len(seoul.partners), len(seoul.primary)
    assert f"{partners}, of which {n} are sister or friendship cities ({primary}" in said_by_build
    assert "there are 76, 71, 68, 58, 57 or 42 sister and friendship cities" in said_by_build
    english = checked("--language", "en")
    government = "Seoul Metropolitan Government"
    assert f"Partner cities of {government}: {partners}, of which {n} are sister" in english
    assert f"counts 68 sister and friendship cities (undated): {n} documented" in english
    korean = checked("--language", "ko")
    assert (
        f"서울특별시의 협력 도시 {partners}곳: 자매·우호도시 {n}곳(그중 1차 출처 {primary}곳)"
        in korean
    )
    assert f"자매·우호도시 68곳(시점 미상): {n}곳 기록, {n / 68:.0%}" in korean
    assert "Free text" not in korean


def test_a_site_and_its_descriptions_count_what_a_build_counts(packaged: LocalStore) -> None:
    """Front page, lists, the data set's description, DCAT and VoID."""
    graph = site_of(packaged).graph
    front = front_page(graph, "index.en.html").decode()
    told = re.findall(r"<b>([\d,]+)</b>([^<]+)</a>", front)
    figures = {words: int(number.replace(",", "")) for number, words in told}
    counted = {
        "Cities": "cities",
        "Agreements": "agreements",
        "Partnerships": "partnerships",
        "City networks": "city networks",
        "Other organisations": "other organisations",
        "Topics of agreements": "topics in use",
        "People": "people",
        "Source documents": "documents",
    }
    assert figures == {words: count(packaged, name) for words, name in counted.items()}
    lists = {
        "city": "cities",
        "agreement": "agreements",
        "partnership": "partnerships",
        "government": "city governments",
        "network": "city networks",
        "office": "offices",
        "organization": "other organisations",
        "topic": "topics",
        "person": "people",
        "membership": "memberships",
        "doc": "documents",
    }
    pages = {kind: (list_page(graph, f"list/{kind}.en.html") or b"").decode() for kind in lists}
    for kind, name in lists.items():
        number = re.findall(r'<h1>[^<]+ <span class="count">([\d,]+)<', pages[kind])
        assert number == [f"{count(packaged, name):,}"], kind
    organisations = ("city governments", "city networks", "offices", "other organisations")
    total = count(packaged, "organisations")
    assert sum(count(packaged, name) for name in organisations) == total
    for kind, number in (("topic", count(packaged, "topics in use")), ("organization", total)):
        lead = pages[kind].split('class="lead">')[1].split("</p>")[0]
        assert f" {number} " in lead

    turtle = rdflib.Graph().parse(data=to_dcat(packaged, dataset_of(packaged), ()), format="turtle")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    entities = {
        str(turtle.value(part, void["class"])).removeprefix(NS): int(str(number))
        for part, number in turtle.subject_objects(void.entities)
    }
    for term, name in (
        ("City", "cities"),
        ("Agreement", "agreements"),
        ("Partnership", "partnerships"),
        ("Organization", "organisations"),
        ("CityNetwork", "city networks"),
        ("Person", "people"),
        ("Topic", "topics"),
        ("Membership", "memberships"),
    ):
        assert entities[term] == count(packaged, name), term
    # The editors are a document of the graph like others; nobody counts them as a source.
    assert entities["SourceDocument"] == count(packaged, "documents") + 1


@pytest.mark.parametrize("name", ["README.md", "README.ko.md", "network.html"])
def test_shares_of_claims_are_told_as_they_are(whole_build: Path, name: str) -> None:
    """What can be read where: at its own words, at its document's passage, in a text, on a page."""
    path = whole_build / name if name.endswith("html") else ROOT / name
    text = path.read_text(encoding="utf-8").replace("\n", " ")
    start = re.search(r"\d+%(?:는 출처의 구절로| of the claims link to a passage)", text)
    assert start
    told = [int(n) for n in re.findall(r"(\d+)%", text[start.start() :])[:6]]
    summary = json.loads((whole_build / "summary.json").read_text(encoding="utf-8"))
    for percent, share in zip(told, shares(summary["claims by place"]).values(), strict=True):
        assert abs(percent - 100 * share) <= 1  # of the README: other rows come in between


def test_each_claim_counts_where_it_is_nearest_to_the_words(packaged: LocalStore) -> None:
    found = claims_by_place(packaged)
    assert found["no address"] == 0
    graph = Graph(packaged)
    [own] = graph.why("seoul-london-2017", "signed")[0].claims
    assert own.link == own.passages[0].link != own.address
    assert own.link_opens_at == "words"
    reports = graph.why("seoul-berlin-2014", "signed")[0].claims
    [other] = [report for report in reports if "ajunews" in report.address]
    assert not other.passages
    assert other.link_opens_at == "passage of the document"
    assert other.link == other.document_link and other.link.startswith(f"{other.address}#:~:text=")
    mark = "[passage for which the document is cited]"
    for claim, is_marked in ((own, False), (other, True)):
        lines = claim_lines(claim, Names(packaged), "en")
        assert any(mark in line for line in lines) == is_marked
