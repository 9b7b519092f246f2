"""The partner lists of other cities: every row with its sources, both sides of a tie as one."""

from __future__ import annotations

import csv
import os
import re
from collections import defaultdict
from pathlib import Path

import pytest

import citypact as api
from citypact.ontology import ID, NS, SKOS
from citypact.ontology.errors import CitypactError
from citypact.sources import HUBS, PACKAGED
from citypact.sources.model import Claim, Date, Sources
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.project import read_project
from tests.running import citypact
from tests.sources.imported_list import import_list

MATERIAL = os.environ.get("CITYPACT_MATERIAL", "")


@pytest.fixture(scope="module")
def hubs() -> Sources:
    return load_sources(HUBS)


def about(sources: Sources, thing: str, field: str) -> list[Claim]:
    return [c for c in sources.claims if c.subject == ID + thing and c.predicate == NS + field]


def text(claim: Claim) -> str:
    return claim.object.text if isinstance(claim.object, Date) else claim.object.value


def test_both_lists_of_a_tie_make_one_partnership_and_contradictions_stay(hubs: Sources) -> None:
    partners = defaultdict(set)
    for claim in hubs.claims:
        if claim.predicate == f"{NS}partner":
            partners[claim.subject].add(text(claim))
    pair = {f"{ID}city/hamburg", f"{ID}city/shanghai"}
    assert [tie for tie, ends in partners.items() if ends == pair] == [
        f"{ID}partnership/hamburg-shanghai"
    ]
    dates = about(hubs, "partnership/hamburg-shanghai", "established")
    assert {text(c) for c in dates} == {"1986", "1979", "1986-05-29", "1985-06-29"}
    assert len({c.document for c in dates}) == 4
    (followed,) = (c for c in dates if c.rank == "preferred")
    assert text(followed) == "1986-05-29"
    assert {language for language, _ in followed.reasons} == {"ko", "en"}
    kinds = {
        text(c).rpartition("/")[2]
        for c in about(hubs, "partnership/hamburg-shanghai", "relationType")
    }
    assert kinds == {"partner-city", "sister-city"}


def test_every_partner_has_a_government_which_pages_and_the_network_of_actors_tie(
    hubs: Sources,
) -> None:
    governed = {text(c) for c in hubs.claims if c.predicate == f"{NS}governs"}
    partners = {text(c) for c in hubs.claims if c.predicate == f"{NS}partner"}
    assert partners - governed == set()


def test_what_is_only_planned_is_no_tie_and_what_ended_says_when(hubs: Sources) -> None:
    planned = [c for c in hubs.claims if c.subject == f"{ID}partnership/daejeon-xian"]
    said = [c for c in planned if c.predicate in (NS + "relationType", NS + "established")]
    assert {c.modality for c in said} == {"expected"}
    ends = {
        name: [text(c) for c in about(hubs, f"partnership/{name}", "endDate")]
        for name in ("osaka-san-francisco", "beijing-prague", "milan-saint-petersburg")
    }
    assert ends == {
        "osaka-san-francisco": ["2018"],
        "beijing-prague": ["2019"],
        "milan-saint-petersburg": ["2012"],
    }


def test_a_city_is_told_from_the_state_of_its_name(hubs: Sources) -> None:
    partners = {text(c) for c in about(hubs, "partnership/tokyo-sao-paulo-state", "partner")}
    assert partners == {f"{ID}city/tokyo", f"{ID}territory/sao-paulo-state"}
    countries = {
        text(c).rpartition("/")[2]
        for name in ("granada-spain", "granada-nicaragua")
        for c in about(hubs, f"city/{name}", "inCountry")
    }
    assert countries == {"spain", "nicaragua"}


