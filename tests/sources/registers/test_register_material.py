"""The registers against the facts they were made from, where that material is at hand.

Nothing may be lost: every row has its node, every address its document and its claims.
"""

from __future__ import annotations

import csv
import itertools
import os
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from citypact.graph.store.base import LocalStore, Store
from citypact.ontology import CODE, ID, NS, SKOS
from citypact.sources import PACKAGED
from citypact.sources.model import Claim, Date, Sources
from citypact.sources.reading.load import load_sources

MATERIAL = os.environ.get("CITYPACT_MATERIAL", "")
pytestmark = pytest.mark.skipif(not MATERIAL, reason="CITYPACT_MATERIAL names no material")

Row = dict[str, str]
SEEDS = {
    "000_e11df978163e124b.txt": "seoul-los-angeles-2019",
    "001_4ea129d6b3388c20.txt": "seoul-guayaquil-2020",
    "002_4192927976798757.txt": "seoul-san-francisco-2013",
    "003_c7fdd8dd5311897b.txt": "wego-eximbank-2016",
    "004_eb1431d7db28cd21.txt": "seoul-london-2017",
}
"""The records that have been made of the texts that rows name as `seed:`."""
CALLED = {
    "Paris Île-de-France": "Île-de-France",
    "Quebec (province)": "Quebec",
    "World Bank Group (IBRD, IDA, IFC)": "World Bank Group",
    "Office of Transport and Traffic Policy and Planning (Thailand)": "OTP",
    "Taiwanese design body (name not given)": "Taiwanese design body (name not given, 2010)",
    "Dongdaemun-gu (Seoul)": "Dongdaemun-gu",
    "WMCCC": "World Mayors Council on Climate Change (WMCCC)",
}
"""Names of the material that are ours with words beside them."""
ONLY_PRESENT = {"Seoul; Sichuan Province, 2014-07-28"}
"""Rows whose signatories were there, as a correction says, while departments signed."""
MORE_TOPICS = {"Seoul; KOTRA, 2022-04-18": {"staff-exchange"}}
"""Topics that a correction adds to what the sources of a row say."""
MITI = "{} regional centre of the Metropolis International Training Institute (MITI)"
CORRECTED_PARTIES = {
    "Seoul Office of Waterworks; Hanam, 2015-01-29": "Seoul; Hanam",
    "Seoul Waterworks; Tegucigalpa, (no date)": "Seoul Waterworks; UMAPS",
    "Seoul; Cairo; Mashhad; Mexico City; Paris Île-de-France, 2014-03-13": "; ".join(
        ["Seoul", *map(MITI.format, ("Cairo", "Mashhad", "Mexico City", "Paris Île-de-France"))]
    ),
}
"""The parties of rows of which a correction says in free words who they are."""
RELATIONS = {"sister city": "sister-city", "friendship city": "friendship-city", "MOU/other": ""}
HELD_BY_ONE = {"1988-09-03", "1993-10-23", "2012-06-25", "2007-02-01", "2014-11-06"}
"""Dates that one source of several gives, in words that another does not have."""


