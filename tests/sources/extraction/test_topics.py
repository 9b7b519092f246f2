"""Topics of agreements in sentences of our own, found with the relation at hand."""

from __future__ import annotations

import pytest

from citypact.sources.documents.plain import plain_form
from citypact.sources.extraction.model import Drafted, Form, Relation, Status
from citypact.sources.extraction.sentences import context_of
from citypact.sources.extraction.topic_scheme import topic_scheme
from citypact.sources.extraction.topics import topic_words, topics_of


def topics(text: str, status: Status = Status.MAIN, cue: str = "", sentence: int = 0) -> str:
    """The topics of the agreement that a text is about, in alphabetical order."""
    at = text.index(cue)
    relation = Relation(
        Drafted(Form.MOU, ((0, 1),), 0.9, "by-hand"),
        Drafted(status, ((0, 1),), 0.9, "by-hand"),
        (),
        (at, at + len(cue)),
        (sentence,),
    )
    found = topics_of(relation, context_of(plain_form(text)))
    assert all(topic.spans for topic in found)
    return " ".join(sorted(topic.value.removeprefix("topic:") for topic in found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Fields of cooperation, with and without signs.
        ("두 시는 문화·관광·체육 등 여러 분야에서 협력하기로 했다.",
         "arts-and-culture sport tourism"),
        ("양 도시는 △스마트시티 △대중 교통 △물 관리를 함께 추진한다.",
         "public-transport smart-city water-and-sanitation"),
        ("공주시는 오늘 리마시와 청소년 교류를 위한 업무협약을 맺었다.", "youth"),
        ("They agreed to cooperate in the fields of trade, tourism and education.",
         "school-education tourism trade-and-investment"),
        ("The MOU names these areas: (a) urban planning; (b) air quality.",
         "air-quality urban-planning"),
        ("The cities will share best practices and pool their knowledge.",
         "knowledge-sharing policy-sharing"),
        ("두 도시는 우수 정책을 서로 공유하고 공무원을 상호 파견하기로 했다.",
         "policy-sharing staff-exchange"),
        # A general word right behind another topic says no more.
        ("양 시는 관광 산업과 교통 인프라에서 협력한다.", "tourism transport"),
        ("Sectors such as schools and farming will benefit from the exchange.",
         "fisheries-and-farming school-education"),
        ("The cities will continue their cultural cooperation.", "arts-and-culture"),
        ("Both stressed cooperation in energy.", "energy"),
        # Words within words are none: 별도로, 지방역량.
        ("양 시는 별도로 지방역량을 함께 키우기로 했다.", ""),
        # What is told of a city, of offices and bodies is no topic.
        ("항구 도시 부산의 경제부시장과 교육청이 하노이 교통국장을 만났다.", ""),
        ("The Ministry of Environment hosted the port city at the Museum of Design.", ""),
        ("The harbour town is known for tourism and fisheries.", ""),
        # What somebody says counts only where nothing else does.
        ("두 시는 교육 분야에서 협력한다.\n시장은 “관광과 문화로 더 협력하길 바란다”라고 말했다.",
         "school-education"),
        ("협약을 맺었다.\n시장은 “관광과 문화로 더 협력하길 바란다”라고 말했다.",
         "arts-and-culture tourism"),
        ("시장은 “관광이 앞으로 두 도시를 가깝게 할 것이다”라고 말했다.", ""),
    ],
)  # fmt: skip
def test_topics_are_what_the_parties_will_do(text: str, expected: str) -> None:
    assert topics(text) == expected


def test_an_earlier_agreement_has_the_topics_right_before_its_name() -> None:
    text = "서울시는 관광을 늘린다. 2010년에는 하노이와 도시철도 건설 양해각서를 맺었다."
    assert topics(text, Status.PAST, "양해각서", 1) == "urban-rail"
    text = "리마는 보고타(2001년)에 이은 두 번째 전자정부 협력 도시다."
    assert topics(text, Status.PAST, "보고타") == "e-government"


def test_a_list_below_a_sentence_belongs_to_it() -> None:
    text = "서울시와 하노이는 다음 분야에서 협력한다.\n1. 도시재생\n2. 폐기물 관리"
    assert topics(text) == "urban-regeneration waste-management"


def test_all_words_lead_to_topics_of_the_scheme() -> None:
    known = topic_scheme().labels
    for table in topic_words():
        assert {topic for topics in table.topics.values() for topic in topics} <= set(known)
