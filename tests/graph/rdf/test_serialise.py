"""The RDF files of a build: read back by two libraries they say the same, in the same bytes."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from citypact.graph.build.build import make_graph
from citypact.graph.build.files import rdf_files
from citypact.graph.rdf.rdflib_terms import from_rdflib, rdflib_term
from citypact.graph.rdf.serialise import (
    context,
    sorted_quads,
    sorted_quads_of,
    to_jsonld,
    to_nquads,
    to_text,
    to_trig,
    to_turtle,
)
from citypact.graph.rdf.terms import CLAIMS, DERIVATIONS
from citypact.graph.store.base import LocalStore
from citypact.ontology import ID, NS, PREFIXES, SKOS, XSD
from citypact.ontology.vocabulary import file_prefixes, prefixes, vocabulary_quads
from tests.sources.small import write_small

pytestmark = pytest.mark.filterwarnings("ignore:.*(Dataset|ConjunctiveGraph):DeprecationWarning")

ROOT = Path(__file__).parents[3]
FORMATS = {
    "graph.nq": (ox.RdfFormat.N_QUADS, "nquads"),
    "facts.ttl": (ox.RdfFormat.TURTLE, "turtle"),
    "claims.trig": (ox.RdfFormat.TRIG, "trig"),
    "graph.jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
}
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "end of script": "</script><!--",
    "quotes": '"single\' and `back` """three""" \'\'\'three\'\'\' "',
    "backslashes": '\\ \\n \\u0041 \\\\ \\" end\\',
    "lines": "one\ntwo\r\nthree\tfour",
    "right to left": "abc\u202edef\u202c \u200fghi",
    "long": "긴 이름 " * 2_500,
    "angle brackets": "> < >> << ^^ @en . ; , # {} | ^ $ %",
    "emoji": "👩‍👩‍👧‍👦 🇰🇷 \U0010ffff",
    "composed and decomposed": "\u00e9 e\u0301 \uac01 \u1100\u1161\u11a8",
    "like a prefix": "citypact:topic _:b0 http://x/ @id @context",
}
Quads = set[ox.Quad]


@pytest.fixture(scope="module")
def quads(records: LocalStore) -> list[ox.Quad]:
    """The packaged graph."""
    return sorted_quads(records.inner)


@pytest.fixture(scope="module")
def files(quads: list[ox.Quad]) -> dict[str, bytes]:
    return dict(rdf_files(quads))


class Outside(Exception):
    """Something reached for the network."""


_is_cut_off = False


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if _is_cut_off and event in ("socket.connect", "socket.getaddrinfo", "urllib.Request"):
        raise Outside(event)


sys.addaudithook(_guard)


@pytest.fixture
def no_network() -> Iterator[None]:
    """Ends with an error whatever reaches for the network meanwhile."""
    global _is_cut_off
    _is_cut_off = True
    yield
    _is_cut_off = False


def by_pyoxigraph(data: bytes, name: str) -> Quads:
    return set(ox.parse(data, format=FORMATS[name][0]))


def by_rdflib(data: bytes, name: str) -> Quads:
    """The quads that rdflib reads; plain strings are xsd:string, as in RDF 1.1."""
    dataset = rdflib.Dataset()
    dataset.parse(data=data.decode("utf-8"), format=FORMATS[name][1])
    found = set()
    for subject, predicate, value, graph in dataset.quads():
        name = str(getattr(graph, "identifier", graph) or rdflib.graph.DATASET_DEFAULT_GRAPH_ID)
        where = (
            ox.DefaultGraph()
            if name == str(rdflib.graph.DATASET_DEFAULT_GRAPH_ID)
            else ox.NamedNode(name)
        )
        parts = (from_rdflib(subject), from_rdflib(predicate), from_rdflib(value))
        found.add(ox.Quad(*parts, where))
    return found


def parts(quads: Iterable[ox.Quad]) -> dict[str, Quads]:
    """What each file of a build is to hold."""
    everything = set(quads)
    evidence = {quad for quad in everything if quad.graph_name in (CLAIMS, DERIVATIONS)}
    return {
        "graph.nq": everything,
        "facts.ttl": everything - evidence,
        "claims.trig": evidence,
        "graph.jsonld": everything,
    }


@pytest.mark.parametrize("name", FORMATS)
def test_pyoxigraph_reads_the_same_graph_back(
    name: str, quads: list[ox.Quad], files: dict[str, bytes]
) -> None:
    assert by_pyoxigraph(files[name], name) == parts(quads)[name]


@pytest.mark.parametrize("name", FORMATS)
def test_rdflib_reads_the_same_graph_back_without_the_network(
    name: str, quads: list[ox.Quad], files: dict[str, bytes], no_network: None
) -> None:
    assert by_rdflib(files[name], name) == parts(quads)[name]


def test_the_guard_of_the_network_guards(no_network: None) -> None:
    with pytest.raises(Outside):
        rdflib.Dataset().parse(
            data='{"@context": "http://localhost:9/context.jsonld"}', format="json-ld"
        )


def test_facts_and_evidence_share_no_quad_and_leave_out_none(quads: list[ox.Quad]) -> None:
    held = parts(quads)
    assert held["facts.ttl"] | held["claims.trig"] == held["graph.nq"]
    assert {quad.triple for quad in held["facts.ttl"]} > set(vocabulary_quads())
    assert not held["facts.ttl"] & held["claims.trig"]


def test_files_are_utf_8_with_names_in_hangul(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        text = data.decode("utf-8")
        assert "서울특별시" in text, name
        assert "\r" not in text
        assert text.endswith("\n")


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_comes_back_as_it_was(hostile: str, tmp_path: Path) -> None:
    write_small(tmp_path)
    path = tmp_path / "entities/world.yaml"
    escaped = "".join(f"\\U{ord(letter):08x}" for letter in hostile)
    text = path.read_text(encoding="utf-8")
    assert text.count("en: WeGO") == 1
    path.write_text(text.replace("en: WeGO", f'en: "{escaped}"'), encoding="utf-8")
    quads = sorted_quads(make_graph(tmp_path).inner)
    label = ox.Quad(
        ox.NamedNode(ID + "network/wego"),
        ox.NamedNode(SKOS + "prefLabel"),
        ox.Literal(hostile, language="en"),
    )
    assert label in quads
    about = [
        quad
        for quad in quads
        if isinstance(quad.object, ox.Literal) and hostile[:9] in str(quad.object.value)
    ]
    facts = [quad for quad in about if isinstance(quad.graph_name, ox.DefaultGraph)]
    assert len(about) > len(facts) > 1
    written = {
        "graph.nq": (to_nquads, about),
        "facts.ttl": (to_turtle, facts),
        "claims.trig": (to_trig, about),
        "graph.jsonld": (to_jsonld, about),
    }
    for name, (write, some) in written.items():
        assert by_pyoxigraph(write(some), name) == set(some)
        assert by_rdflib(write(some), name) == set(some)


def test_every_thing_and_code_has_a_prefix_in_queries_and_files(quads: list[ox.Quad]) -> None:
    """All that a fact says something about, and all codes: a name without a slash in it."""
    subjects = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    iris = {node.value for node in subjects if node.value.startswith(ID)}
    for iri in sorted(iris):
        kind, _, rest = iri[len(ID) :].partition("/")
        if not rest:
            continue  # the scheme of topics
        prefix = f"code-{rest.split('/')[0]}" if kind == "code" and "/" in rest else kind
        assert iri.startswith(prefixes()[prefix]), iri
    assert set(file_prefixes().items()) < set(prefixes().items())
    assert set(PREFIXES.items()) < set(prefixes().items())


def test_sorting_leaves_nothing_to_the_order_of_quads(quads: list[ox.Quad]) -> None:
    some = random.Random(1).sample(quads, 3_000)
    one, other = sorted_quads(some), sorted_quads(sorted(some, key=hash))
    assert one == other
    assert to_nquads(one).decode().splitlines() == [f"{quad} ." for quad in one]
    assert sorted_quads_of(LocalStore.of(some).inner) == one


# JSON-LD


def test_the_context_is_inside_and_names_no_address_to_fetch(files: dict[str, bytes]) -> None:
    data = json.loads(files["graph.jsonld"])
    assert data["@context"] == context()["@context"]
    assert all(isinstance(value, dict | str | float) for value in data["@context"].values())
    assert "@import" not in json.dumps(data["@context"])


def test_the_context_has_the_prefixes_of_queries() -> None:
    found = {k: v["@id"] for k, v in context()["@context"].items() if isinstance(v, dict)}
    assert found == PREFIXES


def test_a_property_that_is_called_like_a_prefix_stays_a_property() -> None:
    node = ox.NamedNode(ID + "agreement/x")
    for prefix in PREFIXES:
        quad = ox.Quad(node, ox.NamedNode(NS + prefix), ox.NamedNode(ID + "topic/tourism"))
        assert set(ox.parse(to_jsonld([quad]), format=ox.RdfFormat.JSON_LD)) == {quad}


def test_what_has_no_name_is_refused() -> None:
    quad = ox.Quad(ox.BlankNode(), ox.NamedNode(NS + "party"), ox.Literal("x"))
    with pytest.raises(TypeError, match="neither IRIs nor literals"):
        to_jsonld([quad])


# Terms between the libraries


@pytest.mark.parametrize(
    "value",
    [
        ox.NamedNode(ID + "city/서울"),
        ox.Literal("plain"),
        ox.Literal("서울", language="ko"),
        ox.Literal("37.566", datatype=ox.NamedNode(XSD + "decimal")),
        ox.Literal("2015-03-02", datatype=ox.NamedNode(XSD + "date")),
        ox.Literal("08:00:00", datatype=ox.NamedNode(XSD + "time")),
        ox.Literal("2016-03-15T11:15:00", datatype=ox.NamedNode(XSD + "dateTime")),
        ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean")),
        ox.Literal("95", datatype=ox.NamedNode(XSD + "integer")),
    ],
)
def test_terms_survive_the_way_to_rdflib_and_back(value: ox.NamedNode | ox.Literal) -> None:
    assert from_rdflib(rdflib_term(value)) == value


def test_what_is_neither_name_nor_literal_is_refused() -> None:
    with pytest.raises(TypeError, match="neither an IRI nor a literal"):
        from_rdflib(rdflib.BNode())


NAMES_WITH_DOTS = ("2022--..", "a.b", "end.", "a,b.", "(st.)", "50%2E.", "이름.")


@pytest.mark.parametrize("name", ["facts.ttl", "claims.trig"])
def test_iris_that_end_with_a_dot_are_read_by_both_libraries(name: str) -> None:
    said = ox.Literal('an end \\. and "date:2022--.\\. " in a text')
    nodes = [ox.NamedNode(f"{ID}date/{local}") for local in NAMES_WITH_DOTS]
    where = [ox.DefaultGraph()] if name == "facts.ttl" else nodes
    quads = sorted_quads(
        ox.Quad(node, ox.NamedNode(NS + "about"), value, graph)
        for node in nodes
        for value in (*nodes, said)
        for graph in where
    )
    data = to_turtle(quads) if name == "facts.ttl" else to_trig(quads)
    assert by_pyoxigraph(data, name) == set(quads)
    assert by_rdflib(data, name) == set(quads)
    assert b" date:a.b " in data


def test_an_answer_with_iris_that_end_with_a_dot_is_read_by_rdflib() -> None:
    node = ox.NamedNode(f"{ID}date/2022--..")
    data = to_text([(node, ox.NamedNode(NS + "about"), node)], "ttl")
    assert set(rdflib.Graph().parse(data=data).subjects()) == {rdflib.URIRef(node.value)}
