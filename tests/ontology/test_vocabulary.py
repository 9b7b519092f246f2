"""The vocabulary and its code lists: house style, references, and what two parsers read."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib.namespace as standard
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS
from rdflib.term import Node

from citypact.graph.provenance.named_queries import named_queries
from citypact.ontology import CODE

FOLDER = Path(__file__).parents[2] / "ontology"
FILES = sorted(FOLDER.glob("*.ttl"))
JUDGED = ("citypact.ttl", "codes.ttl", "topics.ttl")
SHAPES_FILE = "vocabulary-shapes.ttl"

NS = Namespace("https://w3id.org/citypact/ns#")
ID = Namespace("https://w3id.org/citypact/id/")
SHAPE = Namespace("https://w3id.org/citypact/ns/shapes#")
OA = Namespace("http://www.w3.org/ns/oa#")
MATCHES = {SKOS.closeMatch, SKOS.relatedMatch}

VOCABULARIES = (
    standard.DC,
    standard.DCTERMS,
    standard.FOAF,
    standard.GEO,
    standard.ORG,
    standard.PROV,
    standard.RDF,
    standard.SDO,
    standard.SKOS,
    standard.TIME,
)
"""Vocabularies whose terms rdflib lists, so that a term can be looked up without the network."""
WEB_ANNOTATION_TERMS = {OA.TextPositionSelector}

ALIGNED = (
    "http://data.europa.eu/eli/ontology#",
    "http://data.europa.eu/m8g/",
    "http://dbpedia.org/ontology/",
    "http://purl.org/dc/terms/",
    "http://purl.org/ontology/bibo/",
    "http://purl.org/pav/",
    "http://www.w3.org/ns/odrl/2/",
    "http://www.w3.org/ns/org#",
    "http://www.w3.org/ns/prov#",
    "http://www.wikidata.org/prop/direct/P",
    "https://schema.org/",
    "https://spec.edmcouncil.org/fibo/ontology/FND/Agreements/Agreements/",
    "https://w3id.org/semanticarts/ns/ontology/gist/",
)
"""How the terms that the alignments reach may begin."""

PROPERTY_KINDS = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}

Change = Callable[[Graph], object]


def is_ours(node: Node) -> bool:
    """Whether a node is a term of our vocabulary."""
    return isinstance(node, URIRef) and node in NS


def read(*names: str) -> Graph:
    """Read the named files into one graph."""
    graph = Graph()
    for name in names:
        graph.parse(FOLDER / name, format="turtle")
    return graph


def results(graph: Graph, shapes: Graph) -> Iterator[tuple[str, URIRef, set[str | None]]]:
    """For each fault that the shapes find: the shape, the node and the languages of the message."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    for fault in report.subjects(RDF.type, SH.ValidationResult):
        shape = str(report.value(fault, SH.sourceShape)).removeprefix(str(SHAPE))
        node = report.value(fault, SH.focusNode)
        assert isinstance(node, URIRef)
        messages = report.objects(fault, SH.resultMessage)
        yield shape, node, {text.language for text in messages if isinstance(text, Literal)}


def faults(graph: Graph, shapes: Graph) -> set[tuple[str, URIRef]]:
    """Name the shapes that find a fault, each with the node at fault."""
    return {(shape, node) for shape, node, _ in results(graph, shapes)}


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return read(*JUDGED)


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return read(SHAPES_FILE)


@pytest.fixture(scope="module")
def sample(vocabulary: Graph) -> Graph:
    """Take some terms, a code list and a topic as they stand: few, so that tests are fast."""
    chosen: set[Node] = {NS.City, NS.governs, NS.address, NS.rank, NS.latitude, SKOS.altLabel}
    chosen |= {RANK, *vocabulary.subjects(SKOS.inScheme, RANK), TOPICS, SMART_CITY}
    found = Graph()
    for node in chosen:
        assert (node, None, None) in vocabulary, node
        found += vocabulary.triples((node, None, None))
    return found


