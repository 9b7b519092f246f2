"""The topic scheme: its labels, its tree, its links, and the phrases of documents it must cover."""

import os
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

TOPICS = Path(__file__).parents[2] / "ontology" / "topics.ttl"

CITYPACT = "https://w3id.org/citypact/ns#"
LICENSE = "http://purl.org/dc/terms/license"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEME = "https://w3id.org/citypact/id/topics"
TOPIC = "https://w3id.org/citypact/id/topic/"

PREFERRED, ALTERNATIVE, HIDDEN = SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel"
LABELS = [PREFERRED, ALTERNATIVE, HIDDEN]
DEFINITION, SCOPE_NOTE = SKOS + "definition", SKOS + "scopeNote"
BROADER, RELATED, RELATED_MATCH = SKOS + "broader", SKOS + "related", SKOS + "relatedMatch"

LANGUAGES = ["en", "ko"]
LABEL_LIMIT = 60
LEVELS = 3
PHRASES = 277
POINTERS = {"en": r"; for [^;]+? see (.+)\.$", "ko": "\u2018(.+?)\u2019"}

Texts = list[tuple[str, str]]  # (language, text)
Occurrences = list[tuple[str, str, list[str]]]  # (id, quote, concepts)


class Scheme:
    """What topics.ttl says: literals and links by subject and property."""

    def __init__(self, path: Path) -> None:
        self._texts: dict[tuple[str, str], Texts] = defaultdict(list)
        self._links: dict[tuple[str, str], list[str]] = defaultdict(list)
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            assert isinstance(quad.subject, NamedNode), f"blank node in {path.name}"
            key = (quad.subject.value, quad.predicate.value)
            if isinstance(quad.object, Literal):
                self._texts[key].append((quad.object.language or "", quad.object.value))
            else:
                assert isinstance(quad.object, NamedNode), f"blank node in {path.name}"
                self._links[key].append(quad.object.value)
        self.subjects = {subject for subject, _ in [*self._texts, *self._links]}
        self.concepts = sorted(
            subject
            for subject in self.subjects
            if SKOS + "Concept" in self.links(subject, RDF_TYPE)
        )

    def texts(self, subject: str, predicate: str) -> Texts:
        return sorted(self._texts.get((subject, predicate), []))

    def links(self, subject: str, predicate: str) -> list[str]:
        return sorted(self._links.get((subject, predicate), []))

    def ancestors(self, concept: str) -> set[str]:
        found: set[str] = set()
        waiting = self.links(concept, BROADER)
        while waiting:
            broader = waiting.pop()
            if broader not in found:
                found.add(broader)
                waiting += self.links(broader, BROADER)
        return found


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return Scheme(TOPICS)


@pytest.fixture(scope="module")
def occurrences() -> Occurrences:
    """The annotated topic phrases; they lie outside the repository."""
    material = os.environ.get("CITYPACT_MATERIAL")
    if not material:
        pytest.skip("CITYPACT_MATERIAL is not set: the annotated phrases are not at hand")
    text = (Path(material) / "annotation" / "topics.yaml").read_text(encoding="utf-8")
    return [(o["id"], o["quote"], o["concepts"]) for o in yaml.safe_load(text)["occurrences"]]


def slug(concept: str) -> str:
    return concept.removeprefix(TOPIC)


def folded(text: str) -> str:
    """Upper and lower case and compatibility forms are the same word; spacing is kept."""
    return unicodedata.normalize("NFKC", text).casefold()


def squeezed(text: str) -> str:
    """As `folded`, without white space: Korean documents space the same word differently."""
    return "".join(folded(text).split())


def test_scheme_is_described_in_both_languages(scheme: Scheme) -> None:
    assert scheme.links(SCHEME, RDF_TYPE) == [SKOS + "ConceptScheme"]
    assert scheme.links(SCHEME, LICENSE) == ["https://creativecommons.org/licenses/by/4.0/"]
    for kind in (PREFERRED, DEFINITION, SCOPE_NOTE):
        assert [language for language, _ in scheme.texts(SCHEME, kind)] == LANGUAGES, kind


def test_every_subject_is_the_scheme_or_a_topic_in_it(scheme: Scheme) -> None:
    assert scheme.concepts
    assert scheme.subjects == {SCHEME, *scheme.concepts}
    for concept in scheme.concepts:
        assert re.fullmatch(re.escape(TOPIC) + r"[a-z0-9]+(-[a-z0-9]+)*", concept), concept
        assert CITYPACT + "Topic" in scheme.links(concept, RDF_TYPE), concept
        assert scheme.links(concept, SKOS + "inScheme") == [SCHEME], concept


@pytest.mark.parametrize("kind", [PREFERRED, DEFINITION])
def test_every_concept_speaks_both_languages_once(scheme: Scheme, kind: str) -> None:
    spoken = {
        slug(concept): [language for language, text in scheme.texts(concept, kind) if text.strip()]
        for concept in scheme.concepts
    }
    assert {concept: said for concept, said in spoken.items() if said != LANGUAGES} == {}


def test_every_label_is_tidy_short_and_has_a_language(scheme: Scheme) -> None:
    bad = [
        (slug(concept), language, label)
        for concept in [SCHEME, *scheme.concepts]
        for kind in LABELS
        for language, label in scheme.texts(concept, kind)
        if language not in LANGUAGES
        or label != " ".join(label.split())
        or not 0 < len(label) < LABEL_LIMIT
    ]
    assert bad == []


