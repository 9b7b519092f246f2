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
RELATIONS = {"sister city": "sister-city", "friendship city": "friendship-city", "MOU/other": ""}
HELD_BY_ONE = {"1988-09-03", "1993-10-23", "2012-06-25", "2007-02-01", "2014-11-06"}
"""Dates that one source of several gives, in words that another does not have."""


def material(name: str) -> list[Row]:
    with (Path(MATERIAL) / f"facts/{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


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
        self.named: dict[str, set[str]] = defaultdict(set)
        self.by_address: dict[str, set[str]] = defaultdict(set)
        for claim in sources.claims:
            self.about[claim.subject, claim.predicate].append(claim)
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
        subjects = {subject for subject, predicate in self.about if predicate == NS + name}
        return sorted(iri for iri in subjects if self.values(iri, name) == values)

    def speaks_of(self, document: str, subject: str) -> bool:
        return any(
            claim.document == document
            for (about, _), claims in self.about.items()
            if about == subject
            for claim in claims
        )


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
    rows = [row for name in ("partnerships", "agreements", "memberships") for row in material(name)]
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
        if not wanted:
            assert not any(dates), node
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
        if "advance report" in row["note"]:
            assert not facts, node  # announced is not signed
            continue
        assert facts == {RELATIONS[row["relation_type"]]} - {""}, node


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
        assert (row["total"], told.document(row["address"]), row["as_of"]) in found
    assert {value for value, _, _ in found} == {"42", "58", "68", "71"}


# Agreements


def parties(row: Row, told: Told) -> list[set[str]]:
    """The parties of a row; several sets where it stands for several bilateral agreements."""
    names = [name.strip() for name in row["parties"].split(";")]
    found = [told.party(name) for name in names]
    if row["title"].startswith("bilateral "):
        return [{found[0], other} for other in found[1:]]
    return [set(found)]


def agreements(row: Row, told: Told) -> list[str]:
    """The agreements of a row: those of its parties and of its date that its sources speak of."""
    found = []
    documents = [told.document(source) for source in sources_of(row)]
    # A text that does not say the whole day is dated by what other documents say.
    dating = [] if "seed:" in row["sources"] else documents
    for wanted in parties(row, told):
        fitting = [
            iri
            for iri in told.things("party", wanted)
            if (row["date"] in told.values(iri, "signingDate", *dating))
            or (not row["date"] and not told.values(iri, "signingDate"))
        ]
        fitting = [iri for iri in fitting if told.speaks_of(documents[0], iri)]
        assert len(fitting) == 1, (row["parties"], row["date"], fitting)
        found += fitting
    return found


def test_every_agreement_is_one_node_with_the_claims_of_each_source(told: Told) -> None:
    nodes = []
    for row in material("agreements"):
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
    for row in material("agreements"):
        for node in agreements(row, told):
            signatures = told.values(node, "hasSignature")
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
    for row in material("agreements"):
        if not any(w in row["note"] for w in ("attendees named", "not explicit", "not named as")):
            continue
        for node in agreements(row, told):
            for signature in told.values(node, "hasSignature"):
                claims = told.about[signature, NS + "signatory"]
                assert claims
                assert all(claim.is_inferred for claim in claims), node


def test_what_was_announced_in_advance_is_not_signed(told: Told, store: Store) -> None:
    signed = ox.NamedNode(CODE + "agreement-status/signed")
    count = 0
    for row in material("agreements"):
        if "announced in advance" in row["note"] or row["note"].startswith("planned"):
            for node in agreements(row, told):
                statuses = store.quads(ox.NamedNode(node), ox.NamedNode(NS + "status"), None)
                assert signed not in {quad.object for quad in statuses}, node
                signatures = told.values(node, "hasSignature")
                for claim in itertools.chain.from_iterable(
                    told.about[signature, NS + "signatory"] for signature in signatures
                ):
                    assert claim.modality == "expected", node
                count += 1
    assert count >= 4


def test_topics_are_mapped_or_listed(told: Told) -> None:
    with (PACKAGED / "registers/topic-words.csv").open(encoding="utf-8", newline="") as lines:
        meant: dict[str, set[str]] = defaultdict(set)
        for each in csv.DictReader(lines):
            meant[each["words"]].add(each["topic"])
    for row in material("agreements"):
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
                assert found == wanted, (node, source, found ^ wanted)


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
