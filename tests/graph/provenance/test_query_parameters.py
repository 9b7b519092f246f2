"""Parameters of named queries: typed, checked, and never anything but a term of the query."""

from __future__ import annotations

import pytest

from citypact.api import Graph
from citypact.graph.provenance.named_queries import NamedQuery, Parameter, bind, named_queries, run
from citypact.ontology.errors import CitypactError


def query(kind: str, *, required: bool = False) -> NamedQuery:
    """A query that gives back the value of its one parameter."""
    words = {"ko": "시험", "en": "test"}
    parameter = Parameter("value", kind, words, "example", required)
    text = "SELECT ?value WHERE {\n  VALUES ?value { UNDEF }\n}"
    return NamedQuery("test", words, words, (parameter,), (), text)


def answer(graph: Graph, kind: str, value: str) -> list[str]:
    text = bind(query(kind), {"value": value}, graph.names)
    return [str(row[0]) for row in run(graph.store, text).rows]


@pytest.mark.parametrize(
    ("kind", "value", "terms"),
    [
        ("integer", "-12", ['"-12"^^<http://www.w3.org/2001/XMLSchema#integer>']),
        ("year", "2013", ['"2013"^^<http://www.w3.org/2001/XMLSchema#integer>']),
        ("date", "2017-04-03", ['"2017-04-03"^^<http://www.w3.org/2001/XMLSchema#date>']),
        ("language", "ko", ["<https://w3id.org/citypact/id/code/language/ko>"]),
        ("language", "한국어", ["<https://w3id.org/citypact/id/code/language/ko>"]),
        ("code:form", "양해각서", ["memorandum-of-understanding"]),
        ("code:form", "joint-declaration", ["joint-declaration"]),
        ("City", "로스엔젤레스", ["<https://w3id.org/citypact/id/city/los-angeles>"]),
        ("City|Country", "대한민국", ["<https://w3id.org/citypact/id/country/south-korea>"]),
        ("Thing", "서울", ["city/seoul>", "government/seoul>"]),
    ],
)
def test_values_become_terms_of_their_type(
    graph: Graph, kind: str, value: str, terms: list[str]
) -> None:
    found = answer(graph, kind, value)
    assert len(found) == len(terms)
    for term, expected in zip(found, terms, strict=True):
        assert term == expected or term.rstrip(">").endswith(expected.rstrip(">"))


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        ("integer", "3.5", "not a whole number"),
        ("integer", "1" * 40, "not a whole number"),
        ("year", "", "not a whole number"),
        ("date", "2017-02-30", "does not exist"),
        ("date", "2017-04", "not a date such as"),
        ("date", "2017-04-03?", "not a date such as"),
        ("date", "2017-04-03/2017-04-03", "not a date such as"),
        ("date", "yesterday", "not a date"),
        ("language", "klingon", "use one of: Czech, German, English, Spanish"),
        ("code:form", "memorandum", "did you mean Memorandum of understanding"),
        ("City", "WeGO", "'WeGO' is of the kind city network: give it where"),
        ("City|Country", "Atlantis", "there is no city or country called"),
    ],
)
def test_values_of_another_type_are_refused(graph: Graph, kind: str, value: str, says: str) -> None:
    with pytest.raises(CitypactError, match=r"^--value: ") as caught:
        answer(graph, kind, value)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        '"} UNION {?value ?p ?o} #',
        "' \" ''' \"\"\" \\ \\u0022 \n\r\t",
        "<https://w3id.org/citypact/id/city/seoul>",
        "UNDEF } VALUES ?value { UNDEF",
        r"\1 \g<0>",
        "\u202e\x1b[31m한글 ☃ 🇰🇷",
        "x" * 100_000,
    ],
)
def test_text_stays_text(graph: Graph, value: str) -> None:
    text = bind(query("text"), {"value": value}, graph.names)
    ((found,),) = run(graph.store, text).rows
    assert found is not None
    assert found.value == value


def test_what_is_not_given_restricts_nothing(graph: Graph) -> None:
    assert run(graph.store, bind(query("City"), {}, graph.names)).rows == [(None,)]


def test_a_required_value_is_asked_for_with_an_example(graph: Graph) -> None:
    with pytest.raises(CitypactError) as caught:
        bind(query("City", required=True), {}, graph.names)
    assert "test requires --value: test" in str(caught.value)
    assert "citypact query test --value example" in str(caught.value)


def test_unknown_parameters_are_named_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(
        CitypactError, match=r"has no parameter 'valeu'\n.*parameters are: .*--value"
    ):
        bind(query("City"), {"valeu": "Seoul"}, graph.names)


def test_a_first_year_after_the_last_is_told(graph: Graph) -> None:
    with pytest.raises(CitypactError, match="--from 2020 is later than --to 2010"):
        bind(named_queries()["agreements"], {"from": "2020", "to": "2010"}, graph.names)
    bind(named_queries()["agreements"], {"from": "2010", "to": "2010"}, graph.names)


@pytest.mark.parametrize(
    ("name", "countries"), [("agreements-of-party", 5), ("agreements-of-city", 2)]
)
def test_a_country_keeps_agreements_whole_that_have_a_party_there(
    graph: Graph, name: str, countries: int
) -> None:
    query = named_queries()[name]
    country = graph.names.find_one("Japan", "Country")

    def rows(**values: str) -> list[tuple[str, ...]]:
        bound = bind(query, values, graph.names)
        return [tuple(map(str, row)) for row in run(graph.store, bound).rows]

    there = [row for row in rows() if country in row[countries]]
    assert rows(country="Japan") == there
