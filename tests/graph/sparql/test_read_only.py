"""The guard of free queries: reading passes, calls of other servers and floods do not."""

from __future__ import annotations

import socket
import subprocess
import sys

import pyoxigraph as ox
import pytest

from citypact.graph.provenance.named_queries import named_queries
from citypact.graph.sparql.read_only import MAXIMUM_DEPTH, MAXIMUM_QUERY, MAXIMUM_SIGNS, guard
from citypact.graph.sparql.syntax import SparqlQuery
from citypact.ontology import PREFIXES
from citypact.ontology.errors import CitypactError

READING = [
    "SELECT ?from ?service ?load { ?from ?service ?load }",
    "SELECT $insert { $insert ?delete ?drop }",
    'SELECT * { ?s ?p "SERVICE <http://a.example/> { }", \'FROM\', """DELETE "INSERT\\" x""" }',
    "SELECT * { ?s ?p ?o } # FROM <http://a.example/> SERVICE",
    "# LOAD\nSELECT * { ?s ?p ?o }",
    "SELECT * { <http://a.example/service/from#load> <http://b.example/#SERVICE> ?o }",
    "PREFIX e: <http://e.example/> SELECT * { e:service e:from-load e:a.delete }",
    "PREFIX e: <http://e.example/> SELECT * { ?s e:b\\#from ?o }",
    "PREFIX from: <http://e.example/> SELECT * { ?s from:here ?o }",
    "PREFIX service: <http://e.example/> SELECT * { ?s service:line ?o }",
    "PREFIX service: <http://e.example/> SELECT * { ?s ?p service:line }",
    "SELECT * { GRAPH <service:graph> { ?s ?p ?o } }",
    "SELECT * { GRAPH ?service { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'from'@en-GB, \"service\"^^xsd:string, 1.5e3 }",
    "SELECT * { VALUES (?a ?b) { (<http://a.example/service> <http://a.example/from>) } }",
    "SELECT * { VALUES ?a { <http://a.example/> <http://b.example/> } ?a ?b ?c }",
    "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o<4) FILTER(?s IN (<http://a>, <http://b>)) }",
    "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s citypact:party/citypact:governs ?o } HAVING (?n < 5)",
    "SELECT * { ?서비스 ?p ?o }",
    "ASK { GRAPH ?g { ?s ?p ?o } }",
    "PREFIX e: <http://e.example/> SELECT * { GRAPH e:graph { ?s ?p ?o } }",
    "PREFIX e: <http://e.example/> SELECT * WHERE { VALUES ?s { e:a e:b } ?s ?p ?o }",
    "DESCRIBE topic:smart-city",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o MINUS { ?s a ?o } }",
]


@pytest.mark.parametrize("text", READING)
def test_reading_passes_whatever_its_words_are(text: str) -> None:
    guard(SparqlQuery(text))
    ox.Store().query(text, prefixes=PREFIXES)


def test_every_named_query_passes() -> None:
    for query in named_queries().values():
        guard(SparqlQuery(query.text))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("SELECT * { service <http://a.example/> { } }", "SERVICE"),
        ("SELECT * { SERVICE SILENT ?s { } }", "SERVICE"),
        ("SELECT * FROM <http://a.example/> { }", "FROM"),
        ("SELECT * from named <http://a.example/> { }", "FROM"),
        ("LOAD <http://a.example/>", "LOAD"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("CLEAR ALL", "CLEAR"),
        ("DROP DEFAULT", "DROP"),
        ("CREATE GRAPH <a:a>", "CREATE"),
    ],
)
def test_what_does_more_than_read_is_named(text: str, word: str) -> None:
    with pytest.raises(CitypactError, match=f"^{word} "):
        guard(SparqlQuery(text))


# The engine reads keywords without regard to the ends of words, and `<` by what stands before it.
CALLS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<URL>{ ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE:x # {\n { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { BIND(1 AS ?n)SERVICE:x·{ ?s ?p ?o } }",
    "PREFIX e: <URL> SELECT * { OPTIONAL { ?s e:a\\#b ?o } SERVICE <URL> { ?s ?p ?o } }",
    "PREFIX e: <URL> SELECT * { OPTIONAL { ?s e:a\\'b ?o } SERVICE <URL> { ?s ?p e:a\\'b } }",
    "SELECT * { OPTIONAL { ?s <a:\\u0041#x> ?o } SERVICE <URL> { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { BIND(1<2 AS ?a) FILTER(?a·<?b)SERVICE#>\n :x { ?s ?p ?o } }",
    "SELECT * { BIND('a'<'b'>'c' AS ?q) SERVICE <URL> { ?s ?p 'x' } }",
    "PREFIX : <URL> SELECT * { FILTER('a'<'b>c')SERVICE:x { ?s ?p 'x' } }",
    'SELECT * { FILTER(1<2)#> """\n SERVICE <URL> { ?s ?p ?o } #"""\n }',
    'SELECT * { FILTER(EXISTS{}<"a")SERVICE <URL> { ?s ?p ?o } }',
    'SELECT * { OPTIONAL { << ?s ?p <a:b#> """\n >> ?q ?o } SERVICE <URL> { ?s ?p ?o } #"""\n }',
    "PREFIX : <URL> SELECT * { ?s :p?trueSERVICE:x { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", CALLS)
