"""Every query file: readable headers, parameters that work, one order, the same on two engines."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import ResultRow
from SPARQLWrapper import SPARQLWrapper

from citypact.commands.query import command
from citypact.graph.provenance.named_queries import (
    Answer,
    NamedQuery,
    Parameter,
    bind,
    in_order,
    named_queries,
    run,
)
from citypact.graph.rdf.rdflib_terms import from_rdflib
from citypact.graph.sparql.read_only import guard
from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.sparql.tokens import tokens
from citypact.graph.store.base import LocalStore, Store
from citypact.graph.store.labels import Names
from citypact.ontology import CODE, ID, NS, PREFIXES, folder
from citypact.ontology.vocabulary import Term, vocabulary
from tests.graph.provenance.questions import Question, questions

QUERIES = list(named_queries().values())
PARAMETERS = [(query, parameter) for query in QUERIES for parameter in query.parameters]
PLAIN_TYPES = {"Thing", "text", "integer", "year", "date", "language"}
NOWHERE: dict[str, list[Term]] = {
    "integer": [ox.Literal(-1)],
    "date": [ox.Literal("1066-10-14", datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))],
    "text": [ox.Literal("nowhere")],
}
"""Values that occur in no graph, by the type of a parameter; for other types an IRI of nothing."""

COUNTING = {
    "agreements-per-year",
    "agreements-by-topic",
    "agreements-by-form",
    "agreements-by-country",
}
"""Queries that count after their parameters have narrowed what is counted."""
COUNTING_BY = {("partners-of-city", name) for name in ("topic", "from", "to")}
"""Parameters that do so of queries which also have others."""
OF_A_DAY = {"memberships-on-day", "partnerships-on-day"}
"""Queries whose day leaves out what began later; what has no known beginning stays, and says so."""

Rows = list[tuple[Term | None, ...]]

pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning:rdflib")


SIGNS = ('"|"', '"/"')
"""Strings that queries may contain: what joins several values, and what parts an interval."""
OF_REGISTERS = {"lists-of-members", "totals-of-partner-cities", "terms-of-agreements"}
"""Queries about what no document read in full says: they are asked of the registers too."""
OF_MEMBERSHIPS = {"who-reported-under"}
"""Queries about what only the members of city networks say."""


@pytest.fixture(scope="session")
def store(records: LocalStore) -> LocalStore:
    return records


@pytest.fixture(scope="session")
def names(store: Store) -> Names:
    return Names.of(store)


@pytest.fixture(scope="session")
def dataset(build: Path) -> rdflib.Dataset:
    """The files of the build in rdflib, as other programs read them."""
    found = rdflib.Dataset(default_union=False)
    found.parse(build / "facts.ttl", format="turtle")
    found.parse(build / "claims.trig", format="trig")
    return found


def called(query: NamedQuery) -> str:
    return query.name


def parameter_id(value: object) -> str:
    return str(getattr(value, "name", value))


def iris(query: NamedQuery) -> Iterator[str]:
    """The IRIs of the body of a query, prefixed names written out."""
    prefixes: dict[str, str] = dict(re.findall(r"^PREFIX (\w+): <([^>]+)>$", query.text, re.M))
    for token in tokens(re.sub(r"^PREFIX .*$", "", query.text, flags=re.M)):
        if token.kind == "iri":
            yield token.text[1:-1]
        elif token.kind == "name":
            prefix, _, local = token.text.partition(":")
            yield prefixes[prefix] + local


def judge_all(judge: Callable[..., None], cases: Iterable[tuple[object, ...]]) -> None:
    """Fails with the faults of all cases, not with the first alone."""
    faults = []
    for case in cases:
        try:
            judge(*case)
        except AssertionError as error:
            faults.append(f"{' '.join(map(parameter_id, case))}: {error}")
    assert not faults, "\n".join(faults)


# Headers --------------------------------------------------------------------------------------


def test_there_are_queries_for_every_taste() -> None:
    assert len(QUERIES) >= 25
    for language in ("ko", "en"):
        assert len({query.title[language] for query in QUERIES}) == len(QUERIES)


def test_every_query_says_in_both_languages_what_it_tells() -> None:
    def judge(query: NamedQuery) -> None:
        for words in (query.title, query.purpose):
            assert re.search("[가-힣]", words["ko"])
            assert re.fullmatch(r"[^가-힣]+", words["en"])
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name)
        sentences = re.findall(r"[^.]+\.(?=\s|$)", query.purpose["ko"])
        assert sentences and all(sentence.endswith("니다.") for sentence in sentences)
        assert not re.search("(나|는가|다)$", query.title["ko"]), "a title is a noun"
        assert query.purpose["ko"].endswith(".") and query.purpose["en"].endswith(".")
        assert query.text.endswith("\n") and max(map(len, _body(query).splitlines())) <= 100

    judge_all(judge, ((query,) for query in QUERIES))


def test_every_parameter_is_documented_and_stands_in_the_text() -> None:
    def judge(query: NamedQuery, parameter: Parameter) -> None:
        assert re.search("[가-힣]", parameter.meaning["ko"])
        assert re.fullmatch(r"[^가-힣]+\?|First year|Last year", parameter.meaning["en"])
        assert parameter.example
        assert f"VALUES ?{parameter.name} {{ UNDEF }}" in query.text
        known = vocabulary()
        codes = parameter.type.removeprefix("code:")
        assert (
            parameter.type in PLAIN_TYPES
            or (parameter.type != codes and codes in known.codes)
            or set(parameter.type.split("|")) <= set(known.classes)
        )

    judge_all(judge, PARAMETERS)


def test_every_query_opens_no_value_that_is_no_parameter() -> None:
    def judge(query: NamedQuery) -> None:
        opened = re.findall(r"VALUES \?(\w+) \{ UNDEF \}", query.text)
        # A parameter may be bound again, nearer to where it is matched.
        assert [*dict.fromkeys(opened)] == [parameter.name for parameter in query.parameters]

    judge_all(judge, ((query,) for query in QUERIES))


def test_no_parameter_has_the_name_of_an_option_of_the_command() -> None:
    options = {name.lstrip("-") for option in command.params for name in option.opts}
    assert not options & {parameter.name for _, parameter in PARAMETERS}


# What a query may contain ---------------------------------------------------------------------


def test_every_query_names_no_thing_and_uses_only_terms_that_exist(store: Store) -> None:
    def judge(query: NamedQuery) -> None:
        for iri in iris(query):
            assert iri.startswith(CODE) or not iri.startswith(ID), iri
            if iri.startswith((NS, CODE)):
                quads = store.inner.quads_for_pattern(ox.NamedNode(iri), None, None)
                assert next(iter(quads), None), f"{iri} is no term of ours"
        for token in tokens(_body(query)):
            is_word = token.kind in ("string", "language") and token.text not in SIGNS
            assert not is_word, f"{token.text} stands in the text"

    judge_all(judge, ((query,) for query in QUERIES))


def test_every_query_declares_its_prefixes_and_passes_the_guard() -> None:
    def judge(query: NamedQuery) -> None:
        ox.Store().query(query.text)
        guard(SparqlQuery(query.text))
        declared = re.findall(r"^PREFIX (\w+): <([^>]+)>$", query.text, re.M)
        for prefix, iri in declared:
            assert PREFIXES.get(prefix, iri) == iri
            assert re.search(rf"(?<![\w:/]){prefix}:", _body(query)), f"{prefix} is not used"

    judge_all(judge, ((query,) for query in QUERIES))


def _body(query: NamedQuery) -> str:
    lines = query.text.splitlines()
    return "\n".join(line for line in lines if not line.startswith(("#", "PREFIX")))


# Parameters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("query", "parameter"), PARAMETERS, ids=parameter_id)
def test_the_example_of_a_parameter_restricts_the_answer(
    query: NamedQuery,
    parameter: Parameter,
    store: Store,
    names: Names,
    packaged: LocalStore,
    request: pytest.FixtureRequest,
) -> None:
    if query.name in OF_REGISTERS:
        store, names = packaged, Names.of(packaged)
    if query.name in OF_MEMBERSHIPS:
        store = request.getfixturevalue("with_memberships")
        names = Names.of(store)

    def without_several(answer: Answer) -> Rows:
        """Rows without cells of several values, of which a parameter may leave out some."""
        single = [name not in answer.query.several for name in answer.columns]
        return [tuple(itertools.compress(row, single)) for row in answer.rows]

    every = without_several(run(store, SparqlQuery(query.text)))
    needed = {each.name: each.example for each in query.parameters if each.required}
    asked = bind(query, needed | {parameter.name: parameter.example}, names)
    some = without_several(run(store, asked))
    if query.name in COUNTING or (query.name, parameter.name) in COUNTING_BY:
        more = {_key(row): _counts(row) for row in every}
        assert all(map(int.__le__, _counts(row), more[_key(row)]) for row in some)
        assert 0 < len(some) <= len(every) and some != every
        return
    if query.name in OF_A_DAY and parameter.name == "day":
        assert {row[:-1] for row in some} <= {row[:-1] for row in every} and some != every
        return
    assert set(some) <= set(every)
    if len(some) == len(every):
        bound = re.search(rf"VALUES \?{parameter.name} \{{ (.*?) \}}", asked.text)
        assert bound, "the example is not bound"
        assert all(any(str(value) in bound[1] for value in row if value) for row in every)


def _key(row: tuple[Term | None, ...]) -> tuple[Term | None, ...]:
    """What a row of a counting query counts for: its cells before the counts."""
    return tuple(row[: -len(_counts(row))])


def _counts(row: tuple[Term | None, ...]) -> list[int]:
    """The counts at the end of a row, after the first cell."""
    cells = itertools.takewhile(lambda cell: isinstance(cell, ox.Literal), reversed(row[1:]))
    return [int(cell.value) for cell in cells if cell][::-1]


@pytest.mark.parametrize(("query", "parameter"), PARAMETERS, ids=parameter_id)
def test_a_parameter_that_fits_nothing_leaves_nothing(
    query: NamedQuery, parameter: Parameter, store: Store
) -> None:
    values = NOWHERE.get(parameter.type, [ox.NamedNode("https://example.org/nothing")])
    if parameter.type == "year":
        values = [ox.Literal(9999 if parameter.name == "from" else -9999)]
    if parameter.name == "least":
        values = [ox.Literal(9999)]
    block = f"VALUES ?{parameter.name} {{ {' '.join(map(str, values))} }}"
    text = query.text.replace(f"VALUES ?{parameter.name} {{ UNDEF }}", block)
    assert text != query.text
    answer = run(store, SparqlQuery(text))
    if query.name in OF_A_DAY and parameter.name == "day":
        at = answer.columns.index("beginningConfirmed")
        assert not any(row[at] == ox.Literal(True) for row in answer.rows)
    else:
        assert answer.rows == []


def test_patterns_for_a_given_value_change_no_row(
    store: Store, names: Names, packaged: LocalStore, dataset: rdflib.Dataset
) -> None:
    def judge(query: NamedQuery, parameter: Parameter) -> None:
        values = {parameter.name: parameter.example}
        plain = replace(query, text=re.sub(r" *# given .*\n", "", query.text))
        for where, called in ((store, names), (packaged, Names.of(packaged))):
            asked = bind(query, values, called)
            rows = run(where, asked).rows
            assert rows == run(where, bind(plain, values, called)).rows
            if where is store:
                assert elsewhere(dataset, asked.text) == rows

    given = [
        (query, parameter)
        for query, parameter in PARAMETERS
        if f"# given {parameter.name}: " in query.text
    ]
    assert given
    judge_all(judge, given)
    names_of = {parameter.name for _, parameter in given}
    for query in QUERIES:
        assert set(re.findall(r"# given (\S+):", query.text)) <= names_of


# Order and engines ----------------------------------------------------------------------------


@pytest.mark.parametrize("query", QUERIES, ids=called)
def test_a_row_is_a_thing_and_rows_are_ordered_by_it(
    query: NamedQuery, store: Store, packaged: LocalStore, request: pytest.FixtureRequest
) -> None:
    if query.name in OF_MEMBERSHIPS:
        packaged = request.getfixturevalue("with_memberships")
    needed = {each.name: each.example for each in query.parameters if each.required}
    # What asks for a value gives far more rows without one than anybody gets.
    answers = [run(packaged, bind(query, needed, Names.of(packaged)))]
    answers += [run(store, SparqlQuery(query.text))] if needed else []
    for answer in answers:
        assert answer.rows, "without parameters it gives all there is"
        key = query.key or tuple(answer.columns)
        things = {tuple(row[answer.columns.index(name)] for name in key) for row in answer.rows}
        assert len(things) == len(answer.rows), "whoever counts rows counts things"
    order = _body(query).rsplit("ORDER BY", 1)[1]
    keys = re.findall(r"\?(\w+)", re.sub(r"\(!BOUND\(\?\w+\)\)", "", order))
    assert set(key) <= set(keys)
    assert "SELECT DISTINCT" in query.text
    joined = re.findall(r'DISTINCT STR\(\?\w+\); SEPARATOR="\|"\) AS \?(\w+)', query.text)
    assert answer.query.several == {*joined} <= {*answer.columns}
    assert query.text.count("GROUP_CONCAT") == len(joined)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_answers_do_not_depend_on_how_the_graph_was_filled(seed: int, store: Store) -> None:
    quads = list(store.inner)
    random.Random(seed).shuffle(quads)
    shuffled = LocalStore.of(quads)
    for query in QUERIES:
        asked = SparqlQuery(query.text)
        assert run(shuffled, asked).rows == run(store, asked).rows, query.name


EXAMPLES = {
    file.name: file.read_text(encoding="utf-8")
    for file in sorted((folder() / "examples").iterdir(), key=lambda file: file.name)
}


def elsewhere(dataset: rdflib.Graph, text: str) -> Rows:
    """What rdflib answers, in our terms; several values of a cell come in any order."""
    result = dataset.query(text)
    columns, several = [str(name) for name in result.vars or ()], SparqlQuery(text).several
    found = (
        [None if value is None else from_rdflib(value) for value in row]
        for row in result
        if isinstance(row, ResultRow)
    )
    return [
        tuple(
            in_order(value) if name in several else value
            for name, value in zip(columns, row, strict=True)
        )
        for row in found
    ]


@pytest.mark.parametrize("name", [*named_queries(), *EXAMPLES])
def test_another_engine_gives_the_same_rows(
    name: str, store: Store, build: Path, dataset: rdflib.Dataset
) -> None:
    """Without parameters; what names no graph is asked of `facts.ttl` alone."""
    text = EXAMPLES[name] if name in EXAMPLES else named_queries()[name].text
    asked = SparqlQuery(text).self_contained
    found = dataset if "GRAPH" in text else facts_alone(build)
    assert elsewhere(found, asked.text) == run(store, asked).rows


@cache
def facts_alone(build: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(build / "facts.ttl")


@pytest.mark.parametrize("question", questions("asked"), ids=lambda question: question.wording)
def test_another_engine_answers_the_questions_alike(
    question: Question, store: Store, names: Names, dataset: rdflib.Dataset
) -> None:
    for call in question.calls:
        asked = call.asked(names)
        assert elsewhere(dataset, asked.text) == run(store, asked).rows


def test_other_clients_take_each_query_for_a_query() -> None:
    """SPARQLWrapper looks for the first word of SPARQL, in some of the comments as well, and sends
    what it takes for an update elsewhere."""
    wrapper = SPARQLWrapper("http://127.0.0.1/")
    for query in QUERIES:
        wrapper.setQuery(query.text)
        assert wrapper.queryType == "SELECT", query.name


def test_queries_are_files_of_the_package() -> None:
    files = {path.name for path in (folder() / "queries").iterdir()}
    assert files == {f"{query.name}.rq" for query in QUERIES}


@pytest.mark.parametrize(
    "values",
    [{"topic": ["smart-city"]}, {"from": ["2015"]}, {"topic": ["관광"], "to": ["2016"]}],
)
def test_partners_are_counted_by_the_agreements_of_a_topic_and_years(
    store: Store, names: Names, values: dict[str, list[str]]
) -> None:
    """As many as the lists of agreements have; partners without one only for `most`."""

    def rows(name: str, **given: list[str]) -> list[dict[str, object]]:
        answer = run(store, bind(named_queries()[name], given, names))
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]

    years = {name: value for name, value in values.items() if name != "topic"}
    topic = {name: value for name, value in values.items() if name == "topic"}
    on_topic = {str(row["agreement"]) for row in rows("agreements-on-topic", **topic)}
    listed = [
        str(row["partners"])
        for row in rows("agreements-of-city", city=["Seoul"], status=["signed"], **years)
        if not topic or str(row["agreement"]) in on_topic
    ]
    everybody = [str(row["partner"]) for row in rows("partners-of-city", city=["Seoul"])]
    among = {each: sum(each.strip("<>") in those for those in listed) for each in everybody}
    found = rows("partners-of-city", city=["Seoul"], **values)
    counted = {str(row["partner"]): number(row["agreements"]) for row in found}
    assert counted == {partner: count for partner, count in among.items() if count} != {}
    without = rows("partners-of-city", city=["Seoul"], most=["0"], **values)
    assert {str(row["partner"]) for row in without} == {*among} - {*counted}


def number(term: object) -> int:
    assert isinstance(term, ox.Literal)
    return int(term.value)
