"""Questions in Korean and English find their named query, or none where none answers them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from citypact.graph.provenance.named_queries import bind, run
from citypact.graph.questions.extremes import narrowed
from citypact.graph.questions.matching import Interpretation, interpret
from citypact.graph.relations.facts import FactReader
from citypact.graph.store.base import LocalStore
from citypact.ontology import ID

QUESTIONS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "paraphrases.yaml").read_text(encoding="utf-8")
)
ENOUGH = 0.95
"""The share of these questions that must be understood in full."""


@pytest.fixture(scope="module")
def reader(packaged: LocalStore) -> FactReader:
    return FactReader.of(packaged)


def filled(found: Interpretation) -> dict[str, tuple[str, ...]]:
    return {each.name: each.values for each in found.best.parameters} if found.best else {}


def is_right(found: Interpretation, question: dict[str, Any]) -> bool:
    if not question["query"]:
        return found.best is None
    values = " ".join(value for values in filled(found).values() for value in values)
    return (
        found.best is not None
        and found.best.query.name in question["query"]
        and all(str(each) in values for each in question.get("with", ()))
    )


@pytest.mark.parametrize("language", ["ko", "en"])
def test_questions_that_no_pattern_was_made_from_are_understood(
    reader: FactReader, language: str
) -> None:
    asked = [each for each in QUESTIONS if language in each]
    wrong = [q[language] for q in asked if not is_right(interpret(q[language], reader), q)]
    assert len(asked) > 30 and len(wrong) <= (1 - ENOUGH) * len(asked), wrong


def test_parameters_are_taken_from_names_dates_and_words(reader: FactReader) -> None:
    found = interpret("2016년 12월 31일에 서울의 자매도시는?", reader)
    assert found.best and found.best.query.name == "partnerships-on-day"
    assert filled(found)["day"] == ("2016-12-31",)
    found = interpret("Which topics do the agreements with London and Guayaquil share?", reader)
    assert found.best and found.best.query.name == "topics-in-common"
    one, other = filled(found).values()
    assert {"agreement/seoul-guayaquil-2020"} in (set(one), set(other))
    assert "agreement/seoul-london-2017" in {*one, *other}


@pytest.mark.parametrize(
    ("question", "network", "member"),
    [
        ("Is London a member of WeGO?", "wego", "london"),
        ("런던은 위고 회원인가요?", "wego", "london"),
        ("서울은 C40 회원인가?", "c40", "seoul"),
    ],
)
def test_the_network_is_not_taken_for_the_member(
    reader: FactReader, question: str, network: str, member: str
) -> None:
    found = interpret(question, reader)
    assert found.best and found.best.query.name == "members-of-network"
    values = {"network": (f"network/{network}",), "member": (f"government/{member}",)}
    assert filled(found) == values


@pytest.mark.parametrize(
    ("question", "query", "values"),
    [
        ("When did Seoul sign with London?", "agreements-of-party", {"party": "government/london"}),
        (
            "Which cities are partners of Seoul in Japan?",
            "partner-cities-by-country",
            {"city": "city/seoul", "country": "country/japan"},
        ),
        (
            "베를린과 기후 협정이 있나?",
            "agreements-on-topic",
            {"topic": "topic/climate-change-response", "party": "government/berlin"},
        ),
        (
            "Does Seoul have an agreement on transport with Bogota?",
            "agreements-on-topic",
            {"topic": "topic/transport", "party": "government/bogota"},
        ),
        (
            "Is WeGO a member of Metropolis?",
            "members-of-network",
            {"network": "network/metropolis", "member": "network/wego"},
        ),
        (
            "WeGO는 메트로폴리스의 회원인가?",
            "members-of-network",
            {"network": "network/metropolis", "member": "network/wego"},
        ),
        ("When did Seoul join CityNet?", "networks-of-city", {"network": "network/citynet"}),
        (
            "Which agreements deal with water?",
            "agreements-on-topic",
            {"topic": "topic/water-and-sanitation"},
        ),
        (
            "런던 협정 2017은 어디에서 체결됐지?",
            "signing-of-agreements",
            {"agreement": "agreement/seoul-london-2017"},
        ),
        ("바르셀로나에서 체결된 협정은?", "signing-of-agreements", {"place": "city/barcelona"}),
        (
            "Which department signed the agreement with Abu Dhabi?",
            "signing-of-agreements",
            {"agreement": "agreement/seoul-abu-dhabi-2024"},
        ),
        (
            "델리 협정의 유효기간은 몇 년인가?",
            "terms-of-agreements",
            {"agreement": "agreement/seoul-delhi-2018"},
        ),
        (
            "파리와 서울이 함께 속한 네트워크는?",
            "networks-in-common",
            {"city": "city/paris", "other": "city/seoul"},
        ),
        (
            "하노이에 대해 출처끼리 다른가?",
            "disagreements",
            {"city": "city/hanoi"},
        ),
        (
            "박원순 시장이 2014년에 서명한 협정은?",
            "signatories-of-agreement",
            {"who": "person/park-won-soon", "from": "2014", "to": "2014"},
        ),
        (
            "베를린 협정에는 있고 런던 협정 2017에는 없는 분야는?",
            "topics-not-shared",
            {"agreement": "agreement/seoul-berlin-2014", "other": "agreement/seoul-london-2017"},
        ),
        (
            "What did the mayor of Guayaquil ask of Seoul?",
            "prospects",
            {"by": "post/guayaquil-mayor", "to": "government/seoul"},
        ),
        (
            "퀘벡과는 어떤 협정이 예정되어 있나?",
            "commitment-ledger",
            {"city": "territory/quebec"},
        ),
        (
            "How much money is in the Ulaanbaatar agreement of 2009?",
            "figures-of",
            {"thing": "agreement/seoul-ulaanbaatar-2009"},
        ),
        (
            "1996년에 자매결연을 맺은 도시는?",
            "partnerships",
            {"relation": "sister-city", "from": "1996", "to": "1996"},
        ),
        (
            "C40 회원이면서 서울의 자매도시인 곳은?",
            "partners-in-network",
            {"network": "network/c40", "relation": "sister-city"},
        ),
        (
            "서울과 베이징에 대해 출처끼리 다른가?",
            "disagreements",
            {"city": "city/beijing"},
        ),
        (
            "What happened in 2015 between Seoul and Tokyo?",
            "chronology",
            {"party": "government/tokyo", "from": "2015"},
        ),
        ("WeGO는 언제 설립되었나?", "chronology", {"thing": "network/wego"}),
        (
            "Which Korean cities has Seoul signed agreements with?",
            "agreements-of-city",
            {"country": "country/south-korea"},
        ),
        (
            "2023년에 체결한 협정은 몇 건인가?",
            "agreements",
            {"status": "signed", "from": "2023"},
        ),
        (
            "과야킬 협정은 누가 제안했나?",
            "who-proposed",
            {"matter": "agreement/seoul-guayaquil-2020"},
        ),
        (
            "2014년에 체결된 업무협약 목록",
            "agreements",
            {"from": "2014", "form": "business-agreement"},
        ),
        (
            "1990년대에 맺은 자매결연은?",
            "partnerships",
            {"relation": "sister-city", "from": "1990", "to": "1999"},
        ),
        ("Agreements of the 1990s", "agreements", {"from": "1990", "to": "1999"}),
        (
            "파리와 서울은 자매도시인가?",
            "partnerships",
            {"city": "city/paris", "other": "city/seoul", "relation": "sister-city"},
        ),
        ("Who was mayor of London in 2017?", "office-holders", {"from": "2017", "to": "2017"}),
        (
            "서울시와 협약을 세 번 이상 맺은 도시는 어디인가?",
            "partners-of-city",
            {"city": "city/seoul", "least": "3"},
        ),
        (
            "With which cities has Seoul more than two agreements?",
            "partners-of-city",
            {"city": "city/seoul", "least": "3"},
        ),
        (
            "Which partner cities have no agreement?",
            "partners-of-city",
            {"city": "city/seoul", "most": "0"},
        ),
        (
            "협정이 없는 협력 도시는?",
            "partners-of-city",
            {"city": "city/seoul", "most": "0"},
        ),
        (
            "Which partners of Seoul have no agreement on smart city?",
            "partners-of-city",
            {"city": "city/seoul", "topic": "topic/smart-city", "most": "0"},
        ),
        (
            "관광 협정이 없는 협력 도시는?",
            "partners-of-city",
            {"city": "city/seoul", "topic": "topic/tourism", "most": "0"},
        ),
        (
            "Which partner cities have not signed any agreement since 2015?",
            "partners-of-city",
            {"from": "2015", "most": "0"},
        ),
        (
            "Which universities have agreements with WeGO?",
            "agreements-of-party",
            {"party": "network/wego", "type": "university"},
        ),
        (
            "Which agreements have been announced but not yet signed?",
            "agreements",
            {"status": "announced"},
        ),
        (
            "베이징과 합의했지만 도쿄에는 없는 분야는?",
            "topics-agreed-with-one-city",
            {"city": "city/beijing", "other": "city/tokyo"},
        ),
        ("Agreements between 2020 and 2010", "agreements", {"from": "2010", "to": "2020"}),
        ("2020년부터 2010년까지의 협정은?", "agreements", {"from": "2010", "to": "2020"}),
        (
            "Which of the agreements with Beijing concern air quality?",
            "agreements-on-topic",
            {"topic": "topic/air-quality", "party": "government/beijing"},
        ),
        (
            "Which agreements did Lee Myung-bak sign?",
            "signatories-of-agreement",
            {"who": "person/lee-myung-bak"},
        ),
        (
            "Which agreements expired before 2022?",
            "terms-of-agreements",
            {"to": "2021"},
        ),
        (
            "2014년에 서울에서 열린 체결식은?",
            "events",
            {"city": "city/seoul", "type": "signing", "from": "2014", "to": "2014"},
        ),
        (
            "Did Seoul become a sister city of Paris in 1991?",
            "partnerships",
            {"city": "city/paris", "other": "city/seoul"},
        ),
        ("Which projects are planned?", "projects", {"stage": "planned"}),
        (
            "베트남 도시들과는 어떤 분야에서 협력합니까?",
            "agreements-by-topic",
            {"country": "country/vietnam"},
        ),
        (
            "What topics do Seoul's agreements with Chinese cities cover most often?",
            "agreements-by-topic",
            {"party": "government/seoul", "country": "country/china"},
        ),
        (
            "Which international organisations have signed agreements with Seoul?",
            "agreements-of-party",
            {"party": "government/seoul", "type": "international-organisation"},
        ),
        (
            "In which fields is the mayor of Guayaquil reported to be interested?",
            "aims-and-interests",
            {},
        ),
        ("WeGO는 어디에 본부가 있어?", "offices-of", {"organization": "network/wego"}),
        (
            "How many agreements are declarations and how many are memoranda?",
            "agreements-by-form",
            {},
        ),
    ],
)
def test_the_query_takes_up_all_that_is_asked(
    reader: FactReader, question: str, query: str, values: dict[str, str]
) -> None:
    found = interpret(question, reader)
    assert found.best and found.best.query.name == query and not found.best.aside
    assert {name: filled(found)[name] for name in values} == {n: (v,) for n, v in values.items()}


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("아부다비 양해각서의 출처는?", True),
        ("Which sources report the agreement with Abu Dhabi?", True),
        ("과야킬 협정을 보도한 출처는?", True),
        ("아부다비와 맺은 협정은?", False),
        ("How many sister cities does Seoul have according to each source?", False),
    ],
)
def test_who_asks_for_sources_gets_them(reader: FactReader, question: str, asks: bool) -> None:
    found = interpret(question, reader)
    assert found.best and found.asks_sources is asks


@pytest.mark.parametrize(
    ("question", "inside", "outside"),
    [
        ("서울이 아프리카 도시와 맺은 협정은?", "mozambique", "france"),
        ("Which European cities has Seoul signed agreements with?", "france", "mozambique"),
    ],
)
def test_a_continent_stands_for_its_countries(
    reader: FactReader, question: str, inside: str, outside: str
) -> None:
    found = interpret(question, reader)
    assert found.best and found.best.query.name == "agreements-of-city" and not found.best.aside
    countries = filled(found)["country"]
    assert f"country/{inside}" in countries and f"country/{outside}" not in countries


@pytest.mark.parametrize(
    ("question", "query", "agreement"),
    [
        (
            "서울-런던 우호도시 협정의 아홉 개 협력 분야는 무엇인가?",
            "topics-of-agreement",
            "agreement/seoul-london-2017",
        ),
        (
            "What are the areas of cooperation of the Seoul-London Friendship City Agreement?",
            "topics-of-agreement",
            "agreement/seoul-london-2017",
        ),
        (
            "Who signed the Seoul–London Friendship City Agreement?",
            "signatories-of-agreement",
            "agreement/seoul-london-2017",
        ),
        (
            "Which offices signed the Seoul–Los Angeles MOU for each city?",
            "signatories-of-agreement",
            "agreement/seoul-los-angeles-2019",
        ),
    ],
)
def test_words_of_a_title_do_not_say_what_is_asked(
    reader: FactReader, question: str, query: str, agreement: str
) -> None:
    found = interpret(question, reader)
    assert found.best and found.best.query.name == query
    assert agreement in filled(found)["agreement"]


@pytest.mark.parametrize(
    ("question", "parameter", "values"),
    [
        (
            "Are there agreements about sports or tourism?",
            "topic",
            {"topic/sport", "topic/tourism"},
        ),
        (
            "Which documents speak of closing digital or education gaps?",
            "topic",
            {"topic/digital-divide", "topic/education-gap"},
        ),
        (
            "중국과 일본 도시 중 서울의 자매도시는?",
            "country",
            {"country/china", "country/japan"},
        ),
        (
            "자매도시와 우호도시를 모두 보여 줘",
            "relation",
            {"sister-city", "friendship-city"},
        ),
        ("무스카트 협정은 체결됐나요, 발표만 됐나요?", "status", {"announced", "signed"}),
        (
            "What did Mayor Park invite London to or suggest to it?",
            "modality",
            {"invited", "proposed"},
        ),
        ("Which agreements are announced but not yet signed?", "status", {"announced"}),
    ],
)
def test_of_several_values_any_will_do(
    reader: FactReader, question: str, parameter: str, values: set[str]
) -> None:
    assert set(filled(interpret(question, reader))[parameter]) == values


@pytest.mark.parametrize(
    ("question", "query", "values"),
    [
        (
            "박원순 시장과 오세훈 시장 중 누가 협정에 더 많이 서명했나?",
            "heads-who-signed",
            {"person/oh-se-hoon", "person/park-won-soon"},
        ),
        (
            "Who signed more agreements, Park Won-soon or Oh Se-hoon?",
            "heads-who-signed",
            {"person/oh-se-hoon", "person/park-won-soon"},
        ),
        (
            "도쿄와 베이징 중 어느 도시와 먼저 자매결연을 맺었나?",
            "partnerships",
            {"city/beijing", "city/tokyo"},
        ),
        (
            "Which city was first, Tokyo or Taipei, to become a sister city?",
            "partnerships",
            {"city/taipei", "city/tokyo"},
        ),
        (
            "Is Seoul a member of C40 or of Metropolis?",
            "members-of-network",
            {"network/c40", "network/metropolis"},
        ),
    ],
)
def test_what_is_put_up_against_each_other_is_found_for_both(
    reader: FactReader, question: str, query: str, values: set[str]
) -> None:
    found = interpret(question, reader)
    assert found.best and found.best.query.name == query
    assert values in [set(each) for each in filled(found).values()]
    assert run(reader.store, bind(found.best.query, found.best.values, reader.names)).rows


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("올해 체결한 협정은?", "올해"),
        ("최근 5년간 맺은 협정은?", "최근 5년"),
        ("Agreements signed last year", "last year"),
        ("Which agreements were signed in the past ten years?", "past ten years"),
    ],
)
def test_a_time_that_depends_on_today_is_asked_for_as_years(
    reader: FactReader, question: str, words: str
) -> None:
    found = interpret(question, reader)
    assert found.best is None and found.others and found.relative == words
    assert any(words in message for message in found.unknown_messages(reader.names))


@pytest.mark.parametrize(
    ("question", "network"),
    [
        ("C40 회원이면서 시티넷 회원인 도시는?", "network/c40"),
        ("Which cities are members of both C40 and Metropolis?", "network/c40"),
        ("Which partner cities of Seoul are in both C40 and Metropolis?", "network/c40"),
    ],
)
def test_of_members_of_two_networks_the_nearest_query_is_named(
    reader: FactReader, question: str, network: str
) -> None:
    found = interpret(question, reader)
    assert found.best is None
    assert network in [f.values[0] for f in found.others[0].parameters]
    assert all(f.name != "member" for f in found.others[0].parameters)


@pytest.mark.parametrize(
    "question",
    [
        "What did the delegation from Guayaquil visit?",
        "샌프란시스코 시장은 서울에서 어디를 방문했나?",
        "Who represents Guayaquil in the agreement?",
        "Which friendship cities became sister cities?",
    ],
)
def test_what_a_query_only_seems_to_answer_is_refused(reader: FactReader, question: str) -> None:
    assert interpret(question, reader).best is None


def test_a_word_in_the_name_of_a_body_is_no_kind_of_body(reader: FactReader) -> None:
    found = interpret("중앙대학교가 맺은 협정은?", reader)
    assert "type" not in filled(found)
    assert filled(found)["party"] == ("organization/chung-ang-university",)


@pytest.mark.parametrize(
    ("question", "query", "value"),
    [
        ("부시장이 서명한 협정은?", "signatories-of-agreement", "post/seoul-vice-mayor-1"),
        (
            "뉴욕과의 자매결연 협정에 누가 서명했나?",
            "signatories-of-agreement",
            "agreement/seoul-new-york-2023",
        ),
        (
            "과야킬 이후 서울시가 협력 확대를 기대하는 국가는 어디인가?",
            "countries-in-prospect",
            "government/seoul",
        ),
        (
            "상수도 분야에서 협력하는 도시는 어디인가요?",
            "partners-of-city",
            "topic/water-and-sanitation",
        ),
        (
            "과야킬 시장이 관심을 보인 분야는 무엇인가?",
            "aims-and-interests",
            "person/cynthia-viteri-jimenez",
        ),
        (
            "서울의 상대 도시 중 미국 도시는 어디이며 어떤 협약이 있는가?",
            "agreements-of-city",
            "country/united-states",
        ),
    ],
)
def test_a_query_gives_what_is_asked_for(
    reader: FactReader, question: str, query: str, value: str
) -> None:
    found = interpret(question, reader)
    assert found.best is not None
    assert found.best.query.name == query
    assert any(value in values for values in filled(found).values())


def test_what_has_several_topics_at_once_is_not_what_has_one_of_them(reader: FactReader) -> None:
    found = interpret("Which agreements cover both sports and tourism?", reader)
    assert len(filled(found)["topic"]) == 1
    assert found.best is not None
    assert found.best.aside


@pytest.mark.parametrize(
    ("question", "query", "without"),
    [
        ("Who brokered the deal between Seoul and Guayaquil?", "who-proposed", "who"),
        ("What did Mayor Park invite London to, meeting Mayor Khan?", "prospects", "matter"),
        ("Who proposed the export of Seoul's policy to Latin America?", "prospects", "by"),
        (
            "Which documents mention WeGO, and what position does Seoul hold in it?",
            "documents-that-mention",
            "document",
        ),
    ],
)
def test_a_name_is_no_parameter_that_it_cannot_be(
    reader: FactReader, question: str, query: str, without: str
) -> None:
    found = interpret(question, reader)
    assert found.best is not None
    assert found.best.query.name == query
    assert without not in filled(found)
    assert run(reader.store, bind(found.best.query, found.best.values, reader.names)).rows


@pytest.mark.parametrize(
    "question",
    [
        "조순 시장은 누구인가?",
        "Did Park Won-soon sign more agreements than Oh Se-hoon?",
        "How many people attended the Metropolis assembly in 2025?",
    ],
)
def test_who_or_what_no_query_knows_is_not_answered_with_others(
    reader: FactReader, question: str
) -> None:
    assert interpret(question, reader).best is None


def test_who_asks_what_is_not_binding_gets_what_agreements_say_of_it(reader: FactReader) -> None:
    for question in (
        "Which agreements say that they are not legally binding?",
        "Which memorandums are not binding?",
        "법적 구속력이 없다고 명시한 협약은 무엇인가?",
    ):
        found = interpret(question, reader)
        assert found.best and found.best.query.name == "agreements-by-legal-force"


@pytest.mark.parametrize(
    ("question", "inside", "outside"),
    [
        ("Which partner cities of Seoul are in Southeast Asia?", "thailand", "japan"),
        ("동남아시아에 있는 서울의 자매도시는?", "thailand", "japan"),
        ("동북아시아 도시와 맺은 협정은?", "japan", "thailand"),
        ("중남미 도시와 체결한 협정은?", "ecuador", "united-states"),
        ("Which agreements did Seoul sign with Latin American cities?", "ecuador", "united-states"),
        ("Which friendship cities are in Eastern Europe?", "romania", "france"),
    ],
)
def test_a_part_of_a_continent_stands_for_its_countries(
    reader: FactReader, question: str, inside: str, outside: str
) -> None:
    found = interpret(question, reader)
    assert found.best and not found.best.aside
    countries = filled(found)["country"]
    assert f"country/{inside}" in countries and f"country/{outside}" not in countries


def test_a_region_that_is_a_thing_is_meant_as_well(reader: FactReader) -> None:
    found = interpret("What does KOTRA expect of Latin America?", reader)
    assert found.best and found.best.query.name == "prospects"
    assert {"region/latin-america", "country/ecuador"} <= set(filled(found)["matter"])


def test_a_region_without_agreed_bounds_is_refused(reader: FactReader) -> None:
    for question in ("중동 도시와 맺은 협정은?", "Agreements with Central African cities"):
        assert interpret(question, reader).best is None


@pytest.mark.parametrize(
    "question",
    [
        "Is the agreement with London still in force?",
        "런던과의 협정은 지금 유효한가?",
        "Which agreements are still valid?",
        "효력이 있는 협정은?",
    ],
)
def test_who_asks_what_is_in_force_gets_the_stated_terms(reader: FactReader, question: str) -> None:
    found = interpret(question, reader)
    assert found.best and found.best.query.name == "terms-of-agreements"


@pytest.mark.parametrize(
    "question",
    [
        "Which sister cities are not members of WeGO?",
        "WeGO 회원이 아닌 자매도시는 어디인가?",
        "Which agreements have no date?",
        "Which partners have no agreement with Busan on smart city?",
        "Which networks does Seoul not belong to?",
    ],
)
def test_a_negation_that_no_query_takes_up_is_refused(reader: FactReader, question: str) -> None:
    found = interpret(question, reader)
    assert found.best is None and found.others


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is the oldest partnership of Seoul?", {"partnership/seoul-taipei"}),
        ("서울의 가장 오래된 협력 관계는?", {"partnership/seoul-taipei"}),
        ("What is the latest agreement of Seoul with Berlin?", {"agreement/seoul-berlin-2014"}),
    ],
)
def test_who_asks_for_the_first_or_last_gets_it_by_date(
    reader: FactReader, question: str, answer: set[str]
) -> None:
    found = interpret(question, reader)
    assert found.best and found.extreme
    query = bind(found.best.query, found.best.values, reader.names)
    some = narrowed(run(reader.store, query), found.extreme.which)
    assert some is not None
    column = found.best.query.key[-1]
    at = some.columns.index(column)
    assert {str(row[at]).strip("<>").removeprefix(ID) for row in some.rows} == answer


def test_words_that_narrow_a_question_are_told_where_they_are_left_aside(
    reader: FactReader,
) -> None:
    found = interpret("What is the latest agreement with Berlin?", reader)
    assert found.best and found.best.aside == ("latest",)


@pytest.mark.parametrize(
    "question",
    [
        "Which cities have no agreement with Seoul?",
        "자매도시가 아닌 협력 도시는?",
        "아테네와 협정을 안 맺은 이유는?",
        "Which agreements have no signatories?",
        "Which agreements were signed by departments rather than by mayors?",
    ],
)
def test_a_question_is_not_answered_by_its_opposite(reader: FactReader, question: str) -> None:
    assert interpret(question, reader).best is None


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?!",
        "뭐",
        "아틀란티스와 맺은 협정은?",
        "서울이 라고스와 협정을 맺어야 할까?",
        "Should Seoul sign an agreement with Lagos?",
        "Which agreements has Seoul signed with Atlantis?",
        '" } DELETE WHERE { ?s ?p ?o } #',
        "x" * 300,
    ],
)
def test_what_no_query_answers_is_not_answered(reader: FactReader, question: str) -> None:
    assert interpret(question, reader).best is None


@pytest.mark.parametrize("question", ["파리의 인구는?", "How is the weather in Paris?"])
def test_of_a_name_alone_is_told_what_can_be_asked(reader: FactReader, question: str) -> None:
    found = interpret(question, reader)
    assert found.best is None and found.others
    values = [filled.values for match in found.others for filled in match.parameters]
    assert all("/paris" in value for (value,) in values)


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("after 2015", {"from": "2016"}),
        ("since 2015", {"from": "2015"}),
        ("before 2015", {"to": "2014"}),
        ("until 2015", {"to": "2015"}),
        ("2015년 이후", {"from": "2015"}),
        ("2015년 이전", {"to": "2015"}),
    ],
)
def test_after_and_before_a_year_leave_it_out(
    reader: FactReader, words: str, bounds: dict[str, str]
) -> None:
    korean = "년" in words
    question = f"{words} 체결한 협정은?" if korean else f"Which agreements were signed {words}?"
    best = interpret(question, reader).best
    assert best is not None
    years = {f.name: f.values[0] for f in best.parameters if f.name in ("from", "to")}
    assert years == bounds


def test_the_same_question_is_understood_in_the_same_way(reader: FactReader) -> None:
    question = "런던 협정에는 누가 서명했지?"
    assert interpret(question, reader) == interpret(question, reader)


def test_names_that_nothing_bears_are_told(reader: FactReader) -> None:
    found = interpret("Which agreements has Seoul signed with Atlantis?", reader)
    assert found.unknown_names == ("Atlantis",)
    assert "agreements-of-city" in {each.query.name for each in found.others}
