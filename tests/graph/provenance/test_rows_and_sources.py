"""Rows that carry what stands behind them: the same rows, the same sources, one query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
import pytest

from citypact.api import Graph
from citypact.graph.provenance.named_queries import NamedQuery, bind, in_order, named_queries, run
from citypact.graph.provenance.trace import ProvenanceTracer
from citypact.graph.sparql.syntax import SparqlQuery
from citypact.graph.store.base import LocalStore, QueryResult
from citypact.graph.store.labels import Names
from citypact.ontology import PREFIXES
from citypact.ontology.errors import CitypactError

QUERIES = list(named_queries().values())
OF_REGISTERS = {"terms-of-agreements", "who-reported-under"}
"""Queries whose examples are in no document read in full: they are asked of the registers too."""
FREE = [
    "SELECT ?a ?b { ?a citypact:governs ?b }",
    "SELECT ?b { ?a citypact:party ?b }",
    "SELECT DISTINCT ?b { ?a citypact:party ?b }",
    "SELECT DISTINCT * { ?a citypact:party ?b ; citypact:status ?c }",
    "SELECT ?a ?nowhere { ?a citypact:governs ?b } ORDER BY ?a ?b",
    "SELECT ?a ?b { ?a citypact:party ?b } ORDER BY ?a ?b LIMIT 5",
    "SELECT ?b (COUNT(?a) AS ?n) { ?a citypact:party ?b } GROUP BY ?b ORDER BY DESC(?n) ?b",
    "SELECT DISTINCT ?a { ?a citypact:party ?b FILTER NOT EXISTS { ?a citypact:topic ?c } }",
    "SELECT DISTINCT ?a { ?a citypact:party ?b MINUS { ?a citypact:topic ?c } } ORDER BY ?a",
    "SELECT DISTINCT ?b ?c { { SELECT ?a (COUNT(?b) AS ?c) { ?a citypact:party ?b } GROUP BY ?a } "
    "?a citypact:party ?b } ORDER BY ?b ?c",
    "ASK { ?a citypact:party ?b }",
]


class RecordingStore(LocalStore):
    """A store that notes the queries that it answers."""

    asked: list[str]

    def answer(self, text: str) -> QueryResult:
        self.asked.append(text)
        return super().answer(text)


@pytest.fixture(scope="module")
def store(records: LocalStore) -> LocalStore:
    return records


@pytest.fixture(scope="module")
def tracer(store: LocalStore) -> ProvenanceTracer:
    return ProvenanceTracer(store, Names.of(store))


@pytest.fixture(scope="module")
def tracer_of(
    tracer: ProvenanceTracer, packaged: LocalStore
) -> Callable[[NamedQuery], ProvenanceTracer]:
    """What traces the rows of a query, in the graph that has its examples."""
    of_registers = ProvenanceTracer(packaged, Names.of(packaged))
    return lambda query: of_registers if query.name in OF_REGISTERS else tracer


def examples(query: NamedQuery) -> list[dict[str, str]]:
    """No parameter, each by itself, and all, as far as the query allows."""
    each = [{parameter.name: parameter.example} for parameter in query.parameters]
    every = {parameter.name: parameter.example for parameter in query.parameters}
    needed = {each.name: each.example for each in query.parameters if each.required}
    return [needed | values for values in ({}, *each, every)]


def recorded(store: LocalStore) -> RecordingStore:
    found = RecordingStore(store.inner)
    found.asked = []
    return found


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_rows_with_what_stands_behind_them_are_the_same(
    query: NamedQuery, tracer_of: Callable[[NamedQuery], ProvenanceTracer]
) -> None:
    tracer = tracer_of(query)
    store = tracer.store
    for values in examples(query):
        asked = bind(query, values, tracer.names)
        plain, explained = run(store, asked), run(store, asked, explained=True)
        assert (explained.columns, explained.rows) == (plain.columns, plain.rows)
        assert tracer.behind_rows(explained) == tracer.behind_rows(plain)


@pytest.mark.parametrize("query", QUERIES[::6], ids=lambda query: query.name)
def test_values_of_parameters_add_no_patterns(
    query: NamedQuery, tracer_of: Callable[[NamedQuery], ProvenanceTracer]
) -> None:
    """Patterns of a named query are read once, whatever is asked; lines `# given` repeat some."""
    asked = bind(query, examples(query)[-1], tracer_of(query).names)
    of_text = SparqlQuery(asked.text).patterns
    assert set(asked.patterns) <= set(of_text)
    assert asked.patterns == of_text or "# given" in query.text


@pytest.mark.parametrize("text", FREE)
def test_free_queries_have_the_same_rows_with_what_stands_behind_them(
    text: str, store: LocalStore, tracer: ProvenanceTracer
) -> None:
    asked = SparqlQuery(text)
    result = store.answer(text)
    rows = [(ox.Literal(result),)] if isinstance(result, bool) else list(result.rows)  # type: ignore[union-attr]
    for explained in (False, True):
        answer = run(store, asked, explained=explained)
        assert answer.rows == rows
        assert len(tracer.behind_rows(answer)) == len(rows)


def test_who_signs_is_in_office_on_that_day_and_the_signature_is_the_source(
    packaged: LocalStore,
) -> None:
    graph = Graph(packaged)
    mayors = graph.query("mayors", city="Seoul")
    rows = {row["person"]: row for row in mayors.records("en")}
    signers = ["Lee Myung-bak", "Oh Se-hoon", "Park Won-soon", "Seo Jeong-hyup"]
    assert [name for name in rows if name in signers] == signers
    observed = [rows["Park Won-soon"][name] for name in ("firstObserved", "lastObserved")]
    assert "2011-10-27" <= observed[0] < "2013-10-21" < observed[1] <= "2020-07-09"
    signed = graph.query(
        "SELECT DISTINCT ?person ?city { ?a citypact:status code-agreement-status:signed ; "
        "citypact:signingDate/citypact:earliest ?day ; citypact:hasSignature ?s . "
        "?s citypact:signatory ?person ; "
        "citypact:signatoryPost/citypact:heads/citypact:governs ?city }"
    )
    heads = graph.query("mayors")
    assert {tuple(row.values()) for row in signed} <= {(r["person"], r["city"]) for r in heads}
    lee = graph.query("mayors", person="Lee Myung-bak").explained()[0]
    assert {claim.triple[1].value.rsplit("#")[1] for claim in lee.claims} >= {
        "signatory",
        "signatoryPost",
        "signingDate",
    }
    # Nothing is said of beginning and end where only signatures show the tenure.
    oh = graph.find("Oh Se-hoon", "Person")[0]
    dated = f"SELECT ?d {{ ?t citypact:holder <{oh}> ; citypact:startDate|citypact:endDate ?d }}"
    assert len(graph.query(dated)) == 0


def test_an_acting_mayor_is_acting_in_signature_post_and_tenure(packaged: LocalStore) -> None:
    graph = Graph(packaged)
    join = """SELECT ?person ?label { agreement:seoul-guayaquil-2020 citypact:hasSignature ?s .
        ?s citypact:onBehalfOf government:seoul ; citypact:signatory ?person ;
          citypact:signatoryPost ?post . ?post citypact:labelKorean ?label }"""
    assert [row["label"] for row in graph.query(join).records()] == ["서울시장 권한대행"]
    acting = "SELECT DISTINCT ?kind { ?x citypact:isActing true ; a ?kind } ORDER BY ?kind"
    assert graph.query(acting).records() == [
        {"kind": name} for name in ("Post", "Signature", "Tenure of a post")
    ]
    signed = graph.query("signatories-of-agreement", who="Seo Jeong-hyup").records()
    assert [(row["acting"], row["date"]) for row in signed] == [(True, "2020-10-30")]
    every = graph.query("signatories-of-agreement", party="Seoul Metropolitan Government").records()
    days = [row["date"] for row in every if row["date"]]
    assert days == sorted(days) and len(days) > 50


PATHS = {
    "?b ^citypact:party ?a": "?a citypact:party ?b",
    "?a (citypact:party|citypact:aim) ?b": "{ ?a citypact:party ?b } UNION { ?a citypact:aim ?b }",
    "?a citypact:hasSignature/citypact:signatory ?b": "?a citypact:hasSignature ?s . "
    "?s citypact:signatory ?b",
    "?b ^(citypact:hasSignature/citypact:signatory) ?a": "?a citypact:hasSignature ?s . "
    "?s citypact:signatory ?b",
    "?a ^citypact:governs/^citypact:party/citypact:aim ?b": "?g citypact:governs ?a . "
    "?m citypact:party ?g ; citypact:aim ?b",
    "?a citypact:hasSignature? ?b . ?a a citypact:Agreement . ?b citypact:signatory ?p": "?a "
    "citypact:hasSignature ?b . ?a a citypact:Agreement . ?b citypact:signatory ?p",
    "?a !(rdf:type|skos:prefLabel|citypact:party) ?b . ?a a citypact:Agreement": "?a ?p ?b . "
    "?a a citypact:Agreement FILTER(?p NOT IN (rdf:type, skos:prefLabel, citypact:party))",
    "?a citypact:hasSignature [ citypact:signatory ?b ]": "?a citypact:hasSignature ?s . "
    "?s citypact:signatory ?b",
    "?a a citypact:Agreement ; citypact:hasSignature _:s . _:s citypact:signatory ?b.": "?a a "
    "citypact:Agreement ; citypact:hasSignature ?s . ?s citypact:signatory ?b",
    "[ citypact:party ?a, [ citypact:governs [ citypact:inCountry ?b ; ] ] ] .": "?g "
    "citypact:party ?a, ?h . ?h citypact:governs ?c . ?c citypact:inCountry ?b",
    "FILTER(?b != ?a) [] citypact:party ?a , ?b . OPTIONAL { ?a citypact:aim [] }": "?g "
    "citypact:party ?a , ?b . OPTIONAL { ?a citypact:aim ?t } FILTER(?b != ?a)",
    "?b a citypact:City ; citypact:inCountry [] . BIND(?b AS ?a)": "?b a citypact:City ; "
    "citypact:inCountry ?c . BIND(?b AS ?a)",
    "'서울'@ko ^skos:prefLabel/^citypact:governs ?b BIND(?b AS ?a)": "?b citypact:governs ?a . "
    "?a skos:prefLabel '서울'@ko",
}


@pytest.mark.parametrize("path", PATHS)
def test_paths_have_the_sources_of_the_patterns_that_they_stand_for(
    path: str, store: LocalStore, tracer: ProvenanceTracer
) -> None:
    def sources(pattern: str) -> dict[object, set[ox.NamedNode]]:
        found: dict[object, set[ox.NamedNode]] = {}
        answer = run(store, SparqlQuery(f"SELECT ?a ?b WHERE {{ {pattern} }}"), explained=True)
        for row, nodes in zip(answer.rows, tracer.behind_rows(answer), strict=True):
            key = row[1:] if "서울" in path else row
            found.setdefault(key, set()).update(nodes)
        return found

    found = sources(path)
    assert found == sources(PATHS[path])
    assert any(found.values())


def test_repeated_paths_have_the_sources_of_each_step(
    store: LocalStore, tracer: ProvenanceTracer
) -> None:
    """A chain of agreements that build on each other: one claim at least for each link."""
    text = "SELECT ?a ?b WHERE { ?a citypact:buildsOn+ ?b }"
    answer = run(store, SparqlQuery(text), explained=True)
    assert answer.rows
    for row, nodes in zip(answer.rows, tracer.behind_rows(answer), strict=True):
        links = {tracer.triple(node)[0::2] for node in nodes}
        assert row[0] in {link[0] for link in links}
        assert row[1] in {link[1] for link in links}
    zero = run(store, SparqlQuery(text.replace("+", "*")), explained=True)
    assert len(zero.rows) > len(answer.rows)
    for row, nodes in zip(zero.rows, tracer.behind_rows(zero), strict=True):
        assert bool(nodes) is (row[0] != row[1])


def test_of_a_path_that_cannot_be_traced_it_is_said(
    store: LocalStore, tracer: ProvenanceTracer
) -> None:
    text = "SELECT ?a ?b WHERE { ?a a citypact:City ; !(rdf:type|^citypact:governs) ?b }"
    answer = run(store, SparqlQuery(text), explained=True)
    with pytest.raises(CitypactError, match="negated inverse path"):
        tracer.behind_rows(answer)


def test_what_stands_behind_rows_is_read_with_them(store: LocalStore) -> None:
    for query in QUERIES:
        spy = recorded(store)
        tracer = ProvenanceTracer(spy, Names.of(spy))
        asked = bind(query, examples(query)[0], tracer.names)
        tracer.behind_rows(run(spy, asked, explained=True))
        assert len(spy.asked) == (1 if asked.widened else 2), query.name


def test_equal_rows_of_a_query_without_distinct_have_sources_of_their_own(
    store: LocalStore, tracer: ProvenanceTracer
) -> None:
    """A city that is party to two agreements stands in two rows, each with its agreement."""
    answer = run(store, SparqlQuery("SELECT ?b { ?a citypact:party ?b } ORDER BY ?b ?a"))
    twice = [
        (one, other)
        for (row, one), (again, other) in zip(
            list(zip(answer.rows, tracer.behind_rows(answer), strict=True)),
            list(zip(answer.rows, tracer.behind_rows(answer), strict=True))[1:],
            strict=False,
        )
        if row == again
    ]
    assert twice
    assert all(one and other and one != other for one, other in twice)


@pytest.mark.parametrize(
    "text", ["SELECT ?a {\n ?a nope:b ?c }", "SELECT DISTINCT ?a {\n ?a nope:b ?c }"]
)
def test_a_fault_is_told_of_the_query_as_it_was_written(text: str, store: LocalStore) -> None:
    with pytest.raises(CitypactError, match=r"line 2, column(.|\n)*\?a nope:b \?c \}"):
        run(store, SparqlQuery(text), explained=True)


def test_the_engine_substitutes_columns_only(
    tracer_of: Callable[[NamedQuery], ProvenanceTracer],
) -> None:
    """Why parameters are bound in the text: if the engine binds them all, it can be simpler."""
    bound, refused, several = 0, 0, 0
    for query in QUERIES:
        tracer = tracer_of(query)
        store = tracer.store
        for values in examples(query):
            asked = bind(query, values, tracer.names)
            terms = {name: _terms_of(asked, name) for name in values}
            if any(len(each) > 1 for each in terms.values()):
                several += 1
                continue
            chosen: dict[ox.Variable, Any] = {
                ox.Variable(name): each[0] for name, each in terms.items()
            }
            try:
                found = store.inner.query(query.text, prefixes=PREFIXES, substitutions=chosen)
            except (SyntaxError, ValueError, RuntimeError) as error:
                assert "projection" in str(error)
                refused += 1
                continue
            answer = run(store, asked)
            joined = [name in asked.several for name in answer.columns]
            rows = [
                tuple(
                    in_order(cell) if is_several else cell
                    for cell, is_several in zip(row, joined, strict=True)
                )
                for row in found  # type: ignore[union-attr]
            ]
            assert rows == answer.rows
            bound += 1
    assert bound and refused and several


def _terms_of(query: SparqlQuery, name: str) -> list[ox.NamedNode | ox.Literal]:
    """The terms that a bound query gives a parameter."""
    block = query.text.split(f"VALUES ?{name} {{ ", 1)[1].split(" }", 1)[0]
    found = ox.Store().query(f"SELECT ?x {{ VALUES ?x {{ {block} }} }}", prefixes=PREFIXES)
    return [row[0] for row in found]  # type: ignore[union-attr]