def test_each_total_says_how_much_of_the_list_is_there(hubs: Sources) -> None:
    (busan,) = about(hubs, "government/busan", "partnerCityTotal")
    assert (text(busan), str(busan.as_of and busan.as_of.text)) == ("37", "2022-01")
    totals = [
        c
        for c in hubs.claims
        if c.predicate == f"{NS}partnerCityTotal" and not c.place.file.startswith("citypact:")
    ]
    notes = [dict(c.notes) for c in totals]
    assert len(notes) == 32
    assert all("whole list" in n["en"] or "only part of the list" in n["en"] for n in notes)
    assert all("전체" in n["ko"] or "일부" in n["ko"] for n in notes)


@pytest.mark.skipif(not MATERIAL, reason="CITYPACT_MATERIAL names no material")
def test_each_list_says_how_complete_it_is_and_of_which_day(hubs: Sources) -> None:
    said = {
        c.subject.rpartition("/")[2]: (text(c).rpartition("/")[2], c.as_of.text if c.as_of else "")
        for c in hubs.claims
        if c.predicate == f"{NS}partnerListCompleteness"
    }
    assert said.pop("seoul") == ("part", "2024-07")
    codes = {"yes": "whole", "no": "part", "unknown": "unknown"}
    with Path(MATERIAL, "facts", "hubs", "hubs.csv").open(encoding="utf-8-sig") as lines:
        wanted = sorted((codes[row["complete"]], row["as_of"]) for row in csv.DictReader(lines))
    assert sorted(said.values()) == wanted
    assert (said["daejeon"], said["shanghai"]) == (("whole", "2022/.."), ("part", "2006-12"))


def test_the_ordinary_sources_do_not_have_them() -> None:
    project = read_project(HUBS)
    assert project.build is None, "nothing is written into the folder of the package"
    assert [base.project for base in project.bases] == [read_project(PACKAGED)]
    ordinary = load_sources(PACKAGED)
    assert f"{ID}city/hiroshima" not in ordinary.things
    assert not any("partner-city" in text(c) for c in ordinary.claims)


def test_hubs_take_the_place_of_other_sources(tmp_path: Path) -> None:
    with pytest.raises(CitypactError, match="leave out sources"):
        api.build(tmp_path / "build", tmp_path, hubs=True)
    done = citypact("build", "--hubs", "--records-only", "--out", tmp_path / "b", code=2)
    assert "--records-only" in done.err
    (tmp_path / "citypact.toml").write_text('[base]\nproject = "hubs"\n', encoding="utf-8")
    assert [each.project for each in read_project(tmp_path).bases] == [read_project(HUBS)]


@pytest.mark.skipif(not MATERIAL, reason="CITYPACT_MATERIAL names no material")
def test_every_row_is_a_partnership_that_cites_its_sources(hubs: Sources) -> None:
    labels: dict[str, set[str]] = defaultdict(set)
    cited: dict[str, set[str]] = defaultdict(set)
    partners: dict[str, set[str]] = defaultdict(set)
    addresses: dict[str, set[str]] = defaultdict(set)
    for claim in hubs.claims:
        field = claim.predicate.removeprefix(NS)
        if claim.predicate in (f"{SKOS}prefLabel", f"{SKOS}altLabel"):
            labels[claim.subject].add(text(claim))
        elif claim.subject.startswith(f"{ID}partnership/"):
            cited[claim.subject].add(claim.document)
            if field == "partner":
                partners[claim.subject].add(text(claim))
        elif field in ("address", "archiveAddress"):
            addresses[claim.subject].add(text(claim))
    lost = []
    for path in sorted(Path(MATERIAL, "facts", "hubs").glob("*.csv")):
        if path.stem in ("hubs", "reciprocity"):
            continue
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if re.match("country(;|$)", row["note"]):
                    continue  # four of Auckland's partners are countries
                names = {row["hub"], re.sub(r" \(.*", "", row["partner_en"])}
                wanted = row["sources"].split(" ; ")
                if row["note"].startswith("PLANNED"):
                    wanted = wanted[1:]  # the list does not name it
                found = [
                    {a for document in cited[tie] for a in addresses[document]}
                    for tie, ends in partners.items()
                    if all(any(name in " ".join(labels[end]) for end in ends) for name in names)
                ]
                if not any(
                    all(a in said or not a.startswith("http") for a in wanted) for said in found
                ):
                    lost.append((row["hub"], row["partner_en"], wanted))
    assert lost == []


