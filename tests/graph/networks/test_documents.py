"""Which documents are found behind the edges of networks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest

from citypact.graph.build.build import make_graph
from citypact.graph.build.claims import assemble
from citypact.graph.build.rules import derive
from citypact.graph.networks.documents import documents_of_edges
from citypact.graph.networks.filter import Filter
from citypact.graph.networks.networks import actors, actors_and_topics, cities, overview
from citypact.graph.provenance.trace import ProvenanceTracer
from citypact.graph.rdf.terms import CLAIMS, TYPE, short, statement_iri, term
from citypact.graph.store.base import LocalStore, Store
from citypact.graph.store.labels import Names
from citypact.ontology import ID
from citypact.ontology.errors import CitypactError
from citypact.ontology.vocabulary import vocabulary_quads
from citypact.sources import PACKAGED
from citypact.sources.model import Sources
from citypact.sources.reading.load import load_sources
from tests.sources.imported_list import import_list
from tests.sources.small_registers import write_registers


def named(found: dict[Any, frozenset[str]]) -> dict[tuple[str, ...], set[str]]:
    """Edges and documents by their short names."""
    return {
        tuple(short(part) for part in edge): {iri.removeprefix(ID + "doc/") for iri in documents}
        for edge, documents in found.items()
    }


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The small set with its registers: a record and the documents daily, weekly and page."""
    return make_graph(write_registers(tmp_path_factory.mktemp("small")))


def test_ties_of_actors_rest_on_the_documents_that_claim_them(small: Store) -> None:
    found = named(documents_of_edges(small, actors(small)))
    hanoi, seoul, wego = "government/hanoi", "government/seoul", "network/wego"
    assert found == {
        (hanoi, seoul, "agreement/seoul-hanoi-2015"): {"seoul-hanoi-2015"},
        (hanoi, seoul, "agreement/seoul-hanoi-2016"): {"daily", "weekly"},
        (hanoi, seoul, "partnership/seoul-hanoi"): {"daily", "page"},
        (hanoi, wego, "membership/hanoi-wego"): {"seoul-hanoi-2015"},
    }


def test_a_prospect_rests_on_whoever_tells_of_it(small: Store) -> None:
    network = actors(small, Filter(prospects=True))
    found = named(documents_of_edges(small, network))
    of_prospects = {edge: found[edge] for edge in found if edge[2].startswith("prospect/")}
    assert of_prospects
    assert set(map(frozenset, of_prospects.values())) == {frozenset({"seoul-hanoi-2015"})}


def test_cities_rest_on_all_that_ties_them(small: Store) -> None:
    pair = ("city/hanoi", "city/seoul")
    found = named(documents_of_edges(small, cities(small)))
    assert found == {pair: {"daily", "page", "seoul-hanoi-2015", "weekly"}}
    chosen = Filter(topic=ID + "topic/tourism")
    assert named(documents_of_edges(small, cities(small, chosen), chosen)) == {
        pair: {"daily", "weekly"}
    }


def test_topics_rest_on_whoever_names_them(small: Store) -> None:
    found = named(documents_of_edges(small, actors_and_topics(small)))
    by_topic = {edge[1]: documents for edge, documents in found.items() if "hanoi" in edge[0]}
    assert by_topic == {
        "e-government": {"seoul-hanoi-2015"},
        "smart-city": {"daily", "seoul-hanoi-2015"},
        "tourism": {"daily", "weekly"},
    }


def test_the_topic_of_a_provision_counts_and_a_deprecated_claim_does_not(tmp_path: Path) -> None:
    folder = write_registers(
        tmp_path,
        partnerships=(
            "id,source,label.ko,label.en,partners,partners.rank,partners.reason.ko,"
            "partners.reason.en\n"
            "seoul-hanoi,daily,관계,Tie,city/seoul;city/hanoi,,,\n"
            "seoul-hanoi,weekly,,,city/seoul;city/hanoi,deprecated,틀렸다.,It errs.\n"
        ),
    )
    record = folder / "records/seoul-hanoi-2015.yaml"
    text = record.read_text(encoding="utf-8").replace(
        "        actions: share-policies\n",
        "        actions: share-policies\n        topics: [waste-management]\n",
    )
    record.write_text(text, encoding="utf-8")
    store = make_graph(folder)
    topics = named(documents_of_edges(store, actors_and_topics(store)))
    assert topics["government/hanoi", "waste-management"] == {"seoul-hanoi-2015"}
    ties = named(documents_of_edges(store, actors(store)))
    partners = ties["government/hanoi", "government/seoul", "partnership/seoul-hanoi"]
    assert "daily" in partners