# ---- The house style


def test_house_style(vocabulary: Graph, shapes: Graph) -> None:
    assert faults(vocabulary, shapes) == set()


def test_the_shapes_are_well_formed_and_use_core_constraints_only(shapes: Graph) -> None:
    pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True, inference="none")
    foreign = {SH.sparql, SH.js, SH.rule, SH.expression, SH.SPARQLTarget, SH.target}
    assert not foreign & {term for triple in shapes for term in triple}


RANK = ID["code/rank"]
NORMAL = ID["code/rank/normal"]
TOPICS = ID.topics
SMART_CITY = ID["topic/smart-city"]
OTHER = URIRef("http://www.w3.org/ns/org")
ENGLISH, KOREAN = "en", "ko"


def drop(node: URIRef, path: URIRef, language: str | None = None) -> Change:
    """Take the values of a property away, all or those in one language."""

    def change(graph: Graph) -> None:
        for value in list(graph.objects(node, path)):
            if language is None or (isinstance(value, Literal) and value.language == language):
                graph.remove((node, path, value))

    return change


def add(node: URIRef, path: URIRef, value: URIRef | Literal) -> Change:
    """Say one thing more."""
    return lambda graph: graph.add((node, path, value))


def replace(node: URIRef, path: URIRef, value: URIRef | Literal) -> Change:
    """Say something else, in the same language where the value is text."""
    language = value.language if isinstance(value, Literal) else None

    def change(graph: Graph) -> None:
        drop(node, path, language)(graph)
        graph.add((node, path, value))

    return change


def rename(old: URIRef, new: URIRef) -> Change:
    """Give a node another name wherever it stands."""

    def change(graph: Graph) -> None:
        for triple in list(graph):
            if old in triple:
                graph.remove(triple)
                subject, path, value = triple
                renamed = new if value == old else value
                graph.add((new if subject == old else subject, path, renamed))

    return change


def text(value: str, language: str | None = None) -> Literal:
    return Literal(value, lang=language)


