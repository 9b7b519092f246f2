"""The members of city networks at stated days: every row with its list, its day and its total."""

from __future__ import annotations

import csv
import itertools
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

import citypact as api
from citypact.ontology import ID, NS
from citypact.ontology.errors import CitypactError
from citypact.sources import HUBS, HUBS_AND_MEMBERSHIPS, MEMBERSHIPS, PACKAGED
from citypact.sources.model import Claim, Date, Sources
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.project import packaged, read_project
from tests.running import citypact

MATERIAL = os.environ.get("CITYPACT_MATERIAL", "")
NETWORKS = {
    "c40-2010": "c40",
    "c40-2022": "c40",
    "anmc21": "anmc21",
    "world-cities-culture-forum": "world-cities-culture-forum",
    "100-resilient-cities": "100-resilient-cities",
    "eurocities": "eurocities",
    "unesco-creative-cities": "unesco-creative-cities",
}
"""The files of the material, and the network of each."""


class Lists:
    """What the sources say of members, by the list (network and document) that names them."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.claims: dict[tuple[str, str], dict[str, list[Claim]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for claim in sources.claims:
            self.claims[claim.subject, claim.document][claim.predicate.removeprefix(NS)].append(
                claim
            )
        self.members: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for (thing, document), said in self.claims.items():
            if "memberOrganization" in said:
                (network,), (member,) = texts(said["memberOrganization"]), texts(said["member"])
                self.members[network.rsplit("/", 1)[1], document][thing] = member

    def on(self, network: str, day: str) -> dict[str, str]:
        """The members of a network on its list of a day, by their memberships."""
        return {
            thing: member
            for (name, document), members in self.members.items()
            for thing, member in members.items()
            if name == network
            and day in (*self.said(thing, document, "heldOn"), *self.days(thing, document))
        }

    def said(self, thing: str, document: str, name: str) -> list[str]:
        return texts(self.claims[thing, document][name])

    def days(self, thing: str, document: str) -> list[str]:
        roles = self.claims[thing, document]["membershipRole"]
        return [claim.as_of.text for claim in roles if claim.as_of]

    def completeness(self) -> dict[tuple[str, str], str]:
        """How complete the list of each network and day is."""
        return {
            (thing.rsplit("/", 1)[1], claim.as_of.text if claim.as_of else ""): text(claim)
            for (thing, _), said in self.claims.items()
            for claim in said["memberListCompleteness"]
        }

    def totals(self) -> dict[tuple[str, str], str]:
        """How many members each source counts, by network and day."""
        return {
            (thing.split("/")[-3], texts(said["asOf"])[0]): texts(said["value"])[0]
            for (thing, _), said in self.claims.items()
            if "measure" in said and texts(said["measure"])[0].endswith("/member-cities")
        }


def texts(claims: list[Claim]) -> list[str]:
    return [text(claim) for claim in claims]


def text(claim: Claim) -> str:
    value = claim.object.text if isinstance(claim.object, Date) else claim.object.value
    return value.rsplit("/", 1)[1] if claim.predicate.endswith("Completeness") else value


@pytest.fixture(scope="module")
def lists() -> Lists:
    return Lists(load_sources(MEMBERSHIPS))


def test_each_list_has_its_members_its_day_its_total_and_its_completeness(lists: Lists) -> None:
    completeness, totals = lists.completeness(), lists.totals()
    assert {
        key: (kind, totals.get(key, ""), len(set(lists.on(*key).values())))
        for key, kind in completeness.items()
    } == {
        ("c40", "2010-03-03"): ("whole", "40", 40),
        ("c40", "2022/.."): ("whole", "97", 97),
        ("anmc21", "2003~"): ("whole", "12", 12),
        ("anmc21", "2010-11-09"): ("whole", "11", 11),
        ("anmc21", "2014-09-05"): ("whole", "13", 13),
        ("world-cities-culture-forum", "2024/.."): ("unknown", "45", 45),
        ("100-resilient-cities", "2013-12"): ("whole", "32", 32),
        ("100-resilient-cities", "2014-12-02"): ("part", "35", 32),
        ("100-resilient-cities", "2016-05-25"): ("part", "37", 15),
        ("eurocities", "2025-05-18"): ("whole", "200", 226),  # two of 227 rows are one place
        ("unesco-creative-cities", "2024-10-01"): ("unknown", "", 349),
    }


def test_members_are_those_that_the_lists_name(lists: Lists) -> None:
    samples = {
        ("c40", "2010-03-03"): ("government/moscow", "government/caracas", "government/seoul"),
        ("anmc21", "2014-09-05"): ("government/tomsk-region", "government/ulaanbaatar"),
        ("100-resilient-cities", "2014-12-02"): ("government/santiago-metropolitan-region",),
        ("eurocities", "2025-05-18"): ("government/marseille", "network/brabantstad"),
        ("unesco-creative-cities", "2024-10-01"): ("government/como", "government/gangneung"),
    }
    for key, members in samples.items():
        assert {ID + member for member in members} <= set(lists.on(*key).values()), key
    assert f"{ID}government/beijing" not in lists.on("anmc21", "2010-11-09").values()


def test_a_metropolis_is_another_body_than_its_city_and_two_spellings_are_one(
    lists: Lists,
) -> None:
    members = [m.removeprefix(ID) for m in lists.on("eurocities", "2025-05-18").values()]
    for city, metropolis in (
        ("marseille", "aix-marseille-provence-metropole"),
        ("lyon", "greater-lyon"),
    ):
        assert members.count(f"government/{city}") == members.count(f"government/{metropolis}") == 1
    assert members.count("government/ampelokipoi-menemeni") == 1
    notes = [
        dict(claim.notes)["en"]
        for (thing, _), said in lists.claims.items()
        if thing.endswith(("/ampelokipoi-menemeni-eurocities", "/greater-lyon-eurocities"))
        for claim in {c for claims in said.values() for c in claims if c.notes}
    ]
    assert any("two spellings" in note for note in notes)
    assert any("Wikidata item of Lyon" in note for note in notes)


def reports(lists: Lists) -> set[tuple[str, str, str, str]]:
    """Who reported under which body in which year, and the note on it."""
    return {
        (
            text(claim).rsplit("/", 1)[1],
            claim.as_of.text if claim.as_of else "",
            thing,
            dict(claim.notes)["en"],
        )
        for (thing, _), said in lists.claims.items()
        for claim in said["reportedUnder"]
    }


def test_who_reported_under_a_body_did_so_in_a_year_and_is_no_member_by_that(
    lists: Lists,
) -> None:
    found = Counter((body, year) for body, year, _, _ in reports(lists))
    assert found == {
        ("c40", "2018"): 71,
        ("c40", "2019"): 82,
        ("global-covenant-of-mayors", "2019"): 588,
        ("iclei", "2018"): 262,
        ("iclei", "2019"): 513,
        ("union-of-the-baltic-cities", "2018"): 23,
        ("union-of-the-baltic-cities", "2019"): 25,
        ("wwf", "2018"): 97,
        ("wwf", "2019"): 255,
    }
    listed = {
        (thing.rsplit("/", 1)[1], claim.as_of.text if claim.as_of else ""): text(claim)
        for (thing, _), said in lists.claims.items()
        for claim in said["reporterListCompleteness"]
    }
    assert listed == dict.fromkeys(found, "part")
    assert not {"union-of-the-baltic-cities", "wwf"} & {network for network, _ in lists.members}
    assert not [key for key in lists.members if "climactor" in key[1]]
    assert (
        "c40",
        "2019",
        f"{ID}government/dubai",
        "CDP account 43938: The Executive Council, Govt of Dubai",
    ) in reports(lists)


def test_a_place_whose_identity_is_not_known_has_none_and_says_so(lists: Lists) -> None:
    for place in (
        "city/herrera-argentina",
        "city/la-paz-argentina",
        "territory/bellavista",
        "city/san-carlos-philippines",
    ):
        (said,) = [said for (thing, _), said in lists.claims.items() if thing == f"{ID}{place}"]
        assert not {"wikidata", "geonames", "latitude"} & said.keys()
        claims = itertools.chain.from_iterable(said.values())
        assert any("not known" in dict(claim.notes).get("en", "") for claim in claims)


def test_no_two_places_have_one_name() -> None:
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in load_sources(HUBS_AND_MEMBERSHIPS).claims:
        is_place = claim.subject.startswith((f"{ID}city/", f"{ID}territory/"))
        if is_place and claim.predicate.endswith("prefLabel"):
            assert isinstance(claim.object, ox.Literal)
            named[claim.object.language or "", text(claim)].add(claim.subject)
    assert [name for name, places in named.items() if len(places) > 1] == []


def test_no_place_is_there_twice() -> None:
    before, after = shared_identifiers(HUBS), shared_identifiers(HUBS_AND_MEMBERSHIPS)
    assert after == before


def shared_identifiers(folder: Path) -> set[str]:
    """The identifiers that several cities have."""
    of: dict[str, set[str]] = defaultdict(set)
    for claim in load_sources(folder).claims:
        identifies = claim.predicate in (NS + "wikidata", NS + "geonames")
        if identifies and claim.subject.startswith(f"{ID}city/"):
            of[text(claim)].add(claim.subject)
    return {value for value, cities in of.items() if len(cities) > 1}


def test_a_list_of_a_day_says_nothing_of_today(lists: Lists) -> None:
    """What is not on a later list ended on or before it; nothing else is said to last or to end."""
    ends = {
        thing.rsplit("/", 1)[1]: lists.said(thing, document, "endDate")
        for key, members in lists.members.items()
        if key[0] in NETWORKS.values()
        for thing in members
        for document in [key[1]]
        if lists.said(thing, document, "endDate")
    }
    assert ends == {
        "beijing-anmc21": ["[..2010-11-09]"],
        "johannesburg-world-cities-culture-forum": ["XXXX"],
        "shanghai-world-cities-culture-forum": ["XXXX"],
    }


def test_the_field_of_a_creative_city_is_a_topic(lists: Lists) -> None:
    fields = {
        topic: sum(
            topic == lists.said(thing, document, "topic")[0].rsplit("/", 1)[1]
            for (name, document), members in lists.members.items()
            if name == "unesco-creative-cities"
            for thing in members
        )
        for topic in (
            "music",
            "crafts-and-folk-art",
            "gastronomy",
            "literature",
            "design",
            "film",
            "media-arts",
        )
    }
    assert list(fields.values()) == [75, 66, 56, 52, 49, 26, 25]


def test_the_projects_of_the_package_combine(tmp_path: Path) -> None:
    folders = [
        packaged(hubs=hubs, memberships=memberships)
        for hubs in (False, True)
        for memberships in (False, True)
    ]
    assert folders == [PACKAGED, MEMBERSHIPS, HUBS, HUBS_AND_MEMBERSHIPS]
    ordinary, memberships, hubs, both = (set(load_sources(each).things) for each in folders)
    assert ordinary < memberships < both
    assert hubs < both == memberships | hubs
    assert f"{ID}partnership/hamburg-shanghai" in hubs - memberships
    assert f"{ID}city/hamburg" in memberships
    with pytest.raises(CitypactError, match="leave out sources"):
        api.build(tmp_path / "build", tmp_path, memberships=True)
    done = citypact("build", "--memberships", "--records-only", "--out", tmp_path / "b", code=2)
    assert "--records-only" in done.err
    written = '[[base]]\nproject = "hubs"\ntake = "entities"\n[[base]]\nproject = "memberships"\n'
    (tmp_path / "citypact.toml").write_text(written, encoding="utf-8")
    bases = read_project(tmp_path).bases
    assert [base.project for base in bases] == [read_project(HUBS), read_project(MEMBERSHIPS)]
    assert set(load_sources(tmp_path).things) == memberships


def test_projects_of_one_name_below_another_are_told(tmp_path: Path) -> None:
    for place in ("one", "two"):
        (tmp_path / place / "names" / "records").mkdir(parents=True)
        (tmp_path / place / "names" / "citypact.toml").touch()
    text = '[[base]]\nproject = "one/names"\n[[base]]\nproject = "two/names"\n'
    (tmp_path / "citypact.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CitypactError, match=r"two/names: is called like .*one/names"):
        load_sources(tmp_path)


def rows() -> Iterator[tuple[str, dict[str, str]]]:
    for file in NETWORKS:
        path = Path(MATERIAL, "facts", "networks", f"{file}.csv")
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                yield file, row


@pytest.mark.skipif(not MATERIAL, reason="CITYPACT_MATERIAL names no material")
def test_every_row_of_the_material_is_a_member_on_its_day(lists: Lists) -> None:
    named: dict[str, set[str]] = defaultdict(set)
    known: dict[str, set[str]] = defaultdict(set)
    governed: dict[str, str] = {}
    countries: dict[str, str] = {}
    codes: dict[str, str] = {}
    for claim in lists.sources.claims:
        field = claim.predicate.removeprefix(NS)
        if claim.predicate.endswith(("prefLabel", "altLabel")):
            named[claim.subject].add(text(claim))
        elif field == "wikidata":
            known[claim.subject].add(text(claim).rsplit("/", 1)[1])
        elif field == "governs":
            governed[claim.subject] = text(claim)
        elif field == "inCountry":
            countries[claim.subject] = text(claim)
        elif field == "countryCode":
            codes[claim.subject] = text(claim)
    lost = []
    for file, row in rows():
        members = lists.on(NETWORKS[file], row["as_of"]).values()
        places = {governed.get(member, member) for member in members}
        of_item = {p for p in places if row["wikidata"] and row["wikidata"] in known[p]}
        of_name = {
            p for p in places if row["member"].split(" (")[0] in named[p] or row["member"] == "Come"
        }
        fitting = {
            place
            for place in of_item | of_name
            if not place.startswith((f"{ID}city/", f"{ID}territory/"))
            or codes[countries[place]] == row["country"]
        }
        if not fitting:
            lost.append((file, row["member"], row["country"], row["wikidata"]))
    assert lost == []


BODIES = {
    "C40": "c40",
    "Global Covenant of Mayors": "global-covenant-of-mayors",
    "ICLEI": "iclei",
    "Union of the Baltic Cities": "union-of-the-baltic-cities",
    "WWF": "wwf",
}
OF_ANOTHER_ITEM = {"Q2887"}
"""Items in the material that are of the city, where its region reports."""


@pytest.mark.skipif(not MATERIAL, reason="CITYPACT_MATERIAL names no material")
def test_every_report_of_the_material_is_on_record_and_no_other(lists: Lists) -> None:
    country, item, code, governed = {}, defaultdict(set), {}, {}
    for claim in lists.sources.claims:
        match claim.predicate.removeprefix(NS):
            case "governs":
                governed[claim.subject] = text(claim)
            case "inCountry":
                country[claim.subject] = text(claim)
            case "countryCode":
                code[claim.subject] = text(claim)
            case "wikidata":
                item[claim.subject].add(text(claim).rsplit("/", 1)[1])
    wanted = set()
    path = Path(MATERIAL, "facts", "networks", "cdp-2018-2019.csv")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            told = re.fullmatch(r".*CDP account (\d+); organisation: (.*)", row["note"])
            assert told
            note = f"CDP account {told[1]}: {' '.join(told[2].split())}"
            known = row["wikidata"] if row["wikidata"] not in OF_ANOTHER_ITEM else ""
            for year in row["as_of"].split("/"):
                wanted.add((BODIES[row["network"]], year, note, row["country"], known))
    found = {}
    for body, year, thing, note in reports(lists):
        place = governed.get(thing, thing)
        found[body, year, note, code[country[place]]] = item[place]
    assert found.keys() == {row[:4] for row in wanted}
    assert [row for row in wanted if row[4] and row[4] not in found[row[:4]]] == []