def test_links_of_a_list_rest_on_the_list(tmp_path: Path) -> None:
    store = make_graph(PACKAGED, registers=False, imports=[import_list(tmp_path)])
    found = named(documents_of_edges(store, cities(store)))
    assert all(found.values())
    london = found["city/london", "city/seoul"]
    assert "seoul-london-2017" in london
    of_list = london - {"seoul-london-2017"}
    assert len(of_list) == 1
    # Seoul and Funafuti, Funafuti and the third city, London and the third city.
    alone = [edge for edge, documents in found.items() if documents == of_list]
    assert len(alone) == 3
    assert sum("city/london" in edge for edge in alone) == 1


@pytest.mark.parametrize("name", ["overview", "simple", "unnamed"])
def test_networks_without_such_ties_are_refused(name: str, small: Store) -> None:
    network = {
        "overview": overview(small),
        "simple": nx.Graph(actors(small), name="actors"),
        "unnamed": nx.Graph(),
    }[name]
    with pytest.raises(CitypactError, match="-> give the network"):
        documents_of_edges(small, network)


@pytest.mark.parametrize("name", ["seoul-hanoi-2015", "daily", "weekly", "page"])
def test_edges_go_with_their_last_document(name: str, tmp_path: Path) -> None:
    """A graph made without the claims of a document has the edges that have another document."""
    sources = load_sources(write_registers(tmp_path))
    kept = [claim for claim in sources.claims if claim.document != f"{ID}doc/{name}"]
    assert len(kept) < len(sources.claims)
    whole, rest = facts_of(sources), facts_of(replace(sources, claims=kept))
    for make in (actors, cities, actors_and_topics):
        found = documents_of_edges(whole, make(whole))
        left = {edge for edge, documents in found.items() if documents - {f"{ID}doc/{name}"}}
        assert set(make(rest).edges) == left


def facts_of(sources: Sources) -> Store:
    """What follows from claims; without the checks, since a document less may leave gaps."""
    assembled = assemble(sources)
    inner = ox.Store()
    inner.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in vocabulary_quads())
    inner.bulk_extend(ox.Quad(*triple) for triple in assembled.dates)
    inner.bulk_extend(ox.Quad(*triple, CLAIMS) for triple in assembled.claims)
    derive(inner)
    return LocalStore(inner)


# The packaged sources


@pytest.mark.parametrize("make", [actors, cities, actors_and_topics])
def test_every_edge_of_the_packaged_sources_has_a_document(make: Any, packaged: Store) -> None:
    network = make(packaged)
    found = documents_of_edges(packaged, network)
    assert found.keys() == set(network.edges)
    assert [edge for edge, documents in found.items() if not documents] == []
    known = {
        row["d"].value for row in packaged.solutions("SELECT ?d { ?d a citypact:SourceDocument }")
    }
    assert set().union(*found.values()) <= known
    assert ID + "doc/citypact-editors" not in set().union(*found.values())


def test_documents_are_those_of_the_evidence(packaged: Store) -> None:
    """Agreements, partnerships and memberships have the documents that `citypact why` gives."""
    tracer = ProvenanceTracer(packaged, Names.of(packaged))
    network = actors(packaged)
    found = documents_of_edges(packaged, network)
    classes = {"agreement": "party", "partnership": "partner", "membership": "member"}
    checked = 0
    for edge in sorted(found)[::9]:
        kind, thing = edge[2].split("/")[0], ox.NamedNode(ID + edge[2].split(":")[0])
        if ":" in edge[2] or kind not in classes:
            continue
        triples = [(thing, TYPE, term(kind.capitalize()))]
        triples += [(thing, term(classes[kind]), ox.NamedNode(end)) for end in edge[:2]]
        claims = [claim for t in triples for claim in tracer.claims(statement_iri(t))]
        assert found[edge] == {c.document for c in claims if not c.is_editorial}
        checked += 1
    assert checked > 30


def test_topics_have_the_documents_of_their_evidence(packaged: Store) -> None:
    tracer = ProvenanceTracer(packaged, Names.of(packaged))
    network = actors_and_topics(packaged)
    found = documents_of_edges(packaged, network)
    for actor, topic in sorted(found)[::25]:
        documents = set()
        for name in network.edges[actor, topic]["agreements"].split("|"):
            covering = (ox.NamedNode(ID + name), term("covers"), ox.NamedNode(topic))
            for root in tracer.roots([statement_iri(covering)]):
                if tracer.triple(root)[1] == term("topic"):
                    documents |= {c.document for c in tracer.claims(root) if not c.is_editorial}
        assert found[actor, topic] == documents