MUTATIONS: list[tuple[str, URIRef, Change]] = [
    ("LabelEnglish", NS.City, drop(NS.City, RDFS.label, ENGLISH)),
    ("LabelEnglish", NS.City, replace(NS.City, RDFS.label, text(" ", ENGLISH))),
    ("LabelEnglish", SKOS.altLabel, drop(SKOS.altLabel, RDFS.label, ENGLISH)),
    ("LabelKorean", NS.governs, drop(NS.governs, RDFS.label, KOREAN)),
    ("LabelKorean", NS.governs, add(NS.governs, RDFS.label, text("다스리는 도시", KOREAN))),
    ("LabelLanguages", NS.latitude, add(NS.latitude, RDFS.label, text("緯度", "ja"))),
    ("LabelLanguages", NS.latitude, add(NS.latitude, RDFS.label, text("latitude"))),
    ("CommentEnglish", NS.latitude, drop(NS.latitude, RDFS.comment, ENGLISH)),
    ("CommentEnglish", NS.City, replace(NS.City, RDFS.comment, text("장소인 도시.", ENGLISH))),
    ("CommentKorean", NS.City, drop(NS.City, RDFS.comment, KOREAN)),
    ("CommentKorean", NS.City, replace(NS.City, RDFS.comment, text("A city.", KOREAN))),
    ("CommentLanguages", NS.City, add(NS.City, RDFS.comment, text("A city."))),
    ("DefinedBy", NS.City, drop(NS.City, RDFS.isDefinedBy)),
    ("DefinedBy", NS.governs, replace(NS.governs, RDFS.isDefinedBy, OTHER)),
    ("DefinedBy", NS.governs, add(NS.governs, RDFS.isDefinedBy, OTHER)),
    ("ClassName", NS.city, rename(NS.City, NS.city)),
    ("ClassName", NS["City-1"], rename(NS.City, NS["City-1"])),
    ("PropertyName", NS.Governs, rename(NS.governs, NS.Governs)),
    ("PropertyName", ID.latitude, rename(NS.latitude, ID.latitude)),
    ("RecordValue", NS.governs, drop(NS.governs, RDFS.range)),
    ("RecordValue", NS.address, drop(NS.address, NS.iriTemplate)),
    ("ReadFromBothEnds", NS.governs, drop(NS.governs, NS.inverseLabel, KOREAN)),
    ("ReadFromBothEnds", NS.governs, add(NS.governs, NS.inverseLabel, text("ruled by", ENGLISH))),
    ("CodeList", NS.rank, replace(NS.rank, NS.codeList, ID["code/ranks"])),
    ("CodeList", NS.rank, add(NS.rank, NS.codeList, TOPICS)),
    ("CodeRange", NS.rank, replace(NS.rank, RDFS.range, NS.City)),
    ("NameEnglish", NORMAL, drop(NORMAL, SKOS.prefLabel, ENGLISH)),
    ("NameEnglish", RANK, drop(RANK, SKOS.prefLabel, ENGLISH)),
    ("NameKorean", NORMAL, drop(NORMAL, SKOS.prefLabel, KOREAN)),
    ("NameKorean", SMART_CITY, add(SMART_CITY, SKOS.prefLabel, text("똑똑한 도시", KOREAN))),
    ("NameLanguages", NORMAL, add(NORMAL, SKOS.prefLabel, text("normal"))),
    ("DefinitionEnglish", NORMAL, drop(NORMAL, SKOS.definition, ENGLISH)),
    ("DefinitionEnglish", TOPICS, drop(TOPICS, SKOS.definition, ENGLISH)),
    ("DefinitionKorean", RANK, drop(RANK, SKOS.definition, KOREAN)),
    ("DefinitionKorean", NORMAL, replace(NORMAL, SKOS.definition, text("Normal.", KOREAN))),
    ("DefinitionLanguages", NORMAL, add(NORMAL, SKOS.definition, text("Gewöhnlich.", "de"))),
    ("List", NORMAL, drop(NORMAL, SKOS.inScheme)),
    ("List", NORMAL, add(NORMAL, SKOS.inScheme, TOPICS)),
    ("List", SMART_CITY, replace(SMART_CITY, SKOS.inScheme, ID["topic-list"])),
    ("CodeName", ID["code/rank/Normal"], rename(NORMAL, ID["code/rank/Normal"])),
    ("CodeName", ID["code/normal"], rename(NORMAL, ID["code/normal"])),
    ("ListName", ID["lists/rank"], rename(RANK, ID["lists/rank"])),
]


def test_the_sample_has_no_fault(sample: Graph, shapes: Graph) -> None:
    assert len(sample) > 70
    assert faults(sample, shapes) == set()


@pytest.mark.parametrize(("shape", "node", "change"), MUTATIONS)
def test_each_shape_finds_its_fault(
    shape: str, node: URIRef, change: Change, sample: Graph, shapes: Graph
) -> None:
    broken = Graph() + sample
    change(broken)
    found = list(results(broken, shapes))
    assert (shape, node) in {(name, at) for name, at, _ in found}
    assert all(languages == {ENGLISH, KOREAN} for _, _, languages in found)


def test_every_shape_that_speaks_has_a_mutation(shapes: Graph) -> None:
    speaking = {str(s).removeprefix(str(SHAPE)) for s in shapes.subjects(SH.message)}
    assert speaking == {shape for shape, _, _ in MUTATIONS}


# ---- References