def test_calls_of_other_servers_are_refused_however_they_are_written(text: str) -> None:
    with pytest.raises(CitypactError):
        guard(SparqlQuery(text.replace("URL", "http://127.0.0.1:9/")))


@pytest.mark.parametrize("text", CALLS[:4])
def test_the_engine_alone_would_call(text: str) -> None:
    """Why there is a guard: if the engine stops to call, it can be simpler."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        query = text.replace("URL", f"http://127.0.0.1:{server.getsockname()[1]}/")
        code = "import pyoxigraph, sys; list(pyoxigraph.Store().query(sys.argv[1]))"
        with subprocess.Popen([sys.executable, "-c", code, query], stderr=subprocess.DEVNULL):
            server.settimeout(30)
            server.accept()[0].close()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * { ?s ?p ?o } #" + "x" * MAXIMUM_QUERY, "characters"),
        ("SELECT * {" + "{" * MAXIMUM_DEPTH + "}" * MAXIMUM_DEPTH + "}", "deep"),
        ("SELECT * { FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }", "deep"),
        ("SELECT * { FILTER(1" + "+1" * MAXIMUM_SIGNS + ") }", "words and signs"),
        ("SELECT * {" + "OPTIONAL { ?s ?p ?o }" * MAXIMUM_SIGNS + "}", "words and signs"),
        ("SELECT * { ?s ?p " + "1 " * MAXIMUM_SIGNS + "}", "words and signs"),
    ],
    ids=["long", "braces", "brackets", "sum", "optional", "numbers"],
)
def test_what_would_overwhelm_the_engine_is_refused(text: str, says: str) -> None:
    with pytest.raises(CitypactError, match=says):
        guard(SparqlQuery(text))


def test_the_limit_of_depth_is_the_one_that_the_engine_survives() -> None:
    guard(SparqlQuery("SELECT * " + "{" * MAXIMUM_DEPTH + "}" * MAXIMUM_DEPTH))
    with pytest.raises(CitypactError, match="nested more than 100 deep"):
        guard(SparqlQuery("SELECT * " + "{" * 101 + "}" * 101))


@pytest.mark.parametrize("clause", ["", "WHERE "])
@pytest.mark.parametrize(
    "before", ["EXISTS { ?s ?p ?o }", "(1)", "?x", "xsd:date", "<http://a>", "5", "'a'"]
)
def test_a_sign_that_could_compare_or_begin_an_iri_is_refused(before: str, clause: str) -> None:
    text = f"SELECT * {clause}{{ ?s ?p ?x FILTER({before} <a:a> 1) }}"
    with pytest.raises(CitypactError, match="ambiguous"):
        guard(SparqlQuery(text))


def test_other_servers_alone_are_allowed_on_demand() -> None:
    guard(SparqlQuery("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }"), allow_service=True)
    for text in ("SELECT * FROM <http://a.example/> { }", "LOAD <http://a.example/>"):
        with pytest.raises(CitypactError, match="not allowed here"):
            guard(SparqlQuery(text), allow_service=True)


def test_the_limits_of_length_are_exact() -> None:
    guard(SparqlQuery("ASK { }".ljust(MAXIMUM_QUERY)))
    with pytest.raises(CitypactError, match="more than 200000 characters"):
        guard(SparqlQuery("ASK { }".ljust(MAXIMUM_QUERY + 1)))
    signs = MAXIMUM_SIGNS - len(list(SparqlQuery("ASK { }").tokens))
    guard(SparqlQuery("ASK { " + "?a " * signs + "}"))
    with pytest.raises(CitypactError, match="more than 2000 words and signs"):
        guard(SparqlQuery("ASK { " + "?a " * (signs + 1) + "}"))


def test_what_follows_a_list_of_values_is_counted() -> None:
    with pytest.raises(CitypactError, match="words and signs"):
        guard(SparqlQuery("ASK { VALUES ?x { 1 } { " + "?a " * MAXIMUM_SIGNS + "} }"))


def test_what_the_second_reader_cannot_read_is_refused() -> None:
    with pytest.raises(CitypactError, match="it is not certain"):
        guard(SparqlQuery('SELECT * { ?s ?p "service" '))


def test_long_lists_of_values_are_no_flood() -> None:
    values = " ".join(f"<http://a.example/{number}>" for number in range(2 * MAXIMUM_SIGNS))
    text = f"SELECT * {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"
    guard(SparqlQuery(text))


@pytest.mark.parametrize(
    ("head", "part", "tail"),
    [
        ("SELECT * { FILTER(1", "+1", ") }"),
        ("SELECT * { FILTER(", "!", "true) }"),
        ("SELECT * {", "OPTIONAL {}", "}"),
        ("SELECT * { {}", "UNION {}", "}"),
        ("SELECT * {", "MINUS {}", "}"),
        ("SELECT * { ?s <a:a>", "|<a:a>", " ?o }"),
        ("SELECT (CONCAT(''", ",''", ") AS ?x) {}"),
    ],
)
def test_the_engine_survives_the_largest_query_that_passes(head: str, part: str, tail: str) -> None:
    text = head + tail
    for count in range(0, MAXIMUM_SIGNS, 100):
        try:
            text = guard(SparqlQuery(head + part * count + tail)).text
        except CitypactError:
            break
    code = "import pyoxigraph, sys; list(pyoxigraph.Store().query(sys.stdin.read()))"
    done = subprocess.run([sys.executable, "-c", code], input=text, text=True)
    assert done.returncode == 0
