"""Every constraint of the shapes catches its fault, in Korean and English, on a small graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF as RDF_TERMS
from rdflib import SH
from rdflib.collection import Collection

from citypact.graph.build.build import make_graph
from citypact.graph.build.shacl import ShapeResult, engine, pyshacl, results, turbo
from citypact.graph.build.validate import claim_problems, problems
from citypact.graph.rdf.rdflib_terms import from_rdflib
from citypact.graph.rdf.terms import CLAIMS, TYPE, term
from citypact.graph.store.base import LocalStore
from citypact.ontology import CODE, ID, NS, RDFS, SKOS, XSD, folder
from citypact.ontology.query_files import headers
from citypact.sources.model import Sources
from tests.sources.small import write_small

Value = ox.NamedNode | ox.Literal
Change = Callable[["Small"], None]
LABEL = ox.NamedNode(SKOS + "prefLabel")
SUBCLASS = ox.NamedNode(RDFS + "subClassOf")
ODD = ox.NamedNode(ID + "odd/thing")


@pytest.fixture(scope="module")
def packaged(packaged: LocalStore) -> ox.Store:
    """The packaged graph, from which small ones are cut."""
    return packaged.inner


class Small:
    """One thing with all that is said of it, and the kinds of what it points to."""

    def __init__(self, source: ox.Store, subject: ox.NamedNode, graph: Any) -> None:
        self.subject, self.graph, self.store = subject, graph, ox.Store()
        about = list(source.quads_for_pattern(subject, None, None, graph))
        about += source.quads_for_pattern(None, None, subject, graph)
        self.store.extend(about)
        for quad in about:
            for node in (quad.subject, quad.object):
                if isinstance(node, ox.NamedNode):
                    self.store.extend(source.quads_for_pattern(node, TYPE, None, graph))
                    self.store.extend(source.quads_for_pattern(node, LABEL, None, graph))
        hierarchy = source.quads_for_pattern(None, SUBCLASS, None, None)
        self.store.extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in hierarchy)

    def values(self, path: ox.NamedNode) -> list[Value]:
        found = self.store.quads_for_pattern(self.subject, path, None, self.graph)
        return sorted((quad.object for quad in found), key=str)

    def put(self, path: ox.NamedNode, *values: Value) -> None:
        for value in self.values(path):
            self.store.remove(ox.Quad(self.subject, path, value, self.graph))
        for value in values:
            self.store.add(ox.Quad(self.subject, path, value, self.graph))

    def of_kind(self, node: ox.NamedNode, kind: ox.NamedNode) -> None:
        self.store.add(ox.Quad(node, TYPE, kind, self.graph))

    def faults(self) -> set[tuple[str, str, str]]:
        """Message, Korean message and field of each fault of the thing."""
        found = (
            claim_problems(self.store) if self.graph == CLAIMS else problems(self.store, Sources())
        )
        mine = self.subject.value.removeprefix(ID)
        return {(p.message, p.korean, p.field) for p in found if p.file == mine}


@dataclass(frozen=True)
class Constraint:
    """One constraint on a property of the things of a class."""

    file: str
    target: str
    path: str
    name: str
    value: Any
    english: str
    korean: str
    shape: dict[str, Any]

    @property
    def label(self) -> str:
        return "-".join(
            iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1] for iri in (self.target, self.path)
        )


def constraints() -> Iterator[Constraint]:
    """The constraints on properties, as the shape files state them."""
    for file in ("shapes.ttl", "claim-shapes.ttl"):
        graph = rdflib.Graph().parse(
            data=(folder() / file).read_text(encoding="utf-8"), format="turtle"
        )
        for shape, target in sorted(graph.subject_objects(SH.targetClass)):
            for prop in graph.objects(shape, SH.property):
                stated = {str(p).removeprefix(str(SH)): o for p, o in graph.predicate_objects(prop)}
                for name in ("in", "languageIn"):
                    if name in stated:
                        stated[name] = list(Collection(graph, stated[name]))
                if "qualifiedValueShape" in stated:
                    stated["class"] = graph.value(stated.pop("qualifiedValueShape"), SH["class"])
                message = {m.language: str(m) for m in graph.objects(prop, SH.message)}
                aside = {"path", "message"} | (
                    {"class"} if "qualifiedMaxCount" in stated else set()
                )
                for name in sorted(stated.keys() - aside):
                    yield Constraint(
                        file,
                        str(target),
                        str(stated["path"]),
                        name,
                        stated[name],
                        message["en"],
                        message["ko"],
                        stated,
                    )


ALL = list(constraints())


def another(small: Small, constraint: Constraint, number: int) -> Value:
    """A value that keeps every constraint of a property but its greatest number."""
    shape, path = constraint.shape, ox.NamedNode(constraint.path)
    present = small.values(path)
    if "datatype" in shape or (present and isinstance(present[0], ox.Literal)):
        kind = str(shape.get("datatype", present and present[0].datatype.value))
        texts = {
            XSD + "boolean": ["true", "false"],
            XSD + "date": ["2001-01-01", "2001-01-02", "2001-01-03"],
            XSD + "integer": ["7", "8", "9"],
            XSD + "decimal": ["7.5", "8.5", "9.5"],
            XSD + "time": ["07:00:00", "08:00:00", "09:00:00"],
            XSD + "string": [digit * 64 for digit in "abc"],
        }
        return ox.Literal(texts[kind][number], datatype=ox.NamedNode(kind))
    node = ox.NamedNode(f"{ID}odd/other-{number}")
    if "class" in shape:
        small.of_kind(node, ox.NamedNode(str(shape["class"])))
    return node


def spoil(small: Small, constraint: Constraint) -> None:
    """Changes a thing so that it breaks one constraint."""
    path, value = ox.NamedNode(constraint.path), constraint.value
    present = small.values(path)
    match constraint.name:
        case "minCount":
            small.put(path, *present[: int(value) - 1])
        case "maxCount" | "qualifiedMaxCount":
            small.put(path, *(another(small, constraint, n) for n in range(int(value) + 1)))
        case "class":
            small.put(path, *present[1:], ODD)
        case "datatype":
            small.put(path, *present[1:], ox.Literal("odd", language="en"))
        case "pattern":
            small.put(path, ox.Literal("odd"))
        case "nodeKind":
            small.put(path, *present[1:], ox.Literal("odd"))
        case "minInclusive" | "maxInclusive":
            beyond = int(float(value)) + (1 if constraint.name == "maxInclusive" else -1)
            kind = present[0].datatype if present else ox.NamedNode(XSD + "integer")
            small.put(path, ox.Literal(str(beyond), datatype=kind))
        case "in":
            assert from_rdflib(value[0]) != ODD
            small.put(path, ODD)
        case "uniqueLang":
            small.put(path, *present, ox.Literal("Odd", language="ko"))
        case "languageIn":
            small.put(path, *present, ox.Literal("Bizarre", language="fr"))
        case "disjoint":
            other = ox.NamedNode(str(value))
            shared = (present or small.values(other) or [ODD])[0]
            small.put(path, shared)
            small.put(other, shared)
        case "lessThan" | "lessThanOrEquals":
            (end,) = small.values(ox.NamedNode(str(value)))
            later = {XSD + "integer": "999999999", XSD + "date": "9999-12-31"}
            small.put(path, ox.Literal(later[end.datatype.value], datatype=end.datatype))
        case _:
            pytest.fail(f"no fault is known for sh:{constraint.name}")


@cache
def things(packaged: ox.Store, kind: ox.NamedNode, graph: Any) -> list[ox.NamedNode]:
    """The things of a class, sorted."""
    found = packaged.quads_for_pattern(None, TYPE, kind, graph)
    return sorted((quad.subject for quad in found), key=str)


def example(packaged: ox.Store, constraint: Constraint) -> Small:
    """A packaged thing of the class, best one that has the property."""
    graph = CLAIMS if constraint.file == "claim-shapes.ttl" else ox.DefaultGraph()
    kind, path = ox.NamedNode(constraint.target), ox.NamedNode(constraint.path)
    candidates = things(packaged, kind, graph)
    assert candidates
    needed = [path]
    if constraint.name.startswith("lessThan"):
        needed.append(ox.NamedNode(str(constraint.value)))

    def has_all(thing: ox.NamedNode) -> bool:
        return all(any(packaged.quads_for_pattern(thing, p, None, graph)) for p in needed)

    return Small(packaged, next(filter(has_all, candidates), candidates[0]), graph)


@cache
def faults_before(
    packaged: ox.Store, subject: ox.NamedNode, graph: Any
) -> set[tuple[str, str, str]]:
    """The faults of a packaged thing as it stands: many constraints are tried with the same."""
    return Small(packaged, subject, graph).faults()


@pytest.mark.parametrize("constraint", ALL, ids=[f"{c.label}-{c.name}" for c in ALL])
def test_a_broken_constraint_is_found(constraint: Constraint, packaged: ox.Store) -> None:
    small = example(packaged, constraint)
    told = (constraint.english, constraint.korean)
    assert told not in {fault[:2] for fault in faults_before(packaged, small.subject, small.graph)}
    spoil(small, constraint)
    assert told in {fault[:2] for fault in small.faults()}


def report(small: Small, file: str, judge: Any) -> list[ShapeResult]:
    """What one engine says of a small graph by the shapes of a file."""
    quads = small.store.quads_for_pattern(None, None, None, small.graph)
    shapes = (folder() / file).read_text(encoding="utf-8")
    return results(((q.subject, q.predicate, q.object) for q in quads), shapes, judge)


@pytest.mark.parametrize("constraint", ALL, ids=[f"{c.label}-{c.name}" for c in ALL])
def test_both_engines_report_the_same(constraint: Constraint, packaged: ox.Store) -> None:
    pytest.importorskip("pyshacl_turbo")
    assert engine() is turbo
    small = example(packaged, constraint)
    spoil(small, constraint)
    reference = report(small, constraint.file, pyshacl)
    assert constraint.korean in {result.korean for result in reference}
    assert report(small, constraint.file, turbo) == reference


def test_both_engines_find_days_that_are_none() -> None:
    pytest.importorskip("pyshacl_turbo")
    day = ox.Literal("2013-02-30", datatype=ox.NamedNode(XSD + "date"))
    small = alone(("latest", day), kind="DateSpan")
    reference = report(small, "shapes.ttl", pyshacl)
    assert [result.value for result in reference if result.path == NS + "latest"] == [day]
    assert report(small, "shapes.ttl", turbo) == reference


def test_every_message_speaks_both_languages() -> None:
    for file in ("shapes.ttl", "claim-shapes.ttl"):
        graph = rdflib.Graph().parse(
            data=(folder() / file).read_text(encoding="utf-8"), format="turtle"
        )
        for shape in set(graph.subjects(SH.message)):
            assert {m.language for m in graph.objects(shape, SH.message)} == {"ko", "en"}
        for shape in graph.subjects(RDF_TERMS.type, SH.NodeShape):
            judges = {SH["or"], SH["not"], SH["and"]} & set(graph.predicates(shape))
            assert not judges or any(graph.objects(shape, SH.message))


# Constraints on whole things


def alone(*about: tuple[str, Value], kind: str) -> Small:
    """A thing of a kind of which nothing else is said."""
    small = Small(ox.Store(), ODD, ox.DefaultGraph())
    small.of_kind(ODD, ox.NamedNode(NS + kind))
    for name, value in about:
        small.store.add(ox.Quad(ODD, ox.NamedNode(NS + name), value))
    return small


SOMEBODY = ox.NamedNode(ID + "person/somebody")
MAY = ox.NamedNode(CODE + "force/may")


@pytest.mark.parametrize(
    ("kind", "message", "korean", "cures"),
    [
        (
            "Signature",
            "needs a person, a post or both",
            "인물이나 직위 중 하나는 있어야 합니다",
            [("signatory", SOMEBODY), ("signatoryPost", SOMEBODY)],
        ),
        (
            "Participation",
            "needs a participant or a group",
            "참여자나 참여 집단이 있어야 합니다",
            [("participant", SOMEBODY), ("participantGroup", SOMEBODY)],
        ),
        (
            "SourceDocument",
            "needs an address, the digest of its text, or both",
            "주소나 본문 해시 중 하나는 있어야 합니다",
            [
                ("sha256", ox.Literal("a" * 64)),
                ("address", ox.NamedNode("https://example.org/")),
                ("documentType", ox.NamedNode(CODE + "document-type/editorial")),
            ],
        ),
    ],
)
def test_a_thing_needs_one_of_several(
    kind: str, message: str, korean: str, cures: list[tuple[str, Value]]
) -> None:
    assert (message, korean, "") in alone(kind=kind).faults()
    for cure in cures:
        assert (message, korean, "") not in alone(cure, kind=kind).faults()


@pytest.mark.parametrize("kind", ["Agreement", "Event", "Membership", "Project", "Partnership"])
def test_a_prospect_is_not_also_a_tie(kind: str) -> None:
    told = (
        "must not also be an agreement, event, membership, project or partnership",
        "기대·제안 사항은 동시에 협정, 행사, 회원 자격, 사업, 협력 관계일 수 없습니다",
        "",
    )
    small = alone(kind="Prospect")
    assert told not in small.faults()
    small.of_kind(ODD, ox.NamedNode(NS + kind))
    assert told in small.faults()


def test_an_optional_provision_stands_in_an_agreement() -> None:
    told = (
        "a provision that only says may must stand in an agreement",
        "선택 조항은 협정 안에 있어야 합니다",
        "",
    )
    small = alone(("force", MAY), kind="Provision")
    assert told in small.faults()
    small.store.add(ox.Quad(SOMEBODY, term("hasProvision"), ODD))
    assert told not in small.faults()
    assert told not in alone(kind="Provision").faults()


# Checks that are queries: those that no record can fail


def test_a_claim_of_a_known_text_without_evidence_is_found(tmp_path: Path) -> None:
    store = make_graph(write_small(tmp_path)).inner
    assert problems(store, Sources()) == []
    claim = next(store.quads_for_pattern(None, term("evidence"), None, CLAIMS)).subject
    for quad in list(store.quads_for_pattern(claim, term("evidence"), None, CLAIMS)):
        store.remove(quad)
    assert [(p.message, p.korean, p.cure) for p in problems(store, Sources())] == [
        (
            "is claimed by a document whose text is known, without any span of it",
            "본문이 확인된 문서의 주장인데 근거 구간이 없습니다",
            "give `at:` with the spans of the words",
        )
    ]


def test_the_table_of_broken_records_has_a_fault_for_every_other_check() -> None:
    tables = Path(__file__).parents[2] / "sources/reading"
    told = "".join(path.read_text(encoding="utf-8") for path in tables.glob("broken_*.yaml"))
    for path in (folder() / "checks").iterdir():
        head = headers(path.read_text(encoding="utf-8"))
        if path.name != "claim-without-evidence.rq":
            for key in ("message-en", "message-ko", "cure"):
                assert all(part in told for part in head[key].split("{about}")), path.name
