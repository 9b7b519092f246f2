"""Panels of the page: every thing and every tie leads to documents and words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import citypact
from citypact.api import Graph
from citypact.graph.build.build import make_graph
from citypact.graph.build.contradictions import contradictions
from citypact.graph.networks.overview import Overview
from citypact.graph.networks.reader import NetworkReader
from citypact.graph.pages.network.page import page_content
from citypact.graph.pages.network.pyvis_page import PageContent, edge_keys
from citypact.graph.provenance.trace import ProvenanceTracer
from citypact.graph.store.base import LocalStore
from citypact.graph.store.labels import Names
from citypact.graph.things.description import ThingDescriber
from citypact.ontology import CODE, ID
from citypact.ontology.vocabulary import vocabulary
from citypact.sources import PACKAGED
from citypact.sources.model import Triple
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.texts import Texts
from tests.sources.small import write_small

PACT = ID + "agreement/seoul-hanoi-2015"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> PageContent:
    """The picture of the small set of sources, its document at hand."""
    folder = write_small(tmp_path_factory.mktemp("small"))
    return page_content(make_graph(folder), Texts.in_folder(folder / "documents"))


@pytest.fixture(scope="module")
def packaged(graph: Graph) -> PageContent:
    """The picture of the packaged sources, without documents."""
    return page_content(graph.store)


def rows(picture: PageContent, name: str) -> dict[str, list[Any]]:
    """The rows of a panel by its English headings."""
    return {section["heading"]["en"]: section["rows"] for section in picture.panels[name]}


def words(row: dict[str, Any]) -> set[str]:
    """The marked words of the claims of a row."""
    return {claim["sentence"][slice(*claim["highlight"])] for claim in row["claims"]}


def test_every_node_has_a_panel_and_every_tie_its_evidence(packaged: PageContent) -> None:
    assert all(packaged.panels[node] for node in packaged.network)
    for name in edge_keys(packaged.network).values():
        panel = rows(packaged, name)
        for row in panel.get("Evidence") or panel["Parties"]:
            assert row["claims"], (name, row["label"])
            assert all(claim["document"]["ko"] for claim in row["claims"])


OUTWARD, INWARD = ("parties", "dates", "topics", "about"), ("prospects", "mentions", "related")
"""The sections whose rows read from the thing to their value, and the other way round."""


class Ends:
    """The words of all facts of a store that join two things, from either end."""

    def __init__(self, store: LocalStore) -> None:
        self.words: dict[tuple[str, str, bool], set[tuple[str, str]]] = defaultdict(set)
        self.governed: dict[str, str] = {}
        for prop in vocabulary().properties.values():
            for quad in store.quads(None, ox.NamedNode(prop.iri), None, ox.DefaultGraph()):
                if not isinstance(quad.object, ox.NamedNode):
                    continue
                subject, value = str(quad.subject.value), quad.object.value  # type: ignore[union-attr]
                whole = "/".join(subject.split("/")[:7])
                self.words[subject, value, True].add(pair(prop.labels))
                self.words[value, whole, False].add(pair(prop.inverse))
                if prop.name == "governs":
                    self.governed[subject] = value

    def judge(self, thing: str, sections: Iterable[dict[str, Any]]) -> Counter[str]:
        """How many rows a panel has by section; each has the words of a fact from its end."""
        own, seen = {thing, self.governed.get(thing, thing)}, Counter[str]()
        for section in sections:
            if section["key"] not in (*OUTWARD, *INWARD):
                continue
            for row in (row for row in section["rows"] if row["target"]):
                words = pair(section["heading"] if section["key"] == "related" else row["label"])
                is_outward = section["key"] in OUTWARD
                known = {w for one in own for w in self.words[one, row["target"], is_outward]}
                if section["key"] == "related":  # headings begin with a capital
                    known = {(ko, en[:1].upper() + en[1:]) for ko, en in known}
                assert words in known, (thing, section["key"], row)
                seen[section["key"]] += 1
        return seen


def pair(words: Mapping[str, str]) -> tuple[str, str]:
    return words.get("ko", ""), words.get("en", "")


class Unexplained(ThingDescriber):
    """Describes things without the claims behind rows, which take most of the time."""

    def _claims(self, triples: Iterable[Triple]) -> list[dict[str, Any]]:
        return []


def test_every_panel_tells_relations_from_its_end(packaged_store: LocalStore) -> None:
    """Both languages, all things that have a panel or a page, registers included."""
    names = Names.of(packaged_store)
    describe = Unexplained(packaged_store, names, ProvenanceTracer(packaged_store, names))
    ends, seen = Ends(packaged_store), Counter[str]()
    for thing in names.things():
        if not thing.startswith((f"{ID}date/", CODE)):
            seen += ends.judge(thing, describe.sections(thing))
    assert all(seen[key] > 50 for key in (*OUTWARD, *INWARD)), seen


def test_the_page_has_the_words_of_these_panels(packaged: PageContent, graph: Graph) -> None:
    ends = Ends(graph.store)
    seen = Counter[str]()
    for thing in packaged.network:
        seen += ends.judge(thing, packaged.panels[thing])
    assert all(seen[key] > 5 for key in ("parties", "prospects", "mentions", "about")), seen


@pytest.mark.parametrize(
    ("thing", "label", "other"),
    [
        ("government/seoul", "Has unit | 산하 부서·기관", "office/seoul-smart-city-policy-bureau"),
        (
            "agreement/seoul-guayaquil-2020",
            "result of | 계기가 된 일",
            "prospect/viteri-request-for-cooperation",
        ),
        ("topic/smart-city", "narrower topic | 하위 분야", "topic/data-driven-smart-city"),
    ],
)
def test_relations_read_from_both_ends(
    thing: str, label: str, other: str, packaged: PageContent
) -> None:
    [said] = [
        section["heading"] if section["key"] == "related" else row["label"]
        for section in packaged.panels[ID + thing]
        for row in section["rows"]
        if row["target"] == ID + other
    ]
    assert f"{said['en']} | {said['ko']}" == label


def test_ties_read_from_both_ends(packaged: PageContent) -> None:
    said = {
        (packaged.network.edges[key]["relation"], forth["en"], back["en"])
        for key, (forth, back) in packaged.readings.items()
    }
    assert said >= {
        ("party", "party", "party to"),
        ("office", "is unit of", "has unit"),
        ("membership", "membership", "member"),
        ("signature", "signature", "signatory"),
        ("follow-up", "builds on", "followed up by"),
        ("event", "participant in", "participant"),
        ("transfer", "recipient", "policy transfer"),
    }


def test_a_panel_says_when_who_and_on_what(small: PageContent) -> None:
    panel = rows(small, PACT)
    assert [row["value"]["en"] for row in panel["Parties"]] == [
        "City of Hanoi",
        "Seoul Metropolitan Government",
    ]
    [date] = [row for row in panel["Dates and status"] if row["label"]["en"] == "signing date"]
    assert words(date) == {"2015년 3월 2일", "2 March 2015"}
    [signatory] = panel["Signatories"]
    assert signatory["value"]["ko"] == "박 시장, 서울시장"
    assert signatory["target"] == ID + "person/park"


def test_commitments_say_what_is_done_how_binding_it_is_and_where(small: PageContent) -> None:
    panel = rows(small, PACT)
    [item] = [
        row for row in panel["Commitments"] if "Cooperation on smart cities" in row["value"]["en"]
    ]
    details = {each["label"]["en"]: each["value"]["en"] for each in item["details"]}
    assert details["action"] == "Share policies"
    assert all(row["claims"] for row in (*panel["Commitments"], *panel.get("Content", ())))


def test_commitments_of_a_text_name_article_force_and_actor(packaged: PageContent) -> None:
    commitments = rows(packaged, ID + "agreement/seoul-los-angeles-2019")["Commitments"]
    assert {"Article 1", "Article 4"} <= {row["label"]["en"] for row in commitments}
    details = [{d["label"]["en"]: d["value"]["en"] for d in row["details"]} for row in commitments]
    assert {"Firm commitment", "Optional"} <= {each.get("force") for each in details}
    others = rows(packaged, ID + "agreement/wego-eximbank-2016")["Commitments"]
    assert any(d["label"]["en"] == "performed by" for row in others for d in row["details"])


def test_the_facts_of_one_row_name_a_document_once(packaged: PageContent) -> None:
    content = rows(packaged, ID + "agreement/seoul-los-angeles-2019")["Commitments"]
    for row in content:
        ways = [(str(c["document"]), str(c["modality"]), str(c["note"])) for c in row["claims"]]
        assert len(ways) == len(set(ways))


def test_what_is_implied_is_not_shown_as_written(small: PageContent) -> None:
    topics = {row["value"]["en"]: row["claims"] for row in rows(small, PACT)["Topics"]}
    said = {topic: {c["modality"]["en"] for c in claims} for topic, claims in topics.items()}
    assert said == {"Smart city": {"Asserted"}, "e-Government": {"Asserted, inferred"}}


def test_a_city_government_shows_what_is_known_of_its_city(small: PageContent) -> None:
    panel = rows(small, ID + "government/seoul")
    assert PACT in {row["target"] for row in panel["Agreements"]}
    assert "Republic of Korea" in {row["value"]["en"] for row in panel["Overview"]}


def test_without_documents_panels_have_places_and_no_words(tmp_path: Path) -> None:
    picture = page_content(make_graph(write_small(tmp_path)))
    panel = rows(picture, PACT)
    [date] = [row for row in panel["Dates and status"] if row["label"]["en"] == "signing date"]
    [claim] = date["claims"]
    assert [span["position"] for span in claim["spans"]] == ["11–22", "149–161"]
    assert claim["sentence"] == ""


# Partnerships and disagreements -------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(packaged_store: LocalStore) -> ThingDescriber:
    """Describes the things of the packaged sources, registers included."""
    names = Names.of(packaged_store)
    return ThingDescriber(packaged_store, names, ProvenanceTracer(packaged_store, names))


@pytest.fixture(scope="module")
def packaged_store(whole_build: Path) -> LocalStore:
    return citypact.open(whole_build).store


def described(whole: ThingDescriber, name: str) -> dict[str, list[Any]]:
    """The rows of the description of a thing by its English headings."""
    return {section["heading"]["en"]: section["rows"] for section in whole.sections(ID + name)}


def test_a_tie_of_cities_says_what_it_is_and_since_when(whole: ThingDescriber) -> None:
    overview = Overview(NetworkReader.of(whole.store), whole.store.centre)
    ends = (ID + "government/seoul", ID + "government/tokyo")
    [(key, data)] = [
        (key, data)
        for *key, data in overview.network.edges(keys=True, data=True)
        if tuple(key[:2]) == ends and data["relation"] == "partnership"
    ]
    assert (data["relation_type"], data["relation_en"]) == ("sister-city", "Sister city")
    assert overview.things[tuple(key)] == [ID + "partnership/seoul-tokyo"]
    panel = described(whole, "partnership/seoul-tokyo")
    assert [row["value"]["en"] for row in panel["Dates and status"]] == ["1988-09-03"]
    assert len(panel["Agreements"]) == 3
    assert panel["Source documents"]


def test_the_values_of_other_sources_are_shown_with_the_one_that_is_followed(
    whole: ThingDescriber,
) -> None:
    overview = described(whole, "government/seoul")["Overview"]
    [total] = [row for row in overview if row["label"]["en"] == "total of partner cities"]
    assert [other["value"]["en"] for other in total["others"]] == ["42", "57", "58", "68", "71"]
    links = [claim["address"] for other in total["others"] for claim in other["claims"]]
    assert all(link.startswith("http") for link in links)
    assert total["reason"]["en"]
    tokyo = described(whole, "partnership/seoul-tokyo")["Overview"]
    [kind] = [row for row in tokyo if row["label"]["en"] == "relation type"]
    said = (kind["value"]["en"], kind["others"][0]["value"]["en"])
    assert said == ("Sister city", "Friendship city")


def test_what_sources_disagree_on_is_what_the_check_reports(whole: ThingDescriber) -> None:
    checked = contradictions(load_sources(PACKAGED))
    assert {(each.subject, each.predicate) for each in checked} == set(whole.disagreements)
    for each in checked:
        values = whole.disagreements[each.subject, each.predicate].values
        assert len(values) == len(each.values)
        assert sum(v.followed for v in values) == sum(v.followed for v in each.values)
    listed = whole.disagreement_rows()
    assert len(listed) == len(checked)
    assert all(row["values"][0]["followed"] and row["name"]["ko"] for row in listed)


def test_the_panel_of_a_city_is_in_sections_by_kind_of_relation(whole: ThingDescriber) -> None:
    panel = described(whole, "government/seoul")
    assert len(panel["Partnerships"]) > 70
    assert len(panel["Memberships"]) > 10
    assert len(panel["Related statements"]) < 25
    kinds = [row["label"]["en"] for row in panel["Partnerships"]]
    assert kinds[0] == "Sister city"
    assert kinds == sorted(kinds, key=kinds.index)
    dates = [row["label"]["en"] for row in panel["Agreements"]]
    assert dates == sorted(dates)