def material(name: str) -> list[Row]:
    with (Path(MATERIAL) / f"facts/{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def corrections(*files: str) -> list[Row]:
    """The corrections of files; of all where none is named."""
    return [row for row in material("corrections") if not files or row["file"] in files]


def folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip()


def page(address: str) -> str:
    """An address without its scheme: under http and https it is one document."""
    return address.partition("://")[2]


class Told:
    """The claims of the packaged sources, by what tests ask for."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.about: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        self.having: dict[str, set[str]] = defaultdict(set)
        self.within: dict[str, list[Claim]] = defaultdict(list)
        self.named: dict[str, set[str]] = defaultdict(set)
        self.by_address: dict[str, set[str]] = defaultdict(set)
        for claim in sources.claims:
            self.about[claim.subject, claim.predicate].append(claim)
            self.having[claim.predicate].add(claim.subject)
            steps = claim.subject.removeprefix(ID).split("/")
            for end in range(1, len(steps) + 1):
                self.within[ID + "/".join(steps[:end])].append(claim)
            if claim.predicate in (SKOS + "prefLabel", SKOS + "altLabel"):
                self.named[folded(claim.object.value)].add(claim.subject)
            if claim.predicate == NS + "address":
                self.by_address[page(claim.object.value)].add(claim.subject)

    def document(self, source: str) -> str:
        """The document that an address, or a seed, stands for."""
        if source.startswith("seed:"):
            return f"{ID}doc/{SEEDS[source.removeprefix('seed:')]}"
        (found,) = self.by_address[page(source)]
        return found

    def find(self, name: str, *kinds: str) -> str:
        """The one thing of some kind that a name of the material means."""
        found = self.named[folded(CALLED.get(name, name))]
        fitting = [iri for iri in found if iri.removeprefix(ID).split("/")[0] in kinds]
        assert len(fitting) == 1, (name, sorted(found))
        return fitting[0]

    def place(self, name: str) -> str:
        return self.find(name, "city", "territory")

    def party(self, name: str) -> str:
        kinds = ("government", "organization", "network", "office")
        iri = self.find(name, *kinds)
        moved = {f"{ID}{c.object.value}": c.subject for c in self.merges()}
        return moved.get(iri, iri)

    def merges(self) -> list[Claim]:
        return [c for c in self.sources.claims if c.predicate == NS + "mergedFrom"]

    def values(self, subject: str, name: str, *documents: str) -> set[str]:
        """What documents, or all, claim of a property; dates as EDTF, codes by their names."""
        found = set()
        for claim in self.about[subject, NS + name]:
            if not documents or claim.document in documents:
                value = claim.object.text if isinstance(claim.object, Date) else claim.object.value
                found.add(value.rsplit("/", 1)[-1] if value.startswith(CODE) else value)
        return found

    def things(self, name: str, values: set[str]) -> list[str]:
        """The things of which a property has exactly these values in the claims."""
        return sorted(iri for iri in self.having[NS + name] if self.values(iri, name) == values)

    def spoken(self, thing: str) -> list[Claim]:
        """The claims about a thing and its parts, such as its signatures."""
        return self.within.get(thing, [])

    def speaks_of(self, document: str, subject: str) -> bool:
        claims = self.within.get(subject, ())
        return any(c.document == document for c in claims if c.subject == subject)


@pytest.fixture(scope="module")
def told() -> Told:
    return Told(load_sources(PACKAGED))


@pytest.fixture(scope="module")
def store(packaged: LocalStore) -> Store:
    return packaged


def sources_of(row: Row) -> list[str]:
    return [source.strip() for source in row["sources"].split(" ; ") if source.strip()]


def agrees(one: str, other: str) -> bool:
    """Whether one of two dates begins as the other does: a day, its month, its year."""
    return one.startswith(other) or other.startswith(one)


def test_every_address_is_one_document(told: Told) -> None:
    rows = [
        row
        for name in ("partnerships", "agreements", "agreements-2", "memberships")
        for row in material(name)
    ]
    addresses = {source for row in rows for source in sources_of(row)}
    addresses |= {row["address"] for row in material("totals")}
    addresses |= {row["address"] for row in material("documents") if row["address"]}
    assert len(addresses) > 150
    lost = [
        address
        for address in sorted(addresses)
        if not address.startswith("seed:") and len(told.by_address[page(address)]) != 1
    ]
    assert lost == []
    for address in addresses:
        assert told.document(address) in told.sources.documents


def test_no_document_of_a_register_is_without_a_claim(told: Told) -> None:
    speaking = {claim.document for claim in told.sources.claims}
    documents = told.sources.documents.values()
    ours = [each.iri for each in documents if each.place.file.startswith("registers/")]
    assert len(ours) > 150
    assert [iri for iri in ours if iri not in speaking] == []


# Partnerships


def planned(row: Row) -> bool:
    return row["note"].startswith("PLANNED")


def partnership(row: Row, told: Told) -> str:
    """The partnership of a row: among those of a pair, the one of its relation type."""
    pair = {ID + "city/seoul", told.place(row["partner_en"])}
    found = told.things("partner", pair)
    if len(found) > 1:
        wanted = RELATIONS[row["relation_type"]]
        found = [iri for iri in found if told.values(iri, "relationType") == {wanted}]
    assert len(found) == 1, (row["partner_en"], found)
    return found[0]


def is_of_partner(correction: Row, row: Row) -> bool:
    """Whether a correction is of the partner of a row."""
    return correction["row key"].split(", ")[0] == row["partner_en"].split(", ")[0]


def test_every_partnership_is_one_node_with_the_claims_of_each_source(told: Told) -> None:
    nodes = []
    for row in material("partnerships"):
        if planned(row):
            continue
        node = partnership(row, told)
        nodes.append(node)
        for source in sources_of(row):
            assert told.speaks_of(told.document(source), node), (node, source)
    assert [node for node, n in Counter(nodes).items() if n > 1] == []


def test_dates_of_partnerships_are_claimed_by_their_sources(told: Told) -> None:
    for row in material("partnerships"):
        if planned(row):
            continue
        node, wanted = partnership(row, told), row["date_signed"]
        documents = [told.document(source) for source in sources_of(row)]
        dates = [told.values(node, "established", document) for document in documents]
        if not wanted:  # a span of years is no date: it follows from who signed
            assert all(date.startswith("[") for found in dates for date in found), node
            continue
        assert any(wanted in found for found in dates), (node, wanted, dates)
        if "DISAGREE" in row["note"] or wanted in HELD_BY_ONE or "August 2010" in row["note"]:
            continue
        for document, found in zip(documents, dates, strict=True):
            if document.rsplit("/", 1)[1] in SEEDS.values():
                continue  # a text says no more than it says
            fitting = [date for date in found if agrees(date, wanted)]
            assert fitting, (node, document, wanted, found)


def test_relation_types_of_partnerships_are_facts(told: Told, store: Store) -> None:
    for row in material("partnerships"):
        if planned(row):
            continue
        node = partnership(row, told)
        quads = store.quads(ox.NamedNode(node), ox.NamedNode(NS + "relationType"), None)
        facts = {
            quad.object.value.rsplit("/", 1)[-1]
            for quad in quads
            if isinstance(quad.graph_name, ox.DefaultGraph)
        }
        mended = [c for c in corrections("partnerships.csv") if is_of_partner(c, row)]
        if "advance report" in row["note"] and not any("is signed" in c["reason"] for c in mended):
            assert not facts, node  # announced is not signed
            continue
        types = [
            relation
            for each in mended
            if each["field"] == "relation_type"
            for relation in RELATIONS
            if each["new"].startswith(relation)
        ]
        assert facts == {RELATIONS[(types or [row["relation_type"]])[0]]} - {""}, node


def test_what_is_only_planned_is_a_prospect_and_no_tie(told: Told, store: Store) -> None:
    (row,) = [row for row in material("partnerships") if planned(row)]
    place = told.place(row["partner_en"])
    document = told.document(row["sources"])
    assert told.things("partner", {ID + "city/seoul", place}) == []
    about = {claim.subject for claim in told.sources.claims if claim.document == document}
    assert {iri.removeprefix(ID).split("/")[0] for iri in about} == {"prospect"}
    ties = store.quads(ox.NamedNode(place), ox.NamedNode(NS + "cooperatesWith"), None)
    assert list(ties) == []


def test_korean_names_of_partners_lead_to_them(told: Told) -> None:
    for row in material("partnerships"):
        assert told.place(row["partner_ko"]) == told.place(row["partner_en"])


def test_each_total_is_claimed_with_its_address_and_date(told: Told) -> None:
    claims = told.about[ID + "government/seoul", NS + "partnerCityTotal"]
    found = {
        (claim.object.value, claim.document, claim.as_of.text if claim.as_of else "")
        for claim in claims
    }
    for row in material("totals"):
        as_of = "../2023-09" if row["total"] == "71" else row["as_of"]
        assert (row["total"], told.document(row["address"]), as_of) in found
    assert {value for value, _, _ in found} == {"42", "57", "58", "68", "71", "76"}


# Agreements


def row_key(row: Row) -> str:
    """How corrections name a row of agreements."""
    return f"{row['parties']}, {row['date'] or '(no date)'}"


def parties(row: Row, told: Told) -> list[set[str]]:
    """The parties of a row; several sets where it stands for several bilateral agreements."""
    written = CORRECTED_PARTIES.get(row_key(row), row["parties"])
    names = [name.strip() for name in written.split(";")]
    found = [told.party(name) for name in names]
    if row["title"].startswith("bilateral "):
        return [{found[0], other} for other in found[1:]]
    return [set(found)]


def agreement_rows() -> list[Row]:
    """The rows of both tables of agreements."""
    return material("agreements") + material("agreements-2")


def corrected_date(row: Row) -> str:
    """The date that a correction gives to an agreement, or none."""
    for each in corrections("agreements.csv"):
        if each["row key"] == row_key(row) and each["field"] == "date":
            return each["new"].split()[0] if each["new"][:2] == "20" else ""
    return ""


def agreements(row: Row, told: Told) -> list[str]:
    """The agreements of a row: those of its parties and of its date that its sources speak of."""
    found = []
    documents = [told.document(source) for source in sources_of(row)]
    dates = {row["date"], corrected_date(row)} - {""}
    for wanted in parties(row, told):
        fitting = [
            iri
            for iri in told.things("party", wanted)
            if dates & {date.rstrip("~") for date in told.values(iri, "signingDate")}
        ]
        fitting = [iri for iri in fitting if told.speaks_of(documents[0], iri)]
        assert len(fitting) == 1, (row["parties"], row["date"], fitting)
        found += fitting
    return found


def test_every_agreement_is_one_node_with_the_claims_of_each_source(told: Told) -> None:
    nodes = []
    for row in agreement_rows():
        for node in agreements(row, told):
            nodes.append(node)
            for source in sources_of(row):
                document = told.document(source)
                assert told.speaks_of(document, node), (node, source)
                if row["date"] and not source.startswith("seed:"):
                    dates = told.values(node, "signingDate", document)
                    assert any(agrees(date, row["date"]) for date in dates), (node, source)
    assert [node for node, n in Counter(nodes).items() if n > 1] == []


def people(row: Row) -> list[tuple[str, str]]:
    """The signatories of a row: names and posts; a post alone has no name."""
    found = []
    for words in filter(None, map(str.strip, re.split(r";(?![^(]*\))", row["signatories"]))):
        name, _, post = words.partition(" (")
        found.append((name, post.removesuffix(")")) if post else ("", name))
    return found


def test_every_signatory_signs_for_a_party(told: Told) -> None:
    count = 0
    for row in agreement_rows():
        for node in agreements(row, told):
            signatures = told.values(node, "hasSignature")
            if row_key(row) in ONLY_PRESENT:
                assert not signatures, node
                continue
            posts = 0
            for name, _ in people(row):
                if not name:
                    posts += 1
                    continue
                person = [
                    iri
                    for known, iris in told.named.items()
                    if known == folded(name) or known.startswith(folded(name) + "(")
                    for iri in iris
                    if iri.startswith(ID + "person/")
                ]
                assert len(set(person)) == 1, (name, person)
                signing = [s for s in signatures if person[0] in told.values(s, "signatory")]
                assert len(signing) == 1, (node, name)
                (party,) = told.values(signing[0], "onBehalfOf")
                assert party in told.values(node, "party"), (node, name)
                count += 1
            without = [s for s in signatures if not told.values(s, "signatory")]
            assert len(without) >= posts, node
    assert count > 100


def test_what_only_implies_a_signature_says_so(told: Told) -> None:
    """People who were there, or are quoted, are signatories by implication alone."""
    for row in agreement_rows():
        if not any(w in row["note"] for w in ("attendees named", "not explicit", "not named as")):
            continue
        for node in agreements(row, told):
            for signature in told.values(node, "hasSignature"):
                claims = told.about[signature, NS + "signatory"]
                assert claims
                assert all(claim.is_inferred for claim in claims), node


def test_terms_sums_and_modes_of_notes_are_claimed(told: Told) -> None:
    count = 0
    for row in agreement_rows():
        note, wanted = row["note"], set[tuple[str, str]]()
        if years := re.search(r"(\d)-year term", note):
            wanted.add(("statedTermYears", years[1]))
        wanted |= {("mode", mode) for mode in ("in-person",) if "in person" in note}
        if re.search(r"(^|; |signed )online", note):
            wanted.add(("mode", "online"))
        for node in agreements(row, told) if wanted or "KRW" in note else ():
            claimed = {(name, value) for name, _ in wanted for value in told.values(node, name)}
            assert wanted <= claimed, node
            assert "KRW" not in note or told.values(node, "hasFigure"), node
            count += 1
    assert count > 30


def test_what_was_announced_in_advance_is_not_signed(told: Told, store: Store) -> None:
    signed = ox.NamedNode(CODE + "agreement-status/signed")
    confirmed = {
        f"{ID}agreement/{row['row key']}"
        for row in corrections("registers/agreements.csv")
        if row["field"] == "status" and row["new"].startswith("signed")
    }
    count = 0
    for node in confirmed:
        assert list(store.quads(ox.NamedNode(node), ox.NamedNode(NS + "status"), signed)), node
    for row in agreement_rows():
        if "announced in advance" in row["note"] or row["note"].startswith("planned"):
            for node in agreements(row, told):
                if node in confirmed:
                    continue
                statuses = store.quads(ox.NamedNode(node), ox.NamedNode(NS + "status"), None)
                assert signed not in {quad.object for quad in statuses}, node
                signatures = told.values(node, "hasSignature")
                for claim in itertools.chain.from_iterable(
                    told.about[signature, NS + "signatory"] for signature in signatures
                ):
                    assert claim.modality == "expected", node
                count += 1
    assert count >= 2
    assert len(confirmed) >= 5


def test_topics_are_mapped_or_listed(told: Told) -> None:
    with (PACKAGED / "registers/topic-words.csv").open(encoding="utf-8", newline="") as lines:
        meant: dict[str, set[str]] = defaultdict(set)
        for each in csv.DictReader(lines):
            meant[each["words"]].add(each["topic"])
    for row in agreement_rows():
        for words in filter(None, map(folded, row["topics"].split(";"))):
            assert meant[words], words
        if "seed:" in row["sources"]:
            continue  # the record of the text is more exact
        wanted = {
            f"{ID}topic/{topic}"
            for words in filter(None, map(folded, row["topics"].split(";")))
            for topic in meant[words]
            if topic
        }
        for node in agreements(row, told):
            for source in sources_of(row):
                found = told.values(node, "topic", told.document(source))
                extra = MORE_TOPICS.get(row_key(row), set())
                assert found - wanted <= {f"{ID}topic/{topic}" for topic in extra}, (node, source)
                assert wanted <= found, (node, source)


# Memberships and places


def test_every_membership_is_claimed_by_its_sources(told: Told) -> None:
    hosts = re.compile(r"host of (\d+th|3rd|exec|gen|World)")
    for row in material("memberships"):
        network = told.find(row["network"], "network")
        government = told.party(row["city"])
        for source in sources_of(row):
            document = told.document(source)
            if hosts.match(row["role"]):
                events = [
                    subject
                    for subject, predicate in told.about
                    if predicate == NS + "host"
                    and government in told.values(subject, "host", document)
                ]
                assert events, row
                continue
            found = [
                subject
                for (subject, predicate), claims in told.about.items()
                if predicate == NS + "member"
                and any(c.object.value == government and c.document == document for c in claims)
                and network in told.values(subject, "memberOrganization", document)
            ]
            assert found, row
            if row["from"]:
                dates = {
                    date
                    for subject in found
                    for name in ("startDate", "heldOn")
                    for date in told.values(subject, name, document)
                }
                assert row["from"] in dates, (row, dates)


def test_every_place_is_one_node_with_its_names_and_ids(told: Told) -> None:
    nodes = []
    for row in material("places"):
        node = told.place(row["name_en"])
        nodes.append(node)
        assert node in told.named[folded(row["name_ko"])], row
        (country,) = told.values(node, "inCountry")
        assert told.values(country, "countryCode") == {row["country"]}, row
        if row["wikidata"]:
            ids = {iri.rsplit("/", 1)[1] for iri in told.values(node, "wikidata")}
            assert ids <= {row["wikidata"]}, row
        if row["lat"]:
            (latitude,), (longitude,) = (told.values(node, n) for n in ("latitude", "longitude"))
            assert abs(float(latitude) - float(row["lat"])) < 0.01, row
            assert abs(float(longitude) - float(row["lon"])) < 0.01, row
    assert [node for node, n in Counter(nodes).items() if n > 1] == []


def test_no_place_stands_twice(told: Told) -> None:
    places = [
        iri
        for iri, thing in told.sources.things.items()
        if thing.class_name in ("City", "Territory")
    ]
    assert len(places) > 190
    ids = [c.object.value for iri in places for c in told.about[iri, NS + "wikidata"]]
    assert [each for each, n in Counter(ids).items() if n > 1] == []
    names = [
        (c.object.value, tuple(sorted(told.values(iri, "inCountry"))))
        for iri in places
        for c in told.about[iri, SKOS + "prefLabel"]
    ]
    assert [each for each, n in Counter(names).items() if n > 1] == []


# Corrections

SAME_PAGE = {
    "https://www.fnnews.com/ampNews/201706292223255914": "https://fnnews.com/ampNews/201706292223255914",
    "http://news1.kr/articles/?2613302": "https://www.news1.kr/amp/articles/?2613302",
}
"""Addresses of corrections at which the page of another address is found again."""
SIGNS_OF = {
    "in person": ("mode",),
    "online": ("mode",),
    "place": ("signingPlace", "venue"),
    "term left out": ("statedTermEnd", "statedTermYears"),
    "validity": ("termCondition",),
    "sum left out": ("hasFigure",),
    "carried out by": ("departmentInCharge",),
    "between the two departments": ("party",),
    "department": ("signingDepartment", "departmentInCharge", "party", "signatory"),
}
"""Words of corrections, and the properties of which something must then be claimed."""


LEFT_OUT = {
    "Ankara, sister city, 1971": "the mayor named as signing was not the mayor of that year",
    "Seoul; Milan, 2007-02-01": "the page of the city's media hub is named without its address",
    "Seoul; Riyadh, 2024-10-11": "the Arabic report of further fields has no address",
    "Seoul; Ulaanbaatar, 2009-06-25": "the report of the hour has no address",
    "Ulaanbaatar, sister city, 1995-10": "the announcement of 1995 has no address",
    "(row missing) Bandung": "no source is named for the letter of intent of 2015",
    "Seoul; Sichuan Province, 2014-07-28": "departments are departments, parties their governments",
    "Seoul; Taipei, 2023-09-25": "departments are departments, parties their governments",
    "Seoul; Tshwane, 2015-04-10": "the report that words it as done is deprecated: it has no day",
}
"""What of corrections, by row key, the registers leave out or put otherwise, and why."""


def corrected_things(row: Row, told: Told) -> set[str]:
    """The things that a correction may speak of."""
    file, key = row["file"], row["row key"]
    if file == "registers/agreements.csv":
        return {f"{ID}agreement/{key}"}
    if file == "agreements.csv":
        (of,) = [each for each in material("agreements") if row_key(each) == key]
        bodies = {f"{ID}organization/seoul-investment-promotion-foundation"}
        return bodies.union(*(told.things("party", each) for each in parties(of, told)))
    if file == "partnerships.csv":
        partner = key.removeprefix("(row missing) ")
        for name in (partner, partner.rsplit(", ", 1)[0], partner.rsplit(", ", 2)[0]):
            if folded(name) in told.named:
                pair = {ID + "city/seoul", told.place(name)}
                return set(told.things("partner", pair)) | {f"{ID}agreement/seoul-miami-2023"}
    if file == "totals.csv":
        return {f"{ID}government/seoul"}
    kinds = ("membership", "event", "network")
    return {iri for iri in told.sources.things if iri.removeprefix(ID).split("/")[0] in kinds}


def test_every_correction_is_taken_in(told: Told) -> None:
    missing = []
    for row in corrections():
        what = (row["row key"], row["field"])
        if row["file"] == "registers/documents.csv":
            assert len(told.by_address[page(row["address"])]) == 1
            continue
        (document,) = told.by_address[page(SAME_PAGE.get(row["address"], row["address"]))]
        things = {
            thing
            for thing in corrected_things(row, told)
            if any(claim.document == document for claim in told.spoken(thing))
        }
        if not things:
            missing.append((*what, "no claim of the document"))
        claims = [claim for thing in things for claim in told.spoken(thing)]
        claimed = {claim.predicate.removeprefix(NS) for claim in claims}
        dates = {c.object.text.rstrip("~") for c in claims if isinstance(c.object, Date)}
        day = row["new"].split()[0].rstrip(";")
        if row["field"] in ("date", "date_signed") and day[:4].isdigit() and day not in dates:
            missing.append((*what, day))
        missing += [
            (*what, words)
            for words, properties in SIGNS_OF.items()
            if words in f"{row['new']} {row['reason']}"
            and row["file"].endswith("agreements.csv")
            and not claimed.intersection(properties)
        ]
        texts = {claim.object.value for claim in claims if not isinstance(claim.object, Date)}
        if row["field"] == "label.ko" and row["new"] not in texts:
            missing.append((*what, row["new"]))
        forms = {CODE + "form/business-agreement", CODE + "form/memorandum-of-understanding"}
        if "업무협약(MOU)" in row["new"] and not forms <= texts:
            missing.append((*what, "both forms"))
        said = {c.predicate.removeprefix(NS) for c in claims if c.document == document}
        signs = row["field"] == "signatories" and not row["new"].startswith("present")
        if signs and "signatory" not in said:
            missing.append((*what, "signatory"))
    assert missing == []
    assert set(LEFT_OUT) <= {row["row key"] for row in corrections()}