def test_labels_of_one_concept_are_disjoint(scheme: Scheme) -> None:
    for concept in scheme.concepts:
        counted = Counter(
            (language, folded(label))
            for kind in LABELS
            for language, label in scheme.texts(concept, kind)
        )
        assert [label for label, count in counted.items() if count > 1] == [], slug(concept)


def test_no_two_concepts_share_a_preferred_or_alternative_label(scheme: Scheme) -> None:
    users: dict[tuple[str, str], set[str]] = defaultdict(set)
    for concept in scheme.concepts:
        for kind in (PREFERRED, ALTERNATIVE):
            for language, label in scheme.texts(concept, kind):
                users[language, squeezed(label)].add(slug(concept))
    assert {label: sharing for label, sharing in users.items() if len(sharing) > 1} == {}


def test_definitions_point_to_the_same_topic_in_both_languages(scheme: Scheme) -> None:
    called = {name: c for c in scheme.concepts for name in scheme.texts(c, PREFERRED)}
    for concept in scheme.concepts:
        pointed: dict[str, list[str]] = {language: [] for language in LANGUAGES}
        for language, text in scheme.texts(concept, DEFINITION):
            for name in re.findall(POINTERS[language], text):
                assert (language, name) in called, f"{slug(concept)}: no topic is called {name}"
                pointed[language].append(called[language, name])
        assert pointed["en"] == pointed["ko"], slug(concept)
        assert concept not in pointed["en"], slug(concept)


def test_links_between_concepts_lead_to_concepts(scheme: Scheme) -> None:
    known = set(scheme.concepts)
    for concept in scheme.concepts:
        for kind in (BROADER, RELATED):
            assert set(scheme.links(concept, kind)) <= known, (slug(concept), kind)


def test_broader_is_acyclic_and_at_most_three_levels(scheme: Scheme) -> None:
    assert [slug(c) for c in scheme.concepts if c in scheme.ancestors(c)] == []

    def level(concept: str) -> int:
        return 1 + max((level(broader) for broader in scheme.links(concept, BROADER)), default=0)

    levels = {slug(concept): level(concept) for concept in scheme.concepts}
    assert {concept: n for concept, n in levels.items() if n > LEVELS} == {}


def test_every_concept_reaches_a_top_concept(scheme: Scheme) -> None:
    tops = scheme.links(SCHEME, SKOS + "hasTopConcept")
    assert tops == [
        c for c in scheme.concepts if scheme.links(c, SKOS + "topConceptOf") == [SCHEME]
    ]
    assert [slug(top) for top in tops if scheme.links(top, BROADER)] == []
    lost = [c for c in scheme.concepts if not ({c} | scheme.ancestors(c)) & set(tops)]
    assert [slug(concept) for concept in lost] == []


def test_related_is_symmetric_and_never_up_or_down_the_tree(scheme: Scheme) -> None:
    pairs = {(c, other) for c in scheme.concepts for other in scheme.links(c, RELATED)}
    assert {(slug(a), slug(b)) for a, b in pairs if (b, a) not in pairs} == set()
    assert {(slug(a), slug(b)) for a, b in pairs if a == b or b in scheme.ancestors(a)} == set()


def test_every_concept_links_to_development_goals(scheme: Scheme) -> None:
    goal = re.compile(r"http://metadata\.un\.org/sdg/([1-9]|1[0-7])")
    for concept in scheme.concepts:
        goals = scheme.links(concept, RELATED_MATCH)
        assert goals, slug(concept)
        assert [iri for iri in goals if not goal.fullmatch(iri)] == [], slug(concept)


def test_every_annotated_phrase_holds_a_label_of_its_concepts(
    scheme: Scheme, occurrences: Occurrences
) -> None:
    labels = {
        f"topic:{slug(concept)}": {
            squeezed(label) for kind in LABELS for _, label in scheme.texts(concept, kind)
        }
        for concept in scheme.concepts
    }
    assert len(occurrences) == PHRASES
    missed = [
        (identifier, concept, quote)
        for identifier, quote, concepts in occurrences
        for concept in concepts
        if not any(label in squeezed(quote) for label in labels.get(concept, set()))
    ]
    assert missed == []


def test_concepts_found_missing_stand_where_they_belong(scheme: Scheme) -> None:
    """A table beside the annotation names what cooperation of cities needs besides its phrases."""
    material = os.environ.get("CITYPACT_MATERIAL")
    if not material:
        pytest.skip("CITYPACT_MATERIAL is not set: the table of missing concepts is not at hand")
    text = (Path(material) / "annotation" / "missing-topics.md").read_text(encoding="utf-8")
    wanted = re.findall(r"^\| topic:(\S+) \|.*?\|.*?\| ([a-z, -]+?) (?:\(.*?\) )?\|", text, re.M)
    assert len(wanted) == text.count("| topic:")
    misplaced = {
        name: places
        for name, places in wanted
        if sorted(TOPIC + place for place in places.split(", "))
        != scheme.links(TOPIC + name, BROADER)
    }
    assert misplaced == {}
