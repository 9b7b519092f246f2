"""Panels of the page: every thing and every tie leads to documents and words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from citypact.api import Graph
from citypact.graph.build.build import make_graph
from citypact.graph.pages.network.page import page_content
from citypact.graph.pages.network.pyvis_page import PageContent, edge_keys
from citypact.ontology import ID, NS
from citypact.ontology.vocabulary import vocabulary
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


def facts(graph: Graph, iri: str) -> list[ox.Triple]:
    """The facts with a property, of things with IRIs to things with IRIs."""
    quads = graph.store.quads(None, ox.NamedNode(iri), None, ox.DefaultGraph())
    return [quad.triple for quad in quads if isinstance(quad.object, ox.NamedNode)]


def words(row: dict[str, Any]) -> set[str]:
    """The marked words of the claims of a row."""
    return {claim["sentence"][slice(*claim["highlight"])] for claim in row["claims"]}


def test_every_node_has_a_panel_and_every_tie_its_evidence(packaged: PageContent) -> None:
    assert all(packaged.panels[node] for node in packaged.network)
    for name in edge_keys(packaged.network).values():
        for row in rows(packaged, name)["Evidence"]:
            assert row["claims"], (name, row["label"])
            assert all(claim["document"]["ko"] for claim in row["claims"])


def test_what_has_a_thing_as_its_value_is_told_from_its_end(
    packaged: PageContent, graph: Graph
) -> None:
    """Every row of every panel: its words are those of a fact, and of the right end of it."""
    names, seen = graph.names, Counter[str]()
    known = vocabulary().properties.values()
    governed = {str(s.value): str(o.value) for s, _, o in facts(graph, NS + "governs")}
    for thing in packaged.network:
        own = {thing, governed.get(thing, thing)}
        said: dict[tuple[str, str], set[str]] = {}
        for prop in known:
            for subject, _, value in facts(graph, prop.iri):
                if subject.value in own:
                    said.setdefault((value.value, "to"), set()).add(names.label(prop.iri, "ko"))
                if value.value in own:
                    whole = "/".join(subject.value.split("/")[:7])
                    said.setdefault((whole, "from"), set()).add(prop.inverse["ko"])
        for heading, shown in rows(packaged, thing).items():
            for row in shown if heading not in ("Signatories", "Documents", "Content") else ():
                way = (
                    "from" if heading in ("Agreements", "Prospects", "Related statements") else "to"
                )
                if row["target"]:
                    assert row["label"]["ko"] in said[row["target"], way], (thing, heading, row)
                    seen[heading] += 1
    assert (
        min(seen[name] for name in ("Agreements", "Prospects", "Related statements", "Overview"))
        > 5
    )


@pytest.mark.parametrize(
    ("thing", "label", "other"),
    [
        ("government/seoul", "has unit | 산하 부서·기관", "office/seoul-smart-city-policy-bureau"),
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
    shown = [row for section in packaged.panels[ID + thing] for row in section["rows"]]
    [row] = [row for row in shown if row["target"] == ID + other]
    assert f"{row['label']['en']} | {row['label']['ko']}" == label


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


def test_the_content_of_an_agreement_rests_on_words_too(small: PageContent) -> None:
    content = rows(small, PACT)["Content"]
    [item] = [row for row in content if "Cooperation on smart cities" in row["value"]["en"]]
    assert "Share policies" in item["value"]["en"]
    assert all(row["claims"] for row in content)


def test_the_facts_of_one_row_name_a_document_once(packaged: PageContent) -> None:
    content = rows(packaged, ID + "agreement/seoul-los-angeles-2019")["Content"]
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