def test_places_are_identified_and_no_two_by_the_same(hubs: Sources) -> None:
    fields = {NS + name for name in ("wikidata", "geonames", "subdivisionCode")}
    bearers: dict[str, set[str]] = defaultdict(set)
    for claim in hubs.claims:
        if claim.predicate in fields and claim.rank != "deprecated":
            bearers[text(claim)].add(claim.subject)
    assert [each for each in bearers.values() if len(each) > 1] == []
    places = {iri for iri, each in hubs.things.items() if each.class_name in ("City", "Territory")}
    identified = set.union(*bearers.values())
    nobody_identifies = {
        "dhaka-north",
        "east-nile",
        "fengxian",
        "montgomery-county",
        "penang-island",
    }
    assert {iri.rpartition("/")[2] for iri in places - identified} == nobody_identifies


def test_cities_of_a_list_that_the_import_did_not_know_are_those_of_other_lists(
    tmp_path: Path,
) -> None:
    import_list(
        tmp_path,
        links="source,target\na,seoul\na,n\nn,seoul\no,a\n",
        cities="""\
id,name,country,wikidata,geonames,lat,lon,population
seoul,Seoul,South Korea,Q8684,,37.57,126.98,9411000
a,Aberdeen,United Kingdom,Q36405,,57.14,-2.1,198000
n,North Jeolla,South Korea,Q41157,,35.8,127.1,1818157
o,Goiz,Portugal,,2738974,40.15,-8.11,
""",
    )
    lists = load_sources(HUBS, imports=[tmp_path / "imports" / "mine"])
    (triples,) = lists.imported.values()
    ties = {
        tuple(end.value.removeprefix(ID) for end in (one, other))
        for one, predicate, other in triples
        if predicate.value == f"{NS}twinnedWith"
    }
    assert {frozenset(pair) for pair in ties} == {
        frozenset(pair)
        for pair in (
            ("city/aberdeen", "city/seoul"),
            ("city/aberdeen", "territory/jeonbuk"),
            ("territory/jeonbuk", "city/seoul"),
            ("city/gois", "city/aberdeen"),
        )
    }
    assert not [iri for iri in lists.things if "/city/wikidata-" in iri or "/city/mine-" in iri]


def test_cities_of_a_list_that_are_one_place_by_its_items_are_that_place(tmp_path: Path) -> None:
    import_list(
        tmp_path,
        links="source,target\na,seoul\nb,seoul\nb,c\na,b\n",
        cities="""\
id,name,country,wikidata,geonames,lat,lon,population
seoul,Seoul,South Korea,Q8684,,37.57,126.98,9411000
a,Mérida,Mexico,Q165204,3523349,20.97,-89.62,892363
b,Mérida,Mexico,Q2651972,3523349,20.95,-89.62,892363
c,Aberdeen,United Kingdom,Q36405,,57.14,-2.1,198000
""",
    )
    lists = load_sources(HUBS, imports=[tmp_path / "imports" / "mine"])
    (triples,) = lists.imported.values()
    ties = [
        {end.value.removeprefix(f"{ID}city/") for end in (one, other)}
        for one, predicate, other in triples
        if predicate.value == f"{NS}twinnedWith"
    ]
    assert {"merida-mexico", "seoul"} in ties and {"merida-mexico", "aberdeen"} in ties
    assert {frozenset(tie) for tie in ties} == {
        frozenset(("merida-mexico", "seoul")),
        frozenset(("merida-mexico", "aberdeen")),
    }
    assert not [iri for iri in lists.things if "/city/wikidata-" in iri or "/city/mine-" in iri]