@pytest.mark.parametrize("path", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_super_terms_exist(path: URIRef, vocabulary: Graph) -> None:
    """Our own are defined here as the same kind of term; others are terms of a known vocabulary."""
    kinds = {OWL.Class} if path == RDFS.subClassOf else PROPERTY_KINDS
    links = list(vocabulary.subject_objects(path))
    assert len(links) > 30
    for term, above in links:
        assert isinstance(above, URIRef), f"{term} stands below {above}"
        if is_ours(above):
            assert kinds & set(vocabulary.objects(above, RDF.type)), f"{term} stands below {above}"
        else:
            known = any(above in namespace for namespace in VOCABULARIES)
            assert known or above in WEB_ANNOTATION_TERMS, f"{term} stands below {above}"


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_every_term_of_ours_is_defined(file: Path) -> None:
    defined = set(read("citypact.ttl").subjects(RDF.type))
    used = {term for triple in read(file.name) for term in triple if is_ours(term)}
    assert used - defined == set()


def test_alignments_link_our_terms_to_terms_of_others() -> None:
    graph = read("alignments.ttl")
    assert len(graph) > 20
    for term, path, other in graph:
        assert is_ours(term)
        assert path in MATCHES
        assert str(other).startswith(ALIGNED), other


def test_alignments_repeat_no_link_of_the_vocabulary(vocabulary: Graph) -> None:
    for term, _, other in read("alignments.ttl"):
        assert other not in vocabulary.objects(term, RDFS.subClassOf | RDFS.subPropertyOf)


def test_codes_are_named_below_their_list(vocabulary: Graph) -> None:
    lists = {
        str(code): str(scheme)
        for code, scheme in vocabulary.subject_objects(SKOS.inScheme)
        if scheme != TOPICS
    }
    assert len(lists) > 150
    assert [code for code, scheme in lists.items() if code.rpartition("/")[0] != scheme] == []


def test_every_code_list_is_used(vocabulary: Graph) -> None:
    lists = set(vocabulary.subjects(RDF.type, SKOS.ConceptScheme)) - {TOPICS}
    asked = {
        URIRef(CODE + parameter.type.removeprefix("code:"))
        for query in named_queries().values()
        for parameter in query.parameters
        if parameter.type.startswith("code:")
    }
    assert lists == asked | set(vocabulary.objects(None, NS.codeList))


def test_no_two_codes_of_a_list_share_a_name(vocabulary: Graph) -> None:
    names = Counter(
        (scheme, name)
        for code, scheme in vocabulary.subject_objects(SKOS.inScheme)
        for name in vocabulary.objects(code, SKOS.prefLabel)
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_no_two_definitions_are_the_same(vocabulary: Graph) -> None:
    texts = Counter(vocabulary.objects(None, SKOS.definition))
    assert [words for words, times in texts.items() if times > 1] == []


# ---- The files


def heads(file: Path) -> list[str]:
    """List the terms that a file defines, one for each block that begins `term a Kind`."""
    turtle = file.read_text(encoding="utf-8")
    prefixes = dict(re.findall(r"^@prefix ([\w-]*): <([^>]*)> \.$", turtle, re.MULTILINE))
    found = []
    for iri, prefix, name in re.findall(
        r"^(?:<([^>]*)>|([\w-]*):([\w-]+)) a ", turtle, re.MULTILINE
    ):
        found.append(iri or prefixes[prefix] + name)
    return found


def test_no_term_is_defined_twice() -> None:
    defined = Counter(head for file in FILES for head in heads(file))
    assert [term for term, times in defined.items() if times > 1] == []
    typed = {
        str(s)
        for file in FILES
        for s in read(file.name).subjects(RDF.type)
        if isinstance(s, URIRef)
    }
    assert set(defined) == typed


def canonical(turtle: bytes, kind: ox.RdfFormat) -> ox.Dataset:
    """Parse and name blank nodes so that equal graphs have equal triples."""
    found = ox.Dataset(quad for quad in ox.parse(turtle, format=kind))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_two_parsers_read_the_same_triples(file: Path) -> None:
    by_rdflib = read(file.name).serialize(format="nt", encoding="utf-8")
    first = canonical(by_rdflib, ox.RdfFormat.N_TRIPLES)
    second = canonical(file.read_bytes(), ox.RdfFormat.TURTLE)
    assert len(second) > 20
    assert first == second
