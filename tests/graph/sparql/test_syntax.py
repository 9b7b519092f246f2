"""Taking a query apart: its form, its columns, and whether its rows can show all variables."""

from __future__ import annotations

import pytest

from citypact.graph.sparql.mistakes import mistake
from citypact.graph.sparql.syntax import SparqlQuery
from citypact.ontology import folder
from citypact.ontology.errors import CitypactError


@pytest.mark.parametrize(
    ("text", "form", "columns", "is_distinct"),
    [
        ("SELECT ?a $b { ?a ?b ?c }", "SELECT", ("a", "b"), False),
        ("select distinct ?a where { ?a ?b ?c }", "SELECT", ("a",), True),
        ("# ASK\nPREFIX ask: <a:> SELECT * { ?a ask:b ?c }", "SELECT", (), False),
        ("ASK { ?a ?b ?c }", "ASK", (), False),
        ("CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", "CONSTRUCT", (), False),
        ("DESCRIBE <a:b>", "DESCRIBE", (), False),
        ("hello", "", (), False),
        ("", "", (), False),
    ],
)
def test_a_query_is_taken_apart(
    text: str, form: str, columns: tuple[str, ...], is_distinct: bool
) -> None:
    query = SparqlQuery(text)
    assert query.form == form
    assert query.is_distinct is is_distinct
    if form == "SELECT":
        assert query.columns == columns


@pytest.mark.parametrize(
    ("text", "widened"),
    [
        ("SELECT ?a { ?a ?b ?c }", "SELECT * WHERE { ?a ?b ?c }"),
        (
            "PREFIX p: <a:> SELECT DISTINCT ?a WHERE { ?a p:b ?c } ORDER BY ?c",
            "PREFIX p: <a:> SELECT * WHERE { ?a p:b ?c } ORDER BY ?c",
        ),
        ("SELECT DISTINCT * { ?a ?b ?c }", "SELECT * WHERE { ?a ?b ?c }"),
        # A subquery may group and cut: its rows are part of the pattern.
        (
            "SELECT ?a { { SELECT ?a (COUNT(?b) AS ?n) { ?a ?b ?c } GROUP BY ?a LIMIT 3 } }",
            "SELECT * WHERE { { SELECT ?a (COUNT(?b) AS ?n) { ?a ?b ?c } GROUP BY ?a LIMIT 3 } }",
        ),
    ],
)
def test_a_plain_query_can_show_all_variables(text: str, widened: str) -> None:
    found = SparqlQuery(text).widened
    assert found
    assert found.text == widened


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }",
        "SELECT ?a (COUNT(?b) AS ?n) { ?a ?b ?c } GROUP BY ?a",
        "SELECT ?a { ?a ?b ?c } GROUP BY ?a",
        "SELECT ?a { ?a ?b ?c } GROUPBY ?a",
        "SELECT ?a { ?a ?b ?c } HAVING (?a > 1)",
        "SELECT ?a { ?a ?b ?c } LIMIT 3",
        "SELECT ?a { ?a ?b ?c } limit3",
        "SELECT ?a { ?a ?b ?c } ORDER BY ?a OFFSET 3",
        "SELECT ?a { ?a ?b ?c } VALUES ?a { 1 }",
        "SELECT REDUCED ?a { ?a ?b ?c }",
        "SELECT (STR(?a) AS ?x) { ?a ?b ?c }",
        "SELECT ?a ?a { ?a ?b ?c }",
        "SELECT ?a FROM <a:b> { ?a ?b ?c }",
        "SELECT DISTINCT DISTINCT ?a { ?a ?b ?c }",
        "SELECT ?a WHERE WHERE { ?a ?b ?c }",
        "SELECT { ?a ?b ?c }",
        "SELECT ?a",
        "ASK { ?a ?b ?c }",
        "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }",
        "hello",
    ],
)
def test_more_columns_are_not_shown_where_they_could_change_the_rows(text: str) -> None:
    assert SparqlQuery(text).widened is None


ONE = "https://w3id.org/citypact/id/agreement/seoul-london-2017"


@pytest.mark.parametrize(
    ("text", "written_out"),
    [
        ("ASK { agreement:seoul-london-2017 ?p ?o }", f"ASK {{ <{ONE}> ?p ?o }}"),
        (r"ASK { id:agreement\/seoul-london-2017 ?p ?o }", f"ASK {{ <{ONE}> ?p ?o }}"),
        ("ASK { ?s ?p agreement:seoul-london-2017. }", f"ASK {{ ?s ?p <{ONE}>. }}"),
        ("PREFIX s: <a:> ASK { ?s s:p\\. s:b.c.. }", "PREFIX s: <a:> ASK { ?s <a:p.> <a:b.c>.. }"),
        ("PREFIX : <a:> ASK { : ?p :.}", "PREFIX : <a:> ASK { <a:> ?p <a:>.}"),
        # What the query itself declares counts, by its base too.
        ("PREFIX city: <a:> ASK { ?s ?p city:x }", "PREFIX city: <a:> ASK { ?s ?p <a:x> }"),
        (
            "BASE <http://a.example/b/> PREFIX c: <d#> ASK { <e> ?p c:f }",
            "BASE <http://a.example/b/> PREFIX c: <d#> "
            "ASK { <http://a.example/b/e> ?p <http://a.example/b/d#f> }",
        ),
        # Strings, comments, blank nodes, types and what nobody knows.
        (
            'ASK { _:b ?p \'city:x\', """city:y""" } # city:z',
            'ASK { _:b ?p \'city:x\', """city:y""" } # city:z',
        ),
        (
            "ASK { ?s ?p '1'^^xsd:integer, unknown:x }",
            "ASK { ?s ?p '1'^^<http://www.w3.org/2001/XMLSchema#integer>, unknown:x }",
        ),
    ],
)
def test_names_with_prefixes_are_written_out(text: str, written_out: str) -> None:
    assert SparqlQuery(text).written_out == written_out


@pytest.mark.parametrize("text", ["DESCRIBE <a:b>", "SELECT ?a", "hello"])
def test_a_query_without_a_group_has_no_solutions(text: str) -> None:
    with pytest.raises(CitypactError, match="no group of patterns"):
        _ = SparqlQuery(text).solutions


@pytest.mark.parametrize("name", ["queries", "examples", "rules"])
def test_no_mistake_is_seen_in_what_is_sparql(name: str) -> None:
    texts = [file.read_text(encoding="utf-8") for file in (folder() / name).iterdir()]
    assert len(texts) > 5
    assert [found for text in texts if (found := mistake(text))] == []
